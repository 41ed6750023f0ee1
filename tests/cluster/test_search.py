"""A folder whose shards lie with workers answers as one archive does, also when some are gone."""

from __future__ import annotations

import pytest

from db.archive import Archive
from db.cluster.connect import connected
from db.cluster.remote import ClusterReader
from db.shards import articles
from db.shards.folder import create_folder, name_shard
from db.shards.overviews import overview_of
from db.shards.reading import FolderReader
from db.shards.search import search
from ingest.load import load
from tests.bench.kills import write_clips
from tests.cluster.machines import machines


@pytest.fixture(scope="module")
def clips(tmp_path_factory):
    folder = tmp_path_factory.mktemp("clips")
    return write_clips(folder, 60)


@pytest.fixture(scope="module")
def three(tmp_path_factory, clips):
    """Three workers, each with a shard of a third of the clips, and the folder that names them."""
    base = tmp_path_factory.mktemp("three")
    folder = create_folder(base / "news", "worker")
    with machines(base / "running") as running:
        for number, place in enumerate(running.places):
            place.mkdir()
            with Archive.open(place / f"shard-{number}.db") as archive:
                for _ in load(archive, clips[number::3]):
                    pass
            folder, _ = name_shard(folder, f"shard-{number}.db")
        running.folder = folder
        running.wait()
        yield running


@pytest.fixture(scope="module")
def beside(three, tmp_path_factory):
    """The same shards in one folder on this machine."""
    path = tmp_path_factory.mktemp("beside") / "news"
    folder = create_folder(path, "worker")
    for place in three.places:
        for shard in place.glob("*.db"):
            (path / shard.name).write_bytes(shard.read_bytes())
    for shard in three.folder.shards:
        folder, _ = name_shard(folder, shard.path.name)
    reader = FolderReader(path)
    with reader.held() as held:
        yield held
    reader.close()


@pytest.fixture
def far(three):
    with connected(three.address) as cluster:
        reader = ClusterReader(three.folder.path, cluster)
        with reader.held() as held:
            assert not held.missing
            yield held
        reader.close()


@pytest.mark.parametrize("tab", ["articles", "paragraphs", "quotes", "people"])
@pytest.mark.parametrize("sort", ["relevance", "newest", "oldest"])
def test_search_finds_what_it_finds_in_shards_on_this_machine(far, beside, tab, sort):
    for typed, page in (("harbour", 1), ("the -council", 2), ("said:plan OR water", 1)):
        assert search(far, typed, tab, sort=sort, page=page) == search(
            beside, typed, tab, sort=sort, page=page
        )


def test_pages_are_those_of_shards_on_this_machine(far, beside):
    assert overview_of(far) == overview_of(beside)
    found = search(far, "harbour bridge", size=3)
    for hit in found.hits:
        page = articles.article(far, hit.article_id, "harbour")
        assert page is not None
        assert page == articles.article(beside, hit.article_id, "harbour")
        assert articles.cited(far, hit.article_id) == articles.cited(beside, hit.article_id)
    assert search(far, "zzzz harbor").suggestion == search(beside, "zzzz harbor").suggestion
