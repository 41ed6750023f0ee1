"""What the head of a letter says of the article, and the head that stands inside a forwarded one.

That one is the article's, not the outer one's. Programs write it as text: a line that says so,
then From, Date, Subject and To.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from email.message import EmailMessage
from email.utils import getaddresses

from ingest.article import Fact
from ingest.names import is_name, is_publisher
from ingest.read.fragment import date_in

_MARK = re.compile(
    r"-{2,}\s*(?:forwarded message|original message|weitergeleitete nachricht|urspr[^-]{0,30}|"
    r"message transf[^-]{0,20}|mensaje reenviado)\s*-{2,}|begin forwarded message:|"
    r"anfang der weitergeleiteten nachricht:|début du message (?:transféré|réexpédié) ?:",
    re.IGNORECASE,
)
_LABELS = {
    **dict.fromkeys(("from", "von", "de"), "from"),
    **dict.fromkeys(("date", "sent", "datum", "gesendet", "envoyé", "fecha", "enviado"), "date"),
    **dict.fromkeys(("subject", "betreff", "objet", "asunto"), "subject"),
    **dict.fromkeys(("to", "an", "à", "para", "cc", "reply-to", "antwort an"), ""),
}
_HEADER = re.compile(
    rf"[>\s*]*(?P<label>{'|'.join(_LABELS)})\s*:\**\s*(?P<value>.*)", re.IGNORECASE
)
_NEXT = re.compile(rf"\s(?=(?:{'|'.join(_LABELS)})\s?:\s)", re.IGNORECASE)
# What letters that are sent to many are called, the headers that they have, and who sends them.
_LETTERS = frozenset(
    "letter newsletter newsletters daily weekly digest briefing bulletin dispatch report review "
    "notes alert alerts update updates roundup brief insider editors".split()
)
_MAILING = ("list-id", "list-unsubscribe", "list-post")
_ACCOUNTS = re.compile(
    r"(?:no-?reply|do-?not-?reply|news|newsletters?|letters?|info|hello|mail|team|updates?|alerts?|"
    r"editors?|editorial|press|contact|subscriptions?|members?|digest|briefing)[\w.+-]{0,20}"
)
_FORWARD_MARK = re.compile(r"^\s*(?:re|fwd?|wg|aw|tr|rv|sv|vs)\s*:\s*", re.IGNORECASE)
_ON_BEHALF = re.compile(r"\s+(?:from|at|via|@|of|\||-|–|—)\s+", re.IGNORECASE)


def letter_facts(letter: EmailMessage) -> Iterator[Fact]:
    """What the headers of a letter say of the article in it."""
    if subject := _FORWARD_MARK.sub("", _header(letter, "subject")):
        yield Fact("title", subject, "subject of the letter", 0.8)
    name, address = next(iter(getaddresses([_header(letter, "from")])), ("", ""))
    name = name.strip(" '\"")
    list_name = _header(letter, "list-id").partition("<")[0].strip(" '\"")
    if name and is_name(name) and not _is_house(name, address, letter):
        yield Fact("author", name, "sender of the letter", 0.5)
        yield Fact("byline", name, "sender of the letter", 0.4)
        house = list_name
    elif len(both := _ON_BEHALF.split(name, maxsplit=1)) == 2 and is_name(both[0]):
        yield Fact("author", both[0], "sender of the letter", 0.6)
        yield Fact("byline", both[0], "sender of the letter", 0.4)
        house = both[1]
    else:
        house = name or list_name or address.rpartition("@")[2]
    if house:
        yield Fact("publisher", house, "sender of the letter", 0.5)
    if date := date_in(_header(letter, "date")):
        yield Fact("published", date, "date of the letter", 0.7)
    for field in ("archived-at", "list-post-url", "x-original-url", "content-location"):
        link = _header(letter, field).strip("<> ")
        if re.match(r"https?://\S+\Z", link):
            yield Fact("url", link, f"{field} of the letter", 0.7)
    if language := re.match(r"[a-zA-Z]{2,3}(?:-\w+)*", _header(letter, "content-language")):
        yield Fact("language", language.group(), "language of the letter", 0.6)


def _is_house(name: str, address: str, letter: EmailMessage) -> bool:
    """Whether a sender with a name like a person's is a paper or a newsletter: "Harbour Letter"."""
    account, _, host = address.lower().partition("@")
    if is_publisher(name) or name.casefold().split()[-1] in _LETTERS:
        return True
    if not any(_header(letter, field) for field in _MAILING):
        return False
    labels = [label for label in host.split(".")[:-1] if len(label) > 3]
    whole = re.sub(r"\W", "", name.casefold())
    return whole in labels or (_ACCOUNTS.fullmatch(account) is not None)


def _header(letter: EmailMessage, name: str) -> str:
    try:
        value = letter.get(name)
    except Exception:  # the parser of headers fails in many ways on hostile ones
        return ""
    return " ".join(str(value or "").encode("utf-8", "replace").decode().split())[:1000]


def inner_head(text: str) -> tuple[dict[str, str], int] | None:
    """What the head inside of `text` says (from, date, subject), and where its letter begins."""
    mark = _MARK.search(text[:20_000])
    if mark is None:
        return None
    said: dict[str, str] = {}
    at = mark.end()
    for line in text[at : at + 4000].splitlines(keepends=True):
        found = _HEADER.match(line)
        if found:
            if name := _LABELS.get(found["label"].casefold()):
                said.setdefault(name, found["value"].strip(" *\r\n"))
        elif line.strip("> \r\n") and said and line[:1].isspace():
            pass  # a header that runs over two lines
        elif line.strip("> \r\n") or said:
            break
        at += len(line)
    return (said, at) if len(said) >= 2 else None


def inner_head_in_line(words: str) -> dict[str, str] | None:
    """The same where the head stands on one line, as markup without blocks gives it."""
    found = inner_head(_NEXT.sub("\n", words) + "\n") if len(words) < 1500 else None
    return found[0] if found else None


def instead(facts: tuple[Fact, ...], said: dict[str, str]) -> tuple[Fact, ...]:
    """What the letter inside says, and of the outer one what is said of nothing else."""
    inner = EmailMessage()
    for name, value in said.items():
        if name != "date" and value:
            # The parser of headers fails in many ways on one that is cut off.
            with contextlib.suppress(Exception):
                inner[name] = re.sub(r"\s+", " ", value)[:500]
    new = list(letter_facts(inner))
    if date := date_in(said.get("date", "")):
        new.append(Fact("published", date, "date of the letter", 0.7))
    fields = {fact.field for fact in new}
    if "publisher" in fields or "author" in fields:
        fields |= {"author", "byline", "publisher"}
    return (*new, *(fact for fact in facts if fact.field not in fields))
