"""Who says it, construction by construction."""

from __future__ import annotations

import pytest

from tests.quoting import one, quotations, speakers


@pytest.mark.parametrize(
    ("text", "who", "cue"),
    [
        ("“It leaks,” Ada Lunn said.", "Ada Lunn", "said"),
        ("“It leaks,” said Ada Lunn.", "Ada Lunn", "said"),
        ("“It leaks,” said plumber Ada Lunn, pointing up.", "Ada Lunn", "said"),
        ("“It leaks,” said the plumber, Ada Lunn.", "Ada Lunn", "said"),
        ("“It leaks,” the plumber, Ada Lunn, said.", "Ada Lunn", "said"),
        ("“It leaks,” Ada Lunn, who laid the roof, later admitted.", "Ada Lunn", "admitted"),
        ("“It leaks,” said retired tailor and father of six Bo Minter.", "Bo Minter", "said"),
        ("“It leaks!” Ada Lunn shouted.", "Ada Lunn", "shouted"),
        ("“It leaks,” according to Ada Lunn.", "Ada Lunn", "according to"),
        ("“It leaks,” as Ada Lunn put it.", "Ada Lunn", "put it"),
        ("“It leaks,” an angry Ada Lunn retaliated.", "Ada Lunn", "retaliated"),
        ("“It leaks,” Mr. Bo Minter told the council.", "Bo Minter", "told"),
        ("“It leaks,” Rep. Bo Minter (D-Maine) said.", "Bo Minter", "said"),
    ],
)
def test_attribution_behind_the_words(text: str, who: str, cue: str):
    read = one(text)
    assert (read.who, read.cue, read.kind) == (who, cue, "direct")


@pytest.mark.parametrize(
    ("text", "who", "cue"),
    [
        ("Ada Lunn said, “It leaks.”", "Ada Lunn", "said"),
        ("Ada Lunn told reporters on Monday: “It leaks.”", "Ada Lunn", "told"),
        ("Ada Lunn, the plumber, was blunt and added: “It leaks.”", "Ada Lunn", "added"),
        ("Ada Lunn shrugged: “It leaks and it always will.”", "Ada Lunn", "shrugged"),
        ("In other words, explained Ada Lunn: “It leaks.”", "Ada Lunn", "explained"),
        ("Ada Lunn in a letter to the mayor wrote: “It leaks.”", "Ada Lunn", "wrote"),
        ("With Ada Lunn adding: “It leaks.”", "Ada Lunn", "adding"),
    ],
)
def test_attribution_before_the_words(text: str, who: str, cue: str):
    read = one(text)
    assert (read.who, read.cue, read.kind) == (who, cue, "direct")


def test_a_dash_and_a_name_need_no_verb():
    read = one("“The roof is sound.” — Inspector Ada Lunn")
    assert (read.who, read.cue, read.description) == ("Ada Lunn", None, "Inspector")
    assert one("“The roof is sound.” ― Ada Lunn").who == "Ada Lunn"


def test_a_name_behind_a_comma_needs_no_verb():
    read = one("“I would have waited,” Bo Minter, the tenant, in a note to the board.")
    assert (read.who, read.cue, read.description) == ("Bo Minter", None, "the tenant")


def test_a_line_that_ends_with_a_colon_announces_who_speaks():
    assert one("And from Chair Ada Lunn:\n“We asked three engineers.”").who == "Ada Lunn"


def test_a_colon_announces_somebody_with_no_verb():
    read = one("From the gallery, a man in a red hat: “Shame!”")
    assert (read.mention, read.cue) == ("a man in a red hat", None)


def test_a_fragment_belongs_to_the_subject_of_its_verb():
    read = one("Judge Ada Lunn called the delay “a disgrace to this court” on Friday.")
    assert (read.who, read.cue, read.kind) == ("Ada Lunn", "called", "mixed")


def test_fragments_of_one_sentence_are_one_quotation():
    read = one("Ada Lunn called the plan “vague”, “late” and “a gift to lawyers”.")
    assert read.words == ("vague", "late", "a gift to lawyers")


def test_a_weak_verb_yields_to_the_clause_that_it_stands_in():
    assert one("Ada Lunn declared that she found the offer “quite generous”.").cue == "declared"


def test_a_verb_that_names_keeps_its_subject():
    text = "Ada Lunn said that Bo Minter had called the offer “an insult”."
    assert one(text).who == "Bo Minter"


def test_a_participle_goes_with_the_subject_of_its_sentence():
    text = "Ada Lunn met her rival, Bo Minter, saying that the vote was “a farce”."
    assert one(text).who == "Ada Lunn"


def test_a_speaker_between_commas_has_all_of_the_sentence():
    assert one("The firm, Ada Lunn said, called its losses “a passing shower”.").who == "Ada Lunn"


def test_a_speaker_at_the_end_has_all_of_the_sentence():
    assert one("They wanted to “make a clean start,” Ada Lunn said.").who == "Ada Lunn"


def test_who_stands_for_the_name_before_it():
    read = one("The mayor thanked Ada Lunn, who said the repair was “long overdue”.")
    assert (read.who, read.mention) == ("Ada Lunn", "who")


def test_what_somebody_is_told_is_not_theirs():
    read = one("Bo Minter was told: “You will have to leave by noon.”")
    assert read.who is None


def test_a_passive_names_the_speaker_behind_by():
    assert (
        one("The bridge was described by Ada Lunn as “an accident in waiting”.").who == "Ada Lunn"
    )


def test_nouns_of_speech_belong_to_their_owner():
    read = one("Nobody believed Ada Lunn’s claim that the dam was “as good as new”.")
    assert (read.who, read.cue) == ("Ada Lunn", "claim")


def test_words_that_stand_alone_go_on_from_the_last_speaker():
    text = "“It was cold,” Ada Lunn said. “Nobody slept.”"
    assert one(text).words == ("It was cold,", "Nobody slept.")
    assert speakers("“It was cold,” Ada Lunn said.\n“Nobody slept at all that night.”") == [
        "Ada Lunn",
        "Ada Lunn",
    ]


def test_the_sentence_before_tells_who_speaks():
    text = "“No,” said Ada Lunn.\nBo Minter shook his head. “You never asked me.”"
    assert speakers(text) == ["Ada Lunn", "Bo Minter"]


def test_two_people_take_turns():
    text = (
        "“Did you lock up?” Ada Lunn asked.\n“I thought you had,” Bo Minter said.\n"
        "“I never do.”\n“Then nobody did.”"
    )
    assert speakers(text) == ["Ada Lunn", "Bo Minter", "Ada Lunn", "Bo Minter"]


def test_a_transcript_in_marks_names_its_speakers():
    text = "“LUNN: Was it you?\n“MINTER: It was not.\n“LUNN: Thank you.”"
    assert speakers(text) == ["Lunn", "Minter", "Lunn"]


def test_a_nickname_inside_a_name_is_no_quotation():
    text = "“We won,” said Bo “Moth” Minter. “I am as surprised as you.”"
    assert one(text).words == ("We won,", "I am as surprised as you.")


def test_a_sign_says_something_and_is_nobody():
    read = one("Above the gate a banner read “No boats, no bread”.")
    assert (read.mention, read.cue) == ("a banner", "read")


def test_cries_of_many_are_speech_without_a_speaker():
    read = one("The bus left to cries of “Come back soon” from the kerb.")
    assert (read.who, read.cue) == (None, "cries")


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("„Die Brücke ist sicher“, sagte Ada Lunn am Montag vor der Presse.", "Ada Lunn"),
        ("Die Brücke ist alt, und das wissen wir. „Sie hält“, so Ada Lunn.", "Ada Lunn"),
        ("« Le pont est sûr », a déclaré Ada Lunn dans la salle du conseil.", "Ada Lunn"),
        ("«El puente es seguro», dijo Ada Lunn en la sala de los plenos.", "Ada Lunn"),
    ],
)
def test_german_french_and_spanish(text: str, who: str):
    assert one(text).who == who


def test_french_marks_stay_open_round_the_attribution():
    text = (
        "Le bac est arrêté depuis le mois de mars et les habitants sont las.\n"
        "« Moi, je passe par le gué, soupire Ada Lunn, bouchère, et je mouille mes bottes. »"
    )
    read = one(text)
    assert read.words == ("Moi, je passe par le gué,", "et je mouille mes bottes.")
    assert (read.who, read.cue) == ("Ada Lunn", "soupire")


def test_french_pronouns_behind_the_verb():
    text = "Paul Minter est venu dans la salle avec les autres. « Je reste », a-t-il dit."
    assert one(text).mention == "il"
    assert one(text.replace("a-t-il dit", "dit-il")).who == "Paul Minter"


def test_every_quotation_says_which_rule_found_it():
    for read in quotations("“No,” said Ada Lunn. Bo Minter called it “a great pity”."):
        assert read.reason


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("A person familiar with the deal said it was “done.”", "A person familiar with the deal"),
        ("“It is over,” said a source close to the mill.", "a source close to the mill"),
        (
            "An official with direct knowledge of the plans said: “We sign.”",
            "An official with direct knowledge of the plans",
        ),
        (
            "“Nothing is left,” a woman not directly involved in the sale said.",
            "a woman not directly involved in the sale",
        ),
    ],
)
def test_what_stands_behind_a_noun_is_part_of_the_source(text: str, who: str):
    assert one(text).mention == who


@pytest.mark.parametrize(
    "text",
    [
        "“It leaks,” the paper quoted Ada Lunn as saying.",
        "The paper quoted Ada Lunn as saying “it leaks.”",
        "Ada Lunn was quoted by the paper as saying: “It leaks.”",
        "“It leaks,” Ada Lunn was quoted as saying by the paper.",
    ],
)
def test_whoever_is_quoted_as_saying_something_says_it(text: str):
    assert one(text).who == "Ada Lunn"


def test_a_dateline_with_a_day_and_an_agency_is_no_subject():
    text = "PORT ORRIN, March 4 (Wire) - The board kept the toll, saying it was “fair”."
    assert one(text).mention == "The board"


def test_a_name_set_off_behind_with_is_whose_verb_follows():
    text = "Three of the nine members voted no, with one, Ada Lunn, arguing that it was “dear”."
    assert one(text).who == "Ada Lunn"


def test_another_is_somebody_else():
    text = "“I was there,” one man said. Another added: “So was I.”"
    read = quotations(text)
    assert [each.mention for each in read] == ["one man", "Another"]


def test_a_role_in_capitals_is_no_name():
    assert one("The islands’ MSP, Ada Lunn, wrote: “Shame.”").who == "Ada Lunn"
    assert one("The CEO said: “We pay.”").mention == "The CEO"


def test_an_adverb_before_a_title_is_no_part_of_the_name():
    assert one("Mostly Mr. Minter said it was “late”.").who == "Minter"


def test_a_name_ends_what_is_set_off_behind_a_description():
    text = "A former pupil, the Olympic swimmer Dai Bevan, remembered it: “You could hear it.”"
    assert one(text).who == "Dai Bevan"
    text = "Ada Lunn, head of the Orrin PAC, a large PAC, said it was “late”."
    assert one(text).who == "Ada Lunn"


def test_a_word_that_goes_on_from_a_speech_is_speech():
    (read,) = quotations("“Please,” Ada Lunn said, tapping the desk. “Please.”")
    assert read.words == ("Please,", "Please.")


def test_what_is_said_to_be_something_says_nothing():
    text = "An image said to show a whale is “almost surely a log”, experts say."
    assert one(text).mention == "experts"


def test_talk_of_something_is_no_verb():
    text = "Ada Lunn has long dismissed talk of a bubble as “the sound of fear”."
    assert one(text).who == "Ada Lunn"


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Bahnchef Otto Held nannte den Streik „völlig unnötig“ und ging.", "Otto Held"),
        ("Der Vorstand und Otto Held sprachen nicht. „Wir warten“, sagte er.", "Otto Held"),
        ("Le ministre des Transports, Luc Orme, a dénoncé « une folie » hier.", "Luc Orme"),
        ("El ministro de Obras, Jorge Lastra, calificó la huelga de «injusta» y no dijo más.",
         "Jorge Lastra"),
    ],
)  # fmt: skip
def test_naming_and_judging_in_other_languages(text: str, who: str):
    assert one(text).who == who


def test_man_and_what_follows_go_on_with_the_last_speaker():
    text = "„Das ist keines“, erklärte Uwe Kranich. Man werde „so lange streiken, wie es geht“."
    assert speakers(text) == ["Uwe Kranich", "Uwe Kranich"]


def test_an_answer_alone_in_its_paragraph_is_speech():
    text = "Did you sleep?\n“Hardly,” Ada Lunn said.\nDid you want to quit?\n“Every February.”"
    assert speakers(text) == ["Ada Lunn", "Ada Lunn"]


def test_an_infinitive_goes_with_the_verb_that_governs_it():
    text = "Hours after his text messages, in which he seemed to call people “sheep”, he left."
    assert one(text).mention == "he"


def test_one_of_them_with_something_set_off():
    text = "Two clerks left. One of them, now a teacher, said she had enough: “I have to sleep.”"
    assert one(text).mention == "One of them"


def test_a_friend_of_somebodys():
    assert one("A friend of Holm’s said she was “in bits”.").mention == "A friend of Holm"


def test_who_described_something_stands_behind_by():
    text = "Paul Rigby, once described by a rival as “a safe pair of mittens”, left."
    assert one(text).mention == "a rival"
