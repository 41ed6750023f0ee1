"""Who wrote a record of a data set, however its column lists the names."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass

from ingest.byline import read_byline
from ingest.names import PARTICLES, SUFFIXES, is_name, readable

_LIST = re.compile(r"\s*[\[(].*[\])]\s*", re.DOTALL)
_MOST = 500  # characters


@dataclass(frozen=True, slots=True)
class Writers:
    """The line as a reader wants it, and the names one by one."""

    line: str
    names: tuple[str, ...]


def writers(said: str | list[str]) -> Writers | None:
    """The writers in a cell or a list of cells; None where it names nobody.

    "Ann Lee and Bo Ruth", "Lee, Ann; Ruth, Bo" and "['Ann Lee', 'Bo Ruth']", as data frames write
    lists, are understood. A number is an account's, and no name.
    """
    if isinstance(said, str) and (listed := _literal(said)) is not None:
        said = listed
    if isinstance(said, list):
        names = tuple(
            name for one in said if (name := _turned(_tidy(one))) and not _is_number(name)
        )
        return Writers(", ".join(names)[:_MOST], names) if names else None
    line = _tidy(said)
    if not line or _is_number(line):
        return None
    if (turned := _turned_list(line)) is not None:
        return Writers(", ".join(turned), turned)
    read = read_byline(line if line.lower().startswith("by ") else f"By {line}")
    authors = read.authors if read else ()
    return Writers((read and read.text) or line, authors or (line,))


def _literal(cell: str) -> list[str] | None:
    if not _LIST.fullmatch(cell):
        return None
    try:
        found = ast.literal_eval(cell.strip())
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return None
    if isinstance(found, list | tuple) and all(isinstance(one, str) for one in found):
        return list(found)
    return None


def _tidy(said: str) -> str:
    return " ".join(said.split())[:_MOST]


def _is_number(name: str) -> bool:
    return not any(character.isalpha() for character in name)


def _turned_list(line: str) -> tuple[str, ...] | None:
    """The names of a line that has surnames first; None where it does not."""
    pieces = [piece.strip() for piece in re.split(r";|\s+\|\s+", line) if piece.strip()]
    turned = tuple(map(_turned, pieces))
    return turned if pieces and any(a != b for a, b in zip(pieces, turned, strict=True)) else None


def _turned(name: str) -> str:
    """The name of "Marsh, Bill" as "Bill Marsh"; any other as it is."""
    last, comma, first = (part.strip() for part in name.partition(","))
    if not comma or "," in first or first.casefold() in SUFFIXES or " and " in f" {first} ":
        return readable(name)
    # "Ann Lee, Bo Ruth" are two people: a surname is one word, but for particles.
    surname = [word for word in last.split() if word.casefold() not in PARTICLES]
    if len(surname) == 1 and len(first.split()) <= 3 and is_name(f"{first} {last}"):
        return f"{readable(first)} {readable(last)}"
    return readable(name)
