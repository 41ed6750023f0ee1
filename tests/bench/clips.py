"""Clips that are added to and revised while they are taken in, and what each should be read as."""

from __future__ import annotations

import json
import os
import random
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from tests.bench.corpus import Corpus

# So many clips are made at most; all of them are in the common corpus, none a copy of another.
MOST = 3_000
_LINE = re.compile(r"^(?:added|revised|unchanged)\s+\S*?(\d{5})\.txt", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Clip:
    """One version of a clip: what the file says, and its paragraphs in order."""

    text: str
    paragraphs: tuple[str, ...]


class Clips:
    """The clips in a folder. What was told as stored, and as which version, is kept in a file
    beside it, for readers in other processes.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "clips"
        self.folder.mkdir(exist_ok=True)
        self.told = folder / "told"
        self.versions: dict[int, int] = {}
        self._told: dict[int, int] = {}

    @cached_property
    def _pages(self) -> list[str]:
        kept = self.told.with_name("pages.json")
        if not kept.exists():
            kept.write_text(json.dumps(list(Corpus().articles(MOST))))
        pages: list[str] = json.loads(kept.read_text())
        return pages

    @property
    def number(self) -> int:
        """How many there are."""
        return len(self.versions)

    def clip(self, serial: int, version: int) -> Clip:
        """What a clip says in one of its versions."""
        head, rest = self._pages[serial].split("\n\nShare this article")
        mark = f"This is what {mark_of(serial, version)} has to say, and no other says it."
        title, byline, day, *paragraphs = head.split("\n\n")
        text = "\n\n".join([title, byline, day, *paragraphs, mark])
        return Clip(f"{text}\n\nShare this article{rest}", (*paragraphs, mark))

    def add(self, number: int) -> None:
        """So many new ones."""
        for serial in range(self.number, min(self.number + number, MOST)):
            self._write(serial, 1)

    def change(self, chance: random.Random) -> None:
        """Some new ones, and some of those that were told as stored in another version."""
        self.add(chance.randint(5, 60))
        known = sorted(self._told)
        for serial in chance.sample(known, min(len(known), chance.randint(1, 40))):
            self._write(serial, self.versions[serial] + 1)

    def _write(self, serial: int, version: int) -> None:
        path = self.folder / f"{serial:05}.txt"
        part = path.with_suffix(".part")
        part.write_text(self.clip(serial, version).text, encoding="utf-8")
        os.replace(part, path)
        self.versions[serial] = version

    def written(self, serial: int) -> int:
        """Which version the file has by now, also where another process writes it."""
        text = (self.folder / f"{serial:05}.txt").read_text(encoding="utf-8")
        return max(int(version) for version in re.findall(rf"kw{serial}v(\d+)z", text))

    def stored(self, said: str) -> int:
        """Take note of what an ingest of the folder as it is said to have stored."""
        found = [int(serial) for serial in _LINE.findall(said)]
        self._told |= {serial: self.versions[serial] for serial in found}
        part = self.told.with_suffix(".part")
        part.write_text("".join(f"{s} {v}\n" for s, v in self._told.items()), encoding="utf-8")
        os.replace(part, self.told)
        return len(found)


def mark_of(serial: int, version: int) -> str:
    """A word that stands in one version of one clip."""
    return f"kw{serial}v{version}z"


def read_told(folder: Path) -> dict[int, int]:
    """What was told as stored by now: serial -> version."""
    path = folder / "told"
    if not path.exists():
        return {}
    lines = path.read_text(encoding="utf-8").splitlines()
    return {int(serial): int(version) for serial, version in map(str.split, lines)}
