"""The people a workspace starts with."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.sandbox.seed import LEAD, MEMBERS, PEOPLE
from bot.sandbox.server import running


async def ids(seed):
    async with running(seed=seed) as server:
        return {u.real_name: u.id for u in server.workspace.people()}, list(server.workspace.channels)


async def test_the_same_seed_makes_the_same_workspace():
    assert await ids("season") == await ids("season")


async def test_the_season_has_a_company_and_empty_has_six_people():
    people, _ = await ids("season")
    assert len(people) == 26 and LEAD in people
    people, _ = await ids("empty")
    assert len(people) == 6


async def test_the_clock_starts_on_a_monday_morning():
    async with running(seed="empty") as server:
        start = server.clock.now()
        assert start.replace(microsecond=0) == datetime(2026, 3, 2, 8, tzinfo=UTC)
        assert start.weekday() == 0


def test_members_are_described_in_full_and_live_in_several_places():
    assert len(MEMBERS) == 24
    assert len({person.tz for person in MEMBERS}) >= 6
    assert len({person.department for person in MEMBERS}) >= 6
    names = {person.real_name for person in PEOPLE}
    for person in PEOPLE:
        ZoneInfo(person.tz)
        assert person.offers and person.wants and person.goals and person.languages
        assert not set(person.offers) & set(person.wants)
        assert person.manager in names | {""} and person.manager != person.real_name
        assert all(1 <= level <= 5 for level in person.offers.values())
        assert all(1 <= priority <= 3 for priority in person.wants.values())


def test_everything_wanted_by_most_is_offered_by_someone():
    offered = {skill for person in PEOPLE for skill in person.offers}
    for person in MEMBERS:
        assert set(person.wants) & offered, person.name
