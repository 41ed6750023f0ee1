"""CSV and TSV as data sets; bad rows are named and the rest goes on."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.article import Capture
from ingest.errors import IngestError, NoArticle, ReaderFailed
from ingest.read import csv_table, read_captures
from ingest.read.place import Place, read_safely
from ingest.recognise import recognise

NAMES = ["Headline", "Author", "Date", "Content", "URL"]
BODY = "The ferry stayed in port; nobody sailed.\n“Not in this,” said Runa Vik."
ROW = ["Ferry stays in port", "Hedda Brix", "2024-05-06", BODY, "https://post.example/ferry"]


def table(*rows: list[str], delimiter: str = ",") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows([NAMES, *rows])
    return out.getvalue()


def found(tmp_path, data: bytes):
    path = tmp_path / "set.csv"
    path.write_bytes(data)
    return list(read_captures(path))


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_row_is_an_article(tmp_path, delimiter, encoding):
    (capture,) = found(tmp_path, table(ROW, delimiter=delimiter).encode(encoding))
    assert capture.source.endswith("set.csv!1")
    (article,) = recognise(capture)
    assert article.title == "Ferry stays in port"
    assert article.authors == ("Hedda Brix",)
    assert article.published.value == "2024-05-06"
    assert article.url == "https://post.example/ferry"
    assert [p.text for p in article.paragraphs] == BODY.split("\n")


def test_a_column_without_a_name_says_nothing(tmp_path):
    rows = f',title,text\n17,Ferry stays in port,"{BODY}"\n'  # as pandas writes it
    (capture,) = found(tmp_path, rows.encode())
    (article,) = recognise(capture)
    assert (article.title, article.publisher, article.authors) == ("Ferry stays in port", None, ())


def test_a_body_of_html(tmp_path):
    row = [*ROW[:3], "<p>One.</p><p>Two.</p>", ROW[4]]
    (capture,) = found(tmp_path, table(row).encode())
    assert capture.text == "Ferry stays in port\n\nOne.\n\nTwo."


def test_bad_rows_are_named_and_the_rest_goes_on(tmp_path):
    results = found(tmp_path, table(ROW, ["too", "few"], ["Title", "", "", "", ""], ROW).encode())
    assert [isinstance(r, Capture) for r in results] == [True, False, False, True]
    assert "row 2 has 2 fields where the header has 5" in str(results[1])
    assert "record 3 has no text" in str(results[2])


def test_a_huge_field(tmp_path):
    (capture,) = found(tmp_path, table([*ROW[:3], "Nobody sails. " * 100_000, ROW[4]]).encode())
    assert len(capture.text) > 1_000_000


def test_a_field_over_the_limit_is_one_line():
    data = table([*ROW[:3], "x" * 5000, ROW[4]], ROW).encode()
    results = list(csv_table.read(Place("set.csv", data=data, max_bytes=3000)))
    assert "row 1 cannot be read" in str(results[0])


def test_a_row_in_another_encoding_below_the_head(tmp_path):
    late = [*ROW[:3], "Rùna Vik sails.", ROW[4]]
    data = table(*[ROW] * 1500).encode() + table(late).split("\n", 1)[1].encode("cp1252")
    assert "Rùna Vik sails." in found(tmp_path, data)[-1].text


def test_a_header_alone(tmp_path):
    (error,) = found(tmp_path, table().encode())
    assert "a header and no rows" in str(error)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Ferry stays in port, the text says\n",
        "Ferry stays, in port\n\nNobody sailed, they said.\nNobody.\n",
        "text\nOne.\n",
    ],
)
def test_other_texts_are_left_to_others(text):
    assert not csv_table.matches(text.encode(), "x.csv")


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_table_of_unknown_columns_is_no_text(tmp_path, delimiter):
    rows = [["wer", "kop", "story"], *[["Ada", f"Titel {n}", BODY * 9] for n in range(200)]]
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    with pytest.raises(NoArticle, match="which column holds the text; it has wer, kop, story: say"):
        found(tmp_path, out.getvalue().encode())
    data, columns = out.getvalue().encode(), (("text", "story"), ("title", "kop"))
    rows = list(read_safely(Place("set.csv", data=data, columns=columns)))
    assert [isinstance(row, Capture) for row in rows] == [True] * 200


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_anything_gives_captures_or_errors(junk):
    place = Place("f.csv", data=table(ROW).encode() + junk)
    results = list(read_safely(place))
    assert all(isinstance(r, Capture | IngestError) for r in results)
    assert not any(isinstance(r, ReaderFailed) for r in results)


def test_a_table_on_standard_input_is_known_by_its_even_rows():
    data = b'kop,tekst,wanneer\nBrug open,"De brug is open, zei hij.",2024-01-02\n'
    (error,) = read_safely(Place("-", data=data))
    assert "it is not known which column holds the text; it has kop, tekst, wanneer" in str(error)


@pytest.mark.parametrize(
    "text",
    [
        "Ann, Bo, Cy\n\nThe three met on Monday, as they do, by the quay.\nThey left at noon.\n",
        "Ferries, tugs\nBoats came, boats went\n",
        "When it was late, he said, they left.\nThey ran, fell, got up.\n",
    ],
)
def test_prose_with_commas_is_no_table(text):
    (capture,) = read_safely(Place("-", data=text.encode()))
    assert capture.format == "text"


def test_a_list_of_addresses_says_what_to_do_with_them():
    data = b"URL,Title,Folder,Timestamp\nhttps://skar.example/a,Ferry,Unread,1700000000\n"
    (error,) = read_safely(Place("instapaper.csv", data=data))
    assert str(error).endswith("take one in with: onrecord ingest --fetch URL")
