"""A Zotero library exported as "Zotero RDF" with its files: NAME.rdf and files/ID/... beside it.

Every file that an item holds is read as it would be alone, with what Zotero knows of it as facts.
Files are looked for in the folder of the export and nowhere else. Notes are not taken in.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from ingest.article import Capture, Fact
from ingest.errors import DamagedFile, IngestError, NoArticle, UnreadableFile, UnsafeMember
from ingest.read.fragment import date_in
from ingest.read.members import leads_out, shown
from ingest.read.place import Place, read_safely
from ingest.read.xml import child, local, parse_xml, words_of

if TYPE_CHECKING:
    from lxml.etree import _Element

FILES = "files"  # the folder beside the export
_NAMESPACE = b"www.zotero.org/namespaces/export#"
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_NO_ITEMS = ("attachment", "note")
_LONGEST = 2000  # characters of a value


@dataclass(frozen=True, slots=True)
class _File:
    """A file of an item: its name within the folder, the address it came from, and when."""

    name: str
    url: str | None
    saved: str | None
    is_page: bool


def matches(head: bytes, name: str) -> bool:
    """Whether the bytes begin as RDF that Zotero wrote."""
    return b"<rdf:RDF" in head[:2048] and _NAMESPACE in head[:4096]


def read(place: Place) -> Iterator[Capture | IngestError]:
    """The captures of all items' files, in the order of the export. Raises UnreadableFile."""
    if place.path is None:
        raise UnreadableFile(
            place.source, "a Zotero export is read beside its files; unpack it with them first"
        )
    data = place.read()
    root = parse_xml(data, place.source, "Zotero export")
    about = {str(one.get(f"{_RDF}about")): one for one in root}
    items = [element for element in root if _is_item(element)]
    linked = {reference for item in items for reference in _links(item)}
    alone = [one for key, one in about.items() if local(one) == "attachment" and key not in linked]
    if not any(_files([one]) for one in about.values() if local(one) == "attachment"):
        raise NoArticle(
            place.source,
            f'this Zotero export lists {len(items)} items and no files; tick "Export Files"',
        )
    folder = place.path.parent
    for item in items:
        attached = [about[key] for key in _links(item) if key in about]
        yield from _item(place, folder, item, about, _files(attached))
    for attachment in alone:
        yield from _item(place, folder, attachment, about, _files([attachment]))
    if not data.rstrip(b"\0 \t\r\n").endswith(b"</rdf:RDF>"):
        raise DamagedFile(place.source, "the Zotero export is cut off; export it again")


def _item(
    place: Place, folder: Path, item: _Element, about: dict[str, _Element], files: list[_File]
) -> Iterator[Capture | IngestError]:
    url = _address(item)
    facts = tuple(_facts(item, about))
    if not files:
        title = next((fact.value for fact in facts if fact.field == "title"), "an item")
        remedy = f"take it in with: onrecord ingest --fetch {url}" if url else "attach one to it"
        yield NoArticle(
            f"{place.source}!{shown(url or title)}", f"Zotero has no file of it; {remedy}"
        )
    for number, file in enumerate(files):
        # A second file is a copy of the article, not its next revision: it has no address of its
        # own, but for the one that it was itself fetched from.
        address = url or file.url
        if number:
            facts = tuple(fact for fact in facts if fact.field != "url")
            address = file.url if file.url != url else None
        saved = file.saved or _saved(item)
        said = (Fact("captured", saved, "date of access in Zotero", 0.9),) if saved else ()
        try:
            data = _bytes(place, folder, file.name)
            inside = replace(place, columns=()).member(
                shown(file.name), data, url=address, facts=(*facts, *said)
            )
        except IngestError as error:
            yield error
            continue
        yield from read_safely(inside)


def _is_item(element: _Element) -> bool:
    kind = words_of(child(element, "itemtype"))
    # Early versions wrote no type; what something is attached to is an item all the same.
    return kind not in _NO_ITEMS if kind else bool(_links(element))


def _links(item: _Element) -> list[str]:
    links = (one.get(f"{_RDF}resource") for one in item if local(one) == "link")
    return [link for link in links if link]


def _files(attachments: list[_Element]) -> list[_File]:
    """The files of an item, saved pages first."""
    found = []
    for one in attachments:
        resource = child(one, "resource")
        name = resource.get(f"{_RDF}resource") if resource is not None else None
        if name and "://" not in name:
            is_page = "html" in words_of(child(one, "type"))
            found.append(_File(name, _address(one), _saved(one), is_page))
    return sorted(found, key=lambda file: not file.is_page)


def _bytes(place: Place, folder: Path, name: str) -> bytes:
    source = f"{place.source}!{shown(name)}"
    names = [one for one in (name, unquote(name)) if not leads_out(one) and "\0" not in one]
    inside = [folder / one for one in names]
    try:
        there = [one for one in inside if one.is_file()]
        safe = [one for one in there if one.resolve().is_relative_to(folder.resolve())]
    except (OSError, ValueError) as error:
        raise UnreadableFile(source, f"it cannot be read ({error}); export it again") from error
    if not names or (there and not safe):
        raise UnsafeMember(source, "it lies outside of the export's folder; it was left out")
    if not there:
        raise UnreadableFile(source, "it is not in the export's folder; export it again")
    return Place(source, path=safe[0], max_bytes=place.max_bytes).read()


def _facts(item: _Element, about: dict[str, _Element]) -> Iterator[Fact]:
    if title := _words(item, "title"):
        yield Fact("title", title, "title in Zotero", 0.9)
    if url := _address(item):
        yield Fact("url", url, "address in Zotero", 0.9)
    authors = child(item, "authors")
    for person in authors.iter("{*}Person") if authors is not None else ():
        if name := f"{_words(person, 'givenname')} {_words(person, 'surname')}".strip():
            yield Fact("author", name, "author in Zotero", 0.9)
    if (day := date_in(_words(item, "date")[:200])) is not None:
        yield Fact("published", day, "date in Zotero", 0.9)
    for part in item:
        if local(part) == "ispartof":
            whole = next(iter(part), about.get(part.get(f"{_RDF}resource") or ""))
            if whole is not None and local(whole) != "series" and (name := _words(whole, "title")):
                yield Fact("publisher", name, "publication in Zotero", 0.9)
    if publisher := _words(item, "publisher"):
        yield Fact("publisher", publisher, "publisher in Zotero", 0.5)
    if section := _words(item, "section"):
        yield Fact("section", section, "section in Zotero", 0.9)
    if language := _words(item, "language"):
        yield Fact("language", language, "language in Zotero", 0.8)
    for subject in item:
        if local(subject) == "subject" and (tag := words_of(subject)[:100]):
            yield Fact("tag", tag, "tag in Zotero", 0.5)


def _words(element: _Element, name: str) -> str:
    return words_of(child(element, name))[:_LONGEST]


def _address(element: _Element) -> str | None:
    found = (words_of(one) for one in element if local(one) == "identifier")
    return next((url[:_LONGEST] for url in found if url.startswith(("http:", "https:"))), None)


def _saved(element: _Element) -> str | None:
    """When a file was saved or an address visited: Zotero writes it in UTC, without saying so."""
    when = date_in(_words(element, "datesubmitted")[:100])
    return f"{when}Z" if when and "T" in when and len(when) <= 19 else when
