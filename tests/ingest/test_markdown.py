"""Markdown, as clippers and notebooks save pages."""

from __future__ import annotations

import pytest

from ingest.read.place import Place, read_safely
from ingest.recognise import recognise

CLIPPED = """---
title: "Gulls: a nest"
source: "https://skar.example/gulls"
author:
  - "[[Hedda Brix]]"
published: 2024-03-15
created: 2024-03-17T08:00:00
tags: [clippings]
---
![Gulls](https://skar.example/gulls.jpg)

Gulls have *nested* on the [town hall](https://skar.example), the clerk
said.

> “They pay no rent,” said Amos Pell.

## What now

- One thing
"""


def article(data: str, name: str = "gulls.md"):
    (capture,) = read_safely(Place(name, data=data.encode()))
    return recognise(capture)[0]


def test_a_clipped_page():
    gulls = article(CLIPPED)
    assert (gulls.title, gulls.authors) == ("Gulls: a nest", ("Hedda Brix",))
    assert gulls.url == "https://skar.example/gulls"
    assert gulls.publisher is None
    assert (gulls.published.value, gulls.captured.value[:10]) == ("2024-03-15", "2024-03-17")
    assert [(p.kind, p.text) for p in gulls.paragraphs] == [
        ("text", "Gulls have nested on the town hall, the clerk said."),
        ("block_quote", "“They pay no rent,” said Amos Pell."),
        ("heading", "What now"),
        ("list_item", "One thing"),
    ]
    assert "*nested*" in gulls.capture.raw.decode()


def test_a_title_that_breaks_the_head_and_a_name_that_does_not_tell():
    gulls = article(CLIPPED.replace('"Gulls: a nest"', "Gulls: a nest: again"), "note")
    assert gulls.title == "Gulls: a nest: again"
    assert gulls.published.value == "2024-03-15"


def test_markdown_without_a_head():
    gulls = article("# Gulls nest\n\nBy Hedda Brix\n\n15 March 2024\n\nGulls have **nested**.\n")
    assert (gulls.title, gulls.authors) == ("Gulls nest", ("Hedda Brix",))
    assert gulls.published.value == "2024-03-15"
    assert [p.text for p in gulls.paragraphs] == ["Gulls have nested."]


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (
            "---\n\nGulls nest\n\nGulls have nested on the town hall, said the clerk.\n---\n",
            "a.txt",
        ),
        ("# 7\n\nGulls have nested on the town hall, said the clerk.\n", "a.txt"),
    ],
)
def test_a_text_with_ruled_lines_is_no_markdown(data, name):
    assert article(data, name).capture.format == "text"


def test_a_head_and_nothing_below():
    (error,) = read_safely(Place("a.md", data=b"---\ntitle: Gulls\n---\n"))
    assert "a.md: this Markdown has a head and no text" in str(error)
