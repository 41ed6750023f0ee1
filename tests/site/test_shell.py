"""What all pages share: dates in words, plots."""

from __future__ import annotations

from db.search.excerpt import END, START
from db.site import plots, words
from db.site.foreign import marked


def test_dates_in_words():
    assert words.day("2023-03-03T16:15+01:00") == "3 March 2023"
    assert words.day("2023-03") == "March 2023"
    assert words.day("2023") == "2023"
    assert words.day("2023-13-40") == "2023"
    assert words.day(None) == ""
    assert words.clock("2023-03-03T16:15Z") == "3 March 2023, 16:15 UTC"
    assert words.clock("2023-03-03T16:15:00+01:00") == "3 March 2023, 16:15 +01:00"
    assert words.hour("2023-03-03T16:15:30.123Z") == "16:15:30 UTC"
    assert words.hour("2023-03-03T16:15") == "16:15"
    assert words.hour("2023-03-03Tsoon") == "soon"


def test_a_plot_fills_empty_months():
    plot = plots.over_time([("2023-11", 2), ("2024-02", 4)])
    assert plot is not None
    assert [(bar.label, bar.count) for bar in plot.bars] == [
        ("2023-11", 2), ("2023-12", 0), ("2024-01", 0), ("2024-02", 4),
    ]  # fmt: skip
    assert plots.over_time([("2023", 5)]) is None
    assert plots.over_time([]) is None


def test_only_what_was_found_is_marked_whatever_the_text_holds():
    segments = [(f"Tea {START}& <b>cake</b>", False), (f"fer{END}ry{START}", True), (" <i>", False)]
    assert marked(segments) == (
        "<bdi>Tea &amp; &lt;b&gt;cake&lt;/b&gt;<mark>ferry</mark> &lt;i&gt;</bdi>"
    )
