"""Where a form writes, and what it sent."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from db.archive import Archive
from db.errors import CannotCorrect
from db.notebook import Notebook, notebook_path
from db.shards.held import Held
from db.shards.ids import parted
from db.shards.reading import held_at
from db.shards.routing import file_of
from db.shards.things import article_thing, person_thing, thing_called
from db.things import Thing

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
    """The archive at `path`, its shards opened for writing where needed, and its notebook.

    `held` is the archive to read: one file, or all shards of a folder.
    """

    def __init__(self, path: Path, held: Held, stack: ExitStack) -> None:
        self.path = path
        self.held = held
        self._stack = stack
        self._book: Notebook | None = None

    def archive_with(self, number: int) -> tuple[Archive, int, int]:
        """The archive that has a row, open for writing; the row's number in it; its shard's.

        Raises ArchiveError where there is none.
        """
        path, local = file_of(self.path, number)
        shard = 0 if path == self.path else parted(number)[0]
        return self._stack.enter_context(Archive.open(path, create=False)), local, shard

    @property
    def book(self) -> Notebook:
        """The notebook, made once it is needed."""
        if self._book is None:
            book = Notebook.open(notebook_path(self.path), self.held)
            self._book = self._stack.enter_context(book)
        return self._book

    def thing(self, sent: Sent) -> Thing:
        """What the form is about: "12", "12#3" or "person:Ann Lee". Raises CannotCorrect."""
        return meant(self.held, sent.text("thing"))


def meant(held: Held, typed: str) -> Thing:
    """The thing that a form names. Raises CannotCorrect where it is not there."""
    if typed.startswith(_PERSON):
        return person_thing(held, typed.removeprefix(_PERSON))
    if typed.isascii() and typed.isdigit():
        return article_thing(held, min(int(typed), _MOST))
    return thing_called(held, typed)


@contextmanager
def opened(path: Path) -> Iterator[Desk]:
    """A desk for the archive at `path`. Raises ArchiveError."""
    with ExitStack() as stack:
        held = stack.enter_context(held_at(path))
        yield Desk(path, held, stack)
