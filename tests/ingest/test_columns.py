"""Data sets whose columns a person names: --map FIELD=COLUMN."""

from __future__ import annotations

import json
import sqlite3

import pytest
from click.testing import CliRunner

from ingest.article import Capture
from ingest.cli import cli
from ingest.read import place_of
from ingest.read.place import Place, read_safely
from ingest.recognise import recognise

BODY = "The ferry stayed in port on Monday. “Nobody sails in this,” said Runa Vik."
# No column has a name that is understood without a map, but for "title", which holds no title.
ROW = {"title": "17", "kop": "Ferry stays in port", "inhoud": BODY, "door": "Hedda Brix"}
MAP = (("title", "kop"), ("text", "inhoud"), ("author", "door"))
NESTED = {
    "doc": {"head": "Ferry stays in port", "by": [{"name": "Hedda Brix"}, {"name": "Ole Lind"}]},
    "story.words": [BODY, "They sail on Friday."],
}
NESTED_MAP = (("title", "doc.head"), ("author", "doc.by.name"), ("text", "story.words"))


def csv_of(*rows: dict[str, str], delimiter: str = ",") -> str:
    lines = [list(rows[0]), *(list(row.values()) for row in rows)]
    return "".join(delimiter.join(f'"{cell}"' for cell in line) + "\n" for line in lines)


def found(data: str, name: str, columns=MAP):
    return list(read_safely(Place(name, data=data.encode(), columns=columns)))


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("set.csv", csv_of(ROW)),
        ("semicolons.csv", csv_of(ROW, delimiter=";")),
        ("set.tsv", csv_of(ROW, delimiter="\t")),
        ("lines.jsonl", json.dumps(ROW) + "\n"),
        ("list.json", json.dumps([ROW], indent=1)),
        ("-", csv_of(ROW)),
        ("-", json.dumps(ROW)),
        ("without-an-ending", json.dumps([ROW])),
    ],
)
def test_columns_by_the_names_that_a_person_gave(name, data):
    (capture,) = found(data, name)
    assert isinstance(capture, Capture), capture
    (article,) = recognise(capture)
    assert article.title == "Ferry stays in port"
    assert article.authors == ("Hedda Brix",)
    assert [p.text for p in article.paragraphs] == [BODY]


def test_names_with_dots_lead_into_objects_and_over_lists():
    (capture,) = found(json.dumps(NESTED), "set.jsonl", NESTED_MAP)
    (article,) = recognise(capture)
    assert article.title == "Ferry stays in port"
    assert article.authors == ("Hedda Brix", "Ole Lind")
    assert [p.text for p in article.paragraphs] == [BODY, "They sail on Friday."]


def test_what_is_not_named_is_found_as_without_a_map():
    row = ROW | {"date": "2024-05-06"}
    (capture,) = found(csv_of(row), "set.csv")
    assert recognise(capture)[0].published.value == "2024-05-06"


def test_of_two_bodies_the_one_that_was_named():
    (capture,) = found(json.dumps(ROW | {"html": "<p>Short.</p>"}), "set.json")
    assert BODY in capture.text


@pytest.mark.parametrize(
    ("name", "data"), [("set.csv", csv_of(ROW)), ("set.json", json.dumps([ROW, ROW, 7]))]
)
def test_a_column_that_no_record_has_is_one_line(name, data):
    (error,) = found(data, name, (("text", "inhoudt"),))
    assert str(error) == (
        f'{name}: no record has the column "inhoudt" of --map; it has title, kop, inhoud, door'
    )


def test_a_table_of_one_column(tmp_path):
    (capture,) = found(f'inhoud\n"{BODY}"\n', "set.csv", (("text", "inhoud"),))
    assert capture.text == BODY
    (error,) = found(f'inhoud\n"{BODY}"\n', "set.csv", (("text", "inhoudt"),))
    assert 'no record has the column "inhoudt" of --map; it has inhoud' in str(error)


def test_a_column_that_some_record_has_will_do():
    lines = [ROW | {"door": "Ole Lind"}, {**ROW, "bijschrift": "On the quay"}]
    columns = (*MAP, ("section", "bijschrift"))
    results = found("\n".join(map(json.dumps, lines)), "set.jsonl", columns)
    assert [recognise(one)[0].section for one in results] == [None, "On the quay"]


def test_two_columns_of_one_name_are_told_apart():
    data = f'kop,inhoud,inhoud\nFerry,Short.,"{BODY}"\n'
    (capture,) = found(data, "set.csv", (("text", "inhoud (2)"), ("title", "kop")))
    assert capture.text == f"Ferry\n\n{BODY}"


def test_pages_and_texts_beside_a_data_set_are_read_as_ever(tmp_path):
    path = tmp_path / "clip.txt"
    path.write_text("Rain, again\n\nBy Odo Brandt\n\nIt rained on Monday. All day.\n")
    (capture,) = read_safely(place_of(path, columns=MAP))
    assert capture.format == "text"


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ONRECORD_ARCHIVE", raising=False)
    return lambda *words, **more: CliRunner().invoke(cli, [*words], **more)


def titles() -> list[tuple[str | None, int]]:
    conn = sqlite3.connect("archive.db")
    rows = conn.execute("SELECT title, revision FROM articles ORDER BY id").fetchall()
    conn.close()
    return rows


TOLD = ("--map", "title=kop", "--map", "text=inhoud", "--map", "author = door")


def test_one_command_takes_a_data_set_in(run, tmp_path):
    (tmp_path / "set.csv").write_text(csv_of(ROW, ROW | {"kop": "Tugs", "inhoud": "No tugs. " * 9}))
    assert "2 added" in run("ingest", *TOLD, "set.csv").stdout
    assert titles() == [("Ferry stays in port", 1), ("Tugs", 1)]
    assert "2 unchanged" in run("ingest", *TOLD, "set.csv").stdout
    assert "2 the same" in run("reread").stdout
    assert titles() == [("Ferry stays in port", 1), ("Tugs", 1)]


def test_a_dry_run_shows_what_a_map_makes_of_a_data_set(run, tmp_path):
    (tmp_path / "set.csv").write_text(csv_of(ROW))
    assert "Ferry stays in port" in run("ingest", "--dry-run", *TOLD, "set.csv").stdout
    assert not (tmp_path / "archive.db").exists()


def test_a_map_given_later_corrects_what_was_stored(run, tmp_path):
    row = {"title": "17", "kop": "Ferry stays in port", "text": BODY}
    (tmp_path / "set.jsonl").write_text(json.dumps(row))
    run("ingest", "set.jsonl")
    assert titles() == [("17", 1)]
    assert "1 revised" in run("ingest", "--map", "title=kop", "set.jsonl").stdout
    assert titles() == [("Ferry stays in port", 2)]


def test_a_map_reaches_data_sets_in_archives_and_other_processes(run, tmp_path):
    from tests.containers import zipped

    (tmp_path / "set.zip").write_bytes(zipped({"in/set.csv": csv_of(ROW)}))
    assert "1 added" in run("ingest", "--jobs", "2", *TOLD, "set.zip").stdout
    assert titles() == [("Ferry stays in port", 1)]


@pytest.mark.parametrize(
    ("pair", "said"),
    [
        ("titel=kop", 'there is no field "titel"; the fields are title, text, html'),
        ("title", '"title" is no FIELD=COLUMN'),
        ("title=", '"title=" is no FIELD=COLUMN'),
    ],
)
def test_a_map_that_cannot_be_meant_says_why(run, pair, said):
    result = run("ingest", "--map", pair, "set.csv")
    assert result.exit_code == 2
    assert said in " ".join(result.stderr.split())


def test_one_field_named_twice(run):
    result = run("ingest", "--map", "title=a", "--map", "title=b", "set.csv")
    assert 'the column for "title" is given twice' in " ".join(result.stderr.split())
