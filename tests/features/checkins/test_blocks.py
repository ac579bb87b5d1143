"""How the weekly check-in looks, branch by branch."""

from datetime import date, timedelta

import pytest

from bot.domain.checkins import Answer, Round, RoundState, summarise
from bot.domain.helping import Call, Reason
from bot.domain.hours import Stretch
from bot.domain.ids import ChannelId, CircleId, RoundId, Timestamp
from bot.domain.prompts import FAMILIES
from bot.features.checkins import blocks, form, helping_blocks
from bot.features.checkins.flows import Open, Saved
from bot.slack.replies import Edit
from bot.store.messages import Place
from tests.builders import a_circle, an_id
from tests.clock import START

CIRCLE = a_circle()
PLACE = Place(ChannelId("C0OAK"), Timestamp("1772442000.000100"))
CALL = Call(5, 9, RoundId(1), CircleId(1), an_id("Ana"), helper=an_id("Bo"))
SHARED = Stretch(START, START + timedelta(hours=2))
NASTY = "<!channel> *all* & `x` <@U0BO> \U0001f9ed \u05e9\u05dc\u05d5\u05dd"


def a_round(family="stuck", number=1):
    prompt = next(one.prompts[0] for one in FAMILIES if one.key == family)
    opens, closes = START.replace(day=3), START.replace(day=5)
    return Round(RoundId(number), CircleId(1), date(2026, 3, 2), opens, closes, family, prompt, RoundState.OPEN)


def an_answer(name="Ana", text="The talk in June.\nI wrote the first line.", wanted="", helper=None):
    return Answer(RoundId(1), an_id(name), text, wanted, an_id(helper) if helper else None)


def an_open(said=None, number=1, **circle):
    return Open(a_circle(**circle) if circle else CIRCLE, a_round(number=number), said)


def closed_with(*answers):
    counted = summarise(CIRCLE.members, answers)
    return blocks.summary(counted, [(number, one) for number, one in enumerate(answers, 1) if one.help])


@pytest.mark.parametrize("family", ["stuck", "silent"])
def test_the_thread(looks_right, family):
    looks_right(blocks.thread(a_round(family)))


@pytest.mark.parametrize("family", ["stuck", "silent"])
def test_the_form_of_a_first_answer(looks_right, family):
    looks_right(form.answer(Open(CIRCLE, a_round(family), None)))


def test_the_form_of_a_second_thought(looks_right):
    looks_right(form.answer(an_open(an_answer(wanted="My opening"), name="Oak <&> Elm")))


def test_an_answer(looks_right):
    looks_right(blocks.answer(an_answer(wanted="What is asked for waits for the summary")))


def test_an_answer_that_would_ring_everybody(looks_right):
    looks_right(blocks.answer(an_answer(text=NASTY)))


@pytest.mark.parametrize("changed", [False, True])
def test_a_saved_answer(looks_right, changed):
    looks_right(blocks.answer_saved(changed))


def test_an_answer_is_edited_only_where_it_stands():
    given = an_answer()
    assert blocks.edits(Saved(given, None)) == ()
    assert blocks.edits(Saved(given, PLACE)) == (Edit(PLACE.channel, PLACE.ts, blocks.answer(given)),)


def test_the_reminder(looks_right):
    looks_right(blocks.reminder(CIRCLE, a_round()))


def test_the_question_once_it_has_closed(looks_right):
    looks_right(blocks.thread_closed(a_round(), summarise([an_id("Ana"), an_id("Bo")], [an_answer()])))


def test_the_question_once_it_has_closed_in_silence(looks_right):
    looks_right(blocks.thread_closed(a_round(), summarise([an_id("Ana")], [])))


def test_the_reminder_once_answered(looks_right):
    looks_right(blocks.reminder_answered())


def test_the_reminder_once_closed(looks_right):
    looks_right(blocks.reminder_closed())


def test_a_summary_of_a_quiet_week(looks_right):
    looks_right(closed_with())


def test_a_summary_without_a_call_for_help(looks_right):
    looks_right(closed_with(an_answer(), an_answer("Bo")))


def test_a_summary_with_one_call_for_help(looks_right):
    looks_right(closed_with(an_answer(wanted=NASTY), an_answer("Bo")))


def test_a_summary_with_several_of_which_one_is_answered(looks_right):
    looks_right(closed_with(an_answer(wanted="My opening"), an_answer("Bo", wanted="A title", helper="Chi")))


def test_a_summary_of_a_great_many_calls_is_within_limits(looks_right):
    names = [f"P{number}" for number in range(40)]
    answers = [an_answer(name, wanted="A second reader") for name in names]
    counted = summarise([an_id(name) for name in names], answers)
    shown = blocks.summary(counted, list(enumerate(answers, 1)))
    looks_right(shown)
    assert len(shown.blocks) <= 50


def test_whoever_helps_is_thanked(looks_right):
    looks_right(blocks.help_picked_up(an_answer(wanted="My opening", helper="Bo")))


@pytest.mark.parametrize("reader", ["Ana", "Bo"])
def test_both_hear_of_the_help(looks_right, reader):
    picked = an_answer(wanted="My opening", helper="Bo")
    looks_right(helping_blocks.found(picked, an_id(reader), Reason(shared=SHARED), "Europe/Berlin"))


@pytest.mark.parametrize(
    "reason",
    [Reason(), Reason("Openings <!here>"), Reason("", SHARED), Reason("Openings", SHARED)],
    ids=["circle", "skill", "hours", "both"],
)
def test_somebody_is_asked_for_a_hand(looks_right, reason):
    looks_right(helping_blocks.asked(CALL, an_answer(wanted=NASTY), reason, "Europe/Berlin"))


@pytest.mark.parametrize(
    "message",
    [
        helping_blocks.passed(),
        helping_blocks.taken(an_answer(wanted="My opening")),
        helping_blocks.nobody(an_answer(wanted="My opening")),
        helping_blocks.went(CALL, an_answer(wanted="My opening")),
        helping_blocks.thanks_said(CALL),
        helping_blocks.not_yet(CALL),
        helping_blocks.thanked(CALL, an_answer(wanted="My opening")),
    ],
    ids=["passed", "taken", "nobody", "went", "thanks-said", "not-yet", "thanked"],
)
def test_what_comes_of_a_call_for_help(looks_right, message):
    looks_right(message)


def test_no_check_in_is_open(looks_right):
    looks_right(blocks.this_week([]))


def test_this_weeks_questions(looks_right):
    looks_right(blocks.this_week([an_open(), an_open(an_answer(), number=2, name="Elm")]))


def test_home_without_a_question():
    assert blocks.home([]) == []


def test_home_with_questions(looks_right):
    looks_right(blocks.home([an_open(), an_open(an_answer(), number=2, name="Elm")]))


def test_home_of_somebody_in_a_great_many_circles_is_within_limits(looks_right):
    looks_right(blocks.home([an_open(number=number) for number in range(1, 20)]))
