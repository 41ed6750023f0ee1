"""Indirect speech, one construction a test: what is reported, by whom, after which word."""

import time

import pytest

from ingest.article import Paragraph, Span
from ingest.quotes.indirect import find_indirect
from ingest.quotes.marks import find_runs, masked
from ingest.quotes.sentences import tokenise


def reported(text):
    """What is reported in a text: (the pieces joined with " ... ", the source, the cue)."""
    paragraphs, at = [], 0
    for part in text.split("\n\n"):
        start = text.index(part, at)
        at = start + len(part)
        paragraphs.append(Paragraph(Span(start, at), part))
    mask = masked(text, find_runs(text, paragraphs))
    return [
        (
            " ... ".join(piece.of(text) for piece in one.pieces),
            one.mention.of(text) if one.mention else None,
            one.cue.of(text),
        )
        for one in find_indirect(tokenise(mask, paragraphs))
    ]


def test_a_clause_with_that():
    assert reported("The harbour master said that the quay was closed.") == [
        ("the quay was closed", "The harbour master", "said")
    ]


@pytest.mark.parametrize(
    "clause",
    ["the island, which is supplied by boat, had food for a week",
     "the boat, which was built in Orrin, would sail",
     "the keeper, who came in May, has gone"],
)  # fmt: skip
def test_a_relative_clause_before_its_verb_does_not_end_it(clause):
    for said in ("said", "said that"):
        assert reported(f"Ines Calloway {said} {clause}.") == [(clause, "Ines Calloway", "said")]


def test_a_relative_clause_behind_its_verb_does():
    text = "Ines Calloway said the quay was closed, which surprised nobody, and went home."
    assert reported(text) == [("the quay was closed", "Ines Calloway", "said")]


def test_a_clause_without_that():
    assert reported("Ines Calloway said the buoys were old.") == [
        ("the buoys were old", "Ines Calloway", "said")
    ]


def test_the_attribution_follows_the_clause():
    assert reported("The ferry will sail at noon, officials said.") == [
        ("The ferry will sail at noon", "officials", "said")
    ]


def test_the_verb_stands_before_its_subject():
    assert reported("The ferry will sail at noon, said Tomos Pryce.") == [
        ("The ferry will sail at noon", "Tomos Pryce", "said")
    ]


def test_what_follows_an_inverted_source_describes_it():
    assert reported("The ferry will sail at noon, said Tomos Pryce, secretary of the union.") == [
        ("The ferry will sail at noon", "Tomos Pryce", "said")
    ]


def test_the_attribution_divides_the_clause():
    assert reported("The bill, Quill said, would double by spring.") == [
        ("The bill ... would double by spring", "Quill", "said")
    ]


def test_according_to_opens_the_sentence():
    assert reported("According to a county report, the tunnel leaks.") == [
        ("the tunnel leaks", "a county report", "According to")
    ]


def test_according_to_closes_the_sentence():
    assert reported("The tunnel leaks in three places, according to the county.") == [
        ("The tunnel leaks in three places", "the county", "according to")
    ]


@pytest.mark.parametrize("verb", ["warned", "denied", "argued", "insisted", "believes", "admitted"])
def test_verbs_of_many_kinds_take_a_clause(verb):
    assert reported(f"The engineer {verb} that the pier was cracked.") == [
        ("the pier was cracked", "The engineer", verb)
    ]


def test_the_one_addressed_is_no_part_of_what_is_told():
    assert reported("Pell told the council that the crack had grown.") == [
        ("the crack had grown", "Pell", "told")
    ]
    assert reported("Pell told reporters the crack had grown.") == [
        ("the crack had grown", "Pell", "told")
    ]


def test_when_and_where_it_was_said_is_no_part_of_it():
    assert reported("Pell said in a statement on Monday that work would stop.") == [
        ("work would stop", "Pell", "said")
    ]
    assert reported("Pell said on Friday the work would stop.") == [
        ("the work would stop", "Pell", "said")
    ]


def test_an_apposition_stands_between_source_and_verb():
    assert reported("Odile Marchetti, a retired judge from Lyon, said the trial was fair.") == [
        ("the trial was fair", "Odile Marchetti", "said")
    ]


def test_a_name_in_apposition_is_the_source():
    assert reported("The planner, Owen Thackeray, said the road was safe.") == [
        ("the road was safe", "Owen Thackeray", "said")
    ]


def test_a_relative_clause_stands_between_source_and_verb():
    assert reported("Hua Lindqvist, who built the bridge, said it would hold.") == [
        ("it would hold", "Hua Lindqvist", "said")
    ]


def test_a_question_is_reported():
    assert reported("A farmer asked whether the field would flood.") == [
        ("whether the field would flood", "A farmer", "asked")
    ]
    assert reported("The judge asked the owners why the gate was locked.") == [
        ("why the gate was locked", "The judge", "asked")
    ]


def test_a_request_and_a_promise_are_reported():
    assert reported("The mayor urged residents to boil water.") == [
        ("residents to boil water", "The mayor", "urged")
    ]
    assert reported("The company promised to repair the roof.") == [
        ("to repair the roof", "The company", "promised")
    ]


def test_a_demand_and_an_accusation_are_reported():
    assert reported("Miners called for a new shaft.") == [("a new shaft", "Miners", "called for")]
    assert reported("The union accused the owners of neglect.") == [
        ("the owners of neglect", "The union", "accused")
    ]


def test_a_noun_reports_for_its_possessor():
    found = reported("Nobody heeded Svensson's warning that the ice was thin.")
    assert found == [("the ice was thin", "Svensson", "warning")]


def test_declining_to_comment_says_nothing():
    assert reported("A spokeswoman declined to say when it was inspected.") == []
    assert reported("The owner refused to pay the fine.") == [
        ("to pay the fine", "The owner", "refused")
    ]


def test_a_name_that_is_also_a_verb_is_a_name():
    assert reported("Murder has not been ruled out, Superintendent Ian Drew said.") == [
        ("Murder has not been ruled out", "Superintendent Ian Drew", "said")
    ]


def test_any_verb_of_saying_may_stand_before_its_subject():
    assert reported("The bridge is safe, insisted the mayor.") == [
        ("The bridge is safe", "the mayor", "insisted")
    ]


def test_a_newspaper_speaks():
    assert reported("The Harbour Times reported that the quay was sold.") == [
        ("the quay was sold", "The Harbour Times", "reported")
    ]


def test_a_rumour_has_no_source():
    found = reported("Shares fell on Monday after reports that the mine was flooded.")
    assert found == [("the mine was flooded", None, "reports")]


def test_who_makes_a_claim_is_its_source():
    found = reported("Pell made the claim that the dam was sound.")
    assert found == [("the dam was sound", "Pell", "claim")]


def test_a_participle_goes_on_with_the_subject():
    found = reported("Quill closed the school on Monday, saying that the roof leaked.")
    assert found == [("the roof leaked", "Quill", "saying")]


def test_two_verbs_share_a_subject():
    assert reported("Brekke said the well was dry and warned that others would follow.") == [
        ("the well was dry", "Brekke", "said"),
        ("others would follow", "Brekke", "warned"),
    ]


def test_a_contrast_ends_the_clause():
    assert reported("He said the dam was sound, but engineers closed it.")[0][0] == (
        "the dam was sound"
    )


def test_a_report_inside_a_report_belongs_to_the_outer():
    assert reported("Pell said the owners believed that the dam was sound.") == [
        ("the owners believed that the dam was sound", "Pell", "said")
    ]


def test_words_in_marks_make_it_mixed_speech():
    assert reported("Pell said the dam was “as sound as a bell” in May.") == []


def test_what_is_said_beside_marks_is_not_reported_too():
    assert reported("“We are late,” Pell told reporters in Hallam.") == []


@pytest.mark.parametrize(
    "text",
    [
        "The states agreed on nothing else to do.",
        "The jobs report will be out on Friday.",
        "He said nothing. She said goodbye.",
        "The road runs north. The price of wheat rose.",
        "On her website, the plans are free.",
        "A crack ran the length of the wall.",
    ],
)
def test_no_source_or_no_report_gives_nothing(text):
    assert [found for found in reported(text) if found[2] in ("report", "said", "plans")] == []


@pytest.mark.parametrize("who", ["Nobody", "No one", "None of them"])
def test_nobody_reports_nothing(who):
    assert reported(f"{who} claimed that the bridge would hold.") == []


def test_a_trust_is_a_noun():
    assert reported("She set up the trust that will spend the money in five years.") == []


def test_a_company_that_has_done_nothing_yet_speaks():
    found = reported("A company that has yet to light a bulb said it would dig the bay.")
    assert found == [("it would dig the bay", "A company", "said")]


def test_a_verb_after_a_full_name_ends_the_subject():
    found = reported("Tova Arkwell hands in the keys and says what she thinks of committees.")
    assert found == [("what she thinks of committees", "Tova Arkwell", "says")]


def test_a_lead_phrase_is_not_the_report():
    found = reported("In a letter, Pell promised to repair the roof.")
    assert found == [("to repair the roof", "Pell", "promised")]


def test_a_headline_needs_no_verb():
    assert reported("Probe silent for a third day, agency says") == [
        ("Probe silent for a third day", "agency", "says")
    ]


def test_a_dateline_is_no_source():
    found = reported("PORT HALLAM, March 4 — The board closed the pool, saying that it leaked.")
    assert found == [("it leaked", "The board", "saying")]


def test_as_and_a_verb_of_speech_stand_beside_the_clause():
    assert reported("As the mayor noted, the budget is spent.") == [
        ("the budget is spent", "the mayor", "noted")
    ]


def test_a_relative_clause_is_stepped_over():
    assert reported("The judge who heard the case said the fine was too low.") == [
        ("the fine was too low", "The judge", "said")
    ]
    assert reported("The bill is dead, an official who asked not to be named told the paper.") == [
        ("The bill is dead", "an official", "told")
    ]


def test_the_clause_of_a_noun_ends_where_the_outer_one_goes_on():
    assert reported("Pell's claim that the crack was new was rejected.") == [
        ("the crack was new", "Pell", "claim")
    ]


def test_a_plan_that_does_something_is_no_report():
    assert reported("Nobody liked the plan that would close the school.") == []


def test_two_clauses_with_subjects_of_their_own_are_two_reports():
    assert reported(
        "The coach promised that all would play, and the captain said it was late."
    ) == [
        ("all would play", "The coach", "promised"),
        ("it was late", "the captain", "said"),
    ]


def test_an_expectation_with_an_infinitive():
    assert reported("Forecasters expect the storm to weaken.") == [
        ("the storm to weaken", "Forecasters", "expect")
    ]


def test_the_passive_names_nobody():
    assert reported("He was told that the post was filled.") == [
        ("the post was filled", None, "was told")
    ]


def test_hearsay_names_nobody():
    assert reported("The king is said to be ill.") == [("The king ... to be ill", None, "is said")]


def test_a_study_shows_something():
    assert reported("A poll shows Quill with a lead of two points.") == [
        ("Quill with a lead of two points", "A poll", "shows")
    ]
    assert reported("The door shows signs of wear.") == []


def test_being_convinced_is_not_telling():
    assert reported("He went away convinced that the dam was sound.") == []


def test_a_subject_behind_its_verb_goes_on_with_a_participle():
    assert reported("“We lost,” said Pell, adding that the pumps had failed.") == [
        ("the pumps had failed", "Pell", "adding")
    ]


def test_a_party_and_state_in_brackets_end_no_sentence():
    found = reported("Bill Moss (D-Fla.), a friend, said the bill was dead.")
    assert [report for report, _, _ in found] == ["the bill was dead"]


def test_a_pronoun_alone_is_nothing_said():
    assert reported("Pell thanked her.") == []


def test_abbreviations_do_not_end_a_sentence():
    assert reported("Dr. A. J. Moyle of St. Ives said the U.S. team would not wait.") == [
        ("the U.S. team would not wait", "Dr. A. J. Moyle of St. Ives", "said")
    ]


def test_every_find_tells_its_reason_and_confidence():
    text = "Pell said that the dam was sound. According to Quill, it leaks."
    paragraphs = [Paragraph(Span(0, len(text)), text)]
    for one in find_indirect(tokenise(text, paragraphs)):
        assert 0 < one.confidence <= 1
        assert "“" in one.reason


def test_pieces_lie_inside_the_text_and_hold_words():
    text = "He said, she said, they said that - , said; according to , said X, . Who said (that"
    for piece, _, _ in reported(text):
        assert piece.strip(" ,.;-")


def test_time_grows_with_the_length_only():
    sentence = "The mayor, a friend of Pell, said that officials warned, she said, of rain, and "

    def seconds(times):
        text = sentence * times
        start = time.process_time()
        find_indirect(tokenise(text, [Paragraph(Span(0, len(text)), text)]))
        return time.process_time() - start

    seconds(10)
    assert seconds(400) < 40 * max(seconds(40), 0.005)


def test_whoever_asks_not_to_be_named_says_what_follows():
    text = (
        "A nurse who asked not to be named because she was not allowed to speak said it was full."
    )
    assert reported(text) == [("it was full", "A nurse", "said")]
    text = "An aide, who asked not to be identified, said talks would resume."
    assert reported(text) == [("talks would resume", "An aide", "said")]


def test_a_clause_with_commas_before_its_attribution_and_an_apposition():
    text = "The pupil, young Kofi Mensah, was right, says Lars Ekdahl, a scholar of moths."
    assert reported(text) == [("The pupil, young Kofi Mensah, was right", "Lars Ekdahl", "says")]


def test_quoted_as_saying():
    text = "The agency quoted the mayor as saying that the bridge would open."
    assert reported(text) == [("the bridge would open", "the mayor", "saying")]
    text = "Mara Achebe was quoted as saying the tide was high."
    assert reported(text) == [("the tide was high", "Mara Achebe", "saying")]


def test_a_noun_that_takes_the_report_up_ends_it():
    text = "Her office insisted that nothing was settled, a claim that Frew rejects."
    assert reported(text)[0][0] == "nothing was settled"


def test_a_noun_with_a_participle_and_its_place_behind():
    text = "A letter found in a Lisbon attic suggests that she worked at night."
    assert reported(text) == [("she worked at night", "A letter", "suggests")]


def test_asking_for_anonymity_says_nothing():
    text = "Two clerks, who requested anonymity to speak freely, said the office was full."
    assert reported(text) == [("the office was full", "Two clerks", "said")]


def test_a_dateline_with_a_hyphen_is_no_source():
    text = "NEW YORK (Wire) - Forty states sued the firm, accusing it of lying."
    assert reported(text)[0][1] == "Forty states"


def test_a_letter_with_a_participle_stands_before_that():
    text = "Marit Hale said in a letter read to the meeting that the state could not pay."
    assert reported(text) == [("the state could not pay", "Marit Hale", "said")]
