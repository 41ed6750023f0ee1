"""Words as a fingerprint sees them."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from hypothesis import example, given
from hypothesis import strategies as st

from ingest.fingerprint import fingerprint, fold, folded
from tests.making import article


def test_layout_case_and_marks_do_not_count():
    one = article("Ferry sails", "“It’s late” – so they say…", "The  end")
    other = article("FERRY\nsails!", "It s late, so; they say.", "the end.")
    assert fingerprint(one) == fingerprint(other)
    assert fingerprint(one) != fingerprint(replace(other, paragraphs=other.paragraphs[:1]))
    assert fingerprint(one) != fingerprint(replace(other, title="Ferry sailed"))


@given(st.lists(st.text(st.sampled_from("aB_9 -’“…\n\x1f\t.Éßﬁ\ud800"), max_size=12), max_size=4))
@example(["One.\nTwo", "", "Three–four"])
@example(["caf\u0301e STRASSE", "Ascii only"])
def test_many_texts_are_folded_as_each(texts):
    assert [b" ".join(words).decode() for words in folded(texts)] == [*map(fold, texts)]


def test_a_fingerprint_is_that_of_the_folded_lines():
    made = article("Ferry sails", "At nine, Übersee waits.", "“No,” he said.")
    lines = "ferry sails\nat nine übersee waits\nno he said"
    assert fingerprint(made) == hashlib.sha256(lines.encode()).hexdigest()
