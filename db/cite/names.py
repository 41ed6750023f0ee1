"""The names of authors as reference managers want them: given and family name apart."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.names import PARTICLES, SUFFIXES, is_name

# Bylines print them, citations do not.
_DEGREES = frozenset({"md", "m.d.", "phd", "ph.d."})


@dataclass(frozen=True, slots=True)
class Name:
    """An author's name. An organisation, or whatever is no person's name, has `literal` alone.

    `particle` stands before the family name and is said with it ("van den" in "van den Berg"). A
    person of one name has only `family`.
    """

    family: str = ""
    given: str = ""
    particle: str = ""
    suffix: str = ""
    literal: str = ""

    @property
    def sorted_by(self) -> str:
        """The family name with its particle; an organisation's whole name."""
        return self.literal or " ".join(filter(None, (self.particle, self.family)))


def split_name(name: str) -> Name:
    """A name as an article prints it, taken apart.

    The last word is the family name, with the particles before it: which other words belong to it
    ("García Márquez") cannot be told from the name alone. A comma says it: "García Márquez, Ana".
    """
    name = " ".join(name.split())
    before, comma, after = (part.strip() for part in name.partition(","))
    if comma and after.casefold() not in SUFFIXES:
        turned = is_name(f"{after} {before}") and (" " not in before or _led(before))
        if "," in after or not turned:
            return Name(literal=name)
        particle, family = _particle(before.split())
        return Name(family, after, particle)
    words = before.split() + after.split()
    if not is_name(" ".join(words), single=True):
        return Name(literal=name)
    suffix = words.pop() if len(words) > 1 and words[-1].casefold() in SUFFIXES else ""
    if suffix.casefold() in _DEGREES:
        suffix = ""
    at = len(words) - 1
    while at > 1 and _is_particle(words[at - 1]):
        at -= 1
    particle, family = _particle(words[at:])
    return Name(family, " ".join(words[:at]), particle, suffix)


def _is_particle(word: str) -> bool:
    # "Van" with a capital is as often part of the family name ("Van Buren"); it stays with it.
    return word.casefold() in PARTICLES


def _led(words: str) -> bool:
    return _is_particle(words.split()[0])


def _particle(words: list[str]) -> tuple[str, str]:
    """The particles in small letters that lead the family name, and the rest of it."""
    at = 0
    while at < len(words) - 1 and words[at] in PARTICLES:
        at += 1
    return " ".join(words[:at]), " ".join(words[at:])
