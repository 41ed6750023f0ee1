"""What is worked out once a word: a dictionary that asks a function for what it lacks."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

_Answer = TypeVar("_Answer")

LONGEST = 200  # characters; what is longer hardly comes twice
MOST = 50_000  # words of an archive; the text of a day's news has about so many


class Table(dict[str, _Answer]):
    """The answers of a function to words: `table[word]`, at the price of a dictionary access.

    News uses the same words again and again. Long ones are not kept, and a full table begins anew,
    so that whatever is read takes no more than some megabytes.
    """

    def __init__(self, function: Callable[[str], _Answer]) -> None:
        super().__init__()
        self._function = function

    def __missing__(self, word: str) -> _Answer:
        """Ask the function, and keep the answer."""
        answer = self._function(word)
        if len(word) <= LONGEST:
            if len(self) >= MOST:
                self.clear()
            self[word] = answer
        return answer
