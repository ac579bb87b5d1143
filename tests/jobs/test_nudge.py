"""Nudges plan in every workspace, and one that fails stops no other."""

from datetime import timedelta

from sqlalchemy import literal

from bot.domain.ids import TeamId
from bot.feature import Feature, Nudge
from bot.jobs.nudge import Nudges
from bot.store.base import earliest
from bot.store.outbox import outbox
from bot.store.questions import Questions
from bot.store.types import Moment
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
    assert await Nudges(desk.deps, [a_feature(remind)]).run_once() == 2
    assert await planned(desk) == [(OTHER, "reminder"), (desk.team, "reminder")]


async def test_planning_the_same_minute_again_adds_nothing(desk: Desk):
    for added in (1, 0, 0):
        assert await Nudges(desk.deps, [a_feature(remind)]).run_once() == added
    desk.clock.forward(days=1)
    assert await Nudges(desk.deps, [a_feature(remind)]).run_once() == 1


async def test_a_paused_workspace_is_left_alone(desk: Desk):
    async with desk.store.open_work(desk.team) as work:
        await work.installations.pause("token_revoked")
    assert await Nudges(desk.deps, [a_feature(remind)]).run_once() == 0


async def test_a_nudge_that_fails_stops_no_other_and_leaves_nothing_behind(desk: Desk):
    assert await Nudges(desk.deps, [a_feature(broken, remind), a_feature(broken_transaction)]).run_once() == 1
    assert await planned(desk) == [(desk.team, "reminder")]


async def test_letters_wake_whoever_delivers(desk: Desk):
    woken = []
    desk.store.wake = lambda: woken.append(1)
    await Nudges(desk.deps, [a_feature(remind)]).run_once()
    await Nudges(desk.deps, [a_feature(remind)]).run_once()
    assert woken == [1]


async def test_a_nudge_runs_once_it_is_due_and_tells_when_that_is(desk: Desk):
    start, ran = desk.clock.now(), []

    async def note(_work, now) -> None:
        ran.append(now)

    def due(_work, _now):
        return literal(start + timedelta(hours=30), Moment)

    def never(_work, _now):
        return literal(None, Moment)

    feature = Feature(
        "test", nudges=[Nudge("a", note, due=due, ahead=timedelta(days=1)), Nudge("b", note, due=never)]
    )
    nudges = Nudges(desk.deps, [feature])
    await nudges.run_once()
    assert (ran, nudges.later) == ([], start + timedelta(hours=6))
    desk.clock.to(nudges.later)
    await nudges.run_once()
    assert ran == [start + timedelta(hours=6)]


async def test_a_question_is_put_together_once_and_answered_for_each_workspace_anew(desk: Desk):
    built = []

    def next_letter(work, asked):
        built.append(1)
        return earliest(outbox.c.due, work.outbox.mine(outbox, outbox.c.due > asked.moment()))

    await install(desk.store, OTHER)
    questions = Questions({"next": next_letter})
    now, hour = desk.clock.now(), timedelta(hours=1)
    for team, ahead in ((desk.team, 2), (OTHER, 1), (desk.team, 3)):
        async with desk.store.open_work(team) as work:
            await work.outbox.add(KIND, f"{ahead}", to=ANA, due=now + ahead * hour, key="")
    told = []
    for later in (0, 1, 2, 3):
        async with desk.store.transaction(read_only=True) as connection:
            answers = await questions.ask(connection, now + later * hour)
        told.append({one.team: one.moments["next"] for one in answers})
    assert told == [
        {desk.team: now + 2 * hour, OTHER: now + hour},
        {desk.team: now + 2 * hour, OTHER: None},
        {desk.team: now + 3 * hour, OTHER: None},
        {desk.team: None, OTHER: None},
    ]
    assert built == [1]
