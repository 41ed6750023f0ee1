"""German roles by how they end: alone or joined to what they are held for."""

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


_BODY = re.compile(
    r"(?:gericht|amt|verein|verband|ministerium|behörde|gewerkschaft|universität|klinikum|klinik"
    r"|krankenhaus|polizei|feuerwehr|anwaltschaft|kammer|werke|verwaltung|präsidium|gesellschaft"
    r"|stiftung|institut|hochschule|museum|fraktion|kreisverband|sparkasse)$"
)


def is_german_body(word: str) -> bool:
    """Whether a word in lowercase is a body, alone or joined: amtsgericht, landratsamt."""
    return _BODY.search(word) is not None
