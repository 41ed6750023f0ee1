"""Citing articles and quotations: what is cited, and each format read back by somebody else."""

import json
import re

import bibtexparser
import pytest
import rispy
from hypothesis import given
from hypothesis import strategies as st

from db.archive import Archive
from db.cite import (
    Name,
    Quotation,
    Reference,
    bibtex,
    csl_json,
    export,
    reference,
    reference_of_quote,
    ris,
    split_name,
)
from db.errors import NotHeld
from ingest import Moment
from tests.making import article, saying

SAID = Quotation(3, "direct", "Nobody sails in “this”", "Runa Vik", 7, 7)
FERRY = Reference(
    article_id=4,
    title="Ferry stays in Skarholm port",
    authors=(Name("Brix", "Hedda"),),
    publisher="Skarholm Post",
    published=Moment("2024-05-06T08:15+02:00", "minute"),
    url="https://post.example/ferry_stays?id=4&ref=a%20b",
    accessed=Moment("2025-01-02T10:00:00Z", "second"),
)
SIGNS = {
    r"\textbackslash{}": "\\", r"\textbraceleft{}": "{", r"\textbraceright{}": "}",
    r"\textasciicircum{}": "^", r"\textasciitilde{}": "~", "{": "", "}": "",
}  # fmt: skip
TEX = re.compile(r"\\[a-z]+\{\}|\\[#$%&_]|[{}]")
HOSTILE = [
    "A } closes what nobody opened",
    "{{{ opens",
    "ends in a backslash \\",
    "50% off & #1 for $5_000 ~ ^ \\end{document}",
    "two\nlines\r\n\r\nER  - \nTY  - BOOK",
    "ER  - ",
    "@article{x, title={y}}",
    "“curly” and \"straight\" 'marks'",
    "Ünïcödé 漢字 🙂",
    "with \x00 \x1b control \u2028 signs",
]


def changed(**facts):
    given = {slot: getattr(FERRY, slot) for slot in Reference.__slots__}
    return Reference(**{**given, **facts})


def entry(ref):
    """The one entry of our BibTeX, as bibtexparser reads it, its LaTeX turned into text."""
    library = bibtexparser.parse_string(bibtex(ref))
    assert not library.failed_blocks
    (only,) = library.entries
    assert len(library.blocks) == 1
    return only.key, {field.key: untex(field.value) for field in only.fields}


def untex(value):
    """What TeX would print: braces group and are not seen, commands stand for characters."""
    depth = 0
    for char in value:
        depth += (char == "{") - (char == "}")
        assert depth >= 0
    assert depth == 0
    return TEX.sub(lambda found: SIGNS.get(found[0], found[0][1:]), value)


def record(ref):
    """The one record of our RIS, as rispy reads it."""
    (only,) = rispy.loads(ris(ref) + "\n")
    return only


def one_line(text):
    return " ".join(text.replace("\x00", "").replace("\x1b", "").split())


@pytest.fixture(scope="module")
def conn(tmp_path_factory):
    with Archive.open(tmp_path_factory.mktemp("cite") / "news.db") as archive:
        ferry = article(
            "Ferry stays in port",
            "The ferry stayed in port on Monday.",
            "“Nobody sails in this,” said Runa Vik.",
            authors=("Hedda Brix", "Ludwig van den Berg"),
            agency="Coastwire",
            publisher="Skarholm Post",
            section="Region",
            language="en",
            published=Moment("2024-05-06", "day"),
            modified=Moment("2024-06-30", "day"),
            captured=Moment("2024-07-01T09:00:00+02:00", "second"),
            url="https://post.example/ferry",
        )
        archive.add(
            "/ferry.txt", [saying(ferry, ("Nobody sails in this,", "Runa Vik", "Runa Vik"))]
        )
        archive.add("/bare.txt", [article("A notice", "There is nothing to say of it.")])
        yield archive.db.conn


def test_an_article_as_the_archive_holds_it(conn):
    assert reference(conn, 1) == Reference(
        article_id=1,
        title="Ferry stays in port",
        authors=(Name("Brix", "Hedda"), Name("Berg", "Ludwig", "van den")),
        agency="Coastwire",
        publisher="Skarholm Post",
        section="Region",
        language="en",
        published=Moment("2024-05-06", "day"),
        url="https://post.example/ferry",
        accessed=Moment("2024-07-01T09:00:00+02:00", "minute"),
    )


def test_a_quotation_with_speaker_and_paragraph(conn):
    ref = reference_of_quote(conn, 1, 1)
    assert ref.quotation == Quotation(1, "direct", "Nobody sails in this,", "Runa Vik", 2, 2)
    assert ref.note == "“Nobody sails in this,” (Runa Vik, para. 2)"
    assert ref.key == "brix2024-1-q1"


def test_accessed_is_the_day_of_taking_in_where_no_file_says_better(conn):
    ref = reference(conn, 2)
    assert ref.accessed.precision == "minute"
    assert ref.published is None


@pytest.mark.parametrize("article_id", [3, 0, -1, 10**30])
def test_an_article_that_is_not_there(conn, article_id):
    with pytest.raises(NotHeld, match=f"has no article {article_id}"):
        reference(conn, article_id)


@pytest.mark.parametrize("position", [0, 2, 10**30])
def test_a_quotation_that_is_not_there(conn, position):
    with pytest.raises(NotHeld, match=f"article 1 has no quotation {position}"):
        reference_of_quote(conn, 1, position)


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("Hedda Brix", Name("Brix", "Hedda")),
        ("J. R. Hale-Solberg", Name("Hale-Solberg", "J. R.")),
        ("Ludwig van den Berg", Name("Berg", "Ludwig", "van den")),
        ("Martin Van Buren", Name("Van Buren", "Martin")),
        ("Tom Hale, Jr.", Name("Hale", "Tom", suffix="Jr.")),
        ("Tom Hale III", Name("Hale", "Tom", suffix="III")),
        ("Ada Orme, PhD", Name("Orme", "Ada")),
        ("García Márquez, Ana", Name(literal="García Márquez, Ana")),
        ("Orme, Ada", Name("Orme", "Ada")),
        ("van den Berg, Ludwig", Name("Berg", "Ludwig", "van den")),
        ("Brix", Name("Brix")),
        ("Coastwire News Agency", Name(literal="Coastwire News Agency")),
        ("Tern, Vale and Sons", Name(literal="Tern, Vale and Sons")),
        ("our own staff", Name(literal="our own staff")),
        ("brasserie_bob", Name(literal="brasserie_bob")),
        ("王小明", Name(literal="王小明")),
    ],
)
def test_names_are_taken_apart(printed, name):
    assert split_name(printed) == name


def test_bibtex_as_it_reads():
    assert bibtex(changed(quotation=SAID)) == (
        "@article{brix2024-4-q3,\n"
        "  author = {Brix, Hedda},\n"
        "  title = {Ferry stays in {Skarholm} port},\n"
        "  journal = {Skarholm Post},\n"
        "  year = {2024},\n"
        "  month = may,\n"
        "  day = {6},\n"
        "  url = {https://post.example/ferry_stays?id=4&ref=a%20b},\n"
        "  urldate = {2025-01-02},\n"
        "  note = {“Nobody sails in ‘this’” (Runa Vik, para. 7)},\n"
        "}"
    )


def test_ris_as_it_reads():
    assert ris(changed(quotation=SAID)).splitlines() == [
        "TY  - NEWS",
        "ID  - brix2024-4-q3",
        "AU  - Brix, Hedda",
        "TI  - Ferry stays in Skarholm port",
        "T2  - Skarholm Post",
        "PY  - 2024",
        "DA  - 2024/05/06/",
        "UR  - https://post.example/ferry_stays?id=4&ref=a%20b",
        "Y2  - 2025/01/02/",
        "N1  - “Nobody sails in ‘this’” (Runa Vik, para. 7)",
        "ER  - ",
    ]


def test_csl_json_as_it_reads():
    assert json.loads(csl_json(FERRY)) == [
        {
            "id": "brix2024-4",
            "type": "article-newspaper",
            "title": "Ferry stays in Skarholm port",
            "author": [{"family": "Brix", "given": "Hedda"}],
            "container-title": "Skarholm Post",
            "issued": {"date-parts": [[2024, 5, 6]]},
            "accessed": {"date-parts": [[2025, 1, 2]]},
            "URL": "https://post.example/ferry_stays?id=4&ref=a%20b",
        }
    ]


@pytest.mark.parametrize("title", HOSTILE)
def test_a_hostile_title_comes_back_whole(title):
    said = Quotation(1, "indirect", title, None, 1, 1)
    ref = changed(title=title, publisher=title, authors=(Name(literal=title),), quotation=said)
    key, fields = entry(ref)
    assert key == ref.key
    assert fields["title"] == fields["journal"] == fields["author"] == one_line(title)
    assert fields["note"] == f"{one_line(title)} (indirectly, para. 1)"
    read = record(ref)
    assert read["title"] == one_line(title)
    assert read["id"] == ref.key
    assert read["notes"] == [f"{one_line(title)} (indirectly, para. 1)"]
    (item,) = json.loads(csl_json(ref))
    assert item["title"] == one_line(title)


@given(st.text(max_size=60), st.text(max_size=30), st.text(max_size=30))
def test_whatever_the_words_one_record_stays_one(title, name, url):
    author = Name(family=name, given=name)
    ref = changed(title=title, authors=(author,), publisher=name, url=url)
    assert entry(ref)[0] == ref.key
    assert record(ref)["id"] == ref.key


def test_authors_of_every_sort_in_bibtex():
    names = (
        Name("Berg", "Ludwig", "van den"),
        Name("Hale", "Tom", suffix="Jr."),
        Name("Brix"),
        Name(literal="Tern, Vale and Sons"),
        Name("Salt and Vinegar", "Ada"),
    )
    ref = changed(authors=names)
    assert (
        "author = {van den Berg, Ludwig and Hale, Jr., Tom and Brix and {Tern, Vale and Sons}"
        " and {Salt and Vinegar}, Ada}"
    ) in bibtex(ref)
    assert record(ref)["authors"] == [
        "van den Berg, Ludwig", "Hale, Tom, Jr.", "Brix", "Tern Vale and Sons",
        "Salt and Vinegar, Ada",
    ]  # fmt: skip
    assert json.loads(csl_json(ref))[0]["author"] == [
        {"family": "Berg", "given": "Ludwig", "non-dropping-particle": "van den"},
        {"family": "Hale", "given": "Tom", "suffix": "Jr."},
        {"family": "Brix"},
        {"literal": "Tern, Vale and Sons"},
        {"family": "Salt and Vinegar", "given": "Ada"},
    ]


def test_the_agency_stands_where_no_author_is_named():
    wire = changed(authors=(), agency="Coastwire")
    assert "author = {{Coastwire}}" in bibtex(wire)
    assert record(wire)["authors"] == ["Coastwire"]
    both = changed(agency="Coastwire")
    assert entry(both)[1]["organization"] == "Coastwire"
    assert record(both)["database_provider"] == "Coastwire"


@pytest.mark.parametrize(
    ("value", "precision", "in_bibtex", "in_ris", "in_csl"),
    [
        ("2024", "year", ("2024", None, None), "2024///", [2024]),
        ("2024-05", "month", ("2024", "may", None), "2024/05//", [2024, 5]),
        ("2024-05-06", "day", ("2024", "may", "6"), "2024/05/06/", [2024, 5, 6]),
        ("2024-05-06T23:30", "minute", ("2024", "may", "6"), "2024/05/06/", [2024, 5, 6]),
        # 23:30 in the west is the next day in UTC: the article's own clock counts.
        ("2024-05-06T23:30:00-05:00", "second", ("2024", "may", "6"), "2024/05/06/", [2024, 5, 6]),
    ],
)
def test_a_date_as_precise_as_it_is_known(value, precision, in_bibtex, in_ris, in_csl):
    ref = changed(published=Moment(value, precision))
    _, fields = entry(ref)
    assert (fields["year"], fields.get("month"), fields.get("day")) == in_bibtex
    assert record(ref)["date"] == in_ris
    assert json.loads(csl_json(ref))[0]["issued"] == {"date-parts": [in_csl]}


def test_without_a_date():
    ref = changed(published=None)
    assert entry(ref)[1]["year"] == "n.d."
    assert "date" not in record(ref)
    assert "year" not in record(ref)
    assert "issued" not in json.loads(csl_json(ref))[0]


def test_next_to_nothing_is_known():
    ref = Reference(article_id=9)
    assert bibtex(ref) == "@misc{article-9,\n  title = {[Untitled article]},\n  year = {n.d.},\n}"
    assert record(ref)["title"] == "[Untitled article]"


def test_where_no_publisher_is_known_the_address_tells_the_site():
    ref = changed(publisher=None, url="https://www.post.example/a}b c\\d")
    assert entry(ref)[1]["journal"] == "post.example"
    assert "url = {https://www.post.example/a%7Db%20c%5Cd}" in bibtex(ref)
    assert changed(publisher=None, url="http://[broken").container is None


def test_many_at_once():
    both = [FERRY, changed(article_id=5, title="Tugs stay }")]
    assert len(bibtexparser.parse_string(export(both, "bibtex")).entries) == 2
    assert [r["id"] for r in rispy.loads(export(both, "ris") + "\n")] == [r.key for r in both]
    assert [item["id"] for item in json.loads(export(both, "csl-json"))] == [r.key for r in both]
    assert len(export(both, "apa").split("\n\n")) == 2
    assert export([], "bibtex") == ""
    assert json.loads(export([], "csl-json")) == []


@pytest.mark.parametrize(
    ("family", "key"),
    [("Łaski", "laski"), ("Øst", "ost"), ("Weiß", "weiss"), ("Núñez", "nunez"), ("王", "article")],
)
def test_a_key_has_the_letters_of_the_name(family, key):
    ref = changed(authors=(Name(family=family),))
    assert ref.key.startswith(key)


def test_only_names_within_a_title_are_kept_from_small_letters():
    assert "  title = {[Untitled article]}," in bibtex(changed(title=None))
    assert "  title = {“The ferry sails”}," in bibtex(changed(title="“The ferry sails”"))
    assert "  title = {{BBC} sails}," in bibtex(changed(title="BBC sails"))
