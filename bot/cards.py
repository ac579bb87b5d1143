"""How a person, a circle, a session or a date looks where two features show it."""

from datetime import datetime

from bot.domain.circles import Circle
from bot.domain.ids import ChannelId, MemberId
from bot.domain.sessions import Session
from bot.slack.text import channel_link, escape, listed, mention, moment


def people(members: tuple[MemberId, ...] | list[MemberId], *, me: MemberId | None = None) -> str:
    """The names as mentions, the reader as "you" and last."""
    others = [mention(member) for member in members if member != me]
    return listed(others + (["you"] if me in members else []))


def circle_name(circle: Circle) -> str:
    """The circle's name, linked to its channel where there is one."""
    name = f"*{escape(circle.name)}*"
    return f"{name} ({channel_link(ChannelId(circle.channel))})" if circle.channel else name


def when(session: Session) -> str:
    return moment(session.starts, "{date_long_pretty} at {time}")


def in_words(at: datetime) -> str:
    return moment(at)
