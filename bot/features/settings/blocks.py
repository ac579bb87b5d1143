"""How settings and the welcome after a break look."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot import doors
from bot.domain import when
from bot.domain.circles import Circle
from bot.domain.manners import Topic
from bot.domain.sessions import Session
from bot.features.settings.flows import Choice, HouseChange
from bot.slack import blocks
from bot.slack.blocks import Message
from bot.slack.payload import pack
from bot.slack.text import escape, listed, many, moment

TOPICS = {
    Topic.COMMITMENTS: "Reminders of my commitments",
    Topic.CHECKINS: "Reminders of the weekly check-in",
    Topic.HOTSEAT: "The question before my hot seat",
    Topic.PEOPLE: "How a coffee went, and who wants my help",
    Topic.CIRCLES: "News of my circles and free seats",
    Topic.LEADING: "What circles need from a lead",
}
MOST_CIRCLES = 3


@dataclass(frozen=True)
class Standing:
    """A circle of somebody who comes back, and when it meets next."""

    circle: Circle
    session: Session | None


def saved(now: Choice) -> Message:
    hours, reader = now.reader.hours, now.reader
    words = (
        f"*Saved.* I write to you unasked from {when.clock(hours.opens)} to {when.clock(hours.closes)}, "
        f"{when.place(hours.zone)}, on working days, and at most {_times(reader.weekly)}."
    )
    more = [f"Holidays I keep: {hours.country or 'none'}."]
    if reader.muted:
        more.append(f"Not any more: {listed([TOPICS[topic].lower() for topic in Topic if topic in reader.muted])}.")
    more.append("What you ask for yourself comes at any time.")
    return Message("Your settings are saved.", [blocks.section(words), blocks.context(" ".join(more))])


def _times(weekly: int) -> str:
    return "once a week" if weekly == 1 else f"{weekly} times a week"


def house_saved(change: HouseChange) -> Message:
    house = change.house
    words = (
        f"*Saved.* Nobody is written to unasked before {when.clock(house.opens)} or after {when.clock(house.closes)} "
        f"where they are, and nobody more than {_times(house.weekly)}."
    )
    if house.weeks_off:
        weeks = [when.say_day(monday) for monday in sorted(house.weeks_off)]
        words += f"\nOff: {_the_weeks(weeks)}."
    if change.left_out:
        words += f" {many(change.left_out, 'session is', 'sessions are')} left out; the circles hear of it."
    return Message("The program's manners are saved.", [blocks.section(words)])


def _the_weeks(weeks: list[str]) -> str:
    return f"the {'week' if len(weeks) == 1 else 'weeks'} of {listed(weeks)}"


def back(circles: Sequence[Standing], note: str) -> Message:
    words = "*Welcome back.* Your break is over, nothing has piled up, and you're in the matching again."
    lines = [_line(one) for one in circles[:MOST_CIRCLES]]
    shown = [blocks.section("\n".join([words, *lines]))]
    if note:
        shown += [blocks.context("You left yourself a line:"), blocks.quote(note)]
    buttons = [
        blocks.button(one.circle.name, f"{doors.SHOW_CIRCLE}:{one.circle.id}", pack(circle=one.circle.id))
        for one in circles[:MOST_CIRCLES]
    ]
    first = buttons or [blocks.button("Find a match", doors.FIND_MATCH)]
    shown.append(
        blocks.actions(first[0] | {"style": "primary"}, *first[1:], blocks.button("A longer break", doors.TAKE_BREAK))
    )
    return Message("Welcome back. Your break is over.", shown)


def _line(one: Standing) -> str:
    name = f"*{escape(one.circle.name)}*"
    return (
        f"{name} kept your place and meets on {moment(one.session.starts)}."
        if one.session
        else f"{name} kept your place."
    )
