"""Letters are promised once, and the operator can see, retry, settle and drop them."""

from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from bot.domain.ids import ChannelId, LetterId, MemberId, TeamId, Timestamp
from bot.store.audit import Entry
from bot.store.delivery import Delivery
from bot.store.messages import Place
from bot.store.outbox import State, outbox
from bot.store.unit_of_work import Store, Work
from tests.clock import START

ANA = MemberId("U0ANA")
LEA = MemberId("U0LEA")
OAK = ChannelId("C0OAK")
KIND = "commitments.reminder"
SOMEWHERE = Place(OAK, Timestamp("1772438400.000100"))
LATER = START + timedelta(hours=1)


async def promise(work: Work, subject: str | int = 17, **more) -> bool:
    return await work.outbox.add(KIND, subject, **{"to": ANA, "due": START, **more})


async def only(work: Work):
    [standing] = await work.outbox.standing()
    return standing


async def put(work: Work, state: State, **values) -> LetterId:
    """A letter in this state."""
    await promise(work, to=OAK)
    letter = (await only(work)).letter.id
    await work.outbox.run(outbox.update().values(state=state.value, **values))
    return letter


async def test_the_same_letter_is_promised_once(store: Store, team: TeamId):
    async with store.open_work(team) as work:
        assert await promise(work, key="2026-03-12")
        assert not await promise(work, key="2026-03-12")
        assert work.outbox.added == 1
    async with store.open_work(team) as work:
        assert not await promise(work, key="2026-03-12")
        assert await promise(work, key="2026-03-19")
        assert await promise(work, 18, key="2026-03-12")
    async with store.open_work(TeamId("T0ELM")) as work:
        assert await promise(work, key="2026-03-12"), "another workspace's letters are its own"


async def test_a_letter_reads_as_it_was_promised(store: Store, team: TeamId):
    async with store.open_work(team) as work:
        await promise(work, key="2026-03-12", payload={"note": "Grüße"})
        letter = (await only(work)).letter
        opened = await Delivery(work.connection, team).opened(letter)
    assert (letter.key, letter.kind, letter.subject) == (f"{KIND}:17:2026-03-12", KIND, "17")
    assert (letter.number, letter.to, letter.member, letter.due) == (17, ANA, ANA, START)
    assert letter.payload is None, "a list goes on where one of them does not open"
    assert opened.payload == {"note": "Grüße"}


async def test_what_a_letter_carries_is_sealed(store: Store, team: TeamId):
    async with store.open_work(team) as work:
        await promise(work, payload={"note": "private"})
        [(payload,)] = (await work.connection.exec_driver_sql("SELECT payload FROM outbox")).all()
    assert "private" not in payload


async def test_a_block_that_fails_promises_nothing(store: Store, team: TeamId):
    with pytest.raises(RuntimeError):
        async with store.open_work(team) as work:
            await promise(work)
            raise RuntimeError
    async with store.open_view(team) as work:
        assert await work.outbox.standing() == []


@pytest.mark.parametrize("state", [State.SENDING, State.UNKNOWN])
async def test_one_lane_has_one_letter_in_flight(store: Store, team: TeamId, state: State):
    with pytest.raises(IntegrityError):
        async with store.open_work(team) as work:
            await promise(work, 1)
            await promise(work, 2)
            await work.outbox.run(outbox.update().values(state=state.value))


@pytest.mark.parametrize(
    ("state", "may"),
    [
        (State.PENDING, False),
        (State.SENDING, False),
        (State.UNKNOWN, False),
        (State.SENT, False),
        (State.UNCERTAIN, True),
        (State.MOOT, True),
        (State.EXPIRED, True),
        (State.DEAD, True),
    ],
)
async def test_what_was_given_up_may_be_tried_again(store: Store, team: TeamId, state: State, may: bool):
    async with store.open_work(team) as work:
        letter = await put(work, state, error="some reason", expires=START, failures=9, done=START)
        assert await work.outbox.retry(letter, by=LEA, now=LATER) is may
        standing = await only(work)
        entries = await work.audit.latest()
    if may:
        assert (standing.state, standing.letter.due, standing.error) == (State.PENDING, LATER, "")
        assert entries == [Entry(LATER, LEA, "outbox.retry", str(letter), {})]
    else:
        assert (standing.state, entries) == (state, [])


@pytest.mark.parametrize(
    ("state", "may"),
    [
        (State.PENDING, True),
        (State.UNCERTAIN, True),
        (State.DEAD, True),
        (State.SENDING, False),
        (State.UNKNOWN, False),
        (State.SENT, False),
    ],
)
async def test_a_letter_can_be_dropped_for_a_reason(store: Store, team: TeamId, state: State, may: bool):
    async with store.open_work(team) as work:
        letter = await put(work, state)
        assert await work.outbox.drop(letter, "sent by hand", by=LEA, now=LATER) is may
        standing = await only(work)
        entries = await work.audit.latest()
    if may:
        assert (standing.state, standing.error, standing.done) == (State.MOOT, "dropped: sent by hand", LATER)
        assert entries == [Entry(LATER, LEA, "outbox.drop", str(letter), {"why": "sent by hand"})]
    else:
        assert (standing.state, entries) == (state, [])


async def test_retrying_wakes_whoever_delivers(store: Store, team: TeamId):
    woken = []
    store.wake = lambda: woken.append(1)
    async with store.open_work(team) as work:
        letter = await put(work, State.DEAD)
    async with store.open_work(team) as work:
        await work.outbox.retry(letter, by=LEA, now=LATER)
    assert woken == [1, 1]


@pytest.mark.parametrize("state", [State.UNCERTAIN, State.UNKNOWN])
async def test_a_letter_somebody_has_seen_is_settled(store: Store, team: TeamId, state: State):
    async with store.open_work(team) as work:
        letter = await put(work, state)
        assert await work.outbox.settle(letter, SOMEWHERE, by=LEA, now=LATER)
        assert not await work.outbox.settle(letter, SOMEWHERE, by=LEA, now=LATER)
        standing = await only(work)
        assert (standing.state, standing.place) == (State.SENT, SOMEWHERE)
        assert await work.messages.where_is(KIND, "17") == SOMEWHERE
        assert await work.outbox.standing(State.UNCERTAIN) == []


async def test_only_what_is_in_doubt_can_be_settled(store: Store, team: TeamId):
    async with store.open_work(team) as work:
        letter = await put(work, State.PENDING)
        assert not await work.outbox.settle(letter, SOMEWHERE, by=LEA, now=LATER)
        assert not await work.outbox.settle(LetterId(999), SOMEWHERE, by=LEA, now=LATER)


async def test_the_uncertain_ones_are_shown(store: Store, team: TeamId):
    async with store.open_work(team) as work:
        letter = await put(work, State.UNCERTAIN, started=START)
        [standing] = await work.outbox.standing(State.UNCERTAIN)
        assert (standing.letter.id, standing.started) == (letter, START)
        assert await work.outbox.show(letter) == standing
        assert await work.outbox.standing(State.UNCERTAIN, State.DEAD) == [standing]
        assert await work.outbox.standing(State.DEAD) == []


async def test_another_workspace_sees_and_changes_nothing(store: Store, team: TeamId):
    async with store.open_work(team) as work:
        letter = await put(work, State.UNCERTAIN)
    async with store.open_work(TeamId("T0ELM")) as work:
        assert await work.outbox.show(letter) is None
        assert await work.outbox.standing(State.UNCERTAIN) == []
        assert not await work.outbox.retry(letter, by=LEA, now=LATER)
        assert not await work.outbox.drop(letter, "mine now", by=LEA, now=LATER)
        assert not await work.outbox.settle(letter, SOMEWHERE, by=LEA, now=LATER)
