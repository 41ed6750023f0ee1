"""Word lists from `data/`: what a TOML file holds as text becomes frozen sets, read once."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any


@cache
def load(name: str) -> dict[str, Any]:
    """The tables of `data/NAME.toml`."""
    path = resources.files("ingest.quotes") / "data" / f"{name}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


@cache
def words(name: str, table: str, key: str = "any") -> frozenset[str]:
    """The words of one list; a hyphen in a list stands for a space where the list is of phrases."""
    return frozenset(load(name)[table][key].split())


@cache
def table(name: str, section: str) -> frozenset[str]:
    """All words of a table, whatever their key."""
    return frozenset(word for key in load(name)[section] for word in words(name, section, key))
