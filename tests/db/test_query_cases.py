"""The team's field cases of searching, read from the shared folder, and the SQL functions."""

import json
import re
import sqlite3

import pytest

from db.archive import Archive
from db.search import search
from db.site.functions import register
from tests.making import article


def case(shared, number):
    """The fenced input of a field case, and (typed, wanted) for what its right answer names."""
    text = shared("cases/field-cases.md").read_text("utf-8")
    section = text.partition(f"## FC-{number:02} ")[2].partition("\n## ")[0]
    inputs = section.split("```")[1].strip("\n")
    answer = section.partition("Right answer")[2]
    clauses = [clause.partition("->") for clause in answer.split(";")]
    wanted = [
        (typed, want.strip())
        for left, arrow, want in clauses
        if arrow
        for typed in re.findall(r"`([^`]+)`", left)
    ]
    assert len(wanted) > 3
    return inputs.split("\n\n"), wanted


def test_punctuation(shared, tmp_path):
    (title, *paragraphs), wanted = case(shared, 1)
    with Archive.open(tmp_path / "news.db") as archive:
        archive.add("/a.txt", [article(title, *paragraphs)])
        for typed, want in wanted:
            results = search(archive.db.conn, typed, "paragraphs", sort="oldest")
            assert results.reading.endswith("."), typed
            if numbers := re.findall(r"\d", want.partition(" never ")[0]):
                anchors = [hit.match.anchor for hit in results.hits]
                assert anchors == [f"p{n}" for n in numbers], typed


def test_fields_and_scopes(shared, tmp_path):
    lines, wanted = case(shared, 2)
    articles: list[list[str]] = []
    for line in lines:
        if re.match(r"[AB]\. ", line):
            articles.append([line[3:]])
        else:
            articles[-1].append(line)
    with Archive.open(tmp_path / "news.db") as archive:
        for parts in articles:
            archive.add(f"/{parts[0]}.txt", [article(*parts)])
        for typed, want in wanted:
            hits = search(archive.db.conn, typed).hits
            letters = re.findall(r"\b[AB]\b", want.partition(", ")[0])
            assert {"AB"[hit.article_id - 1] for hit in hits} == set(letters), typed
            if first := re.search(r"\b([AB]) first", want):
                assert "AB"[hits[0].article_id - 1] == first[1], typed
            for letter, field in re.findall(r"\b([AB]) \((\w+)\)", want):
                (hit,) = (h for h in hits if "AB"[h.article_id - 1] == letter)
                assert hit.fields == (field,), typed
            assert all(hit.fields for hit in hits), typed


@pytest.fixture(scope="module")
def conn(tmp_path_factory):
    path = tmp_path_factory.mktemp("functions") / "news.db"
    with Archive.open(path) as archive:
        archive.add("/a.txt", [article("Fog on the sound", "No ferry sailed.", "Straße gesperrt.")])
        archive.add("/b.txt", [article("Ice", "A ferry sailed into fog.")])
    opened = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    register(opened)
    yield opened
    opened.close()


def test_articles_and_paragraphs_by_sql(conn):
    sql = "select json_group_array(value) from json_each(onrecord_{}(?))"

    def found(what, typed):
        return json.loads(conn.execute(sql.format(what), [typed]).fetchone()[0])

    assert found("articles", "title:fog ferry") == [1]
    assert found("articles", "ferry fog") == [1, 2]
    assert found("paragraphs", "ferry PRE/3 fog") == [3]
    assert found("quotes", "has:quote") == []
    for nothing in ("", None, '"', "*"):
        assert found("articles", nothing) == []


def test_a_search_can_be_joined_to_its_rows(conn):
    sql = (
        "select title from articles where id in"
        " (select value from json_each(onrecord_articles('ferry PRE/4 fog')))"
    )
    assert conn.execute(sql).fetchall() == [("Ice",)]


def test_the_expression_for_one_index_knows_the_spellings(conn):
    sql = "select rowid from paragraphs_fts where paragraphs_fts match onrecord_match(?)"
    assert conn.execute(sql, ["strasse"]).fetchall() == [(2,)]
    assert conn.execute(sql, ["ferry -fog"]).fetchall() == [(1,)]
    assert conn.execute(sql, [""]).fetchall() == []


def test_the_reading_by_sql(conn):
    (line,) = conn.execute("select onrecord_reading('ferry -fog')").fetchone()
    assert line == "Looking for ferry, but not fog."


def test_functions_where_there_is_no_archive():
    conn = sqlite3.connect(":memory:")
    register(conn)
    assert conn.execute("select onrecord_match('strasse OR b*')").fetchone()[0] == (
        '("strasse" OR "b" *)'
    )
    conn.close()
