"""metadata.json against the real schema, and its queries in stock SQLite."""

from __future__ import annotations

import json
import re
import sqlite3
from pathlib import Path

import pytest

from tests.site.small import HOSTILE, TYPED

FILE = Path(__file__).parents[2] / "metadata.json"
METADATA = json.loads(FILE.read_text(encoding="utf-8"))
ARCHIVE = METADATA["databases"]["archive"]
QUERIES = ARCHIVE["queries"]
SHADOWS = re.compile(r"_fts_(data|idx|docsize|config|content)$")


def columns_of(conn: sqlite3.Connection) -> dict[str, list[str]]:
    names = [
        row["name"]
        for row in conn.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")
        if not SHADOWS.search(row["name"]) and not row["name"].startswith("sqlite_")
    ]
    return {n: [r["name"] for r in conn.execute(f"PRAGMA table_info([{n}])")] for n in names}


def test_every_table_and_view_is_described_and_none_that_is_not_there(conn):
    assert set(ARCHIVE["tables"]) == set(columns_of(conn))
    for name, table in ARCHIVE["tables"].items():
        assert table["title"], name
        assert table["description"].endswith("."), name


def test_every_column_is_described_and_none_that_is_not_there(conn):
    for name, columns in columns_of(conn).items():
        described = ARCHIVE["tables"][name]["columns"]
        assert set(described) == set(columns), name
        assert all(described.values()), name


def test_settings_name_columns_that_are_there(conn):
    columns = columns_of(conn)
    for name, table in ARCHIVE["tables"].items():
        facets = [
            f if isinstance(f, str) else next(iter(f.values())) for f in table.get("facets", [])
        ]
        settings = [table[key] for key in ("label_column", "sort", "sort_desc") if key in table]
        assert set(facets) | set(settings) <= set(columns[name]), name


def test_the_file_is_laid_out_as_json_tools_would():
    text = json.dumps(METADATA, indent=2, ensure_ascii=False) + "\n"
    assert FILE.read_text(encoding="utf-8") == text


@pytest.mark.parametrize("name", QUERIES)
def test_a_query_has_a_title_and_names_its_parameters(name):
    query = QUERIES[name]
    assert query["title"]
    assert query["description"]
    assert set(re.findall(r"(?<!\w):([a-z]+)", query["sql"])) == set(query.get("params", []))


EXPECTED = {
    "search": ({"words": "ferry"}, 2),
    "quotes_by_speaker": ({"speaker": "marrow"}, 2),
    "article_text": ({"article": "2"}, 4),
    "articles_by_day": ({"day": "2024-05"}, 1),
    "most_quoted": ({}, 2),
    "exact_words": ({"words": "the FERRY is old"}, 1),
    "called": ({"speaker": "MARROW"}, 1),
    "papers_by_year": ({}, 3),
    "speakers_by_month": ({"year": ""}, 2),
    "quotes_by_cue": ({"kind": "", "cue": "Claimed"}, 1),
    "cues": ({}, 2),
    "random_quotes": ({}, 3),
    "undated": ({}, 1),
    "address": ({"address": "http://www.courier.example/2024"}, 1),
    "revised": ({}, 1),
    "copies": ({}, 1),
    "open_failures": ({}, 1),
}


@pytest.mark.parametrize("name", QUERIES)
def test_a_query_gives_what_it_promises(conn, name):
    params, rows = EXPECTED[name]
    assert len(conn.execute(QUERIES[name]["sql"], params).fetchall()) == rows


@pytest.mark.parametrize("typed", HOSTILE, ids=lambda typed: ascii(typed)[:24])
def test_no_query_fails_whatever_is_typed(conn, typed):
    for query in QUERIES.values():
        conn.execute(query["sql"], dict.fromkeys(query.get("params", []), typed)).fetchall()


@pytest.mark.parametrize(
    ("typed", "paragraphs"),
    [
        *TYPED,
        ("ROB HOME", [3]),
        ("zelenskyy zoe", []),
        ('""', []),
        ("*", []),
        (" ", []),
        ("😀", []),
    ],
)
def test_stock_search_finds_words_and_beginnings(conn, typed, paragraphs):
    found = conn.execute(
        QUERIES["search"]["sql"].replace("select once.found_in", "select once.paragraph"),
        {"words": typed},
    ).fetchall()
    assert sorted(row["paragraph"] for row in found if row["article_id"] == 1) == paragraphs


def test_a_title_comes_before_a_text_and_a_quote_tells_its_speaker(conn):
    found = conn.execute(QUERIES["search"]["sql"], {"words": "ferry"}).fetchall()
    assert [row["found_in"] for row in found] == ["title", "quote"]
    assert found[0]["excerpt"] == "⟦Ferry⟧ to stop at noon"
    assert found[1]["speaker"] == "Ada Marrow"
    assert "⟦ferry⟧" in found[1]["excerpt"]


def test_speakers_are_found_without_accents(conn):
    (row,) = conn.execute(QUERIES["quotes_by_speaker"]["sql"], {"speaker": "zoe Zelenskyy"})
    assert row["quote"] == "nobody will miss it"
    assert row["link"] == "/article/2#q2"


def test_the_older_version_and_what_it_said_are_found(conn):
    (row,) = conn.execute(QUERIES["revised"]["sql"])
    assert (row["article_id"], row["revision"]) == (1, 1)
