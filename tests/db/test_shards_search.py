"""A search over shards finds what one over a single archive of the same news finds."""

from dataclasses import replace

import pytest

from db.search import ArticleHit, Filters, PersonHit, PlaceHit
from db.search import places as places_module
from db.search.memory import memory_of
from db.shards import search as search_module
from db.shards.opening import open_writable
from db.shards.reading import FolderReader, held_at
from db.shards.search import search
from ingest import Moment
from tests.db.corpus import corpus, stored
from tests.making import article

QUERIES = (
    "ferry", "ferry storm", "the", '"of the"', "walrus", "Ærø OR aero", "naive", "ferr*",
    "storm -wind", "title:ferry", "byline:tide", 'publisher:"The Gazette"',
    "speaker:Brandt", "said:ferry", "speaker:vik storm", "para:(ferry storm)", "2022",
    "before:2022 the", "has:quote boat", "zeppelin OR walrus", "Story", "copyist", "kind:direct",
    "ferry (storm OR wind) -snow", "nothingofthekind", "haarbour",
)  # fmt: skip
TABS = ("articles", "paragraphs", "quotes", "people")
SORTS = ("relevance", "newest", "oldest")


@pytest.fixture(scope="module")
def news():
    return corpus()


@pytest.fixture(scope="module")
def single(news, tmp_path_factory):
    with held_at(stored(tmp_path_factory.mktemp("one") / "news.db", news, None)) as held:
        yield held


@pytest.fixture(scope="module", params=["year", "size"])
def folder(request, news, tmp_path_factory):
    path = tmp_path_factory.mktemp("many") / "news"
    reader = FolderReader(stored(path, news, request.param, 23))
    yield reader
    reader.close()


@pytest.fixture
def shards(folder):
    with folder.held() as held:
        yield held
        assert held.missing == []


def _names(held, table, column):
    """Number over all shards -> what is the same in any archive."""
    found = held.each(
        lambda part: {
            part.up(row[0]): row[1]
            for row in part.conn.execute(f"SELECT id, {column} FROM {table}")
        }
    )
    return {number: name for names in found.values() for number, name in names.items()}


def comparable(held, results):
    """The results with titles and names for numbers; scores as far as they are told apart."""
    titles, people = _names(held, "articles", "title"), _names(held, "people", "name")

    def one(hit):
        match hit:
            case ArticleHit() | PlaceHit():
                return replace(
                    hit, article_id=titles[hit.article_id], score=pytest.approx(hit.score)
                )
            case PersonHit():
                return replace(hit, person_id=people[hit.person_id])

    facets = replace(
        results.facets,
        people=sorted((c.label, c.count) for c in results.facets.people),
    )
    filters = replace(results.filters, person=None)
    hits = tuple(map(one, results.hits))
    if results.tab == "people":
        # Among equals the one who was known first comes first, which depends on the shards.
        hits = frozenset(hits)
    return replace(results, hits=hits, facets=facets, filters=filters)


def same(single, shards, *args, **kwargs):
    ours = search(shards, *args, **kwargs)
    theirs = search(single, *args, **kwargs)
    assert comparable(shards, ours) == comparable(single, theirs)
    return ours


@pytest.mark.parametrize("tab", TABS)
@pytest.mark.parametrize("sort", SORTS)
def test_the_same_is_found(single, shards, tab, sort):
    found = [same(single, shards, typed, tab, sort=sort, size=1000).total for typed in QUERIES]
    assert sum(found) > 100


@pytest.mark.parametrize("typed", ["(nothingofthekind ferry) OR storm", "(walrus ferry) OR fish"])
def test_words_of_a_choice_that_is_not_met_count_in_one_file_too(single, shards, typed):
    assert same(single, shards, typed, size=1000).total


@pytest.mark.parametrize("tab", TABS)
def test_near_finds_the_same(single, shards, tab):
    """Of words near each other, those that stand far apart count in the ranking of places too."""
    found = [search(held, "council NEAR/5 vote", tab, size=1000) for held in (single, shards)]
    one, other = (
        sorted((str(h.title), str(h.match if tab != "articles" else h.matches)) for h in r.hits)
        if tab != "people" else sorted((h.name, h.quotes) for h in r.hits)
        for r in found
    )  # fmt: skip
    assert one == other
    assert found[0].total == found[1].total


@pytest.mark.parametrize("tab", ["articles", "paragraphs", "quotes"])
@pytest.mark.parametrize("sort", SORTS)
def test_every_page_is_the_same(single, shards, tab, sort):
    for typed in ("ferry", "the storm", "Story"):
        pages = [same(single, shards, typed, tab, sort=sort, size=7, page=1).pages]
        for page in range(1, pages[0] + 2):
            same(single, shards, typed, tab, sort=sort, size=7, page=page)


@pytest.mark.parametrize("tab", ["paragraphs", "quotes"])
def test_very_many_places_are_the_same(single, shards, tab, monkeypatch):
    for module in (places_module, search_module):
        monkeypatch.setattr(module, "RANKED", 5)
    for page in range(1, 6):
        same(single, shards, "ferry OR storm", tab, size=9, page=page)


@pytest.mark.parametrize("tab", TABS)
def test_narrowed_it_is_the_same(single, shards, tab):
    for filters in (Filters(year="2022"), Filters(publisher="Island News"), Filters(year="1900")):
        for typed in ("the", ""):
            same(single, shards, typed, tab, filters=filters, size=50)


@pytest.mark.parametrize("tab", TABS)
@pytest.mark.parametrize("name", ["Ada Brandt", "Runa Vik"])
def test_narrowed_to_a_person_it_is_the_same(single, shards, tab, name):
    def found(held):
        number = min(n for n, called in _names(held, "people", "name").items() if called == name)
        return comparable(held, search(held, "the", tab, filters=Filters(person=number), size=50))

    assert found(shards) == found(single)


def test_what_was_found_is_remembered_until_something_is_written(news, tmp_path):
    path = stored(tmp_path / "news", news[:20], "year")
    reader = FolderReader(path)

    def asked():
        with reader.held() as held:
            memories = held.each(lambda part: memory_of(part.conn))
            return search(held, "ferry", size=1000), memories

    (before, first), (again, second) = asked(), asked()
    assert again == before
    assert all(second[number] is first[number] for number in first)
    late = article("Late", "A ferry came in.", published=Moment("2022-05-05", "day"))
    with open_writable(path) as archive:
        archive.add("/clips/late.txt", [late])
    after, third = asked()
    assert after.total == before.total + 1
    changed = {number for number in first if third[number] is not first[number]}
    assert changed == {shard.number for shard in reader.folder.shards if shard.path.stem == "2022"}
    reader.close()


def test_copies_are_shown_once_or_each(single, shards):
    folded = same(single, shards, "Story", size=1000)
    whole = same(single, shards, "Story", size=1000, fold_copies=False)
    assert folded.total < whole.total == folded.articles
    # Some lie in two shards.
    assert any(len({n >> 40 for n in group}) > 1 for group in _groups(shards))


def _groups(held):
    groups = {}
    for number, (articles, roots) in held.links.roots().items():
        for one, root in zip(articles.tolist(), roots.tolist(), strict=True):
            groups.setdefault(root, set()).add(number << 40 | one)
    return groups.values()


def test_a_missing_shard_is_told_and_the_rest_answers(news, tmp_path):
    path = stored(tmp_path / "news", news, "year")
    (path / "2022.db").unlink()
    with held_at(path) as held:
        assert [(m.shard.path.name, m.reason) for m in held.missing] == [
            ("2022.db", "is not there")
        ]
        found = search(held, "Story", size=1000, fold_copies=False)
    assert found.total == sum(one.published is None or one.published.value[:4] != "2022"
                              for one in news)  # fmt: skip


def test_a_shard_that_breaks_while_it_is_asked_is_told(news, tmp_path):
    """Its first pages are whole, so that it can be opened; what is searched is not."""
    path = stored(tmp_path / "news", news, "year")
    reader = FolderReader(path)
    with reader.held() as held:
        before = search(held, "ferry", size=1000)
    data = bytearray((path / "2022.db").read_bytes())
    for page in range(8, len(data) // 4096):
        data[page * 4096 : (page + 1) * 4096] = b"\xff" * 4096
    (path / "2022.db").write_bytes(data)
    with reader.held() as held:
        after = search(held, "ferry", size=1000)
        assert [m.shard.path.name for m in held.missing] == ["2022.db"]
        assert "damaged" in held.missing[0].reason
    assert 0 < after.total < before.total
    # From then on it is known.
    assert [m.shard.path.name for m in reader.missing()] == ["2022.db"]
    reader.close()
