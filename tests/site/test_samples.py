"""The sample articles of the demo: what the README's tour and screenshot promise is there."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

SAMPLES = sorted((Path(__file__).parents[2] / "ingest" / "samples").glob("*.txt"))
COURIER, LEDGER = "The Saltmere Courier", "The Northern Ledger"
ISLANDER, WEEKLY = "The Orrin Islander", "Harbour & Tide Weekly"


def ask(path: Path, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as conn:
        return conn.execute(sql).fetchall()


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_a_sample_is_a_short_read(path):
    assert 200 <= len(path.read_text(encoding="utf-8").split()) <= 450


def test_every_sample_is_recognised(demo_archive):
    assert len(SAMPLES) == 12
    sql = "SELECT substr(published, 1, 10), publisher, title FROM articles ORDER BY published"
    assert ask(demo_archive, sql) == [
        ("2021-03-11", COURIER, "Night boat to Orrin may not see the summer, harbour board warns"),
        ("2021-03-13", ISLANDER, "Islanders count the cost of a lost night boat"),
        ("2021-09-28", LEDGER, "Company plans forty turbines under Saltmere Sound"),
        ("2022-02-17", LEDGER, "Storm takes forty metres of Saltmere breakwater"),
        (
            "2022-11-03",
            WEEKLY,
            "‘The sea does not read the minutes’: thirty-one years in the signal tower",
        ),
        ("2023-04-19", COURIER, "Seals have their day as turbine inquiry opens"),
        ("2023-06-30", LEDGER, "Solberg-Hale backs Saltmere turbines but cuts their number to 28"),
        ("2024-01-27", ISLANDER, "Cable comes ashore, lights go out"),
        ("2024-08-09", COURIER, "The library that goes out with the tide"),
        ("2025-02-14", LEDGER, "Former minister’s tidal job ‘within the rules’, watchdog says"),
        ("2025-06-05", WEEKLY, "First power from Saltmere Sound, and a night boat that runs on it"),
    ]
    assert ask(demo_archive, "SELECT * FROM failures") == []


def test_the_agency_story_that_two_papers_ran_is_one_article(demo_archive):
    sql = "SELECT article_id, count(*) FROM captures GROUP BY 1 HAVING count(*) > 1"
    ((article, captures),) = ask(demo_archive, sql)
    assert captures == 2
    assert ask(demo_archive, f"SELECT agency FROM articles WHERE id = {article}") == [
        ("Coastwire",)
    ]


def test_the_same_people_speak_over_the_years(demo_archive):
    sql = "SELECT name FROM speakers WHERE articles >= 3 ORDER BY articles DESC, name"
    regulars = {name for (name,) in ask(demo_archive, sql)}
    assert regulars >= {
        "Tom Arkwright",
        "Yasmin Osei",
        "Peggy Lowther",
        "Marit Solberg-Hale",
        "Deniz Aydin",
    }
