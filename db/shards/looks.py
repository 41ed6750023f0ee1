"""One shard's side of a search over several: what it finds, in which order, and its hits.

Everything that knows how `db.search` keeps what it found is here.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from db.query import Compiler, Node
from db.query.compile import Sql, Unit
from db.search.asked import Asked
from db.search.evaluate import Evaluation
from db.search.matches import Finder
from db.search.places import place_hit
from db.search.results import ArticleHit, Filters, PlaceHit, Sort, Tab
from db.search.survey import Survey, Tally, speakers, tally
from db.search.tabs import article_hit
from db.shards.held import Part
from db.shards.persons import First, Known, known
from db.shards.ranks import Rarity, rarity_in, scores_in

# What a list is in order of: by score, date and number, or by date and number.
Key = tuple[float | str | int, ...]


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked of every shard. `people` has the person that was chosen: shard -> people.id."""

    node: Node
    tab: Tab
    sort: Sort
    filters: Filters
    people: Mapping[int, int]
    fold_copies: bool


@dataclass(slots=True)
class Copied:
    """An article shown for copies in other shards: those copies' days and publishers."""

    days: list[str] = field(default_factory=list)
    publishers: list[str | None] = field(default_factory=list)


class Look:
    """What one shard finds. The methods are called in their order, `begin` and `settle` first."""

    def __init__(self, part: Part, wish: Wish) -> None:
        self.part = part
        self.wish = wish
        filters = wish.filters
        if filters.person is not None:
            # 0 is nobody.
            filters = replace(filters, person=wish.people.get(part.number, 0))
        self.asked = Asked(
            part.conn, Compiler(part.conn), wish.node, wish.sort, filters, wish.fold_copies, 1, 1
        )
        self.weights: dict[int, int] | None = None
        self.said: list[tuple[int, int, int]] = []
        self.elsewhere: dict[int, Copied] = {}
        self.found: Survey
        self._scores: Mapping[int, float] = {}
        self._evaluation: Evaluation | None = None
        self._ids: set[int] = set()

    @property
    def unit(self) -> Unit:
        """The table whose rows are the hits, where these are no articles."""
        return "paragraphs" if self.wish.tab == "paragraphs" else "quotes"

    # -- what is found

    def begin(self) -> list[int]:
        """Find it. Returns what all shards together have to know: how rare the words are here."""
        if self.wish.tab == "articles":
            self._evaluation = Evaluation(self.part.conn, self.asked.compiler, shard=True)
            self._ids = self._evaluation.articles(self.wish.node)
            return self._evaluation.sizes()
        if self.wish.tab == "people":
            further = (*self.asked.by_person, Sql("q.person_id IS NOT NULL"))
            select = "q.person_id, q.article_id, count(*)"
            sql = self.asked.compiler.rows(self.wish.node, "quotes", select, *further)
            grouped = f"{sql.text} GROUP BY q.person_id, q.article_id"
            self.said = self.part.conn.execute(grouped, sql.values).fetchall()
            self._scores = dict.fromkeys((article for _, article, _ in self.said), 0.0)
            return []
        row = self.unit[0]
        sql = self._rows(f"{row}.article_id, count(*)")
        self.weights = dict(
            self.part.conn.execute(f"{sql.text} GROUP BY {row}.article_id", sql.values)
        )
        self._scores = {article: n / (n + 1.2) for article, n in self.weights.items()}
        return [sum(self.weights.values())]

    def _rows(self, select: str, *here: Sql) -> Sql:
        further = self.asked.by_person if self.unit == "quotes" else ()
        return self.asked.compiler.rows(self.wish.node, self.unit, select, *further, *here)

    def settle(self, sizes: Sequence[int]) -> None:
        """Score, narrow and order it; `sizes` are the sums of what `begin` gave."""
        if self._evaluation is not None:
            self._scores = self._evaluation.scores(self._ids, sizes)
        self.found = self.asked.survey(self._scores)

    # -- copies in other shards

    def shown_among(self, articles: Collection[int]) -> list[int]:
        """Those of these articles that are shown."""
        if not articles:
            return []
        return [article for article in self.found.shown if article in articles]

    def copies_of(self, article: int) -> Copied:
        """Days and publishers of an article shown and of its copies in this shard."""
        columns = self.found.columns
        together = self.found.copies.get(article, [article])
        return Copied([columns.day[a] for a in together], [columns.publisher[a] for a in together])

    def stands_for(self, article: int, copies: Copied) -> None:
        """Note that an article is shown for copies in another shard."""
        known = self.elsewhere.setdefault(article, Copied())
        known.days += copies.days
        known.publishers += copies.publishers

    def hide(self, articles: Collection[int]) -> None:
        """Show these no longer: an article of another shard stands for them."""
        found = self.found
        self.found = replace(
            found,
            shown=[article for article in found.shown if article not in articles],
            copies={a: group for a, group in found.copies.items() if a not in articles},
        )

    # -- in order

    def key(self, article: int) -> Key:
        """What places an article in the list: largest first, but by "oldest" smallest first."""
        published = self.found.columns.published[article]
        number = self.part.up(article)
        if self.wish.sort == "relevance":
            return self._scores[article], published, number
        if self.wish.sort == "oldest":
            return published or "~", number
        return published, number

    def first(self, stop: int) -> list[tuple[Key, int, int]]:
        """The first articles shown, as many as `stop`: (key, shard, article)."""
        number = self.part.number
        return [(self.key(article), number, article) for article in islice(self.found.shown, stop)]

    @property
    def total(self) -> int:
        """How many hits the articles shown have."""
        if self.weights is None:
            return len(self.found.shown)
        return sum(map(self.weights.__getitem__, self.found.shown))

    def weight(self, article: int) -> int:
        """How many hits an article has."""
        return 1 if self.weights is None else self.weights[article]

    # -- single paragraphs and quotations

    def rarity(self) -> Rarity:
        """How rare the words are among the shard's paragraphs or quotations."""
        lead = self.asked.compiler.lead(self.wish.node, self.unit)
        return rarity_in(self.part.conn, self.unit, lead) if lead else Rarity()

    def ranked(self, own: Rarity, all_: Rarity, stop: int) -> list[tuple[Key, int, int]]:
        """The first places, best first, as many as `stop`: (key, shard, row)."""
        sql = self._rows(f"{self.unit[0]}.id, {self.unit[0]}.article_id")
        shown = set(self.found.shown)
        rows = {row: of for row, of in self.part.conn.execute(sql.text, sql.values) if of in shown}
        lead = self.asked.compiler.lead(self.wish.node, self.unit)
        scores = scores_in(self.part.conn, self.unit, lead, rows, own, all_) if lead else {}
        published = self.found.columns.published
        found = [
            ((scores.get(row, 0.0), published[of], self.part.up(of), -row), self.part.number, row)
            for row, of in rows.items()
        ]
        found.sort(reverse=True)
        return found[:stop]  # type: ignore[return-value]

    def places_in(self, articles: Iterable[int]) -> list[int]:
        """The rows found in these articles, article after article."""
        finder = Finder(self.part.conn, self.asked.compiler, self.wish.node)
        rows: list[int] = []
        for article in articles:
            sql = self._rows(f"{self.unit[0]}.id", finder.here(self.unit, self.wish.node, article))
            ordered = f"{sql.text} ORDER BY {self.unit[0]}.id"
            rows += [row for (row,) in self.part.conn.execute(ordered, sql.values)]
        return rows

    # -- what is shown

    def article_hits(self, articles: Iterable[int]) -> list[ArticleHit]:
        """Articles as they are shown."""
        finder = Finder(self.part.conn, self.asked.compiler, self.wish.node)
        hits = (article_hit(finder, a, self._scores[a], self.found) for a in articles)
        return [
            replace(hit, article_id=self.part.up(hit.article_id), copies=self._copies(hit))
            for hit in hits
        ]

    def place_hits(self, places: Iterable[tuple[int, float]]) -> list[PlaceHit]:
        """Paragraphs or quotations as they are shown: (row, score) each."""
        conn = self.part.conn
        finder = Finder(conn, self.asked.compiler, self.wish.node)
        hits = (place_hit(conn, finder, self.unit, *place, self.found) for place in places)
        return [
            replace(hit, article_id=self.part.up(hit.article_id), copies=self._copies(hit))
            for hit in hits
        ]

    def _copies(self, hit: ArticleHit | PlaceHit) -> int:
        elsewhere = self.elsewhere.get(hit.article_id)
        return hit.copies + (len(elsewhere.days) if elsewhere else 0)

    def spoken(self) -> list[tuple[Known, int, list[str]]]:
        """Who says what is found: each with the number of quotations and their articles' dates."""
        shown = set(self.found.shown)
        published = self.found.columns.published
        people: dict[int, tuple[int, list[str]]] = {}
        for person, article, count in self.said:
            if article in shown:
                quotes, dates = people.get(person, (0, []))
                people[person] = (quotes + count, [*dates, published[article]])
        told = known(self.part, people)
        return [(told[person], *said) for person, said in people.items()]

    def tally(self) -> Tally:
        """What facets and timeline are made of, but for the people."""
        found = tally(self.part.conn, self.found, self.weights, 0)
        for article, copied in self.elsewhere.items():
            own = self.copies_of(article)
            weight = self.weight(article)
            for year in {day[:4] for day in copied.days} - {day[:4] for day in own.days}:
                found.years[year] += weight
            for publisher in set(copied.publishers) - set(own.publishers):
                found.publishers[publisher] += weight
        return found

    def speakers(self, most: int) -> First:
        """Who is quoted in most of the articles shown, and in how many; for `persons.most`."""
        rows = speakers(self.part.conn, self.found.shown, most)
        told = known(self.part, [person for person, _, _ in rows])
        counted = [(told[person], count) for person, _, count in rows]
        return counted, counted[-1][1] if len(rows) == most else 0

    def speakers_of(self, keys: list[str]) -> dict[str, int]:
        """In how many of the articles shown the people with these keys are quoted."""
        rows = self.part.conn.execute(
            "SELECT p.full_name, count(DISTINCT q.article_id) FROM people AS p"
            " JOIN quotes AS q ON q.person_id = p.id AND q.kind <> 'other'"
            " WHERE p.full_name IN (SELECT value FROM json_each(?))"
            " AND q.article_id IN (SELECT value FROM json_each(?)) GROUP BY p.id",
            [json.dumps(keys), json.dumps(self.found.shown)],
        )
        return dict(rows.fetchall())
