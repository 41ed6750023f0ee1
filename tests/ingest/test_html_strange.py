"""Live blogs, stubs behind paywalls, and pages in many languages."""

from __future__ import annotations

import pytest

from ingest.read.place import Place, read_safely
from ingest.recognise import recognise


def article(body: str, *, head: str = "", lang: str = "en"):
    page = f"<html lang={lang}><head><meta charset=utf-8>{head}</head><body>{body}</body></html>"
    (capture,) = read_safely(Place("page.html", data=page.encode()))
    return recognise(capture)[0]


def reasons(found):
    return {f.span.of(found.capture.text): f.reason for f in found.furniture}


def post(time: str, heading: str, text: str) -> str:
    return (
        f'<div class="live-post"><time>{time}</time><h2>{heading}</h2><p>{text}</p>'
        "<button>Share</button></div>"
    )


def test_a_live_blog_keeps_the_headings_of_its_posts():
    posts = [
        post("17:40", "Ferries stop", "All ferries have stopped until noon, the port says."),
        post("13:10", "Tugs help", "Two tugs are pulling a ferry off the mole at Skar, he said."),
        post("09:05", "Schools shut", "Every school is shut, the county announced after eight."),
    ]
    live = article(f"<main><h1>Storm Edda: live</h1>{''.join(posts)}</main>")
    assert [p.text for p in live.paragraphs if p.kind == "heading"] == [
        "Ferries stop",
        "Tugs help",
        "Schools shut",
    ]
    assert len([p for p in live.paragraphs if p.kind == "text"]) == 3


@pytest.mark.parametrize(
    "line",
    [
        "Already a subscriber? Sign in",
        "Already have an account? Log in",
        "Get unlimited access for $1 a week",
        "You have reached your limit of free articles.",
        "Subscribe from £2 a week. Cancel anytime.",
        "To continue reading, subscribe",
        "This post is for paid subscribers",
        "You've used all your free articles this month.",
    ],
)
def test_what_a_stub_asks_for_is_no_paragraph(line):
    stub = article(
        "<article><h1>The quarry that ate a village</h1><p>Holm had four hundred houses in 1960."
        " It has eleven now, and a hole in the ground beside them.</p><p>“They came for the"
        f" gravel,” says Edith Mann, “and they took the church.”</p><p>{line}</p></article>"
    )
    assert len(stub.paragraphs) == 2


@pytest.mark.parametrize(
    "sentence",
    [
        "Subscribers to the bus line pay £2 a week and have done so since the war.",
        "You have to read it to believe it, the mayor said.",
        "Full access to the quay is planned for today, he said.",
    ],
)
def test_a_sentence_about_such_things_stays(sentence):
    found = article(
        f"<article><h1>Buses of Holm</h1><p>Holm has one bus, and it is late.</p><p>{sentence}</p>"
        "<p>It left at noon.</p></article>"
    )
    assert sentence in [p.text for p in found.paragraphs]


@pytest.mark.parametrize(
    ("lang", "byline", "author", "date", "day"),
    [
        ("nl", "Door Jan de Wit", "Jan de Wit", "5 maart 2024", "2024-03-05"),
        ("it", "di Carla Esposito", "Carla Esposito", "5 marzo 2024", "2024-03-05"),
        ("pl", "Autor: Zofia Łęcka", "Zofia Łęcka", "5 marca 2024", "2024-03-05"),
        ("ru", "Автор: Анна Воронова", "Анна Воронова", "5 марта 2024 г.", "2024-03-05"),
        ("uk", "Автор: Олена Гай", "Олена Гай", "5 березня 2024", "2024-03-05"),
        ("cs", "Autor: Jana Nová", "Jana Nová", "5. března 2024", "2024-03-05"),
        ("tr", "Yazar: Ayşe Demir", "Ayşe Demir", "5 Mart 2024", "2024-03-05"),
        ("fi", "Teksti: Aino Salo", None, "5. maaliskuuta 2024", "2024-03-05"),
        ("hu", "Szerző: Nagy Éva", "Nagy Éva", "2024. március 5.", "2024-03-05"),
        ("ar", "كتب: سامي الحداد", "سامي الحداد", "5 مارس 2024", "2024-03-05"),
    ],
)
def test_bylines_and_dates_of_many_languages_are_no_paragraphs(lang, byline, author, date, day):
    text = "Nova cesta za tri sto ljudi, mesto je to javilo u utorak uvečer i objavilo sliku."
    body = f"<article><h1>Most otvoren</h1><p>{byline}</p><p>{date}</p><p>{text}</p></article>"
    found = article(body, lang=lang)
    assert found.published.value == day
    if author:
        assert found.authors == (author,)
        assert [p.text for p in found.paragraphs] == [text]


def test_a_japanese_page_and_a_chinese_one():
    japanese = article(
        "<article><h1>港の橋が開通</h1><p>2024年3月5日</p><p>東湾市の新しい橋が火曜日に開通し、およそ"
        "三百人が渡った。</p></article>",
        head="<title>港の橋が開通 - 東湾新聞</title>",
        lang="ja",
    )
    assert (japanese.published.value, japanese.publisher) == ("2024-03-05", "東湾新聞")
    chinese = article(
        '<div class="content"><h1>大桥通车</h1><div>2024年03月05日 来源：东湾日报 作者：李明</div>'
        "<p>东湾市新大桥于星期二正式通车，约三百人步行过桥。</p></div>",
        head="<title>大桥通车_东湾日报</title>",
        lang="zh",
    )
    assert (chinese.authors, chinese.publisher) == (("李明",), "东湾日报")
    assert len(chinese.paragraphs) == 1


def test_a_door_is_no_byline():
    words = "Door to door they went, and found nobody at home in all of Holm that day."
    found = article(f"<article><h1>Holm is empty</h1><p>{words}</p></article>")
    assert (found.authors, [p.text for p in found.paragraphs]) == ((), [words])


WAYBACK = "https://web.archive.org/web/20200501120000/https://skar.example/ferry"
TOOLBAR = (
    '<!-- BEGIN WAYBACK TOOLBAR INSERT --><div id="wm-ipp"><p>COLLECTED BY a collective of people'
    " who save sites that are at risk of going away.</p></div><!-- END WAYBACK TOOLBAR INSERT -->"
)
TOLD = (
    "<article><h1>Ferry stays in port</h1><p>The ferry to Skarholm stayed in port on Monday, for"
    " the third day.</p><p>“Nobody sails in this,” said Runa Vik, who runs it.</p></article>"
)


@pytest.mark.parametrize(
    "head",
    [
        f'<link rel="canonical" href="{WAYBACK}">',
        '<script>__wm.wombat("https://skar.example/ferry","20200501120000","https://x/");</script>',
        '<meta property="og:url" content="http://archive.today/2020.05.01-120000/'
        'https://skar.example/ferry"><link rel="canonical" href="https://archive.ph/aB3dE">',
    ],
)
def test_a_page_saved_out_of_a_web_archive_has_its_own_address(head):
    found = article(TOOLBAR + TOLD, head=head)
    assert found.url == "https://skar.example/ferry"
    assert found.captured.value == "2020-05-01T12:00:00Z"
    assert len(found.paragraphs) == 2


def test_a_page_fetched_out_of_a_web_archive():
    place = Place("a", data=f"<html><body>{TOLD}</body></html>".encode(), url=WAYBACK)
    (capture,) = read_safely(place)
    assert recognise(capture)[0].url == "https://skar.example/ferry"


def test_a_paper_after_the_bar_where_no_heading_tells():
    found = article(
        f"<div>{TOLD.replace('h1', 'div')}</div>",
        head="<title>Ferry stays in port | Skar Gazette</title>",
    )
    assert (found.title, found.publisher) == ("Ferry stays in port", "Skar Gazette")
