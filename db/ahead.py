"""What searches would else work out for themselves, worked out and stored after a long ingest.

The first articles of each word that many paragraphs have; date, publisher and copies of all
articles, whom they quote, and the article of each paragraph. Triggers note what is written
afterwards (`db.migrations.worked_out_ahead`), so that nothing is ever read that no longer holds:
see `db.search.ahead` and `db.search.lists`.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from db.query.nodes import Term
from db.search.ahead import articles_ahead, changed, facts_ahead, packed, said_ahead, state_of
from db.search.columns import columns_from
from db.search.counted import counted_to_bytes
from db.search.evaluate import Evaluation
from db.search.facts import Facts, articles_of_all, facts_of, said_in
from db.search.leaves import leaf_of
from db.search.lists import LISTED, LISTED_OF_RARE, to_bytes
from db.search.memory import Memory, Reader
from db.search.numbers import Ints
from db.search.results import Filters, Sort
from db.search.survey import Survey, survey

# Fewer articles are searched quickly as they are.
LEAST_ARTICLES = 5_000
# Words of fewer paragraphs are quick to look for; those of few have shorter lists.
LEAST_PARAGRAPHS = 256
FEW_PARAGRAPHS = 1_000
# Of words of so many facets and timeline are counted, too.
MANY_PARAGRAPHS = 10_000
# Bytes of lists for each paragraph, of which a newspaper's has some three hundred: the commonest
# words come first.
MOST_BYTES = 5
# It is done again when this part of the articles is new or other: for a million paragraphs it takes
# the processor some seconds.
MOST_CHANGED = 1 / 8
# To find out whether they hold, so many lists are made again: of very many every few words.
MOST_CHECKED = 2_000


class _List(NamedTuple):
    """A row of `ahead_lists`."""

    word: str
    found: int
    total: int
    best: bytes
    newest: bytes | None
    counted: bytes | None

    @property
    def size(self) -> int:
        """About the bytes that it takes."""
        parts = (self.best, self.newest, self.counted)
        return len(self.word) + sum(len(part or b"") for part in parts) + 12


def work_out(conn: sqlite3.Connection) -> None:
    """Work it out and store it, where much is new since it was done.

    Others can write all the while; if they do, it is left for the next time.
    """
    conn.execute("BEGIN")
    try:
        if _is_wanted(conn):
            _store(conn)
        conn.execute("COMMIT")
    except sqlite3.OperationalError:
        # Another has written since it was begun, or the disk is full: searches go without.
        if conn.in_transaction:
            conn.execute("ROLLBACK")
    except BaseException:
        if conn.in_transaction:
            conn.execute("ROLLBACK")
        raise


def _is_wanted(conn: sqlite3.Connection) -> bool:
    if conn.execute("SELECT 1 FROM unindexed LIMIT 1").fetchone() is not None:
        return False
    state = state_of(conn)
    if state is not None:
        return changed(conn, state) > state.number * MOST_CHANGED
    (number,) = conn.execute("SELECT count(*) FROM articles").fetchone()
    return bool(number >= LEAST_ARTICLES)


def _store(conn: sqlite3.Connection) -> None:
    facts = facts_of(conn)
    if facts is None:
        return
    of = articles_of_all(conn)
    lists = list(_lists(_reader(conn, facts, of), MOST_BYTES * len(of)))
    quoting, quoted = said_in(conn)
    conn.execute("DELETE FROM ahead")
    conn.execute("DELETE FROM ahead_changed")
    conn.execute("DELETE FROM ahead_quoted")
    conn.execute("DELETE FROM ahead_lists")
    conn.executemany(
        "INSERT OR REPLACE INTO ahead_columns (name, value) VALUES (?, ?)",
        [
            ("articles", packed(np.diff(facts.articles, prepend=0))),
            ("moment", packed(facts.moment)),
            ("moments", zlib.compress(json.dumps(facts.moments).encode())),
            ("publisher", packed(facts.publisher)),
            ("publishers", zlib.compress(json.dumps(facts.publishers).encode())),
            ("copies", packed(facts.copies)),
            ("paragraphs", packed(np.diff(of, prepend=0))),
            ("quoting", packed(np.diff(quoting, prepend=0))),
            ("quoted", packed(quoted)),
        ],
    )
    conn.executemany("INSERT INTO ahead_lists VALUES (?, ?, ?, ?, ?, ?)", sorted(lists))
    conn.execute(
        "INSERT INTO ahead (id, number, articles, paragraphs, copies, lists)"
        " VALUES (1, ?, ?, ?, 1, 1)",
        [len(facts.articles), int(facts.articles.max(initial=0)), len(of) - 1],
    )


def wrong(conn: sqlite3.Connection) -> Iterator[str]:
    """What of it is said to hold and does not, a line each."""
    state, facts = state_of(conn), facts_of(conn)
    if state is None or facts is None:
        return
    told = facts_ahead(conn, state)
    if told is not None and _in_words(told) != _in_words(facts):
        yield "ahead_columns: dates, publishers or copies are not those of the articles"
    of, every = articles_ahead(conn, state), articles_of_all(conn)
    rows = every.nonzero()[0]
    if of is not None and not (len(of) == len(every) and (of[rows] == every[rows]).all()):
        yield "ahead_columns: paragraphs are not of the articles that it says"
    said = said_ahead(conn, state)
    if said is not None and _pairs(said) != _pairs(said_in(conn)):
        yield "ahead_columns: others are quoted than it says"
    if state.lists:
        reader = _reader(conn, facts, every)
        lists = conn.execute("SELECT * FROM ahead_lists").fetchall()
        # Nothing that was counted is read where others are quoted since.
        quoted = conn.execute("SELECT 1 FROM ahead_quoted LIMIT 1").fetchone() is not None
        for row in lists[:: len(lists) // MOST_CHECKED + 1]:
            one = _List(*row)
            if quoted:
                one = one._replace(counted=None)
            if not any(_same(reader, one, listed) for listed in (LISTED_OF_RARE, LISTED)):
                yield f"ahead_lists: {one.word} is not found as it says"


def _same(reader: Reader, one: _List, listed: int) -> bool:
    """Whether it comes out again, with so many articles listed."""
    made = _list(reader, Term(one.word), listed, one.counted is not None)
    if made is not None and one.newest is None:
        # The newest with a rare word were not listed by versions before.
        made = made._replace(newest=None)
    return one == made


def _pairs(said: tuple[Ints, Ints]) -> list[tuple[int, int]]:
    return sorted(zip(*(part.tolist() for part in said), strict=True))


def _in_words(facts: Facts) -> tuple[list[int], list[str], list[str | None], list[int]]:
    return (
        facts.articles.tolist(), [facts.moments[at] for at in facts.moment.tolist()],
        [facts.publishers[at] for at in facts.publisher.tolist()],
        facts.copies.tolist() if facts.copies.any() else [],
    )  # fmt: skip


def _reader(conn: sqlite3.Connection, facts: Facts, of: Ints) -> Reader:
    """What looks for words as if nothing was known ahead but what all of them want."""
    memory = Memory()
    columns = columns_from(facts)
    memory.once("columns", lambda: columns)
    memory.once("paragraphs", lambda: of)
    memory.once("ahead", lambda: None)
    return Reader(conn, memory)


def _lists(reader: Reader, room: int) -> Iterator[_List]:
    """The lists of the commonest words, in so many bytes."""
    for word, paragraphs in _common_words(reader.conn):
        term = Term(word)
        if reader.compiler.alone(term) != word:
            continue
        listed = LISTED_OF_RARE if paragraphs < FEW_PARAGRAPHS else LISTED
        one = _list(reader, term, listed, paragraphs >= MANY_PARAGRAPHS)
        if one is not None:
            room -= one.size
            if room < 0:
                return
            yield one


def _list(reader: Reader, term: Term, listed: int, is_counted: bool) -> _List | None:
    leaf = leaf_of(reader, term)
    evaluation = Evaluation(reader)
    articles = evaluation.articles(term)
    scores = evaluation.scores(articles)

    def shown(sort: Sort) -> Survey:
        return survey(reader, articles, scores, filters=Filters(), sort=sort, fold_copies=True)

    found = shown("relevance")
    best = to_bytes(reader, term, leaf, found, listed)
    if best is None:
        return None
    newest = to_bytes(reader, term, leaf, shown("newest"), listed)
    counted = counted_to_bytes(reader, found) if is_counted else None
    return _List(term.text, len(articles), found.total, best, newest, counted)


def _common_words(conn: sqlite3.Connection) -> list[tuple[str, int]]:
    """Words with the number of paragraphs that have them, the commonest first."""
    conn.execute("DROP TABLE IF EXISTS temp.ahead_words")
    conn.execute(
        "CREATE VIRTUAL TABLE temp.ahead_words USING fts5vocab('main', 'paragraphs_fts', 'row')"
    )
    rows = conn.execute(
        "SELECT term, doc FROM temp.ahead_words WHERE doc >= ? ORDER BY doc DESC, term",
        [LEAST_PARAGRAPHS],
    ).fetchall()
    conn.execute("DROP TABLE temp.ahead_words")
    return [(word, number) for word, number in rows if word.isascii()]
