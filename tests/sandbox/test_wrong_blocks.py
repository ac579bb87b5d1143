"""Blocks that Slack refuses, with which words and at which pointer."""

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

BAD_IN_MESSAGE = {
    "text too long": (
        section(text=marked("x" * 3001)),
        "must be less than 3001 characters [json-pointer:/blocks/0/text/text]",
    ),
    "text empty": (section(text=marked("")), "must be more than 0 characters [json-pointer:/blocks/0/text/text]"),
    "an emoji counts two": (section(text=marked("😀" * 1501)), "less than 3001 characters"),
    "no text and no fields": ({"type": "section"}, "at least one of: text, fields [json-pointer:/blocks/0]"),
    "eleven fields": (
        {"type": "section", "fields": [marked()] * 11},
        "no more than 10 items allowed [json-pointer:/blocks/0/fields]",
    ),
    "long field": (
        {"type": "section", "fields": [marked("x" * 2001)]},
        "less than 2001 characters [json-pointer:/blocks/0/fields/0/text]",
    ),
    "null is not absent": (section(accessory=None), "must provide an object [json-pointer:/blocks/0/accessory]"),
    "null block_id": (section(block_id=None), "must provide a string [json-pointer:/blocks/0/block_id]"),
    "unknown property": (section(colour="red"), "invalid additional property: colour [json-pointer:/blocks/0]"),
    "unknown property deep": (
        actions(button(text={**plain(), "size": 3})),
        "invalid additional property: size [json-pointer:/blocks/0/elements/0/text]",
    ),
    "unknown block": ({"type": "banner"}, "unsupported type: banner [json-pointer:/blocks/0/type]"),
    "no type": ({"text": plain()}, "missing required field: type [json-pointer:/blocks/0]"),
    "not an object": ("hello", "must provide an object [json-pointer:/blocks/0]"),
    "26 buttons": (actions(*[button() for _ in range(26)]), "no more than 25 items allowed"),
    "no buttons": (actions(), "no fewer than 1 items allowed [json-pointer:/blocks/0/elements]"),
    "mrkdwn on a button": (actions(button(text=marked())), "must be one of: plain_text"),
    "long button": (actions(button(text=plain("x" * 76))), "less than 76 characters"),
    "long value": (actions(button(value="x" * 2001)), "less than 2001 characters"),
    "empty value": (actions(button(value="")), "more than 0 characters [json-pointer:/blocks/0/elements/0/value]"),
    "style": (actions(button(style="default")), "must be one of: primary, danger"),
    "button address": (actions(button(url="example.com")), "must be a valid URL"),
    "emoji flag on mrkdwn": (section(text={**marked(), "emoji": True}), "invalid additional property: emoji"),
    "verbatim on plain": (
        section(text={**plain(), "verbatim": True}),
        "invalid additional property: verbatim",
    ),
    "twelve context parts": (
        {"type": "context", "elements": [marked()] * 11},
        "no more than 10 items allowed",
    ),
    "button in a context": ({"type": "context", "elements": [button()]}, "unsupported type: button"),
    "long header": ({"type": "header", "text": plain("x" * 151)}, "less than 151 characters"),
    "mrkdwn header": ({"type": "header", "text": marked()}, "must be one of: plain_text"),
    "header level": ({"type": "header", "text": plain(), "level": 5}, "less than or equal to 4"),
    "image without alt text": ({"type": "image", "image_url": PNG}, "missing required field: alt_text"),
    "image from two places": (
        {"type": "image", "image_url": PNG, "slack_file": {"id": "F"}, "alt_text": "A"},
        "exactly one of: image_url, slack_file",
    ),
    "text input in actions": (
        actions({"type": "plain_text_input"}),
        "unsupported type: plain_text_input [json-pointer:/blocks/0/elements/0/type]",
    ),
    "number input in a message": (
        field({"type": "number_input", "is_decimal_allowed": False}),
        "not available in a message",
    ),
    "rich text input in a message": (field({"type": "rich_text_input"}), "not available in a message"),
    "alert in a message": ({"type": "alert", "text": plain()}, "not available in a message"),
    "button in an input": (field(button()), "unsupported type: button"),
    "datetimepicker in a section": (
        section(accessory={"type": "datetimepicker"}),
        "unsupported type: datetimepicker [json-pointer:/blocks/0/accessory/type]",
    ),
    "datetime in milliseconds": (
        actions({"type": "datetimepicker", "initial_date_time": 1772438400000}),
        "less than or equal to",
    ),
    "date": (actions({"type": "datepicker", "initial_date": "2026-3-1"}), "format YYYY-MM-DD"),
    "no such date": (actions({"type": "datepicker", "initial_date": "2026-02-30"}), "format YYYY-MM-DD"),
    "time": (actions({"type": "timepicker", "initial_time": "9:30"}), "format HH:mm"),
    "zone": (actions({"type": "timepicker", "timezone": "CET/Berlin"}), "IANA time zone"),
    "six overflow options": (
        actions({"type": "overflow", "options": [option(str(n)) for n in range(6)]}),
        "no more than 5 items allowed",
    ),
    "101 options": (
        actions(select(options=[option(str(n)) for n in range(101)])),
        "no more than 100 items allowed [json-pointer:/blocks/0/elements/0/options]",
    ),
    "no options": (actions(select(options=[])), "no fewer than 1 items allowed"),
    "options and groups": (
        actions(select(option_groups=[{"label": plain(), "options": [option()]}])),
        "exactly one of: options, option_groups",
    ),
    "long option": (actions(select(options=[option("a", "x" * 76)])), "less than 76 characters"),
    "long option value": (actions(select(options=[option("x" * 151, "a")])), "less than 151 characters"),
    "mrkdwn option in a menu": (
        actions(select(options=[{"text": marked(), "value": "a"}])),
        "must be one of: plain_text",
    ),
    "two options of one value": (actions(select(options=[option("a"), option("a")])), "duplicate value: a"),
    "initial option of another text": (
        actions(select(initial_option=option("a", "A"))),
        "must match exactly one of the options [json-pointer:/blocks/0/elements/0/initial_option]",
    ),
    "initial option of another description": (
        actions(select(initial_option=option("a", description=plain()))),
        "must match exactly one of the options",
    ),
    "initial options too many": (
        actions(
            {
                "type": "multi_static_select",
                "options": [option("a"), option("b")],
                "initial_options": [option("a"), option("b")],
                "max_selected_items": 1,
            }
        ),
        "no more than 1 items allowed",
    ),
    "eleven checkboxes": (
        actions({"type": "checkboxes", "options": [option(str(n)) for n in range(11)]}),
        "no more than 10 items allowed",
    ),
    "filter on users": (
        actions({"type": "users_select", "filter": {"exclude_bot_users": True}}),
        "invalid additional property: filter",
    ),
    "empty filter": (actions({"type": "conversations_select", "filter": {}}), "at least one of: include"),
    "long placeholder": (actions(select(placeholder=plain("x" * 151))), "less than 151 characters"),
    "answer url outside a modal": (
        actions({"type": "conversations_select", "response_url_enabled": True}),
        "only available in an input block of a modal",
    ),
    "long confirm title": (
        actions(
            button(
                confirm={
                    "title": plain("x" * 101),
                    "text": plain(),
                    "confirm": plain(),
                    "deny": plain("x" * 31),
                }
            )
        ),
        "less than 31 characters [json-pointer:/blocks/0/elements/0/confirm/deny/text]",
    ),
    "confirm without deny": (
        actions(button(confirm={"title": plain(), "text": plain(), "confirm": plain()})),
        "missing required field: deny",
    ),
    "long ids": (actions(button(action_id="x" * 256)), "less than 256 characters"),
    "rich text without a section": (rich(words()), "unsupported type: text"),
    "rich text empty": (rich(line(words(""))), "more than 0 characters"),
    "rich text indent": (
        rich({"type": "rich_text_list", "style": "bullet", "indent": 9, "elements": [line(words())]}),
        "less than or equal to 8",
    ),
    "rich text user in code": (
        rich({"type": "rich_text_preformatted", "elements": [{"type": "user", "user_id": "U1"}]}),
        "unsupported type: user",
    ),
    "rich text style": (rich(line(words(big=True))), "invalid additional property: big"),
    "markdown too long": ({"type": "markdown", "text": "x" * 12001}, "less than 12001 characters"),
    "101 rows": (table([["a"]] * 101), "no more than 100 items allowed"),
    "21 cells": (table([["a"] * 21]), "no more than 20 items allowed"),
    "uneven rows": (table([["a", "b"], ["c"]]), "must have 2 cells"),
    "chart labels": (
        chart(
            chart={
                "type": "line",
                "series": [{"name": "All", "data": [{"label": "Kept", "value": 1}]}],
                "axis_config": {"categories": ["Other"]},
            }
        ),
        "labels must match axis_config.categories",
    ),
    "chart title": (chart(title="x" * 51), "less than 51 characters"),
    "seven segments": (
        chart(chart={"type": "pie", "segments": [{"label": str(n), "value": n} for n in range(7)]}),
        "no more than 6 items allowed",
    ),
    "container in a container": (
        {
            "type": "container",
            "title": plain(),
            "child_blocks": [{"type": "container", "title": plain(), "child_blocks": [section()]}],
        },
        "unsupported type: container",
    ),
    "auth_provider": ({"type": "auth_provider"}, "unsupported type: auth_provider"),
    "min over max": (
        field({"type": "plain_text_input", "min_length": 9, "max_length": 3}),
        "less than or equal to max_length",
    ),
}


@pytest.mark.parametrize(("block", "expected"), BAD_IN_MESSAGE.values(), ids=BAD_IN_MESSAGE)
def test_a_wrong_block_is_refused_with_its_place(block, expected):
    fault = message_faults([block])
    assert fault is not None
    assert fault.error == "invalid_blocks"
    assert any(expected in message for message in fault.messages), fault.messages
