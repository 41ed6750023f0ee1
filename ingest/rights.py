"""The rights line: who holds the rights, since when, and who passed the article on."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.dates import iter_years

_YEARS = r"(?:\d{4}(?:\s*[-–/,&]\s*(?:\d{4}|\d\d))*)"
_SIGN = r"(?:©|\(c\)|copyright|copr\.)"
_RIGHTS = re.compile(
    rf"\W{{0,4}}(?:(?:all )?(?:contents?|text|story|article|page|site|material)s? )?"
    rf"{_SIGN}(?:\s*(?:{_SIGN}|by|of|:|notice|-|–))*\W*",
    re.IGNORECASE,
)
_RESERVED = re.compile(r"all rights (?:are )?reserved", re.IGNORECASE)

# What may follow the rights line on lines of its own and belongs to it.
_GOES_ON = re.compile(
    r"all rights reserved|(?:this|the) (?:material|content|article|story|work|document) (?:may|is|"
    r"cannot|must)\b|no part of (?:this|it|the)\b|reproduction (?:in|of|is|without)|"
    r"(?:any )?(?:use|republication|redistribution|copying) (?:of|is|or)\b|"
    r"(?:may )?not be (?:published|reproduced|broadcast|copied)",
    re.IGNORECASE,
)
_HOLDER_ENDS = re.compile(
    r"[,.;:]?\s*(?:\b(?:all rights|visit\b|distributed\b|syndicated\b|provided\b|this (?:material|"
    r"article|story|content)|the content|no part|reproduction|republication|use of|reproduced|used "
    r"(?:with|by)|terms of|privacy|may not|not for|powered|published by|licensed|reprinted|"
    r"subject to|registered|contact|material)|\s[–—-]\s|[|•·(;]|https?:|www\.)",
    re.IGNORECASE,
)
_NAME_FIRST = re.compile(
    rf"(?P<name>[^\W\d_][^.!?©]{{2,60}}?)[,\s]+(?:©|\(c\))\s*{_YEARS}"
    r"(?:\.|[.,]? all rights reserved\.?)?",
    re.IGNORECASE,
)
_LONGEST = 1500  # characters
_SENTENCE_ENDS = re.compile(r"\.\s+(?=[A-Z“\"])")
_ABBREVIATION = re.compile(
    r"(?:\b(?:inc|co|ltd|corp|bros|st|cos|ehf|hf|pvt|s\.a|a\.g|plc|pty|llc)|\b\w)\.?\Z", re.I
)
_VISIT = re.compile(r"\s*\bVisit\b(?:(?!\bDistributed\b|\bSyndicated\b).)*")
_DISTRIBUTED = re.compile(
    r"\b(?:Distributed|Syndicated|Provided)(?: exclusively)? (?:by|through|via) (?P<name>\S.*)",
)
_NAME_ENDS = re.compile(r"[.;|]\s+(?=[A-Z])|\s+(?:Visit\b|©|All rights)|[|;]")


@dataclass(frozen=True, slots=True)
class Rights:
    """What a rights line says. `year` is there where it names exactly one."""

    text: str | None = None
    holder: str | None = None
    year: str | None = None
    distributor: str | None = None


def goes_on(line: str) -> bool:
    """Whether a line continues the rights line above it."""
    return _GOES_ON.match(line) is not None


def read_rights(line: str) -> Rights | None:
    """Read a rights line, or one that names a distributor; None where the line is neither."""
    if len(line) > _LONGEST:
        return None
    passed_on = _DISTRIBUTED.search(line[:600]) if "ed " in line else None
    if not _is_rights(line):
        alone = passed_on is not None and passed_on.start() == 0 and len(line) <= 120
        return Rights(distributor=_distributor(line)) if alone else None
    text = line[: passed_on.start()] if passed_on else line
    text = _VISIT.sub("", text).strip()
    years = list(dict.fromkeys(iter_years(text[:160])))
    return Rights(
        text=text or None,
        holder=_holder(text),
        year=years[0] if len(years) == 1 else None,
        distributor=_distributor(line) if passed_on else None,
    )


def _is_rights(line: str) -> bool:
    sign = _RIGHTS.match(line)
    if sign is None and _NAME_FIRST.fullmatch(line):
        return True
    if sign is None:
        return bool(_RESERVED.search(line[:60])) and len(line) <= 300
    rest = line[sign.end() :]
    dated = next(iter_years(rest[:140]), None) is not None
    # "Copyright law was changed in 2018" is a sentence.
    named = rest[:1].isupper() or rest[:1].isdigit() or "©" in sign.group()
    return named and (dated or bool(_RESERVED.search(rest)))


# Where the holder lives, as newsletters have to say: ", 4 Quay Street, Skar".
_POSTAL = re.compile(r",?\s+(?:\d{1,5}\w?\s+(?:[A-Z][\w’'.-]*\s+){1,3}(?:Street|St|Road|Rd|Avenue|"
                     r"Ave|Lane|Square|Way|Drive|Boulevard|Blvd|Place|Court|Quay|Row)\b|P\.?\s?O\.?\s"
                     r"Box\b).*\Z")  # fmt: skip


def _holder(text: str) -> str | None:
    if first := _NAME_FIRST.fullmatch(text):
        return first["name"]
    sign = _RIGHTS.match(text)
    rest = text[sign.end() :] if sign else _RESERVED.sub("", text).strip(" .,-–|")
    rest = re.sub(rf"\A{_YEARS}\s*[,.:|–—-]?\s*(?:by\s+)?", "", rest)
    rest = re.sub(rf"\A(?:\s*{_SIGN}\s*)+", "", rest, flags=re.IGNORECASE)
    rest = re.sub(rf"(?<=\S)[,\s]+{_YEARS}(?=\W|\Z).*\Z", "", rest)
    rest = _POSTAL.sub("", rest)
    if end := _HOLDER_ENDS.search(rest):
        rest = rest[: end.start()]
    for end in _SENTENCE_ENDS.finditer(rest):
        if not _ABBREVIATION.search(rest[: end.start()]):
            rest = rest[: end.start()]
            break
    rest = rest.strip(" ,;:–—-|")
    if rest.endswith(".") and not _ABBREVIATION.search(rest[:-1]):
        rest = rest[:-1]
    return rest if 1 < len(rest) <= 100 else None


def _distributor(line: str) -> str | None:
    found = _DISTRIBUTED.search(line)
    if found is None:
        return None
    name = found["name"]
    if end := _NAME_ENDS.search(name):
        name = name[: end.start()]
    name = name.strip(" ,;")
    if name.endswith(".") and not re.search(r"\.\w\.\Z", name):
        name = name[:-1]
    return name or None
