"""One shard's side of a search over several: what is shown and counted of what it found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from db.query.compile import Sql
from db.search.facets import Tally, days_of, people_in, tally
from db.search.heads import article_hits
from db.search.matches import Finder
from db.search.numbers import Ints, places_in
from db.search.places import place_hits
from db.search.ranking import listing
from db.search.results import ArticleHit, Hit, PlaceHit
from db.shards.finding import Finding, Key
from db.shards.persons import First, Known, known, with_keys
from db.shards.ranks import Rarity, rarity_in, scores_in


class Look(Finding):
    """What one shard finds and shows."""

    # -- single paragraphs and quotations

    def rarity(self) -> Rarity:
        """How rare the words are among the shard's paragraphs or quotations."""
        lead = self.asked.compiler.lead(self.wish.node, self.unit)
        return rarity_in(self.part.conn, self.unit, lead) if lead else Rarity()

    def ranked(self, own: Rarity, all_: Rarity, stop: int) -> list[tuple[Key, int, int]]:
        """The first places, best first, as many as `stop`: (key, shard, row)."""
        sql = self._rows(f"{self.unit[0]}.id, {self.unit[0]}.article_id")
        published = self._dates()
        found = self.part.conn.execute(sql.text, sql.values)
        rows = {row: of for row, of in found if of in published}
        lead = self.asked.compiler.lead(self.wish.node, self.unit)
        scores = scores_in(self.part.conn, self.unit, lead, rows, own, all_) if lead else {}
        keys: list[tuple[Key, int, int]] = [
            ((scores.get(row, 0.0), published[of], self.part.up(of), -row), self.part.number, row)
            for row, of in rows.items()
        ]
        keys.sort(reverse=True)
        return keys[:stop]

    def _rows(self, select: str, *here: Sql) -> Sql:
        return self.asked.compiler.rows(self.wish.node, self.unit, select, *self._further, *here)

    def _dates(self) -> dict[int, str]:
        """The articles shown, each with its date, "" where none is known."""
        found = self.found
        at = found.at[found.is_shown].tolist()
        dates = [found.columns.published[place] for place in at]
        return dict(zip(found.shown.tolist(), dates, strict=True))

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

    def hits(self, places: Sequence[tuple[int, float]]) -> list[Hit]:
        """What is shown of articles, or of paragraphs or quotations, each a row and its score."""
        if self.wish.tab == "articles":
            page = listing(self.found, np.array([row for row, _ in places], np.int64))
            return [self._over_all(hit) for hit in article_hits(self.asked, page)]
        shown = place_hits(self.asked, self.unit, places, self.found)
        return [self._over_all(hit) for hit in shown]

    def _over_all(self, hit: Hit) -> Hit:
        assert isinstance(hit, ArticleHit | PlaceHit)
        elsewhere = self.elsewhere.get(hit.article_id)
        copies = hit.copies + (len(elsewhere.days) if elsewhere else 0)
        return replace(hit, article_id=self.part.up(hit.article_id), copies=copies)

    def spoken(self) -> list[tuple[Known, int, list[str]]]:
        """Who says what is found: each with the number of quotations and their articles' dates."""
        published = self._dates()
        people: dict[int, tuple[int, list[str]]] = {}
        for person, article, count in self._said:
            if article in published:
                quotes, dates = people.setdefault(person, (0, []))
                dates.append(published[article])
                people[person] = quotes + count, dates
        told = known(self.part, people)
        return [(told[person], *said) for person, said in people.items()]

    # -- facets, timeline

    def tally(self) -> tuple[Tally, Counter[str]]:
        """What facets and timeline are made of; copies in other shards add to the facets."""
        told, more = self._told(), Tally()
        more.add(told.tally)
        for article, copied in self.elsewhere.items():
            # The values that no copy in this shard has.
            own, weight = self.copies_of(article), self.weight(article)
            for year in {day[:4] for day in copied.days} - {day[:4] for day in own.days} - {""}:
                more.years[year] += weight
            for publisher in set(copied.publishers) - set(own.publishers):
                if publisher:
                    more.publishers[publisher] += weight
        return more, told.days

    def speakers(self, most: int) -> First:
        """Who is quoted in most of the articles shown, and in how many; for `persons.most`."""

        def made() -> tuple[First, int]:
            told = self._told()
            first = told.order[:most]
            people, articles = told.people[first].tolist(), told.articles[first].tolist()
            names = known(self.part, people)
            counted = [(names[one], n) for one, n in zip(people, articles, strict=True)]
            return (counted, articles[-1] if len(told.order) > most else 0), 300 * len(counted)

        return self.asked.reader.memory.kept((self._name("speakers"), most), made)

    def speakers_of(self, keys: list[str]) -> dict[str, int]:
        """In how many of the articles shown the people with these keys are quoted."""

        def made() -> tuple[dict[str, int], int]:
            told, people = self._told(), with_keys(self.part, keys)
            at, there = places_in(told.people, np.array(list(people), np.int64))
            numbers = np.where(there, told.articles[at] if len(told.articles) else 0, 0).tolist()
            return dict(zip(people.values(), numbers, strict=True)), 300 * len(keys)

        named = (self._name("speakers of"), tuple(keys))
        return self.asked.reader.memory.kept(named, made)

    def _told(self) -> _Told:
        reader = self.asked.reader

        def made() -> tuple[_Told, int]:
            people, articles = people_in(reader, self.found.shown)
            told = _Told(
                tally(self.found, self.weights), days_of(self.found, self.weights),
                people, articles, np.lexsort((people, -articles)),
            )  # fmt: skip
            values = len(told.tally.years) + len(told.tally.publishers) + len(told.days)
            return told, 100 * values + 3 * people.nbytes

        return reader.memory.kept(self._name("told"), made)


class _Told(NamedTuple):
    """What a shard counts by itself.

    `people` are in order of number, `articles` is how many each is quoted in, and `order` has their
    places, most quoted first.
    """

    tally: Tally
    days: Counter[str]
    people: Ints
    articles: Ints
    order: Ints
