"""Citations set in the styles: APA's and Chicago's rules as they show in a news archive."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from db.cite import Name, Quotation, Reference, apa, chicago
from ingest import Moment

BRIX = Name("Brix", "Hedda")
FERRY = Reference(
    article_id=4,
    title="Ferry stays in Skarholm port",
    authors=(BRIX,),
    publisher="Skarholm Post",
    published=Moment("2024-05-06T08:15+02:00", "minute"),
    url="https://post.example/ferry",
    accessed=Moment("2025-01-02T10:00:00Z", "second"),
)
SAID = Quotation(3, "direct", "Nobody sails in this", "Runa Vik", 7, 7)


def test_an_article():
    assert apa(FERRY) == (
        "Brix, H. (2024, May 6). Ferry stays in Skarholm port. Skarholm Post."
        " https://post.example/ferry"
    )
    assert chicago(FERRY) == (
        "Brix, Hedda. “Ferry Stays in Skarholm Port.” Skarholm Post, May 6, 2024."
        " https://post.example/ferry."
    )


def test_a_quotation_is_cited_with_its_paragraph():
    ref = replace(FERRY, quotation=SAID)
    assert apa(ref) == (
        "(Brix, 2024, para. 7)\n"
        "Brix, H. (2024, May 6). Ferry stays in Skarholm port. Skarholm Post."
        " https://post.example/ferry"
    )
    assert chicago(ref) == (
        "Hedda Brix, “Ferry Stays in Skarholm Port,” Skarholm Post, May 6, 2024, para. 7,"
        " https://post.example/ferry."
    )


def test_a_quotation_over_several_paragraphs():
    ref = replace(FERRY, quotation=replace(SAID, last=9))
    assert apa(ref).startswith("(Brix, 2024, paras. 7–9)\n")
    assert "May 6, 2024, paras. 7–9, https" in chicago(ref)


@pytest.mark.parametrize(
    ("published", "in_apa", "in_chicago"),
    [
        (Moment("2024", "year"), "(2024).", "Skarholm Post, 2024."),
        (Moment("2024-05", "month"), "(2024, May).", "Skarholm Post, May 2024."),
        (Moment("2024-05-06", "day"), "(2024, May 6).", "Skarholm Post, May 6, 2024."),
        (
            Moment("2024-05-06T23:59-05:00", "minute"),
            "(2024, May 6).",
            "Skarholm Post, May 6, 2024.",
        ),
        (None, "(n.d.).", "Skarholm Post, n.d."),
    ],
)
def test_dates(published, in_apa, in_chicago):
    ref = replace(FERRY, published=published)
    assert in_apa in apa(ref)
    assert in_chicago in chicago(ref)


def test_without_a_date_the_day_of_access_is_given():
    ref = replace(FERRY, published=None)
    assert apa(ref).endswith("Retrieved January 2, 2025, from https://post.example/ferry")
    assert chicago(ref).endswith("Accessed January 2, 2025. https://post.example/ferry.")


def test_without_an_author_the_title_comes_first_and_once():
    ref = replace(FERRY, authors=(), url=None)
    assert apa(ref) == "Ferry stays in Skarholm port. (2024, May 6). Skarholm Post."
    assert chicago(ref) == "“Ferry Stays in Skarholm Port.” Skarholm Post, May 6, 2024."
    quoted = replace(ref, quotation=SAID)
    assert apa(quoted).startswith("(“Ferry Stays in Skarholm Port,” 2024, para. 7)\nFerry")


def test_an_agency_for_an_author():
    ref = replace(FERRY, authors=(), agency="Coastwire News Agency", url=None)
    assert apa(ref).startswith("Coastwire News Agency. (2024, May 6). Ferry")
    assert chicago(ref).startswith("Coastwire News Agency. “Ferry")


def test_names_of_every_sort():
    ref = replace(
        FERRY, authors=(Name("Berg", "Ludwig", "van den"), Name("Hale", "Tom", suffix="Jr."))
    )
    assert apa(ref).startswith("van den Berg, L., & Hale, T., Jr. (2024, May 6).")
    assert chicago(ref).startswith("Berg, Ludwig van den, and Tom Hale Jr. “Ferry")
    assert apa(replace(FERRY, authors=(Name("Brix"),))).startswith("Brix. (2024")


def test_twenty_authors_are_all_named_by_apa_and_of_more_the_last():
    many = tuple(Name(f"Author{letter}", "Ada") for letter in "ABCDEFGHIJKLMNOPQRSTU")
    twenty, more = (apa(replace(FERRY, authors=many[:n])) for n in (20, 21))
    assert "AuthorS, A., & AuthorT, A. (2024" in twenty
    assert "AuthorS, A., … AuthorU, A. (2024" in more
    assert "AuthorT" not in more
    assert "et al. “Ferry" in chicago(replace(FERRY, authors=many))
    assert apa(replace(FERRY, authors=many, quotation=SAID)).startswith("(AuthorA et al., 2024,")


@pytest.mark.parametrize(
    ("title", "in_apa", "in_chicago"),
    [
        ("Who pays for the ferry?", "Who pays for the ferry? Skar", "“Who Pays for the Ferry?” Sk"),
        ("“Not us”, says mayor", "“Not us”, says mayor. Skar", "“‘Not Us’, Says Mayor.” Skar"),
        ('Mayor: "not us"', 'Mayor: "not us". Skarholm', "“Mayor: ‘Not Us.’” Skarholm"),
        ("R&D <b>costs</b> 50%", "R&D <b>costs</b> 50%. Skar", "“R&D <b>costs</b> 50%.” Skar"),
        ("One\nline", "One line. Skarholm", "“One Line.” Skarholm"),
        (None, "[Untitled article]. Skarholm", "“[Untitled Article].” Skarholm"),
    ],
)
def test_titles(title, in_apa, in_chicago):
    ref = replace(FERRY, title=title)
    assert in_apa in apa(ref)
    assert in_chicago in chicago(ref)


def test_only_english_titles_are_put_in_capitals():
    ref = replace(FERRY, title="Die Flut kommt wieder", language="de")
    assert "“Die Flut kommt wieder.”" in chicago(ref)


def test_the_name_of_a_paper_stays_as_it_is_written():
    assert "de Kustbode, May 6" in chicago(replace(FERRY, publisher="de Kustbode"))
    assert "post.example, May 6" in chicago(replace(FERRY, publisher=None))


def test_next_to_nothing_is_known():
    bare = Reference(article_id=9, title="A notice")
    assert apa(bare) == "A notice. (n.d.)."
    assert chicago(bare) == "“A Notice.” n.d."


def test_the_section_is_named_by_chicago():
    assert "Port.” Region. Skarholm Post" in chicago(replace(FERRY, section="Region"))


def test_pages_made_at_the_same_time_do_not_mix():
    refs = [replace(FERRY, title=f"Ferry {n}", authors=() if n % 2 else (BRIX,)) for n in range(24)]
    one_by_one = [apa(ref) + chicago(ref) for ref in refs]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda ref: apa(ref) + chicago(ref), refs)) == one_by_one
