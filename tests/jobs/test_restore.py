"""A letter that was sent before the database was restored is not sent again; one that was not goes out all the same."""

from datetime import timedelta

import pytest

from bot.feature import Send, Wait
from bot.jobs.deliver import Deliverer
from bot.slack.blocks import Message
from bot.store.epoch import Epochs, doubt
from bot.store.outbox import State
from tests.builders import an_installation
from tests.jobs.conftest import ANA, BO, OAK, Desk

THREAD = "1772438400.000100"


async def sent_and_forgotten(desk: Desk, *subjects: str) -> None:
    """The database is as it was before these were sent, and is known to be another one."""
    await desk.deliverer().deliver_once()
    assert set(subjects) <= set(desk.slack.texts())
    await forget(desk, *subjects)


async def forget(desk: Desk, *subjects: str) -> None:
    names = ", ".join(f"'{subject}'" for subject in subjects)
    async with desk.store.transaction() as connection:
        await connection.exec_driver_sql(
            "UPDATE outbox SET state = 'pending', attempt = 0, lease_owner = NULL, lease_until = NULL, started = NULL,"
            f" check_at = NULL, channel = NULL, ts = NULL, done = NULL WHERE subject IN ({names})"
        )
        await connection.exec_driver_sql("DELETE FROM messages")
        await doubt(connection)


async def go_on(desk: Desk, deliverer: Deliverer | None = None) -> None:
    deliverer = deliverer or desk.deliverer()
    for seconds in (0, 60, 60, 59, 1, 2, 2, 2, 60, 60):
        desk.clock.forward(seconds=seconds)
        await deliverer.deliver_once()


async def test_what_went_out_before_the_restore_is_found_and_not_said_again(desk: Desk):
    await desk.promise("one", to=ANA)
    await desk.promise("two", to=BO)
    desk.clock.forward(minutes=1)
    await sent_and_forgotten(desk, "one", "two")
    desk.clock.forward(hours=5)
    await go_on(desk)
    assert sorted(desk.slack.texts()) == ["one", "two"]
    assert {await desk.state("one"), await desk.state("two")} == {State.SENT}
    async with desk.store.open_view(desk.team) as work:
        assert (await work.messages.where_is("test.word", "one")).channel == "D0ANA"


async def test_what_had_not_gone_out_goes_out_after_the_look_and_in_order(desk: Desk):
    await desk.promise("one")
    await sent_and_forgotten(desk, "one")
    await desk.promise("two", "three")
    desk.clock.forward(minutes=10)
    deliverer = desk.deliverer()
    await deliverer.deliver_once()
    desk.clock.forward(minutes=2, seconds=59)
    await deliverer.deliver_once()
    assert desk.slack.texts() == ["one"], "not before what was on its way has arrived"
    await go_on(desk, deliverer)
    assert desk.slack.texts() == ["one", "two", "three"]
    assert len(desk.slack.called("conversations.history")) == 1, "one look tells of the whole conversation"


async def test_what_is_due_well_after_the_restore_is_in_no_doubt(desk: Desk):
    await desk.promise("hello")
    await sent_and_forgotten(desk, "hello")
    await desk.deliverer().deliver_once()
    await desk.promise("later", to=BO, due=desk.clock.now() + timedelta(minutes=3))
    desk.clock.forward(minutes=3)
    await desk.deliverer().deliver_once()
    assert desk.slack.texts() == ["hello", "later"]


async def test_a_letter_in_a_thread_is_looked_for_there(desk: Desk):
    async with desk.store.open_work(desk.team) as work:
        await work.installations.save(an_installation(desk.team, scopes=("chat:write", "groups:history")))
    desk.slack.scopes = {"im:history", "groups:history"}
    desk.outcomes["below"] = Send(Message("below"), thread=THREAD)
    await desk.promise("top", "below", to=OAK)
    await desk.deliverer().deliver_once()
    desk.clock.forward(seconds=2)
    await sent_and_forgotten(desk, "top", "below")
    desk.clock.forward(hours=1)
    await go_on(desk)
    assert desk.slack.texts() == ["top", "below"]
    assert desk.slack.called("conversations.replies")[0]["ts"] == THREAD


async def test_a_letter_that_is_to_wait_now_may_have_been_sent_then(desk: Desk):
    await desk.promise("hello")
    await sent_and_forgotten(desk, "hello")
    desk.clock.forward(hours=5)
    morning = desk.clock.now() + timedelta(hours=9)
    desk.outcomes["hello"] = Wait(morning)
    await go_on(desk)
    del desk.outcomes["hello"]
    desk.clock.to(morning)
    await go_on(desk)
    assert desk.slack.texts() == ["hello"]


async def test_in_a_channel_nobody_may_read_it_is_left_to_people(desk: Desk):
    await desk.promise("agenda", to=OAK)
    await sent_and_forgotten(desk, "agenda")
    desk.clock.forward(hours=1)
    await go_on(desk)
    assert desk.slack.texts() == ["agenda"]
    assert await desk.state("agenda") is State.UNCERTAIN


async def test_what_is_planned_again_right_after_the_restore_is_looked_for_too(desk: Desk):
    """The row itself was lost; a nudge adds it again, due at once."""
    await desk.promise("welcome")
    await desk.deliverer().deliver_once()
    async with desk.store.transaction() as connection:
        await connection.exec_driver_sql("DELETE FROM outbox")
        await doubt(connection)
    desk.clock.forward(hours=1)
    deliverer = desk.deliverer()
    await desk.promise("new", to=BO)
    await deliverer.deliver_once()
    desk.clock.forward(minutes=1)
    await desk.promise("welcome", due=desk.clock.now())
    await go_on(desk, deliverer)
    assert sorted(desk.slack.texts()) == ["new", "welcome"]


async def test_without_the_epoch_check_it_would_be_said_twice(desk: Desk, monkeypatch: pytest.MonkeyPatch):
    """What the tests above are there to see."""

    async def believed(*_given) -> bool:
        return True

    await desk.promise("hello")
    await sent_and_forgotten(desk, "hello")
    monkeypatch.setattr(Epochs, "_is_known", believed)
    await go_on(desk)
    assert desk.slack.texts() == ["hello", "hello"]
