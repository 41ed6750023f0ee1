"""NITF, NewsML 1 and NewsML-G2, as agencies send them, and Evernote's exports."""

from __future__ import annotations

import pytest

from ingest.article import Capture
from ingest.read.place import Place, read_safely
from ingest.recognise import recognise

TEXT = "<p>The ferry stayed in port.</p><p>“Nobody sails in this,” said Runa Vik.</p>"
NITF = f"""<?xml version="1.0"?><!DOCTYPE nitf SYSTEM "nitf-3-5.dtd"><nitf><head>
<title>FERRY</title><docdata><date.issue norm="20240116T101500Z"/></docdata>
<pubdata name="Skar Mercury" position.section="Harbour"/></head><body><body.head><hedline>
<hl1>Ferry stays in port</hl1><hl2>No bread on the island</hl2></hedline>
<byline>By <person>Hedda Brix</person> and <person>Ole Lind</person><byttl>Staff</byttl></byline>
<dateline><location>SKAR</location></dateline></body.head><body.content><block>{TEXT}
<media media-type="image"><media-reference source="x"/><media-caption>Tugs.</media-caption></media>
<hl2>Friday</hl2><p>It sails then.</p></block></body.content></body></nitf>"""


def articles(data: str, name: str = "item.xml"):
    found = list(read_safely(Place(name, data=data.encode())))
    assert all(isinstance(one, Capture) for one in found), found
    return [recognise(one)[0] for one in found]


def test_nitf():
    (ferry,) = articles(NITF)
    assert (ferry.title, ferry.publisher, ferry.section) == (
        "Ferry stays in port",
        "Skar Mercury",
        "Harbour",
    )
    assert ferry.authors == ("Hedda Brix", "Ole Lind")
    assert (ferry.published.value, ferry.dateline) == ("2024-01-16T10:15:00Z", "SKAR")
    assert [(p.kind, p.text) for p in ferry.paragraphs] == [
        ("text", "No bread on the island"),
        ("text", "The ferry stayed in port."),
        ("text", "“Nobody sails in this,” said Runa Vik."),
        ("caption", "Tugs."),
        ("heading", "Friday"),
        ("text", "It sails then."),
    ]


G2 = """<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:skar:{0}" xml:lang="en">
<itemMeta><provider literal="Skarwire"/><versionCreated>2024-02-01T08:10:00Z</versionCreated>
<firstCreated>2024-02-01T07:00:00Z</firstCreated></itemMeta><contentMeta><by>Hedda Brix</by>
<headline>Ferry {0} stays in port</headline></contentMeta><contentSet><inlineXML><html
 xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head><body>{1}</body></html>
</inlineXML></contentSet></newsItem>"""


def test_newsml_g2_alone_and_several_in_a_message():
    (ferry,) = articles(G2.format(7, TEXT))
    assert (ferry.title, ferry.authors) == ("Ferry 7 stays in port", ("Hedda Brix",))
    assert ferry.published.value == "2024-02-01T07:00:00Z"
    assert ferry.modified.value == "2024-02-01T08:10:00Z"
    assert len(ferry.paragraphs) == 2
    message = (
        f"<newsMessage><itemSet>{G2.format(7, TEXT)}{G2.format(8, TEXT)}</itemSet></newsMessage>"
    )
    assert [one.capture.source for one in articles(message)] == [
        "item.xml!urn:skar:7",
        "item.xml!urn:skar:8",
    ]


def test_newsml_1_with_nitf_in_it():
    nitf = f"<nitf><body><body.content>{TEXT}</body.content></body></nitf>"
    (ferry,) = articles(
        f"""<NewsML><NewsItem><NewsManagement><FirstCreated>20240201T070000Z</FirstCreated>
</NewsManagement><NewsComponent><NewsLines><HeadLine>Ferry stays in port</HeadLine>
<ByLine>By Hedda Brix</ByLine></NewsLines><ContentItem><DataContent>{nitf}</DataContent>
</ContentItem></NewsComponent></NewsItem></NewsML>"""
    )
    assert (ferry.title, ferry.authors) == ("Ferry stays in port", ("Hedda Brix",))
    assert ferry.published.value == "2024-02-01T07:00:00Z"
    assert len(ferry.paragraphs) == 2


@pytest.mark.parametrize("data", [NITF, G2.format(7, TEXT)])
def test_an_item_is_read_again_from_what_is_kept_of_it(data):
    (capture,) = read_safely(Place("item.xml", data=data.encode()))
    (again,) = read_safely(Place("item.xml", data=capture.raw))
    assert (again.text, again.facts) == (capture.text, capture.facts)


def test_an_item_without_a_text_says_so():
    (error,) = read_safely(Place("item.xml", data=b"<nitf><head><title>x</title></head></nitf>"))
    assert str(error) == "item.xml: this item of news has no text"


NOTE = """<?xml version="1.0"?><!DOCTYPE en-export SYSTEM "http://xml.evernote.com/e.dtd">
<en-export><note><title>Ferry stays in port</title><created>20240211T080000Z</created>
<note-attributes><author>me</author><source-url>https://skar.example/ferry</source-url>
</note-attributes><tag>ferries</tag><content><![CDATA[<?xml version="1.0"?><!DOCTYPE en-note
 SYSTEM "http://xml.evernote.com/n.dtd"><en-note><div>By Hedda Brix</div><div>The ferry stayed in
 port.</div><div><br/></div><en-media hash="x"/><div>It sails on Friday.</div></en-note>]]>
</content></note></en-export>"""
EMPTY = "<note><title>Empty</title><content><![CDATA[<en-note/>]]></content></note></en-export>"
ENEX = NOTE.replace("</en-export>", EMPTY)


def test_an_evernote_export_is_a_clipped_page_a_note():
    ferry, error = read_safely(Place("notes.enex", data=ENEX.encode()))
    (article,) = recognise(ferry)
    assert (article.title, article.authors) == ("Ferry stays in port", ("Hedda Brix",))
    assert article.url == "https://skar.example/ferry"
    assert (article.captured.value, article.published) == ("2024-02-11T08:00:00Z", None)
    assert [p.text for p in article.paragraphs] == [
        "The ferry stayed in port.",
        "It sails on Friday.",
    ]
    assert str(error) == "notes.enex!Empty: this note has no text"
    (again,) = read_safely(Place("notes.enex!x", data=ferry.raw))
    assert again.text == ferry.text
