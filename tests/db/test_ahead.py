"""What is worked out ahead changes nothing that searches find, whatever is written since."""

from contextlib import suppress
from dataclasses import replace
from random import Random

import numpy as np
import pytest

from db import ahead as working_out
from db.ahead import work_out
from db.archive import Archive
from db.check import check
from db.search import Filters, search
from db.search import ahead as read_ahead
from db.search import lists as lists_module
from db.search import memory as memory_module
from db.search import tabs as tabs_module
from db.search.ahead import packed, state_of, unpacked
from db.search.columns import columns_from
from db.search.facts import articles_of_all, facts_of, said_in
from ingest import Moment
from tests.db.corpus import corpus
from tests.making import article

WAYS = [
    {}, {"size": 3}, {"size": 3, "page": 2}, {"size": 7, "page": 3}, {"sort": "newest"},
    {"sort": "newest", "size": 4, "page": 2}, {"sort": "oldest"}, {"fold_copies": False},
    {"filters": Filters(year="2022")}, {"tab": "paragraphs"},
]  # fmt: skip
WORDS = ["ferry", "the", "storm", "Harbour", "walrus", "naive", "nothing", "ferry storm", "rob*"]


@pytest.fixture(autouse=True)
def _little_is_much(monkeypatch):
    monkeypatch.setattr(working_out, "LEAST_ARTICLES", 1)
    monkeypatch.setattr(working_out, "LEAST_PARAGRAPHS", 2)
    monkeypatch.setattr(working_out, "FEW_PARAGRAPHS", 9)
    monkeypatch.setattr(working_out, "MANY_PARAGRAPHS", 20)
    monkeypatch.setattr(working_out, "MOST_BYTES", 999)
    monkeypatch.setattr(working_out, "LISTED", 8)
    monkeypatch.setattr(working_out, "LISTED_OF_RARE", 5)
    monkeypatch.setattr(lists_module, "LISTED", 8)
    monkeypatch.setattr("db.search.columns.MANY", 1)


@pytest.fixture
def archive(tmp_path):
    with Archive.open(tmp_path / "a.db") as opened:
        with opened.together():
            for number, one in enumerate(corpus(3, 60)):
                opened.add(f"/{number}.txt", [one])
        work_out(opened.db.conn)
        yield opened


def found(conn):
    """What is found for every word in every way, nothing of it remembered."""
    memory_module._memories.clear()
    return [search(conn, word, **way) for word in WORDS for way in WAYS]


def same(conn, monkeypatch):
    """Whether what was worked out ahead leaves results as they are without it; twice each."""
    with_it = found(conn)
    with monkeypatch.context() as patch:
        patch.setattr(memory_module, "state_of", lambda _: None)
        without = found(conn)
    assert with_it == without
    assert [search(conn, word, **way) for word in WORDS for way in WAYS] == without


def counted(monkeypatch, module, name):
    """Note each call of a function, and whether it gave something."""
    calls, own = [], getattr(module, name)

    def noted(*args):
        given = own(*args)
        calls.append(given is not None)
        return given

    monkeypatch.setattr(module, name, noted)
    return calls


def test_the_first_search_finds_the_same(archive, monkeypatch):
    conn = archive.db.conn
    lists = counted(monkeypatch, lists_module, "_read")
    facts = counted(monkeypatch, memory_module, "facts_ahead")
    articles = counted(monkeypatch, memory_module, "articles_ahead")
    said = counted(monkeypatch, memory_module, "said_ahead")
    facets = counted(monkeypatch, tabs_module, "counted_ahead")
    same(conn, monkeypatch)
    assert lists.count(True) > 10
    assert facets.count(True) > 3
    assert facts.count(True) == articles.count(True) == said.count(True) == 1
    assert conn.execute("SELECT count(*) FROM ahead_lists").fetchone()[0] > 40


def sql(*statements):
    def write(archive):
        for statement in statements:
            archive.db.execute(statement)

    return write


def add(archive):
    archive.add("/new.txt", [article("The ferry in the storm", "The storm took the ferry.")])


def revise(archive):
    old = corpus(3, 60)[59]
    archive.add("/59.txt", [replace(old, title=f"{old.title} ferry")])


def copy(archive):
    one = corpus(3, 60)[7]
    archive.add("/elsewhere.txt", [replace(one, title="Walrus", publisher="Elsewhere")])


WRITES = {
    "nothing": sql(),
    "an article": add,
    "a revision": revise,
    "a copy": copy,
    "a date": sql("UPDATE articles SET published = '2030', published_precision = 'year'"
                  " WHERE id = 5"),
    "no date": sql("UPDATE articles SET published = NULL, published_precision = NULL"
                   " WHERE id < 9"),
    "a publisher": sql("UPDATE articles SET publisher = 'Ferry News' WHERE id IN (3, 9)"),
    "a title": sql("UPDATE articles SET title = 'Ferry, ferry' WHERE id = 11"),
    "a paragraph": sql("UPDATE paragraphs SET text = 'the ferry' WHERE id = 20"),
    "a paragraph less": sql("DELETE FROM paragraphs WHERE id = 20"),
    "a paragraph elsewhere": sql("UPDATE paragraphs SET article_id = 40, position = 90"
                                 " WHERE id = 20"),
    "an article less": sql("DELETE FROM articles WHERE id = 30"),
    "the last one other": sql(
        "DELETE FROM articles WHERE id = (SELECT max(id) FROM articles)",
        "INSERT INTO articles (title, published, published_precision, text_id, start, end)"
        " VALUES ('storm ferry', '2021-05', 'month', 1, 0, 1)",
        "INSERT INTO paragraphs (article_id, position, kind, text, start, end)"
        " VALUES (2, 91, 'text', 'the ferry', 0, 1)",
    ),
    "copies": sql("INSERT INTO copies (article_id, other_id, kind, shared)"
                  " SELECT id, 1, 'near', 1 FROM articles WHERE id BETWEEN 2 AND 30",
                  "UPDATE articles SET story = 1 WHERE id <= 30"),
    "a pair of copies less": sql("DELETE FROM copies WHERE kind = 'near' AND id % 2"),
    "other copies": sql("UPDATE copies SET kind = 'partial'"),
    "no copies": sql("DELETE FROM copies", "UPDATE articles SET story = NULL"),
    "another number": sql("UPDATE articles SET id = 700 WHERE id NOT IN"
                          " (SELECT article_id FROM paragraphs) OR id = 0"),
    "a speaker": sql("UPDATE quotes SET person_id = 1 WHERE article_id IN (4, 8)"),
    "a name": sql("UPDATE people SET name = 'Zoe ' || name WHERE id < 9"),
    "a kind": sql("UPDATE quotes SET kind = 'other' WHERE article_id = 6"),
    "a quotation less": sql("DELETE FROM quotes WHERE article_id = 12"),
    "a person less": sql("DELETE FROM people WHERE id = 2"),
    "a quotation": sql(
        "INSERT INTO quotes (article_id, paragraph_id, position, kind, text, person_id, confidence,"
        " reason, start, end) VALUES (7, 1, 88, 'direct', 'the ferry', 1, 1, 'made', 0, 1)"
    ),
    "all dates": sql("UPDATE articles SET published = '1999', published_precision = 'year'"),
}  # fmt: skip


@pytest.mark.parametrize("name", WRITES)
def test_what_is_written_since_counts(archive, monkeypatch, name):
    conn = archive.db.conn
    WRITES[name](archive)
    same(conn, monkeypatch)
    if name != "nothing":
        quoted = conn.execute("SELECT count(*) FROM ahead_quoted").fetchone()[0]
        assert quoted or not state_of(conn).lists or name in ("a name", "another number")


def test_many_writes_one_after_the_other(archive, monkeypatch):
    chance = Random(5)
    monkeypatch.setattr(read_ahead, "_MOST_CHANGED", 9)
    for number, one in enumerate(corpus(4, 12)):
        archive.add(f"/{number + 100}.txt", [one])
        name = chance.choice([*WRITES])
        with suppress(Exception):  # what another took away cannot be changed
            WRITES[name](archive)
        assert_columns(archive.db.conn)
    same(archive.db.conn, monkeypatch)


def pairs(said):
    return sorted(zip(*(part.tolist() for part in said), strict=True))


def assert_columns(conn):
    """Dates, publishers and copies of all articles are those that the tables tell."""
    state = state_of(conn)
    told, own = read_ahead.facts_ahead(conn, state), facts_of(conn)
    if told is not None:
        told, own = columns_from(told), columns_from(own)
        for name in ("articles", "newest", "oldest", "moment"):
            assert getattr(told, name).tolist() == getattr(own, name).tolist(), name
        assert told.published == own.published
        for one in (told, own):
            one.cut(4)
        names = [[one.publishers[at] for at in one.publisher] for one in (told, own)]
        assert names[0] == names[1]
        assert not told.copies.any() if not len(own.copies) else (told.copies == own.copies).all()
    said = read_ahead.said_ahead(conn, state)
    assert said is None or pairs(said) == pairs(said_in(conn))
    known, every = read_ahead.articles_ahead(conn, state), articles_of_all(conn)
    rows = np.flatnonzero(every)
    assert known is None or (known[rows] == every[rows]).all()


def test_what_is_taken_back_was_never_written(archive, monkeypatch):
    conn = archive.db.conn
    conn.execute("BEGIN")
    add_to = "INSERT INTO articles (title, text_id, start, end) VALUES ('ferry', 1, 0, 1)"
    conn.execute(add_to)
    same(conn, monkeypatch)
    conn.execute("ROLLBACK")
    assert state_of(conn).lists
    same(conn, monkeypatch)


def test_it_is_done_again_where_much_is_new(archive, monkeypatch):
    conn = archive.db.conn
    add(archive)
    work_out(conn)
    assert not state_of(conn).lists
    for number in range(9):
        archive.add(f"/more{number}.txt", [article(f"Ferry {number}", f"Storm {number}.")])
    work_out(conn)
    assert state_of(conn).lists
    assert conn.execute("SELECT count(*) FROM ahead_changed").fetchone() == (0,)
    same(conn, monkeypatch)


def test_where_another_writes_meanwhile_nothing_is_stored(archive, tmp_path, monkeypatch):
    conn = archive.db.conn
    conn.execute("DELETE FROM ahead")
    facts = facts_of

    def slow(conn):
        found = facts(conn)
        with Archive.open(tmp_path / "a.db") as other:
            add(other)
        return found

    monkeypatch.setattr(working_out, "facts_of", slow)
    work_out(conn)
    assert not conn.in_transaction
    assert state_of(conn) is None
    same(conn, monkeypatch)


def as_it_was(conn):
    """Make the archive one that nothing can be worked out for."""
    triggers = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%ahead%'"
    for (trigger,) in conn.execute(triggers).fetchall():
        conn.execute(f"DROP TRIGGER {trigger}")
    for table in ("ahead", "ahead_changed", "ahead_quoted", "ahead_columns", "ahead_lists"):
        conn.execute(f"DROP TABLE {table}")


def test_an_older_archive_that_is_only_read_has_nothing(archive):
    conn = archive.db.conn
    before = found(conn)
    as_it_was(conn)
    assert state_of(conn) is None
    assert found(conn) == before


def test_an_older_archive_is_brought_up_to_it(archive, monkeypatch):
    as_it_was(archive.db.conn)
    archive.db.execute("DELETE FROM _sqlite_migrations WHERE name = 'worked_out_ahead'")
    archive.db.execute("PRAGMA user_version = 5")
    with Archive.open(archive.path) as opened:
        conn = opened.db.conn
        assert state_of(conn) is None
        same(conn, monkeypatch)
        work_out(conn)
        assert state_of(conn).lists
        same(conn, monkeypatch)
        add(opened)
        assert not state_of(conn).lists
        same(conn, monkeypatch)


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        ("UPDATE ahead_lists SET total = total + 1 WHERE word = 'ferry'", "ahead_lists: ferry is"),
        ("UPDATE ahead_lists SET best = newest WHERE word = 'the'", "ahead_lists: the is not"),
        (
            "UPDATE ahead_columns SET value = (SELECT value FROM ahead_columns"
            " WHERE name = 'articles') WHERE name = 'moment'",
            "ahead_columns: dates, publishers",
        ),
    ],
)
def test_check_tells_what_does_not_hold(archive, damage, told):
    assert check(archive) == []
    archive.db.execute(damage)
    (line,) = check(archive)
    assert line.startswith(told)


def test_of_very_many_lists_some_are_checked(archive, monkeypatch):
    monkeypatch.setattr(working_out, "MOST_CHECKED", 10)
    archive.db.execute("UPDATE ahead_lists SET total = total + 1")
    (number,) = archive.db.execute("SELECT count(*) FROM ahead_lists").fetchone()
    assert 5 <= len(check(archive)) <= 10 < number


def test_check_tells_what_is_of_other_articles(archive):
    conn = archive.db.conn
    ones = packed(np.ones(state_of(conn).paragraphs + 1, np.int64))
    conn.execute("UPDATE ahead_columns SET value = ? WHERE name = 'paragraphs'", [ones])
    (line,) = check(archive)
    assert line == "ahead_columns: paragraphs are not of the articles that it says"


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE ahead_columns SET value = x'6c00'",
        "UPDATE ahead_columns SET value = x''",
        "UPDATE ahead_columns SET value = 'words'",
        "DELETE FROM ahead_columns WHERE name IN ('publisher', 'paragraphs', 'quoted')",
        "UPDATE ahead_lists SET best = substr(best, 1, 20), newest = x'14'",
        "UPDATE ahead_lists SET best = 'words', newest = 5, counted = x'00'",
        "UPDATE ahead_lists SET counted = 'words'",
    ],
)
def test_what_cannot_be_read_is_worked_out_anew(archive, monkeypatch, damage):
    archive.db.execute(damage)
    same(archive.db.conn, monkeypatch)


@pytest.mark.parametrize("name", WRITES)
def test_after_a_write_it_checks_what_still_holds(archive, name):
    WRITES[name](archive)
    assert not [line for line in check(archive) if line.startswith("ahead")]


@pytest.mark.parametrize("numbers", [[], [0], [-128, 127], [1, 300], [70_000], [1 << 40, -3]])
def test_numbers_come_back(numbers):
    assert unpacked(packed(np.array(numbers, np.int64))).tolist() == numbers


def test_dates_without_a_day(archive, monkeypatch):
    made = replace(article("The ferry of no day", "A storm."), published=Moment("2020", "year"))
    archive.add("/year.txt", [made])
    assert_columns(archive.db.conn)
    same(archive.db.conn, monkeypatch)
