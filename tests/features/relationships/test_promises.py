"""The two commitments at the close of a meeting: by the rules of a circle's, seen by the other one where that is wanted."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.domain.commitments import (
    Audience,
    CommitmentState,
    PairCommitment,
    Promise,
    Question,
    Setting,
)
from bot.domain.errors import Gone, NotYours, Refused, RefusedFields
from bot.domain.ids import CommitmentId, MeetingId, RelationshipId
from bot.domain.meetings import Agenda, Meeting, MeetingState
from bot.domain.people import Kind
from bot.feature import Moot, Send
from bot.features.relationships import (
    agenda_blocks,
    blocks,
    handlers,
    handlers_agenda,
    handlers_promises,
    letters_rhythm,
    promise_blocks,
)
from bot.features.relationships.promising import Desk
from bot.features.relationships.reading import Shown
from bot.slack.replies import Modal, Reply, Turn
from tests.builders import a_relationship, an_id
from tests.clock import START
from tests.features.answers import chosen, picked_day
from tests.letters import letters_of

COMPOSE = {one.kind: one.compose for one in letters_rhythm.LETTERS}
ANA, BO = an_id("Ana"), an_id("Bo")
FORM = {
    "will": "draft <!channel> page one",
    "by": picked_day("2026-03-16"),
    "cue": "If it is Tuesday, then I open the file",
    "evidence": "Bo has read it",
    "confidence": chosen("8"),
    "audience": chosen("buddy"),
}


@pytest.fixture
async def met(deps, pair, click):
    """They met a moment ago, and have no next date yet."""
    await handlers.say_met(click("Ana"), deps)
    return pair


@pytest.fixture
def make(deps, send):
    async def made(name="Ana", asked=0, **changed):
        return await handlers_promises.make(send(name, notes={"asked": asked}, **FORM | changed), deps)

    return made


@pytest.fixture
def mine(deps, team):
    async def found(name="Ana"):
        async with deps.store.open_view(team) as work:
            every = await work.pair_commitments.open_or_of(RelationshipId(1), [MeetingId(1)])
        return [one for one in every if one.owner == an_id(name)]

    return found


async def test_two_are_made_after_a_meeting_and_no_third(deps, pair, met, make, mine, click):
    assert isinstance(await handlers_promises.open_form(click("Ana"), deps), Modal)
    first = await make()
    assert isinstance(first[0], Reply) and "Make the second one" in str(first[0].message.blocks)
    await make()
    assert len(await mine()) == 1
    await make(will="ask Miriam for ten minutes", audience=chosen("me"))
    with pytest.raises(Refused, match="two is plenty"):
        await make(will="learn to juggle balls")
    assert isinstance(await handlers_promises.open_form(click("Ana"), deps), Reply)
    assert [one.slot for one in await mine()] == [1, 2]


async def test_a_doubtful_wording_gets_one_question_and_is_then_kept(deps, met, make, mine):
    turned = await make(will="perhaps")
    assert isinstance(turned, Turn) and "One question" in str(turned.view) and await mine() == []
    await make(will="perhaps", asked=1)
    assert [one.will for one in await mine()] == ["perhaps"]


@pytest.mark.parametrize(
    "changed",
    [
        {"will": ""},
        {"will": "x" * 3000},
        {"by": {}},
        {"by": picked_day("2026-03-02")},
        {"by": picked_day("2027-03-02")},
        {"confidence": chosen("99")},
    ],
)
async def test_what_makes_no_sense_is_refused(met, make, mine, changed):
    with pytest.raises(RefusedFields):
        await make(**changed)
    assert await mine() == []


async def test_before_they_met_there_is_nothing_to_make(deps, pair, make, click):
    with pytest.raises(Refused, match="once you have met"):
        await make()
    for name in ("Lea",):
        with pytest.raises(NotYours):
            await handlers_promises.open_form(click(name), deps)


async def test_the_other_sees_what_was_shown_and_before_they_meet_how_it_stands(
    deps, team, met, make, mine, click, send
):
    await make()
    await make(will="ask Miriam in secret", audience=chosen("me"))
    his, hers = [str((await handlers.show(click(name), deps)).view) for name in ("Bo", "Ana")]
    assert "page one" in his and "in secret" not in his and "relationships.done" not in his
    assert "in secret" in hers and "relationships.done" in hers
    moment = {"selected_date_time": int((START + timedelta(days=14)).timestamp())}
    await handlers.plan(send("Ana", at=moment, minutes=chosen("30")), deps)
    await handlers_promises.settle(
        send("Ana", notes={"commitment": (await mine())[0].id}, state=chosen("partly"), learned="Short is hard"), deps
    )
    async with deps.store.open_view(team) as work:
        meeting = (await work.meetings.next_of([met.id]))[met.id]
    notes = {"meeting": meeting.id, "version": meeting.version}
    await handlers_agenda.keep(send("Ana", notes=notes, question1="Why?"), deps)
    await handlers_agenda.send(click("Ana"), deps)
    [letter] = [one for one in await letters_of(deps.store, team) if one.kind == "relationships.brought"]
    async with deps.store.open_work(team) as work:
        told = str((await COMPOSE[letter.kind](work, letter, START)).message.blocks)
    assert "page one: partly" in told and "in secret" not in told and "Short is hard" not in told


async def test_only_the_owner_settles_and_not_yet_asks_for_the_cause(deps, team, met, make, mine, click, send):
    await make()
    number = (await mine())[0].id
    for name in ("Bo", "Lea"):
        with pytest.raises(NotYours):
            await handlers_promises.open_outcome(click(name, commitment=number), deps)
        with pytest.raises(NotYours):
            await handlers_promises.settle(send(name, notes={"commitment": number}, state=chosen("kept")), deps)
    with pytest.raises(Gone):
        await handlers_promises.open_outcome(click("Ana", commitment=99), deps)
    for state in ({}, chosen("replaced"), chosen("not_yet")):
        with pytest.raises(RefusedFields):
            await handlers_promises.settle(send("Ana", notes={"commitment": number}, state=state), deps)
    await handlers_promises.open_outcome(click("Ana", commitment=number), deps)
    done = {"state": chosen("not_yet"), "cause": chosen("too_big")}
    await handlers_promises.settle(send("Ana", notes={"commitment": number}, **done), deps)
    assert [one.state for one in await mine()] == [CommitmentState.NOT_YET]
    async with deps.store.open_view(team) as work:
        assert (
            "page" not in (await work.connection.exec_driver_sql("SELECT words FROM pair_commitments")).scalar_one()
        )


async def test_both_are_brought_up_again_in_one_letter_and_then_there_is_silence(deps, team, met, make, mine, send):
    await make()
    await make(will="ask Miriam for ten minutes", audience=chosen("me"))
    every = [one for one in await letters_of(deps.store, team) if one.kind == "relationships.promised"]
    assert [(one.to, one.due.date()) for one in every] == [(ANA, date(2026, 3, 9)), (ANA, date(2026, 3, 12))]
    async with deps.store.open_work(team) as work:
        sent = await COMPOSE["relationships.promised"](work, every[0], every[0].due)
    assert (
        isinstance(sent, Send)
        and "page one" in str(sent.message.blocks)
        and "ten minutes" in str(sent.message.blocks)
    )
    for one in await mine():
        await handlers_promises.settle(send("Ana", notes={"commitment": one.id}, state=chosen("kept")), deps)
    async with deps.store.open_work(team) as work:
        assert isinstance(await COMPOSE["relationships.promised"](work, every[1], every[1].due), Moot)


# How it looks

PAIR = a_relationship()
HELD = Meeting(MeetingId(1), PAIR.id, START, 60, MeetingState.HELD)
ONE = PairCommitment(
    will="draft <!here> page one", by=date(2026, 3, 16), id=CommitmentId(1), owner=ANA, slot=1, made_at=START,
    relationship=PAIR.id, meeting=HELD.id, audience=Audience.BUDDY, buddy=BO,
)  # fmt: skip
TWO = replace(ONE, id=CommitmentId(2), slot=2, audience=Audience.ME, state=CommitmentState.PARTLY)
HIS = replace(ONE, id=CommitmentId(3), owner=BO, buddy=ANA)
SETTING = Setting(ANA, [BO], date(2026, 3, 2), date(2026, 3, 16))
EMPTY, FULL = Desk(PAIR, HELD, SETTING, "UTC"), Desk(PAIR, HELD, SETTING, "UTC", [ONE, TWO])
SENT = replace(HELD, state=MeetingState.PLANNED, sent=Agenda(("Why?",)))
LOOKS = {
    "form": promise_blocks.form(EMPTY),
    "form with a question": promise_blocks.form(
        EMPTY, Promise("perhaps", date(2026, 3, 9)), Question("will", "What?")
    ),
    "made": promise_blocks.made(ONE, EMPTY),
    "made the second": promise_blocks.made(TWO, FULL),
    "full": promise_blocks.full(FULL),
    "outcome": promise_blocks.outcome(ONE),
    "reminder": promise_blocks.reminder([ONE, TWO], BO),
    "page": blocks.page(Shown(PAIR, ANA, START, None, 1, promises=[ONE, TWO, HIS], last_met=HELD.id)),
    "page with room": blocks.page(Shown(PAIR, ANA, START, None, 1, promises=[HIS], last_met=HELD.id)),
    "met": blocks.met(Shown(PAIR, ANA, START, None, 2, last_met=HELD.id)),
    "brought": agenda_blocks.brought(PAIR, SENT, True, [ONE]),
    "micro": blocks.page(Shown(a_relationship(kind=Kind.MICRO, every_weeks=0), BO, START, None, 1, last_met=HELD.id)),
    **{
        f"settled {state}": promise_blocks.settled(replace(ONE, state=CommitmentState(state)))
        for state in ("kept", "partly", "not_yet", "dropped")
    },
}


@pytest.mark.parametrize("name", LOOKS)
def test_it_looks_right(name, looks_right):
    looks_right(LOOKS[name])
