"""Which encoding a page of HTML is in.

The order was measured on 1,536 samples (`../shared/design/reading.md`): a byte-order mark, strict
UTF-8, then what the page declares, UTF-8 with a few broken bytes, windows-1252 at last. What came
with the page, from the server, goes before what it declares, as browsers have it. Both come after
strict UTF-8, since bytes beyond ASCII that are valid UTF-8 are nothing else, whatever a template
says.
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
_NO_CHARSETS = ("unicode-escape", "raw-unicode-escape", "unicode_escape", "punycode")


def decode_html(data: bytes, told: str | None = None) -> tuple[str, str]:
    """The text of a page and the Python codec that read it; a byte-order mark is left out.

    `told` is the charset that came with the page ("windows-1251"), as HTTP or mail has it. Never
    raises: bytes that have no meaning in the encoding become U+FFFD.
    """
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace"), encoding
    named = [name for name in (codec_for(told), declared_encoding(data)) if name]
    for name in named:
        if name.startswith(_SEVEN_BITS):  # in bytes it looks like ASCII
            return data.decode(name, "replace"), name
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    for name in named:
        if name == "utf-8":
            continue
        text = data.decode(name, "replace")
        # A wrong label shows: few real pages have one character in fifty without a meaning.
        if text.count("\ufffd") * 50 <= len(text):
            return text, name
    # A page that says UTF-8 may be broken in more places than one that says nothing.
    share = 0.5 if "utf-8" in named else BROKEN_SHARE
    if (mended := mended_utf8(data, share)) is not None:
        return mended, "utf-8"
    return data.decode("cp1252", "replace"), "cp1252"


def declared_encoding(data: bytes) -> str | None:
    """The codec that the page names in its head, as browsers take it; None where it is unknown."""
    found = _DECLARED.search(data[:_HEAD])
    if found is None:
        return None
    return codec_for((found[1] or found[2]).decode("ascii"))


def header_charset(content_type: str) -> str | None:
    """The codec that a Content-Type header names, as browsers take it; None where it names none."""
    found = _CHARSET.search(content_type)
    return codec_for(found[1]) if found else None


def codec_for(label: str | None) -> str | None:
    """The codec that browsers take a charset's name for; None for a name of none."""
    try:
        name = codecs.lookup((label or "").strip("\"' ")).name
        b" ".decode(name, "replace")  # breaks on base64, rot13, idna: codecs, but not of texts
    except (LookupError, ValueError):
        return None
    if name.startswith(("utf-16", "utf-32", "utf-7")):
        return "utf-8"  # a page whose head can be read as ASCII is not in these
    if name in _NO_CHARSETS:
        return None
    return _MEANS.get(name, name)
