"""rich_text in full: sections, lists, code, quotes, and what may stand in their lines."""

import re
from typing import Any

from bot.sandbox.blockkit.checks import Check, Fields, Place, array, boolean, by_type, integer, link, one_of, record
from bot.sandbox.blockkit.checks import string as words
from bot.sandbox.blockkit.objects import ANY_LINK, BLOCK_ID

MANY = 10_000
COLOR = re.compile(r"#?[0-9a-fA-F]{6}")
BORDER = integer(0, 1)

STYLES: Fields = dict.fromkeys(("bold", "italic", "strike", "code", "underline"), boolean)
MENTION_STYLES: Fields = dict.fromkeys(
    ("bold", "italic", "strike", "highlight", "client_highlight", "unlink"), boolean
)
STYLE = record({}, STYLES)
MENTION_STYLE = record({}, MENTION_STYLES)


def _color(value: Any, place: Place) -> None:
    if not isinstance(value, str) or not COLOR.fullmatch(value):
        place.fault("must be a hex color")


def _part(kind: str, required: Fields, optional: Fields | None = None) -> Check:
    return record({"type": one_of(kind), **required}, optional)


TEXT = _part("text", {"text": words(MANY)}, {"style": STYLE})
LINK = _part(
    "link",
    {"url": link(3000, *ANY_LINK)},
    {"text": words(MANY, least=0), "unsafe": boolean, "style": STYLE},
)
INLINE: dict[str, Check] = {
    "text": TEXT,
    "link": LINK,
    "user": _part("user", {"user_id": words(255)}, {"style": MENTION_STYLE}),
    "usergroup": _part("usergroup", {"usergroup_id": words(255)}, {"style": MENTION_STYLE}),
    "channel": _part("channel", {"channel_id": words(255)}, {"style": MENTION_STYLE}),
    "team": _part("team", {"team_id": words(255)}, {"style": MENTION_STYLE}),
    "emoji": _part("emoji", {"name": words(255)}, {"unicode": words(255), "skin_tone": integer(1, 6)}),
    "date": _part(
        "date",
        {"timestamp": integer(0, 9_999_999_999), "format": words(255)},
        {"url": link(3000, *ANY_LINK), "fallback": words(MANY), "style": STYLE},
    ),
    "color": _part("color", {"value": _color}),
    "broadcast": _part("broadcast", {"range": one_of("here", "channel", "everyone")}, {"style": MENTION_STYLE}),
}
PARTS = array(by_type(INLINE), most=MANY)
SECTION = _part("rich_text_section", {"elements": PARTS})

RICH: dict[str, Check] = {
    "rich_text_section": SECTION,
    "rich_text_list": _part(
        "rich_text_list",
        {"style": one_of("bullet", "ordered"), "elements": array(SECTION, most=MANY)},
        {"indent": integer(0, 8), "offset": integer(0, MANY), "border": BORDER},
    ),
    "rich_text_preformatted": _part(
        "rich_text_preformatted",
        {"elements": array(by_type({"text": TEXT, "link": LINK}), most=MANY)},
        {"border": BORDER, "language": words(255)},
    ),
    "rich_text_quote": _part("rich_text_quote", {"elements": PARTS}, {"border": BORDER}),
}
RICH_TEXT = record({"type": one_of("rich_text"), "elements": array(by_type(RICH), most=MANY)}, {"block_id": BLOCK_ID})
