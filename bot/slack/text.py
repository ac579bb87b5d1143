"""Text as Slack reads it: what people wrote is escaped, people and dates are tokens that each reader sees in their own way."""

import re
from datetime import datetime

from bot.domain.ids import ChannelId, MemberId


def escape(words: str) -> str:
    """What somebody wrote, made harmless for mrkdwn and for a message's `text`: no mention in it can ring."""
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def as_typed(words: str) -> str:
    """The text of a command, which Slack sends escaped; what is shown of it is escaped again."""
    return words.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def clip(words: str, limit: int) -> str:
    """At most `limit` characters, the last of them an ellipsis where something was cut.

    Counted as Slack may count: a character outside the basic plane (most emoji) as two.
    """
    if length(words) <= limit:
        return words
    kept, used = [], 1
    for character in words:
        used += length(character)
        if used > limit:
            break
        kept.append(character)
    return "".join(kept).rstrip() + "…"


def escape_within(words: str, limit: int) -> str:
    """Escaped, at most `limit` characters, and never cut within an escape: a topic shows mentions like a message."""
    room = limit
    while length(escaped := escape(clip(words, room))) > limit:
        room -= 1
    return escaped


def length(words: str) -> int:
    return len(words.encode("utf-16-le", "surrogatepass")) // 2


def markdown(words: str) -> str:
    """What somebody wrote, made harmless for the markdown of a canvas: no mark in it means anything."""
    return re.sub(r"([\\`*_{}\[\]()<>#+\-.!|~@:&])", r"\\\1", words)


def mention(member: MemberId) -> str:
    """A name that notifies, in the reader's own display."""
    return f"<@{member}>"


def channel_link(channel: ChannelId) -> str:
    return f"<#{channel}>"


def link(url: str, words: str) -> str:
    return f"<{escape(url).replace('|', '%7C')}|{escape(words).replace('|', '/')}>"


def moment(at: datetime, pattern: str = "{date_long_pretty} at {time}") -> str:
    """A moment in each reader's own zone; the fallback is in UTC and says so."""
    return f"<!date^{int(at.timestamp())}^{pattern}|{at:%a %d %b %H:%M} UTC>"


def day(at: datetime) -> str:
    """Never "today", so that "on" may stand before it, and it stays true."""
    return moment(at, "{date_long}")


def clock(at: datetime) -> str:
    return moment(at, "{time}")


def many(count: int, one: str, more: str) -> str:
    """ "1 session", "3 sessions": the number with the right word."""
    return f"{count} {one if count == 1 else more}"


def listed(names: list[str], last: str = "and") -> str:
    """ "Ana, Bo and Chi"."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {last} {names[-1]}"
