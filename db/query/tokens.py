"""What was typed, cut into words, phrases, operators and fields."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from db.fold import words_of
from db.query.dates import day

# FTS5 gives up on expressions deeper than 256; sixty words are more than anybody means.
MAX_TERMS = 60
MAX_CHARACTERS = 4_000
MAX_DISTANCE = 1_000
# Between words of which nothing says how near: about two lines of a newspaper column.
USUAL_DISTANCE = 10

_FIELDS = "title|byline|publisher|speaker|said|cue|para"
_LIMITS = "kind|before|after|on|has|url"
# What other programs call them, and people who have not read how to search here.
_MEANS = {
    "author": "byline", "writer": "byline", "headline": "title", "paper": "publisher",
    "newspaper": "publisher", "source": "publisher", "outlet": "publisher", "date": "on",
    "year": "on", "since": "after", "site": "url", "address": "url",
}  # fmt: skip
_ALL_FIELDS = "|".join([_FIELDS, *(n for n, own in _MEANS.items() if own in _FIELDS.split("|"))])
_ALL_LIMITS = "|".join([_LIMITS, *(n for n, own in _MEANS.items() if own in _LIMITS.split("|"))])
_NAMES = frozenset(f"{_ALL_FIELDS}|{_ALL_LIMITS}".split("|"))
_FIELD_LIST = ", ".join(f"{_FIELDS}|{_LIMITS}".split("|"))
# Not an address: "https://...".
_LIKE_A_FIELD = re.compile(r"(?P<name>[a-z]{2,12}):(?!//)", re.IGNORECASE)
_STAR_ELSEWHERE = re.compile(r"\*(?=\w)")
_KINDS = {"direct", "mixed", "indirect", "other"}
_THINGS = {"quote": "quote", "quotes": "quote", "date": "date"}
# With brackets only in pairs: what is asked for may stand in brackets itself.
_ADDRESS = r"""[^\s()"]+(?:\([^\s()"]*\)[^\s()"]*)*"""
_HOST = r"(?:[\w-]+\.)+[A-Za-z]{2,}"
_TOKEN = re.compile(
    rf"""
      (?P<open>\() | (?P<close>\))
    | (?P<minus>(?<![^\s(])-(?=[^\s\-)]))
    | "(?P<phrase>[^"]*)(?:"|$)(?P<star>\*?)
    | (?P<near>(?:NEAR|(?i:NEAR|PRE)/(?P<distance>\d{{1,6}}))(?=[\s()"]|$))
    | (?P<operator>(?:AND|OR|NOT)(?=[\s()]|$))
    | (?P<field>(?<![^\s(\-])(?i:{_ALL_FIELDS})):(?=[^\s):])
    | (?P<limit>(?<![^\s(\-])(?i:{_ALL_LIMITS})):(?!//)
      (?:"?(?P<value>[^\s()":]+)"?(?=[\s()]|$)|(?P<where>{_ADDRESS}))
    | (?P<address>(?<![^\s(\-])(?:(?i:https?://)|(?i:www\.)(?=\w)|{_HOST}/){_ADDRESS})
    | (?P<word>[^\s()"]+)
    """,
    re.VERBOSE,
)
_MARKS = str.maketrans({
    "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‟": '"', "＂": '"', "\0": " ",
    "−": "-", "‐": "-", "‑": "-",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Token:
    """`kind` is "term", "(", ")", "minus", "AND", "OR", "NOT", "NEAR", "field",
    "limit" or "address".

    `text` holds the words, or the field's name; `value` what a limit is set to.
    """

    kind: str
    text: str = ""
    prefix: bool = False
    distance: int = USUAL_DISTANCE
    ordered: bool = False
    value: str = ""


@dataclass(frozen=True, slots=True)
class Typed:
    """The tokens, and what a person should know about how they were read."""

    tokens: tuple[Token, ...]
    notes: tuple[str, ...]


def tokens_of(typed: str) -> Typed:
    """Cut up whatever was typed; never raises."""
    notes = []
    if len(typed) > MAX_CHARACTERS:
        notes.append(f"only the first {MAX_CHARACTERS} characters are read")
    typed = re.sub("[\ud800-\udfff]", " ", typed[:MAX_CHARACTERS].translate(_MARKS))
    found: list[Token] = []
    terms = 0
    for match in _TOKEN.finditer(typed):
        for token in _token(match, notes):
            terms += token.kind == "term"
            if token.kind != "term" or terms <= MAX_TERMS:
                found.append(token)
    if terms > MAX_TERMS:
        notes.append(f"only the first {MAX_TERMS} words are looked for")
    return Typed(tuple(found), tuple(notes))


def _token(match: re.Match[str], notes: list[str]) -> list[Token]:
    whole = match.group()
    if match["open"] or match["close"]:
        return [Token(whole)]
    if match["minus"]:
        return [Token("minus")]
    if match["operator"]:
        return [Token(whole, whole)]
    if match["near"]:
        distance = min(int(match["distance"] or USUAL_DISTANCE), MAX_DISTANCE)
        ordered = whole[0] in "Pp"
        return [Token("NEAR", whole, distance=distance, ordered=ordered)]
    if match["field"]:
        name = match["field"].lower()
        return [Token("field", _MEANS.get(name, name))]
    if match["address"]:
        return [Token("address", whole, value=whole.rstrip(".,;"))]
    if match["limit"]:
        name, value = match["limit"].lower(), match["value"] or match["where"]
        name = _MEANS.get(name, name)
        read = _limit(name, value)
        if read is not None:
            return [Token("limit", name, value=read)]
        notes.append(f"“{name}:{value}” is taken as words: {_WANTED[name]}")
        return [Token("term", text) for text in (name, value) if words_of(text)]
    if match["word"]:
        notes += _not_read(match["word"])
    text = match["phrase"] if match["phrase"] is not None else match["word"]
    prefix = bool(match["star"]) or text.rstrip().endswith("*")
    return [Token("term", text.strip("* \t\r\n"), prefix)] if words_of(text) else []


def _not_read(word: str) -> Iterator[str]:
    """What in a word looks like more than a word, and is none."""
    if begins := _LIKE_A_FIELD.match(word):
        name, is_last = begins["name"], begins.end() == len(word)
        if name.lower() in _NAMES and is_last:
            yield f"“{name}:” is taken as a word: what is looked for stands right behind the colon"
        elif name.lower() not in _NAMES and not is_last:
            yield f"“{name}:” is no field, and is taken as a word; fields are {_FIELD_LIST}"
    if _STAR_ELSEWHERE.search(word):
        yield f"“{word}” is taken without its *, which stands for the rest of a word at its end"


_DATE = "a date is a year, month or day, like 2023, 2023-05 or 2023-05-17"
_WANTED = {
    "kind": "a quotation is direct, mixed, indirect or other",
    "has": "what can be asked for is has:quote or has:date",
    "before": _DATE,
    "after": _DATE,
    "on": _DATE,
    "url": "an address is like example.org/news/ferry",
}


def _limit(name: str, value: str) -> str | None:
    if name == "kind":
        return value.lower() if value.lower() in _KINDS else None
    if name == "url":
        return value if "." in value else None
    if name == "has":
        return _THINGS.get(value.lower())
    return day(value)
