"""Indirect speech without a parser: "X said that ...", "..., X said", "according to X, ..."."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.article import Span
from ingest.quotes import clauses as c
from ingest.quotes.cues import Cue, Lexicon, lexicon
from ingest.quotes.sentences import MASK, Tokens

TRIM = " \t\r\n\xa0.,;:!?…—–-"


@dataclass(frozen=True, slots=True)
class Indirect:
    """Reported words outside marks: the pieces, who is named as their source, and the cue."""

    pieces: tuple[Span, ...]
    mention: Span | None
    cue: Span
    confidence: float
    reason: str
    rule: str


def find_indirect(text: str, tokens: Tokens, language: str = "en") -> list[Indirect]:
    """The indirect speech of an article, in order of its cues."""
    known = lexicon(language)
    low = tokens.lower
    keys = known.verbs.keys() | known.nouns.keys() | known.phrases.keys()
    found: list[Indirect] = []
    for lo, hi in tokens.sentences:
        hits = [i for i in range(lo, hi) if low[i] in keys]
        if hits:
            found += _Sentence(text, tokens, known, lo, hi).read(hits)
    return found


from functools import cache


@cache
def _finite_of(language: str) -> frozenset[str]:
    known = lexicon(language)
    return frozenset(
        f for f, cue in known.verbs.items() if cue.tense in ("past", "third") and f not in AMBIGUOUS
    ) - {"set", "put", "cast", "cut", "hit"}


def _finite(known):
    return _finite_of(known.language)


AMBIGUOUS = frozenset(
    """state states report reports plan plans claim claims rule rules promise promises remark remarks show shows call calls demand demands offer offers request requests order orders question questions fear fears hope hopes joke jokes view views support attack attacks praise blame vote votes comment comments estimate estimates project projects charge charges address addresses review reviews name names label labels rate rates rank ranks hold holds post posts tweet tweets find finds bet bets notice notices back backs figure figures judge judges counter counters document documents detail details value values credit credits brand brands note notes favor favors favour favours wish wishes aim aims doubt doubts worry worries concern concerns pitch pitches press challenge challenges lobby direct sense guess guesses quote quotes brief briefs frame frames cast term terms style styles forecast forecasts approach signal signals reason reasons object objects pledge pledges vow vows threat voice voices command commands attempt attempts champion champions fault faults respect hate love reference references echo echoes rebuke mock pan pans rip rips savage hammer hammers knock pressure pressures allow urge urges dare dream dreams trust trusts wonder wonders highlight highlights repeat stress""".split()
)


SUBORDINATE = frozenset(
    "while although though when after before if as since because once until whereas".split()
)


class _Sentence:
    def __init__(self, text: str, tokens: Tokens, known: Lexicon, lo: int, hi: int) -> None:
        self.text, self.tokens, self.known = text, tokens, known
        self.lo, self.hi = lo, hi
        self.low, self.words = tokens.lower, tokens.words
        self.subject: tuple[int, int] | None = None
        self.posts: dict[int, int] = {}
        self.out: list[Indirect] = []
        self.finite = _finite(known)
        self.extra = "|||||"
        self.mixed: list[tuple[int, int]] = []

    # -- records

    def add(
        self,
        ranges: Sequence[tuple[int, int]],
        who: tuple[int, int] | None,
        cue: tuple[int, int],
        confidence: float,
        rule: str,
    ) -> None:
        pieces = []
        T = self.tokens
        for a, b in ranges:
            while a < b and self.low[a] in c.STOP:
                a += 1
            while b > a and self.low[b - 1] in c.STOP:
                b -= 1
            if a >= b:
                return
            if any(self.low[k][0] == MASK for k in range(a, b)):
                self.mixed.append((T.starts[a], T.ends[b - 1]))
                return
            pieces.append(Span(T.starts[a], T.ends[b - 1]))
        mention = Span(T.starts[who[0]], T.ends[who[1] - 1]) if who and who[0] < who[1] else None
        self.out.append(
            Indirect(
                tuple(pieces),
                mention,
                Span(T.starts[cue[0]], T.ends[cue[1] - 1]),
                confidence,
                self.extra,
                rule,
            )
        )
        self.extra = "|||||"

    # -- reading

    def read(self, hits: list[int]) -> list[Indirect]:
        low, lo, hi = self.low, self.lo, self.hi
        cues: list[tuple[int, Cue, int]] = []
        past = lo
        for i in hits:
            if i < past:
                continue
            at = self.known.at(self.words, i)
            if at and i + at[1] <= hi:
                cues.append((i, at[0], at[1]))
                past = i + at[1]
            else:
                noun = self.known.nouns.get(low[i])
                if noun:
                    cues.append((i, noun, 1))
        done: set[int] = set()
        for i, cue, n in cues:
            if cue.lemma == "according to":
                self.according(i, n)
                done.add(i)
            elif cue.kind == "verb" and "post" in cue.takes and self.post(i, cue, n):
                done.add(i)
        for i, cue, n in cues:
            if i in done:
                continue
            if cue.kind == "verb":
                self.verb(i, cue, n)
            elif cue.kind == "noun":
                self.noun(i, cue)
        return self.outermost()

    def outermost(self) -> list[Indirect]:
        """What is reported inside a report belongs to the outer one."""
        kept: list[Indirect] = []
        for one in self.out:
            a, b = one.pieces[0].start, one.pieces[-1].end
            if not any(
                other is not one
                and other.pieces[0].start <= a
                and b <= other.pieces[-1].end
                and (
                    other.pieces[-1].end - other.pieces[0].start > b - a
                    or other.confidence > one.confidence
                )
                for other in self.out
            ) and not any(x <= a and b <= y for x, y in self.mixed):
                kept.append(one)
        return kept

    def source_end(self, k: int) -> int:
        """Past the source that begins at k, after "according to" or an inverted verb."""
        low, hi = self.low, self.hi
        m = k
        while m < hi:
            w = low[m]
            if m > k and (
                w in (";", ":", "(", ")")
                or w in c.DASH
                or w in ("who", "which", "that", "and")
                and False
            ):
                return m
            if w == ",":
                return m
            if w in c.BE or w in c.MODAL:
                return m
            m += 1
        return m

    def according(self, i: int, n: int) -> None:
        lo, hi, low = self.lo, self.hi, self.low
        k = i + n
        end = self.source_end(k)
        if end <= k:
            return
        who_end = end
        for m in range(k + 1, end):
            if low[m] in c.RELATIVE or low[m] in ("released", "conducted", "published"):
                who_end = m
                break
        before = i
        while before > lo and low[before - 1] in c.STOP:
            before -= 1
        start = self.clause_start(i)
        rest = (
            c.clause_end(low, end + 1, hi, self.posts, self.finite)
            if end < hi and low[end] == ","
            else end
        )
        ranges = []
        if before > start and not (before - start == 1 and low[start] in c.CONJUNCTION):
            ranges.append((start, before))
            self.posts[before] = i
            if end < hi and low[end] == "," and self.takes_up(end + 1) and rest > end + 2:
                ranges.append((end + 1, rest))
        elif end < hi and rest > end + 1:
            ranges.append((end + 1, rest))
        else:
            return
        self.add(ranges, (k, who_end), (i, i + n), 0.9, "according")

    def takes_up(self, k: int) -> bool:
        """Whether the clause goes on at k after an attribution in its middle."""
        low = self.low
        if (
            k >= self.hi
            or low[k].endswith("ing")
            or low[k]
            in (
                "who",
                "which",
                "but",
                "and",
                "while",
                "as",
                "where",
                "when",
                "although",
                "though",
                "whose",
                "or",
            )
        ):
            return False
        if low[k] in ("a", "an", "the"):
            return self.has_verb(k + 1, min(self.hi, k + 14))
        return True

    def clause_start(self, i: int) -> int:
        """Where the clause before an attribution at i begins: the sentence, or a semicolon."""
        low, lo = self.low, self.lo
        dashes = [m for m in range(lo, i) if low[m] in ("—", "–", "--")]
        semicolons = [m for m in range(lo, i) if low[m] == ";"]
        start = lo
        if len(dashes) % 2:
            start = dashes[-1] + 1
        if semicolons:
            start = max(start, semicolons[-1] + 1)
        said = [m for m in range(start, i) if low[m] in self.finite]
        if said:
            for m in range(i - 1, said[0], -1):
                if low[m] == "but" or low[m] == "and" and low[m - 1] == ",":
                    return m + 1 if low[said[0]] in ("said", "says") else start
        return start

    def post(self, i: int, cue: Cue, n: int) -> bool:
        """CLAUSE, X said / CLAUSE, said X."""
        low, lo, hi, words = self.low, self.lo, self.hi, self.words
        group = c.verb_group(low, lo, i)
        if group.infinitive or (group.be and cue.tense != "ing"):
            return False
        if cue.tense in ("ing", "participle") and group.bare:
            return False
        k = c.skip_adverbials(words, low, i + n, hi)
        closed = k >= hi or low[k] in (",", ";", ".", ")") or low[k] in c.DASH
        if not closed and low[k] in (
            "in",
            "on",
            "at",
            "during",
            "after",
            "of",
            "through",
            "to",
            "by",
            "when",
            "as",
            "while",
        ):
            # said in a statement ..., said at ...: no clause may follow
            closed = not any(
                low[m] in c.COMMON_VERB
                or low[m] == "that"
                or low[m] in c.SUBJECT_PRONOUN
                or low[m][0] == MASK
                for m in range(k, min(hi, k + 12))
            )
        first, end = c.phrase_before(words, low, lo, group.first, self.finite)
        if first < end:
            if not closed or first <= lo + 1:
                return False
            before = first
            if low[before - 1] != "," and low[before - 1] not in c.DASH:
                # lead words: ", though, X said"
                return False
            if not self.may_be_source(first, end):
                return False
            if low[i] in AMBIGUOUS and not (
                words[end - 1][0].isupper() or low[end - 1] in c.PRONOUN
            ):
                return False
            if low[first].endswith("ing"):
                return False
            # apposition: CLAUSE, X, a Y, said — the phrase is the apposition's tail
            comma = before - 1
            who = (first, end)
        elif (
            group.first > lo
            and low[group.first - 1] == ","
            and cue.lemma
            in (
                "say",
                "write",
                "add",
                "note",
                "explain",
                "report",
                "tweet",
                "argue",
                "warn",
                "recall",
            )
            and group.bare
        ):
            # CLAUSE, said X
            e = self.source_end(i + n)
            if (
                e <= i + n
                or not (words[i + n][0].isupper() or low[i + n] in c.DETERMINER)
                or low[i + n] == "that"
                or low[i + n] in c.TIME
            ):
                # X, APPOSITION, said.
                return self.post_apposition(i, group.first, closed, cue, n)
            if any(
                low[m] in c.COMMON_VERB or low[m] in self.finite or low[m] in c.SUBJECT_PRONOUN
                for m in range(i + n + 1, e)
            ):
                return False
            before_comma = group.first - 1
            if low[e - 1] in c.TIME:
                pass
            comma, who = before_comma, (i + n, e)
            k = e
            if e < hi and low[e] in c.BE | c.MODAL:
                return False
            # is what is before a clause or X + relative?
            if (
                any(low[m] == "who" for m in range(max(lo, comma - 15), comma))
                and cue.lemma != "say"
            ):
                return False
        else:
            return self.post_apposition(i, group.first, closed, cue, n)
        start = self.clause_start(comma)
        if comma - start < 2:
            # "In Ohio, he said, ..." begins a clause too
            if comma - start < 1:
                return False
        ranges = [(start, comma)]
        if k + 1 < hi and (low[k][0] == MASK or low[k + 1][0] == MASK):
            return False
        if k < hi and low[k] == "," and self.takes_up(k + 1):
            rest = c.clause_end(low, k + 1, hi, self.posts, self.finite)
            if rest > k + 2:
                ranges.append((k + 1, rest))
        elif comma - start < 3 or not self.is_clause(start, comma):
            return False
        self.posts[comma] = i
        self.subject = who
        self.add(
            ranges,
            who,
            (group.first if first < end else i, i + n),
            0.9 * cue.strength,
            "post-" + ("mid" if len(ranges) > 1 else "end"),
        )
        return True

    def post_apposition(self, i: int, first: int, closed: bool, cue: Cue, n: int) -> bool:
        """CLAUSE, X, a Y of Z, said."""
        low, lo = self.low, self.lo
        if not closed or first - 1 <= lo or low[first - 1] != ",":
            return False
        m = first - 2
        while m > lo and low[m] != ",":
            if low[m] == ";" or low[m][0] == MASK:
                return False
            m -= 1
        if m <= lo:
            return False
        a, b = c.phrase_before(self.words, low, lo, m, self.finite)
        if (
            a >= b
            or a <= lo + 2
            or low[a - 1] != ","
            or not self.words[a][0].isupper()
            and low[a] not in c.DETERMINER
        ):
            return False
        if b - a > 6:
            return False
        start = self.clause_start(a - 1)
        self.posts[a - 1] = i
        self.subject = (a, b)
        self.add([(start, a - 1)], (a, b), (i, i + n), 0.85 * cue.strength, "post-apposition")
        return True

    def may_be_source(self, first: int, end: int) -> bool:
        head = self.low[end - 1]
        return head not in c.NEVER_SOURCE and not (end - first > 14) and head not in c.PREPOSITION

    def find_subject(self, first: int) -> tuple[tuple[int, int] | None, str]:
        """The source before the verb group that begins at `first`, and how it was found."""
        low, lo, words = self.low, self.lo, self.words
        g = low[first] if first < self.hi else ""
        if "'" in g and g.partition("'")[0] in c.SUBJECT_PRONOUN:
            return (first, first + 1), "pronoun"
        if first <= lo:
            return None, "none"
        w = low[first - 1]
        if w in c.TIME and first - 2 > lo:
            m = first - 1
            while m > lo and (low[m] in c.TIME or low[m].isdigit()):
                m -= 1
            if low[m] in ("on", "in"):
                m -= 1
            if low[m] not in c.STOP:
                return self.find_subject(m + 1)
        if w in ("who", "which", "that"):
            if w in ("who", "which"):
                return (first - 1, first), "who"
            a, b = c.phrase_before(words, low, lo, first - 1, self.finite)
            return ((first - 1, first) if a < b else None), "who"
        if w == "," or w in c.DASH or w == ")":
            # X, APPOSITION, said
            m = first - 2
            opener = "(" if w == ")" else ","
            aside = first - 1
            while m > lo and low[m] != opener and not (opener == "," and low[m] in c.DASH):
                m -= 1
            if m > lo:
                a, b = c.phrase_before(words, low, lo, m, self.finite)
                if a < b and self.may_be_source(a, b):
                    if (
                        words[b - 1][0].islower()
                        and opener == ","
                        and words[m + 1][0].isupper()
                        and low[m + 1] not in c.TIME
                        and low[b - 1] not in c.PRONOUN
                    ):
                        return (m + 1, aside), "apposition"
                    return (a, b), "apposition"
            return self.subject or self.sentence_subject(first), "carried"
        if w in c.CONJUNCTION or w == "then":
            return self.subject or self.sentence_subject(first), "carried"
        a, b = c.phrase_before(words, low, lo, first, self.finite)
        if a < b and self.may_be_source(a, b):
            return (a, b), "subject"
        return None, "none"

    def sentence_subject(self, before: int) -> tuple[int, int] | None:
        """The first noun phrase of the sentence that a verb follows."""
        low, lo, words = self.low, self.lo, self.words
        k = lo
        for _ in range(3):
            while k < before and (
                low[k] in c.CONJUNCTION
                or c.is_adverb(low[k])
                or low[k] in c.STOP
                or low[k] in c.TIME
            ):
                k += 1
            if k >= before:
                return None
            w = low[k]
            if (
                w in c.PREPOSITION
                or w in c.SUBORDINATOR
                and w != "that"
                or w.endswith(("ing", "ed"))
                or w == "to"
            ):
                m = k
                while m < before and low[m] != ",":
                    m += 1
                if m >= before:
                    break
                k = m + 1
            else:
                break
        if k < before and (low[k] in c.PREPOSITION or low[k] == "to"):
            k += 1
        m = k
        while m < before:
            w = low[m]
            if (
                w in c.STOP
                or w in c.COMMON_VERB
                or w in c.RELATIVE
                or w in self.finite
                or w[0] == MASK
            ):
                break
            if m > k and (
                w.endswith(("ed", "ing"))
                and words[m][0].islower()
                and low[m - 1] not in c.DETERMINER
                or c.is_adverb(w)
            ):
                break
            if w in c.SUBJECT_PRONOUN:
                k = m
                m += 1
                break
            if m > k and w in c.PREPOSITION and w not in ("of", "for", "from"):
                break
            m += 1
        if m == k or m == k + 1 and (low[k] in c.DETERMINER or low[k] in c.PREPOSITION):
            return None
        return k, m

    def verb(self, i: int, cue: Cue, n: int) -> None:
        low, lo, hi, words = self.low, self.lo, self.hi, self.words
        if cue.only_with_marks:
            return
        group = c.verb_group(low, lo, i)
        prev = low[group.first - 1] if group.first > lo else ""
        tense = cue.tense
        # -- is it a verb here?
        if tense == "base" and group.bare:
            if (
                group.first == lo
                or low[i] in AMBIGUOUS
                and prev
                in c.DETERMINER
                - {"all", "some", "many", "most", "few", "several", "both", "those", "these"}
                or prev in c.PREPOSITION
                or prev.endswith("'s")
                or prev.endswith("s'")
            ):
                return
            if low[i] in AMBIGUOUS and not (
                prev.endswith("s")
                or prev in c.PRONOUN
                or prev in ("who", "that", "people", "and", "which", "voters", ",", "women", "men")
            ):
                return
        if tense == "third" and (
            prev in c.DETERMINER
            or prev in c.PREPOSITION
            or prev.endswith("'s")
            or group.first == lo
        ):
            return
        if tense == "third" and not group.bare:
            return
        if (
            tense in ("past", "participle")
            and group.bare
            and (
                prev in c.DETERMINER
                or prev in c.PREPOSITION
                and prev != "than"
                or prev.endswith("'s")
            )
        ):
            return
        passive = group.be and tense in ("past", "participle")
        if passive:
            self.passive(i, cue, n, group)
            return
        if tense == "participle" and not group.have:
            return
        if tense == "past" and group.infinitive:
            return
        if tense == "ing" and group.bare:
            if prev in c.STOP or prev in c.BEFORE_ING or prev in ("and", "but", "or", ""):
                who = self.subject or self.sentence_subject(i)
                how = "participle"
            else:
                a, b = c.phrase_before(words, low, lo, group.first, self.finite)
                who, how = ((a, b) if a < b else None), "modifier"
        elif group.infinitive and group.first < i and low[group.first] == "to":
            who, how = self.subject or self.sentence_subject(group.first), "infinitive"
        else:
            who, how = self.find_subject(group.first)
        if who is None:
            return
        if how in ("subject", "apposition", "pronoun"):
            self.subject = who
        k = i + n
        self.content(i, cue, n, group, who, how, k)

    def content(
        self, i: int, cue: Cue, n: int, group: c.VerbGroup, who: tuple[int, int], how: str, k: int
    ) -> None:
        low, hi, words = self.low, self.hi, self.words
        takes = cue.takes
        cue_span = (group.first, i + n)
        if how in ("pronoun",):
            cue_span = (i, i + n)
        j = c.skip_adverbials(words, low, k, hi)
        if j >= hi:
            return
        w = low[j]
        rule = ""
        start = j
        whole = True
        if w == ":" and "post" in takes and hi - j > 2:
            rule, start = "colon", j + 1
        elif w in c.STOP:
            return
        elif w == "that" and takes & {"that", "told"}:
            rule, start = "that", j + 1
        elif w in c.WH and "wh" in takes:
            rule = "wh"
        elif "told" in takes or cue.lemma in (
            "warn",
            "assure",
            "inform",
            "remind",
            "advise",
            "notify",
            "brief",
            "persuade",
            "convince",
            "promise",
        ):
            m = self.addressee_end(j)
            if m < hi and low[m] == "that":
                rule, start = "told-that", m + 1
            elif m < hi and low[m] in ("to", "of", "about", "not"):
                rule, start = "told-to", j
            elif m < hi and low[m] not in c.STOP:
                rule, start = "told", m
            else:
                return
        elif w == "to":
            if "to" in takes or cue.lemma in (
                "promise",
                "vow",
                "pledge",
                "threaten",
                "swear",
                "agree",
                "hope",
                "expect",
                "decide",
                "ask",
                "demand",
                "claim",
                "propose",
                "move",
            ):
                rule, whole = "to", True
            else:
                return
        elif w in c.PREPOSITION:
            if w + ":" in takes:
                rule, start, whole = "prep", j + 1, False
            elif w in ("about", "for", "on", "against"):
                rule, start, whole = "prep?", j + 1, False
            else:
                return
        elif "made" in takes and any(low[m] == "to" for m in range(j, min(hi, j + 10))):
            rule = "made"
        elif takes & {"bare", "post"} and (
            cue.lemma == "say" or self.has_verb(j + 1, min(hi, j + 16))
        ):
            rule = "bare"
        elif "to" in takes and "object" in takes:
            rule = "wants-object"
        elif "object" in takes:
            rule, whole = "object", False
        elif "of:" in takes or "made" in takes:
            rule = "object-of"
        else:
            return
        lead = low[who[0] - 1] if who[0] > self.lo else ""
        loose = how == "who" or lead in SUBORDINATE and how != "carried"
        if whole:
            end = c.clause_end(low, start, hi, self.posts, self.finite, loose)
        else:
            end = c.phrase_end(words, low, start, hi, self.posts, self.finite, loose)
        if end > start:
            neg = (
                "neg"
                if any(
                    low[x] in ("not", "never") or low[x].endswith("n't")
                    for x in range(group.first, i)
                )
                else ""
            )
            aux = (
                "modal"
                if group.modal
                else "have"
                if group.have
                else "be"
                if group.be
                else "inf"
                if group.infinitive
                else ""
            )
            self.extra = "|".join(
                (how, cue.tense, "amb" if low[i] in AMBIGUOUS else "", cue.lemma, neg, aux)
            )
            self.add([(start, end)], who, cue_span, 0.8 * cue.strength, f"{rule}")

    def is_clause(self, a: int, b: int) -> bool:
        """Whether the words can stand as a reported clause, not just lead in the one that follows."""
        low = self.low
        if (
            low[a] in c.PREPOSITION
            or low[a] in c.SUBORDINATOR
            and low[a] not in ("what", "how", "once", "that")
        ) and "," not in low[a:b]:
            return False
        return any(
            low[m] in c.COMMON_VERB
            or low[m] in self.finite
            or low[m].endswith(("ed", "'s", "'re", "'d", "'ll", "'ve", "n't"))
            for m in range(a, b)
        )

    def has_verb(self, a: int, b: int) -> bool:
        """Whether a finite verb stands between two words, as far as small words tell."""
        low = self.low
        for m in range(a, b):
            w = low[m]
            if w in c.STOP and w != "-":
                return False
            if w in c.RELATIVE:
                return False
            if (
                w in c.COMMON_VERB
                or w in self.finite
                or w.endswith(("'s", "'re", "'d", "'ll", "'ve"))
                and w[:-2].rstrip("'") in c.PRONOUN
            ):
                return True
        return False

    def addressee_end(self, j: int) -> int:
        low, hi, words = self.low, self.hi, self.words
        if low[j] in c.OBJECT_PRONOUN:
            m = j + 1
        elif words[j][0].isupper() or low[j] == "the":
            m = j + 1
            while m < hi and words[m][0].isupper():
                m += 1
            if m == j + 1 and low[j] == "the":
                m += 1
                while (
                    m < hi
                    and low[m] not in c.STOP
                    and low[m] not in c.DETERMINER
                    and low[m] not in c.PRONOUN
                    and low[m] not in c.PREPOSITION
                    and low[m] != "that"
                    and not words[m][0].isupper()
                ):
                    m += 1
        else:
            m = j
            while m < hi and m < j + 6:
                w = low[m]
                m += 1
                if w.endswith("s") and w not in ("his", "this"):
                    break
        return c.skip_adverbials(words, low, m, hi)

    def passive(self, i: int, cue: Cue, n: int, group: c.VerbGroup) -> None:
        low, hi = self.low, self.hi
        for m in range(i + n, min(hi, i + n + 6)):
            if low[m] == "by" and m + 1 < hi:
                e = self.source_end(m + 1)
                a, b = c.phrase_before(self.words, low, self.lo, group.first, self.finite)
                if a < b and not (cue.takes == {"quote"}):
                    self.add(
                        [(a, b)], (m + 1, e), (group.first, i + n), 0.5 * cue.strength, "passive-by"
                    )
                return
            if low[m] in c.STOP:
                break
        j = c.skip_adverbials(self.words, low, i + n, hi)
        if (
            j < hi
            and low[j] == "that"
            and cue.lemma
            in ("tell", "inform", "assure", "remind", "warn", "convince", "advise", "notify")
        ):
            end = c.clause_end(low, j + 1, hi, self.posts, self.finite)
            self.add([(j + 1, end)], None, (group.first, i + n), 0.5, "passive-told")

    def noun(self, i: int, cue: Cue) -> None:
        low, hi, lo = self.low, self.hi, self.lo
        k = i + 1
        if k + 1 >= hi:
            return
        w = low[k]
        if w == "that" and "that" in cue.takes:
            rule = "noun-that"
        elif w == "to" and "to" in cue.takes:
            rule = "noun-to"
        elif w + ":" in cue.takes:
            rule = "noun-prep"
        else:
            return
        start = k if rule == "noun-to" else k + 1
        # the possessor
        m = i - 1
        while (
            m >= lo
            and m > i - 4
            and not (
                low[m].endswith("'s")
                or low[m].endswith("s'")
                or low[m] in ("his", "her", "their", "its", "my", "our")
            )
        ):
            if low[m] in c.DETERMINER or low[m] in c.STOP or low[m] in c.PREPOSITION:
                break
            m -= 1
        who = None
        if m >= lo and (low[m].endswith("'s") or low[m].endswith("s'")):
            a, b = c.phrase_before(self.words, low, lo, m + 1, self.finite)
            who = (a, b)
        elif m >= lo and low[m] in ("his", "her", "their", "its", "my", "our"):
            who = (m, m + 1)
        if not who:
            who = self.subject or self.sentence_subject(i)
            rule += "-free"
        if rule.startswith("noun-prep"):
            end = c.phrase_end(self.words, low, start, hi, self.posts, self.finite)
        else:
            end = c.clause_end(low, start, hi, self.posts, self.finite)
        self.add([(start, end)], who, (i, i + 1), 0.6 * cue.strength, rule)
