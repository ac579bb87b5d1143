"""Nudges plan in every workspace, and one that fails stops no other."""

from datetime import timedelta

from bot.domain.ids import TeamId
from bot.feature import Feature, Nudge
from bot.jobs.nudge import nudge_once
from bot.store.outbox import outbox
from tests.jobs.conftest import ANA, KIND, Desk, install

OTHER = TeamId("T0ELM")


async def remind(work, now) -> None:
    await work.outbox.add(KIND, "reminder", to=ANA, due=now + timedelta(hours=1), key=f"{now:%F}")


async def broken(work, now) -> None:
    await work.outbox.add(KIND, "half done", to=ANA, due=now)
    raise KeyError("a bug")


async def broken_transaction(work, now) -> None:
    await work.connection.exec_driver_sql("SELECT * FROM no_such_table")


def a_feature(*plans) -> Feature:
    return Feature("test", nudges=[Nudge(plan.__name__, plan) for plan in plans])


async def planned(desk: Desk) -> list[tuple[str, str]]:
    async with desk.store.transaction() as connection:
        rows = await connection.execute(outbox.select().order_by(outbox.c.team, outbox.c.id))
        return [(row.team, row.subject) for row in rows]


async def test_every_workspace_is_planned_for(desk: Desk):
    await install(desk.store, OTHER)
    assert await nudge_once(desk.deps, [a_feature(remind)]) == 2
    assert await planned(desk) == [(OTHER, "reminder"), (desk.team, "reminder")]


async def test_planning_the_same_minute_again_adds_nothing(desk: Desk):
    for added in (1, 0, 0):
        assert await nudge_once(desk.deps, [a_feature(remind)]) == added
    desk.clock.forward(days=1)
    assert await nudge_once(desk.deps, [a_feature(remind)]) == 1


async def test_a_paused_workspace_is_left_alone(desk: Desk):
    async with desk.store.open_work(desk.team) as work:
        await work.installations.pause("token_revoked")
    assert await nudge_once(desk.deps, [a_feature(remind)]) == 0


async def test_a_nudge_that_fails_stops_no_other_and_leaves_nothing_behind(desk: Desk):
    assert await nudge_once(desk.deps, [a_feature(broken, remind), a_feature(broken_transaction)]) == 1
    assert await planned(desk) == [(desk.team, "reminder")]


async def test_letters_wake_whoever_delivers(desk: Desk):
    woken = []
    desk.store.wake = lambda: woken.append(1)
    await nudge_once(desk.deps, [a_feature(remind)])
    await nudge_once(desk.deps, [a_feature(remind)])
    assert woken == [1]
