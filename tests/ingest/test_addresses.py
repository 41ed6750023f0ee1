"""Which addresses are one page."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.addresses import same_address_key

PAGE = "https://skarholm.example/news/tugs"


@pytest.mark.parametrize(
    "url",
    [
        f"{PAGE}/",
        f"{PAGE}#comments",
        f"{PAGE}?utm_source=mail&fbclid=abc",
        "http://skarholm.example/news/tugs",
        "https://www.skarholm.example/news/tugs/?gclid=1",
        "HTTPS://Skarholm.example:443/news/tugs",
        f" {PAGE} ",
    ],
)
def test_one_page_in_other_clothes(url):
    assert same_address_key(url) == same_address_key(PAGE)


@pytest.mark.parametrize(
    "url",
    [f"{PAGE}?page=2", f"{PAGE}-2", "https://news.skarholm.example/news/tugs", f"{PAGE}?id=7"],
)
def test_another_page(url):
    assert same_address_key(url) != same_address_key(PAGE)


@given(st.text())
def test_anything_has_a_key(url):
    assert isinstance(same_address_key(url), str)
    assert isinstance(same_address_key("https://" + url), str)
