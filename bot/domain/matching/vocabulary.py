"""A program's own skills on top of those that ship: names, synonyms, and what is close to what.

Only what differs is kept, so a later release still brings its own words. Free text is never refused for being unknown: a word
that looks like a known one gets a suggestion, and stays as it was written.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from bot.domain.errors import Refused
from bot.domain.matching.skills import SAME, Skills, fold, relation, resolved, shipped

LONGEST = 60
MOST = 5_000
MOST_GUESSES = 6
CLOSENESS = "How close they are is a whole number from 0 (not at all) to 99; what is the same is a synonym."
Couple = tuple[str, str]


@dataclass(frozen=True)
class Edits:
    """Folded names. A synonym that leads to itself is none any more; a closeness of 0 takes a relation away."""

    names: frozenset[str] = frozenset()
    synonyms: Mapping[str, str] = field(default_factory=dict)
    related: Mapping[Couple, int] = field(default_factory=dict)
    version: int = 0
    """0 while nothing is stored."""

    def __len__(self) -> int:
        return len(self.names) + len(self.synonyms) + len(self.related)

    def to_json(self) -> dict[str, Any]:
        return {
            "names": sorted(self.names),
            "synonyms": dict(sorted(self.synonyms.items())),
            "related": [[*pair, value] for pair, value in sorted(self.related.items())],
        }


def read_edits(stored: Mapping[str, Any], version: int) -> Edits:
    related = {(one, other): int(value) for one, other, value in stored["related"]}
    return Edits(frozenset(stored["names"]), dict(stored["synonyms"]), related, version)


@dataclass(frozen=True)
class Entry:
    """One skill with all that is known of it."""

    name: str
    synonyms: tuple[str, ...]
    related: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Vocabulary:
    """What ships, as a program has changed it."""

    edits: Edits = field(default_factory=Edits)
    base: Skills = field(default_factory=shipped)

    @property
    def skills(self) -> Skills:
        """What a draw goes by."""
        synonyms = resolved(_without_loops({**self.base.synonyms, **self.edits.synonyms}))
        related: dict[Couple, int] = {}
        for pair, value in {**self.base.related, **self.edits.related}.items():
            one, other = (synonyms.get(name, name) for name in pair)
            if value and one != other:
                related[relation(one, other)] = value
        return Skills(synonyms, related)

    def known(self) -> tuple[str, ...]:
        skills = self.skills
        own = {skills.canonical(name) for name in self.edits.names}
        return tuple(sorted({*skills.known(), *own}))

    def suggest(self, typed: str) -> str | None:
        """The known skill somebody probably meant; None for a known word, and for one like no other."""
        return self.skills.suggest(typed, self.edits.names)

    def likely_typos(self, written: Iterable[str]) -> list[tuple[str, str]]:
        """Each with the known skill it looks like; the first few unknown words are looked at."""
        known = set(self.known())
        strange = [word for word in dict.fromkeys(written) if self.skills.canonical(word) not in known]
        found = ((word, self.suggest(word)) for word in strange[:MOST_GUESSES])
        return [(word, meant) for word, meant in found if meant]

    def entry(self, typed: str) -> Entry | None:
        skills, known = self.skills, set(self.known())
        name = skills.canonical(typed)
        if name not in known:
            return None
        words = sorted(word for word, target in skills.synonyms.items() if target == name)
        near = [
            (other, value)
            for pair, value in skills.related.items()
            for other in pair
            if name in pair and other != name
        ]
        return Entry(name, tuple(words), tuple(sorted(near, key=lambda one: (-one[1], one[0]))))


def _without_loops(synonyms: Mapping[str, str]) -> dict[str, str]:
    return {word: name for word, name in synonyms.items() if word != name}


def known(vocabulary: Vocabulary, *typed: str) -> None:
    """Refused with what to do where one of them is no skill yet: a typo would be one from then on."""
    for name in map(clean, typed):
        if vocabulary.entry(name) is None:
            meant = vocabulary.suggest(name)
            guess = f" Did you mean *{meant}*?" if meant else ""
            raise Refused(
                f"I don't know *{name}* yet.{guess} `/mentor skills add {name}` makes it a skill; then try again."
            )


def is_changed(vocabulary: Vocabulary, typed: str) -> bool:
    """Whether the program said anything of this word that could be taken back."""
    name, edits = clean(typed), vocabulary.edits
    said = {*edits.names, *edits.synonyms, *edits.synonyms.values(), *(one for pair in edits.related for one in pair)}
    return name in said


def clean(typed: str) -> str:
    name = fold(typed)
    if not name:
        raise Refused("Name a skill, for example `prompt engineering`.")
    if len(name) > LONGEST:
        raise Refused(f"A skill has {LONGEST} characters at most; this one has {len(name)}.")
    return name


def add(vocabulary: Vocabulary, typed: str) -> Edits:
    name = clean(typed)
    if vocabulary.entry(name):
        raise Refused(f"I know *{vocabulary.skills.canonical(name)}* already.")
    return _bounded(replace(vocabulary.edits, names=vocabulary.edits.names | {name}))


def same(vocabulary: Vocabulary, typed: str, canonical: str) -> Edits:
    """From now on the one word means the other; a word that means itself is a skill of its own."""
    word, name = clean(typed), clean(canonical)
    if word != name:
        name = vocabulary.skills.canonical(name)
        if name == word:
            raise Refused(f"*{fold(canonical)}* means *{word}* already, so one of the two has to stay the name.")
    synonyms = {**vocabulary.edits.synonyms, word: name}
    return _bounded(replace(vocabulary.edits, synonyms=synonyms, names=_with_new(vocabulary, name)))


def _with_new(vocabulary: Vocabulary, *names: str) -> frozenset[str]:
    return vocabulary.edits.names | (set(names) - set(vocabulary.known()))


def relate(vocabulary: Vocabulary, one: str, other: str, closeness: int) -> Edits:
    """How much somebody who looks for the one is helped by the other, 0 to 99 per cent; 0 for not at all."""
    skills = vocabulary.skills
    names = [skills.canonical(clean(name)) for name in (one, other)]
    if names[0] == names[1]:
        raise Refused("These two are one skill. Name two different ones.")
    if not 0 <= closeness < SAME:
        raise Refused(CLOSENESS)
    related = {**vocabulary.edits.related, relation(names[0], names[1]): closeness}
    return _bounded(replace(vocabulary.edits, related=related, names=_with_new(vocabulary, *names)))


def restore(vocabulary: Vocabulary, typed: str = "") -> Edits:
    """What ships, for this word and all that was said of it; without a word, for everything."""
    edits = vocabulary.edits
    if not typed.strip():
        return Edits(version=edits.version)
    name = clean(typed)
    return replace(
        edits,
        names=edits.names - {name},
        synonyms={word: target for word, target in edits.synonyms.items() if name not in (word, target)},
        related={pair: value for pair, value in edits.related.items() if name not in pair},
    )


def _bounded(edits: Edits) -> Edits:
    if len(edits) > MOST:
        raise Refused(f"A program keeps {MOST:,} changes to its skills at most. Restore some that you don't need.")
    return edits
