"""Bylines: who wrote the article, for whom, and which agency it came from."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.names import SUFFIXES, is_agency, is_name, is_publisher, readable

_BY = re.compile(
    r"(?:(?:posted|written|reported|compiled|words|story|text|report|article|analysis|review|"
    r"column|commentary|opinion|interview|special report)\s+by\s+|(?:by|words|text|author|authors|"
    r"byline|writer|reporter|von|par|por|di|door|av|af|autor|autorka|autore|auteur|tekst|texte?|"
    r"автор|авторы|текст|szerző|yazar|kirjoittaja|συντάκτης|بقلم|كتب)\s*:\s*|(?:by|von|par|por)\s+|"
    r"(?:作者|记者|記者|文)\s*[:：／]\s*)",
    re.IGNORECASE,
)
_ROLE_WORDS = frozenset(
    "editor reporter correspondent writer columnist staff desk bureau chief contributor critic "
    "producer analyst fellow professor journalist reporters correspondents editors writers "
    "newsroom contributing freelance special senior deputy managing editorial intern "
    "commentator blogger stringer photographer anchor presenter host author chair director".split()
)
_SPLIT = re.compile(
    r"\s*[;|/]\s*|\s+[–—-]\s+(?=[A-Z])|\s*,\s*(?:and|&)\s+|\s*,\s*|\s+(?:and|&|und|et|y|og|och)\s+",
    re.I,
)
_FOR = re.compile(r"\s+(?:for|of|from|at|,)\s+(?=(?:the\s+)?[A-Z])")
_PLACE = re.compile(r"\s+in\s+[A-Z][\w’' .,-]{1,40}\Z")
_DESK_ENDS = re.compile(
    r"\s+(?:newsroom|staff|(?:news|city|web|sports?|metro|copy|foreign) ?(?:desk|staff|team)|team|"
    r"reporters?|staff (?:writers?|reports?|reporters?))\Z",
    re.IGNORECASE,
)
_LAST_DESK = re.compile(r"\s+(?:newsroom|staff|team|desk)\Z", re.IGNORECASE)
_SIGNED = re.compile(r"[—–-]{1,2}\s*(?P<who>[^\W\d_].{3,80})\Z")
_IN_BRACKETS = re.compile(r"\s*\((?P<agency>[A-Z]{2,5}|Reuters|Bloomberg)\)\Z")
_ADDRESS = re.compile(r"\s*[(<\[]\S+@\S+?[)>\]]?\Z")
_HANDLE = re.compile(r"[\s,|]+@\w{2,30}\Z")
_MOST = 200


# What a reporter covers, as in "City Hall reporter": no part of a name.
_BEATS = frozenset(
    "agriculture arts automotive business capitol city climate council county court courts crime "
    "culture education energy entertainment environment environmental features finance food "
    "foreign hall health home house housing labor labour legal local markets media medical metro "
    "money music national news parliamentary police political politics property religion rural "
    "science social sport sports state statehouse tech technology television theatre transport "
    "travel tv weather westminster world".split()
)


@dataclass(frozen=True, slots=True)
class Byline:
    """What a byline says. `text` has neither "By" nor roles; `authors` are people only."""

    text: str | None = None
    authors: tuple[str, ...] = ()
    agency: str | None = None
    publisher: str | None = None
    has_role: bool = False


def read_byline(line: str) -> Byline | None:
    """Read a line that says that it is a byline ("By ..."); None where it does not."""
    if len(line) > _MOST:
        return None
    sign = _BY.match(line)
    if sign is None:
        return None
    rest = line[sign.end() :]
    if not rest:
        return None
    stated = not sign.group().strip().lower().endswith("by") or " " in sign.group().strip()
    found = _read(rest, single=True)
    if found is not None:
        return found
    # "Posted by brasserie_bob": no name as names go, but the page says that it is the writer.
    if stated and len(rest) <= 60 and not rest.endswith("."):
        return Byline(rest, (rest,))
    return None


def read_bare_byline(line: str) -> Byline | None:
    """Read a line that could be a byline from its words alone: names, roles, a paper."""
    if len(line) > 120 or not line[0].isalpha() or line.endswith(("?", "!", ":")):
        return None
    return _read(line, single=False)


def together(first: Byline, second: Byline) -> Byline:
    """Two bylines on lines of their own as one."""
    authors = (*first.authors, *second.authors)
    return Byline(
        _listed(list(authors), ""),
        authors,
        first.agency or second.agency,
        first.publisher or second.publisher,
        first.has_role or second.has_role,
    )


def read_signature(line: str) -> Byline | None:
    """Read the signature under an article: a dash, a name, perhaps an agency."""
    found = _SIGNED.match(line)
    if found is None:
        return None
    return read_byline(found["who"]) or read_bare_byline(found["who"])


def _read(rest: str, *, single: bool) -> Byline | None:
    tribune = rest.endswith(" on")  # "Jane Doe, The Meridian Post on": the date went missing
    rest = _ADDRESS.sub("", rest.removesuffix(" on"))
    rest = _HANDLE.sub("", rest).strip(" ,|")
    if rest.endswith(".") and not re.search(r"(?:\b\w|\b[JS]r)\.\Z", rest, re.IGNORECASE):
        return None
    names: list[str] = []
    bodies: list[str] = []
    agency = publisher = None
    if wire := _IN_BRACKETS.search(rest):
        agency, rest = wire["agency"], rest[: wire.start()]
    has_role = False
    plain = True  # nothing but names
    for printed in _parts(rest):
        part, house = _without_house(printed if names else _without_role(printed))
        plain = plain and part == printed
        if house:
            agency, publisher = (house, publisher) if is_agency(house) else (agency, house)
            has_role = True
        if names and part.casefold() in SUFFIXES:
            names[-1] = f"{names[-1]}, {part}"
        elif is_publisher(_bare_body(part), loose=bool(names)):
            bodies.append(_bare_body(part))
            has_role = has_role or is_role(part)
        elif is_role(part):
            has_role = True
            agency = agency or _agency_in(part)
        elif is_name(part, single=single and not names):
            names.append(readable(part))
        elif _is_place(part, names):
            plain = False
        else:
            return None
    for body in bodies if names else bodies[1:]:
        if is_agency(body) and not tribune:
            agency = agency or body
        else:
            publisher = publisher or body
    if names:
        plain = plain and not bodies and not has_role
        text = _as_printed(rest) if plain else _listed(names, rest)
        return Byline(text, tuple(names), agency, publisher, has_role)
    if bodies:
        agency = agency or (bodies[0] if is_agency(bodies[0]) and not tribune else None)
        return Byline(bodies[0], (), agency, publisher, True)
    if single and has_role and is_role(rest):
        return Byline(rest, ())  # "By staff reporters"
    return None


def _parts(rest: str) -> list[str]:
    return [
        part
        for part in (
            piece.strip(" .") if piece.endswith(" .") else piece.strip()
            for piece in _SPLIT.split(rest)
        )
        if part
    ]


def _without_house(part: str) -> tuple[str, str | None]:
    """Part "Leland Strack of The Plainsman" into the name and the paper."""
    part = _PLACE.sub("", part)
    for found in _FOR.finditer(part):
        name, house = part[: found.start()], part[found.end() :]
        if is_name(name) and house[0].isupper():
            # "at Quarry Lane" is where the match was; a paper is known by its name.
            somewhere = found.group().split()[0] in ("at", "from")
            named = is_agency(house) or is_publisher(house, loose=not somewhere)
            return name, house if named or not somewhere else None
    return part, None


def _without_role(part: str) -> str:
    """Part "Jane Doe Reporter", as some papers print it, into the name alone."""
    words = part.split()
    for end in range(len(words) - 1, 1, -1):
        if all(_bare(word.casefold()) in _ROLE_WORDS for word in words[end:]):
            name = " ".join(words[:end])
            beat = any(word.casefold() in _BEATS for word in words[:end])
            return name if is_name(name) and not beat else part
    return part


def is_role(part: str) -> bool:
    """Whether words say what somebody does at a paper, rather than a name."""
    words = part.casefold().split()
    return len(words) <= 8 and any(_bare(word) in _ROLE_WORDS for word in words)


def _bare(word: str) -> str:
    return word.strip(".,").removesuffix("’s").removesuffix("'s")


def _agency_in(role: str) -> str | None:
    """The agency inside a role: "PA Political Correspondent"."""
    words = role.split()
    for end in range(min(3, len(words)), 0, -1):
        if is_agency(" ".join(words[:end])):
            return " ".join(words[:end])
    return None


def _bare_body(part: str) -> str:
    if part.startswith("the "):
        part = part[4:]
    # "Askerton News staff" are the staff of Askerton News, "Askerton news desk" are not.
    whole = _LAST_DESK.sub("", part)
    return whole if whole != part and is_publisher(whole) else _DESK_ENDS.sub("", part) or part


def _is_place(part: str, names: list[str]) -> bool:
    # "By Jane Doe, Paris": after a name, one or two words in capitals change nothing.
    return bool(names) and bool(re.fullmatch(r"(?:in )?[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+)?", part))


def _as_printed(rest: str) -> str:
    """A byline of nothing but names, names in capitals set for reading."""
    pieces = re.split(f"({_SPLIT.pattern})", rest, flags=re.IGNORECASE)
    return "".join(piece if number % 2 else readable(piece) for number, piece in enumerate(pieces))


def _listed(names: list[str], rest: str) -> str:
    if len(names) == 1:
        return names[0]
    last = " & " if " & " in rest else " and "
    return ", ".join(names[:-1]) + last + names[-1]
