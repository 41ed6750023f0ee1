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

from ingest.decode import BROKEN_SHARE, MARKS, mended_utf8, undoubled

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
# What pages of a language were written in before UTF-8, the likeliest first.
_OF_LANGUAGE: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("ru", "uk", "be", "bg", "mk"), ("cp1251",)),
    **dict.fromkeys(("pl", "cs", "sk", "hu", "sl", "hr", "ro"), ("cp1250", "iso8859-2")),
    "el": ("cp1253",),
    "tr": ("cp1254",),
    "he": ("cp1255",),
    **dict.fromkeys(("ar", "fa", "ur"), ("cp1256",)),
    **dict.fromkeys(("lt", "lv", "et"), ("cp1257",)),
    "th": ("cp874",),
    "ja": ("cp932", "euc_jp"),
    "zh": ("gb18030", "big5hkscs"),
    "ko": ("cp949",),
}
_MANY_BYTES = ("cp932", "euc_jp", "gb18030", "big5", "cp949")
_LANGUAGE = re.compile(rb"""<html\s[^>]{0,500}?lang\s*=\s*["']?\s*([a-zA-Z]{2})\b""", re.IGNORECASE)
_MARKUP = re.compile(
    rb"<(?:script|style)\b.*?</(?:script|style)>|<[^>]*>", re.IGNORECASE | re.DOTALL
)
_BEYOND = bytes(range(0x80, 0x100))
_OFTEN = tuple(letter.encode() for letter in "etaoinsr")
_LOOKED_AT = 65_536  # bytes
_SURE = 0.3  # of chardet's confidence, as for texts
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
        return undoubled(data.decode("utf-8")), "utf-8"
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
    return _guessed(data)


def _guessed(data: bytes) -> tuple[str, str]:
    """A page that names no charset and is no UTF-8: as its language has it, else windows-1252.

    Browsers go by the reader's language; the page's own is what is known here. Where most letters
    are beyond ASCII, no text of a western language has them.
    """
    found = _LANGUAGE.search(data[:_HEAD])
    names = _OF_LANGUAGE.get(found[1].decode().lower(), ()) if found else ()
    words = _MARKUP.sub(b" ", data[:_LOOKED_AT])
    beyond = len(words) - len(words.translate(None, _BEYOND))
    plain = sum(words.count(letter) for letter in _OFTEN)
    if not names and beyond > 2 * plain:
        import chardet  # only for what nothing else tells

        guess = chardet.detect(words)
        codec = codec_for(guess["encoding"])
        if codec and guess["confidence"] >= _SURE:
            names = (codec,)
    if names and names[0] == "cp1251" and beyond:
        import chardet

        if codec_for(chardet.detect(words)["encoding"]) == "koi8-r":
            names = ("koi8-r",)
    for name in names:
        try:
            return data.decode(name), name
        except UnicodeDecodeError:
            continue
    if names and not names[0].startswith(_MANY_BYTES):
        return data.decode(names[0], "replace"), names[0]
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
