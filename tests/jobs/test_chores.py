"""Chores run in every workspace, wait when Slack asks for it, and old rows are swept out."""

from datetime import timedelta

from bot.feature import Chore, Feature
from bot.jobs.chores import Chores
from bot.jobs.inbox import EventDesk, store_event
from bot.slack.failures import Meaning, SlackFailure
from bot.slack.requests import Event
from bot.store.inbox import inbox
from bot.store.leases import Gates, lanes
from bot.store.outbox import outbox
from tests.jobs.conftest import ANA, BO, Desk


class Work:
    """A chore that does as it is told."""

    def __init__(self, *problems: Exception | None) -> None:
        self.problems = list(problems)
        self.ran = 0

    async def run(self, deps, team) -> None:
        self.ran += 1
        problem = self.problems.pop(0) if self.problems else None
        if problem:
            raise problem


def chores(desk: Desk, *works: Work) -> Chores:
    return Chores(
        desk.deps, [Feature("test", chores=[Chore(f"chore {n}", work.run) for n, work in enumerate(works)])]
    )


async def test_a_chore_waits_as_long_as_slack_asks(desk: Desk):
    held, other = Work(SlackFailure("ratelimited", Meaning.LATER, wait=40)), Work()
    every = chores(desk, held, other)
    for _ in range(5):
        await every.run_once()
        desk.clock.forward(seconds=10)
    assert (held.ran, other.ran) == (2, 5)


async def test_a_chore_with_a_bug_stops_no_other(desk: Desk):
    broken, other = Work(KeyError("a bug"), KeyError("a bug")), Work()
    every = chores(desk, broken, other)
    for _ in range(11):
        await every.run_once()
        desk.clock.forward(minutes=1)
    assert (broken.ran, other.ran) == (3, 11)


async def test_a_revoked_token_pauses_the_workspace(desk: Desk):
    work = Work(SlackFailure("token_revoked", Meaning.LOCKED_OUT))
    every = chores(desk, work)
    await every.run_once()
    desk.clock.forward(hours=1)
    await every.run_once()
    assert work.ran == 1
    async with desk.store.open_view(desk.team) as view:
        assert (await view.installations.get()).paused_why == "token_revoked"


async def test_a_paused_workspace_is_tried_again_with_longer_and_longer_pauses(desk: Desk):
    work = Work(SlackFailure("token_revoked", Meaning.LOCKED_OUT))
    every = chores(desk, work)
    await desk.promise("waits")
    desk.slack.faults["auth.test"] = ["token_revoked"] * 9
    asked = []
    for minute in range(300):
        before = len(desk.slack.called("auth.test"))
        await every.run_once()
        if len(desk.slack.called("auth.test")) > before:
            asked.append(minute)
        desk.clock.forward(minutes=1)
    assert asked == [2, 4, 8, 16, 32, 64, 124, 184, 244]
    assert work.ran == 1 and await desk.deliverer().deliver_once() == 0
    desk.clock.forward(minutes=5)
    await every.run_once()
    await desk.deliverer().deliver_once()
    assert work.ran == 2 and desk.slack.texts() == ["waits"]
    async with desk.store.open_view(desk.team) as view:
        assert (await view.installations.get()).paused_why == ""


async def test_a_lost_answer_resumes_nothing(desk: Desk):
    every = chores(desk, Work(SlackFailure("account_inactive", Meaning.LOCKED_OUT)))
    desk.slack.faults["auth.test"] = ["cut-after"]
    for _ in range(4):
        await every.run_once()
        desk.clock.forward(minutes=1)
    async with desk.store.open_view(desk.team) as view:
        assert (await view.installations.get()).paused_why == "account_inactive"


async def count(desk: Desk, table) -> int:
    async with desk.store.transaction() as connection:
        return len((await connection.execute(table.select())).all())


async def test_old_rows_are_swept_out_and_open_ones_stay(desk: Desk):
    await desk.promise("sent")
    await desk.promise("waits", to=BO, due=desk.clock.now() + timedelta(days=300))
    await desk.deliverer().deliver_once()
    event = Event(desk.team, ANA, "user_change", {})
    await store_event(desk.store, event_id="Ev1", event=event, now=desk.clock.now())
    await EventDesk(desk.deps, {}).handle_events()
    await store_event(desk.store, event_id="Ev2", event=event, now=desk.clock.now())
    every = chores(desk)
    await every.run_once()
    assert [await count(desk, table) for table in (outbox, inbox, lanes)] == [2, 2, 1]
    desk.clock.forward(days=2, seconds=1)
    await every.run_once()
    assert [await count(desk, table) for table in (outbox, inbox, lanes)] == [2, 1, 0]
    desk.clock.forward(days=88, seconds=1)
    await every.run_once()
    assert [await count(desk, table) for table in (outbox, inbox, lanes)] == [1, 1, 0]


async def test_the_lane_of_a_moment_ago_is_kept(desk: Desk):
    async with desk.store.open_work(desk.team) as work:
        await Gates(work.connection, desk.team).hold_lane("C0OAK", desk.clock.now())
    await chores(desk).run_once()
    assert await count(desk, lanes) == 1
