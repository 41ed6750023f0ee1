"""A web archive that is cut gives, stretch by stretch, what it gives as a whole."""

from __future__ import annotations

import gzip
from dataclasses import replace

import pytest

from ingest.article import Capture
from ingest.read import place_of
from ingest.read.cuts import cuts_of
from ingest.read.place import read_safely
from tests.containers import bad_files, packed, page, pages, record

DIGEST = "WARC-Payload-Digest: sha1:ABCDEFGH\r\n"
ADDRESS = "https://courier.example/again"


def crawl():
    """Forty pages, with one that comes three times and one that a revisit at the end repeats."""
    again = [record(ADDRESS, page(50 + n), date=f"2024-03-0{n + 1}T09:15:30Z") for n in range(3)]
    first = record("https://courier.example/first", page(60), more=DIGEST)
    revisit = record("https://courier.example/other", "", kind="revisit", more=DIGEST)
    picture = record("https://courier.example/p.jpg", "x" * 5000, content_type="image/jpeg")
    ours = pages(40)
    return [first, again[0], *ours[:15], again[1], picture, *ours[15:], revisit, again[2]]


def told(place):
    """What a reader says of each page, or of what is wrong."""
    for found in read_safely(place):
        if isinstance(found, Capture):
            yield found.source, found.sha256, found.url, found.facts
        else:
            yield str(found)


def cut_up(path, size):
    place = place_of(path)
    cuts = cuts_of(place, size)
    assert [cut.start for cut in cuts] == [0, *(cut.end for cut in cuts[:-1])]
    assert cuts[-1].end == path.stat().st_size
    return cuts, [one for cut in cuts for one in told(replace(place, cut=cut))]


@pytest.mark.parametrize("pack", [packed, b"".join], ids=["packed", "plain"])
@pytest.mark.parametrize("share", [1, 3, 10, 1000])
def test_cuts_give_what_the_whole_gives(tmp_path, pack, share):
    path = tmp_path / "crawl.warc"
    path.write_bytes(pack(crawl()))
    whole = list(told(place_of(path)))
    cuts, found = cut_up(path, path.stat().st_size // share)
    assert len(cuts) > share // 2 or len(cuts) > 30
    assert found == whole
    names = [one[0].partition("!")[2] for one in whole]
    assert f"{ADDRESS} (2024-03-03T09:15:30Z)" in names
    assert "https://courier.example/other" in names


def test_what_is_packed_as_one_is_not_cut(tmp_path):
    path = tmp_path / "one.warc.gz"
    path.write_bytes(gzip.compress(b"".join(crawl())))
    cuts, found = cut_up(path, 1000)
    assert len(cuts) == 1
    assert found == list(told(place_of(path)))


@pytest.mark.parametrize(
    "name", [name for name in bad_files() if ".warc" in name and not name.startswith("no-")]
)
def test_the_good_pages_of_a_damaged_file_are_found_in_its_cuts(tmp_path, name):
    path = tmp_path / name
    path.write_bytes(bad_files()[name])
    whole = list(told(place_of(path)))
    _, found = cut_up(path, 300)
    assert [one for one in found if isinstance(one, tuple)] == [
        one for one in whole if isinstance(one, tuple)
    ]
    assert any(isinstance(one, str) and "is damaged" in one for one in found)
