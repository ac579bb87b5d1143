"""Calendars: what a session is in somebody's calendar, and the private address that shows it there.

A feed is opened by its token alone, as calendars cannot sign in. It therefore says when a circle meets and nothing of
what is said there, and its owner can make the address worthless at any time.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.circles import Circle
from bot.domain.ids import CircleId, FeedId, MemberId, SessionId, TeamId
from bot.domain.sessions import Form, Session, SessionState

KEPT = timedelta(weeks=12)
"""How long a past session stays in a calendar."""
EVERYBODY = MemberId("")
"""In place of an owner: the members of the circle, whoever they are at the time."""
CALLED_OFF = frozenset({SessionState.SKIPPED, SessionState.NOT_HELD})


@dataclass(frozen=True)
class Feed:
    """`token` opens it. Without a circle it shows all circles of its owner, whichever those are at the time.

    One whose owner is `EVERYBODY` belongs to its circle: any member makes it, sees it and ends it.
    """

    id: FeedId
    owner: MemberId
    circle: CircleId | None
    token: str
    made: datetime


@dataclass(frozen=True)
class Event:
    """One session. `uid` stays and `sequence` grows through every change, so a calendar moves the event it has."""

    uid: str
    sequence: int
    title: str
    starts: datetime
    ends: datetime
    called_off: bool
    is_busy: bool
    """Whether it takes the time it lasts; a session in writing lasts two days and takes none of them."""
    place: str
    """Where it is talked about: a link to the circle's channel, "" while there is none."""


def event_of(session: Session, circle: Circle, team: TeamId) -> Event:
    called_off = session.state in CALLED_OFF or (session.is_ahead and not circle.is_open)
    in_writing = session.form is Form.WRITTEN
    return Event(
        uid=uid(session.id, team),
        sequence=session.version,
        title=f"{circle.name}: mentoring circle{', in writing' if in_writing else ''}",
        starts=session.starts,
        ends=session.ends,
        called_off=called_off,
        is_busy=not (called_off or in_writing),
        place=f"https://slack.com/app_redirect?team={team}&channel={circle.channel}" if circle.channel else "",
    )


def uid(session: SessionId, team: TeamId) -> str:
    return f"session-{session}@{team.lower()}.mentoring-circles"


def events_of(
    circles: Iterable[Circle], sessions: Mapping[CircleId, Iterable[Session]], *, team: TeamId, now: datetime
) -> list[Event]:
    """The sessions that a calendar shows, by time and then by name. Where there is nobody to meet, none is promised."""
    events = [
        event_of(session, circle, team)
        for circle in circles
        for session in sessions.get(circle.id, ())
        if session.ends > now - KEPT and not (circle.is_alone and session.is_ahead)
    ]
    return sorted(events, key=lambda event: (event.starts, event.uid))


def seen_circles(feed: Feed, circles: Iterable[Circle]) -> list[Circle]:
    """Of the owner's circles, those that the feed is for."""
    return [circle for circle in circles if feed.circle in (None, circle.id)]
