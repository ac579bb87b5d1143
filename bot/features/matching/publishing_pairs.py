"""From a draft to pairs: once, in one transaction, and only for people for whom it still holds.

Each pair is stored as an intro that both said yes to. The chore that brings any two together opens their conversations.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain import drafts, intros
from bot.domain.drafts import DraftState
from bot.domain.ids import DraftId, MemberId
from bot.domain.intros import RECENT, free_places, line_above
from bot.domain.matching import Pair
from bot.domain.people import Kind, Member, Profile
from bot.domain.relationships import born
from bot.feature import Deps
from bot.features.matching.drafting import preview_within, require_lead, subject
from bot.features.matching.publishing import Problem, Published
from bot.slack.requests import Request
from bot.store.audit import Entry
from bot.store.unit_of_work import Work


@dataclass(frozen=True)
class Today:
    """How things stand at the moment of publishing."""

    now: datetime
    members: Mapping[MemberId, Member]
    profiles: Mapping[MemberId, Profile]
    blocks: frozenset[tuple[MemberId, MemberId]]
    provided: frozenset[tuple[MemberId, Kind]]
    places_held: Mapping[MemberId, int]


async def publish_pairs(by: Request, number: DraftId, *, without_affected: bool, deps: Deps) -> Published:
    """All pairs of the draft, or none; with `without_affected`, all but those that don't hold any more."""
    now = deps.now()
    async with deps.store.open_work(by.team) as work:
        await require_lead(work, by.member)
        shown = await preview_within(work, number)
        drafts.check_ready(shown.draft)
        problems, left = _judged(shown.pairs.pairs if shown.pairs else (), await _today(work, now))
        if (problems and not without_affected) or not left:
            return Published(shown.draft, problems=tuple(problems))
        # First of all, so that a second click waits for the first and is then refused.
        published = replace(shown.draft, state=DraftState.PUBLISHED, published_by=by.member, published_at=now)
        await work.drafts.save(published)
        await work.intros.add_matched([intros.matched(pair, number, now) for pair in left])
        await work.relationships.add([born(intro, now) for intro in await work.intros.all_of_draft(number)])
        details = {"pairs": len(left), "left out": sorted(problem.place for problem in problems)}
        await work.audit.add(Entry(now, by.member, "match.publish", subject(published), details))
    deps.store.wake()
    return Published(published, pairs=len(left), problems=())


async def _today(work: Work, now: datetime) -> Today:
    return Today(
        now=now,
        members={one.id: one for one in await work.members.everyone()},
        profiles={profile.member: profile for profile in await work.members.profiles()},
        blocks=frozenset(await work.blocks.all()),
        provided=await work.fits.provided(now - RECENT),
        places_held=await work.fits.places_held(now - RECENT),
    )


def _judged(pairs: tuple[Pair, ...], today: Today) -> tuple[list[Problem], list[Pair]]:
    """What doesn't hold any more, and the rest; a mentor's places go to the first of the draft."""
    problems, left = [], []
    held = dict(today.places_held)
    for place, pair in enumerate(pairs, start=1):
        sentence = _problem(pair, today) or _no_room(pair, today, held)
        if sentence:
            problems.append(Problem(place, sentence))
        else:
            left.append(pair)
            held[MemberId(pair.mentor)] = held.get(MemberId(pair.mentor), 0) + _takes_place(pair)
    return problems, left


def _takes_place(pair: Pair) -> int:
    return 0 if Kind(pair.type) in intros.LIGHT_KINDS else 1


def _problem(pair: Pair, today: Today) -> str:
    mentee, mentor = MemberId(pair.mentee), MemberId(pair.mentor)
    away = [sentence for member in (mentee, mentor) if (sentence := _away(member, today))]
    if away:
        return " ".join(away)
    if (mentee, Kind(pair.type)) in today.provided:
        return f"<@{mentee}> has found or asked somebody by now."
    if any({mentee, mentor} == set(two) for two in today.blocks):
        return "A confidential rule keeps these two from being a pair by now."
    if mentor in line_above(mentee, today.profiles) or mentee in line_above(mentor, today.profiles):
        return "One of them reports to the other by now."
    return ""


def _away(member: MemberId, today: Today) -> str:
    known = today.members.get(member)
    if known is None or known.left or member not in today.profiles:
        return f"<@{member}> isn't here any more."
    return f"<@{member}> is on a pause." if known.is_paused(today.now) else ""


def _no_room(pair: Pair, today: Today, held: Mapping[MemberId, int]) -> str:
    mentor = MemberId(pair.mentor)
    if free_places(today.profiles[mentor], held.get(mentor, 0), Kind(pair.type)):
        return ""
    return f"<@{mentor}> has no free place by now."
