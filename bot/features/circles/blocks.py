"""How circles look: their page, the lists, and what is said when something about one has changed."""

from collections.abc import Sequence

from bot import cards, doors
from bot.domain import when
from bot.domain.circles import Circle, CircleState
from bot.domain.ids import MemberId
from bot.features.circles.reading import Card
from bot.slack import blocks
from bot.slack.blocks import Block, Element, Message
from bot.slack.payload import pack
from bot.slack.text import escape, many, mention

SHOWN = 8
"""How many circles a list shows; each is two blocks, and who wants more can search."""


def made(circle: Circle) -> Message:
    words = (
        f"*{escape(circle.name)} is on its way.* I'm making its private channel now; you'll see it in a few seconds."
    )
    others = [member for member in circle.members if member != circle.made_by]
    guests = (
        f" I bring in {cards.people(others)}."
        if others
        else " Bring in somebody: it begins as soon as two of you are in it."
    )
    return Message(
        f"{escape(circle.name)} is on its way.",
        [
            blocks.section(words + guests),
            blocks.context(f"You meet {when.in_words(circle.rule)}, {circle.minutes} minutes."),
            blocks.actions(
                blocks.button("Show the circle", doors.SHOW_CIRCLE, pack(circle=circle.id), style="primary"),
                blocks.button("Invite people", "circles.bring", pack(circle=circle.id)),
            ),
        ],
    )


# The page of a circle, and lists of them


def page(card: Card) -> Message:
    circle = card.circle
    text = f"{escape(circle.name)}: {next_in_words(card).replace('*', '')}"
    return Message(text, [*_head(card), blocks.actions(*_doors(card))])


def _head(card: Card) -> list[Block]:
    circle = card.circle
    told = [f"{cards.circle_name(circle)}\n{escape(circle.theme)}", next_in_words(card)]
    if card.turn and card.turn.sits:
        told.append(f"In the hot seat: {cards.people(card.turn.sits, me=card.reader)}")
    told.append(rhythm(circle))
    if card.is_mine or card.may_change:
        told.append(
            f"With {cards.people(circle.members, me=card.reader)}." if circle.members else "Nobody is in it yet."
        )
    else:
        told.append(_room(circle))
    if card.buddy is not None:
        told.append(f"Your buddy: {mention(card.buddy)}. `/mentor buddy` picks another.")
    shown = [blocks.section("\n".join(told))]
    if card.turn and (does_what := cards.roles(card.turn)):
        shown.append(blocks.context(does_what))
    if card.is_mine and (why := cards.because(circle)):
        shown.append(blocks.section(why))
    return shown


def next_in_words(card: Card) -> str:
    if not card.circle.is_open:
        return "This circle has ended."
    if card.circle.state is CircleState.OPENING:
        return "Its channel is being made right now."
    if card.circle.is_alone:
        return cards.waiting(card.circle)
    if card.coming is None:
        return "No session is planned right now."
    return f"Next session: {cards.when(card.coming)}"


def rhythm(circle: Circle) -> str:
    words = when.in_words(circle.rule)
    return f"{words[:1].upper()}{words[1:]}, {circle.minutes} minutes"


def _room(circle: Circle) -> str:
    free = circle.size_max - len(circle.members)
    return f"{many(len(circle.members), 'member', 'members')}, {many(free, 'seat', 'seats')} free"


def _doors(card: Card) -> list[Element]:
    circle = card.circle
    value = pack(circle=circle.id)
    if not circle.is_open:
        return [blocks.button("Find another circle", doors.JOIN_CIRCLE, style="primary")]
    if not card.may_change:
        join = [blocks.button("Join", "circles.join", value, style="primary")] if circle.has_room else []
        return [*join, blocks.button("See all circles", doors.JOIN_CIRCLE)]
    shown = [
        blocks.button("Sessions and dates", doors.SHOW_SCHEDULE, value, style="primary"),
        blocks.button("Who sits when", doors.SHOW_SEATS, value),
    ]
    if circle.is_alone:
        shown = [blocks.button("Invite people", "circles.bring", value, style="primary")]
    elif circle.has_room:
        shown.append(blocks.button("Invite people", "circles.bring", value))
    if card.is_mine and not circle.is_alone:
        shown.append(blocks.button("Our charter", doors.SHOW_CHARTER, value))
    return [*shown, blocks.overflow("circles.more", _more(card))]


def _more(card: Card) -> list[tuple[str, str]]:
    number = card.circle.id
    choices = [("Change the rhythm", pack(circle=number, do="rhythm"))]
    if card.is_mine:
        choices.append(("Leave the circle", pack(circle=number, do="leave")))
    return [*choices, ("End the circle", pack(circle=number, do="close"))]


def mine(found: Sequence[Card]) -> Message:
    if not found:
        return Message("You are in no circle yet.", no_circle())
    if len(found) == 1:
        return page(found[0])
    shown = [blocks.section(f"*You are in {len(found)} circles.*")]
    for card in found[:SHOWN]:
        shown.append(compact(card))
    return Message(f"You are in {len(found)} circles.", shown)


def compact(card: Card) -> Block:
    circle = card.circle
    show = blocks.button("Show", f"{doors.SHOW_CIRCLE}:{circle.id}", pack(circle=circle.id))
    return blocks.section(f"{cards.circle_name(circle)}\n{next_in_words(card)}", show)


def no_circle() -> list[Block]:
    return [
        blocks.section(
            "*You are in no circle yet.* A circle is four to eight people who meet every two weeks. "
            "One of you brings a question each time, and everybody leaves with two small promises."
        ),
        blocks.actions(
            blocks.button("Join a circle", doors.JOIN_CIRCLE, style="primary"),
            blocks.button("Start one", doors.CREATE_CIRCLE),
            blocks.button("Find a match", doors.FIND_MATCH),
        ),
    ]


def with_room(found: Sequence[Card], words: str) -> Message:
    if not found:
        return _none_with_room(words)
    shown = [blocks.section("*Circles with room.* Joining is one tap, and so is leaving.")]
    for card in found[:SHOWN]:
        shown += _joinable(card)
    if len(found) > SHOWN:
        left = many(len(found) - SHOWN, "more circle", "more circles")
        shown.append(blocks.context(f"And {left}: `/mentor circle join` with a word finds those about it."))
    shown.append(blocks.actions(blocks.button("Start one of my own", doors.CREATE_CIRCLE)))
    return Message(f"{many(len(found), 'circle has', 'circles have')} room for you.", shown)


def _joinable(card: Card) -> list[Block]:
    circle = card.circle
    join = blocks.button("Join", f"circles.join:{circle.id}", pack(circle=circle.id))
    return [
        blocks.section(f"*{escape(circle.name)}*\n{escape(circle.theme)}\n{next_in_words(card)}", join),
        blocks.context(f"{rhythm(circle)} · {_room(circle)}"),
    ]


def _none_with_room(words: str) -> Message:
    said = f"No circle with room is about “{escape(words[:60])}”." if words else "No circle has room right now."
    shown = [
        blocks.section(
            f"*{said}* You can start one yourself and bring in whom you like, or let me find your people."
        ),
        blocks.actions(
            blocks.button("Start a circle", doors.CREATE_CIRCLE, style="primary"),
            blocks.button("Find a match", doors.FIND_MATCH),
            *([blocks.button("See all circles", doors.JOIN_CIRCLE)] if words else []),
        ),
    ]
    return Message(said, shown)


# Receipts


def joined(card: Card) -> Message:
    circle = card.circle
    where = "I'm bringing you into its channel." if circle.channel else "Its channel is being made right now."
    return Message(
        f"You are in {escape(circle.name)}.",
        [
            blocks.section(f"*You are in {escape(circle.name)}.* {where}\n{next_in_words(card)}"),
            blocks.context(f"With {cards.people(circle.members, me=card.reader)}."),
            blocks.actions(blocks.button("Show the circle", doors.SHOW_CIRCLE, pack(circle=circle.id))),
        ],
    )


def invited(circle: Circle, people: Sequence[MemberId]) -> Message:
    return Message(
        f"They are in {escape(circle.name)} now.",
        [
            blocks.section(f"*Done.* I'm bringing {cards.people(list(people))} into {escape(circle.name)}."),
            blocks.context("They are told in the channel. If Slack doesn't let one of them in, I let you know."),
        ],
    )


def left(circle: Circle) -> Message:
    return Message(
        f"You have left {escape(circle.name)}.",
        [
            blocks.section(f"*You have left {escape(circle.name)}.* Thank you for the time you gave to it."),
            blocks.context("I tell the others that you left, and take you out of the channel. The door stays open."),
            blocks.actions(blocks.button("Find another circle", doors.JOIN_CIRCLE)),
        ],
    )


def changed(card: Card) -> Message:
    return Message(
        "The rhythm is changed.",
        [
            blocks.section(f"*Changed.* {rhythm(card.circle)}.\n{next_in_words(card)}"),
            blocks.context("I tell the others in the channel."),
            blocks.actions(
                blocks.button("Sessions and dates", doors.SHOW_SCHEDULE, pack(circle=card.circle.id), style="primary")
            ),
        ],
    )


def ended(circle: Circle, archive: bool) -> Message:
    channel = "and archive the channel" if archive else "and leave the channel as it is"
    return Message(
        f"{escape(circle.name)} has ended.",
        [
            blocks.section(f"*{escape(circle.name)} has ended.* I say goodbye to everybody there, {channel}."),
            blocks.context("What you promised yourself stays with you: it is on your Home tab."),
        ],
    )
