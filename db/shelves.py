"""Tags and lists: what belongs together. A list is in order, a tag is not."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import Literal

from db.clock import now
from db.errors import CannotCorrect
from db.notebook import THING, Notebook, thing_of
from db.things import Thing
from ingest.fingerprint import fold

_Shelf = Literal["tags", "lists"]
_ON = {"tags": ("tagged", "tag_id"), "lists": ("listed", "list_id")}


def tag(book: Notebook, name: str, things: Iterable[Thing]) -> int:
    """Give the things a tag. Returns how many had it not yet. Case and accents do not count."""
    with book.writing() as conn:
        tag_id = _shelf(conn, "tags", name, make=True)
        return sum(
            conn.execute(
                "INSERT OR IGNORE INTO tagged (tag_id, thing_id, made) VALUES (?, ?, ?)",
                [tag_id, book.keep(thing), now()],
            ).rowcount
            for thing in things
        )


def untag(book: Notebook, name: str, things: Iterable[Thing]) -> int:
    """Take a tag off the things. Returns how many had it. A tag that nothing has is gone."""
    return _take_off(book, "tags", name, things)


def enlist(book: Notebook, name: str, things: Iterable[Thing]) -> int:
    """Put the things at the end of a list, which is made where there is none.

    Returns how many were not on it; what is on it already stays where it is.
    """
    with book.writing() as conn:
        list_id = _shelf(conn, "lists", name, make=True)
        (last,) = conn.execute(
            "SELECT coalesce(max(position), 0) FROM listed WHERE list_id = ?", [list_id]
        ).fetchone()
        number = 0
        for thing in things:
            number += conn.execute(
                "INSERT OR IGNORE INTO listed (list_id, thing_id, position) VALUES (?, ?, ?)",
                [list_id, book.keep(thing), last + number + 1],
            ).rowcount
        return number


def take_off(book: Notebook, name: str, things: Iterable[Thing]) -> int:
    """Take the things off a list. Returns how many were on it. An empty list is gone."""
    return _take_off(book, "lists", name, things)


def move(book: Notebook, name: str, thing: Thing, position: int) -> None:
    """Put a thing of a list at `position`, from 1; the others make room."""
    with book.writing() as conn:
        list_id = _shelf(conn, "lists", name)
        order = _rows(conn, list_id)
        row = next((row for row in book.rows_of(thing) if row in order), None)
        if row is None:
            raise CannotCorrect(f'"{thing}" is not on the list "{name}"')
        order.remove(row)
        order.insert(max(position - 1, 0), row)
        _number(conn, list_id, order)


def tags(book: Notebook) -> list[tuple[str, int]]:
    """Every tag with how many things have it, in the order of the alphabet."""
    return _counts(book, "tags")


def lists(book: Notebook) -> list[tuple[str, int]]:
    """Every list with how many things are on it, in the order of the alphabet."""
    return _counts(book, "lists")


def tagged(book: Notebook, name: str) -> list[Thing]:
    """What has the tag, in the order in which it was given. `book.find` tells where each is."""
    return _on(book, "tags", name, "made, things.id")


def listed(book: Notebook, name: str) -> list[Thing]:
    """What is on the list, in its order."""
    return _on(book, "lists", name, "position")


def tags_of(book: Notebook, row: int) -> list[str]:
    """The tags of a row of `things`."""
    return _names(book, "tags", row)


def lists_of(book: Notebook, row: int) -> list[str]:
    """The lists that a row of `things` is on."""
    return _names(book, "lists", row)


def _shelf(conn: sqlite3.Connection, shelf: _Shelf, name: str, *, make: bool = False) -> int:
    # A sign alone, as in "!", is a name too.
    folded = fold(name) or name.strip()
    row = conn.execute(f"SELECT id FROM {shelf} WHERE folded = ?", [folded]).fetchone()
    if row:
        return int(row[0])
    what = shelf.removesuffix("s")
    if not make:
        raise CannotCorrect(f'there is no {what} "{name}"; see: onrecord {what}')
    if not folded:
        raise CannotCorrect(f"a {what} needs a name")
    columns, values = ("name, folded", [" ".join(name.split()), folded])
    if shelf == "lists":
        columns, values = f"{columns}, made", [*values, now()]
    marks = ", ".join("?" * len(values))
    made = conn.execute(f"INSERT INTO {shelf} ({columns}) VALUES ({marks})", values).lastrowid
    assert made is not None
    return made


def _take_off(book: Notebook, shelf: _Shelf, name: str, things: Iterable[Thing]) -> int:
    link, column = _ON[shelf]
    with book.writing() as conn:
        shelf_id = _shelf(conn, shelf, name)
        number = sum(
            conn.execute(
                f"DELETE FROM {link} WHERE {column} = ? AND thing_id = ?", [shelf_id, row]
            ).rowcount
            for thing in things
            for row in book.rows_of(thing)
        )
        if shelf == "lists":
            _number(conn, shelf_id, _rows(conn, shelf_id))
        conn.execute(
            f"DELETE FROM {shelf} WHERE id = ?"
            f" AND NOT EXISTS (SELECT 1 FROM {link} WHERE {column} = {shelf}.id)",
            [shelf_id],
        )
        return number


def _rows(conn: sqlite3.Connection, list_id: int) -> list[int]:
    rows = conn.execute(
        "SELECT thing_id FROM listed WHERE list_id = ? ORDER BY position", [list_id]
    )
    return [row[0] for row in rows]


def _number(conn: sqlite3.Connection, list_id: int, order: list[int]) -> None:
    conn.executemany(
        "UPDATE listed SET position = ? WHERE list_id = ? AND thing_id = ?",
        [(position, list_id, row) for position, row in enumerate(order, 1)],
    )


def _counts(book: Notebook, shelf: _Shelf) -> list[tuple[str, int]]:
    link, column = _ON[shelf]
    return book.conn.execute(
        f"SELECT name, count(*) FROM {shelf} JOIN {link} ON {column} = {shelf}.id"
        f" GROUP BY {shelf}.id ORDER BY folded"
    ).fetchall()


def _on(book: Notebook, shelf: _Shelf, name: str, order: str) -> list[Thing]:
    link, column = _ON[shelf]
    shelf_id = _shelf(book.conn, shelf, name)
    rows = book.conn.execute(
        f"SELECT {THING} FROM {link} JOIN things ON things.id = thing_id"
        f" WHERE {column} = ? ORDER BY {order}",
        [shelf_id],
    )
    return [thing_of(row) for row in rows]


def _names(book: Notebook, shelf: _Shelf, row: int) -> list[str]:
    link, column = _ON[shelf]
    rows = book.conn.execute(
        f"SELECT name FROM {shelf} JOIN {link} ON {column} = {shelf}.id WHERE thing_id = ?"
        " ORDER BY folded",
        [row],
    )
    return [name for (name,) in rows]
