"""How a member gets their sessions into their own calendar."""

from bot.domain.ids import CircleId
from bot.features.calendar.flows import Calendar
from bot.slack import blocks
from bot.slack.blocks import Block, Message, View
from bot.slack.payload import pack
from bot.slack.text import escape

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


def _as_file() -> Block:
    button = blocks.button("Send me the file", "calendar.file")
    return blocks.section("Or the sessions that are planned now, as a file in our conversation:", button)


def sent(sessions: int) -> Message:
    words = "the next session" if sessions == 1 else f"the next {sessions} sessions"
    return Message(f"Sent: {words}.", [blocks.section(f"I've sent you a file with {words}, in our conversation.")])
