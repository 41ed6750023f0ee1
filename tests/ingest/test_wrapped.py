"""Exports and answers that wrap articles in one JSON object; a Substack zip; WACZ."""

from __future__ import annotations

import json

import pytest

from ingest.article import Capture
from ingest.errors import IngestError
from ingest.read.place import Place, read_safely
from ingest.recognise import recognise
from tests.containers import FERRY, packed, record, zipped

WORDS = "The ferry stayed in port on Monday, and nobody sailed."


def found(data: object, name: str = "export.json"):
    raw = data if isinstance(data, bytes) else json.dumps(data).encode()
    return list(read_safely(Place(name, data=raw)))


def articles(data: object, name: str = "export.json"):
    return [recognise(one)[0] for one in found(data, name) if isinstance(one, Capture)]


def said(data: object, name: str = "export.json") -> list[str]:
    return [str(one) for one in found(data, name) if isinstance(one, IngestError)]


FEED = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "Skar Gazette",
    "language": "en-GB",
    "items": [
        {
            "id": "a",
            "url": "https://skar.example/a",
            "title": "Ferry stays in port",
            "content_html": f"<p>{WORDS}</p><p>It sails on Friday.</p>",
            "date_published": "2024-02-02T10:30:00+01:00",
            "authors": [{"name": "Hedda Brix"}],
            "tags": ["ferries"],
        },
        {"id": "b", "title": "Bread", "content_text": "No bread.\n\nNone at all."},
        {"id": "c", "title": "A teaser", "summary": "Why there is no bread."},
    ],
}


def test_a_json_feed_is_an_article_an_item():
    ferry, bread, teaser = articles(FEED)
    assert (ferry.title, ferry.publisher) == ("Ferry stays in port", "Skar Gazette")
    assert ferry.authors == ("Hedda Brix",)
    assert ferry.url == "https://skar.example/a"
    assert ferry.published.value == "2024-02-02T10:30:00+01:00"
    assert [p.text for p in ferry.paragraphs] == [WORDS, "It sails on Friday."]
    assert ("tag", "ferries") in [(fact.field, fact.value) for fact in ferry.facts]
    assert len(bread.paragraphs) == 2
    assert not bread.paywalled
    assert teaser.paywalled


GHOST = {
    "db": [
        {
            "meta": {"version": "5.80.0"},
            "data": {
                "posts": [
                    {"id": "1", "title": "Ferry stays", "slug": "ferry", "html": f"<p>{WORDS}</p>",
                     "status": "published", "published_at": "2024-01-11T09:00:00.000Z"},
                    {"id": "2", "title": "Notes", "slug": "notes", "html": "<p>Not yet.</p>",
                     "status": "draft"},
                ],
                "users": [{"id": "u1", "name": "Ole Lind"}, {"id": "u2", "name": "Hedda Brix"}],
                "posts_authors": [
                    {"post_id": "1", "author_id": "u1", "sort_order": 1},
                    {"post_id": "1", "author_id": "u2", "sort_order": 0},
                ],
                "settings": [{"key": "title", "value": "Skar Letter"}],
            },
        }
    ]
}  # fmt: skip


def test_a_ghost_export_has_its_authors_its_paper_and_no_drafts():
    (ferry,) = articles(GHOST)
    assert ferry.capture.source == "export.json!ferry"
    assert ferry.authors == ("Hedda Brix", "Ole Lind")
    assert ferry.publisher == "Skar Letter"
    assert said(GHOST) == [
        "export.json!drafts: 1 draft was left out: never published, so no article yet"
    ]


ROW = {"headline": "Ferry stays", "body": WORDS, "date": "2024-01-05"}


@pytest.mark.parametrize(
    "data",
    [
        {"status": "ok", "articles": [ROW]},
        {"response": {"total": 1, "results": [{"id": "x", "fields": ROW}]}},
        {"hits": {"hits": [{"_id": "x", "_source": ROW}]}},
        {"data": [{"type": "post", "attributes": ROW}], "links": {"next": None}},
        {"title": "All of January", "content": [ROW]},
        [{"id": 7, "fields": ROW}],
    ],
)
def test_articles_are_found_in_what_an_interface_answers(data):
    (ferry,) = articles(data)
    assert (ferry.title, ferry.published.value) == ("Ferry stays", "2024-01-05")
    assert [p.text for p in ferry.paragraphs] == [WORDS]


def test_a_map_reaches_records_that_are_wrapped():
    data = json.dumps({"seiten": [{"kop": "Ferry stays", "inhoud": WORDS}]}).encode()
    columns = (("title", "kop"), ("text", "inhoud"))
    (capture,) = read_safely(Place("export.json", data=data, columns=columns))
    assert recognise(capture)[0].title == "Ferry stays"


def test_json_that_holds_no_article_is_never_read_as_a_text():
    for data in ({"a": [1, 2]}, {"db": {"x": {"y": "z"}}}, {"settings": [{"key": "b"}]}):
        assert not articles(data)
        assert "it is not known which column holds the text" in said(data)[0]


def test_what_wordpress_answers():
    post = {
        "id": 12,
        "date": "2024-01-05T10:00:00",
        "link": "https://skar.example/x",
        "title": {"rendered": "Shops &#038; stalls &#8211; again"},
        "content": {"rendered": f"<p>{WORDS}</p>"},
        "author": 3,
        "_embedded": {"author": [{"id": 3, "name": "Jo Kern"}]},
    }
    (article,) = articles([post])
    assert article.title == "Shops & stalls – again"
    assert article.authors == ("Jo Kern",)
    alone = {name: value for name, value in post.items() if name != "_embedded"}
    assert articles([alone])[0].authors == ()


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("Brix, Hedda; Lind, Ole", ("Hedda Brix", "Ole Lind")),
        ("de la Rue, Agnes", ("Agnes de la Rue",)),
        ("Hedda Brix, Ole Lind", ("Hedda Brix", "Ole Lind")),
        ("Hedda Brix, Jr.", ("Hedda Brix, Jr.",)),
        ("['Hedda Brix', 'Ole Lind']", ("Hedda Brix", "Ole Lind")),
        ('["Hedda Brix"]', ("Hedda Brix",)),
        ("[]", ()),
        ("17", ()),
        ("nan", ()),
    ],
)
def test_writers_however_a_column_lists_them(cell, names):
    (article,) = articles([{"title": "Ferry stays", "text": WORDS, "author": cell}])
    assert article.authors == names


def test_a_cell_that_says_that_it_is_empty_says_nothing():
    row = {"title": "nan", "text": WORDS, "publisher": "None", "section": "NULL"}
    (article,) = articles([row])
    assert (article.title, article.publisher, article.section) == (None, None, None)


def test_a_standfirst_is_read_with_the_text_and_once():
    row = {"title": "Ferry stays", "subtitle": "No bread on the island", "text": WORDS}
    assert [p.text for p in articles([row])[0].paragraphs] == ["No bread on the island", WORDS]
    again = row | {"text": f"No bread on the island.\n{WORDS}"}
    assert len(articles([again])[0].paragraphs) == 2


POSTS = (
    "post_id,post_date,is_published,title,subtitle\n"
    "14.ferry,2024-01-05T12:00:00.000Z,true,Ferry stays in port,No bread\n"
    "15.none,2024-01-06T12:00:00.000Z,true,Lost,\n16.notes,,false,Notes,\n"
)
POST = f"<p>{WORDS}</p><p>Thanks for reading! Subscribe for free to receive new posts.</p>"


def test_a_substack_export():
    members = {"posts.csv": POSTS, "posts/14.ferry.html": POST, "posts/16.notes.html": "<p>x</p>",
               "posts/14.opens.csv": "post_id,email\n14,a@b.example\n"}  # fmt: skip
    data = zipped(members)
    (ferry,) = articles(data, "export.zip")
    assert ferry.title == "Ferry stays in port"
    assert ferry.published.value == "2024-01-05T12:00:00Z"
    assert [p.text for p in ferry.paragraphs] == ["No bread", WORDS]
    assert [line.split("!")[1] for line in said(data, "export.zip")] == [
        "15.none: the export has no text for it",
        "drafts: 1 draft was left out: never published, so no article yet",
    ]


def test_of_a_wacz_the_web_archives_alone_are_read():
    page = packed([record("https://courier.example/ferry", FERRY)])
    listed = '{"format": "json-pages-1.0"}\n{"url": "https://courier.example/ferry", "text": "x"}\n'
    members = {"pages/pages.jsonl": listed, "archive/a.warc.gz": page, "logs/crawl.log": "{}\n",
               "indexes/index.cdx.gz": b"", "datapackage.json": "{}"}  # fmt: skip
    (ferry,) = articles(zipped(members), "crawl.wacz")
    assert ferry.title == "Ferry stays in port"
    assert said(zipped(members), "crawl.wacz") == []
    several = {"a.wacz": zipped(members), "datapackage.json": "{}"}
    assert len(articles(zipped(several), "all.wacz")) == 1


def test_a_piece_of_html_without_a_page_around_it():
    piece = f"\n<!-- wp:paragraph -->\n<p class='x'>{WORDS}</p><p>It sails on Friday.</p>"
    (ferry,) = articles(piece.encode(), "ferry.html")
    assert [p.text for p in ferry.paragraphs] == [WORDS, "It sails on Friday."]


def test_a_source_that_is_an_address_is_the_page_and_no_paper():
    (article,) = articles([{"title": "Ferry", "text": WORDS, "source": "https://skar.example/a"}])
    assert (article.url, article.publisher) == ("https://skar.example/a", None)


def test_a_text_that_was_escaped_for_a_page():
    (article,) = articles([{"title": "Ferry &amp; tug", "text": "It&#8217;s late &amp; dark."}])
    assert [article.title, article.paragraphs[0].text] == ["Ferry & tug", "It’s late & dark."]
