"""What changed between two revisions."""

from db.archive import Archive
from db.revisions import ParagraphChange, diff, paragraphs_of
from tests.making import article

OLD = ["Tugs strike", "The tugs lay still on Monday.", "Nobody was hurt.", "Talks go on."]
NEW = ["Tugs strike", "The tugs lay still on Tuesday.", "Talks go on.", "A deal is near."]


def test_paragraphs_kept_cut_added_and_changed():
    assert [(change.kind, change.after or change.before) for change in diff(OLD, NEW)] == [
        ("same", "Tugs strike"),
        ("changed", "The tugs lay still on Tuesday."),
        ("cut", "Nobody was hurt."),
        ("same", "Talks go on."),
        ("added", "A deal is near."),
    ]


def test_the_words_of_a_changed_paragraph():
    change = ParagraphChange("changed", OLD[1], NEW[1])
    assert change.words() == [
        ("same", "The tugs lay still on"),
        ("cut", "Monday."),
        ("added", "Tuesday."),
    ]


def test_nothing_changed():
    assert {change.kind for change in diff(OLD, OLD)} == {"same"}


def test_revisions_of_an_archive(tmp_path):
    with Archive.open(tmp_path / "news.db") as archive:
        archive.add("/a.txt", [article(*OLD)])
        archive.add("/a.txt", [article(*NEW)])
        conn = archive.db.conn
        assert paragraphs_of(conn, 1, 1) == OLD
        assert paragraphs_of(conn, 1, 2) == NEW
        assert paragraphs_of(conn, 1, 3) is None
