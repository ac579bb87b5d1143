"""How the question reads while it is open and when it is decided: one message, changed in place."""

from datetime import datetime

from bot import cards
from bot.domain import when
from bot.domain.ballots import Option
from bot.domain.quorum import Choice
from bot.features.quorum.flows import moment_of
from bot.features.quorum.reading import Asked
from bot.slack import blocks
from bot.slack.blocks import Block, Message
from bot.slack.payload import pack
from bot.slack.text import escape, many

MOST_ZONES = 4
"""A proposed time is said on so many clocks."""


def question(asked: Asked) -> Message:
    if not asked.ballot.is_open:
        return _decided(asked)
    session, circle = asked.session, asked.circle
    shown: list[Block] = [blocks.section(f"*What shall we do about {cards.dated(session)}?* {_why(asked)}")]
    shown.append(blocks.section("\n".join(_line(asked, option) for option in asked.ballot.options)))
    if slot := asked.ballot.option(Choice.MOVE.value):
        shown.append(blocks.context(_clocks(asked, slot)))
    shown.append(blocks.actions(*(_button(asked, option) for option in asked.ballot.options)))
    shown.append(blocks.context(_rule(asked)))
    return Message(f"{escape(circle.name)}: too few can come on {cards.dated(session)}. What shall we do?", shown)


def _why(asked: Asked) -> str:
    counted = asked.counted
    people, coming = len(counted.people), len(counted.coming)
    said = f"{coming} of {people} can come" if coming else "Nobody has said yes yet"
    away = f", {many(len(counted.away), 'is', 'are')} away" if counted.away else ""
    return f"{said}{away}; we need {counted.needed}."


def _line(asked: Asked, option: Option) -> str:
    chosen = asked.tally.by_option[option.key]
    votes = f" ({len(chosen)}: {cards.people(chosen)})" if chosen else ""
    return f"• {_words(asked, option)}{votes}"


def _words(asked: Asked, option: Option) -> str:
    match option.key:
        case Choice.MOVE.value:
            can = many(int(option.details["can"]), "of you has", "of you have")
            return f"*Move* to {cards.in_words(moment_of(asked.ballot))}, which {can} in their hours"
        case Choice.WRITE.value:
            return "*In writing*, over two days, whenever it suits you"
        case Choice.LEAVE_OUT.value:
            return "*Leave it out*; whose turn it was sits next time"
        case _:
            return f"*Go ahead* with {len(asked.counted.coming)}" if asked.counted.coming else "*Go ahead* anyway"


def _clocks(asked: Asked, slot: Option) -> str:
    at: datetime = moment_of(asked.ballot)
    zones = asked.zones[:MOST_ZONES]
    more = len(asked.zones) - len(zones)
    said = " · ".join(when.say_moment(at, zone) for zone in zones)
    return f"{said}{f' · and {more} more' if more else ''}"


def _button(asked: Asked, option: Option) -> blocks.Element:
    words = {
        Choice.GO.value: "Go ahead",
        Choice.MOVE.value: "Move it",
        Choice.WRITE.value: "In writing",
        Choice.LEAVE_OUT.value: "Leave it out",
    }
    style = "primary" if option.key == asked.ballot.silence else ""
    value = pack(ballot=asked.ballot.id, choice=option.key)
    return blocks.button(words[option.key], f"quorum.vote:{option.key}", value, style=style)


def _rule(asked: Asked) -> str:
    silence = "going ahead" if asked.ballot.silence == Choice.GO.value else "leaving it out"
    return (
        f"A change needs {asked.tally.majority} of {len(asked.tally.asked)} taps; who says nothing is for {silence}. "
        f"Decided on {cards.in_words(asked.ballot.closes)} at the latest."
    )


def _decided(asked: Asked) -> Message:
    words = _outcome(asked)
    shown: list[Block] = [blocks.section(words)]
    votes = [
        f"{_short(option)}: {cards.people(members)}"
        for option in asked.ballot.options
        if (members := asked.tally.by_option[option.key])
    ]
    silent = f"{many(len(asked.tally.silent), 'person', 'people')} said nothing"
    shown.append(blocks.context(" · ".join([*votes, *([silent] if asked.tally.silent else [])]) or "Nobody tapped."))
    return Message(words.replace("*", ""), shown)


def _short(option: Option) -> str:
    return {"go": "Go ahead", "move": "Move", "write": "In writing", "leave_out": "Leave it out"}[option.key]


def _outcome(asked: Asked) -> str:
    if asked.ballot.is_void:
        return "*Nothing to decide any more:* the session was changed meanwhile."
    match asked.ballot.outcome:
        case Choice.MOVE.value:
            return f"*Decided:* the session moves to {cards.in_words(moment_of(asked.ballot))}."
        case Choice.WRITE.value:
            return "*Decided:* we meet in writing this time."
        case Choice.LEAVE_OUT.value:
            return "*Decided:* this session is left out."
        case _:
            return "*Decided:* the session goes ahead."


def goes(asked: Asked) -> Message:
    coming = cards.people(asked.counted.coming) or "whoever can come"
    session = asked.session
    return Message(
        f"{escape(asked.circle.name)} goes ahead on {cards.dated(session)}.",
        [
            blocks.section(f"*It goes ahead on {cards.dated(session)}*, with {coming}."),
            blocks.context("A small session goes deep: there is more time for everybody's question."),
        ],
    )
