"""Words of others in sentences of ours: titles, names, addresses, whatever an article says.

Jinja escapes them. What is left are two ways to spoil a page: characters that turn the direction of
the text round, and with it the rest of our sentence (CVE-2021-42574, "Trojan Source"), and length.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from markupsafe import Markup, escape

from db.search.excerpt import END, START

# Embeddings, overrides, isolates and their ends. `<bdi>` alone does not hold them: one PDI too many
# closes it early. Marks of direction stay, they are harmless and honest text has them.
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
# What a page may state as its language is anything.
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8})*\Z", re.IGNORECASE)


def straight(text: object) -> str:
    """The text without the characters that turn its direction; what is escaped stays so."""
    if text is None:
        return ""
    if isinstance(text, Markup):
        return Markup(_TURNING.sub("", str(text)))
    return _TURNING.sub("", str(text))


def short(text: object, limit: int = 300) -> str:
    """`straight`, and cut after so many characters, with a mark that says so. Not for Markup."""
    plain = straight(text)
    return plain if len(plain) <= limit else plain[: limit - 1].rstrip() + "…"


def marked(segments: Iterable[tuple[str, bool]]) -> Markup:
    """A text in segments with what was found in it marked, in an element of its own."""
    # Escaped as one, with signs for the marks, which mean nothing in a text of others.
    parts = ((part.replace(START, "").replace(END, ""), hit) for part, hit in segments)
    text = "".join(f"{START}{part}{END}" if hit else part for part, hit in parts)
    shown = str(escape(straight(text))).replace(START, "<mark>").replace(END, "</mark>")
    return Markup(f"<bdi>{shown}</bdi>")


def inline(text: object, limit: int = 300) -> Markup:
    """`short` in an element of its own, so that its direction ends where it ends."""
    return Markup(f"<bdi>{escape(short(text, limit))}</bdi>")


def lang(language: str | None) -> Markup:
    """The attribute of an element whose words are in `language`; nothing where it is none."""
    if not language or not _LANGUAGE.match(language):
        return Markup("")
    return Markup(f' lang="{escape(language)}"')
