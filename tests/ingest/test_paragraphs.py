"""Paragraphs: where they begin and end, and how they read."""

from __future__ import annotations

import pytest

from ingest.article import Article, Capture, Paragraph, Span
from ingest.lines import lines_of
from ingest.recognise import recognise
from ingest.units import join, units_of


def read(text: str) -> Article:
    (article,) = recognise(Capture("page.txt", text, "utf-8", "", len(text)))
    return article


def paragraphs(text: str) -> list[Paragraph]:
    return list(read(text).paragraphs)


def texts(text: str) -> list[str]:
    return [unit.text for unit in units_of(lines_of(text, Span(0, len(text))))]


WRAPPED = """\
The county will keep its last lighthouse keeper for another year
after residents collected nearly nine thousand signatures in a
week, commissioners said.
"""


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_hard_wrapped_lines_are_one_paragraph(ends: str) -> None:
    text = f"A title{ends}{ends}" + WRAPPED.replace("\n", ends) + ends + WRAPPED.replace("\n", ends)
    first, second = paragraphs(text)
    assert first.text == " ".join(WRAPPED.split())
    assert first.span.of(text) == WRAPPED.rstrip().replace("\n", ends)
    assert second.text == first.text


def test_one_line_is_one_paragraph() -> None:
    lines = [
        "Ferry stays in harbour",
        "The board said on Monday that the ferry would not run before the spring.",
        "Nobody had asked the captain.",
        "The key is at sea.",
    ]
    article = read("\n".join(lines))
    assert [p.text for p in article.paragraphs] == lines[1:]


def test_an_indent_begins_a_paragraph() -> None:
    text = (
        "Ferry stays in harbour\n\n"
        "   The board said on Monday that the ferry would not run\n"
        "before the spring, for nobody could find its key on the\n"
        "quay.\n"
        "   Nobody had asked the captain, who was then at sea and\n"
        "had it in his pocket.\n"
    )
    first, second = paragraphs(text)
    assert first.text.startswith("The board")
    assert first.text.endswith("on the quay.")
    assert second.span.of(text).startswith("Nobody")


def test_a_blank_line_after_every_line() -> None:
    text = "Ferry stays\n\n\n" + "\n\n\n".join("\n\n".join(WRAPPED.splitlines()) for _ in range(3))
    assert [p.text for p in paragraphs(text)] == [" ".join(WRAPPED.split())] * 3


def test_a_margin_is_no_indent() -> None:
    margin = "\n".join("        " + line for line in (WRAPPED + "\n" + WRAPPED).splitlines())
    assert len(paragraphs("        Ferry stays\n\n" + margin)) == 2


def test_a_block_quotation() -> None:
    quote = "".join(f"        {line}\n" for line in WRAPPED.splitlines())
    text = f"Ferry stays\n\n{WRAPPED}\n{WRAPPED}\n{quote}\n{WRAPPED}"
    assert [p.kind for p in paragraphs(text)] == ["text", "text", "block_quote", "text"]


LEAD = "The audit of the city's parks found a good deal. These are its findings:\n\n"


@pytest.mark.parametrize("bullet", ["• ", "- ", "* ", "– ", "1. ", "1) ", "·  "])
def test_list_items_leave_the_bullet_out(bullet: str) -> None:
    items = f"{bullet}Mowing is paid for twice.\n{bullet}Of 412 benches 388 exist.\n"
    text = f"Five things\n\n{LEAD}{items}"
    lead, first, second = paragraphs(text)
    assert (lead.kind, first.kind, second.kind) == ("text", "list_item", "list_item")
    assert first.span.of(text) == first.text == "Mowing is paid for twice."
    assert second.span.of(text) == "Of 412 benches 388 exist."


def test_a_list_item_over_two_lines() -> None:
    above, below, *_ = WRAPPED.splitlines()
    text = f"Five things\n\n{WRAPPED}\n* {above}\n  {below}\n* Two.\n"
    assert [p.kind for p in paragraphs(text)] == ["text", "list_item", "list_item"]


def test_one_bullet_is_no_list() -> None:
    text = f"Five things\n\n{WRAPPED}\n• The book is published by Hollis in May.\n"
    assert [p.kind for p in paragraphs(text)] == ["text", "text"]


@pytest.mark.parametrize(
    "heading",
    [
        "What the mayor says",
        "Can it be taught?",
        "CHEAPER BEYOND THE GATE",
        "‘Thoroughly unlucky’",
        "2. The second year",
    ],
)
def test_headings(heading: str) -> None:
    text = f"Five things\n\n{WRAPPED}\n{heading}\n\n{WRAPPED}"
    assert [p.kind for p in paragraphs(text)] == ["text", "heading", "text"]


@pytest.mark.parametrize(
    "line",
    [
        "And from the chair:",
        "“Nobody stole it.”",
        "He left.",
        "“Why?” he asked.",
        "“No,” said the mayor",
    ],
)
def test_short_paragraphs_are_no_headings(line: str) -> None:
    text = f"Five things\n\n{WRAPPED}\n{line}\n\n{WRAPPED}"
    assert [p.kind for p in paragraphs(text)] == ["text", "text", "text"]


@pytest.mark.parametrize(
    "caption",
    [
        "A ferry waits at the pier on Monday. (AP Photo/Sam Placeholder)",
        "A bench in the park, last seen in 2018. PHOTO BY CASEY EXAMPLE",
        "Tuck at his bench. Photograph: Cato Wrenfield",
        "The goose on the steps (Jo Placeholder/PA)",
        "Image source, Getty Images",
        "Mud banks at low water. REUTERS/Tam Placeholder",
        "Dr. Fells with the chart. Credit: Mount Corliss Observatory",
    ],
)
def test_captions(caption: str) -> None:
    text = f"Five things\n\n{WRAPPED}\n{caption}\n\n{WRAPPED}"
    assert [p.kind for p in paragraphs(text)] == ["text", "caption", "text"]


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        (["said on Satur-", "day"], "said on Saturday"),
        (["a well-", "known brand"], "a well-known brand"),
        (["a one-on-", "one talk"], "a one-on-one talk"),
        (["an Anglo-", "French treaty"], "an Anglo- French treaty"),
        (["the 19-", "year-old"], "the 19-year-old"),
        (["said on Satur\xad", "day"], "said on Saturday"),
        (["he paused -", "and went"], "he paused - and went"),
    ],
)
def test_hyphens(lines: list[str], joined: str) -> None:
    assert join(lines) == joined


def test_no_word_is_lost_in_joining() -> None:
    assert texts(WRAPPED) == [" ".join(WRAPPED.split())]
    assert texts("one\ntwo\n\nthree") == ["one", "two", "three"]


@pytest.mark.parametrize(
    ("title", "first", "second"),
    [
        (
            "Hafen offen",
            "Der neue Hafen ist seit dem Montag offen.",
            "Petra Brandt sagte: „Das kommt viel zu spät für uns.“",
        ),
        (
            "Hafen offen",
            "»Der Hafen ist seit Montag offen«, sagte Petra Brandt. »Das war spät.«",
            "›Und teuer war er auch, sehr teuer sogar, sage ich.‹",
        ),
        (
            "港が開通",
            "市長は月曜日に「新しい橋の開通を宣言した。」",
            "「予定より二年も遅れたのだ。」",
        ),
        (
            "नया पुल खुला",
            "महापौर ने सोमवार को कहा कि बंदरगाह का पुल खुल गया है।",
            "समारोह में बहुत से लोग आए और वह एक घंटे तक चला।",
        ),
        (
            "สะพานเปิดใช้",
            "นายกเทศมนตรีกล่าวเมื่อวันจันทร์ว่าสะพานใหม่ของท่าเรือเปิดใช้แล้ว",
            "ชาวบ้านจำนวนมากเข้าร่วมพิธีเปิดซึ่งกินเวลาหนึ่งชั่วโมงในตอนเช้า",
        ),
    ],
)
def test_sentences_end_as_their_language_ends_them(title: str, first: str, second: str) -> None:
    read_as = read(f"{title}\n\n{first}\n\n{second}\n")
    assert read_as.title == title
    assert [paragraph.text for paragraph in read_as.paragraphs] == [first, second]
    assert not read_as.furniture
