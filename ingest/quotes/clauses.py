"""A little grammar without a parser: who stands before a verb, what follows it, where that ends.

All functions read one sentence as token ranges of `Tokens.lower` and answer with token indexes.
They look no further than the sentence, so that the time stays linear.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass

from ingest.quotes.sentences import MASK
from ingest.quotes.wordlists import words as word_list


def _words(key: str) -> frozenset[str]:
    return word_list("grammar.en", "words", key)


BE = _words("be")
HAVE = _words("have")
MODAL = _words("modal")
ADVERB = _words("adverb")
DETERMINER = _words("determiner")
SUBJECT_PRONOUN = _words("subject_pronoun")
OBJECT_PRONOUN = _words("object_pronoun")
PRONOUN = _words("pronoun")
PREPOSITION = _words("preposition")
CONJUNCTION = _words("conjunction")
SUBORDINATOR = _words("subordinator")
RELATIVE = _words("relative")
WH = _words("wh")
TIME = _words("time")
COMMON_VERB = _words("common_verb")
GOVERNOR = _words("governor")
BEFORE_ING = _words("before_ing")
SPEECH_PLACE = _words("speech_place")
NEVER_SOURCE = _words("never_source")
DASH = frozenset({"-", "--", "—", "–"})
STOP = (
    frozenset({",", ";", ":", "(", ")", "[", "]", "?", "!", "/", "…", ".", '"', "“", "”", "_"})
    | DASH
)
_AUXILIARY = BE | HAVE | MODAL
_LINKS = frozenset(
    {"of", "for", "from", "at", "in", "with", "on", "to", "about", "against", "near"}
)


@dataclass(frozen=True, slots=True)
class VerbGroup:
    """The words of a verb: where it begins and what its helpers say of it."""

    first: int
    be: bool
    have: bool
    modal: bool
    infinitive: bool

    @property
    def bare(self) -> bool:
        """Whether the verb stands without helpers."""
        return not (self.be or self.have or self.modal or self.infinitive)


def is_adverb(word: str) -> bool:
    """Whether a word may stand inside a verb group without changing it."""
    return word in ADVERB or (word.endswith("ly") and len(word) > 4 and word not in _NOT_ADVERBS)


_NOT_ADVERBS = frozenset("family early only daily weekly italy ally reply supply assembly".split())


def verb_group(low: Sequence[str], lo: int, i: int) -> VerbGroup:
    """The helpers to the left of the verb at `i`."""
    be = have = modal = infinitive = False
    first, j = i, i - 1
    while j >= lo:
        word = low[j]
        if is_adverb(word):
            j -= 1
            continue
        if word in BE:
            be = True
        elif word in HAVE:
            have = True
        elif word in MODAL:
            modal = True
        elif word == "to" and not (be or have or modal):
            infinitive = True
            governor = j - 1
            while governor >= lo and is_adverb(low[governor]):
                governor -= 1
            if governor >= lo and low[governor] in GOVERNOR:
                first, j = governor, governor - 1
                continue
            return VerbGroup(j, be, have, modal, infinitive)
        else:
            break
        first = j
        j -= 1
        # he's, they've, don't: the helper holds its subject, or ends the group.
        if "'" in word and word.partition("'")[0] in SUBJECT_PRONOUN:
            break
    # An adverb may lead the group: "also said".
    while first - 1 >= lo and is_adverb(low[first - 1]):
        first -= 1
    return VerbGroup(first, be, have, modal, infinitive)


def phrase_before(
    words: Sequence[str], low: Sequence[str], lo: int, end: int, verbs: Container[str] = ()
) -> tuple[int, int]:
    """The noun phrase that ends before the token `end`: (first, end); empty where there is none."""
    j = end - 1
    while j >= lo:
        word = low[j]
        if (
            word in STOP
            or word[0] == MASK
            or word in CONJUNCTION
            and not _joins_names(words, low, lo, j, end)
            or word in SUBORDINATOR
            or word in RELATIVE
            or word in COMMON_VERB
            or word in verbs
        ):
            break
        j -= 1
        if word in SUBJECT_PRONOUN and word != "who":
            break
    first = j + 1
    # Lead words of a clause are no part of its subject.
    while first < end and (is_adverb(low[first]) or low[first] in TIME and words[first].islower()):
        first += 1
    if first < end and low[first] in PREPOSITION:
        first = _after_preposition(words, low, first, end)
    return first, end


def _joins_names(words: Sequence[str], low: Sequence[str], lo: int, j: int, end: int) -> bool:
    """Whether "and" stands between two names or two nouns of one subject."""
    if low[j] not in ("and", "or") or j - 1 < lo or j + 1 >= end:
        return False
    before, after = words[j - 1], words[j + 1]
    return before[0].isupper() and after[0].isupper()


def _after_preposition(words: Sequence[str], low: Sequence[str], first: int, end: int) -> int:
    """Where the subject begins after a leading prepositional phrase without a comma."""
    j = end - 1
    if low[j] in PRONOUN:
        return j
    while j > first and low[j] not in DETERMINER and low[j] not in PREPOSITION:
        j -= 1
    if low[j] in DETERMINER and j > first + 1:
        return j
    # Names only: the last run of capitals.
    j = end - 1
    while j > first and (words[j][0].isupper() or words[j][0].isdigit()) and low[j] not in TIME:
        j -= 1
    return j + 1 if j + 1 < end else first + 1


_WHERE = frozenset("on in at during to via by after before through late early with from".split())


def skip_adverbials(words: Sequence[str], low: Sequence[str], k: int, hi: int) -> int:
    """Past what may stand between a verb of speech and its clause: when, where and to whom."""
    start = k
    while k < hi:
        word = low[k]
        if word in TIME and not (
            word in ("this", "next", "may", "march", "last")
            and (k + 1 >= hi or low[k + 1] not in TIME)
        ):
            k += 1
        elif word in _WHERE:
            stop = _adverbial_end(words, low, k, hi)
            if stop is None:
                break
            k = stop
        elif is_adverb(word) and k == start and word not in ("not", "once", "all", "just", "even"):
            if k + 1 < hi and (low[k + 1] in ("that", ",", ":") or low[k + 1] in TIME):
                k += 1
            else:
                break
        elif word == "," and k > start and k + 1 < hi and low[k + 1] in ("however", "too"):
            k += 3
        else:
            break
    return min(k, hi)


def _adverbial_end(words: Sequence[str], low: Sequence[str], k: int, hi: int) -> int | None:
    """Where a prepositional phrase after a verb of speech ends, if it is about the saying."""
    limit = min(hi, k + 14)
    m = k + 1
    if m >= hi:
        return None
    if low[k] in ("on", "in", "late", "early") and (low[m] in TIME or low[m].isdigit()):
        while m < hi and (low[m] in TIME or low[m].isdigit() or low[m] in ("a", "p", "m", ".")):
            m += 1
        return m
    seen_place = False
    if low[k] == "to" and not (
        words[m][0].isupper() or low[m] in DETERMINER or low[m].endswith("s")
    ):
        return None
    while m < limit:
        word = low[m]
        if word == "that":
            return m
        if word in SPEECH_PLACE:
            seen_place = True
            nxt = low[m + 1] if m + 1 < hi else "."
            if nxt in TIME or nxt in ("that",) or nxt in STOP or nxt in SPEECH_PLACE:
                m += 1
                continue
            if nxt in ("with", "to", "on", "at", "in", "from", "by", "about", "for"):
                m += 2
                while m < limit and (
                    words[m][0].isupper()
                    or words[m - 1].lower() in ("the", "a", "an", "his", "her")
                ):
                    m += 1
                if m < hi and low[m] not in STOP:
                    return m
                continue
            return m + 1
        if word in STOP or word[0] == MASK:
            return m if seen_place else None
        if word in SUBJECT_PRONOUN and m > k + 1 and low[k] in ("in", "on", "at", "during"):
            return m
        if word in COMMON_VERB or word in SUBJECT_PRONOUN or word in RELATIVE:
            return None
        if seen_place and word in TIME:
            while m < hi and low[m] in TIME:
                m += 1
            return m
        m += 1
    return None


def clause_end(
    low: Sequence[str],
    k: int,
    hi: int,
    starts_attribution: Container[int],
    verbs: Container[str] = (),
    relative: bool = False,
) -> int:
    """Where a reported clause that begins at `k` ends."""
    m = k
    depth = 0
    while m < hi:
        word = low[m]
        if word in ("(", "["):
            depth += 1
        elif word in (")", "]"):
            depth -= 1
            if depth < 0:
                return m
        elif depth <= 0:
            if word == ";":
                return m
            if word in _DASHES:
                close = _other_dash(low, m, hi)
                if close is None:
                    return m
                m = close
                continue
            if m in starts_attribution and m > k:
                return m
            if word == "," and m + 2 < hi and low[m + 1] in SUBJECT_PRONOUN and low[m + 2] in verbs:
                return m
            if (
                word == ","
                and m + 1 < hi
                and (relative and not _lists(low, m, hi) or _ends_clause(low, m + 1, hi))
            ):
                return m
            if word in ("and", "but") and m > k and _verb_follows(low, m + 1, hi, verbs):
                return m
        m += 1
    return hi


_DASHES = frozenset({"—", "–", "--"})


def _other_dash(low: Sequence[str], m: int, hi: int) -> int | None:
    """Past the dash that closes what the one at `m` opens."""
    for k in range(m + 1, hi - 1):
        if low[k] in _DASHES:
            return k + 1
    return None


def _ends_clause(low: Sequence[str], m: int, hi: int) -> bool:
    word = low[m]
    if word == "including":
        return False
    if word in PREPOSITION and m + 1 < hi and low[m + 1] in ("which", "whom", "whose"):
        return True
    if word in ("but", "while", "though", "although", "which", "where", "whereas", "despite"):
        return True
    if word.endswith("ing") and len(word) > 5:
        return True
    if word == "and" and m + 1 < hi:
        return low[m + 1] in PRONOUN or low[m + 1] in ("that", "the") and False
    return False


_TRAILING = frozenset(
    "in on at during when with after before by since while because late early".split()
)


def _lists(low: Sequence[str], m: int, hi: int) -> bool:
    """Whether the comma at `m` divides a list: a word or two, then another comma or "and"."""
    return (
        any(k < hi and low[k] in (",", "and", "or") for k in (m + 2, m + 3))
        and low[m + 1] not in PRONOUN
    )


def phrase_end(
    words: Sequence[str],
    low: Sequence[str],
    k: int,
    hi: int,
    starts_attribution: Container[int],
    verbs: Container[str] = (),
    relative: bool = False,
) -> int:
    """Where a noun phrase, the object of a verb of judgement, ends: sooner than a clause."""
    m = k
    while m < hi:
        word = low[m]
        if m > k:
            if word in (";", "(", "--", "—", "–", ":"):
                return m
            if m in starts_attribution:
                return m
            if word in ("and", "but") and _verb_follows(low, m + 1, hi, verbs):
                return m
            if word == "," and (
                relative and not _lists(low, m, hi) or _verb_follows(low, m + 1, hi, verbs)
            ):
                return m
            if word in _TRAILING and (
                m == k + 1
                and low[k] in PRONOUN
                or m - k <= 3
                and words[k][0].isupper()
                and words[m - 1][0].isupper()
                or m + 1 < hi
                and low[m + 1] in TIME
            ):
                return m
            if word in TIME and m > k and words[m][0].isupper() and words[m - 1][0].islower():
                return m
            if word == "," and m + 1 < hi:
                nxt = low[m + 1]
                if (
                    nxt in CONJUNCTION
                    or nxt in RELATIVE
                    or nxt in SUBORDINATOR
                    or nxt in SUBJECT_PRONOUN
                    or nxt in PREPOSITION
                    or nxt in DETERMINER
                    or nxt.endswith(("ing", "ly"))
                ):
                    return m
            if word in (
                "when",
                "while",
                "because",
                "after",
                "before",
                "although",
                "though",
                "during",
                "until",
                "but",
                "since",
            ):
                return m
        m += 1
    return hi


def _verb_follows(low: Sequence[str], m: int, hi: int, verbs: Container[str]) -> bool:
    """Whether a new verb of speech begins here, adverbs skipped: "and also said"."""
    while m < hi and (is_adverb(low[m]) or low[m] in HAVE):
        m += 1
    return m < hi and low[m] in verbs
