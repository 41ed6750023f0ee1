"""Which revision of our article is one of theirs, and which of all of them is current."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from db.moving.rows import listed
from db.store import FACTS


@dataclass(frozen=True, slots=True)
class Mark:
    """A revision by its content: its words, the stretch of which text, when it was recorded."""

    words: str
    text: str
    start: int
    end: int
    recorded: str


@dataclass(frozen=True, slots=True)
class Version:
    """A revision. `bytes` are the digests of what it was read from, `places` where that was.

    `captures` are all its captures, feeds too: (digest, place).
    `facts` are title, byline, dates and the like as they were read; `feed` says that nothing but
    feeds had it, `stub` that the page showed no more than its opening.
    """

    number: int
    mark: Mark
    current: bool
    bytes: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    facts: tuple[object, ...] = ()
    feed: bool = False
    stub: bool = False
    captures: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class History:
    """Two histories as one. `same` maps their revisions to ours, by number.

    `order` holds every revision once, the oldest first and the current one last: (is it ours, its
    number there). `otherwise` counts theirs that read the bytes of ours in another way.
    """

    same: Mapping[int, int]
    order: tuple[tuple[bool, int], ...]
    otherwise: int = 0

    @property
    def has_news(self) -> bool:
        """Whether some revision is theirs alone."""
        return any(not ours for ours, _ in self.order)

    @property
    def theirs_is_current(self) -> bool:
        """Whether what they hold now comes after all that we hold."""
        return not self.order[-1][0]


_MARKS = """
SELECT revisions.article_id, revisions.number, fingerprint, texts.sha256, revisions.start,
       revisions.end, recorded, revisions.number = articles.revision
FROM revisions JOIN texts ON texts.id = revisions.text_id
JOIN articles ON articles.id = revisions.article_id
WHERE revisions.article_id IN (SELECT value FROM json_each(?))
ORDER BY revisions.article_id, revisions.number
"""


def marks(conn: sqlite3.Connection, ids: Iterable[int]) -> dict[int, list[Version]]:
    """The revisions of these articles, oldest first, without what only `versions` looks up."""
    found: dict[int, list[Version]] = defaultdict(list)
    for article_id, number, *mark, current in conn.execute(_MARKS, [listed(ids)]):
        found[article_id].append(Version(number, Mark(mark[0], *mark[1:]), bool(current)))
    return found


def versions(conn: sqlite3.Connection, article_id: int) -> list[Version]:
    """The revisions of an article, oldest first, with their facts and where they were read."""
    came: dict[int, list[tuple[str, str, str]]] = defaultdict(list)
    for number, *capture in conn.execute(
        "SELECT revision, sha256, location, format FROM captures"
        " JOIN sources ON sources.id = source_id WHERE article_id = ?",
        [article_id],
    ):
        came[number].append((capture[0], capture[1], capture[2]))
    facts = _facts(conn, article_id)
    stub = FACTS.index("paywalled")
    found = []
    for version in marks(conn, [article_id])[article_id]:
        captures = came[version.number]
        feed = all(format_ == "feed" for _, _, format_ in captures)
        found.append(
            replace(
                version,
                # A feed's word on a page is kept with the page, which was not read from it.
                bytes=frozenset(d for d, _, format_ in captures if feed or format_ != "feed"),
                places=frozenset(place for _, place, _ in captures if place != "-"),
                facts=facts[version.number],
                feed=feed,
                stub=bool(facts[version.number][stub]),
                captures=frozenset((digest, place) for digest, place, _ in captures),
            )
        )
    return found


def _facts(conn: sqlite3.Connection, article_id: int) -> dict[int, tuple[object, ...]]:
    columns = ", ".join(f"articles.{name}" for name in FACTS)
    *current, number, said = conn.execute(
        f"SELECT {columns}, revision, (SELECT said FROM as_read WHERE place = 'articles'"
        " AND row_id = articles.id) FROM articles WHERE id = ?",
        [article_id],
    ).fetchone()
    now = dict(zip(FACTS, current, strict=True))
    now["authors"] = json.loads(str(now["authors"]))
    if said:
        title, _, _, now["published"], now["published_precision"] = json.loads(said)
        now["title"] = title
    found = {number: _plain(now)}
    for older, reading in conn.execute(
        "SELECT number, reading FROM revisions WHERE article_id = ? AND reading IS NOT NULL",
        [article_id],
    ):
        found[older] = _plain(json.loads(reading))
    return found


def _plain(facts: Mapping[str, object]) -> tuple[object, ...]:
    """The facts in their order; a list of authors as text, so that all of them compare."""
    return tuple(
        json.dumps(facts.get(name)) if name == "authors" else facts.get(name) for name in FACTS
    )


def history(ours: list[Version], theirs: list[Version]) -> History:
    """Two histories of one article as one: nothing twice, nothing lost, ours where both say it.

    Their revision is one of ours where it has the same words, from the same place the same facts
    too, or where it was read from the same bytes, however they were read. Each of ours is one of
    theirs at most.
    """
    same: dict[int, int] = {}
    free = {version.number: version for version in ours}
    otherwise = 0
    for alike, order in _WAYS:
        left = [version for version in theirs[::order] if version.number not in same]
        if alike is _has_taken:
            # Fewer of ours have taken one with many captures.
            left.sort(key=lambda version: -len(version.captures))
        for version in left:
            held = next((own for own in [*free.values()][::order] if alike(own, version)), None)
            if held is not None:
                same[version.number] = held.number
                otherwise += held.mark.words != version.mark.words
                del free[held.number]
    return History(same, tuple(_order(ours, theirs, same)), otherwise)


def _is(ours: Version, theirs: Version) -> bool:
    return ours.mark == theirs.mark


def _reads_the_same(ours: Version, theirs: Version) -> bool:
    return bool(ours.bytes & theirs.bytes)


def _has_taken(ours: Version, theirs: Version) -> bool:
    """Whether ours is what theirs was made a part of before."""
    return (
        ours.mark.words == theirs.mark.words
        and bool(theirs.captures)
        and (ours.captures >= theirs.captures)
    )


def _says_the_same(ours: Version, theirs: Version) -> bool:
    return ours.mark.words == theirs.mark.words and ours.facts == theirs.facts


def _is_a_copy(ours: Version, theirs: Version) -> bool:
    return ours.mark.words == theirs.mark.words and not ours.places & theirs.places


# Each with the end from which both histories are gone through. Of several copies the newest is
# one, so that what we hold stays current.
_WAYS = ((_is, 1), (_has_taken, 1), (_says_the_same, 1), (_reads_the_same, 1), (_is_a_copy, -1))


def _order(
    ours: list[Version], theirs: list[Version], same: Mapping[int, int]
) -> list[tuple[bool, int]]:
    news = [version for version in theirs if version.number not in same]
    merged: list[tuple[bool, int]] = []
    left, right = list(ours), list(news)
    # Each side keeps its own order, whatever its clock said.
    while left and right:
        take_theirs = right[0].mark.recorded < left[0].mark.recorded
        merged.append((not take_theirs, (right if take_theirs else left).pop(0).number))
    merged += [(True, version.number) for version in left]
    merged += [(False, version.number) for version in right]
    current = _current(ours, theirs, same)
    merged.remove(current)
    return [*merged, current]


def _current(
    ours: list[Version], theirs: list[Version], same: Mapping[int, int]
) -> tuple[bool, int]:
    own = next(version for version in ours if version.current)
    other = next(version for version in theirs if version.current)
    held = (True, own.number)
    if other.number in same:
        # We hold what they hold now, and it may be that we hold something newer.
        return held
    if own.number in same.values():
        return (False, other.number)
    newer, older = (other, own) if other.mark.recorded > own.mark.recorded else (own, other)
    if newer.feed and not older.feed and not (older.stub and not newer.stub):
        # A feed's word does not take the place of the page.
        newer = older
    return held if newer is own else (False, other.number)
