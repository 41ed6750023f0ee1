"""Break files in random ways and read them: nothing but articles and clear lines may come out.

    uv run python -m tests.bench.fuzz [--minutes 10] [--seeds FOLDER] [--keep FOLDER]

Seeds are good files of every format here, and those of a folder. What broke a reader, or took
longer than ten seconds, is put in the folder to keep, for `tests/data/containers`.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import random
import time
from pathlib import Path

from ingest.article import Capture
from ingest.errors import IngestError, ReaderFailed
from ingest.pipeline import articles_of
from ingest.read.place import Place, read_safely
from tests.containers import (
    FERRY,
    OBJECT,
    OMNIVORE,
    POCKET,
    ROWS,
    TUGS,
    packed,
    pages,
    record,
    tarred,
    zipped,
)

PAIR: dict[str, str | bytes] = {"ferry.html": FERRY, "old/tugs.html": TUGS}
DIGEST = "WARC-Payload-Digest: sha1:ABC\r\n"
RECORDS = [
    *pages(2),
    record("https://courier.example/ferry", FERRY, more=DIGEST),
    record("https://courier.example/again", "", kind="revisit", more=DIGEST),
]
SEEDS: dict[str, bytes] = {
    "plain.warc": b"".join(RECORDS),
    "a.warc.gz": packed(RECORDS),
    "big.warc.gz": gzip.compress(b"".join(RECORDS), mtime=0),
    "a.zip": zipped(PAIR),
    "a.tar": tarred({**PAIR, "link": "->ferry.html"}),
    "a.tgz": tarred(PAIR, "w:gz"),
    "ferry.html.gz": gzip.compress(FERRY.encode(), mtime=0),
    "nested.zip": zipped({"a.warc.gz": packed(pages(1)), "a.tgz": tarred(PAIR, "w:gz")}),
    "ferry.html": FERRY.encode(),
    "set.csv": f"{ROWS}{ROWS}".encode(),
    "lines.jsonl": f"{OBJECT}\n{OBJECT}\n".encode(),
    "list.json": f"[{OBJECT},\n {OBJECT}]".encode(),
    "omnivore.zip": zipped({"metadata_0_to_20.json": OMNIVORE, "content/ferry.html": FERRY}),
    "pocket.zip": zipped({"part_000000.csv": POCKET}),
}
SLOW = 10.0
_PIECES = [
    b"\0", b"\xff" * 8, b"\r\n\r\n", b"WARC/1.0\r\n", b"Content-Length: 99999999\r\n", b"ustar",
    b"PK\x03\x04", b"PK\x01\x02", b"\x1f\x8b\x08", b"<" * 200, b"<div>" * 400, b"]]>", b"<!--",
    b"&#x110000;",
]  # fmt: skip


def broken(data: bytes, chance: random.Random) -> bytes:
    """`data` with up to six things done to it: bytes changed, cut, doubled, put in."""
    out = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        if not out:
            break
        at = chance.randrange(len(out))
        end = min(len(out), at + chance.choice((1, 4, 30, 500)))
        match chance.randrange(6):
            case 0:
                out[at] = chance.randrange(256)
            case 1:
                del out[at:end]
            case 2:
                out[at:at] = out[at:end]
            case 3:
                out[at:at] = chance.choice(_PIECES)
            case 4:
                out[at : at + 4] = chance.choice(
                    (b"\0\0\0\0", b"\xff\xff\xff\xff", b"\xff\xff\xff\x7f")
                )
            case 5 if chance.random() < 0.3:
                del out[at:]
            case _:
                out[at] ^= 1 << chance.randrange(8)
    return bytes(out)


def trouble(name: str, data: bytes) -> str | None:
    """What is wrong with how these bytes are read; None where nothing is."""
    start = time.perf_counter()
    try:
        for found in read_safely(Place(name, data=data, max_bytes=5_000_000)):
            if isinstance(found, ReaderFailed) or (
                isinstance(found, IngestError) and len(str(found).splitlines()) != 1
            ):
                return str(found)
            if isinstance(found, Capture):
                try:
                    articles_of(found)
                except IngestError:
                    continue
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    seconds = time.perf_counter() - start
    return f"it takes {seconds:.0f} seconds" if seconds > SLOW else None


def main() -> None:
    """Read the options, break files until the time is up, print what was found."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--minutes", type=float, default=10)
    options.add_argument("--seeds", type=Path)
    options.add_argument("--keep", type=Path)
    options.add_argument("--seed", type=int, default=1)
    args = options.parse_args()
    seeds = dict(SEEDS)
    if args.seeds:
        seeds |= {path.name: path.read_bytes() for path in args.seeds.iterdir()}
    chance = random.Random(args.seed)
    tried = 0
    seen: set[str] = set()
    end = time.monotonic() + args.minutes * 60
    while time.monotonic() < end:
        for name, seed in seeds.items():
            data = broken(seed, chance)
            tried += 1
            if (what := trouble(name, data)) is None:
                continue
            if what in seen:
                continue
            seen.add(what)
            print(f"{what}", flush=True)
            if args.keep:
                args.keep.mkdir(parents=True, exist_ok=True)
                digest = hashlib.sha256(data).hexdigest()[:8]
                (args.keep / f"{digest}-{name}").write_bytes(data)
    print(f"{tried} files of {len(seeds)} kinds, {len(seen)} kinds of trouble")


if __name__ == "__main__":
    main()
