"""How a circle chooses between one thread for all and pairs: by tap, more than half of it decides."""

from collections.abc import Sequence

from bot import cards
from bot.features.checkins.pairs import Ballot
from bot.slack import blocks
from bot.slack.blocks import Block, Element, Message
from bot.slack.payload import pack
from bot.slack.text import escape

WHAT = (
    "Each week two of you get the question in a conversation of your own, another two each time, "
    "until everybody was with everybody."
)


def ballots(every: Sequence[Ballot]) -> Message:
    """To one member, for each of their circles."""
    if not every:
        words = "*You are in no circle yet.* Pairs are something a circle chooses. `/mentor circle join` lists those with room."
        return Message("You are in no circle yet.", [blocks.section(words)])
    shown: list[Block] = [blocks.section(f"*Check in all together, or in pairs?* {WHAT}")]
    for ballot in every[:10]:
        shown.append(
            blocks.section(f"{cards.circle_name(ballot.circle)} checks in {_now(ballot)}.\n{_count(ballot)}")
        )
        shown.append(blocks.actions(*_ways(ballot), block=f"ways-{ballot.circle.id}"))
    return Message("Check in all together, or in pairs?", shown)


def asked(ballot: Ballot) -> Message:
    """In the circle's channel, with what was said so far."""
    head = f"*Shall we check in as pairs?* {WHAT}"
    if ballot.in_pairs:
        head = f"*You check in as pairs from the next question on.* {WHAT}"
    favour = cards.people(list(ballot.in_favour)) or "nobody yet"
    shown = [
        blocks.section(head),
        blocks.section(f"For pairs: {favour}. {_count(ballot)}"),
        blocks.actions(*_ways(ballot), block=f"ways-{ballot.circle.id}"),
        blocks.context("Whoever says nothing is for how it is. You can change it back at any time, the same way."),
    ]
    return Message("Shall we check in as pairs?", shown)


def wished(ballot: Ballot) -> Message:
    words = f"*Noted.* {escape(ballot.circle.name)} checks in {_now(ballot)}. {_count(ballot)}"
    return Message("Noted.", [blocks.section(words)])


def _now(ballot: Ballot) -> str:
    return "in pairs" if ballot.in_pairs else "all together, in its channel"


def _count(ballot: Ballot) -> str:
    many, of = len(ballot.in_favour), len(ballot.circle.members)
    verb = "is" if many == 1 else "are"
    decided = "" if ballot.in_pairs else f"; with {ballot.needed} it is decided"
    return f"{many} of {of} {verb} for pairs{decided}."


def _ways(ballot: Ballot) -> list[Element]:
    number = ballot.circle.id
    return [
        blocks.button("In pairs", f"checkins.ways:{number}-1", pack(circle=number, pairs=1)),
        blocks.button("All together", f"checkins.ways:{number}-0", pack(circle=number, pairs=0)),
    ]
