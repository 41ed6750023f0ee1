"""What holds for any text: pieces lie in it, never overlap, hold no marks of their own, in time."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ingest.quotes import find_quotes
from tests.quality.scoring import paragraphs_of

WORDS = st.sampled_from(
    ["Ada Lunn", "Bo", "said", "told", "he", "she", "who", "the", "called", "it", "as", "a", "no"]
)
MARKS = st.sampled_from([*"\"'“”‘’«»„‚‹›.,:;?!—()[] \n", "''", "``", "6'2\"", "’s ", " "])
# What a report is made of, in any order and broken off anywhere.
REPORTS = st.lists(
    st.sampled_from(
        "Ada Lunn , . : ; ) ( - — that by to of and who which was is has not according criticised"
        " said says asked told warned expected claims report as if why it they the Monday".split()
    ),
    max_size=30,
).map(" ".join)
TEXTS = st.lists(st.one_of(WORDS, MARKS, st.just(" ")), max_size=60).map("".join)


@settings(max_examples=300, deadline=None)
@given(TEXTS | REPORTS | st.text(max_size=200))
@example("The plan was criticised by )left-wing voters.")
def test_pieces_lie_inside_in_order_and_apart(text: str):
    quotes, people = find_quotes(text, paragraphs_of(text))
    assert [q.pieces[0] for q in quotes] == sorted(q.pieces[0] for q in quotes)
    marked = sorted(piece for q in quotes if q.kind != "indirect" for piece in q.pieces)
    for piece in marked:
        assert 0 <= piece.start < piece.end <= len(text)
        assert piece.of(text) == piece.of(text).strip()
    assert all(a.end <= b.start for a, b in pairwise(marked))
    assert all(q.person is None or 0 <= q.person < len(people) for q in quotes)
    assert all(0 <= q.confidence <= 1 for q in quotes)


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="“”«» ab.\n", max_size=80))
def test_pieces_hold_no_marks_of_their_own(text: str):
    for quote in find_quotes(text, paragraphs_of(text))[0]:
        for piece in quote.pieces if quote.kind != "indirect" else ():
            opening = text[: piece.start].rstrip()[-1:]
            if opening in "“«»":
                assert opening not in piece.of(text)


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_mentions_lie_outside_the_words_said(text: str):
    quotes, people = find_quotes(text, paragraphs_of(text))
    said = [p for q in quotes if q.kind in ("direct", "mixed") for p in q.pieces]
    for person in people:
        for mention in person.mentions:
            assert not any(p.start < mention.span.end and mention.span.start < p.end for p in said)


@pytest.mark.parametrize("mark", ['"', "“", "”", "‘", "'", "«", "„", "''", "“‘", '" '])
def test_five_megabytes_of_marks_end_in_seconds(mark: str):
    text = mark * (5_000_000 // len(mark))
    began = time.process_time()
    find_quotes(text, paragraphs_of(text))
    assert time.process_time() - began < 30


@pytest.mark.parametrize(
    "unit",
    [
        "“a” ", '"a" said Bo. ', "“a,” said Bo. ", "Ada Lunn, he, ", "“a” and ", "‘s’ a",
        "“a,” you said. ", "OSTROM: “a,” you said.\n\nBARROW: We did?\n\n",
        "Q: Why?\n\nA: I do.\n\n",
        "An earlier version of this article said “a.” It said so. ",
        "A judge, 9, said “a.”\nAda Lunn, 9, denied it. The defendant said “a.”\n\n",
        "Ada Lunn, Ada Lunn.\n\nWere you?\n\nI was.\n\n", "Lunn 'b' and 'c'\n\n“a”\n\n",
        "A man sent his letter. It said “a.”\n", "Ada and Bo Lunn, died aged 9. She ran. ",
        "Lunn said they were “a”, ", "called “a” by Pell, ", "Lunn teilte mit, man sei „a“, ",
        "Said Bo Lunn of it: “a.” ", "A thing called “a” by Bo Lunn, of Orrin, who ",
        "Das ist nicht so und die Lunn teilte mit, man sei „a“. ",
        "Le maire est là, dit le Belge, et « a, dit le roi, b » est dans la ville. ",
        "Der Angeklagte war das nicht und „a“, sagte er, von der Richterin.\n",
        "La maire de la ville, Ada Lunn, a dit « a, note la biologiste. Et b » selon lui.\n",
        "El pan de la ciudad\n—Sí —dijo doña Ada—. No.\n\n",
        "Yves. « Un, se dit, quand le jour, »\n",
        "La alcaldesa de la ciudad, Ada Lunn, lo dice. “a”, según ha dicho por su parte Bo.\n",
        "Le pont jugé « a » par la gauche sera jugé, selon celui-ci.\n",
        "Die Frau räumte das ein, man habe „a“ und sei in der Oper „B“ (1968).\n",
    ],
)  # fmt: skip
def test_time_grows_with_the_text_and_no_faster(unit: str):
    def seconds(times: int) -> float:
        text = unit * times
        began = time.process_time()
        find_quotes(text, paragraphs_of(text))
        return time.process_time() - began

    seconds(200)
    small, large = seconds(2_000), seconds(16_000)
    assert large < 8 * small * 3 + 0.5


def test_time_grows_with_the_attributions_in_one_pair_of_marks():
    def seconds(times: int) -> float:
        text = "Le pont et la ville « " + "Moi, dit la juge, oui, a-t-elle dit, non. " * times + "»"
        began = time.process_time()
        find_quotes(text, paragraphs_of(text))
        return time.process_time() - began

    seconds(100)
    small, large = seconds(500), seconds(2_000)
    assert large < 4 * small * 3 + 0.5
