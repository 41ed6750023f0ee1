"""No figure of the quotations falls below what it once reached, on inputs that have not changed."""

from __future__ import annotations

import pytest

from tests.conftest import shared_path
from tests.quality.gate import INPUTS, SHARED, digest, pin, pinned
from tests.quality.scoring import articles, figures, paragraphs_of, tally


def _input(name: str):
    path = INPUTS[name]
    return shared_path(str(path.relative_to(SHARED))) if path.is_relative_to(SHARED) else path


@pytest.mark.parametrize("name", INPUTS)
def test_inputs_are_those_that_the_floors_were_pinned_on(name: str):
    assert digest(_input(name)) == pinned()["inputs"][name], "pin the floors anew: see gate.py"


@pytest.mark.parametrize("name", INPUTS)
def test_no_figure_falls_below_its_floor(name: str):
    reached = figures(_input(name))
    floors = pinned()["floors"][name]
    assert set(reached) == set(floors)
    assert {k: v for k, v in reached.items() if v < floors[k]} == {}


def test_a_floor_is_never_lowered_without_a_reason(tmp_path, monkeypatch):
    monkeypatch.setattr("tests.quality.gate.FLOORS", tmp_path / "floors.json")
    monkeypatch.setattr("tests.quality.gate.INPUTS", {"a": INPUTS["articles-a"]})
    (tmp_path / "floors.json").write_text(
        '{"inputs": {}, "floors": {"a": {"exact": 1.01}}, "lowered": []}', encoding="utf-8"
    )
    with pytest.raises(SystemExit, match="say why"):
        pin(None)
    pin("a better gold")
    assert pinned()["lowered"][0].endswith("a better gold")


def test_our_own_articles_are_at_least_forty_and_their_offsets_hold():
    own = [a for name in INPUTS if name.startswith("articles") for a in articles(INPUTS[name])]
    assert len(own) >= 40
    for article in own:
        for quote in article["quotes"]:
            assert [article["text"][s:e] for s, e in quote["pieces"]] == quote["text"]


def test_the_scorer_counts_a_perfect_answer_as_perfect():
    article = articles(INPUTS["articles-a"])[0]
    scored = tally(article, article["quotes"]).figures()
    assert scored["exact"] == scored["who-said"] == scored["speaker"] == 1.0


def test_the_scorer_takes_a_wrong_speaker_off_and_leaves_the_piece():
    text = "“It rains,” said Ada Lunn. Bo Minter laughed."
    gold = {
        "pieces": [[1, 10]],
        "speaker": "Ada Lunn",
        "speaker_span": [17, 25],
        "kind": "direct",
        "speaker_full": "Ada Lunn",
    }
    guess = gold | {"speaker": "Bo Minter", "speaker_span": [27, 36], "speaker_full": "Bo Minter"}
    scored = tally({"text": text, "quotes": [gold]}, [guess]).figures()
    assert (scored["exact"], scored["speaker"], scored["who-said"]) == (1.0, 0.0, 0.0)


def test_lines_are_paragraphs():
    assert [p.text for p in paragraphs_of("One.\n\n Two. \n")] == ["One.", " Two. "]
