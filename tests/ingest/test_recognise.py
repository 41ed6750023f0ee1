"""From a capture to articles: fields, several articles in a file, and nothing lost."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.article import Article, Capture
from ingest.errors import EmptyFile, IngestError, NoArticle
from ingest.lines import lines_of
from ingest.read.text import articles_in
from ingest.recognise import recognise

BODY = """\
The harbour board said on Monday that the ferry would not run before the spring.

Nobody had asked the captain, who was at sea with the only key to the engine room.
"""


def capture(text: str) -> Capture:
    return Capture("page.txt", text, "utf-8", "", len(text))


def read(text: str) -> Article:
    (article,) = recognise(capture(text))
    return article


@pytest.mark.parametrize(
    ("line", "byline", "authors", "agency", "publisher"),
    [
        ("By Jane Doe", "Jane Doe", ("Jane Doe",), None, None),
        ("BY JANE MCDOE-SMITH", "Jane McDoe-Smith", ("Jane McDoe-Smith",), None, None),
        ("By JANE DOE, Associated Press", "Jane Doe", ("Jane Doe",), "Associated Press", None),
        (
            "By Jane Doe and Al Roe, City Desk",
            "Jane Doe and Al Roe",
            ("Jane Doe", "Al Roe"),
            None,
            None,
        ),
        (
            "By ABBY HOLLOWBY, TOBY LIND and RUBY STAND",
            "Abby Hollowby, Toby Lind and Ruby Stand",
            ("Abby Hollowby", "Toby Lind", "Ruby Stand"),
            None,
            None,
        ),
        ("Jane Doe, chief political correspondent", "Jane Doe", ("Jane Doe",), None, None),
        ("Posted by Noémie Vandersteen", "Noémie Vandersteen", ("Noémie Vandersteen",), None, None),
        (
            "Jane van der Berg for The Lantern Weekly",
            "Jane van der Berg",
            ("Jane van der Berg",),
            None,
            "The Lantern Weekly",
        ),
        ("Jane Doe, The Meridian Post on", "Jane Doe", ("Jane Doe",), None, "The Meridian Post"),
        ("By Jane Doe in Paris", "Jane Doe", ("Jane Doe",), None, None),
        ("By Joss Amberley, Sr.", "Joss Amberley, Sr.", ("Joss Amberley, Sr.",), None, None),
        ("By The Associated Press", "The Associated Press", (), "The Associated Press", None),
        ("Reported by the Hillside Bulletin newsroom", "Hillside Bulletin", (), None, None),
        ("By J.K. O’Dell, PA Political Correspondent", "J.K. O’Dell", ("J.K. O’Dell",), "PA", None),
        ("Jane Doe | Staff Writer", "Jane Doe", ("Jane Doe",), None, None),
        ("Words by Ilse Marrowby", "Ilse Marrowby", ("Ilse Marrowby",), None, None),
        (
            "Ana Roe and Al Poe, Meridian News Service on",
            "Ana Roe and Al Poe",
            ("Ana Roe", "Al Poe"),
            None,
            "Meridian News Service",
        ),
        ("By Ana Roe on Sunday 4 March 2012", "Ana Roe", ("Ana Roe",), None, None),
    ],
)
def test_bylines(
    line: str, byline: str, authors: tuple[str, ...], agency: str | None, publisher: str | None
) -> None:
    article = read(f"Ferry stays in harbour\n\n{line}\n\n{BODY}")
    assert (article.byline, article.authors) == (byline, authors)
    assert (article.agency, article.publisher) == (agency, publisher)
    assert article.title == "Ferry stays in harbour"
    assert len(article.paragraphs) == 2


@pytest.mark.parametrize(
    ("opening", "dateline", "agency"),
    [
        ("PARIS (AP) — ", "PARIS", "AP"),
        ("HARBOR POINT, Ore. (Coastwise Wire) -- ", "HARBOR POINT, Ore.", "Coastwise Wire"),
        ("LONDON, March 3 (Reuters) - ", "LONDON", "Reuters"),
        ("SABLE POINT — ", "SABLE POINT", None),
        ("WASHINGTON—", "WASHINGTON", None),
        ("Müllerstadt (dpa) - ", "Müllerstadt", "dpa"),
        ("Velmora, Oct. 3 — ", "Velmora", None),
        ("CARROWAY/PORT ELLIM (AFP) — ", "CARROWAY/PORT ELLIM", "AFP"),
        ("NEW DELHI: ", "NEW DELHI", None),
        ("March 3 (UPI) -- ", None, "UPI"),
        ("BREAKING — ", None, None),
        ("Wages – ", None, None),
        ("The boat – ", None, None),
        ("Note: ", None, None),
        ("", None, None),
    ],
)
def test_datelines(opening: str, dateline: str | None, agency: str | None) -> None:
    article = read(f"Ferry stays in harbour\n\n{opening}{BODY}")
    assert (article.dateline, article.agency) == (dateline, agency)
    assert article.paragraphs[0].text.startswith(opening + "The harbour")


@pytest.mark.parametrize(
    ("line", "rights", "publisher", "distributor", "published"),
    [
        ("© 2021 Corliss Gazette", "© 2021 Corliss Gazette", "Corliss Gazette", None, "2021"),
        (
            "© Brannock Valley Courier 2016",
            "© Brannock Valley Courier 2016",
            "Brannock Valley Courier",
            None,
            "2016",
        ),
        (
            "(c) 2014 Coastwise Wire Service",
            "(c) 2014 Coastwise Wire Service",
            "Coastwise Wire Service",
            None,
            "2014",
        ),
        (
            "Copyright 2021 The Strait Press. All rights reserved.",
            "Copyright 2021 The Strait Press. All rights reserved.",
            "The Strait Press",
            None,
            "2021",
        ),
        (
            "©2023 Example L.P. Visit at example.org. Distributed by Pelican Agency, LLC.",
            "©2023 Example L.P.",
            "Example L.P.",
            "Pelican Agency, LLC",
            "2023",
        ),
        (
            "Copyright Saltreach Herald, 2018. Distributed by Pelican Ltd. Visit us at x.example.",
            "Copyright Saltreach Herald, 2018.",
            "Saltreach Herald",
            "Pelican Ltd",
            "2018",
        ),
        ("© 1999-2021 Argus Media", "© 1999-2021 Argus Media", "Argus Media", None, None),
    ],
)
def test_rights(
    line: str, rights: str, publisher: str, distributor: str | None, published: str | None
) -> None:
    article = read(f"Ferry stays in harbour\n\n{BODY}\n{line}\n")
    assert (article.rights, article.publisher) == (rights, publisher)
    assert article.distributor == distributor
    assert (article.published.value if article.published else None) == published


def test_the_date_above_the_year_of_the_rights() -> None:
    article = read(f"Ferry stays\n3 March 2020\nUpdated 4 March 2020\n\n{BODY}\n© 2021 The Argus\n")
    assert article.published
    assert article.published.value == "2020-03-03"
    assert article.modified
    assert article.modified.value == "2020-03-04"


@pytest.mark.parametrize(
    ("head", "section"),
    [
        ("Local news\nFerry stays in harbour", "Local news"),
        ("CONSUMER\nFerry stays in harbour", "CONSUMER"),
        ("Ferry stays in harbour\nBy Jane Doe\nCulture\n3 March 2021", "Culture"),
        ("Ferry stays in harbour\n\nPublished in News & Features", "News & Features"),
        ("Home > Culture > Museums\n\nFerry stays in harbour", "Culture"),
        ("Home\nNews\nSport\nCulture\n\nFerry stays in harbour", None),
        ("Ferry stays in harbour\nMarch 3rd, 2021 | Transport", "Transport"),
    ],
)
def test_sections(head: str, section: str | None) -> None:
    article = read(f"{head}\n\n{BODY}")
    assert article.section == section
    assert article.title == "Ferry stays in harbour"


def test_a_title_in_capitals_is_set_for_reading() -> None:
    article = read(f"FERRY STAYS IN\nORRIN BAY\n\n{BODY}\nBoats in Orrin Bay are old now.\n")
    assert article.title == "Ferry stays in Orrin Bay"
    assert article.title_span
    assert article.title_span.of(article.text) == "FERRY STAYS IN\nORRIN BAY"


def test_a_title_may_be_missing() -> None:
    article = read(f"PARIS (AP) — {BODY}")
    assert article.title is None
    assert len(article.paragraphs) == 2


def test_a_standfirst_is_no_title() -> None:
    standfirst = "The captain explains why the key went to sea, and who will fetch it"
    article = read(f"Ferry stays in harbour\n\n{standfirst}\n\nBy Jane Doe\n\n{BODY}")
    assert article.title == "Ferry stays in harbour"
    assert article.paragraphs[0].text == standfirst


SECOND = f"Owl stops play\n\nBy Al Roe\n3 June 2021\n\n{BODY}"
FIRST = f"Ferry stays in harbour\n\nBy Jane Doe\n2 June 2021\n\n{BODY}"


@pytest.mark.parametrize(
    "boundary",
    [
        "\f",
        "\n==========\n\n",
        "\n----------\n\n",
        "\n\f\n",
        "\nDocument 2 of 2\n\n",
        "\n__________\nDocument 2 of 2\n\n",
    ],
)
def test_several_articles(boundary: str) -> None:
    first, second = recognise(capture(FIRST + boundary + SECOND))
    assert (first.title, second.title) == ("Ferry stays in harbour", "Owl stops play")
    assert second.title_span
    assert second.title_span.of(second.text) == "Owl stops play"
    assert first.extent.end <= second.extent.start


@pytest.mark.parametrize("rule", ["* * *", "-----", "\f", "__________"])
def test_a_break_within_an_article(rule: str) -> None:
    article = read(f"{FIRST}\n{rule}\n\n{BODY}")
    assert len(article.paragraphs) == 4


@pytest.mark.parametrize(
    "page",
    [
        "and that it would not run in the spring either, unless the captain came home.\n",
        "Ferry stays in harbour\n\nThe board meets again in a month, with or without the key.\n",
        "Page 2 of 2\n\nThe board meets again in a month, with or without the key.\n",
    ],
)
def test_a_page_of_the_same_article(page: str) -> None:
    article = read(f"{FIRST}\f{page}")
    assert article.title == "Ferry stays in harbour"
    assert len(article.paragraphs) == 3


def test_a_page_that_ends_in_the_middle_of_a_sentence() -> None:
    above = "The harbour board said on Monday that it had been told by the captain of the"
    article = read(f"{FIRST}\n{above}\n\fFerry\n\nLine, which owns the boat and the key to it.\n")
    assert article.extent == (0, len(article.text))


@pytest.mark.parametrize("text", ["", " \n\t\n\f", "\xa0\r\n"])
def test_empty(text: str) -> None:
    with pytest.raises(EmptyFile):
        recognise(capture(text))


def test_no_article() -> None:
    with pytest.raises(NoArticle):
        recognise(capture("Menu\nHome\n© 2021 The Argus\n"))


def accounted(article: Article) -> set[int]:
    """The offsets that a field, a paragraph or a line of furniture covers."""
    kept = {*range(*(article.title_span or (0, 0)))}
    for paragraph in article.paragraphs:
        kept.update(range(*paragraph.span))
    for line in article.furniture:
        kept.update(range(*line.span))
    return kept


def check_sound(text: str) -> None:
    try:
        articles = recognise(capture(text))
    except IngestError:
        return
    floor = 0
    for article in articles:
        assert floor <= article.extent.start <= article.extent.end <= len(text)
        floor = article.extent.end
        for spans in (
            [p.span for p in article.paragraphs],
            [f.span for f in article.furniture],
        ):
            at = article.extent.start
            for span in spans:
                assert at <= span.start < span.end <= article.extent.end
                assert span.of(text) == span.of(text).strip()
                at = span.end
        for line in article.furniture:
            assert line.reason


MENU = st.sampled_from(
    [
        "Ferry stays in harbour", "By Jane Doe", "3 March 2021", "Share", "Advertisement",
        "PARIS (AP) — The boat sank on Monday, said the board of the harbour.", "Most read",
        "1. A list", "* A list", "• Another", "2 comments", "© 2021 The Argus", "Culture",
        "Published", "Updated 4 March 2021", "“Nobody stole it,” said the mayor of the town.",
        "What now?", "-----", "* * *", "\f", "", "", "    An indented line of a few words.",
        "the middle of a sentence that goes on", "Document 1 of 2", "Headline: A ferry",
        "BYLINE: CORIN DASHWOOD", "Home > News", "All rights reserved", "Page 1 of 2", "-30-",
        "Photo: Jane Doe/AFP", "---- Forwarded message ----", "From: a@b.example", "Continued-",
    ]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(MENU, max_size=25), st.sampled_from(["\n", "\r\n", "\n\n"]))
def test_pages_of_any_order_are_sound(lines: list[str], ends: str) -> None:
    check_sound(ends.join(lines))


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_sound(text: str) -> None:
    check_sound(text)


def in_fields(article: Article, line: str) -> bool:
    """Whether a line's content went into a field: it shares a word or a number with one."""
    values = [
        article.byline, article.agency, article.section, article.publisher, article.rights,
        article.distributor, article.dateline, *article.authors,
        article.published and article.published.value, article.modified and article.modified.value,
    ]  # fmt: skip
    said = " ".join(value for value in values if value).casefold()
    words = [word.strip(".,;:|()").casefold() for word in line.split()]
    return any(word and word in said for word in words) or line.startswith("Published")


@pytest.mark.parametrize("name", ["seed/article.txt", "pages/text-cases"])
def test_nothing_is_silently_dropped(shared, name: str) -> None:
    from ingest.read import read_capture

    place = shared(name)
    for path in [place] if place.is_file() else sorted(place.glob("*.txt")):
        try:
            articles = recognise(read_capture(path))
        except EmptyFile:
            continue
        for article in articles:
            kept = accounted(article)
            for line in lines_of(article.text, article.extent):
                assert line.start in kept or line.end - 1 in kept or in_fields(article, line.text)


@pytest.mark.parametrize(
    "text",
    ["a" * 500_000, "word " * 100_000, "a\n" * 50_000, "1. item\n" * 20_000, "Comments\n" * 20_000,
     "Related\n" * 20_000, "-----\n" * 20_000, "By Jane Doe\n" * 20_000, "(" * 500_000,
     " \n" * 200_000 + "a", ("a" + " " * 1000 + "\n") * 300, FIRST * 300, "\f".join([FIRST] * 300)],
    ids=lambda text: text[:12].strip(),
)  # fmt: skip
def test_time_is_linear(text: str) -> None:
    started = time.process_time()
    check_sound(text)
    assert time.process_time() - started < 10


def test_the_rules_between_articles_belong_to_none() -> None:
    text = f"{FIRST}\n==========\n{SECOND}"
    assert all("===" not in stretch.extent.of(text) for stretch in articles_in(text))


def kinds(article: Article) -> list[tuple[str, str]]:
    return [(p.kind, p.text) for p in article.paragraphs if p.text not in BODY]


def reasons(article: Article) -> dict[str, str]:
    return {f.span.of(article.text): f.reason for f in article.furniture}


def test_authors_on_lines_of_their_own() -> None:
    article = read(f"Ferry stays in harbour\nJane Doe\nAl Roe\n\nMarch 3, 2021\n\n{BODY}")
    assert article.authors == ("Jane Doe", "Al Roe")
    assert article.byline == "Jane Doe and Al Roe"
    assert kinds(article) == []


def test_a_role_on_a_line_of_its_own() -> None:
    article = read(f"Ferry stays in harbour\n\nBy Jane Doe\nStaff Writer\n\n{BODY}")
    assert article.byline == "Jane Doe"
    assert reasons(article) == {"Staff Writer": "writer's role"}


def test_a_place_before_the_date_is_a_dateline() -> None:
    article = read(f"Ferry stays in harbour\nBy Jane Doe\nCarroway, March 3, 2021\n\n{BODY}")
    assert article.dateline == "Carroway"
    assert article.published
    assert article.published.value == "2021-03-03"


def test_the_site_is_no_part_of_the_title() -> None:
    text = f"Ferry stays in harbour | The Evening Argus\n\n{BODY}\n© 2021 The Evening Argus\n"
    article = read(text)
    assert article.title == "Ferry stays in harbour"
    assert article.title_span
    assert article.title_span.of(text) == article.title


def test_labels_give_the_fields() -> None:
    article = read(
        "Title: Ferry stays in harbour\nAuthor: Jane Doe\nDate: 2021-03-03\n"
        f"Source: The Evening Argus\nURL: https://argus.example/ferry\n\n{BODY}"
    )
    assert (article.title, article.byline) == ("Ferry stays in harbour", "Jane Doe")
    assert article.publisher == "The Evening Argus"
    assert article.url == "https://argus.example/ferry"
    assert article.published
    assert article.published.value == "2021-03-03"
    assert article.title_span
    assert article.title_span.of(article.text) == article.title


def test_a_line_below_a_credit_is_its_caption() -> None:
    article = read(f"Ferry stays in harbour\n\nGetty Images\nA ferry at a pier\n\n{BODY}")
    assert kinds(article) == [("caption", "Getty Images"), ("caption", "A ferry at a pier")]


def test_an_interview() -> None:
    lines = ("Q: Where is the key?", "A: In my pocket, and I have not lost it.", "Q: Really?")
    article = read("An interview with the captain\n\n" + "\n\n".join([*lines, BODY]))
    assert [text for _, text in kinds(article)] == list(lines)
    assert {kind for kind, _ in kinds(article)} == {"text"}


def test_scores_are_no_headings() -> None:
    article = read(f"Carroway win the cup\n\n{BODY}\nScores\n\nCarroway 3\nVelmora 2\n\n{BODY}")
    assert ("heading", "Velmora 2") not in kinds(article)


def test_the_last_words_may_be_a_quotation() -> None:
    article = read(f"Ferry stays in harbour\n\n{BODY}\n“He took it along”\n")
    assert kinds(article) == [("text", "“He took it along”")]


def test_what_says_nothing_further_is_furniture() -> None:
    article = read(f"Ferry stays\nBy Jane Doe\n3 March 2021\n4 March 2021\n\n{BODY}")
    assert reasons(article) == {"4 March 2021": "says nothing further"}


def test_a_syndicated_page() -> None:
    article = read(
        "Current News\n\n\nFerry stays in harbour\n\nJane Doe and Al Roe, The Meridian Post on\n\n"
        f"Published in Business News\n\n{BODY}\n(Ilse Marrow contributed to this report.)\n\n"
        "©2023 The Meridian Post. Visit meridianpost.example. Distributed by Pelican Agency, LLC."
        "\n\n\nswipe to next page\n\nblog comments powered by Disqus\n"
    )
    assert (article.byline, article.section) == ("Jane Doe and Al Roe", "Business News")
    assert (article.publisher, article.distributor) == ("The Meridian Post", "Pelican Agency, LLC")
    assert (article.rights, article.agency) == ("©2023 The Meridian Post.", None)
    assert kinds(article) == [("text", "(Ilse Marrow contributed to this report.)")]
    assert list(reasons(article)) == [
        "Current News", "swipe to next page", "blog comments powered by Disqus",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "byline", "agency", "publisher", "published"),
    [
        ("Jane Doe | TNN | Mar 3, 2021, 04:15 IST", "Jane Doe", "TNN", None, "2021-03-03T04:15"),
        ("PTI, Carroway, Mar 3 2021, 16:15 ist", None, "PTI", None, "2021-03-03T16:15"),
        ("Jane Doe · CBC News · Posted: Mar 03, 2021 4:15 PM ET | Last Updated: March 4",
         "Jane Doe", None, "CBC News", "2021-03-03T16:15-05:00"),
        ("JANE DOE and AL ROE | 03/25/2021 04:15 PM EST", "Jane Doe and Al Roe", None, None,
         "2021-03-25T16:15-05:00"),
        ("[2021-03-03 16:15] Jane Doe (jane@argus.example)", "Jane Doe", None, None,
         "2021-03-03T16:15"),
        ("The Argus, 3 March 2021", None, None, "The Argus", "2021-03-03"),
    ],
)  # fmt: skip
def test_everything_on_one_line(
    line: str, byline: str | None, agency: str | None, publisher: str | None, published: str
) -> None:
    article = read(f"Ferry stays in harbour\n{line}\n\n{BODY}")
    assert (article.byline, article.agency, article.publisher) == (byline, agency, publisher)
    assert article.published
    assert article.published.value == published
    assert kinds(article) == []


def test_whom_an_obituary_is_about_did_not_write_it() -> None:
    lines = "Ilse Marrow\nBorn 3 March 1921\nDied 4 October 2016"
    article = read(f"Ilse Marrow, who mended the ferry\n\n{lines}\n\n{BODY}")
    assert article.byline is None
    assert article.published is None
    assert [text for _, text in kinds(article)] == lines.splitlines()


def test_a_title_may_end_in_an_abbreviation() -> None:
    article = read(f"Ferry stays out until 2 a.m.\n\nMaren Holt\nCity Hall reporter\n\n{BODY}")
    assert article.title == "Ferry stays out until 2 a.m."
    assert article.byline == "Maren Holt"


def test_who_speaks_in_a_transcript_is_no_dateline() -> None:
    turns = "KIT BARROW, HOST: Why now?\n\nDELIA OSTROM: We had no choice.\n\nBARROW: None?"
    article = read(f"Ferry fares to rise\n\nBy Maren Holt\n\n{turns}\n\n{BODY}")
    assert article.dateline is None


def test_a_team_is_no_dateline() -> None:
    article = read(f"Ferry town draws\n\nBy Maren Holt\n\nPenmarrow 1 - 1 Carrick\n\n{BODY}")
    assert article.dateline is None


def test_where_the_reporter_was_is_no_paper() -> None:
    article = read(f"Ferry town draws\n\nMaren Holt at Quarry Lane\nThe Echo of the West\n\n{BODY}")
    assert (article.byline, article.publisher) == ("Maren Holt", "The Echo of the West")


@pytest.mark.parametrize(
    ("head", "title", "section"),
    [
        ("Village voices\nFerry stays in harbour\nBy Ana Roe", "Ferry stays in harbour", True),
        ("Village voices\n\nFerry stays in harbour\nBy Ana Roe", "Ferry stays in harbour", False),
        (
            "Ferry stays in harbour\nBy Ana Roe\nVillage voices\n3 March 2021",
            "Ferry stays in harbour",
            True,
        ),
        (
            "Home » Society » Village voices\n\nFerry stays in harbour\n\nVillage voices\n"
            "By Ana Roe",
            "Ferry stays in harbour",
            True,
        ),
    ],
)
def test_a_section_by_its_place(head: str, title: str, section: bool) -> None:
    article = read(f"{head}\n\n{BODY}")
    assert article.title == title
    assert (article.section == "Village voices") is section
    assert [p.kind for p in article.paragraphs] == ["text", "text"]


def test_a_newsroom_on_a_line_of_its_own() -> None:
    article = read(f"Ferry stays in harbour\n\nAskerton News staff\n\n3 March 2021\n\n{BODY}")
    assert (article.byline, article.authors) == ("Askerton News", ())


def test_an_agency_by_its_initials() -> None:
    head = "Ferry stays in harbour\nBy Ana Roe\nUnited Valley Press\n3 March 2021"
    article = read(f"{head}\n\nPORT ELLERY, Maine (UVP) -- {BODY}")
    assert (article.agency, article.publisher) == ("United Valley Press", "United Valley Press")


@pytest.mark.parametrize(
    "credit",
    [
        "THE CANADIAN PRESS/Paul Nowhere",
        "Casey Example/Los Verdes Times/TNS",
        "CASEY EXAMPLE/THE MERIDIAN POST",
        "AFP/Tony Placeholder",
        "(Casey Example photo)",
        "(Contributed photo)",
        "Staff photo by Casey Example",
        "FILE PHOTO",
    ],
)
def test_credits_in_capitals_and_of_two_houses(credit: str) -> None:
    article = read(f"Ferry stays in harbour\n\n{BODY}\nThe ferry on Monday. {credit}\n\n{BODY}")
    assert [p.kind for p in article.paragraphs].count("caption") == 1


def test_a_slash_makes_no_caption() -> None:
    for ending in (
        "They sang AC/DC.",
        "It was won by Ana Roe/Tom Poe.",
        "He reads the Times/Post.",
    ):
        article = read(f"Ferry stays in harbour\n\n{BODY}\nNobody slept. {ending}\n\n{BODY}")
        assert all(p.kind == "text" for p in article.paragraphs)


def test_a_title_in_capitals_may_have_a_comma_at_a_line_end() -> None:
    article = read(f"HARBOR LIGHTS STAY ON,\nAND SO DOES THE MAN\n\nBy Ana Roe\n\n{BODY}")
    assert article.title == "Harbor lights stay on, and so does the man"


def test_a_line_with_the_agency_of_the_dateline_is_no_paragraph():
    text = (
        "Quay wall gives way\nSeawire\nPublished: 4 May 2022\n\n"
        "ORRIN (Seawire) — The quay wall gave way on Tuesday, a year after it was mended.\n\n"
        "The council will meet on Friday to say who is to pay for the next one.\n"
    )
    found = read(text)
    assert found.agency == "Seawire"
    assert [p.text.split()[0] for p in found.paragraphs] == ["ORRIN", "The"]
    assert ("Seawire", "the agency's name") in [
        (f.span.of(text), f.reason) for f in found.furniture
    ]


@pytest.mark.parametrize(
    ("opening", "place", "day"),
    [
        ("HADDON, March 4, 2024 /PRWire/ -- ", "HADDON", "2024-03-04"),
        ("HADDON, Vt., March 4, 2024 (HILL NEWSWIRE) -- ", "HADDON, Vt.", "2024-03-04"),
        ("HADDON – 4 March 2024 – ", "HADDON", "2024-03-04"),
        ("Haddon, 4. März 2024 – ", "Haddon", "2024-03-04"),
        ("HADDON, England--(HILL WIRE)--", "HADDON, England", None),
        ("HADDON, March 4 (Hillwire) — ", "HADDON", None),
    ],
)
def test_the_day_of_a_press_release_stands_in_its_dateline(opening, place, day):
    text = (
        "FOR IMMEDIATE RELEASE\n\nOrchard Works Opens Mill\n\n"
        f"{opening}Orchard Works opened a mill today, and sixty people will work in it.\n\n###\n"
    )
    article = read(text)
    assert article.dateline == place
    assert (article.published and article.published.value) == day


def test_when_a_transcript_was_aired():
    text = (
        "Interview with Minister Sela Ostrom\n\nAired March 3, 2024 - 09:00 ET\n\n"
        "KIT BARROW, HOST: Minister, good morning. Did you promise the tunnel?\n\n"
        "OSTROM: I promised a study of the tunnel, and we have it.\n"
    )
    article = read(text)
    assert article.published.value[:10] == "2024-03-03"
    assert len(article.paragraphs) == 2


@pytest.mark.parametrize(
    ("lines", "authors", "publisher"),
    [
        ("By Edith Lowe\nPell Post", ("Edith Lowe",), "Pell Post"),
        ("Edith Lowe\nPell Post", ("Edith Lowe",), "Pell Post"),
        ("By Edith Lowe\nFor the Pell Post", ("Edith Lowe",), "Pell Post"),
        ("By Edith Lowe\nSpecial to The Argus", ("Edith Lowe",), "The Argus"),
        ("By Edith Lowe\nMarlow Gazette Staff", ("Edith Lowe",), "Marlow Gazette"),
        ("By Edith Lowe\nMarlow Beacon", ("Edith Lowe",), "Marlow Beacon"),
        ("By Edith Lowe\nRiver Post-Dispatch", ("Edith Lowe",), "River Post-Dispatch"),
        ("By Edith Lowe\nTom Cray", ("Edith Lowe", "Tom Cray"), None),
        ("By Edith Lowe\nStaff Writer", ("Edith Lowe",), None),
    ],
)
def test_a_paper_on_the_line_below_the_writer_is_no_writer(lines, authors, publisher):
    article = read(
        f"Swans return to the reservoir\n\n{lines}\n\nMarch 2, 2024\n\nSwans came back to the"
        " reservoir above the town on Saturday, a week early.\n\nThey left again on Sunday.\n"
    )
    assert (article.authors, article.publisher) == (authors, publisher)
    assert len(article.paragraphs) == 2


def test_the_number_and_the_postal_address_of_a_newsletter():
    article = read(
        "THE SKAR LETTER\nNo. 44 | Friday, 1 March 2024\n\nThe ferry to Skarholm stayed in port on"
        " Monday, for the third day.\n\n© 2024 Skar Letter Ltd, 4 Quay Street, Skar\n"
    )
    assert (article.publisher, article.section) == ("Skar Letter Ltd", None)
    assert article.published.value == "2024-03-01"
    assert len(article.paragraphs) == 1
