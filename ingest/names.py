"""Names of people and of papers: what looks like one, and how one in capitals is written."""

from __future__ import annotations

import re

PARTICLES = frozenset(
    (
        "al ap bin da dal de del della den der des di dos du e el ibn la le los mac o of san "
        "st. te ten ter the to van vom von y zu zum zur"
    ).split()
) - {"of", "the", "to", "o", "e"}

SUFFIXES = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv", "md", "m.d.", "phd", "ph.d."})

_NOT_IN_NAMES = frozenset(
    (
        "a about after all an and are as at be been before by can comments contact continue do "
        "email follow for from has have here home how in into is it its latest local log menu "
        "more new news newsletter no not of off on or our out over page photo photos print "
        "photography photographs born died "
        "published read related said save search section share sign sport sports story "
        "subscribe the their this to today top under up updated us view was we weather what "
        "when where who why will with world you your opinion politics business culture monday "
        "tuesday wednesday thursday friday saturday sunday january february march april june "
        "july august september october november december"
    ).split()
)

# The last words of what a paper, a station or an agency is called.
_PUBLISHER_ENDS = frozenset(
    (
        "advertiser advocate age argus beacon bee broadcaster bugle chieftain clarion "
        "spectator statesman telegram tidings transcript vindicator broadcasting bulletin "
        "chronicle citizen commercial courier daily dagblad dagbladet democrat dispatch echo "
        "enquirer examiner "
        "express free-press gazette globe guardian herald independent inquirer intelligencer "
        "journal kurier ledger leader magazine mail mercury messenger mirror monitor news "
        "newspaper newspapers observer online post press radio record recorder register "
        "reporter republican review sentinel standard star sun telegraph television times "
        "today tribune tv voice weekly wire world zeitung"
    ).split()
)
_ALSO_SURNAMES = frozenset({"post", "press", "star", "record", "mail", "world"})
_AGENCY_WORDS = re.compile(
    r"\b(?:wire|news ?wire|news service|press service|wire service|news agency|press agency|"
    r"news network|syndicate|presse-agentur)\b",
    re.IGNORECASE,
)
_AGENCIES = frozenset(
    (
        "aap|afp|agence france-presse|agencia efe|aljazeera|anp|ansa|anadolu|ani|ap|"
        "associated press|the associated press|bloomberg|bloomberg news|belga|bta|"
        "canadian press|the canadian press|cna|cns|dpa|deutsche presse-agentur|dow jones|efe|"
        "europa press|ians|interfax|irna|itar-tass|jiji press|kyodo|kyodo news|lusa|mti|ntb|pa|"
        "pa media|pap|press association|the press association|press trust of india|pti|reuters|"
        "ria novosti|ritzau|sapa|sda|stt|tanjug|tass|tt|ukrinform|upi|"
        "united press international|xinhua|yonhap|yonhap news agency"
    ).split("|")
)

_TOKEN = re.compile(r"[^\W\d_](?:[^\W\d_]|['’.‘-])*\Z")
_FIRST_UPPER = re.compile(r"(^|[-'’.]|\bMc)([^\W\d_])")


def is_name(text: str, *, single: bool = False) -> bool:
    """Whether `text` could be a person's name: two to five words (one, with `single`)."""
    words = text.split()
    while len(words) > 1 and words[-1].casefold() in SUFFIXES:
        words.pop()
    named = 0
    for word in words:
        if not _TOKEN.match(word) or word.casefold() in _NOT_IN_NAMES:
            return False
        if word[0].isupper():
            named += 1
        elif word.casefold() not in PARTICLES and not word.startswith(("d’", "d'", "al-", "el-")):
            return False
    return (1 if single else 2) <= named <= 5 and len(words) <= 7 and not is_publisher(text)


def is_publisher(text: str, *, loose: bool = False) -> bool:
    """Whether `text` reads as the name of a paper, a station or an agency.

    With `loose`, names that may as well be a person's count: "Meridian Post", "Emily Post".
    """
    words = text.split()
    if not words or len(words) > 7 or not text[0].isalpha():
        return False
    if is_agency(text):
        return True
    capital = all(word[0].isupper() or word in {"and", "of", "for", "&", "the"} for word in words)
    if words[0] == "The" and capital and len(words) > 1:
        if any(word.casefold() in _PUBLISHER_ENDS for word in words[1:]):
            return True  # "The Guardian of the West" as well
        return all(word[0].isupper() for word in words) and len(words) <= 4
    if not capital or len(words) < 2:
        return False
    last = words[-1].casefold()
    if (
        not loose
        and len(words) == 2
        and last in {"post", "press", "star", "record", "mail", "world", "day"}
    ):
        return False  # "Emily Post": two words alone are as likely a person
    # "Post-Dispatch", "Times-Union" as well.
    return last in _PUBLISHER_ENDS or ("-" in last and last.partition("-")[0] in _PUBLISHER_ENDS)


def is_agency(text: str) -> bool:
    """Whether `text` names a news agency."""
    folded = text.casefold().strip()
    if folded in _AGENCIES:
        return True
    if "," in folded or folded.endswith(" on"):
        return False  # a byline with an agency in it
    return len(folded) <= 60 and text[:1].isupper() and bool(_AGENCY_WORDS.search(folded))


def initials(name: str) -> str:
    """The first letters of a name's words, as in a dateline: "United Valley Press", UVP."""
    words = [word for word in name.split() if word.casefold() not in {"the", "of", "and", "&"}]
    return "".join(word[0] for word in words).upper() if len(words) > 1 else ""


def readable(name: str) -> str:
    """A name in capitals in ordinary case; any other name as it is."""
    letters = [character for character in name if character.isalpha()]
    if len(letters) < 4 or not all(character.isupper() for character in letters):
        return name
    first, *rest = name.split()
    return " ".join([_capital(first), *map(_word, rest)])


def _word(word: str) -> str:
    folded = word.casefold()
    if folded in PARTICLES:
        return word.lower()
    if folded in {"ii", "iii", "iv"} or re.fullmatch(r"(?:\w\.)+", word):
        return word
    if word.startswith("MC") and len(word) > 4:
        return "Mc" + _word(word[2:])
    return _capital(word)


def _capital(word: str) -> str:
    if re.fullmatch(r"(?:\w\.)+", word) or word.startswith("MC"):
        return word if "." in word else "Mc" + _word(word[2:])
    return _FIRST_UPPER.sub(lambda m: m.group(1) + m.group(2).upper(), word.lower())
