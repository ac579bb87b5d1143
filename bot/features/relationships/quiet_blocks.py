"""The quiet ladder: kind words after one, two and three quiet weeks, and an end without blame after four."""

from bot import doors
from bot.domain.ids import MemberId
from bot.domain.relationships import Relationship, closes_at
from bot.slack import blocks
from bot.slack.blocks import Message
from bot.slack.payload import pack
from bot.slack.text import day, mention


def quiet(relationship: Relationship, reader: MemberId) -> Message:
    value = pack(relationship=relationship.id)
    shown = [
        blocks.section(_words(relationship, mention(relationship.other(reader)))),
        blocks.actions(
            blocks.button("Plan the next meeting", "relationships.plan", value, style="primary"),
            blocks.button("We met", "relationships.met", value),
            blocks.button("Let it end", "relationships.end", value),
        ),
    ]
    return Message("It has been quiet between the two of you.", shown)


def _words(relationship: Relationship, other: str) -> str:
    if relationship.asked <= 1:
        return f"*It has been quiet with {other} for a week. Shall we find the next date?* Two times in one line will do."
    if relationship.asked == 2:
        return f"*Two quiet weeks with {other}.* A quarter of an hour, or a few lines in writing, counts as much as an hour."
    return (
        f"*Three quiet weeks with {other}.* If that is how it should be, leave it: on {day(closes_at(relationship))} I close "
        "it, without blame, and either of you can open it again."
    )


def asleep(relationship: Relationship, reader: MemberId) -> Message:
    words = (
        f"*Your mentoring with {mention(relationship.other(reader))} has fallen asleep, so I closed it.* That happens to good "
        "ones too, and nobody is to blame. The door is open:"
    )
    value = pack(relationship=relationship.id)
    buttons = [
        blocks.button("Open it again", "relationships.again", value),
        blocks.button("Find somebody else", doors.FIND_MATCH),
    ]
    return Message("A mentoring of yours has fallen asleep.", [blocks.section(words), blocks.actions(*buttons)])
