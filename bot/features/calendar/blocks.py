"""How a member gets their sessions into their own calendar."""

from bot import doors
from bot.domain.circles import Circle
from bot.domain.ids import CircleId, MemberId
from bot.features.calendar.flows import Calendar
from bot.slack import blocks
from bot.slack.blocks import Block, Message, View
from bot.slack.payload import pack
from bot.slack.text import escape, mention

WHERE = (
    "*Google:* Other calendars → + → From URL. *Outlook:* Add calendar → Subscribe from web. "
    "*Apple:* File → New Calendar Subscription."
)
PRIVATE = "Whoever has the address sees when you meet, and nothing of what is said. Keep it to yourself."
NO_ADDRESS = (
    "I can't be reached from calendars here, so there is no address that keeps itself up to date. "
    "Take the file instead, and a new one when something moves."
)
ALL = "All your circles"
MOST_SHARED = 6
"""How many circles' own addresses the page shows."""


def calendar(shown: Calendar) -> View:
    parts: list[Block] = []
    if not shown.circles:
        parts.append(blocks.section("You are in no circle yet. Once you are, its sessions come here by themselves."))
    if shown.address:
        parts += _feed(shown, None, ALL)
        if len(shown.circles) > 1:
            for circle in shown.circles:
                parts += _feed(shown, circle.id, f"Only {escape(circle.name)}")
        parts.append(blocks.context(WHERE, PRIVATE))
        for circle in shown.circles[:MOST_SHARED]:
            parts += _shared(shown, circle)
    else:
        parts.append(blocks.section(NO_ADDRESS))
    parts += [blocks.divider(), _as_file()]
    return blocks.modal("Your calendar", parts)


def _feed(shown: Calendar, circle: CircleId | None, title: str) -> list[Block]:
    value = pack(circle=circle or 0)
    link = shown.link(circle)
    if not link:
        main = "primary" if circle is None else ""
        words = f"*{title}.* An address for your calendar, which then moves with every session by itself."
        return [
            blocks.section(words),
            blocks.actions(blocks.button("Make the address", f"calendar.make:{circle or 0}", value, style=main)),
        ]
    anew = blocks.confirm("A new address?", "The one you have stops working at once.", yes="Make a new one")
    off = blocks.confirm("Turn it off?", "Your calendar gets nothing from it any more.", yes="Turn it off")
    return [
        blocks.section(f"*{title}.* Copy this address into your calendar:\n```{link}```"),
        blocks.actions(
            blocks.button("Make a new one", f"calendar.make:{circle or 0}", value, confirm=anew),
            blocks.button("Turn it off", f"calendar.end:{circle or 0}", value, confirm=off),
        ),
    ]


def _shared(shown: Calendar, circle: Circle) -> list[Block]:
    value, link = pack(circle=circle.id), shown.shared_link(circle.id)
    make, end = f"calendar.share:{circle.id}", f"calendar.unshare:{circle.id}"
    if not link:
        words = f"*{escape(circle.name)}, for all of you.* One address that belongs to the circle, such as for a team calendar."
        return [blocks.divider(), blocks.section(words, blocks.button("Make it", make, value))]
    anew = blocks.confirm("A new address?", "The one all of you have stops working at once.", yes="Make a new one")
    off = blocks.confirm("Turn it off?", "It stops working for all of you.", yes="Turn it off")
    return [
        blocks.divider(),
        blocks.section(f"*{escape(circle.name)}, for all of you:*\n```{link}```"),
        blocks.actions(
            blocks.button("Make a new one", make, value, confirm=anew),
            blocks.button("Turn it off", end, value, confirm=off),
        ),
        blocks.context("Every member sees it, and can make a new one or turn it off. Somebody left? Make a new one."),
    ]


def told(circle: Circle, by: MemberId) -> Message:
    """In the channel: there is an address for all."""
    words = f"*{escape(circle.name)} has a new calendar address for all of you.* {mention(by)} made it."
    return Message(
        f"{escape(circle.name)} has a new calendar address.",
        [
            blocks.section(f"{words} An older one does not work any more."),
            blocks.actions(blocks.button("Into my calendar", doors.OPEN_CALENDAR)),
        ],
    )


def _as_file() -> Block:
    button = blocks.button("Send me the file", "calendar.file")
    return blocks.section("Or the sessions that are planned now, as a file in our conversation:", button)


def sent(sessions: int) -> Message:
    words = "the next session" if sessions == 1 else f"the next {sessions} sessions"
    return Message(f"Sent: {words}.", [blocks.section(f"I've sent you a file with {words}, in our conversation.")])
