"""Traps of short articles: marks left open, asides, whose words they are, labels by initials."""

from __future__ import annotations

import pytest

from tests.quoting import one, quotations, speakers

GERMAN = " Das war nicht der Plan, und das ist auch für die Stadt kein Trost."
FRENCH = "\nLa ville est dans une passe difficile et les travaux sont loin de la fin."
SPANISH = "\nEl pueblo no es de los que se callan, y las obras están lejos del fin."


@pytest.mark.parametrize(
    "attribution", ["said Ada Lunn, who farms here", "said Ada Lunn, a baker", "she said"]
)
@pytest.mark.parametrize("mark", ["“", '"', "‘"])
def test_an_attribution_ends_the_words_whose_mark_stays_open(mark: str, attribution: str):
    close = {"“": "”", '"': '"', "‘": "’"}[mark]
    text = f"{mark}We left, {attribution}.\n{mark}It rained,{close} said Bo Minter."
    assert [q.words for q in quotations(text)] == [("We left,",), ("It rained,",)]


def test_a_long_speech_with_an_attribution_inside_stays_whole():
    text = "“I told him, you began it, he said, and then he went away.\n“It rained,” said Ada Lunn."
    assert one(text).who == "Ada Lunn"


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("“It rained.\n“It froze.\n“We left,” said Ada Lunn, a baker.", "Ada Lunn"),
        ("The new vicar, Ada Lunn, stood up.\n“The roof leaks.\n“So do I.”", "Ada Lunn"),
    ],
)
def test_a_speech_over_paragraphs_is_of_whom_its_end_or_what_leads_to_it_names(text: str, who: str):
    assert one(text).who == who


def test_what_is_all_quotation_leads_to_whoever_goes_on_in_the_next_paragraph():
    assert speakers("“It rained.”\n“We left,” said Ada Lunn.") == ["Ada Lunn", "Ada Lunn"]
    assert speakers("Six boats sank.\n“It rained.”\nPolice said no more.") == [None]


def test_spanish_paragraphs_that_go_on_begin_with_the_closing_mark():
    text = "«No vendí», dijo Inma Lunn. «Me cansé.\n»Llovía de noche.\n»Que la riegue otro»."
    assert [len(q.words) for q in quotations(text + SPANISH)] == [4]


def test_a_third_level_of_marks_stays_inside():
    text = "“So he says, ‘Did he tell you, “Burn it”?’” said Ada Lunn."
    assert one(text).words == ("So he says, ‘Did he tell you, “Burn it”?’",)


@pytest.mark.parametrize(
    "text",
    [
        "'It's rock 'n' roll in 'ere,' said Ada Lunn. The loft is 7' 2\" high.",
        "‘It’s rock ’n’ roll in ’ere,’ said Ada Lunn.",
    ],
)
def test_letters_left_out_close_nothing(text: str):
    assert one(text).words[0].endswith("ere,")


@pytest.mark.parametrize(
    "text",
    [
        "« Je reste, soupire-t-elle. »",
        "« Je reste, a plaidé Me Solène Droz. »",
        "« Je reste, soupire Solène Droz, 41 ans. »",
        "« Je reste, assure l’ingénieur Paul Droz, qui l’a bâti. »",
    ],
)
def test_a_french_attribution_may_end_what_stands_in_the_marks(text: str):
    assert one(text + FRENCH).words == ("Je reste,",)


@pytest.mark.parametrize(
    "subject",
    [
        "Ada Lunn, who lives with her son, Bo Minter, and who keeps bees,",
        "Ada Lunn, 54, chair of the Orrin Beekeepers, an arm of the Honey Council,",
        "Ada Lunn (whose son found it), 71,",
        "Ada Lunn (R-Ohio), who chairs it,",
    ],
)
def test_the_name_before_clauses_and_appositions_is_the_subject(subject: str):
    assert one(f"“It is late,” {subject} said.").who == "Ada Lunn"
    assert one(f"{subject} said it was “late”.").who == "Ada Lunn"


@pytest.mark.parametrize(
    "text",
    [
        "Replied Ada Lunn: “No.”",
        "Asked about it, replied the mayor’s deputy, Ada Lunn: “No.”",
        "“No,” said, with a thin smile, the treasurer, Ada Lunn.",
        "“I would not go there,” Ada Lunn, when told.",
        "Ada Lunn left. Her verdict on the plan: “No.”",
        "Ada Lunn’s answer to the young was short: “No.”",
        "The barn is, in Ada Lunn’s words, “a palace”.",
        "In Ada Lunn’s opinion, it is “a palace”.",
        "The rest, says her producer, Ada Lunn, was paid by “a bank”.",
        "Its agent, Bo Minter, declined to elaborate, but Ada Lunn said it was “late”.",
    ],
)
def test_whose_words_they_are(text: str):
    assert one(text).who == "Ada Lunn"


def test_two_who_speak_in_one_sentence_have_a_verb_each():
    text = "“Left,” cried the pilot, Ada Lunn, and “right,” cried Bo Minter, and it stopped."
    assert speakers(text) == ["Ada Lunn", "Bo Minter"]


@pytest.mark.parametrize(
    ("text", "mention"),
    [
        ("The family of Bo Minter said: “He was kind.”", "The family of Bo Minter"),
        ("Bo Minter’s family said: “He was kind.”", "Bo Minter’s family"),
        ("A card tied to the railings read: “Sleep well, big man.”", "A card tied to the railings"),
        ("Saint Orrin’s Hospital called it “late”.", "Saint Orrin’s Hospital"),
        ("From the gallery, a man in a hat: “Shame on you!”", "a man in a hat"),
    ],
)
def test_families_cards_and_houses_speak_for_themselves(text: str, mention: str):
    assert one(text).mention == mention


def test_it_is_a_family_joke():
    assert one("It is a family joke: Ada Lunn said it was “late”.").who == "Ada Lunn"


def test_a_mother_with_a_number_behind_her_is_whom_she_stands_for():
    text = "Bo Minter is tall. His mother, 5'2\" in shoes, disagrees. “No,” she said."
    assert one(text).who == "His mother"


@pytest.mark.parametrize(
    "text",
    [
        "“We listened,” said Ada Lunn of the “deal”. Its motto is “Cut once.”",
        "“We listened,” Ada Lunn said about the “deal of the century”.",
    ],
)
def test_topics_and_mottos_are_no_speech(text: str):
    assert len(quotations(text)) == 1


def test_a_french_byname_is_no_speech():
    assert quotations(f"Paul Droz, dit « le Coq », élève des poules.{FRENCH}") == []
    assert one(f"Paul Droz, lui, dit « non » au projet.{FRENCH}").who == "Paul Droz"
    assert quotations(f"Le mot « poule » n’est pas dans le texte.{FRENCH}") == []


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Den Bau nannte Ute Kern „eine Zumutung“.", "Ute Kern"),
        ("Man habe „Risse wie Netze“ gefunden, sagte Ute Kern.", "Ute Kern"),
        ("Für den Ausruf gab es von Ute Kern eine Rüge: „Nie wieder so.“", "Ute Kern"),
        ("Im Gespräch mit Radio Orrin nannte die Virologin Ute Kern es „lästig“.", "Ute Kern"),
        ("„Wir prüfen das“, teilt das Umweltministerium mit.", "das Umweltministerium"),
    ],
)
def test_german_cases_tell_who_speaks(text: str, who: str):
    assert one(text + GERMAN).who == who


def test_a_dash_between_two_quotations_parts_them():
    text = "Ute Kern fragte: „Wer war es denn?“ – „Das war ich nicht“, sagte Bo Lenz."
    assert speakers(text + GERMAN) == ["Ute Kern", "Bo Lenz"]


def test_whoever_comes_from_a_spanish_town_is_whom_it_told_of():
    text = "La nadadora Lucía Soler ha cruzado el lago. “Era sopa”, bromeó la alicantina."
    assert one(text + SPANISH).who == "Lucía Soler"


def test_initials_stand_for_the_labels_of_an_interview():
    talk = "THE HERALD: Is it hot?\nODO WRAY: It is.\nTH: Too hot?\nOW: No. (Laughter.)"
    assert speakers(f"Odo Wray met us.\n{talk}")[1::2] == ["Odo Wray", "Odo Wray"]
    assert quotations(talk)[-1].words == ("No.",)


def test_a_review_that_asks_again_and_again_is_a_paper():
    talk = "Harbour Review: Is it hot?\nWray: It is.\nHarbour Review: Too hot?\nWray: No."
    assert speakers(f"Odo Wray met us.\n{talk}") == ["Harbour Review", "Odo Wray"] * 2


def test_the_only_one_who_is_surely_somebody_answers():
    text = "Chemist Ada Lunn won the Bellamy Prize for a glue.\nQ. Why glue?\nA. It holds."
    assert speakers(text)[1] == "Ada Lunn"


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("“It was late,” was the bureau's answer.", "the bureau"),
        ("“Nobody leaves.” With those words Ada Lunn opened the show.", "Ada Lunn"),
        ("“I left early.” So says last year's judge, Ada Lunn.", "Ada Lunn"),
        ("“It was late,” admitted the man in question, Bo Minter.", "Bo Minter"),
        ("“It was late,” said the mayor on Monday, as rain fell.", "the mayor"),
    ],
)
def test_what_stands_behind_the_words_tells_whose_they_are(text: str, who: str):
    assert one(text).who == who


def test_turns_of_talk_may_begin_with_a_question_behind_its_asker():
    talk = "Ada Lunn asked: “Whose is it?”\n“Mine,” said Bo Minter.\n“And this?”\n“Hers.”"
    assert speakers(talk) == ["Ada Lunn", "Bo Minter"] * 2


def test_a_letter_alone_in_marks_is_a_grade():
    assert quotations("He got an “A” in patience, his mother joked.") == []


@pytest.mark.parametrize(
    "subject", ["La alcaldesa, Inma Lunn,", "Inma Lunn, alcaldesa del pueblo,", "Inma Lunn"]
)
def test_a_spanish_clause_has_the_subject_before_or_in_an_apposition(subject: str):
    (told,) = quotations(f"{subject} aseguró que no habrá más.{SPANISH}", kinds=("indirect",))
    assert told.who == "Inma Lunn"


def test_words_behind_a_dateline_are_direct():
    assert one("SALTMERE, N.H. (AP) — “We left early,” said Ada Lunn.").kind == "direct"


def test_what_somebody_calls_that():
    assert one("Her brother called that “drivel.”").who == "Her brother"


def test_a_german_article_leads_an_apposition():
    assert one(f"Ihr Reeder, die Lenz AG, sprach von einem „Fehler“.{GERMAN}").who == "Lenz AG"
