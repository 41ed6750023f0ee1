"""Where a name begins and ends: common words, headlines, bodies with small words inside, posts."""

from __future__ import annotations

import pytest

from tests.quoting import people, speakers


@pytest.mark.parametrize("word", ["Hours", "Back", "Estimates", "Results", "Questions", "Giant"])
def test_a_common_word_that_opens_a_sentence_is_no_name(word):
    assert word not in people(f"{word} later Ada Lunn laughed, telling the crew: “We are friends.”")


def test_a_common_word_that_speaks_is_a_firm():
    assert speakers("Next said sales were “robust” in May.") == ["Next"]
    assert speakers("Mo Gates left. “Fine,” Gates said. Gates gave no reason.") == ["Mo Gates"]


def test_a_headline_with_capitals_holds_only_the_names_of_the_text():
    text = (
        "Harbour Boss Ada Lunn Hits Back After Ben Moyle Calls Her Reckless\n"
        "Ada Lunn ran the harbour. “It paid,” Lunn said of Ben Moyle."
    )
    assert set(people(text)) == {"Ada Lunn", "Ben Moyle"}
    text = "Delegates Are Planning To Leave Before Vote\nThe hall was full. “No,” said Ada Lunn."
    assert {n for n, p in people(text).items() if p.kind == "person"} == {"Ada Lunn"}


def test_a_headline_keeps_a_given_name_with_what_is_behind_it():
    text = "Susan B. Okafor Wins Again As Peter Brandvold Concedes\nThe count took all night."
    assert set(people(text)) == {"Susan B. Okafor", "Peter Brandvold"}


@pytest.mark.parametrize(
    "body",
    [
        "Friends of the Earth",
        "Marks and Spencer",
        "Save the Children",
        "Transport for London",
        "Committee to Protect Journalists",
        "Campaign to Protect Rural England",
        "Royal College of Physicians and Surgeons of Glasgow",
        "National Society for the Prevention of Cruelty to Children",
        "Nursing and Midwifery Council",
        "Food and Drink Federation",
        "Society of Motor Manufacturers and Traders",
    ],
)
def test_small_words_stand_inside_the_name_of_a_body(body):
    text = f"On Monday the {body} met. {body} said the plan was “unsafe”."
    assert speakers(text) == [body]
    assert people(text)[body].kind == "organisation"


def test_residents_of_a_town_are_no_body():
    found = people("Residents of Orrin said the plan was “unsafe”.")
    assert found["Residents of Orrin"].kind == "unnamed"


@pytest.mark.parametrize(
    ("said_by", "name"),
    [
        ("Charlotte Mayor Jennifer Roberts", "Jennifer Roberts"),
        ("Jackson Mayor Chokwe Pell", "Chokwe Pell"),
        ("Supervisor of Elections Susan Pell", "Susan Pell"),
        ("Director of Public Prosecutions Max Pell", "Max Pell"),
        ("Minister for Education Ada Lunn", "Ada Lunn"),
        ("Pres. Ada Lunn", "Ada Lunn"),
        ("Republican South Carolina Sen. Ada Lunn", "Ada Lunn"),
        ("Committeewoman Curly Pell", "Curly Pell"),
        ("Senator Will Pell", "Will Pell"),
    ],
)
def test_a_post_before_a_name_is_no_part_of_it(said_by, name):
    assert speakers(f"“It is bad,” said {said_by}.") == [name]


def test_said_and_will_are_names_too():
    assert speakers("“It is bad,” Khalid bin Said said.") == ["Khalid bin Said"]


def test_a_short_form_of_a_state_is_nobody():
    text = "At a rally in Orrin, Calif., Ada Lunn praised him, saying: “He is good.”"
    assert {n for n, p in people(text).items() if p.kind == "person"} == {"Ada Lunn"}


def test_places_and_firms_that_speak_are_no_persons():
    kinds = {n: p.kind for n, p in people("Moscow said “no”. ProPublica said “yes”.").items()}
    assert kinds == {"Moscow": "organisation", "ProPublica": "organisation"}
    assert people("DelSesto said it was “no”.")["DelSesto"].kind == "person"
