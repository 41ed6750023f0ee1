"""How fast articles are stored, how large the archive is, how both grow, beside the peers.

    uv run python -m tests.bench.scale [--articles 20000] [--texts FOLDER]
    uv run python -m tests.bench.scale --growth 1000000 [--plot growth.svg]

Corpus: synthetic (tests.bench.corpus: own words, a Zipf-like spread, fixed seed; 6.25 paragraphs of
some 330 bytes and 2.2 quotations an article), or with --texts the articles of a folder's text files
as `onrecord` reads them. What is stored was read before: reading is for tests.bench.ingest.

Baselines of the same run, with the same titles, paragraphs and quotations in three tables and three
full-text indexes: sqlite-utils an article at a time with its defaults (on at most 2,000 articles);
one executemany a table, triggers keeping the indexes; the same without indexes, which are rebuilt
at the end. Ours stores all the rest as well: texts, captures, people, mentions, copies. By the
processor's time, so that a busy machine tells the same, and by the clock, which counts waiting for
the disk too: who commits often waits long.

--growth stores up to so many paragraphs in one archive and measures along the way, beside archives
of 10,000 that are made meanwhile of other articles, so that the machine is as fast for both; then
puts the archive in order as a long ingest does at its end. With --on FOLDER it goes on where it was
stopped; --plot draws how many times as much it costs (needs matplotlib: uv run --group bench).
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import accumulate, islice
from pathlib import Path
from typing import NamedTuple

from sqlite_utils import Database

from db.archive import Archive
from db.schema import INDEXED, TOKENIZE
from db.search import search
from ingest.article import Article, Mention, Moment, Paragraph, Person, Quote, Span
from ingest.garbage import collect_seldom
from ingest.load import TOGETHER
from ingest.pipeline import articles_of
from ingest.read import read_capture, walk
from tests.bench.corpus import vocabulary
from tests.making import capture

SLOW = 2_000
TIMES = 200
# So many articles are 10,000 paragraphs; so many such archives are made beside each step of growth.
SMALL = 1_600
COMPARED = 20


class Articles:
    """Synthetic articles as they come from reading, by number; the same every time."""

    def __init__(self, seed: int = 7, people: int = 4_000) -> None:
        self.chance = random.Random(seed)
        self.words = vocabulary(30_000, self.chance)
        self.weights = list(accumulate(1 / (rank + 2.7) for rank in range(len(self.words))))
        self.made = 0
        self.people = [f"{self._words(1)} {self._words(1)} {n:04}".title() for n in range(people)]

    def go_on(self, made: int) -> None:
        """Behind so many that were made before: with others."""
        if made:
            self.made = made
            self.chance.seed(made)

    def _words(self, number: int) -> str:
        return " ".join(self.chance.choices(self.words, cum_weights=self.weights, k=number))

    def make(self, number: int) -> Iterator[Article]:
        """So many articles."""
        for _ in range(number):
            self.made += 1
            yield self._article()

    def _article(self) -> Article:
        chance = self.chance
        title = self._words(8).capitalize()
        text = title + "\n"
        paragraphs, quotes = [], []
        names: dict[str, int] = {}
        for _ in range(chance.choice((5, 6, 6, 6, 7, 7, 6, 7))):
            start = len(text) + 1
            words = self._words(chance.randint(32, 48)).capitalize() + "."
            if chance.random() < 0.35:
                name = self.people[int(len(self.people) * chance.random() ** 3)]
                said = self._words(16).capitalize() + ","
                at = start + len(said) + 3
                quotes.append(
                    Quote(
                        (Span(start + 1, start + 1 + len(said)),), "direct",
                        names.setdefault(name, len(names)), Span(at, at + len(name)),
                        Span(at + len(name) + 1, at + len(name) + 5), None, 0.95,
                        "name and verb after the quotation",
                    )
                )  # fmt: skip
                words = f"“{said}” {name} said. {words}"
            if not paragraphs:
                words += f" File {self.made}."  # a word that no other article has
            text += f"\n{words}\n"
            paragraphs.append(Paragraph(Span(start, start + len(words)), words))
        day = f"{chance.randint(2001, 2025)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
        read = capture(text)
        return Article(
            # A folder's files are read in the order of their names.
            replace(read, source=f"/clips/{self.made:09}.txt"), Span(0, len(text)), title,
            Span(0, len(title)), byline=f"By {chance.choice(self.people)}", publisher="The Post",
            published=Moment(day, "day"), paragraphs=tuple(paragraphs), quotes=tuple(quotes),
            people=tuple(
                Person(name, mentions=tuple(
                    Mention(q.mention) for q in quotes if q.person == at and q.mention
                ))
                for name, at in names.items()
            ),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rows:
    """What the baselines store of the articles."""

    articles: list[tuple[int, str | None, str | None, str | None, str | None]]
    paragraphs: list[tuple[int, int, str]]
    quotes: list[tuple[int, int, str, str | None]]


def rows_of(articles: Iterable[Article]) -> Rows:
    """Titles, paragraphs and quotations with the numbers of their articles."""
    rows = Rows([], [], [])
    for at, one in enumerate(articles, 1):
        published = one.published and one.published.value
        rows.articles.append((at, one.title, one.byline, one.publisher, published))
        rows.paragraphs.extend((at, n, p.text) for n, p in enumerate(one.paragraphs, 1))
        rows.quotes.extend(
            (at, n, " ".join(piece.of(one.text) for piece in q.pieces),
             one.people[q.person].name if q.person is not None else None)
            for n, q in enumerate(one.quotes, 1)
        )  # fmt: skip
    return rows


class Took(NamedTuple):
    """Seconds of the processor, and by the clock."""

    processor: float
    clock: float


def took(work: Callable[[], object]) -> Took:
    """How long `work` takes."""
    start = time.process_time(), time.perf_counter()
    work()
    return Took(time.process_time() - start[0], time.perf_counter() - start[1])


def processor(work: Callable[[], object]) -> float:
    """Seconds of the processor that `work` takes."""
    return took(work).processor


def with_sqlite_utils(path: Path, rows: Rows) -> None:
    """The peer: an article at a time, its defaults, indexes kept by triggers."""
    db = Database(path)
    db.table("articles").create(
        {"id": int, "title": str, "byline": str, "publisher": str, "published": str}, pk="id"
    )
    db.table("paragraphs").create({"article_id": int, "position": int, "text": str})
    db.table("quotes").create({"article_id": int, "position": int, "text": str, "speaker": str})
    for table, columns in INDEXED.items():
        db.table(table).enable_fts(columns, create_triggers=True, tokenize=TOKENIZE)
    paragraphs, quotes = iter(rows.paragraphs), iter(rows.quotes)
    said = next(quotes, None)
    part = next(paragraphs, None)
    for at, title, byline, publisher, published in rows.articles:
        db.table("articles").insert(
            {"id": at, "title": title, "byline": byline, "publisher": publisher,
             "published": published}
        )  # fmt: skip
        own = []
        while part is not None and part[0] == at:
            own.append(dict(zip(("article_id", "position", "text"), part, strict=True)))
            part = next(paragraphs, None)
        db.table("paragraphs").insert_all(own)
        own = []
        while said is not None and said[0] == at:
            own.append(dict(zip(("article_id", "position", "text", "speaker"), said, strict=True)))
            said = next(quotes, None)
        db.table("quotes").insert_all(own)
    db.close()


def bare(path: Path, rows: Rows, *, rebuild: bool) -> None:
    """The least: one executemany a table, indexes by triggers or rebuilt at the end."""
    conn = sqlite3.connect(path)
    conn.executescript(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -65536;"
        "CREATE TABLE articles (id INTEGER PRIMARY KEY, title, byline, publisher, published);"
        "CREATE TABLE paragraphs (id INTEGER PRIMARY KEY, article_id, position, text);"
        "CREATE TABLE quotes (id INTEGER PRIMARY KEY, article_id, position, text, speaker);"
    )
    for table, columns in INDEXED.items():
        listed = ", ".join(columns)
        new = ", ".join(f"new.{column}" for column in columns)
        conn.execute(
            f"CREATE VIRTUAL TABLE {table}_fts USING fts5({listed}, content='{table}',"
            f" content_rowid='id', tokenize='{TOKENIZE}')"
        )
        if not rebuild:
            conn.execute(
                f"CREATE TRIGGER {table}_ai AFTER INSERT ON {table} BEGIN"
                f" INSERT INTO {table}_fts (rowid, {listed}) VALUES (new.id, {new}); END"
            )
    with conn:
        conn.executemany("INSERT INTO articles VALUES (?, ?, ?, ?, ?)", rows.articles)
        conn.executemany(
            "INSERT INTO paragraphs (article_id, position, text) VALUES (?, ?, ?)", rows.paragraphs
        )
        conn.executemany(
            "INSERT INTO quotes (article_id, position, text, speaker) VALUES (?, ?, ?, ?)",
            rows.quotes,
        )
        if rebuild:
            for table in INDEXED:
                conn.execute(f"INSERT INTO {table}_fts ({table}_fts) VALUES ('rebuild')")
    conn.close()


def ours(archive: Archive, articles: Iterable[Article]) -> None:
    """What `onrecord ingest` does with articles once they are read."""
    found = iter(articles)
    while group := list(islice(found, TOGETHER)):
        with archive.together():
            for one in group:
                archive.add(one.capture.source, [one])
    if archive.index_later:
        archive.index_all()


def from_texts(folder: Path) -> list[Article]:
    """The articles of a folder's files."""
    return [one for path in walk([str(folder)]) for one in articles_of(read_capture(path))]


def rates(number: int, work: Callable[[], object]) -> Took:
    """So many paragraphs, a second of each kind."""
    time_taken = took(work)
    return Took(number / time_taken.processor, number / time_taken.clock)


def storing(articles: list[Article], folder: Path) -> None:
    """Print the table of storing."""
    rows, few = rows_of(articles), rows_of(articles[:SLOW])
    size = sum(len(one.text.encode()) for one in articles)
    number = len(rows.paragraphs)
    print(
        f"{len(articles)} articles, {number} paragraphs, {len(rows.quotes)} quotations,"
        f" {size / 1e6:.1f} MB of text"
    )
    peers = {
        "sqlite-utils, an article at a time": rates(
            len(few.paragraphs), partial(with_sqlite_utils, folder / "utils.db", few)
        ),
        "executemany with triggers": rates(
            number, partial(bare, folder / "bare.db", rows, rebuild=False)
        ),
        "executemany, indexes rebuilt": rates(
            number, partial(bare, folder / "rebuilt.db", rows, rebuild=True)
        ),
    }
    own = {}
    for what, name, bulk in (
        ("ours, indexes in step", "ours.db", False), ("ours, --bulk", "bulk.db", True)
    ):  # fmt: skip
        with Archive.open(folder / name, index_later=bulk) as archive:
            own[what] = rates(number, partial(ours, archive, articles))
    utils, triggers, rebuilt = peers.values()
    in_step, in_bulk = own.values()
    print(f"{'paragraphs a second':36}{'of processor':>14}{'by the clock':>14}")
    for what, rate in (*peers.items(), *own.items()):
        print(f"{what:36}{rate.processor:14,.0f}{rate.clock:14,.0f}")
    for what, rate, beside in (
        ("in step over sqlite-utils", in_step, utils), ("in step over triggers", in_step, triggers),
        ("bulk over rebuilt", in_bulk, rebuilt),
    ):  # fmt: skip
        by_processor, by_clock = rate.processor / beside.processor, rate.clock / beside.clock
        print(f"{what:36}{by_processor:14.2f}{by_clock:14.2f}")
    for name in ("bare.db", "ours.db", "bulk.db"):
        print(f"{name:10} size over text size: {(folder / name).stat().st_size / size:.2f}")


@dataclass(frozen=True, slots=True)
class Point:
    """How it went until there were so many paragraphs, beside archives of 10,000 at the same time.

    Rates are paragraphs a second, times milliseconds.
    """

    paragraphs: int
    stored: float
    stored_in_small: float
    rare: float
    rare_in_small: float

    @property
    def storing(self) -> float:
        """How many times what it costs in a small archive."""
        return self.stored_in_small / self.stored

    @property
    def searching(self) -> float:
        """How many times as long as in a small archive."""
        return self.rare / self.rare_in_small


def growth(folder: Path, upto: int, plot: Path | None) -> None:
    """Store ever more in one archive, some of it in new ones as well; print both along the way."""
    source = Articles()
    steps = [n for n in (10_000, 30_000, 100_000, 300_000, 1_000_000, 3_000_000, 10_000_000)
             if n <= upto]  # fmt: skip
    points: list[Point] = []
    with Archive.open(folder / "growth.db") as archive:
        there = archive.db["paragraphs"].count
        source.go_on(archive.db["articles"].count)
        for step in (step for step in steps if step > there):
            last = grow(archive, source, there, step)
            points.append(last)
            there = last.paragraphs
            print(
                f"{last.paragraphs:12,} paragraphs: {last.stored:8,.0f} stored a second,"
                f" {last.storing:.2f} times the cost in a small archive; a rare word"
                f" {last.rare:.2f} ms, {last.searching:.2f} times",
                flush=True,
            )
        tidied(archive, source)
    for name, values in (
        ("storing", [point.storing for point in points]),
        ("a rare word", [point.searching for point in points]),
    ):
        worst = max(values, default=0)
        print(f"{name}: at most {worst:.2f} times what it costs in a small archive")
    if plot:
        draw(points, plot)


def grow(archive: Archive, source: Articles, there: int, step: int) -> Point:
    """Store up to so many paragraphs; after one group in so many, others into a new archive.

    Articles that were stored before would go into it sooner: what is worked out of one is kept.
    """
    small = archive.path.with_name("small.db")
    others = Articles()
    others.go_on(step)
    every = max(1, (step - there) // 6 // TOGETHER // COMPARED)
    spent, spent_small, stored, stored_small, groups = 0.0, 0.0, 0, 0, 0
    first = 0
    while there < step:
        made = list(source.make(min(TOGETHER, (step - there) // 6 + 1)))
        spent += processor(partial(ours, archive, made))
        stored += sum(len(one.paragraphs) for one in made)
        there += sum(len(one.paragraphs) for one in made)
        if len(made) >= SMALL and groups % every == 0:
            first = others.made + 1
            few = list(others.make(SMALL))
            drop(small)
            with Archive.open(small) as fresh:
                spent_small += processor(partial(to_the_end, fresh, few))
            stored_small += sum(len(one.paragraphs) for one in few)
        groups += 1
    with Archive.open(small) as fresh:
        rare, rare_small = searched(archive, source.made, fresh, first)
    return Point(there, stored / spent, stored_small / spent_small, rare, rare_small)


def searched(archive: Archive, made: int, small: Archive, first: int) -> tuple[float, float]:
    """Milliseconds for a rare word, here and in a small archive of the articles from `first` on."""
    rare, rare_small = [], []
    for at in range(TIMES):
        rare.append(processor(partial(find, archive, 1 + at * made // TIMES)))
        rare_small.append(processor(partial(find, small, first + at * SMALL // TIMES)))
    return 1000 * statistics.median(rare), 1000 * statistics.median(rare_small)


def tidied(archive: Archive, source: Articles) -> None:
    """Do what a long ingest does at its end, and print how long it takes and a search after it."""
    seconds = took(archive.tidy)
    small = archive.path.with_name("small.db")
    drop(small)
    with Archive.open(small) as fresh:
        ours(fresh, Articles().make(SMALL))
        fresh.tidy()
        rare, rare_small = searched(archive, source.made, fresh, 1)
    print(
        f"put in order at the end in {seconds.processor:,.0f} s of the processor,"
        f" {seconds.clock:,.0f} by the clock; then a rare word {rare:.2f} ms,"
        f" {rare / rare_small:.2f} times"
    )


def to_the_end(archive: Archive, articles: Iterable[Article]) -> None:
    """Store them, the log copied back as that of a large archive is meanwhile."""
    ours(archive, articles)
    archive.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def find(archive: Archive, number: int) -> None:
    """A search for a word that one paragraph has."""
    search(archive.db.conn, str(number), "paragraphs", with_facets=False)


def drop(path: Path) -> None:
    """Remove an archive that a bench made."""
    for end in ("", "-wal", "-shm"):
        path.with_name(path.name + end).unlink(missing_ok=True)


def draw(points: list[Point], path: Path) -> None:
    """The growth as a plot."""
    from matplotlib import pyplot

    sizes = [point.paragraphs for point in points]
    figure, (left, right) = pyplot.subplots(1, 2, figsize=(8, 3))
    left.plot(sizes, [point.storing for point in points], marker="o")
    left.set_title("storing")
    right.plot(sizes, [point.searching for point in points], marker="o")
    right.set_title("search for a rare word")
    for axes in (left, right):
        axes.set_xscale("log")
        axes.set_ylim(bottom=0)
        axes.axhline(1.5, linestyle=":", color="gray")
        axes.set_xlabel("paragraphs in the archive")
    left.set_ylabel("times the cost in one of 10,000")
    figure.tight_layout()
    figure.savefig(path)


def main() -> None:
    """Read the options, make the corpus, measure."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--articles", type=int, default=20_000)
    options.add_argument("--texts", type=Path, help="a folder of text files in place of made ones")
    options.add_argument("--growth", type=int, help="paragraphs to grow to")
    options.add_argument("--on", type=Path, help="a folder in which the archive is left, to go on")
    options.add_argument("--plot", type=Path, help="an SVG file of the growth")
    args = options.parse_args()
    collect_seldom()  # as `onrecord ingest` does
    with tempfile.TemporaryDirectory() as folder:
        if args.growth:
            growth(args.on or Path(folder), args.growth, args.plot)
        elif args.texts:
            storing(from_texts(args.texts), Path(folder))
        else:
            storing(list(Articles().make(args.articles)), Path(folder))


if __name__ == "__main__":
    main()
