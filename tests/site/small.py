"""Three small articles, one of them hostile, and what people have typed into search boxes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager

from ingest.article import Article, Capture, Moment, Paragraph, Person, Quote, Span

# FC-01 of the team's field cases, and whatever else has broken a search box somewhere.
HOSTILE = [
    "HB-1204", '"bill HB-1204"', "didn't", "didn’t", "park.", "rob*", "rob", "robert OR mayor",
    "harbour -mayor", "AND", "OR", "NOT", "NOT x", "a AND", "(harbour", "harbour)", '"unclosed',
    '""', '"', '"""', "*", "***", "*a*", " ", "", "\t\n", "😀", "-", "-x", "--", "^x", "U.S.",
    "title:x", "{title}:x", "NEAR(", "NEAR/3", "a NEAR b", "+", "a+b", "\\", "a\\", '\\"',
    "\\u0000",
    '","', "[1,2]", "'", "'; drop table articles; --", "\x00", "a\x00b", "\x01\x02\x1f\x7f",
    "\u2028", "\u202ea", "é", "ß", "東京", "x" * 10_000, "a " * 5_000, "(" * 10_000, '"' * 10_000,
    "a OR " * 2_000, "%", "_", "<script>alert(1)</script>",
]  # fmt: skip


def made(
    title: str | None,
    *paragraphs: str,
    quotes: tuple[tuple[str, str | None, str | None], ...] = (),
    published: str | None = None,
    publisher: str | None = None,
    byline: str | None = None,
    url: str | None = None,
    kind: str = "direct",
) -> Article:
    """An Article of these paragraphs. Each quote is (its words, the speaker's name, the cue)."""
    text = "\n\n".join([title or "", *paragraphs])

    def span(words: str, start: int = 0) -> Span:
        at = text.index(words, start)
        return Span(at, at + len(words))

    said_of = {"Ada Marrow": "the harbour master"} if "the harbour master" in text else {}
    names = list(dict.fromkeys(name for _, name, _ in quotes if name))
    raw = text.encode("utf-8", "surrogatepass")
    return Article(
        Capture("test.txt", text, "utf-8", hashlib.sha256(raw).hexdigest(), len(raw)),
        Span(0, len(text)),
        title=title,
        title_span=Span(0, len(title)) if title else None,
        byline=byline,
        publisher=publisher,
        url=url,
        published=Moment(published, "day") if published else None,
        paragraphs=tuple(Paragraph(span(p, len(title or "")), p) for p in paragraphs),
        quotes=tuple(
            Quote(
                (span(words),),
                kind,  # type: ignore[arg-type]
                names.index(name) if name else None,
                cue=span(cue) if cue else None,
                confidence=0.9 if name else 0.2,
                reason="name beside the cue",
            )
            for words, name, cue in quotes
        ),
        people=tuple(
            Person(name, descriptions=(span(said_of[name]),) if name in said_of else ())
            for name in names
        ),
    )


ARTICLES = [
    made(
        "Harbour bill passes",
        "Robert Quill opened the harbour on Friday after bill HB-1204 passed.",
        "The mayor didn’t reply. Nobody met her in the park.",
        "Rob went home.",
        published="2023-03-03",
        publisher="The Saltmarsh Courier",
    ),
    made(
        "Ferry to stop at noon",
        "“The ferry is old and so am I,” said Ada Marrow, the harbour master.",
        "The minister, Zoë Zelenskyy, claimed that “nobody will miss it”.",
        quotes=(
            ("The ferry is old and so am I,", "Ada Marrow", "said"),
            ("nobody will miss it", "Zoë Zelenskyy", "claimed"),
        ),
        published="2024-05-01",
        publisher="The Saltmarsh Courier",
        byline="By Ines Calder",
        url="https://courier.example/2024/ferry?a=1&b=2",
    ),
    made(
        "<script>document.title='owned'</script> & “friends”",
        "<img src=x onerror=\"document.title='owned'\"> stands in the harbour ⟦<b>bold</b>⟧.",
        "“<script>document.title='owned'</script> is no way to talk,” said Ada Marrow.",
        quotes=(
            ("<script>document.title='owned'</script> is no way to talk,", "Ada Marrow", "said"),
        ),
        publisher="javascript:document.title='owned'",
        url="javascript:document.title='owned'",
    ),
]  # fmt: skip


@contextmanager
def without_plugin() -> Iterator[None]:
    """Datasette as it is where our package is not installed."""
    from datasette.plugins import pm

    import db.site

    registered = pm.is_registered(db.site)
    if registered:
        pm.unregister(db.site)
    try:
        yield
    finally:
        if registered:
            pm.register(db.site, "onrecord")


# What people type, and the paragraphs of the first article that it finds, in every query language.
TYPED = (
    ("HB-1204", [1]),
    ('"bill HB-1204"', [1]),
    ("didn't", [2]),
    ("didn’t", [2]),
    ("park.", [2]),
    ("rob*", [1, 3]),
    ("rob", [3]),
)
