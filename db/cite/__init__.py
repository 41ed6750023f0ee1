"""Citations of articles and of quotations: BibTeX, RIS, CSL-JSON, Chicago and APA.

`reference` and `reference_of_quote` read what there is to cite; the functions named after the
formats write it as plain text. Nothing is fetched: the two styles are in this package.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Literal

from db.cite.bibtex import bibtex
from db.cite.csl import csl_json, csl_list
from db.cite.names import Name, split_name
from db.cite.reference import Quotation, Reference, reference, reference_of_quote
from db.cite.ris import ris
from db.cite.styled import apa, chicago

__all__ = [
    "Format", "Name", "Quotation", "Reference", "apa", "bibtex", "chicago", "csl_json", "export",
    "reference", "reference_of_quote", "ris", "split_name",
]  # fmt: skip

Format = Literal["chicago", "apa", "bibtex", "ris", "csl-json"]

_WRITERS: dict[Format, Callable[[Reference], str]] = {
    "chicago": chicago, "apa": apa, "bibtex": bibtex, "ris": ris, "csl-json": csl_json,
}  # fmt: skip


def export(refs: Iterable[Reference], format: Format) -> str:
    """The references in the order given as one text, a blank line between; CSL-JSON is one list.

    No line end after the last one.
    """
    if format == "csl-json":
        return csl_list(refs)
    return "\n\n".join(map(_WRITERS[format], refs))
