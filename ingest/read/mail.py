"""The mail reader: one letter (.eml) or many (mbox), newsletters above all.

The standard library reads letters well; its mailbox module does not: it walks the whole file first
and takes every line that begins with "From " for the start of a letter. Here the file is read line
by line, and such a line counts only where a date ends it and header lines follow.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import policy
from email.errors import MessageError
from email.message import EmailMessage
from email.parser import BytesParser
from typing import BinaryIO

from ingest.article import Capture, Fact, FactField
from ingest.decode import decode
from ingest.errors import EmptyFile, IngestError, NoArticle, TooLarge, UnreadableFile
from ingest.read.encoding import decode_html
from ingest.read.fragment import blocks_capture, fragment_parts
from ingest.read.mailhead import inner_head, inner_head_in_line, instead, letter_facts
from ingest.read.place import Place, read_place
from ingest.read.text import text_capture

_FROM = re.compile(rb"From \S.{0,200}\d{4}\s*\Z")
_HEADER = re.compile(rb"(?P<name>[A-Za-z][A-Za-z0-9-]{1,40}):(?:[ \t]|\r?\n)")
_OURS = frozenset(
    b"from to subject date message-id mime-version received return-path delivered-to content-type "
    b"reply-to sender x-mailer list-id list-unsubscribe".split()
)
_QUOTED_FROM = re.compile(rb"^>(>*From )", re.MULTILINE)
_ATTACHED = re.compile(r"\.(?:html?|mhtml?|pdf|docx|epub|eml|txt|xml|rss|zip|warc|gz)\Z", re.I)
_MOST_PARTS = 200
_HEAD_PARTS = 10  # blocks above which a forwarded letter's own head stands


def matches(head: bytes, name: str) -> bool:
    """Whether the bytes open with the header of a letter, or the line that parts letters."""
    lines = head[:16_384].removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n").split(b"\n")
    if _FROM.match(lines[0]):
        return _names(lines[1:]) >= 2
    ours = _names(lines)
    return ours >= 3 or (ours >= 2 and name.endswith((".eml", ".mbox", ".mbx", ".mail")))


def _names(lines: list[bytes]) -> int:
    """How many different headers of a letter stand before the first blank or other line."""
    seen: set[bytes] = set()
    for line in lines:
        found = _HEADER.match(line + b"\n")
        if found:
            seen.add(found["name"].lower())
        elif not line.startswith((b" ", b"\t", b">From ")) or not line.strip():
            break
    # "Subject:" and "From:" stand above plain texts as well; a letter carries the post's marks.
    marks = seen & {b"received", b"message-id", b"mime-version", b"return-path", b"delivered-to"}
    return len(seen & _OURS) if marks else min(len(seen & _OURS), 2)


def read(place: Place) -> Iterator[Capture | IngestError]:
    """The letters of a file in order, and what is attached to them. Raises UnreadableFile."""
    head = place.head().removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")
    if not _FROM.match(head.split(b"\n", 1)[0]):
        yield from _letter(place, place.read())
        return
    with place.open() as stream:
        for number, data in enumerate(_letters(stream, place.max_bytes), 1):
            if data is None:
                yield TooLarge(
                    f"{place.source}!{number}",
                    f"the letter is over {place.max_bytes:,} bytes; raise the limit",
                )
                continue
            key = _key(data) or str(number)
            try:
                yield from _letter(place.member(key, data), data)
            except IngestError as error:
                yield error


def _letters(stream: BinaryIO, most: int) -> Iterator[bytes | None]:
    """The letters of an mbox one by one; None for one that is over `most` bytes."""
    lines: list[bytes] = []
    size = 0
    separator = b""
    blank = True  # whether the line above is blank, as it is above a separator

    def whole() -> bytes | None:
        if size > most:
            return None
        return _QUOTED_FROM.sub(rb"\1", b"".join(lines))

    while line := stream.readline(1_000_000):
        if separator:
            # A separator only if a header follows; else it was a sentence that begins so.
            if _HEADER.match(line) or line.startswith(b">From "):
                if lines:
                    yield whole()
                lines, size = [], 0
            else:
                lines.append(separator)
            separator = b""
        if blank and _FROM.match(line):
            separator = line
            continue
        blank = not line.strip()
        size += len(line)
        if size <= most:
            lines.append(line)
    if lines:
        yield whole()


def _key(data: bytes) -> str:
    head = re.split(rb"\r?\n\r?\n", data[:65_536], maxsplit=1)[0]
    found = re.search(rb"^message-id:\s*<?([^<>\s]{1,200})", head, re.IGNORECASE | re.MULTILINE)
    return found[1].decode("ascii", "replace") if found else ""


def _letter(place: Place, data: bytes) -> Iterator[Capture | IngestError]:
    try:
        letter = BytesParser(policy=policy.default).parsebytes(data)
        facts = tuple(letter_facts(letter))
        bodies, attached = _parts(letter)
    except (MessageError, ValueError, LookupError, AttributeError, TypeError, IndexError,
            RecursionError) as error:  # fmt: skip
        raise UnreadableFile(
            place.source, "this letter is broken; export it again from your mail program"
        ) from error
    found = _body(place, data, facts, bodies)
    # A letter that only carries a page is no failure.
    if isinstance(found, Capture) or not attached:
        yield found
    for name, content in attached:
        try:
            yield from read_place(place.member(name, content))
        except IngestError as error:
            yield error


def _body(
    place: Place, data: bytes, facts: tuple[Fact, ...], bodies: dict[str, bytes | str]
) -> Capture | IngestError:
    title = _first(facts, "title")
    if "html" in bodies:
        html = bodies["html"]
        parts = fragment_parts(html if isinstance(html, str) else decode_html(html)[0])
        for at, (_, words) in enumerate(parts[:_HEAD_PARTS]):
            if said := inner_head_in_line(words):
                facts, parts = instead(facts, said), parts[at + 1 :]
                title = _first(facts, "title")
                break
        if any(kind != "heading" and len(words) > 60 for kind, words in parts):
            return blocks_capture(place, parts, facts, format="mail", title=title, data=data)
    plain = bodies.get("plain")
    if plain is None:
        return NoArticle(place.source, "this letter has no text; open its attachments instead")
    try:
        text = plain if isinstance(plain, str) else decode(plain, place.source)[0]
    except IngestError as error:
        return error
    if not text.strip():
        return EmptyFile(place.source, "this letter has no text; open its attachments instead")
    if found := inner_head(text):
        facts, text = instead(facts, found[0]), text[found[1] :]
    return _plain(place, data, text.replace("\x00", ""), _first(facts, "title"), facts)


def _first(facts: tuple[Fact, ...], field: FactField) -> str:
    return next((fact.value for fact in facts if fact.field == field), "")


def _plain(place: Place, data: bytes, text: str, title: str, facts: tuple[Fact, ...]) -> Capture:
    """A letter of plain text: its head set above it, so that the rules for texts read both."""
    said = {fact.field: fact.value for fact in reversed(facts)}
    head = [title] if title else []
    if author := said.get("author"):
        head.append(f"By {author}")
    if date := said.get("published"):
        head.append(date.replace("T", " ")[:16])
    made = text_capture(place, "\n\n".join([*head, text.strip("\r\n")]) + "\n", facts)
    from dataclasses import replace
    from hashlib import sha256

    return replace(
        made, format="mail", raw=data, sha256=sha256(data).hexdigest(), size=len(data),
        carried=place.facts,
    )  # fmt: skip


def _parts(letter: EmailMessage) -> tuple[dict[str, bytes | str], list[tuple[str, bytes]]]:
    """The bodies by subtype, the first of each, and the attachments worth reading."""
    bodies: dict[str, bytes | str] = {}
    attached: list[tuple[str, bytes]] = []
    for number, part in enumerate(letter.walk()):
        if number > _MOST_PARTS:
            break
        kind, name = part.get_content_type(), _name(part)
        if kind == "message/rfc822" and number:
            continue  # its parts come next in the walk
        if part.is_multipart():
            continue
        content = part.get_payload(decode=True)
        if not isinstance(content, bytes) or not content:
            continue
        subtype = kind.removeprefix("text/")
        if kind in ("text/html", "text/plain") and not name and subtype not in bodies:
            bodies[subtype] = _decoded(content, part)
        elif name and _ATTACHED.search(name):
            attached.append((name, content))
    return bodies, attached


def _name(part: EmailMessage) -> str:
    try:
        name = part.get_filename() or ""
    except Exception:
        return ""
    return re.sub(r"[\x00-\x1f!/\\]", "_", name)[-120:]


def _decoded(content: bytes, part: EmailMessage) -> bytes | str:
    """The text in the charset that the part states, where that can be; else the bytes."""
    charset = str(part.get_param("charset") or "").lower()
    if charset in ("iso-8859-1", "us-ascii", "latin-1", ""):
        return content  # what these stand for is told from the bytes
    try:
        return content.decode(charset)
    except (LookupError, ValueError):
        return content
