"""Read, decide, write: profiles, pauses, and who people are."""

import asyncio
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from bot.domain import when
from bot.domain.errors import Gone, Refused
from bot.domain.ids import MemberId, TeamId
from bot.domain.matching.vocabulary import Vocabulary
from bot.domain.people import Member, Profile
from bot.domain.programs import Rules
from bot.feature import Deps
from bot.slack.directory import refreshed
from bot.store.unit_of_work import Work

LONGEST_PAUSE = timedelta(days=366)


@dataclass(frozen=True)
class ProfileFacts:
    """What the profile form starts from; `profile` is None before the first time."""

    member: Member
    profile: Profile | None
    rules: Rules


async def profile_facts(team: TeamId, member: MemberId, deps: Deps) -> ProfileFacts:
    async with deps.store.open_view(team) as work:
        program = await work.programs.current()
        known = await _known(work, member)
        return ProfileFacts(known, await work.members.profile(member), program.rules if program else Rules())


async def likely_typos(team: TeamId, profile: Profile, deps: Deps) -> list[tuple[str, str]]:
    """Skills that look like a known one, each with that. They are kept as they were written, whatever comes of it."""
    async with deps.store.open_view(team) as work:
        vocabulary = Vocabulary(await work.vocabularies.edits())
    written = [wish.skill for wish in (*profile.wants, *profile.offers)]
    return await asyncio.to_thread(vocabulary.likely_typos, written)


async def save_profile(team: TeamId, profile: Profile, zone: str, deps: Deps) -> None:
    """`profile.version` is what the form was opened on: 0 before the first time."""
    async with deps.store.open_work(team) as work:
        if profile.manager is not None:
            await _check_manager(work, profile.member, profile.manager)
        if profile.version == 0:
            await work.members.add_profile(profile)
        else:
            await work.members.save_profile(profile)
        known = await _known(work, profile.member)
        if known.own_zone != zone:
            await work.members.save(replace(known, own_zone=zone))


async def pause(team: TeamId, member: MemberId, *, until: date, note: str, deps: Deps) -> datetime:
    """Until the morning of that day, in the member's own zone; that moment."""
    now = deps.now()
    async with deps.store.open_work(team) as work:
        known = await _known(work, member)
        ends = pause_ends(until, known.tz, now)
        await work.members.save(replace(known, paused_until=ends, pause_note=note))
    return ends


def pause_ends(until: date, zone: str, now: datetime) -> datetime:
    ends = when.to_utc(until, time(9, 0), zone)
    if ends <= now:
        raise Refused("Pick a day after today. On that morning I'll be back.")
    if ends - now > LONGEST_PAUSE:
        raise Refused("A pause can last a year at most. You can take another one then.")
    return ends


async def resume(team: TeamId, member: MemberId, deps: Deps) -> bool:
    """Whether there was a pause to end."""
    now = deps.now()
    async with deps.store.open_work(team) as work:
        known = await _known(work, member)
        await work.members.save(replace(known, paused_until=None, pause_note=""))
    return known.is_paused(now)


async def keep_up(team: TeamId, seen: Member, deps: Deps) -> None:
    """Take over what Slack says now of somebody we know; others are met when they first speak to us."""
    async with deps.store.open_work(team) as work:
        known = await work.members.get(seen.id)
        if known is not None:
            await work.members.save(refreshed(known, seen))


async def _known(work: Work, member: MemberId) -> Member:
    known = await work.members.get(member)
    if known is None:
        raise Gone("I don't know you yet. Type `/mentor` once, then try again.")
    return known


async def _check_manager(work: Work, member: MemberId, manager: MemberId) -> None:
    """Nobody is above themselves, however many steps up."""
    above: MemberId | None = manager
    for _step in range(30):
        if above is None:
            return
        if above == member:
            raise Refused("That would make you your own manager. Choose the person you report to, or leave it empty.")
        profile = await work.members.profile(above)
        above = profile.manager if profile else None
