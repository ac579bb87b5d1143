"""A letter whose outcome is unknown is looked for, and sent again only when it is certainly not there."""

import pytest

from bot.feature import Send
from bot.slack.blocks import Message
from bot.store.delivery import Claimed, Delivery
from bot.store.messages import Place
from bot.store.outbox import State, outbox
from tests.builders import an_installation
from tests.jobs.conftest import ANA, OAK, Desk

TOOK_IT = ("cut-after", "slow")
DID_NOT = ("cut", "500", "internal_error")


async def lose(desk: Desk, fault: str, subject: str = "hello", **more):
    """Send a letter whose answer gets lost, and wait until the quarantine is over."""
    await desk.promise(subject, **more)
    desk.slack.faults["chat.postMessage"].append(fault)
    deliverer = desk.deliverer(send_limit=desk.terms.send_limit / (10 if fault == "slow" else 1))
    await deliverer.deliver_once()
    assert await desk.state(subject) is State.UNKNOWN
    desk.clock.forward(seconds=59)
    await deliverer.deliver_once()
    assert desk.slack.called("conversations.history") == [], "not before the quarantine is over"
    desk.clock.forward(seconds=1)
    return deliverer


@pytest.mark.parametrize("fault", TOOK_IT)
async def test_what_slack_took_is_not_sent_again(desk: Desk, fault):
    deliverer = await lose(desk, fault)
    await deliverer.deliver_once()
    standing = await desk.standing("hello")
    assert standing.state is State.SENT
    assert standing.place == Place("D0ANA", desk.slack.posts[0].ts)
    async with desk.store.open_view(desk.team) as work:
        assert await work.messages.where_is("test.word", "hello") == standing.place
    desk.clock.forward(days=1)
    await deliverer.deliver_once()
    assert desk.slack.texts() == ["hello"]


@pytest.mark.parametrize("fault", DID_NOT)
async def test_what_slack_did_not_take_is_sent_again(desk: Desk, fault):
    deliverer = await lose(desk, fault)
    await desk.promise("after it")
    for _ in range(3):
        await deliverer.deliver_once()
        desk.clock.forward(seconds=2)
    assert desk.slack.texts() == ["hello", "after it"], "it keeps its place in the lane"


async def test_it_is_asked_again_whether_it_is_still_wanted(desk: Desk):
    deliverer = await lose(desk, "cut", expires=desk.clock.now().replace(minute=1))
    await deliverer.deliver_once()
    assert desk.slack.posts == []
    assert await desk.state("hello") is State.EXPIRED


async def test_it_is_found_on_a_later_page(desk: Desk):
    deliverer = await lose(desk, "cut-after")
    desk.slack.page = 2
    for word in "abcdefg":
        desk.slack.answer("chat.postMessage", {"channel": "D0ANA", "text": word})
    await deliverer.deliver_once()
    assert await desk.state("hello") is State.SENT
    assert len(desk.slack.called("conversations.history")) == 4


async def test_an_answer_in_a_thread_is_looked_for_in_the_thread(desk: Desk):
    desk.outcomes["hello"] = Send(Message("hello"), thread="1772438400.000100")
    deliverer = await lose(desk, "cut-after")
    await deliverer.deliver_once()
    assert await desk.state("hello") is State.SENT
    assert desk.slack.called("conversations.replies")[0]["ts"] == "1772438400.000100"


@pytest.mark.parametrize("fault", TOOK_IT + DID_NOT)
async def test_in_a_channel_nobody_may_read_it_is_never_sent_twice(desk: Desk, fault):
    deliverer = await lose(desk, fault, to=OAK)
    await desk.promise("after it", to=OAK)
    for _ in range(5):
        await deliverer.deliver_once()
        desk.clock.forward(hours=1)
    assert await desk.state("hello") is State.UNCERTAIN
    assert len([text for text in desk.slack.texts() if text == "hello"]) == (fault in TOOK_IT)
    assert "after it" in desk.slack.texts(), "its lane opens again"
    assert desk.slack.called("conversations.history") == [], "the bot does not even try to read there"


@pytest.mark.parametrize(("fault", "sent_again"), [("cut-after", False), ("cut", True)])
async def test_a_channel_is_exact_where_its_history_was_granted(desk: Desk, fault, sent_again):
    async with desk.store.open_work(desk.team) as work:
        await work.installations.save(an_installation(desk.team, scopes=("chat:write", "groups:history")))
    desk.slack.scopes = {"im:history", "groups:history"}
    deliverer = await lose(desk, fault, to=OAK)
    await deliverer.deliver_once()
    assert await desk.state("hello") is State.SENT
    assert desk.slack.texts() == ["hello"]
    assert len(desk.slack.called("chat.postMessage")) == 1 + sent_again


async def test_without_the_scope_for_its_own_conversations_it_is_uncertain(desk: Desk):
    desk.slack.scopes = set()
    deliverer = await lose(desk, "cut")
    await deliverer.deliver_once()
    assert await desk.state("hello") is State.UNCERTAIN


@pytest.mark.parametrize("fault", ["429:90", "500", "cut", "never_heard_of_it"])
async def test_a_look_that_fails_decides_nothing(desk: Desk, fault):
    deliverer = await lose(desk, "cut-after")
    desk.slack.faults["conversations.history"] = [fault]
    await deliverer.deliver_once()
    assert await desk.state("hello") is State.UNKNOWN
    desk.clock.forward(seconds=91)
    await deliverer.deliver_once()
    assert await desk.state("hello") is State.SENT
    assert desk.slack.texts() == ["hello"]


async def test_a_look_where_everything_is_gone_ends_it(desk: Desk):
    deliverer = await lose(desk, "cut")
    desk.slack.faults["conversations.history"] = ["channel_not_found"]
    await deliverer.deliver_once()
    assert await desk.state("hello") is State.MOOT


async def test_a_look_with_a_revoked_token_pauses_the_workspace(desk: Desk):
    deliverer = await lose(desk, "cut-after")
    desk.slack.faults["conversations.history"] = ["token_revoked"]
    await deliverer.deliver_once()
    async with desk.store.open_work(desk.team) as work:
        assert (await work.installations.get()).paused_why
        await work.installations.save(an_installation(desk.team))
    desk.clock.forward(minutes=5)
    await deliverer.deliver_once()
    assert desk.slack.texts() == ["hello"]
    assert await desk.state("hello") is State.SENT


async def claimed(desk: Desk) -> Claimed:
    """The letter as the worker holds it that sent it and got no answer yet."""
    async with desk.store.open_work(desk.team) as work:
        now = desk.clock.forward(hours=1)
        [head] = await Delivery(work.connection, desk.team).to_look_for(now, 1, again=now)
    return head


async def test_a_late_receipt_still_settles_an_unknown_letter(desk: Desk):
    await lose(desk, "cut-after", to=OAK)
    late = await claimed(desk)
    async with desk.store.open_work(desk.team) as work:
        assert await Delivery(work.connection, desk.team).sent(
            late, Place(OAK, "1.1"), now=desk.clock.now(), messages=work.messages
        )
    assert await desk.state("hello") is State.SENT


async def test_a_late_refusal_does_not_undo_what_another_worker_did_since(desk: Desk):
    deliverer = await lose(desk, "cut")
    late = await claimed(desk)
    await deliverer.deliver_once()
    desk.clock.forward(minutes=5)
    await deliverer.deliver_once()
    assert desk.slack.texts() == ["hello"]
    async with desk.store.open_work(desk.team) as work:
        delivery, now = Delivery(work.connection, desk.team), desk.clock.now()
        assert not await delivery.back(late)
        assert not await delivery.refused(late, "too late", again=None, now=now)
        assert not await delivery.unknown(late, "too late", now)
        assert not await delivery.unreachable(late, "too late", now)
        assert not await delivery.absent(late, again=now, now=now)
        assert not await delivery.cannot_tell(late)
        assert not await delivery.sent(late, Place(OAK, "1.1"), now=now, messages=work.messages)
    assert await desk.state("hello") is State.SENT


async def test_without_the_fence_a_late_refusal_would_send_it_twice(desk: Desk, monkeypatch):
    """What the test above is there to see."""

    async def no_fence(delivery: Delivery, claimed, _among, values) -> bool:
        mine = delivery.mine(outbox, outbox.c.id == claimed.letter.id)
        return (await delivery.run(outbox.update().where(mine).values(**values))).rowcount == 1

    deliverer = await lose(desk, "cut")
    late = await claimed(desk)
    await deliverer.deliver_once()
    desk.clock.forward(minutes=5)
    await deliverer.deliver_once()
    monkeypatch.setattr(Delivery, "_record", no_fence)
    async with desk.store.open_work(desk.team) as work:
        await Delivery(work.connection, desk.team).back(late)
    desk.clock.forward(minutes=5)
    await deliverer.deliver_once()
    assert desk.slack.texts() == ["hello", "hello"]


async def test_a_lease_that_runs_out_makes_the_letter_unknown_and_then_known(desk: Desk):
    """A worker died after the claim: nobody knows whether it had sent."""
    await desk.promise("hello", to=ANA)
    claims = await desk.deliverer()._claimer.claim(desk.team, desk.clock.now(), 8)
    assert len(claims.parcels) == 1
    deliverer = desk.deliverer()
    assert await deliverer.deliver_once() == 0
    desk.clock.forward(seconds=60)
    await deliverer.deliver_once()
    assert await desk.state("hello") is State.UNKNOWN
    desk.clock.forward(seconds=60)
    await deliverer.deliver_once()
    assert desk.slack.texts() == ["hello"]
