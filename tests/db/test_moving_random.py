"""Two archives of any history become one: whole, with everything of both, and once is enough."""

from __future__ import annotations

import random
import tempfile
from dataclasses import replace
from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st

from db import correct
from db.archive import Archive
from db.check import check
from db.errors import CannotCorrect
from db.moving.merging import merge, shards_of
from db.moving.sharding import into_folder
from tests.contents import contents
from tests.making import article, saying
from tests.stocked import STORY, day

WORDS = ["It rained.", "It snowed.", "It hailed.", *STORY]
PLACES = ["/a.txt", "/b.txt", "-", "https://a.example/1", "https://b.example/2"]
SEEDS = st.integers(0, 2**32)
NAMES = ["Runa Vik", "Odo Brandt", "Putin", "RUNA VIK"]


def _article(title, words, name, url, year, publisher, feed, stub):
    made = article(title, *words)
    if name:
        made = article(title, *words, f"“I say so,” said {name}.")
        made = saying(made, ("I say so,", name, name))
    capture = replace(
        made.capture, format="feed" if feed else "html", raw=b"raw" + words[0].encode()
    )
    return replace(
        made, capture=capture, url=url, published=year and day(f"{year}-01-01"),
        publisher=publisher, paywalled=stub,
    )  # fmt: skip


def histories(seed):
    """What happened to two archives, in steps: mostly articles, of few that there are."""
    chance = random.Random(seed)
    pick = chance.choice

    def one():
        words = chance.sample(WORDS, chance.randint(1, 3))
        return _article(
            pick(["Ferry", "Fog"]), words if chance.random() < 0.5 else WORDS[-3:],
            pick([None, *NAMES]), pick([None, None, None, *PLACES[3:]]),
            pick([None, "2020", "2021"]), pick([None, "Post"]), pick([False, False, True]),
            pick([False, True]),
        )  # fmt: skip

    pool = [one() for _ in range(4)]
    acts = {
        "add": lambda: (pick(PLACES), chance.sample(pool, pick([1, 1, 1, 2]))),
        "title": lambda: (chance.randint(1, 4), pick(["Bread", "Milk"])),
        "merge": lambda: (pick(NAMES), pick(NAMES)),
        "speaker": lambda: (chance.randint(1, 4), pick(NAMES)),
        "undo": lambda: (chance.randint(1, 3),),
    }

    def steps():
        kinds = chance.choices(list(acts), [8, 1, 1, 1, 1], k=chance.randint(3, 9))
        return [(kind, *acts[kind]()) for kind in kinds]

    return steps(), steps()


def play(archive, history, start):
    """Do the steps; revisions and corrections are dated a minute apart, from `start`."""
    for minute, (what, *args) in enumerate(history):
        try:
            match what:
                case "add":
                    archive.add(*args)
                case "title":
                    archive.correct(correct.title, *args)
                case "merge":
                    archive.correct(correct.merge, *args, new=True)
                case "speaker":
                    archive.correct(correct.speaker, args[0], 1, args[1])
                case "undo":
                    archive.correct(correct.undo, *args)
        except CannotCorrect:
            continue
        when = f"20{start:02}-01-01T00:{minute:02}:00Z"
        archive.db.execute("UPDATE revisions SET recorded = ? WHERE recorded > '2026'", [when])
        archive.db.execute("UPDATE corrections SET made = ? WHERE made > '2026'", [when])


def parts(conn):
    """What must never be lost: texts, words of revisions, captures, corrections."""
    rows = contents(conn)
    captures = {(row[0], row[4]) for row in rows["captures"]}
    revisions = conn.execute(
        "SELECT fingerprint, sha256 FROM revisions JOIN texts ON texts.id = text_id"
    )
    corrections = {row[:-1] for row in rows["corrections"]}
    return {
        "texts": set(rows["texts"]), "raw": set(rows["raw_captures"]), "captures": captures,
        "words": {row[0] for row in revisions}, "spellings": set(rows["spellings"]),
        "corrections": {row[0:1] + row[5:8] + row[9:11] for row in corrections},
    }  # fmt: skip


@settings(max_examples=30, deadline=None)
@given(SEEDS, st.booleans())
@example(890074973, True)  # a feed's word that became a capture of a page's
@example(1051748857, True)  # a page that went back to the same words twice
def test_two_become_one(seed, earlier):
    one, two = histories(seed)
    with tempfile.TemporaryDirectory() as folder:
        path, other = Path(folder, "ours.db"), Path(folder, "theirs.db")
        with Archive.open(path) as archive:
            play(archive, one, 20)
            before = parts(archive.db.conn)
        with Archive.open(other) as archive:
            play(archive, two, 19 if earlier else 21)
            theirs = parts(archive.db.conn)
            number = archive.db["articles"].count
        with Archive.open(path) as archive:
            ours = archive.db["articles"].count
            (report,) = merge([other], archive)
            assert report.proof.problems == ()
            assert check(archive) == []
            after = parts(archive.db.conn)
            for what in before:
                assert before[what] <= after[what], what
                assert theirs[what] <= after[what], what
            assert max(ours, number) <= archive.db["articles"].count <= ours + number
            found = contents(archive.db.conn)
            (report,) = merge([other], archive)
            assert contents(archive.db.conn) == found


@settings(max_examples=30, deadline=None)
@given(SEEDS, st.sampled_from([("year", None), ("size", 1), ("size", 2)]))
@example(2508546211, ("year", None))  # corrections that come in another order
@example(1417982939, ("size", 2))  # a story whose link is gone
def test_apart_and_together(seed, kind):
    history, (by, most) = histories(seed)[0], kind
    with tempfile.TemporaryDirectory() as folder:
        path, one = Path(folder, "archive.db"), Path(folder, "one.db")
        with Archive.open(path) as archive:
            play(archive, history, 20)
            wanted = contents(archive.db.conn)
        report = into_folder(path, Path(folder, "shards"), by, most=most)
        assert report.proof.problems == ()
        paths, _ = shards_of(Path(folder, "shards"))
        for shard in paths:
            with Archive.open(shard) as archive:
                assert check(archive) == []
        with Archive.open(one) as archive:
            for report in merge(paths, archive, apart=False):
                assert report.proof.problems == ()
            assert check(archive) == []
            assert contents(archive.db.conn) == wanted
