"""What people type: in Slack's shape, and checked before it is submitted."""

import pytest

from bot.sandbox.forms import encode, missing_answers, state_of
from bot.sandbox.refusal import CannotDo
from tests.sandbox.blocks import field, option, select


def form(element, **more):
    return [field({"action_id": "a", **element}, block_id="b", **more)]


def errors(blocks, raw, workspace):
    typed = {"b": {"a": encode(blocks[0]["element"], raw, workspace=workspace)}}
    return missing_answers(blocks, state_of(blocks, typed))


CASES = [
    ({"type": "plain_text_input"}, "  ", "Please complete this required field."),
    ({"type": "plain_text_input"}, "yes", ""),
    ({"type": "plain_text_input", "min_length": 5}, "four", "Please write at least 5 characters."),
    ({"type": "plain_text_input", "max_length": 3}, "four", "Please write at most 3 characters."),
    ({"type": "number_input", "is_decimal_allowed": False}, "1.5", "Please enter a whole number."),
    ({"type": "number_input", "is_decimal_allowed": True}, "much", "Please enter a number."),
    ({"type": "number_input", "is_decimal_allowed": True, "min_value": "2"}, "1.9", "Please enter at least 2."),
    ({"type": "number_input", "is_decimal_allowed": True, "max_value": "2"}, "2.1", "Please enter at most 2."),
    ({"type": "email_text_input"}, "ana@", "Please enter a valid email address."),
    ({"type": "email_text_input"}, "ana@example.com", ""),
    ({"type": "url_text_input"}, "example.com", "Please enter a valid URL."),
    ({"type": "url_text_input"}, "https://example.com", ""),
    ({"type": "datepicker"}, None, "Please complete this required field."),
    ({"type": "multi_users_select"}, [], "Please complete this required field."),
    ({"type": "checkboxes", "options": [option("a")]}, [], "Please complete this required field."),
]


@pytest.mark.parametrize(("element", "raw", "expected"), CASES)
def test_the_client_refuses_what_slacks_own_would(server, element, raw, expected):
    assert errors(form(element), raw, server.workspace) == ({"b": expected} if expected else {})


def test_what_is_optional_may_stay_empty(server):
    assert errors(form({"type": "plain_text_input"}, optional=True), "", server.workspace) == {}


@pytest.mark.parametrize(
    ("element", "raw", "key", "value"),
    [
        ({"type": "datetimepicker"}, 1772438400, "selected_date_time", 1772438400),
        ({"type": "timepicker"}, "09:30", "selected_time", "09:30"),
        ({"type": "datepicker"}, "", "selected_date", None),
        ({"type": "multi_static_select", "options": [option("x")]}, None, "selected_options", []),
        ({"type": "plain_text_input"}, "hi", "value", "hi"),
    ],
)
def test_values_have_slacks_shape(server, element, raw, key, value):
    assert encode(element, raw, workspace=server.workspace) == {"type": element["type"], key: value}


@pytest.mark.parametrize(
    ("element", "raw"),
    [
        (select(), "c"),
        ({"type": "users_select"}, "U404"),
        ({"type": "channels_select"}, "C404"),
        ({"type": "datepicker"}, "tomorrow"),
        ({"type": "timepicker"}, "9:30"),
        ({"type": "datetimepicker"}, "2026-03-13"),
        ({"type": "multi_static_select", "options": [option("x"), option("y")], "max_selected_items": 1}, ["x", "y"]),
    ],
)
def test_what_a_menu_does_not_offer_cannot_be_chosen(server, element, raw):
    with pytest.raises(CannotDo):
        encode(element, raw, workspace=server.workspace)


def test_typed_values_stay_only_while_block_action_and_kind_stay():
    typed = {"b": {"a": {"type": "plain_text_input", "value": "kept"}}}
    assert state_of(form({"type": "plain_text_input"}), typed)["b"]["a"]["value"] == "kept"
    renamed = [field({"type": "plain_text_input", "action_id": "a"}, block_id="other")]
    assert state_of(renamed, typed)["other"]["a"]["value"] is None
    changed = form({"type": "datepicker", "initial_date": "2026-03-02"})
    assert state_of(changed, typed)["b"]["a"]["selected_date"] == "2026-03-02"


def test_a_conversation_menu_may_start_where_one_is():
    blocks = form({"type": "conversations_select", "default_to_current_conversation": True})
    assert state_of(blocks, {}, "C1")["b"]["a"]["selected_conversation"] == "C1"


@pytest.mark.parametrize(
    ("element", "raw"),
    [
        ({"type": "external_select", "initial_option": option("berlin")}, "berlin"),
        ({"type": "multi_external_select", "initial_options": [option("berlin"), option("oslo")]}, ["oslo"]),
    ],
)
def test_what_an_external_menu_showed_at_first_can_be_sent_as_it_stands(server, element, raw):
    """Its options are asked of the app while one types, so untouched there are none but these."""
    assert errors(form(element), raw, server.workspace) == {}
    with pytest.raises(CannotDo):
        errors(form(element), "paris" if isinstance(raw, str) else ["paris"], server.workspace)
