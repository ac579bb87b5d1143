"""What came with a request, as values."""

from datetime import date, time

import pytest

from bot.domain.ids import MemberId, TeamId
from bot.slack.requests import Answers, Click, View


def answered(block: str, element: dict) -> Answers:
    return Answers({block: {"any action": element}})


def test_a_typed_text_comes_without_the_blanks_around_it():
    assert answered("goal", {"type": "plain_text_input", "value": "  Speak up \n"}).text("goal") == "Speak up"


@pytest.mark.parametrize(
    ("element", "chosen"),
    [
        ({"type": "static_select", "selected_option": {"value": "peer"}}, "peer"),
        ({"type": "radio_buttons", "selected_option": None}, ""),
        ({"type": "users_select", "selected_user": "U0BO"}, "U0BO"),
        ({"type": "channels_select", "selected_channel": "C0OAK"}, "C0OAK"),
        ({"type": "conversations_select", "selected_conversation": "D0BO"}, "D0BO"),
        ({"type": "users_select", "selected_user": None}, ""),
    ],
)
def test_a_choice_is_its_value_or_empty(element, chosen):
    assert answered("who", element).choice("who") == chosen


@pytest.mark.parametrize(
    ("element", "chosen"),
    [
        ({"type": "checkboxes", "selected_options": [{"value": "a"}, {"value": "b"}]}, ["a", "b"]),
        ({"type": "checkboxes", "selected_options": []}, []),
        ({"type": "multi_users_select", "selected_users": ["U0BO", "U0CHI"]}, ["U0BO", "U0CHI"]),
        ({"type": "multi_conversations_select", "selected_conversations": []}, []),
        ({"type": "multi_channels_select", "selected_channels": ["C0OAK"]}, ["C0OAK"]),
    ],
)
def test_choices_are_their_values_in_order(element, chosen):
    assert answered("who", element).choices("who") == chosen


def test_pickers_give_dates_times_and_moments():
    assert answered("by", {"selected_date": "2026-03-12"}).day("by") == date(2026, 3, 12)
    assert answered("at", {"selected_time": "15:30"}).wall_time("at") == time(15, 30)
    assert answered("when", {"selected_date_time": 1772719200}).moment("when") == 1772719200


@pytest.mark.parametrize("answers", [Answers(), answered("x", {"value": None}), Answers({"x": {}})])
def test_what_was_left_empty_reads_as_empty(answers):
    assert (answers.text("x"), answers.choice("x"), answers.choices("x")) == ("", "", [])
    assert (answers.day("x"), answers.wall_time("x"), answers.moment("x")) == (None, None, None)


@pytest.mark.parametrize(("view", "at_home"), [(None, False), (View("V1"), False), (View("V1", kind="home"), True)])
def test_a_click_knows_whether_it_was_made_at_home(view, at_home):
    assert Click(TeamId("T0OAK"), MemberId("U0ANA"), view=view).at_home is at_home
