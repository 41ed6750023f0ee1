"""The lexicons of speech cues: what they know, and that their data is sane."""

import re
import tomllib
from collections import Counter
from importlib import resources

import pytest

from ingest.quotes.cues import LANGUAGES, lexicon

KNOWN_TAKES = {
    "quote", "that", "bare", "wh", "to", "told", "made", "object", "as", "post", "source", "adverb",
}  # fmt: skip


def data_of(language):
    path = resources.files("ingest.quotes") / "data" / f"cues.{language}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def test_a_form_leads_to_its_lemma():
    assert lexicon().verb("said").lemma == "say"
    assert lexicon().verb("Warned").lemma == "warn"
    assert lexicon().verb("denies").lemma == "deny"
    assert lexicon().noun("warnings").lemma == "warning"


def test_a_word_that_marks_no_speech_is_no_cue():
    assert lexicon().verb("walked") is None
    assert lexicon().noun("bridge") is None


def test_irregular_and_doubled_forms_are_known():
    forms = lexicon().verbs
    assert {"wrote", "swore", "thought", "admitted", "bragging", "signalled", "signaled"} <= set(
        forms
    )
    assert not {"writed", "admited", "braging", "sayed"} & set(forms)


def test_a_verb_with_a_particle_is_found_whole():
    words = ["The", "paper", "tore", "into", "the", "mayor"]
    cue, length = lexicon().at(words, 2)
    assert (cue.lemma, length) == ("tear into", 2)


def test_the_longest_phrase_wins():
    words = ["she", "pointed", "out", "the", "crack", "and", "pointed", "to", "it"]
    assert lexicon().at(words, 1)[0].lemma == "point out"
    assert lexicon().at(words, 6)[0].lemma == "point to"
    assert lexicon().at(["according", "to", "Pell"], 0)[0].lemma == "according to"


def test_shrugging_marks_speech_only_beside_marks():
    assert lexicon().verb("shrugged").only_with_marks
    assert not lexicon().verb("said").only_with_marks


def test_saying_is_stronger_than_believing_and_believing_than_laughing():
    said, believed, laughed = (lexicon().verb(w).strength for w in ("said", "believed", "laughed"))
    assert said > believed > laughed


def test_the_tense_of_a_form_is_known():
    tenses = {word: lexicon().verb(word).tense for word in ("say", "says", "said", "saying")}
    assert tenses == {"say": "base", "says": "third", "said": "past", "saying": "ing"}


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("de", ["sagte", "erklärte", "betonte", "warnte", "antwortete", "schrieb"]),
        ("fr", ["dit", "affirme", "annonça", "expliqué", "répond", "selon"]),
        ("es", ["dijo", "afirmó", "añadió", "señaló", "advirtió", "según"]),
    ],
)
def test_other_languages_know_their_commonest_words(language, words):
    known = lexicon(language)
    assert [word for word in words if known.at([word], 0) is None] == []


def test_a_language_without_cues_is_refused_by_name():
    with pytest.raises(ValueError, match="'xx'"):
        lexicon("xx")


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_lemma_stands_in_two_groups(language):
    data = data_of(language)
    for kind in ("verbs", "nouns", "phrases"):
        words = [
            word
            for group in data.get(kind, ())
            for word in (
                *group.get("lemmas", ()),
                *(f"{stem}~{group['conjugation']}" for stem in group.get("stems", ())),
            )
        ]
        assert [word for word, times in Counter(words).items() if times > 1] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_strengths_are_in_range_and_constructions_known(language):
    for cue in lexicon(language).cues():
        assert 0 < cue.strength <= 1, cue
        assert {t for t in cue.takes if not t.endswith(":")} <= KNOWN_TAKES, cue


@pytest.mark.parametrize("language", LANGUAGES)
def test_forms_are_lowercase_words_and_irregular_lemmas_are_used(language):
    data, known = data_of(language), lexicon(language)
    assert all(cue.form == cue.form.lower().strip() for cue in known.cues())
    lemmas = {cue.lemma for cue in known.cues()} | {cue.lemma.split()[0] for cue in known.cues()}
    assert set(data.get("irregular", {})) - lemmas == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_sources_are_named_on_top(language):
    assert "public accounts" in lexicon(language).sources
    assert re.search(r"\(\d{4}\)", lexicon(language).sources)


def test_english_has_a_few_hundred_lemmas():
    assert len({cue.lemma for cue in lexicon().cues()}) > 600
