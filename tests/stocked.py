"""An archive with something in every table, for tests of what moves archives about."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from db import correct
from db.archive import Archive
from db.fetches import Fetch
from ingest.article import Article, Fact, Furniture, Moment, Span
from tests.making import article, saying

STORY = (
    "The ferry company of Skarholm will sail twice a day from the first of May, its director told "
    "the town council on Monday evening after three hours of questions about fares and fog.",
    "Two boats will do the work of three, and the oldest of them, which has crossed the sound "
    "since before the bridge was drawn, will be sold to whoever can promise to keep her afloat.",
    "The council asked for a night boat at weekends. The company said that it would count the "
    "passengers of last winter first and answer before the herring came back to the inner bay.",
)


def day(value: str) -> Moment:
    return Moment(value, "day")


def in_format(made: Article, format_: str, raw: bytes) -> Article:
    return replace(made, capture=replace(made.capture, format=format_, raw=raw))


def said(title: str, words: str, name: str, more: str = "It rained.", **facts: object) -> Article:
    return saying(
        article(title, f"“{words}” said {name}.", more, **facts), (words, name, name)
    )  # fmt: skip


MAY = day("2021-05-01")
FERRY = said("Ferry sails", "Nobody sails in this,", "Runa Vik", published=MAY)
LATER = said("Ferry sails", "Nobody sails in this,", "Runa Vik", "It hails.", published=MAY)
LATEST = said("Ferry stops", "We were wrong,", "Odo Brandt", "It snows.", published=MAY)
QUAY = replace(
    said("Quay to be rebuilt", "We build in stone,", "Mayor", url="https://quay.example/1"),
    published=day("2022-02-02"),
    facts=(Fact("url", "https://quay.example/amp/1", "JSON-LD url"), Fact("title", "Quay", "meta")),
)
GREEK = said("Το λιμάνι της Ύδρας", "Δεν φοβόμαστε τη θάλασσα,", "Άννα Λεμονή")


def named(made: Article) -> Article:
    """The speaker by another name too, and described."""
    (person,) = made.people
    start = made.text.index("Runa")
    span = Span(start, start + 4)
    end = len(made.text)
    return replace(
        made,
        people=(person._replace(other_names=("Vik", "Runa"), descriptions=(span,)),),
        furniture=(Furniture(Span(end - 9, end - 1), "a line of the page"),),
    )


def fill(archive: Archive) -> None:
    """Articles of several years and of none, revised, copied, corrected, failed."""
    archive.add("/clips/ferry.txt", [FERRY])
    archive.add("/clips/ferry.txt", [LATER])
    archive.add("/clips/ferry.txt", [LATEST])
    archive.add("/clips/named.txt", [named(said("Fog", "Wait for the fog,", "Runa Vik"))])
    archive.add("https://quay.example/1", [in_format(QUAY, "html", b"<p>Quay</p>")])
    archive.add("/copies/quay.txt", [replace(QUAY, publisher="The Echo")])
    archive.add("/clips/greek.txt", [GREEK])
    for number, (paper, when) in enumerate(
        [("Post", "2020-03-01"), ("Echo", "2021-03-02"), ("Herald", "2022-03-03"), ("Sun", None)]
    ):
        text = (STORY[0].replace("Monday", f"Day {number}"), *STORY[1:])
        copy = article(f"Two boats, {paper}", *text, publisher=paper)
        archive.add(f"/papers/{paper}.txt", [replace(copy, published=when and day(when))])
    both = [article("Bread", "The bakery opens.", before="* * *\n\n"), article("Salt", "Salt.")]
    archive.add("/clips/two.txt", [replace(both[0], paywalled=True), both[1]])
    archive.add("-", [saying(
        article("Minister", "“Rain will stop,” the minister said. “Soon,” Anna Lee said."),
        ("Rain will stop,", "the minister", "the minister"), ("Soon,", "Anna Lee", "Anna Lee"),
        kind="person",
    )])  # fmt: skip
    archive.add("/clips/only.txt", [saying(
        article("Alone", "“Here I am,” Putin said."), ("Here I am,", "Putin", "Putin")
    )])  # fmt: skip
    archive.fail("/clips/broken.pdf", "damaged", "its end is missing")
    archive.note_fetch("https://quay.example/1", "page", Fetch("https://quay.example/1", "e1"))
    archive.note_fetch("https://quay.example/f", "feed", Fetch("https://quay.example/f"))
    minister = number_of(archive, "Minister")
    archive.correct(correct.merge, "the minister", "Runa Vik", article_id=minister)
    archive.correct(correct.merge, "Anna Lee", "Anna Leigh", new=True, by="me")
    archive.correct(correct.title, number_of(archive, "Bread"), "Bread at last")
    archive.correct(correct.published, number_of(archive, "Salt"), day("1999-01-01"))
    archive.correct(correct.speaker, number_of(archive, "Alone"), 1, "Runa Vik")
    undone = archive.correct(correct.title, number_of(archive, "Quay to be rebuilt"), "Quay falls")
    archive.correct(correct.undo, undone.id)


def number_of(archive: Archive, title: str) -> int:
    """The article's number."""
    (number,) = archive.db.execute("SELECT id FROM articles WHERE title = ?", [title]).fetchone()
    return int(number)


def stocked(path: Path) -> Path:
    """Such an archive at `path`."""
    with Archive.open(path) as archive:
        fill(archive)
    return path
