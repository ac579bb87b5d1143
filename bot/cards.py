"""How a person, a circle, a session or a date looks where two features show it."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.circles import Circle
from bot.domain.duties import Duty
from bot.domain.hotseat import Turn
from bot.domain.ids import ChannelId, MemberId
from bot.domain.sessions import BY_TAP, Session
from bot.slack.text import channel_link, escape, listed, mention, moment

HOURS = "everyone is free "
ROLE_WORDS = {Duty.FACILITATOR: "Facilitator", Duty.TIMEKEEPER: "Timekeeper", Duty.SCRIBE: "Scribe"}
YOU_WORDS = {
    Duty.SEAT: "You have the seat",
    Duty.FACILITATOR: "You facilitate",
    Duty.TIMEKEEPER: "You keep time",
    Duty.SCRIBE: "You write",
}


def people(members: tuple[MemberId, ...] | list[MemberId], *, me: MemberId | None = None) -> str:
    """The names as mentions, the reader as "you" and last."""
    others = [mention(member) for member in members if member != me]
    return listed(others + (["you"] if me in members else []))


def roles(turn: Turn) -> str:
    """ "Facilitator: @Bo · Timekeeper: @Chi · Ready to stand in: @Dee"."""
    told = [f"{ROLE_WORDS[duty]}: {mention(who)}" for duty, who in turn.roles.items() if duty in ROLE_WORDS]
    if turn.reserve and turn.sits:
        word = "Ready to stand in" if turn.is_ready else "Next in line, should somebody not come"
        told.append(f"{word}: {mention(turn.reserve)}")
    return " · ".join(told)


def circle_name(circle: Circle) -> str:
    """The circle's name, linked to its channel where there is one."""
    name = f"*{escape(circle.name)}*"
    return f"{name} ({channel_link(ChannelId(circle.channel))})" if circle.channel else name


def waiting(circle: Circle) -> str:
    """What stands in place of dates and seats while a circle has nobody to meet; "" where it has."""
    if not circle.missing:
        return ""
    stands = "Paused" if circle.was_more else "Not started yet"
    begins = "goes on" if circle.was_more else "begins"
    return (
        f"*{stands}: {circle.missing} more needed.* {escape(circle.name)} {begins} as soon as two of you are in it, "
        f"and is at its best with {circle.size_min} or more."
    )


def who_moved(by: MemberId) -> str:
    """Who changed a session: somebody, or the circle by tap."""
    return "all of you" if by == BY_TAP else mention(by)


def when(session: Session) -> str:
    """In a list or a page of its own: it may read "today at 15:00"."""
    return moment(session.starts)


def dated(session: Session) -> str:
    """In a sentence, behind "on": by its date, so that it is true whenever it is read."""
    return in_words(session.starts)


def because(circle: Circle) -> str:
    """Why these people, as a quotation; without the hours, which the rhythm says, as it is now."""
    left = [part for part in circle.because.removesuffix(".").split("; ") if not part.casefold().startswith(HOURS)]
    words = escape("; ".join(left))
    return f"> {words[:1].upper()}{words[1:]}." if words else ""


def in_words(at: datetime) -> str:
    return moment(at, "{date_long} at {time}")


def spoken(says: str, sits: Sequence[MemberId], seat: int | None) -> str:
    """What a stage says, with the name of who sits in it; a program may have written it."""
    number = seat or 0
    who = mention(sits[number]) if number < len(sits) else "the seat"
    words = escape(says).replace("{seat}", who)
    return words[:1].upper() + words[1:]
