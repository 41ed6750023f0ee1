"""Quotations: who said what. `find_quotes` takes an article's text and gives quotes and people."""

from __future__ import annotations

from ingest.quotes.find import find_quotes

__all__ = ["find_quotes"]
