"""French newspapers leave the marks open round an attribution: « Moi, soupire Le Goff, je reste. »

Such a run becomes two, with the attribution between them, so that the rules find it as ever.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.article import Span
from ingest.quotes.cues import Lexicon
from ingest.quotes.endings import is_french_calling
from ingest.quotes.grammar import PERSON_OR_BODY
from ingest.quotes.marks import Run

_WORD = r"[^\W\d_]+"
_CAPITAL = r"(?=[^\W\d_a-zß-ÿ])"
_THE = r"(?:(?:l[ea]s?|une?|son|sa|ses|leurs?|cet?|cette)\s|l[’'])"
_HAS = r"(?:(?:a|ont)\s|se\s|s[’'])?(?:fini[ts]?\spar\s)?"
_INCISE = re.compile(
    # a-t-elle plaidé, s'est-il emporté
    r",\s(?:(?:a|ont|avai(?:en)?t)-(?:t-)?|s[’']était-|s[’']est-)(?:il|elle|on)s?\s"
    rf"(?P<told>{_WORD})\b[^,.«»“”]{{0,60}}[,.](?P<told_end>\s|$)"
    # peste le Belge Wout Harms, second,
    rf"|,\s{_HAS}(?P<named>{_WORD})\s{_THE}(?:[^\s,.«»“”]+\s){{0,4}}{_CAPITAL}[^,.«»“”\n]{{2,50}}"
    r"(?:(?:,\s(?:qui|dont|où|\d\d\sans)\b[^,.«»“”\n]{0,60})?\.|(?:,\s[^,«»“”\n]{2,50})?,)(?P<named_end>\s|$)"
    # relève la présidente, a fini par répondre l'accusée
    rf"|,\s{_HAS}(?P<does>{_WORD})\s{_THE}(?P<who>[^,.«»“”\n]{{2,60}}),?"
    rf"(?:(?<=,)\s{_CAPITAL}[^,.«»“”\n]{{2,50}}[,.]|(?:(?<=,)|\.))(?P<does_end>\s|$)"
    rf"|,\s(?:(?:a|ont)\s|se\s|s[’'])?(?P<verb>{_WORD})(?:-t)?[\s-](?:(?:il|elle|celui-ci|celle-ci)\b[^,.«»“”]{{0,50}}[,.]"
    rf"|{_CAPITAL}[^,.«»“”]{{2,50}}\.|{_CAPITAL}[^,.«»“”]{{2,50}},\s[^,.«»“”]{{2,60}}\.$"
    rf"|{_CAPITAL}[^,«»“”]{{2,50}}(?:,\s[^,«»“”]{{2,50}})?,)(?P<end>\s|$)"
)
_DOES = re.compile(r"[^\W\d_]+(?:eur|euse|ier|ière|iste|ien|ienne)")
_ENDS = ("told_end", "named_end", "does_end", "end")


def split_incises(text: str, runs: Sequence[Run], lexicon: Lexicon) -> list[Run]:
    """The runs, each cut where a verb of speech and its subject stand between commas in it."""
    return [part for run in runs for part in _parts(text, run, lexicon)]


def _parts(text: str, run: Run, lexicon: Lexicon) -> Iterator[Run]:
    at = run.span.start
    while run.mark in '«“"' and (m := _INCISE.search(text, at, run.span.end)) is not None:
        if not _is_attribution(m, lexicon):
            at = m.start() + 1
            continue
        before, at = m.start() + 1, max(map(m.end, _ENDS))
        yield run._replace(span=Span(run.span.start, before), outer=Span(run.outer.start, before))
        if at >= run.span.end:
            return  # « Je reste, soupire-t-elle. »
        rest = Span(at, run.outer.end)
        run = run._replace(span=Span(at, run.span.end), outer=rest, continues=False)
    yield run


def _is_attribution(m: re.Match[str], lexicon: Lexicon) -> bool:
    verb = next(filter(None, m.group("told", "named", "does", "verb")))
    plain = verb.rstrip("es")
    if not any(map(lexicon.verb, (verb, plain, f"s'{verb}", f"s'{plain}"))) and (
        lexicon.phrase_at(["se", verb], 0) is None
    ):
        return False  # a-t-elle dit, s'est-elle emportée, se souvient l'élu
    who = m.group("who")
    # "annonce la fermeture" has an object; "nuance la biologiste" has a subject.
    return (
        who is None
        or _DOES.fullmatch(who) is not None
        or any(
            word in PERSON_OR_BODY or is_french_calling(word) for word in who.lower().split()[:3]
        )
    )
