"""Blocks as Slack takes them in a message: what passes, and what must hold across blocks."""

import copy

import pytest

from bot.sandbox.blockkit import message_faults
from tests.sandbox.blocks import (
    PNG,
    actions,
    button,
    chart,
    field,
    line,
    marked,
    option,
    plain,
    rich,
    section,
    select,
    table,
    words,
)

GOOD_IN_MESSAGE = {
    "section": section(),
    "section with fields": {"type": "section", "fields": [marked(), plain()]},
    "section with an image": section(accessory={"type": "image", "image_url": PNG, "alt_text": "A"}),
    "section with a button": section(accessory=button(action_id="go", value="1", style="primary")),
    "section expanded": section(expand=True),
    "section with a multi select": section(
        accessory={"type": "multi_users_select", "max_selected_items": 2, "initial_users": ["U1"]}
    ),
    "25 buttons": actions(*[button(action_id=str(n)) for n in range(25)]),
    "overflow": actions({"type": "overflow", "options": [option("a", url="https://example.com")]}),
    "checkboxes": actions(
        {"type": "checkboxes", "options": [{"text": marked(), "value": "a", "description": marked()}]}
    ),
    "context": {
        "type": "context",
        "elements": [marked(), plain(), {"type": "image", "image_url": PNG, "alt_text": "A"}],
    },
    "header": {"type": "header", "text": plain("x" * 150), "level": 2},
    "divider": {"type": "divider"},
    "image": {"type": "image", "alt_text": "A", "slack_file": {"id": "F1"}, "title": plain()},
    "input in a message": field({"type": "plain_text_input"}),
    "datetimepicker": actions({"type": "datetimepicker", "initial_date_time": 1772438400}),
    "timepicker": actions(
        {"type": "timepicker", "initial_time": "09:30", "timezone": "Europe/Berlin", "placeholder": plain()}
    ),
    "confirm": actions(
        button(
            confirm={
                "title": plain(),
                "text": marked(),
                "confirm": plain("Yes"),
                "deny": plain("No"),
                "style": "danger",
            }
        )
    ),
    "rich text in full": rich(
        line(
            words("bold", bold=True, italic=False),
            {"type": "link", "url": "https://example.com", "text": "here"},
            {"type": "user", "user_id": "U1"},
            {"type": "channel", "channel_id": "C1"},
            {"type": "usergroup", "usergroup_id": "S1"},
            {"type": "emoji", "name": "wave"},
            {"type": "date", "timestamp": 1772438400, "format": "{date}", "fallback": "2 March"},
            {"type": "color", "value": "#2c5d63"},
            {"type": "broadcast", "range": "here"},
            {"type": "team", "team_id": "T1"},
        ),
        {"type": "rich_text_list", "style": "bullet", "indent": 8, "elements": [line(words())]},
        {"type": "rich_text_preformatted", "elements": [words()], "border": 0},
        {"type": "rich_text_quote", "elements": [words()]},
    ),
    "markdown": {"type": "markdown", "text": "# Hello"},
    "table": table([["a", "b"], ["c", "d"]], column_settings=[{"align": "right"}, None]),
    "data table": {
        "type": "data_table",
        "caption": "People",
        "page_size": 5,
        "rows": [
            [{"type": "raw_text", "text": "Name"}],
            [{"type": "raw_number", "value": 4, "text": "4"}],
        ],
    },
    "bar chart": chart(),
    "pie chart": chart(chart={"type": "pie", "segments": [{"label": "Kept", "value": 3}]}),
    "card": {"type": "card", "title": marked(), "actions": [button()]},
    "carousel": {"type": "carousel", "elements": [{"type": "card", "body": plain()}]},
    "container": {
        "type": "container",
        "title": plain(),
        "child_blocks": [section()],
        "is_collapsible": True,
    },
    "feedback": {
        "type": "context_actions",
        "elements": [
            {
                "type": "feedback_buttons",
                "positive_button": {"text": plain("Good"), "value": "1"},
                "negative_button": {"text": plain("Bad"), "value": "0"},
            },
            {"type": "icon_button", "icon": "trash", "text": plain("Delete")},
        ],
    },
    "plan": {
        "type": "plan",
        "title": "Plan",
        "tasks": [{"type": "task_card", "task_id": "1", "title": "One", "status": "pending"}],
    },
    "initial option": actions(select(initial_option=option("b"))),
    "initial option by Slack's own emoji flag": actions(
        select(initial_option={"text": {**plain("b"), "emoji": True}, "value": "b"})
    ),
    "groups": actions(
        {"type": "static_select", "option_groups": [{"label": plain("One"), "options": [option("a")]}]}
    ),
}


@pytest.mark.parametrize("block", GOOD_IN_MESSAGE.values(), ids=GOOD_IN_MESSAGE)
def test_a_right_block_passes(block):
    assert message_faults([block]) is None


def test_a_message_holds_fifty_blocks():
    assert message_faults([section()] * 50) is None
    assert "no more than 50" in message_faults([section()] * 51).messages[0]


def test_block_ids_are_unique_in_a_message_and_action_ids_in_a_block():
    twice = message_faults([section(block_id="a"), {"type": "divider", "block_id": "a"}])
    assert "block_id a already exists" in twice.messages[0]
    twice = message_faults([actions(button(action_id="go"), button(action_id="go"))])
    assert "action_id go already exists" in twice.messages[0]
    assert message_faults([actions(button(action_id="go")), actions(button(action_id="go"))]) is None


def test_one_table_and_two_charts_a_message():
    assert message_faults([table([["a"]]), table([["b"]])]).error == "only_one_table_allowed"
    assert message_faults([chart(), chart()]) is None
    assert message_faults([chart()] * 3).error == "invalid_blocks"


def test_all_blocks_together_have_a_limit():
    assert message_faults([section(text=marked("x" * 2800))] * 4) is None
    assert message_faults([section(text=marked("x" * 2900))] * 4).error == "msg_blocks_too_long"


def test_only_one_element_takes_the_focus():
    focused = actions(select(focus_on_load=True, action_id="a"), select(focus_on_load=True, action_id="b"))
    assert "focus_on_load" in message_faults([focused]).messages[0]


def test_checking_changes_nothing():
    for block in GOOD_IN_MESSAGE.values():
        before = copy.deepcopy(block)
        message_faults([block])
        assert block == before
