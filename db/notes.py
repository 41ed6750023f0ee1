"""Notes: written on an article, a quotation or a person, and searched as the archive is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from db.clock import now
from db.errors import CannotCorrect
from db.keys import MOST
from db.notebook import THING, Notebook, thing_of
from db.query import to_match
from db.shards.things import article_thing, person_thing
from db.shelves import lists_of, tags_of
from db.things import Place, Thing

_NOTES = (
    f"SELECT notes.id, notes.text, notes.made, notes.changed, {THING}"
    " FROM notes JOIN things ON things.id = notes.thing_id"
)


@dataclass(frozen=True, slots=True)
class Note:
    """A note on a thing. `made` and `changed` are UTC times."""

    id: int
    text: str
    made: str
    changed: str
    thing: Thing


@dataclass(frozen=True, slots=True)
class About:
    """All that the notebook says of one thing. `place` is where the archive has it now."""

    thing: Thing
    place: Place
    notes: tuple[Note, ...]
    tags: tuple[str, ...]
    lists: tuple[str, ...]


def write(book: Notebook, thing: Thing, text: str) -> int:
    """Write a note on a thing. Returns the note's number."""
    with book.writing() as conn:
        made = conn.execute(
            "INSERT INTO notes (thing_id, text, made, changed) VALUES (?, ?, ?, ?)",
            [book.keep(thing), _words(text), now(), now()],
        ).lastrowid
    assert made is not None
    return made


def rewrite(book: Notebook, note_id: int, text: str) -> None:
    """Put other words in a note's place."""
    _must(note_id <= MOST, note_id)
    with book.writing() as conn:
        done = conn.execute(
            "UPDATE notes SET text = ?, changed = ? WHERE id = ?", [_words(text), now(), note_id]
        )
        _must(done.rowcount == 1, note_id)


def tear_out(book: Notebook, note_id: int) -> None:
    """Take a note out for good."""
    _must(note_id <= MOST, note_id)
    with book.writing() as conn:
        _must(conn.execute("DELETE FROM notes WHERE id = ?", [note_id]).rowcount == 1, note_id)


def notes(book: Notebook, thing: Thing | None = None) -> list[Note]:
    """The notes on a thing, oldest first; all of them without one."""
    if thing is None:
        return list(_notes(book, "ORDER BY notes.id"))
    return [note for row in book.rows_of(thing) for note in _of_row(book, row)]


def search_notes(book: Notebook, typed: str, limit: int = 20) -> list[Note]:
    """The notes that hold what was typed, best first. Takes whatever is typed, as search does."""
    match = to_match(typed)
    if not match:
        return []
    found = (
        "JOIN notes_fts ON notes_fts.rowid = notes.id WHERE notes_fts MATCH ?"
        " ORDER BY bm25(notes_fts), notes.id LIMIT ?"
    )
    return list(_notes(book, found, match, limit))


def about(book: Notebook, article_id: int) -> list[About]:
    """All that is written of an article and of its quotations, in the order of reading."""
    found: dict[Place, Thing] = {}
    rows: dict[Place, list[int]] = {}
    for row, thing in book.known(article_thing(book.held, article_id)):
        place = book.find(thing)
        if place is not None and place.article_id == article_id:
            found.setdefault(place, thing)
            rows.setdefault(place, []).append(row)
    ordered = sorted(found, key=lambda place: place.position or 0)
    return [_about(book, found[place], place, rows[place]) for place in ordered]


def about_person(book: Notebook, name: str) -> About:
    """All that is written of a person. Raises CannotCorrect where nobody is quoted by the name."""
    thing = person_thing(book.held, name)
    place = book.find(thing)
    assert place is not None
    return _about(book, thing, place, book.rows_of(thing))


def _about(book: Notebook, thing: Thing, place: Place, rows: list[int]) -> About:
    return About(
        thing,
        place,
        tuple(note for row in rows for note in _of_row(book, row)),
        tuple(dict.fromkeys(tag for row in rows for tag in tags_of(book, row))),
        tuple(dict.fromkeys(name for row in rows for name in lists_of(book, row))),
    )


def _of_row(book: Notebook, row: int) -> Iterator[Note]:
    return _notes(book, "WHERE thing_id = ? ORDER BY notes.id", row)


def _notes(book: Notebook, rest: str, *values: Any) -> Iterator[Note]:
    for note_id, text, made, changed, *thing in book.conn.execute(f"{_NOTES} {rest}", values):
        yield Note(note_id, text, made, changed, thing_of(thing))


def _words(text: str) -> str:
    if not text.strip():
        raise CannotCorrect("a note has to say something")
    return text.strip()


def _must(known: bool, note_id: int) -> None:
    if not known:
        raise CannotCorrect(f"there is no note {note_id}; see: onrecord note")
