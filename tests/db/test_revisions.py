"""What changed between two revisions."""

from time import process_time

from db.archive import Archive
from db.beside import Version, beside
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


def test_very_long_texts_are_compared_in_moments():
    words = [f"word{n % 700} and the {n % 11}" for n in range(20_000)]
    one = [" ".join(words), *(f"Line {n} of the first." for n in range(2_000))]
    other = [" ".join(words[7:]), *(f"Item {n} of that one." for n in range(2_000))]
    start = process_time()
    changes = diff(one, other)
    assert [change.words() for change in changes]
    assert process_time() - start < 30  # it took many minutes
    assert [c.before for c in changes if c.before is not None] == one
    assert [c.after for c in changes if c.after is not None] == other


def test_revisions_of_an_archive(tmp_path):
    with Archive.open(tmp_path / "news.db") as archive:
        archive.add("/a.txt", [article(*OLD)])
        archive.add("/a.txt", [article(*NEW)])
        conn = archive.db.conn
        assert paragraphs_of(conn, 1, 1) == OLD
        assert paragraphs_of(conn, 1, 2) == NEW
        assert paragraphs_of(conn, 1, 3) is None


def test_what_two_articles_do_not_share_stands_side_by_side():
    one, other = (
        ["Rain fell there.", *OLD[1:3], "It ended."],
        ["Snow fell there.", "It froze.", OLD[1], NEW[3]],
    )
    left, right = (Version(n, None, None, None, tuple(t), True) for n, t in ((1, one), (2, other)))
    assert [(row.kind, row.left, row.right) for row in beside(left, right).rows] == [
        (
            "changed",
            ((False, "Rain"), (True, "fell there.")),
            ((False, "Snow"), (True, "fell there.")),
        ),
        ("apart", (), ((True, "It froze."),)),
        ("same", ((True, OLD[1]),), ((True, OLD[1]),)),
        ("apart", ((True, OLD[2]),), ((True, NEW[3]),)),
        ("apart", ((True, "It ended."),), ()),
    ]
