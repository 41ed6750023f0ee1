"""Feeds of the live web: the pages that they lead to, or their own words."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from ingest.cli import cli
from tests.web import failure, item, page, robots, rows, rss

FEED = "application/rss+xml; charset=utf-8"
TEASER = "The board has voted, and the berth goes, said the Gazette this morning."


@pytest.fixture
def feed(site):
    """The address of a feed of two pages."""
    site.put("/ferry", page("Ferry loses its berth"))
    site.put("/tugs", page("Tugs stay in port"))
    entries = [
        item("Ferry", "/ferry", TEASER),
        item("Tugs", f"{site.base}/tugs", "Tugs, in short."),
    ]
    return site.put("/feed", rss(*entries), kind=FEED)


def titles() -> list[str]:
    return [title for (title,) in rows("select title from articles order by id")]


def test_the_pages_of_a_feed_are_taken_in(fetch, site, feed):
    result = fetch("--feed", feed)
    assert result.exit_code == 0, result.output
    assert titles() == ["Ferry loses its berth", "Tugs stay in port"]
    assert site.paths == ["/feed", "/ferry", "/tugs"]
    assert rows("select location from sources order by id") == [
        (f"{site.base}/ferry",),
        (f"{site.base}/tugs",),
    ]


def test_a_page_is_asked_for_again_when_the_feed_says_more_of_it(fetch, site, feed):
    fetch("--feed", feed)
    site.asked.clear()
    assert fetch("--feed", feed).stdout.endswith("0 added, 2 unchanged, 0 revised, 0 failed\n")
    assert site.paths == ["/feed"]
    site.put("/feed", rss(item("Ferry", "/ferry", "More."), item("New", "/new")), kind=FEED)
    site.put("/ferry", page("Ferry loses its berth", "It is over"))
    site.put("/new", page("A new berth"))
    assert "1 added, 0 unchanged, 1 revised, 0 failed" in fetch("--feed", feed).stdout
    assert site.paths == ["/feed", "/feed", "/ferry", "/new"]


def test_a_feed_that_has_not_changed_is_not_sent_again(fetch, site):
    site.put("/ferry", page("Ferry"))
    feed = site.versioned("/feed", rss(item("Ferry", "/ferry")), '"1"')
    fetch("--feed", feed)
    reply = site.replies.pop("/feed")
    assert "no such page" in failure(fetch("--feed", feed))
    site.replies["/feed"] = reply
    site.asked.pop()
    result = fetch("--feed", feed)
    assert rows("select resolved is null from failures") == [(0,)]
    assert result.stdout == f"unchanged {feed}\n0 added, 1 unchanged, 0 revised, 0 failed\n"
    assert site.paths == ["/feed", "/ferry", "/feed"]


def test_a_page_that_fails_is_replaced_by_the_feeds_words(fetch, site, feed):
    robots(site, "User-agent: *\nDisallow: /ferry")
    result = fetch("--feed", feed)
    line = failure(result)
    assert f"{site.base}/ferry: robots.txt of 127.0.0.1 forbids it" in line
    assert line.endswith("; the feed's own text is stored instead")
    assert result.stdout.endswith("2 added, 0 unchanged, 0 revised, 1 failed\n")
    assert titles() == ["Ferry", "Tugs stay in port"]
    assert rows("select text from paragraphs where article_id = 1") == [(TEASER,)]
    assert rows("select location from sources where id = 1") == [(f"{feed}!{site.base}/ferry",)]
    assert rows("select paywalled from articles order by id") == [(1,), (0,)]


def test_a_page_that_comes_later_takes_the_place_of_the_feeds_words(fetch, site, feed):
    site.put("/ferry", b"", status=500)
    fetch("--feed", feed)
    site.put("/ferry", page("Ferry loses its berth"))
    result = fetch("--feed", feed)
    assert result.exit_code == 0
    assert "0 added, 1 unchanged, 1 revised, 0 failed" in result.stdout
    assert titles() == ["Ferry loses its berth", "Tugs stay in port"]
    assert rows("select count(*) from failures where resolved is null") == [(0,)]


def test_a_feed_is_read_again_while_one_of_its_pages_fails(fetch, site):
    feed = site.versioned("/feed", rss(item("Ferry", "/ferry", TEASER)), '"1"')
    site.put("/ferry", b"", status=500)
    fetch("--feed", feed)
    site.put("/ferry", page("Ferry loses its berth"))
    assert "1 revised" in fetch("--feed", feed).stdout


def test_a_feeds_words_never_take_the_place_of_a_page(fetch, site, feed, tmp_path):
    fetch("--feed", feed)
    text = rss(item("Ferry", "/ferry", "Quite another summary of it, and a longer one."))
    site.put("/feed", text, kind=FEED)
    site.put("/ferry", b"", status=404)
    result = fetch("--feed", feed)
    assert result.stdout.endswith("0 added, 1 unchanged, 0 revised, 1 failed\n")
    (tmp_path / "saved.xml").write_text(text.replace("/ferry", f"{site.base}/ferry"), "utf-8")
    assert "0 added, 1 unchanged" in fetch("saved.xml").stdout
    assert CliRunner().invoke(cli, ["check"]).exit_code == 0
    assert titles() == ["Ferry loses its berth", "Tugs stay in port"]
    assert rows("select max(revision) from articles") == [(1,)]
    assert rows("select count(*) from articles where paywalled") == [(0,)]


def test_a_redirected_page_is_the_one_that_the_feed_means(fetch, site):
    site.put("/2024/ferry", page("Ferry loses its berth"))
    site.move("/go/1", "/2024/ferry")
    feed = site.put("/feed", rss(item("Ferry", "/go/1", TEASER)), kind=FEED)
    fetch("--feed", feed)
    site.put("/feed", rss(item("Ferry", "/go/1", TEASER + " More.")), kind=FEED)
    site.put("/2024/ferry", b"", status=404)
    assert "0 added, 1 unchanged" in fetch("--feed", feed).stdout
    assert titles() == ["Ferry loses its berth"]


def test_an_entry_of_a_title_and_a_link(fetch, site):
    site.put("/ferry", page("Ferry loses its berth"))
    bare = "<item><title>Ferry</title><link>/ferry</link></item>"
    gone = "<item><title>Tugs</title><link>/tugs</link></item>"
    result = fetch("--feed", site.put("/feed", rss(bare, gone), kind=FEED))
    line = failure(result)
    assert "/tugs: there is no such page" in line
    assert "instead" not in line
    assert titles() == ["Ferry loses its berth"]


def test_an_entry_without_a_link_gives_its_own_text(fetch, site):
    text = rss(item("Ferry", "", TEASER))
    assert "1 added" in fetch("--feed", site.put("/feed", text, kind=FEED)).stdout
    assert titles() == ["Ferry"]


def test_a_page_without_an_article_is_replaced_by_the_feeds_words(fetch, site):
    site.put("/ferry", "<html><body><p></p></body></html>")
    result = fetch("--feed", site.put("/feed", rss(item("Ferry", "/ferry", TEASER)), kind=FEED))
    assert "no article found" in failure(result)
    assert titles() == ["Ferry"]


def test_a_busy_host_is_said_once_and_its_entries_are_kept(fetch, site, feed):
    site.put("/ferry", b"", status=429, headers={"Retry-After": "600"})
    result = fetch("--feed", feed)
    assert "is busy (429 Too Many Requests)" in failure(result)
    assert result.stdout.endswith("2 added, 0 unchanged, 0 revised, 2 failed\n")
    assert site.paths == ["/feed", "/ferry"]
    assert titles() == ["Ferry", "Tugs"]


def test_a_feed_that_leads_into_the_own_network(fetch, site, monkeypatch):
    monkeypatch.setattr("ingest.web.guard.is_public", lambda address: address == "127.0.0.1")
    text = rss(item("Ferry", "http://169.254.169.254/latest", TEASER))
    result = fetch("--feed", site.put("/feed", text, kind=FEED), private=False)
    assert "which is not public" in failure(result)
    assert titles() == ["Ferry"]


def test_what_is_no_feed(fetch, site):
    assert "this is no feed" in failure(fetch("--feed", site.put("/a", page("Ferry"))))
    assert "no such page" in failure(fetch("--feed", f"{site.base}/gone"))
    empty = site.put("/b", rss(), kind=FEED)
    assert "has no entries" in failure(fetch("--feed", empty))


def test_a_page_that_names_its_feed(fetch, site):
    link = '<link rel="alternate" type="application/rss+xml" href="/rss.xml">'
    line = failure(fetch("--feed", site.put("/", page("All the news", head=link))))
    assert line.endswith(f"this is no feed; it has one at {site.base}/rss.xml")


def test_a_feed_through_processes_of_their_own(site, feed, tmp_path, monkeypatch):
    robots(site, "User-agent: *\nDisallow: /ferry")
    monkeypatch.chdir(tmp_path)
    words = ["ingest", "--feed", feed, "--allow-private", "--delay", "0"]
    for counts in ("2 added, 0 unchanged", "0 added, 2 unchanged"):
        assert f"{counts}, 0 revised, 1 failed" in CliRunner().invoke(cli, words).stdout


def test_a_title_is_for_one_page(fetch, feed):
    assert "--title and --url are for one" in fetch("--feed", feed, "--title", "X").stderr


def test_a_page_that_two_feeds_name_is_fetched_once(fetch, site, feed):
    other = site.put("/other", rss(item("The ferry", "/ferry?utm_source=rss")), kind=FEED)
    result = fetch("--feed", feed, "--feed", other)
    assert "2 added, 0 unchanged" in result.stdout
    assert site.paths == ["/feed", "/ferry", "/tugs", "/other"]


def test_the_charset_that_a_feeds_server_names(fetch, site):
    text = rss(item("Паром", "", "Паром больше не ходит, сказали в порту.")).partition("?>")[2]
    fetch("--feed", site.put("/f", text.encode("koi8-r"), kind="application/xml; charset=koi8-r"))
    assert titles() == ["Паром"]


def test_a_json_feed_leads_to_pages_as_any_other(fetch, site):
    site.put("/ferry", page("Ferry loses its berth"))
    items = [
        {"id": "1", "title": "Ferry", "url": f"{site.base}/ferry", "content_text": TEASER},
        {"id": "2", "title": "Bread", "url": f"{site.base}/gone", "content_text": TEASER},
    ]
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "Gazette", "items": items}
    address = site.put("/feed.json", json.dumps(feed), kind="application/feed+json")
    result = fetch("--feed", address)
    assert titles() == ["Ferry loses its berth", "Bread"], result.output
    assert "the feed's own text is stored instead" in failure(result)
