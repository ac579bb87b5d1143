"""A promised letter goes out once, on time, or not at all."""

import asyncio
from dataclasses import replace
from datetime import timedelta

from bot.domain.ids import TeamId
from bot.feature import Moot, Send, Wait
from bot.jobs.deliver import Deliverer
from bot.slack.blocks import Message
from bot.store.delivery import Delivery
from bot.store.leases import Pace
from bot.store.outbox import State
from tests.jobs.conftest import ANA, BO, KIND, OAK, Desk, install

OTHER = TeamId("T0ELM")


async def test_a_due_letter_is_sent_and_remembered(desk: Desk):
    await desk.promise("hello")
    assert await desk.deliverer().deliver_once() == 1
    assert desk.slack.texts("D0ANA") == ["hello"]
    standing = await desk.standing("hello")
    assert (standing.state, standing.attempt) == (State.SENT, 1)
    async with desk.store.open_view(desk.team) as work:
        assert await work.messages.where_is(KIND, "hello") == standing.place
        assert (await work.members.get(ANA)).dm == "D0ANA"


async def test_a_sent_letter_lets_the_chores_look(desk: Desk):
    """A channel is archived once the goodbye stands in it, so that it does is news for them."""
    await desk.promise("hello", to=OAK)
    before = desk.store.writes
    await desk.deliverer().deliver_once()
    assert desk.store.writes > before


async def test_nothing_is_sent_before_its_time(desk: Desk):
    await desk.promise("tomorrow", due=desk.clock.now() + timedelta(days=1))
    assert await desk.deliverer().deliver_once() == 0
    desk.clock.forward(hours=23, minutes=59, seconds=59)
    assert await desk.deliverer().deliver_once() == 0
    desk.clock.forward(seconds=1)
    assert await desk.deliverer().deliver_once() == 1


async def test_a_conversation_is_opened_once(desk: Desk):
    for word in ("one", "two"):
        await desk.promise(word)
        await desk.deliverer().deliver_once()
        desk.clock.forward(seconds=2)
    assert len(desk.slack.called("conversations.open")) == 1
    assert desk.slack.texts("D0ANA") == ["one", "two"]


async def test_one_conversation_gets_its_letters_in_order_and_one_a_second(desk: Desk):
    now = desk.clock.now()
    await desk.promise("third", due=now)
    await desk.promise("first", due=now - timedelta(seconds=9))
    await desk.promise("fourth", due=now)
    await desk.promise("second", due=now - timedelta(seconds=5))
    deliverer = desk.deliverer()
    counts = []
    for _ in range(8):
        await deliverer.deliver_once()
        counts.append(len(desk.slack.posts))
        desk.clock.forward(seconds=0.51)
    assert desk.slack.texts() == ["first", "second", "third", "fourth"]
    assert counts == [1, 1, 2, 2, 3, 3, 4, 4]


async def test_different_conversations_do_not_wait_for_each_other(desk: Desk):
    await desk.promise("to Ana")
    await desk.promise("to Bo", to=BO)
    await desk.promise("to Oak", to=OAK)
    assert await desk.deliverer().deliver_once() == 3
    assert sorted(desk.slack.texts()) == ["to Ana", "to Bo", "to Oak"]


async def test_what_is_moot_is_not_sent(desk: Desk):
    await desk.promise("done already", "still open")
    desk.outcomes["done already"] = Moot("the commitment is closed")
    await desk.deliverer().deliver_once()
    assert desk.slack.texts() == ["still open"]
    standing = await desk.standing("done already")
    assert (standing.state, standing.error) == (State.MOOT, "the commitment is closed")


async def test_a_letter_that_waits_lets_the_next_one_pass(desk: Desk):
    later = desk.clock.now() + timedelta(hours=8)
    await desk.promise("after the night", "urgent")
    desk.outcomes["after the night"] = Wait(later)
    deliverer = desk.deliverer()
    await deliverer.deliver_once()
    assert desk.slack.texts() == ["urgent"]
    desk.clock.to(later)
    del desk.outcomes["after the night"]
    await deliverer.deliver_once()
    assert desk.slack.texts() == ["urgent", "after the night"]


async def test_what_came_too_late_expires(desk: Desk):
    await desk.promise("session in ten minutes", expires=desk.clock.now() + timedelta(minutes=10))
    desk.clock.forward(minutes=10)
    await desk.deliverer().deliver_once()
    assert desk.slack.posts == []
    assert await desk.state("session in ten minutes") is State.EXPIRED


async def test_a_letter_that_came_back_to_pending_too_late_is_not_taken(desk: Desk):
    """It was unknown when the others expired, and came back before the heads were asked for."""
    await desk.promise("too late", expires=desk.clock.now() + timedelta(minutes=1))
    await desk.promise("after it")
    now = desk.clock.forward(minutes=1)
    async with desk.store.open_work(desk.team) as work:
        delivery = Delivery(work.connection, desk.team)
        assert [head.letter.subject for head in await delivery.heads(now - timedelta(seconds=1), 8)] == ["too late"]
        assert await delivery.heads(now, 8) == [], "nor does the next one overtake it"
        assert len(await delivery.expire(now)) == 1
        assert [head.letter.subject for head in await delivery.heads(now, 8)] == ["after it"]


async def test_a_letter_that_cannot_be_composed_stops_no_other_and_ends_dead(desk: Desk):
    async def broken(work, letter, now):
        await work.members.remember_dm(ANA, "D0WRONG")
        raise KeyError("no such session")

    await desk.promise("broken", "fine")
    desk.outcomes["broken"] = broken
    deliverer = desk.deliverer(most_failures=3)
    await deliverer.deliver_once()
    assert desk.slack.texts() == ["fine"]
    async with desk.store.open_view(desk.team) as work:
        assert (await work.members.get(ANA)).dm == "D0ANA", "what a broken compose wrote is rolled back"
    for _ in range(3):
        assert desk.slack.texts() == ["fine"]
        desk.clock.forward(hours=1)
        await deliverer.deliver_once()
    standing = await desk.standing("broken")
    assert (standing.state, standing.error) == (State.DEAD, "KeyError: 'no such session'")


async def test_a_compose_that_breaks_its_transaction_stops_no_other(desk: Desk):
    async def broken(work, letter, now):
        await work.connection.exec_driver_sql("SELECT * FROM no_such_table")

    await desk.promise("broken", "fine")
    desk.outcomes["broken"] = broken
    await desk.deliverer().deliver_once()
    assert desk.slack.texts() == ["fine"]
    assert await desk.state("broken") is State.PENDING


async def test_a_kind_that_nobody_has_ends_dead_with_the_reason(desk: Desk):
    await desk.promise("hello")
    deliverer = Deliverer(desk.deps, {}, terms=replace(desk.terms, most_failures=2))
    await deliverer.deliver_once()
    assert await desk.state("hello") is State.PENDING, "an older version may run beside the one that knows it"
    desk.clock.forward(hours=1)
    await deliverer.deliver_once()
    standing = await desk.standing("hello")
    assert standing.state is State.DEAD
    assert "no feature has letters of the kind 'test.word'" in standing.error


async def test_a_payload_that_does_not_open_stops_no_other(desk: Desk):
    await desk.promise("sealed", payload={"note": "private"})
    await desk.promise("fine")
    async with desk.store.transaction() as connection:
        await connection.exec_driver_sql("UPDATE outbox SET payload = 'k1.AAAA' WHERE subject = 'sealed'")
    await desk.deliverer().deliver_once()
    assert desk.slack.texts() == ["fine"]


async def test_a_payload_reaches_its_composer(desk: Desk):
    async def read(work, letter, now):
        return Send(Message(letter.payload["word"]))

    await desk.promise("carried", payload={"word": "hello Ana"})
    desk.outcomes["carried"] = read
    await desk.deliverer().deliver_once()
    assert desk.slack.texts() == ["hello Ana"]


async def test_a_letter_that_goes_elsewhere_queues_there(desk: Desk):
    await desk.promise("for Oak", to=OAK)
    await desk.promise("for Ana, said in Oak")
    desk.outcomes["for Ana, said in Oak"] = Send(Message("said in Oak"), channel=OAK)
    deliverer = desk.deliverer()
    await deliverer.deliver_once()
    assert desk.slack.texts() == ["for Oak"]
    desk.clock.forward(seconds=1.1)
    await deliverer.deliver_once()
    assert desk.slack.texts(OAK) == ["for Oak", "said in Oak"]


async def test_a_letter_carries_its_thread_and_a_marker_that_tells_nothing(desk: Desk):
    await desk.promise("commitment 17", to=OAK, key="2026-03-12")
    desk.outcomes["commitment 17"] = Send(Message("below"), thread="1772438400.000100")
    await desk.deliverer().deliver_once()
    [post] = desk.slack.posts
    assert post.thread == "1772438400.000100"
    assert post.metadata["event_type"] == "mentor_letter"
    assert "commitment" not in post.key and len(post.key) == 32


async def test_two_workers_at_once_send_each_letter_once(desk: Desk):
    for number in range(24):
        await desk.promise(f"a{number}", f"b{number}", to=f"C{number:04}")
    for _ in range(2):
        await asyncio.gather(*(desk.deliverer().deliver_once() for _ in range(3)))
        desk.clock.forward(seconds=1.1)
    assert sorted(desk.slack.texts()) == sorted(f"{word}{number}" for word in "ab" for number in range(24))


async def test_a_workspace_sends_no_more_than_its_pace(desk: Desk):
    for number in range(12):
        await desk.promise(f"n{number}", to=f"C{number:04}")
    deliverer = desk.deliverer(pace=Pace(per_minute=60, burst=5))
    counts = []
    for _ in range(5):
        await deliverer.deliver_once()
        counts.append(len(desk.slack.posts))
        desk.clock.forward(seconds=2)
    assert counts == [5, 7, 9, 11, 12]


async def test_a_large_workspace_does_not_hold_up_a_small_one(desk: Desk):
    await install(desk.store, OTHER, "Cleo")
    for number in range(40):
        await desk.promise(f"large{number}", to=f"C{number:04}")
    for number in range(3):
        await desk.promise(f"small{number}", to=f"CX{number:04}", team=OTHER)
    await desk.deliverer().deliver_once()
    places = [place for place, text in enumerate(desk.slack.texts()) if text.startswith("small")]
    assert len(places) == 3
    assert max(places) < 16


async def test_nothing_is_sent_where_the_bot_is_paused(desk: Desk):
    await desk.promise("hello")
    async with desk.store.open_work(desk.team) as work:
        await work.installations.pause("token_revoked")
    assert await desk.deliverer().deliver_once() == 0
    assert await desk.state("hello") is State.PENDING


async def test_a_worker_that_stops_claims_nothing_more(desk: Desk):
    await desk.promise("hello")
    deliverer = desk.deliverer()
    deliverer.stopping = True
    assert await deliverer.deliver_once() == 0
    assert await desk.state("hello") is State.PENDING


async def test_a_worker_that_was_held_up_does_not_begin_to_send(desk: Desk):
    """Its lease may be over before the answer comes: somebody else would look, not find it, and send it."""

    async def held_up(work, letter, now):
        desk.clock.forward(seconds=55)
        del desk.outcomes["hello"]
        return Send(Message("held up"))

    await desk.promise("hello")
    desk.outcomes["hello"] = held_up
    await desk.deliverer(most_failures=1).deliver_once()
    assert desk.slack.texts() == ["hello"], "composed again, and sent within the new lease"
