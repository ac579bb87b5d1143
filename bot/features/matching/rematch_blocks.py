"""How it looks when a pair or a circle doesn't work and something else is found."""

from bot import doors
from bot.domain import when
from bot.domain.circles import Circle
from bot.domain.ids import MemberId
from bot.domain.intros import Intro
from bot.features.matching.blocks import KIND_NAMES
from bot.features.matching.finding import Candidate
from bot.features.matching.intro_blocks import following
from bot.features.matching.rematching import OtherCircle, Together
from bot.slack import blocks
from bot.slack.blocks import Block, Message
from bot.slack.payload import pack
from bot.slack.text import escape, mention

MOST_SHOWN = 20
PRIVATE = "Only you see this. Nobody is told why, and nothing is kept from which a lead could read it."


def together(now: Together, member: MemberId) -> Message:
    if not now.pairs and not now.circles:
        words = "*You are in no pair and no circle just now*, so there is nothing to change."
        buttons = [
            blocks.button("Find a match", doors.FIND_MATCH, style="primary"),
            blocks.button("See the circles", doors.JOIN_CIRCLE),
        ]
        return Message("There is nothing to change.", [blocks.section(words), blocks.actions(*buttons)])
    shown: list[Block] = [
        blocks.section("*Something doesn't work?* It happens, and nobody is to blame. One tap is enough.")
    ]
    for intro in now.pairs[:MOST_SHOWN]:
        button = blocks.button("This isn't working", "matching.unfit", pack(intro=intro.id))
        kind = KIND_NAMES[intro.kind].removesuffix("s").lower()
        shown.append(blocks.section(f"With {mention(intro.other(member))} · {kind}", button))
    for circle in now.circles[:MOST_SHOWN]:
        button = blocks.button("Find me another circle", "matching.other_circle", pack(circle=circle.id))
        shown.append(blocks.section(f"In the circle {escape(circle.name)}", button))
    shown.append(blocks.context(PRIVATE))
    return Message("Something doesn't work? One tap is enough.", shown)


def unfit(intro: Intro, member: MemberId, candidate: Candidate | None) -> Message:
    other = mention(intro.other(member))
    words = f"*Noted, and nobody is told.* I won't bring you and {other} together again."
    if member == intro.asked:
        words += " The place is free for somebody else."
    tell = blocks.button("Tell them for me, kindly", "matching.tell", pack(intro=intro.id))
    shown: list[Block] = [blocks.section(words), blocks.actions(tell)]
    if member == intro.asker:
        shown += following(intro.kind, candidate)
    return Message("Noted, and nobody is told.", [*shown, blocks.context(PRIVATE)])


def told(intro: Intro, member: MemberId) -> Message:
    words = f"*I tell {mention(intro.other(member))} in their own hours*: a thank-you, no reason, and who fits them."
    return Message("I tell them kindly.", [blocks.section(words)])


def moved_on(intro: Intro, reader: MemberId) -> Message:
    """To the other one, when the one who ended it asked for that."""
    who = mention(intro.other(reader))
    words = (
        f"*{who} thanks you, and your pair comes to an end here.* Not every pair finds its rhythm; nobody is to blame, "
        "and there is nothing to do."
    )
    find = blocks.button("See who else fits", doors.FIND_MATCH)
    return Message(f"Your pair with {who} comes to an end.", [blocks.section(words), blocks.actions(find)])


def another(intro: Intro, candidate: Candidate | None) -> Message:
    """To a mentee for whom a lead asked to look again."""
    words = (
        f"*I looked again for you.* A pair doesn't always find its rhythm, and nobody is to blame: what you have with "
        f"{mention(intro.asked)} can rest."
    )
    return Message("I looked again for you.", [blocks.section(words), *following(intro.kind, candidate)])


def other_circle(looked: OtherCircle) -> Message:
    own, found = looked.left, looked.found
    if found is None:
        words = (
            f"*No other circle with room suits your hours and the rules just now.* You can stay in {escape(own.name)}, or "
            "leave it with `/mentor circle leave`; the next draw then looks for a place for you."
        )
        browse = blocks.button("See the circles", doors.JOIN_CIRCLE)
        return Message("No other circle suits just now.", [blocks.section(words), blocks.actions(browse)])
    words = (
        f"*{escape(found.name)} would suit you*: {escape(found.theme)}, {when.in_words(found.rule)}, inside your hours. "
        f"{escape(own.name)} hears that you left, as it would of anybody, and not why."
    )
    move = blocks.button("Move me there", "matching.move", pack(old=own.id, new=found.id), style="primary")
    look = blocks.button("Look at it first", doors.SHOW_CIRCLE, pack(circle=found.id))
    shown = [blocks.section(words), blocks.actions(move, look), blocks.context(PRIVATE)]
    return Message(f"{escape(found.name)} would suit you.", shown)


def moved(circle: Circle) -> Message:
    words = f"*You are in {escape(circle.name)} now*: {when.in_words(circle.rule)}. I bring you into its channel."
    look = blocks.button("Look at the circle", doors.SHOW_CIRCLE, pack(circle=circle.id), style="primary")
    return Message(f"You are in {escape(circle.name)} now.", [blocks.section(words), blocks.actions(look)])


def looked_again(mentee: MemberId) -> str:
    return f"{mention(mentee)} hears from me who else fits, in their own hours, and chooses. The log keeps no names."
