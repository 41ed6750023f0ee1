"""What the command line shows: lines, tables, a progress bar."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager

import click
from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeRemainingColumn,
    TransferSpeedColumn,
)
from rich.table import Table
from rich.text import Text

from ingest.article import Article, Quote
from ingest.guarded import one_line
from ingest.load import Result

_BIG = 20_000_000  # bytes: one file of that many is worth a bar
_FILES = (
    TextColumn("{task.description}"),
    BarColumn(),
    MofNCompleteColumn(),
    TextColumn("files {task.fields[rate]}"),
    TimeRemainingColumn(),
)
_BYTES = (
    TextColumn("{task.description}"),
    BarColumn(),
    DownloadColumn(),
    TransferSpeedColumn(),
    TimeRemainingColumn(),
)


def are_many(sources: Sequence[str]) -> bool:
    """Whether there is so much to read that a bar should show how far it is."""
    return len(sources) > 1 or (len(sources) == 1 and size_of(sources[0]) >= _BIG)


def size_of(source: str) -> int:
    """The bytes of a file; 0 for what is none."""
    return os.path.getsize(source) if os.path.isfile(source) else 0


def out() -> Console:
    """Standard output; colours only where it is a terminal."""
    return Console(highlight=False, soft_wrap=True)


def say_error(message: str) -> None:
    """One line on standard error."""
    click.echo(one_line(f"onrecord: {message}"), err=True)


@contextmanager
def progress(
    sources: Sequence[str], *, wanted: bool, console: Console | None = None
) -> Iterator[tuple[Iterable[str], Callable[[int], None], Callable[[str], None]]]:
    """`sources` again, with a bar on standard error that moves as they are taken.

    Also gives a function that is told how many bytes of a source were read, and moves the bar where
    there is only one; and one that puts a line on standard error without breaking the bar.
    """
    if not wanted:
        yield sources, lambda read: None, lambda line: click.echo(one_line(line), err=True)
        return
    one = len(sources) == 1
    console = console or Console(stderr=True, highlight=False, soft_wrap=True)
    with Progress(*(_BYTES if one else _FILES), console=console, transient=True) as bar:
        total = size_of(sources[0]) if one else len(sources)
        task = bar.add_task("Reading", total=total, rate="")
        if one:

            def move(read: int) -> None:
                bar.update(task, completed=read)

            yield sources, move, lambda line: console.print(Text(one_line(line)))
            return

        def moving() -> Iterator[str]:
            for source in sources:
                yield source
                speed = bar.tasks[0].speed
                bar.update(task, advance=1, rate=f"{speed:.0f}/s" if speed else "")

        yield moving(), lambda read: None, lambda line: console.print(Text(one_line(line)))


def result_line(result: Result) -> str:
    """What became of one file, on one line."""
    what = sorted(set(result.outcomes), key=result.outcomes.index)
    shown = f"{' and '.join(what):9} {one_line(result.source)}"
    if len(result.outcomes) > 1:
        return f"{shown}  ({len(result.outcomes)} articles)"
    if not result.articles:
        return shown
    article = result.articles[0]
    sayings = sum(quote.kind != "other" for quote in article.quotes)
    return (
        f"{shown}  {one_line(article.title or 'without a title')}"
        f" ({_count(len(article.paragraphs), 'paragraph')}, {_count(sayings, 'quote')})"
    )


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def describe(article: Article) -> None:
    """Everything that was recognised in an article, for a person to judge."""
    console = out()
    facts = [
        ("Title", article.title),
        ("Byline", article.byline),
        ("Agency", article.agency),
        ("Publisher", article.publisher),
        ("Section", article.section),
        ("Dateline", article.dateline),
        ("Published", article.published and article.published.value),
        ("Modified", article.modified and article.modified.value),
        ("Rights", article.rights),
        ("Distributor", article.distributor),
        ("Address", article.url),
        ("Encoding", article.capture.encoding),
    ]
    console.print(Text(article.capture.source, style="bold"))
    for name, value in facts:
        if value:
            console.print(Text(f"  {name + ':':12} {value}"))
    console.print(Text(f"  {'Body:':12} {_count(len(article.paragraphs), 'paragraph')}"))
    for number, paragraph in enumerate(article.paragraphs, 1):
        kind = "" if paragraph.kind == "text" else f"[{paragraph.kind.replace('_', ' ')}] "
        console.print(Text(f"    {number:3}  {kind}{_short(paragraph.text)}"))
    if article.furniture:
        console.print(Text("  Left out of the body:"))
    for line in article.furniture:
        words = " ".join(line.span.of(article.text).split())
        console.print(Text(f"    {line.reason + ':':20} {_short(words)}"))
    if article.quotes:
        console.print(Text("  Quotes:"))
        quotes_table(article)


def _short(text: str, width: int = 90) -> str:
    return text if len(text) <= width else text[: width - 1].rstrip() + "…"


def quotes_table(article: Article) -> None:
    """The quotations of an article: who, how it is said, the words, how sure and why."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 1, 0))
    table.add_column("Speaker", max_width=24)
    table.add_column("Cue", max_width=12)
    table.add_column("Kind")
    table.add_column("Words", ratio=1)
    for quote in article.quotes:
        table.add_row(*_quote_cells(quote, article))
    Console(highlight=False).print(table)


def _quote_cells(quote: Quote, article: Article) -> Iterator[Text]:
    text = article.text
    person = article.people[quote.person] if quote.person is not None else None
    yield Text(person.name if person else "—")
    yield Text(quote.cue.of(text) if quote.cue else "—")
    yield Text(quote.kind)
    words = " […] ".join(" ".join(piece.of(text).split()) for piece in quote.pieces)
    why = f"{quote.confidence:.2f}, {quote.reason}" if quote.reason else f"{quote.confidence:.2f}"
    yield Text.assemble(words, "\n", (why, "dim"))
