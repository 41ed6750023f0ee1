"""What is page furniture, and what only begins like it."""

from __future__ import annotations

import pytest

from ingest.article import Article, Capture
from ingest.furniture import crumbs, rule_for
from ingest.recognise import recognise

BODY = (
    "The harbour board said on Monday that the ferry would not run before the spring.",
    "Nobody had asked the captain, who was at sea with the only key to the engine room.",
    "The board meets again in a month, and the captain has been asked to bring the key.",
)


def read(*lines: str) -> Article:
    text = "\n\n".join(lines) + "\n"
    (article,) = recognise(Capture("page.txt", text, "utf-8", "", len(text)))
    return article


def furniture(article: Article) -> dict[str, str]:
    return {f.span.of(article.text): f.reason for f in article.furniture}


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Share this article", "share"),
        ("Facebook  Twitter  Email", "share"),
        ("Print this page | Email a friend", "share"),
        ("Advertisement", "advertisement"),
        ("FINAL EDITION - SECTION B, PAGE 4", "print edition"),
        ("CITY EDITION -- PAGE B1", "print edition"),
        ("METRO EDITION, PAGE C12", "print edition"),
        ("Section A; Page 12; National edition", "print edition"),
        ("PAGE ONE", "print edition"),
        ("CONTINUED FROM A1", "print edition"),
        ("Click to copy", "share"),
        ("Comment on this article", "share"),
        ("Top of page", "navigation"),
        ("Join our mailing list", "newsletter"),
        ("Related story: The ferry that never was", "related links"),
        ("Register or log in to comment", "login"),
        ("(Reach the reporter at ana@beacon.example.)", "writer's address"),
        ("Article continues below this ad", "advertisement"),
        ("Advertisement · Scroll to continue", "advertisement"),
        ("Skip to main content", "navigation"),
        ("swipe to next page", "navigation"),
        ("Back to top", "navigation"),
        ("Sign up for our morning newsletter", "newsletter"),
        ("Follow us on social media", "follow us"),
        ("4 min read", "reading time"),
        ("Reading time: 2 minutes", "reading time"),
        ("Read more: Harbour dredging delayed", "related links"),
        ("Related: The ferry that never was", "related links"),
        ("Most read", "most read"),
        ("12 comments", "comments"),
        ("blog comments powered by Disqus", "comments"),
        ("Log in to comment", "login"),
        ("We use cookies to make this site work. Accept all", "cookie notice"),
        ("Page 1 of 2", "page number"),
        ("1 of 3", "photo counter"),
        ("-30-", "end mark"),
        ("###", "end mark"),
        ("PRINT EDITION - PAGE A3", "print edition"),
        ("Tags: buses, night shift", "tags"),
        ("Listen to this article", "listen"),
        ("* * *", "ruled line"),
    ],
)
def test_reason(line: str, reason: str) -> None:
    rule = rule_for(line)
    assert rule is not None
    assert rule.reason == reason


@pytest.mark.parametrize(
    "sentence",
    [
        "Share prices fell in the afternoon.",
        "Share the load, she told them, and share the lunch.",
        "Related charges were dropped.",
        "Related: that word, said the judge, has two meanings.",
        "Comments made by the minister were a joke.",
        "Advertisements for the job will go out in January.",
        "Follow-up letters fill a box file.",
        "Follow us, said the firemen, and they did.",
        "Most read it twice.",
        "Print is not dead.",
        "Read more books, the teacher said.",
        "Sign language was used throughout.",
        "Subscribers to the old telephone line are few.",
        "Log cabins burned on both shores.",
        "Page after page of the report is about the rope.",
        "Menu prices rose by a tenth.",
        "Email was down for two days.",
        "Tags were sewn into every coat.",
        "Listen, she said.",
        "Cookies were served.",
        "Video shows the whale turning over.",
        "More than 300 people came.",
        "Correction: It was 2010, not 2011.",
        "Credit is due to the magnet.",
        "Copyright law was changed in 2018.",
        "Next year will be worse.",
        "Home is where the ferry stops.",
        "Search parties went out at dawn.",
        "Contact with the boat was lost at noon.",
        "Get well soon, the card said.",
        "Support for the bridge has grown.",
        "Photo albums of the roof are wanted.",
        "By Monday the river had risen.",
        "By the time it fell, nobody was looking.",
        "Published in 1912, the book has two readers.",
        "Updated plans will be shown in May.",
        "Posted to the north, he learned to knit.",
        "Visit the mill on Sundays.",
        "End of story, he said.",
        "Terms of the deal were not disclosed.",
        "Source code was found in the attic.",
        "Length of the run: 800 metres.",
        "Subject to approval, work starts in May.",
        "From Monday, boats will stop at noon.",
        "To be fair, nobody asked.",
        "I agree.",
        "Continued rain is expected until Friday.",
        "Call her on Monday, the captain said, and call me on Tuesday.",
        "Reply was there none.",
        "Text messages from the boat were read out in court.",
        "Top of the list was the rope.",
    ],
)
def test_a_sentence_stays(sentence: str) -> None:
    for lines in (
        ("Ferry stays in harbour", BODY[0], sentence, *BODY[1:]),
        ("Ferry stays in harbour", *BODY, sentence),
    ):
        article = read(*lines)
        assert sentence in [p.text for p in article.paragraphs]
        assert article.title == "Ferry stays in harbour"


def test_a_header_takes_the_links_below_it() -> None:
    links = "Most read\n1. Storm closes two bridges\n2. The baker who counts bees"
    found = furniture(read("Ferry stays", *BODY, links))
    assert set(found.values()) == {"most read"}
    assert len(found) == 3


def test_a_header_in_the_body_leaves_the_next_heading_alone() -> None:
    lines = (BODY[0], "Related stories\nStorm closes two bridges", "What comes next", *BODY[1:])
    article = read("Ferry stays in harbour", *lines)
    assert [p.text for p in article.paragraphs if p.kind == "heading"] == ["What comes next"]
    assert len(article.furniture) == 2


def test_comments_take_whole_sentences() -> None:
    article = read(
        "Ferry stays in harbour", *BODY, "2 comments\ntick-tock: First!\nanna: It was never there."
    )
    assert len(article.paragraphs) == 3
    assert set(furniture(article).values()) == {"comments"}


def test_a_comment_counter_above_the_body_takes_nothing() -> None:
    article = read("Ferry stays in harbour", "3 comments", *BODY)
    assert len(article.paragraphs) == 3


def test_comments_do_not_take_the_article() -> None:
    article = read("Ferry stays in harbour", BODY[0], "Comments", *BODY[1:], *BODY)
    assert len(article.paragraphs) == 6


def test_what_stands_above_a_forwarded_message() -> None:
    article = read("Dad, look at this!! xx", "---- Forwarded message ----", "Ferry stays", *BODY)
    assert article.title == "Ferry stays"
    assert "above a forwarded message" in furniture(article).values()


def test_crumbs() -> None:
    assert crumbs("Home > Culture > Museums") == ["Home", "Culture", "Museums"]
    assert crumbs("Home / News / UK") == ["Home", "News", "UK"]
    assert crumbs("She said yes > no.") == []
