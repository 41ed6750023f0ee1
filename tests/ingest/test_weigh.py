"""Claims that disagree: which one is believed, and that the others are kept."""

import pytest

from ingest import Moment
from ingest.article import Block, Capture, Fact, Span
from ingest.errors import NoArticle
from ingest.recognise import recognise
from ingest.settle import settle_authors, settle_moment, settle_title

BODY = "The weir at Tarn Head went in one night, and the footbridge with it, the wardens said."


def article(*facts, body=BODY, kind="text"):
    blocks = (Block(Span(0, len(body)), kind),)
    capture = Capture("page.html", body, "utf-8", "0", len(body), blocks=blocks, facts=facts)
    (found,) = recognise(capture)
    return found


def test_two_that_agree_outweigh_a_better_one():
    facts = (
        Fact("published", "2020-02-03T10:00:00Z", "JSON-LD datePublished", 0.9),
        Fact("published", "2020-02-01", "meta date", 0.5),
        Fact("published", "2020-02-01T08:00Z", "time in the page", 0.6),
    )
    assert settle_moment(facts, "published") == Moment("2020-02-01T08:00Z", "minute")
    assert article(*facts).facts == facts


def test_one_instant_in_two_zones_is_one_date():
    facts = (
        Fact("published", "2017-05-21T23:01:31-05:00", "JSON-LD datePublished", 0.6),
        Fact("published", "2017-05-22T04:01:31Z", "meta date", 0.5),
        Fact("published", "2017-05-30", "htmldate", 0.7),
    )
    assert settle_moment(facts, "published").value == "2017-05-21T23:01:31-05:00"


def test_a_year_never_beats_a_day():
    facts = (
        Fact("published", "2024", "rights line", 0.9),
        Fact("published", "2023-05-01", "x", 0.1),
    )
    assert settle_moment(facts, "published").value == "2023-05-01"


def test_saving_is_not_publishing():
    found = article(
        Fact("captured", "2024-03-07T09:15:30+01:00", "SingleFile header", 1.0),
        Fact("published", "2024", "rights line of the page", 0.05),
    )
    assert found.captured == Moment("2024-03-07T09:15:30+01:00", "second")
    assert found.published == Moment("2024", "year")


def test_no_change_where_nothing_changed():
    when = "2020-02-03T10:00:00Z"
    found = article(Fact("published", when, "a", 0.9), Fact("modified", when, "b", 0.9))
    assert found.modified is None


def test_title_without_the_site():
    facts = (
        Fact("title", "Weir to be rebuilt | Tarn Post", "title of the page", 0.2),
        Fact("title", "Weir to be rebuilt - Tarn Post", "meta og:title", 0.8),
        Fact("title", "Rivers", "heading in the page", 0.4),
        Fact("publisher", "Tarn Post", "meta og:site_name", 0.8),
    )
    assert settle_title(facts) == "Weir to be rebuilt"


def test_fuller_byline_on_the_page():
    facts = (
        Fact("author", "Jan Aster", "JSON-LD author", 0.9),
        Fact("author", "Greta Holm", "byline in the page (1)", 0.9),
        Fact("author", "Jan Aster", "byline in the page (1)", 0.9),
    )
    assert settle_authors(facts)[0] == ("Greta Holm", "Jan Aster")


def test_people_before_bodies():
    facts = (
        Fact("author", "Tarn Post", "JSON-LD author (Organization)", 0.9),
        Fact("author", "Greta Holm", "meta cXenseParse:author", 0.6),
    )
    assert settle_authors(facts) == (("Greta Holm",), None)
    assert settle_authors(facts[:1]) == ((), "Tarn Post")


def test_agency_that_signs_is_byline_and_agency():
    found = article(Fact("author", "Associated Press", "JSON-LD author", 0.9))
    assert (found.authors, found.byline, found.agency) == (
        (),
        "Associated Press",
        "Associated Press",
    )


def test_paywall_stub():
    fact = Fact("paywall", "not free", "JSON-LD isAccessibleForFree", 0.8)
    assert article(fact).paywalled
    assert not article(fact, body=BODY * 30).paywalled
    assert not article().paywalled


def test_dateline_and_agency_from_the_body():
    found = article(body="TARN HEAD (Coastwise Wire) — " + BODY)
    assert (found.dateline, found.agency) == ("TARN HEAD", "Coastwise Wire")


def test_a_page_of_captions_is_no_article():
    with pytest.raises(NoArticle):
        article(kind="caption")


def test_signature_below_the_title():
    text = f"Weir lost\n\nGreta Holm/Jan Aster\n\n{BODY}"
    kinds = ("title", "furniture", "text")
    spans = [Span(0, 9), Span(11, 31), Span(33, len(text))]
    blocks = tuple(map(Block, spans, kinds))
    capture = Capture("page.html", text, "utf-8", "0", len(text), blocks=blocks)
    (found,) = recognise(capture)
    assert found.authors == ("Greta Holm", "Jan Aster")


def test_a_topic_below_the_title_is_no_signature():
    text = f"Weir lost\n\nGreta Holm\n\n{BODY} Greta Holm keeps the lock there, as her father did."
    spans = [Span(0, 9), Span(11, 21), Span(23, len(text))]
    blocks = tuple(map(Block, spans, ("title", "furniture", "text")))
    capture = Capture("page.html", text, "utf-8", "0", len(text), blocks=blocks)
    (found,) = recognise(capture)
    assert found.authors == ()
