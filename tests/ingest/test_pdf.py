"""PDFs with a text layer: paragraphs without the page's furniture, and what cannot be read.

The files are written here, object by object, so that nothing but the test is needed.
"""

from __future__ import annotations

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest import IngestError
from ingest.article import Capture
from ingest.errors import NoArticle, UnreadableFile
from ingest.read import pdf
from ingest.read.pdflines import Page, PageLine, paragraphs_of_pages
from ingest.read.place import Place, read_place
from ingest.recognise import recognise

Line = tuple[float, float, float, str]  # left, baseline, size, words

BODY = [
    "The harbour board voted on Tuesday to close the old ferry berth for",
    "good, after a debate that lasted the whole of a long and rainy after-",
    "noon. The new berth opens next year, and buses will run until then.",
]


def page(number: int, *more: Line) -> list[Line]:
    return [
        (72, 800, 9, f"The Harbour Gazette, 3 March, page {number}"),
        *more,
        (290, 30, 9, str(number)),
    ]


def paragraph(top: float, left: float = 72) -> list[Line]:
    return [(left, top - 14 * at, 11, words) for at, words in enumerate(BODY)]


def document(*pages: list[Line], info: str = "", trailer: str = "") -> bytes:
    objects = ["<< /Type /Catalog /Pages 2 0 R >>"]
    kids = " ".join(f"{4 + 2 * at} 0 R" for at in range(len(pages)))
    objects.append(f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>")
    objects.append("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    for at, lines in enumerate(pages):
        drawn = "\n".join(
            f"BT /F1 {size} Tf {left} {base} Td ({words}) Tj ET"
            for left, base, size, words in lines
        )
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents "
            f"{5 + 2 * at} 0 R /Resources << /Font << /F1 3 0 R >> >> >>"
        )
        objects.append(f"<< /Length {len(drawn)} >>\nstream\n{drawn}\nendstream")
    objects.append(f"<< {info} >>")
    out, offsets = "%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    out += f"trailer << /Size {len(objects) + 1} /Root 1 0 R /Info {len(objects)} 0 R {trailer}>>\n"
    return (out + f"startxref\n{out.rindex('xref')}\n%%EOF\n").encode("latin-1")


def captures(data: bytes) -> list[Capture | IngestError]:
    return list(read_place(Place("paper.pdf", data=data)))


PAPER = document(
    page(
        1,
        (72, 740, 22, "Ferry loses its berth"),
        (72, 700, 11, "By Joss Amberley"),
        (72, 680, 11, "3 March 2021"),
        *paragraph(640),
        *paragraph(570),
        (72, 500, 11, "The board, which met behind closed doors, did not say who would pay"),
    ),
    page(
        2,
        (72, 740, 11, "for the work, or when it would begin on the other shore."),
        *paragraph(700),
    ),
    page(3, *paragraph(740)),
    info="/Title (Microsoft Word - ferry.docx) /CreationDate (D:20240101120000Z)",
)  # fmt: skip


def test_a_paper_becomes_paragraphs_without_its_furniture():
    (found,) = captures(PAPER)
    assert isinstance(found, Capture)
    (article,) = recognise(found)
    assert article.title == "Ferry loses its berth"
    assert article.authors == ("Joss Amberley",)
    assert article.published is not None
    assert article.published.value == "2021-03-03"
    texts = [part.text for part in article.paragraphs]
    whole = " ".join(BODY).replace("after- ", "after")
    assert texts == [
        whole,
        whole,
        "The board, which met behind closed doors, did not say who would pay for the work, or when "
        "it would begin on the other shore.",
        whole,
        whole,
    ]
    assert "Gazette" not in found.text
    assert {fact.field: fact.weight for fact in found.facts} == {"published": 0.1}


def test_what_the_page_leaves_open_is_taken_from_the_file():
    said = "/Title (Ferry berth to close) /Author (Joss Amberley) /CreationDate (D:20210303)"
    (found,) = captures(document([*paragraph(640), *paragraph(570)], info=said))
    assert isinstance(found, Capture)
    (article,) = recognise(found)
    assert article.title == "Ferry berth to close"
    assert article.title_span is None  # it stands nowhere on the page
    assert (article.authors, article.byline) == (("Joss Amberley",), "Joss Amberley")
    assert article.published is not None
    assert article.published.value == "2021-03-03"
    assert {fact.origin for fact in article.facts} == {
        "Title of the PDF", "Author of the PDF", "CreationDate of the PDF",
    }  # fmt: skip


def test_what_the_page_says_stands_above_what_the_file_says():
    (found,) = captures(
        PAPER.replace(b"Microsoft Word - ferry.docx", b"Minutes of the ferry board ")
    )
    assert isinstance(found, Capture)
    (article,) = recognise(found)
    assert [f.value for f in article.facts if f.field == "title"] == ["Minutes of the ferry board"]
    assert article.title == "Ferry loses its berth"
    assert article.published is not None
    assert article.published.value == "2021-03-03"


def test_columns_are_read_one_after_the_other():
    left = [(72.0, 740 - 14 * at, 11.0, words) for at, words in enumerate(["Left one runs", "on"])]
    right = [(320.0, 740 - 14 * at, 11.0, words) for at, words in enumerate(["and on to", "here."])]
    (found,) = captures(document([*left, *right, *paragraph(500)]))
    assert isinstance(found, Capture)
    assert found.text.index("Left one") < found.text.index("and on to")


def test_a_title_on_two_lines_is_one():
    def at(text: str, base: float, size: float, width: float) -> PageLine:
        return PageLine(text, 72, 72 + width, base + size, base, size)

    lines = (at("A title that is long", 700, 22, 440), at("Goes on", 672, 22, 90),
             *(at(words, 630 - 14 * row, 11, 440) for row, words in enumerate(BODY)))  # fmt: skip
    assert paragraphs_of_pages([Page(842, lines)])[0] == "A title that is long Goes on"


@pytest.mark.parametrize("size", [9, 40, 300])
def test_a_file_cut_off_or_of_another_kind(size: int):
    with pytest.raises(UnreadableFile, match="broken or cut off"):
        captures(PAPER[:size])


def test_a_file_that_lost_its_end_is_mended_where_it_can_be():
    (found,) = captures(PAPER[:-15])
    assert isinstance(found, Capture)


def test_pictures_of_text_say_so():
    with pytest.raises(NoArticle, match="OCR"):
        captures(document([], [(72, 700, 9, "scan 12")]))


def test_a_locked_file_says_so():
    lock = (
        "/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 "
        f"/O <{'41' * 32}> /U <{'42' * 32}> >> /ID [<00> <00>] "
    )
    with pytest.raises(UnreadableFile, match="password"):
        captures(document(paragraph(700), trailer=lock))


def test_many_pages_and_long_lines_in_bounds():
    start = time.monotonic()
    assert captures(document(*[page(n, *paragraph(700)) for n in range(300)]))
    assert captures(document([(72, 700, 11, "word " * 100_000)]))
    assert time.monotonic() - start < 20


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(min_size=1, max_size=30), st.integers(0, len(PAPER)))
def test_whatever_is_in_it_no_other_error_comes(junk: bytes, at: int):
    try:
        data = PAPER[:at] + junk + PAPER[at + len(junk) :]
        for found in pdf.read(Place("paper.pdf", data=data)):
            assert isinstance(found, Capture)
    except IngestError as error:
        assert "\n" not in str(error)  # noqa: PT017
