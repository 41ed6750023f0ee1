"""Pages of the live web, from a site on this machine."""

from __future__ import annotations

import gzip
import shutil
import socket
import subprocess
import time
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner

from ingest.cli import cli
from tests.web import (
    Reply,
    Site,
    failure,
    item,
    page,
    raw_server,
    robots,
    rows,
    rss,
    serving,
)

EMPTY = gzip.compress(b"")
NOTHING = b"\x00\x00\x00\xff\xff"  # a block of no bytes, as gzip packs it
METADATA = "http://169.254.169.254/latest/meta-data/"


def test_a_page_is_fetched_and_stored_with_where_it_came_from(fetch, site):
    address = site.put("/ferry", page("Ferry loses its berth"))
    result = fetch("--fetch", address)
    assert result.exit_code == 0, result.output
    assert f"added     {address}  Ferry loses its berth (3 paragraphs, 1 quote)" in result.stdout
    assert rows("select location, kind from sources") == [(address, "address")]
    ((url, saved, format),) = rows("select url, saved, format from captures")
    assert (url, format) == (address, "html")
    assert saved.endswith("Z")
    assert rows("select count(*) from raw_captures") == [(1,)]
    assert fetch("--fetch", address).stdout.endswith("0 added, 1 unchanged, 0 revised, 0 failed\n")


def test_we_say_who_we_are(fetch, site):
    fetch("--fetch", site.put("/ferry", page("Ferry")))
    ((_, _, headers),) = site.asked
    assert headers["user-agent"].startswith("onrecord/")
    assert "cookie" not in headers


def test_files_and_pages_in_one_run(fetch, site, tmp_path):
    (tmp_path / "tugs.html").write_text(page("Tugs stay"), "utf-8")
    first, second = site.put("/a", page("First")), site.put("/b", page("Second"))
    result = fetch("tugs.html", "--fetch", first, "--fetch", second, "--fetch", first)
    assert result.stdout.endswith("3 added, 0 unchanged, 0 revised, 0 failed\n")
    assert site.paths == ["/a", "/b"]


def test_what_is_read_in_a_process_of_its_own_is_the_same(fetch, site, monkeypatch, tmp_path):
    address = site.put("/ferry", page("Ferry loses its berth"))
    words = ["ingest", "--fetch", address, "--allow-private", "--archive", "other.db"]
    assert "1 added" in CliRunner().invoke(cli, words).stdout
    assert "1 unchanged" in CliRunner().invoke(cli, words).stdout


def test_a_changed_page_is_a_revision(fetch, site):
    address = site.put("/ferry", page("Ferry"))
    fetch("--fetch", address)
    site.put("/ferry", page("Ferry", "We shall miss it"))
    assert "0 added, 0 unchanged, 1 revised" in fetch("--fetch", address).stdout
    assert rows("select revision from articles") == [(2,)]


def test_a_page_that_has_not_changed_is_not_sent_again(fetch, site):
    address = site.versioned("/ferry", page("Ferry"), '"1"')
    fetch("--fetch", address)
    assert fetch("--fetch", address).stdout.endswith("0 added, 1 unchanged, 0 revised, 0 failed\n")
    site.versioned("/ferry", page("Ferry", "We shall miss it"), '"2"')
    assert "1 revised" in fetch("--fetch", address).stdout
    sent = [headers.get("if-none-match") for _, _, headers in site.asked]
    assert sent == [None, '"1"', '"1"']
    assert rows("select address, final, etag from fetches") == [(address, address, '"2"')]


def test_a_server_that_tells_the_time_of_the_change_only(fetch, site):
    changed = "Mon, 06 May 2024 10:00:00 GMT"

    def reply(headers: dict[str, str]) -> Reply:
        same = headers.get("if-modified-since") == changed
        body = b"" if same else page("Ferry").encode()
        return Reply(body, 304 if same else 200, headers={"Last-Modified": changed})

    site.replies["/ferry"] = reply
    fetch("--fetch", f"{site.base}/ferry")
    assert "1 unchanged" in fetch("--fetch", f"{site.base}/ferry").stdout
    assert site.asked[1][2]["if-modified-since"] == changed


def test_a_mark_that_cannot_be_sent_back_is_not(fetch, site):
    site.put("/ferry", page("Ferry"), headers={"ETag": '"\xe9"'})
    fetch("--fetch", f"{site.base}/ferry")
    assert "1 unchanged" in fetch("--fetch", f"{site.base}/ferry").stdout


def test_a_page_is_sent_again_where_its_articles_are_wanted(fetch, site):
    address = site.versioned("/ferry", page("Ferry"), '"1"')
    fetch("--fetch", address)
    assert len(fetch("--fetch", address, "--json").stdout.splitlines()) == 1
    assert "1 revised" in fetch("--fetch", address, "--publisher", "Skarholm Post").stdout
    assert [headers.get("if-none-match") for _, _, headers in site.asked] == [None, None, None]


def test_a_data_set_read_before_with_the_same_map_is_not_read_again(fetch, site, monkeypatch):
    record = '{"kop": "Ferry", "title": "17", "text": "The berth is gone. Hardly anybody minds."}'
    address = site.versioned("/set.json", f"[{record}]", '"1"')
    Path("set.json").write_text(f"[{record}]", "utf-8")
    for source, first in (("--fetch", address), "1 added"), (("set.json",), "1 copy"):
        assert first in fetch(*source, "--map", "title=kop").stdout
        with monkeypatch.context() as patched:
            patched.setattr("ingest.readings.articles_of", None)
            assert "1 unchanged" in fetch(*source, "--map", "title=kop").stdout
    assert "1 revised" in fetch("--fetch", address, "--map", "title=title").stdout


def test_a_page_that_gave_no_article_is_sent_again(fetch, site):
    address = site.versioned("/empty", "<html><body></body></html>", '"1"')
    assert "no article" in failure(fetch("--fetch", address))
    assert "no article" in failure(fetch("--fetch", address))


def test_dry_run_shows_and_stores_nothing(fetch, site, tmp_path):
    result = fetch("--dry-run", "--fetch", site.put("/ferry", page("Ferry loses its berth")))
    assert "Alda Marsh" in result.stdout
    assert not (tmp_path / "archive.db").exists()


def test_the_servers_charset_is_heeded(fetch, site):
    text = page("Паром", "Нам не жаль")
    address = site.put("/ferry", text.encode("koi8-r", "replace"), kind="text/html; charset=koi8-r")
    fetch("--fetch", address)
    assert rows("select title from articles") == [("Паром",)]
    assert rows("select encoding from captures") == [("koi8-r",)]
    again = CliRunner().invoke(cli, ["reread"])
    assert again.stdout == "0 changed, 1 the same, 0 kept as is\n"


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_followed(fetch, site, status):
    site.put("/new", page("Ferry"))
    address = site.move("/old", "/new", status)
    assert "1 added" in fetch("--fetch", address).stdout
    assert rows("select location from sources") == [(address,)]
    assert rows("select url from captures") == [(f"{site.base}/new",)]
    assert set(rows("select url from addresses")) == {(address,), (f"{site.base}/new",)}
    assert "1 unchanged" in fetch("--fetch", address).stdout


def test_redirects_that_never_end(fetch, site):
    site.move("/a", "/b")
    assert "redirected in a circle" in failure(fetch("--fetch", site.move("/b", "/a")))
    for number in range(20):
        site.move(f"/far{number}", f"/far{number + 1}")
    assert "redirected over 10 times" in failure(fetch("--fetch", f"{site.base}/far0"))


@pytest.mark.parametrize("to", ["file:///etc/passwd", "ftp://a.example/", "http://u:p@a.example/"])
def test_redirects_to_what_is_no_web_address(fetch, site, to):
    assert "redirected to no web address" in failure(fetch("--fetch", site.move("/a", to)))


def test_a_redirect_to_the_front_page_is_not_the_article(fetch, site):
    site.put("/", page("All the news"))
    assert "leads to the front page" in failure(fetch("--fetch", site.move("/gone", "/")))
    assert "1 added" in fetch("--fetch", f"{site.base}/").stdout


@pytest.mark.parametrize(
    "address",
    ["ferry", "ftp://a.example/x", "http://", "http://[::1", "https:///x", "http://a b/",
     "http://a.example:99999/", "http://a.example/\x1b[2J"],
)  # fmt: skip
def test_what_is_no_address_is_said_and_the_rest_goes_on(fetch, site, address):
    result = fetch("--fetch", address, "--fetch", site.put("/ferry", page("Ferry")))
    assert "no web address" in failure(result)
    assert "\x1b" not in result.output
    assert result.stdout.endswith("1 added, 0 unchanged, 0 revised, 1 failed\n")
    assert rows("select kind from failures") == [("not fetched",)]


def test_a_password_is_not_stored(fetch):
    assert "give it without" in failure(fetch("--fetch", "http://me:secret@a.example/"))


def test_an_address_as_a_path_is_told_how(fetch):
    assert "ingest --fetch" in failure(fetch("https://gazette.example/ferry"))


def test_nothing_to_do_is_a_mistake(fetch):
    result = fetch()
    assert result.exit_code == 2
    assert "give a PATH, or an address" in result.stderr


@pytest.mark.parametrize(
    ("status", "words"),
    [(404, "no such page (404 Not Found)"), (410, "no such page (410 Gone)"),
     (403, "does not give it (403 Forbidden)"), (500, "the server failed (500"),
     (299, "does not give it (299)"), (304, "does not give it (304")],
)  # fmt: skip
def test_what_a_server_does_not_give(fetch, site, status, words):
    assert words in failure(fetch("--fetch", site.put("/x", page("Ferry"), status=status)))


@pytest.mark.parametrize("kind", ["image/png", "video/mp4", "text/css", "application/javascript"])
def test_what_holds_no_article_is_not_read(fetch, site, kind):
    line = failure(fetch("--fetch", site.put("/x", page("Ferry"), kind=kind)))
    assert f"it is {kind}, which holds no article" in line


@pytest.mark.parametrize("kind", ["", "application/octet-stream", "text/plain", "TEXT/HTML"])
def test_content_is_recognised_by_what_it_is(fetch, site, kind):
    assert "1 added" in fetch("--fetch", site.put("/x", page("Ferry"), kind=kind)).stdout


def test_a_feed_that_is_fetched_gives_its_entries(fetch, site):
    text = rss(item("Ferry", "/ferry"), item("Tugs", "/tugs", "Both tugs stay in port today."))
    address = site.put("/feed", text, kind="application/rss+xml")
    assert "added     " + address in fetch("--fetch", address).stdout
    assert rows("select url from articles order by id") == [
        (f"{site.base}/ferry",),
        (f"{site.base}/tugs",),
    ]
    assert site.paths == ["/feed"]


# --- limits


def test_a_page_that_is_too_large(fetch, site):
    big = page("Ferry").encode() + b" " * 1_000_000
    said = site.put("/a", big, headers={"Content-Length": str(len(big))})
    unsaid = site.put("/b", big)
    for address in (said, unsaid):
        line = failure(fetch("--fetch", address, "--max-size", "1"))
        assert "over 1,000,000 bytes; raise --max-size" in line


def test_a_page_that_unpacks_to_too_much(fetch, site):
    bomb = gzip.compress(b"<p>" * 40_000_000)
    assert len(bomb) < 200_000
    address = site.put("/bomb", bomb, headers={"Content-Encoding": "gzip"})
    assert "over 1,000,000 bytes" in failure(fetch("--fetch", address, "--max-size", "1"))


def test_packed_pages(fetch, site):
    packed = gzip.compress(page("Ferry").encode())
    address = site.put("/a", packed, headers={"Content-Encoding": "gzip"})
    assert "1 added" in fetch("--fetch", address).stdout
    for path, body, packing, words in [
        ("/b", packed, "gzip, gzip", "packed as gzip, gzip, which was not asked for"),
        ("/c", packed, "br", "packed as br"),
        ("/d", packed[:-20], "gzip", "it is cut off"),
        ("/e", page("Ferry").encode(), "gzip", "its packing is broken"),
    ]:
        address = site.put(path, body, headers={"Content-Encoding": packing})
        assert words in failure(fetch("--fetch", address))


@pytest.mark.parametrize(("pause", "parts"), [(5.0, 1), (0.05, 1000)], ids=["silent", "dripping"])
def test_a_page_that_is_too_slow(fetch, site, pause, parts):
    address = site.put("/slow", page("Ferry"), pause=pause, parts=parts)
    line = failure(fetch("--fetch", address, "--timeout", "0.5"))
    assert "takes over 0.5 seconds" in line


def test_a_page_that_is_cut_off(fetch, site):
    address = site.put("/cut", page("Ferry"), headers={"Content-Length": "100000"})
    assert "breaks the rules of HTTP" in failure(fetch("--fetch", address))


def forever(start: bytes, again: bytes, pause: float = 0.0):
    """A server that begins with `start` and never ends with `again`."""

    def talk(peer: socket.socket) -> None:
        peer.sendall(start)
        while True:
            peer.sendall(again)
            time.sleep(pause)

    return talk


OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
HOSTILE = {
    "closes at once": (lambda peer: None, "breaks the rules of HTTP"),
    "something else": (lambda peer: peer.sendall(b"220 mail.example\r\n"), "the rules of HTTP"),
    "no end of a header": (forever(OK + b"X: ", b"x" * 65_536), "the rules of HTTP"),
    "a header that drips": (forever(OK + b"X: ", b"x", 0.05), "over 0.5 seconds"),
    "no end of headers": (forever(OK, b"X: y\r\n" * 1000), "the rules of HTTP"),
    "no end of answers": (forever(b"", b"HTTP/1.1 100 Continue\r\n\r\n", 0.01), "over 0.5 seconds"),
    "no end of chunks": (
        forever(OK + b"Transfer-Encoding: chunked\r\n\r\n", b"10\r\n" + b"x" * 16 + b"\r\n", 0.05),
        "over 0.5 seconds",
    ),
    "no end of the page": (forever(OK + b"\r\n", b"x" * 65_536), "over 1,000,000 bytes"),
    "no end of nothing, packed": (
        forever(OK + b"Content-Encoding: gzip\r\n\r\n" + EMPTY[:10], NOTHING * 9999),
        "over 1,000,000 bytes",
    ),
    "two lengths": (
        lambda peer: peer.sendall(OK + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\nxx"),
        "the rules of HTTP",
    ),
    "a length that is none": (
        lambda peer: peer.sendall(OK + b"Content-Length: -1\r\n\r\nx"),
        "the rules of HTTP",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("talk", "words"), HOSTILE.values(), ids=HOSTILE)
def test_a_server_that_means_harm(fetch, talk, words):
    began = time.monotonic()
    with raw_server(talk) as address:
        line = failure(fetch("--fetch", address, "--timeout", "0.5", "--max-size", "1"))
    assert words in line
    assert time.monotonic() - began < 5


def test_a_server_that_is_not_there(fetch):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{free.getsockname()[1]}/ferry"
    result = fetch("--fetch", address, "--fetch", address + "2")
    assert "cannot be reached" in failure(result)
    assert result.stdout.endswith("2 failed\n")


# --- robots.txt, pauses, busy servers


def test_robots_txt_is_obeyed(fetch, site):
    robots(site, "User-agent: *\nDisallow: /private\n\nUser-agent: onrecord\nDisallow: /news/*/raw")
    forbidden = site.put("/news/1/raw", page("Ferry"))
    allowed = site.put("/private", page("Tugs"))
    result = fetch("--fetch", forbidden, "--fetch", allowed)
    assert "robots.txt of 127.0.0.1 forbids it" in failure(result)
    assert "1 added" in result.stdout
    assert site.paths == ["/private"]
    assert rows("select location, kind from failures") == [(forbidden, "not allowed")]


def test_robots_txt_is_asked_for_where_a_redirect_leads(fetch, site):
    with serving() as other:
        robots(other, "User-agent: *\nDisallow: /")
        to = other.put("/ferry", page("Ferry"))
        assert "forbids it" in failure(fetch("--fetch", site.move("/a", to)))
        assert other.paths == []


@pytest.mark.parametrize("status", [404, 403, 410])
def test_a_site_without_robots_txt_allows_all(fetch, site, status):
    robots(site, "User-agent: *\nDisallow: /", status)
    assert "1 added" in fetch("--fetch", site.put("/ferry", page("Ferry"))).stdout


@pytest.mark.parametrize("status", [500, 503, 429])
def test_a_site_that_cannot_say_what_it_allows_is_left_alone(fetch, site, status):
    robots(site, "", status)
    result = fetch("--fetch", site.put("/a", page("A")), "--fetch", site.put("/b", page("B")))
    assert f"robots.txt of 127.0.0.1 cannot be read ({status}" in failure(result)
    assert site.paths == []
    assert rows("select kind from failures order by id") == [("not fetched",), ("not asked",)]


def test_robots_txt_is_followed_where_it_leads(fetch, site):
    site.move("/robots.txt", "/rules.txt")
    site.put("/rules.txt", "User-agent: *\nDisallow: /ferry", kind="text/plain")
    assert "forbids it" in failure(fetch("--fetch", site.put("/ferry", page("Ferry"))))


def times(site: Site) -> list[float]:
    return [after[0] - before[0] for before, after in pairwise(site.asked)]


def test_a_host_has_a_pause_between_requests(fetch, site):
    site.put("/c", page("C"))
    addresses = [site.put("/a", page("A")), site.move("/b", "/c")]
    fetch("--fetch", addresses[0], "--fetch", addresses[1], delay="0.3")
    assert site.paths == ["/a", "/b", "/c"]
    assert all(pause >= 0.29 for pause in times(site))


def test_the_pause_that_a_site_wants(fetch, site, monkeypatch):
    robots(site, "User-agent: *\nCrawl-delay: 0.4")
    fetch("--fetch", site.put("/a", page("A")), "--fetch", site.put("/b", page("B")))
    assert times(site)[0] >= 0.39
    robots(site, "User-agent: *\nCrawl-delay: 86400")
    waited: list[float] = []
    monkeypatch.setattr("ingest.web.fetcher.time.sleep", waited.append)
    fetch("--fetch", f"{site.base}/a", "--fetch", f"{site.base}/b")
    assert 55 < max(waited) <= 60  # nobody waits for a day


@pytest.mark.parametrize(
    ("status", "later", "words"),
    [(429, "120", "127.0.0.1 is busy (429 Too Many Requests); it is not asked again in this run;"
      " try after 20"),
     (503, "Fri, 31 Dec 2100 23:59:59 GMT", "try after 2"),
     (503, "soon", "it is not asked again in this run; try later")],
)  # fmt: skip
def test_a_busy_host_is_not_asked_again(fetch, site, status, later, words):
    busy = site.put("/a", b"", status=status, headers={"Retry-After": later})
    result = fetch("--fetch", busy, "--fetch", site.put("/b", page("B")))
    assert words in failure(result)
    assert site.paths == ["/a"]
    assert result.stdout.endswith("0 added, 0 unchanged, 0 revised, 2 failed\n")


# --- what is not public


@pytest.mark.parametrize(
    ("address", "shown"),
    [("http://127.0.0.1:8001/", "127.0.0.1"), (METADATA, "169.254.169.254"),
     ("http://[::1]/", "::1"), ("http://localhost/", "localhost is "),
     ("http://2130706433/", "127.0.0.1"), ("http://[::ffff:10.0.0.1]/", "10.0.0.1")],
)  # fmt: skip
def test_private_addresses_are_refused(fetch, address, shown):
    line = failure(fetch("--fetch", address, private=False))
    assert shown in line
    assert "is not public; give --allow-private" in line
    assert rows("select kind from failures") == [("not allowed",)]


def resolver(monkeypatch, names: dict[str, list[str]]) -> None:
    real = socket.getaddrinfo

    def getaddrinfo(host, port, *args, **kwargs):
        name = host.decode() if isinstance(host, bytes) else host
        found = [real(one, port, *args, **kwargs) for one in names.get(name, [name])]
        return [entry for entries in found for entry in entries]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)


def test_a_name_of_a_private_address_is_refused(fetch, monkeypatch):
    resolver(monkeypatch, {"gazette.example": ["93.184.215.14", "10.0.0.7"]})
    line = failure(fetch("--fetch", "http://gazette.example/ferry", private=False))
    assert "gazette.example is 10.0.0.7, which is not public" in line


def test_a_redirect_to_a_private_address_is_refused(fetch, site, monkeypatch):
    # As if this machine were on the public internet.
    monkeypatch.setattr("ingest.web.guard.is_public", lambda address: address == "127.0.0.1")
    line = failure(fetch("--fetch", site.move("/a", METADATA), private=False))
    assert "169.254.169.254, which is not public" in line


@pytest.fixture
def secure(tmp_path, monkeypatch):
    """A site with TLS, whose certificate is good for the name localhost."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not here: it makes the certificate of this test")
    key, certificate = str(tmp_path / "key.pem"), str(tmp_path / "certificate.pem")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out",
         certificate, "-days", "2", "-subj", "/CN=localhost", "-addext",
         "subjectAltName=DNS:localhost"],
        check=True, capture_output=True,
    )  # fmt: skip
    monkeypatch.setenv("SSL_CERT_FILE", certificate)
    with serving(certificate, key) as site:
        yield site


def test_https_is_for_the_host_that_was_asked_for(fetch, secure):
    secure.put("/ferry", page("Ferry"))
    port = secure.base.rpartition(":")[2]
    assert "1 added" in fetch("--fetch", f"https://localhost:{port}/ferry").stdout
    line = failure(fetch("--fetch", f"https://127.0.0.1:{port}/ferry"))
    assert "cannot be reached" in line
    assert "certificate verify failed" in line


def test_the_environment_names_no_proxy(fetch, site, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1/")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:1/")
    assert "1 added" in fetch("--fetch", site.put("/ferry", page("Ferry"))).stdout


def test_a_name_with_two_pages_behind_a_reply_function(fetch, site):
    # Pages that a site draws differently each time (a token, an advertisement) have not changed.
    count = iter(range(9))
    site.replies["/a"] = lambda _: Reply(
        page("Ferry", head=f"<meta name=token content={next(count)}>").encode()
    )
    fetch("--fetch", f"{site.base}/a")
    assert "1 unchanged" in fetch("--fetch", f"{site.base}/a").stdout
