"""A ranked search of a million paragraphs, beside tantivy and bare FTS5 in the same run.

    uv sync --group bench
    uv run python -m tests.bench.peers [--articles 166667] [--keep FOLDER] [--words 40] [--written]

The corpus is that of tests.bench.search. Of each kind of word that many
different ones are looked for, each once with nothing of it remembered ("first") and once more
("again"), the kinds of work in turn: the best ten with
snippets and the total. tantivy indexes the same paragraphs and gives its best ten, snippets and
count; bare FTS5 its best ten by bm25 with snippets, without a count. Median and 95th percentile in
milliseconds of the processor, so that a busy machine tells the same, and their ratio to the peer's.
With `--written` the archive is one that something was written to since its long ingest, so that no
first pages that were worked out ahead hold (`db.ahead`).

"In true top 50": how many of our first ten are among the fifty best when every paragraph is read
again, without an index, and every article is scored by the formula of db.search.evaluate. "In
FTS5's": among the fifty articles with the best sum of bm25 over their paragraphs; another formula
(the title counts there for nothing), so it says how far two rankings agree, not which is right.
"""

from __future__ import annotations

import argparse
import math
import random
import re
import shutil
import sqlite3
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from db.archive import Archive
from db.search import search
from tests.bench.search import bare, fill, vocabulary

# Ranks in the vocabulary: words of so many paragraphs in a million.
KINDS = {
    "rare (300 to 500)": (9_000, 15_000),
    "middling (4 to 6 thousand)": (850, 1_250),
    "frequent (15 to 25 thousand)": (200, 330),
    "common (150 to 450 thousand)": (6, 30),
    "commonest (over 450 thousand)": (0, 6),
}  # fmt: skip
# Bare FTS5 takes seconds for a common word: so many of each kind will do.
_BARE = 8
NEWEST = (
    "SELECT rowid, snippet(paragraphs_fts, 0, '[', ']', '…', 24) FROM paragraphs_fts"
    " WHERE paragraphs_fts MATCH ? ORDER BY rowid DESC LIMIT 10"
)


def tantivy_search(conn: sqlite3.Connection, folder: Path) -> Callable[[str], object]:
    """The same paragraphs in tantivy: a function that searches them."""
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("id", stored=True)
    builder.add_text_field("text", stored=True)
    schema = builder.build()
    fresh = not folder.exists()
    folder.mkdir(parents=True, exist_ok=True)
    index = tantivy.Index(schema, path=str(folder))
    if fresh:
        writer = index.writer(heap_size=300_000_000, num_threads=1)
        for number, text in conn.execute("SELECT id, text FROM paragraphs"):
            writer.add_document(tantivy.Document(id=number, text=text))
        writer.commit()
        writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()

    def ask(word: str) -> object:
        query = index.parse_query(word, ["text"])
        found = searcher.search(query, 10, count=True)
        snippets = tantivy.SnippetGenerator.create(searcher, query, schema, "text")
        shown = []
        for score, address in found.hits:
            document = searcher.doc(address)
            snippet = snippets.snippet_from_doc(document)
            shown.append((document["id"][0], score, snippet.to_html()))
        return found.count, shown

    return ask


def timed(words: Sequence[str], work: dict[str, Callable[[str], object]]) -> dict[str, list[float]]:
    """Milliseconds of the processor that each kind of work takes with each word.

    Word after word, all kinds in turn, so that what else the machine does is shared by all.
    """
    times: dict[str, list[float]] = {name: [] for name in work}
    for word in words:
        for name, one in work.items():
            start = time.process_time()
            one(word)
            times[name].append((time.process_time() - start) * 1000)
    return times


def both(times: list[float]) -> tuple[float, float]:
    """Median and 95th percentile."""
    return statistics.median(times), sorted(times)[max(math.ceil(len(times) * 0.95) - 1, 0)]


def told(name: str, times: list[float], beside: dict[str, list[float]]) -> None:
    """One line: ours, and how many times each peer's."""
    half, most = both(times)
    line = f"  {name:28}{half:9.2f}{most:9.2f}"
    for peer, others in beside.items():
        ratio = half / both(others)[0], most / both(others)[1]
        line += f"   {ratio[0]:6.2f} {ratio[1]:6.2f} x {peer}"
    print(line, flush=True)


def truth(conn: sqlite3.Connection, words: Sequence[str]) -> dict[str, list[int]]:
    """The fifty best articles of each word, from the texts themselves."""
    wanted = set(words)
    split = re.compile(r"\w+").findall
    places: dict[str, Counter[int]] = {word: Counter() for word in words}
    for article, text in conn.execute("SELECT article_id, text FROM paragraphs"):
        for word in wanted.intersection(split(text)):
            places[word][article] += 1
    scores = {
        word: {a: min(n, 63) / (min(n, 63) + 1.2) for a, n in counts.items()}
        for word, counts in places.items()
    }
    dates = {}
    for article, title, byline, published in conn.execute(
        "SELECT id, title, byline, published FROM articles"
    ):
        dates[article] = published
        for text, worth in ((title, 1.5), (byline, 0.6)):
            for word in wanted.intersection(split(text)):
                scores[word][article] = scores[word].get(article, 0.0) + worth
    return {
        word: sorted(own, key=lambda a: (own[a], dates[a], a), reverse=True)[:50]
        for word, own in scores.items()
    }


def by_bm25(conn: sqlite3.Connection, word: str) -> list[int]:
    """The fifty articles with the best sum of bm25 over their paragraphs."""
    rows = conn.execute(
        "WITH found AS MATERIALIZED (SELECT rowid AS id, bm25(paragraphs_fts) AS score"
        " FROM paragraphs_fts WHERE paragraphs_fts MATCH ?)"
        " SELECT article_id FROM found JOIN paragraphs USING (id) GROUP BY article_id"
        " ORDER BY sum(score) LIMIT 50",
        [f'"{word}"'],
    )
    return [row[0] for row in rows]


def run(path: Path, folder: Path, number: int, with_truth: bool) -> None:
    """Search for every kind of word, print the figures."""
    conn = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    (paragraphs,) = conn.execute("SELECT count(*) FROM paragraphs").fetchone()
    print(f"{paragraphs:,} paragraphs, {path.stat().st_size / 1e6:,.0f} MB")
    tantivy = tantivy_search(conn, folder)
    everyone = vocabulary()
    chance = random.Random(11)
    chosen = {}
    for kind, (first, last) in KINDS.items():
        ranks = chance.sample(range(first, last), min(number, last - first))
        chosen[kind] = [everyone[rank] for rank in ranks]
    best = truth(conn, [word for words in chosen.values() for word in words]) if with_truth else {}
    start = time.perf_counter()
    search(conn, everyone[0])
    print(f"the very first search of a process, commonest word, with facets:"
          f" {(time.perf_counter() - start) * 1000:,.0f} ms")  # fmt: skip
    for kind, words in chosen.items():
        work: dict[str, Callable[[str], object]] = {"tantivy": tantivy}
        for name, way in (
            ("best first", {"with_facets": False}),
            ("newest first", {"with_facets": False, "sort": "newest"}),
            ("with facets", {}),
        ):
            for again in ("first", "again"):
                work[f"{name}, {again}"] = partial(search, conn, **way)  # type: ignore[call-arg]
        work["newest"] = lambda word: conn.execute(NEWEST, [f'"{word}"']).fetchall()
        timed(words, {name: work[name] for name in ("tantivy", "newest")})  # for the caches
        times = timed(words, work)
        newest = times.pop("newest")
        peer = {
            "tantivy": times.pop("tantivy"),
            "FTS5": timed(words[:_BARE], {"": lambda word: bare(conn, word)})[""],
        }
        print(f"{kind}, {len(words)} words{'':12}p50      p95")
        told("tantivy", peer["tantivy"], {})
        told("bare FTS5", peer["FTS5"], {})
        told("bare FTS5, newest first", newest, {})
        for name, own in times.items():
            told(name, own, {"bare newest": newest} if name.startswith("newest") else peer)
        if not best:
            continue
        among = total = alike = 0
        for word in words:
            hits = [hit.article_id for hit in search(conn, word, with_facets=False).hits]
            among += len(set(hits) & set(best[word]))
            alike += len(set(hits) & set(by_bm25(conn, word)))
            total += len(hits)
        print(f"  first ten in true top 50: {among / total:.1%}; in FTS5's: {alike / total:.1%}")


def written(path: Path, copy: Path) -> Path:
    """A copy of an archive with another title, which nobody looks for."""
    shutil.copy(path, copy)
    with Archive.open(copy) as archive:
        archive.db.execute("UPDATE articles SET title = title || ' Changed' WHERE id = 1")
    return copy


def main() -> None:
    """Read the options, make the archive and the index, measure."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--articles", type=int, default=166_667)
    options.add_argument("--keep", type=Path, help="a folder for both, used again next time")
    options.add_argument("--words", type=int, default=40)
    options.add_argument("--truth", action=argparse.BooleanOptionalAction, default=True,
                         help="compare with a reading of every paragraph")  # fmt: skip
    options.add_argument(
        "--written",
        action="store_true",
        help="search a copy to which something was written since it was made",
    )
    args = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        kept = args.keep or Path(folder)
        kept.mkdir(parents=True, exist_ok=True)
        path = kept / f"bench-{args.articles}.db"
        if not path.exists():
            fill(path, args.articles)
        if args.written:
            path = written(path, Path(folder) / "written.db")
        run(path, kept / f"tantivy-{args.articles}", args.words, args.truth)


if __name__ == "__main__":
    main()
