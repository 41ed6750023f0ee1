"""What the words of a piece of a page say of it, wherever it stands."""

from __future__ import annotations

import re
from math import log1p

from ingest.captions import is_caption
from ingest.furniture import rule_for
from ingest.read.html_blocks import Piece
from ingest.rights import read_rights

_WIDE = re.compile(r"[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uff00-\uffef]")
ENDS = re.compile(r"[.!?…。」][\"'”’»)\]]*$")
STOPS = re.compile(r"[.,;!?。、，](?:\s|$)|[。、，]")
_DATE = re.compile(r"\b(?:19|20)\d\d\b|\b\d{1,2}:\d\d\b")
# This and the next are for small letters: to ignore case takes three times as long.
_PROMPT = re.compile(
    r"\b(?:read|see|watch|listen|more|also|lees|lies|lesen|mehr|leer|lee|más|lire|aussi|leggi|"
    r"related|follow|sign up|subscribe|newsletter|click|tap|download|join|share|comment|"
    r"les også|läs|abonn\w+|suscr\w+|whatsapp|telegram|facebook|twitter|instagram|@\w+)\b"
)
_CREDIT = re.compile(
    r"\b(?:photos?|pictures?|images?|getty|ap|afp|reuters|epa|dpa|credit|courtesy|foto|bild|©|via)\b"
    r"|©"
)
_SIGN = re.compile(r"©|\(c\)|copyright|rights", re.IGNORECASE)


def squash(text: str) -> str:
    """A text without spaces and case, for telling whether two say the same."""
    return "".join(text.casefold().split())


def wide_in(text: str) -> int:
    """How many of the first 400 characters are Chinese, Japanese or Korean."""
    return len(_WIDE.findall(text[:400])) if not text.isascii() and _WIDE.search(text) else 0


def middle_of(squashed: str) -> str:
    """A few characters from inside of a text, the same in copies that begin or end otherwise."""
    return squashed[len(squashed) // 4 : len(squashed) // 4 + 24]


def words_of(
    piece: Piece, squashed: str, titles: set[str], description: str, stated: str,
    read: str, count: dict[str, int],
) -> list[float]:  # fmt: skip
    """The first of the features, in the order of `html_features.NAMES`."""
    text = piece.text
    length = len(text)
    wide = wide_in(text)
    size = length + 2 * wide  # a Chinese character says as much as a few letters
    letters = sum(map(str.isupper, text[:200]))
    middle = middle_of(squashed)
    low = text.lower() if length < 300 else ""
    return [
        log1p(size), log1p(text.count(" ")), piece.linked / max(1, length),
        piece.strong / max(1, length), float(min(piece.links, 9)),
        float(ENDS.search(text) is not None), float(min(9, len(STOPS.findall(text)))),
        float(not text[0].islower()), float(text[0] in "\"'“‘«„»「"),
        sum(map(str.isdigit, text[:200])) / min(200, length), letters / min(200, length),
        float(length < 200 and _DATE.search(text) is not None),
        float(_PROMPT.search(low) is not None),
        float(_CREDIT.search(low) is not None),
        float(length < 300 and is_caption(text)),
        float(length < 150 and rule_for(text) is not None),
        float(length < 300 and _SIGN.search(text) is not None and read_rights(text) is not None),
        float(piece.broken),
        float(min(piece.box.depth, 40)), float(squashed in titles), float(min(count[squashed], 4)),
        float(any(squashed in title for title in titles)),
        float(len(squashed) > 20 and (squashed[:60] in description)),
        float(bool(stated) and middle in stated), float(bool(stated)),
        float(bool(read) and middle in read), float(bool(read)),
    ]  # fmt: skip
