"""Turns of talk in transcripts and interviews, whose words stand in no quotation marks."""

from __future__ import annotations

import json

import pytest

from ingest.article import Capture
from ingest.export import scorer_json
from ingest.pipeline import bare_articles
from ingest.quotes.transcripts import TURN
from ingest.recognise import recognise
from tests.quoting import quotations


def turns(text: str) -> list[tuple[str | None, str]]:
    """Who says what in the turns of a text."""
    found = quotations(text)
    return [(f.who, " / ".join(f.words)) for f in found if f.reason == TURN]


def lines(*said: str) -> str:
    return "\n\n".join(said)


def test_names_in_capitals_stand_for_those_whom_the_talk_introduces():
    text = lines(
        "KIT BARROW, HOST: Good evening. With us is Senator Ann Ostrom.",
        "OSTROM: We had no choice. (laughs) The bill was dead.",
        "BARROW: And now?",
    )
    assert turns(text) == [
        ("Kit Barrow", "Good evening. With us is Senator Ann Ostrom."),
        ("Ann Ostrom", "We had no choice. / The bill was dead."),
        ("Kit Barrow", "And now?"),
    ]


def test_times_of_a_recording_titles_and_somebody_who_asks():
    text = lines(
        "The mayor, Lena Ostrom, spoke to us.",
        "[00:12] Interviewer: Why now?",
        "[00:15] Ms Ostrom: Because the river will not wait.",
    )
    assert turns(text) == [
        ("Interviewer", "Why now?"),
        ("Lena Ostrom", "Because the river will not wait."),
    ]


def test_whoever_answers_is_the_only_one_named():
    text = lines("Fire marshal Rosa Tennick spoke on Monday.", "Q: When?", "A: At four.")
    assert turns(text) == [("Q", "When?"), ("Rosa Tennick", "At four.")]


def test_names_alone_on_a_line_above_their_words():
    text = (
        "Ada Lunn runs the zoo.\n\nReporter\nAre they happy?\n\nAda Lunn\nThey are.\nAsk them.\n\n"
    )
    text += "Reporter\nHow?\n\nAda Lunn\nSlowly."
    assert turns(text) == [
        ("Reporter", "Are they happy?"),
        ("Ada Lunn", "They are. / Ask them."),
        ("Reporter", "How?"),
        ("Ada Lunn", "Slowly."),
    ]


def test_a_paragraph_that_says_i_goes_on_with_the_turn_and_a_report_does_not():
    text = lines("ORD: What then?", "PELL: I ran.", "I ran all night.", "ORD: Why?", "He sat down.")
    assert turns(text) == [
        ("Ord", "What then?"),
        ("Pell", "I ran. / I ran all night."),
        ("Ord", "Why?"),
    ]


def test_words_in_marks_inside_a_turn_are_for_themselves():
    text = lines(
        "ORD: You told the town that it was “safe”. Was it?",
        "PELL: I said “nearly safe”.",
        "ORD: Did you?",
    )
    found = [(f.words, f.who) for f in quotations(text) if f.reason != TURN]
    assert found == [(("safe",), "Pell"), (("nearly safe",), "Pell")]
    assert turns(text)[0] == ("Ord", "You told the town that it was / Was it?")


@pytest.mark.parametrize(
    "text",
    [
        lines("The fair.", "Tickets: 5 pounds", "Date: 5 May", "Photo: Ada Lunn"),
        lines("Monday: Sunny.", "Tuesday: Rain.", "Monday: Sunny again."),
        lines("Analysis: Why the ferry failed.", "Pros: It is cheap.", "Cons: It is slow."),
        lines("Lunn: Solid at the back.", "Moll: Did little.", "Dorn: Never stopped running."),
        lines("Ada Lunn: 1,769.", "Bo Minter: 1,501.", "Lunn: 547.", "Minter: 46."),
        lines("Early Workout Meal: Eat.", "Late Workout Meal: Eat well.", "Night Drink: Milk."),
        lines(*["Early Supplement", "Drink it cold.", "Brisk Recharge", "Eat it warm."] * 2),
        lines("FERRY: Late again.", "The ferry was late. The ferry is old.", "FERRY: Early."),
        "OSTROM: We had no choice.",
    ],
)
def test_a_list_is_no_talk(text: str):
    assert turns(text) == []


def test_voices_in_the_street_talk_where_they_say_i_or_we():
    text = lines("Ada Lunn, baker: I think we need it.", "Bo Minter, driver: We waited for years.")
    assert [who for who, _ in turns(text)] == ["Ada Lunn", "Bo Minter"]


def test_german_french_and_spanish_have_letters_of_their_own():
    german = lines(
        "Wirtin Ines Moll hat uns geantwortet.", "Frage: Warum?", "Antwort: Weil es so ist."
    )
    spanish = lines(
        "La alcaldesa Begoña Artal habló.", "P: ¿Cuándo será?", "R: En mayo, si quieren."
    )
    assert [who for who, _ in turns(german)] == ["Frage", "Ines Moll"]
    assert [who for who, _ in turns(spanish)] == ["P", "Begoña Artal"]


def test_scorers_are_told_of_turns_as_such(tmp_path):
    text = lines("Talk of the town", "ORD: What then?", "PELL: I ran.", "ORD: Why?")
    file = tmp_path / "lines.jsonl"
    file.write_text(json.dumps({"id": "a", "text": text}), encoding="utf-8")
    (article,) = bare_articles(str(file))
    assert [q["kind"] for q in scorer_json(article)["quotes"]] == ["turn"] * 3


def test_no_speaker_is_taken_for_the_place_of_a_dateline():
    text = lines(
        "Talk of the harbour on the evening show",
        "PELL: I ran to the church, and I rang the bell until somebody came and asked me why.",
        "ORD: Who came first that night? It was the vicar, was it not, with his own lamp?",
        "PELL: It was the vicar, who was the first to see the water come over the wall.",
    )
    (article,) = recognise(Capture("-", text, "utf-8", "", len(text)))
    assert article.dateline is None


def test_letters_with_a_point_ask_and_answer():
    text = lines("La cocinera Amparo Soler cierra.", "P. ¿Por qué?", "R. Porque me duele todo.")
    assert turns(text) == [("P", "¿Por qué?"), ("Amparo Soler", "Porque me duele todo.")]
    assert turns(lines("P. Sandhu, Castle Rise", "A. Lunn, Mill Street")) == []


def test_two_who_speak_by_turns_need_no_names_that_are_known():
    text = lines(
        "Anzeiger: Warum?", "Brockhoff: Darum.", "Anzeiger: Und nun?", "Brockhoff: Nichts."
    )
    assert [who for who, _ in turns(text)] == ["Anzeiger", "Brockhoff"] * 2


def test_a_paper_that_asks_has_its_turns_too():
    text = lines(
        "Saltmere Post: Will the council replace you with a machine?",
        "Rowan Pike: They have tried twice.",
        "Saltmere Post: What would you miss?",
        "Rowan Pike: The fog.",
    )
    assert turns(text) == [
        ("Saltmere Post", "Will the council replace you with a machine?"),
        ("Rowan Pike", "They have tried twice."),
        ("Saltmere Post", "What would you miss?"),
        ("Rowan Pike", "The fog."),
    ]
    listed = lines(
        "Harbour Board: No comment.", "Saltmere Post: It kept silent.", "Rowan Pike: On leave."
    )
    assert turns(listed) == []
