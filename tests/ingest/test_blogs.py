"""What blogs export: WordPress's WXR and Blogger's Atom, with all that is no article in them."""

from __future__ import annotations

from click.testing import CliRunner

from db.archive import Archive
from ingest.article import Capture
from ingest.cli import cli
from ingest.read.fragment import fragment_parts
from ingest.read.place import Place, read_safely
from ingest.recognise import recognise

WORDPRESS = """<?xml version="1.0"?><rss version="2.0"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>Skar Record</title>
<wp:author><wp:author_login>hbrix</wp:author_login>
<wp:author_display_name><![CDATA[Hedda Brix]]></wp:author_display_name></wp:author>
%s</channel></rss>"""


def item(text: str, *, kind: str = "post", status: str = "publish", number: int = 1) -> str:
    return f"""<item><title>Ferry stays</title><link>https://skar.example/{number}</link>
<pubDate>Tue, 13 Feb 2024 08:30:00 +0000</pubDate><dc:creator>hbrix</dc:creator>
<guid isPermaLink="false">https://skar.example/?p={number}</guid>
<content:encoded><![CDATA[{text}]]></content:encoded><wp:post_id>{number}</wp:post_id>
<wp:post_modified_gmt>2024-02-14 11:00:00</wp:post_modified_gmt>
<wp:status>{status}</wp:status><wp:post_type>{kind}</wp:post_type></item>"""


def found(feed: str):
    return list(read_safely(Place("export.xml", data=feed.encode())))


def articles(feed: str):
    return [recognise(one)[0] for one in found(feed) if isinstance(one, Capture)]


def test_a_wordpress_export_has_its_writers_by_name_and_when_a_post_changed():
    (ferry,) = articles(WORDPRESS % item("<p>The ferry stayed in port.</p>"))
    assert (ferry.authors, ferry.publisher) == (("Hedda Brix",), "Skar Record")
    assert ferry.published.value == "2024-02-13T08:30:00Z"
    assert ferry.modified.value == "2024-02-14T11:00:00Z"


def test_to_leave_drafts_out_is_no_failure(tmp_path):
    export, archive = tmp_path / "export.xml", str(tmp_path / "news.db")
    posts = item("<p>The ferry stayed in port.</p>") + item("Not yet.", status="draft", number=2)
    export.write_text(WORDPRESS % posts, "utf-8")
    result = CliRunner().invoke(cli, ["ingest", str(export), "--archive", archive])
    assert result.exit_code == 0, result.output
    assert "drafts: 1 draft was left out" in result.output
    assert "1 added, 0 unchanged, 0 revised, 0 failed" in result.output
    with Archive.open(archive) as opened:
        assert opened.db["failures"].count == 0


def test_pictures_menus_and_revisions_are_no_articles_and_drafts_are_counted():
    rows = [
        item("A picture.", kind="attachment", status="inherit", number=1),
        item("A menu.", kind="nav_menu_item", number=2),
        item("An old one.", kind="revision", status="inherit", number=3),
        item("Not yet.", status="draft", number=4),
        item("For later.", status="future", number=5),
        item("Who we are.", kind="page", number=6),
        item("A review.", kind="review", number=7),
    ]
    results = found(WORDPRESS % "".join(rows))
    assert [str(one).rpartition("=")[2] for one in results if not isinstance(one, Capture)] == [
        "export.xml!drafts: 2 drafts were left out: never published, so no article yet"
    ]
    assert [one.source for one in results if isinstance(one, Capture)] == [
        "export.xml!https://skar.example/?p=6",
        "export.xml!https://skar.example/?p=7",
    ]


def test_a_post_as_it_was_typed():
    text = (
        'The ferry <a href="/x">stayed</a> in port.\n\n“Nobody sails [sic] in this,” he said.\r\n'
        '\r\n[caption id="a_5" width="300"]<img src="y.jpg"> Tugs at noon[/caption]\n\n'
        '[gallery ids="1,2"]\n\n[vc_row][vc_column width="1/2"]They sail on Friday.[/vc_column]'
        "[/vc_row]\n\n[embed]https://video.example/7[/embed]\n\n<h2>Bread</h2>\nNone is left."
    )
    (ferry,) = articles(WORDPRESS % item(text))
    assert [(p.kind, p.text) for p in ferry.paragraphs] == [
        ("text", "The ferry stayed in port."),
        ("text", "“Nobody sails [sic] in this,” he said."),
        ("caption", "Tugs at noon"),
        ("text", "They sail on Friday."),
        ("heading", "Bread"),
        ("text", "None is left."),
    ]


def test_blank_lines_part_a_text_whose_only_markup_is_inside_of_lines():
    typed = "The <b>ferry</b> stayed\nin port.\n\nIt sails on <a href='x'>Friday</a>."
    assert [words for _, words in fragment_parts(typed)] == [
        "The ferry stayed in port.",
        "It sails on Friday.",
    ]
    marked = "<p>The ferry stayed\n\nin port.</p>"
    assert [words for _, words in fragment_parts(marked)] == ["The ferry stayed in port."]


BLOGGER = """<feed xmlns="http://www.w3.org/2005/Atom" xmlns:app="http://purl.org/atom/app#"
 xmlns:blogger="http://schemas.google.com/blogger/2018"><title>Skar Blog</title>%s</feed>"""
KIND = "http://schemas.google.com/g/2005#kind"


def entry(kind: str, *, more: str = "", number: int = 1) -> str:
    return f"""<entry><id>tag:blog-1.{number}</id>
<category scheme="{KIND}" term="http://schemas.google.com/blogger/2008/kind#{kind}"/>
<category scheme="http://www.blogger.com/atom/ns#" term="ferries"/>{more}<title>Ferry stays</title>
<published>2023-12-05T07:00:00-08:00</published><content type="html">The ferry stayed.</content>
</entry>"""


def test_of_a_blogger_export_posts_and_pages_are_articles():
    draft = "<app:control><app:draft>yes</app:draft></app:control>"
    feed = BLOGGER % "".join(
        [
            entry("post", number=1),
            entry("settings", number=2),
            entry("template", number=3),
            entry("comment", number=4),
            entry("post", more=draft, number=5),
            entry("page", number=6),
        ]
    )
    assert [one.capture.source[-1] for one in articles(feed)] == ["1", "6"]
    tags = {fact.value for fact in articles(feed)[0].facts if fact.field == "tag"}
    assert tags == {"ferries"}
    assert "1 draft was left out" in str(next(o for o in found(feed) if not isinstance(o, Capture)))


def test_a_blogger_export_of_the_newer_form():
    new = "<entry><id>{0}</id>{1}<title>Ferry</title><content>The ferry stayed.</content></entry>"
    rows = [
        ("1", "<blogger:type>POST</blogger:type><blogger:status>LIVE</blogger:status>"),
        ("2", "<blogger:type>COMMENT</blogger:type><blogger:status>LIVE</blogger:status>"),
        ("3", "<blogger:type>POST</blogger:type><blogger:status>DRAFT</blogger:status>"),
    ]
    assert len(articles(BLOGGER % "".join(new.format(*row) for row in rows))) == 1
