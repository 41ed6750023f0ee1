"""The query language, one behaviour a test."""

import sqlite3

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from db.query import MAX_TERMS, All, Any, Near, Term, parse, to_match

PARAGRAPHS = [
    "Odo Brandt opened the quay on Friday after bill QX-77 passed.",
    "The warden didn’t answer. Nobody saw her in the garden.",
    "Od went home.",
    "Zoë Zelenská praised Riga’s canals; the county will close the mill in May. Grain is dear.",
]


@pytest.fixture(scope="module")
def found():
    conn = sqlite3.connect(":memory:")
    conn.execute(
        "create virtual table t using fts5(text, tokenize='unicode61 remove_diacritics 2')"
    )
    conn.executemany("insert into t (text) values (?)", [(p,) for p in PARAGRAPHS])

    def run(typed: str) -> list[int]:
        match = to_match(typed)
        if not match:
            return []
        return [r[0] for r in conn.execute("select rowid from t where t match ?", [match])]

    return run


@pytest.mark.parametrize(
    ("typed", "paragraphs"),
    [
        ("QX-77", [1]),
        ('"bill QX-77"', [1]),
        ("didn't", [2]),
        ("didn’t", [2]),
        ("garden.", [2]),
        ("od*", [1, 3]),
        ("od", [3]),
        ("brandt OR warden", [1, 2]),
        ("quay -warden", [1]),
        ("the -quay", [2, 4]),
        ("the NOT quay", [2, 4]),
        ("(brandt OR warden) nobody", [2]),
        ("the (quay OR garden) -brandt", [2]),
        ("county NEAR/8 grain", [4]),
        ("county NEAR/2 grain", []),
        ("zelenska", [4]),
        ("ZOE", [4]),
        ("riga", [4]),
        ("riga's", [4]),
        ("“the garden”", [2]),
        ('"the gar"*', [2]),
    ],
)
def test_finds(found, typed, paragraphs):
    assert found(typed) == paragraphs


@pytest.mark.parametrize("typed", ["", " ", '""', "*", "()", "(", "🙂", "-", "--", ")(", "\0", "…"])
def test_nothing_to_search_for(typed):
    assert to_match(typed) == ""


@pytest.mark.parametrize(
    ("typed", "reading"),
    [
        ("AND", Term("AND")),
        ("quay AND", All((Term("quay"), Term("AND")))),
        ("OR quay", All((Term("OR"), Term("quay")))),
        ("(quay", Term("quay")),
        ("quay)", Term("quay")),
        ('"unclosed words', Term("unclosed words")),
        ("-quay", Term("quay")),
        ("a NEAR/3 b NEAR/5 c", Near((Term("a"), Term("b"), Term("c")), 5)),
        ("NEAR", Term("NEAR")),
        ("a OR b c", Any((Term("a"), All((Term("b"), Term("c")))))),
        ("well-known", Term("well-known")),
        ("title: x", All((Term("title:"), Term("x")))),
    ],
)
def test_reads_as(typed, reading):
    assert parse(typed) == reading


def test_ten_thousand_characters(found):
    assert found("quay " * 2_000) == [1]
    assert found("(" * 10_000 + "quay") is not None
    assert to_match("quay " * 2_000).count("quay") == MAX_TERMS


@given(st.text() | st.text(alphabet="ab\"()*-: ANDORT/5NEAR'’“”\n"))
@example('"')
@example("a AND OR NOT (b")
@example("NOT NOT NOT a")
@example("a NEAR/0 b")
@example("((((((((((((((((a) b) c) OR d")
@example("a OR -b")
def test_whatever_is_typed_is_a_valid_expression(found, typed):
    found(typed)
