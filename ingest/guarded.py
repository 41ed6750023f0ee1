"""A terminal that obeys us alone: what articles and names of files hold cannot steer it.

An escape sequence in a headline could clear the screen, set the clipboard or hide a line. Colours,
which are ours, go through; whatever is written to a file or another program stays as it is.
"""

from __future__ import annotations

import re
import sys
from typing import Any, TextIO

_STEERING = re.compile(
    r"\x1b(?!\[[\d;]*m)"  # any but a colour
    "|[\x00-\x08\x0b\x0c\x0e-\x1a\x1c-\x1f\x7f-\x9f]"
)
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def one_line(text: str) -> str:
    """`text` with its control characters and line ends spelled out."""
    return _CONTROL.sub(lambda found: ascii(found.group())[1:-1], text)


def harmless(text: str) -> str:
    """`text` as a terminal may have it."""
    return _STEERING.sub("\ufffd", text)


class Guarded:
    """A text stream that passes on what is harmless."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Write what is harmless of it; as many characters as it has count as written."""
        self._stream.write(harmless(text))
        return len(text)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def guard_terminal() -> None:
    """From here on, standard output is guarded where it is a terminal."""
    if sys.stdout is not None and sys.stdout.isatty() and not isinstance(sys.stdout, Guarded):
        sys.stdout = Guarded(sys.stdout)
