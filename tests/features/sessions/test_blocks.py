"""How sessions look, branch by branch."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.domain import runs
from bot.domain.agenda import AgendaFacts
from bot.domain.circles import CircleState
from bot.domain.commitments import Audience, Commitment, CommitmentState
from bot.domain.duties import Duty
from bot.domain.hotseat import Turn
from bot.domain.ids import CommitmentId, SessionId
from bot.domain.sessions import BY_TAP, Presence, SessionState, written
from bot.domain.shipped import PROTOCOLS
from bot.features.sessions import blocks, home, said
from bot.features.sessions.flows import Moving, Standing
from bot.features.sessions.reading import Plan
from tests.builders import a_circle, a_session, an_id
from tests.clock import START

ANA, BO, CHI, DEE, EVE = (an_id(name) for name in ("Ana", "Bo", "Chi", "Dee", "Eve"))
OAK = a_circle()
HOSTILE = "<!channel> & *bold* ‮ 😀 "
ROLES = {Duty.FACILITATOR: BO, Duty.TIMEKEEPER: CHI, Duty.SCRIBE: DEE}
TURN = Turn(SessionId(1), (ANA,), ROLES, reserve=BO)
TWO = Turn(SessionId(1), (ANA, BO), {Duty.FACILITATOR: CHI, Duty.TIMEKEEPER: DEE, Duty.SCRIBE: CHI}, reserve=None)


def a_promise(number, owner=BO, will="Ask Miriam for ten minutes"):
    return Commitment(
        id=CommitmentId(number),
        owner=owner,
        circle=OAK.id,
        session=SessionId(9),
        slot=1,
        made_at=START,
        will=will,
        by=date(2026, 3, 4),
        audience=Audience.CIRCLE,
    )


FACTS = AgendaFacts(OAK, a_session(), TURN)
FULL = AgendaFacts(
    OAK,
    a_session(presence={ANA: Presence.COMING, BO: Presence.AWAY}),
    TURN,
    questions={ANA: HOSTILE + "how do I say no? " * 30},
    promises=[a_promise(1), a_promise(2, CHI, HOSTILE + "x" * 300)],
    parked=HOSTILE + "y" * 1900,
    paused=frozenset({CHI}),
)
AGENDAS = {
    "plain": FACTS,
    "full": FULL,
    "everybody-said": replace(
        FACTS,
        session=a_session(
            presence={ANA: Presence.COMING, BO: Presence.COMING, CHI: Presence.AWAY, DEE: Presence.AWAY}
        ),
    ),
    "settled-promises": replace(
        FACTS,
        promises=[replace(a_promise(number), state=state) for number, state in enumerate(CommitmentState, 1)],
    ),
    "one-promise": replace(FACTS, promises=[a_promise(1)]),
    "many-promises": replace(FACTS, promises=[a_promise(number) for number in range(12)]),
    "two-seats": replace(FACTS, turn=TWO, questions={ANA: "Why?"}),
    "no-turn": replace(FACTS, turn=None),
    "reserve-ready": replace(FACTS, turn=replace(TURN, is_ready=True)),
    "no-members": AgendaFacts(replace(OAK, seats=()), a_session(), Turn(SessionId(1), (), {}, None)),
}


@pytest.mark.parametrize("facts", AGENDAS.values(), ids=AGENDAS)
def test_the_agenda(facts, looks_right):
    looks_right(said.agenda(facts))


@pytest.mark.parametrize("facts", [FACTS, FULL, AGENDAS["everybody-said"]], ids=["plain", "full", "everybody-said"])
def test_the_call_to_those_who_have_not_said(facts, looks_right):
    looks_right(said.call(facts))


@pytest.mark.parametrize("protocol", PROTOCOLS, ids=lambda protocol: protocol.key)
def test_the_thread_of_each_protocol(protocol, looks_right):
    session = a_session(state=SessionState.OPEN, minutes=protocol.minutes)
    looks_right(said.thread(AgendaFacts(replace(OAK, protocol=protocol.key), session, TURN)))


def test_the_thread_of_the_first_session_looks_back_on_nothing(looks_right):
    looks_right(said.thread(AgendaFacts(OAK, a_session(state=SessionState.OPEN), TURN, is_first=True)))


def test_the_thread_with_people_there(looks_right):
    marks = {ANA: Presence.PRESENT, BO: Presence.COMING, EVE: Presence.PRESENT}
    looks_right(said.thread(AgendaFacts(OAK, a_session(state=SessionState.OPEN, presence=marks), None)))


def test_the_thread_of_a_shorter_session_ends_on_time():
    shown = str(said.thread(AgendaFacts(OAK, a_session(state=SessionState.OPEN, minutes=45), TURN)).blocks)
    assert "`42-45` *Close*" in shown


def ended(state, **more):
    marks = {ANA: Presence.PRESENT, BO: Presence.PRESENT}
    return AgendaFacts(OAK, a_session(state=state, presence=marks, **more), TURN)


WRAPUPS = {
    "asked": AgendaFacts(OAK, a_session(state=SessionState.OPEN), TURN),
    "asked-anybody": AgendaFacts(OAK, a_session(state=SessionState.OPEN), None),
    "held": ended(SessionState.HELD),
    "held-with-notes": ended(SessionState.HELD, decisions=HOSTILE + "x" * 1900, parked="y" * 2000),
    "partly": ended(SessionState.PARTLY, parked="Who asks Miriam?"),
    "not-held": ended(SessionState.NOT_HELD),
}


@pytest.mark.parametrize("facts", WRAPUPS.values(), ids=WRAPUPS)
def test_the_question_afterwards(facts, looks_right):
    looks_right(said.wrapup(facts))


@pytest.mark.parametrize("made", [0, 1])
def test_the_reminder_to_make_commitments(made, looks_right):
    looks_right(said.commit(a_circle(name=HOSTILE, channel="C0ELM"), a_session(), made))


CHANGES = {
    "moved": said.moved(OAK, a_session(), before=START, by=BO),
    "skipped": said.skipped(a_circle(name=HOSTILE, channel="C0ELM"), a_session(), BO),
    "restored": said.restored(OAK, a_session(), BO),
    "moved-by-tap": said.moved(OAK, a_session(), before=START, by=BY_TAP),
    "left-out-by-tap": said.skipped(OAK, a_session(), BY_TAP),
    "written": said.written(OAK, written(a_session(), now=START), BY_TAP),
}


@pytest.mark.parametrize("message", CHANGES.values(), ids=CHANGES)
def test_changes(message, looks_right):
    looks_right(message)


def six():
    return [
        a_session(id=SessionId(number), planned_for=date(2026, 3, 5) + timedelta(weeks=2 * number))
        for number in range(1, 7)
    ]


MIXED = [
    a_session(state=SessionState.OPEN, starts=START - timedelta(minutes=10)),
    *[replace(session, moved_by=BO) for session in six()[:1]],
    *[replace(session, state=SessionState.SKIPPED) for session in six()[1:2]],
    a_session(id=SessionId(9), state=SessionState.SKIPPED, starts=START - timedelta(hours=1)),
    *six()[2:],
]
PLANS = {
    "six": Plan(OAK, six(), [replace(TURN, session=SessionId(2))], True, START),
    "mixed": Plan(a_circle(name=HOSTILE, channel="C0ELM"), MIXED, [TURN], True, START),
    "for-others": Plan(OAK, MIXED, [], False, START),
    "nothing-yet": Plan(a_circle(state=CircleState.OPENING), [], [], True, START),
    "ended": Plan(a_circle(state=CircleState.CLOSED), [], [], False, START),
    "many-left-out": Plan(OAK, [replace(one, state=SessionState.SKIPPED) for one in six() * 4], [], True, START),
}


@pytest.mark.parametrize("plan", PLANS.values(), ids=PLANS)
def test_the_plan(plan, looks_right):
    looks_right(blocks.schedule(plan))


def test_which_circle(looks_right):
    looks_right(blocks.which([OAK, a_circle(id=2, name=HOSTILE, channel="C0ELM")]))


def test_the_form_to_move_a_session(looks_right):
    looks_right(blocks.move(Moving(a_session(), a_circle(name=HOSTILE, channel="C0ELM"))))


@pytest.mark.parametrize("state", [SessionState.OPEN, SessionState.PARTLY])
def test_the_form_for_notes(state, looks_right):
    session = a_session(state=state, decisions=HOSTILE, parked="x" * 2000, presence={ANA: Presence.PRESENT})
    looks_right(blocks.notes(Standing(AgendaFacts(OAK, session, TURN))))


@pytest.mark.parametrize("parked", ["", "Who asks Miriam?"], ids=["bare", "parked"])
def test_notes_are_kept(parked, looks_right):
    looks_right(blocks.noted(Standing(ended(SessionState.HELD, parked=parked))))


HOMES = {
    "silent": (a_session(), (BO,)),
    "coming": (a_session(presence={ANA: Presence.COMING}), (ANA,)),
    "away": (a_session(presence={ANA: Presence.AWAY}), ()),
    "now": (a_session(state=SessionState.OPEN), (ANA, BO)),
    "here": (a_session(state=SessionState.OPEN, presence={ANA: Presence.PRESENT}), (BO,)),
}


@pytest.mark.parametrize(("session", "sits"), HOMES.values(), ids=HOMES)
def test_home(session, sits, looks_right):
    turn = replace(TURN, sits=sits, roles={Duty.TIMEKEEPER: ANA}) if sits else None
    looks_right(home.one(home.Next(session, a_circle(name=HOSTILE, channel="C0ELM"), turn), ANA))


@pytest.mark.parametrize("halt", [False, True])
def test_home_while_a_session_is_under_way(halt, looks_right):
    session = a_session(state=SessionState.OPEN)
    run = runs.start(session, PROTOCOLS[0], now=session.starts, by=ANA)
    run = runs.paused(run, session.starts) if halt else run
    looks_right(home.one(home.Next(session, a_circle(), TURN, run), ANA))


@pytest.mark.parametrize("channel", [None, "C0OAK"])
def test_home_without_a_session(channel, looks_right):
    looks_right(home.no_session([a_circle(channel=channel)]))
