"""A page whose elements stand in each other too deep for a parser, made flat.

libxml2 goes down 2,048 elements and then drops the rest of the page. No writer nests so deep, but
generators that never close a tag do, and the text is there all the same.
"""

from __future__ import annotations

import re

_TAG = re.compile(r"<(/?)([a-zA-Z][\w:-]*)[^<>]*>")
_KEPT = frozenset(
    "html head body title meta link script style noscript template h1 h2 h3 h4 h5 h6 p br time a "
    "nav aside footer form select option button textarea figure figcaption blockquote".split()
)
_INLINE = frozenset(
    "abbr acronym b bdi bdo big center cite code del dfn em font i ins kbd mark nobr q s samp "
    "small span strike strong sub sup tt u var wbr".split()
)


def flattened(page: str) -> str:
    """The page with every other element that parts its text as a paragraph, none in another."""

    def flat(found: re.Match[str]) -> str:
        name = found[2].lower()
        if name in _KEPT:
            return found[0]
        return "" if name in _INLINE else "<p>"

    return _TAG.sub(flat, page)
