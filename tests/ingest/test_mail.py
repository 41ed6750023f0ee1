"""Letters and mailboxes: newsletters with their subject, sender and date."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest import IngestError
from ingest.article import Article, Capture
from ingest.errors import NoArticle
from ingest.read import mail
from ingest.read.place import Place, read_place, read_safely
from ingest.recognise import recognise

STORY = (
    "The harbour board voted on Tuesday to close the old ferry berth for good, after a debate. "
    "“We shall not miss it,” said Alda Marsh, who chairs the board."
)


def letter(html: str | None = None, plain: str | None = STORY, key: str = "1") -> EmailMessage:
    made = EmailMessage()
    made["From"] = "Joss Amberley from The Gazette <joss@gazette.example>"
    made["To"] = "reader@home.example"
    made["Subject"] = "Fwd: Ferry löses its berth"
    made["Date"] = "Wed, 03 Mar 2021 16:15:00 +0100"
    made["Message-ID"] = f"<{key}@gazette.example>"
    if plain is not None:
        made.set_content(plain + "\n\nIt stays closed through the winter, the board said later.\n")
    if html is not None:
        made.add_alternative(html, subtype="html") if plain else made.set_content(html, "html")
    return made


def captures(data: bytes, name: str = "a.eml") -> list[Capture | IngestError]:
    return list(read_place(Place(name, data=data)))


def article(data: bytes) -> Article:
    (found,) = captures(data)
    assert isinstance(found, Capture)
    return recognise(found)[0]


HTML = (
    "<html><body><div style='display:none'>Preview words</div><table><tr><td>"
    "<a href='https://x.example'>View this email in your browser</a></td></tr><tr><td><table><tr>"
    f"<td><h1>Ferry</h1><p>{STORY}</p><p>Second.</p></td></tr></table></td></tr>"
    "<tr><td><p>You received this because you signed up. Unsubscribe</p></td></tr></table></body>"
)


def test_a_newsletter_in_html():
    found = article(letter(HTML).as_bytes())
    assert found.title == "Ferry löses its berth"
    assert found.authors == ("Joss Amberley",)
    assert found.publisher == "The Gazette"
    assert found.published is not None
    assert found.published.value == "2021-03-03T16:15:00+01:00"
    assert [p.text for p in found.paragraphs] == ["Ferry", STORY, "Second."]
    assert len(found.furniture) == 2


def test_a_letter_of_plain_text():
    found = article(letter().as_bytes())
    assert found.title == "Ferry löses its berth"
    assert found.authors == ("Joss Amberley",)
    assert found.paragraphs[0].text == STORY


FORWARDED = (
    "---------- Forwarded message ---------\nFrom: Col Reed <col@plainsman.example>\n"
    "Date: Tue, Mar 2, 2021 at 4:15 PM\nSubject: Bridge opens\nTo: <joss@gazette.example>\n\n\n"
)


@pytest.mark.parametrize("html", [False, True])
def test_a_forwarded_letter_is_that_of_its_first_sender(html: bool):
    body = "For you!<br>" + FORWARDED.replace("<", "&lt;").replace("\n", "<br>\n")
    made = (
        letter(f"<div>{body}</div><p>{STORY}</p>", None)
        if html
        else letter(None, FORWARDED + STORY)
    )
    found = article(made.as_bytes())
    assert (found.title, found.authors) == ("Bridge opens", ("Col Reed",))
    assert found.published is not None
    assert found.published.value.startswith("2021-03-02")
    assert found.paragraphs[0].text == STORY


def test_letters_of_a_mailbox(tmp_path: Path):
    text = b"".join(
        b"From joss@gazette.example Wed Mar  3 16:15:00 2021\n" + letter(key=key).as_bytes() + b"\n"
        for key in "abc"
    ).replace(b"It stays", b">From now it stays", 1)
    path = tmp_path / "news"
    path.write_bytes(text)
    found = list(read_place(Place("news", path)))
    names = [one.source for one in found if isinstance(one, Capture)]
    assert names == [f"news!{key}@gazette.example" for key in "abc"]
    assert isinstance(found[0], Capture)
    assert "\nFrom now it stays" in found[0].text


def test_an_attached_page_is_an_article_of_its_own():
    made = letter()
    page = f"<html><head><title>Berth</title></head><body><article><p>{STORY}</p></article></body>"
    made.add_attachment(page.encode(), "text", "html", filename="../../berth.html")
    found = captures(made.as_bytes())
    assert len(found) == 2
    assert found[1].source.startswith("a.eml!")


def test_a_letter_without_text_says_so():
    made = letter(plain=None)
    made.add_attachment(b"\x89PNG", "image", "png", filename="a.png")
    (found,) = captures(made.as_bytes())
    assert isinstance(found, NoArticle)
    assert "no text" in str(found)


def test_a_text_with_a_mails_head_is_no_letter():
    assert not mail.matches(b"From: Joss\nSubject: Ferry\nDate: 3 March 2021\n\nWords.", "a.txt")
    assert not mail.matches(b"From here on it rains, as it did in 2021\nand so on", "a.txt")


def test_an_unknown_or_wrong_charset():
    data = letter().as_bytes().replace(b'charset="utf-8"', b'charset="klingon"')
    assert article(data).paragraphs
    data = letter(plain=STORY).as_bytes().replace(b"base64", b"quoted-wrong")
    assert captures(data)


def test_a_letter_nested_too_deep():
    made = letter()
    for _ in range(60):
        outer = letter()
        outer.make_mixed()
        outer.attach(made)
        made = outer
    for found in captures(made.as_bytes()):
        assert isinstance(found, (Capture, IngestError))


def test_one_letter_of_a_mailbox_over_the_limit(tmp_path: Path):
    head = b"From a@b.example Wed Mar  3 16:15:00 2021\n"
    big = head + letter(plain="word " * 4000).as_bytes() + b"\n"
    path = tmp_path / "news"
    path.write_bytes(big + head + letter().as_bytes())
    first, second = read_place(Place("news", path, max_bytes=10_000))
    assert "over 10,000 bytes" in str(first)
    assert isinstance(second, Capture)


BASES = [letter(HTML).as_bytes(), letter().as_bytes()]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=60), st.integers(0, 1500), st.sampled_from(BASES), st.booleans())
def test_whatever_is_in_it_no_other_error_comes(junk: bytes, at: int, base: bytes, insert: bool):
    data = base[:at] + junk + base[at if insert else at + len(junk) :]
    try:
        for found in mail.read(Place("a.eml", data=data)):
            assert isinstance(found, (Capture, IngestError))
    except IngestError as error:
        assert "\n" not in str(error)  # noqa: PT017


@pytest.mark.parametrize(
    ("sender", "mailing", "publisher", "authors"),
    [
        ("Harbour Letter <letter@skar.example>", True, "Harbour Letter", ()),
        ("Skar Chronicle <news@skar.example>", False, "Skar Chronicle", ()),
        ("Morning Tide <hello@morningtide.example>", True, "Morning Tide", ()),
        ("Hedda Brix <hedda@skar.example>", True, None, ("Hedda Brix",)),
        ("Hedda Brix <hedda@skar.example>", False, None, ("Hedda Brix",)),
    ],
)
@pytest.mark.parametrize("kind", ["plain", "html"])
def test_a_letter_of_a_paper_is_by_nobody(kind, sender, mailing, publisher, authors):
    text = "The ferry to Skarholm stayed in port on Monday, for the third day, and no bread came."
    made = EmailMessage()
    made["From"], made["Subject"], made["Message-ID"] = sender, "Ferry stays", "<1@skar.example>"
    made["Date"] = "Wed, 3 Mar 2021 16:15:00 +0100"
    if mailing:
        made["List-Unsubscribe"] = "<https://skar.example/u>"
    made.set_content(text if kind == "plain" else f"<p>{text}</p>", subtype=kind)
    (capture,) = read_safely(Place("a.eml", data=made.as_bytes()))
    (article,) = recognise(capture)
    assert (article.publisher, article.authors) == (publisher, authors)


def test_the_number_and_the_subject_of_a_letter_are_not_its_name():
    made = EmailMessage()
    made["From"] = "Harbour Letter <letter@skar.example>"
    made["Subject"], made["Message-ID"] = (
        "Harbour Letter #41: tides – and tolls",
        "<1@skar.example>",
    )
    made.set_content("The ferry stayed in port on Monday, for the third day, and no bread came.")
    (capture,) = read_safely(Place("a.eml", data=made.as_bytes()))
    assert recognise(capture)[0].title == "Harbour Letter #41: tides – and tolls"


@pytest.mark.parametrize(
    "line",
    [
        "Unsubscribe",
        "To unsubscribe, click here",
        "You can unsubscribe at any time.",
        "© 2024 Skar Letter, 4 Quay Street, Skar Unsubscribe",
        "Manage preferences | Unsubscribe",
        "Forwarded this email? Subscribe here for more",
        "Upgrade to paid",
    ],
)
def test_what_a_letter_says_of_itself_is_left_out(line):
    (capture,) = read_safely(Place("a.eml", data=in_html(f"<p>{TOLD}</p><p>{line}</p>")))
    assert [p.text for p in recognise(capture)[0].paragraphs] == [TOLD]


@pytest.mark.parametrize(
    "sentence",
    [
        "The law will let readers unsubscribe from any list with one click, the ministry said.",
        "She tried to unsubscribe and could not, she told the court on Monday.",
        "Half of them want to unsubscribe, a survey found.",
    ],
)
def test_a_sentence_about_leaving_a_list_stays(sentence):
    (capture,) = read_safely(Place("a.eml", data=in_html(f"<p>{TOLD}</p><p>{sentence}</p>")))
    assert [p.text for p in recognise(capture)[0].paragraphs] == [TOLD, sentence]


def test_the_head_of_a_letter_is_not_its_text():
    head = "<h1>Ferry stays</h1><h3>Why</h3><p>Hedda Brix</p><p>Mar 3</p>"
    (capture,) = read_safely(Place("a.eml", data=in_html(f"{head}<p>{TOLD}</p>")))
    (article,) = recognise(capture)
    assert article.title == "Ferry stays"
    assert [p.text for p in article.paragraphs] == ["Why", TOLD]


TOLD = "The ferry to Skarholm stayed in port on Monday, for the third day, and no bread came."


def in_html(html: str) -> bytes:
    made = EmailMessage()
    made["From"], made["Subject"] = "Hedda Brix <hedda@skar.example>", "Ferry stays"
    made["Message-ID"], made["Date"] = "<1@skar.example>", "Wed, 3 Mar 2021 16:15:00 +0100"
    made.set_content(html, subtype="html")
    return made.as_bytes()


@pytest.mark.parametrize("sender", ["Skar Echo <news@", "<", "a@b@c <", '"Skar'])
def test_a_forwarded_head_that_is_cut_off_is_no_fault_of_ours(sender):
    head = f"---------- Forwarded message ---------\nFrom: {sender}\nSubject: Ferry stays\n\n"
    made = EmailMessage()
    made["From"], made["Subject"] = "Ole Lind <ole@skar.example>", "Fwd: Ferry stays"
    made["Message-ID"] = "<1@skar.example>"
    made.set_content(f"{head}{TOLD}\n")
    (capture,) = read_safely(Place("a.eml", data=made.as_bytes()))
    assert recognise(capture)[0].title == "Ferry stays"
