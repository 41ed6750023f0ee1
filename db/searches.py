"""Saved searches: what was typed, under a name, and when somebody last looked."""

from __future__ import annotations

from dataclasses import dataclass

from db.clock import now
from db.errors import CannotCorrect
from db.notebook import Notebook
from ingest.fingerprint import fold


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A search. `looked` is when its hits were last looked at (UTC), None for never."""

    name: str
    typed: str
    scope: str
    saved: str
    looked: str | None


def save(book: Notebook, name: str, typed: str, scope: str = "everything") -> None:
    """Keep a search under a name; one that has the name already is replaced."""
    if not _folded(name) or not typed.strip():
        raise CannotCorrect("a saved search needs a name, and words to search for")
    with book.writing() as conn:
        conn.execute(
            "INSERT INTO searches (name, folded, typed, scope, saved) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT (folded) DO UPDATE SET name = excluded.name, typed = excluded.typed,"
            " scope = excluded.scope, saved = excluded.saved, looked = NULL",
            [" ".join(name.split()), _folded(name), typed.strip(), scope, now()],
        )


def searches(book: Notebook) -> list[SavedSearch]:
    """Every saved search, in the order of the alphabet."""
    rows = book.conn.execute(
        "SELECT name, typed, scope, saved, looked FROM searches ORDER BY folded"
    )
    return [SavedSearch(*row) for row in rows]


def look(book: Notebook, name: str) -> SavedSearch:
    """The search of this name as it was before; notes that its hits are looked at now.

    Raises CannotCorrect where there is none.
    """
    found = next((s for s in searches(book) if _folded(s.name) == _folded(name)), None)
    if found is None:
        raise CannotCorrect(f'there is no saved search "{name}"')
    with book.writing() as conn:
        conn.execute("UPDATE searches SET looked = ? WHERE folded = ?", [now(), _folded(name)])
    return found


def forget(book: Notebook, name: str) -> None:
    """Drop a saved search."""
    with book.writing() as conn:
        done = conn.execute("DELETE FROM searches WHERE folded = ?", [_folded(name)])
        if not done.rowcount:
            raise CannotCorrect(f'there is no saved search "{name}"')


def _folded(name: str) -> str:
    # A sign alone is a name too.
    return fold(name) or name.strip()
