"""Spellings that one search finds: the folding, and its agreement with the stored indexes."""

import sqlite3
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.archive import Archive
from db.fold import fold, folded_words, odd_words
from db.schema import TOKENIZE
from db.search import search
from tests.making import article


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Straße", "STRASSE"),
        ("Αθήνα", "αθηνα"),
        ("ΟΔΥΣΣΕΥΣ", "οδυσσευς"),
        ("Łódź", "lodz"),
        ("Søren", "soren"),
        ("Æsop", "aesop"),
        ("café", "cafe\u0301"),
        ("Йод", "иод"),
        ("ﬁsh", "fish"),
        ("har\u00adbour", "harbour"),
        ("Nguyễn", "nguyen"),
        ("Ｔｏｋｙｏ", "tokyo"),
    ],
)
def test_folds_alike(one, other):
    assert fold(one) == fold(other)


def test_keeps_apart_what_are_other_words():
    assert fold("ガ") != fold("カ")
    assert fold("कि") != fold("क")


@pytest.mark.parametrize("marks", ["didn't", "didn’t", "didnʼt"])
def test_apostrophes_part_words(marks):
    assert folded_words(marks) == ["didn", "t"]


def test_few_words_are_odd():
    assert odd_words("Zoë’s café by the fjord, Nguyễn said; naïve “señor”") == set()
    assert odd_words("Die Straße nach Łódź") == {"straße", "łódź"}


@pytest.fixture(scope="module")
def stock():
    """The words that the tokenizer of the indexes makes of a text."""
    conn = sqlite3.connect(":memory:")
    conn.execute(f"create virtual table t using fts5(text, tokenize='{TOKENIZE}')")
    conn.execute("create virtual table v using fts5vocab(t, instance)")

    def run(text: str) -> list[str]:
        conn.execute("delete from t")
        conn.execute("insert into t (text) values (?)", [text])
        return [row[0] for row in conn.execute("select term from v order by offset")]

    return run


# Latin, Greek and Cyrillic, as far as every SQLite and every Python knows them alike.
LETTERS = st.characters(
    min_codepoint=0x20,
    max_codepoint=0x523,
    categories=["L", "N", "Z", "P"],
    exclude_characters="\u037f",
)
LETTERS |= st.characters(min_codepoint=0x1E00, max_codepoint=0x1EF9, categories=["L"])


@given(
    st.text(LETTERS, min_size=1, max_size=30).filter(lambda t: unicodedata.is_normalized("NFC", t))
)
def test_a_word_that_is_not_odd_stands_in_the_index_as_folded(stock, text):
    if not odd_words(text):
        assert stock(text) == folded_words(text)


PRINTED = [
    ("Die Straße ist gesperrt.", ["strasse", "STRASSE", "Straße", "stras*", "straß*"], "Straße"),
    ("Στην Αθήνα έβρεχε.", ["αθηνα", "ΑΘΉΝΑ", "αθην*", "Αθη\u0301να"], "Αθήνα"),
    ("The cafe\u0301 of Zoe\u0308 shut.", ["café", "CAFE", "caf*"], "cafe\u0301"),
    ("The café stayed open.", ["cafe\u0301 stayed"], "café"),
    ("Премьер Сергей Й ждал.", ["Сергеи", "СЕРГЕЙ", "сергеи\u0306"], "Сергей"),
    ("Сергеи\u0306 ушёл.", ["сергей ушел"], "Сергеи\u0306"),
    ("Ο α\u0313\u0301νθρωπος μένει.", ["ανθρωπος", "ἄνθρωπος"], "α\u0313\u0301νθρωπος"),
    ("She didnʼt answer.", ["didn't", "didn’t", "didnʼt"], "didnʼt"),
    ("Søren Kierke, Łódź.", ['"soren kierke"', '"Søren Kierke"', "lodz", "sor* PRE/3 lodz"], None),
    ("The har\u00adbour froze.", ["harbour froze"], None),
]  # fmt: skip


@pytest.fixture(scope="module")
def conn(tmp_path_factory):
    with Archive.open(tmp_path_factory.mktemp("fold") / "news.db") as archive:
        for number, (text, _, _) in enumerate(PRINTED):
            archive.add(f"/{number}.txt", [article(f"Number {number}", text)])
        yield archive.db.conn


CASES = [(n, typed, word) for n, (_, ways, word) in enumerate(PRINTED, 1) for typed in ways]


@pytest.mark.parametrize(("number", "typed", "word"), CASES)
def test_one_spelling_finds_the_other_and_whole_letters_are_marked(conn, number, typed, word):
    hits = {hit.article_id: hit for hit in search(conn, typed).hits}
    assert number in hits
    (match,) = hits[number].matches
    if word:
        assert word in [text for text, hit in match.snippet if hit] or (
            f"{word} " in "".join(text for text, hit in match.snippet if hit)
        )


def test_the_archive_keeps_only_odd_words(conn):
    kept = dict(conn.execute("select word, folded from spellings").fetchall())
    assert kept["straße"] == "strasse"
    assert kept["αθήνα"] == "αθηνα"
    assert "gesperrt" not in kept
    assert "café" not in kept
    assert "zoe\u0308" not in kept
