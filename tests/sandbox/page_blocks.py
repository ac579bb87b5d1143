"""One of every block and element of SLACK.md 3.2 and 3.3, as a bot would send them: what the page must be able to show."""

HOSTILE = "<img src=x onerror=\"document.title='broken in'\"> & <script>document.title='broken in'</script>"


def words(text):
    return {"type": "plain_text", "text": text, "emoji": True}


def marked(text):
    return {"type": "mrkdwn", "text": text}


def option(text, value=None, note=None):
    return {"text": words(text), "value": value or text.lower()} | ({"description": words(note)} if note else {})


FRUIT = [option("Apple"), option("Banana", note="Yellow, and full of sun"), option("Cherry")]
MARKUP = "\n".join(
    (
        "*bold* _italic_ ~struck~ `code` and *_both_*, 2*3*4 and snake_case_name stay",
        "> quoted, with a <https://example.com/a?b=1&amp;c=2|link> &amp; an entity &lt;b&gt;",
        "Due <!date^1773306000^{date_short_pretty} at {time}|fallback> :tada: :no_such_emoji:",
        "```let x = 1 &lt; 2;\n*not bold*```",
    )
)


def buttons():
    return {
        "type": "actions",
        "block_id": "buttons",
        "elements": [
            {"type": "button", "action_id": "plain", "text": words("Plain"), "value": "plain-1"},
            {"type": "button", "action_id": "first", "text": words("Primary :rocket:"), "style": "primary"},
            {
                "type": "button",
                "action_id": "risky",
                "text": words("Danger"),
                "style": "danger",
                "confirm": {
                    "title": words("Leave the circle?"),
                    "text": marked("You lose *your turn*."),
                    "confirm": words("Leave"),
                    "deny": words("Stay"),
                    "style": "danger",
                },
            },
            {"type": "button", "action_id": "web", "text": words("Open page"), "url": "https://example.com/"},
            {
                "type": "overflow",
                "action_id": "more",
                "options": [option("Swap", "swap"), option("Pass", "pass", "Keeps your place once")],
            },
        ],
    }


def selects():
    return {
        "type": "actions",
        "block_id": "selects",
        "elements": [
            {"type": "static_select", "action_id": "one", "placeholder": words("Pick a fruit"), "options": FRUIT},
            {
                "type": "static_select",
                "action_id": "grouped",
                "placeholder": words("Grouped"),
                "option_groups": [
                    {"label": words("Red"), "options": [option("Cherry", "g-cherry")]},
                    {"label": words("Yellow"), "options": [option("Banana", "g-banana")]},
                ],
            },
            {
                "type": "external_select",
                "action_id": "outside",
                "placeholder": words("Search skills"),
                "min_query_length": 1,
            },
            {"type": "users_select", "action_id": "who", "placeholder": words("Pick a person")},
            {"type": "conversations_select", "action_id": "talk", "placeholder": words("Pick a conversation")},
            {"type": "channels_select", "action_id": "room", "placeholder": words("Pick a channel")},
            {"type": "multi_static_select", "action_id": "many", "placeholder": words("Several"), "options": FRUIT},
            {"type": "multi_users_select", "action_id": "several", "placeholder": words("Several people")},
            {"type": "datepicker", "action_id": "day", "initial_date": "2026-03-12"},
            {"type": "timepicker", "action_id": "hour", "initial_time": "09:30", "timezone": "Europe/Berlin"},
            {"type": "datetimepicker", "action_id": "moment", "initial_date_time": 1773306000},
            {
                "type": "checkboxes",
                "action_id": "boxes",
                "options": [
                    {"text": marked("*Remind* me"), "value": "remind", "description": marked("two days before")},
                    option("Tell my buddy", "buddy"),
                ],
                "initial_options": [option("Tell my buddy", "buddy")],
            },
            {"type": "radio_buttons", "action_id": "radio", "options": FRUIT[:2], "initial_option": FRUIT[0]},
        ],
    }


def rich():
    def line(*parts):
        return {"type": "rich_text_section", "elements": list(parts)}

    def text(words_of, **style):
        return {"type": "text", "text": words_of} | ({"style": style} if style else {})

    return {
        "type": "rich_text",
        "block_id": "rich",
        "elements": [
            line(
                text("Raw *stars* "),
                text("bold", bold=True),
                text(" "),
                text("it", italic=True),
                text(" "),
                text("gone", strike=True),
                text(" "),
                text("code", code=True),
                text(" "),
                {"type": "emoji", "name": "wave"},
                text(" "),
                {"type": "link", "url": "https://example.com/", "text": "a link"},
                text(" "),
                {"type": "broadcast", "range": "here"},
                text(" "),
                {"type": "date", "timestamp": 1773306000, "format": "{date_long} at {time}", "fallback": "then"},
                text(" "),
                {"type": "color", "value": "#2c5d63"},
            ),
            {
                "type": "rich_text_list",
                "style": "bullet",
                "elements": [line(text("one")), line(text("two"))],
            },
            {"type": "rich_text_list", "style": "ordered", "indent": 1, "elements": [line(text("inner"))]},
            {"type": "rich_text_quote", "elements": [text("quoted")]},
            {"type": "rich_text_preformatted", "elements": [text("fixed  width")]},
        ],
    }


def message_blocks():
    """Everything that may stand in a message, save tables and charts, of which one message takes few."""
    return [
        {"type": "header", "block_id": "head", "text": words("Your circle this week")},
        {"type": "section", "block_id": "marked", "text": marked(MARKUP)},
        {
            "type": "section",
            "block_id": "fields",
            "fields": [marked("*Circle*\nBlue Heron"), marked("*Next session*\nThursday")],
            "accessory": {"type": "button", "action_id": "side", "text": words("See it")},
        },
        {"type": "section", "block_id": "hostile", "text": words(HOSTILE)},
        {"type": "divider"},
        buttons(),
        selects(),
        {"type": "context", "block_id": "small", "elements": [marked("Only *facts*"), words("plain :wave:")]},
        rich(),
        {"type": "image", "block_id": "picture", "image_url": "https://example.com/a.png", "alt_text": "a heron"},
        {
            "type": "context_actions",
            "block_id": "judged",
            "elements": [
                {
                    "type": "feedback_buttons",
                    "action_id": "useful",
                    "positive_button": {"text": words("Helpful"), "value": "yes"},
                    "negative_button": {"text": words("Not helpful"), "value": "no"},
                },
                {"type": "icon_button", "action_id": "bin", "icon": "trash", "text": words("Remove")},
            ],
        },
    ]


def data_blocks():
    def series(name, *values):
        labels = ("Week 1", "Week 2", "Week 3")
        return {
            "name": name,
            "data": [{"label": label, "value": value} for label, value in zip(labels, values, strict=True)],
        }

    axis = {"categories": ["Week 1", "Week 2", "Week 3"], "y_label": "Kept", "x_label": "Week"}
    return [
        {
            "type": "markdown",
            "block_id": "md",
            "text": "# Title\n\nA **bold** [link](https://example.com)\n\n- one\n- two",
        },
        {
            "type": "table",
            "block_id": "rows",
            "rows": [
                [{"type": "raw_text", "text": "Name"}, {"type": "raw_text", "text": "Kept"}],
                [{"type": "raw_text", "text": HOSTILE}, {"type": "raw_text", "text": "3"}],
            ],
            "column_settings": [{"align": "left"}, {"align": "right"}],
        },
        {
            "type": "data_visualization",
            "block_id": "bars",
            "title": "Commitments kept",
            "chart": {
                "type": "bar",
                "series": [series("Blue", 3, 5, 4), series("Red", 2, 2, 6)],
                "axis_config": axis,
            },
        },
        {
            "type": "data_visualization",
            "block_id": "pie",
            "title": "Outcomes",
            "chart": {
                "type": "pie",
                "segments": [{"label": "Kept", "value": 6}, {"label": "Partly", "value": 3}],
            },
        },
    ]


def card_blocks():
    def card(title):
        return {
            "type": "card",
            "title": marked(f"*{title}*"),
            "subtitle": marked("Product Manager"),
            "body": marked("Offers roadmapping"),
            "actions": [{"type": "button", "action_id": "coffee", "text": words("Ask for a coffee")}],
        }

    return [
        {**card("Bo"), "block_id": "card"},
        {"type": "carousel", "block_id": "cards", "elements": [card("Priya"), card("Kenji")]},
        {
            "type": "container",
            "block_id": "box",
            "title": words("What happened before"),
            "is_collapsible": True,
            "child_blocks": [{"type": "section", "block_id": "inside", "text": marked("_inside_ the box")}],
        },
    ]


def field(block_id, element, label, **more):
    return {
        "type": "input",
        "block_id": block_id,
        "label": words(label),
        "element": {"action_id": "value", **element},
        **more,
    }


def form(**changes):
    """A modal with every input."""
    given = {
        "type": "modal",
        "callback_id": "form",
        "title": words("Two commitments"),
        "submit": words("Save"),
        "close": words("Not now"),
        "notify_on_close": True,
        "blocks": [
            {"type": "alert", "block_id": "note", "level": "info", "text": marked("Two a session, *no more*.")},
            field("will", {"type": "plain_text_input", "max_length": 60}, "I will", hint=words("Small and concrete")),
            field("cue", {"type": "plain_text_input", "multiline": True}, "When … then …", optional=True),
            field("by", {"type": "datepicker", "initial_date": "2026-03-12"}, "By"),
            field("sure", {"type": "number_input", "is_decimal_allowed": False}, "Confidence", optional=True),
            field("mail", {"type": "email_text_input"}, "E-mail", optional=True),
            field("page", {"type": "url_text_input"}, "Evidence", optional=True),
            field("fruit", {"type": "static_select", "options": FRUIT, "initial_option": FRUIT[1]}, "Fruit"),
            field("witness", {"type": "users_select", "placeholder": words("Nobody yet")}, "Witness", optional=True),
            field("crowd", {"type": "multi_users_select"}, "Who else", optional=True),
            field("at", {"type": "timepicker", "initial_time": "10:00"}, "At", optional=True),
            field("when", {"type": "datetimepicker"}, "Meeting", optional=True),
            field("sees", {"type": "radio_buttons", "options": FRUIT}, "Who sees it", optional=True),
            field("tell", {"type": "checkboxes", "options": FRUIT}, "Tell", optional=True),
            field("notes", {"type": "rich_text_input"}, "Notes", optional=True),
            field("files", {"type": "file_input"}, "Files", optional=True),
        ],
    }
    return given | changes


def home_view():
    return {
        "type": "home",
        "blocks": [
            {"type": "header", "text": words("Good morning, Ana")},
            {
                "type": "section",
                "text": marked("*Next session* <!date^1773306000^{date_short_pretty} at {time}|soon>"),
                "accessory": {"type": "button", "action_id": "brief", "text": words("Write my brief")},
            },
            {"type": "divider"},
            {
                "type": "actions",
                "block_id": "mine",
                "elements": [
                    {"type": "button", "action_id": "done", "text": words("Done"), "style": "primary"},
                    {"type": "button", "action_id": "stuck", "text": words("Stuck")},
                ],
            },
            {"type": "context", "elements": [marked("Blue Heron · 5 members")]},
        ],
    }
