"""One name for one skill, which skills are close to each other, and a suggestion for a typo.

Names are the same when they are so after NFKC, case folding and folding of spaces and dashes, or by the table of
synonyms. Never by part of a word or by distance: java is not javascript and c is not c#.
"""

import difflib
import functools
import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

SEPARATORS = re.compile(r"[\s_\-\u2010-\u2015\u2212]+")
SAME = 100


@functools.lru_cache(maxsize=65536)
def fold(name: str) -> str:
    """The form in which names are compared."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    visible = "".join(letter for letter in folded if unicodedata.category(letter) != "Cf")
    return SEPARATORS.sub(" ", visible).strip()


@dataclass(frozen=True)
class Skills:
    """Synonyms and relations, both in folded names. Relations are symmetric and hold once, a before b."""

    synonyms: Mapping[str, str] = field(default_factory=dict)
    related: Mapping[tuple[str, str], int] = field(default_factory=dict)

    def canonical(self, name: str) -> str:
        folded = fold(name)
        return self.synonyms.get(folded, folded)

    def canonicals(self, names: Iterable[str]) -> tuple[str, ...]:
        """Each skill once, in the order of its first mention."""
        return tuple(dict.fromkeys(self.canonical(name) for name in names))

    def closeness(self, one: str, other: str) -> int:
        """0 to 100 between two canonical names."""
        if one == other:
            return SAME
        return self.related.get((one, other) if one < other else (other, one), 0)

    def known(self) -> tuple[str, ...]:
        names = {*self.synonyms.values(), *(name for pair in self.related for name in pair)}
        return tuple(sorted(names))

    def suggest(self, typed: str, among: Iterable[str] = ()) -> str | None:
        """The known skill somebody probably meant, or None when the word is known or like nothing known."""
        name = self.canonical(typed)
        known = {*self.known(), *map(self.canonical, among)}
        if name in known:
            return None
        spellings = sorted(known | set(self.synonyms))
        near = difflib.get_close_matches(name, spellings, n=1, cutoff=0.75)
        return self.canonical(near[0]) if near else None


def relation(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one < other else (other, one)


def resolved(synonyms: Mapping[str, str]) -> dict[str, str]:
    """Synonyms that lead straight to the canonical name; ValueError names a word that leads back to itself."""
    straight = {}
    for word in synonyms:
        target, seen = synonyms[word], {word}
        while target in synonyms:
            if target in seen:
                raise ValueError(target)
            seen.add(target)
            target = synonyms[target]
        straight[word] = target
    return straight


@functools.cache
def shipped() -> Skills:
    """The table that comes with the bot. A document carries its own copy, so that a replay never depends on this."""
    data = json.loads(Path(__file__).with_name("skills.json").read_text("utf-8"))
    synonyms = {fold(word): fold(name) for name, words in data["skills"].items() for word in words}
    related = {relation(fold(one), fold(other)): int(value) for one, other, value in data["related"]}
    return Skills(resolved(synonyms), related)
