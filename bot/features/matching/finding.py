"""Reads what a match depends on, and finds the best people for one member. Reads only, so `open_view` is enough.

What is read grows with the workspace, so the matcher itself runs in a thread and not in the event loop.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.errors import Refused
from bot.domain.ids import MemberId, TeamId
from bot.domain.intros import MOST_OPEN, RECENT, Intro, free_places, line_above, people_to_skip
from bot.domain.matching import Pair, candidates
from bot.domain.matching.fit import NOT_BY_SKILL
from bot.domain.matching.vocabulary import Vocabulary
from bot.domain.people import Kind, Member, Profile, Wish
from bot.domain.programs import Rules
from bot.feature import Deps
from bot.features.matching.document_of import Gathered, Look, for_candidates
from bot.store.unit_of_work import Work

SHOWN = 5


@dataclass(frozen=True)
class Candidate:
    """Somebody to meet: why, and what it costs both."""

    member: Member
    profile: Profile
    because: str
    costs: str
    free_places: int


@dataclass(frozen=True)
class Found:
    """The best first. `would_help` says what would change it where nobody was found."""

    kind: Kind
    candidates: tuple[Candidate, ...]
    would_help: str = ""
    did_you_mean: str = ""
    """The known skill nearest to a topic that nobody knows."""


@dataclass(frozen=True)
class Search:
    """Everything that was read for one member's question."""

    look: Look
    gathered: Gathered
    mates: frozenset[MemberId] = frozenset()
    """Who sits in a circle with the asker."""
    by_skill: bool = False
    """Whether only those count who know something of what is wanted."""

    def of_two(self, other: MemberId) -> "Search":
        """The same for these two alone, and those above them: a form waits for the answer, so it must be quick."""
        both = (self.look.asker, other)
        above = (boss for one in both for boss in line_above(one, self.gathered.profiles))
        known = {one: self.gathered.profiles[one] for one in (*both, *above) if one in self.gathered.profiles}
        return replace(self, gathered=replace(self.gathered, profiles=known))


async def find_for(team: TeamId, member: MemberId, kind: Kind | None, deps: Deps) -> Found | None:
    """The best people for this member; None where they have no profile yet.

    Without a kind, the first of those they look for of which there is somebody.
    """
    now = deps.now()
    async with deps.store.open_view(team) as work:
        search = await search_for(work, member, kind, now)
    if search is None:
        return None
    mine = search.gathered.profiles[member]
    kinds = [kind] if kind else list(dict.fromkeys([*mine.seeks, Kind.SKILL]))
    return await asyncio.to_thread(_first_found, search, kinds, now)


def _first_found(search: Search, kinds: Sequence[Kind], now: datetime) -> Found:
    """For the first of these kinds that has somebody; where none has, what is said of the very first."""
    found = (best(replace(search, look=replace(search.look, kind=kind)), now) for kind in kinds)
    tried = []
    for one in found:
        if one.candidates:
            return one
        tried.append(one)
    return tried[0]


async def search_for(work: Work, member: MemberId, kind: Kind | None, now: datetime) -> Search | None:
    mine = await work.members.profile(member)
    if mine is None:
        return None
    gathered = await gather(work, member, now)
    check_asker(gathered, member, now)
    busy = {other for other, waiting in (await work.intros.waiting_on()).items() if waiting >= MOST_OPEN}
    skip = people_to_skip(await work.intros.of([member]), member, now)
    skip |= {one.other(member) for one in await work.relationships.open_of([member])}
    mates = {mate for circle in await work.circles.of(member) for mate in circle.members} - {member}
    return Search(Look(member, kind or usual_kind(mine), skip | busy), gathered, frozenset(mates))


def about(search: Search, topic: str) -> Search:
    """The same, as if this one topic were all that the asker wants."""
    asker = search.look.asker
    wanted = replace(search.gathered.profiles[asker], wants=(Wish(topic),))
    return replace(search, gathered=replace(search.gathered, profiles={**search.gathered.profiles, asker: wanted}))


async def find_about(team: TeamId, member: MemberId, topic: str, deps: Deps) -> Found | None:
    """Micro mentors who know something of this topic; None where the member has no profile yet."""
    now = deps.now()
    async with deps.store.open_view(team) as work:
        search = await search_for(work, member, Kind.MICRO, now)
    if search is None:
        return None
    found = await asyncio.to_thread(best, replace(about(search, topic), by_skill=True), now)
    if found.candidates:
        return found
    offered = (wish.skill for profile in search.gathered.profiles.values() for wish in profile.offers)
    return replace(found, did_you_mean=search.gathered.skills.suggest(topic, offered) or "")


def usual_kind(profile: Profile) -> Kind:
    return profile.seeks[0] if profile.seeks else Kind.SKILL


async def gather(work: Work, member: MemberId, now: datetime) -> Gathered:
    """A constant number of questions, however many members."""
    return Gathered(
        members={one.id: one for one in await work.members.everyone()},
        profiles={profile.member: profile for profile in await work.members.profiles()},
        rules=await rules_of(work),
        blocks=await work.blocks.around([member]),
        met_as_pairs=await work.fits.outcomes(),
        places_held=await work.fits.places_held(now - RECENT),
        skills=Vocabulary(await work.vocabularies.edits()).skills,
    )


async def rules_of(work: Work) -> Rules:
    program = await work.programs.current()
    return program.rules if program else Rules()


def check_asker(gathered: Gathered, member: MemberId, now: datetime) -> None:
    if not gathered.takes_part(member, now):
        raise Refused("You are on a pause, so I look for nobody. `/mentor resume` ends it today.")


def best(search: Search, now: datetime, count: int = SHOWN) -> Found:
    """The best of those who may be offered to this member."""
    document = for_candidates(search.gathered, search.look, now)
    mates = search.mates
    shortlist = candidates(document, search.look.asker, search.look.kind.value, count=count + len(mates))
    if search.by_skill:
        shortlist = replace(shortlist, candidates=tuple(pair for pair in shortlist.candidates if _teaches(pair)))
    # Who sits in my circle I meet anyway: others first, save where a mate has a skill that I asked for.
    ranked = sorted(shortlist.candidates, key=lambda pair: pair.mentor in mates and not _teaches(pair))
    found = tuple(_candidate(pair, search) for pair in ranked[:count])
    return Found(search.look.kind, found, shortlist.nobody.would_help if shortlist.nobody else "")


def _teaches(pair: Pair) -> bool:
    return pair.type not in NOT_BY_SKILL and pair.points["skill"] > 0


def _candidate(pair: Pair, search: Search) -> Candidate:
    member = MemberId(pair.mentor)
    profile = search.gathered.profiles[member]
    held = search.gathered.places_held.get(member, 0)
    return Candidate(
        search.gathered.members[member],
        profile,
        pair.because,
        pair.costs,
        free_places(profile, held, search.look.kind),
    )


async def following(work: Work, intro: Intro, now: datetime) -> Candidate | None:
    """The next best person of the same kind for the one who asked."""
    try:
        search = await search_for(work, intro.asker, intro.kind, now)
    except Refused:
        return None
    if search is None:
        return None
    found = await asyncio.to_thread(best, search, now, 1)
    return found.candidates[0] if found.candidates else None
