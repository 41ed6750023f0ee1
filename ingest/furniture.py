"""Page furniture: the lines that a page puts around an article.

The patterns stand in `data/furniture.toml`, each group with its reason. Nothing is thrown away:
each line is kept with the reason, so that a person can see what was taken out.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Literal, cast

from ingest.sheet import Sheet
from ingest.units import Unit

Where = Literal["any", "edge", "head", "tail", "below"]
Takes = Literal["", "items", "rest", "before"]

# No line of furniture is longer; a longer one is not even asked.
_LONGEST = 330
_PARTS = re.compile(r"\s{2,}|\s*[|·•»]\s*|\s+/+\s+")
_CRUMBS = re.compile(r"\s+(?:>|»|›|/|::|→)\s+|(?<=\w)>(?=\w)")
_MAIL = re.compile(r"(?:from|to|message-id) ?: ?\S", re.IGNORECASE)
_CASED = "(?-i:"
_TO_SMALL = re.compile(r"(\\.)|[A-Z]")
_BARRED = re.compile(r"\s{2,}|\s*\|\s*|\s+[·•]\s+")


@dataclass(frozen=True, slots=True)
class Rule:
    """A group of patterns with one reason. See the head of `data/furniture.toml`."""

    reason: str
    where: Where
    takes: Takes


@lru_cache(maxsize=1)
def _rules() -> tuple[tuple[Rule, ...], tuple[list[str], ...]]:
    """The rules in the order in which they are asked, and the patterns of each."""
    text = files("ingest").joinpath("data/furniture.toml").read_text("utf-8")
    entries = tomllib.loads(text)["rule"]
    # A line that is furniture wherever it stands must not be found under a rule for the edges.
    entries.sort(key=lambda entry: entry["where"] != "any")
    rules = [
        Rule(entry["reason"], cast(Where, entry["where"]), cast(Takes, entry.get("takes", "")))
        for entry in entries
    ]
    return tuple(rules), tuple(entry["patterns"] for entry in entries)


@lru_cache(maxsize=1)
def _lowered() -> re.Pattern[str]:
    """All patterns for lines in small letters: to ignore case takes three times as long.

    The name of a group is the number of its rule, after an "s" where capitals count: of such a
    line the words are right, and whether the case is has still to be asked.
    """
    groups = []
    for number, patterns in enumerate(_rules()[1]):
        cased = [pattern for pattern in patterns if _CASED in pattern]
        free = [pattern for pattern in patterns if _CASED not in pattern]
        for name, some in (("r", free), ("s", cased)):
            if some:
                groups.append(f"(?P<{name}{number}>{'|'.join(map(_in_small, some))})")
    return re.compile("|".join(groups))


def _in_small(pattern: str) -> str:
    return _TO_SMALL.sub(lambda found: found[0] if found[1] else found[0].lower(), pattern).replace(
        _CASED, "(?:"
    )


@lru_cache(maxsize=1)
def _cased() -> re.Pattern[str]:
    """All patterns for lines as they are."""
    groups = [f"(?P<r{number}>{'|'.join(some)})" for number, some in enumerate(_rules()[1])]
    return re.compile("|".join(groups), re.IGNORECASE)


@lru_cache(maxsize=32_768)
def rule_for(line: str) -> Rule | None:
    """The rule that a whole line matches, if any."""
    if len(line) > _LONGEST:
        return None
    line = line.replace("'", "’")
    if (rule := _match(line)) is not None:
        return rule
    parts = [part for part in _PARTS.split(line) if part]
    if not 2 <= len(parts) <= 12:
        return None
    matched = [_match(part) for part in parts]
    return matched[0] if all(matched) else None


def _match(line: str) -> Rule | None:
    found = _lowered().fullmatch(line.lower())
    if found and found.lastgroup and found.lastgroup.startswith("s"):
        found = _cased().fullmatch(line)
    return _rules()[0][int(found.lastgroup[1:])] if found and found.lastgroup else None


def crumbs(line: str) -> list[str]:
    """The steps of a breadcrumb ("Home > Culture > Museums"); none where it is not one."""
    if len(line) > 120 or line[-1] in ".!?":
        return []
    steps = [step.strip() for step in _CRUMBS.split(line.strip(" >»›/"))]
    short = all(0 < len(step) <= 40 and step[0].isalnum() for step in steps)
    return steps if short and len(steps) >= 2 else []


def barred(line: str) -> list[str]:
    """The parts of a line that bars or wide gaps divide; one part where nothing does."""
    return [part for part in _BARRED.split(line) if part]


def mark_furniture(sheet: Sheet) -> None:
    """Find what the patterns know, and what those lines take with them."""
    first, last = sheet.core()
    known: list[tuple[int, Rule]] = []
    mail = any(_MAIL.match(unit.text) for unit in sheet.units[:first][:20])
    for index in list(sheet.open()):
        unit = sheet.units[index]
        rule = _rule_of(unit)
        if rule and rule.reason == "mail header" and not mail:
            continue
        if rule is None or not _applies(rule, index, first, last):
            continue
        sheet.discard(index, rule.reason)
        known.append((index, rule))
    last = sheet.last_prose()
    for index, rule in known:
        if rule.takes == "items":
            _take_items(sheet, index, rule.reason, tail=index > last)
    forwards = [index for index, rule in known if rule.takes == "before"]
    for above in list(sheet.open(0, forwards[-1] if forwards else 0)):
        sheet.discard(above, "above a forwarded message")
    _take_comments(sheet, [(index, rule) for index, rule in known if rule.takes == "rest"])


def _rule_of(unit: Unit) -> Rule | None:
    if len(unit.lines) > 3 or len(unit.text) > _LONGEST:
        return None
    return rule_for(unit.lines[0].text if len(unit.lines) == 1 else unit.text)


def _applies(rule: Rule, index: int, first: int, last: int) -> bool:
    if rule.where == "any":
        return True
    if rule.where == "below":
        return index > first
    above, below = index < first, index > last
    return above if rule.where == "head" else below if rule.where == "tail" else above or below


def _take_items(sheet: Sheet, header: int, reason: str, *, tail: bool) -> None:
    """The links below a header: the lines that follow at once; bulleted ones after a gap too."""
    for index in range(header + 1, len(sheet)):
        unit = sheet.units[index]
        role = sheet.roles[index]
        if role == "furniture":
            if index > header + 1 and (rule := _rule_of(unit)) and rule.takes:
                return
            continue
        if role is not None or not _is_item(unit):
            return
        if unit.blank_before and not tail and not (unit.bullet and _bulleted_list(sheet, index)):
            return
        if tail and _heads_prose(sheet, index):
            return
        sheet.discard(index, reason)


def _is_item(unit: Unit) -> bool:
    if len(unit.text) > 160:
        return False
    return not unit.is_prose or bool(re.match(r"\d{1,2}[.)]?\s", unit.text))


def _bulleted_list(sheet: Sheet, index: int) -> bool:
    # A list right under the header, before which no paragraph stands.
    return sheet.roles[index - 1] == "furniture"


def _heads_prose(sheet: Sheet, index: int) -> bool:
    return (
        index + 1 < len(sheet)
        and sheet.units[index + 1].is_prose
        and (sheet.roles[index + 1] is None)
    )


_FEW_COMMENTS = 300  # characters of running text that need no further sign of being comments
_COMMENT_SIGNS = re.compile(
    r"\b(?:reply|replies|likes?|recommend|report abuse|flag|permalink|\d+ (?:minutes?|hours?|days?|"
    r"weeks?|months?|years?) ago|log ?in to|says:|wrote:|posted (?:by|at|on)|upvote|newest|oldest|"
    r"load more|comment)\b|^[\w.-]{2,30}: \S|^[a-z]+[\w.]*[_\d]\w*\b",
    re.IGNORECASE,
)


def _take_comments(sheet: Sheet, headers: list[tuple[int, Rule]]) -> None:
    """The comments under a header, whole sentences too; not where the article still goes on."""
    if not headers:
        return
    prose, signs, units = [0], [0], [0]  # how much there is above each unit
    for unit, role in zip(sheet.units, sheet.roles, strict=True):
        free = role is None
        prose.append(prose[-1] + (len(unit.text) if free and unit.is_prose else 0))
        signs.append(signs[-1] + (free and bool(_COMMENT_SIGNS.search(unit.text[:200]))))
        units.append(units[-1] + free)
    for header, rule in headers:
        below = prose[-1] - prose[header]
        if prose[header] == 0 or below > prose[header]:
            continue
        signed = signs[-1] - signs[header] >= max(2, (units[-1] - units[header]) // 8)
        if below <= _FEW_COMMENTS or signed:
            for index in list(sheet.open(header + 1)):
                sheet.discard(index, rule.reason)
            return
