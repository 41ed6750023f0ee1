"""Random queries, found by the indexes and by reading every text: both must agree."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.archive import Archive
from db.query import parse
from db.query.near import holds
from db.query.nodes import All, Any, Dated, Has, In, Kind, Near, Quoted, Term
from db.search import search
from tests.db.test_search import cued, dated
from tests.making import article, saying

WORDS = ["mast", "masts", "keel", "sail", "Sail’s", "rope-end", "Größe", "βάρκα", "新しい橋の",
         "ﾌｪﾘｰ便"]  # fmt: skip
NAMES = ["Runa Vik", "Odo Mast"]
CUES = ["said", "claimed"]


def made(chance, number):
    def text(size):
        return " ".join(chance.choices(WORDS, k=size))

    name, cue = chance.choice(NAMES), chance.choice(CUES)
    quote = f"{text(2)} q{number}"
    paragraphs = [f"{text(chance.randint(1, 6))}." for _ in range(chance.randint(1, 2))]
    base = article(text(2), *paragraphs, f"“{quote}” {cue} {name}.")
    kind = chance.choice(["direct", "indirect"])
    whole = cued(saying(base, (quote, name, name)), (kind, cue))
    return dated(whole, f"202{number % 3}-0{number % 5 + 1}-11", "Echo", f"By {text(1)}")


@pytest.fixture(scope="module")
def shelf(tmp_path_factory):
    chance = random.Random(5)
    articles = [made(chance, number) for number in range(16)]
    with Archive.open(tmp_path_factory.mktemp("oracle") / "news.db") as archive:
        for number, one in enumerate(articles):
            assert archive.add(f"/{number}.txt", [one]) == ["added"]
        yield archive.db.conn, articles


def article_has(node, one):
    match node:
        case Term() | Near():
            texts = [one.title, one.byline, *(p.text for p in one.paragraphs)]
            return any(holds(node, text) for text in texts)
        case In("title", inner):
            return holds(inner, one.title)
        case In("byline", inner):
            return holds(inner, one.byline)
        case In("para", inner):
            return any(paragraph_has(inner, p, one) for p in one.paragraphs)
        case Quoted(inner):
            return any(quote_has(inner, quote, one) for quote in one.quotes)
        case Dated(bound, date):
            at = one.published.value
            within = at.startswith(date)
            return {"on": within, "before": at < date, "after": within or at > date}[bound]
        case Has():
            return bool(one.quotes)
        case All(wanted, unwanted):
            return all(article_has(n, one) for n in wanted) and not any(
                article_has(n, one) for n in unwanted
            )
        case Any(choices):
            return any(article_has(n, one) for n in choices)
    raise AssertionError(node)


def paragraph_has(node, paragraph, one):
    match node:
        case Term() | Near():
            return holds(node, paragraph.text)
        case In("para", inner):
            return paragraph_has(inner, paragraph, one)
        case Quoted(inner):
            return any(
                quote_has(inner, quote, one)
                for quote in one.quotes
                if paragraph.span.start <= quote.pieces[0].start < paragraph.span.end
            )
        case All(wanted, unwanted):
            return all(paragraph_has(n, paragraph, one) for n in wanted) and not any(
                paragraph_has(n, paragraph, one) for n in unwanted
            )
        case Any(choices):
            return any(paragraph_has(n, paragraph, one) for n in choices)
    return article_has(node, one)


def quote_has(node, quote, one):
    match node:
        case In("speaker", inner):
            return holds(inner, one.people[quote.person].name)
        case In("said", inner):
            return holds(inner, quote.pieces[0].of(one.text))
        case In("cue", inner):
            return holds(inner, quote.cue.of(one.text))
        case Kind(kind):
            return quote.kind == kind
        case All(wanted, unwanted):
            return all(quote_has(n, quote, one) for n in wanted) and not any(
                quote_has(n, quote, one) for n in unwanted
            )
        case Any(choices):
            return any(quote_has(n, quote, one) for n in choices)
    raise AssertionError(node)


WORD = st.sampled_from(
    [
        *WORDS,
        "mas*",
        "groesse",
        "grösse",
        "grosse",
        "ΒΑΡΚ*",
        '"mast keel"',
        "rope",
        "橋",
        "しい橋",
        "フェリー",
        '"橋の mast"',
    ]
)
NEARBY = st.builds(
    lambda words, how: f"{words[0]} {how} {words[1]}",
    st.tuples(WORD, WORD),
    st.sampled_from(["NEAR/0", "NEAR/2", "PRE/0", "PRE/1", "PRE/3"]),
)
FIELD = st.one_of(
    st.builds("title:{}".format, WORD),
    st.builds("byline:{}".format, WORD),
    st.builds("said:{}".format, WORD),
    st.builds("para:({} {})".format, WORD, WORD),
    st.builds("para:({} -{})".format, WORD, WORD),
    st.builds("para:({} {})".format, NEARBY, WORD),
    st.builds("title:({} OR {})".format, NEARBY, WORD),
    st.sampled_from(["speaker:vik", "speaker:mast", "cue:said", "cue:cl*", "kind:direct"]),
    st.sampled_from(["on:2021", "before:2021-03", "after:2021", "on:2020-01-11", "has:quote"]),
)
QUERY = st.recursive(
    WORD | NEARBY | FIELD,
    lambda part: st.one_of(
        st.builds("{} {}".format, part, part),
        st.builds("({} OR {})".format, part, part),
        st.builds("{} -({})".format, part, part),
    ),
    max_leaves=5,
)


@settings(deadline=None, max_examples=300)
@given(QUERY)
def test_articles(shelf, typed):
    conn, articles = shelf
    node = parse(typed)
    want = {at for at, one in enumerate(articles, 1) if article_has(node, one)}
    got = search(conn, typed, size=99, fold_copies=False)
    assert {hit.article_id for hit in got.hits} == want
    assert got.total == len(want)


@settings(deadline=None, max_examples=300)
@given(QUERY)
def test_paragraphs(shelf, typed):
    conn, articles = shelf
    node = parse(typed)
    want = {
        (at, f"p{position}")
        for at, one in enumerate(articles, 1)
        for position, paragraph in enumerate(one.paragraphs, 1)
        if paragraph_has(node, paragraph, one)
    }
    got = search(conn, typed, "paragraphs", size=99, fold_copies=False)
    assert {(hit.article_id, hit.match.anchor) for hit in got.hits} == want
