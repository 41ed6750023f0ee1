"""Searching an archive: what is found, in which order, where it is marked, what is counted."""

import sqlite3
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.archive import Archive
from db.check import check
from db.search import Count, Filters, counts, most_quoted, search
from ingest.article import Moment
from tests.db.test_copies import OTHER, STORY
from tests.making import article, saying
from tests.site.small import HOSTILE


def dated(base, published, publisher=None, byline=None):
    precision = {4: "year", 7: "month", 10: "day"}.get(len(published), "second")
    moment = Moment(published, precision)
    return replace(base, published=moment, publisher=publisher, byline=byline)


def cued(base, *quotes):
    """`base` with (kind, cue) for each of its quotes."""
    said = []
    for quote, (kind, cue) in zip(base.quotes, quotes, strict=True):
        start = base.text.index(cue)
        span = type(quote.pieces[0])(start, start + len(cue))
        said.append(quote._replace(kind=kind, cue=span))
    return replace(base, quotes=tuple(said))


TOWER = article(
    "Lighthouse to shut",
    "The county will shut the tower in May. Grain was not discussed.",
    "Nobody has lived in it since the keeper left.",
)
GRAIN = article(
    "Grain grows dear",
    "Farmers met by the lighthouse on Sunday.",
    "Nobody spoke of the county.",
    "“The lighthouse can wait,” said Zoë Zelenská, who farms the last field.",
    "The miller Odo Brandt claimed that he had “never seen such grain”.",
)
SAID = (
    ("The lighthouse can wait,", "Zoë Zelenská", "Zoë Zelenská"),
    ("never seen such grain", "Odo Brandt", "Odo Brandt"),
)
QUAY = article(
    "Quay bill is law",
    "Robert Brandt opened the quay on Friday after bill QX-77 passed.",
    "The warden didn’t answer. Nobody saw her in the garden.",
    "Rob went home.",
)


@pytest.fixture(scope="module")
def conn(tmp_path_factory):
    with Archive.open(tmp_path_factory.mktemp("search") / "news.db") as archive:
        grain = cued(saying(GRAIN, *SAID), ("direct", "said"), ("mixed", "claimed"))
        archive.add("/tower.txt", [dated(TOWER, "2022-05-03", "The Sound Echo")])
        archive.add("/grain.txt", [dated(grain, "2023-05-17", "Quay Courier", "By Ines Calder")])
        archive.add("/quay.txt", [dated(QUAY, "2023", "Quay Courier")])
        archive.add("/bread.txt", [article("Bread by the hour", *OTHER)])
        yield archive.db.conn


TITLES = {1: "tower", 2: "grain", 3: "quay", 4: "bread"}


def found(conn, typed, tab="articles", **options):
    return [TITLES[hit.article_id] for hit in search(conn, typed, tab, **options).hits]


def places(conn, typed, tab="paragraphs", **options):
    results = search(conn, typed, tab, **{"sort": "oldest", **options})
    return [f"{TITLES[hit.article_id]} {hit.match.anchor}" for hit in results.hits]


# FC-01: punctuation.
@pytest.mark.parametrize(
    ("typed", "paragraphs"),
    [
        ("QX-77", ["quay p1"]),
        ('"bill QX-77"', ["quay p1"]),
        ("didn't", ["quay p2"]),
        ("didn’t", ["quay p2"]),
        ("garden.", ["quay p2"]),
        ("rob*", ["quay p1", "quay p3"]),
        ("rob", ["quay p3"]),
        ("robert OR warden", ["quay p1", "quay p2"]),
        ("quay -warden", ["quay p1"]),
    ],
)
def test_punctuation_in_the_search_box(conn, typed, paragraphs):
    assert places(conn, typed) == paragraphs


@pytest.mark.parametrize("typed", HOSTILE, ids=lambda typed: ascii(typed)[:24])
@pytest.mark.parametrize("tab", ["articles", "paragraphs", "quotes", "people"])
def test_no_typing_is_an_error_and_each_is_explained(conn, typed, tab):
    assert search(conn, typed, tab).reading.endswith(".")


# FC-02: one field, one paragraph, one article.
def test_a_title_comes_first(conn):
    assert found(conn, "lighthouse") == ["tower", "grain"]
    assert found(conn, "grain") == ["grain", "tower"]
    assert found(conn, "title:lighthouse") == ["tower"]


def test_words_may_stand_anywhere_in_an_article(conn):
    assert set(found(conn, "county grain")) == {"tower", "grain"}
    assert found(conn, "calder miller") == ["grain"], "a byline and a paragraph"


def test_words_in_one_paragraph(conn):
    assert found(conn, "para:(county grain)") == ["tower"]
    assert found(conn, "county NEAR/8 grain") == ["tower"]
    assert places(conn, "county grain") == ["tower p1"]


def test_order(conn):
    assert found(conn, "county PRE/8 grain") == ["tower"]
    assert found(conn, "grain PRE/8 county") == []
    assert found(conn, "count* PRE/1 shut NEAR/3 tow*") == ["tower"]
    assert places(conn, "grain PRE/8 county OR rob") == ["quay p3"]
    assert found(conn, "title:(bill PRE/0 quay)") == []
    assert found(conn, "title:(quay PRE/0 bill)") == ["quay"]


def test_each_result_says_what_matched_and_where(conn):
    (tower, grain) = search(conn, "lighthouse").hits
    assert tower.fields == ("title",)
    assert tower.title == (("Lighthouse", True), (" to shut", False))
    assert grain.fields == ("paragraph", "quote")
    first, second = grain.matches
    assert (first.anchor, second.anchor) == ("p1", "q1")
    assert ("lighthouse", True) in first.snippet
    assert (second.speaker, second.cue) == ("Zoë Zelenská", "said")


def test_at_most_three_places_the_fullest_ones(conn):
    (hit,) = search(
        conn, "(grain OR nobody OR county OR farmers OR lighthouse) -tower -warden"
    ).hits
    assert [match.anchor for match in hit.matches if match.anchor] == ["p1", "p2", "q1"]


@pytest.mark.parametrize(
    ("typed", "articles"),
    [
        ("-lighthouse", ["quay", "bread"]),
        ("nobody -lighthouse", ["quay"]),
        ("byline:calder", ["grain"]),
        ("publisher:courier", ["grain", "quay"]),
        ("courier", []),
        ("speaker:zelenska", ["grain"]),
        ('speaker:"odo brandt" said:grain', ["grain"]),
        ("speaker:zelenska said:grain", []),
        ("speaker:(zelenska OR nobody) tower", []),
        ("speaker:zelenska miller", ["grain"]),
        ("said:county", []),
        ("cue:claim*", ["grain"]),
        ("cue:claimed kind:direct", []),
        ("speaker:brandt -cue:said", ["grain"]),
        ("speaker:brandt -cue:claimed", []),
        ("-cue:claimed nobody", ["tower", "quay"]),
        ("kind:mixed", ["grain"]),
        ("has:quote", ["grain"]),
        ("-has:date", ["bread"]),
        ("on:2023", ["grain", "quay"]),
        ("on:2023-05-17", ["grain"]),
        ("after:2023", ["grain", "quay"]),
        ("before:2023", ["tower"]),
        ("after:2022-05 before:2022-06", ["tower"]),
        ("before:2023-09", ["tower", "grain"]),
        ("after:2023-05-17", ["grain"]),
        ("after:2023-05-18", []),
        ("title:quay OR speaker:zelenska", ["grain", "quay"]),
    ],
)
def test_fields(conn, typed, articles):
    assert sorted(found(conn, typed), key=list(TITLES.values()).index) == articles


def test_fields_narrow_paragraphs_and_quotes(conn):
    assert places(conn, "title:grain nobody") == ["grain p2"]
    assert places(conn, "nobody before:2023") == ["tower p2"]
    assert places(conn, "speaker:brandt") == ["grain p4"]
    assert places(conn, "publisher:courier lighthouse", "quotes") == ["grain q1"]
    assert places(conn, "zelenska", "quotes") == ["grain q1"]
    assert places(conn, "para:miller", "quotes") == ["grain q2"]
    assert places(conn, "kind:mixed", "quotes") == ["grain q2"]


def test_what_only_dates_ask_for_is_newest_first(conn):
    assert found(conn, "after:2000") == ["grain", "quay", "tower"]


def test_sorting(conn):
    assert found(conn, "nobody", sort="newest") == ["grain", "quay", "tower"]
    assert found(conn, "nobody OR bread", sort="oldest") == ["tower", "quay", "grain", "bread"]


def test_people(conn):
    (hit,) = search(conn, "lighthouse", "people").hits
    assert (hit.name, hit.kind, hit.quotes, hit.articles) == ("Zoë Zelenská", "person", 1, 1)
    assert (hit.first, hit.last) == ("2023-05-17", "2023-05-17")
    assert [hit.name for hit in search(conn, "brandt", "people").hits] == ["Odo Brandt"]
    assert [hit.name for hit in search(conn, "has:quote", "people").hits] == [
        "Zoë Zelenská", "Odo Brandt",
    ]  # fmt: skip


def test_counts_beside_the_hits(conn):
    results = search(conn, "nobody")
    assert (results.total, results.articles) == (3, 3)
    assert results.facets.years == (Count("2023", "2023", 2), Count("2022", "2022", 1))
    assert results.facets.publishers[0] == Count("Quay Courier", "Quay Courier", 2)
    assert [person.label for person in results.facets.people] == ["Odo Brandt", "Zoë Zelenská"]
    assert [(bar.label, bar.count) for bar in results.timeline] == [
        *((f"2022-{month:02}", int(month == 5)) for month in range(5, 13)),
        *((f"2023-{month:02}", int(month == 5)) for month in range(1, 6)),
    ]
    assert results.undated == 1, "of 2023, nobody knows the month"


def test_facets_narrow(conn):
    assert found(conn, "nobody", filters=Filters(publisher="Quay Courier")) == ["grain", "quay"]
    assert found(conn, "nobody", filters=Filters(year="2022")) == ["tower"]
    (person,) = conn.execute("select id from people where name = 'Odo Brandt'").fetchone()
    assert found(conn, "nobody", filters=Filters(person=person)) == ["grain"]
    assert places(conn, "grain OR lighthouse", "quotes", filters=Filters(person=person)) == [
        "grain q2"
    ]
    assert found(conn, "", filters=Filters(year="2022")) == ["tower"], "filters alone will do"


def test_pages(conn):
    every = found(conn, "nobody OR bread")
    assert [found(conn, "nobody OR bread", page=n, size=1) for n in (1, 2, 3, 4, 5)] == [
        *([title] for title in every), [],
    ]  # fmt: skip
    results = search(conn, "nobody OR bread", size=3)
    assert (results.total, results.pages) == (4, 2)


def test_pages_of_paragraphs_are_the_same_when_there_are_too_many_to_rank(conn, monkeypatch):
    def every():
        pages = [places(conn, "the", page=n, size=2, sort="relevance") for n in range(1, 9)]
        return [place for page in pages for place in page]

    ranked = every()
    monkeypatch.setattr("db.search.places.RANKED", 1)
    assert len(every()) == len(set(ranked)) > 2
    assert set(every()) == set(ranked)


def test_did_you_mean(conn):
    assert search(conn, "lighthose").suggestion == "lighthouse"
    assert search(conn, "speaker:zelenzka").suggestion == "speaker:zelenska"
    assert search(conn, "title:ligthouse -quay").suggestion == "title:lighthouse -quay"
    assert search(conn, "xylophone").suggestion is None
    assert search(conn, "lighthose quay").suggestion is None, "no article has both"
    assert search(conn, "lighthouse").suggestion is None


def test_of_a_sentence_that_nobody_printed_the_part_that_somebody_did(conn):
    changed = "“Robert Brandt opened the quay on Sunday after bill QX-77 passed”"
    results = search(conn, changed)
    assert (results.total, results.suggestion) == (0, '"Robert Brandt opened the quay on"')
    assert search(conn, results.suggestion).total == 1
    # Without marks, and as words that no article has all of.
    assert search(conn, changed.strip("“”")).suggestion == '"Robert Brandt opened the quay on"'
    assert search(conn, changed, "paragraphs").suggestion == results.suggestion
    assert search(conn, changed, "quotes").suggestion is None, "it is in no quotation"
    assert search(conn, "“nothing of that was ever said by them”").suggestion is None
    assert search(conn, "“opened the quay yesterday”").suggestion is None, "too short"


def test_an_article_that_was_cut_shows_where_it_matters(tmp_path):
    filler = "Rain fell on the roofs and ran down the lanes to the sea. " * 12
    with Archive.open(tmp_path / "news.db") as archive:
        archive.add("/a.txt", [article("Rain", f"{filler}Then the lantern went out. {filler}")])
        (hit,) = search(archive.db.conn, "lantern").hits
    snippet = "".join(text for text, _ in hit.matches[0].snippet)
    assert "Then the lantern went out." in snippet
    assert snippet.startswith("…")
    assert snippet.endswith("…")
    assert len(snippet) < 400


@pytest.fixture
def syndicated(tmp_path):
    with Archive.open(tmp_path / "news.db") as archive:
        for name, day in (
            ("Echo", "2024-05-02"),
            ("Post", "2024-05-01"),
            ("Lantern", "2024-05-03"),
        ):
            archive.add(f"/{name}.txt", [dated(article(f"Ferry, says {name}", *STORY), day, name)])
        more = [
            " ".join(f"{word}{n}" for n in range(40)) for word in ("mon", "tues", "wednes", "thurs")
        ]
        archive.add("/week.txt", [article("The week", *STORY, *OTHER, *more)])
        assert check(archive) == []
        yield archive.db.conn


def test_copies_are_shown_once(syndicated):
    first, *rest = search(syndicated, "herring").hits
    assert first.copies == 2
    assert "".join(text for text, _ in first.title) == "Ferry, says Lantern"
    assert len(rest) == 1, "a round-up has more to say"
    (oldest, *_) = search(syndicated, "herring", sort="oldest").hits
    assert oldest.publisher == "Post"
    assert len(search(syndicated, "herring", fold_copies=False).hits) == 4
    results = search(syndicated, "herring")
    assert results.articles == 4
    assert {(paper.label, paper.count) for paper in results.facets.publishers} == {
        ("Echo", 1), ("Lantern", 1), ("Post", 1),
    }  # fmt: skip
    (hit, *_) = search(syndicated, "herring", filters=Filters(publisher="Echo")).hits
    assert (hit.publisher, hit.copies) == ("Echo", 0)


def test_copies_of_a_paragraph_are_shown_once(syndicated):
    results = search(syndicated, "herring", "paragraphs")
    assert results.total == len(results.hits) == 2
    assert max(hit.copies for hit in results.hits) == 2


def test_an_archive_that_is_open_for_reading_only(tmp_path):
    path = tmp_path / "news.db"
    with Archive.open(path) as archive:
        archive.add("/tower.txt", [TOWER])
    conn = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    assert search(conn, "lighthouse").total == 1
    assert search(conn, "lighthose").suggestion == "lighthouse"
    conn.close()


def test_an_archive_of_before_the_spellings(tmp_path):
    path = tmp_path / "news.db"
    with Archive.open(path) as archive:
        archive.add("/tower.txt", [TOWER])
        archive.db.execute("drop table spellings")
        assert search(archive.db.conn, "lighthouse").total == 1


def test_an_older_archive_learns_its_spellings(tmp_path):
    path = tmp_path / "news.db"
    with Archive.open(path) as archive:
        archive.add("/a.txt", [article("Straße gesperrt", "Αθήνα.")])
        archive.db.execute("drop table spellings")
        archive.db.execute("drop index quotes_cue")
        archive.db.execute("drop index quotes_other")
        archive.db.execute("delete from _sqlite_migrations where name = 'spellings_and_cues'")
        archive.db.execute("pragma user_version = 2")
    with Archive.open(path) as archive:
        assert search(archive.db.conn, "strasse αθηνα").total == 1


TYPED = (
    "grain lighthouse the odo* zelenska “never seen” NEAR/3 PRE/2 NEAR OR AND NOT - ( ) title:"
    " para: speaker: said: cue: kind:direct kind:x before:2023 on:2023-05 after: has:quote has: *"
    " \" : publisher:courier byline:calder straße α ' Ä \0 \ud800"
).split(" ")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.text()
    | st.lists(st.sampled_from(TYPED), max_size=12).map(" ".join)
    | st.lists(st.sampled_from(TYPED), max_size=12).map("".join),
    st.sampled_from(["articles", "paragraphs", "quotes", "people"]),
    st.sampled_from(["relevance", "newest", "oldest"]),
)
def test_whatever_is_typed_is_searched_for(conn, typed, tab, sort):
    results = search(conn, typed, tab, sort=sort)
    assert len(results.hits) == min(results.total, results.size)
    assert results.reading


def test_most_quoted(conn):
    assert most_quoted(conn) == [("Odo Brandt", 1), ("Zoë Zelenská", 1)]
    assert counts(conn)["quotes"] == 2


def test_what_a_query_that_finds_nothing_may_have_meant(conn):
    assert search(conn, "title:grain dear").total == 1
    assert search(conn, "speaker:zoë xylophone").suggestion is None
    assert search(conn, "byline:odo lighthouse").suggestion is None
    assert search(conn, "quay not xylophone").suggestion == "quay -xylophone"
    assert search(conn, "quay or xylophone").suggestion == "quay OR xylophone"


def test_several_words_behind_a_field(tmp_path):
    with Archive.open(tmp_path / "a.db") as archive:
        archive.add("a.txt", [replace(TOWER, publisher="Pell Post")])
        found = search(archive.db.conn, "publisher:pell post tower")
        assert (found.total, found.suggestion) == (0, 'publisher:"pell post" tower')
        assert search(archive.db.conn, found.suggestion).total == 1


@pytest.fixture(scope="module")
def placed(tmp_path_factory):
    with Archive.open(tmp_path_factory.mktemp("placed") / "a.db") as archive:
        tower = "https://www.courier.example/news/tower?utm_source=x"
        archive.add("a.txt", [replace(TOWER, url=tower)])
        archive.add("b.txt", [replace(GRAIN, url="https://echo.example/grain?page=2")])
        yield archive.db.conn


@pytest.mark.parametrize(
    ("typed", "titles"),
    [
        ("https://courier.example/news/tower", ["Lighthouse to shut"]),
        ("http://www.courier.example/news/tower/#more", ["Lighthouse to shut"]),
        ("courier.example/news/tower", ["Lighthouse to shut"]),
        ("url:courier.example/news/tower", ["Lighthouse to shut"]),
        ("site:courier.example", ["Lighthouse to shut"]),
        ("url:echo.example", ["Grain grows dear"]),
        ("lighthouse -site:echo.example", ["Lighthouse to shut"]),
        ("https://echo.example/grain?page=2", ["Grain grows dear"]),
        ("https://echo.example/grain", []),
        ("https://courier.example/news", []),
    ],
)
def test_an_address_finds_its_article(placed, typed, titles):
    shown = ["".join(words for words, _ in hit.title) for hit in search(placed, typed).hits]
    assert shown == titles
