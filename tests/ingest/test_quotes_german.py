"""German: nouns that are no names, verbs in two parts, and words whose source stands aside."""

from __future__ import annotations

import pytest

from tests.quoting import one, people, quotations, speakers

LUNN = "„Wir brauchen den Deich“, sagte Bürgermeisterin Anke Lohr am Montag. "


def test_no_noun_is_a_person():
    text = (
        LUNN + "Anwohner und Feuerwehr warten. „Es gibt Hinweise“, sagte ein Sprecher der Polizei."
    )
    assert {name for name, p in people(text).items() if p.kind == "person"} == {"Anke Lohr"}
    assert speakers(text)[1] == "ein Sprecher der Polizei"


def test_a_month_is_a_surname_where_somebody_is_called_so():
    text = "Bäcker Horst Mai schließt im Mai und ist das Warten leid. „Es reicht“, sagt Mai."
    assert speakers(text) == ["Horst Mai"]
    assert len(people(text)["Horst Mai"].mentions) == 2  # not in May


@pytest.mark.parametrize("who", ["die Rentnerin", "die 71-Jährige"])
def test_the_article_tells_the_gender_of_an_epithet(who: str):
    text = f"Ilse Roth und ihr Sohn Uwe Roth warteten. „Mir reicht es“, sagte {who}."
    assert speakers(text) == ["Ilse Roth"]


def test_a_name_with_the_body_that_it_belongs_to():
    text = "„Vergleichen lohnt“, sagt Energieexpertin Sina Adler von der Verbraucherzentrale."
    assert one(text).who == "Sina Adler"


@pytest.mark.parametrize(
    ("text", "mention"),
    [
        ("„Das Geld ist da“, hieß es aus dem Rathaus.", "dem Rathaus"),
        ("„Das Geld ist da“, hieß es zur Begründung.", None),
        ("In dem Schreiben heißt es: „Das Geld ist da.“", "Schreiben"),
    ],
)
def test_whoever_is_behind_heisst_es(text: str, mention: str | None):
    found = quotations(LUNN + text)[1].mention
    assert found == mention or (found is not None and found.endswith(str(mention)))


@pytest.mark.parametrize(
    "text",
    [
        "Kanzlerin Ada Lunn kündigte am Montag „schnelle Hilfe“ an.",
        "Am Montag räumte Kanzlerin Ada Lunn „einen Fehler“ ein.",
        "Kanzlerin Ada Lunn hatte den Bau „alternativlos“ genannt.",
    ],
)
def test_verbs_in_two_parts_round_the_marks(text: str):
    found = quotations(LUNN + text)[1]
    assert (found.who, found.kind) == ("Ada Lunn", "mixed")


def test_a_helper_between_and_a_preposition_before_the_marks():
    text = LUNN + "Landrat Uwe Dorn sprach nach der Sitzung von einem „Akt der Vernunft“."
    found = quotations(text)[1]
    assert (found.who, found.kind) == ("Uwe Dorn", "mixed")


def test_a_letter_that_the_paper_has_says_what_it_says():
    text = LUNN + "Im Gutachten, das der Redaktion vorliegt, heißt es: „Das Becken ist dicht.“"
    assert quotations(text)[1].mention in ("Gutachten", "Im Gutachten")
    text = LUNN + "In einem Brief, der der Agentur vorliegt, schreibt Lohr: „Ich gehe nun.“"
    assert quotations(text)[1].who == "Anke Lohr"


@pytest.mark.parametrize("role", ["Dirigentin", "Analystin", "Pianistin", "Energieexpertin"])
def test_what_somebody_does_is_no_part_of_a_name(role: str):
    text = f"„Das ist nicht die Frage“, sagte die {role} Hanne Brock von der Kammer am Montag."
    assert one(text).who == "Hanne Brock"
