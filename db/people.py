"""Who is who across articles: the same full name is one speaker, a bare surname never merges."""

from __future__ import annotations

import sqlite3

from db.rows import readable, speaking
from ingest.article import Article, Person
from ingest.fingerprint import fold


def full_name_key(person: Person) -> str | None:
    """What the same speaker shares in every article; None for a name that may be anybody's.

    A person needs two names for that ("Putin" alone could be a namesake), an organisation one.
    """
    key = fold(person.name)
    enough = 1 if person.kind == "organisation" else 2
    return key if len(key.split()) >= enough else None


def store_people(
    conn: sqlite3.Connection, article_id: int, article: Article, local: dict[str, int]
) -> dict[int, tuple[int, str]]:
    """Insert or find the speakers of an article, with names, descriptions and mentions.

    `local` maps names to the rows that an earlier revision of this article used, so that a speaker
    without a full name keeps his row. Returns person index -> (people.id, people.name).
    """
    rows = {index: _row_of(conn, person, local) for index, person in speaking(article).items()}
    said = [(rows[index][0], article.people[index]) for index in rows]
    for sql, values in (
        (
            "INSERT OR IGNORE INTO other_names (article_id, person_id, name) VALUES (?, ?, ?)",
            [(row, readable(name)) for row, person in said
             for name in person.other_names if name != person.name],
        ),
        (
            "INSERT INTO descriptions (article_id, person_id, text, start, end)"
            " VALUES (?, ?, ?, ?, ?)",
            [(row, readable(span.of(article.text)), *span) for row, person in said
             for span in person.descriptions],
        ),
        (
            "INSERT INTO mentions (article_id, person_id, kind, text, start, end)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            [(row, m.kind, readable(m.span.of(article.text)), *m.span) for row, person in said
             for m in person.mentions],
        ),
    ):  # fmt: skip
        if values:
            conn.executemany(sql, [(article_id, *row) for row in values])
    return rows


def _row_of(conn: sqlite3.Connection, person: Person, local: dict[str, int]) -> tuple[int, str]:
    key = full_name_key(person)
    if key is None:
        if person.name in local:
            return local[person.name], person.name
    else:
        found = conn.execute("SELECT id, name FROM people WHERE full_name = ?", [key]).fetchone()
        if found:
            return int(found[0]), str(found[1])
    row = conn.execute(
        "INSERT INTO people (name, kind, full_name) VALUES (?, ?, ?)",
        [person.name, person.kind, key],
    ).lastrowid
    assert row is not None
    return row, person.name


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
    conn.executemany(
        "DELETE FROM people WHERE id = ?"
        " AND NOT EXISTS (SELECT 1 FROM quotes WHERE person_id = people.id)"
        # Whom a correction took the words from gets them back when it is undone.
        " AND NOT EXISTS (SELECT 1 FROM as_read WHERE person_id = people.id)",
        [(i,) for i in ids],
    )
