"""Web archives: which records are pages, and what is said of broken ones."""

from __future__ import annotations

import gzip

import pytest

from ingest.article import Capture
from ingest.errors import IngestError
from ingest.read.place import Place, read_safely
from tests.containers import FERRY, TUGS, packed, page, pages, record

URI = "https://courier.example/ferry"


def read(data: bytes, tmp_path=None, **more) -> tuple[list[Capture], list[IngestError]]:
    if tmp_path is None:
        place = Place("a.warc", data=data, **more)
    else:
        (tmp_path / "a.warc").write_bytes(data)
        place = Place("a.warc", path=tmp_path / "a.warc", **more)
    found = list(read_safely(place))
    return (
        [one for one in found if isinstance(one, Capture)],
        [one for one in found if isinstance(one, IngestError)],
    )


def test_a_response_knows_its_address_and_its_time():
    (capture,), errors = read(record(URI, FERRY))
    assert not errors
    assert (capture.source, capture.url) == (f"a.warc!{URI}", URI)
    assert ("captured", "2024-03-07T09:15:30Z") in [(f.field, f.value) for f in capture.facts]
    assert "Nobody sails in this" in capture.text


def test_what_is_no_page_is_passed_over_quietly():
    captures, errors = read(
        record(
            "urn:info", "software: ours", kind="warcinfo", content_type="application/warc-fields"
        )
        + record(URI, "GET / HTTP/1.1", kind="request", content_type="application/http")
        + record(f"{URI}.png", b"\x89PNG", content_type="image/png")
        + record(f"{URI}/gone", FERRY, status="404 Not Found")
        + record("dns:courier.example", "192.0.2.1", kind="resource", content_type="text/dns")
        + record(f"{URI}/kept", FERRY, kind="resource", content_type="application/xhtml+xml")
    )
    assert [capture.url for capture in captures] == [f"{URI}/kept"]
    assert errors == []


RUSSIAN = FERRY.replace("Runa Vik", "Руна Вик").replace("ran out of bread", "остались без хлеба")


def test_the_charset_that_the_server_states_is_believed():
    body = RUSSIAN.encode("windows-1251")  # the page itself says nothing of it
    (capture,), errors = read(record(URI, body, content_type="text/html; charset=windows-1251"))
    assert not errors
    assert capture.encoding == "cp1251"
    assert "Руна Вик" in capture.text
    assert "остались без хлеба" in capture.text
    assert ("charset", "windows-1251") in [(f.field, f.value) for f in capture.carried]


@pytest.mark.parametrize("said", ["text/html; charset=rot13", "text/html; charset=x", "text/html"])
def test_a_charset_that_is_none_is_passed_over(said):
    (capture,), errors = read(record(URI, FERRY, content_type=said))
    assert not errors
    assert "Nobody sails in this" in capture.text


def test_what_is_utf_8_is_read_so_whatever_the_server_states():
    (capture,), _ = read(record(URI, RUSSIAN, content_type="text/html; charset=iso-8859-1"))
    assert "Руна Вик" in capture.text


def test_chunked_and_packed_answers_are_unpacked():
    squeezed = gzip.compress(FERRY.encode())
    chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(squeezed), squeezed)
    (capture,), errors = read(
        record(URI, chunked, http="Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n")
    )
    assert not errors
    assert "Nobody sails in this" in capture.text


def test_captures_of_one_address_stay_apart():
    captures, errors = read(
        record(URI, FERRY)
        + record(URI, TUGS, date="2024-03-08T09:15:30Z")
        + record(URI, page(3), date="2024-03-08T09:15:30Z")
    )
    assert not errors
    assert [capture.source for capture in captures] == [
        f"a.warc!{URI}",
        f"a.warc!{URI} (2024-03-08T09:15:30Z)",
        f"a.warc!{URI} (2024-03-08T09:15:30Z, 2)",
    ]


@pytest.mark.parametrize("pack", [b"".join, packed], ids=["plain", "gzip"])
def test_a_revisit_is_a_capture_of_what_it_repeats(pack, tmp_path):
    digest = "WARC-Payload-Digest: sha1:ABC\r\n"
    records = [
        record(f"{URI}/first", TUGS),
        record(URI, FERRY, more=digest),
        record(f"{URI}?again", "", kind="revisit", more=digest, date="2024-03-09T00:00:00Z"),
        record(f"{URI}?other", "", kind="revisit", more="WARC-Payload-Digest: sha1:XYZ\r\n"),
    ]
    captures, errors = read(pack(records), tmp_path)
    assert not errors
    assert [capture.url for capture in captures] == [f"{URI}/first", URI, f"{URI}?again"]
    assert captures[1].text == captures[2].text
    assert "2024-03-09T00:00:00Z" in [fact.value for fact in captures[2].facts]


SHAPES = {
    "plain": b"".join,
    "gzip": packed,
    "one big gzip": lambda records: gzip.compress(b"".join(records), mtime=0),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_a_whole_file_gives_no_error(shape, tmp_path):
    captures, errors = read(SHAPES[shape](pages(12)), tmp_path)
    assert (len(captures), errors) == (12, [])


@pytest.mark.parametrize("shape", SHAPES)
def test_a_file_cut_off_anywhere_says_so_and_keeps_what_is_whole(shape, tmp_path):
    data = SHAPES[shape](pages(7))  # no share below cuts between two
    for share in (0.15, 0.5, 0.8, 0.97):
        captures, errors = read(data[: int(len(data) * share)], tmp_path)
        assert len(errors) == 1
        assert "damaged" in str(errors[0])
        # A big gzip loses what was packed together with the lost end.
        assert len(captures) >= (0 if shape == "one big gzip" else int(6 * share) - 1)


def test_a_member_damaged_in_the_middle_costs_only_itself(tmp_path):
    members = [packed([one]) for one in pages(9)]
    broken = bytearray(members[4])
    broken[len(broken) // 2] ^= 0xFF
    broken[len(broken) // 2 + 1] ^= 0xFF
    members[4] = bytes(broken)
    captures, errors = read(b"".join(members), tmp_path)
    assert [capture.url[-1] for capture in captures] == list("01235678")
    (error,) = errors
    assert "8 good records were kept" in str(error)


@pytest.mark.parametrize("shape", ["plain", "gzip"])
@pytest.mark.parametrize("wrong", [10, 1000, 10**6, 10**14])
def test_a_wrong_length_costs_only_its_record(shape, wrong, tmp_path):
    records = pages(9)
    records[4] = record("https://courier.example/4", page(4), length=wrong)
    captures, errors = read(SHAPES[shape](records), tmp_path, max_bytes=5_000_000)
    kept = [capture.url[-1] for capture in captures if capture.url[-1] != "4"]
    assert kept == list("01235678")
    assert len(errors) == 1


@pytest.mark.parametrize("shape", ["plain", "gzip"])
def test_rubbish_between_records_is_said_so(shape, tmp_path):
    records = pages(4)
    records.insert(2, b"rubbish rubbish\r\nmore of it\r\n\r\n")
    captures, errors = read(SHAPES[shape](records), tmp_path)
    assert (len(captures), len(errors)) == (4, 1)


def test_a_page_over_the_limit_is_one_line_and_the_rest_goes_on(tmp_path):
    records = [*pages(1), record(URI, "<html>" + "x" * 300_000), *pages(2)[1:]]
    captures, (error,) = read(packed(records), tmp_path, max_bytes=200_000)
    assert [capture.url[-1] for capture in captures] == ["0", "1"]
    assert "over 200,000 bytes" in str(error)


def test_a_bomb_in_an_answer_is_one_line():
    bomb = gzip.compress(b"<html>" + b" " * 3_000_000)
    captures, (error,) = read(
        record(URI, bomb, http="Content-Encoding: gzip\r\n"), max_bytes=1_000_000
    )
    assert "over 1,000,000 bytes" in str(error)
    assert not captures


def test_what_was_read_before_is_not_read_again():
    captures, errors = read(record(URI, FERRY), known=lambda source, digest: 1)
    assert not captures
    assert [error.kind for error in errors] == ["unchanged"]
