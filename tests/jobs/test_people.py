"""After a start everybody is looked up once, some at a time, and whoever has changed is news."""

import pytest

from bot.jobs.inbox import EventDesk
from bot.jobs.people import AT_A_TIME, PAUSE, Rounds
from bot.slack.failures import SlackFailure
from tests.builders import a_member, an_id
from tests.watched import a_person

MANY = [f"P{number:02d}" for number in range(AT_A_TIME + 5)]


@pytest.fixture
async def crowd(deps, team, slack):
    """People as Slack knows them, all met before."""
    slack.people = {an_id(name): a_person(an_id(name)) for name in MANY}
    async with deps.store.open_work(team) as work:
        for name in MANY:
            await work.members.save(a_member(name, name=an_id(name).title(), zone="Europe/Berlin"))
    return slack.people


@pytest.fixture
def news(deps):
    """Does the events that are waiting; what each said of whom."""

    async def heard():
        told = []

        async def note(event, deps):
            told.append((event.member, event.facts["user"]))

        await EventDesk(deps, {"user_change": [note]}).handle_events()
        return told

    return heard


async def test_everybody_is_looked_up_once_and_some_at_a_time(deps, team, slack, crowd, clock, news):
    rounds, asked = Rounds(), []
    for _tick in range(5):
        await rounds.run(deps, team)
        await rounds.run(deps, team)
        asked.append(len(slack.called("users.info")))
        clock.forward(seconds=PAUSE.total_seconds())
    assert asked == [AT_A_TIME, *[AT_A_TIME + 5] * 4]
    assert await news() == []


async def test_who_has_changed_is_news_once_on_any_number_of_replicas(deps, team, crowd, news):
    crowd[an_id("P03")] |= {"tz": "Asia/Tokyo"}
    crowd[an_id("P04")] |= {"deleted": True}
    for _replica in range(2):
        await Rounds().run(deps, team)
    told = dict(await news())
    assert set(told) == {an_id("P03"), an_id("P04")}
    assert told[an_id("P03")]["tz"] == "Asia/Tokyo" and told[an_id("P04")]["deleted"]


async def test_who_is_not_there_any_more_is_as_good_as_deactivated(deps, team, slack, crowd, news):
    slack.refuse("users.info", "user_not_found")
    await Rounds().run(deps, team)
    [(member, person)] = await news()
    assert member == an_id("P00") and person["deleted"]


async def test_a_failure_loses_nobody(deps, team, slack, crowd, clock):
    rounds = Rounds()
    slack.refuse("users.info", "ratelimited")
    with pytest.raises(SlackFailure):
        await rounds.run(deps, team)
    for _go in range(2):
        clock.forward(seconds=PAUSE.total_seconds())
        await rounds.run(deps, team)
    asked = [call.arguments["user"] for call in slack.called("users.info")]
    assert asked == [an_id("P00"), *map(an_id, MANY)]


async def test_after_a_pause_the_round_begins_again(deps, team, slack, crowd, clock):
    rounds = Rounds()
    await rounds.run(deps, team)
    rounds.again(team)
    clock.forward(seconds=PAUSE.total_seconds())
    await rounds.run(deps, team)
    asked = [call.arguments["user"] for call in slack.called("users.info")]
    assert asked == [an_id(name) for name in MANY[:AT_A_TIME]] * 2
