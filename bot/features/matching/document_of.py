"""From members and profiles to the matching document: what a match may depend on, and nothing else.

Goals and boundaries stay out of it. Whoever is on a pause or has left is in it only where the reporting line runs
through them, and takes no part; so is a manager who has no profile.
"""

import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.domain import when
from bot.domain.ids import MemberId
from bot.domain.intros import LIGHT_KINDS, Fit, free_places, line_above
from bot.domain.matching import (
    CircleConfig,
    CircleWish,
    Config,
    Document,
    Mentee,
    Mentor,
    Past,
    Person,
    Skills,
    Work,
    shipped,
)
from bot.domain.people import Availability, Kind, Member, Profile
from bot.domain.programs import Rules

TEXT_LIMIT = 120
MOST_WAITED = 100
Pairs = Collection[tuple[MemberId, MemberId]]


@dataclass(frozen=True)
class Gathered:
    """What was read for a document: everybody still here, their profiles, and what has been between them."""

    members: Mapping[MemberId, Member]
    profiles: Mapping[MemberId, Profile]
    rules: Rules
    blocks: Pairs = ()
    met_in_circles: Pairs = ()
    met_as_pairs: Mapping[tuple[MemberId, MemberId], Fit] = field(default_factory=dict)
    """Who was brought together for a coffee, and what came of it."""
    places_held: Mapping[MemberId, int] = field(default_factory=dict)
    in_circles: frozenset[MemberId] = frozenset()
    skills: Skills = field(default_factory=shipped)
    """Names, synonyms and relations, as the program has them."""
    provided: frozenset[tuple[MemberId, Kind]] = frozenset()
    """Who has somebody of a kind already, or has asked somebody."""
    waited: Mapping[MemberId, int] = field(default_factory=dict)
    """How many published draws of pairs in a row left somebody without."""

    def takes_part(self, member: MemberId, now: datetime) -> bool:
        return member in self.profiles and member in self.members and self.members[member].is_reachable(now)


@dataclass(frozen=True)
class Look:
    """Who looks for what kind of person, past whom; with `only`, whether just this one would do."""

    asker: MemberId
    kind: Kind
    skip: frozenset[MemberId] = frozenset()
    only: MemberId | None = None

    def may_find(self, profile: Profile) -> bool:
        offered = self.kind in profile.offers_kinds and profile.member not in self.skip
        return offered and self.only in (None, profile.member)


def for_candidates(gathered: Gathered, look: Look, now: datetime) -> Document:
    """The asker as the one who looks, everybody who offers this kind as a possible answer."""
    people = [_looked_at(profile, gathered, look) for profile in _taking_part(gathered, now)]
    return _document(gathered, people, seed=0, now=now)


def for_circles(gathered: Gathered, *, everyone: bool, seed: int, now: datetime) -> Document:
    """Those who chose a theme and sit in no circle; with `everyone`, all with a profile who sit in none."""
    people = [_in_circles(profile, gathered, everyone=everyone) for profile in _taking_part(gathered, now)]
    return _document(_acquainted(gathered), people, seed=seed, now=now)


def _acquainted(gathered: Gathered) -> Gathered:
    """For circles, two who met over a coffee know each other as circle mates do; where it was no match, they stay apart."""
    met = {(min(pair), max(pair)) for pair, fit in gathered.met_as_pairs.items() if fit is Fit.OK}
    apart = {(min(pair), max(pair)) for pair, fit in gathered.met_as_pairs.items() if fit is Fit.MISMATCH}
    return replace(
        gathered,
        met_in_circles=sorted({*gathered.met_in_circles, *met}),
        blocks=sorted({*gathered.blocks, *apart}),
    )


def for_pairs(gathered: Gathered, *, sought: Kind | None, seed: int, now: datetime) -> Document:
    """Everybody as what they offer and as what they look for first, or as looking for `sought` if they do."""
    people = [_in_pairs(profile, gathered, sought) for profile in _taking_part(gathered, now)]
    return _document(gathered, people, seed=seed, now=now)


def _taking_part(gathered: Gathered, now: datetime) -> list[Profile]:
    return [profile for profile in gathered.profiles.values() if gathered.takes_part(profile.member, now)]


def _looked_at(profile: Profile, gathered: Gathered, look: Look) -> Person:
    mentor = mentee = None
    if look.may_find(profile):
        places = free_places(profile, gathered.places_held.get(profile.member, 0), look.kind)
        mentor = Mentor(places, _texts(wish.skill for wish in profile.offers), (look.kind.value,))
    if profile.member == look.asker:
        mentee = Mentee(look.kind.value, _texts(wish.skill for wish in profile.wants))
    return replace(_facts(profile, gathered), mentor=mentor, mentee=mentee)


def _in_pairs(profile: Profile, gathered: Gathered, sought: Kind | None) -> Person:
    member = profile.member
    looked_for = [
        kind for kind in profile.seeks if (member, kind) not in gathered.provided and sought in (None, kind)
    ]
    mentee = None
    if looked_for:
        skills = _texts(wish.skill for wish in profile.wants)
        mentee = Mentee(looked_for[0].value, skills, waited=min(gathered.waited.get(member, 0), MOST_WAITED))
    return replace(_facts(profile, gathered), mentor=_mentor(profile, gathered), mentee=mentee)


def _mentor(profile: Profile, gathered: Gathered) -> Mentor | None:
    """With no place left somebody can still be what takes no place, for one person more."""
    places = max(0, profile.capacity - gathered.places_held.get(profile.member, 0))
    kinds = [kind for kind in profile.offers_kinds if places or kind in LIGHT_KINDS]
    if not kinds:
        return None
    offered = _texts(wish.skill for wish in profile.offers)
    return Mentor(max(places, 1), offered, tuple(sorted(kind.value for kind in kinds)))


def _in_circles(profile: Profile, gathered: Gathered, *, everyone: bool) -> Person:
    person = _facts(profile, gathered)
    wanted = (everyone or bool(profile.themes)) and profile.member not in gathered.in_circles
    return replace(person, circle=CircleWish(_texts(profile.themes)) if wanted else None)


def _facts(profile: Profile, gathered: Gathered) -> Person:
    member = gathered.members[profile.member]
    return Person(
        id=profile.member,
        dept=_text(profile.department),
        city=_text(profile.location),
        tz=member.tz if when.is_zone(member.tz) else "UTC",
        work=_work(profile.availability),
        level=profile.seniority,
        manager=profile.manager,
        languages=tuple(sorted(_texts(profile.languages))),
        interests=tuple(sorted(_texts(profile.interests))),
    )


def _document(gathered: Gathered, people: list[Person], *, seed: int, now: datetime) -> Document:
    rules = gathered.rules
    line = _reporting_line(gathered.profiles, {person.id for person in people})
    known = {person.id for person in people} | {person.id for person in line}
    everybody = [replace(person, manager=_above(person.id, person.manager, gathered)) for person in (*people, *line)]
    return Document(
        seed=seed,
        week_of=when.week_of(now.date()),
        people=tuple(everybody),
        config=_config(rules),
        skills=gathered.skills,
        blocks=tuple((one, other) for one, other in gathered.blocks if one in known and other in known),
        history=(
            *(Past(one, other, "circle") for one, other in sorted(gathered.met_in_circles)),
            *(Past(*pair, "mentor", fit.value) for pair, fit in sorted(gathered.met_as_pairs.items())),
        ),
    )


def _config(rules: Rules) -> Config:
    circle = CircleConfig(
        min=rules.circle_min,
        max=rules.circle_max,
        target=min(max(rules.circle_aim, rules.circle_min), rules.circle_max),
        meeting_minutes=rules.minutes,
        manager_depth=rules.apart_from_manager,
    )
    return Config(min_overlap_minutes_per_week=rules.min_overlap_minutes, circle=circle)


def _reporting_line(profiles: Mapping[MemberId, Profile], known: Collection[str]) -> list[Person]:
    """Those above somebody in the document who are not in it themselves, as bare links of the line."""
    found: dict[MemberId, Person] = {}
    for profile in profiles.values():
        if profile.member not in known:
            found[profile.member] = Person(id=profile.member, manager=profile.manager, paused=True)
    return list(found.values())


def _above(member: str, manager: str | None, gathered: Gathered) -> str | None:
    """The manager, unless the line would run in a ring: there the one with the smallest id counts as its top."""
    above = line_above(MemberId(member), gathered.profiles)
    return None if member in above and member == min(above) else manager


def _work(free: Availability) -> Work:
    start, end = _minutes(free.start), _minutes(free.end)
    return Work(free.days, start, end) if start != end else Work(())


def _minutes(clock: str) -> int:
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)


def _text(words: str) -> str | None:
    """Without what the document refuses: invisible characters, and more than it has room for."""
    kept = "".join(one for one in words if unicodedata.category(one) not in HIDDEN)
    return unicodedata.normalize("NFC", kept)[:TEXT_LIMIT].strip() or None


HIDDEN = ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")


def _texts(many: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(clean for words in many if (clean := _text(words)) is not None))
