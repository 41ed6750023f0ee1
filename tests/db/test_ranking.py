"""The order of a result, its pages, and what is remembered of it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.archive import Archive
from db.search import search
from db.search.columns import Columns
from db.search.numbers import NONE, common, either, without
from db.search.survey import Survey
from tests.making import article

SETS = st.sets(st.integers(1, 40))


def array(numbers):
    return np.array(sorted(numbers), np.int64)


@given(SETS, SETS)
def test_arrays_are_put_together_like_sets(one, other):
    assert set(common(array(one), array(other)).tolist()) == one & other
    assert set(without(array(one), array(other)).tolist()) == one - other
    assert either(array(one), array(other)).tolist() == sorted(one | other)


@given(
    st.lists(st.tuples(st.integers(0, 3), st.integers(0, 5)), min_size=1, max_size=60),
    st.integers(1, 9),
    st.sampled_from(["relevance", "newest", "oldest"]),
)
def test_the_first_ones_are_those_of_the_whole_order(articles, stop, sort):
    number = len(articles)
    scores = np.array([score for score, _ in articles], float)
    when = np.array([day for _, day in articles])
    places = np.arange(number)
    newest = np.empty(number, np.int64)
    newest[np.lexsort((-places, -when))] = places
    oldest = np.empty(number, np.int64)
    oldest[np.lexsort((places, when))] = places
    columns = Columns(places + 1, [], newest, oldest, when, places, [], places, [], NONE)
    every = np.ones(number, np.bool_)
    found = Survey(places + 1, scores, every, NONE, places, columns, sort, number)
    order = {
        "relevance": lambda at: (-scores[at], newest[at]),
        "newest": lambda at: newest[at],
        "oldest": lambda at: oldest[at],
    }[sort]
    whole = [at + 1 for at in sorted(range(number), key=order)]
    assert found.first().tolist() == whole
    assert found.first(stop).tolist() == whole[:stop]


@pytest.fixture
def conn(tmp_path):
    with Archive.open(tmp_path / "news.db") as archive:
        for number in range(9):
            text = "fog " * (number % 3)
            archive.add(f"/{number}.txt", [article(f"Note {number}", f"{text}ferry {number}.")])
        yield archive.db.conn


def pages(conn, size):
    found = [search(conn, "ferry", page=page, size=size) for page in range(1, 9 // size + 2)]
    return [hit.article_id for results in found for hit in results.hits]


def test_pages_beyond_the_first_ones_go_on_with_the_list(conn, monkeypatch):
    whole = pages(conn, 9)
    monkeypatch.setattr("db.search.ranking.FIRST", 4)
    conn.execute("UPDATE articles SET title = title")  # nothing is remembered after a write
    assert pages(conn, 3) == pages(conn, 2) == whole == list(range(9, 0, -1))


def test_what_is_taken_back_was_never_there(conn):
    assert search(conn, "ferry").total == 9
    conn.execute("BEGIN")
    conn.execute("DELETE FROM paragraphs WHERE article_id = 1")
    assert search(conn, "ferry").total == 8
    conn.execute("ROLLBACK")
    assert search(conn, "ferry").total == 9


def test_little_is_kept(conn, monkeypatch):
    monkeypatch.setattr("db.search.memory.MOST_BYTES", 300)
    monkeypatch.setattr("db.search.memory.MOST_NOTES", 1)
    for _ in range(2):
        assert search(conn, "ferry").total == 9
        assert search(conn, "fog").total == 6
        assert search(conn, "ferry fog").total == 6
