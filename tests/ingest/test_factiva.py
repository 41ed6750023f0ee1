"""Factiva's texts, whose fields go by codes."""

from __future__ import annotations

from ingest.article import Capture
from ingest.read.place import Place, read_safely
from ingest.recognise import recognise

ONE = """HD
Ferry loses its berth at Skar
BY   By Hedda Brix and Ole Lind
WC   210 words
PD   14 March 2024
ET   06:15
SN   Skar Echo
SC   SKAR
PG   4
LA   English
CY   (c) 2024 Skar Echo

LP
The ferry lost its berth on Thursday, the county said.

IN A MOVE that nobody had seen coming, it gave the berth to a yacht.

TD
“We have rowed before,” said Runa Vik.

AN   Document SKAR000020240314ek3e0001
"""
TWO = ONE.replace("Ferry loses", "Tug loses").replace("ek3e0001", "ek3e0002") + "\n"


def articles(text: str):
    found = list(read_safely(Place("export.txt", data=text.encode())))
    assert all(isinstance(one, Capture) for one in found), found
    return [recognise(one)[0] for one in found]


def test_an_article_by_its_codes():
    (ferry,) = articles(ONE)
    assert ferry.title == "Ferry loses its berth at Skar"
    assert ferry.authors == ("Hedda Brix", "Ole Lind")
    assert (ferry.publisher, ferry.language) == ("Skar Echo", "en")
    assert ferry.published.value == "2024-03-14T06:15"
    assert [p.text for p in ferry.paragraphs] == [
        "The ferry lost its berth on Thursday, the county said.",
        "IN A MOVE that nobody had seen coming, it gave the berth to a yacht.",
        "“We have rowed before,” said Runa Vik.",
    ]


def test_several_and_with_codes_below_the_text():
    below = (
        "IN   i75 : Shipping | itsp : Transport\nNS   gcat : News\nRE   skar : Skar\nAN   Document"
    )
    first, second = articles(ONE.replace("AN   Document", below) + "\f" + TWO)
    assert (first.title[:5], second.title[:5]) == ("Ferry", "Tug l")
    assert first.capture.source == "export.txt!SKAR000020240314ek3e0001"
    assert [len(one.paragraphs) for one in (first, second)] == [3, 3]


def test_a_text_that_has_such_letters_is_a_text():
    text = "HD radio comes to Skar\n\nBy Hedda Brix\n\nPD James was read out on Monday, he said.\n"
    (capture,) = read_safely(Place("a.txt", data=text.encode()))
    assert capture.format == "text"


def test_an_article_without_a_text_says_so():
    empty = ONE[: ONE.index("LP")] + "LP\n\nAN   Document SKAR000020240314ek3e0001\n"
    (error,) = read_safely(Place("a.txt", data=empty.encode()))
    assert "no text; export it in full" in str(error)
