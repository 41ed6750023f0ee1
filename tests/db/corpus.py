"""The same made-up news in one archive and in folders of shards, to compare what they answer."""

from __future__ import annotations

from pathlib import Path
from random import Random

from db.shards.opening import open_writable
from ingest import Article, Moment
from tests.making import article, saying

WORDS = (
    "ferry port harbour storm wind council vote budget school bridge road rail strike union wage"
    " island mayor court judge fish boat tide light cable power dam river flood rain snow"
).split()
COMMON = "the of and a in to was on for with".split()
PEOPLE = ("Ada Brandt", "Runa Vik", "Olav Berg", "Nils Holm", "Eva Lind", "Brandt", "Tora Aas")
PAPERS = ("The Gazette", "Evening Post", "Island News", None)


def _sentence(random: Random) -> str:
    size = random.randint(6, 22)
    words = [random.choice(COMMON if random.random() < 0.4 else WORDS) for _ in range(size)]
    # Some words are rare, so that rarity matters.
    if random.random() < 0.1:
        words.append(random.choice(("zeppelin", "walrus", "Ærø", "naïve")))
    return " ".join(words).capitalize() + "."


def _made(random: Random, number: int) -> Article:
    paragraphs = [
        " ".join(_sentence(random) for _ in range(random.randint(1, 4)))
        for _ in range(random.randint(2, 6))
    ]
    speaker = random.choice(PEOPLE)
    words = _sentence(random)
    paragraphs.append(f"“{words}” said {speaker}.")
    year = random.choice((2021, 2022, 2023, None))
    day = f"{year}-{random.randint(1, 12):02}-{random.randint(1, 28):02}"
    made = article(
        f"Story {number} {random.choice(WORDS)}", *paragraphs,
        published=Moment(day, "day") if year else None, publisher=random.choice(PAPERS),
        byline=random.choice((None, "By Harbour Staff", "By Tide Walker")),
    )  # fmt: skip
    return saying(made, (words, speaker, speaker))


def _copy(random: Random, of: Article, number: int) -> Article:
    """A copy in another paper and another year, with another first paragraph."""
    year = random.choice((2021, 2022, 2023))
    texts = [paragraph.text for paragraph in of.paragraphs]
    made = article(
        f"Story {number} again", _sentence(random), *texts, publisher="The Copyist",
        published=Moment(f"{year}-06-{random.randint(1, 28):02}", "day"),
    )  # fmt: skip
    (quote,) = of.quotes
    words, name = quote.pieces[0].of(of.text), of.people[0].name
    return saying(made, (words, name, name))


def corpus(seed: int = 1, size: int = 120) -> list[Article]:
    """Made-up articles with speakers, papers, dates and copies. Every title begins otherwise."""
    random = Random(seed)
    made: list[Article] = []
    for number in range(size):
        if made and random.random() < 0.15:
            source = random.choice([one for one in made if len(one.text) > 700] or made)
            made.append(_copy(random, source, number))
        else:
            made.append(_made(random, number))
    return made


def stored(path: Path, articles: list[Article], by: str | None, most: int | None = None) -> Path:
    """An archive of the articles at `path`: one file, or a folder of shards `by` that."""
    with open_writable(path, create=True, by=by, most=most) as archive:  # type: ignore[arg-type]
        for number, one in enumerate(articles):
            archive.add(f"/clips/{number}.txt", [one])
    return path
