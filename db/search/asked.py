"""What one search asks, and what each way to look at it answers."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass

from db.query import Compiler, Node
from db.query.compile import Sql
from db.search.results import Filters, Hit, Sort
from db.search.survey import Survey, survey


@dataclass(frozen=True, slots=True)
class Asked:
    """A query with everything that decides what of it is shown."""

    conn: sqlite3.Connection
    compiler: Compiler
    node: Node
    sort: Sort
    filters: Filters
    fold_copies: bool
    page: int
    size: int

    @property
    def slice(self) -> slice:
        """The hits of the page."""
        return slice((self.page - 1) * self.size, self.page * self.size)

    @property
    def by_person(self) -> tuple[Sql, ...]:
        """The person that was chosen, as a condition on a row `q` of quotes."""
        person = self.filters.person
        return () if person is None else (Sql("q.person_id = ?", (person,)),)

    def survey(self, scores: Mapping[int, float]) -> Survey:
        """The articles of a result, narrowed and in order."""
        return survey(
            self.conn, scores, filters=self.filters, sort=self.sort, fold_copies=self.fold_copies
        )


@dataclass(frozen=True, slots=True)
class Answer:
    """The hits of a page, how many there are, and in which articles.

    `weights` gives the hits in each article; None counts articles.
    """

    hits: list[Hit]
    total: int
    found: Survey
    weights: dict[int, int] | None = None
