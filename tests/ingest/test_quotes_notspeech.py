"""Words in marks that nobody says are kept, as "other", out of everybody's sayings."""

from __future__ import annotations

import pytest

from tests.quoting import quotations


def kinds(text: str) -> list[str]:
    return [read.kind for read in quotations(text, ("direct", "mixed", "other"))]


@pytest.mark.parametrize(
    "text",
    [
        "She wrote the novel “The Iron Ferry” in a year.",
        "He played in the film “Nine Winters”, which few saw.",
        "The so-called “smart” meters stopped.",
        "The storm, known to sailors as “the Widow”, turned north.",
        "Friends know him as “Moth”.",
        "The term “ghost stop” means a station without trains.",
        "Bo Minter appeared on NBC’s “Good Evening” last week.",
        "A bill nicknamed “the quiet clause” was dropped.",
    ],
)
def test_titles_names_and_terms_are_other(text: str):
    assert kinds(text) == ["other"]


def test_other_has_no_speaker():
    (read,) = quotations("Ada Lunn said the novel “The Iron Ferry” was hers.", ("other",))
    assert (read.who, read.mention, read.cue) == (None, None, None)


def test_a_single_word_that_somebody_says_is_speech():
    assert kinds("Ada Lunn called him “unfit”.") == ["mixed"]


def test_a_headline_in_capitals_quotes_its_speaker():
    assert kinds("Ada Lunn: Minister Is ‘Out Of Touch’ With Farmers") == ["mixed"]


def test_a_whole_sentence_in_marks_is_speech_with_no_speaker_in_sight():
    assert kinds("“They came at night and left before anyone woke up.”") == ["direct"]


def test_a_sign_is_quoted_in_full():
    assert kinds("Above the door a faded sign reads “Closed for lunch”.") == ["direct"]


def test_what_people_call_somebody_is_no_speech():
    assert kinds("Neighbours call her “Duchess.”") == ["other"]
