"""Pages of HTML as people have them: plain, saved by programs, broken, and hostile."""

import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.archive import Archive
from ingest.errors import IngestError, TooLarge
from ingest.load import Tally, load
from ingest.pipeline import articles_of
from ingest.read import read_captures, walk
from ingest.read.html import html_capture, matches
from ingest.read.mhtml import matches as is_mhtml
from ingest.read.place import Place

LEAD = "The weir at Tarn Head went in one night, and the footbridge with it, the wardens said."
QUOTE = "“Nobody heard it go,” said Ottoline Gage, who keeps the lock."
BODY = f"<p>{LEAD}</p><p>{QUOTE}</p><p>A ferry will run at weekends until the bridge is back.</p>"


def page(body=BODY, head="<title>Weir lost | Tarn Post</title>", before="<!DOCTYPE html>"):
    return (
        f"{before}<html lang=en><head><meta charset=utf-8>{head}</head><body><article>"
        f"<h1>Weir lost</h1>{body}</article></body></html>"
    )


def read(html, name="page.html", **place):
    data = html if isinstance(html, bytes) else html.encode()
    (article,) = articles_of(html_capture(Place(name, data=data, **place), data))
    return article


def one_line(error):
    assert "\n" not in str(error)


def texts(article):
    return [p.text for p in article.paragraphs if p.kind != "heading"]


def test_a_page():
    article = read(page())
    assert article.title == "Weir lost"
    assert article.publisher == "Tarn Post"
    assert article.language == "en"
    assert texts(article)[:2] == [LEAD, QUOTE]
    assert [article.people[q.person].name for q in article.quotes if q.kind == "direct"] == [
        "Ottoline Gage"
    ]
    assert article.capture.format == "html"


def test_blocks_stand_where_they_say():
    article = read(page())
    for paragraph in article.paragraphs:
        assert " ".join(paragraph.span.of(article.text).split()) == paragraph.text


# FC-04
def test_bylines():
    byline = "By ADA FERROL, ODD MARSTEIN and KIT BYGRAVE"
    article = read(
        page(
            f'<div class="byline">{byline}</div>'
            f'<a rel="author" href="mailto:desk@tarn.example">Email The Author</a>{BODY}'
        )
    )
    assert article.authors == ("Ada Ferrol", "Odd Marstein", "Kit Bygrave")
    assert article.byline == byline
    assert article.title == "Weir lost"
    assert article.publisher == "Tarn Post"
    assert "Ottoline Gage" not in article.authors


# FC-05
def test_published_and_changed():
    article = read(
        page(
            f"<p>Updated 9 June 2019</p>{BODY}",
            '<meta property="article:published_time" content="2019-05-31T22:30:00-07:00">'
            '<meta property="article:modified_time" content="2019-06-09T10:00:00Z">',
        )
    )
    assert article.published.value == "2019-05-31T22:30:00-07:00"
    assert article.modified.value == "2019-06-09T10:00:00Z"


def test_byline_and_date_are_no_paragraphs():
    byline = "By ADA FERROL, ODD MARSTEIN and KIT BYGRAVE"
    mail = '<a rel="author" href="mailto:desk@tarn.example">Email The Author</a>'
    article = read(
        page(f'<div class="byline">{byline}</div>{mail}<p>Updated 9 June 2019</p>{BODY}')
    )
    assert texts(article)[0] == LEAD


# FC-06
def test_one_article_of_several_addresses(tmp_path):
    addresses = [
        "https://tarn.example/news/weir",
        "https://tarn.example/news/weir/",
        "http://www.tarn.example/news/weir?utm_source=mail&fbclid=abc",
        "https://tarn.example/news/weir#comments",
    ]
    names = []
    for number, address in enumerate(addresses):
        line = f"<!DOCTYPE html>\n<!-- saved from url=({len(address):04}){address} -->\n"
        (tmp_path / f"{number}.html").write_text(page(before=line))
        names.append(str(tmp_path / f"{number}.html"))
    other = page(
        "<p>The second page tells of the lock, the keeper's house and the long winter of 1962.</p>"
        "<p>It was the coldest since records began, and the river froze down to its bed.</p>",
        before="<!DOCTYPE html>\n"
        "<!-- saved from url=(0037)https://tarn.example/news/weir?page=2 -->\n",
    )
    (tmp_path / "page2.html").write_text(other)
    names.append(str(tmp_path / "page2.html"))
    with Archive.open(tmp_path / "archive.db") as archive:
        first = Tally()
        for result in load(archive, names):
            assert result.error is None
            first.add(result)
        assert first.counts["added"] == 2
        again = Tally()
        for result in load(archive, names):
            again.add(result)
        assert again.counts["unchanged"] == 5
        assert again.counts["added"] == 0
        urls = {row["url"] for row in archive.db.query("select url from addresses")}
        assert urls >= set(addresses)


# FC-07
def test_single_file():
    header = (
        "<!DOCTYPE html> <html lang=en><!--\n Page saved with SingleFile \n"
        " url: https://tarn.example/weir?ref=home \n"
        " saved date: Thu Mar 07 2024 09:15:30 GMT+0100 (Somewhere Time)\n-->"
    )
    article = read(
        f"{header}<head><meta charset=utf-8><title>Weir lost</title></head><body>"
        f"<nav>Home | Sport</nav><article><h1>Weir lost at Tarn Head</h1><p>{LEAD}</p>"
        f"<p>{QUOTE}</p></article><footer>© 2024 Tarn Post</footer></body></html>"
    )
    assert article.url == "https://tarn.example/weir?ref=home"
    assert article.captured.value == "2024-03-07T09:15:30+01:00"
    assert article.title == "Weir lost at Tarn Head"
    assert texts(article) == [LEAD, QUOTE]
    assert (article.published.value, article.published.precision) == ("2024", "year")


def test_folder_of_a_saved_page_is_not_walked(tmp_path):
    for name in ("Weir.html", "Weir_files/ad.html", "Weir-Dateien/x.html", "odd_files/a.html"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(page())
    found = [Path(name).relative_to(tmp_path).as_posix() for name in walk([tmp_path])]
    assert found == ["Weir.html", "odd_files/a.html"]


def mhtml(html, *, encoding="quoted-printable"):
    import base64
    import quopri

    encode = quopri.encodestring if encoding == "quoted-printable" else base64.encodebytes
    return (
        b"From: <Saved by Blink>\r\n"
        b"Snapshot-Content-Location: https://tarn.example/weir\r\n"
        b"Subject: Weir lost\r\nDate: Thu, 7 Mar 2024 09:15:30 +0100\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="--b--"\r\n\r\n'
        b"----b--\r\nContent-Type: text/html\r\nContent-ID: <f@mhtml.blink>\r\n"
        b"Content-Transfer-Encoding: " + encoding.encode() + b"\r\n"
        b"Content-Location: https://tarn.example/weir\r\n\r\n"
        + encode(html.encode())
        + b"\r\n----b--\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        b"iVBORw0KGgo=\r\n\r\n----b------\r\n"
    )


@pytest.mark.parametrize("encoding", ["quoted-printable", "base64"])
def test_mhtml(tmp_path, encoding):
    data = mhtml(page(), encoding=encoding)
    (tmp_path / "weir.mht").write_bytes(data)
    assert is_mhtml(data, "weir")
    (capture,) = read_captures(tmp_path / "weir.mht")
    (article,) = articles_of(capture)
    assert article.url == "https://tarn.example/weir"
    assert article.captured.value == "2024-03-07T09:15:30+01:00"
    assert texts(article)[:2] == [LEAD, QUOTE]
    assert (capture.format, capture.size, capture.raw) == ("mhtml", len(data), data)


def test_mhtml_is_told_from_a_letter():
    letter = (
        b"From: a@tarn.example\nTo: b@tarn.example\nReceived: from x\n"
        b"Content-Type: multipart/related; boundary=x\n\n--x\n"
    )
    assert not is_mhtml(letter, "letter.eml")


@pytest.mark.parametrize("cut", [0.2, 0.5, 0.9])
def test_mhtml_cut_off(tmp_path, cut):
    data = mhtml(page())
    (tmp_path / "weir.mht").write_bytes(data[: int(len(data) * cut)])
    try:
        found = list(read_captures(tmp_path / "weir.mht"))
    except IngestError as error:
        one_line(error)
    else:
        assert found


BAD = {
    "empty": b"",
    "white": b" \n\t ",
    "a tag": b"<html>",
    "no body": b"<html><head><title>x</title></head></html>",
    "nothing in it": b"<!DOCTYPE html><html><body></body></html>",
    "half a tag": b"<!DOCTYPE html><html><body><p",
    "a frame": b'<html><frameset><frame src="a.html"></frameset></html>',
    "a script": b"<html><body><script>let a = '<p>not shown</p>'</script></body></html>",
    "a picture": b"\x89PNG\r\n\x1a\n" + b"<html>" + bytes(range(256)) * 4,
    "controls": b"<html>" + b"\x00\x01\x02" * 400,
    "links": b"<html><body>" + b'<a href="/x">Home</a> ' * 500 + b"</body></html>",
    "unclosed comment": b"<html><!-- " + b"x" * 10_000,
    "wrong json": b'<html><script type="application/ld+json">{"@type": ["a", {}]}</script>',
}


@pytest.mark.parametrize("name", BAD)
def test_bad_pages_have_one_clear_line(name):
    with pytest.raises(IngestError) as caught:
        read(BAD[name])
    assert str(caught.value).startswith("page.html: ")
    assert "\n" not in str(caught.value)
    assert len(caught.value.message) > 10


def test_cut_off_page_keeps_what_it_has():
    html = page()
    article = read(html[: html.index("A ferry") + 12])
    assert texts(article)[:2] == [LEAD, QUOTE]


def test_broken_charset_loses_no_paragraph():
    article = read(page().encode().replace("“".encode(), b"\xe2\x80", 1))
    assert texts(article)[0] == LEAD


def test_windows_quotes_in_a_latin_page():
    html = page(head="<title>Weir</title>").replace("utf-8", "iso-8859-1")
    assert texts(read(html.encode("cp1252")))[1] == QUOTE


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 100_000 + LEAD,
        "<b>" * 50_000 + LEAD + "</b>" * 50_000,
        "<table><tr><td>" * 3_000 + LEAD,
        "<p>" * 300_000,
        "<span a=" * 100_000,
        "<!--" * 100_000,
        "&#x41;" * 200_000,
        "x" * 2_000_000,
        "<p>" + "“" * 100_000,
        "<p>by " * 50_000,
        "<a rel=author>By A B</a>" * 30_000,
        "<time>2020-01-01</time>" * 50_000,
        "<script type='application/ld+json'>" + "[" * 200_000,
        "<script>" + '"' + "\\u003cp" * 100_000,
        "<h1>" + "a - " * 20_000,
        "<meta property='og:title' content='x'>" * 50_000,
        "<title>" + "|" * 100_000,
    ],
    ids=lambda html: html[:12],
)
def test_hostile_pages_take_bounded_time(html):
    started = time.monotonic()
    try:
        read("<!DOCTYPE html><html><body>" + html)
    except IngestError as error:
        one_line(error)
    assert time.monotonic() - started < 20


def test_a_hundred_thousand_paragraphs():
    count = 100_000
    body = "".join(
        f"<p>The warden wrote down the level on day {n}, as before.</p>" for n in range(count)
    )
    started = time.monotonic()
    data = page(body).encode()
    capture = html_capture(Place("long.html", data=data), data)
    assert capture.blocks is not None
    assert len(capture.blocks) >= count
    assert f"on day {count - 1}," in capture.text
    assert time.monotonic() - started < 30


@pytest.mark.parametrize("tag", [b"<p>", b"<", b"<a href=x>word</a> "])
def test_more_tags_than_fit_in_memory_are_refused_in_one_line(tag):
    data = b"<!DOCTYPE html><html><body>" + tag * 1_600_000
    started = time.monotonic()
    with pytest.raises(TooLarge, match="the page has over 1,500,000 tags; split it") as raised:
        html_capture(Place("tags.html", data=data), data)
    one_line(raised.value)
    assert time.monotonic() - started < 5


@pytest.mark.parametrize("tag", ["<div>", "<ul><li>", "<b>", "<table><tr><td>"])
def test_elements_nested_too_deep_for_a_parser_are_read_all_the_same(tag):
    article = read(page(tag * 5_000 + f"<p>{LEAD}</p><p>{LEAD} Again.</p>"))
    assert [p.text for p in article.paragraphs] == [LEAD, f"{LEAD} Again."]


def test_lines_parted_by_breaks_without_end():
    started = time.monotonic()
    article = read(page("<p>" + "the level of the river<br>" * 200_000))
    assert len(article.paragraphs) == 1
    assert time.monotonic() - started < 20


_TAGS = st.sampled_from(
    "p div span article h1 h2 ul li blockquote br table tr td a script style time meta title "
    "figure figcaption aside nav footer section em strong iframe svg template".split()
)
_ATTRIBUTES = st.sampled_from(
    ["", ' class="byline"', ' class="article-body"', ' rel="author"', ' itemprop="author"',
     ' datetime="2020-02-30T99:99"', ' href="//["', ' hidden', ' style="display:none"',
     ' property="article:published_time" content="2020"', ' type="application/ld+json"']
)  # fmt: skip
_WORDS = st.one_of(
    st.text(max_size=30), st.just(LEAD), st.just("By Ada Ferrol"), st.just("© 2020 A")
)
_PIECES = st.one_of(
    st.builds(lambda tag, more: f"<{tag}{more}>", _TAGS, _ATTRIBUTES),
    _TAGS.map(lambda tag: f"</{tag}>"),
    _WORDS,
)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(_PIECES, max_size=60).map("".join), st.sampled_from(["utf-8", "utf-16", "cp1252"]))
def test_any_page_gives_an_article_or_one_line(html, encoding):
    data = ("<!DOCTYPE html><html><body>" + html).encode(encoding, "replace")
    try:
        article = read(data)
    except IngestError as error:
        one_line(error)
        return
    ends = 0
    for block in article.capture.blocks or ():
        assert ends <= block.span.start < block.span.end <= len(article.text)
        ends = block.span.end


def test_recognised_by_content():
    assert matches(page().encode(), "anything.bin")
    assert not matches(b"Tags like <p> are written so.", "a.html")
