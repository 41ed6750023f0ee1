"""A folder of shards on the site: our pages answer over all, and say what cannot be read."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
import pytest_asyncio

from db.archive import Archive
from db.shards.folder import open_folder
from db.shards.ids import joined
from db.site.serve import datasette_for
from tests.db.corpus import corpus, stored
from tests.site.editing import Visitor, edited, editor
from tests.site.small import made

pytestmark = pytest.mark.asyncio
NEWS = corpus(seed=2, size=60)


@pytest.fixture(scope="module")
def single_file(tmp_path_factory) -> Path:
    return stored(tmp_path_factory.mktemp("one") / "news.db", NEWS, None)


@pytest.fixture(scope="module")
def folder_path(tmp_path_factory) -> Path:
    return stored(tmp_path_factory.mktemp("many") / "news", NEWS, "year")


@pytest_asyncio.fixture
async def single(single_file):
    return Visitor(datasette_for(single_file))


@pytest_asyncio.fixture
async def folder(folder_path):
    return Visitor(datasette_for(folder_path))


@pytest_asyncio.fixture
async def broken(folder_path, tmp_path):
    """A folder of which one file is not there and one is damaged; and the folder."""
    path = Path(shutil.copytree(folder_path, tmp_path / "news"))
    (path / "2021.db").unlink()
    (path / "2022.db").write_bytes(b"not a database at all" * 400)
    return Visitor(datasette_for(path))


def number_of(path: Path, file: str, title: str) -> int:
    """The number over all shards of the article with this title."""
    (shard,) = (one for one in open_folder(path).shards if one.path.name == file)
    with Archive.open(shard.path) as archive:
        (row,) = archive.db.query("SELECT id FROM articles WHERE title = ?", [title])
    return joined(shard.number, row["id"])


def bare(page: str) -> str:
    """The words of a page's main part, without numbers of rows and without "as data"."""
    main = re.search("<main.*?</main>", page, re.DOTALL)
    assert main
    words = re.sub("<[^>]*>", " ", main[0].partition("<h2>As data")[0])
    return " ".join(words.split())


async def test_home_adds_up(single, folder):
    whole, parts = bare(await single.page("/")), bare(await folder.page("/"))
    told = parts.partition("All speakers")[0]
    assert told == whole.partition("All speakers")[0]
    assert "60 articles" in told
    assert "Tables and SQL The archive is in several files" in parts


@pytest.mark.parametrize("query", ["ferry", "the storm", "Story&sort=oldest", "ferry&copies=all"])
@pytest.mark.parametrize("tab", ["articles", "paragraphs", "quotes"])
async def test_a_search_shows_the_same(single, folder, query, tab):
    for page in (1, 2):
        path = f"/search?q={query}&tab={tab}&page={page}"
        assert bare(await folder.page(path)) == bare(await single.page(path))


async def test_lists_for_programs_are_the_same(single, folder):
    path = "/search.json?q=ferry&tab=quotes"
    ours, theirs = (await folder.get(path)).json(), (await single.get(path)).json()
    for found in (ours, theirs):
        for hit in found["hits"]:
            hit.pop("link"), hit.pop("article_id")
        found["facets"]["speaker"] = sorted(
            (one["label"], one["count"]) for one in found["facets"]["speaker"]
        )
    assert ours == theirs
    assert ours["complete"] is True
    for ending in ("csv", "atom"):
        response = await folder.get(f"/search.{ending}?q=ferry")
        assert response.status_code == 200
        assert response.text.count("Story") == (
            await single.get(f"/search.{ending}?q=ferry")
        ).text.count("Story")


async def test_every_link_leads_somewhere(folder):
    seen = set()
    for page in ("/", "/search?q=Story", "/search?q=ferry&tab=people", "/speakers"):
        for path in re.findall(r'href="(/(?:article|speaker)/[^"#?]*)', await folder.page(page)):
            seen.add(path)
    assert len(seen) > 20
    for path in sorted(seen):
        for further in re.findall(r'href="(/(?!-/)[^"#?]*)', await folder.page(path)):
            assert (await folder.get(further)).status_code == 200, (path, further)


async def test_a_speaker_is_one_in_all_shards(single, folder, folder_path):
    (theirs,) = set(
        re.findall(r'href="(/speaker/\d+)">(?:<bdi>)?Ada Brandt', await single.page("/"))
    )
    whole = bare(await single.page(f"{theirs}?sort=oldest"))
    assert "quotations in" in whole
    numbers = []
    for shard in open_folder(folder_path).shards:
        with Archive.open(shard.path) as archive:
            rows = archive.db.query("SELECT id FROM people WHERE name = 'Ada Brandt'")
            numbers += [joined(shard.number, row["id"]) for row in rows]
    assert len(numbers) > 2
    for number in numbers:
        assert bare(await folder.page(f"/speaker/{number}?sort=oldest")) == whole


async def test_speakers_add_up(single, folder):
    for path in ("/speakers", "/speakers?name=brandt"):
        whole, parts = bare(await single.page(path)), bare(await folder.page(path))
        assert parts.partition("All speakers")[0] == whole.partition("All speakers")[0]


async def test_an_article_its_copies_and_its_quotation(single, folder, single_file, folder_path):
    with Archive.open(single_file) as archive:
        rows = list(archive.db.query("SELECT id, title, published, story FROM articles"))
    compared = 0
    for row in rows:
        file = f"{row['published'][:4]}.db" if row["published"] else "undated.db"
        number = number_of(folder_path, file, row["title"])
        if row["story"]:
            whole = bare(await single.page(f"/article/{row['id']}"))
            parts = bare(await folder.page(f"/article/{number}"))
            # When it was read, to the second, may differ.
            assert (
                parts.partition("Where it came from")[0]
                == (whole.partition("Where it came from")[0])
            )
            quote = bare(await single.page(f"/article/{row['id']}/quote/1"))
            assert bare(await folder.page(f"/article/{number}/quote/1")) == quote
            compared += 1
    assert compared > 5


async def test_citing(folder, folder_path):
    title = NEWS[0].title
    assert title
    year = NEWS[0].published.value[:4] if NEWS[0].published else "undated"
    number = number_of(folder_path, f"{year}.db", title)
    assert title in await folder.page(f"/article/{number}/cite")
    response = await folder.get(f"/article/{number}/quote/1/cite.ris")
    assert response.status_code == 200
    assert f"article-{number}-quote-1.ris" in response.headers["content-disposition"]


@pytest.mark.parametrize(
    "path",
    ["/article/1", "/article/9007199254740991", "/article/99999999999999999999", "/speaker/0",
     "/article/1099511627776/quote/1", "/article/5497558138881/changes/2", "/article/1/beside/7",
     "/speaker/7"],
)  # fmt: skip
async def test_what_is_not_there(folder, path):
    assert (await folder.get(path)).status_code == 404


@pytest.mark.parametrize(
    "path",
    ["/", "/search?q=ferry", "/speakers", "/help", "/corrections", "/article/1", "/notebook"],
)
async def test_every_page_says_what_cannot_be_read(broken, path):
    page = (await broken.get(path)).text
    (said,) = re.findall(r'<div class="message incomplete" role="status">.*?</div>', page)
    assert "2 files of it cannot be read" in said
    assert "<bdi>2021.db</bdi> <bdi>is not there</bdi>" in said
    assert "is damaged (file is not a database)" in said


async def test_results_say_that_they_are_not_complete(broken):
    assert "There may be more in the files that cannot be read" in await broken.page(
        "/search?q=the"
    )
    found = (await broken.get("/search.json?q=the")).json()
    assert found["total"] > 0
    assert found["complete"] is False
    assert [one["file"] for one in found["missing"]] == ["2021.db", "2022.db"]
    assert "Not complete: 2021.db, 2022.db" in (await broken.get("/search.atom?q=the")).text


async def test_an_article_in_a_missing_shard_is_said_to_be_there(broken, folder_path):
    shard = next(one for one in open_folder(folder_path).shards if one.path.name == "2021.db")
    response = await broken.get(f"/article/{joined(shard.number, 1)}")
    assert response.status_code == 404
    assert "This is in 2021.db, which is not there" in response.text


async def test_a_shard_that_goes_and_comes_back_while_serving(folder_path, tmp_path):
    path = Path(shutil.copytree(folder_path, tmp_path / "news"))
    site = Visitor(datasette_for(path))
    before = (await site.get("/search.json?q=Story")).json()
    (path / "2022.db").rename(path / "away")
    gone = (await site.get("/search.json?q=Story")).json()
    assert not gone["complete"]
    assert gone["total"] < before["total"]
    assert "2022.db is not there" in await site.page("/help")
    (path / "away").rename(path / "2022.db")
    assert (await site.get("/search.json?q=Story")).json() == before


async def test_what_comes_in_while_serving_is_found(folder_path, tmp_path):
    path = Path(shutil.copytree(folder_path, tmp_path / "news"))
    site = Visitor(datasette_for(path))
    assert (await site.get("/search.json?q=kittiwake")).json()["total"] == 0
    stored_more = [made("A new bird", "A kittiwake was seen.", published="2031-01-02")]
    stored(path, stored_more, None)
    found = (await site.get("/search.json?q=kittiwake")).json()
    assert [hit["title"] for hit in found["hits"]] == ["A new bird"]
    path_of_it = found["hits"][0]["link"].removeprefix("http://localhost")
    assert "A kittiwake was seen." in await site.page(path_of_it)


async def test_the_tables_of_each_shard_lead_to_its_articles(folder, folder_path):
    shard = next(one for one in open_folder(folder_path).shards if one.path.name == "2022.db")
    page = await folder.page("/2022/sayings")
    assert f'href="/article/{joined(shard.number, 1)}' in page
    assert "All files together" in page


@pytest_asyncio.fixture
async def desk(folder_path, tmp_path):
    return await editor(edited(Path(shutil.copytree(folder_path, tmp_path / "news"))))


@pytest.fixture
def story(folder_path) -> int:
    """The number of an article of 2022."""
    shard = next(one for one in open_folder(folder_path).shards if one.path.name == "2022.db")
    return joined(shard.number, 1)


async def test_corrections_go_to_the_shard_of_the_article(desk, story, tmp_path):
    await desk.do("title", f"/article/{story}", article=story, title="Renamed story")
    assert "Renamed story" in await desk.page(f"/article/{story}")
    page = await desk.page("/corrections")
    assert f'href="/article/{story}"' in page
    (correction,) = re.findall(r'name="correction" value="(\d+)"', page)
    with Archive.open(tmp_path / "news" / "2022.db") as archive:
        assert archive.db["corrections"].count == 1
    assert "Undone" in await desk.do("undo", "/corrections", correction=correction)
    assert "Renamed story" not in await desk.page(f"/article/{story}")


async def test_a_person_is_split_off_in_an_article(desk, story):
    speaker = re.findall(r'href="/speaker/(\d+)">(.*?)</a>', await desk.page(f"/article/{story}"))
    number, name = speaker[0]
    said = await desk.do("split", f"/speaker/{number}", name=name, article=story, other="Other One")
    assert "Other One" in said
    assert "1 quotation in 1 article" in await desk.page(desk.at)


async def test_who_is_who_everywhere(desk, tmp_path):
    said = await desk.do("merge", "/", name="Ada Brandt", into="Runa Vik")
    assert said == "Ada Brandt is Runa Vik, everywhere (9 articles)"
    assert "Runa Vik" in await desk.page(desk.at)
    for one in open_folder(tmp_path / "news").shards:
        with Archive.open(one.path) as archive:
            assert archive.db["corrections"].count == 1
    numbers = re.findall(r'name="correction" value="(\d+)"', await desk.page("/corrections"))
    assert len(numbers) == 1
    assert "Undone" in await desk.do("undo", "/corrections", correction=numbers[0])
    assert not re.findall(r'name="correction"', await desk.page("/corrections"))


async def test_the_notebook_lies_beside_the_folder(desk, story, tmp_path):
    await desk.do("note", "/", thing=story, text="Ask Ines.")
    await desk.do("tag", "/", thing=f"{story}#1", name="ferries")
    await desk.do("list", "/", thing="person:Ada Brandt", name="People")
    assert (tmp_path / "news.notes").is_file()
    assert "Ask Ines." in await desk.page(f"/article/{story}")
    assert "Ask Ines." in await desk.page("/notebook")
    assert f'href="/article/{story}/quote/1"' in await desk.page("/tag?name=ferries")
    assert "Ada Brandt" in await desk.page("/list?name=People")
    assert "Story" in (await desk.get("/tag/export?name=ferries&format=ris")).text


async def test_samples_and_saved_searches(desk):
    assert "10 of 60" in await desk.do("draw", "/", name="S", size=10, seed=3)
    assert "1 judgement" in await desk.do("judge", "/sample?name=S", name="S", v1="right")
    await desk.do("save-search", "/", name="Ferries", q="ferry", scope="")
    assert "Ferries" in await desk.page("/")
    assert "Story" in await desk.page("/saved?name=Ferries&since=2020-01-01T00:00:00Z")
