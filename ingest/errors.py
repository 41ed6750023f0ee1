"""What can go wrong while reading.

IngestError
├── UnreadableFile   it cannot be opened or read
├── TooLarge         it is over the size limit
├── EmptyFile        it holds nothing but white space
├── BinaryFile       it is not text in any encoding known here
├── NoArticle        it is text, but no article is found in it
├── DamagedFile      it is cut off or broken; what was whole in it has been kept
├── UnsafeMember     a member of an archive that is no page, or that is a trap
├── ReaderFailed     a reader broke on it: too slow, out of memory, a fault of ours
├── ShardAway        what it gave is in a shard that no worker of the cluster has now
├── NotFetched       an address that gives nothing to read: gone, refused, of another kind
│   └── NotNow       it may give something later: unreachable, too slow, busy
│       └── NotAsked  not asked for, as its host wanted no more requests; said once already
├── NotAllowed       an address that robots.txt forbids, or that is not public
├── LeftOut          no fault: what is no article by its own word, as drafts are, said once
└── AlreadyRead      no fault: these very bytes were read before, and are left out

Every message names the file and what to do about it; the command line prints it as one line.
"""

from __future__ import annotations


class IngestError(Exception):
    """A file that could not be taken in. `kind` is the short word that the archive records.

    Not all of them are faults: where `fails` is off, it is said and neither counted nor recorded.
    """

    kind = "failed"
    fails = True

    def __init__(self, source: str, message: str) -> None:
        super().__init__(f"{source}: {message}")
        self.source = source
        self.message = message

    def __reduce__(self) -> tuple[object, ...]:
        # Errors cross from the process that reads to the one that writes.
        return type(self), (self.source, self.message)


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


class DamagedFile(IngestError):
    """The file is cut off or broken somewhere; what was whole in it has been kept."""

    kind = "damaged"


class UnsafeMember(IngestError):
    """A member of an archive that is no page of its own, or that is a trap."""

    kind = "unsafe"


class ReaderFailed(IngestError):
    """A reader broke on the file: it took too long or too much memory, or has a fault of ours."""

    kind = "reader failed"


class ShardAway(IngestError):
    """What the file gave lies in a shard that no worker of the cluster has now."""

    kind = "shard away"


class EntryWithoutText(NoArticle):
    """An entry of a feed that has a title at most. `url` is the page that it leads to, or ""."""

    def __init__(self, source: str, message: str, url: str = "") -> None:
        super().__init__(source, message)
        self.url = url

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.source, self.message, self.url)


class NotFetched(IngestError):
    """The address gives nothing to read."""

    kind = "not fetched"


class NotNow(NotFetched):
    """The address gives nothing to read now; it may later."""


class NotAsked(NotNow):
    """The address was not asked for: its host wants no requests, which was said once already."""

    kind = "not asked"


class NotAllowed(IngestError):
    """The address must not be asked for: robots.txt forbids it, or it is not public."""

    kind = "not allowed"


class LeftOut(IngestError):
    """Something in the file is no article, and the file says so itself."""

    kind = "left out"
    fails = False


class AlreadyRead(IngestError):
    """These very bytes were read from this place before. `articles` is how many they gave."""

    kind = "unchanged"

    def __init__(self, source: str, message: str, articles: int = 1) -> None:
        super().__init__(source, message)
        self.articles = articles

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.source, self.message, self.articles)
