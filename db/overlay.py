"""Corrections laid over a reading, and lifted off it again.

`as_read` keeps what was read in every row that a correction changed, once, however many stand on
it. Lifting puts all of it back; laying applies the corrections that stand, oldest first. So the
archive always shows the reading with the corrections that stand, and undoing one is lifting all
and laying the others. Every function here works inside the transaction that `db.archive` has begun.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator

from db.corrections import Correction, articles_of, standing
from db.fold import keep_spellings
from db.keys import find_article, find_quote
from db.people import drop_silent, person_called
from ingest.fingerprint import fold
from ingest.settle import moment_of

CORRECTED = "corrected by hand"

# The columns that a correction changes; title and speaker first, where queries look for them.
_COLUMNS = {
    "articles": ("title", "title_start", "title_end", "published", "published_precision"),
    "quotes": (
        "speaker", "mention", "mention_start", "mention_end", "description",
        "description_start", "description_end", "confidence", "reason",
    ),
    "mentions": (),
    "descriptions": (),
    "other_names": (),
}  # fmt: skip
_MOVED = ("mentions", "descriptions", "other_names")


def lift(conn: sqlite3.Connection, article_id: int) -> set[int]:
    """Put the article back as it was read. Returns the people whom corrections name."""
    named = [
        fold(value)
        for (value,) in conn.execute(
            "SELECT value FROM corrected_articles JOIN corrections ON id = correction_id"
            " WHERE article_id = ? AND kind IN ('merge', 'split', 'speaker')"
            " AND value IS NOT NULL",
            [article_id],
        )
    ]
    people = {
        row[0]
        for name in named
        for row in conn.execute("SELECT id FROM people WHERE full_name = ?", [name])
    }
    # Names that were added go first, so that those that were moved find their place free.
    rows = conn.execute(
        "SELECT place, row_id, person_id, said FROM as_read WHERE article_id = ?"
        " ORDER BY said IS NOT NULL, id DESC",
        [article_id],
    ).fetchall()
    for place, row_id, person_id, said in rows:
        if said is None:
            conn.execute(f"DELETE FROM {place} WHERE id = ?", [row_id])
            continue
        values = dict(zip(_COLUMNS[place], json.loads(said), strict=True))
        if place != "articles":
            values["person_id"] = person_id
        _set(conn, place, row_id, values)
    conn.execute("DELETE FROM as_read WHERE article_id = ?", [article_id])
    conn.execute("DELETE FROM corrected_articles WHERE article_id = ?", [article_id])
    return people


def lay(conn: sqlite3.Connection, article_id: int, named: Iterable[int] = ()) -> None:
    """Apply every standing correction that concerns the article, oldest first.

    The article is as it was read. Those of the people `named` who are quoted nowhere then are
    removed.
    """
    found = standing(conn, article_id)
    for correction in found:
        put(conn, article_id, correction)
    drop_silent(conn, set(named))
    take_from_others(conn, article_id, found)


def take_from_others(
    conn: sqlite3.Connection, article_id: int, found: Iterable[Correction]
) -> None:
    """Lay others anew that show some of the corrections which are this article's now.

    It has come to their words, or is here at last: they were taken for it.
    """
    others = {
        other
        for correction in found
        if correction.article and find_article(conn, correction.article) == article_id
        for other in articles_of(conn, correction.id)
        if other != article_id
    }
    for other in sorted(others):
        relay(conn, other)


def put(conn: sqlite3.Connection, article_id: int, correction: Correction) -> bool:
    """Apply one correction on top of the others. False where it finds nothing here to correct."""
    if correction.article and find_article(conn, correction.article) != article_id:
        return False
    match correction.kind:
        case "merge" | "split":
            done = _rename(conn, article_id, str(correction.subject), str(correction.value))
        case "speaker":
            done = _give(conn, article_id, correction)
        case "title":
            done = _title(conn, article_id, correction.value)
        case "published":
            done = _published(conn, article_id, correction.value)
    if done:
        conn.execute(
            "INSERT OR IGNORE INTO corrected_articles (correction_id, article_id) VALUES (?, ?)",
            [correction.id, article_id],
        )
    return done


def add(conn: sqlite3.Connection, article_id: int, correction: Correction) -> None:
    """Apply a correction that has just been recorded, in its place among those that stand."""
    found = standing(conn, article_id)
    if not found or found[-1].id == correction.id:
        put(conn, article_id, correction)
    else:
        relay(conn, article_id)


def relay(conn: sqlite3.Connection, article_id: int) -> None:
    """Lift all corrections off the article and lay those that stand."""
    lay(conn, article_id, lift(conn, article_id))


def speakers_as_read(conn: sqlite3.Connection, article_id: int) -> dict[int, str | None]:
    """Whom the reading had say each corrected quotation: its number in the article -> a name."""
    rows = conn.execute(
        "SELECT position, json_extract(said, '$[0]') FROM as_read JOIN quotes"
        " ON place = 'quotes' AND quotes.id = row_id WHERE as_read.article_id = ?"
        " ORDER BY position",
        [article_id],
    )
    return dict(rows.fetchall())


def _set(conn: sqlite3.Connection, place: str, row_id: int, values: dict[str, object]) -> None:
    # Names and titles are found by every spelling, those that a person wrote too.
    keep_spellings(conn, (value for value in values.values() if isinstance(value, str)))
    settings = ", ".join(f"{column} = ?" for column in values)
    conn.execute(f"UPDATE {place} SET {settings} WHERE id = ?", [*values.values(), row_id])


def _keep(conn: sqlite3.Connection, article_id: int, place: str, row_id: int) -> None:
    person = "NULL" if place == "articles" else "person_id"
    columns = ", ".join((person, *_COLUMNS[place]))
    person_id, *said = conn.execute(
        f"SELECT {columns} FROM {place} WHERE id = ?", [row_id]
    ).fetchone()
    conn.execute(
        "INSERT OR IGNORE INTO as_read (article_id, place, row_id, person_id, said)"
        " VALUES (?, ?, ?, ?, ?)",
        [article_id, place, row_id, person_id, json.dumps(said, ensure_ascii=False)],
    )


def _title(conn: sqlite3.Connection, article_id: int, title: str | None) -> bool:
    _keep(conn, article_id, "articles", article_id)
    # A title that a person gave stands nowhere in the text.
    _set(conn, "articles", article_id, {"title": title, "title_start": None, "title_end": None})
    return True


def _published(conn: sqlite3.Connection, article_id: int, value: str | None) -> bool:
    precision = moment_of(value).precision if value else None
    _keep(conn, article_id, "articles", article_id)
    _set(conn, "articles", article_id, {"published": value, "published_precision": precision})
    return True


def _give(conn: sqlite3.Connection, article_id: int, correction: Correction) -> bool:
    row = find_quote(conn, article_id, str(correction.subject), correction.occurrence or 1)
    if row is None:
        return False
    person_id, speaker = None, None
    if correction.value:
        person_id, speaker = person_called(conn, article_id, correction.value)
    _keep(conn, article_id, "quotes", row)
    # What the text was taken to say of the speaker was said of another.
    gone = [c for c in _COLUMNS["quotes"] if c.startswith(("mention", "description"))]
    values: dict[str, object] = dict.fromkeys(gone)
    values |= {"speaker": speaker, "person_id": person_id, "confidence": 1.0, "reason": CORRECTED}
    _set(conn, "quotes", row, values)
    return True


def _rename(conn: sqlite3.Connection, article_id: int, name: str, other: str) -> bool:
    wanted = fold(name)
    theirs = [
        row
        for row in conn.execute(
            "SELECT quotes.id, speaker, person_id, people.kind FROM quotes"
            " LEFT JOIN people ON people.id = person_id"
            " WHERE article_id = ? AND speaker IS NOT NULL",
            [article_id],
        ).fetchall()
        if fold(row[1]) == wanted
    ]
    if not theirs:
        return False
    kind = next((kind for *_, kind in theirs if kind), "person")
    person_id, speaker = person_called(conn, article_id, other, kind)
    for row, *_ in theirs:
        _keep(conn, article_id, "quotes", row)
        _set(conn, "quotes", row, {"speaker": speaker, "person_id": person_id})
    for before in {row[2] for row in theirs} - {None, person_id}:
        for place, row in list(_rows_of(conn, article_id, before, person_id)):
            _keep(conn, article_id, place, row)
            _set(conn, place, row, {"person_id": person_id})
    for form in dict.fromkeys(row[1] for row in theirs):
        _also_called(conn, article_id, person_id, form)
    return True


def _rows_of(
    conn: sqlite3.Connection, article_id: int, person_id: int, other: int
) -> Iterator[tuple[str, int]]:
    for place in _MOVED:
        # A form that the other has in this article already is not needed twice.
        taken = "SELECT name FROM other_names WHERE article_id = :article AND person_id = :other"
        unless = f"AND name NOT IN ({taken})" if place == "other_names" else ""
        for (row,) in conn.execute(
            f"SELECT id FROM {place} WHERE article_id = :article AND person_id = :person {unless}",
            {"article": article_id, "person": person_id, "other": other},
        ):
            yield place, row


def _also_called(conn: sqlite3.Connection, article_id: int, person_id: int, name: str) -> None:
    done = conn.execute(
        "INSERT OR IGNORE INTO other_names (person_id, article_id, name) VALUES (?, ?, ?)",
        [person_id, article_id, name],
    )
    if done.rowcount:
        conn.execute(
            "INSERT INTO as_read (article_id, place, row_id) VALUES (?, 'other_names', ?)",
            [article_id, done.lastrowid],
        )
