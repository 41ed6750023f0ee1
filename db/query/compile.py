"""A query as SQL over the archive: which articles, paragraphs or quotes meet it.

Every function gives SQL text and its parameters. What a person typed is only ever a parameter.
"""

from __future__ import annotations

import json
import sqlite3
from typing import Any as Anything
from typing import Literal, NamedTuple

from db.fold import folded_words, spellings, words_of
from db.query.fts import expression, is_plain
from db.query.listed import cues_in, known_as, reprinted
from db.query.near import holds, register_near, to_json
from db.query.nodes import All, Any, At, Dated, Has, In, Kind, Near, Node, Quoted, Term
from db.query.runs import read_in, unspaced_in
from ingest.addresses import same_address_key

Unit = Literal["paragraphs", "quotes"]

# The columns that bare words are looked for in.
WORDS_IN = {"articles": ("title", "byline"), "paragraphs": ("text",), "quotes": ("text", "speaker")}
_OF_ARTICLE = ("title", "byline", "publisher")
NOTHING = "SELECT 0 WHERE 0"
# Words of which it is remembered whether they are spelled in one way only.
MOST_ALONE = 2_000


class Sql(NamedTuple):
    """SQL text with its parameters, in order."""

    text: str
    values: tuple[Anything, ...] = ()


def _joined(parts: list[Sql], between: str) -> Sql:
    text = between.join(f"({part.text})" for part in parts)
    return Sql(text, tuple(value for part in parts for value in part.values))


def prepare(conn: sqlite3.Connection) -> bool:
    """Make a connection ready for compiled queries. Returns whether the archive lists spellings:
    an older one, open for reading only, does not yet.
    """
    register_near(conn)
    known = "SELECT 1 FROM sqlite_master WHERE name = 'spellings'"
    return conn.execute(known).fetchone() is not None


class Compiler:
    """Writes queries for one archive, whose spellings, cues and names it looks up.

    `spells` is what `prepare` gave for the connection, if it was asked before; `alone` is what
    `Compiler.alone` found since the archive was last written, and is added to.
    """

    def __init__(
        self,
        conn: sqlite3.Connection,
        spells: bool | None = None,
        alone: dict[Term, str] | None = None,
    ) -> None:
        self.conn = conn
        self._spelled: dict[tuple[str, bool], list[str]] = {}
        self._written: dict[Node, str] = {}
        self._alone = {} if alone is None else alone
        if spells is None:
            spells = prepare(conn)
        self._spells = spells

    def spell(self, word: str, prefix: bool) -> list[str]:
        """Further spellings of a word in the archive."""
        if not self._spells:
            return []
        known = self._spelled.get((word, prefix))
        if known is None:
            known = self._spelled[word, prefix] = spellings(self.conn, word, prefix=prefix)
        return known

    def alone(self, term: Term) -> str:
        """The one word of ASCII letters and figures that a term is, in lower case, where the
        archive spells it only so; "" for any other.
        """
        known = self._alone.get(term)
        if known is None:
            if len(self._alone) >= MOST_ALONE:
                self._alone.clear()
            known = self._alone[term] = self._folded_alone(term)
        return known

    def _folded_alone(self, term: Term) -> str:
        words = words_of(term.text)
        one = len(words) == 1 and words[0].isascii() and len(term.text.split()) == 1
        if not one or self.spell(words[0], term.prefix):
            return ""
        folded = folded_words(words[0])
        return folded[0] if len(folded) == 1 else ""

    def match(self, node: Node, columns: tuple[str, ...]) -> str:
        """The FTS5 expression of `node` in these columns; "" where it has no words."""
        text = self._written.get(node)
        if text is None:
            # What stands for itself alone needs no looking for other ways to write it.
            word = isinstance(node, Term) and not node.prefix and self.alone(node)
            text = self._written[node] = f'"{word}"' if word else expression(node, self.spell)
        return f"{{{' '.join(columns)}}} : ({text})" if text else ""

    def texts(self, node: Node, table: str, columns: tuple[str, ...]) -> Sql:
        """The ids of the rows of an indexed table whose columns hold the words as asked."""
        index = f"{table}_fts"
        if is_plain(node):
            match = self.match(node, columns)
            return Sql(f"SELECT rowid FROM {index} WHERE {index} MATCH ?", (match,))
        match node:
            case Term() | Near() if unspaced := unspaced_in(node):
                held, values = read_in(unspaced, "t", columns)
                return Sql(f"SELECT t.id FROM {table} AS t WHERE {held}", values)
            case Near():
                near = to_json(node)
                exact = " OR ".join(f"onrecord_near(t.{column}, ?)" for column in columns)
                return Sql(
                    f"SELECT t.id FROM {index} CROSS JOIN {table} AS t ON t.id = {index}.rowid"
                    f" WHERE {index} MATCH ? AND ({exact})",
                    (self.match(node, columns), *[near] * len(columns)),
                )
            case Any(choices):
                return self._set([self.texts(n, table, columns) for n in choices], "UNION")
            case All(wanted, unwanted):
                found = self._set([self.texts(n, table, columns) for n in wanted], "INTERSECT")
                if not wanted:
                    found = Sql(f"SELECT id FROM {table}")
                without = [self.texts(n, table, columns) for n in unwanted]
                return self._set([found, *without], "EXCEPT")
            case _:
                return Sql(NOTHING)

    @staticmethod
    def _set(parts: list[Sql], operator: str) -> Sql:
        text = f" {operator} ".join(f"SELECT * FROM ({part.text})" for part in parts)
        return Sql(text, tuple(value for part in parts for value in part.values))

    def articles(self, node: Node) -> Sql:
        """The ids of the articles that a condition on articles holds for."""
        match node:
            case In("publisher", inner):
                own = self.texts(inner, "articles", ("publisher",))
                return self._set([own, Sql(*reprinted(self.conn, inner))], "UNION")
            case In(field, inner) if field in _OF_ARTICLE:
                return self.texts(inner, "articles", (field,))
            case Dated(bound, date):
                return _dated(bound, date)
            case At(address):
                return _at(address)
            case Has("date"):
                return Sql("SELECT id FROM articles WHERE published IS NOT NULL")
            case Has():
                return Sql("SELECT article_id FROM quotes WHERE kind <> 'other'")
            case _:
                return Sql(NOTHING)

    def condition(self, node: Node, unit: Unit) -> Sql:
        """`node` as a condition on a row `p` of paragraphs or `q` of quotes."""
        row = unit[0]
        match node:
            case Term() | Near() if unspaced := unspaced_in(node):
                return Sql(*read_in(unspaced, row, WORDS_IN[unit]))
            case Term() | Near():
                return self._is_in(f"{row}.id", self.texts(node, unit, WORDS_IN[unit]))
            case All(wanted, unwanted):
                if is_plain(node):
                    return self._is_in(f"{row}.id", self.texts(node, unit, WORDS_IN[unit]))
                parts = [self.condition(n, unit) for n in wanted]
                for n in unwanted:
                    text, values = self.condition(n, unit)
                    parts.append(Sql(f"NOT coalesce(({text}), 0)", values))
                return _joined(parts, " AND ") if parts else Sql("1")
            case Any(choices):
                if is_plain(node):
                    return self._is_in(f"{row}.id", self.texts(node, unit, WORDS_IN[unit]))
                return _joined([self.condition(n, unit) for n in choices], " OR ")
            case In("para", inner) if unit == "paragraphs":
                return self.condition(inner, unit)
            case In("para", inner):
                within = self.rows(inner, "paragraphs", "p.id")
                pieces = "SELECT quote_id FROM quote_pieces WHERE paragraph_id IN"
                return self._is_in("q.id", Sql(f"{pieces} ({within.text})", within.values))
            case Quoted(inner) if unit == "quotes":
                return self.quote(inner)
            case Quoted(inner):
                said = self.rows(node, "quotes", "q.id")
                pieces = "SELECT paragraph_id FROM quote_pieces WHERE quote_id IN"
                return self._is_in("p.id", Sql(f"{pieces} ({said.text})", said.values))
            case _:
                return self._is_in(f"{row}.article_id", self.articles(node))

    @staticmethod
    def _is_in(column: str, rows: Sql) -> Sql:
        return Sql(f"{column} IN ({rows.text})", rows.values)

    def quote(self, node: Node) -> Sql:
        """`node` as a condition on a row `q` of quotes: who said it, what, marked how."""
        match node:
            case In("said", Term() | Near() as inner) if unspaced := unspaced_in(inner):
                return Sql(*read_in(unspaced, "q", ("text",)))
            case In("said", inner):
                return self._is_in("q.id", self.texts(inner, "quotes", ("text",)))
            case In("speaker", inner):
                named = self._is_in("q.id", self.texts(inner, "quotes", ("speaker",)))
                known = json.dumps(known_as(self.conn, inner))
                also = Sql("q.person_id IN (SELECT value FROM json_each(?))", (known,))
                return _joined([named, also], " OR ")
            case In("cue", inner):
                cues = [cue for cue in cues_in(self.conn) if holds(inner, cue)]
                return Sql("q.cue IN (SELECT value FROM json_each(?))", (json.dumps(cues),))
            case Kind(kind):
                return Sql("q.kind = ?", (kind,))
            case All(wanted, unwanted):
                parts = [self.quote(n) for n in wanted]
                for n in unwanted:
                    text, values = self.quote(n)
                    parts.append(Sql(f"NOT coalesce(({text}), 0)", values))
                return _joined(parts, " AND ") if parts else Sql("1")
            case Any(choices):
                return _joined([self.quote(n) for n in choices], " OR ")
            case _:
                return Sql("0")

    def rows(self, node: Node, unit: Unit, select: str, *further: Sql) -> Sql:
        """SELECT `select` for every row `p` of paragraphs, or `q` of quotes, that meets `node`.

        Words that FTS5 can find alone lead the search, so that `bm25` and the row number of the
        index may stand in `select` and in `further` conditions where `lead(node, unit)` is not "".
        """
        row, index = unit[0], f"{unit}_fts"
        leading, rest = self._split(node, unit)
        conditions = [*(self.condition(n, unit) for n in rest), *further]
        if unit == "quotes" and not _asks_for_other(node):
            conditions.append(Sql("q.kind <> 'other'"))
        if leading:
            source = f"{index} CROSS JOIN {unit} AS {row} ON {row}.id = {index}.rowid"
            conditions.insert(0, Sql(f"{index} MATCH ?", (self.lead(node, unit),)))
        else:
            source = f"{unit} AS {row}"
        where = " AND ".join(f"({part.text})" if part.values or len(conditions) > 1 else part.text
                             for part in conditions) or "1"  # fmt: skip
        values = tuple(value for part in conditions for value in part.values)
        return Sql(f"SELECT {select} FROM {source} WHERE {where}", values)

    def lead(self, node: Node, unit: Unit) -> str:
        """The FTS5 expression that leads the search for `node`; "" where there is none."""
        leading, _ = self._split(node, unit)
        return self.match(All(leading), WORDS_IN[unit]) if leading else ""

    def is_lead_alone(self, node: Node, unit: Unit) -> bool:
        """Whether `lead` finds all that is asked for, and nothing else."""
        leading, rest = self._split(node, unit)
        return bool(leading) and not rest

    @staticmethod
    def _split(node: Node, unit: Unit) -> tuple[tuple[Node, ...], tuple[Node, ...]]:
        if unit == "paragraphs" and isinstance(node, In) and node.field == "para":
            node = node.node
        if is_plain(node):
            return (node,), ()
        if not isinstance(node, All):
            return (), (node,)
        leading = tuple(n for n in node.wanted if is_plain(n))
        rest = tuple(n for n in node.wanted if not is_plain(n))
        return leading, (*rest, All((), node.unwanted)) if node.unwanted else rest


def _asks_for_other(node: Node) -> bool:
    match node:
        case Kind(kind):
            return kind == "other"
        case In(_, inner) | Quoted(inner):
            return _asks_for_other(inner)
        case All(wanted, _):
            return any(map(_asks_for_other, wanted))
        case Any(choices):
            return any(map(_asks_for_other, choices))
        case _:
            return False


def _at(address: str) -> Sql:
    """Addresses of one page are alike by their keys; a host alone stands for all of its pages."""
    key = same_address_key(address if "://" in address else f"https://{address}")
    if "/" in key or "?" in key:
        return Sql("SELECT DISTINCT article_id FROM addresses WHERE key = ?", (key,))
    return Sql(
        "SELECT DISTINCT article_id FROM addresses WHERE key = ? OR (key >= ? AND key < ?)",
        (key, f"{key}/", f"{key}0"),
    )


def _dated(bound: str, date: str) -> Sql:
    """Dates are compared by the article's own clock, as far as they are known.

    An article of which only the year is known is before 2024 and within 2023, but neither before
    nor after a month of 2023.
    """
    select = "SELECT id FROM articles WHERE"
    if bound == "on":
        return Sql(f"{select} published >= ? AND published < ?", (date, date + "~"))
    if bound == "after":
        return Sql(f"{select} published >= ?", (date,))
    return Sql(
        f"{select} published < ? AND substr(?, 1, length(published)) <> published", (date, date)
    )
