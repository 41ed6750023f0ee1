"""Tables of what is worked out once a word."""

from __future__ import annotations

from ingest.article import Paragraph, Span
from ingest.quotes.sentences import tokenise
from ingest.quotes.tables import LONGEST, MOST, Table


def test_each_word_is_asked_for_once():
    asked: list[str] = []
    table = Table(lambda word: asked.append(word) or len(word))
    assert [table[word] for word in ("tide", "ebb", "tide")] == [4, 3, 4]
    assert asked == ["tide", "ebb"]


def test_memory_stays_small():
    table = Table(str.upper)
    assert table["x" * (LONGEST + 1)] == "X" * (LONGEST + 1)
    assert not table
    for number in range(MOST + 10):
        assert table[f"word{number}"] == f"WORD{number}"
    assert len(table) == 10


def test_a_word_is_cut_by_what_follows_it_wherever_it_stood_before():
    text = "The board heard J. Pell, and the letter was signed by J."
    for _ in range(2):
        tokens = tokenise(text, [Paragraph(Span(0, len(text)), text)])
        assert tokens.words[3] == "J."
        assert tokens.words[-2:] == ["J", "."]
        assert tokens.span(3, 4).of(text) == "J."
