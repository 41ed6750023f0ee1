"""Roles by how they end: German ones alone or joined, French and Spanish callings."""

from __future__ import annotations

import re

_ROLE = re.compile(
    r"(?:(?:chef|präsident|politiker|sieger|trainer|sprecher|leiter|führer|minister|meister"
    r"|direktor|kommissar|richter|forscher|manager|gründer|inhaber|sekretär|professor|wissenschaftler"
    r"|kontrolleur|verwalter|redakteur|berater|vertreter|verteidiger|ermittler|unternehmer|betreiber"
    r"|jäger|spieler|kanzler|senator|pfarrer|autor|historiker|jurist|kapitän|stürmer|lehrer|förster)(?:in)?"
    r"|(?:expert|kolleg|psycholog|soziolog|biolog|virolog|kriminolog|epidemiolog)(?:e|in)"
    r"|anwalt|anwältin|rat|rätin|arzt|ärztin|ökonom|ökonomin|bischof|bischöfin|torwart"
    r"|(?:vorsitzende|beauftragte|abgeordnete)r?)$"
)


_CALLING = re.compile(
    r"...(?:er|ent|ant|[iy]st|or|är|eur|iker|og|and)in$|...(?:[iy]st|iker|loge|eur)$"
)


def is_german_calling(word: str) -> bool:
    """Whether a word before a full name may be what somebody does: dirigentin, pianist."""
    return _CALLING.search(word) is not None


def is_german_role(word: str) -> bool:
    """Whether a word in lowercase is a role: polizeipräsident, spd-chefin."""
    return _ROLE.search(word) is not None


_FRENCH = re.compile(r"...(?:iste|logue|icien|icienne|ateur|euse|trice|naire|graphe|mane|chiatre)$")
_MEMBERS = ("politiker", "politikerin", "demokrat", "demokratin", "listenerste", "listenzweite")
_SPANISH = re.compile(r"...(?:ista|ólog[oa]|[aei]dora?|[aeií]tric[eo]|graf[oa]|iatra)$")


def is_calling(word: str, language: str) -> bool:
    """Whether a word in lowercase is what somebody does, by its ending in that language."""
    if language == "fr":
        return is_french_calling(word)
    if language == "es":
        return is_spanish_calling(word)
    return language == "de" and (word.endswith(_MEMBERS) or is_german_calling(word))


def is_french_calling(word: str) -> bool:
    """Whether a word in lowercase is what somebody does: biologiste, romancière."""
    return _FRENCH.search(word) is not None


def is_spanish_calling(word: str) -> bool:
    """Whether a word in lowercase is what somebody does: bióloga, exjugador."""
    return _SPANISH.search(word) is not None


_BODY = re.compile(
    r"(?:gericht|amt|verein|verband|ministerium|behörde|gewerkschaft|universität|klinikum|klinik"
    r"|krankenhaus|polizei|feuerwehr|anwaltschaft|kammer|werke|verwaltung|präsidium|gesellschaft"
    r"|stiftung|institut|hochschule|museum|fraktion|kreisverband|sparkasse)$"
)


def is_german_body(word: str) -> bool:
    """Whether a word in lowercase is a body, alone or joined: amtsgericht, landratsamt."""
    return _BODY.search(word) is not None
