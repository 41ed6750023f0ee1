"""What one search asks, and what each way to look at it answers."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Hashable
from dataclasses import dataclass

from db.query import Compiler, Node
from db.query.compile import Sql
from db.search.memory import Reader
from db.search.numbers import Floats, Ints
from db.search.results import Filters, Hit, Sort
from db.search.survey import Survey, survey


@dataclass(frozen=True, slots=True)
class Asked:
    """A query with everything that decides what of it is shown."""

    reader: Reader
    node: Node
    sort: Sort
    filters: Filters
    fold_copies: bool
    page: int
    size: int

    @property
    def conn(self) -> sqlite3.Connection:
        """The archive."""
        return self.reader.conn

    @property
    def compiler(self) -> Compiler:
        """What writes its SQL."""
        return self.reader.compiler

    @property
    def scope(self) -> tuple[Hashable, ...]:
        """All that decides what is found, and in which order."""
        return self.node, self.sort, self.filters, self.fold_copies

    @property
    def slice(self) -> slice:
        """The hits of the page."""
        return slice((self.page - 1) * self.size, self.page * self.size)

    @property
    def by_person(self) -> tuple[Sql, ...]:
        """The person that was chosen, as a condition on a row `q` of quotes."""
        person = self.filters.person
        return () if person is None else (Sql("q.person_id = ?", (person,)),)

    def survey(self, found: Ints, scores: Floats) -> Survey:
        """The articles of a result, narrowed and grouped."""
        return survey(
            self.reader, found, scores, filters=self.filters, sort=self.sort,
            fold_copies=self.fold_copies,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Answer:
    """The hits of a page, how many there are, in how many articles and in which.

    `weights` gives the hits in each article of the survey; None counts articles.
    """

    hits: list[Hit]
    total: int
    articles: int
    survey: Callable[[], Survey]
    weights: Ints | None = None
