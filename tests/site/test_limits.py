"""What a visitor asks for by SQL, and by broken addresses: bounded, and told in plain words."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
from collections.abc import Iterator
from urllib.parse import quote

import pytest
import pytest_asyncio
from datasette.app import Datasette

from db.archive import Archive
from db.shards.held import Held
from db.shards.search import search
from db.site import bodies, limits, shell
from db.site.limits import ANSWER, LONGEST, limit, unlimited
from db.site.serve import datasette_for
from tests.bench.hostile import ENDLESS, hostile
from tests.site.small import made

# Datasette leaves the other facets unasked where one cannot be.
unasked = pytest.mark.filterwarnings(
    "ignore::pytest.PytestUnraisableExceptionWarning", "ignore:coroutine:RuntimeWarning"
)
SERIES = "with recursive c(n) as (select 1 union all select n + 1 from c limit 1000) "


@pytest.fixture
def bounded() -> Iterator[sqlite3.Connection]:
    conn = sqlite3.connect(":memory:")
    limit(conn)
    yield conn
    conn.close()


@pytest_asyncio.fixture
async def site(archive_file: str) -> Datasette:
    datasette = datasette_for(archive_file)
    await datasette.invoke_startup()
    return datasette


@pytest.mark.parametrize(
    "sql",
    [
        "select randomblob(1000000000)",
        "select hex(zeroblob(900000000))",
        "select replace(hex(zeroblob(1000000)), '0', hex(zeroblob(1000000)))",
        "select printf('%.*c', 1000000000, 'x')",
        "select format('%999999d', 1)",
        "with recursive t(x) as (select 'x' union all select x || x from t) select max(x) from t",
        "select trim(hex(zeroblob(1900000)), json_group_array(char(n))) from "
        "(" + SERIES + "select n from c)",
        f"{SERIES} select zeroblob(1900000) from c",
    ],
)
def test_no_query_takes_much_memory(bounded, sql):
    with pytest.raises((sqlite3.DataError, sqlite3.OperationalError), match=r"too (big|large)"):
        bounded.execute(sql).fetchall()


@pytest.mark.parametrize(
    ("sql", "found"),
    [
        ("instr(hex(zeroblob(1900000)), hex(zeroblob(900000)) || '1')", 0),
        ("length(replace(hex(zeroblob(1900000)), hex(zeroblob(900000)) || '1', ''))", 3_800_000),
    ],
)
def test_no_step_compares_for_hours(bounded, sql, found):
    assert bounded.execute(f"select {sql}").fetchone() == (found,)


@pytest.mark.parametrize(
    "sql",
    [
        "instr('abc', 'b')", "instr('ä€b', 'b')", "instr(x'6162', x'62')", "instr('a', '')",
        "instr(123, 2)", "instr('a', 'x')", "instr(null, 1)", "instr('abc', 1.0)",
        "replace('aXbX', 'X', 'yy')", "replace('a', '', 'b')", "replace(12.5, '.', ',')",
        "replace('a', null, 'b')", "trim('xxaxx', 'x')", "ltrim('xyax', 'yx')",
        "rtrim('xaxy', 'xy')", "trim('  a ')", "trim('a', '')", "trim(x'202061', 'a')",
        "printf('%5.2f|%-5s|%05d|%%|%,d', 3.14159, 'ab', 42, 1234567)", "printf(null)",
        "format('%s', 'a')", "printf('100%')",
    ],
)  # fmt: skip
def test_functions_of_ours_say_what_sqlites_say(bounded, sql):
    assert (
        bounded.execute(f"select {sql}").fetchall()
        == sqlite3.connect(":memory:").execute(f"select {sql}").fetchall()
    )


def test_rows_are_counted_for_each_query_by_itself(bounded):
    few = ANSWER // 4 // 1_000_000
    sql = f"{SERIES} select zeroblob(1000000) from c limit {few}"
    for _ in range(9):
        assert len(bounded.execute(sql).fetchall()) == few


def test_our_own_questions_are_not_bounded(bounded):
    with unlimited(bounded):
        (row,) = bounded.execute(f"select zeroblob({LONGEST + 1})").fetchall()
        assert len(row[0]) == LONGEST + 1
    with pytest.raises(sqlite3.DataError):
        bounded.execute(f"select zeroblob({LONGEST + 1})").fetchall()


@pytest.mark.asyncio
async def test_a_text_that_is_longer_is_shown_on_our_pages(archive_file, tmp_path):
    path = tmp_path / "long.db"
    shutil.copy(archive_file, path)
    long = "Words upon words. " * (LONGEST // 18 + 2)
    with Archive.open(path) as archive:
        archive.add("/clips/long.txt", [made("Long", long.strip())])
    site = datasette_for(path)
    page = await site.client.get("/article/4")
    assert page.status_code == 200
    assert "Words upon words." in page.text
    rows = await site.client.get("/long/paragraphs.json?article_id=4")
    assert (rows.status_code, rows.json()["error"]) == (400, f"{limits.TOO_LARGE.capitalize()}.")


@pytest.mark.asyncio
async def test_our_pages_wait_for_no_query_that_a_visitor_wrote(site):
    endless = f"/news.json?sql={quote(ENDLESS.format('max(n)'))}"
    busy = [asyncio.create_task(site.client.get(endless)) for _ in range(12)]
    await asyncio.sleep(0.1)
    assert (await site.client.get("/search?q=ferry")).status_code == 200
    # Twelve, four at once, three seconds each.
    assert not all(task.done() for task in busy)
    for task in busy:
        task.cancel()
    await asyncio.gather(*busy, return_exceptions=True)


@unasked
@pytest.mark.asyncio
@pytest.mark.parametrize(
    "path",
    [
        "/news/articles?_timelimit=abc", "/news.json?sql=select+1&_timelimit=", "/news.csv?sql=",
        "/news/articles?_through=x", "/news/articles?_sort=nowhere", "/news/articles?_next=x",
        "/news/articles.json?_shape=x", "/news/articles?_size=-1", "/news/articles?_size=x",
        "/news.json?sql=select+onrecord_near('a','b')", "/news/articles?_json=x",
        "/news/articles?_where=length(zeroblob(900000000))", "/news/articles?_facet=nowhere",
    ],
)  # fmt: skip
async def test_an_address_that_makes_no_sense_is_no_fault_of_ours(site, path, capsys):
    response = await site.client.get(path)
    assert response.status_code in (200, 400)
    assert "Traceback" not in capsys.readouterr().err
    for path in ("/news/articles", "/news/search"):
        assert (await site.client.post(path)).status_code == 400


@pytest.mark.asyncio
async def test_a_query_that_is_stopped_is_told_so_and_not_printed(site, capsys):
    for end in ("", ".json", ".csv"):
        response = await site.client.get(
            f"/news{end}?sql={quote(ENDLESS.format('max(n)'))}&_timelimit=20"
        )
        assert response.status_code == 400
        assert "too long" in response.text
    assert "Traceback" not in "".join(capsys.readouterr())


@pytest.mark.asyncio
async def test_no_reply_is_over_the_cap(site, monkeypatch):
    monkeypatch.setattr(bodies, "REPLY", 10_000)
    response = await site.client.get("/news/articles?_size=max")
    assert (response.status_code, response.text[:20]) == (413, "This answer is over ")
    assert (await site.client.get("/-/versions.json")).status_code == 200


@unasked
@pytest.mark.asyncio
async def test_hostile_addresses_are_answered_as_they_should_be(site):
    for asked in hostile("news"):
        if asked.kind == "hostile address" and len(asked.path) < 60_000:
            if not asked.path.isascii() or asked.path.startswith("//"):
                continue  # the client refuses to send it
            response = await site.client.get(asked.path)
            assert response.status_code in (200, 302, 400, 403, 404, 405), asked.path[:200]


@pytest.mark.asyncio
async def test_a_page_of_ours_waits_for_memory(site, monkeypatch):
    asked = []

    def short_of_memory(held: Held, *args: object, **options: object) -> object:
        asked.append(1)
        if len(asked) < 3:
            raise MemoryError
        return search(held, "ferry")

    monkeypatch.setattr("db.site.pages.results.search", short_of_memory)
    assert (await site.client.get("/search?q=ferry")).status_code == 200
    monkeypatch.setattr(shell, "LIMIT", 0.0)
    asked.clear()
    response = await site.client.get("/search?q=ferry")
    assert (response.status_code, "Try again in a moment" in response.text) == (503, True)


@pytest.mark.asyncio
async def test_who_wrote_no_sql_is_not_to_blame_where_memory_is_short(site, monkeypatch):
    """SQLite's memory is that of all connections together."""

    async def short_of_memory(*args: object, **options: object) -> object:
        raise MemoryError

    monkeypatch.setattr("datasette.database.Database.execute_fn", short_of_memory)
    for path, status in (
        ("/news/articles", 503), ("/news/articles/1", 503), ("/news/articles?_where=1", 400),
        ("/news?sql=select+1", 400),
    ):  # fmt: skip
        assert (await site.client.get(path)).status_code == status, path
