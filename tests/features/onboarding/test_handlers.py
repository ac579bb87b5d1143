"""Profiles and pauses, from request to row."""

from datetime import timedelta

import pytest

from bot.domain.errors import Refused, RefusedFields, Stale
from bot.features.onboarding import handlers
from bot.slack.payload import Payload
from bot.slack.replies import Modal, Reply, ShowHome
from bot.slack.requests import Click, Command, Event, Submission, View
from tests.builders import an_id, saved_member, saved_profile
from tests.features.answers import picked_day, picked_person, typed
from tests.features.onboarding.test_form import ORDINARY
from tests.watched import a_person


@pytest.fixture
def saving(team):
    def submission(version=0, **changed):
        view = View("V1", callback="onboarding.profile", notes=Payload({"version": version}))
        return Submission(team, an_id("Ana"), view=view, answers=typed(**{**ORDINARY, **changed}))

    return submission


async def test_the_first_profile_is_saved(deps, team, saving):
    async with deps.store.open_work(team) as work:
        await saved_member(work)
    reply, _home = await handlers.save_profile(saving(), deps)
    async with deps.store.open_view(team) as work:
        profile = await work.members.profile(an_id("Ana"))
    assert profile.goals == "Lead a project." and profile.version == 1
    assert "saved" in reply.message.text


async def test_a_second_click_on_save_does_not_lose_the_first(deps, team, saving):
    async with deps.store.open_work(team) as work:
        await saved_member(work)
    await handlers.save_profile(saving(), deps)
    with pytest.raises(Stale):
        await handlers.save_profile(saving(goals="Something older"), deps)


async def test_two_people_who_manage_each_other_are_refused(deps, team, saving):
    async with deps.store.open_work(team) as work:
        await saved_profile(work, "Bo", manager=an_id("Ana"))
        await saved_member(work)
    with pytest.raises(Refused, match="your own manager"):
        await handlers.save_profile(saving(manager=picked_person(an_id("Bo"))), deps)


async def test_the_form_opens_for_somebody_known_and_somebody_new(deps, team):
    async with deps.store.open_work(team) as work:
        await saved_profile(work, "Bo")
        await saved_member(work, "Ana")
    for name in ("Ana", "Bo"):
        assert isinstance(await handlers.open_profile(Command(team, an_id(name)), deps), Modal)
        assert isinstance(await handlers.open_profile_by_button(Click(team, an_id(name)), deps), Modal)


def pausing(team, day):
    return Submission(team, an_id("Ana"), view=View("V1"), answers=typed(until=picked_day(day), note="Off to sea"))


async def test_a_pause_lasts_until_that_morning(deps, team, clock):
    async with deps.store.open_work(team) as work:
        await saved_member(work)
    await handlers.pause(pausing(team, "2026-03-20"), deps)
    async with deps.store.open_view(team) as work:
        member = await work.members.get(an_id("Ana"))
    assert member.paused_until.isoformat() == "2026-03-20T08:00:00+00:00"
    assert member.is_paused(clock.now()) and not member.is_paused(clock.now() + timedelta(days=18))


@pytest.mark.parametrize("day", ["2026-03-01", "2026-03-02", "2031-01-01"])
async def test_a_pause_has_to_end_after_today_and_within_a_year(deps, team, day):
    async with deps.store.open_work(team) as work:
        await saved_member(work)
    with pytest.raises(Refused):
        await handlers.pause(pausing(team, day), deps)


async def test_a_pause_without_a_day_is_refused_under_the_field(deps, team):
    with pytest.raises(RefusedFields):
        await handlers.pause(Submission(team, an_id("Ana")), deps)


async def test_coming_back_ends_the_pause(deps, team):
    async with deps.store.open_work(team) as work:
        await saved_member(work)
    await handlers.pause(pausing(team, "2026-03-20"), deps)
    assert "Welcome back" in (await handlers.resume(Command(team, an_id("Ana")), deps)).message.text
    assert "weren't" in (await handlers.resume(Command(team, an_id("Ana")), deps)).message.text


async def test_coming_back_from_home_draws_home_again(deps, team):
    async with deps.store.open_work(team) as work:
        await saved_member(work)
    at_home = Click(team, an_id("Ana"), view=View("V1", kind="home"))
    assert await handlers.resume_by_button(at_home, deps) == ShowHome()
    reply, _home = await handlers.resume_by_button(Click(team, an_id("Ana")), deps)
    assert isinstance(reply, Reply)


async def test_a_new_zone_in_slack_is_taken_over(deps, team):
    async with deps.store.open_work(team) as work:
        await saved_member(work, own_zone="Asia/Tokyo")
    person = a_person(an_id("Ana"), tz="America/New_York", deleted=True)
    await handlers.keep_up(Event(team, an_id("Ana"), "user_change", {"user": person}), deps)
    async with deps.store.open_view(team) as work:
        member = await work.members.get(an_id("Ana"))
    assert (member.zone, member.own_zone, member.left) == ("America/New_York", "Asia/Tokyo", True)


async def test_strangers_and_apps_are_not_kept(deps, team):
    for person in (a_person("U0NEW"), a_person("U0APP", is_bot=True), a_person("U0FAR", is_stranger=True)):
        await handlers.keep_up(Event(team, person["id"], "team_join", {"user": person}), deps)
    async with deps.store.open_view(team) as work:
        assert await work.members.everyone() == []
