"""A session under way moves by the clock alone, however often anybody looks, and never loses or doubles a stage."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import runs
from bot.domain.duties import Duty
from bot.domain.errors import Refused
from bot.domain.sessions import SessionState
from bot.domain.shipped import HOT_SEAT_60, PROTOCOLS
from tests.builders import a_circle, a_session, an_id

ANA, BO, CHI, EVE = (an_id(name) for name in ("Ana", "Bo", "Chi", "Eve"))
SESSION = a_session()
AT = SESSION.starts
SECONDS = st.integers(0, 5400).map(lambda seconds: timedelta(seconds=seconds))


def a_run(protocol=HOT_SEAT_60, late=timedelta(), minutes=None):
    session = replace(SESSION, minutes=minutes or protocol.minutes)
    return runs.start(session, protocol, now=session.starts + late, by=ANA)


def minutes(run):
    return [leg.length.total_seconds() / 60 for leg in run.legs]


@pytest.mark.parametrize("protocol", PROTOCOLS, ids=lambda protocol: protocol.key)
def test_on_time_each_stage_has_its_own_minutes(protocol):
    run = a_run(protocol)
    assert minutes(run) == [stage.minutes for stage in protocol.stages]
    assert run.ends(AT) == AT + timedelta(minutes=protocol.minutes)


@given(st.integers(0, 15), st.sampled_from(PROTOCOLS[:5]), st.sampled_from([45, 60, 75, 90]))
def test_a_little_late_it_still_ends_on_time_and_no_stage_is_lost(late, protocol, length):
    run = a_run(protocol, timedelta(minutes=late), length)
    assert run.ends(run.began) == AT + timedelta(minutes=length)
    assert all(leg.length > timedelta() for leg in run.legs)


def test_very_late_it_has_its_whole_time():
    run = a_run(late=timedelta(minutes=25))
    assert run.ends(run.began) == AT + timedelta(minutes=85)


@given(st.lists(SECONDS, max_size=30))
def test_looking_often_or_once_gives_the_same_stage_and_each_is_entered_once(looks):
    often, entered = a_run(), [0]
    for passed in sorted(looks):
        often, new = runs.advanced(often, AT + passed)
        entered += new
    once, _ = runs.advanced(a_run(), AT + max(looks, default=timedelta()))
    assert often == once
    assert entered == list(range(often.place + 1))


DEEDS = st.sampled_from(["pause", "resume", "skip", "extend", "look"])


@given(st.lists(st.tuples(DEEDS, st.integers(1, 600)), max_size=40))
def test_whatever_is_pressed_stages_follow_each_other_and_it_ends(deeds):
    run, now, places = a_run(), AT, [0]
    for deed, seconds in deeds:
        now += timedelta(seconds=seconds)
        run, entered = runs.advanced(run, now)
        places += entered
        if not run.is_live:
            break
        before = run.place
        match deed:
            case "pause":
                run = runs.paused(run, now)
            case "resume":
                run = runs.resumed(run, now)
            case "skip":
                run = runs.skipped(run, now)
            case "extend" if run.extra < runs.MOST_EXTRA:
                run = runs.extended(run)
        places += [run.place] if run.place != before else []
        assert run.began <= now and (run.paused or run.until > now or not run.is_live)
    assert places == list(range(len(places)))
    last, _ = runs.advanced(run if run.paused is None else runs.resumed(run, now), now + timedelta(hours=4))
    assert not last.is_live


@given(SECONDS)
def test_a_pause_moves_everything_by_its_length(wait):
    wait = min(wait, runs.FORGOTTEN - timedelta(seconds=1))
    at = AT + timedelta(minutes=7)
    run, _ = runs.advanced(a_run(), at)
    halted = runs.paused(run, at)
    assert runs.advanced(halted, at + wait) == (halted, [])
    again = runs.resumed(halted, at + wait)
    assert again.ends(at + wait) == run.ends(at) + wait == halted.ends(at + wait)


def test_a_forgotten_pause_ends_where_it_began():
    run = runs.paused(a_run(), AT + timedelta(minutes=2))
    over, entered = runs.advanced(run, AT + timedelta(hours=2))
    assert (over.over, entered, over.look_at) == (AT + timedelta(minutes=2), [], None)


def test_two_minutes_more_move_what_follows():
    run = runs.extended(a_run())
    assert run.until == AT + timedelta(minutes=7)
    assert [begins for begins, _ in run.ahead()][:2] == [AT + timedelta(minutes=7), AT + timedelta(minutes=15)]


def test_there_is_an_end_to_more():
    run = a_run()
    for _ in range(15):
        run = runs.extended(run)
    with pytest.raises(Refused, match="half an hour"):
        runs.extended(run)


def test_skipping_the_last_stage_ends_it_and_nothing_can_be_done_then():
    run = a_run()
    for _ in run.legs:
        run = runs.skipped(run, AT)
    assert run.over == AT
    for change in (lambda: runs.paused(run, AT), lambda: runs.skipped(run, AT), lambda: runs.extended(run)):
        with pytest.raises(Refused, match="is over"):
            change()


@pytest.mark.parametrize(
    ("who", "before", "why"),
    [(BO, 11, "too early"), (BO, 9, ""), (CHI, 1, "facilitator can start early"), (CHI, 0, ""), (EVE, 0, "members"),
     (CHI, -60, "is over")],
)  # fmt: skip
def test_who_may_start_when(who, before, why):
    now = AT - timedelta(minutes=before)
    if not why:
        assert runs.check_start(SESSION, a_circle(), who, facilitator=BO, now=now) is None
        return
    with pytest.raises(Refused, match=why):
        runs.check_start(SESSION, a_circle(), who, facilitator=BO, now=now)


@pytest.mark.parametrize("state", [SessionState.SKIPPED, SessionState.HELD])
def test_what_does_not_take_place_is_not_started(state):
    with pytest.raises(Refused):
        runs.check_start(replace(SESSION, state=state), a_circle(), BO, facilitator=BO, now=AT)


def test_who_steers():
    run = runs.handed_over(a_run(), BO, a_circle())
    roles = {Duty.TIMEKEEPER: CHI, Duty.FACILITATOR: ANA}
    assert runs.check_steers(run, roles, BO) is None and runs.check_steers(run, roles, CHI) is None
    with pytest.raises(Refused, match="Take over"):
        runs.check_steers(run, roles, ANA)
    with pytest.raises(Refused, match="in this circle"):
        runs.handed_over(run, EVE, a_circle())
