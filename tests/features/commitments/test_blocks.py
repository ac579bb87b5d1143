"""How commitments look, branch by branch."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.domain.circles import CircleState
from bot.domain.commitments import (
    OUTCOMES,
    Audience,
    Cause,
    CommitmentState,
    Evidence,
    Question,
    Setting,
)
from bot.domain.ids import ChannelId, CommitmentId, Timestamp
from bot.domain.kept import KeptRate
from bot.features.commitments import blocks, form, history, said
from bot.features.commitments.flows import Saved
from bot.features.commitments.history import Page
from bot.features.commitments.older import Older
from bot.features.commitments.reading import Desk, Overview, Part
from bot.features.commitments.telling import Told
from bot.store.messages import Place
from tests.builders import a_circle, a_commitment, a_session, an_id
from tests.clock import START

TODAY = date(2026, 3, 5)
OAK, ELM = a_circle(), a_circle(id=2, name="Elm")
NEXT = a_session(id=2, planned_for=date(2026, 3, 19))
OTHERS = [(an_id(name), name) for name in ("Bo", "Chi", "Dee")]
FULL = a_commitment(
    will="ask <!channel> for *help*",
    cue="If it is Tuesday at nine, then I write",
    evidence_kind=Evidence.ARTEFACT,
    evidence="A page of notes",
    confidence=6,
    audience=Audience.BUDDY,
    buddy=an_id("Bo"),
    witness=an_id("Chi"),
)
SECOND = a_commitment(id=2, slot=2, will="write page one", audience=Audience.CIRCLE, state=CommitmentState.ON_IT)


def a_desk(**overrides):
    setting = Setting(an_id("Ana"), [who for who, _ in OTHERS], TODAY, date(2026, 3, 19))
    given = {"circle": OAK, "session": a_session(), "setting": setting, "buddy": OTHERS[0], "others": OTHERS}
    return Desk(**given | overrides)


def settled(state, **overrides):
    cause = Cause.TIME if state is CommitmentState.NOT_YET else None
    given = {"state": state, "learned": "Ask earlier", "cause": cause, "settled_at": START, "witness": an_id("Chi")}
    return a_commitment(**given | overrides)


# The forms


def test_the_first_form(looks_right):
    looks_right(form.make(a_desk()))


def test_the_second_form(looks_right):
    looks_right(form.make(a_desk(taken=[FULL])))


def test_the_form_of_somebody_alone_without_a_next_session(looks_right):
    alone = Setting(an_id("Ana"), [], TODAY, None)
    looks_right(form.make(a_desk(setting=alone, buddy=None, others=())))


def test_the_form_for_a_smaller_one(looks_right):
    looks_right(form.make(a_desk(after=settled(CommitmentState.NOT_YET))))


def test_the_one_question(looks_right):
    looks_right(form.make(a_desk(), SECOND, Question("will", "What will you do, exactly?")))


def test_the_question_whether_half_would_do(looks_right):
    looks_right(form.make(a_desk(), FULL, Question("confidence", "Would half as big do?")))


def test_the_form_for_a_change(looks_right):
    looks_right(form.change(FULL.id, a_desk(), FULL))


def test_the_form_for_a_change_asks_too(looks_right):
    looks_right(form.change(FULL.id, a_desk(buddy=None), FULL, Question("confidence", "Would half as big do?")))


def test_the_form_for_another_day(looks_right):
    looks_right(form.move(FULL, a_desk()))


def test_the_form_for_an_outcome(looks_right):
    looks_right(form.outcome(FULL))


def test_the_form_for_a_correction(looks_right):
    looks_right(form.outcome(settled(CommitmentState.NOT_YET, link="https://example.org")))


def test_the_longest_words_fit_into_every_form(looks_right):
    longest = a_commitment(will="🧑‍🚀" * 66, cue="x" * 200, evidence="y" * 200, confidence=1)
    looks_right(form.make(a_desk(others=[(an_id("Bo"), "B" * 120)]), longest, Question("will", "What?")))


# The overview and Home


def an_overview(*parts, **overrides):
    return Overview(an_id("Ana"), TODAY, parts, **overrides)


PARTS = {
    "nothing-yet": Part(OAK, [], None, NEXT),
    "no-date-yet": Part(OAK, []),
    "room-for-two": Part(OAK, [], a_session(), NEXT, room=True),
    "one-made": Part(OAK, [FULL], a_session(), NEXT, room=True),
    "both-made": Part(OAK, [FULL, SECOND], a_session(), NEXT),
    "overdue": Part(OAK, [a_commitment(by=TODAY - timedelta(days=1))], a_session(), NEXT),
    "settled": Part(OAK, [settled(CommitmentState.KEPT, confirmed_at=START)], a_session(), NEXT, room=True),
    "both-settled": Part(
        OAK, [settled(CommitmentState.KEPT), settled(CommitmentState.DROPPED, id=2)], a_session(), NEXT
    ),
    "left": Part(OAK, [SECOND], is_over=True),
    "ended": Part(replace(OAK, name="Oak <!channel>", state=CircleState.CLOSED), [SECOND], is_over=True),
    "not-known": Part(None, [SECOND], is_over=True),
}


@pytest.mark.parametrize("part", PARTS.values(), ids=PARTS)
def test_the_overview(looks_right, part):
    looks_right(blocks.overview(an_overview(part)))


@pytest.mark.parametrize("part", PARTS.values(), ids=PARTS)
def test_home(looks_right, part):
    looks_right(blocks.home(an_overview(part)))


def test_the_overview_of_several_circles_with_what_is_shared(looks_right):
    shared = [a_commitment("Bo", id=7, will="draft <!here>"), a_commitment("Chi", id=8)]
    parts = [PARTS["both-made"], Part(ELM, [], a_session(id=3), None, room=True)]
    looks_right(blocks.overview(an_overview(*parts, kept=KeptRate(3, 1, 5), shared=shared)))


def test_without_a_circle(looks_right):
    looks_right(blocks.overview(an_overview()))
    assert blocks.home(an_overview()) == []


@pytest.mark.parametrize("kept", [KeptRate(0, 0, 1), KeptRate(2, 0, 2), KeptRate(1, 2, 4)])
def test_the_kept_rate_in_words(looks_right, kept):
    looks_right(blocks.home(an_overview(PARTS["room-for-two"], kept=kept)))


def test_the_overview_is_never_longer_than_a_message(looks_right):
    many = [Part(OAK, [a_commitment(id=number) for number in range(n, n + 10)]) for n in (10, 30, 50)]
    assert len(blocks.overview(an_overview(*many)).blocks) == 50


# Answers


def test_two_already(looks_right):
    looks_right(blocks.two_already(a_desk(taken=[FULL, SECOND])))


@pytest.mark.parametrize("room", [a_session(), None], ids=["room", "full"])
@pytest.mark.parametrize("replaced", [False, True], ids=["new", "changed"])
def test_one_is_saved(looks_right, room, replaced):
    looks_right(blocks.made(Saved(FULL, OAK, room, replaced)))


@pytest.mark.parametrize("last_on", [None, date(2026, 3, 16)], ids=["reminder-ahead", "no-more-reminder"])
def test_a_day_is_moved(looks_right, last_on):
    looks_right(blocks.moved(Saved(a_commitment(last_on=last_on), OAK)))


def test_on_it(looks_right):
    looks_right(blocks.on_it(FULL))


@pytest.mark.parametrize("audience", list(Audience))
def test_stuck(looks_right, audience):
    looks_right(blocks.stuck(a_commitment(audience=audience, buddy=an_id("Bo")), OAK))


def test_stuck_without_a_buddy_or_a_channel(looks_right):
    looks_right(blocks.stuck(a_commitment(audience=Audience.CIRCLE), a_circle("Ana", channel=None)))


@pytest.mark.parametrize("among", [Audience.BUDDY, Audience.CIRCLE])
def test_help_is_asked_for(looks_right, among):
    looks_right(blocks.asked(FULL, OAK, among))


@pytest.mark.parametrize("state", OUTCOMES)
@pytest.mark.parametrize("room", [a_session(), None], ids=["room", "full"])
def test_how_it_ended(looks_right, state, room):
    looks_right(blocks.settled(Saved(settled(state), OAK, room)))


def test_how_it_ended_without_a_word_about_it(looks_right):
    looks_right(blocks.settled(Saved(a_commitment(state=CommitmentState.KEPT), OAK)))


def test_how_it_ended_where_the_witness_saw_it(looks_right):
    looks_right(blocks.settled(Saved(settled(CommitmentState.KEPT, confirmed_at=START), OAK)))


# Letters


@pytest.mark.parametrize("about", [[FULL], [FULL, SECOND]], ids=["one", "both"])
@pytest.mark.parametrize("letter", [said.receipt, said.midpoint, said.last_reminder])
def test_the_letters_to_the_owner(looks_right, letter, about):
    looks_right(letter(OAK, about))


@pytest.mark.parametrize("state", [CommitmentState.KEPT, CommitmentState.PARTLY])
def test_the_question_to_the_witness(looks_right, state):
    looks_right(said.witness_asked(settled(state, link="https://example.org/?a=1&b=2" * (state == "kept"))))


def test_the_witness_has_confirmed(looks_right):
    looks_right(said.confirmed(FULL))


def test_the_question_to_the_buddy(looks_right):
    kept = settled(CommitmentState.KEPT, witness=None, buddy=an_id("Bo"), audience=Audience.BUDDY)
    looks_right(said.witness_asked(kept))


@pytest.mark.parametrize("among", [Audience.BUDDY, Audience.CIRCLE])
def test_a_call_for_help(looks_right, among):
    looks_right(said.help_wanted(FULL, among))


def test_a_replaced_one_has_nothing_to_tap():
    assert len(blocks.item(a_commitment(state=CommitmentState.REPLACED))) == 1


PLACE = Place(ChannelId("D0ANA"), Timestamp("1773324000.000100"))


@pytest.mark.parametrize("kind", ["receipt", "midpoint", "reminder"])
@pytest.mark.parametrize("second", [CommitmentState.OPEN, CommitmentState.DROPPED])
def test_letters_sent_before_say_what_became_of_it(looks_right, kind, second):
    about = (a_commitment(state=CommitmentState.KEPT), a_commitment(id=CommitmentId(2), slot=2, state=second))
    saved = Saved(about[0], a_circle(), older=(Older(f"commitments.{kind}", PLACE, about),))
    [edit] = said.edits(saved)
    assert edit.ts == PLACE.ts
    looks_right(edit.message)


# News before the circle meets, and what was before

NEWS = settled(
    CommitmentState.KEPT, audience=Audience.CIRCLE, update="It took *one* call, <!channel>.", shared_at=START
)


def test_the_form_for_news(looks_right):
    looks_right(form.tell(NEWS, OAK))


@pytest.mark.parametrize("line", [NEWS.update, ""], ids=["line", "tap"])
@pytest.mark.parametrize("posted", [True, False])
def test_news_for_the_circle(looks_right, line, posted):
    news = replace(NEWS, update=line)
    looks_right(blocks.told(Told(news, OAK, agenda=PLACE if posted else None)))
    if posted:
        looks_right(said.news(news))


def test_the_overview_offers_to_tell_the_circle_of_what_it_sees(looks_right):
    part = Part(OAK, [replace(NEWS, shared_at=None), SECOND], a_session(), NEXT)
    looks_right(blocks.overview(an_overview(part)))


PAGES = {
    "empty": Page([]),
    "none-of-these": Page([], "kept", 0, 0),
    "first": Page(
        [FULL, replace(NEWS, id=CommitmentId(8)), a_commitment(id=9, state=CommitmentState.REPLACED)],
        of_all=12,
        circles={OAK.id: OAK},
    ),
    "middle": Page([NEWS], "kept", 1, 12),
    "last": Page([settled(CommitmentState.NOT_YET, link="https://example.org/?a=1&b=2")], number=2, of_all=11),
}


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_what_was_before(looks_right, page):
    looks_right(history.view(replace(page, kept=KeptRate(3, 1, 5))))
