"""The sponsor's ledger: whose it is, who sees what of it, and how often it is brought up."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest

from bot.domain import sponsoring
from bot.domain.errors import NotYours, Refused, RefusedFields
from bot.domain.ids import OutcomeId, RelationshipId
from bot.domain.intros import Intro, IntroState
from bot.domain.people import Kind
from bot.domain.relationships import born, close
from bot.domain.reminders import Place
from bot.domain.sponsoring import Act, Outcome, OutcomeState, Words
from tests.builders import an_id
from tests.clock import START

ANA, BO, CHI = an_id("Ana"), an_id("Bo"), an_id("Chi")
BERLIN, TODAY = Place("Europe/Berlin"), date(2026, 3, 2)
WORDS = Words(Act.ROOM, "take her to the board", date(2026, 4, 30))
OPEN = Outcome(**vars(WORDS), id=OutcomeId(1), relationship=RelationshipId(1), sponsor=BO, protege=ANA, made_at=START)


def a_sponsorship(kind=Kind.SPONSOR):
    accepted = {"id": 1, "asked_at": START, "answer_by": START, "state": IntroState.ACCEPTED}
    return born(Intro(asker=ANA, asked=BO, kind=kind, **accepted), START)


def test_only_the_sponsor_of_an_open_sponsorship_takes_something_on():
    sponsoring.check_sponsorship(a_sponsorship(), BO)
    for wrong, by in ((a_sponsorship(), ANA), (a_sponsorship(), CHI), (a_sponsorship(Kind.SKILL), BO)):
        with pytest.raises(NotYours):
            sponsoring.check_sponsorship(wrong, by)
    with pytest.raises(Refused, match="ended"):
        sponsoring.check_sponsorship(close(a_sponsorship(), START), BO)


@pytest.mark.parametrize(
    ("words", "wrong"),
    [
        (replace(WORDS, what=" "), {"what"}),
        (replace(WORDS, what="x" * 3000), {"what"}),
        (replace(WORDS, by=TODAY), {"by"}),
        (replace(WORDS, by=date(2099, 1, 1)), {"by"}),
    ],
)
def test_what_is_wrong_stands_under_its_field(words, wrong):
    with pytest.raises(RefusedFields) as refused:
        sponsoring.check(words, TODAY)
    assert set(refused.value.fields) == wrong


@pytest.mark.parametrize(("state", "quiet"), list(product(OutcomeState, [True, False])))
def test_what_is_kept_quiet_is_seen_by_the_other_when_it_is_done(state, quiet):
    one = replace(OPEN, state=state, quiet=quiet)
    assert one.shown_to(BO) and not one.shown_to(CHI)
    assert one.shown_to(ANA) is (not quiet or state in (OutcomeState.DONE, OutcomeState.SEEN))


def test_done_then_seen_and_nothing_the_other_way_round():
    with pytest.raises(Refused, match="not said yet"):
        sponsoring.seen(OPEN, ANA)
    with pytest.raises(NotYours):
        sponsoring.done(OPEN, "", by=ANA, now=START)
    done = sponsoring.done(OPEN, "she spoke", by=BO, now=START)
    seen = sponsoring.seen(sponsoring.seen(done, ANA), ANA)
    assert seen.state is OutcomeState.SEEN
    assert sponsoring.done(seen, "she spoke well", by=BO, now=START).state is OutcomeState.SEEN
    for by in (BO, CHI):
        with pytest.raises(NotYours):
            sponsoring.seen(done, by)
    with pytest.raises(Refused, match="done already"):
        sponsoring.let_go(done, by=BO, now=START)
    with pytest.raises(Refused, match="let that one go"):
        sponsoring.done(sponsoring.let_go(OPEN, by=BO, now=START), "", by=BO, now=START)


def test_one_reminder_a_week_before_where_there_is_time_for_it():
    at = sponsoring.remind_at(OPEN, BERLIN)
    assert at is not None and at.date() == date(2026, 4, 23)
    assert sponsoring.remind_at(replace(OPEN, by=None), BERLIN) is None
    assert sponsoring.remind_at(replace(OPEN, by=TODAY + timedelta(days=3)), BERLIN) is None
    assert sponsoring.remind_at(replace(OPEN, state=OutcomeState.DONE), BERLIN) is None
    assert sponsoring.season_at(date(2026, 6, 1), BERLIN).date() == date(2026, 5, 18)


def test_eight_things_for_one_person_are_enough():
    sponsoring.check_room([OPEN] * 7)
    with pytest.raises(Refused, match="8 things"):
        sponsoring.check_room([OPEN] * 8)
