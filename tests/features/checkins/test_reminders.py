"""Who has not answered hears once, in the morning of the next day, and never in the evening."""

from datetime import time, timedelta

import pytest

from bot.domain import when
from bot.feature import Moot, Send
from tests.builders import an_id, saved_circle, saved_member, saved_program
from tests.features.checkins.asking import TUESDAY_AT_TEN, composed, end, leave, say, tick, waiting


@pytest.fixture
async def reminded(deps, team, asked, clock):
    """Ana has answered; the letters to the three others are due on Wednesday at ten."""
    await say(deps, team, "Ana", asked)
    clock.to(TUESDAY_AT_TEN + timedelta(hours=24))
    for _replica in range(2):
        await tick(deps, team)
    return {letter.to: letter for letter in await waiting(deps, team, "checkins.reminder")}


async def test_the_silent_are_reminded_once_each(deps, team, reminded, clock):
    assert set(reminded) == {an_id("Bo"), an_id("Chi"), an_id("Dee")}
    assert {letter.due for letter in reminded.values()} == {TUESDAY_AT_TEN + timedelta(hours=24)}
    assert isinstance(await composed(deps, team, reminded[an_id("Bo")]), Send)
    clock.forward(hours=12)
    await tick(deps, team)
    assert len(await waiting(deps, team, "checkins.reminder")) == 3


async def test_nobody_is_reminded_on_the_first_day(deps, team, asked, clock):
    clock.forward(hours=8)
    await tick(deps, team)
    assert await waiting(deps, team, "checkins.reminder") == []


async def test_a_reminder_is_moot_once_answered(deps, team, asked, reminded):
    await say(deps, team, "Bo", asked)
    assert isinstance(await composed(deps, team, reminded[an_id("Bo")]), Moot)


async def test_a_reminder_is_moot_after_leaving(deps, team, oak, reminded, clock):
    await leave(deps, team, oak, "Chi", clock.now())
    assert isinstance(await composed(deps, team, reminded[an_id("Chi")]), Moot)


async def test_a_reminder_is_moot_when_the_round_or_circle_closed(deps, team, oak, reminded, clock):
    await end(deps, team, oak)
    assert isinstance(await composed(deps, team, reminded[an_id("Bo")]), Moot)


ZONES = (
    "Europe/Berlin", "America/Los_Angeles", "America/New_York", "America/St_Johns", "Asia/Kolkata", "Asia/Tokyo",
    "Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Auckland", "Pacific/Kiritimati", "Pacific/Pago_Pago", "UTC",
)  # fmt: skip


@pytest.mark.parametrize("weekday", range(5))
async def test_no_zone_is_reminded_in_its_quiet_hours(deps, team, store, clock, weekday):
    async with store.open_work(team) as work:
        await saved_program(work)
        for zone in ZONES:
            await saved_member(work, name_in(zone), zone=zone)
        await saved_circle(work, *map(name_in, ZONES), checkin_weekday=weekday, checkin_time=time(16, 0))
    for _hour in range(24 * 8):
        await tick(deps, team)
        clock.forward(hours=1)
    sent = await waiting(deps, team, "checkins.reminder")
    zones = {an_id(name_in(zone)): zone for zone in ZONES}
    assert len({(letter.subject, letter.to) for letter in sent}) == len(sent) > len(ZONES) // 2
    assert not [letter for letter in sent if when.is_quiet(letter.due, zones[letter.to])]


def name_in(zone):
    return zone.rpartition("/")[2].replace("_", "")
