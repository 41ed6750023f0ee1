"""Searching an archive: which hits, in which order, with which words marked."""

import pytest

from db.archive import Archive
from db.search import END, START, count, most_quoted, search
from tests.making import article, saying


@pytest.fixture(scope="module")
def conn(tmp_path_factory):
    with Archive.open(tmp_path_factory.mktemp("search") / "news.db") as archive:
        tower = article(
            "Lighthouse to shut",
            "The county will shut the tower in May. Grain was not discussed.",
        )
        grain = article(
            "Grain grows dear",
            "Farmers met by the lighthouse on Sunday. Nobody spoke of the county.",
            "“The lighthouse can wait,” said Zoë Zelenská, who farms Riga’s last field.",
        )
        archive.add("/tower.txt", [tower])
        said = ("The lighthouse can wait,", "Zoë Zelenská", "Zoë Zelenská")
        archive.add("/grain.txt", [saying(grain, said)])
        yield archive.db.conn


def where(hits):
    return [(hit.kind, hit.article_id, hit.position) for hit in hits]


def test_a_title_comes_first(conn):
    assert where(search(conn, "lighthouse"))[0] == ("article", 1, None)


def test_a_quote_stands_for_its_paragraph(conn):
    assert ("paragraph", 2, 2) not in where(search(conn, "wait"))
    assert where(search(conn, "wait")) == [("quote", 2, 1)]


def test_a_quote_is_found_by_its_speaker(conn):
    (hit,) = search(conn, "zelenska", scope="quotes")
    assert hit.speaker == "Zoë Zelenská"


def test_the_scope_can_be_narrowed(conn):
    assert {hit.kind for hit in search(conn, "lighthouse", scope="paragraphs")} == {"paragraph"}
    assert len(search(conn, "lighthouse", scope="paragraphs")) == 2


def test_matched_words_are_marked(conn):
    (hit,) = search(conn, "discussed")
    assert f"Grain was not {START}discussed{END}." in hit.snippet


@pytest.mark.parametrize("typed", ["riga", "riga's", "riga’s", "RIGA"])
def test_marks_fold(conn, typed):
    assert where(search(conn, typed)) == [("paragraph", 2, 2)]


@pytest.mark.parametrize(
    "typed", ["", '"', "*", "AND", "(x", "didn't", "a OR", "x:y", "^a", "{a}", "🙂", "a" * 10_000]
)
def test_no_typing_is_an_error(conn, typed):
    search(conn, typed)
    count(conn, typed)


def test_limit_offset_and_count(conn):
    everything = search(conn, "the", limit=50)
    assert count(conn, "the") == len(everything) > 2
    assert search(conn, "the", limit=1, offset=1) == everything[1:2]


def test_most_quoted(conn):
    assert most_quoted(conn) == [("Zoë Zelenská", 1)]
