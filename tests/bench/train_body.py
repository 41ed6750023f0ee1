"""Make the forests that tell the body of a page, and measure them on sites they were not made from.

    uv run --with lightgbm --with scikit-learn python -m tests.bench.train_body ../shared/pages \
        [--write]

Pieces of a page that stand in gold's paragraphs are the article, all others are not; what gold
calls optional, or holds in part, is left out. Every page goes in a second time as a short plain
page of two to four of its paragraphs, since people keep such pages too and gold has none. The
second forest learns from what first forests say of pages of sites that those were not made from.

First it prints the figures of five folds, each read by forests made from the other four; all pages
of a site are in one fold. With --write it makes both from all pages and writes
`ingest/data/body_model.json`, which holds thresholds and no words; what is measured on the same
pages afterwards is not what strange pages will give. LightGBM and scikit-learn are needed here
only.
"""

from __future__ import annotations

import argparse
import gzip
import html
import json
import random
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from ingest.read import forest
from ingest.read.body import page_context, trafilatura_text
from ingest.read.encoding import decode_html
from ingest.read.html import parsed
from ingest.read.html_blocks import Piece, pieces_of
from ingest.read.html_context import CONTEXT, SURE, context
from ingest.read.html_features import NAMES, measure
from ingest.read.html_words import squash
from tests.bench.pages import half, load_scorer, predict

MODEL = Path(__file__).parents[2] / "ingest" / "data" / "body_model.json"
FIRST = {"n_estimators": 120, "num_leaves": 16, "colsample_bytree": 0.3}
SECOND = {"n_estimators": 80, "num_leaves": 8, "colsample_bytree": 0.4}
_INNER = 4  # folds inside of the training pages, for the second forest
_LONG_BODY = 400


def labels(score: Any, gold: dict[str, Any], pieces: list[Piece]) -> list[int | None]:
    """1 for a piece of the article, 0 for another, None for one that does not count."""
    paragraphs = score.paragraphs(gold)
    optional = set(map(score.fold, gold.get("optional") or []))
    shingles = score.shingles(score.words("\n".join(paragraphs)))
    exact = set(map(score.fold, paragraphs))
    whole = squash("".join(paragraphs))
    return [_label(score, p.text, exact, optional, whole, shingles) for p in pieces]


def _label(
    score: Any, text: str, exact: set[str], optional: set[str], whole: str, shingles: Any
) -> int | None:
    folded, words = score.fold(text), score.words(text)
    if not words:
        return 0
    if folded in exact:
        return 1
    if folded in optional:
        return None
    wide = not folded.isascii()
    if len(folded) >= 10 and squash(folded) in whole and (len(words) >= 4 or wide):
        return 1
    if len(words) < 4:
        return 0
    own = score.shingles(words)
    share = sum(1 for shingle in own if shingle in shingles) / len(own)
    return 1 if share > 0.6 else 0 if share < 0.3 else None


def measured(page: str) -> list[Piece]:
    """The pieces of a page with their features."""
    root = parsed(page)
    if root is None:
        return []
    titles, description, stated = page_context(root)
    pieces = pieces_of(root)
    read = squash(trafilatura_text(root, pieces)) if pieces else ""
    known = squash(stated) if len(stated) > _LONG_BODY else ""
    measure(pieces, titles=titles, description=squash(description), stated=known, read=read)
    return pieces


def short_page(key: str, gold: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """A plain page of a few of gold's paragraphs, as people write and keep them."""
    dice = random.Random(key)
    paragraphs = gold["paragraphs"] or ["-"]
    start = dice.randrange(len(paragraphs))
    few = paragraphs[start : start + dice.randint(2, 4)]
    title = html.escape(gold.get("title") or "Council meets again")
    body = "".join(f"<p>{html.escape(text)}</p>" for text in few)
    above = dice.choice(["", "<div class=byline>By Ann Other</div>", "<p>Updated 4 May 2018</p>"])
    inside = f"<h1>{title}</h1>{above}{body}"
    inside = dice.choice([f"<article>{inside}</article>", f"<div>{inside}</div>", inside])
    menu = dice.choice(["", "<nav>Home | News</nav>", "<ul><li><a href=/>Home</a></li></ul>"])
    foot = dice.choice(["", "<footer>© 2024 The Paper</footer>", "<p>© 2024 The Paper</p>"])
    page = f"<html><head><title>{title} | The Paper</title></head><body>{menu}{inside}{foot}</body>"
    return page, {"paragraphs": few, "optional": [gold.get("title") or "Council meets again"]}


Page = tuple[list[Piece], list[int | None]]  # the pieces of a page, and what each one is


def site_of(page: dict[str, Any], key: str) -> str:
    """The domain that a page's site goes by, without what stands before it."""
    host = urlsplit(page.get("url") or "").hostname or page.get("publisher") or key
    parts = host.lower().split(".")
    national = len(parts) > 2 and len(parts[-1]) == 2 and len(parts[-2]) <= 3
    return ".".join(parts[-3:] if national else parts[-2:])


def folds(keys: list[str], sites: dict[str, str], count: int, seed: int) -> list[list[str]]:
    """The keys in `count` parts, all pages of a site in one."""
    names = sorted({sites[key] for key in keys})
    random.Random(seed).shuffle(names)
    parts = [set(names[at::count]) for at in range(count)]
    return [[key for key in keys if sites[key] in part] for part in parts]


def fit(pages: list[Page], rows: list[list[list[float]]], settings: dict[str, Any]) -> Any:
    """A forest made from the rows of pages, one for each piece."""
    import lightgbm
    import numpy

    known = [
        (row, mark)
        for (_, marks), of_page in zip(pages, rows, strict=True)
        for row, mark in zip(of_page, marks, strict=True)
        if mark is not None
    ]
    model = lightgbm.LGBMClassifier(
        **settings, learning_rate=0.08, min_child_samples=20, subsample=0.8, subsample_freq=1,
        reg_lambda=5, verbose=-1, n_jobs=1, random_state=1, deterministic=True,
    )  # fmt: skip
    return model.fit(numpy.array([row for row, _ in known]), numpy.array([m for _, m in known]))


def features(pages: list[Page]) -> list[list[list[float]]]:
    """The rows for the first forest."""
    return [[piece.features for piece in pieces] for pieces, _ in pages]


def seen_around(model: Any, pages: list[Page]) -> list[list[list[float]]]:
    """The rows for the second forest, after what the first says of these pages."""
    import numpy

    rows = []
    for pieces, _ in pages:
        own = [piece.features for piece in pieces]
        odds = model.predict_proba(numpy.array(own), raw_score=True) if own else []
        cut = [max(-SURE, min(SURE, float(value))) for value in odds]
        rows.append([a + b for a, b in zip(own, context(pieces, cut), strict=True)])
    return rows


def made_from(keys: list[str], sites: dict[str, str], pages: dict[str, list[Page]]) -> Any:
    """Both forests, made from these pages, as `body_model.json` holds them."""
    learned: list[Page] = []
    around: list[list[list[float]]] = []
    for part in folds(keys, sites, _INNER, 7):
        left = [page for key in keys if key not in part for page in pages[key]]
        tested = [page for key in part for page in pages[key]]
        around += seen_around(fit(left, features(left), FIRST), tested)
        learned += tested
    every = [page for key in keys for page in pages[key]]
    first, second = fit(every, features(every), FIRST), fit(learned, around, SECOND)
    return {"names": [*NAMES, *CONTEXT], "first": trees_of(first), "second": trees_of(second)}


def trees_of(model: Any) -> list[Any]:
    """The trees of a forest."""
    return [tree_of(tree["tree_structure"]) for tree in model.booster_.dump_model()["tree_info"]]


def tree_of(node: dict[str, Any]) -> Any:
    """A tree of LightGBM as [feature, threshold, left, right], or the value of a leaf."""
    if "leaf_value" in node:
        return round(node["leaf_value"], 5)
    left, right = tree_of(node["left_child"]), tree_of(node["right_child"])
    return [node["split_feature"], round(node["threshold"], 5), left, right]


def main() -> None:
    """Read the options and run."""
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("folder", type=Path)
    options.add_argument("--write", action="store_true")
    options.add_argument("--seeds", type=int, default=3, help="how often five folds are drawn")
    args = options.parse_args()
    score = load_scorer(args.folder / "score.py")
    gold = json.loads((args.folder / "gold.json").read_text("utf-8"))
    data, pages = {}, {}
    for key, page in gold.items():
        data[key] = gzip.decompress((args.folder / "html" / f"{key}.html.gz").read_bytes())
        own = measured(decode_html(data[key])[0])
        text, short = short_page(key, page)
        few = measured(text)
        pages[key] = [(own, labels(score, page, own)), (few, labels(score, short, few))]
    keys = sorted(gold)
    sites = {key: site_of(gold[key], key) for key in keys}
    for seed in range(1, args.seeds + 1):
        show(score, gold, data, pages, sites, folds(keys, sites, 5, seed), f"five folds, {seed}")
    if args.seeds:
        halves = [[k for k in keys if half(gold[k], k) == f"half {n}"] for n in (1, 2)]
        for number, tested in enumerate(halves, 1):
            show(score, gold, data, pages, sites, [tested], f"half {number} from the other")
    if args.write:
        text = json.dumps(made_from(keys, sites, pages), separators=(",", ":"))
        MODEL.write_text(text.replace("],[", "],\n[") + "\n", "utf-8")


def show(
    score: Any, gold: Any, data: Any, pages: Any, sites: Any, parts: list[list[str]], name: str
) -> None:
    """Score each part of the pages, read with forests made from all that are not in it."""
    found = {}
    for tested in parts:
        left = [key for key in sorted(gold) if key not in tested]
        made = forest.forests(made_from(left, sites, pages))
        forest.shipped = lambda made=made: made  # type: ignore[assignment]
        found |= {key: predict(data[key], key) for key in tested}
    score.show(name, score.score({key: gold[key] for key in found}, found))


if __name__ == "__main__":
    main()
