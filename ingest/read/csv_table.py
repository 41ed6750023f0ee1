"""CSV and TSV data sets: an article a row, columns known by the names in the first line.

Read as a stream with the csv module; a row that does not fit its header is one line of error.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator

from ingest.article import Capture
from ingest.decode import decode
from ingest.errors import DamagedFile, IngestError, NoArticle
from ingest.read.columns import is_data_set, require, require_body
from ingest.read.place import HEAD_BYTES, Columns, Place
from ingest.read.record import record_capture

_DELIMITERS = ",;\t|"
_FEW_COLUMNS = 3  # under this a list of names and places looks the same
_CALLED = (".csv", ".tsv", ".tab")


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    # What the head of a file does not show: a row further down in windows-1252.
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error("onrecord_windows", _as_windows)


def _header(head: bytes, name: str, columns: Columns) -> tuple[str, list[str], str] | None:
    """Encoding, column names and delimiter, where the first line names columns of articles.

    Where a person named columns, one of them in the line is enough, and so is what is called a
    table: reading it says which column is missing.
    """
    try:
        text, encoding = decode(head)
    except IngestError:
        return None
    first = text.lstrip("\ufeff\r\n").split("\n", 1)[0][:10_000].rstrip("\r")
    wanted = {column for _, column in columns}
    widest: tuple[str, list[str], str] | None = None
    for delimiter in _DELIMITERS:
        try:
            names = _told_apart(next(csv.reader([first], delimiter=delimiter), []))
        except csv.Error:
            continue
        if any(len(name) >= 80 for name in names):
            continue
        if is_data_set(names) or wanted.intersection(names):
            return encoding, names, delimiter
        if widest is None or len(names) > len(widest[1]):
            widest = encoding, names, delimiter
    if columns and (name == "-" or name.endswith(_CALLED)):
        return widest
    if widest is None:
        return None
    _, names, delimiter = widest
    if not name.endswith(_CALLED) and not _are_columns(names):
        return None
    return widest if _is_even(text, names, delimiter, is_cut=len(head) >= HEAD_BYTES) else None


def _are_columns(names: list[str]) -> bool:
    """Whether these read as names of columns even where no file is called a table.

    Lines of prose that all have as many commas are rare, and their parts are longer.
    """
    return (
        len(names) >= _FEW_COLUMNS
        and len(set(names)) == len(names)
        and all(0 < len(n) <= 30 and len(n.split()) <= 3 and n[-1] not in '.!?:”"' for n in names)
    )


def _is_even(text: str, names: list[str], delimiter: str, *, is_cut: bool) -> bool:
    """Whether the lines below the first have as many fields as it, as those of no text have.

    Where the text `is_cut`, it may end within a row.
    """
    try:
        rows = [
            row for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) if row
        ]
    except csv.Error:
        return False
    below = rows[1:-1] if is_cut else rows[1:]
    return len(names) > 1 and bool(below) and all(len(row) == len(names) for row in below)


def _told_apart(names: list[str]) -> list[str]:
    """The names without space around them; of two columns of one name the second has a number."""
    seen: dict[str, int] = {}
    told = []
    for name in map(str.strip, names):
        times = seen[name] = seen.get(name, 0) + 1
        told.append(name if times == 1 else f"{name} ({times})")
    return told


def matches(head: bytes, name: str, columns: Columns = ()) -> bool:
    """Whether the first line is a header that names a body and something about it."""
    return _header(head, name, columns) is not None


def read(place: Place) -> Iterator[Capture | IngestError]:
    """A capture a row, in order. Rows that are bad are yielded as errors, the rest goes on."""
    header = _header(place.head(), place.name, place.columns)
    if header is None:
        raise NoArticle(place.source, "the first line names no columns of articles")
    encoding, names, delimiter = header
    require(place, [dict.fromkeys(names, "")])
    if not place.columns:
        require_body(place, [dict.fromkeys(names, "")])
    encoding = "utf-8-sig" if encoding == "utf-8" else encoding
    errors = "onrecord_windows" if encoding == "utf-8-sig" else "replace"
    before = csv.field_size_limit(place.max_bytes)
    try:
        with io.TextIOWrapper(place.open(), encoding, errors, newline="") as text:
            rows = csv.reader((line.replace("\0", "") for line in text), delimiter=delimiter)
            yield from _rows(place, rows, names)
    finally:
        csv.field_size_limit(before)


def _rows(
    place: Place, rows: Iterator[list[str]], names: list[str]
) -> Iterator[Capture | IngestError]:
    number = -1
    while True:
        number += 1
        source = f"{place.source}!{number}"
        try:
            row = next(rows)
        except StopIteration:
            break
        except csv.Error as error:
            yield DamagedFile(source, f"row {number} cannot be read ({error}); mend it")
            continue
        if not any(row):
            number -= 1
        elif number == 0:
            continue  # the header
        elif len(row) != len(names):
            yield DamagedFile(
                source, f"row {number} has {len(row)} fields where the header has {len(names)}"
            )
        else:
            yield record_capture(place, dict(zip(names, row, strict=True)), number, "csv")
    if number < 2:  # the end was counted as well
        yield NoArticle(place.source, "this table has a header and no rows")
