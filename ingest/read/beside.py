"""Files that pages are made with and that are no pages: pictures, scripts, styles, fonts, sound.

A site that was copied has thousands of them beside its pages. They are known by how they are
called, as it would take reading every one to tell otherwise; one given by itself is read.
"""

from __future__ import annotations

import re
from collections import Counter

_ENDINGS = re.compile(
    r"\.(?P<ending>css|scss|less|m?js|jsx|tsx?|map|wasm|swf|"
    r"jpe?g|png|gif|svgz?|webp|avif|heic|ico|bmp|tiff?|psd|eps|"
    r"woff2?|ttf|otf|eot|mp[34]|m4[av]|og[gav]|webm|wav|flac|aac|mov|avi|mkv|wmv)\Z",
    re.IGNORECASE,
)


def ending_beside(name: str) -> str:
    """The ending of such a file, in lower case ("jpg"); "" for any other name."""
    found = _ENDINGS.search(name)
    return found["ending"].lower() if found else ""


def left_out_line(endings: Counter[str]) -> str:
    """What is said of those that were met in folders; "" where there were none."""
    count = sum(endings.values())
    if not count:
        return ""
    kinds = ", ".join(f".{ending}" for ending, _ in endings.most_common(5))
    kinds += ", …" if len(endings) > 5 else ""
    files = "1 file" if count == 1 else f"{count:,} files"
    return f"{files} that pages are made with left out ({kinds})"
