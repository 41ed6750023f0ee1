"""Which words stand between marks, in every style of marks."""

from __future__ import annotations

import pytest

from ingest.quotes.marks import find_runs, masked
from tests.quality.scoring import paragraphs_of
from tests.quoting import one, quotations


def runs(text: str) -> list[str]:
    return [run.span.of(text) for run in find_runs(text, paragraphs_of(text))]


@pytest.mark.parametrize(
    "text",
    [
        "“It floats,” Bo Minter said.",
        '"It floats," Bo Minter said.',
        "''It floats,'' Bo Minter said.",
        "``It floats,'' Bo Minter said.",
        "‘It floats,’ Bo Minter said.",
        "'It floats,' Bo Minter said.",
        "«It floats,» Bo Minter said.",
        "« It floats, » Bo Minter said.",
        "»It floats,« Bo Minter said.",
        "„It floats,“ Bo Minter said.",
        "„It floats,” Bo Minter said.",
    ],
)
def test_every_style_of_marks_gives_the_same_words(text: str):
    assert runs(text) == ["It floats,"]
    assert one(text).who == "Bo Minter"


def test_marks_inside_marks_belong_to_the_outer_words():
    assert runs("“She cried ‘Stop!’ and I ran,” Ito said.") == ["She cried ‘Stop!’ and I ran,"]
    assert runs("‘We call it “the shed”,’ Ito said.") == ["We call it “the shed”,"]


def test_apostrophes_are_no_single_marks():
    assert runs("The sailors’ wives’ choir sang, and ’twas good. It’s the ’90s again.") == []
    assert runs("‘The boys’ team won’t lose,’ he said.") == ["The boys’ team won’t lose,"]


def test_feet_inches_and_decades_are_no_marks():
    assert runs("The 7'2\" pole fell on a 12\" plate in the '70s.") == []
    assert runs('A 40" screen showed it. "Too big," Ito said.') == ["Too big,"]


def test_an_inch_inside_marks_does_not_close_them():
    assert runs('"He cut a 44" board for us," Ito said.') == ['He cut a 44" board for us,']


def test_a_mark_that_opens_each_paragraph_joins_them():
    text = "“We came by boat,” Ito said.\n“We left on foot.\n“We slept in a barn.”"
    assert one(text).words == ("We came by boat,", "We left on foot.", "We slept in a barn.")


def test_a_paragraph_that_only_closes_goes_on_with_the_one_before():
    text = 'Ito said, "The first winter was cold.\nThe second was worse."\nNobody stayed.'
    assert one(text).words == ("The first winter was cold.", "The second was worse.")


def test_an_unclosed_mark_ends_with_its_paragraph_and_shifts_nothing():
    text = "“We were never asked.\nThe mill stood empty. “Nor were we,” Ada Lunn said."
    assert runs(text) == ["We were never asked.", "Nor were we,"]


def test_the_attribution_ends_words_whose_closing_mark_is_lost():
    text = '"The road is closed, Ada Lunn said. "It will open in May."'
    assert runs(text) == ["The road is closed,", "It will open in May."]


def test_marks_in_tags_are_none():
    assert runs('<tweet author="AdaLunn" id="12">Rain again</tweet>') == []


def test_a_masked_text_keeps_its_length_and_hides_the_words():
    text = "Ito said “no” twice."
    hidden = masked(text, find_runs(text, paragraphs_of(text)))
    assert len(hidden) == len(text)
    assert "no" not in hidden


def test_only_paragraphs_of_speech_are_read():
    text = "“Not here,” Ito said."
    (paragraph,) = paragraphs_of(text)
    caption = type(paragraph)(paragraph.span, paragraph.text, "caption")
    assert find_runs(text, [caption]) == []


def test_pieces_round_an_attribution_are_one_quotation():
    read = one("“The bridge,” said Ada Lunn, “is older than the town.”")
    assert read.words == ("The bridge,", "is older than the town.")


def test_an_empty_text_has_no_quotations():
    assert quotations("") == []


def test_a_form_feed_is_no_word():
    assert quotations('"\x0c') == []


def test_straight_single_marks_are_a_style_with_double_ones_inside():
    text = (
        "'It was thunder,' said Ada Lunn. 'My lad said, \"Mam, is it night?\"'\n"
        "'They rang,' Bo Minter said. 'They rang again.'"
    )
    assert [read.words for read in quotations(text)] == [
        ("It was thunder,", 'My lad said, "Mam, is it night?"'),
        ("They rang,", "They rang again."),
    ]


def test_straight_single_marks_inside_double_ones_are_no_style():
    text = (
        "\"She said, 'Go.' I went,\" said Ada Lunn. \"She said, 'Stay.' I stayed.\"\n"
        '"The drivers\' money," Bo Minter said.'
    )
    assert len(quotations(text)) == 2


@pytest.mark.parametrize(
    ("headline", "words"),
    [
        ("'It's a disgrace': Mayor's fury at ferry firm", ["It's a disgrace"]),
        ("Ferry firm 'didn't tell town's mayor' about closure", ["didn't tell town's mayor"]),
        ("Drivers' fury as councils' plan 'makes no sense'", ["makes no sense"]),
        ("Lunn: 'We won't sell the town's pier'", ["We won't sell the town's pier"]),
        ("Rock 'n' roll star's '80s hits sell", []),
        ("Drivers' fury at teachers' strike", []),
        ("Ada Lunn Will Tell of 'Suffering and Delight' in Port", []),
    ],
)
def test_headlines_in_straight_single_marks_over_a_text_in_double_ones(headline, words):
    text = headline + '\n\n"I could not believe it," said Bo Minter. "Nobody could."'
    found = [w for one in quotations(text) for w in one.words]
    assert found == [*words, "I could not believe it,", "Nobody could."]
