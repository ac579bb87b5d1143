"""How the end of a round looks: the celebration, what was decided, and a kind end."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot import cards, doors
from bot.domain import when
from bot.domain.ids import MemberId
from bot.domain.rounds import ARCHIVED_AFTER, Figures, RoundState
from bot.domain.shipped import protocol_named
from bot.features.rounds.reading import About, Standing
from bot.slack import blocks
from bot.slack.blocks import Block, Element, Message
from bot.slack.payload import pack
from bot.slack.text import day, escape, many, mention


def celebration(about: About, figures: Figures) -> Message:
    circle, this = about.circle, about.round
    if this.state is not RoundState.ASKING:
        words = f"*Round {this.number} of {escape(circle.name)} is complete*, and all answers are opened."
        return Message(words.replace("*", ""), [blocks.section(words), _done(figures), blocks.actions(_story(about))])
    shown: list[Block] = [
        blocks.section(f"*Round {this.number} is complete. Thank you, {cards.people(circle.members)}.*"),
        _done(figures),
        blocks.section(
            "*How shall we go on?* Each of you says it alone: stay or leave, how often, how many, how we work. I open all "
            "answers together."
        ),
        blocks.actions(
            blocks.button("Say how I go on", "rounds.answer", pack(round=this.id), style="primary"), _story(about)
        ),
        blocks.context(_rule(about)),
    ]
    return Message(f"Round {this.number} of {escape(circle.name)} is complete. How shall we go on?", shown)


def _done(figures: Figures) -> Block:
    told = [
        f"• {many(figures.held, 'session', 'sessions')} held of {figures.sessions}",
        f"• {many(figures.sat, 'of you', 'of you')} sat in the hot seat",
    ]
    if figures.promises:
        told.append(f"• {many(figures.promises, 'commitment', 'commitments')} made")
    if figures.kept is not None:
        told.append(f"• about {figures.kept} % of what was due was kept")
    return blocks.section("\n".join(told))


def _rule(about: About) -> str:
    answered = len(about.answered)
    so_far = f"{answered} of {len(about.circle.members)} have answered. " if answered else ""
    closes = f"Opened on {cards.in_words(about.round.closes)} at the latest. " if about.round.closes else ""
    return f"{so_far}{closes}Who says nothing stays. Leaving here is normal, and no reason is owed."


def _story(about: About) -> Element:
    return blocks.button("Tell a story", doors.WRITE_STORY, pack(circle=about.circle.id))


def reminder(about: About) -> Message:
    name = escape(about.circle.name)
    closes = f" until {cards.in_words(about.round.closes)}" if about.round.closes else ""
    return Message(
        f"How do you want to go on with {name}?",
        [
            blocks.section(f"*How do you want to go on with {name}?* A minute is enough; you have time{closes}."),
            blocks.actions(
                blocks.button("Say how I go on", "rounds.answer", pack(round=about.round.id), style="primary")
            ),
            blocks.context("Nobody sees it before all are opened. Say nothing, and you stay. I ask this once."),
        ],
    )


def answered(about: About) -> Message:
    left = len(about.silent)
    words = "*Kept.* Nobody sees it before all are opened together; until then you can change it."
    if about.round.state is not RoundState.ASKING:
        words = "*Kept, and yours was the last one.* All answers are opened in the channel now."
    waits = f"{many(left, 'answer is', 'answers are')} still open." if left else ""
    return Message(words.replace("*", ""), [blocks.section(words), *([blocks.context(waits)] if waits else [])])


@dataclass(frozen=True)
class Result:
    """What was decided, as its letter carries it."""

    size: int
    every: int
    protocol: str
    leave: tuple[MemberId, ...]
    themselves: int
    answered: int


def read_result(payload: Mapping[str, Any]) -> Result:
    leave = tuple(MemberId(one) for one in payload["leave"])
    return Result(
        payload["size"], payload["every"], payload["protocol"], leave, payload["themselves"], payload["answered"]
    )


def opened(about: About, result: Result) -> Message:
    circle = about.circle
    staying = [member for member in circle.members if member not in result.leave]
    told = [f"*Round {about.round.number + 1} begins.* With {cards.people(staying)}."]
    if result.leave:
        told.append(f"*Goodbye and thank you*, {cards.people(result.leave)}.")
    if result.themselves:
        told.append("Somebody else leaves too, and tells you themselves.")
    return Message(
        f"Round {about.round.number + 1} of {escape(circle.name)} begins.",
        [
            blocks.section("\n".join(told)),
            blocks.section(_changes(about, result)),
            blocks.actions(
                blocks.button("Sessions and dates", doors.SHOW_SCHEDULE, pack(circle=circle.id)),
                blocks.button("Our charter", doors.SHOW_CHARTER, pack(circle=circle.id)),
            ),
            blocks.context(f"{result.answered} answered. Is our charter still true? Change it there."),
        ],
    )


def _changes(about: About, result: Result) -> str:
    told = []
    if result.every:
        told.append(f"• You meet {when.in_words(about.circle.rule)} from now on.")
    if result.protocol:
        protocol = protocol_named(result.protocol)
        told.append(f"• You work by another protocol: {protocol.name}.")
    if result.size:
        told.append(f"• You are {result.size} at most.")
    return "\n".join(["*What changes*", *told]) if told else "Everything else stays as it is."


def goodbye(about: About) -> Message:
    name = escape(about.circle.name)
    ends = f" on {day(about.round.look_at)}" if about.round.look_at else ""
    words = (
        f"*Will you say goodbye to {name}?* You wanted to tell them in your own words. I take you out{ends}, quietly."
    )
    return Message(
        f"Will you say goodbye to {name}?",
        [
            blocks.section(words),
            blocks.context(
                "Thank you for the time you gave to it. What you promised yourself stays on your Home tab."
            ),
        ],
    )


def ended(about: About, figures: Figures) -> Message:
    circle, this = about.circle, about.round
    archived = this.look_at
    until = f" on {day(archived)}" if archived else f" in {ARCHIVED_AFTER.days} days"
    people = cards.people(circle.members)
    return Message(
        f"{escape(circle.name)} ends here. Thank you all.",
        [
            blocks.section(f"*{escape(circle.name)} ends here. Thank you, {people}, for what you gave each other.*"),
            _done(figures),
            blocks.actions(
                blocks.button("Wait, we go on", "rounds.back", pack(round=this.id)),
                blocks.button("Circles with room", doors.JOIN_CIRCLE),
                blocks.button("Tell a story", doors.WRITE_STORY),
            ),
            blocks.context(
                f"Fewer than two of you stay for another round. I archive this channel{until}; it can still be read."
            ),
        ],
    )


def back(about: About, by: MemberId) -> Message:
    words = f"*{escape(about.circle.name)} goes on after all.* {mention(by)} brought it back, with its dates."
    return Message(
        words.replace("*", ""),
        [
            blocks.section(words),
            blocks.actions(blocks.button("Sessions and dates", doors.SHOW_SCHEDULE, pack(circle=about.circle.id))),
        ],
    )


# `/mentor circle next`


def standing(now: Standing) -> Message:
    if not now.rounds:
        words = "*No round has begun yet.* The first one begins with your circle's first session."
        return Message(words.replace("*", ""), [blocks.section(words)])
    shown: list[Block] = []
    for about, over in now.rounds[:8]:
        shown.append(_one(about, over))
    return Message("How your circle's round goes.", shown)


def _one(about: About, over: int) -> Block:
    this, name = about.round, cards.circle_name(about.circle)
    if this.state is RoundState.ASKING:
        words = f"{name}\n*Round {this.number} is complete.* How do you want to go on?"
        return blocks.section(
            words, blocks.button("Say how I go on", f"rounds.answer:{this.id}", pack(round=this.id))
        )
    left = this.sessions - over
    words = f"{name}\n*Round {this.number}:* {over} of {this.sessions} sessions are over, {left} to go."
    return blocks.section(f"{words} Then each of you says alone how to go on.")
