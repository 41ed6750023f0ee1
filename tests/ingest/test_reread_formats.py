"""Files of every format are taken in and read again: nothing changes, whatever they are."""

from __future__ import annotations

import gzip
import json
import zlib
from pathlib import Path

import pytest

from db.archive import Archive
from db.check import check
from ingest.load import load
from ingest.read import walk
from ingest.read.place import HEAD_BYTES, readers
from ingest.reread import reread
from tests.containers import FERRY, TUGS, packed, pages, record, tarred, zipped
from tests.ingest import (
    test_agencies,
    test_blogs,
    test_columns,
    test_csv_table,
    test_documents,
    test_docx,
    test_epub,
    test_exports,
    test_factiva,
    test_feed,
    test_html,
    test_json_lines,
    test_mail,
    test_markdown,
    test_pdf,
    test_wrapped,
    test_zotero,
)

DUMP = "Rain\n\nBy Odo Brandt\n\n6 May 2024\n\n“It pours,” said Runa Vik. It rained all day.\n"
LONG = {**test_json_lines.FERRY, "id": "long", "body": "Nobody sails in this wind. " * 9_000}
PDF = test_pdf.document(
    test_pdf.page(1), test_pdf.paragraph(700), info="/Title (Berth) /Author (Joss Amberley)"
)
LETTER = test_mail.letter(test_mail.HTML)
MBOX = b"".join(
    b"From joss@gazette.example Wed Mar  3 16:15:00 2021\n"
    + test_mail.letter(plain=f"{test_mail.STORY} The {key}. vote.", key=key).as_bytes()
    + b"\n"
    for key in "12"
)
FORWARDED = test_mail.letter(plain=test_mail.FORWARDED)
ATTACHED = test_mail.letter()
ATTACHED.add_attachment(FERRY.encode(), "text", "html", filename="ferry.html")
ATTACHED.add_attachment(
    test_csv_table.table(test_csv_table.ROW).encode(), "text", "csv", filename="set.txt"
)
ATOM_IN_ZIP = zipped(
    {"feed.atom": test_feed.ATOM, "deep/tugs.html.gz": gzip.compress(TUGS.encode())}
)
TEXT_RECORD = record("https://courier.example/rain.txt", DUMP, content_type="text/plain")
SAVED = f"<!-- saved from url=(0023)https://x.example/a -->{TUGS}"
HTML_ROW = [*test_csv_table.ROW[:3], "<p>Tugs.</p><p>“No tugs,” said Runa Vik.</p>", ""]
WORDPRESS = test_blogs.WORDPRESS % test_blogs.item("The ferry [sic]\n\nstayed in port.")
SUBSTACK = zipped(
    {"posts.csv": test_wrapped.POSTS.splitlines()[0] + "\n14.ferry,2024-01-05,true,Ferry stays,\n",
     "posts/14.ferry.html": test_wrapped.POST}
)  # fmt: skip
GHOST = json.dumps(test_wrapped.GHOST).replace('"draft"', '"published"')
OMNIVORE = test_exports.PAGE
# Files for each reader, by the name that each file is given.
FILES: dict[str, dict[str, bytes | str]] = {
    "text": {"dump.txt": DUMP, "latin.txt": DUMP.replace("Rain", "Räin").encode("cp1252")},
    "html": {"page.html": FERRY, "saved.html": SAVED},
    "mhtml": {"page.mht": test_html.mhtml(test_html.page())},
    "warc": {"a.warc": b"".join(pages(2)), "a.warc.gz": packed([*pages(4)[2:], TEXT_RECORD])},
    "feed": {"rss.xml": test_feed.RSS, "atom.zip": ATOM_IN_ZIP, "wordpress.xml": WORDPRESS},
    "newsml": {
        "nitf.xml": test_agencies.NITF,
        "message.xml": f"<newsMessage>{test_agencies.G2.format(7, test_agencies.TEXT)}"
        f"{test_agencies.G2.format(8, test_agencies.TEXT)}</newsMessage>",
    },
    "enex": {"notes.enex": test_agencies.NOTE},
    "factiva": {"one.txt": test_factiva.ONE, "two.txt": test_factiva.TWO + test_factiva.ONE},
    "markdown": {"gulls.md": test_markdown.CLIPPED},
    "mail": {
        "html.eml": LETTER.as_bytes(),
        "forwarded.eml": FORWARDED.as_bytes(),
        "attached.eml": ATTACHED.as_bytes(),
        "letters.mbox": MBOX,
    },
    "epub": {"book.epub": test_epub.book()},
    "pdf": {"story.pdf": PDF},
    "odt": {"ferry.odt": test_documents.ODT},
    "rtf": {"ferry.rtf": test_documents.RTF},
    "webarchive": {"ferry.webarchive": test_documents.webarchive()},
    "docx": {"story.docx": test_docx.document()},
    "zip": {
        "substack.zip": SUBSTACK,
        "a.zip": zipped({"ferry.html": FERRY, "rain.txt": DUMP, "story.pdf": PDF}),
    },
    "tar": {"a.tgz": tarred({"ferry.html": FERRY, "a.docx": test_docx.document()}, "w:gz")},
    "gz": {"ferry.html.gz": gzip.compress(FERRY.encode())},
    "csv_table": {
        "set.csv": test_csv_table.table(test_csv_table.ROW),
        "set.tsv": test_csv_table.table(HTML_ROW, delimiter="\t"),
        "named.csv": test_columns.csv_of(test_columns.ROW),
    },
    "json_lines": {
        "set.jsonl": "\n".join(map(json.dumps, (test_json_lines.FERRY, LONG))),
        "wallabag.json": json.dumps([test_json_lines.WALLABAG]),
        "feed.json": json.dumps(test_wrapped.FEED),
        "ghost.json": GHOST,
        "named.jsonl": json.dumps(test_columns.NESTED | {"kop": "Nested"}),
    },
    "omnivore": {"export.zip": test_exports.export([OMNIVORE], ferry_stays=test_exports.HTML)},
    "unread": {"feeds.opml": "<opml><body/></opml>", "dump.txt": DUMP},
    "pocket": {"ril_export.html": test_exports.LIST, "dump.txt": DUMP},
    "zotero": {
        "My library.rdf": f"{test_zotero.HEAD}{test_zotero.item(1, files=2)}"
        f"{test_zotero.attachment(1, 0, 'files/a.html')}"
        f"{test_zotero.attachment(1, 1, 'files/b.pdf', 'application/pdf')}</rdf:RDF>",
        "files/a.html": test_zotero.PAGE,
        "files/b.pdf": PDF,
    },
}  # fmt: skip
COLUMNS = {"named.csv": test_columns.MAP, "named.jsonl": test_columns.NESTED_MAP}


def test_every_reader_has_files_here():
    assert {reader.__name__.rpartition(".")[2] for reader in readers()} == set(FILES)


def everything(archive: Archive) -> dict[str, list[tuple[object, ...]]]:
    """What the archive holds of its articles, without the ids of rows."""
    held = {}
    for table in ("articles", "facts", "paragraphs", "furniture", "quotes", "mentions", "texts"):
        columns = [c for c in archive.db[table].columns_dict if c == "id" or not c.endswith("id")]
        if table != "articles":
            columns.remove("id")
        held[table] = sorted(
            map(repr, archive.db.query(f"SELECT {', '.join(columns)} FROM {table}"))
        )
    return held


@pytest.mark.parametrize("reader", FILES)
def test_nothing_changes(tmp_path: Path, reader: str):
    for name, data in FILES[reader].items():
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
    with Archive.open(tmp_path / "news.db") as archive:
        for source in walk([tmp_path / "in"]):
            columns = COLUMNS.get(Path(source).name, ())
            results = list(load(archive, [source], columns=columns))
            assert reader in ("pocket", "unread") or not any(result.error for result in results)
            assert results
        before = everything(archive)
        expected = "kept" if reader == "epub" else "same"
        assert {(r.outcome, str(r.error)) for r in reread(archive)} == {(expected, "None")}
        # Again, with something in each article that the readers of today would not have said.
        archive.db.execute("UPDATE articles SET dateline = 'An older reader'")
        assert {r.outcome for r in reread(archive)} == {"kept" if reader == "epub" else "better"}
        if reader != "epub":
            assert everything(archive) == before
        assert check(archive) == []


def test_a_row_that_an_older_version_kept_stays_as_it_is(tmp_path):
    (tmp_path / "set.csv").write_text(test_csv_table.table(test_csv_table.ROW))
    with Archive.open(tmp_path / "news.db") as archive:
        list(load(archive, [str(tmp_path / "set.csv")]))
        before = everything(archive)
        row = zlib.compress("\n".join(test_csv_table.ROW).encode())
        archive.db.execute("UPDATE raw_captures SET data = ?", [row])
        (result,) = reread(archive)
        assert result.outcome == "kept"
        assert "kept it without its columns; ingest the file again" in str(result.error)
        assert everything(archive) == before


def test_a_record_longer_than_what_readers_look_at_is_read_again(tmp_path):
    (tmp_path / "named-by-nothing").write_text(json.dumps(LONG))
    assert len(json.dumps(LONG)) > 2 * HEAD_BYTES
    with Archive.open(tmp_path / "news.db") as archive:
        (result,) = load(archive, [str(tmp_path / "named-by-nothing")])
        assert result.articles[0].title == "Ferry stays in port"
        assert [r.outcome for r in reread(archive)] == ["same"]
