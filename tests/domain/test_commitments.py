"""Two a session: how one is made, told about, settled, seen and counted."""

import inspect
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest

from bot.domain import audience as audience_of
from bot.domain import commitments, reminders
from bot.domain.commitments import (
    OUTCOMES,
    UNDER_WAY,
    Audience,
    Cause,
    Commitment,
    CommitmentState,
    Evidence,
    Outcome,
    Promise,
    Setting,
)
from bot.domain.errors import NotYours, Refused, RefusedFields

TODAY = date(2026, 3, 5)
NEXT_SESSION = date(2026, 3, 19)
NOW = datetime(2026, 3, 5, 16, tzinfo=UTC)
CIRCLE = ("ANA", "BO", "CHI")
SETTING = Setting(owner="ANA", members=CIRCLE, today=TODAY, next_session=NEXT_SESSION)


def a_promise(**changes):
    return replace(Promise(will="call Sam about the budget", by=date(2026, 3, 12)), **changes)


def a_commitment(**changes):
    made = Commitment(
        will="call Sam about the budget",
        by=date(2026, 3, 12),
        id=1,
        owner="ANA",
        circle=1,
        session=1,
        slot=1,
        made_at=NOW,
    )
    return replace(made, **changes)


# Making one


@pytest.mark.parametrize(
    ("taken", "slot"),
    [
        ([], 1),
        ([(1, "open")], 2),
        ([(2, "open")], 1),
        ([(1, "replaced"), (2, "kept")], 1),
        ([(1, "open"), (2, "replaced")], 2),
        ([(1, "replaced"), (1, "open")], 2),
        ([(1, "open"), (2, "open")], None),
        ([(1, "dropped"), (2, "kept")], None),
        ([(1, "replaced"), (1, "open"), (2, "stuck")], None),
    ],
)
def test_there_are_two_slots_and_a_replaced_one_makes_room(taken, slot):
    those = [a_commitment(slot=number, state=CommitmentState(state)) for number, state in taken]
    if slot is not None:
        assert commitments.free_slot(those) == slot
    else:
        with pytest.raises(Refused, match=r"your two.*Change it"):
            commitments.free_slot(those)


@pytest.mark.parametrize(
    ("by", "next_session", "fine"),
    [
        (TODAY, NEXT_SESSION, False),
        (TODAY - timedelta(days=1), NEXT_SESSION, False),
        (TODAY + timedelta(days=1), NEXT_SESSION, True),
        (NEXT_SESSION, NEXT_SESSION, True),
        (NEXT_SESSION + timedelta(days=1), NEXT_SESSION, False),
        (TODAY + timedelta(days=1), TODAY, True),
        (TODAY + timedelta(days=2), TODAY, False),
        (TODAY + timedelta(days=92), None, True),
        (TODAY + timedelta(days=93), None, False),
        (date(9999, 12, 31), None, False),
    ],
)
def test_the_day_is_after_today_and_no_later_than_the_next_session(by, next_session, fine):
    setting = replace(SETTING, next_session=next_session)
    if fine:
        assert commitments.check(a_promise(by=by), setting).by == by
    else:
        with pytest.raises(RefusedFields) as refused:
            commitments.check(a_promise(by=by), setting)
        assert refused.value.fields == {"by": f"Pick a day after today, up to {_say(setting.latest)}."}


def _say(day):
    return f"{day:%A} {day.day} {day:%B}"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"will": ""}, "will"),
        ({"will": " \n\t "}, "will"),
        ({"will": "I will"}, "will"),
        ({"will": "x" * 3000}, "will"),
        ({"will": "\u202e\u200b"}, "will"),
        ({"cue": "y" * 201}, "cue"),
        ({"evidence": "z" * 201}, "evidence"),
        ({"confidence": 0}, "confidence"),
        ({"confidence": 11}, "confidence"),
        ({"witness": "ANA"}, "witness"),
        ({"witness": "STRANGER"}, "witness"),
    ],
)
def test_a_field_that_cannot_be_taken_is_named(changes, field):
    with pytest.raises(RefusedFields) as refused:
        commitments.check(a_promise(**changes), SETTING)
    assert set(refused.value.fields) == {field}


def test_all_wrong_fields_are_named_at_once():
    with pytest.raises(RefusedFields) as refused:
        commitments.check(Promise(will="", by=TODAY, cue="c" * 999, confidence=99, witness="X"), SETTING)
    assert set(refused.value.fields) == {"will", "by", "cue", "confidence", "witness"}


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  call   Sam \n today", "call Sam today"),
        ("I will call Sam", "call Sam"),
        ("I'll call Sam", "call Sam"),
        ("I’ll call Sam", "call Sam"),
        ("I willingly call Sam", "I willingly call Sam"),
        ("call 🦊 <!channel> Sam", "call 🦊 <!channel> Sam"),
    ],
)
def test_what_was_typed_is_made_tidy(typed, kept):
    assert commitments.check(a_promise(will=typed), SETTING).will == kept


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"will": "the budget report"}, "will"),
        ({"will": "Better meetings with Sam"}, "will"),
        ({"will": "be more patient"}, "will"),
        ({"will": "report"}, "will"),
        ({"will": "call Sam"}, None),
        ({"will": "theorise about rotas"}, None),
        ({"will": "Sam anrufen wegen des Budgets"}, None),
        ({"evidence_kind": Evidence.ARTEFACT}, "evidence"),
        ({"evidence_kind": Evidence.NUMBER}, "evidence"),
        ({"evidence_kind": Evidence.NUMBER, "evidence": "three calls"}, None),
        ({"evidence_kind": Evidence.WITNESS}, "witness"),
        ({"evidence_kind": Evidence.WITNESS, "witness": "BO"}, None),
        ({"evidence_kind": Evidence.WITNESS, "evidence": "Sam will tell"}, None),
        ({"evidence_kind": Evidence.REFLECTION}, None),
        ({"confidence": 6}, "confidence"),
        ({"confidence": 7}, None),
        ({"confidence": 3, "will": "the report"}, "will"),
    ],
)
def test_a_doubtful_promise_gets_one_question_and_is_taken_all_the_same(changes, field):
    promise = a_promise(**changes)
    question = commitments.doubt(promise)
    assert (question and question.field) == field
    assert question is None or "?" in question.text
    assert commitments.check(promise, SETTING) == promise


def test_low_confidence_asks_for_half_as_big():
    assert "half as big" in commitments.doubt(a_promise(confidence=5)).text


# What becomes of it


@pytest.mark.parametrize(("before", "after"), list(product(CommitmentState, CommitmentState)))
def test_what_may_follow_what(before, after):
    commitment = a_commitment(state=before)
    allowed = before in UNDER_WAY if after in UNDER_WAY else before is not CommitmentState.REPLACED
    try:
        if after in UNDER_WAY:
            found = commitments.report(commitment, after, by="ANA")
        else:
            outcome = Outcome(after, cause=Cause.TIME)
            found = commitments.settle(commitment, outcome, by="ANA", now=NOW)
    except Refused:
        assert not allowed
    else:
        assert allowed
        assert found.state is after


@pytest.mark.parametrize("state", [state for state in CommitmentState if state not in UNDER_WAY])
def test_an_outcome_is_no_report_and_a_report_no_outcome(state):
    with pytest.raises(Refused):
        commitments.report(a_commitment(), state, by="ANA")
    for report in UNDER_WAY:
        with pytest.raises(Refused):
            commitments.settle(a_commitment(), Outcome(report), by="ANA", now=NOW)


def test_only_the_owner_says_anything_about_it():
    acts = [
        lambda: commitments.report(a_commitment(), CommitmentState.STUCK, by="BO"),
        lambda: commitments.settle(a_commitment(), Outcome(CommitmentState.KEPT), by="BO", now=NOW),
        lambda: commitments.change(a_commitment(), a_promise(), by="BO"),
    ]
    for act in acts:
        with pytest.raises(NotYours):
            act()


def test_an_outcome_keeps_what_was_learned_and_the_link():
    outcome = Outcome(
        CommitmentState.KEPT, learned=" Ask\n\n\n\nearly. ", link=" https://example.org/x ", cause=Cause.TIME
    )
    settled = commitments.settle(a_commitment(), outcome, by="ANA", now=NOW)
    assert settled == a_commitment(
        state=CommitmentState.KEPT, learned="Ask\n\nearly.", link="https://example.org/x", settled_at=NOW
    )


def test_not_yet_asks_for_the_cause_and_a_later_outcome_forgets_it():
    with pytest.raises(RefusedFields) as refused:
        commitments.settle(a_commitment(), Outcome(CommitmentState.NOT_YET), by="ANA", now=NOW)
    assert set(refused.value.fields) == {"cause"}
    outcome = Outcome(CommitmentState.NOT_YET, cause=Cause.TOO_BIG)
    not_yet = commitments.settle(a_commitment(), outcome, by="ANA", now=NOW)
    assert not_yet.cause is Cause.TOO_BIG
    kept = commitments.settle(not_yet, Outcome(CommitmentState.KEPT), by="ANA", now=NOW)
    assert kept.cause is None


def test_there_is_one_smaller_experiment_for_every_cause():
    assert set(commitments.EXPERIMENTS) == set(commitments.CAUSES) == set(Cause)
    assert len(set(commitments.EXPERIMENTS.values())) == len(Cause)


def test_a_change_takes_the_new_wording_and_keeps_the_rest():
    before = a_commitment(state=CommitmentState.STUCK, version=3)
    promise = Promise(
        "write to Sam", date(2026, 3, 10), "If lunch is over", Evidence.WITNESS, "a reply", 9, Audience.CIRCLE, "BO"
    )
    after = commitments.change(before, promise, by="ANA")
    assert Promise(*(getattr(after, name) for name in Promise.__dataclass_fields__)) == promise
    assert (after.id, after.state, after.slot, after.made_at, after.version) == (1, CommitmentState.STUCK, 1, NOW, 3)


@pytest.mark.parametrize("state", OUTCOMES)
def test_what_is_settled_is_not_reworded(state):
    with pytest.raises(Refused, match="settled"):
        commitments.change(a_commitment(state=state), a_promise(), by="ANA")


# Who sees it, and what it counts


@pytest.mark.parametrize(
    ("audience", "sees"),
    [
        (Audience.ME, {"ANA", "WIT"}),
        (Audience.BUDDY, {"ANA", "WIT", "BO"}),
        (Audience.CIRCLE, {"ANA", "WIT", "BO", "CHI"}),
    ],
)
def test_who_may_see_it(audience, sees):
    commitment = a_commitment(audience=audience, witness="WIT", buddy="BO")
    people = {"ANA", "BO", "CHI", "WIT", "STRANGER"}
    assert {who for who in people if audience_of.may_see(commitment, who, CIRCLE)} == sees


@pytest.mark.parametrize("audience", [Audience.BUDDY, Audience.CIRCLE])
def test_who_left_the_circle_does_not_see_it_any_more(audience):
    assert not audience_of.may_see(a_commitment(audience=audience, buddy="BO"), "BO", ["ANA", "CHI"])


def test_without_a_buddy_or_witness_nobody_else_sees_it():
    commitment = a_commitment(audience=Audience.BUDDY)
    assert not audience_of.may_see(commitment, "BO", CIRCLE)


def test_nothing_ever_speaks_of_a_streak():
    for module in (commitments, reminders):
        assert "streak" not in inspect.getsource(module).lower()


# Confirming, and telling the circle


@pytest.mark.parametrize(
    ("audience", "witness", "buddy", "who"),
    [
        ("me", None, "BO", None),
        ("me", "CHI", "BO", "CHI"),
        ("buddy", None, "BO", "BO"),
        ("buddy", "CHI", "BO", "CHI"),
        ("circle", None, "BO", None),
        ("circle", "CHI", None, "CHI"),
    ],
)
def test_who_confirms(audience, witness, buddy, who):
    kept = a_commitment(
        audience=Audience(audience), witness=witness, buddy=buddy, state=CommitmentState.KEPT, settled_at=NOW
    )
    assert audience_of.confirmer(kept) == who
    for one in {"BO", "CHI", "ANA", "DEE"} - {who}:
        with pytest.raises(NotYours):
            audience_of.confirm(kept, one, NOW)
    if who:
        seen = audience_of.confirm(kept, who, NOW)
        assert (seen.confirmed_at, audience_of.confirm(seen, who, NOW + timedelta(days=1))) == (NOW, seen)


@pytest.mark.parametrize(
    ("changes", "by", "circle", "sentence"),
    [
        ({}, "ANA", CIRCLE, None),
        ({"state": CommitmentState.KEPT}, "ANA", CIRCLE, None),
        ({}, "BO", CIRCLE, "somebody else's"),
        ({}, "ANA", ("BO", "CHI"), "not in that circle"),
        ({"audience": Audience.ME}, "ANA", CIRCLE, "doesn't see that one"),
        ({"audience": Audience.BUDDY}, "ANA", CIRCLE, "doesn't see that one"),
        ({"state": CommitmentState.REPLACED}, "ANA", CIRCLE, "taken the place"),
    ],
)
def test_the_circle_is_told_only_of_what_it_sees(changes, by, circle, sentence):
    known = a_commitment(**{"audience": Audience.CIRCLE} | changes)
    if sentence is None:
        audience_of.check_sharing(known, by, circle)
    else:
        with pytest.raises(Refused, match=sentence):
            audience_of.check_sharing(known, by, circle)


def test_a_line_for_the_circle_is_made_tidy():
    told = audience_of.share(a_commitment(), "  it \u202e took\n one   call ", now=NOW)
    assert (told.update, told.shared_at) == ("it took\none call", NOW)
    with pytest.raises(Refused, match="too long"):
        audience_of.share(a_commitment(), "x" * 3000, now=NOW)


@pytest.mark.parametrize(
    ("will", "half"),
    [
        ("call 10 customers", "call 5 customers"),
        ("write 7 pages by noon", "write 3 pages by noon"),
        ("call three customers", "spend half an hour on this: call three customers"),
        ("call Sam at 10:30", "spend half an hour on this: call Sam at 10:30"),
        ("read 40 pages and 12 letters", "spend half an hour on this: read 40 pages and 12 letters"),
        ("ship v2.10", "spend half an hour on this: ship v2.10"),
    ],
)
def test_half_as_big(will, half):
    assert commitments.smaller(will) == half
    assert len(commitments.smaller("x" * 200)) <= commitments.LIMITS["will"]
