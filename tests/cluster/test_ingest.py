"""Three workers read, killed at random: nothing is lost, nothing is there twice."""

from __future__ import annotations

import random
import sqlite3
import threading
from contextlib import closing

import pytest

from db.archive import Archive
from db.check import check
from db.cluster.compact import groups
from db.cluster.connect import connected
from db.cluster.ledger import NAME, Ledger
from db.errors import ArchiveBusy
from db.shards.folder import create_folder, open_folder
from ingest.cluster.drive import load_on_cluster
from ingest.cluster.plan import Limits, Work
from ingest.load import Tally, load
from ingest.read import walk
from tests.bench.kills import write_clips
from tests.containers import packed, page, pages, record, zipped

SMALL = Limits(size=40_000, files=9, cut=3_000)
# What an article is, wherever it lies: where it was read, what it says, who says what in it.
STORY = """
SELECT title, byline, published, (SELECT group_concat(text, '|') FROM (
    SELECT text FROM paragraphs WHERE article_id = articles.id ORDER BY position)),
  (SELECT group_concat(location, '|') FROM (
    SELECT DISTINCT location FROM captures JOIN sources ON sources.id = source_id
    WHERE article_id = articles.id ORDER BY location)),
  (SELECT group_concat(said, '|') FROM (
    SELECT kind || text || coalesce(speaker, '') || coalesce(cue, '') || confidence AS said
    FROM quotes WHERE article_id = articles.id ORDER BY position))
FROM articles
"""


def stories(paths):
    """All articles in these files, in an order that does not depend on the files."""
    found = []
    for path in paths:
        with closing(sqlite3.connect(path)) as conn:
            found += conn.execute(STORY).fetchall()
    return sorted(found, key=str)


def shards_of(folder, places):
    """Where each shard of the folder lies: in one place and no other."""
    found = []
    for shard in open_folder(folder).shards:
        there = [place / shard.path.name for place in places if (place / shard.path.name).exists()]
        assert len(there) == 1, shard
        found += there
    return found


@pytest.fixture(scope="module")
def clips(tmp_path_factory):
    """Clips, a web archive that is cut, and what comes twice or is broken."""
    folder = tmp_path_factory.mktemp("clips")
    write_clips(folder, 70)
    again = record("https://courier.example/3", page(3), date="2024-04-01T08:00:00Z")
    (folder / "crawl.warc.gz").write_bytes(packed([*pages(25), again]))
    (folder / "later.warc").write_bytes(b"".join(pages(4)))  # at the same addresses
    (folder / "00001-copy.txt").write_bytes((folder / "00001.txt").read_bytes())
    (folder / "some.zip").write_bytes(zipped({f"{n}.html": page(100 + n) for n in range(5)}))
    (folder / "empty.txt").write_bytes(b"")
    return folder


@pytest.fixture(scope="module")
def alone(clips, tmp_path_factory):
    """The archive that one process makes of them."""
    path = tmp_path_factory.mktemp("alone") / "alone.db"
    with Archive.open(path) as archive:
        for _ in load(archive, walk([str(clips)])):
            pass
    return path


def files_in(places):
    """What lies there, but for what SQLite has beside an open file."""
    names = {path.name for place in places if place.exists() for path in place.iterdir()}
    return {name for name in names if not name.endswith(("-wal", "-shm"))}


def ingest(running, folder, clips, limits=SMALL, **more):
    tally, errors = Tally(), []
    work = Work(str(folder.path))
    with connected(running.address) as cluster:
        for result in load_on_cluster(
            cluster, folder, walk([str(clips)]), work, limits=limits, **more
        ):
            tally.add(result)
            if result.error is not None:
                errors.append(str(result.error))
    return tally, errors


def test_workers_that_are_killed_lose_and_double_nothing(three, clips, alone, tmp_path):
    folder = create_folder(tmp_path / "news", "worker")
    before = files_in(three.places)
    chance = random.Random()
    over = threading.Event()
    kills = []

    def killer():
        with connected(three.address) as cluster:
            while not over.wait(chance.uniform(0.1, 1.5)):
                if len(cluster.workers()) == 3:
                    number = chance.randrange(3)
                    three.kill(number)
                    kills.append(number)
                    three.start(number)

    thread = threading.Thread(target=killer)
    thread.start()
    try:
        tally, errors = ingest(three, folder, clips)
    finally:
        over.set()
        thread.join()
    assert kills
    assert [error.partition(": ")[2] for error in errors] == [
        "the file is empty; save the page again"
    ]
    shards = shards_of(folder.path, three.places)
    assert stories(shards) == stories([alone])
    for shard in shards:
        with Archive.open(shard) as archive:
            assert check(archive) == []
    tally, errors = ingest(three, folder, clips)
    assert tally.counts["added"] == tally.counts["revised"] == tally.counts["copy"] == 0
    assert len(errors) == 1
    assert stories(shards_of(folder.path, three.places)) == stories([alone])
    # What the killed ones left is gone.
    assert files_in(three.places) - before == {
        shard.name for shard in shards_of(folder.path, three.places)
    }


def test_a_changed_file_is_a_revision_in_the_shard_that_has_it(three, tmp_path):
    clips = tmp_path / "clips"
    clips.mkdir()
    write_clips(clips, 20)
    folder = create_folder(tmp_path / "news", "worker")
    ingest(three, folder, clips)
    changed = clips / "00007.txt"
    changed.write_text(changed.read_text("utf-8").replace(" said", " shouted"), "utf-8")
    # The ledger can be thrown away: what is in the shards is found again.
    (folder.path / NAME).unlink()
    tally, _ = ingest(three, folder, clips)
    assert (tally.counts["unchanged"], tally.counts["revised"]) == (21, 1)
    tally, _ = ingest(three, folder, clips)
    assert tally.counts["unchanged"] == 22
    shards = shards_of(folder.path, three.places)
    assert len(stories(shards)) == 22
    revisions = []
    for shard in shards:
        with Archive.open(shard) as archive:
            revisions += [row[0] for row in archive.db.execute("SELECT revision FROM articles")]
            assert check(archive) == []
    assert sorted(revisions) == [1] * 21 + [2]


def test_a_shard_that_no_worker_has_is_said_and_nothing_is_taken_in_twice(three, tmp_path):
    clips = tmp_path / "clips"
    clips.mkdir()
    write_clips(clips, 10)
    folder = create_folder(tmp_path / "news", "worker")
    ingest(three, folder, clips, Limits())
    (shard,) = shards_of(folder.path, three.places)
    hidden = shard.with_suffix(".elsewhere")
    shard.rename(hidden)
    changed = clips / "00001.txt"
    changed.write_text(changed.read_text("utf-8").replace(" the ", " that "), "utf-8")
    tally, errors = ingest(three, folder, clips, patience=1)
    assert (tally.counts["unchanged"], tally.counts["failed"]) == (10, 1)
    assert f"it is in {shard.name}, which no worker has" in errors[0]
    hidden.rename(shard)
    tally, errors = ingest(three, folder, clips)
    assert (tally.counts["unchanged"], tally.counts["revised"], errors) == (10, 1, [])


def test_the_same_words_from_another_place_are_a_copy(three, tmp_path):
    clips = tmp_path / "clips"
    clips.mkdir()
    write_clips(clips, 10)
    folder = create_folder(tmp_path / "news", "worker")
    ingest(three, folder, clips, Limits())
    again = tmp_path / "again"
    again.mkdir()
    (again / "other.txt").write_bytes((clips / "00001.txt").read_bytes())
    tally, _ = ingest(three, folder, again)
    assert tally.counts["copy"] == 1
    assert len(shards_of(folder.path, three.places)) == 1


def test_two_ingests_into_one_folder_do_not_get_in_each_others_way(three, tmp_path):
    folder = create_folder(tmp_path / "news", "worker")
    with Ledger(folder.path), pytest.raises(ArchiveBusy, match="is another ingest running"):
        ingest(three, folder, tmp_path)


def test_small_shards_are_put_together(three, tmp_path):
    clips = tmp_path / "clips"
    clips.mkdir()
    write_clips(clips, 60)
    folder = create_folder(tmp_path / "news", "worker")
    ingest(three, folder, clips, Limits(files=5))  # twelve parts
    shards = shards_of(folder.path, three.places)
    assert len(shards) <= 6
    found = stories(shards)
    assert len(found) == 66
    tally, _ = ingest(three, folder, clips, Limits(files=5))
    assert tally.counts["unchanged"] == 66
    assert stories(shards_of(folder.path, three.places)) == found


def test_small_is_put_together_with_small():
    sizes = {"a": 10, "b": 10, "c": 12, "d": 1000}
    assert groups(sizes) == [["a", "b", "c"]]
    assert groups({**sizes, "e": 990}) == [["a", "b", "c", "e", "d"]]
    assert groups(sizes, full=20) == [["a", "b"]]
    assert groups({"a": 1, "b": 2}) == []


def test_a_command_that_dies_between_manifest_and_ledger_doubles_nothing(
    three, tmp_path, monkeypatch
):
    clips = tmp_path / "clips"
    clips.mkdir()
    write_clips(clips, 20)
    folder = create_folder(tmp_path / "news", "worker")
    claim, claims = Ledger.claim, []

    def dies(*args):
        claims.append(args)
        if len(claims) == 2:
            raise KeyboardInterrupt
        claim(*args)

    monkeypatch.setattr(Ledger, "claim", dies)
    with pytest.raises(KeyboardInterrupt):
        ingest(three, folder, clips, Limits(files=5))
    assert len(open_folder(folder.path).shards) == 2
    monkeypatch.undo()
    tally, _ = ingest(three, folder, clips, Limits(files=5))
    assert tally.counts["added"] + tally.counts["unchanged"] == 22
    titles = [story[0] for story in stories(shards_of(folder.path, three.places))]
    assert len(titles) == len(set(titles)) == 22
