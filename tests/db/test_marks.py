"""Words that are marked without the index are marked as FTS5 marks them."""

import sqlite3

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.archive import Archive
from db.query import Compiler
from db.query.nodes import Term
from db.schema import TOKENIZE
from db.search import search
from db.search.excerpt import END, START, hits_in, segments
from db.search.marks import Marks
from tests.db.test_search import GRAIN, QUAY, SAID, TOWER, cued, dated
from tests.making import article, saying

PIECES = [
    "quay", "Quay", "QUAY", "quays", "tar", "rob", "robert", "ro", "7", "quay7", "_", "-", "'", "’",
    "“", "”", "—", "…", "\u00a0", "é", "ø", "ß", "İ", "K", "ſ", "中", ".", " ", " ", " ", "\n", "%",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES), max_size=14).map("".join)
TERMS = st.lists(
    st.builds(Term, st.sampled_from(["quay", "Tar", "rob.", "ro", "7"]), st.booleans()),
    min_size=1, max_size=3,
)  # fmt: skip


@pytest.fixture(scope="module")
def index():
    conn = sqlite3.connect(":memory:")
    conn.execute(f"CREATE VIRTUAL TABLE paragraphs_fts USING fts5(text, tokenize='{TOKENIZE}')")
    yield conn
    conn.close()


@settings(max_examples=400, deadline=None)
@given(TEXTS, TERMS)
def test_marked_as_by_the_index(index, text, terms):
    index.execute("DELETE FROM paragraphs_fts")
    index.execute("INSERT INTO paragraphs_fts (rowid, text) VALUES (1, ?)", [text])
    compiler = Compiler(index)
    marks = Marks.of(index, compiler, tuple(terms))
    match = " OR ".join(compiler.match(term, ("text",)) for term in terms)
    found = index.execute(
        "SELECT highlight(paragraphs_fts, 0, ?, ?) FROM paragraphs_fts"
        " WHERE paragraphs_fts MATCH ?",
        [START, END, match],
    ).fetchone()
    marked = marks.mark(text, "paragraphs", "text", 1)
    if found is None:
        assert marked is None
    else:
        assert (marked.segments, marked.hits) == (segments(found[0]), hits_in(found[0]))


@pytest.mark.parametrize("word", ["two words", "didn't", "straße", "zelensk\u00fd"])
def test_what_may_be_spelled_in_other_ways_is_left_to_the_index(index, word):
    assert Marks.of(index, Compiler(index), (Term(word),)) is None


@pytest.mark.parametrize(
    "typed",
    [
        "lighthouse", "grain", "nobody", "rob*", "county grain", "brandt", "robert OR warden",
        "lighthouse wait", "zelenska", "grain -tower", "quay after:2023", "the", "l*",
    ],
)  # fmt: skip
def test_a_page_at_once_tells_what_article_by_article_tells(tmp_path, monkeypatch, typed):
    with Archive.open(tmp_path / "news.db") as archive:
        grain = cued(saying(GRAIN, *SAID), ("direct", "said"), ("mixed", "claimed"))
        archive.add("/grain.txt", [dated(grain, "2023-05-17", "Quay Courier", "By Robert Grain")])
        archive.add("/tower.txt", [TOWER])
        archive.add("/quay.txt", [dated(QUAY, "2023")])
        paragraphs = [f"Grain {number}, the grain." for number in range(5)]
        archive.add("/many.txt", [article("Grain, grain", *paragraphs)])
        conn = archive.db.conn
        at_once = search(conn, typed)
        monkeypatch.setattr(Marks, "of", lambda *_: None)
        assert at_once == search(conn, typed)
        assert at_once.total
