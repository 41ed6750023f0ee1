"""References set as text in a citation style: APA (7th edition) and Chicago (18th edition, notes).

The styles are the ones that Zotero uses, in `styles/`, set by citeproc-py. What that library does
not do yet is made good here, each with the reason why.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from db.cite.csl import csl_item
from db.cite.reference import Reference, inside_marks

if TYPE_CHECKING:
    from citeproc import CitationStylesBibliography, CitationStylesStyle

_STYLES = Path(__file__).parent / "styles"
_CSL = "{http://purl.org/net/xbiblio/csl}"
# A style keeps what it is at while it sets a reference, and pages are made in several threads.
_one_at_a_time = Lock()

_AFTER_MARK = re.compile(r"(?:^|(?<=[\s(]))([‘'(])([^\W\d_])")
_STOP = re.compile(r"([?!]’?”?)\.(?=\s|\Z)")
_MARK_INSIDE = re.compile(r"(’?”)([.,])")


def apa(ref: Reference) -> str:
    """The entry in a list of references. For a quotation, the citation in the text goes before it.

    The two stand on a line each: "(Quayle, 2021, para. 7)", "Quayle, H. (2021, March 11). ...".
    """
    item = csl_item(ref)
    with _one_at_a_time:
        entry = _entry("apa", item)
        entry = _STOP.sub(r"\1", entry)
        if ref.quotation is None:
            return entry
        # In the text a title that stands for a missing author is put in quotation marks.
        return f"{_american(_citation('apa', _quotable(item), ref))}\n{entry}"


def chicago(ref: Reference) -> str:
    """The entry in a bibliography; for a quotation, the note that cites its paragraph."""
    item = _quotable(csl_item(ref))
    if "container-title" not in item and "issued" not in item:
        item["issued"] = {"literal": "n.d."}  # the style has no words for a page without date
    with _one_at_a_time:
        name = "chicago-notes-bibliography"
        return _american(_citation(name, item, ref) if ref.quotation else _entry(name, item))


def _entry(style: str, item: dict[str, Any]) -> str:
    from citeproc import Citation, CitationItem

    made = _bibliography(style, item)
    made.register(Citation([CitationItem(item["id"])]))
    return "".join(map(str, made.bibliography()))


def _citation(style: str, item: dict[str, Any], ref: Reference) -> str:
    from citeproc import Citation, CitationItem, Locator

    assert ref.quotation is not None
    made = _bibliography(style, item)
    place = Locator("paragraph", ref.quotation.locator)
    citation = Citation([CitationItem(item["id"], locator=place)])
    made.register(citation)
    return str(made.cite(citation, lambda missing: None))


def _bibliography(style: str, item: dict[str, Any]) -> CitationStylesBibliography:
    from citeproc import CitationStylesBibliography, formatter
    from citeproc.source.json import CiteProcJSON

    # The styles have a place for a note, which is ours and not the paper's.
    told = {key: item[key] for key in item if key not in ("note", "source")}
    if "container-title" in told:
        # A paper's name is no title to be put in capitals: "de Volkskrant", "courier.example".
        told["container-title"] = f'<span class="nocase">{told["container-title"]}</span>'
    source = CiteProcJSON([told])
    return CitationStylesBibliography(_style(style, "author" in item), source, formatter.plain)


@cache
def _style(name: str, signed: bool) -> CitationStylesStyle:
    from citeproc import CitationStylesStyle

    style = CitationStylesStyle(str(_STYLES / f"{name}.csl"), validate=False)
    root = style.root
    # citeproc-py takes the style's initials to be wanted even where it says initialize="false",
    # and prints "Edition" for articles that have none.
    unwanted = []
    if name != "apa":
        root.attrib.pop("initialize-with", None)
        unwanted += root.findall(f".//{_CSL}label[@variable='edition']")
    # Where something stands in for the author, it must not come again; citeproc-py repeats it.
    if not signed and name == "apa":
        within = f"./{_CSL}macro[@name='bibliography']//{_CSL}text"
        unwanted += root.findall(f"{within}[@macro='title-and-descriptions']")
    elif not signed:
        unwanted += root.findall(f".//{_CSL}substitute")
    for element in unwanted:
        element.getparent().remove(element)
    return style


def _quotable(item: dict[str, Any]) -> dict[str, Any]:
    """The item with a title to be put in quotation marks and, in English, in headline capitals."""
    title = inside_marks(item["title"])
    if item.get("language", "en").lower().startswith("en"):
        # citeproc-py gives capitals to words, but to none that begins with a mark.
        title = _AFTER_MARK.sub(lambda m: m[1] + m[2].upper(), title)
    return {**item, "title": title}


def _american(text: str) -> str:
    """Full stops and commas moved inside the closing mark, where these styles have them."""
    return _MARK_INSIDE.sub(r"\2\1", _STOP.sub(r"\1", text))
