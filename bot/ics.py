"""Events as calendars read them (RFC 5545), for the private feeds and for the file of one session."""

from collections.abc import Iterable
from datetime import datetime

import icalendar

from bot.domain.calendars import Event

PRODUCT = "-//Mentoring circles//EN"
OFTEN = "PT1H"
"""How often a calendar is asked to look again; most look as often as they like."""


def calendar(name: str, events: Iterable[Event], *, now: datetime) -> bytes:
    """A whole calendar. Times are in UTC, so each calendar shows them in its own zone."""
    made = icalendar.Calendar()
    made.add("prodid", PRODUCT)
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", name)
    made.add("name", name)
    made["refresh-interval"] = icalendar.vText(OFTEN, params={"value": "DURATION"})
    made["x-published-ttl"] = OFTEN
    for event in events:
        made.add_component(_component(event, now))
    return bytes(made.to_ical())


def _component(event: Event, now: datetime) -> icalendar.Event:
    shown = icalendar.Event()
    shown.add("uid", event.uid)
    shown.add("sequence", event.sequence)
    shown.add("dtstamp", now)
    shown.add("dtstart", event.starts)
    shown.add("dtend", event.ends)
    shown.add("summary", event.title)
    shown.add("status", "CANCELLED" if event.called_off else "CONFIRMED")
    shown.add("transp", "OPAQUE" if event.is_busy else "TRANSPARENT")
    if event.place:
        shown.add("location", "Slack")
        shown.add("url", event.place)
        shown.add("description", f"Where the circle talks: {event.place}")
    return shown
