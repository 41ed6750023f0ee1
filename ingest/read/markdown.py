"""Markdown, as web clippers and notebooks save pages: facts in a head of YAML, the text below.

A file with such a head is Markdown whatever it is called; one without has to be called so and to
begin with a title ("# Ferry stays in port"), or its lines tell more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime

from ingest.article import Capture, Fact
from ingest.decode import decode
from ingest.errors import NoArticle
from ingest.read.columns import usual
from ingest.read.fragment import blocks_capture, date_in, fragment_parts, head_lines
from ingest.read.place import Place
from ingest.read.record import record_facts, url_of

_HEAD = re.compile(
    r"\ufeff?\s*---[^\S\n]*\r?\n(?P<yaml>.*?)\n(?:---|\.\.\.)[^\S\n]*(?:\r?\n|\Z)", re.DOTALL
)
_KEY = re.compile(r"^[A-Za-z][\w -]{0,40}:(?:\s|$)", re.MULTILINE)
_CALLED = (".md", ".markdown", ".mdown")
_TITLE = re.compile(r"\ufeff?\s*#\s+\S")
_LINK = re.compile(r"\[\[(?:[^\]|]*\|)?([^\]|]+)\]\]")
_MOST_HEAD = 20_000  # characters
# When a clipper made the note, which is never when the page was published.
_SAVED = ("created", "clipped", "saved", "date saved", "date_saved", "captured")


def matches(head: bytes, name: str) -> bool:
    """Whether the bytes open with a head of YAML, or a file called Markdown with a title."""
    is_called_so = name.endswith(_CALLED)
    if not is_called_so and not head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"---"):
        return False
    text = head.decode("utf-8", "replace")
    found = _HEAD.match(text)
    if found and len(found["yaml"]) <= _MOST_HEAD and _KEY.match(found["yaml"].lstrip()):
        return True
    return is_called_so and _TITLE.match(text) is not None


def read(place: Place) -> Iterator[Capture]:
    """The file as one capture. Raises EmptyFile, BinaryFile, NoArticle, UnreadableFile."""
    from markdown_it import MarkdownIt

    data = place.read()
    text, encoding = decode(data, place.source, place.charset)
    found = _HEAD.match(text)
    head = _read_head(found["yaml"]) if found else {}
    body = _LINK.sub(r"\1", text[found.end() :] if found else text)
    html = MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(body)
    parts = fragment_parts(html)
    fields = usual(head)
    facts = [] if "text" in fields else list(record_facts(head, fields, "head"))
    saved = next((day for name in _SAVED if (day := date_in(str(head.get(name) or "")))), None)
    if saved:
        facts.append(Fact("captured", saved, "head of the file", 0.9))
    title = next((fact.value for fact in facts if fact.field == "title"), "")
    if not title and parts and parts[0][0] == "heading":
        title, parts = parts[0][1], parts[1:]
        facts.append(Fact("title", title, "first heading of the file", 0.8))
    parts = head_lines(parts, facts, "file")
    if not parts:
        raise NoArticle(place.source, "this Markdown has a head and no text; save the page again")
    url = place.url or url_of(head, fields) or None
    yield blocks_capture(
        replace(place, url=url), parts, tuple(facts), format="markdown", title=title, data=data,
        encoding=encoding,
    )  # fmt: skip


def _read_head(head: str) -> dict[str, object]:
    """The fields of a head; none where it is broken, as a colon in a title breaks it."""
    import yaml

    try:
        fields = yaml.safe_load(head)
    except (yaml.YAMLError, ValueError, RecursionError):
        lines = re.findall(r"^([A-Za-z][\w -]{0,40}):[^\S\n]+(\S.*)$", head, re.MULTILINE)
        fields = {key: value.strip().strip("\"'") for key, value in lines}
    if not isinstance(fields, dict):
        return {}
    return {str(key): _plain(value) for key, value in fields.items()}


def _plain(value: object) -> object:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return _LINK.sub(r"\1", value) if isinstance(value, str) else value
