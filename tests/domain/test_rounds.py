"""Rounds: when one is over, what may be said of it, and what follows from what everybody wants."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.commitments import CommitmentState
from bot.domain.errors import Refused
from bot.domain.hotseat import Ledger, as_meeting
from bot.domain.ids import CircleId, CircleRoundId, SessionId
from bot.domain.rounds import (
    CircleRound,
    RoundState,
    Stays,
    Wish,
    check_answer,
    check_wish,
    figures,
    is_complete,
    look_at,
    of_round,
    outcome,
    renewed,
)
from bot.domain.sessions import SessionState
from tests.builders import a_circle, a_commitment, a_session, an_id
from tests.clock import START

NAMES = ("Ana", "Bo", "Chi", "Dee", "Eve")
OAK = a_circle(*NAMES)
ROUND = CircleRound(CircleRoundId(1), CircleId(1), 1, START, 3, RoundState.ASKING)
STAY = Wish(Stays.STAY)
DAYS = {"last": date(2026, 4, 23), "today": date(2026, 5, 1)}


def sessions(*states):
    return [
        a_session(id=SessionId(number), planned_for=date(2026, 3, 5) + timedelta(weeks=number - 1), state=state)
        for number, state in enumerate(states, 1)
    ]


HELD, NOT_HELD, SKIPPED, PLANNED = (
    SessionState.HELD,
    SessionState.NOT_HELD,
    SessionState.SKIPPED,
    SessionState.PLANNED,
)


@pytest.mark.parametrize(
    ("states", "over"),
    [
        ([HELD, HELD, HELD, PLANNED], True),
        ([HELD, NOT_HELD, SessionState.PARTLY], True),
        ([HELD, SKIPPED, HELD, PLANNED], False),
        ([], False),
    ],
)
def test_a_round_is_over_after_its_sessions_those_left_out_not_counted(states, over):
    assert is_complete(ROUND, sessions(*states)) is over


def test_it_is_looked_at_when_its_last_session_should_be_over():
    every = sessions(HELD, SKIPPED, PLANNED, PLANNED, PLANNED)
    assert look_at(ROUND, every, START) == every[3].ends + timedelta(hours=25)
    assert look_at(ROUND, [], START) > START


def test_what_came_before_is_not_of_this_round():
    later = replace(ROUND, began=START + timedelta(days=5))
    assert [one.id for one in of_round(later, sessions(HELD, HELD))] == [2]


def a_season(people):
    every = sessions(HELD, NOT_HELD, HELD)
    meetings = [as_meeting(one, sat=[an_id(name)]) for one, name in zip(every, NAMES, strict=False)]
    made = [a_commitment(name, state=CommitmentState.KEPT) for name in NAMES[:people]]
    return every, Ledger(OAK.seats, tuple(meetings)), made


@pytest.mark.parametrize(("people", "kept"), [(4, None), (5, 100)])
def test_the_kept_rate_is_of_five_people_or_more(people, kept):
    found = figures(ROUND, *a_season(people), date(2026, 5, 1))
    assert (found.held, found.sessions, found.sat, found.promises, found.kept) == (2, 3, 2, people, kept)


def wished(**wishes):
    return replace(ROUND, wishes={an_id(name): wish for name, wish in wishes.items()})


def test_silence_stays_and_changes_nothing():
    found = outcome(ROUND, OAK)
    assert (found.stay, found.answered, found.changes, found.goes_on) == (OAK.members, 0, False, True)


def test_more_than_half_of_those_who_answered_and_stay_change_it():
    weekly = Wish(Stays.STAY, every=1, size_max=6, protocol="troika-60")
    found = outcome(wished(Ana=weekly, Bo=weekly, Chi=STAY, Dee=Wish(Stays.LEAVE, every=4)), OAK)
    assert (found.every, found.size_max, found.protocol) == (1, 6, "troika-60")
    assert found.leave == (an_id("Dee"),)
    assert not outcome(wished(Ana=weekly, Bo=STAY), OAK).changes


def test_a_circle_in_which_fewer_than_two_stay_ends():
    gone = {name: Wish(Stays.LEAVE) for name in NAMES[:3]} | {"Dee": Wish(Stays.LEAVE_MYSELF)}
    found = outcome(wished(**gone), OAK)
    assert (found.goes_on, found.stay, found.leave_themselves) == (False, (an_id("Eve"),), (an_id("Dee"),))


def test_the_circle_as_it_goes_on():
    weekly = Wish(Stays.STAY, every=1, size_max=6, protocol="case-clinic-90")
    after = renewed(OAK, outcome(wished(Ana=weekly), OAK), **DAYS)
    assert (after.rule.every, after.size_max, after.protocol, after.minutes) == (1, 6, "case-clinic-90", 90)
    assert after.rule.starts == date(2026, 5, 7)
    monthly = outcome(wished(Ana=Wish(Stays.STAY, every=4)), OAK)
    assert renewed(OAK, monthly, **DAYS).rule.starts == date(2026, 5, 21)
    assert renewed(OAK, outcome(ROUND, OAK), **DAYS) == OAK


WISHES = st.builds(
    Wish,
    st.sampled_from(Stays),
    st.sampled_from([0, 4, 6, 8]),
    st.sampled_from([0, 1, 2]),
    st.sampled_from(["", "troika-60"]),
)


@given(st.dictionaries(st.sampled_from(NAMES), WISHES))
def test_everybody_is_somewhere_and_no_change_is_made_by_a_minority(wishes):
    this = wished(**wishes)
    found = outcome(this, OAK)
    assert sorted([*found.stay, *found.leave, *found.leave_themselves]) == sorted(OAK.members)
    staying = [wish for wish in this.wishes.values() if wish.stays is Stays.STAY]
    for wanted, given_ in ((found.every, "every"), (found.size_max, "size_max"), (found.protocol, "protocol")):
        votes = sum(getattr(wish, given_) == wanted for wish in staying)
        assert wanted is None or votes * 2 > len(staying)
    renewed(OAK, found, **DAYS)


@pytest.mark.parametrize(
    "wish", [Wish(Stays.STAY, size_max=2), Wish(Stays.STAY, every=13), Wish(Stays.STAY, protocol="x" * 3000)]
)
def test_forged_wishes_are_refused(wish):
    with pytest.raises(Refused):
        check_wish(wish, OAK)


def test_only_members_answer_and_only_while_it_is_asked():
    check_answer(ROUND, OAK, an_id("Ana"))
    with pytest.raises(Refused):
        check_answer(ROUND, OAK, an_id("Zoe"))
    with pytest.raises(Refused):
        check_answer(replace(ROUND, state=RoundState.DONE), OAK, an_id("Ana"))
