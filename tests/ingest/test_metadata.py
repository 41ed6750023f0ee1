"""What a page's markup says of its article."""

import pytest

from ingest import Moment
from ingest.credits import read_credit, read_pieces
from ingest.headings import site_names, without_site
from ingest.read.encoding import declared_encoding, decode_html
from ingest.read.html import parsed
from ingest.read.jsonld import article_nodes, people_of, text_of
from ingest.read.metadata import page_facts
from ingest.read.saved import saved_facts
from ingest.read.scripted import scripted_html
from ingest.read.stamps import stamp


def said(html, field):
    return [fact.value for fact in page_facts(parsed(html)) if fact.field == field]


def test_meta_tags():
    page = """<html lang="en-GB"><head><title>Weir to be rebuilt | The Tarn Post</title>
    <meta property="og:title" content="Weir to be rebuilt">
    <meta property="og:site_name" content="The Tarn Post">
    <meta name="author" content="Ottoline Gage">
    <meta property="article:section" content="Rivers">
    <link rel="canonical" href="https://tarn.example/weir"></head><body><p>x</p></body></html>"""
    assert said(page, "title") == ["Weir to be rebuilt", "Weir to be rebuilt | The Tarn Post"]
    assert "The Tarn Post" in said(page, "publisher")
    assert said(page, "author") == ["Ottoline Gage"]
    assert said(page, "section") == ["Rivers"]
    assert said(page, "language") == ["en"]
    assert said(page, "url") == ["https://tarn.example/weir"]


def test_relative_canonical_address():
    page = '<html><head><link rel="canonical" href="/weir"></head><body>x</body></html>'
    (fact,) = [f for f in page_facts(parsed(page), "https://tarn.example/a") if f.field == "url"]
    assert fact.value == "https://tarn.example/weir"


def test_every_fact_says_where_it_was_read():
    page = '<html><head><meta name="author" content="Ottoline Gage"></head><body>x</body></html>'
    (fact,) = [fact for fact in page_facts(parsed(page)) if fact.field == "author"]
    assert fact.origin == "meta author"
    assert 0 < fact.weight <= 1


def test_json_ld_in_a_graph_with_references():
    script = """{"@context": "https://schema.org", "@graph": [
      {"@type": "WebPage", "name": "The site"},
      {"@type": "NewsArticle", "headline": "Weir &amp; lock", "author": {"@id": "#og"}},
      {"@type": "Person", "@id": "#og", "name": "Ottoline Gage"}]}"""
    (node,) = article_nodes([script])
    assert text_of(node["headline"]) == "Weir & lock"
    assert people_of(node["author"]) == [("Ottoline Gage", "Person")]


@pytest.mark.parametrize(
    "script",
    [
        '<!-- {"@type": "NewsArticle", "headline": "Weir"} -->',
        '//<![CDATA[\n{"@type": "NewsArticle", "headline": "Weir"}\n//]]>',
        '{"@type": "NewsArticle", "headline": "Weir",}',
        '{"@type": ["Thing", "NewsArticle"], "headline": "Weir",\n "x": "a\tb"};',
    ],
)
def test_json_ld_with_faults(script):
    assert text_of(article_nodes([script])[0]["headline"]) == "Weir"


@pytest.mark.parametrize("script", ["", "{", "[" * 100_000, "null", '"text"', "[1, 2]", "{}"])
def test_json_ld_that_says_nothing(script):
    assert article_nodes([script]) == []


@pytest.mark.parametrize(
    ("value", "people"),
    [
        (
            "By ABBY FENWICK, TOBIAS LUND and RUBY CROSS",
            ["Abby Fenwick", "Tobias Lund", "Ruby Cross"],
        ),
        ("Joss Amberley, Sr.", ["Joss Amberley, Sr."]),
        ("Ines Marsh, Odo Vale Jr.", ["Ines Marsh", "Odo Vale Jr."]),
        ("Von Greta Holm und Jan Aster", ["Greta Holm", "Jan Aster"]),
        ("Trine Dahl og Per Moe", ["Trine Dahl", "Per Moe"]),
        ("Tobias Byrne", ["Tobias Byrne"]),
        ("Bylund Andersson", ["Bylund Andersson"]),
        ("desk@tarn.example", []),
        ("https://tarn.example/people/gage", []),
        ("ottoline-gage", []),
        ("105092", []),
        ("Web Desk", []),
        ("신현주 기자", ["신현주"]),
        ("Ottoline Gage, Senior Reporter", ["Ottoline Gage"]),
    ],
)
def test_credits(value, people):
    assert list(read_credit(value).people) == people


def test_a_house_is_no_person():
    credit = read_credit("Ottoline Gage, Tarn Post", site_names(["Tarn Post"], []))
    assert credit.people == ("Ottoline Gage",)
    assert credit.bodies == ("Tarn Post",)


def test_byline_of_several_elements():
    assert read_pieces(["By", "Ottoline Gage", "Rivers Reporter", "11:58, 23 Apr 2024"]).people == (
        "Ottoline Gage",
    )
    assert read_pieces(["Greta Holm", "Jan Aster Lund"]).people == ("Greta Holm", "Jan Aster Lund")


@pytest.mark.parametrize(
    ("title", "bare"),
    [
        ("Weir to be rebuilt | The Tarn Post", "Weir to be rebuilt"),
        ("Weir to be rebuilt - tarn.example", "Weir to be rebuilt"),
        ("Weir to be rebuilt | Rivers | The Tarn Post Online", "Weir to be rebuilt"),
        ("The Tarn Post: weir to be rebuilt", "The Tarn Post: weir to be rebuilt"),
        ("Weir - what now?", "Weir - what now?"),
        ("Ein Wehr – und dann?", "Ein Wehr – und dann?"),
    ],
)
def test_site_left_out_of_titles(title, bare):
    sites = site_names(["The Tarn Post"], ["https://www.tarn.example/weir"])
    assert without_site(title, sites) == bare


@pytest.mark.parametrize(
    ("value", "iso"),
    [
        ("2017-05-21T23:01:31-05:00", "2017-05-21T23:01:31-05:00"),
        ("2017-05-21T23:01:31.123Z", "2017-05-21T23:01:31Z"),
        ("2017-05-21T23:01:31+0000", "2017-05-21T23:01:31Z"),
        ("2017-05-21 23:01", "2017-05-21T23:01"),
        ("2017-5-1", "2017-05-01"),
        ("20170521", "2017-05-21"),
        ("20170521T230131Z", "2017-05-21T23:01:31Z"),
        ("1495425691", "2017-05-22T04:01:31Z"),
        ("Sun, 21 May 2017 23:01:31 GMT", "2017-05-21T23:01:31Z"),
        ("21 May 2017", "2017-05-21"),
        ("2016/6/29 15:07:41", "2016-06-29T15:07:41"),
        ("Mo, 25 Jun 2018", "2018-06-25"),
        ("2017-13-45", None),
        ("0000-00-00", None),
        ("soon", None),
        ("", None),
    ],
)
def test_stamps(value, iso):
    assert stamp(value) == iso


def test_single_file_header():
    page = """<!DOCTYPE html> <html><!--
 Page saved with SingleFile
 url: https://tarn.example/weir?from=home
 saved date: Fri Jun 14 2024 18:05:09 GMT-0730 (Somewhere Time)
--><head></head></html>"""
    assert [(f.field, f.value) for f in saved_facts(page)] == [
        ("url", "https://tarn.example/weir?from=home"),
        ("captured", "2024-06-14T18:05:09-07:30"),
    ]


def test_browsers_line():
    page = "<!DOCTYPE html>\n<!-- saved from url=(0025)https://tarn.example/weir -->\n<html></html>"
    assert [f.value for f in saved_facts(page)] == ["https://tarn.example/weir"]


def test_encoding_order():
    assert decode_html("\ufeff<p>é".encode()) == ("<p>é", "utf-8")
    assert decode_html('<meta charset="iso-8859-1">é'.encode())[0].endswith("é")
    latin = b'<meta content="text/html; charset=iso-8859-1"><p>\x93Br\xfbl\xe9\x94'
    assert decode_html(latin)[0].endswith("“Brûlé”")
    assert decode_html(b"<p>Br\xfbl\xe9")[0] == "<p>Brûlé"
    assert decode_html('<meta charset="koi8-r"><p>Плотина'.encode("koi8-r"))[0].endswith("Плотина")
    assert decode_html('<meta charset="shift_jis"><p>堰①'.encode("cp932"))[0].endswith("堰①")
    for none in (b"x-unheard-of", b"rot13", b"base64", b"idna", b"unicode_escape", b"undefined"):
        assert declared_encoding(b'<meta charset="%s">' % none) is None
        assert decode_html(b'<meta charset="%s"><p>Br\xfbl\xe9' % none)[0].endswith("Brûlé")
    # A wrong label for what is UTF-8 with one broken byte.
    assert decode_html("<meta charset=utf-8><p>Brûlé, Brûlé, Brûlé,".encode() + b"\xe2\x80")[0][
        20:
    ].startswith("<p>Brûlé")


def test_rights_line_gives_year_and_holder():
    page = "<html><body><p>x</p><footer>© 2024 The Tarn Post</footer></body></html>"
    facts = {(f.field, f.value) for f in page_facts(parsed(page))}
    assert ("published", "2024") in facts
    assert ("publisher", "The Tarn Post") in facts


def test_article_in_scripts():
    text = '\\u003cp class=\\"x\\"\\u003eThe weir went in one night.\\u003c/p\\u003e'
    root = parsed(f'<html><body><script>self.f.push([1,"{text * 8}"])</script></body></html>')
    html = scripted_html(root)
    assert html is not None
    assert html.startswith('<p class="x">The weir went')
    assert scripted_html(parsed("<html><body><script>var a = 1</script></body></html>")) is None


def test_moment_of_precision():
    from ingest.settle import moment_of

    assert moment_of("2024") == Moment("2024", "year")
    assert moment_of("2024-03") == Moment("2024-03", "month")
    assert moment_of("2024-03-07T09:15Z") == Moment("2024-03-07T09:15Z", "minute")
