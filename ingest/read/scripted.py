"""An article that a page holds only in its scripts: put on the screen by them, or as JSON-LD.

Pages drawn in the browser carry their text as a string of HTML in some JSON. Nothing is run here:
the strings are looked for, unescaped, and read as HTML.
"""

from __future__ import annotations

import re
from html import escape

from lxml.html import HtmlElement

from ingest.read.jsonld import article_nodes

_STRING = re.compile(r'"((?:[^"\\\n]|\\.){400,2000000})"')
_ESCAPE = re.compile(r'\\(?:u([0-9a-fA-F]{4})|(["\\/bfnrt]))')
_PLAIN = {"n": "\n", "r": "", "t": " ", "b": "", "f": "", '"': '"', "\\": "\\", "/": "/"}
_PARAGRAPH = re.compile(r"<p[\s>]", re.IGNORECASE)
_SHORTEST = 200  # characters of text that are worth having
_MOST_SCRIPTS = 400


def scripted_html(root: HtmlElement) -> str | None:
    """A fragment of HTML with the article that the page's scripts hold; None where they do not."""
    scripts = [script for script in list(root.iter("script"))[:_MOST_SCRIPTS] if script.text]
    best = ""
    for script in scripts:
        text = script.text or ""
        if "\\u003cp" not in text and "<p" not in text and "\\u003Cp" not in text:
            continue
        for found in _STRING.finditer(text):
            html = _unescaped(_unescaped(found[1]))
            count = len(_PARAGRAPH.findall(html))
            # A string that holds JSON again is the state of the whole page, not the article.
            if count >= 2 and html.lstrip()[:1] not in "{[" and '":"' not in html:
                best = max(best, html, key=len)
    if len(best) >= _SHORTEST:
        return best
    lines = _article_body([s.text or "" for s in scripts if "ld+json" in (s.get("type") or "")])
    return "".join(f"<p>{escape(line)}</p>" for line in lines) or None


def _unescaped(string: str) -> str:
    return _ESCAPE.sub(lambda m: chr(int(m[1], 16)) if m[1] else _PLAIN[m[2]], string)


def _article_body(scripts: list[str]) -> list[str]:
    for node in article_nodes(scripts)[:3]:
        body = node.get("articleBody")
        if isinstance(body, str) and len(body) >= _SHORTEST:
            return [line for part in body.splitlines() if (line := " ".join(part.split()))]
    return []
