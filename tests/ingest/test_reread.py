"""Reading again what the archive keeps."""

from db.archive import Archive
from db.check import check
from ingest.article import Moment
from ingest.load import load
from ingest.pipeline import Given
from ingest.reread import reread
from tests.containers import record

PAGE = """<html><head><title>Tugs strike</title></head><body><article><h1>Tugs strike</h1>
<p>The tugs of Skarholm lay still on Monday, and nobody could say for how long they would.</p>
<p>“We are tired,” said Runa Vik, who steers the oldest of them and has done so since 1998.</p>
<p>The harbour board will meet on Thursday to hear what the crews have asked for.</p>
</article></body></html>"""
FEED = """<rss version="2.0"><channel><title>Skarholm Post</title><item><title>Tugs strike</title>
<guid>a1</guid><link>https://skarholm.example/tugs</link><description>&lt;p&gt;The tugs lay still on
Monday, and nobody could say for how long they would do so this time.&lt;/p&gt;&lt;p&gt;“We are
tired,” said Runa Vik, who steers the oldest of them.&lt;/p&gt;</description></item></channel></rss>
"""


def test_the_same_readers_read_the_same(tmp_path):
    (tmp_path / "page.html").write_text(PAGE)
    (tmp_path / "feed.xml").write_text(FEED)
    (tmp_path / "dump.txt").write_text("Rain\n\nBy Odo Brandt\n\nIt rained on Monday. All day.\n")
    with Archive.open(tmp_path / "news.db") as archive:
        names = ("page.html", "feed.xml", "dump.txt")
        results = list(load(archive, [str(tmp_path / name) for name in names]))
        assert [r.error for r in results] == [None] * 3
        assert [(r.outcome, r.error) for r in reread(archive)] == [("same", None)] * 3
        assert check(archive) == []


def test_a_better_reading_takes_the_place_of_the_old_one(tmp_path):
    (tmp_path / "page.html").write_text(PAGE)
    with Archive.open(tmp_path / "news.db") as archive:
        list(load(archive, [str(tmp_path / "page.html")]))
        archive.db.execute("UPDATE quotes SET speaker = 'Nobody', reason = 'an older reader'")
        assert [r.outcome for r in reread(archive)] == ["better"]
        assert {q["speaker"] for q in archive.db["quotes"].rows} == {"Runa Vik"}
        assert [a["revision"] for a in archive.db["articles"].rows] == [1]
        assert check(archive) == []


def test_what_a_person_gave_stays(tmp_path):
    (tmp_path / "page.html").write_text(PAGE)
    given = Given(title="Tugs rest", published=Moment("2024-05-06", "day"))
    with Archive.open(tmp_path / "news.db") as archive:
        list(load(archive, [str(tmp_path / "page.html")], given=given))
        archive.db.execute("UPDATE quotes SET reason = 'an older reader'")
        assert [r.outcome for r in reread(archive)] == ["better"]
        (row,) = archive.db["articles"].rows
        assert (row["title"], row["published"]) == ("Tugs rest", "2024-05-06")


def test_the_charset_that_a_web_archive_carried_is_kept(tmp_path):
    page = PAGE.replace("Runa Vik", "Руна Вик").encode("windows-1251")
    kept = record("https://skarholm.example/tugs", page, content_type="text/html; charset=cp1251")
    (tmp_path / "web.warc").write_bytes(kept)
    with Archive.open(tmp_path / "news.db") as archive:
        list(load(archive, [str(tmp_path / "web.warc")]))
        assert [r.outcome for r in reread(archive)] == ["same"]
        assert {q["speaker"] for q in archive.db["quotes"].rows} == {"Руна Вик"}
