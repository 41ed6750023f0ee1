"""Whom only later text names, or nothing but the turns of the talk, each in our own words."""

from __future__ import annotations

import pytest

from tests.quoting import one, quotations, speakers

GERMAN = " Das war nicht der Plan, und das ist auch für die Stadt kein Trost."
FRENCH = "\nLa ville est dans une passe difficile et les travaux sont loin de la fin."


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("A judge called it “a muddle”.\nThe firm must pay, Judge Ana Lund ruled.", "Ana Lund"),
        ("A coroner called it “a muddle”.\nThe coroner, Bo Marsh, closed the case.", "Bo Marsh"),
        ("A baker said the loaf was “late”.\nAda Lunn, 29, had sold it for years.", "Ada Lunn"),
        ("A roofer who fell said it was “wet”.\nOwen Brack (51) landed on hay.", "Owen Brack"),
    ],
)
def test_somebody_without_a_name_is_whom_later_text_names(text: str, who: str):
    assert one(text).who == who


@pytest.mark.parametrize(
    ("text", "who"),
    [
        # A second judge, somebody else's case, or a paragraph that names somebody of no age.
        ("A judge called it “a muddle”.\nJudge Ana Lund and Judge Bo Marsh met.", "A judge"),
        ("Judge Ana Lund sat.\nIn another town a judge called it “a muddle”.", "a judge"),
        ("A baker said the loaf was “late”.\nAda Lunn keeps the mill beside it.", "A baker"),
    ],
)
def test_somebody_without_a_name_stays_so_where_it_is_not_sure(text: str, who: str):
    assert one(text).who == who


def test_the_accused_is_whom_the_text_says_to_be_on_trial():
    text = "Pit R. (40) wurde am Freitag verurteilt. Richterin Ute Kern sprach von „Unfug“."
    assert speakers(f"{text} „Mir egal“, sagte der Angeklagte.{GERMAN}") == ["Ute Kern", "Pit R."]
    text = "Le procès d’Yves Lanoix s’est ouvert. Me Paul Droz plaide. "
    assert one(f"{text}« Non », a répondu le prévenu.{FRENCH}").who == "Yves Lanoix"
    text = "Owen Brack denied theft. Ada Lunn denied it too. "
    assert one(f"{text}“No,” the defendant said.").who == "the defendant"


@pytest.mark.parametrize(
    ("text", "who"),
    [
        (f"Il pleuvait quand une retraitée a crié. « Au feu », a-t-elle dit.{FRENCH}", "une retr"),
        (f"Une jeune mère est venue. Elle dit avoir « tout perdu ».{FRENCH}", "Une jeune mère"),
        (f"Der Nachbar sah zu. „Nie wieder“, sagte er.{GERMAN}", "Der Nachbar"),
    ],
)
def test_a_pronoun_stands_for_somebody_without_a_name_abroad(text: str, who: str):
    found = one(text).who
    assert found is not None
    assert found.startswith(who)


@pytest.mark.parametrize(
    "text",
    [
        "Orrin University is old. Ada Lunn wrote a letter to her son. It calls the plan “a folly”.",
        "The Wess Courier came late. Ada Lunn has a note from 1950. It says the sea is “a thief”.",
    ],
)
def test_it_stands_for_what_somebody_wrote(text: str):
    assert one(text).who not in ("Orrin University", "Wess Courier", "Ada Lunn")


ASKED = """Boat builder Ada Lunn on wood, rain and her dog

Ada Lunn has built forty boats.

Were you a quiet child?

No. I talked to the planks.

What do you hear when you work?

Mostly rain. My dog snores.

And it pays.

Would you do it again?

I would start sooner."""


def test_answers_below_questions_without_marks_are_of_whom_the_beginning_names():
    found = quotations(ASKED)
    assert [f.who for f in found] == ["Ada Lunn"] * 3
    assert found[1].words == ("Mostly rain. My dog snores.", "And it pays.")


def test_questions_that_nobody_answers_with_i_are_no_interview():
    assert quotations(ASKED.replace("I ", "They ").replace("My dog", "The dog")) == []
    assert quotations(ASKED.replace("you", "they")) == []
    assert quotations(ASKED.replace("Ada Lunn", "the maker")) == []
