"""Every block, with the surfaces that show it (SLACK.md 3.2).

Where Slack's pages disagree about a surface, it counts as not available: what passes here should pass everywhere.
"""

from typing import Any

from bot.sandbox.blockkit.charts import DATA_TABLE, DATA_VISUALIZATION, TABLE
from bot.sandbox.blockkit.checks import (
    Check,
    Fields,
    Place,
    Surface,
    array,
    at_least_one,
    boolean,
    by_type,
    exactly_one,
    integer,
    link,
    one_of,
    record,
    string,
)
from bot.sandbox.blockkit.elements import BUTTON, element_of
from bot.sandbox.blockkit.objects import BLOCK_ID, IMAGE, SLACK_FILE, WEB, marked, plain, text
from bot.sandbox.blockkit.richtext import RICH_TEXT

EVERYWHERE: tuple[Surface, ...] = ("message", "modal", "home")
MESSAGE: tuple[Surface, ...] = ("message",)


def block(kind: str, required: Fields, optional: Fields | None = None, *rules: Check) -> Check:
    return record({"type": one_of(kind), **required}, {"block_id": BLOCK_ID, **(optional or {})}, *rules)


def _accessory(value: Any, place: Place) -> None:
    if isinstance(value, dict) and value.get("type") == "image":
        IMAGE(value, place)
    else:
        element_of("section")(value, place)


_CONTEXT_PART = by_type({"image": IMAGE, "mrkdwn": marked(), "plain_text": plain()})

SECTION = block(
    "section",
    {},
    {"text": text(3000), "fields": array(text(2000), most=10), "accessory": _accessory, "expand": boolean},
    at_least_one("text", "fields"),
)
IMAGE_BLOCK = block(
    "image",
    {"alt_text": string(2000)},
    {"image_url": link(3000, *WEB), "slack_file": SLACK_FILE, "title": plain(2000)},
    exactly_one("image_url", "slack_file"),
)
VIDEO = block(
    "video",
    {
        "title": plain(199),
        "alt_text": string(2000),
        "video_url": link(3000, "https"),
        "thumbnail_url": link(3000, *WEB),
    },
    {
        "title_url": link(3000, "https"),
        "description": plain(200),
        "author_name": string(49),
        "provider_name": string(200),
        "provider_icon_url": link(3000, *WEB),
    },
)
INPUT = block(
    "input",
    {"label": plain(2000), "element": element_of("input")},
    {"hint": plain(2000), "optional": boolean, "dispatch_action": boolean},
)
CARD = block(
    "card",
    {},
    {
        "title": text(150),
        "subtitle": text(150),
        "body": text(200),
        "subtext": text(200),
        "icon": IMAGE,
        "hero_image": IMAGE,
        "actions": array(BUTTON, most=3),
    },
    at_least_one("title", "body", "hero_image", "actions"),
)
SOURCE = record({"type": one_of("url"), "url": link(3000, *WEB), "text": string(255)})
TASK_CARD = block(
    "task_card",
    {
        "task_id": string(255),
        "title": string(255),
        "status": one_of("pending", "in_progress", "complete", "error"),
    },
    {"details": RICH_TEXT, "output": RICH_TEXT, "sources": array(SOURCE, most=100)},
)


def _collapse(value: Any, place: Place) -> None:
    if value.get("is_collapsible") and value.get("has_header_divider"):
        place.at("has_header_divider").fault("must not be set when is_collapsible is true")
    if value.get("default_collapsed") and not value.get("is_collapsible"):
        place.at("default_collapsed").fault("needs is_collapsible")


def _child(value: Any, place: Place) -> None:
    if isinstance(value, dict) and value.get("type") in ("container", "carousel"):
        place.at("type").fault(f"unsupported type: {value['type']}")
    else:
        BLOCK(value, place)


CONTAINER = block(
    "container",
    {"child_blocks": array(_child, most=10)},
    {
        "title": plain(150),
        "rich_text_title": RICH_TEXT,
        "subtitle": text(150),
        "width": one_of("narrow", "standard", "wide", "full"),
        "icon": IMAGE,
        "is_collapsible": boolean,
        "default_collapsed": boolean,
        "has_header_divider": boolean,
    },
    at_least_one("title", "rich_text_title"),
    _collapse,
)

BLOCKS: dict[str, tuple[Check, tuple[Surface, ...]]] = {
    "section": (SECTION, EVERYWHERE),
    "actions": (block("actions", {"elements": array(element_of("actions"), most=25)}), EVERYWHERE),
    "context": (block("context", {"elements": array(_CONTEXT_PART, most=10)}), EVERYWHERE),
    "header": (block("header", {"text": plain(150)}, {"level": integer(1, 4)}), EVERYWHERE),
    "divider": (block("divider", {}), EVERYWHERE),
    "image": (IMAGE_BLOCK, EVERYWHERE),
    "input": (INPUT, EVERYWHERE),
    "rich_text": (RICH_TEXT, EVERYWHERE),
    "video": (VIDEO, EVERYWHERE),
    "markdown": (block("markdown", {"text": string(12_000)}), MESSAGE),
    "table": (TABLE, MESSAGE),
    "data_table": (DATA_TABLE, MESSAGE),
    "data_visualization": (DATA_VISUALIZATION, MESSAGE),
    "alert": (
        block(
            "alert",
            {"text": text(200)},
            {"level": one_of("default", "info", "warning", "error", "success")},
        ),
        ("modal",),
    ),
    "card": (CARD, ("message", "home")),
    "carousel": (
        block("carousel", {"elements": array(by_type({"card": CARD}), most=10)}),
        ("message", "home"),
    ),
    "container": (CONTAINER, MESSAGE),
    "context_actions": (
        block("context_actions", {"elements": array(element_of("context_actions"), most=5)}),
        MESSAGE,
    ),
    "task_card": (TASK_CARD, MESSAGE),
    "plan": (
        block("plan", {"title": string(255)}, {"tasks": array(by_type({"task_card": TASK_CARD}), most=100)}),
        MESSAGE,
    ),
    "file": (block("file", {"external_id": string(255), "source": one_of("remote")}), MESSAGE),
}
BLOCK = by_type(
    {name: check for name, (check, _) in BLOCKS.items()},
    surfaces={name: surfaces for name, (_, surfaces) in BLOCKS.items()},
)
