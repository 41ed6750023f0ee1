"""The gender that words tell: a noun by itself, elsewhere the article before it."""

from __future__ import annotations

from ingest.quotes.grammar import FEMALE_NOUNS, MALE_NOUNS
from ingest.quotes.shapes import Gender

# "Die Rentnerin", "une retraitée": the article tells the gender, where the noun does not.
_BY_ARTICLE: dict[tuple[str, str], Gender] = {
    ("de", "der"): "m", ("de", "die"): "f", ("de", "ein"): "m", ("de", "eine"): "f",
    ("fr", "le"): "m", ("fr", "la"): "f", ("fr", "un"): "m", ("fr", "une"): "f",
    ("es", "el"): "m", ("es", "la"): "f", ("es", "un"): "m", ("es", "una"): "f",
}  # fmt: skip


def gender_by_article(language: str, described: str) -> Gender:
    """The gender that the article of a description tells: "der Angeklagte", "la retraitée"."""
    return _BY_ARTICLE.get((language, described.partition(" ")[0].lower()), "")


def gender_of(word: str) -> Gender:
    """The gender that a role tells: "spokeswoman"."""
    return "m" if word in MALE_NOUNS else "f" if word in FEMALE_NOUNS else ""
