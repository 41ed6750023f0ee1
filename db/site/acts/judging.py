"""Samples to judge, and searches to come back to."""

from __future__ import annotations

from urllib.parse import urlencode

from db import samples, searches
from db.errors import CannotCorrect
from db.site.acts.desk import Desk, Done, Sent

_LARGEST = 1_000


def draw(desk: Desk, sent: Sent) -> Done:
    """Draw a sample of `size` quotations with a `seed`."""
    size = sent.number("size") if sent.has("size") else 100
    seed = sent.number("seed") if sent.has("seed") else 1
    if not 1 <= size <= _LARGEST:
        raise CannotCorrect(f"a sample has from 1 to {_LARGEST} quotations")
    name = sent.text("name")
    drawn = samples.draw(desk.book, name, size=size, seed=seed)
    return Done(f"{drawn.size} of {drawn.drawn_from} quotations are drawn", _page(drawn.name))


def judge(desk: Desk, sent: Sent) -> Done:
    """Judge quotations of a sample: fields "v7" for its seventh, "right", "wrong" or "open"."""
    name = sent.text("name")
    known = {mark.number: mark.verdict for mark in samples.marks(desk.book, name)}
    if not known:
        raise CannotCorrect(f'there is no sample "{name}"')
    changed = 0
    for field, value in sent.values.items():
        number = field.removeprefix("v")
        if number == field or not (number.isascii() and number.isdigit()):
            continue
        if value not in ("right", "wrong", "open"):
            raise CannotCorrect(f'"{value}" is no judgement')
        verdict: samples.Verdict | None = None if value == "open" else value  # type: ignore[assignment]
        if int(number) in known and known[int(number)] != verdict:
            samples.judge(desk.book, name, int(number), verdict)
            changed += 1
    return Done(f"{changed} judgement{'' if changed == 1 else 's'} written down")


def save_search(desk: Desk, sent: Sent) -> Done:
    """Keep a search under a name; `scope` are the other parameters of its address."""
    name = sent.text("name")
    searches.save(desk.book, name, sent.text("q"), sent.text("scope"))
    return Done(f'The search is saved as "{name}"')


def look(desk: Desk, sent: Sent) -> Done:
    """Note that a search's results are looked at, and lead to what is new since the last time."""
    before = searches.look(desk.book, sent.text("name"))
    since = {"since": before.looked or before.saved}
    return Done("", f"/saved?{urlencode({'name': before.name, **since})}")


def forget(desk: Desk, sent: Sent) -> Done:
    """Drop a saved search."""
    searches.forget(desk.book, sent.text("name"))
    return Done(f'The search "{sent.text("name")}" is forgotten', "/notebook")


def _page(sample: str) -> str:
    return f"/sample?{urlencode({'name': sample})}"
