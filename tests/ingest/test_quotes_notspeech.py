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


@pytest.mark.parametrize(
    "text",
    [
        "Ostrom said the word “fair” appears nine times in the act.",
        "The phrase “best interests” was struck out, Ostrom said.",
        "Ostrom said he hated the expression “it is what it is”.",
        "She never used the word “strike”, she said.",
        "Pell told the court that “gift” was the wrong word.",
        "The term “light touch” is old, the clerk said.",
    ],
)
def test_words_spoken_of_as_words_are_no_speech(text: str):
    assert kinds(text) == ["other"]


def test_words_that_somebody_uses_are_speech():
    assert kinds("Ostrom said the words “I will resign” and left.") == ["mixed"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("The result was out, Pell announced shortly after eight.", ["The result was out"]),
        ("The mayor announced shortly after eight that it rained.", ["it rained"]),
        ("Officers said shortly after 10am the road had reopened.", ["the road had reopened"]),
        ("Judges announced the winner shortly after nine.", ["the winner"]),
        ("The mayor complained bitterly.", []),
        ("Lunn argued fiercely with the judge.", []),
        ("Pell insisted otherwise.", []),
        ("The bill doesn't mention courts.", []),
        ("The report fails to mention the crew.", []),
        ("He would not confirm the number.", []),
        ("The deed of sale mentioned a well.", ["a well"]),
    ],
)
def test_adverbials_and_what_is_left_unsaid_are_no_reports(text: str, told: list[str]):
    found = quotations(text, ("indirect",))
    assert [" / ".join(one.words) for one in found] == told
