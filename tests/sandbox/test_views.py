"""Views as Slack takes them: modals and Home."""

import pytest

from bot.sandbox.blockkit import view_faults
from tests.sandbox.blocks import actions, button, field, home, line, marked, modal, plain, rich, section, table, words

GOOD_VIEWS = {
    "modal": modal(section()),
    "modal without submit": {k: v for k, v in modal(section()).items() if k != "submit"},
    "modal in full": modal(
        field({"type": "plain_text_input", "multiline": True, "max_length": 3000, "focus_on_load": True}),
        close=plain("Not now"),
        private_metadata="x" * 3000,
        callback_id="form",
        external_id="form-1",
        clear_on_close=True,
        notify_on_close=True,
    ),
    "number": modal(
        field(
            {"type": "number_input", "is_decimal_allowed": False, "min_value": "1", "max_value": "10"},
            optional=True,
            hint=plain(),
        )
    ),
    "mail and address": modal(field({"type": "email_text_input"}), field({"type": "url_text_input"})),
    "rich text input": modal(field({"type": "rich_text_input", "initial_value": rich(line(words()))})),
    "file": modal(field({"type": "file_input", "filetypes": ["csv"], "max_files": 1})),
    "alert": modal({"type": "alert", "text": plain(), "level": "warning"}),
    "answer url": modal(
        field(
            {
                "type": "conversations_select",
                "response_url_enabled": True,
                "default_to_current_conversation": True,
                "filter": {"include": ["private"], "exclude_bot_users": True},
            }
        )
    ),
    "home": home(section(), actions(button())),
    "home with an input": home(field({"type": "plain_text_input"}, dispatch_action=True)),
}


@pytest.mark.parametrize("view", GOOD_VIEWS.values(), ids=GOOD_VIEWS)
def test_a_right_view_passes(view):
    assert view_faults(view, view["type"]) is None


BAD_VIEWS = {
    "long title": (
        modal(section(), title=plain("x" * 25)),
        "less than 25 characters [json-pointer:/view/title/text]",
    ),
    "long submit": (modal(section(), submit=plain("x" * 25)), "[json-pointer:/view/submit/text]"),
    "mrkdwn title": (modal(section(), title=marked()), "must be one of: plain_text"),
    "no blocks": (modal(), "no fewer than 1 items allowed [json-pointer:/view/blocks]"),
    "101 blocks": (modal(*[section()] * 101), "no more than 100 items allowed [json-pointer:/view/blocks]"),
    "metadata": (modal(section(), private_metadata="x" * 3001), "[json-pointer:/view/private_metadata]"),
    "callback": (modal(section(), callback_id="x" * 256), "[json-pointer:/view/callback_id]"),
    "unknown": (modal(section(), size="large"), "invalid additional property: size [json-pointer:/view]"),
    "null": (modal(section(), close=None), "must provide an object [json-pointer:/view/close]"),
    "deep": (
        modal(section(), section(text=marked("x" * 3001))),
        "[json-pointer:/view/blocks/1/text/text]",
    ),
    "table in a modal": (modal(table([["a"]])), "not available in a modal"),
    "number as a number": (
        modal(field({"type": "number_input", "is_decimal_allowed": False, "min_value": 1})),
        "must be a number written as a string [json-pointer:/view/blocks/0/element/min_value]",
    ),
    "number without its flag": (
        modal(field({"type": "number_input"})),
        "missing required field: is_decimal_allowed",
    ),
    "fraction": (
        modal(field({"type": "number_input", "is_decimal_allowed": False, "max_value": "1.5"})),
        "must be a whole number",
    ),
    "bounds": (
        modal(field({"type": "number_input", "is_decimal_allowed": True, "min_value": "3", "max_value": "2"})),
        "less than or equal to max_value",
    ),
    "long label": (modal(field({"type": "plain_text_input"}, label=plain("x" * 2001))), "/view/blocks/0/label/text]"),
    "mrkdwn hint": (modal(field({"type": "plain_text_input"}, hint=marked())), "must be one of: plain_text"),
    "home with a title": (home(section(), title=plain()), "invalid additional property: title"),
    "datetimepicker at home": (
        home(actions({"type": "datetimepicker"})),
        "datetimepicker, not available in a home",
    ),
}


@pytest.mark.parametrize(("view", "expected"), BAD_VIEWS.values(), ids=BAD_VIEWS)
def test_a_wrong_view_is_refused_with_its_place(view, expected):
    fault = view_faults(view, view["type"])
    assert fault is not None
    assert fault.error == "invalid_arguments"
    assert any(expected in message for message in fault.messages), fault.messages


def test_an_input_needs_a_submit():
    view = modal(field({"type": "plain_text_input"}))
    del view["submit"]
    assert "missing required field: submit" in view_faults(view, "modal").messages[0]


def test_a_view_of_the_wrong_kind_is_refused():
    assert view_faults(home(section()), "modal") is not None
    assert view_faults(modal(section()), "home") is not None
    assert view_faults([], "modal").error == "invalid_arguments"


def test_a_view_is_at_most_250_kilobytes():
    big = modal(*[section(text=marked("x" * 2900)) for _ in range(90)])
    assert view_faults(big, "modal").error == "view_too_large"
