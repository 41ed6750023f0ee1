"""`check` sees what is broken."""

import pytest

from db import correct
from db.archive import Archive
from db.check import check
from tests.making import article, saying


@pytest.fixture
def archive(tmp_path):
    made = article("Tugs strike", "The tugs lay still.", "“We are tired,” said Runa Vik.")
    with Archive.open(tmp_path / "news.db") as opened:
        opened.add("/a.txt", [saying(made, ("We are tired,", "Runa Vik", "Runa Vik"))])
        opened.add("/b.txt", [article("Rain", "It rained.")])
        opened.add("/b.txt", [article("Rain", "It rained again.")])
        opened.correct(correct.title, 2, "Rain in May")
        yield opened


def test_a_whole_archive_has_no_problems(archive):
    assert check(archive) == []


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        ("update paragraphs set text = 'Other.' where id = 1", "paragraphs 1: is not what"),
        ("update paragraphs set start = start + 1 where id = 1", "paragraphs 1: is not what"),
        ("update quotes set text = 'We were' where id = 1", "quotes 1: is not what the text"),
        ("update quotes set start = 0", "quotes 1: does not begin"),
        ("update quotes set mention_start = 2, mention_end = 4", "quotes (mention) 1"),
        ("update quote_pieces set end = end - 1", "quotes 1: does not begin"),
        ("update quotes set start = 900, end = 999 where id = 1", "quotes 1: does not"),
        ("delete from quote_pieces", "quotes 1: has no pieces"),
        ("update mentions set text = 'Odo'", "mentions 1: is not what"),
        ("update texts set content = content || '!' where id = 1", "texts 1: its words are not"),
        ("delete from captures where article_id = 1", "articles 1: nothing says where"),
        ("update revisions set reading = null", "superseded revisions lost"),
        ("update articles set revision = 5 where id = 1", "articles 1: says revision 5, 1"),
        ("delete from as_read", "articles 2: what was read where it is corrected is lost"),
        ("update articles set title = 'Snow' where id = 2", "articles 2: does not show the corr"),
        ("update as_read set row_id = 99", "of articles said that is not there"),
        ("delete from texts where id = 1", "points to a row of texts"),
        ("delete from paragraphs_fts where rowid = 1", "paragraphs_fts"),
        (
            "insert into quotes_fts (rowid, text) values (77, 'nobody said this')",
            "quotes_fts: .*",
        ),
    ],
)
def test_damage_is_found(archive, damage, said):
    archive.db.conn.execute("pragma foreign_keys = off")
    archive.db.conn.execute(damage)
    problems = "\n".join(check(archive))
    import re

    assert re.search(said.replace("(", r"\(").replace(")", r"\)"), problems), problems


def test_a_spelling_that_is_missing(archive):
    archive.add("/a.txt", [article("Straße gesperrt", "Words.")])
    archive.db.execute("DELETE FROM spellings")
    assert check(archive) == [
        "spellings: has not got straße, so that its other spellings do not find it"
    ]
