"""Block Kit as Slack takes it: what passes, what does not, with which words and at which pointer."""

import copy

import pytest

from bot.sandbox.blockkit import message_faults, view_faults


def plain(text="Text"):
    return {"type": "plain_text", "text": text}


def marked(text="Text"):
    return {"type": "mrkdwn", "text": text}


def option(value="a", text=None, **more):
    return {"text": plain(text or value), "value": value, **more}


def section(**more):
    return {"type": "section", "text": marked(), **more}


def actions(*elements):
    return {"type": "actions", "elements": list(elements)}


def field(element, **more):
    return {"type": "input", "label": plain(), "element": element, **more}


def button(**more):
    return {"type": "button", "text": plain(), **more}


def select(**more):
    return {"type": "static_select", "options": [option("a"), option("b")], **more}


def modal(*blocks, **more):
    return {"type": "modal", "title": plain("Title"), "submit": plain("Save"), "blocks": list(blocks), **more}


def home(*blocks, **more):
    return {"type": "home", "blocks": list(blocks), **more}


def rich(*elements):
    return {"type": "rich_text", "elements": list(elements)}


def line(*parts):
    return {"type": "rich_text_section", "elements": list(parts)}


def words(text="Text", **style):
    return {"type": "text", "text": text, **({"style": style} if style else {})}


def table(rows, **more):
    return {"type": "table", "rows": [[{"type": "raw_text", "text": c} for c in row] for row in rows], **more}


def chart(**more):
    point = {"label": "Kept", "value": 3}
    return {
        "type": "data_visualization",
        "title": "Commitments",
        "chart": {
            "type": "bar",
            "series": [{"name": "All", "data": [point]}],
            "axis_config": {"categories": ["Kept"]},
        },
        **more,
    }


PNG = "https://example.com/a.png"

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


def test_checking_changes_nothing():
    for block in GOOD_IN_MESSAGE.values():
        before = copy.deepcopy(block)
        message_faults([block])
        assert block == before
