"""Bytes to text, and the ways in which that fails."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.decode import decode, mended_utf8
from ingest.errors import BinaryFile, EmptyFile, IngestError, TooLarge, UnreadableFile
from ingest.read import read_capture, walk
from ingest.read.encoding import decode_html, header_charset

SENTENCE = "“Café Brûlé” cost €4 – the waiter said so… and nobody’s aunt agreed. "


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (SENTENCE.encode(), "utf-8"),
        (b"\xef\xbb\xbf" + SENTENCE.encode(), "utf-8"),
        (b"plain ascii, nothing else", "utf-8"),
        (b"\xff\xfe" + SENTENCE.encode("utf-16-le"), "utf-16-le"),
        (b"\xfe\xff" + SENTENCE.encode("utf-16-be"), "utf-16-be"),
        (("Plain words without a mark. " * 4).encode("utf-16-le"), "utf-16-le"),
        (("Plain words without a mark. " * 4).encode("utf-16-be"), "utf-16-be"),
        (b"\xff\xfe\x00\x00" + SENTENCE.encode("utf-32-le"), "utf-32-le"),
        (SENTENCE.encode("cp1252"), "cp1252"),
        ("Fräulein Späth fährt über die Brücke.".encode("iso-8859-1"), "cp1252"),
        (("Паром опоздал на три часа, сказал капитан. " * 20).encode("koi8-r"), "koi8-r"),
    ],
)
def test_encoding(data: bytes, encoding: str) -> None:
    text, found = decode(data)
    assert found == encoding
    assert not text.startswith("\ufeff")


def test_text_comes_back_whole() -> None:
    assert decode(SENTENCE.encode("cp1252"))[0] == SENTENCE
    assert decode(b"\xff\xfe" + SENTENCE.encode("utf-16-le"))[0] == SENTENCE


def test_line_ends_stay() -> None:
    assert decode(b"one\r\ntwo\rthree\n")[0] == "one\r\ntwo\rthree\n"


def test_utf8_cut_short_is_still_utf8() -> None:
    data = (SENTENCE * 3).encode() + "é".encode()[:1]
    text, encoding = decode(data)
    assert encoding == "utf-8"
    assert text == SENTENCE * 3 + "\ufffd"


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"Caf\xc3\xa9, na\xc3\xafve \x97 and so on", "Café, naïve — and so on"),
        (b"\xe2\x80\x9cIt is late,\xe2\x80\x9d said \x93she\x94.", "“It is late,” said “she”."),
        (b"\xe2\x80\x9cIt is late,\xe2\x80", "“It is late,\ufffd"),
        (b"\xe2\x80\x9cIt is\xe2\x80 late\xe2\x80\x9d", "“It is\ufffd late”"),
        (b"\xe2\x80\x9cIt\x81is late\xe2\x80\x9d", "“It\ufffdis late”"),
    ],
)
def test_what_was_pasted_into_utf8_is_read(data: bytes, text: str) -> None:
    assert decode(data) == (text, "utf-8")
    assert decode_html(b"<p>" + data + b"</p>")[0] == f"<p>{text}</p>"


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        (
            "shift_jis",
            "港の新しい橋が月曜日に開通した。市長は橋の上で、地元の住民にそう語った。" * 5,
        ),
        ("euc_jp", "港の新しい橋が月曜日に開通した。市長は橋の上で、地元の住民にそう語った。" * 5),
        ("gb2312", "新港口开放，市长星期一宣布。许多居民参加了仪式，比计划晚了两年完成。" * 5),
        ("euc_kr", "새로운 다리가 월요일에 개통되었다고 시장이 주민들에게 말했다. " * 5),
        ("cp1251", "Паром опоздал на три часа, сказал капитан. " * 5),
        ("cp1252", "Le café a brûlé lundi — deux fois, « répète » le gérant. " * 5),
        ("cp874", "สะพานใหม่ของท่าเรือเปิดใช้เมื่อวันจันทร์ นายกเทศมนตรีกล่าว " * 5),
    ],
)
def test_other_encodings_are_not_taken_for_broken_utf8(encoding: str, text: str) -> None:
    assert mended_utf8(text.encode(encoding)) is None


def test_utf16_cut_short() -> None:
    text, encoding = decode(b"\xff\xfe" + SENTENCE.encode("utf-16-le")[:-1])
    assert encoding == "utf-16-le"
    assert text.startswith(SENTENCE[:-1])


@pytest.mark.parametrize("data", [b"", b" \r\n\t ", b"\xef\xbb\xbf\n\n", "\xa0\f\n".encode()])
def test_empty(data: bytes) -> None:
    with pytest.raises(EmptyFile):
        decode(data)


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4,
        b"%PDF-1.4\n" + bytes(range(256)) * 4,
        b"\x1f\x8b\x08" + bytes(range(256)) * 4,
        b"words and \x00 then more words",
        b"words\x01\x02\x03\x04\x05 with controls",
    ],
)
def test_binary(data: bytes) -> None:
    with pytest.raises(BinaryFile):
        decode(data)


@given(st.binary(max_size=400))
def test_any_bytes_are_text_or_refused(data: bytes) -> None:
    try:
        text, encoding = decode(data)
    except IngestError:
        return
    assert text.strip()
    assert "".encode(encoding) is not None


def test_capture_knows_its_source(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_bytes(b"\xef\xbb\xbfwords\n")
    capture = read_capture(path)
    assert (capture.source, capture.text, capture.size) == (str(path), "words\n", 9)
    assert len(capture.sha256) == 64


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"words")))
    assert read_capture("-").source == "-"


def test_too_large(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_bytes(b"x" * 11)
    assert read_capture(path, max_bytes=11).size == 11
    with pytest.raises(TooLarge, match="over 10 bytes"):
        read_capture(path, max_bytes=10)


@pytest.mark.parametrize("name", ["nowhere.txt", "nul\x00.txt", ""])
def test_unreadable(tmp_path: Path, name: str) -> None:
    with pytest.raises(UnreadableFile):
        read_capture(f"{tmp_path}/{name}")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_without_permission(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_text("words")
    path.chmod(0)
    with pytest.raises(UnreadableFile, match="permission"):
        read_capture(path)


def test_walk_is_in_order_and_leaves_hidden_files_out(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "a/y.txt", ".hidden.txt", ".git/config", "a/.x"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("words")
    (tmp_path / "loop").symlink_to(tmp_path)
    found = [os.path.relpath(path, tmp_path) for path in walk([tmp_path])]
    assert found == ["a/y.txt", "a/z.txt", "b.txt"]


def test_walk_follows_links_once(tmp_path: Path) -> None:
    for name in ("clips/a.txt", "disk/b.txt", "disk/inner/c.txt"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("words")
    clips = tmp_path / "clips"
    (clips / "2019").symlink_to("../disk")
    (clips / "again").symlink_to("../disk/inner")
    (clips / "back").symlink_to("..")
    (tmp_path / "disk" / "up").symlink_to("../clips")
    (clips / "gone.txt").symlink_to("nowhere.txt")
    found = [os.path.relpath(path, clips) for path in walk([clips])]
    assert found == ["2019/b.txt", "2019/inner/c.txt", "a.txt", "gone.txt"]


def test_walk_keeps_what_is_named(tmp_path: Path) -> None:
    hidden = tmp_path / ".hidden.txt"
    hidden.write_text("words")
    assert list(walk(["-", hidden, "nowhere"])) == ["-", str(hidden), "nowhere"]


@pytest.mark.parametrize(
    ("encoding", "named", "read_as"),
    [
        ("koi8-r", "koi8-r", "koi8-r"),
        ("utf-8", "cp1252", "utf-8"),  # bytes that are good UTF-8 are nothing else
    ],
)
def test_what_a_server_names(encoding, named, read_as):
    text = "<p>Паром больше не ходит.</p>"
    assert decode(text.encode(encoding), charset=named) == (text, read_as)
    assert decode_html(text.encode(encoding), named) == (text, read_as)


def test_the_page_knows_better_than_a_server_that_is_wrong():
    page = '<meta charset="shift_jis"><p>' + "渡し船は港にとどまった。" * 20
    assert decode_html(page.encode("cp932"), "utf-16-le") == (page, "cp932")
    assert decode_html(page.encode("cp932"), "euc_jp") == (page, "cp932")


@pytest.mark.parametrize(
    ("header", "codec"),
    [
        ("text/html; charset=ISO-8859-1", "cp1252"),
        ('text/html;charset="koi8-r"', "koi8-r"),
        ("text/html", None),
        ("text/html; charset=base64", None),
        ("text/html; charset=utf-7", "utf-8"),
        ("text/html; charset=nonsense", None),
    ],
)
def test_the_charset_of_a_header(header, codec):
    assert header_charset(header) == codec


@pytest.mark.parametrize(
    ("lang", "text", "charset"),
    [
        ("ru", "Новый мост открыли во вторник утром, сообщила мэрия города.", "cp1251"),
        ("ru", "Новый мост открыли во вторник утром, сообщила мэрия города.", "koi8-r"),
        ("pl", "Żółta łódź płynęła świetnie, ćma też, podał ratusz.", "cp1250"),
        ("cs", "Žluťoučký kůň pěl ďábelské ódy, oznámila radnice.", "cp1250"),
        ("tr", "Yeni köprü açıldı, Şişli ışığı gördü, çığ düştü.", "cp1254"),
        ("el", "Η νέα γέφυρα άνοιξε την Τρίτη το βράδυ.", "cp1253"),
        ("ja", "東湾市の新しい橋が火曜日に開通した。", "cp932"),
        ("ja", "東湾市の新しい橋が火曜日に開通した。", "euc_jp"),
        ("zh-CN", "东湾市新大桥于星期二正式通车。", "gb18030"),
        ("ko", "동만시의 새 다리가 화요일에 개통되었다.", "cp949"),
        ("fr", "La gare de Sèvremont a servi du pâté, a annoncé la mairie.", "cp1252"),
    ],
)
def test_a_page_that_names_no_charset_is_read_as_its_language_is_written(lang, text, charset):
    page = f"<html lang={lang}><title>x</title><p>{text}</p></html>".encode(charset)
    decoded, name = decode_html(page)
    assert (text in decoded, name) == (True, charset)


def test_without_a_language_letters_beyond_ascii_tell_what_is_not_western():
    text = "Новый мост через реку открыли во вторник утром, сообщила мэрия города."
    assert text in decode_html(f"<title>x</title><p>{text}</p>".encode("cp1251"))[0]
    french = "<p>« Été », dit-il : œuvre, Noël, forêt, île – à l’aéroport.</p>"
    assert decode_html(french.encode("cp1252")) == (french, "cp1252")


@pytest.mark.parametrize(
    "text",
    [
        "La gare de Sèvremont a servi du pâté à six cents personnes.",
        "“It’s late,” she said – and left.",
        "Новый мост открыли во вторник утром.",
        "東湾市の新しい橋が開通した。",
    ],
)
def test_a_text_that_was_decoded_wrongly_and_saved_again_is_put_right(text):
    # As browsers read windows-1252: its five bytes without a meaning are control characters.
    wrong = "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in text.encode())
    assert wrong != text
    assert decode(wrong.encode())[0] == text
    assert text in decode_html(f"<p>{wrong}</p>".encode())[0]


@pytest.mark.parametrize(
    "text",
    [
        "SÃO PAULO: Ã© is what Ã© looks like, naïve as it is.",
        "PÂTÉ À LA GARE, NOËL, FORÊT, ÎLE, ÆRØ",
        "Das „Ä“ und das „Ö“; the “Ä” and the “Ö”.",
        "Ångström, Ærø, Ñandú – “Ñ”",
    ],
)
def test_a_text_that_is_meant_so_stays(text):
    assert decode(text.encode())[0] == text
