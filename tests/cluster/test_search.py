"""A folder whose shards lie with workers answers as one archive does, also when some are gone."""

from __future__ import annotations

import asyncio
import time

import pytest

from db.archive import Archive
from db.cluster.connect import connected
from db.cluster.remote import ClusterReader
from db.shards import articles
from db.shards.folder import create_folder, name_shard, open_folder
from db.shards.ids import joined
from db.shards.overviews import overview_of
from db.shards.reading import FolderReader
from db.shards.search import search
from db.site import shell
from db.site.serve import datasette_for
from ingest.load import load
from tests.bench.kills import write_clips


@pytest.fixture(scope="module")
def clips(tmp_path_factory):
    folder = tmp_path_factory.mktemp("clips")
    return write_clips(folder, 30)


@pytest.fixture(scope="module")
def news(three, clips, tmp_path_factory):
    """A folder of three shards, of which each worker has one with a third of the clips."""
    folder = create_folder(tmp_path_factory.mktemp("far") / "news", "worker")
    for number, place in enumerate(three.places):
        place.mkdir(exist_ok=True)
        with Archive.open(place / f"shard-{number}.db") as archive:
            for _ in load(archive, clips[number::3]):
                pass
        folder, _ = name_shard(folder, f"shard-{number}.db")
    return folder


@pytest.fixture(scope="module")
def beside(three, news, tmp_path_factory):
    """The same shards in one folder on this machine."""
    path = tmp_path_factory.mktemp("beside") / "news"
    folder = create_folder(path, "worker")
    for place, shard in zip(three.places, news.shards, strict=True):
        (path / shard.path.name).write_bytes((place / shard.path.name).read_bytes())
        folder, _ = name_shard(folder, shard.path.name)
    reader = FolderReader(path)
    with reader.held() as held:
        yield held
    reader.close()


@pytest.fixture
def far(three, news):
    with connected(three.address) as cluster:
        reader = ClusterReader(news.path, cluster)
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


def get(datasette, path):
    response = asyncio.run(datasette.client.get(path))
    return response.status_code, response.text


def test_the_site_answers_and_says_which_shards_are_gone(three, news, monkeypatch):
    monkeypatch.setattr(shell, "LIMIT", 60)  # machines that run tests are slow
    with connected(three.address) as cluster:
        reader = ClusterReader(news.path, cluster)
        datasette = datasette_for(news.path, reader=reader)
        asyncio.run(datasette.invoke_startup())
        whole = get(datasette, "/search.json?q=harbour&size=100")[1]
        assert get(datasette, "/")[0] == 200
        numbers = {shard.path.name: shard.number for shard in open_folder(reader.path).shards}
        lost = joined(numbers["shard-1.db"], 1)
        assert get(datasette, f"/article/{lost}")[0] == 200
        three.kill(1)
        with reader.held() as held:  # before anybody has noticed
            assert search(held, "harbour").total
        while not reader.missing():
            time.sleep(0.1)
        status, page = get(datasette, "/search?q=harbour")
        assert status == 200
        assert "shard-1.db" in page
        assert "lies with no worker" in page
        status, page = get(datasette, f"/article/{lost}")
        assert status == 404
        assert "This is in shard-1.db, which lies with no worker" in page
        three.start(1)
        three.wait()
        while reader.missing():
            time.sleep(0.1)
        assert get(datasette, "/search.json?q=harbour&size=100")[1] == whole
        reader.close()


def test_a_worker_that_is_gone_in_the_middle_leaves_the_rest(three, news):
    with connected(three.address) as cluster:
        reader = ClusterReader(news.path, cluster)
        with reader.held() as held:
            all_ = search(held, "harbour").total
            three.kill(2)
            some = search(held, "harbour").total
            assert [one.shard.path.name for one in held.missing] == ["shard-2.db"]
        assert 0 < some < all_
        three.start(2)
        three.wait()
        reader.close()
