"""Many at once on a served archive, some of them hostile: is everybody answered, and with what?

    uv run python -m tests.bench.load [--minutes 10] [--clients 8] [--articles 20000]
        [--keep FOLDER] [--once]

First readers alone, for a tenth of the time: the baseline. Then the same, of whom half are hostile:
blobs of a gigabyte, queries without end, 10,000 terms, broken addresses, methods and headers,
people who hang up (tests.bench.hostile has all of it; `--once` asks each once, and nothing else).
Prints the statuses, those that are not meant, the longest reply beside the cap of db.site.bodies,
the server's memory over time (the median of the first and last quarter, and the slope), and how
long each kind took, in milliseconds. Ends with 1 where a status was not meant, a reply over the
cap, or the server printed a traceback.
"""

from __future__ import annotations

import argparse
import http.client
import random
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from db.site.bodies import REPLY, STREAM_MB
from tests.bench.hostile import Asked, hostile, ordinary
from tests.bench.search import fill
from tests.bench.site import served

# 400: the query or the address makes no sense, or its answer is too large; 403: not open to this
# visitor; 404: not there; 405: not by this method; 413: too long, there or back; 414, 431: the
# address or the headers are; 421: another site's name; 503: it takes too long.
MEANT = {200, 301, 302, 304, 400, 403, 404, 405, 413, 414, 421, 431, 503}
# What ordinary requests may be answered.
FOR_READERS = {200, 404, 503}
# Beyond so many bytes of an address the server closes the connection, while the rest still comes.
LONGEST_ADDRESS = 60_000
# Seconds that a client waits for the next piece of a reply.
WAIT = 120.0


class Load:
    """Clients of one server, and what they got."""

    def __init__(self, address: str, process: subprocess.Popen[str]) -> None:
        self.host, self.port = str(urlsplit(address).hostname), urlsplit(address).port
        self.process = process
        self.times: dict[str, list[float]] = defaultdict(list)
        self.statuses: Counter[tuple[str, int]] = Counter()
        self.wrong: list[str] = []
        self.longest: dict[bool, int] = {False: 0, True: 0}
        self.memory: list[tuple[float, int]] = []
        self.loud = False
        self._lock = threading.Lock()

    def ask(self, asked: Asked) -> None:
        """One request, and its reply to the end."""
        began = time.perf_counter()
        status, size, head = self._exchange(asked)
        seconds = time.perf_counter() - began
        streamed = "_stream=on" in asked.path
        with self._lock:
            self.times[asked.kind].append(seconds * 1000)
            self.statuses[asked.kind, status] += 1
            self.longest[streamed] = max(self.longest[streamed], size)
            meant = MEANT if asked.hostile else FOR_READERS
            cut = (asked.hang_up or asked.kind == "hostile header"
                   or len(asked.path) > LONGEST_ADDRESS)  # fmt: skip
            if self.loud:
                print(f"{seconds:7.2f} s {status} {size:9} {asked.kind} {asked.method}"
                      f" {asked.path[:150]!r} {head[:80]!r}", flush=True)  # fmt: skip
            if (status not in meant and not (status == 0 and cut)) or b"Traceback" in head:
                self.wrong.append(f"{status} {asked.method} {asked.path[:300]}: {head[:300]!r}")
            if size > (STREAM_MB * 1_000_000 + 1_000 if streamed else REPLY):
                self.wrong.append(f"{size} bytes {asked.path[:300]}")

    def _exchange(self, asked: Asked) -> tuple[int, int, bytes]:
        """Status (0: the connection was closed), the bytes of the body, its beginning."""
        connection = http.client.HTTPConnection(self.host, self.port, timeout=WAIT)
        size, head = 0, b""
        try:
            connection.putrequest(asked.method, "/", skip_host="Host" in asked.headers)
            # As it is: http.client itself refuses some of what others send.
            first = f"{asked.method} {asked.path} HTTP/1.1".encode("utf-8", "surrogatepass")
            connection._buffer[0] = first  # type: ignore[attr-defined]
            for name, value in asked.headers.items():
                connection._buffer.append(f"{name}: {value}".encode("latin-1"))  # type: ignore[attr-defined]
            if asked.body:
                connection.putheader("Content-Length", str(len(asked.body)))
            connection.endheaders(asked.body or None)
            reply = connection.getresponse()
            while part := reply.read(asked.hang_up or 65_536):
                head = head or part
                size += len(part)
                if asked.hang_up:
                    break
            return reply.status, size, head
        except (http.client.HTTPException, ConnectionError) as error:
            return 0, size, repr(error).encode()
        except TimeoutError:
            return -1, size, b"no reply"
        finally:
            connection.close()

    def watch(self, stop: threading.Event) -> None:
        """The server's memory twice a second, in kB."""
        status = Path(f"/proc/{self.process.pid}/status")
        began = time.monotonic()
        while not stop.wait(0.5):
            if found := re.search(r"VmRSS:\s+(\d+)", status.read_text()):
                self.memory.append((time.monotonic() - began, int(found[1])))

    @property
    def peak(self) -> int:
        """The most memory that the server has had, in kB."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        found = re.search(r"VmHWM:\s+(\d+)", status)
        return int(found[1]) if found else 0


def run(load: Load, seconds: float, asking: list[Iterator[Asked]]) -> None:
    """Each client asks one thing after the other until time is up."""
    end = time.monotonic() + seconds

    def client(requests: Iterator[Asked]) -> None:
        for asked in requests:
            if time.monotonic() > end:
                return
            load.ask(asked)

    stop = threading.Event()
    watcher = threading.Thread(target=load.watch, args=[stop])
    clients = [threading.Thread(target=client, args=[requests]) for requests in asking]
    for thread in (watcher, *clients):
        thread.start()
    for thread in clients:
        thread.join()
    stop.set()
    watcher.join()


def for_ever(requests: list[Asked], chance: random.Random) -> Iterator[Asked]:
    """All of them in some order, again and again."""
    while True:
        yield from chance.sample(requests, len(requests))


def told(load: Load) -> None:
    """Print what a run was like."""
    print(f"{'':24}{'requests':>9}{'median':>9}{'p95':>9}{'longest':>9}   statuses")
    for kind in sorted(load.times, key=lambda kind: (kind.startswith("hostile"), kind)):
        times = load.times[kind]
        statuses = {s: n for (k, s), n in sorted(load.statuses.items()) if k == kind}
        p95 = statistics.quantiles(times, n=20)[-1] if len(times) > 1 else times[0]
        print(f"{kind:24}{len(times):9}{statistics.median(times):9.0f}{p95:9.0f}{max(times):9.0f}"
              f"   {statuses}", flush=True)  # fmt: skip


def unanswered(load: Load) -> int:
    """How many readers' requests were told to come again."""
    return sum(n for (kind, status), n in load.statuses.items()
               if status == 503 and not kind.startswith("hostile"))  # fmt: skip


def p95(load: Load, *, hostile: bool) -> float:
    """The 95th percentile of all times of a sort."""
    times = [t for kind, all_ in load.times.items() for t in all_
             if kind.startswith("hostile") == hostile]  # fmt: skip
    return statistics.quantiles(times, n=20)[-1]


def of_memory(load: Load) -> None:
    """Print whether the server's memory is flat."""
    sizes = [size / 1024 for _, size in load.memory]
    quarter = max(len(sizes) // 4, 1)
    slope, _ = statistics.linear_regression([at / 60 for at, _ in load.memory], sizes)
    first, last = statistics.median(sizes[:quarter]), statistics.median(sizes[-quarter:])
    print(f"memory: {first:.0f} MB in the first quarter, {last:.0f} MB in the last (medians),"
          f" {slope:+.1f} MB a minute, peak {load.peak / 1024:.0f} MB")  # fmt: skip


def main() -> None:
    """Read the options, serve, ask, print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--minutes", type=float, default=10)
    options.add_argument("--clients", type=int, default=8)
    options.add_argument("--articles", type=int, default=20_000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--keep", type=Path, help="a folder for the archive, used again next time")
    options.add_argument(
        "--once", action="store_true", help="each hostile request once, one by one"
    )
    args = options.parse_args()
    chance = random.Random(args.seed)
    with tempfile.TemporaryDirectory() as folder:
        path = (args.keep or Path(folder)) / f"load-{args.articles}.db"
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            fill(path, args.articles)
        said = (Path(folder) / "said").open("w+")
        process, address = served(path, said)
        # A pipe that nobody reads from would stop whoever writes into it.
        threading.Thread(target=list, args=[process.stdout], daemon=True).start()
        readers = [ordinary(path.stem, args.articles, chance) for _ in range(args.clients)]
        requests = hostile(path.stem)
        try:
            alone, load = Load(address, process), Load(address, process)
            if args.once:
                load.loud = True
                run(load, 3_600, [iter(requests)])
            else:
                run(alone, args.minutes * 6, [*readers])
                print(f"{args.clients} readers alone")
                told(alone)
                half = args.clients // 2
                evil = [for_ever(requests, chance) for _ in range(args.clients - half)]
                run(load, args.minutes * 60, [*readers[:half], *evil])
                print(f"{half} readers, {len(evil)} hostile clients")
            told(load)
            of_memory(load)
            page, stream = load.longest[False], load.longest[True]
            print(f"longest reply {page:,} bytes of {REPLY:,};"
                  f" streamed as CSV {stream:,} of {STREAM_MB * 1_000_000:,}")  # fmt: skip
            if not args.once:
                print(f"p95 of readers: {p95(alone, hostile=False):.0f} ms alone,"
                      f" {p95(load, hostile=False):.0f} ms beside hostile clients;"
                      f" told to come again: {unanswered(alone)}, {unanswered(load)}")  # fmt: skip
            wrong = alone.wrong + load.wrong
            said.seek(0)
            faults = said.read().split("Traceback (most recent call last)")[1:]
            wrong += [f"the server says: {fault[:900]}" for fault in faults]
            print(f"{len(wrong)} wrong", *wrong[:40], sep="\n  ")
            if process.poll() is not None:
                sys.exit("the server is dead")
        finally:
            process.terminate()
            try:
                process.wait(timeout=30)
            except subprocess.TimeoutExpired:
                process.kill()
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
