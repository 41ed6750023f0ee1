"""How fast a search is, beside the least that could be asked of the same index.

    uv run python -m tests.bench.search [--articles 20000] [--keep FOLDER] [--rounds 5]

The baseline, in the same run: the bare FTS5 query of one word over the paragraphs, best ten by
bm25 with their snippets. Ours gives ten articles with title, places found and highlights, the
total, facets and timeline. Times are those of the processor, so that a busy machine tells the same;
the median of the rounds counts. The archive is written straight into its tables: how fast they fill
is for tests.bench.ingest to say.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from itertools import accumulate
from pathlib import Path

from db.archive import Archive
from db.search import search
from db.tidy import tidy

PAPERS = [f"The {name} Post" for name in "Amber Birch Cedar Dune Elm Fjord Gull Heath".split()]
PEOPLE = 2_000
# Rank in the vocabulary: the commonest word, one of every tenth article, one of a few articles.
WORDS = {"commonest": 0, "common": 9, "middling": 300, "rare": 15_000}


def vocabulary(number: int = 20_000) -> list[str]:
    """Made-up words, commonest first."""
    syllables = "ba de fi go lu ma ne pi ro su ta ve".split()
    names = []
    for at in range(number):
        word, rest = "", at + 12
        while rest:
            word += syllables[rest % 12]
            rest //= 12
        names.append(word)
    return names


def fill(path: Path, articles: int) -> None:
    """An archive of `articles`, six paragraphs and two quotations each."""
    chance = random.Random(7)
    words = vocabulary()
    weights = list(accumulate(1 / (rank + 3) for rank in range(len(words))))

    def text(size: int) -> str:
        return " ".join(chance.choices(words, cum_weights=weights, k=size))

    with Archive.open(path) as archive:
        conn = archive.db.conn
        conn.execute("BEGIN")
        conn.execute("INSERT INTO texts (sha256, content) VALUES (?, '')", ["0" * 64])
        names = [(f"{text(1)} {text(1)} {at}".title(), f"{at}") for at in range(PEOPLE)]
        conn.executemany(
            "INSERT INTO people (name, kind, full_name) VALUES (?, 'person', ?)", names
        )
        for at in range(articles):
            month, of_month = chance.randint(1, 12), chance.randint(1, 28)
            day = f"{2005 + at * 20 // articles}-{month:02}-{of_month:02}"
            conn.execute(
                "INSERT INTO articles (id, title, byline, publisher, published,"
                " published_precision, text_id, start, end) VALUES (?, ?, ?, ?, ?, 'day', 1, 0, 1)",
                [at + 1, text(7), f"By {text(2)}", chance.choice(PAPERS), day],
            )
            conn.executemany(
                "INSERT INTO paragraphs (article_id, position, kind, text, start, end)"
                " VALUES (?, ?, 'text', ?, 0, 1)",
                [(at + 1, position, text(45)) for position in range(1, 7)],
            )
            speakers = [int(PEOPLE * chance.random() ** 3) for _ in range(2)]
            conn.executemany(
                "INSERT INTO quotes (article_id, paragraph_id, position, kind, text, speaker,"
                " person_id, cue, confidence, reason, start, end)"
                " VALUES (?, ?, ?, 'direct', ?, ?, ?, 'said', 0.9, 'made', 0, 1)",
                [
                    (at + 1, at * 6 + place + 1, place + 1, text(15), names[who][0], who + 1)
                    for place, who in enumerate(speakers)
                ],
            )  # fmt: skip
        conn.execute("COMMIT")
        tidy(conn)  # as an ingest of so many does at its end


def median(rounds: int, work: Callable[[], object]) -> float:
    """Median processor seconds of `work`, done once unmeasured before."""
    work()
    times = []
    for _ in range(rounds):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return statistics.median(times)


def bare(conn: sqlite3.Connection, word: str) -> list[tuple[str, float]]:
    """The baseline."""
    return conn.execute(
        "SELECT snippet(paragraphs_fts, 0, '[', ']', '…', 24), rank FROM paragraphs_fts"
        " WHERE paragraphs_fts MATCH ? ORDER BY rank LIMIT 10",
        [f'"{word}"'],
    ).fetchall()


def run(path: Path, articles: int, rounds: int) -> None:
    """Fill the archive where there is none, print the figures."""
    if not path.exists():
        fill(path, articles)
    conn = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    words = vocabulary()
    (paragraphs,) = conn.execute("SELECT count(*) FROM paragraphs").fetchone()
    print(f"{articles} articles, {paragraphs} paragraphs, {path.stat().st_size / 1e6:.0f} MB")
    print("word       paragraphs   bare ms  | times that: articles, page 100, newest, no facets,")
    print("                                 |   paragraphs, its page 100, quotes, people")
    for name, rank in WORDS.items():
        word = words[rank]
        base = median(rounds, lambda word=word: bare(conn, word))
        ways = [
            {}, {"page": 100}, {"sort": "newest"}, {"with_facets": False}, {"tab": "paragraphs"},
            {"tab": "paragraphs", "page": 100}, {"tab": "quotes"}, {"tab": "people"},
        ]  # fmt: skip
        ratios = [
            median(rounds, lambda word=word, way=way: search(conn, word, **way)) / base
            for way in ways
        ]
        total = search(conn, word, "paragraphs", with_facets=False, fold_copies=False).total
        print(f"{name:10} {total:10} {base * 1e3:9.2f}  | " + " ".join(f"{r:6.1f}" for r in ratios))
    for typed in (
        f"{words[9]} {words[40]}",
        f"{words[9]} NEAR/5 {words[40]}",
        f"{words[9]} PRE/5 {words[40]}",
        f"para:({words[9]} {words[40]}) -{words[100]}",
        f"speaker:{words[50]}* after:2010 before:2015",
        f"{words[9]}xyz",
    ):
        seconds = median(rounds, lambda typed=typed: search(conn, typed))
        print(f"{seconds * 1e3:9.1f} ms  {search(conn, typed).total:7}  {typed}")


def main() -> None:
    """Read the options and run."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--articles", type=int, default=20_000)
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--keep", type=Path, help="a folder to leave the archive in, or find it")
    args = options.parse_args()
    if args.keep:
        args.keep.mkdir(parents=True, exist_ok=True)
        run(args.keep / f"search-{args.articles}.db", args.articles, args.rounds)
    else:
        with tempfile.TemporaryDirectory() as folder:
            run(Path(folder) / "archive.db", args.articles, args.rounds)


if __name__ == "__main__":
    main()
