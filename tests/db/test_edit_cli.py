"""Setting right and writing down at the command line, as a librarian would."""

import json
import shutil

import pytest
from click.testing import CliRunner

from ingest.cli import cli

FERRY = """\
Ferry stays in port

By Hedda Brix

6 May 2024

The ferry to Skarholm stayed in port on Monday, for the third day.

“Nobody sails in this,” said Runa Vik, who runs it.

“We shall buy a second one,” the minister said.
"""
TUGS = """\
Tugs lie still

By Hedda Brix

7 May 2024

Both tugs of Skarholm lay still on Tuesday, and nobody could say for how long.

“We are tired,” said Odo Brandt, who steers the oldest.
"""


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ONRECORD_ARCHIVE", raising=False)
    monkeypatch.delenv("ONRECORD_BY", raising=False)

    def invoke(*words: object, status: int = 0, stdin: str | None = None) -> str:
        result = CliRunner().invoke(cli, [str(word) for word in words], input=stdin)
        assert result.exit_code == status, result.output
        return result.output

    (tmp_path / "1-ferry.txt").write_text(FERRY)
    (tmp_path / "2-tugs.txt").write_text(TUGS)
    invoke("ingest", "1-ferry.txt", "2-tugs.txt")
    yield invoke
    assert "whole" in invoke("check")


def test_the_minister_is_given_a_name(run):
    said = run("people", "merge", "the minister", "Odo Brandt", "--article", 1, "--by", "Ida")
    assert said == (
        'the minister is Odo Brandt, in "Ferry stays in port"; to take it back: onrecord undo 1\n'
    )
    assert "Odo Brandt: We shall buy a second one" in run("search", "second")
    assert ", Ida  the minister is Odo Brandt" in run("corrections")
    assert run("undo", 1).startswith("Undone: the minister is Odo Brandt")
    assert "the minister: We shall buy" in run("search", "second")
    assert run("corrections") == "There are no corrections\n"
    assert "[undone 20" in run("corrections", "--undone")


def test_a_wrong_speaker_title_and_date_are_set_right_and_stay(run, tmp_path):
    run("correct", "speaker", 1, 1, "Odo Brandt")
    run("correct", "title", 1, "The ferry that stayed")
    run("correct", "date", 1, "2024-05-05")
    (tmp_path / "1-ferry.txt").write_text(FERRY.replace("third day", "fourth day"))
    assert "1 revised" in run("ingest", "1-ferry.txt")
    hit = run("search", "sails")
    assert "The ferry that stayed  2024-05-05" in hit
    assert "Odo Brandt: Nobody sails in this" in hit
    run("reread")
    assert "The ferry that stayed  2024-05-05" in run("search", "sails")


def test_corrections_move_to_an_archive_built_anew(run, tmp_path):
    run("people", "split", "Runa Vik", "Runa Vik (ferries)", "--article", 1)
    run("correct", "speaker", 2, 1, "--nobody")
    run("correct", "date", 2, "--unknown")
    lines = run("corrections", "--json")
    (tmp_path / "anew.db").unlink(missing_ok=True)
    run("ingest", "2-tugs.txt", "1-ferry.txt", "--archive", "anew.db")
    take = ("corrections", "--take", "-", "--archive", "anew.db")
    assert run(*take, stdin=lines) == "3 of 3 corrections are new\n"
    assert run(*take, stdin=lines) == "0 of 3 corrections are new\n"
    assert "Runa Vik (ferries): Nobody" in run("search", "sails", "--archive", "anew.db")
    assert "somebody: We are tired" in run("search", "tired", "--archive", "anew.db")


def test_a_correction_that_waits_says_so(run, tmp_path):
    run("correct", "speaker", 1, 1, "Odo Brandt")
    (tmp_path / "1-ferry.txt").write_text(FERRY.replace("Nobody sails in this,", "No,"))
    run("ingest", "1-ferry.txt")
    assert run("corrections").endswith("[changes nothing now]\n")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("no json", "Expecting value"),
        ("{}", "it is no correction ('article')"),
        ('{"article": null}', "it is no correction"),
        (json.dumps({"kind": "title", "value": "x"}), "says more than this"),
        (json.dumps({"kind": "merge", "subject": "a", "value": 3}), "says more than this"),
        (json.dumps({"kind": "spell"}), 'of the kind "spell"'),
    ],
)
def test_what_is_no_correction_is_said_with_its_line(run, line, said):
    if "kind" in line:
        empty = dict.fromkeys(("article", "subject", "occurrence", "value", "before", "made_by"))
        line = json.dumps({"id": 1, "made": "2024-05-06T07:08:09Z", **empty, **json.loads(line)})
    output = run("corrections", "--take", "-", stdin=f"\n{line}\n", status=1)
    assert output.startswith("Error: <stdin>: line 2: ")
    assert said in output


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("correct", "title", 7, "Rain"), "there is no article 7; onrecord search shows"),
        (("correct", "speaker", 2, 4, "Odo"), "article 2 has no quotation 4; it has 1"),
        (("people", "merge", "Runa Vik", "Odo Brant"), 'nobody is quoted as "Odo Brant"'),
        (("undo", 3), "there is no correction 3"),
        (("undo", 10**30), "there is no correction 1000"),
        (("tag", "x", f"{10**30}#{10**30}"), "there is no article 1000"),
        (("note", "--tear-out", 10**30), "there is no note 1000"),
        (("tag", "x", "9"), "there is no article 9"),
        (("note", "Nobody Here", "Hm."), 'nobody is quoted as "Nobody Here"'),
        (("list", "essay"), 'there is no list "essay"'),
        (("sample", "check", "--right", 1), 'there is no sample "check"'),
    ],
)
def test_what_is_not_there_is_one_line(run, words, said):
    output = run(*words, status=1)
    assert output.startswith("Error: ")
    assert said in output
    assert output.count("\n") == 1


def test_a_date_or_nothing(run):
    assert "give either a date or --unknown" in run("correct", "date", 1, status=2)
    assert "give either a name or --nobody" in run("correct", "speaker", 1, 1, status=2)
    assert "Invalid value" in run("correct", "date", 1, "soon", status=2)


def test_two_tags_on_what_a_search_finds(run):
    assert run("tag", "skarholm", "--found", "skarholm") == '2 of 2 things got the tag "skarholm"\n'
    assert run("tag", "wharf", "--found", "skarholm -ferry") == '1 of 1 thing got the tag "wharf"\n'
    run("tag", "wharf", "--remove", 2)
    run("tag", "ferries", 1, "1#2", "Runa Vik")
    assert run("tag") == "    3  ferries\n    2  skarholm\n"
    assert run("tag", "Ferries").splitlines() == [
        "           1  Ferry stays in port",
        "         1#2  We shall buy a second one, (Ferry stays in port)",
        "    person 1  Runa Vik",
    ]
    run("tag", "ferries", "--remove", 1)
    assert run("tag") == "    2  ferries\n    2  skarholm\n"


def test_a_list_for_an_essay(run):
    run("list", "essay", "1#1", 2)
    shown = run("list", "essay", "2#1", "--at", 1).splitlines()
    assert [line.split("  ")[-1].split(" ")[0] for line in shown] == ["We", "Nobody", "Tugs"]
    assert run("list") == "    3  essay\n"
    run("list", "essay", "--remove", "1#1", 2, "2#1")
    assert run("list") == "There are none yet\n"


def test_a_tag_is_cited_with_notes_and_further_tags(run):
    run("tag", "ferries", "1", "2#1", "Runa Vik")
    run("tag", "boats", 2)
    run("note", "2#1", "Ask him,\nagain.")
    cited = run("tag", "ferries", "--cite", "ris")
    first, second = cited.split("ER  - ")[:2]
    assert "TI  - Ferry stays in port" in first
    assert "KW  - ferries" in first
    assert "TI  - Tugs lie still" in second
    assert "KW  - boats\nKW  - ferries\nN1  - “We are tired,” (Odo Brandt" in second
    assert "N1  - Ask him, again." in second
    run("list", "essay", 2)
    assert "keywords = {boats}" in run("list", "essay", "--cite", "bibtex")
    assert '"keyword": "boats"' in run("list", "essay", "--cite", "csl-json")


def test_what_cannot_be_cited_is_named(run, tmp_path):
    run("tag", "ferries", 1, 2)
    for file in tmp_path.glob("archive.db*"):
        file.unlink()
    run("ingest", "2-tugs.txt")
    cited = run("tag", "ferries", "--cite", "apa", status=1)
    assert "Tugs lie still" in cited
    assert "onrecord: not cited, for the archive does not hold it: Ferry stays in port" in cited


def test_notes_are_written_found_and_torn_out(run):
    assert run("note", "1#1", "Ask her again.") == (
        "Note 1 on Nobody sails in this, (Ferry stays in port)\n"
    )
    run("note", "Odo Brandt", "The brother of the master.")
    assert "Ask her again." in run("note", "1#1")
    assert "Ask her" not in run("note", "--search", "master")
    run("note", "--tear-out", 2)
    assert run("note", "--search", "master") == "There are no such notes\n"


def test_a_sample_is_drawn_and_judged(run):
    drawn = run("sample", "check", "--size", 2, "--seed", 5)
    assert drawn.splitlines()[-1] == "check: 2 of 3 quotations (seed 5), 0 right, 0 wrong"
    judged = run("sample", "check", "--right", 1, "--wrong", 2)
    assert judged == (
        "check: 2 of 3 quotations (seed 5), 1 right, 1 wrong; 9% to 91% of all are right\n"
    )
    assert "   2  wrong  " in run("sample", "check")


def test_the_notebook_is_no_article(run):
    run("note", 1, "Ask.")
    assert "0 failed" in run("ingest", ".")


def test_the_notebook_outlives_the_archive(run, tmp_path):
    run("tag", "ferries", 1)
    for file in tmp_path.glob("archive.db*"):
        file.unlink()
    run("ingest", "2-tugs.txt")
    assert run("tag", "ferries") == "not here now  Ferry stays in port\n"
    run("ingest", "1-ferry.txt")
    assert run("tag", "ferries") == "           2  Ferry stays in port\n"
    shutil.copy(tmp_path / "archive.db", tmp_path / "copy.db")
    assert run("tag", "--archive", "copy.db") == "There are none yet\n"


def test_a_sample_is_not_drawn_otherwise_and_a_judgement_is_one(run):
    assert run("sample") == run("note") == "There are none yet\n"
    run("sample", "check", "--size", 1, "--seed", 5)
    for options in (("--size", 2), ("--seed", 6), ("--size", 1, "--seed", 1)):
        assert '"check" was drawn with --' in run("sample", "check", *options, status=2)
    run("sample", "check", "--size", 1, "--seed", 5)
    run("sample", "check")
    run("sample", "all", "--size", 90)
    run("sample", "all", "--size", 90)
    both = run("sample", "check", "--right", 1, "--wrong", 1, status=2)
    assert "1 cannot be both right and wrong" in both
