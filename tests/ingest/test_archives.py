"""Zip, tar and gzip: their members are read as files, each bad one is one line."""

from __future__ import annotations

import gzip
import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.article import Capture
from ingest.read.place import Place, read_safely
from tests.bench.fuzz import SEEDS, broken, trouble
from tests.containers import FERRY, TUGS, packed, page, pages, tarred, zipped


def read(data: bytes, name: str = "a.zip", **more) -> tuple[list[str], list[str]]:
    """The sources of the captures, and the lines of the errors."""
    found = list(read_safely(Place(name, data=data, **more)))
    return (
        [one.source for one in found if isinstance(one, Capture)],
        [str(one) for one in found if not isinstance(one, Capture)],
    )


PAIR = {"ferry.html": FERRY, "old/tugs.html": TUGS}


@pytest.mark.parametrize(
    "data",
    [zipped(PAIR), tarred(PAIR), tarred(PAIR, "w:gz")],
    ids=["zip", "tar", "tar.gz"],
)
def test_members_are_read_by_content(data):
    sources, errors = read(data, "clips")
    assert sources == ["clips!ferry.html", "clips!old/tugs.html"]
    assert errors == []


def test_gzip_of_a_page():
    assert read(gzip.compress(FERRY.encode()), "ferry.html.gz") == (
        ["ferry.html.gz!ferry.html"],
        [],
    )


def test_archives_in_archives():
    inner = zipped({"warc": packed(pages(2)), "clips.tgz": tarred(PAIR, "w:gz")})
    sources, errors = read(zipped({"inner.zip": inner}))
    assert errors == []
    assert sources == [
        "a.zip!inner.zip!warc!https://courier.example/0",
        "a.zip!inner.zip!warc!https://courier.example/1",
        "a.zip!inner.zip!clips.tgz!ferry.html",
        "a.zip!inner.zip!clips.tgz!old/tugs.html",
    ]


def test_too_many_archives_in_archives():
    data: str | bytes = FERRY
    for _ in range(7):
        data = zipped({"x": data, "page.html": page(1)})
    sources, errors = read(data)
    assert len(sources) == 3 or len(sources) == 4
    assert errors
    assert all("4 files deep; unpack it first" in error for error in errors)


def test_what_systems_leave_is_passed_over():
    names = ("__MACOSX/._ferry.html", ".DS_Store", "a/.git/x", "Thumbs.db", "desktop.ini")
    sources, errors = read(zipped({**dict.fromkeys(names, "?"), **PAIR}))
    assert (len(sources), errors) == (2, [])


@pytest.mark.parametrize("name", ["../out.html", "/etc/out.html", "a/../../out.html", "C:\\o.html"])
@pytest.mark.parametrize("pack", [zipped, tarred])
def test_a_name_that_leads_out(pack, name):
    sources, (error,) = read(pack({name: FERRY, **PAIR}))
    assert len(sources) == 2
    assert error.endswith("its name leads out of the archive; it was left out")


def test_links_and_devices():
    sources, errors = read(tarred({"l.html": "->/etc/passwd", "d": "device", **PAIR}))
    assert len(sources) == 2
    assert errors == [
        "a.zip!l.html: it is a link, not a file; it was left out",
        "a.zip!d: it is a device, not a file; it was left out",
    ]
    link = zipfile.ZipInfo("l.html")
    link.external_attr = 0o120777 << 16
    out = io.BytesIO(zipped(PAIR))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(link, "/etc/passwd")
    sources, errors = read(out.getvalue())
    assert len(sources) == 2
    assert errors == ["a.zip!l.html: it is a link, not a file; it was left out"]


def test_an_encrypted_member():
    data = bytearray(zipped(PAIR))
    listed = data.index(b"PK\x01\x02")
    data[listed + 8] |= 1
    sources, (error,) = read(bytes(data))
    assert len(sources) == 1
    assert "unpack it with its password first" in error


def test_two_members_of_one_name():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("ferry.html", FERRY)
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("ferry.html", TUGS)
    assert read(out.getvalue()) == (["a.zip!ferry.html", "a.zip!ferry.html (2)"], [])


def test_a_bomb_is_left_out():
    sources, (error,) = read(zipped({"bomb.html": " " * 30_000_000, **PAIR}))
    assert len(sources) == 2
    assert "over 200 times its size" in error


def test_a_bomb_in_gzip():
    sources, (error,) = read(gzip.compress(b" " * 30_000_000), "bomb.gz")
    assert (sources, "over 200 times its size" in error) == ([], True)


def test_a_bomb_of_many_layers_ends():
    data = zipped({f"{n}.html": "<p>" * 300_000 for n in range(16)})
    for _ in range(3):
        data = zipped({f"{n}.zip": data for n in range(16)})
    sources, errors = read(data, max_bytes=1_000_000)
    assert len(sources) + len(errors) < 100  # of 65,536
    assert "unpacks to far more than it holds" in errors[-1]


def test_members_that_share_their_bytes():
    data = bytearray(zipped({f"{n}.html": page(n) * 3 for n in range(9)}, zipfile.ZIP_STORED))
    start = data.index(b"PK\x01\x02")
    size = data[start + 20 : start + 24]
    at = start
    while (at := data.find(b"PK\x01\x02", at + 1)) > 0:
        data[at + 20 : at + 24] = (int.from_bytes(size, "little") * 9).to_bytes(4, "little")
    sources, (error,) = read(bytes(data))
    assert (sources, "it is a trap" in error) == ([], True)


CUT = {
    "zip": zipped(PAIR),
    "tar": tarred(PAIR)[: -tarred(PAIR)[::-1].index(b"<")],
    "tar.gz": tarred({f"{n}.html": page(n) for n in range(40)}, "w:gz"),
    "gz": gzip.compress(FERRY.encode()),
}


@pytest.mark.parametrize("kind", CUT)
def test_a_file_cut_off_is_one_line(kind):
    data = CUT[kind]
    for share in (0.3, 0.6, 0.95):
        _, errors = read(data[: int(len(data) * share)], f"a.{kind}")
        assert len(errors) == 1, (share, errors)
        assert "damaged" in errors[0]


def test_a_tar_without_its_end_mark_is_said_so():
    whole = tarred(PAIR)
    sources, (error,) = read(whole[: whole.rindex(b"</html>") // 512 * 512 + 512], "a.tar")
    assert len(sources) == 2
    assert "cut off or damaged after 2 whole members" in error


DATA = Path(__file__).parents[1] / "data" / "containers"
# What each bad file says, after its name: (captures, lines).
SAYS = {
    "cut.warc": (3, ["the web archive is damaged: it is cut off after 3 records"]),
    "cut.warc.gz": (4, ["the web archive is damaged: it is cut off after 4 records"]),
    "damaged-in-the-middle.warc.gz": (4, ["damaged: its gzip data are damaged after 2 records"]),
    "wrong-length.warc": (4, ["the web archive is damaged: it is cut off after 2 records"]),
    "wrong-length.warc.gz": (4, ["damaged: a record ends too early after 2 records"]),
    "no-record.warc": (0, ["the web archive is damaged"]),
    "empty.zip": (0, ["the zip archive holds no file"]),
    "cut.zip": (0, ["the zip archive is cut off or damaged; get it again"]),
    "leads-out.zip": (2, ["out.html: its name leads out of the archive; it was left out"]),
    "leads-out.tar": (2, ["out.html: its name leads out of the archive; it was left out"]),
    "links.tar": (2, ["it is a link, not a file", "it is a device, not a file"]),
    "cut.tar": (1, ["the tar archive is cut off or damaged after 1 whole members"]),
    "cut.tgz": (1, ["the tar archive is cut off or damaged after 1 whole members"]),
    "cut.html.gz": (1, ["the gzip file is cut off or damaged; what came out was kept"]),
    "picture.zip": (2, ["picture.html: this is not text"]),
    "bad-rows.csv": (
        2,
        ["row 2 has 2 fields where the header has 3", "record 3 has no text"],
    ),
    "bad-lines.jsonl": (
        2,
        ["line 2 is no JSON object", "record 3 is no JSON object", "record 4 has no text"],
    ),
    "cut.json": (2, ["after 2 records the JSON is cut off"]),
    "cut-over-lines.json": (0, ["after 0 records the JSON is cut off"]),
    "bad-pages-omnivore.zip": (
        1,
        ["record 2 is no JSON object", "has no content for it", "has no content for it"],
    ),
    "cut-omnivore.zip": (0, ["the Omnivore export is cut off or damaged; get it again"]),
    "no-text-pocket.csv": (0, ["this Pocket list has 1 address and no text"]),
    "cut-pocket.zip": (0, ["the Pocket export is cut off or damaged; get it again"]),
    "bad-items-zotero.rdf": (
        1,
        [
            "it lies outside of the export's folder; it was left out",
            "it is not in the export's folder; export it again",
            "Zotero has no file of it; attach one to it",
            "the Zotero export is cut off; export it again",
        ],
    ),
    "no-files-zotero.rdf": (0, ['lists 2 items and no files; tick "Export Files"']),
}


@pytest.mark.parametrize("name", SAYS)
def test_what_bad_files_say(name):
    found = list(read_safely(Place(name, path=DATA / name)))
    lines = [str(one) for one in found if not isinstance(one, Capture)]
    captures, parts = SAYS[name]
    assert len(lines) == len(parts), lines
    assert all(part in line for part, line in zip(parts, lines, strict=True)), lines
    assert len(found) - len(lines) == captures


@pytest.mark.parametrize("path", sorted(DATA.glob("*.*")), ids=lambda path: path.name)
def test_bad_files_kept(path):
    """Files that broke a reader once: never more than articles and clear lines."""
    assert trouble(path.name, path.read_bytes()) is None


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(SEEDS)), st.randoms(use_true_random=False))
def test_broken_files_give_articles_and_clear_lines(name, chance):
    assert trouble(name, broken(SEEDS[name], chance)) is None


@settings(max_examples=60, deadline=None)
@given(st.sampled_from([b"", b"WARC/1.0\r\n", b"PK\x03\x04", b"\x1f\x8b\x08\0"]), st.binary())
def test_any_bytes_are_told_by_somebody(start, rest):
    assert trouble("x", start + rest) is None
