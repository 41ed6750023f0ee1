"""The word lists for names: given names, titles, roles, bodies, places, times."""

from __future__ import annotations

from ingest.quotes.wordlists import table, words

MALE = words("names", "given", "male")
FEMALE = words("names", "given", "female")
EITHER = words("names", "given", "either")
GIVEN = MALE | FEMALE | EITHER
TITLES_MALE = words("names", "titles", "male")
TITLES_FEMALE = words("names", "titles", "female")
TITLES = table("names", "titles")
SUFFIXES = words("names", "suffixes", "all")
HONOURS = words("names", "honours", "all")
PARTICLES = words("names", "particles", "all")
ORGANISATION_WORDS = words("nouns", "organisation")
TRADERS = words("nouns", "trader")
PERSON_WORDS = table("nouns", "person")
PEOPLE_WORDS = words("nouns", "people")
PLACES = words("places", "places", "all")
LEADING = words("places", "places", "leading")
LANDFORMS = words("places", "places", "landforms")
PLACE_PHRASES = frozenset(p.replace("-", " ") for p in words("places", "places", "phrases"))
TIMES = words("places", "times", "all")
HONORIFICS = frozenset(
    "mr mr. mrs mrs. ms ms. miss sir lord lady dame herr frau monsieur madame mme mme. señor señora"
    " sr. sra. dr dr. prof prof. professor doctor".split()
)


def is_given(word: str) -> bool:
    """Whether a word in lowercase is a given name, or two: karl-heinz, anne-laure."""
    if word in GIVEN:
        return True
    first, joined, second = word.partition("-")
    return bool(joined) and first in GIVEN and second in GIVEN
