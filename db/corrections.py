"""Corrections as the archive keeps them: what was corrected, in which article, by whom and when.

A correction names its article and its quotation by content (see db.keys), never by row, so that it
outlives re-ingest, and a copy of it fits an archive that was built anew. `db.correct` makes and
undoes them, `db.overlay` applies them.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any, Literal, get_args

from db.clock import now
from db.keys import MOST, ArticleKey, article_key, find_article
from ingest.dates import parse_moment
from ingest.fingerprint import fold

_OF_SOMEBODY = ("merge", "split", "speaker")
CorrectionKind = Literal["merge", "split", "speaker", "title", "published"]


@dataclass(frozen=True, slots=True)
class Correction:
    """One correction.

    merge       whoever is called `subject` is `value`: in `article`, or everywhere (None)
    split       whoever `article` calls `subject` is somebody of his own, `value`
    speaker     the quotation `subject` (number `occurrence` of those words) is by `value`
    title       the article is called `value`
    published   it appeared at `value`, ISO 8601 cut at its precision

    `value` None means nobody, no title, no date. `before` is what stood there when it was made.
    `made` and `undone` are UTC times; `undone` is None for one that stands.
    """

    id: int
    kind: CorrectionKind
    article: ArticleKey | None
    subject: str | None
    occurrence: int | None
    value: str | None
    before: str | None
    made: str
    made_by: str | None
    undone: str | None = None

    def __str__(self) -> str:
        where = "everywhere" if self.article is None else f'in "{self.article.title or "?"}"'
        value = self.value or "nobody"
        match self.kind:
            case "merge":
                return f"{self.subject} is {value}, {where}"
            case "split":
                return f"{self.subject} is {value}, somebody of that name, {where}"
            case "speaker":
                was = self.before or "nobody"
                return f'{value}, not {was}, says "{_short(self.subject or "")}", {where}'
        return f"{self.kind}: {self.value or 'none'} instead of {self.before or 'none'}, {where}"


def _short(text: str, width: int = 60) -> str:
    return text if len(text) <= width else text[: width - 1].rstrip() + "…"


_COLUMNS = (
    "id, kind, words, address, bytes, article_title, subject, occurrence, value, before,"
    " made, made_by, undone"
)
_STANDING = f"""
SELECT {_COLUMNS} FROM corrections WHERE undone IS NULL AND (words IS NULL
    OR words IN (SELECT fingerprint FROM revisions WHERE article_id = :article)
    OR address IN (SELECT key FROM addresses WHERE article_id = :article)
    OR bytes IN (SELECT sha256 FROM captures WHERE article_id = :article))
ORDER BY made, id
"""


def _correction(row: tuple[Any, ...]) -> Correction:
    id_, kind, words, address, digest, title, *rest = row
    article = None if words is None else ArticleKey(words, address, digest, title)
    return Correction(id_, kind, article, *rest)


def standing(conn: sqlite3.Connection, article_id: int) -> list[Correction]:
    """The corrections not undone that may concern the article, oldest first."""
    # Most archives have none, and ingest asks for every article.
    if conn.execute("SELECT 1 FROM corrections LIMIT 1").fetchone() is None:
        return []
    return [_correction(row) for row in conn.execute(_STANDING, {"article": article_id})]


def concern(conn: sqlite3.Connection, words: str, addresses: Iterable[str], digest: str) -> bool:
    """Whether a correction that stands names an article of these words, addresses or bytes."""
    asked = [("words", words), ("bytes", digest), *(("address", one) for one in addresses)]
    return any(
        conn.execute(
            f"SELECT 1 FROM corrections WHERE {mark} = ? AND undone IS NULL", [value]
        ).fetchone()
        for mark, value in asked
    )


def of_words(conn: sqlite3.Connection, words: str) -> list[Correction]:
    """The corrections that stand for an article of these words, whether it is here or not."""
    rows = conn.execute(
        f"SELECT {_COLUMNS} FROM corrections WHERE words = ? AND undone IS NULL ORDER BY made, id",
        [words],
    )
    return [_correction(row) for row in rows]


def listed(conn: sqlite3.Connection, *, undone: bool = False) -> list[Correction]:
    """The corrections that stand, oldest first; with `undone`, those taken back as well."""
    which = "" if undone else "WHERE undone IS NULL"
    rows = conn.execute(f"SELECT {_COLUMNS} FROM corrections {which} ORDER BY made, id")
    return [_correction(row) for row in rows]


def of_article(conn: sqlite3.Connection, article_id: int) -> list[Correction]:
    """The corrections that change something in the article now, oldest first."""
    rows = conn.execute(
        f"SELECT {_COLUMNS} FROM corrections JOIN corrected_articles ON correction_id = id"
        " WHERE article_id = ? ORDER BY made, id",
        [article_id],
    )
    return [_correction(row) for row in rows]


def everywhere(conn: sqlite3.Connection) -> dict[str, Correction]:
    """The merges that hold everywhere, the newest of each, by the folded name that they replace."""
    rows = conn.execute(
        f"SELECT {_COLUMNS} FROM corrections WHERE kind = 'merge' AND words IS NULL"
        " AND undone IS NULL ORDER BY made, id"
    )
    return {fold(made.subject or ""): made for made in map(_correction, rows)}


def now_called(conn: sqlite3.Connection, name: str) -> str:
    """The name, or the one that merges everywhere have put in its place."""
    merges = everywhere(conn)
    while (merge := merges.pop(fold(name), None)) is not None:
        name = merge.value or name
    return name


def names_of(conn: sqlite3.Connection, name: str) -> set[str]:
    """The name and all that merges everywhere have put it in the place of, folded."""
    merges = everywhere(conn)
    wanted = fold(name)
    same = {
        one for one, made in merges.items() if fold(now_called(conn, made.value or "")) == wanted
    }
    return {wanted, *same}


def get(conn: sqlite3.Connection, correction_id: int) -> Correction | None:
    """The correction with this number; None where there is none."""
    if correction_id > MOST:
        return None
    row = conn.execute(
        f"SELECT {_COLUMNS} FROM corrections WHERE id = ?", [correction_id]
    ).fetchone()
    return _correction(row) if row else None


def articles_of(conn: sqlite3.Connection, correction_id: int) -> list[int]:
    """The articles in which the correction changes something now."""
    rows = conn.execute(
        "SELECT article_id FROM corrected_articles WHERE correction_id = ? ORDER BY article_id",
        [correction_id],
    )
    return [row[0] for row in rows]


def record(conn: sqlite3.Connection, correction: Correction) -> Correction:
    """Store a new correction, whose number is given here."""
    key = correction.article
    marks = (None,) * 4 if key is None else (key.words, key.address, key.bytes, key.title)
    row = conn.execute(
        "INSERT INTO corrections (kind, words, address, bytes, article_title, subject,"
        " occurrence, value, before, made, made_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [correction.kind, *marks, correction.subject, correction.occurrence, correction.value,
         correction.before, correction.made, correction.made_by],
    ).lastrowid  # fmt: skip
    made = get(conn, row or 0)
    assert made is not None
    return made


def time_of_next(conn: sqlite3.Connection) -> str:
    """When a correction is made now: not before any other, even if the clock was put back."""
    (last,) = conn.execute("SELECT max(made) FROM corrections").fetchone()
    return max(now(), last or "")


def follow(conn: sqlite3.Connection, article_id: int, words: str, now: str) -> None:
    """Let corrections of the article, which has these words yet, know it by those that it gets."""
    if words == now:
        return
    rows = conn.execute(f"SELECT {_COLUMNS} FROM corrections WHERE words = ?", [words]).fetchall()
    for made in map(_correction, rows):
        # Another article may have the same words.
        if made.article and find_article(conn, made.article) == article_id:
            conn.execute("UPDATE corrections SET words = ? WHERE id = ?", [now, made.id])


def same(correction: Correction) -> tuple[object, ...]:
    """What tells two records of one correction, in two archives or twice in one."""
    # The marks of an article change as it is read anew; when a correction was made does not.
    return (
        correction.kind, correction.subject, correction.occurrence, correction.value,
        correction.made, correction.made_by, correction.article is None,
    )  # fmt: skip


def correction_json(conn: sqlite3.Connection, correction: Correction) -> str:
    """A correction as one JSON line, its article named by what it is known by today."""
    fields = asdict(correction)
    if correction.article and (found := find_article(conn, correction.article)):
        key = article_key(conn, found)
        fields["article"] = asdict(key) if key else None
    return json.dumps(fields, ensure_ascii=False)


def correction_of(line: str) -> Correction:
    """A correction out of such a line. Raises ValueError where it is none."""
    try:
        fields = json.loads(line)
        article = fields.pop("article")
        made = Correction(article=ArticleKey(**article) if article else None, **fields)
    except (TypeError, KeyError, AttributeError) as error:
        raise ValueError(f"it is no correction ({error})") from None
    if made.kind not in get_args(CorrectionKind):
        raise ValueError(f'there is no correction of the kind "{made.kind}"')
    wanted = [made.made, *([made.subject] if made.kind in _OF_SOMEBODY else [])]
    wanted += [made.value] if made.kind in ("merge", "split") else []
    wanted += [made.article.words] if made.article else []
    possible = [made.value, made.before, made.made_by]
    if (
        not all(isinstance(part, str) and part for part in wanted)
        or not all(part is None or isinstance(part, str) for part in possible)
        or (made.kind != "merge" and made.article is None)
    ):
        raise ValueError(f'a correction of the kind "{made.kind}" says more than this')
    if made.kind == "published" and made.value:
        parse_moment(made.value)
    return made
