"""Which encoding a page of HTML is in.

The order was measured on 1,536 samples (`../shared/design/reading.md`): a byte-order mark, strict
UTF-8, then what the server and the page declare, UTF-8 with a few broken bytes, windows-1252 at
last. What is declared comes after strict UTF-8, since bytes beyond ASCII that are valid UTF-8 are
nothing else, whatever a template says.
"""

from __future__ import annotations

import codecs
import re

from ingest.decode import BROKEN_SHARE, MARKS, mended_utf8

_HEAD = 4096  # bytes: the web's rule says 1,024; pages put scripts before it
_DECLARED = re.compile(
    rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{2,40})"""
    rb"""|<meta[^>]{0,300}?charset\s*=\s*["']?\s*([\w.:-]{2,40})""",
    re.IGNORECASE,
)
# What browsers take these labels for.
_MEANS = {
    "iso8859-1": "cp1252",
    "latin-1": "cp1252",
    "ascii": "cp1252",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "iso8859-9": "cp1254",
    "tis-620": "cp874",
    "big5": "big5hkscs",
}
_CHARSET = re.compile(r"""charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
_SEVEN_BITS = ("iso2022", "hz")
_WIDE = ("utf-16", "utf-32")


def decode_html(data: bytes, charset: str | None = None) -> tuple[str, str]:
    """The text of a page and the Python codec that read it; a byte-order mark is left out.

    `charset` is the codec that the page's server named: it stands above what the page declares.
    Never raises: bytes that have no meaning in the encoding become U+FFFD.
    """
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace"), encoding
    in_page = declared_encoding(data)
    if charset and charset.startswith(_WIDE):
        if b"\0" in data:
            return data.decode(charset, "replace"), charset
        charset = None  # a page without a zero is in none of these
    declared = charset or in_page
    if declared and declared.startswith(_SEVEN_BITS):  # in bytes it looks like ASCII
        return data.decode(declared, "replace"), declared
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    for label in dict.fromkeys((charset, in_page)):
        if label and label != "utf-8":
            text = data.decode(label, "replace")
            # A wrong label shows: few real pages have one character in fifty without a meaning.
            if text.count("\ufffd") * 50 <= len(text):
                return text, label
    # A page that says UTF-8 may be broken in more places than one that says nothing.
    share = 0.5 if declared == "utf-8" else BROKEN_SHARE
    if (mended := mended_utf8(data, share)) is not None:
        return mended, "utf-8"
    return data.decode("cp1252", "replace"), "cp1252"


def declared_encoding(data: bytes) -> str | None:
    """The codec that the page names in its head, as browsers take it; None where it is unknown."""
    found = _DECLARED.search(data[:_HEAD])
    if found is None:
        return None
    name = _codec((found[1] or found[2]).decode("ascii"))
    if name and name.startswith(("utf-16", "utf-32", "utf-7")):
        return "utf-8"  # a page whose head can be read as ASCII is not in these
    return name


def header_charset(content_type: str) -> str | None:
    """The codec that a Content-Type header names, as browsers take it; None where it names none."""
    found = _CHARSET.search(content_type)
    name = _codec(found[1]) if found else None
    return None if name == "utf-7" else name


def _codec(label: str) -> str | None:
    try:
        found = codecs.lookup(label)
        b"a".decode(label, "replace")  # "base64" and the like are codecs, but of no text
    except (LookupError, ValueError):
        return None
    return _MEANS.get(found.name, found.name)
