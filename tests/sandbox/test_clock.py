"""The clock that moves, and what happens on its way."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.sandbox import travel
from bot.sandbox.clock import Clock, marks, next_mark
from bot.sandbox.pretend import START
from bot.sandbox.server import running


def test_time_passes_on_its_own_and_by_jumps_but_never_back():
    seconds = [0.0]
    clock = Clock(START, monotonic=lambda: seconds[0])
    seconds[0] = 5
    assert clock.now() == START + timedelta(seconds=5)
    clock.jump_to(START + timedelta(days=1))
    assert clock.now() == START + timedelta(days=1)
    clock.jump_to(START)
    assert clock.now() == START + timedelta(days=1)
    seconds[0] = 7
    assert clock.now() == START + timedelta(days=1, seconds=2)


@pytest.mark.parametrize(
    ("moment", "mark"), [("08:00", "08:30"), ("08:29", "08:30"), ("08:31", "09:00"), ("23:45", "00:00")]
)
def test_marks_are_the_full_and_half_hours(moment, mark):
    assert f"{next_mark(datetime.fromisoformat(f'2026-03-02T{moment}+00:00')):%H:%M}" == mark


def test_the_way_ends_where_it_was_to_end():
    way = list(marks(START + timedelta(minutes=5), START + timedelta(minutes=70)))
    assert [f"{mark:%H:%M}" for mark in way] == ["08:30", "09:00", "09:10"]


async def test_the_bot_lives_through_every_half_hour_of_the_way():
    lived = []
    async with running(seed="empty") as server:

        async def on_step():
            lived.append(server.clock.now())

        server.on_step = on_step
        await travel.move_to(server.slack, START + timedelta(hours=3))
    assert [f"{moment:%H:%M}" for moment in lived] == ["08:30", "09:00", "09:30", "10:00", "10:30", "11:00"]


async def test_steps_in_which_nobody_has_anything_to_do_are_left_out():
    lived, rang = [], []
    async with running(seed="empty") as server:

        async def on_step():
            lived.append(server.clock.now())
            return START + timedelta(hours=2)

        async def ring():
            rang.append(server.clock.now())

        server.on_step = on_step
        server.slack.timers.at(START + timedelta(minutes=80), ring)
        await travel.move_to(server.slack, START + timedelta(hours=3))
    assert sorted({f"{moment:%H:%M}" for moment in lived}) == ["08:30", "09:30", "10:00", "10:30", "11:00"]
    assert len(rang) == 1


async def test_next_stops_where_the_bot_first_says_something(client, server):
    ana = server.workspace.find_person("Ana").id
    due = START + timedelta(days=9, hours=2)
    channel = (await client.conversations_open(users=ana))["channel"]["id"]
    said = []

    async def on_step():
        if server.clock.now() >= due and not said:
            said.append(await client.chat_postMessage(channel=channel, text="Good morning"))

    server.on_step = on_step
    posted = await travel.move_to_next(server.slack)
    assert [message.text for message in posted] == ["Good morning"]
    assert due <= server.clock.now() < due + timedelta(minutes=1)


async def test_next_gives_up_after_six_weeks(server):
    assert await travel.move_to_next(server.slack) == []
    assert START + timedelta(weeks=6) <= server.clock.now() < START + timedelta(weeks=6, minutes=1)


async def test_message_times_follow_the_clock_and_are_never_the_same(server):
    workspace = server.workspace
    stamps = [workspace.new_ts() for _ in range(1000)]
    assert sorted(set(stamps)) == stamps
    server.clock.jump_to(datetime(2026, 4, 1, tzinfo=UTC))
    assert float(workspace.new_ts()) >= datetime(2026, 4, 1, tzinfo=UTC).timestamp()
