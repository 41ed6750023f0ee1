"""Setting right: a title, a date, a speaker, who is who."""

from __future__ import annotations

from db import correct, things
from db.archive import Archive
from db.errors import CannotCorrect
from db.shards import correcting
from db.shards.ids import joined
from db.shards.opening import open_writable
from db.shards.reading import held_at
from db.shards.things import find, person_thing
from db.site.acts.desk import Desk, Done, Sent
from ingest.dates import parse_moment


def title(desk: Desk, sent: Sent) -> Done:
    """Call an article `title`."""
    wanted = sent.text("title")
    if not wanted:
        raise CannotCorrect("type the title")
    archive, article, _ = desk.archive_with(sent.number("article"))
    return Done(str(archive.correct(correct.title, article, wanted)))


def date(desk: Desk, sent: Sent) -> Done:
    """Say when an article appeared; `unknown` where nobody knows."""
    typed = sent.text("date")
    if not typed and not sent.has("unknown"):
        raise CannotCorrect("type the date, as 2023, 2023-03 or 2023-03-21, or say it is unknown")
    when = None if sent.has("unknown") else parse_moment(typed)
    archive, article, _ = desk.archive_with(sent.number("article"))
    return Done(str(archive.correct(correct.published, article, when)))


def speaker(desk: Desk, sent: Sent) -> Done:
    """Say who speaks in a quotation; `nobody` where it is nobody."""
    name = sent.text("name")
    if not name and not sent.has("nobody"):
        raise CannotCorrect("type the speaker's name, or say that it is nobody")
    archive, article, _ = desk.archive_with(sent.number("article"))
    made = archive.correct(
        correct.speaker, article, sent.number("quotation"),
        None if sent.has("nobody") else name,
    )  # fmt: skip
    return Done(str(made))


def merge(desk: Desk, sent: Sent) -> Done:
    """Say that whoever is called `name` is `into`, here (`article`) or everywhere."""
    into = sent.text("into")
    if not into:
        raise CannotCorrect("type the name that they are to have")
    name, new = sent.text("name"), sent.has("new")
    if sent.has("article"):
        archive, article, shard = desk.archive_with(sent.number("article"))
        made = archive.correct(correct.merge, name, into, new=new, article_id=article)
        return Done(f"{made} (1 article)", _page_of(archive, shard, made.value or into))
    with open_writable(desk.path) as whole:
        made, number = correcting.merge(whole, name, into, new=new)
    with held_at(desk.path) as held:
        place = find(held, person_thing(held, made.value or into))
    return Done(
        f"{made} ({number} article{'' if number == 1 else 's'})",
        f"/speaker/{place.person_id}" if place else None,
    )


def split(desk: Desk, sent: Sent) -> Done:
    """Say that whoever an article calls `name` is somebody else of that name, `other`."""
    name, other = sent.text("name"), sent.text("other")
    if not other:
        raise CannotCorrect(f'type what tells the two apart, as in "{name} (the younger)"')
    archive, article, shard = desk.archive_with(sent.number("article"))
    made = archive.correct(correct.split, name, article, other)
    return Done(str(made), _page_of(archive, shard, made.value or other))


def undo(desk: Desk, sent: Sent) -> Done:
    """Take a correction back."""
    with open_writable(desk.path) as whole:
        return Done(f"Undone: {correcting.undo(whole, sent.number('correction'))}")


def _page_of(archive: Archive, shard: int, name: str) -> str:
    conn = archive.db.conn
    place = things.find(conn, things.person_thing(conn, name))
    assert place is not None
    assert place.person_id is not None
    return f"/speaker/{joined(shard, place.person_id)}"
