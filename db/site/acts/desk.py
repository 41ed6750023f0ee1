"""Where a form writes, and what it sent."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from db.archive import Archive
from db.errors import CannotCorrect
from db.notebook import Notebook, notebook_path
from db.things import Thing, article_thing, person_thing, thing_called

# In a form a person is "person:Ann Lee", for somebody may be called "12".
_PERSON = "person:"
_MOST = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Done:
    """What was done, in a line, and the page to show it on; None for the one the form is on."""

    message: str
    to: str | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """The fields of a form."""

    values: dict[str, str]

    def text(self, name: str) -> str:
        """A field without white space around it; "" where it is missing."""
        return self.values.get(name, "").strip()

    def number(self, name: str) -> int:
        """A number from 1. Raises CannotCorrect."""
        value = self.text(name)
        if not (value.isascii() and value.isdigit()):
            raise CannotCorrect(f'"{value}" is no number')
        return min(int(value), _MOST)

    def has(self, name: str) -> bool:
        """Whether a box was ticked or a button of this name pressed."""
        return bool(self.text(name))


class Desk:
    """The archive, open for writing, and its notebook, made once it is needed."""

    def __init__(self, archive: Archive, notebook: Callable[[], Notebook]) -> None:
        self.archive = archive
        self._notebook = notebook
        self._book: Notebook | None = None

    @property
    def conn(self) -> sqlite3.Connection:
        """For reading the archive."""
        conn: sqlite3.Connection = self.archive.db.conn
        return conn

    @property
    def book(self) -> Notebook:
        """The notebook."""
        self._book = self._book or self._notebook()
        return self._book

    def thing(self, sent: Sent) -> Thing:
        """What the form is about: "12", "12#3" or "person:Ann Lee". Raises CannotCorrect."""
        return meant(self.conn, sent.text("thing"))


def meant(conn: sqlite3.Connection, typed: str) -> Thing:
    """The thing that a form names. Raises CannotCorrect where it is not there."""
    if typed.startswith(_PERSON):
        return person_thing(conn, typed.removeprefix(_PERSON))
    if typed.isascii() and typed.isdigit():
        return article_thing(conn, min(int(typed), _MOST))
    return thing_called(conn, typed)


@contextmanager
def opened(path: Path) -> Iterator[Desk]:
    """A desk for the archive at `path`. Raises ArchiveError."""
    with ExitStack() as stack:
        archive = stack.enter_context(Archive.open(path, create=False))

        def notebook() -> Notebook:
            book = Notebook.open(notebook_path(path), archive.db.conn)
            return stack.enter_context(book)

        yield Desk(archive, notebook)
