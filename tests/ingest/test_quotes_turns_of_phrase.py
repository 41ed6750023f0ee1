"""Turns of phrase round words in marks, as papers of four languages have them, in our own words."""

from __future__ import annotations

import pytest

from tests.quoting import one, quotations, speakers

GERMAN = " Das war nicht der Plan, und das ist auch für die Stadt kein Trost."
FRENCH = "\nLa ville est dans une passe difficile et les travaux sont loin de la fin."


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("To Ada Lunn, who sells rope, the quay is “all knots”.", "Ada Lunn"),
        ("Owen Brack rose. “All wet” was how he put it.", "Owen Brack"),
        ("He sent a text that read: “Stuck on the weir.”", "a text"),
        ("Owen Brack apologised after calling the mayor's wife “a goose”.", "Owen Brack"),
        ("Owen Brack went to the council chamber calling the plan “a goose”.", "Owen Brack"),
        ("“He does it yearly,” sighed a senior Republican on the board.", "a senior Republican"),
        ("The keepers' claim that it is “all wet” was struck out.", "The keepers"),
        ("Promoter Sadie Lunn said it was “all wet”.", "Sadie Lunn"),
        ("The last slide, which shows a rose, says: “Water it.”", "The last slide"),
        ("Weir Grove chief executive Ada Lunn will come. “With boots,” she said.", "Ada Lunn"),
    ],
)
def test_english(text: str, who: str):
    found = one(text).who
    assert found is not None
    assert found.startswith(who)


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Ute Kern kam. Im Brief, der uns vorliegt, schreibt Kern von „Glück“.", "Ute Kern"),
        ("Ute Kern kam. Seit Mai rät sie, das Papier „mit Vorsicht“ anzufassen.", "Ute Kern"),
        ("Ute Kern sieht das anders: Der Schritt sei „überfällig“.", "Ute Kern"),
        ("Rätin Ute Kern zeigte sich „tief getroffen“.", "Ute Kern"),
        ("Der Wirt, der den Korb gezogen hatte, schilderte ihn als „leicht“.", "Der Wirt"),
        ("Auf die Frage, ob er schwimme, antwortete der Wirt knapp: „Nein.“", "der Wirt"),
    ],
)
def test_german(text: str, who: str):
    assert one(text + GERMAN).who == who


def test_a_german_court_is_no_man():
    text = f"Das Amtsgericht Orrin hat geurteilt. Der Wirt war da. „Nein“, sagte er.{GERMAN}"
    assert speakers(text) == ["Der Wirt"]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Formée à Lyon, Maud Caron parle d’« une cicatrice ».", "Maud Caron"),
        ("Maud Caron entre. La patronne sourit. « Non », dit-elle.", "Maud Caron"),
        ("Incendie à Berck : « On a sauté par la fenêtre »", None),
        ("Les pêcheurs se fâchent : « On a sauté par la fenêtre »", "Les pêcheurs"),
    ],
)
def test_french(text: str, who: str | None):
    assert one(text + FRENCH).who == who


def test_a_french_incise_ends_behind_its_pronoun():
    text = "Maud Caron a lu. « J’ai ri, raconte-t-elle, et puis j’ai pensé à lui, et là j’ai bu. »"
    found = quotations(text + FRENCH)
    assert [f.words for f in found] == [("J’ai ri,", "et puis j’ai pensé à lui, et là j’ai bu.")]


def test_a_title_is_no_speech_and_a_word_quoted_again_below_a_headline_is():
    assert speakers("In a note titled “Nails in the hull?”, Ada Lunn said it was “late”.") == [
        "Ada Lunn"
    ]
    text = "Lunn warns of 'brutal' spring\n\n“It will be brutal,” Ada Lunn said. “Buy wool.”"
    assert quotations(text)[0].words == ("brutal",)
    assert quotations(text.replace("be brutal", "be cold"))[0].words != ("brutal",)


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("The majority called that line “salt”.", "The majority"),
        ("Ada Lunn keeps bees. A plan described as “salt” by the union was dropped.", "the union"),
        ("“Older than the weir”, council told", None),
        ("Rovers boss Ada Lunn rose. “Wet,” the Rovers manager said.", "Ada Lunn"),
        ("The cure for Parkinson's disease is near. The company called it “salt”.", "The company"),
        ("Lender Weir Grove met. The Orrin-based group said it was “sorry”.", "Weir Grove"),
        ("Drugmaker Orvelis closed. Orvelis said it was “sorry”.", "Orvelis"),
        ("The mayor hit back on X. “No,” wrote Ada Lunn.", "Ada Lunn"),
    ],
)
def test_english_again(text: str, who: str | None):
    assert one(text).who == who


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Im Rat fordert die Opposition seit Mai eine „ehrliche Zahl“.", "die Opposition"),
        ("Ute Kern kam. Die Rätin Ute Kern hält die Zahl für „geschönt“.", "Ute Kern"),
    ],
)
def test_german_again(text: str, who: str):
    assert one(text + GERMAN).who == who


def test_a_french_participle_has_its_agent_behind_the_marks():
    text = "Un message aussitôt qualifié de « mépris » par le syndicat a disparu."
    assert one(text + FRENCH).who == "le syndicat"


def test_spanish_questions_without_marks_need_no_you():
    questions = ("¿Qué cocinó?", "¿Quién le enseñó?", "¿Y ahora?", "¿Volvería a empezar?")
    answers = ("Un huevo. Me lo comí.", "Mi tía.", "Dormir.", "Yo siempre.")
    turns = "\n\n".join(f"{q}\n\n{a}" for q, a in zip(questions, answers, strict=True))
    text = f"La cocinera Empar Lluch cierra la casa que fue de los suyos.\n\n{turns}"
    assert speakers(text) == ["Empar Lluch"] * 4


def test_it_may_be_what_the_sentence_before_names():
    text = "PW, Orrin\n\nHere is some help with a case that was lost on its way to Faro. "
    assert one(f"{text}I wrote to Skybird. It said there was “no trace”.").who == "Skybird"


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("I asked about the broth and was told it was “a mood”.", None),
        ("Sweets are by Ada Lunn, late of Wess Mill, who said she was “glad”.", "Ada Lunn"),
        ("UK Finance, which speaks for lenders, said it was “glad”.", "UK Finance"),
    ],
)
def test_english_once_more(text: str, who: str | None):
    assert one(text).who == who


def test_a_paragraph_of_an_obituary_begins_with_its_hero():
    text = (
        "Hester Malory, who has died aged 87, carved ice.\n\n"
        "Her pupil Anneke Vos sat with a cup of tea for hours. Ice bored Anneke Vos in the end.\n\n"
        "When she was ill, she wrote: “Send wool.”"
    )
    assert one(text).who == "Hester Malory"
    assert one(text.replace(", who has died aged 87,", ", 87,")).who == "Anneke Vos"


def test_a_german_particle_ends_the_clause_before():
    text = f"Ute Kern teilte auf Anfrage mit, man sei „froh“.{GERMAN}"
    assert one(text).who == "Ute Kern"


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("« Chacun rit, peste le Belge Wout Harms, second, et la mer monte. »", "Wout Harms"),
        ("L’Espagnol Iker Sola, lui, accuse la moto d’avoir « aspiré » l’air.", "Iker Sola"),
        ("Rien de cassé, assure son équipe, mais « une belle tapisserie ».", "son équipe"),
        ("Yann Caron est là. Le Breton rit. « Non », dit-il.", "Yann Caron"),
    ],
)
def test_french_again(text: str, who: str):
    assert one(text + FRENCH).who == who


def test_spanish_author():
    text = (
        "Candela Rojo firmó ayer. «No sé», confesó la autora, de 27 años, en la feria de la ciudad."
    )
    assert one(text).who == "Candela Rojo"
    text = "Candela Rojo firmó ayer en la feria de la ciudad. Su editor habla ya de «un caso»."
    assert one(text).mention == "Su editor"


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("A clip shows the weir as a man's voice yells: “It goes!”", "a man's voice"),
        ("He fell, according to his niece, Brenda Lunn. “It was wet,” she said.", "Brenda Lunn"),
        ("“No,” Ada Lunn said. Her son, Bo Lunn, was 22. “But I looked.”", "Ada Lunn"),
        ("“No,” Ada Lunn said. Bo Minter shook his head. “But I looked.”", "Bo Minter"),
        ("The Minister for Trade and Industry, Ms Lorna Teo, said it was “fine”.", "Lorna Teo"),
        ("Malaysia's Datuk Seri Hafiz Rahim said it was “fine”.", "Hafiz Rahim"),
    ],
)
def test_english_at_last(text: str, who: str):
    assert speakers(text)[-1] == who


def test_few_words_behind_a_colon_are_speech():
    assert quotations("Another rhymed: “Lunn, run.”")[0].words == ("Lunn, run.",)
    assert quotations("It has three parts: “oil, rope”") == []


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Ada Lunn won. Said coach Bo Minter of the win: “Late, but fine.”", "Bo Minter"),
        ("The box calls it “the last noise”.", "The box"),
        ("The boat leaves at what the timetable calls “about nine”.", "the timetable"),
        ("Barb and Linda Kessel came. “It was slow,” Barb says.", "Barb Kessel"),
        ("Fining the farmer €300, Judge Ada Lunn rose. “No,” the farmer said.", "the farmer"),
    ],
)
def test_english_a_last_time(text: str, who: str):
    assert one(text).who == who


def test_of_a_family_whoever_was_called_by_the_surname_is_meant_again():
    text = (
        "Micah Orr kicked the goal. “It hit the post,” Orr said.\n"
        "His father, Scott Orr, missed it. “I was in the queue,” Scott Orr said.\n"
        f"The game was over soon after. {'It rained and rained on the field. ' * 6}\n"
        "Asked how it felt, Orr laughed. “It was loud,” Orr said."
    )
    assert speakers(text) == ["Micah Orr", "Scott Orr", "Micah Orr"]


def test_french_adverbial_between_verb_and_name():
    text = "« On rit de nous », a réagi sur X la députée Camille Rostaing. Le ministre se tait."
    assert one(text + FRENCH).who == "Camille Rostaing"
