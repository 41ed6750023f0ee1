"""Make the forest that tells the body of a page, and measure it on sites it was not made from.

    uv run --with lightgbm --with scikit-learn python -m tests.bench.train_body ../shared/pages \
        [--write]

Pieces of a page that stand in gold's paragraphs are the article, all others are not; what gold
calls optional, or holds in part, is left out. Every page goes in a second time as a short plain
page of two to four of its paragraphs, since people keep such pages too and gold has none. First it
prints the figures of five folds, each scored by a forest made from the other four; with --write it
makes one from all pages and writes `ingest/data/body_model.json`, which holds thresholds and no
words. LightGBM and scikit-learn are needed here only.
"""

from __future__ import annotations

import argparse
import gzip
import html
import json
import random
from pathlib import Path
from typing import Any

from ingest.read.body import page_context, trafilatura_text
from ingest.read.encoding import decode_html
from ingest.read.html import parsed
from ingest.read.html_blocks import Piece, pieces_of
from ingest.read.html_features import NAMES, measure
from ingest.read.html_words import squash
from tests.bench.pages import half, load_scorer

MODEL = Path(__file__).parents[2] / "ingest" / "data" / "body_model.json"
TREES, LEAVES, RATE = 60, 16, 0.15
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


Rows = list[tuple[list[float], int]]


def rows_of(score: Any, gold: dict[str, Any], pieces: list[Piece]) -> Rows:
    """What the forest learns from a page."""
    marks = labels(score, gold, pieces)
    return [
        (piece.features, mark)
        for piece, mark in zip(pieces, marks, strict=True)
        if mark is not None
    ]


def fit(rows: Rows) -> Any:
    """A forest made from rows."""
    import lightgbm

    model = lightgbm.LGBMClassifier(
        n_estimators=TREES, num_leaves=LEAVES, learning_rate=RATE, min_child_samples=20,
        subsample=0.8, subsample_freq=1, colsample_bytree=0.4, reg_lambda=5, verbose=-1,
        n_jobs=1, random_state=1, deterministic=True,
    )  # fmt: skip
    return model.fit([row for row, _ in rows], [mark for _, mark in rows])


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
    args = options.parse_args()
    score = load_scorer(args.folder / "score.py")
    gold = json.loads((args.folder / "gold.json").read_text("utf-8"))
    pages, rows = {}, {}
    for key, page in gold.items():
        data = gzip.decompress((args.folder / "html" / f"{key}.html.gz").read_bytes())
        pages[key] = measured(decode_html(data)[0])
        text, short = short_page(key, page)
        rows[key] = rows_of(score, page, pages[key]) + rows_of(score, short, measured(text))
    keys = sorted(gold)
    random.Random(3).shuffle(keys)
    show_parts(score, gold, pages, rows, [keys[at::5] for at in range(5)], "five folds")
    halves = [[k for k in keys if half(gold[k], k) == f"half {n}"] for n in (1, 2)]
    for number, tested in enumerate(halves):
        show_parts(score, gold, pages, rows, [tested], f"half {number + 1} from the other")
    if args.write:
        trees = fit([row for key in sorted(gold) for row in rows[key]])
        dump = trees.booster_.dump_model()
        made = [tree_of(tree["tree_structure"]) for tree in dump["tree_info"]]
        text = json.dumps({"names": NAMES, "trees": made}, separators=(",", ":"))
        MODEL.write_text(text.replace("],[", "],\n[") + "\n", "utf-8")


def show_parts(score: Any, gold: Any, pages: Any, rows: Any, parts: Any, name: str) -> None:
    """Score each part of the pages by a forest made from all that are not in it."""
    found = {}
    for tested in parts:
        forest = fit([row for key in gold if key not in tested for row in rows[key]])
        for key in tested:
            pieces = pages[key]
            sure = forest.predict_proba([p.features for p in pieces])[:, 1] if pieces else []
            texts = [p.text for p, s in zip(pieces, sure, strict=True) if s > 0.5]
            found[key] = {"paragraphs": texts}
    score.show(name, score.score({key: gold[key] for key in found}, found))


if __name__ == "__main__":
    main()
