"""The words that mark speech: which they are, how strongly, and what they take.

The lexicons are data, one TOML file a language in `data/`, each with its sources named on top.
A lemma gives its forms here, so that a look-up costs one dictionary access a word.
"""

from __future__ import annotations

import tomllib
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any, Literal

CueKind = Literal["verb", "noun", "phrase"]
Tense = Literal["base", "third", "past", "participle", "ing", "none"]

LANGUAGES = ("en", "de", "fr", "es")
_TENSES: tuple[Tense, ...] = ("third", "past", "participle", "ing")
_VOWELS = "aeiou"


@dataclass(frozen=True, slots=True)
class Cue:
    """One form of a word or phrase that marks speech.

    `strength` goes from 0 to 1. `takes` names the constructions, as explained on top of
    `data/cues.en.toml`: quote, that, bare, wh, to, told, made, object, as, post, or a preposition
    with a colon ("for:"). `tense` tells the form of an English verb; other languages have "none".
    `length` counts the words of the form. `quotes` tells whether it may stand beside words in
    quotation marks, `only_with_marks` that it marks speech nowhere else ("shrugged", "put it").
    """

    form: str
    lemma: str
    kind: CueKind
    strength: float
    takes: frozenset[str]
    tense: Tense = "none"
    # Asked for so often that they are worked out once.
    length: int = field(init=False)
    quotes: bool = field(init=False)
    only_with_marks: bool = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "length", self.form.count(" ") + 1)
        object.__setattr__(self, "quotes", "quote" in self.takes)
        object.__setattr__(self, "only_with_marks", self.takes == {"quote"})


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The cues of one language, by lowercase form.

    `verbs` and `nouns` hold single words. `phrases` holds what has several words, verbs with a
    particle too, by first word and by second, the longest first ("" for one word alone); `firsts`
    the words that these and the verbs begin with, and which must follow; None for any.
    """

    language: str
    verbs: Mapping[str, Cue]
    nouns: Mapping[str, Cue]
    phrases: Mapping[str, Mapping[str, Sequence[Cue]]]
    firsts: Mapping[str, Container[str] | None]
    sources: str = field(default="", repr=False)

    def verb(self, word: str) -> Cue | None:
        """The verb that `word` is a form of; None where it marks no speech."""
        return self.verbs.get(word.lower())

    def noun(self, word: str) -> Cue | None:
        """The noun that `word` is a form of ("warning", "claims")."""
        return self.nouns.get(word.lower())

    def at(self, words: Sequence[str], index: int) -> tuple[Cue, int] | None:
        """The verb or phrase at `words[index]` and how many words it has; the longest wins.

        The words are in lowercase.

        >>> cue, length = lexicon().at("the rest , according to Pell".split(), 3)
        >>> cue.lemma, length
        ('according to', 2)
        """
        phrase = self.phrase_at(words, index)
        if phrase is not None:
            return phrase, phrase.length
        single = self.verbs.get(words[index])
        return (single, 1) if single else None

    def phrase_at(self, words: Sequence[str], index: int) -> Cue | None:
        """The phrase that begins at `words[index]`, the longest."""
        entries = self.phrases.get(words[index])
        if entries is None:
            return None
        after = words[index + 1] if index + 1 < len(words) else ""
        for cue in entries.get(after, ()):
            if " ".join(words[index : index + cue.length]) == cue.form:
                return cue
        return entries[""][0] if "" in entries else None

    def cues(self) -> Iterator[Cue]:
        """Every form in the lexicon, once."""
        yield from self.verbs.values()
        yield from self.nouns.values()
        for by_second in self.phrases.values():
            for entries in by_second.values():
                yield from entries


@cache
def lexicon(language: str = "en") -> Lexicon:
    """The lexicon of a language ("en", "de", "fr", "es"), read once."""
    if language not in LANGUAGES:
        known = ", ".join(LANGUAGES)
        raise ValueError(f"no cues for the language {language!r}; there are {known}")
    path = resources.files("ingest.quotes") / "data" / f"cues.{language}.toml"
    return _compiled(path.read_text(encoding="utf-8"), language)


def _compiled(source: str, language: str) -> Lexicon:
    data = tomllib.loads(source)
    irregular: dict[str, list[str]] = data.get("irregular", {})
    doubled = frozenset(data.get("spelling", {}).get("double", ()))
    verbs: dict[str, Cue] = {}
    nouns: dict[str, Cue] = {}
    phrases: dict[str, dict[str, list[Cue]]] = {}
    for kind, lemma, group, given in _entries(data):
        forms: Iterator[tuple[str, Tense]]
        if given:
            forms = ((form, "none") for form in given)
        elif kind == "verb" and language == "en":
            forms = english_verb_forms(lemma, irregular, doubled)
        elif kind == "noun" and language == "en":
            forms = ((form, "none") for form in (lemma, english_plural(lemma)))
        else:
            forms = ((form, "none") for form in (lemma, *irregular.get(lemma, ())))
        for form, tense in forms:
            cue = Cue(form, lemma, kind, group["strength"], frozenset(group["takes"]), tense)
            first, *rest = form.split()
            if rest or kind == "phrase":
                second = rest[0] if rest else ""
                phrases.setdefault(first, {}).setdefault(second, []).append(cue)
            elif kind == "noun":
                nouns.setdefault(form, cue)
            else:
                verbs.setdefault(form, cue)
    for by_second in phrases.values():
        for entries in by_second.values():
            entries.sort(key=lambda cue: -cue.length)
    head = source.partition("\n\n[")[0]
    comments = "\n".join(line.lstrip("# ") for line in head.splitlines() if line.startswith("#"))
    return Lexicon(language, verbs, nouns, phrases, first_words(phrases, verbs), comments)


def first_words(
    phrases: Mapping[str, Mapping[str, Sequence[Cue]]], single: Iterable[str]
) -> Mapping[str, Container[str] | None]:
    """The words that phrases and single cues begin with, and which must follow; None for any."""
    firsts = {first: None if "" in seconds else seconds for first, seconds in phrases.items()}
    return {**firsts, **dict.fromkeys(single)}


def _entries(data: dict[str, Any]) -> Iterator[tuple[CueKind, str, dict[str, Any], list[str]]]:
    """Each lemma with its kind, its group, and the forms that its conjugation gives."""
    conjugations: dict[str, list[str]] = data.get("conjugations", {})
    kinds: tuple[tuple[str, CueKind], ...] = (
        ("verbs", "verb"),
        ("nouns", "noun"),
        ("phrases", "phrase"),
    )
    for key, kind in kinds:
        for group in data.get(key, ()):
            for lemma in group.get("lemmas", ()):
                yield kind, lemma, group, []
            for stem in group.get("stems", ()):
                forms = [form.replace("~", stem) for form in conjugations[group["conjugation"]]]
                yield kind, forms[0], group, forms


def english_verb_forms(
    lemma: str, irregular: Mapping[str, Sequence[str]], doubled: frozenset[str]
) -> Iterator[tuple[str, Tense]]:
    """The forms of an English verb, a particle kept behind: "lash out at", "lashed out at"."""
    base, space, particle = lemma.partition(" ")
    if base == "be":
        forms = ["is", "are", "was", "were", "been", "being"]
        for form in (base, *forms):
            yield form + space + particle, "past" if form in ("was", "were") else "third"
        return
    yield lemma, "base"
    seen = {base}
    rows = [irregular[base]] if base in irregular else _regular_forms(base, base in doubled)
    for row in rows:
        for form, tense in zip(row, _TENSES, strict=True):
            if form not in seen:
                seen.add(form)
                yield form + space + particle, tense


def _regular_forms(base: str, double: bool) -> list[list[str]]:
    if base.endswith("e"):
        past, ing = base + "d", base[:-1] + "ing" if not base.endswith("ee") else base + "ing"
    elif base.endswith("y") and base[-2] not in _VOWELS:
        past, ing = base[:-1] + "ied", base + "ing"
    else:
        past, ing = base + "ed", base + "ing"
    rows = [[_with_s(base), past, past, ing]]
    if double:
        stem = base + base[-1]
        # Both spellings of signalled and signaled are in use; "planed" and "beged" are not.
        two = [[_with_s(base), stem + "ed", stem + "ed", stem + "ing"]]
        rows = two + rows if base.endswith("l") and base != "extol" else two
    return rows


def english_plural(noun: str) -> str:
    """The regular plural of an English noun: "claims", "testimonies"."""
    return _with_s(noun)


def _with_s(word: str) -> str:
    if word.endswith("y") and word[-2] not in _VOWELS:
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("s", "x", "z", "ch", "sh")) else "s")
