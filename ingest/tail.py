"""The tail of a page: what stands below the last paragraph."""

from __future__ import annotations

from ingest.byline import read_signature
from ingest.fields import read_fields
from ingest.sheet import Fields, Sheet
from ingest.units import Unit

# Furniture below which the article does not go on.
_CLOSES = frozenset({"comments", "most read", "tags", "end mark"})
_CREDITS = (
    "(reporting by",
    "reporting by",
    "(writing by",
    "additional reporting by",
    "(editing by",
)


def read_tail(sheet: Sheet, *, has_byline: bool, day_first: bool | None) -> Fields:
    """Mark what stands below the last paragraph; give what the fields there say."""
    fields = Fields()
    last = max(sheet.last_prose(), _last_marked(sheet))
    closed = False
    for index in range(last + 1, len(sheet)):
        unit = sheet.units[index]
        role = sheet.roles[index]
        if role is not None:
            closed = closed or role == "rights" or sheet.reasons.get(index) in _CLOSES
            continue
        signature = None if has_byline or closed else read_signature(unit.text)
        if signature is not None:
            said = Fields(bylines=[signature])
            sheet.tell(index, said)
            fields.add(said)
        elif found := read_fields(unit.text, day_first=day_first):
            fields.add(found)
            sheet.tell(index, found)
        elif not closed and _belongs(sheet, index, unit):
            sheet.set(index, "body")
        else:
            sheet.discard(index, "below the article")
    return fields


def _last_marked(sheet: Sheet) -> int:
    """The title or a field above the body, for a page without running text."""
    return max((i for i, role in enumerate(sheet.roles) if role in ("title", "field")), default=-1)


def _belongs(sheet: Sheet, index: int, unit: Unit) -> bool:
    """Whether a line that is no running text still is the end of the article."""
    if unit.ends_sentence and (unit.text[0].isupper() or not unit.text[0].isalpha()):
        return True
    if unit.text[0] in '“"«„»「『' or unit.text.casefold().startswith(_CREDITS):
        return True
    return bool(unit.bullet) and index > 0 and sheet.roles[index - 1] in (None, "body")
