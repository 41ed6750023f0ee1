"""Kinds of attribution that new articles brought up, each as its whole kind."""

from __future__ import annotations

import pytest

from tests.quoting import one, quotations, speakers


@pytest.mark.parametrize("verb", ["he liked to say", "he used to say", "he went on to say"])
def test_a_verb_that_governs_say_has_the_subject(verb: str):
    assert one(f"Ada Lunn wept for Bo Minter. “It moves,” {verb}.").mention == "he"


def test_who_is_told_to_do_something_does_not_say_it():
    assert one("A surgeon who asked for a fridge was told to “buy a caravan”.").mention is None
    text = "Ada Lunn lamented that she had been told to “try the other clinic”."
    assert one(text).who == "Ada Lunn"


def test_another_is_somebody():
    text = "One aide said it was “a shock”. Another accused Ada Lunn of “standing on sandbags”."
    assert [found.mention for found in quotations(text)] == ["One aide", "Another"]


def test_an_attribution_in_the_middle_with_the_verb_first():
    text = "Crews were on the way, said foreman Ada Lunn, but some should expect “days, not hours”."
    assert one(text).who == "Ada Lunn"


def test_nobody_says_nothing():
    text = "Bo Minter said that nobody had ever complained “except the hens.”"
    assert one(text).who == "Bo Minter"


def test_a_report_speaks_and_not_where_it_was_made():
    text = "A report into delays at St Ann's Hospital found that patients waited “like parcels”."
    assert one(text).mention == "A report"


def test_whose_view_it_is():
    text = "Ada Lunn runs the pier. In her view, the plan is “a disaster”."
    assert (one(text).who, one(text).mention) == ("Ada Lunn", "her")
    spanish = "La alcaldesa Marta Artal dimite. A su juicio, el plan es «un desastre»."
    assert speakers(spanish) == ["Marta Artal"]


def test_who_is_among_them_speaks_in_the_next_sentence():
    text = "Among them is Ada Lunn, 81, who met the Civil Guard. “I stay with the hens.”"
    assert speakers(text) == ["Ada Lunn"]


def test_a_thing_that_gets_a_name_is_not_spoken_to():
    text = "Bo Minter said that the crew had named the newcomer “Echo”."
    assert [found.kind for found in quotations(text, ("mixed", "other"))] == ["other"]


def test_a_guest_is_addressed_in_an_interview():
    text = (
        "We met the minister, Ann Ostrom.\n\nYou said in May that “nothing is dead”. Is it?\n\n"
        "“It is not,” Ostrom says.\n\nYou called the other side “children”.\n\n“Not a bit.”"
    )
    assert speakers(text) == ["Ann Ostrom"] * 4


def test_french_opposition_is_no_name_and_a_sign_is_no_town_hall():
    french = "L’opposition municipale dénonce « un désastre annoncé » et la mairie se tait."
    assert one(french).mention == "L’opposition municipale"
    german = "Der Brunnen ist weg, und das ist es. Auf einem Plakat am Rathaus stand: „Wasser!“"
    assert one(german).mention == "einem Plakat"


def test_a_clause_that_leads_in_has_another_subject():
    text = "Walter Pruss tunes bells. When I repeat this to Pruss, he beams. “She said that?”"
    assert one(text).who == "Walter Pruss"


@pytest.mark.parametrize("who", ["l'attaquant", "ce dernier"])
def test_french_epithets_for_whom_was_named_last(who: str):
    text = (
        "Le capitaine Mathis Loubet est sorti à la pause et il a boudé dans les vestiaires."
        f' "Je ne suis pas payé pour comprendre", a raconté {who}.'
    )
    assert speakers(text) == ["Mathis Loubet"]


def test_it_behind_a_filing_is_the_body_of_the_sentence_before():
    text = "The United Union called it “a punch”. The firm met. In a filing it said it was “sorry”."
    assert speakers(text) == ["United Union", "The firm"]


def test_what_a_letter_begins_with_is_read_in_it():
    text = "Her letter to Ada Lunn began with the words “I am not sorry”."
    assert (one(text).mention, one(text).kind) == ("Her letter to Ada Lunn", "mixed")


def test_a_report_that_only_holds_the_words_has_no_speaker_of_its_own():
    text = "Planning officers backed it, saying in their report that the impact was “modest”."
    assert one(text).mention == "Planning officers"


def test_another_before_a_colon_is_somebody_and_a_mayor_addressed_has_no_name():
    text = "Fans were livid. “No Trix,” fumed one. Another raged: “I have watched this for years.”"
    assert [found.mention for found in quotations(text)] == ["one", "Another"]
    assert speakers("Mr. Mayor was silent. “It is over,” said the clerk.") == ["the clerk"]
