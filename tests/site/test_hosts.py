"""The names that the site answers to: a page elsewhere must not read it under a name of its own."""

from __future__ import annotations

import pytest

from db.site.hosts import answers_to, names_of
from db.site.serve import datasette_for


def test_its_own_names():
    names = names_of("127.0.0.1", ["Morgue.example"])
    for host in ("127.0.0.1:8001", "localhost:8001", "LOCALHOST", "[::1]:8001", "morgue.example"):
        assert answers_to(host, names)
    for host in ("evil.example", "evil.example:8001", "127.0.0.1.evil.example", "10.0.0.8", ""):
        assert not answers_to(host, names)


def test_a_public_one_answers_to_every_bare_address_and_to_no_strangers_name():
    names = names_of("0.0.0.0")
    assert answers_to("10.0.0.8:8001", names)
    assert answers_to("[fe80::1]:8001", names)
    assert not answers_to("evil.example:8001", names)


@pytest.mark.asyncio
async def test_a_strangers_name_gets_nothing(archive_file):
    site = datasette_for(archive_file, hosts=names_of("127.0.0.1"))
    assert (await site.client.get("/")).status_code == 200
    for path in ("/", "/news.json?sql=select+1", "/search?q=ferry"):
        response = await site.client.get(path, headers={"host": "evil.example"})
        assert response.status_code == 421
        assert "Ferry" not in response.text
        assert response.headers["x-content-type-options"] == "nosniff"
