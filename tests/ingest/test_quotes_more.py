"""Who speaks in headlines, behind one passive verb, in reports called "it", without a subject."""

from __future__ import annotations

import pytest

from tests.quoting import one, people, quotations, speakers

BODY = "\nThe mayor of Orrin, Ada Lunn, spoke on Monday. “It was terrible,” she said."


@pytest.mark.parametrize(
    ("headline", "words", "who"),
    [
        ("Watch: 'We will rebuild,' says mayor after flood", "We will rebuild,", "Ada Lunn"),
        ("'I lost it all': Orrin flood victim tells", "I lost it all", "Orrin flood victim"),
        ("Harbour plan 'will cost jobs', warns union boss", "will cost jobs", "union boss"),
        ("Lunn: 'No more cuts' as Orrin votes", "No more cuts", "Ada Lunn"),
        ("Watch: “We will rebuild,” says mayor after flood", "We will rebuild,", "Ada Lunn"),
    ],
)
def test_a_headline_has_single_marks_where_the_text_has_double_ones(headline, words, who):
    first = quotations(headline + BODY)[0]
    assert (first.words, first.who) == ((words,), who)


def test_single_marks_elsewhere_in_a_headline_tell_nothing():
    assert len(quotations("Opinion | 'Growth' is the wrong word" + BODY)) == 1
    assert len(quotations("The Lunns' harbour and the Moyles' boats" + BODY)) == 1


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Orrin Council met. A report was put to it. It said the bridge was “bad”.", "A report"),
        ("The judgment runs to 40 pages. “The duty was clear,” it says.", "The judgment"),
        ("Lunn Bank lost. A review of 40 firms found debt. It said it was “hidden”.", "A review"),
    ],
)  # fmt: skip
def test_it_is_the_report_of_the_sentence_before(text, who):
    found = one(text).who
    assert found is not None
    assert found.startswith(who)
    assert people(text)[found].kind == "unnamed"


def test_it_goes_on_from_it():
    text = "A report was published. It said the roof was “unsafe”. It added: “Nobody looked.”"
    assert speakers(text) == ["A report", "A report"]


def test_each_agent_behind_one_passive_verb_has_words_of_its_own():
    text = "Ada Lunn has been called “a fighter” by her coach and “a fool” by the critic Tom Pell."
    assert speakers(text) == ["her coach", "Tom Pell"]


def test_words_in_a_row_have_the_agent_behind_them():
    text = "Ada Lunn has been called many things: “a fighter”, “a fool”, by her rivals."
    assert set(speakers(text)) == {"her rivals"}


@pytest.mark.parametrize(
    "text",
    [
        "El alcalde Julio Peña visitó la fábrica. “No vamos a cerrar”, aseguró. "
        "Añadió que “habrá más puestos”.",
        "El alcalde Julio Peña habló con la prensa. «No hay plan», subrayó.\n«Hay prisa», añadió.",
        "Julio Peña, portavoz del sindicato, visitó la fábrica. Según explicó, «no hay dinero».",
    ],
)
def test_a_spanish_verb_needs_no_subject(text):
    assert set(speakers(text)) == {"Julio Peña"}


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Said Ada Lunn, who ran the harbour, “It was ours.”", "Ada Lunn"),
        ("“It was ours.”\n— Ada Lunn, baker", "Ada Lunn"),
        ("“It was ours.”\n- Ada Lunn", "Ada Lunn"),
        ("Gov. Ada Lunn (R-Ohio), said, “It was ours.”", "Ada Lunn"),
        ("When Ada Lunn called it “late,” Bo Minter laughed and said nothing.", "Ada Lunn"),
        ("ORRIN, Dec. 8 (CW) — In reply, Ada Lunn rallied them, saying: “No.”", "Ada Lunn"),
        ("It began at the Lunn Trust, when workers marched, shouting “No”.", "workers"),
    ],
)  # fmt: skip
def test_who_speaks_is_found(text, who):
    assert one(text).who == who


def test_those_told_of_between_do_not_speak():
    text = "“It was small,” said Ada Lunn. They sold it later. “That was a mistake.”"
    assert set(speakers(text)) == {"Ada Lunn"}


@pytest.mark.parametrize(
    "text",
    [
        "Ada Lunn spent it on “a bewildering number of hats”, Orrin Crown Court was told.",
        "Ada Lunn hit him “for no reason at all”, the court heard.",
        "Ada Lunn was late. The jury was told she was “a coward at heart”.",
        "Ada Lunn admitted it. “She was trusted with the keys,” the tribunal heard.",
    ],
)
def test_what_a_court_was_told_nobody_is_named_for(text):
    assert speakers(text) == [None]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Snap reaction from the director, Paul Lunn, on the plan: “It is big.”", "Paul Lunn"),
        ("The authors say so in the paper, writing that “caution is needed”.", "The authors"),
        ("Channel 4 News said the plan was “late”.", "Channel 4 News"),
        ("Brewhouse 24 Ltd said it was “thrilled”.", "Brewhouse 24 Ltd"),
        ("Friends of Hexley Library said it was “sad”.", "Friends of Hexley Library"),
        ("Sentencing her, Recorder Philip Lunn said: “You lied.”", "Philip Lunn"),
        ("Lunn Valley Gas sent the paper this statement:\n“We are sorry.”", "Lunn Valley Gas"),
        ("Bex Lunn is here. The Love Shack winner, 27, wrote: “Meet me.”", "Bex Lunn"),
        ("An officer he met in Orrin, Ada Lunn recalls, asked why. “I told her.”", "Ada Lunn"),
        ("The High Court sat. Directing Anil Pell, IAS, to reply, it said: “No.”", "High Court"),
        ("We met the Roads Minister, Sir Digby Pell. “Yes,” said the minister.", "Digby Pell"),
    ],
)
def test_more_speakers_are_found(text, who):
    assert one(text).who == who


def test_a_rating_is_no_speech():
    assert speakers("Analysts at Lunn Bank, who rate the stock a “buy”, were pleased.") == []


HOLM = "Bürgermeisterin Gerlinde Holm sprach am Abend mit den Leuten in der Halle. "


def test_a_german_mood_reports_speech():
    text = HOLM + "„Wir brauchen Zeit“, sagte sie. Sie wolle „niemanden überfahren“."
    assert set(speakers(text)) == {"Gerlinde Holm"}
    text = HOLM + "„Wir gehen“, sagte Sabine Kern von der Initiative Gegenwind."
    assert speakers(text) == ["Sabine Kern"]
    text = HOLM + "In der Koalition heißt es, die Lage sei „sehr ernst“."
    assert speakers(text) == ["der Koalition"]


def test_she_is_whom_an_obituary_is_about():
    text = (
        "Cressida Lunn, who has died aged 88, climbed. Her mother was Millicent Lunn. "
        "Lunn led the climb of 1966. “We had the jam,” she said."
    )
    assert speakers(text) == ["Cressida Lunn"]


def test_a_headline_after_a_colon_names_nobody():
    text = "“It was like a bomb”: Gas leak levels Orrin home, family survives\nIt was late."
    assert speakers(text) == [None]


def test_a_cry_is_of_many():
    assert one("From the back came a cry of “Resign!” It was late.").who is None


def test_an_incise_ends_with_a_full_stop():
    text = (
        "Le maire Paul Vidal a visité l'usine. « Le pire, c'est le bruit, ajoute-t-il. "
        "Le matin, on ne dort pas. »"
    )
    assert one(text).words == ("Le pire, c'est le bruit,", "Le matin, on ne dort pas.")


def test_an_adverbial_stands_before_a_spanish_subject():
    text = (
        "El acuerdo está hecho. «Hemos ganado», aseguró a la salida Remedios Cantero, secretaria."
    )
    assert speakers(text) == ["Remedios Cantero"]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Ada Lunn told the court that Mr Ivor Pell had come in and asked, “Why?”", "Ivor Pell"),
        ("Ada Lunn said the coach had taken her aside and told her she was “slow”.", "the coach"),
        ("The academy trust that runs the school said it was “sad”.", "The academy trust"),
    ],
)
def test_the_subject_stands_in_a_clause_of_its_own(text, who):
    assert one(text).who == who


def test_a_ministry_is_not_what_was_named_last():
    text = "The Brightwater ferry will stop in May. “It is over,” the ministry said."
    assert one(text).who == "the ministry"
