"""Captions and picture credits, told by the credit that they carry."""

from __future__ import annotations

import re

from ingest.names import is_name, is_publisher, readable

_MOST = 450

_CREDIT_WORD = (
    r"(?:photo(?:graph(?:er|y)?)?s?|pictures?|pic|images?|illustrations?|graphics?|foto|bild|"
    r"credits?|photo credit|image credit|picture credit|photo courtesy|courtesy(?: of)?|"
    r"file photo|handout|screenshot|infographic|map|video|art)"
)
_NAME = r"[^\W\d_][\w.’'&-]*(?:[ /,]+(?:of |the |via |and |de |van )?[^\W\d_][\w.’'&-]*){0,7}"
_AGENCY = (
    r"(?:AP|AFP|PA|PA Wire|PA Media|REUTERS|Reuters|EPA|EPA-EFE|EFE|Getty|Getty Images|UPI|"
    r"Shutterstock|Alamy|Alamy Stock Photo|AP Photo|dpa|Xinhua|Bloomberg|TASS|ANSA|TNS|Rex|"
    r"Rex Features|iStock|Unsplash|Press Association|The Guardian|Associated Press|"
    r"Wikimedia Commons|Tribune News Service|The Canadian Press|CP|AAP|PTI|Kyodo|Yonhap)"
)
_ENDS_IN_CREDIT = re.compile(
    rf"""(?:
      \((?:{_CREDIT_WORD}|AP|AFP|Reuters|File)(?:\s+(?:by|from))?[:/ ]\s*[^()]{{2,80}}\)
    | \([^()]{{0,60}}?(?:/\s?{_AGENCY}|{_AGENCY}\s?/\s?{_NAME})(?:,?\s[^()]{{0,30}})?\)
    | \({_NAME}/{_NAME}\)
    | (?<![.!?”"])\s\({_AGENCY}(?:\s+(?:photo|file photo|images?))?\)
    | \((?:[^()]{{2,60}}\s)?(?:contributed|courtesy|supplied|submitted|staff|file|handout)\s
        (?:photo(?:graph)?s?|pictures?|images?)\)
    | \((?-i:[A-Z])[\w.’'-]+(?:\s(?-i:[A-Z])[\w.’'-]+){{0,3}}\s(?-i:photo|photograph|picture)\)
    | [.!?”"’)]\s+(?-i:FILE\ (?:PHOTO|PICTURE|IMAGE)|HANDOUT|File\ photo|Handout|STAFF\ PHOTO)
    | [.!?”"’)]\s+(?-i:[A-Z])[\w.’'-]+(?:\s(?-i:[A-Z])[\w.’'-]+){{1,3}}\s?/\s?(?-i:STAFF|Staff)
    | [.!?”"’)]\s+(?:staff\s+)?photo\s+(?:courtesy\s+of|by\s+permission\s+of)\s[^.!?]{{2,60}}
    | [.!?”"’)]\s+(?:staff\s+)?(?-i:PICTURES?|Pictures?|ILLUSTRATION|Illustration|[Pp]hotos?)\s+
        by\s+(?-i:[A-Z])[\w.’'&/ -]{{2,60}}
    | \b(?-i:PHOTO|Photo|Photograph|PHOTOGRAPH|Photos|PHOTOS|Picture|PICTURE|Image|IMAGE)\s+
        (?:by|BY)\s+(?-i:[A-Z])[\w.’'&/ -]{{2,60}}
    | (?:^|[.!?”"’)\]|–—-]\s+)(?:\(c\)|©\s?)?{_CREDIT_WORD}(?:\s+(?:by|credit))?\s?:\s*{_NAME}
    | (?:^|[.!?”"’)\]\s])(?-i:REUTERS|THE\ CANADIAN\ PRESS|[A-Z]{{2,5}}\ PHOTO)/{_NAME}
    | (?:^|[.!?”"’)\]\s])(?-i:AFP|AP|PA|EPA|EFE|UPI|TNS)/(?-i:[A-Z])[\w.’'-]+\s+{_NAME}
    | (?:^|[.!?”"’)\]|])\s*(?-i:[A-Z])[\w.’'-]+(?:\s+[\w.’'-]+){{0,3}}\s?/\s?
        (?-i:[A-Z])[^./]{{2,40}}/\s?(?-i:{_AGENCY})
    | (?:^|[.!?”"’)\]|])\s*(?-i:[A-Z])[\w.’'-]+(?:\s+[\w.’'-]+){{0,3}}\s?/\s?(?-i:{_AGENCY})
    | (?:^|[.!?”"’)\]|/]\s*)©?\s?Getty\s+Images(?:/{_NAME})?
    )\.?\s*\Z""",
    re.IGNORECASE | re.VERBOSE,
)
_STARTS_AS_CAPTION = re.compile(
    r"(?:(?:image|photo|picture|media|video) (?:source|caption|credit)\s?[,:]|caption\s?:|"
    r"(?:above|below|left|right|top|bottom|file (?:photo|picture|image)|file)\s?(?:photo)?:\s|"
    r"(?-i:FILE)\s[–—-]+\s|\[(?:photo|picture|image|caption)\s?:)",
    re.IGNORECASE,
)
# A credit holds one of these; looking for them first spares the body the slow pattern.
_HINTS = (
    *(
        "photo",
        "pictur",
        "pic",
        "image",
        "illustr",
        "graphic",
        "foto",
        "bild",
        "credit",
        "courtesy",
    ),
    *("handout", "staff", "screenshot", "map", "video", "art:", ")", "/", "|", "©"),
)
_NAME_AND_HOUSE = re.compile(r"[.!?”\"’)]\s+([^\W\d_][^.!?/|]{3,38}?)\s?[/|]\s?([^./!?|]{2,40})\Z")
_CREDIT_LONGEST = 140  # characters at the end of a line in which the credit stands


def is_caption(line: str) -> bool:
    """Whether a line is a caption or the credit of a picture."""
    if len(line) > _MOST:
        return False
    if _STARTS_AS_CAPTION.match(line):
        return True
    tail = line[-_CREDIT_LONGEST:].casefold()
    if not any(hint in tail for hint in _HINTS):
        return False
    start = max(0, len(line) - _CREDIT_LONGEST)
    return _ENDS_IN_CREDIT.search(line, start) is not None or _ends_in_name_and_house(line)


def _ends_in_name_and_house(line: str) -> bool:
    """Whether a line ends in a photographer and a paper: "Ana Roe/The Meridian Post"."""
    found = _NAME_AND_HOUSE.search(line)
    if found is None:
        return False
    return is_name(readable(found[1])) and is_publisher(readable(found[2].strip()), loose=True)


def follows_counter(line: str) -> bool:
    """Whether a line below "1 of 3" reads as the caption of that picture."""
    return len(line) <= _MOST and (line.endswith(")") or len(line) <= 200)
