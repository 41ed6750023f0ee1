"""Who may write: nobody without --edit, and then whoever has the token."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import pytest_asyncio
from click.testing import CliRunner

from db.errors import CannotServe
from db.site import serve
from db.site.acts import ACTS
from db.site.editing import COOKIE, Editing
from db.site.hosts import is_own
from db.site.serve import datasette_for
from ingest.cli import cli
from tests.site.editing import TOKEN, Visitor, copied, edited, editor

pytestmark = pytest.mark.asyncio
FORMS = [f"/-/edit/{act}" for act in ACTS]


@pytest_asyncio.fixture
async def site(archive_file, tmp_path):
    return edited(copied(archive_file, tmp_path))


async def test_without_edit_nothing_of_it_exists(archive_file):
    visitor = Visitor(datasette_for(archive_file))
    for path in ("/sign-in", "/take-in", "/notebook", "/sample?name=x", "/list?name=x"):
        assert (await visitor.get(path)).status_code == 404, path
    for path in ("/sign-in", "/sign-out", "/take-in", "/-/take-in", *FORMS):
        response = await visitor.site.client.post(path, data={"article": "1", "title": "x"})
        assert response.status_code == 404, path
    for path in ("/", "/article/2", "/article/2/quote/1", "/speaker/1", "/search?q=ferry"):
        page = await visitor.page(path)
        assert 'method="post"' not in page, path
        assert "sign-in" not in page, path
    assert COOKIE not in visitor.cookies


async def test_pages_have_forms_only_for_who_signed_in(site):
    visitor = Visitor(site)
    assert "/sign-in?next=/article/2" in await visitor.page("/article/2")
    assert "/-/edit/" not in await visitor.page("/article/2")
    signed_in = await editor(site)
    assert 'action="/-/edit/title"' in await signed_in.page("/article/2")


async def test_a_wrong_token_and_who_has_none(site):
    visitor = Visitor(site)
    response = await visitor.sign_in("not-the-token")
    assert response.status_code == 403
    assert "That is not the token." in response.text
    assert COOKIE not in visitor.cookies
    response = await visitor.post("/-/edit/title", {"article": "2", "title": "Mine"})
    assert response.status_code == 403
    visitor.cookies[COOKIE] = site.sign("forged", "something-else")
    assert (await visitor.post("/-/edit/title", {"article": "2"})).status_code == 403
    assert (await visitor.get("/take-in")).headers["location"] == "/sign-in?next=/take-in"
    assert "Ferry to stop at noon" in await visitor.page("/article/2")


async def test_wrong_tokens_make_the_next_try_wait():
    editing = Editing(TOKEN)
    for _ in range(4):
        assert editing.try_token("here", "wrong") == "wrong"
    assert editing.try_token("here", TOKEN) == "wait"
    assert editing.try_token("elsewhere", TOKEN) == "right"


async def test_the_cookie_is_for_this_site_alone(site):
    visitor = Visitor(site)
    response = await visitor.sign_in()
    cookie = next(c for c in response.headers.get_list("set-cookie") if c.startswith(COOKIE))
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert TOKEN not in cookie


async def test_a_form_from_elsewhere_is_refused(site):
    visitor = await editor(site)
    for token in ("", "made-up"):
        fields = {"csrftoken": token, "article": "2", "title": "Mine"}
        response = await visitor.post("/-/edit/title", fields)
        assert response.status_code == 403
    files = {"file": ("a.txt", b"Harbour\n\nIt is deep.")}
    fields = {"csrftoken": "made-up"}
    assert (await visitor.post("/take-in", fields, files=files)).status_code == 403
    assert "Mine" not in await visitor.page("/article/2")


async def test_a_form_leads_nowhere_else(site):
    visitor = await editor(site)
    for back in ("https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example", ""):
        response = await visitor.post("/-/edit/undo", {"correction": "9", "back": back})
        assert response.headers["location"] == "/"


async def test_signing_out(site):
    visitor = await editor(site)
    kept = dict(visitor.cookies)
    await visitor.post("/sign-out", {})
    assert COOKIE in kept
    assert COOKIE not in visitor.cookies
    assert "/-/edit/" not in await visitor.page("/article/2")


async def test_the_token_is_nowhere_to_be_read(site):
    visitor = await editor(site)
    for path in (
        "/-/metadata.json",
        "/-/settings.json",
        "/-/plugins.json",
        "/article/2",
        "/take-in",
    ):
        assert TOKEN not in (await visitor.get(path)).text


async def test_sql_stays_for_reading(site):
    visitor = await editor(site)
    response = await visitor.get("/news.json?sql=delete+from+articles")
    assert response.status_code == 400
    assert "3 articles" in await visitor.page("/")


async def test_a_form_that_is_too_long(site):
    visitor = await editor(site)
    response = await visitor.post("/-/edit/note", {"thing": "2", "text": "x" * 1_000_001})
    assert response.status_code == 413
    assert "x" * 100 not in await visitor.page("/article/2")


async def test_to_edit_where_others_can_reach_it_takes_a_token(archive_file):
    done = CliRunner().invoke(
        cli, ["serve", "--archive", archive_file, "--public", "--edit"], env={"ONRECORD_TOKEN": ""}
    )
    assert done.exit_code == 1
    assert "--token" in done.output
    assert len(done.output.splitlines()) == 1
    with pytest.raises(CannotServe, match="8 characters"):
        serve.serve(archive_file, port=0, edit=True, token="short")


async def test_which_hosts_only_this_machine_can_reach():
    assert all(map(is_own, ("127.0.0.1", "localhost", "::1", "[::1]")))
    assert not any(map(is_own, ("0.0.0.0", "::", "192.168.1.4", "archive.example", "")))


async def test_a_token_is_made_and_printed(archive_file):
    command = [sys.executable, "-m", "ingest", "serve", "--archive", archive_file, "--port", "0"]
    top = Path(__file__).parents[2]
    for given in ([], ["--token", TOKEN]):
        process = subprocess.Popen(
            [*command, "--edit", *given], stdout=subprocess.PIPE, text=True, cwd=top
        )
        try:
            process.stdout.readline()
            line = process.stdout.readline()
        finally:
            process.kill()
            process.wait()
            process.stdout.close()
        assert "To edit, sign in: http://127.0.0.1:" in line
        assert ("#token=" in line) is not bool(given)
        assert TOKEN not in line


@pytest.mark.parametrize(
    ("told", "shown"),
    [({}, True), ({"host": "0.0.0.0"}, False), ({"also": ["archive.example"]}, False)],
)
async def test_others_do_not_see_the_notebook(archive_file, monkeypatch, told, shown):
    class Stop(Exception):
        pass

    def made(*_, notebook, **__):
        raise Stop(notebook)

    monkeypatch.setattr(serve, "datasette_for", made)
    with pytest.raises(Stop) as stopped:
        serve.serve(archive_file, **told)
    assert stopped.value.args == (shown,)
