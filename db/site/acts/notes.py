"""Notes, tags and lists."""

from __future__ import annotations

from db import notes, shelves
from db.errors import CannotCorrect
from db.notebook import Notebook
from db.site.acts.desk import Desk, Done, Sent
from db.things import Thing


def note(desk: Desk, sent: Sent) -> Done:
    """Write a note on a thing."""
    notes.write(desk.book, desk.thing(sent), sent.text("text"))
    return Done("The note is written")


def rewrite(desk: Desk, sent: Sent) -> Done:
    """Put other words in a note's place."""
    notes.rewrite(desk.book, sent.number("note"), sent.text("text"))
    return Done("The note is changed")


def tear_out(desk: Desk, sent: Sent) -> Done:
    """Take a note out for good."""
    notes.tear_out(desk.book, sent.number("note"))
    return Done("The note is gone")


def tag(desk: Desk, sent: Sent) -> Done:
    """Give a thing a tag, or several with commas between."""
    thing = desk.thing(sent)
    names = [name.strip() for name in sent.text("name").split(",") if name.strip()]
    if not names:
        raise CannotCorrect("type the tag")
    for name in names:
        shelves.tag(desk.book, name, [thing])
    return Done(f"Tagged: {', '.join(names)}")


def untag(desk: Desk, sent: Sent) -> Done:
    """Take a tag off a thing."""
    name = sent.text("name")
    thing = _on_shelf(desk, sent, shelves.tagged(desk.book, name))
    shelves.untag(desk.book, name, [thing])
    return _gone(desk.book, sent, shelves.tags(desk.book), f'No longer tagged "{name}": {thing}')


def enlist(desk: Desk, sent: Sent) -> Done:
    """Put a thing at the end of a list."""
    name = sent.text("name")
    number = shelves.enlist(desk.book, name, [desk.thing(sent)])
    return Done(f'Put on the list "{name}"' if number else f'It is on the list "{name}" already')


def take_off(desk: Desk, sent: Sent) -> Done:
    """Take a thing off a list."""
    name = sent.text("name")
    thing = _on_shelf(desk, sent, shelves.listed(desk.book, name))
    shelves.take_off(desk.book, name, [thing])
    return _gone(desk.book, sent, shelves.lists(desk.book), f'Off the list "{name}": {thing}')


def move(desk: Desk, sent: Sent) -> Done:
    """Put a thing of a list at another place."""
    name = sent.text("name")
    thing = _on_shelf(desk, sent, shelves.listed(desk.book, name))
    to = sent.number("to")
    shelves.move(desk.book, name, thing, to)
    return Done(f"Now at {to}: {thing}")


def _on_shelf(desk: Desk, sent: Sent, things: list[Thing]) -> Thing:
    """The thing by its number on the shelf, for it may be in no archive now; else by its name.

    `words` say what stood there: the shelf may have changed since the page was made.
    """
    if not sent.has("number"):
        return desk.thing(sent)
    number = sent.number("number")
    if not 1 <= number <= len(things) or str(things[number - 1]).strip() != sent.text("words"):
        raise CannotCorrect("it has changed meanwhile; look again")
    return things[number - 1]


def _gone(book: Notebook, sent: Sent, shelves: list[tuple[str, int]], message: str) -> Done:
    # A tag that nothing has is no more, and neither is its page.
    empty = sent.has("number") and sent.text("name") not in (name for name, _ in shelves)
    return Done(message, "/notebook" if empty else None)
