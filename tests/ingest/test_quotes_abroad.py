"""German, French and Spanish newspapers: attributions, names, roles and titles as they write."""

from __future__ import annotations

import pytest

from tests.quoting import one, people, quotations, speakers

DE = "Der Rat der Stadt hat am Montag über den Deich und die Brücke beraten. "
FR = "Le conseil de la ville a débattu lundi de la digue et du pont pour les riverains. "
ES = "El pleno de la ciudad debatió el lunes sobre la presa y el puente con los vecinos. "


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("« Il pleut, a-t-elle plaidé, et rien ne change. »", "Odile Lunn"),
        ("« Il pleut, s'est-elle emportée, et rien ne change. »", "Odile Lunn"),
        ("« Il pleut, nuance la biologiste. Et rien ne change. »", "Odile Lunn"),
        ("« Il pleut, relève la maire, Agnès Roth. Et rien ne change. »", "Agnès Roth"),
    ],
)
def test_attributions_inside_open_marks(text: str, who: str):
    found = quotations(FR + "Odile Lunn, biologiste, attendait. " + text)[-1]
    assert [words.rstrip(",.") for words in found.words] == [
        "Il pleut",
        "et rien ne change" if ", et" in text else "Et rien ne change",
    ]
    assert found.who == who


def test_a_verb_with_an_object_is_no_attribution():
    text = FR + "« Il appelle, annonce la fermeture, et puis il repart », dit Odile Lunn."
    assert len(one(text).words) == 1


def test_two_attributions_in_one_pair_of_marks():
    text = FR + "« Un, dit la maire, deux, a-t-elle ajouté, et trois. »"
    said = [words for q in quotations(text) for words in q.words]
    assert said == ["Un,", "deux,", "et trois."]


@pytest.mark.parametrize(
    "text",
    [
        "Oberstaatsanwältin Heike von der Lohe widersprach: „Das stimmt nicht.“",
        "Zum Tod des Regisseurs Heike von der Lohe: „Das stimmt nicht“, sagte Heike von der Lohe.",
    ],
)
def test_german_roles_before_names_with_particles(text: str):
    assert one(DE + text).who == "Heike von der Lohe"


def test_a_husband_by_his_given_name():
    text = DE + "Ihr Mann Karl-Heinz ergänzte: „Mit der anderen Hand.“"
    assert one(text).who == "Karl-Heinz"


def test_what_there_is_so_much_of_is_no_name():
    text = DE + "Das Gericht verhängte sechs Jahre Haft und eine Million Euro Buße."
    assert not people(text)


def test_a_role_and_its_gender_stand_before_the_comma():
    text = (
        ES + "La alcaldesa de Orrin, Xana Lunn, y el edil de Obras, Xoel Roth, llegaron tarde. "
        "«Es lo que hay», admitió la regidora, quien habló de «un error»."
    )
    assert speakers(text) == ["Xana Lunn", "Xana Lunn"]


@pytest.mark.parametrize("who", ["el exjugador del Orrin", "el futbolista"])
def test_who_is_told_by_what_he_was_has_a_name(who: str):
    text = ES + f"Ibai Lunn firmó ayer. “Vengo a ganar”, bromeó {who}."
    assert one(text).who == "Ibai Lunn"


def test_selon_lui():
    text = FR + "Rémi Lunn attendait. D'après lui, la digue « n'a jamais tenu une seule année »."
    assert (one(text).who, one(text).mention) == ("Rémi Lunn", "lui")


def test_a_particle_closes_the_clause_before_reported_words():
    text = DE + "Ministerin Ada Lunn räumte am Montag ein, man habe „den Deich unterschätzt“."
    assert one(text).who == "Ada Lunn"


@pytest.mark.parametrize(
    "text",
    [
        DE + "So spielte er Kleists „Zerbrochnen Krug“ in Orrin.",
        FR + "Le collectif « Touche pas à ma digue » dit attendre.",
        FR + "Elle en a tiré un livre, « Le Bruit des vagues », dit son éditeur.",
        ES + "Lo dijo la autora de “Los hornos fríos” (1968) a los lectores.",
    ],
)
def test_names_of_works_and_bodies_are_no_speech(text: str):
    assert not quotations(text)


@pytest.mark.parametrize(
    ("text", "who"),
    [
        (FR + "Le maire défendait un pont jugé « trop laid » par la gauche.", "la gauche"),
        (
            ES + "El alcalde defendió un puente tachado de «locura» por la oposición.",
            "la oposición",
        ),
    ],
)
def test_participles_with_an_agent(text: str, who: str):
    assert one(text).mention == who


def test_who_will_be_judged_does_not_speak():
    text = FR + "« Il n'a rien volé », fait valoir Me Ada Lunn. « Il passait. » L'homme sera jugé."
    assert speakers(text)[-1] == "Ada Lunn"


def test_reflexive_verbs_inside_open_marks():
    text = FR + "Yves Lunn rit. « Le soir, quand il vient, se souvient l'élu. On rêvait. »"
    assert one(text).words == ("Le soir, quand il vient,", "On rêvait.")


def test_the_latter_has_a_gender():
    text = FR + "Samir Lunn parle avec Odile Roth. « Elle attend », soupire celui-ci."
    assert one(text).who == "Samir Lunn"


def test_spanish_dialogue_in_dashes():
    text = (
        ES
        + "\n—Siéntese —dijo don Hernando Lunn—. No hay prisa.\n—¿Y el piano? —preguntó Eva Roth."
    )
    assert [(q.words, q.who) for q in quotations(text)] == [
        (("Siéntese", "No hay prisa."), "Hernando Lunn"),
        (("¿Y el piano?",), "Eva Roth"),
    ]


def test_dashes_without_a_verb_of_speech_are_a_list():
    assert not quotations(ES + "\n—Pan —para todos— y vino.\n—Queso.")


@pytest.mark.parametrize(
    "text",
    [
        ES + "La profesora de piano Aura Lunn Roth lo contó: «Llueve dentro».",
        ES + "Aura Lunn Roth toca. «Llueve dentro», dijo doña Aura.",
        FR + "L'ancien ministre du Budget Aura Lunn Roth l'a dit : « Il pleut dedans. »",
    ],
)
def test_what_stands_before_a_name(text: str):
    assert one(text).who == "Aura Lunn Roth"


@pytest.mark.parametrize(
    ("text", "who"),
    [
        (DE + "Gegenüber dieser Zeitung sagte Ada Lunn: „Es reicht jetzt.“", "Ada Lunn"),
        (DE + "Der Chemikerin Ada Lunn zufolge kam das Kind „von weit her“.", "Ada Lunn"),
        (DE + "Ada Lunn gräbt. „Ein Ast“, sagt die Archäologin von der Uni Orrin.", "Ada Lunn"),
        (
            FR + "Le maire, Yves Lunn, rit. « Non », ironise l'édile écologiste, qui part.",
            "Yves Lunn",
        ),
        (FR + "Yves Lunn a préféré saluer « une équipe qui n'a rien volé ».", "Yves Lunn"),
        (FR + "« Il pleut », a ajouté de son côté Yves Lunn.", "Yves Lunn"),
        (ES + "“Llueve”, ha avisado por su parte el director, Juan Lunn.", "Juan Lunn"),
        (ES + "“Llueve”, según ha detallado la consejera, Eva Lunn.", "Eva Lunn"),
        (
            ES + "La presidenta municipal de Orrin, Eva Lunn, denunció el robo. “Llueve”, expresó "
            "ante el Cabildo.",
            "Eva Lunn",
        ),
    ],
)
def test_who_speaks_beside_other_words(text: str, who: str):
    assert one(text).who == who


def test_questions_and_answers_in_whole_words():
    text = "La novelista Edurne Lunn publica un libro. Nos recibe en la cocina de su casa.\n\n"
    text += "PREGUNTA. ¿Qué lee usted?\n\nRESPUESTA. Prospectos. Nada más."
    assert [(q.mention, q.who) for q in quotations(text)] == [
        ("PREGUNTA", "PREGUNTA"),
        ("RESPUESTA", "Edurne Lunn"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        FR + "Rémi Lunn, auteur de « La France sans ponts », est venu.",
        ES + "Eva Lunn publica “El ruido del agua”, su primera novela.",
    ],
)
def test_books_told_by_what_stands_beside_them(text: str):
    assert not quotations(text)


@pytest.mark.parametrize(
    "text",
    [
        ES + "«No», aseguró Inma Lunn, quien recordó que el contrato vence en mayo.",
        ES + "Inma Lunn habló. «No», aseguró la alcaldesa, quien recordó que vence en mayo.",
    ],
)
def test_quien_is_whoever_stands_right_before_it(text: str):
    said = quotations(text, ("direct", "indirect"))
    assert [found.who for found in said] == ["Inma Lunn", "Inma Lunn"]


@pytest.mark.parametrize(
    ("who", "is_known"),
    [("la exjugadora", True), ("la exministra", True), ("la experta", False)],
)
def test_a_former_player_was_named_before_an_expert_need_not_be(who: str, is_known: bool):
    found = one(ES + f"Inma Lunn esperaba. «No», dijo {who}.")
    assert found.who == ("Inma Lunn" if is_known else who)
