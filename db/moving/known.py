"""Which of our articles is one of theirs.

As ingest knows an article (see db.match): by its address, by its words, by the place that it was
read from. What the other archive holds as two articles stays two: each of ours is one of theirs at
most. A path on another machine proves little, so from the same file it needs the same title too, or
words in common.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache

from db.digests import having
from db.keys import TITLE_AS_READ
from db.moving.copying import Move
from db.moving.rows import Numbers, listed
from db.moving.same import Mark, Version, marks
from db.sketches import runs_of, sketch
from ingest.addresses import is_address
from ingest.fingerprint import fold

_BY_ADDRESS = """
SELECT article_id, key FROM addresses
WHERE article_id IN (SELECT value FROM json_each(?)) AND url IN (
    SELECT url FROM captures WHERE captures.article_id = addresses.article_id
    UNION SELECT url FROM articles WHERE articles.id = addresses.article_id)
ORDER BY id
"""
_PLACES = """
SELECT DISTINCT articles.id, {title}, sources.location FROM captures
JOIN sources ON sources.id = captures.source_id JOIN articles ON articles.id = captures.article_id
WHERE sources.location <> '-' AND {where}
ORDER BY articles.id
"""
# Where each article was read from, which bytes, and which text they gave.
CAPTURES = """
SELECT article_id, location, captures.sha256, texts.sha256 FROM captures
JOIN sources ON sources.id = source_id JOIN texts ON texts.id = text_id
WHERE article_id IN (SELECT value FROM json_each(?))
"""


class Recogniser:
    """Finds the articles of the other archive in ours.

    `across` lets an article of ours be one of theirs at most in all archives that were moved, not
    in the one alone that is being moved.
    """

    def __init__(self, move: Move, *, across: bool = False) -> None:
        self._move = move
        self._across = across
        self._at = lru_cache(maxsize=8)(self._articles_at)

    def exact(self, ids: Sequence[int]) -> Numbers:
        """Those that ours hold with all their revisions, as after a move that was broken off."""
        theirs = marks(self._move.other, ids)
        candidates = self._with_words(v.mark.words for all_ in theirs.values() for v in all_)
        ours = marks(self._move.own, {row for rows in candidates.values() for row in rows})
        free = self._unclaimed(ours)
        found: Numbers = {}
        for article in ids:
            wanted = {version.mark for version in theirs[article]}
            for row in candidates.get(theirs[article][-1].mark.words, ()):
                held = {version.mark for version in ours[row]}
                if row in free and wanted <= held and not self._has_another(held, article, wanted):
                    found[article] = row
                    free.discard(row)
                    break
        return found

    def find(self, ids: Sequence[int]) -> Numbers:
        """Our number for each of theirs that we have, in whatever revision."""
        found = self.exact(ids)
        rest = [article for article in ids if article not in found]
        if not rest:
            return found
        theirs = marks(self._move.other, rest)
        by_words = self._with_words(v.mark.words for all_ in theirs.values() for v in all_)
        by_address = self._with_address(rest)
        claimed = set(found.values())
        for article in rest:
            ways = (
                by_address.get(article, ()),
                self._said(theirs[article], by_words),
                self._placed(article),
            )
            candidates = [*dict.fromkeys(row for way in ways for row in way if row not in claimed)]
            if len(candidates) > 1:
                # What was taken before goes where it went.
                held = {row for row in candidates if self._is_held(row, article)}
                candidates.sort(key=lambda row: row not in held)
            for row in candidates:
                if self._unclaimed([row]) and not self._is_another(row, article):
                    found[article] = row
                    claimed.add(row)
                    break
        return found

    def _unclaimed(self, rows: Iterable[int]) -> set[int]:
        rows = set(rows)
        which = "" if self._across else f"AND source = {int(self._move.source)}"
        taken = self._move.own.execute(
            f"SELECT own FROM moved WHERE own IN (SELECT value FROM json_each(?)) {which}",
            [listed(rows)],
        )
        return rows - {row[0] for row in taken}

    def _with_words(self, words: Iterable[str]) -> dict[str, list[int]]:
        """Our articles that have the words in some revision, by the words; current ones first."""
        found: dict[str, list[int]] = defaultdict(list)
        rows = self._move.own.execute(
            "SELECT DISTINCT fingerprint, article_id FROM revisions JOIN articles"
            f" ON articles.id = article_id WHERE {having('w', many=True)}"
            " ORDER BY number <> revision, article_id",
            [listed(set(words))],
        )
        for said, row in rows:
            found[said].append(row)
        return found

    def _with_address(self, ids: Sequence[int]) -> dict[int, list[int]]:
        keys = self._move.other.execute(_BY_ADDRESS, [listed(ids)]).fetchall()
        ours: dict[str, list[int]] = defaultdict(list)
        for key, row in self._move.own.execute(
            "SELECT key, article_id FROM addresses WHERE key IN (SELECT value FROM json_each(?))"
            " ORDER BY article_id",
            [listed({key for _, key in keys})],
        ):
            ours[key].append(row)
        found: dict[int, list[int]] = defaultdict(list)
        for article, key in keys:
            found[article] += ours.get(key, ())
        return found

    @staticmethod
    def _said(theirs: list[Version], by_words: dict[str, list[int]]) -> list[int]:
        return [row for version in reversed(theirs) for row in by_words.get(version.mark.words, ())]

    def _placed(self, article: int) -> list[int]:
        title = TITLE_AS_READ
        rows = self._move.other.execute(
            _PLACES.format(title=title, where="articles.id = ?"), [article]
        ).fetchall()
        found: list[int] = []
        for _, called, location in rows:
            here = self._at(location)
            named = fold(called or "")
            if named:
                found += here.get(named, ())
            only = [row for same in here.values() for row in same]
            if (
                len(only) == 1
                and self._is_alone(location)
                and (is_address(location) or self._share_words(article, only[0]))
            ):
                found += only
        return found

    def _articles_at(self, location: str) -> dict[str, list[int]]:
        """Our articles that were ever read from the place, by their folded titles."""
        found: dict[str, list[int]] = defaultdict(list)
        for row, title, _ in self._move.own.execute(
            _PLACES.format(title=TITLE_AS_READ, where="sources.location = ?"), [location]
        ):
            found[fold(title or "")].append(row)
        return found

    def _is_alone(self, location: str) -> bool:
        rows = self._move.other.execute(
            "SELECT DISTINCT article_id FROM captures JOIN sources ON sources.id = source_id"
            " WHERE location = ? LIMIT 2",
            [location],
        )
        return len(rows.fetchall()) == 1

    def _share_words(self, article: int, row: int) -> bool:
        theirs = set(sketch(runs_of(self._move.other, article)))
        return not theirs.isdisjoint(sketch(runs_of(self._move.own, row)))

    def _is_held(self, row: int, article: int) -> bool:
        """Whether ours has every capture of theirs."""
        theirs = self._move.other.execute(CAPTURES, [listed([article])]).fetchall()
        ours = self._move.own.execute(CAPTURES, [listed([row])]).fetchall()
        return {captured[1:] for captured in theirs} <= {captured[1:] for captured in ours}

    def _is_another(self, row: int, article: int) -> bool:
        """Whether ours is another article of theirs, word for word and revision for revision."""
        held = {version.mark for version in marks(self._move.own, [row])[row]}
        return self._has_another(held, article)

    def _has_another(self, held: set[Mark], article: int, wanted: Collection[Mark] = ()) -> bool:
        """Whether these hold all revisions of another article of theirs, more than are wanted."""
        if wanted and len(held) == len(wanted):
            return False
        candidates = self._move.other.execute(
            f"SELECT DISTINCT article_id FROM revisions WHERE {having('w', many=True)}"
            " AND article_id <> ?2",
            [listed({mark.words for mark in held}), article],
        )
        theirs = marks(self._move.other, [found for (found,) in candidates])
        return any(
            len(versions) > len(wanted) and {version.mark for version in versions} <= held
            for versions in theirs.values()
        )
