"""The command line as its users meet it."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys

import pytest
from click.testing import CliRunner

from db.archive import Archive
from ingest.cli import cli

FERRY = """\
Ferry stays in port

By Hedda Brix

6 May 2024

The ferry to Skarholm stayed in port on Monday, for the third day.

“Nobody sails in this,” said Runa Vik, who runs it.
"""
TUGS = FERRY.replace("Ferry stays", "Tugs stay").replace("The ferry", "Both tugs")


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ONRECORD_ARCHIVE", raising=False)

    def invoke(*words: str, stdin: str | None = None):
        return CliRunner().invoke(cli, [str(word) for word in words], input=stdin)

    return invoke


@pytest.fixture
def clips(tmp_path):
    folder = tmp_path / "clips"
    folder.mkdir()
    (folder / "ferry.txt").write_text(FERRY, "utf-8")
    (folder / "tugs.txt").write_text(TUGS, "utf-8")
    return folder


def select(path, sql):
    conn = sqlite3.connect(path)
    rows = conn.execute(sql).fetchall()
    conn.close()
    return rows


def test_ingest_a_folder(run, clips, tmp_path):
    result = run("ingest", clips)
    assert result.exit_code == 0
    assert "Ferry stays in port (2 paragraphs, 1 quote)" in result.stdout
    assert result.stdout.endswith("2 added, 0 unchanged, 0 revised, 0 failed\n")
    assert select(tmp_path / "archive.db", "select title from articles order by title") == [
        ("Ferry stays in port",),
        ("Tugs stay in port",),
    ]


def test_ingest_again_changes_nothing(run, clips):
    run("ingest", clips)
    assert "0 added, 2 unchanged, 0 revised, 0 failed" in run("ingest", clips).stdout


def test_ingest_a_changed_file_revises(run, clips):
    run("ingest", clips)
    (clips / "ferry.txt").write_text(FERRY.replace("third", "fourth"), "utf-8")
    assert "0 added, 1 unchanged, 1 revised, 0 failed" in run("ingest", clips).stdout
    assert "third day" in run("show", "1", "--revision", "1").stdout
    assert "fourth day" in run("show", "1").stdout


def test_ingest_a_copy(run, clips):
    (clips / "zz.txt").write_text("Skip to content\n\n" + FERRY, "utf-8")
    assert "2 added, 0 unchanged, 0 revised, 1 copy, 0 failed" in run("ingest", clips).stdout


def test_a_path_alone_is_ingested(run, clips):
    assert "1 added" in run(clips / "ferry.txt").stdout


def test_ingest_standard_input(run):
    assert "1 added" in run("ingest", "-", stdin=FERRY).stdout
    assert "1 unchanged" in run("ingest", "-", stdin=FERRY).stdout
    assert "1 added" in run("ingest", "-", stdin=TUGS).stdout


def test_ingest_leaves_its_own_archive_alone(run, clips, tmp_path):
    assert "2 added" in run("ingest", tmp_path).stdout
    assert "2 unchanged, 0 revised, 0 failed" in run("ingest", tmp_path).stdout


def test_archive_from_the_environment(run, clips, tmp_path, monkeypatch):
    monkeypatch.setenv("ONRECORD_ARCHIVE", str(tmp_path / "other.db"))
    run("ingest", clips)
    assert (tmp_path / "other.db").exists()
    assert not (tmp_path / "archive.db").exists()


def test_bad_files_are_named_and_the_rest_goes_on(run, clips, tmp_path):
    (clips / "a-empty.txt").write_bytes(b" \n")
    (clips / "b-binary.txt").write_bytes(bytes(range(256)) * 10)
    (clips / "z-large.txt").write_bytes(b"word " * 300_000)
    result = run("ingest", clips, tmp_path / "gone.txt", "--max-size", "1")
    assert result.exit_code == 1
    assert result.stdout.endswith("2 added, 0 unchanged, 0 revised, 4 failed\n")
    lines = result.stderr.splitlines()
    assert len(lines) == 4
    assert all(line.startswith("onrecord: ") for line in lines)
    for name in ("a-empty.txt", "b-binary.txt", "z-large.txt", "gone.txt"):
        assert sum(name in line for line in lines) == 1
    assert sorted(select(tmp_path / "archive.db", "select kind from failures")) == [
        ("binary",),
        ("empty",),
        ("too large",),
        ("unreadable",),
    ]


def test_given_facts_stand_above_the_file(run, clips, tmp_path):
    run("ingest", clips, "--publisher", "Skarholm Post", "--published", "2024-05")
    rows = select(tmp_path / "archive.db", "select publisher, published from articles")
    assert rows == [("Skarholm Post", "2024-05")] * 2
    result = run(
        "ingest", clips / "ferry.txt", "--title", "Ferry rests", "--url", "https://a.example"
    )
    assert "1 revised" in result.stdout
    sql = "select title, url from articles where id = 1"
    assert select(tmp_path / "archive.db", sql) == [("Ferry rests", "https://a.example")]


def test_a_title_is_for_one_file(run, clips):
    result = run("ingest", clips, "--title", "Both")
    assert result.exit_code == 2
    assert "for one file" in result.stderr


def test_a_date_that_is_none(run, clips):
    result = run("ingest", clips, "--published", "soonish")
    assert result.exit_code == 2
    assert "soonish" in result.stderr


def test_dry_run_writes_nothing(run, clips, tmp_path):
    result = run("ingest", "--dry-run", clips / "ferry.txt")
    assert result.exit_code == 0
    for words in ("Ferry stays in port", "Hedda Brix", "2024-05-06", "Runa Vik", "Nobody sails"):
        assert words in result.stdout
    assert not (tmp_path / "archive.db").exists()


def test_json_is_one_object_an_article(run, clips):
    result = run("ingest", "--json", "--dry-run", clips)
    ferry, tugs = map(json.loads, result.stdout.splitlines())
    assert ferry["id"] == str(clips / "ferry.txt")
    assert ferry["text"] == FERRY
    assert [FERRY[a:b] for a, b in ferry["paragraphs"]] == FERRY.strip().split("\n\n")[3:]
    assert ferry["authors"] == ["Hedda Brix"]
    assert ferry["section"] is None
    assert ferry["quotes"][0]["speaker"] == "Runa Vik"
    assert tugs["title"] == "Tugs stay in port"


def test_json_and_storing_at_once(run, clips, tmp_path):
    result = run("ingest", "--json", clips)
    assert len(result.stdout.splitlines()) == 2
    assert "2 added" in result.stderr
    assert len(run("ingest", "--json", clips).stdout.splitlines()) == 2


def test_search(run, clips):
    run("ingest", clips)
    result = run("search", "skarholm", "-tugs")
    assert "Ferry stays in port  2024-05-06" in result.stdout
    assert result.stdout.endswith("1 hit\nLooking for skarholm, but not tugs.\n")
    assert run("search", "nowhere").stdout == "0 hits\nLooking for nowhere.\n"


def test_search_offers_what_might_be_meant(run, clips):
    run("ingest", clips)
    assert run("search", "skarhlom").stdout.endswith("Did you mean: skarholm\n")


def test_search_for_quotes_and_people(run, clips):
    run("ingest", clips)
    result = run("search", "speaker:vik", "sails", "--quotes")
    assert "q1  Runa Vik: " in result.stdout
    assert run("search", "vik", "--in", "people").stdout.startswith("Runa Vik  ")


def test_search_page_by_page(run, clips):
    run("ingest", clips)
    options = ("--copies", "--limit", "1", "--page")
    first, second = (run("search", "skarholm", *options, n).stdout for n in "12")
    assert "2 hits, page 1 of 2 shown" in first
    assert first.splitlines()[0] != second.splitlines()[0]
    assert (
        "2 hits, but no page 3: the last one is 2"
        in run("search", "skarholm", *options, "3").stdout
    )


def test_search_as_json(run, clips):
    run("ingest", clips)
    hit = json.loads(run("search", "sails", "--json", "--limit", "1").stdout)
    (match,) = hit["matches"]
    assert match["speaker"] == "Runa Vik"
    assert "<mark>sails</mark>" in match["snippet"]


def test_search_superseded(run, clips):
    run("ingest", clips)
    (clips / "ferry.txt").write_text(FERRY.replace("third", "fourth"), "utf-8")
    run("ingest", clips)
    assert run("search", "third").stdout.endswith("1 hit\nLooking for third.\n"), (
        "the tugs still say it"
    )
    assert "superseded revision 1" in run("search", "third", "--superseded").stdout


def test_search_superseded_page_by_page(run, clips):
    run("ingest", clips)
    (clips / "ferry.txt").write_text(FERRY.replace("said", "says"), "utf-8")
    run("ingest", clips)
    found = run("search", "in", "--superseded", "--limit", "1")
    assert found.stdout.endswith("2 hits, page 1 of 2 shown\nLooking for in.\n")
    second = run("search", "in", "--superseded", "--limit", "1", "--page", "2").stdout
    assert second.splitlines()[1] != found.stdout.splitlines()[1]
    third = run("search", "in", "--superseded", "--limit", "1", "--page", "3").stdout
    assert third.startswith("2 hits, but no page 3: the last one is 2\n")
    dated = run("search", "in", "before:2000", "--superseded").stdout
    assert dated.endswith("In superseded revisions only the words are looked for.\n")
    for option in (("--in", "quotes"), ("--sort", "newest"), ("--copies",)):
        refused = run("search", "in", "--superseded", *option)
        assert refused.exit_code == 2
        assert "--limit, --page and --json alone" in refused.stderr


def test_search_without_an_archive(run):
    result = run("search", "anything")
    assert result.exit_code == 1
    assert result.stderr == (
        "Error: archive.db: there is no archive here; make one with: onrecord ingest PATH\n"
    )


def test_show_of_nothing(run, clips):
    run("ingest", clips)
    assert "has no article 9\n" in run("show", "9").stderr
    assert "has no article 1 in revision 0" in run("show", "1", "--revision", "0").stderr


def test_check(run, clips, tmp_path):
    run("ingest", clips)
    assert run("check").stdout == "archive.db: whole (2 articles, 4 paragraphs, 2 quotes)\n"
    conn = sqlite3.connect(tmp_path / "archive.db")
    with conn:
        conn.execute("update paragraphs set start = 0 where id = 1")
    conn.close()
    result = run("check")
    assert result.exit_code == 1
    assert "paragraphs 1: is not what the text says" in result.stderr


def test_quotes_as_a_table(run, clips):
    result = run("quotes", clips / "ferry.txt")
    assert "Runa Vik" in result.stdout
    assert "said" in result.stdout


def test_quotes_of_lines(run, tmp_path):
    (tmp_path / "in.jsonl").write_text(json.dumps({"id": "x", "text": FERRY}) + "\n", "utf-8")
    row = json.loads(run("quotes", "--jsonl", "in.jsonl").stdout)
    assert row["id"] == "x"
    assert row["quotes"][0]["text"] == ["Nobody sails in this,"]
    (tmp_path / "bad.jsonl").write_text('{"id": "x"}\n', "utf-8")
    result = run("quotes", "--jsonl", "bad.jsonl")
    assert result.exit_code == 1
    assert 'line 1 is not a JSON object with "id" and "text"' in result.stderr


def test_demo(run, tmp_path):
    result = run("demo", "--no-serve")
    assert result.exit_code == 0
    assert "Most quoted:" in result.stdout
    assert "0 failed" in result.stdout
    assert run("check", "--archive", "demo.db").exit_code == 0


def test_python_m_ingest_is_the_same(clips):
    command = [sys.executable, "-m", "ingest", "ingest", "--dry-run", str(clips / "ferry.txt")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "Ferry stays in port" in done.stdout


def test_diff(run, clips):
    run("ingest", clips)
    (clips / "ferry.txt").write_text(FERRY.replace("third", "fourth"), "utf-8")
    run("ingest", clips)
    cut, added = run("diff", "1").stdout.splitlines()
    assert cut == "- The ferry to Skarholm stayed in port on Monday, for the third day."
    assert added == "+ The ferry to Skarholm stayed in port on Monday, for the fourth day."
    assert "has no article 9" in run("diff", "9").stderr
    assert "article 2 was never revised" in run("diff", "2").stderr
    assert "has 1 revision, none with number 3" in run("diff", "2", "--to", "3").stderr
    assert "has nothing before its revision 1" in run("diff", "1", "--to", "1").stderr


def test_diff_with_another_article(run, clips):
    (clips / "other.txt").write_text(FERRY.replace("third", "fourth"), "utf-8")
    run("ingest", clips / "ferry.txt", clips / "other.txt")
    one, other = run("diff", "1", "--with", "2").stdout.splitlines()
    assert one == "- The ferry to Skarholm stayed in port on Monday, for the third day."
    assert other == "+ The ferry to Skarholm stayed in port on Monday, for the fourth day."
    assert "has no article 9" in run("diff", "1", "--with", "9").stderr
    assert "without --from and --to" in run("diff", "1", "--with", "2", "--to", "1").stderr


def test_reread(run, clips):
    run("ingest", clips)
    assert run("reread").stdout == "0 changed, 2 the same, 0 kept as is\n"


def test_names_that_are_no_utf8(run, clips, tmp_path):
    os.rename(os.fsencode(clips / "ferry.txt"), os.fsencode(clips) + b"/f\xff.txt")
    with open(os.fsencode(clips) + b"/g\xfe.txt", "wb"):
        pass
    result = run("ingest", clips, "--publisher", "Post \udcff")
    assert result.exit_code == 1
    assert result.stdout.endswith("2 added, 0 unchanged, 0 revised, 1 failed\n")
    assert "g\\udcfe.txt: the file is empty" in result.stderr
    assert "0 added, 2 unchanged, 0 revised, 1 failed" in run("ingest", clips).stdout
    assert len(run("ingest", clips, "--json").stdout.splitlines()) == 2


def test_half_a_character_in_lines(run, tmp_path):
    (tmp_path / "in.jsonl").write_text('{"id": "x", "text": "\\ud800 “Yes,” said Bo Lunn."}\n')
    assert json.loads(run("quotes", "--jsonl", "in.jsonl").stdout)["quotes"][0]["text"] == ["Yes,"]


def test_raw_bytes_are_kept_unless_told_not_to(run, tmp_path):
    page = "<html><body><article><h1>Quay mended</h1><p>The quay was mended on Monday, after"
    page += " a year of rain, by the men who built it.</p></article></body></html>"
    (tmp_path / "quay.html").write_text(page, "utf-8")
    for option, kept in (("--raw", 1), ("--no-raw", 0)):
        assert run("ingest", "quay.html", option, "--archive", f"{kept}.db").exit_code == 0
        with Archive.open(tmp_path / f"{kept}.db") as archive:
            assert archive.db["raw_captures"].count == kept


def test_bulk_is_found_like_all_else(run, tmp_path):
    for number in range(3):
        (tmp_path / f"{number}.txt").write_text(f"Quay {number} mended\n\nIt was mended at last.\n")
    done = run("ingest", "--bulk", "0.txt", "1.txt", "2.txt")
    assert done.stdout.endswith("3 added, 0 unchanged, 0 revised, 0 failed\n")
    assert "3 hits" in run("search", "mended").stdout
    assert run("check").exit_code == 0


@pytest.mark.parametrize("before", [(), ("--archive", "other.db")])
def test_a_path_with_no_command_before_it_is_taken_in(run, clips, monkeypatch, before):
    # As in a process of its own, where no command was imported yet.
    monkeypatch.setattr(cli, "commands", {})
    assert "2 added" in run(*before, clips).stdout
    assert "1 unchanged" in run(*before, clips / "ferry.txt").stdout


def test_a_slip_makes_no_archive(run, tmp_path):
    slip = run("serch", "ferry")
    assert slip.exit_code == 2
    assert "serch is no command, and no file or folder; did you mean search?" in slip.stderr
    assert "no file or folder\n" in run("clips/nowhere.txt").stderr
    assert not list(tmp_path.glob("*.db"))


def test_quotes_of_a_folder(run, clips):
    assert f"{clips}: is a folder; give one file" in run("quotes", clips).stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("ingest", "clips", "--shard-size", "5"), "--shard-size goes with --shards size"),
        (("ingest", "clips", "--shards", "year", "--shard-size", "5"), "with --shards size"),
        (("serve", "--token", "abc"), "--token goes with --edit"),
    ],
)
def test_an_option_that_would_do_nothing_is_refused(run, clips, words, said):
    refused = run(*words)
    assert refused.exit_code == 2
    assert said in refused.stderr
