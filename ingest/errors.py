"""What can go wrong while reading.

IngestError
├── UnreadableFile   it cannot be opened or read
├── TooLarge         it is over the size limit
├── EmptyFile        it holds nothing but white space
├── BinaryFile       it is not text in any encoding known here
└── NoArticle        it is text, but no article is found in it

Every message names the file and what to do about it; the command line prints it as one line.
"""

from __future__ import annotations


class IngestError(Exception):
    """A file that could not be taken in. `kind` is the short word that the archive records."""

    kind = "failed"

    def __init__(self, source: str, message: str) -> None:
        super().__init__(f"{source}: {message}")
        self.source = source
        self.message = message


class UnreadableFile(IngestError):
    """The file cannot be opened or read."""

    kind = "unreadable"


class TooLarge(IngestError):
    """The file is over the size limit."""

    kind = "too large"


class EmptyFile(IngestError):
    """The file holds nothing but white space."""

    kind = "empty"


class BinaryFile(IngestError):
    """The file is not text in any encoding known here."""

    kind = "binary"


class NoArticle(IngestError):
    """The file is text, but holds nothing that reads as an article."""

    kind = "no article"
