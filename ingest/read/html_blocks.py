"""A page's tree as pieces of text: what a reader sees as one block, and where it stands."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from lxml import etree

_SKIPPED = frozenset(
    "script style noscript template svg math iframe object embed button select option textarea "
    "input canvas audio video map head datalist dialog progress meter label nav".split()
)
_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd mark nobr q ruby rb "
    "s samp small span strike strong sub sup time tt u var wbr rp rt picture source".split()
)
# The words in names of classes that say what a part of a page is for. Sources: what templates of
# common publishing systems call their parts; Readability's and trafilatura's lists.
HINTS: dict[str, str] = {
    "body": r"article[-_]?(?:body|text|content|copy)|(?:story|post|entry|news)[-_]?(?:body|text|"
    r"content|copy)|body[-_]?(?:text|copy|content)|rich[-_]?text|wysiwyg|articlebody|prose\b",
    "content": r"content|article|story|entry|post\b|text|paragraph|copy",
    "related": r"relat|recommend|more[-_]|read[-_]?(?:more|also|next)|teaser|promo|trending|popular"
    r"|most[-_]?(?:read|viewed)|also|outbrain|taboola|suggest|onward|linkbox|see[-_]?also|inline[-_]?"
    r"(?:link|story)|further|latest|ranking",
    "share": r"share|social|follow|facebook|twitter|tweet|instagram|toolbar|tools?\b|print\b|embed",
    "prompt": r"newsletter|subscri|sign[-_]?up|paywall|regist|login|donat|support|premium|offer|cta"
    r"|abo\b|banner|cookie|consent|gdpr|notice|alert|popup|modal|overlay|membership|app[-_]",
    "ad": r"(?:^|[\s_-])(?:ad|ads|adv|advert\w*|sponsor\w*|dfp|gpt|mpu|werbung|anzeige|publicidad)"
    r"(?=$|[\s_-])|commercial|affiliat|product|shop",
    "caption": r"caption|figure|image|photo|gallery|picture|legend|slide|media|credit|thumb|video",
    "author": r"author|byline|bio\b|writer|contribut|profile|about|signature|autor|reporter",
    "comment": r"comment|discuss|disqus|respon|reply|reader|opinions?-list",
    "meta": r"meta|info\b|date|time|publish|tags?\b|categor|topic|breadcrumb|keyword|label|section"
    r"-?name|kicker|eyebrow|count|rating|vote|source|license|copyright|disclaimer|rubrik",
    "side": r"side[-_]?bar|aside|\brail|widget|column-?right|secondary|footer|bottom|header|head\b"
    r"|menu|nav|masthead|complementary|wrapper-?small|box\b|card|list|tile|grid|module|infobox",
    "lead": r"lead|lede|intro|summary|standfirst|subtitle|sub-?head|deck|dek|excerpt|teaser-?text|"
    r"description|abstract|vorspann|entradilla|chapo|sous-?titre|ingress|sinopse",
    "title": r"title|headline|heading|titel|titulo|titre|overskrift",
    "hidden": r"hidden|sr-only|visually|screen-?reader|invisible|offscreen|d-none|noprint",
    "fact": r"fact|key-?point|highlight|bullet|at-?a-?glance|tldr|faq|toc\b|table-?of|inhalt",
}
# Names are put in small letters instead: to ignore case makes a search several times as slow.
_HINT_RES = {name: re.compile(words) for name, words in HINTS.items()}
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SPACE = re.compile(r"[^\S\n]+")
_MANY_BREAKS = re.compile(r"\n\s*\n\s*")


_NO_HINTS: frozenset[str] = frozenset()
_TELLING = ("itemprop", "role", "data-testid", "data-component", "data-module")


@lru_cache(maxsize=16_384)
def hints_of(names: str) -> frozenset[str]:
    """Which of HINTS the names of an element's classes and its id give."""
    found = [hints for name in names.split() if (hints := _hints_of_one(name))]
    return found[0].union(*found[1:]) if found else _NO_HINTS


@lru_cache(maxsize=16_384)
def _hints_of_one(name: str) -> frozenset[str]:
    # Sites share words, not names: remembering single ones saves most searches.
    name = name.lower()
    return frozenset(hint for hint, words in _HINT_RES.items() if words.search(name))


def _is_break(element: Any) -> bool:
    return "br" in (element.get("class") or "").split()


@dataclass(slots=True)
class Box:
    """An element that begins a new line on the page, and what it is in."""

    tag: str
    parent: Box | None
    depth: int
    names: str = ""
    hints: frozenset[str] = frozenset()
    above: frozenset[str] = frozenset()  # tags and hints of all that it is in, itself included
    hidden: bool = False
    number: int = 0
    first: int = 0  # its pieces are those from `first` up to `last`
    last: int = 0
    total: int = 0  # characters of text in it, links included
    linked: int = 0

    @property
    def signature(self) -> tuple[str, str, str]:
        """What alike elements share: the tags and classes of itself and of what it is in."""
        above = self.parent
        return (self.tag, self.names, f"{above.tag} {above.names}" if above else "")


@dataclass(slots=True)
class Piece:
    """A stretch of text that stands on lines of its own. Lengths in characters."""

    text: str
    box: Box
    linked: int = 0  # how much of it is in links
    strong: int = 0  # in bold, italics or small print
    links: int = 0
    broken: bool = False  # parted from the piece before by a line break only
    features: list[float] = field(default_factory=list)


def pieces_of(root: Any) -> list[Piece]:
    """The pieces of a page in order, without scripts, menus, forms' fields and hidden parts."""
    return _Walk().run(root)


class _Walk:
    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self.parts: list[str] = []
        self.linked = self.strong = self.links = 0
        self.in_link = self.in_strong = 0
        self.boxes = 0
        self.passed = False  # the inside of the element was passed over, its end comes next
        self.box = Box("root", None, 0)
        # Boxes side by side are in the same things: one set serves them all.
        self.aboves: dict[tuple[frozenset[str], frozenset[str], str], frozenset[str]] = {}

    def run(self, root: Any) -> list[Piece]:
        walker = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
        for event, element in walker:
            if event == "start":
                self.start(walker, element)
            elif event == "end":
                self.end(element)
                self.add(element.tail)
            else:
                self.add(element.tail)
        self.flush()
        return self.pieces

    def start(self, walker: Any, element: Any) -> None:
        tag = element.tag
        if tag in _SKIPPED:
            self.passed = True
            walker.skip_subtree()
            return
        if tag == "br" or (tag == "span" and _is_break(element)):
            self.parts.append("\n")
        elif tag in _INLINE:
            if tag == "a":
                self.in_link += 1
                self.links += 1
            elif tag in ("b", "strong", "em", "i", "small"):
                self.in_strong += 1
        else:
            self.flush()
            self.box = self.open(tag, element)
            if self.box.hidden:
                self.box = self.box.parent or self.box
                self.passed = True
                walker.skip_subtree()
                return
        self.add(element.text)

    def open(self, tag: str, element: Any) -> Box:
        said = dict(element.items())  # one crossing into libxml2 instead of nine
        names, hints, hidden = "", _NO_HINTS, False
        if said:
            names = f"{said.get('class') or ''} {said.get('id') or ''}".strip()[:300]
            told = names
            for key in _TELLING:
                if value := said.get(key):
                    told = f"{told} {value}"
            hints = hints_of(told) if told else _NO_HINTS
            style = said.get("style")
            hidden = "hidden" in said or bool(style and _HIDDEN_STYLE.search(style))
        where = (self.box.above, hints, tag)
        if (above := self.aboves.get(where)) is None:
            above = self.aboves[where] = self.box.above | hints | {tag}
        self.boxes += 1
        return Box(
            tag, self.box, self.box.depth + 1, names, hints, above, hidden, self.boxes,
            len(self.pieces),
        )  # fmt: skip

    def end(self, element: Any) -> None:
        tag = element.tag
        if self.passed:
            self.passed = False
            return
        if tag == "br":
            return
        if tag in _INLINE:
            if tag == "a":
                self.in_link -= 1
            elif tag in ("b", "strong", "em", "i", "small"):
                self.in_strong -= 1
        else:
            self.flush()
            self.box.last = len(self.pieces)
            self.box = self.box.parent or self.box

    def add(self, text: str | None) -> None:
        if not text:
            return
        self.parts.append(text.replace("\n", " "))
        if self.in_link or self.in_strong:
            length = len(text.strip())
            self.linked += length if self.in_link else 0
            self.strong += length if self.in_strong else 0

    def flush(self) -> None:
        if not self.parts:
            return
        text = "".join(self.parts)
        self.parts.clear()
        linked, strong, links = self.linked, self.strong, self.links
        self.linked = self.strong = self.links = 0
        if not text.strip():
            return
        whole = max(1, len(text.strip()))
        found = [line for part in _MANY_BREAKS.split(text) for line in _lines(part)]
        for number, line in enumerate(found):
            share = len(line) / whole
            self.pieces.append(
                Piece(line, self.box, min(len(line), round(linked * share)),
                      min(len(line), round(strong * share)), links, number > 0)
            )  # fmt: skip


_SENTENCE_END = re.compile(r"[.!?…:;。」][\"'”’»)\]]*$")


def _lines(part: str) -> list[str]:
    """A stretch without empty lines: its lines, where breaks part sentences, else as one."""
    lines = [line for line in (_SPACE.sub(" ", line).strip() for line in part.split("\n")) if line]
    if len(lines) < 2:
        return lines
    joined = [[lines[0]]]
    for line in lines[1:]:
        if _SENTENCE_END.search(joined[-1][-1]):
            joined.append([line])
        else:
            joined[-1].append(line)
    return list(map(" ".join, joined))
