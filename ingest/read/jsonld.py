"""What the JSON-LD of a page says of its article (schema.org's vocabulary)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from html import unescape
from typing import Any

Node = dict[str, Any]

_ARTICLE = re.compile(r"(?:Article|Posting|Report|Report[A-Z]\w+|Review|Blog|CreativeWork)\Z")
_PAGE = re.compile(r"WebPage\Z|VideoObject\Z")
_COMMENTS = re.compile(
    r"\A\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[|/\*.*?\*/)|(?://\s*)?(?:-->|\]\]>)\s*\Z"
)
_MOST_BYTES = 3_000_000
_MOST_NODES = 2_000


def article_nodes(scripts: list[str]) -> list[Node]:
    """The nodes that describe an article, the surest first; then those of the page itself."""
    nodes = list(_nodes(scripts))
    known = {node["@id"]: node for node in reversed(nodes) if isinstance(node.get("@id"), str)}
    articles = [node for node in nodes if _is(node, _ARTICLE) and node.get("headline")]
    articles += [n for n in nodes if _is(n, _ARTICLE) and n not in articles and _says(n)]
    articles += [n for n in nodes if _is(n, _PAGE) and _says(n)]
    return [_resolved(node, known) for node in articles]


def _says(node: Node) -> bool:
    return any(node.get(key) for key in ("author", "datePublished", "articleBody"))


def _is(node: Node, pattern: re.Pattern[str]) -> bool:
    kinds = node.get("@type")
    return any(
        isinstance(kind, str) and pattern.search(kind)
        for kind in (kinds if isinstance(kinds, list) else [kinds])
    )


def _nodes(scripts: list[str]) -> Iterator[Node]:
    """Every object at the top, in a list or in a @graph; main entities come out of their page."""
    left = _MOST_NODES
    for script in scripts:
        queue = [_parsed(script)]
        while queue and left:
            value = queue.pop(0)
            left -= 1
            if isinstance(value, list):
                queue[:0] = value[:200]
            elif isinstance(value, dict):
                yield value
                for key in ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement"):
                    if isinstance(value.get(key), dict | list):
                        queue.append(value[key])


# A page is asked twice, for its facts and for its body. What is found is not changed by anybody.
@lru_cache(maxsize=8)
def _parsed(script: str) -> Any:
    if len(script) > _MOST_BYTES:
        return None
    script = _COMMENTS.sub("", _COMMENTS.sub("", script)).strip().rstrip(";")
    for attempt in (script, re.sub(r",\s*(?=[}\]])", "", script)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _resolved(node: Node, known: dict[str, Node]) -> Node:
    """A node with those it only points to ({"@id": ...}) put in their place."""

    def follow(value: Any) -> Any:
        if isinstance(value, list):
            return [follow(item) for item in value[:50]]
        if isinstance(value, dict) and not value.get("name") and isinstance(value.get("@id"), str):
            return known.get(value["@id"], value)
        return value

    return {key: follow(value) for key, value in node.items()}


def text_of(value: Any) -> str | None:
    """The text of a property: a string, an object's name, or the first of a list."""
    if isinstance(value, list):
        return next((text for item in value[:20] if (text := text_of(item))), None)
    if isinstance(value, dict):
        return text_of(value.get("name") or value.get("@value"))
    if not isinstance(value, str | int | float) or isinstance(value, bool):
        return None
    text = " ".join(unescape(unescape(str(value))).split())
    return re.sub(r"</?[a-zA-Z][^<>]{0,200}>", "", text).strip() or None


def people_of(value: Any) -> list[tuple[str, str]]:
    """The names of a property like author, in order, each with its @type ("" where none)."""
    found: list[tuple[str, str]] = []
    for item in value if isinstance(value, list) else [value]:
        kind = item.get("@type", "") if isinstance(item, dict) else ""
        kind = kind[0] if isinstance(kind, list) and kind else kind
        names = item.get("name") if isinstance(item, dict) else item
        for name in names if isinstance(names, list) else [names]:
            if text := text_of(name):
                found.append((text, kind if isinstance(kind, str) else ""))
    return found[:50]
