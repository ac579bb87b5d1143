"""What must hold in any season of the rotation, whatever the members do."""

import random
from collections import Counter
from dataclasses import replace
from functools import partial

from hypothesis import assume, given
from hypothesis import strategies as st

from bot.domain import hotseat
from bot.domain.duties import ROLES
from bot.domain.errors import Refused
from bot.domain.hotseat import Ledger
from tests.domain.season import a_season, times_sat

weeks = st.lists(
    st.fixed_dictionaries(
        {
            "luck": st.integers(0, 2**32),
            "held": st.sampled_from([True, True, True, False]),
            "away": st.sampled_from([0, 0, 1, 2]),
            "passes": st.sampled_from([0, 0, 0, 1, 2]),
            "swap": st.booleans(),
            "jump": st.sampled_from([False, False, False, True]),
            "urgent": st.sampled_from([False, False, True]),
            "stand_by": st.sampled_from([0, 0, 1, 3]),
            "join": st.sampled_from([False, False, False, True]),
            "leave": st.sampled_from([False, False, False, False, True]),
        }
    ),
    min_size=1,
    max_size=14,
)
sizes = st.integers(4, 8)
EVERYTHING = ("away", "pass", "swap", "jump", "urgent", "stand by", "join", "leave")
FACTS = ("seats", "meetings", "swaps", "passes", "jumps", "reserves")


def play(size, weeks, *events, chairs=1):
    """A season in which only the named events happen; yields after each week as (season, turn as it was planned)."""
    season = a_season("ABCDEFGH"[:size], chairs=chairs)
    newcomers = iter("IJKLMNOPQRSTUVWXYZabcdefgh")
    for week in weeks:
        luck = random.Random(week["luck"])
        if "join" in events and week["join"]:
            season.join(next(newcomers))
        if "leave" in events and week["leave"] and len(season.members) > 2:
            season.leave(luck.choice(season.members))
        if "swap" in events and week["swap"]:
            try_to(season.swap, *luck.sample(season.members, 2))
        for _ in range(week["passes"] if "pass" in events else 0):
            for member in season.plan()[0].sits[:1]:
                season.pass_on(member)
        if "urgent" in events and week["urgent"]:
            try_to(season.jump_in, luck.choice(season.members))
        for who in luck.sample(season.members, min(week["stand_by"], len(season.members))):
            if "stand by" in events:
                try_to(partial(season.stand_by, ready=luck.random() < 0.6), who)
        away = luck.sample(season.members, week["away"]) if "away" in events else ()
        sat = [luck.choice(season.members)] if "jump" in events and week["jump"] else None
        turn = season.hold(away=away, sat=sat, held=week["held"])
        yield season, turn


def played(size, weeks, *events):
    return list(play(size, weeks, *events))[-1][0]


def try_to(act, *on):
    try:
        act(*on)
    except Refused:
        return False
    return True


def sittings(season):
    return [(meeting, who) for meeting in season.meetings if meeting.held for who in meeting.sat]


def spread(counts, members):
    values = [counts[member] for member in members]
    return max(values) - min(values)


@given(sizes, weeks)
def test_nobody_sits_twice_before_everyone_there_sat_once(size, weeks):
    season = played(size, weeks, "away")
    last = {}
    for number, (meeting, who) in enumerate(sittings(season)):
        since = last.get(who)
        there = set(season.members) - meeting.away - {who}
        if since is not None:
            assert all(last.get(other, -1) > since for other in there)
        last[who] = number


@given(sizes, weeks, st.integers(1, 2))
def test_turns_of_constant_members_never_differ_by_more_than_one(size, weeks, chairs):
    for season, _ in play(size, weeks, "swap", chairs=chairs):
        assert spread(times_sat(season.ledger()), season.members) <= 1


@given(sizes, weeks)
def test_who_never_passed_is_never_overtaken(size, weeks):
    season = played(size, weeks, "away", "pass")
    passed = {a_pass.member for a_pass in season.passes}
    last = {}
    for number, (meeting, who) in enumerate(sittings(season)):
        if who in last:
            assert all(
                last.get(other, -1) > last[who] for other in set(season.members) - meeting.away - passed - {who}
            )
        last[who] = number


@given(sizes, weeks)
def test_the_look_ahead_is_what_happens_when_nothing_changes(size, weeks):
    season = played(size, weeks, *EVERYTHING)
    promised = hotseat.look_ahead(season.ledger(ahead=10), 10)
    for turn in promised:
        assert season.hold() == turn


@given(sizes, weeks)
def test_every_week_the_view_moves_on_by_one(size, weeks):
    season = a_season("ABCDEFGH"[:size])
    before = season.plan()
    for week in weeks:
        season.hold(held=week["held"])
        after = season.plan()
        if week["held"]:
            assert after[:5] == before[1:]
        else:
            assert [turn.sits for turn in after] == [turn.sits for turn in before]
            assert [turn.roles for turn in after] == [turn.roles for turn in before]
        before = after


@given(sizes, weeks, st.randoms(use_true_random=False))
def test_a_re_run_agrees_in_whatever_order_the_facts_come(size, weeks, dice):
    season = played(size, weeks, *EVERYTHING)
    ledger = season.ledger()
    facts = {name: list(getattr(ledger, name)) for name in FACTS}
    for kind in facts.values():
        dice.shuffle(kind)
    shuffled = Ledger(**{name: tuple(kind) for name, kind in facts.items()})
    assert hotseat.look_ahead(shuffled) == hotseat.look_ahead(ledger) == hotseat.look_ahead(ledger)
    alone = hotseat.look_ahead(ledger, roles=())
    assert [turn.sits for turn in alone] == [turn.sits for turn in hotseat.look_ahead(ledger)]
    assert not any(turn.roles for turn in alone)


@given(sizes, weeks)
def test_only_members_who_are_there_sit_or_hold_a_role_and_no_role_is_left_out(size, weeks):
    members = set()
    for season, turn in play(size, weeks, *EVERYTHING):
        meeting = season.meetings[-1]
        there = set(season.members) - meeting.away
        members |= set(season.members)
        assert {*turn.sits, *turn.roles.values()} <= there
        assert not set(turn.sits) & set(turn.roles.values())
        others = there - set(turn.sits)
        assert set(turn.roles) == (set(ROLES) if others else set())
        if len(others) >= len(ROLES):
            assert len(set(turn.roles.values())) == len(ROLES)
        assert turn.reserve not in turn.sits


@given(sizes, weeks)
def test_roles_are_fair_among_constant_members(size, weeks):
    held = {role: Counter() for role in ROLES}
    for season, turn in play(size, weeks, "swap"):
        if season.meetings[-1].held:
            for role, who in turn.roles.items():
                held[role][who] += 1
        assert all(spread(held[role], season.members) <= 2 for role in ROLES)
        assert spread(sum(held.values(), Counter()), season.members) <= 3


@given(sizes, weeks, sizes)
def test_a_newcomer_sits_before_anyone_sits_twice_and_never_gets_ahead(size, weeks, rounds):
    season = played(size, weeks, "join")
    counts = Counter()
    season.join("z")
    for _ in range(rounds * 2):
        counts.update(season.hold().sits)
        assert spread(counts, season.members) <= 1


@given(sizes, weeks)
def test_a_swap_gives_each_exactly_the_others_next_turn(size, weeks):
    season = played(size, weeks, "away", "join", "leave")
    assume(len(season.members) > 2)
    one, other = season.members[:2]
    before = season.sitters(len(season.members))
    if try_to(season.swap, one, other):
        assert season.sitters(len(season.members)) == before.translate(str.maketrans(one + other, other + one))


@given(sizes, weeks)
def test_debts_are_repaid(size, weeks):
    season = played(size, weeks[:12], "jump", "swap")
    laps_owed = sum(week["jump"] for week in weeks[:12])
    for _ in range(len(season.members) * (laps_owed + 1)):
        season.hold()
    assert spread(times_sat(season.ledger()), season.members) <= 1


@given(sizes, weeks)
def test_reserves_never_give_anyone_a_second_turn_in_a_lap_before_those_who_would_sit_had_one(size, weeks):
    """Where a lap begins anew for all, whoever is ready may go before the next in line."""
    season = a_season("ABCDEFGH"[:size])
    laps = dict.fromkeys(season.members, 0)
    for season, turn in play(size, weeks, "away", "stand by"):
        meeting = season.meetings[-1]
        if not meeting.held:
            continue
        unready = {one.member for one in season.reserves if one.session == meeting.session and not one.ready}
        for who in turn.sits:
            lap = max(laps.values())
            others = set(season.members) - meeting.away - unready - {who}
            assert laps[who] < lap or all(laps[other] == lap for other in others)
            laps[who] = max(laps[who] + 1, lap)


@given(sizes, weeks)
def test_an_urgent_question_gets_the_next_seat_and_everybody_is_even_a_lap_later(size, weeks):
    season = played(size, weeks, "urgent")
    for jump in season.jumps:
        [meeting] = [one for one in season.meetings if one.session == jump.session]
        assert meeting.sat[0] == jump.member and jump.member not in meeting.roles.values()
    for _ in range(size * 2):
        season.hold()
    assert spread(times_sat(season.ledger()), season.members) <= 1


@given(sizes, weeks)
def test_nobody_takes_a_second_turn_ahead_of_time_before_the_first_is_paid_back(size, weeks):
    ahead = Counter()
    for season, _turn in play(size, weeks, "urgent"):
        counts = times_sat(season.ledger())
        ahead = {who: counts[who] - min(counts[other] for other in season.members) for who in season.members}
        assert max(ahead.values()) <= 2


@given(sizes, weeks)
def test_sessions_in_which_everybody_takes_part_leave_the_order_as_it_is(size, weeks):
    season = played(size, weeks, "away", "pass", "urgent")
    before = season.sitters()
    rested = replace(season.ledger(), chairs=0)
    assert all(turn.sits == () and turn.reserve is None for turn in hotseat.look_ahead(rested))
    season.hold(sat=())
    assert season.sitters() == before
