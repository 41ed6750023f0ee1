"""Who the sources of indirect speech are, as `find_quotes` gives them."""

from ingest.article import Paragraph, Span
from ingest.quotes import find_quotes


def indirect(text):
    """(mention, person's name) of every indirect quotation."""
    paragraphs, at = [], 0
    for part in text.split("\n\n"):
        start = text.index(part, at)
        at = start + len(part)
        paragraphs.append(Paragraph(Span(start, at), part))
    quotes, people = find_quotes(text, paragraphs)
    return [
        (
            quote.mention.of(text) if quote.mention else None,
            people[quote.person].name if quote.person is not None else None,
        )
        for quote in quotes
        if quote.kind == "indirect"
    ]


def test_a_surname_and_a_pronoun_are_the_person_named_before():
    text = (
        "Ingrid Pell inspected the dam on Friday. Pell said that it was sound.\n\n"
        "She said the spillway would be mended."
    )
    assert indirect(text) == [("Pell", "Ingrid Pell"), ("She", "Ingrid Pell")]


def test_a_title_is_no_part_of_the_name():
    text = "Chief engineer Ingrid Pell warned that the spillway was cracked."
    assert indirect(text) == [("Ingrid Pell", "Ingrid Pell")]


def test_a_name_before_a_noun_is_not_the_source():
    found = indirect("Harbour pilots said they had not been paid.")
    assert found[0][0] == "Harbour pilots"
    assert found[0][1] != "Harbour"


def test_a_source_without_a_name_keeps_its_description():
    assert indirect("According to a county report, the tunnel leaks.") == [
        ("a county report", "a county report")
    ]


def test_nobody_named_is_nobody():
    assert indirect("It is thought that the fire was started on purpose.") == [(None, None)]
