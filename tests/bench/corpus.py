"""A synthetic corpus of news dumps: our own word lists, a Zipf-like spread, a fixed seed."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import accumulate

_SYLLABLES = (
    "ba be bo bra da del do dra fa fen gal gor ha hel im ka kel la lin lo ma mer mo na nor o "
    "pa per pol ra ren ro sa sel sta ta tel tor u va ven vi wa wen za"
).split()
_COMMON = (
    "the of to and a in that it is was for on with as at by from this be are have not but they "
    "which had or were will an more one who been their has its about after would when there "
    "than other new people year some could time into two first over last against council plan "
    "harbour water road school board county price market power report minister worker company "
    "bridge"
).split()
_FIRST = (
    "Ada Bela Cato Dora Egil Fenna Goran Hedda Ivo Jana Kasper Lene Mads Nora Odo Petra"
).split()
_LAST = (
    "Abelard Brandt Calloway Drost Ekholm Fanchon Gorski Hame Ilves Jarvik Kestrel Lunn Marsh "
    "Nyberg Orwick Pell Quill Renn Stroud Tennick Ulmer Vale Whitlow Yarrow Zeller"
).split()
_CUES = "said said said added told reporters|warned|argued|insisted".replace("|", " ").split()
_MONTHS = (
    "January February March April May June July August September October November December"
).split()
_PAPERS = ["Orrin Bay Courier", "The Meridian Post", "Brannock Valley Gazette", "Coastwise Wire"]


def vocabulary(size: int, chance: random.Random) -> list[str]:
    """`size` different words, the common ones first."""
    words = dict.fromkeys(_COMMON)
    while len(words) < size:
        words["".join(chance.choices(_SYLLABLES, k=chance.randint(2, 4)))] = None
    return list(words)


class Corpus:
    """Articles by number; the same `seed` gives the same articles."""

    def __init__(self, seed: int = 20_26, words: int = 30_000) -> None:
        self._chance = random.Random(seed)
        self._words = vocabulary(words, self._chance)
        self._weights = list(accumulate(1 / (rank + 2.7) for rank in range(len(self._words))))

    def articles(self, number: int) -> Iterator[str]:
        """`number` page dumps: title, byline, date, five to eight paragraphs, some with quotes."""
        for serial in range(number):
            yield self._article(serial)

    def _sentence(self, low: int = 8, high: int = 26) -> str:
        count = self._chance.randint(low, high)
        words = self._chance.choices(self._words, cum_weights=self._weights, k=count)
        return " ".join(words).capitalize()

    def _article(self, serial: int) -> str:
        chance = self._chance
        name = f"{chance.choice(_FIRST)} {chance.choice(_LAST)}"
        paper = chance.choice(_PAPERS)
        day = f"{chance.choice(_MONTHS)} {chance.randint(1, 28)}, {chance.randint(2001, 2025)}"
        parts = [self._sentence(5, 9), f"By {chance.choice(_FIRST)} {chance.choice(_LAST)}", day]
        for place in range(chance.randint(5, 8)):
            prose = ". ".join(self._sentence() for _ in range(chance.randint(2, 4)))
            if place % 3 == 1:
                cue = chance.choice(_CUES)
                prose = f"“{self._sentence()},” {name.split()[-1]} {cue}. {prose}"
            elif place == 0:
                prose = f"{prose}, {name} said"
            parts.append(f"{prose}.")
        parts += ["Share this article", f"© {day[-4:]} {paper}", ""]
        return "\n\n".join(parts).replace("\n\n", f" {serial}\n\n", 1)
