"""Function words of a language and the common nouns that speak, as the rules look them up."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import chain

from ingest.quotes.tables import Table
from ingest.quotes.wordlists import load, table, words

LANGUAGES = ("en", "de", "fr", "es")
SAMPLE = 1_500  # characters that are enough to tell the language
_PART, _CERTAIN = 300, 8  # where its beginning and its end have so many usual words, they are

PERSON_NOUNS = table("nouns", "person")
PEOPLE_NOUNS = words("nouns", "people")
BODY_NOUNS = words("nouns", "body")
DOCUMENT_NOUNS = words("nouns", "document")
SIGN_NOUNS = words("nouns", "sign")
WORK_NOUNS = words("nouns", "works")
NAMED_NOUNS = words("nouns", "named")
THINGS = words("nouns", "thing")
NAMING_WORDS = words("nouns", "naming")
MALE_NOUNS = words("nouns", "person", "male")
FEMALE_NOUNS = words("nouns", "person", "female")
BEHIND_NOUN = words("nouns", "behind", "adjective")
HAD = words("nouns", "behind", "had")
MEN_FROM = words("nouns", "from", "man")
WOMEN_FROM = words("nouns", "from", "woman")
FROM = table("nouns", "from")
POSTS = words("nouns", "posts")
EPITHETS = words("nouns", "epithet")
SOLE = words("nouns", "sole")
ACCUSED = words("nouns", "accused")
AT_COURT = words("nouns", "court")
SOMEBODY = PERSON_NOUNS | PEOPLE_NOUNS
PERSON_OR_BODY = SOMEBODY | BODY_NOUNS
SPEAKING_NOUNS = PERSON_OR_BODY | DOCUMENT_NOUNS

_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Grammar:
    """The function words of one language, lowercase."""

    language: str
    usual: frozenset[str]
    he: frozenset[str]
    she: frozenset[str]
    they: frozenset[str]
    subjects: frozenset[str]
    possessives: frozenset[str]
    determiners: frozenset[str]
    prepositions: frozenset[str]
    inside_phrase: frozenset[str]
    conjunctions: frozenset[str]
    relatives: frozenset[str]
    auxiliaries: frozenset[str]
    adverbs: frozenset[str]
    ends: frozenset[str]
    be: frozenset[str]
    by: frozenset[str]
    said_by: frozenset[str]
    asked: frozenset[str]


@cache
def grammar(language: str = "en") -> Grammar:
    """The function words of a language, read once."""
    lists = load("grammar")[language]
    return Grammar(language, **{name: frozenset(text.split()) for name, text in lists.items()})


def language_of(text: str) -> str:
    """The language whose usual words the text holds most of; English where none stands out."""
    if _is_english(text[:_PART]) and _is_english(text[SAMPLE - _PART : SAMPLE]):
        return "en"
    found = _usual(text[:SAMPLE])
    english = sum(map(grammar("en").usual.__contains__, found))
    # One word alone tells nothing: "a" is usual in three languages.
    enough = max(english * 1.3, english + 1)
    counts = {
        language: sum(map(grammar(language).usual.__contains__, found))
        + any(sign in text[:SAMPLE] for sign in _SIGNS.get(language, ()))
        for language in LANGUAGES
    }
    best = max(LANGUAGES, key=counts.__getitem__)
    return best if counts[best] > enough else "en"


# Marks that tell a language where a text is too short for many words.
_SIGNS = {"de": ("„",), "fr": ("« ", "«\xa0", "«\u202f"), "es": ("¿", "¡")}


def _is_english(text: str) -> bool:
    """Whether hardly a word stands there that is usual in another language only."""
    found = _usual(text)
    english = sum(map(grammar("en").usual.__contains__, found))
    return english >= _CERTAIN and len(found) - english <= english // _CERTAIN


def _usual(text: str) -> list[str]:
    """The words of a text that are usual in any language."""
    return list(chain.from_iterable(map(_USUAL_IN.__getitem__, text.split())))


@cache
def _usual_anywhere() -> frozenset[str]:
    return frozenset().union(*(grammar(language).usual for language in LANGUAGES))


def _usual_in(stretch: str) -> tuple[str, ...]:
    """The usual words of any language in a stretch without white space."""
    return tuple(filter(_usual_anywhere().__contains__, _WORD.findall(stretch.lower())))


_USUAL_IN = Table(_usual_in)
