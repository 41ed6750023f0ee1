"""What can be a source and what cannot: an article's own text, things with a name, town halls."""

from __future__ import annotations

import pytest

from tests.quoting import quotations, speakers

EVERY = ("direct", "mixed", "indirect")


@pytest.mark.parametrize(
    "note",
    [
        "An earlier version of this article said that the pool would close in May.",
        "An earlier version of this story said the pool was “beyond repair”.",
        "This report was amended on 5 May. A previous version misstated that Lunn was 60.",
        "An earlier version of this article said that Lunn had left. It also stated she was ill.",
    ],
)
def test_an_earlier_version_of_the_article_is_nobody(note: str):
    assert quotations(note, EVERY) == []


@pytest.mark.parametrize(
    "note",
    [
        "In einer früheren Version dieses Artikels hieß es: „Das Bad schließt im Mai.“",
        "Une version précédente de cet article indiquait que le bassin fermerait en mai.",
        "Una versión anterior de este artículo decía que la piscina cerraría en mayo.",
    ],
)
def test_nor_is_it_in_other_languages(note: str):
    assert quotations(note, EVERY) == []


def test_an_earlier_version_of_a_bill_says_what_it_says():
    (found,) = quotations("An earlier version of the bill said that ferries were free.", EVERY)
    assert found.mention == "An earlier version of the bill"


def test_a_thing_with_a_name_is_no_company():
    text = "Crowds met the Brightwater ferry. The company said the delay was “regrettable”."
    assert speakers(text) == ["The company"]


def test_a_body_with_the_same_article_is_one():
    text = "The Courant printed it on Monday. The paper said it was “a shame”."
    assert speakers(text) == ["Courant"]


def test_where_people_live_is_no_board():
    assert speakers("Residents of Marle gave up. The board said it was “too late”.") == [
        "The board"
    ]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        (
            "« Le bassin fuit », a annoncé la mairie de Lorville. Il est fermé à Lorville. "
            "« Il faut attendre », a précisé la mairie.",
            "la mairie de Lorville",
        ),
        (
            "«No hay agua», anunció el consistorio de Villar. Villar lo sabía desde mayo. "
            "«Habrá que cerrar», dijo el consistorio.",
            "el consistorio de Villar",
        ),
        (
            "In Lorbach fehlt Wasser, und der Hochbehälter ist leer. "
            "„Wir prüfen das“, teilte die Verwaltung am Montag mit.",
            "die Verwaltung",
        ),
    ],
)
def test_a_town_hall_is_not_its_town(text: str, who: str):
    assert speakers(text)[-1] == who


def test_a_body_by_the_first_word_of_its_name():
    text = "La Junta de Andalucía lo niega y el pueblo no lo cree. «No es cierto», dijo la Junta."
    assert speakers(text) == ["Junta de Andalucía"]
