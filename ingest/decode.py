"""Bytes to text: which encoding, and whether it is text at all.

The order was measured (see `../shared/design/reading.md`): a byte-order mark, then strict UTF-8,
then what chardet says of the rest, where a guess that it is unsure of means windows-1252. On short
texts chardet's confidence is a few hundredths and the guess a Hebrew or Balkan code page.
"""

from __future__ import annotations

import codecs
import re

from ingest.errors import BinaryFile, EmptyFile

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins with the other's
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

# Chardet reads this much; a page says which encoding it is in well before.
_DETECT_BYTES = 65_536

# Under this chardet's choice among the single-byte code pages is a coin toss: koi8-r and
# windows-1251 of a single Russian sentence come out at 0.35, windows-1252 of a French one at 0.1.
_SURE = 0.3

# The web's rule: these labels mean windows-1252, which holds the curly quotation marks.
_MEANS_CP1252 = {"ascii", "iso8859-1", "latin-1", "cp1252"}

# Of the characters outside ASCII, the share that may be broken in a file still read as UTF-8.
BROKEN_SHARE = 0.1
# Bytes of whole characters for each that is broken, above which a text is UTF-8 for sure: in other
# encodings, those of East Asia too, far fewer happen to look whole.
_WHOLE = 3

_CONTROL = re.compile("[\x00-\x08\x0e-\x19\x1c-\x1f\x7f]")
_CONTROL_BYTES = bytes(b for b in range(128) if _CONTROL.match(chr(b)))
_CONTROL_SHARE = 0.001
_WHITE = re.compile(r"[\s\ufeff\u200b\x1a]*\Z")


def decode(data: bytes, source: str = "-", charset: str | None = None) -> tuple[str, str]:
    """The text of `data` and the Python codec that reads it. The byte-order mark is left out.

    `charset` is the codec that whoever sent the bytes named: it is asked before any guess. Line
    ends stay as they are. Raises EmptyFile for nothing but white space, BinaryFile for what is no
    text.
    """
    if not data:
        raise EmptyFile(source, "the file is empty; save the page again")
    text, encoding = _decoded(data, source, charset)
    text = undoubled(text)
    if _WHITE.match(text):
        raise EmptyFile(source, "the file holds only white space; save the page again")
    if "\x00" in text or _controls(text, data, encoding) > _CONTROL_SHARE * len(text):
        raise _binary(source)
    return text, encoding


def _controls(text: str, data: bytes, encoding: str) -> int:
    """How many control characters the text holds; in UTF-8 each is a byte, which is quicker."""
    if encoding == "utf-8":
        return len(data) - len(data.translate(None, _CONTROL_BYTES))
    return len(_CONTROL.findall(text))


def _decoded(data: bytes, source: str, charset: str | None) -> tuple[str, str]:
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return _with(data[len(mark) :], encoding), encoding
    if charset and charset.startswith("iso2022"):  # in bytes it looks like ASCII
        return _with(data, charset), charset
    if b"\x00" not in data:
        try:
            return data.decode("utf-8"), "utf-8"
        except UnicodeDecodeError:
            if charset and not charset.startswith("utf-"):
                return _with(data, charset), charset
            if (text := mended_utf8(data)) is not None:
                return text, "utf-8"
    return _detected(data, source)


def _with(data: bytes, encoding: str) -> str:
    # A file cut short ends in half a character: the rest is worth having.
    return data.decode(encoding, "replace")


def mended_utf8(data: bytes, share: float = BROKEN_SHARE) -> str | None:
    """UTF-8 with a few broken bytes (cut short, or pasted from elsewhere), else None.

    `share` is how many of the characters beyond ASCII may be broken; a short text may have more of
    them, if whole ones are the rule. What was pasted is read as windows-1252, the rest as U+FFFD.
    """
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    beyond = "".join(re.findall(r"[^\x00-\x7f]+", text))
    good = len(beyond.replace("\ufffd", "").encode())
    if broken > share * len(beyond) and _WHOLE * broken > good:
        return None
    return data.decode("utf-8", _PASTED)


# The first characters of what UTF-8 looks like that was read as windows-1252: "Ã©", "â€™", "Ð°".
_DOUBLED = re.compile("[ÂÃÄÅÐÑÎÏ×Ø][\x80-\xff\u0152-\u2122]|â€|ã[\x80-\xff\u0152-\u2122]{2}")
_FEWEST_DOUBLED = 2


def undoubled(text: str) -> str:
    """A text that was UTF-8, read as windows-1252 and written as UTF-8 again, put right.

    Any other comes back as it is: every character beyond ASCII has to be part of such a slip, which
    no text that is meant so has.
    """
    if text.isascii() or len(_DOUBLED.findall(text, 0, _DETECT_BYTES)) < _FEWEST_DOUBLED:
        return text
    try:
        return "".join(map(_as_read, text)).encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text


def _as_read(character: str) -> str:
    """The byte that windows-1252 shows as a character, as latin-1 has it."""
    if character < "\x80" or "\x80" <= character <= "\xff":
        return character
    return character.encode("cp1252").decode("latin-1")


def _pasted(error: UnicodeError) -> tuple[str, int]:
    """What stands for a broken byte: one that begins or goes on with nothing was pasted."""
    assert isinstance(error, UnicodeDecodeError)
    alone = error.end - error.start == 1 and error.end < len(error.object)
    byte = error.object[error.start : error.end]
    return (byte.decode("cp1252", "replace") if alone else "\ufffd"), error.end


_PASTED = "onrecord-pasted"
codecs.register_error(_PASTED, _pasted)


def _detected(data: bytes, source: str) -> tuple[str, str]:
    import chardet  # only for what is not in UTF-8

    found = chardet.detect(data[:_DETECT_BYTES])
    name = found["encoding"]
    if name is None:
        raise _binary(source)
    encoding = codecs.lookup(name).name
    if encoding.startswith(("utf-16", "utf-32")):
        return _with(data, encoding), encoding
    if encoding in _MEANS_CP1252 or found["confidence"] < _SURE:
        encoding = "cp1252"
    try:
        return data.decode(encoding), encoding
    except UnicodeDecodeError:
        pass
    if encoding != "cp1252":
        return _with(data, encoding), encoding
    if b"\x00" in data:
        raise _binary(source)
    # Five bytes have no meaning in windows-1252; browsers read them as control characters.
    return data.decode("cp1252", "replace"), "cp1252"


def _binary(source: str) -> BinaryFile:
    return BinaryFile(source, "this is not text; give the page saved as text")
