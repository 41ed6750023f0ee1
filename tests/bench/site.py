"""How long each page takes over HTTP, beside the bare query that it needs.

    uv run python -m tests.bench.site [--articles 20000] [--keep FOLDER] [--rounds 30]

The corpus is that of tests.bench.search (six paragraphs and two quotations an article: 166,667
articles are a million paragraphs). The baseline, in the same run: each page's bare SQL, without
facets, snippets of our own or a template; for results, FTS5's best twenty by bm25 with snippets.
Median and 95th percentile in milliseconds of the clock, and their ratio to the baseline's; what the
server's processor spent on each, which counts where other work shares the machine (Linux). For
results, the 95th percentile also in times of the library's own and Datasette's empty page together.

Then eight clients at once, each in a thread of another process, ask for results of middling words
and for Datasette's own page of the same search: pages a second by the clock, and for each second of
the server's processor, which is what counts where other work shares the machine.
"""

from __future__ import annotations

import argparse
import os
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO
from urllib.parse import parse_qs

import httpx

from db.search import search
from tests.bench.search import WORDS, fill, vocabulary

RESULTS = (
    "SELECT rowid, snippet(paragraphs_fts, 0, '[', ']', '…', 32), bm25(paragraphs_fts) AS score"
    " FROM paragraphs_fts WHERE paragraphs_fts MATCH ? ORDER BY score LIMIT 20"
)
ARTICLE = "SELECT text FROM paragraphs WHERE article_id = ? ORDER BY position"
SPEAKER = (
    "SELECT q.text, a.title, a.published FROM quotes AS q JOIN articles AS a ON a.id = q.article_id"
    " WHERE q.person_id = ? ORDER BY a.published DESC LIMIT 50"
)
CLIENTS, EACH = 8, 50
_CLIENTS = """
import http.client, sys, threading, time, urllib.parse
address, clients, each, *links = sys.argv[1:]
def ask(first):
    server = http.client.HTTPConnection(urllib.parse.urlsplit(address).netloc)
    for turn in range(int(each)):
        server.request("GET", links[(first * 5 + turn) % len(links)])
        answer = server.getresponse()
        answer.read()
        assert answer.status == 200, answer.status
threads = [threading.Thread(target=ask, args=[number]) for number in range(int(clients))]
start = time.perf_counter()
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(time.perf_counter() - start)
"""
LATEST = "SELECT id, title FROM articles ORDER BY published DESC LIMIT 10"


def measured(rounds: int, work: Callable[[], object]) -> tuple[float, float]:
    """Median and 95th percentile of the time that `work` takes, in milliseconds."""
    work()  # what is kept from one time to the next is there
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times), statistics.quantiles(times, n=20)[-1]


def served(path: Path, said: IO[str] | None = None) -> tuple[subprocess.Popen[str], str]:
    """A server of the archive and its address. What it says of faults goes to `said`."""
    code = f"from db.site.serve import serve; serve({str(path)!r}, port=0)"
    process = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=said, text=True
    )
    assert process.stdout is not None
    return process, process.stdout.readline().split()[1].rstrip("/")


def library(conn: sqlite3.Connection, asked: dict[str, list[str]]) -> None:
    """What a page of results asks the library for."""
    search(
        conn, asked["q"][0], asked.get("tab", ["articles"])[0],  # type: ignore[arg-type]
        sort=asked.get("sort", ["relevance"])[0],  # type: ignore[arg-type]
        page=int(asked.get("page", ["1"])[0]), size=20,
    )  # fmt: skip


def spent(process: int) -> float:
    """Processor seconds of a process so far (Linux)."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def many_clients(address: str, links: list[str]) -> float:
    """Pages a second that CLIENTS get who each ask for EACH pages, one after the other."""
    done = subprocess.run(
        [sys.executable, "-c", _CLIENTS, address, str(CLIENTS), str(EACH), *links],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return CLIENTS * EACH / float(done.stdout)


def run(path: Path, rounds: int) -> None:
    """Measure every page and print a line for each."""
    conn = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
    words = vocabulary()
    speakers = [
        conn.execute(
            "SELECT person_id, count(*) FROM quotes GROUP BY person_id ORDER BY abs(count(*) - ?)",
            [wanted],
        ).fetchone()
        for wanted in (10_000, 1_000_000)
    ]
    pages: list[tuple[str, str, str, list[object]]] = [
        ("Datasette, an empty query", f"/{path.stem}?sql=select+1", "SELECT 1", []),
        ("home", "/", LATEST, []),
        ("article", "/article/77", ARTICLE, [77]),
        ("quotation", "/article/77/quote/1", ARTICLE, [77]),
    ]
    for person, said in speakers:
        pages.append((f"speaker, {said:,} quotations", f"/speaker/{person}", SPEAKER, [person]))
    for kind, rank in WORDS.items():
        word = words[rank]
        pages += [
            (f"results, {kind} word", f"/search?q={word}", RESULTS, [word]),
            (f"  quotations, {kind} word", f"/search?q={word}&tab=quotes", RESULTS, [word]),
            (f"  newest first, {kind} word", f"/search?q={word}&sort=newest", RESULTS, [word]),
        ]
    pages.append(
        ("  page 100, common word", f"/search?q={words[WORDS['common']]}&page=100", RESULTS,
         [words[WORDS["common"]]])
    )  # fmt: skip
    process, address = served(path)
    print(f"{'':34}{'median':>9}{'p95':>9}{'bare':>9}{'ratio':>8}{'processor':>11}   to library"
          " + empty page")  # fmt: skip
    empty = 0.0
    bare: dict[tuple[object, ...], tuple[float, float]] = {}
    try:
        with httpx.Client(base_url=address, timeout=120) as client:
            for name, link, sql, values in pages:
                client.get(link).raise_for_status()
                before = spent(process.pid)
                page = measured(rounds, lambda link=link: client.get(link).raise_for_status())  # type: ignore[misc]
                own_time = (spent(process.pid) - before) * 1000 / (rounds + 1)
                query = bare.get((sql, *values)) or measured(
                    min(rounds, 5),
                    lambda sql=sql, v=values: conn.execute(sql, v).fetchall(),  # type: ignore[misc]
                )
                bare[(sql, *values)] = query
                line = f"{name:34}{page[0]:9.1f}{page[1]:9.1f}{query[0]:9.1f}"
                line += f"{page[0] / query[0]:8.1f}{own_time:11.1f}"
                empty = empty or page[1]
                if link.startswith("/search"):
                    asked = parse_qs(link.partition("?")[2])
                    own = measured(rounds, lambda asked=asked: library(conn, asked))[1]  # type: ignore[misc]
                    line += f"   {page[1] / (own + empty):5.2f} ({own:.1f} + {empty:.1f} ms)"
                print(line, flush=True)
            stock = f"/{path.stem}/paragraphs?_search="
            for name, kind in (("results", "/search?q="), ("Datasette's search", stock)):
                links = [kind + word for word in words[850:1250:10]]
                for link in links:
                    client.get(link)
                before = spent(process.pid)
                by_clock = many_clients(address, links)
                by_processor = CLIENTS * EACH / (spent(process.pid) - before)
                print(f"{CLIENTS} clients, {name}: {by_clock:.0f} pages a second,"
                      f" {by_processor:.0f} for each second of the server's processor")  # fmt: skip
    finally:
        process.terminate()
        process.wait()


def main() -> None:
    """Read the options, make the archive, measure."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--articles", type=int, default=20_000)
    options.add_argument("--keep", type=Path, help="a folder for the archive, used again next time")
    options.add_argument("--rounds", type=int, default=30)
    args = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = (args.keep or Path(folder)) / f"bench-{args.articles}.db"
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            fill(path, args.articles)
        run(path, args.rounds)


if __name__ == "__main__":
    main()
