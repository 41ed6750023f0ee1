"""The text cases: page dumps with what stands in them, written by hand."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from ingest.article import Article
from ingest.errors import IngestError
from ingest.read import read_capture
from ingest.recognise import recognise

OURS = sorted((Path(__file__).parents[1] / "data" / "text").glob("*.txt"))

BODY = {"text", "list_item", "block_quote", "table"}
LISTS = ("paragraphs", "headings", "captions", "list_items", "furniture", "authors")


def spans(article: Article, kinds: Iterable[str]) -> list[list[int]]:
    return [list(p.span) for p in article.paragraphs if p.kind in kinds]


def as_gold(article: Article) -> dict[str, Any]:
    """An article in the form of the gold. No-break spaces in single lines are plain spaces."""
    published, modified = article.published, article.modified
    return {
        "title": article.title,
        "title_span": list(article.title_span) if article.title_span else None,
        "byline": article.byline,
        "authors": list(article.authors),
        "agency": article.agency,
        "section": article.section,
        "publisher": article.publisher,
        "rights": article.rights,
        "distributor": article.distributor,
        "dateline": article.dateline,
        "published": published.value if published else None,
        "published_precision": published.precision if published else None,
        "modified": modified.value if modified else None,
        "paragraphs": spans(article, BODY),
        "headings": spans(article, {"heading"}),
        "captions": spans(article, {"caption"}),
        "list_items": spans(article, {"list_item"}),
        "furniture": [f.span.of(article.text).replace("\xa0", " ") for f in article.furniture],
    }


def check(gold: dict[str, Any], article: Article, *, whole: bool = True) -> None:
    """Compare key by key. With `whole`, a key that the gold leaves out has to be empty."""
    found = as_gold(article)
    for key, value in found.items():
        if key not in gold and (not whole or key == "authors"):
            continue
        expected = gold.get(key, [] if key in LISTS else None)
        if key == "title" and expected and value:
            expected, value = expected.casefold(), value.casefold()
        if key == "furniture":
            expected = [line.replace("\xa0", " ") for line in expected]
        assert value == expected, key


def run(path: Path, *, whole: bool) -> None:
    gold = json.loads(path.with_name(f"{path.stem}.expected.json").read_text("utf-8"))
    if "error" in gold:
        with pytest.raises(IngestError) as caught:
            recognise(read_capture(path))
        assert caught.value.kind == gold["error"]
        return
    capture = read_capture(path)
    articles = recognise(capture)
    expected = gold.get("articles", [gold])
    assert len(articles) == len(expected)
    assert capture.encoding == gold["encoding"]
    for one, article in zip(expected, articles, strict=True):
        check(one, article, whole=whole)


@pytest.mark.parametrize("path", OURS, ids=[path.stem for path in OURS])
def test_our_cases(path: Path) -> None:
    run(path, whole=True)


def test_shared_cases(shared) -> None:
    paths = sorted(shared("pages/text-cases").glob("*.txt"))
    assert paths
    for path in paths:
        run(path, whole=False)


def test_seed(shared) -> None:
    gold = json.loads(shared("seed/expected.json").read_text("utf-8"))
    (article,) = recognise(read_capture(shared("seed/article.txt")))
    check(gold, article, whole=False)
    assert len(article.paragraphs) == 10
    assert len(article.furniture) == 3
    assert not article.authors  # the byline is an agency
