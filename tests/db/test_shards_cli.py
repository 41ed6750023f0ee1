"""The commands on an archive that is a folder of shards."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from db.shards.folder import open_folder
from db.shards.ids import joined, parted
from ingest.cli import cli
from tests.ingest.test_cli import FERRY, TUGS

ISLAND = FERRY.replace("2024", "2022").replace("Ferry stays", "Island waits").replace(
    "The ferry to Skarholm stayed", "The islanders waited"
)  # fmt: skip


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ONRECORD_ARCHIVE", "news")

    def invoke(*words: object, stdin: str | None = None):
        result = CliRunner().invoke(cli, [str(word) for word in words], input=stdin)
        assert result.exception is None or isinstance(result.exception, SystemExit), result.output
        return result

    return invoke


@pytest.fixture
def taken(run, tmp_path):
    """Three articles of two years, taken in into a new folder."""
    clips = tmp_path / "clips"
    clips.mkdir()
    for name, text in (("ferry", FERRY), ("tugs", TUGS), ("island", ISLAND)):
        (clips / f"{name}.txt").write_text(text)
    result = run("ingest", "--shards", "year", "clips")
    assert result.exit_code == 0, result.output
    return run


def number(run, words: str) -> int:
    """The number of the one article that a search finds."""
    (hit,) = map(json.loads, run("search", words, "--json").stdout.splitlines())
    return int(hit["article_id"])


def test_a_folder_is_made_and_added_to(taken, tmp_path):
    assert [s.path.name for s in open_folder("news").shards] == ["2024.db", "2022.db"]
    assert taken("ingest", "clips").stdout.endswith("0 added, 3 unchanged, 0 revised, 0 failed\n")
    assert taken("ingest", "clips", "--jobs", 2).stdout.endswith(
        "3 unchanged, 0 revised, 0 failed\n"
    )
    again = taken("ingest", "--shards", "size", "clips")
    assert again.exit_code == 1
    assert "has its shards by year; leave out --shards" in again.output


def test_a_folder_takes_in_nothing_of_its_own(taken):
    result = taken("ingest", ".")
    assert result.stdout.endswith("0 added, 3 unchanged, 0 revised, 0 failed\n")


def test_search_and_what_it_leads_to(taken):
    assert "and 2 copies" in taken("search", "monday").stdout
    assert "3 hits" in taken("search", "monday", "--copies").stdout
    island = number(taken, "islanders")
    assert parted(island) == (2, 1)
    assert "[2199023255553" in taken("search", "islanders").stdout
    assert "The islanders waited in port" in taken("show", island).stdout
    assert "Island Waits" in taken("cite", island, number(taken, "tugs")).stdout
    assert "Runa Vik" in taken("search", "--in", "people", "monday OR vik").stdout
    assert taken("search", "--quotes", "speaker:vik", "--copies", "--json").stdout.count("\n") == 3


def test_a_revision_is_seen_across_shards(taken, tmp_path):
    path = tmp_path / "clips" / "island.txt"
    path.write_text(ISLAND.replace("for the third day", "for the tenth day"))
    assert "1 revised" in taken("ingest", "clips").stdout
    island = number(taken, "islanders")
    assert "tenth day" in taken("diff", island).stdout
    old = taken("search", "--superseded", "third", "--json").stdout
    assert json.loads(old)["article_id"] == island


@pytest.mark.parametrize("command", ["show", "diff", "cite"])
def test_a_number_that_is_not_there(taken, command):
    for given in (7, joined(2, 9), joined(77, 1)):
        result = taken(command, given)
        assert result.exit_code == 1
        assert str(given) in result.output


def test_a_missing_shard_is_named_and_the_rest_answers(taken):
    island = number(taken, "islanders")
    Path("news/2022.db").unlink()
    result = taken("search", "monday", "--copies")
    assert result.exit_code == 1
    assert "2 hits" in result.stdout
    assert "Not the whole archive was searched" in result.stdout
    assert "2022.db: is not there; the rest answers" in result.stderr
    shown = taken("show", island)
    assert shown.exit_code == 1
    assert "2022.db: is not there" in shown.output
    assert "2022.db is missing" in taken("ingest", "clips").output
    checked = taken("check")
    assert checked.exit_code == 1
    assert "news: 2022.db: is not there" in checked.stderr


def test_check(taken):
    whole = taken("check")
    assert whole.exit_code == 0
    assert "news: whole (3 articles, " in whole.stdout
    Path("news/extra.db").write_bytes(b"")
    stray = taken("check")
    assert stray.exit_code == 1
    assert "extra.db: shards.json does not name it" in stray.stderr
    Path("news/2022.db").write_bytes(b"nonsense" * 1000)
    assert "2022.db: is damaged" in taken("check").stderr


def test_backup_and_restore(taken):
    taken("note", number(taken, "islanders"), "Ask Ines.")
    assert Path("news.notes").is_file()
    made = taken("backup", "copy")
    assert made.exit_code == 0, made.output
    assert "2024.db: whole" in made.stdout
    assert "3 articles" in taken("check", "--archive", "copy").stdout
    taken("correct", "title", number(taken, "islanders"), "Renamed")
    assert taken("restore", "copy").exit_code == 1
    back = taken("restore", "copy", "--replace")
    assert back.exit_code == 0, back.output
    assert "news.before-1" in back.stdout
    assert "Island waits" in taken("search", "islanders").stdout
    assert "Ask Ines." in taken("note").stdout
    assert "Renamed" in taken("search", "islanders", "--archive", "news.before-1").stdout


def test_a_backup_without_a_shard_is_none(taken):
    Path("news/2022.db").unlink()
    result = taken("backup", "copy")
    assert result.exit_code == 1
    assert "2022.db: is not there; a backup without it would not be one" in result.output
    assert not Path("copy").exists()


def test_corrections(taken):
    island = number(taken, "islanders")
    made = taken("correct", "title", island, "Renamed")
    (undo,) = re.findall(r"onrecord undo (\d+)", made.stdout)
    assert parted(int(undo)) == (2, 1)
    assert undo in taken("corrections").stdout
    assert json.loads(taken("corrections", "--json").stdout)["value"] == "Renamed"
    assert "Undone" in taken("undo", undo).stdout
    assert "There are no corrections" in taken("corrections").stdout
    here = taken("people", "merge", "Runa Vik", "Ada Brandt", "--new", "--article", island)
    assert here.exit_code == 0, here.output


def test_one_person_in_all_shards(taken, tmp_path):
    made = taken("people", "merge", "Runa Vik", "Ada Brandt", "--new").stdout
    assert made.startswith("Runa Vik is Ada Brandt, everywhere (3 articles); to take it back: ")
    (line,) = taken("corrections").stdout.splitlines()
    assert line.endswith("Runa Vik is Ada Brandt, everywhere")
    assert taken("corrections", "--json").stdout.count("\n") == 1
    assert (
        taken("search", "--quotes", "speaker:brandt", "--copies", "--json").stdout.count("\n") == 3
    )
    # It holds in a year that is new as well.
    later = FERRY.replace("2024", "2026").replace("third", "fourth")
    (tmp_path / "later.txt").write_text(later)
    assert "1 added" in taken("ingest", "later.txt").stdout
    assert [s.path.name for s in open_folder("news").shards] == ["2024.db", "2022.db", "2026.db"]
    found = taken("search", "--quotes", "speaker:vik", "--copies").stdout
    assert "4 hits" in found
    assert "Runa Vik:" not in found
    assert len(taken("corrections").stdout.splitlines()) == 1
    (undo,) = re.findall(r"onrecord undo (\d+)", made)
    assert taken("undo", undo).stdout == "Undone: Runa Vik is Ada Brandt, everywhere\n"
    assert "There are no corrections" in taken("corrections").stdout
    assert "Vik" in taken("search", "--quotes", "speaker:vik", "--copies").stdout
    again = taken("undo", undo)
    assert again.exit_code == 1
    assert f"correction {undo} was undone on" in again.output
    assert "nobody is quoted as" in taken("people", "merge", "Nobody", "Runa Vik").output
    assert "is the same name" in taken("people", "merge", "Runa Vik", "Runa Vik").output
    assert "whole" in taken("check").stdout


def test_corrections_of_another_archive_are_taken_in(taken, tmp_path):
    """Each goes to the shard that has its article; what has none waits in all of them."""
    taken("ingest", "clips", "--archive", "single.db")
    (tmp_path / "late.txt").write_text(ISLAND.replace("Island waits", "Islanders leave"))
    taken("ingest", "late.txt", "--archive", "single.db")
    for words, title in (("islanders AND title:waits", "Renamed"), ("title:leave", "Gone")):
        found = taken("search", words, "--json", "--archive", "single.db").stdout
        one = json.loads(found)["article_id"]
        assert taken("correct", "title", one, title, "--archive", "single.db").exit_code == 0
    taken("people", "merge", "Runa Vik", "Ada Brandt", "--new", "--archive", "single.db")
    lines = taken("corrections", "--json", "--archive", "single.db").stdout
    said = taken("corrections", "--take", "-", stdin=lines)
    assert said.stdout == "3 of 3 corrections are new\n", said.output
    assert taken("corrections", "--take", "-", stdin=lines).stdout == "0 of 3 corrections are new\n"
    listed = taken("corrections").stdout.splitlines()
    assert [line for line in listed if "changes nothing now" in line] == [
        line for line in listed if "Gone instead of" in line
    ]
    assert len(listed) == 3
    assert "Renamed" in taken("search", "islanders").stdout
    assert "1 added" in taken("ingest", "late.txt").stdout
    assert "Gone" in taken("search", "title:gone").stdout
    assert "changes nothing" not in taken("corrections").stdout
    assert len(taken("corrections").stdout.splitlines()) == 3
    assert "whole" in taken("check").stdout


def test_reread(taken):
    assert "0 changed, 3 the same" in taken("reread").stdout


def test_notes_tags_and_samples(taken):
    island = number(taken, "islanders")
    assert taken("tag", "harbour", island, "--found", "monday").exit_code == 0
    assert str(island) in taken("tag", "harbour").stdout
    assert "Island waits" in taken("tag", "harbour", "--cite", "apa").stdout
    assert "3 of 3 quotations" in taken("sample", "S").stdout


@pytest.mark.parametrize(
    "words",
    [("search", "ferry"), ("show", "1"), ("check",), ("cite", "1"), ("corrections",), ("note",),
     ("reread",), ("backup", "copy"), ("ingest", "clips"), ("people", "merge", "A", "B")],
)  # fmt: skip
def test_a_folder_that_is_none_is_one_line(run, tmp_path, words):
    (tmp_path / "clips").mkdir()
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "letter.txt").write_text("Dear Ada")
    result = run(*words)
    assert result.exit_code == 1
    assert result.output.count("\n") == 1
    assert "news: " in result.output
