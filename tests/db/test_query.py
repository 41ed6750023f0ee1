"""The query language, one behaviour a test."""

import sqlite3

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from db.query import explain, parse, read, to_match
from db.query.near import holds
from db.query.nodes import All, Any, At, Dated, Has, In, Kind, Near, Quoted, Step, Term
from db.query.tokens import MAX_TERMS

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
        ('"the county" NEAR/8 gra*', [4]),
        ("(county OR mayor) NEAR/8 grain", [4]),
        ("zelenska", [4]),
        ("ZOE", [4]),
        ("riga", [4]),
        ("riga's", [4]),
        ("“the garden”", [2]),
        ('"the gar"*', [2]),
        ('"the gar*"', [2]),
        ("title:quay after:2020", [1]),
    ],
)
def test_one_index_finds(found, typed, paragraphs):
    assert found(typed) == paragraphs


@pytest.mark.parametrize("typed", ["", " ", '""', "*", "()", "(", "🙂", "-", "--", ")(", "\0", "…"])
def test_nothing_to_search_for(typed):
    assert parse(typed) is None
    assert to_match(typed) == ""
    assert explain(read(typed)).startswith("Nothing in it can be searched for")


A, B, C = Term("a"), Term("b"), Term("c")
BRACKETS = "http://a.example/b(c)"


@pytest.mark.parametrize(
    ("typed", "reading"),
    [
        ("AND", Term("AND")),
        ("quay AND", All((Term("quay"), Term("AND")))),
        ("OR quay", All((Term("OR"), Term("quay")))),
        ("(quay", Term("quay")),
        ("quay)", Term("quay")),
        ('"unclosed words', Term("unclosed words")),
        ("-quay", All((), (Term("quay"),))),
        ("a NEAR b", Near((A, B), (Step(10),))),
        ("a NEAR/3 b PRE/5 c", Near((A, B, C), (Step(3), Step(5, ordered=True)))),
        ("(a OR b) NEAR/3 c", Any((Near((A, C), (Step(3),)), Near((B, C), (Step(3),))))),
        ("NEAR", Term("NEAR")),
        ("a NEAR/3", All((A, Term("NEAR/3")))),
        ("a OR b c", Any((A, All((B, C))))),
        ("well-known", Term("well-known")),
        ("title: x", All((Term("title:"), Term("x")))),
        ("title:a b", All((In("title", A), B))),
        ("Title:(a OR b)", In("title", Any((A, B)))),
        ("title:a NEAR/3 b", In("title", Near((A, B), (Step(3),)))),
        ('-byline:"a b"', All((), (In("byline", Term("a b")),))),
        ("subtitle:a", Term("subtitle:a")),
        ("http://a.example/b", Any((At("http://a.example/b"), Term("http://a.example/b")))),
        ("a.example/b, c", All((Any((At("a.example/b"), Term("a.example/b,"))), C))),
        ("(http://a.example/b(c) OR c)", Any((Any((At(BRACKETS), Term(BRACKETS))), C))),
        ("url:a.example/b", At("a.example/b")),
        ("url:https://a.example/b c", All((At("https://a.example/b"), C))),
        ("site:a.example -url:b.example", All((At("a.example"),), (At("b.example"),))),
        ("and/or a", All((Term("and/or"), A))),
        ("24.5/7 a", All((Term("24.5/7"), A))),
        ("author:a", In("byline", A)),
        ("Headline:a paper:b", All((In("title", A), In("publisher", B)))),
        ("date:2023 since:2022", All((Dated("on", "2023"), Dated("after", "2022")))),
        ("title:(byline:a)", In("title", All((Term("byline"), A)))),
        ("para:(a b) c", All((In("para", All((A, B))), C))),
        ("on:2023", Dated("on", "2023")),
        ("before:2023-5", Dated("before", "2023-05")),
        ('after:"2023/05/07"', Dated("after", "2023-05-07")),
        ("before:2023-02-30", All((Term("before"), Term("2023-02-30")))),
        ("after:yesterday", All((Term("after"), Term("yesterday")))),
        ("has:quote", Has("quote")),
        ("has:picture", All((Term("has"), Term("picture")))),
        ("kind:Indirect", Quoted(Kind("indirect"))),
        ("kind:loud", All((Term("kind"), Term("loud")))),
        ("speaker:a", Quoted(In("speaker", A))),
        ("speaker:a b said:c", All((B, Quoted(All((In("speaker", A), In("said", C))))))),
        ("speaker:a -cue:b", Quoted(All((In("speaker", A),), (In("cue", B),)))),
        ("a -cue:b", All((A,), (Quoted(In("cue", B)),))),
        ("speaker:a OR b", Any((Quoted(In("speaker", A)), B))),
    ],
)
def test_reads_as(typed, reading):
    assert parse(typed) == reading


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("harbour -mayor", "Looking for harbour, but not mayor."),
        ("park.", "Looking for park."),
        ("rob*", "Looking for words that begin with rob."),
        ('"fish quota" OR tariff', "Looking for “fish quota” or tariff."),
        ("a NEAR/1 b", "Looking for a near b (at most 1 word between)."),
        ("a PRE/3 b", "Looking for a before b (at most 3 words between)."),
        ("title:(a OR b) c", "Looking for (a or b) in the title and c."),
        ("para:(a b)", "Looking for (a and b) in one paragraph."),
        ("publisher:courier on:2023-05-17", "Looking for published by courier and published on"),
        ("after:2023 before:2024", "Looking for published in or after 2023 and published before"),
        ("speaker:a said:b kind:direct", "a quotation by a and that says b and of kind direct."),
        ("-speaker:a", "Looking for everything, but not a quotation by a."),
        ("after:soon", "“after:soon” is taken as words: a date is a year, month or day"),
        ("a OR", "“OR” is taken as a word: it has nothing to join."),
        ("title:(byline:a)", "“byline:” is taken as a word here."),
        ("rubric:a", "“rubric:” is no field, and is taken as a word; fields are title, byline,"),
        ("speaker: a", "“speaker:” is taken as a word: what is looked for stands right behind"),
        ("before: 2020", "“before:” is taken as a word: what is looked for stands right behind"),
        ("Ferry: a", "Looking for Ferry and a."),
        ("https://a.example/b", "Looking for the address https://a.example/b, or its words."),
        ("site:a.example", "Looking for the address a.example."),
        ("url:harbour", "“url:harbour” is taken as words: an address is like example.org/news/"),
        ("*erry", "Looking for erry. “*erry” is taken without its *, which stands for the rest"),
        ("fe*y", "“fe*y” is taken without its *, which stands for the rest of a word at its end."),
        ("a " * 100, f"Only the first {MAX_TERMS} words are looked for."),
        ("a" * 5_000, "Only the first 4000 characters are read."),
    ],
)
def test_says_how_it_read_the_query(typed, line):
    assert line.lower() in explain(read(typed)).lower()


@pytest.mark.parametrize(
    ("typed", "text", "there"),
    [
        ("a PRE/2 b", "a x x b", True),
        ("a PRE/1 b", "a x x b", False),
        ("b PRE/2 a", "a x x b", False),
        ("b NEAR/2 a", "a x x b", True),
        ("a PRE/0 a", "a", False),
        ("a PRE/0 a", "a a", True),
        ("a NEAR/3 a", "a", False),
        ("a NEAR/1 b NEAR/1 c", "b x a x x c", False),
        ("a NEAR/1 b NEAR/4 c", "b x a x x c", True),
        ('"a b" PRE/1 c*', "a b x cold", True),
        ('"a b" PRE/1 c*', "b a x cold", False),
        ("straße PRE/1 ΑΘΉΝΑ", "STRASSE, αθηνα", True),
    ],
)
def test_order_and_distance_are_exact(typed, text, there):
    assert holds(parse(typed), text) is there


def test_ten_thousand_characters(found):
    assert found("quay " * 2_000) == [1]
    assert found("(" * 10_000 + "quay") is not None
    assert to_match("quay " * 2_000).count("quay") == MAX_TERMS


@settings(deadline=None)
@given(st.text() | st.text(alphabet="ab\"()*-: ANDORT/5NEAR'’“”\n"))
@example('"')
@example("a AND OR NOT (b")
@example("NOT NOT NOT a")
@example("a NEAR/0 b")
@example("((((((((((((((((a) b) c) OR d")
@example("a OR -b")
def test_whatever_is_typed_is_a_valid_expression_and_has_a_reading(found, typed):
    found(typed)
    assert explain(read(typed)).endswith(".")
