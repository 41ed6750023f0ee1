"""Read saved news pages that come with gold, score them, and time it.

    python -m tests.bench.pages ../shared/pages [--predictions FILE] [--worst 10] [--cores 2]

The folder holds `gold.json`, `html/ID.html.gz` and `score.py`, whose docstring defines the figures.
Pages are also scored in two halves, split by a hash of the site's name, so that a rule made from
one half can be seen to work on the other. Pages a second are of one process, from bytes to the
article without its quotations, each page read once; reading the files, starting Python and what
`ingest.preload` loads before a process reads do not count.
"""

from __future__ import annotations

import argparse
import gzip
import importlib.util
import json
import time
import zlib
from concurrent.futures import ProcessPoolExecutor
from importlib import import_module
from multiprocessing import get_context
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import urlsplit

from ingest.errors import IngestError
from ingest.garbage import collect_seldom
from ingest.read.html import html_capture
from ingest.read.place import Place
from ingest.recognise import recognise


def predict(data: bytes, source: str) -> dict[str, Any]:
    """What is read from a page, in the form that score.py takes.

    Captions are no paragraphs of the body. Where no person is named, the body that signs it
    ("Associated Press") counts as the author, as it does in the gold.
    """
    try:
        (article,) = recognise(html_capture(Place(source, data=data), data))
    except IngestError as error:
        return {"error": str(error)}
    return {
        "title": article.title,
        "authors": list(article.authors) or [article.byline] * bool(article.byline),
        "date": article.published.value if article.published else None,
        "paragraphs": [p.text for p in article.paragraphs if p.kind != "caption"],
    }


def predict_all(pages: list[tuple[str, bytes]]) -> tuple[dict[str, Any], float]:
    """The predictions for pages, and the seconds of processor time that they took."""
    import_module("ingest.preload")
    collect_seldom()
    predict(pages[0][1], pages[0][0])  # what else is imported late
    start = time.process_time()
    found = {key: predict(data, key) for key, data in pages}
    return found, time.process_time() - start


def half(page: dict[str, Any], key: str) -> str:
    """The half that a page's site is in."""
    site = page.get("publisher") or urlsplit(page.get("url") or key).hostname or key
    return f"half {zlib.crc32(site.encode()) % 2 + 1}"


def load_scorer(path: Path) -> ModuleType:
    """The shared scorer, loaded from its file."""
    spec = importlib.util.spec_from_file_location("score", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--predictions", type=Path, help="also write what was read, as JSON")
    parser.add_argument("--worst", type=int, default=0, metavar="N")
    parser.add_argument("--cores", type=int, default=1, metavar="N", help="also time N processes")
    options = parser.parse_args()
    gold = json.loads((options.folder / "gold.json").read_text("utf-8"))
    pages = [
        (key, gzip.decompress((options.folder / "html" / f"{key}.html.gz").read_bytes()))
        for key in gold
    ]
    predictions, seconds = predict_all(pages)
    if options.predictions:
        options.predictions.write_text(json.dumps(predictions, ensure_ascii=False), "utf-8")
    scorer = load_scorer(options.folder / "score.py")
    groups: dict[str, dict[str, Any]] = {"all": gold}
    for key, page in gold.items():
        for name in (page["source"], half(page, key)):
            groups.setdefault(name, {})[key] = page
    for name in ("all", *sorted(set(groups) - {"all"})):
        scorer.show(name, scorer.score(groups[name], predictions))
    print(f"{len(pages) / seconds:.1f} pages a second on one core")
    if options.cores > 1:
        parts = [pages[at :: options.cores] for at in range(options.cores)]
        fresh = get_context("spawn")  # a fork would bring warm caches along
        with ProcessPoolExecutor(options.cores, mp_context=fresh) as pool:
            slowest = max(taken for _, taken in pool.map(predict_all, parts))
        print(f"{len(pages) / slowest:.1f} pages a second on {options.cores}")
    bodies = {
        key: scorer.score({key: page}, predictions)["body"] or 0 for key, page in gold.items()
    }
    for key in sorted(bodies, key=bodies.__getitem__)[: options.worst]:
        print(f"{bodies[key]:.4f}  {key}  {predictions[key].get('error', '')}")


if __name__ == "__main__":
    main()
