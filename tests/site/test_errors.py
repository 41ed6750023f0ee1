"""What is said where something is not there, not allowed, too slow or broken: plain words."""

from __future__ import annotations

import pytest
import pytest_asyncio
from datasette.app import Datasette

from db.site import shell
from db.site.serve import datasette_for

pytestmark = pytest.mark.asyncio

NEVER_SAID = ("SELECT", "sqlite", "Traceback", "OperationalError", "/site-packages/")


@pytest_asyncio.fixture
async def site(archive_file: str) -> Datasette:
    datasette = datasette_for(archive_file)
    await datasette.invoke_startup()
    return datasette


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/article/99", "There is no article 99 in this archive"),
        ("/speaker/99", "There is no speaker 99 in this archive"),
        ("/nowhere", "No page of this archive has that address."),
        ("/not/anywhere/here/either", "No page of this archive has that address."),
        ("/news/nowhere", "Table not found"),
        ("/news/articles/99", "Record not found"),
    ],
)
async def test_what_is_not_there_is_said_in_our_frame(site, path, said, capsys):
    response = await site.client.get(path)
    assert response.status_code == 404
    assert said in response.text
    assert 'class="brand"' in response.text
    assert response.headers["content-security-policy"] == shell.POLICY
    assert capsys.readouterr() == ("", "")


async def test_json_stays_json(site):
    response = await site.client.get("/news/nowhere.json")
    assert response.status_code == 404
    assert response.json()["error"] == "Table not found"


async def test_what_is_not_allowed(archive_file):
    site = datasette_for(archive_file)
    site._metadata_local["allow"] = {"id": "editor"}
    await site.invoke_startup()
    for path in ("/", "/search?q=ferry", "/article/2", "/news"):
        response = await site.client.get(path)
        assert response.status_code == 403, path
        assert "This is not open to you" in response.text
        assert "Ferry" not in response.text
    assert (await site.client.get("/search.json?q=ferry")).json()["status"] == 403


async def test_a_question_that_takes_too_long_is_stopped(site, monkeypatch):
    monkeypatch.setattr(shell, "LIMIT", 0.0)
    for path in ("/search?q=harbour+OR+ferry", "/", "/article/2", "/speaker/1", "/speakers"):
        response = await site.client.get(path)
        if response.status_code == 200:  # so short that SQLite did not look at the clock
            continue
        assert response.status_code == 503
        assert "This was stopped after" in response.text
        assert not any(word in response.text for word in NEVER_SAID)


async def test_one_that_never_ends_is_stopped_and_the_next_is_answered(site, monkeypatch):
    endless = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT max(x) FROM n"
    with monkeypatch.context() as patch:
        patch.setattr(shell, "LIMIT", 0.1)
        patch.setattr(
            "db.site.pages.home.overview_of", lambda held: held.only.execute(endless).fetchone()
        )
        response = await site.client.get("/")
        assert response.status_code == 503
        assert "This was stopped after 0.1 seconds. Ask for less" in response.text
        assert not any(word in response.text for word in NEVER_SAID)
    assert (await site.client.get("/")).status_code == 200


@pytest.mark.parametrize("path", ["/", "/search?q=ferry", "/search.json?q=ferry"])
async def test_a_fault_of_ours_shows_no_code(site, monkeypatch, path, capsys):
    def broken(*args: object, **options: object) -> None:
        raise RuntimeError("near SELECT: secret words")

    monkeypatch.setattr("db.site.pages.home.overview_of", broken)
    monkeypatch.setattr("db.site.pages.results.search", broken)
    response = await site.client.get(path)
    assert response.status_code == 500
    assert "secret words" not in response.text
    assert "Something went wrong" in response.text
    assert "secret words" in capsys.readouterr().err  # for whoever serves


async def test_where_the_frame_itself_is_broken_there_are_words(site, monkeypatch):
    async def broken(*args: object, **options: object) -> None:
        raise RuntimeError("secret words")

    monkeypatch.setattr(shell, "html", broken)
    response = await site.client.get("/help")
    assert (response.status_code, response.headers["content-type"][:10]) == (500, "text/plain")
    assert "secret words" not in response.text


async def test_a_query_of_ones_own_is_told_what_is_wrong_with_it(site):
    response = await site.client.get("/news?sql=select+nowhere+from+articles")
    assert response.status_code == 400
    assert "no such column: nowhere" in response.text
