"""The readers of tests.bench.faults: what they ask, and what they find wrong with the answers."""

from __future__ import annotations

import html
import json
import random
import re
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx

from db.archive import Archive
from db.search import ArticleHit, PlaceHit, search
from tests.bench.clips import Clips, mark_of, read_told
from tests.bench.trouble import NEVER

# Words that every version of a clip keeps: what finds them never becomes less.
WORDS = ("harbour", "council", "water", "minister", "school")


def _article(conn: sqlite3.Connection, clips: Clips, serial: int, least: int) -> Iterator[str]:
    """What is wrong with the article of a clip, of which version `least` was told as stored."""
    rows = conn.execute(
        "SELECT DISTINCT article_id FROM captures JOIN sources ON sources.id = source_id"
        " WHERE location LIKE ?",
        [f"%/{serial:05}.txt"],
    ).fetchall()
    if len(rows) != 1:
        yield f"clip {serial} is {len(rows)} articles"
        return
    ((article,),) = rows
    paragraphs = conn.execute(
        "SELECT position, text FROM paragraphs WHERE article_id = ? ORDER BY position", [article]
    ).fetchall()
    if [position for position, _ in paragraphs] != list(range(1, len(paragraphs) + 1)):
        yield f"article {article}: its paragraphs are numbered {[p for p, _ in paragraphs]}"
    ((revision,),) = conn.execute("SELECT revision FROM articles WHERE id = ?", [article])
    told = re.search(rf"kw{serial}v(\d+)z", paragraphs[-1][1] if paragraphs else "")
    version = int(told[1]) if told else 0
    if version < least or revision > version:
        yield f"article {article}: version {version}, revision {revision}; {least} was told"
    elif tuple(text for _, text in paragraphs) != clips.clip(serial, version).paragraphs:
        yield f"article {article}: its paragraphs are not those of version {version}"
    for text, held in conn.execute(
        "SELECT quotes.text, paragraphs.text FROM quotes JOIN paragraphs"
        " ON paragraphs.id = paragraph_id WHERE quotes.article_id = ?",
        [article],
    ):
        if text not in held:
            yield f"article {article}: a quotation stands in another paragraph"


def of_library(folder: Path, clips: Clips, chance: random.Random) -> Iterator[str | None]:
    """Read and search through the library; None for each answer, or what is wrong with it."""
    totals = dict.fromkeys(WORDS, 0)
    while True:
        told = read_told(folder)
        if not told:
            time.sleep(0.1)
            continue
        with Archive.open(folder / "news.db", create=False) as archive:
            conn = archive.db.conn
            for serial in chance.sample(sorted(told), min(len(told), 20)):
                conn.execute("BEGIN")
                yield from _article(conn, clips, serial, told[serial])
                conn.execute("COMMIT")
                yield None
            for serial in chance.sample(sorted(told), min(len(told), 5)):
                conn.execute("BEGIN")
                yield from _found(conn, serial, told[serial])
                conn.execute("COMMIT")
                yield None
            word = chance.choice(WORDS)
            total = search(conn, word).total
            if total < totals[word]:
                yield f"{word}: {total} articles after {totals[word]}"
            totals[word] = total
            yield None
            for hit in search(conn, f'"{word}"', "paragraphs").hits:
                assert isinstance(hit, PlaceHit)
                marked = [text for text, found in hit.match.snippet if found]
                # Words side by side are marked together.
                if not marked or any({*text.lower().split()} != {word} for text in marked):
                    yield f"{word}: {marked} is marked in article {hit.article_id}"
                yield None


def _found(conn: sqlite3.Connection, serial: int, version: int) -> Iterator[str]:
    """What is wrong with what the mark of a version finds: itself; nothing once it is revised."""
    mark = mark_of(serial, version)
    hits = search(conn, mark).hits
    if len(hits) > 1:
        yield f"{mark} finds {len(hits)} articles"
    for hit in hits:
        assert isinstance(hit, ArticleHit)
        marked = [text for match in hit.matches for text, found in match.snippet if found]
        if marked != [mark]:
            yield f"{mark} marks {marked}"
        own = conn.execute(
            "SELECT count(*) FROM paragraphs WHERE article_id = ? AND text LIKE ?",
            [hit.article_id, f"% {mark} %"],
        ).fetchone()
        if own == (0,):
            yield f"{mark} finds article {hit.article_id}, which has not got it"


def of_site(folder: Path, clips: Clips, chance: random.Random) -> Iterator[str | None]:
    """The same through the served site, wherever it is served just now."""
    totals = dict.fromkeys(WORDS, 0)
    while True:
        told = read_told(folder)
        lines = (folder / "server.out").read_text().split()
        if len(lines) < 2 or not told:
            time.sleep(0.1)
            continue
        try:
            with httpx.Client(base_url=lines[1].rstrip("/"), timeout=60) as client:
                for serial in chance.sample(sorted(told), min(len(told), 10)):
                    yield from _page(client, clips, serial, told[serial])
                    yield None
                word = chance.choice(WORDS)
                total = _json(client, f"/search.json?q={word}")["total"]
                if total < totals[word]:
                    yield f"{word}: {total} articles on the site after {totals[word]}"
                totals[word] = total
                yield None
        except httpx.TransportError:
            continue  # the server was killed


class _NotAnswered(Exception):
    pass


def _get(client: httpx.Client, link: str) -> httpx.Response:
    reply = client.get(link)
    if reply.status_code != 200 or any(word in reply.text for word in NEVER[:3]):
        raise _NotAnswered(f"{link}: {reply.status_code}, {reply.text[:300]}")
    return reply


def _json(client: httpx.Client, link: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(_get(client, link).text)
    return found


def _page(client: httpx.Client, clips: Clips, serial: int, least: int) -> Iterator[str]:
    """What is wrong with the page of the article that the mark of a version finds."""
    try:
        # A later version may have come since: then the mark is in no current article. Whoever was
        # killed may have stored one that nobody was told of, whatever the file said by then.
        for version in range(least, clips.written(serial) + 3):
            hits = _json(client, f"/search.json?q={mark_of(serial, version)}")["hits"]
            if not hits:
                continue
            if len(hits) > 1 or mark_of(serial, version) not in hits[0]["text"]:
                yield f"{mark_of(serial, version)} finds {hits}"
            article = hits[0]["article_id"]
            page = html.unescape(_get(client, f"/article/{article}").text)
            rows = _get(client, f"/news/paragraphs.json?article_id={article}&_shape=array").json()
            told = re.search(rf"kw{serial}v(\d+)z", rows[-1]["text"] if rows else "")
            now = int(told[1]) if told else 0
            if now < version or " has to say, and no other says it." not in page:
                yield f"article {article} is not that of clip {serial}"
            elif tuple(row["text"] for row in rows) != clips.clip(serial, now).paragraphs:
                yield f"article {article}: its paragraphs are not those of version {now}"
            return
        yield f"clip {serial}, told as stored, is found in no version from {least} on"
    except _NotAnswered as error:
        yield str(error)


def read(kind: str, folder: Path, clips: Clips, chance: random.Random) -> None:
    """Read for ever; prints "checked 1" for each answer, and a line "WRONG ..." for what is so."""
    reader = {"library": of_library, "site": of_site}[kind]
    for found in reader(folder, clips, chance):
        print("checked 1" if found is None else f"WRONG {found}", flush=True)
