"""How buddies look: to whoever has one, and to whoever was picked."""

from collections.abc import Sequence

from bot import cards
from bot.domain.buddies import Why
from bot.domain.circles import Circle
from bot.domain.ids import MemberId
from bot.features.commitments.buddies import Mine
from bot.slack import blocks
from bot.slack.blocks import Block, Message
from bot.slack.payload import pack
from bot.slack.text import escape, mention

REASONS = {
    Why.PICKED: "you picked them",
    Why.PAIR: "you check in with each other this week",
    Why.TURN: "it goes by turns, another one after each session",
}
WHAT = "A buddy sees the commitments you let them see, says when they saw one happen, and is the first to ask when you're stuck."
BY_TURNS = "By turns"


def mine(every: Sequence[Mine]) -> Message:
    if not every:
        words = "*You are in no circle yet, so there is nobody to be your buddy.* `/mentor circle join` lists those with room."
        return Message("You are in no circle yet.", [blocks.section(words)])
    shown: list[Block] = [blocks.section(f"*Your buddy.* {WHAT}")]
    for one in every[:10]:
        shown.append(_one(one))
    return Message("Your buddy.", shown)


def picked(one: Mine) -> Message:
    words = f"*Your buddy in {escape(one.circle.name)} is {_who(one)}.*"
    told = "I tell them, and that they may say no." if one.buddy and one.buddy.why is Why.PICKED else ""
    return Message("Noted.", [blocks.section(words), *([blocks.context(told)] if told else []), _one(one)])


def _one(one: Mine) -> Block:
    number = one.circle.id
    choices = [(BY_TURNS, pack(circle=number, buddy=""))]
    choices += [(name, pack(circle=number, buddy=member)) for member, name in one.names.items()]
    chosen = ""
    if one.buddy and one.buddy.why is Why.PICKED:
        chosen = pack(circle=number, buddy=one.buddy.member)
    menu = blocks.menu(f"commitments.buddy:{number}", choices, chosen=chosen, hint="Pick somebody")
    because = f": {REASONS[one.buddy.why]}" if one.buddy else ""
    return blocks.section(f"{cards.circle_name(one.circle)}\n{_who(one)}{because}", menu, block=f"buddy-{number}")


def _who(one: Mine) -> str:
    return mention(one.buddy.member) if one.buddy else "nobody yet"


def asked(circle: Circle, picker: MemberId) -> Message:
    """To whoever was picked."""
    no = blocks.button("Not this time", "commitments.buddy-decline", pack(circle=circle.id, picker=picker))
    words = f"*{mention(picker)} picked you as their buddy in {escape(circle.name)}.* Nothing to do now."
    what = "They may let you see one of their commitments, and ask you first when they are stuck."
    return Message(
        "Somebody picked you as their buddy.", [blocks.section(words), blocks.section(what), blocks.actions(no)]
    )


def declined() -> Message:
    words = "*Fine.* I tell them kindly, and it goes by turns again. They won't pick you a second time."
    return Message("Fine.", [blocks.section(words)])


def told(circle: Circle, buddy: str) -> Message:
    words = (
        f"*It doesn't suit {escape(buddy)} to be your buddy right now.* In {escape(circle.name)} it goes by turns again. "
        "`/mentor buddy` shows who it is, and picks somebody else."
    )
    return Message("Your buddy goes by turns again.", [blocks.section(words)])
