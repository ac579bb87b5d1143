"""Whoever speaks to the bot is met; whoever is gone is refused, however often they were met before."""

from dataclasses import replace

import pytest

from bot.domain.errors import Refused
from bot.domain.programs import Role
from bot.reception import Reception
from tests.builders import an_id
from tests.watched import a_person

ANA, BO = an_id("Ana"), an_id("Bo")


@pytest.fixture
def reception(deps):
    return Reception(deps.store, deps.directory, now=deps.now)


async def known(deps, team, member):
    async with deps.store.open_view(team) as work:
        return await work.members.get(member)


async def test_the_first_of_all_owns_the_bot_and_everybody_is_looked_up_once(deps, team, slack, reception):
    for member in (ANA, BO, ANA, BO):
        await reception.meet(team, member)
    assert [call.arguments["user"] for call in slack.called("users.info")] == [ANA, BO]
    async with deps.store.open_view(team) as work:
        assert await work.programs.roles_of(ANA) == {Role.OWNER} and not await work.programs.roles_of(BO)
        assert (await work.programs.current()).name == "Mentoring"
        promised = [one.letter for one in await work.outbox.standing()]
    assert [(letter.kind, letter.to) for letter in promised] == [("admin.owner", ANA)]


async def test_somebody_deactivated_after_they_were_met_is_refused_at_once(deps, team, slack, reception):
    await reception.meet(team, ANA)
    slack.people[ANA] = a_person(ANA, deleted=True)
    async with deps.store.open_work(team) as work:
        await work.members.save(replace(await work.members.get(ANA), left=True))
    with pytest.raises(Refused, match="deactivated"):
        await reception.meet(team, ANA)


async def test_an_account_that_is_gone_already_is_not_met(deps, team, slack, reception):
    slack.people[ANA] = a_person(ANA, deleted=True)
    with pytest.raises(Refused, match="deactivated"):
        await reception.meet(team, ANA)
    assert await known(deps, team, ANA) is None


async def test_who_came_back_is_met_again_with_their_own_settings(deps, team, slack, reception):
    await reception.meet(team, ANA)
    async with deps.store.open_work(team) as work:
        await work.members.save(replace(await work.members.get(ANA), left=True, own_zone="Asia/Tokyo"))
    await reception.meet(team, ANA)
    met = await known(deps, team, ANA)
    assert not met.left and met.own_zone == "Asia/Tokyo"
