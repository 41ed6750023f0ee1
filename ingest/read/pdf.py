"""The PDF reader: files with a text layer.

pypdfium2, of pypdf, pdfminer.six and itself on 18 files (16 news pages printed by Chromium, a page
in two columns, a specification): 0.20 s against 3.4 s and 6.3 s, the words in the same order as in
the page at least as often, and Japanese read, of which the others found a fortieth. Apache-2.0 and
BSD. It is not safe for threads; each process opens its own files.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ingest.article import Capture, Fact
from ingest.errors import NoArticle, TooLarge, UnreadableFile
from ingest.read.fragment import date_in
from ingest.read.pdflines import Page, PageLine, paragraphs_of_pages
from ingest.read.place import Place, capture_of

if TYPE_CHECKING:
    import pypdfium2

_MOST_PAGES = 2_000
_MOST_CHARACTERS = 5_000_000
_FEW_LETTERS = 30  # fewer on all pages is a stamp on a scan, not a text layer
_DATE = re.compile(
    r"D:(?P<y>\d{4})(?P<m>\d\d)?(?P<d>\d\d)?(?:(?P<H>\d\d)(?P<M>\d\d)(?P<S>\d\d)?)?"
    r"(?:(?P<z>Z)|(?P<sign>[+-])(?P<zh>\d\d)'?(?P<zm>\d\d)?)?"
)
# What programs write for a title when nobody gave one.
_NO_TITLE = re.compile(
    r"(?:untitled|microsoft word|powerpoint|about:blank|document\d*|.*\.(?:docx?|indd|qxp|html?|"
    r"pdf|tex|dvi|odt|pages)\b|https?://).*", re.IGNORECASE
)  # fmt: skip
_LINE_END = re.compile(r"\r\n|\n|\r")


def matches(head: bytes, name: str) -> bool:
    """Whether the mark of a PDF stands among the first bytes, where readers look for it."""
    return b"%PDF-" in head[:1024]


def read(place: Place) -> Iterator[Capture]:
    """The document as one capture. Raises UnreadableFile, TooLarge, NoArticle."""
    data = place.read()
    pages, facts = _opened(place, data)
    paragraphs = paragraphs_of_pages(pages)
    letters = sum(character.isalpha() for text in paragraphs for character in text)
    if letters < _FEW_LETTERS:
        raise NoArticle(
            place.source, "this PDF holds pictures of text and no text; run it through OCR first"
        )
    # What text looks like is for the rules for texts to say, as for any other.
    yield capture_of(
        place, data, "\n\n".join(paragraphs) + "\n", "utf-8", format="pdf", raw=data,
        facts=(*place.facts, *facts),
    )  # fmt: skip


def _opened(place: Place, data: bytes) -> tuple[list[Page], tuple[Fact, ...]]:
    # A tenth of a second to import: only those who read PDFs wait for it.
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "assword" in str(error):
            raise UnreadableFile(
                place.source, "this PDF is locked with a password; save it again without"
            ) from error
        raise UnreadableFile(
            place.source, "this PDF is broken or cut off; download it again"
        ) from error
    try:
        count = len(document)
        if count > _MOST_PAGES:
            raise TooLarge(place.source, f"this PDF has over {_MOST_PAGES:,} pages; split it")
        return list(_pages(place, document, count)), tuple(_facts(document))
    finally:
        document.close()


def _pages(place: Place, document: pypdfium2.PdfDocument, count: int) -> Iterator[Page]:
    import pypdfium2

    total = 0
    for number in range(count):
        try:
            page = document[number]
            words = page.get_textpage()
        except pypdfium2.PdfiumError:
            continue  # the other pages are worth having
        text = words.get_text_range() if words.count_chars() else ""
        total += len(text)
        if total > _MOST_CHARACTERS:
            raise TooLarge(
                place.source, f"this PDF holds over {_MOST_CHARACTERS:,} characters; split it"
            )
        yield Page(page.get_height(), tuple(_lines(words, text)))
        words.close()
        page.close()


def _lines(words: Any, text: str) -> Iterator[PageLine]:
    import pypdfium2.raw

    aligned = len(text) == words.count_chars()
    start = 0
    top = 1e6  # without places, each line one step below the last
    for end, after in [*(found.span() for found in _LINE_END.finditer(text)), (len(text),) * 2]:
        raw = text[start:end]
        shown = _cleaned(raw)
        if shown:
            first = start + len(raw) - len(raw.lstrip())
            last = start + len(raw.rstrip("\x02\ufffe \t\xa0\n")) - 1
            if aligned and first <= last:
                left, bottom, _, high = words.get_charbox(first, loose=True)
                _, low, right, height = words.get_charbox(last, loose=True)
                size = round(pypdfium2.raw.FPDFText_GetFontSize(words.raw, first), 1)
                # Some files scale a letter of size 1: then its box tells.
                size = max(size, 1.0) if size > 3 else round(high - bottom, 1)
                yield PageLine(shown, left, right, max(high, height), min(bottom, low), size)
            else:
                top -= 12
                yield PageLine(shown, 0, 6.0 * len(shown), top + 10, top, 10)
        start = after


def _cleaned(raw: str) -> str:
    # U+FFFE and U+0002 are this library's sign for a hyphen that divides a word.
    marked = re.sub(r"[\x02\ufffe]\s*\Z", "\xad", raw)
    marked = re.sub(r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff\ud800-\udfff]", "", marked)
    return " ".join(marked.split())


def _facts(document: pypdfium2.PdfDocument) -> Iterator[Fact]:
    try:
        said = {key: " ".join(v.split()) for key, v in document.get_metadata_dict().items()}
    except (ValueError, UnicodeError):
        return
    title = said.get("Title", "")
    if title and not _NO_TITLE.fullmatch(title):
        yield Fact("title", title[:500], "Title of the PDF", 0.4)
    author = said.get("Author", "")
    if " " in author and len(author) < 80 and "@" not in author:
        yield Fact("author", author, "Author of the PDF", 0.2)
    # When the file was made: the day of a download as often as that of the article.
    if date := _date(said.get("CreationDate", "")):
        yield Fact("published", date, "CreationDate of the PDF", 0.1)


def _date(value: str) -> str | None:
    found = _DATE.match(value)
    if found is None:
        return None
    day = f"{found['y']}-{found['m'] or '01'}-{found['d'] or '01'}"
    if not found["H"]:
        return date_in(day)
    zone = found["z"] or (
        f"{found['sign']}{found['zh']}:{found['zm'] or '00'}" if found["sign"] else ""
    )
    return date_in(f"{day}T{found['H']}:{found['M']}:{found['S'] or '00'}{zone}")
