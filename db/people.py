"""Who is who across articles: the same full name is one speaker, a bare surname never merges."""

from __future__ import annotations

import sqlite3

from ingest.article import Person
from ingest.fingerprint import fold


def full_name_key(person: Person) -> str | None:
    """What the same speaker shares in every article; None for a name that may be anybody's.

    A person needs two names for that ("Putin" alone could be a namesake), an organisation one.
    """
    key = fold(person.name)
    enough = 1 if person.kind == "organisation" else 2
    return key if len(key.split()) >= enough else None


def person_called(
    conn: sqlite3.Connection, article_id: int, name: str, kind: str = "person"
) -> tuple[int, str]:
    """The person of this name, whom a person named by hand: (people.id, people.name).

    Where nobody is known by the name, neither everywhere nor in the article, he is made anew.
    """
    key = fold(name)
    found = conn.execute("SELECT id, name FROM people WHERE full_name = ?", [key]).fetchone()
    if found:
        return int(found[0]), str(found[1])
    for own, row in local_people(conn, article_id).items():
        if fold(own) == key:
            return row, own
    made = conn.execute(
        "INSERT INTO people (name, kind, full_name) VALUES (?, ?, ?)", [name, kind, key]
    ).lastrowid
    assert made is not None
    return made, name


def local_people(conn: sqlite3.Connection, article_id: int) -> dict[str, int]:
    """Name -> people.id of the speakers in this article whom no full name identifies."""
    return dict(
        conn.execute(
            "SELECT DISTINCT people.name, people.id FROM quotes"
            " JOIN people ON people.id = quotes.person_id"
            " WHERE quotes.article_id = ? AND people.full_name IS NULL",
            [article_id],
        )
    )


def drop_silent(conn: sqlite3.Connection, ids: set[int]) -> None:
    """Remove those of the people `ids` who are quoted nowhere any more."""
    # What a correction gave them is another's again when it is undone; it must not go with them.
    given = " ".join(
        f"AND NOT EXISTS (SELECT 1 FROM {place} JOIN as_read ON place = '{place}'"
        f" AND row_id = {place}.id WHERE {place}.person_id = people.id)"
        for place in ("mentions", "descriptions", "other_names")
    )
    conn.executemany(
        "DELETE FROM people WHERE id = ?"
        " AND NOT EXISTS (SELECT 1 FROM quotes WHERE person_id = people.id)"
        # Whom a correction took the words from gets them back when it is undone.
        f" AND NOT EXISTS (SELECT 1 FROM as_read WHERE person_id = people.id) {given}",
        [(i,) for i in ids],
    )
