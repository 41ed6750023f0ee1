"""Files that are sent to the site: dropped on a page, or by SingleFile's REST form API."""

from __future__ import annotations

import json
import re
import sqlite3

import pytest
import pytest_asyncio

from db.archive import Archive
from db.check import check
from db.site.uploads import safe_name
from tests.site.editing import TOKEN, Visitor, copied, edited, editor

pytestmark = pytest.mark.asyncio
TEXT = """Lighthouse to close

By Ines Calder

“It is dark,” said Ada Marrow.
""".encode()
PAGE = """<!DOCTYPE html> <html lang=en><!--
 Page saved with SingleFile
 url: https://courier.example/lighthouse
 saved date: Tue May 07 2024 10:00:00 GMT+0000
--><head><meta charset=utf-8><title>Lighthouse to close</title></head>
<body><article><h1>Lighthouse to close</h1>
<p>The lighthouse on the western pier will close in June, the council of the town has decided.</p>
<p>“It will be dark out there,” said Ada Marrow, the harbour master, after the long meeting.</p>
</article></body></html>""".encode()
BROKEN = {
    "Authorization": f"Bearer {TOKEN}",
    "Content-Type": "multipart/form-data; boundary=x",
}


@pytest_asyncio.fixture
async def site(archive_file, tmp_path):
    return edited(copied(archive_file, tmp_path))


async def send(visitor: Visitor, *files: tuple[str, bytes]) -> str:
    """Send files with the page's form; the page that comes next."""
    form = [("file", (name, data)) for name, data in files]
    response = await visitor.post("/take-in", {}, files=form)
    assert response.status_code == 303, response.text
    return await visitor.page(response.headers["location"])


async def bearer(site, files, token: str = TOKEN):
    return await site.client.post(
        "/-/take-in", files=files, headers={"Authorization": f"Bearer {token}"}
    )


async def test_a_text_is_taken_in_and_led_to(site, tmp_path):
    visitor = await editor(site)
    page = await send(visitor, ("lighthouse.txt", TEXT))
    found = re.search(r'lighthouse.txt: added · <a href="(/article/\d+)">Lighthouse to close', page)
    assert found
    article = await visitor.page(found[1])
    assert "uploaded/" in article
    assert str(tmp_path) not in article
    assert "lighthouse.txt: unchanged" in await send(visitor, ("lighthouse.txt", TEXT))
    with Archive.open(tmp_path / "news.db") as archive:
        assert check(archive) == []


async def test_several_at_once_and_what_fails(site):
    visitor = await editor(site)
    other = TEXT.replace(b"Lighthouse", b"Museum")
    page = await send(visitor, ("a.txt", TEXT), ("a.txt", other), ("empty.txt", b"\n"))
    assert page.count("a.txt: added") == 2
    assert '<li class="wrong">empty.txt: ' in page
    assert "4 articles" not in page
    assert "5 articles" in await visitor.page("/")


@pytest.mark.parametrize(
    "name",
    ["../../x", "..\\..\\x", "/etc/x", "x\x00y", ".hidden", "-", "..", "a" * 1_000, "😀.txt"],
)
async def test_a_hostile_name_stays_in_its_folder(site, tmp_path, name):
    visitor = await editor(site)
    await send(visitor, (name, TEXT))
    with sqlite3.connect(tmp_path / "news.db") as conn:
        (place,) = conn.execute("SELECT location FROM sources ORDER BY id DESC LIMIT 1").fetchone()
    conn.close()
    assert re.fullmatch(r"uploaded/[0-9a-f]{16}/[^/\\]{1,200}", place)
    assert sorted(path.name for path in tmp_path.iterdir() if "news.db" not in path.name) == []


async def test_names_that_are_safe():
    assert safe_name(b"../../x") == "x"
    assert safe_name(b"C:\\Users\\ada\\page.html") == "page.html"
    assert safe_name(b"..") == "page"
    assert safe_name("ferry \u202egpj.html".encode()) == "ferry gpj.html"
    assert len(safe_name(("ü" * 900 + ".html").encode()).encode()) < 255
    assert safe_name(("ü" * 900 + ".html").encode()).endswith(".html")


async def test_too_large(site, tmp_path):
    visitor = await editor(site)
    form = {"file": ("big.txt", b"x" * 1_100_000)}
    response = await visitor.post("/take-in", {}, files=form)
    assert response.status_code == 413
    assert (
        response.text == "This is too large: 1 MB can be sent at once. Use: onrecord ingest FILE\n"
    )
    assert (await bearer(site, form)).status_code == 413

    async def untold():
        yield b'--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n'
        yield b"y" * 600_000
        yield b"z" * 600_000

    response = await site.client.post("/-/take-in", content=untold(), headers=BROKEN)
    assert response.status_code == 413


async def test_no_file_and_no_form(site):
    visitor = await editor(site)
    response = await visitor.post("/take-in", {}, files={"file": ("", b"")})
    assert "No file was chosen" in await visitor.page(response.headers["location"])
    response = await visitor.post("/take-in", {})
    assert "send the file in a form" in await visitor.page(response.headers["location"])


async def test_singlefile_sends_a_page(site):
    form = [
        ("file", ("Lighthouse to close (5_7_2024 10_00_00).html", PAGE, "text/html")),
        ("url", (None, "https://courier.example/lighthouse")),
    ]
    response = await bearer(site, form)
    assert response.status_code == 200, response.text
    (taken,) = json.loads(response.text)["taken"]
    assert taken["outcome"] == "added"
    (article,) = taken["articles"]
    assert article["title"] == "Lighthouse to close"
    page = (await site.client.get(article["path"])).text
    assert "https://courier.example/lighthouse" in page
    assert json.loads((await bearer(site, form)).text)["taken"][0]["outcome"] == "unchanged"


async def test_singlefile_without_the_token(site):
    form = {"file": ("page.html", PAGE)}
    assert (await site.client.post("/-/take-in", files=form)).status_code == 401
    assert (await bearer(site, form, "wrong")).status_code == 401
    visitor = await editor(site)
    assert (await visitor.post("/-/take-in", {}, files=form)).status_code == 401
    assert (await site.client.get("/-/take-in")).status_code == 404
    assert "3 articles" in await visitor.page("/")


async def test_singlefile_with_a_form_that_breaks_off(site):
    response = await site.client.post("/-/take-in", content=b"--x\r\nnonsense", headers=BROKEN)
    assert response.status_code == 400
    assert "error" in response.json()
    assert (await bearer(site, {"file": ("empty.txt", b" ")})).status_code == 422


async def test_a_page_elsewhere_cannot_send_for_who_signed_in(site):
    visitor = await editor(site)
    form = {"file": ("page.html", PAGE)}
    for token in ("", "made-up"):
        response = await visitor.post("/take-in", {"csrftoken": token}, files=form)
        assert response.status_code == 403
    assert "3 articles" in await visitor.page("/")
