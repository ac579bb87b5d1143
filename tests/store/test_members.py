"""Members and profiles, as stored."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.errors import Stale
from bot.domain.ids import ChannelId
from bot.domain.people import Availability, Kind, Wish
from bot.store import members as members_module
from tests.builders import a_member, a_profile, an_id, saved_member, saved_people, saved_profile
from tests.clock import START

FULL = a_member(
    "Ana",
    name="<!channel> Ána 👩🏽‍🔬 عَنَا",
    own_zone="Asia/Kathmandu",
    title="Lead, R&D",
    guest=True,
    dm=ChannelId("D0ANA"),
    home_opened=START + timedelta(microseconds=1),
    paused_until=START,
    pause_note="Parental leave.",
)
FULL_PROFILE = a_profile(
    offers=(Wish("Hiring", 3), Wish("Python", 2)),
    wants=(Wish("Saying no", 1),),
    goals="Ask for what I need 🙂 <@U0BO>",
    seniority=4,
    languages=("en", "pt"),
    availability=Availability((0, 2), "08:15", "12:45"),
    capacity=0,
    interests=("climbing",),
    seeks=(Kind.SPONSOR, Kind.PEER),
    offers_kinds=(Kind.MICRO,),
    boundaries="Not during school runs.",
    manager=an_id("Lea"),
    themes=("Finding my voice", "Wellbeing and boundaries"),
)


async def test_a_member_comes_back_as_saved(store, team):
    async with store.open_work(team) as work:
        await work.members.save(FULL)
    async with store.open_view(team) as work:
        assert await work.members.get(FULL.id) == FULL


async def test_saving_again_writes_what_is_known_now(store, team):
    async with store.open_work(team) as work:
        await work.members.save(FULL)
        await work.members.save(a_member(left=True))
        assert await work.members.get(FULL.id) == a_member(left=True)
        assert await work.members.count() == 0


async def test_an_unknown_member_is_none(store, team):
    async with store.open_view(team) as work:
        assert await work.members.get(an_id("Nobody")) is None
        assert await work.members.profile(an_id("Nobody")) is None


async def test_only_those_asked_for_and_known_are_found(store, team):
    async with store.open_work(team) as work:
        await saved_people(work, "Ana", "Bo", "Chi")
        asked = [an_id("Bo"), an_id("Ana"), an_id("Nobody")]
        assert set(await work.members.named(asked)) == {an_id("Ana"), an_id("Bo")}
        assert set(await work.members.profiles_of(asked)) == {an_id("Ana"), an_id("Bo")}
        assert await work.members.named([]) == await work.members.profiles_of([]) == {}


async def test_everyone_is_who_is_still_here_by_id(store, team):
    async with store.open_work(team) as work:
        await saved_people(work, "Chi", "Ana", "Bo")
        await saved_member(work, "Bo", left=True)
        assert [member.name for member in await work.members.everyone()] == ["Ana", "Chi"]
        assert [profile.member for profile in await work.members.profiles()] == [an_id("Ana"), an_id("Chi")]
        assert await work.members.count() == 2


async def test_the_conversation_and_the_home_tab_are_remembered_by_themselves(store, team):
    async with store.open_work(team) as work:
        member = await saved_member(work)
        await work.members.remember_dm(member.id, ChannelId("D1"))
        await work.members.remember_home(member.id, START)
        assert await work.members.get(member.id) == replace(member, dm="D1", home_opened=START)


async def test_a_profile_comes_back_as_saved(store, team):
    async with store.open_work(team) as work:
        await work.members.add_profile(FULL_PROFILE)
    async with store.open_view(team) as work:
        assert await work.members.profile(FULL_PROFILE.member) == FULL_PROFILE


async def test_a_second_first_profile_is_stale(store, team):
    async with store.open_work(team) as work:
        await saved_profile(work)
        with pytest.raises(Stale):
            await work.members.add_profile(a_profile(goals="Another."))
        assert (await work.members.profile(an_id("Ana"))).goals == a_profile().goals


async def test_a_profile_saved_by_somebody_else_meanwhile_is_stale(store, team):
    async with store.open_work(team) as work:
        read = await saved_profile(work)
        await work.members.save_profile(replace(read, goals="First."))
        with pytest.raises(Stale):
            await work.members.save_profile(replace(read, goals="Second."))
        saved = await work.members.profile(read.member)
    assert (saved.goals, saved.version) == ("First.", 2)


async def test_a_profile_nobody_has_cannot_be_saved(store, team):
    async with store.open_work(team) as work:
        with pytest.raises(Stale):
            await work.members.save_profile(a_profile())


async def test_many_profiles_are_read_a_page_at_a_time(store, team, monkeypatch):
    monkeypatch.setattr(members_module, "PAGE", 2)
    async with store.open_work(team) as work:
        for name in ("Ana", "Bo", "Chi", "Dee"):
            await saved_profile(work, name)
        assert [profile.member for profile in await work.members.profiles()] == sorted(
            map(an_id, ("Ana", "Bo", "Chi", "Dee"))
        )
