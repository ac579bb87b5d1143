"""Who is asked for a hand: nobody twice, never the asker, the facilitator after two, then nobody."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import helping
from bot.domain.errors import NotYours, Refused
from bot.domain.helping import Call, CallState, Peer
from bot.domain.people import Availability, Wish
from tests.builders import a_member, a_profile, an_id

NOW = datetime(2026, 3, 5, 9, 0, tzinfo=UTC)
CALL = Call(1, 7, 3, 1, an_id("Ana"))
NIGHT = Availability(start="20:00", end="23:00")


def a_peer(name, *offers, **changes):
    profile = a_profile(name, offers=tuple(Wish(skill) for skill in offers), availability=changes.pop("times", NIGHT))
    return Peer(a_member(name, **changes.pop("member", {})), profile, **changes)


ANA = Peer(a_member("Ana"), a_profile("Ana", wants=(Wish("Budgets"),)))


@pytest.mark.parametrize(
    ("peers", "first"),
    [
        ([a_peer("Bo"), a_peer("Chi", "Openings")], "Chi"),
        ([a_peer("Bo", "Budgets"), a_peer("Chi", "Openings")], "Chi"),
        ([a_peer("Bo", "Budgets"), a_peer("Chi", times=Availability())], "Bo"),
        ([a_peer("Bo"), a_peer("Chi", times=Availability())], "Chi"),
        ([a_peer("Bo", asked=1), a_peer("Chi")], "Chi"),
        ([a_peer("Bo"), a_peer("Chi", is_partner=True)], "Chi"),
        ([a_peer("Bo", "Openings", member={"left": True}), a_peer("Chi")], "Chi"),
        ([a_peer("Bo", "Openings", member={"paused_until": NOW.replace(year=2027)}), a_peer("Chi")], "Chi"),
        ([Peer(a_member("Chi")), a_peer("Dee", "Opening")], "Chi"),
        ([ANA], None),
    ],
)
def test_who_is_asked_first(peers, first):
    ordered = helping.in_order(ANA, peers, "My openings, in ten slides", NOW)
    assert next(iter(ordered), None) == (an_id(first) if first else None)
    assert ordered == helping.in_order(ANA, peers[::-1], "My openings, in ten slides", NOW)


@pytest.mark.parametrize(
    ("skill", "wanted", "named"),
    [
        ("Go", "a good ending", ""),
        ("C++", "some C++ code", "C++"),
        ("Go", "reading GO, please", "Go"),
        ("(", "(", "("),
    ],
)
def test_a_skill_is_spoken_of_as_a_whole_word(skill, wanted, named):
    assert helping.reason(ANA, a_peer("Bo", skill), wanted, NOW).skill == named


names = st.sampled_from(["Bo", "Chi", "Dee", "Eli", "Fay"])


@given(st.lists(names, unique=True), st.one_of(st.none(), names), st.lists(st.booleans(), min_size=8, max_size=8))
def test_nobody_is_asked_twice_and_three_at_most(circle, facilitator, passes):
    call, ordered = CALL, [an_id(name) for name in circle]
    lead = an_id(facilitator) if facilitator else None
    for passed in passes:
        peer = helping.next_to_ask(call, ordered, lead)
        if peer is None:
            break
        call = helping.ask(call, peer, told_at=NOW, zone="Europe/Berlin")
        assert call.look_at > NOW
        if passed:
            call = helping.pass_on(call, peer, NOW)
            assert helping.pass_on(call, peer, NOW) == call
    assert len(call.tried) == len(set(call.tried)) <= helping.PEERS + 1
    assert set(call.tried) <= set(ordered)
    assert len(call.tried) <= helping.PEERS or call.tried[-1] == lead


def test_who_may_take_it_and_who_may_thank():
    members = [an_id("Ana"), an_id("Bo"), an_id("Chi")]
    taken = helping.take(helping.ask(CALL, an_id("Bo"), told_at=NOW, zone="UTC"), an_id("Chi"), members)
    assert (taken.state, taken.helper, taken.asked, taken.look_at) == (CallState.TAKEN, an_id("Chi"), None, None)
    with pytest.raises(Refused, match="on it already"):
        helping.take(taken, an_id("Bo"), members)
    with pytest.raises(Refused, match="not in that circle"):
        helping.take(CALL, an_id("Zoe"), members)
    with pytest.raises(NotYours):
        helping.thank(taken, an_id("Chi"))
    with pytest.raises(NotYours):
        helping.thank(CALL, an_id("Ana"))
    assert helping.thank(taken, an_id("Ana")) == replace(taken, state=CallState.DONE)
