"""Who the sources of indirect speech are, as `find_quotes` gives them."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

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


WORDS = (
    "said told that according to Pell the mayor warned , . ; : — ( ) who which and but he she dam "
    "was closed Monday in a statement by asked whether go is claim not “ ” \" '"
).split()


@given(st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join))
def test_whatever_the_text_pieces_lie_inside_it_and_never_overlap(text):
    quotes, people = find_quotes(text, [Paragraph(Span(0, len(text)), text)])
    spans = sorted(piece for quote in quotes for piece in quote.pieces)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert all(quote.person is None or quote.person < len(people) for quote in quotes)
