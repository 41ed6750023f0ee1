"""Indirect speech in German, French and Spanish, in its plainest forms."""

import pytest

from ingest.article import Paragraph, Span
from ingest.quotes.foreign import find_foreign
from ingest.quotes.marks import find_runs, masked
from ingest.quotes.sentences import tokenise


def reported(text, language):
    paragraphs = [Paragraph(Span(0, len(text)), text)]
    mask = masked(text, find_runs(text, paragraphs))
    return [
        (one.pieces[0].of(text), one.mention.of(text), one.cue.of(text))
        for one in find_foreign(tokenise(mask, paragraphs), language)
    ]


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        (
            "fr",
            "Selon la préfecture, le pont est fermé.",
            ("le pont est fermé", "la préfecture", "Selon"),
        ),
        (
            "fr",
            "La maire a déclaré que la piscine fermerait.",
            ("la piscine fermerait", "La maire", "a déclaré"),
        ),
        ("fr", "Le juge affirme qu'il pleut.", ("qu'il pleut", "Le juge", "affirme")),
        (
            "es",
            "El puente está cerrado, dijo la alcaldesa.",
            ("El puente está cerrado", "la alcaldesa", "dijo"),
        ),
        (
            "es",
            "La empresa anunció que pagará los daños.",
            ("pagará los daños", "La empresa", "anunció"),
        ),
        (
            "es",
            "Las obras acaban en marzo, según el alcalde.",
            ("Las obras acaban en marzo", "el alcalde", "según"),
        ),
        ("de", "Der Wirt sagte, dass es regnet.", ("es regnet", "Der Wirt", "sagte")),
        (
            "de",
            "Asmus erklärte, die Stadt prüfe das.",
            ("die Stadt prüfe das", "Asmus", "erklärte"),
        ),
        (
            "de",
            "Laut der Polizei bleibt die Brücke gesperrt.",
            ("bleibt die Brücke gesperrt", "der Polizei", "Laut"),
        ),
    ],
)  # fmt: skip
def test_plain_reports_are_found(language, text, found):
    assert reported(text, language) == [found]


def test_words_in_marks_are_left_to_mixed_speech():
    assert reported("La alcaldesa afirmó que el muro será «más alto» en mayo.", "es") == []
