"""The next session, on the Home tab."""

from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from bot import cards, doors
from bot.domain.circles import Circle
from bot.domain.hotseat import Turn, look_ahead, turn_in
from bot.domain.ids import MemberId
from bot.domain.runs import Run
from bot.domain.sessions import Presence, Session, SessionState
from bot.features.sessions.reading import next_of
from bot.slack import blocks
from bot.slack.blocks import Block
from bot.slack.payload import pack
from bot.slack.text import clock, escape
from bot.store.unit_of_work import Work


@dataclass(frozen=True)
class Next:
    """The session somebody asks about who asks for the next one, and who has its seat."""

    session: Session
    circle: Circle
    turn: Turn | None = None
    run: Run | None = None
    """Where it was started."""


async def next_session(work: Work, member: MemberId, now: datetime) -> list[Block]:
    """Nothing for who is in no circle, or has nobody to meet there yet: what to do then is said where the circles stand."""
    circles = [circle for circle in await work.circles.of(member) if not circle.is_alone]
    found = await _next(work, circles, now)
    if found is None:
        return no_session(circles) if circles else []
    return one(found, member)


async def next_in_brief(work: Work, member: MemberId, now: datetime) -> list[Block]:
    """The same in short, for `/mentor`."""
    circles = [circle for circle in await work.circles.of(member) if not circle.is_alone]
    found = await _next(work, circles, now)
    if found is None:
        return no_session(circles)[1:] if circles else []
    said = found.session.presence.get(member)
    words = "\n".join(["*Next session*", *_told(found, member)])
    buttons = _buttons(found, said)
    if found.session.state is SessionState.OPEN:
        # Who has come may start it as well; the dates to come can wait.
        return [blocks.section(words), blocks.actions(*buttons[:2], block=f"next-{found.session.id}")]
    return [blocks.section(words, buttons[0], block=f"next-{found.session.id}")]


async def _next(work: Work, mine: list[Circle], now: datetime) -> Next | None:
    circles = {circle.id: circle for circle in mine}
    every = await work.sessions.of_circles(list(circles))
    session = next_of(sorted(chain(*every.values()), key=lambda one: (one.starts, one.id)), now)
    if session is None:
        return None
    circle = circles[session.circle]
    ledgers = await work.turns.ledgers(mine, every)
    turn = turn_in(session.id, look_ahead(ledgers[circle.id]))
    run = await work.runs.find(session.id) if session.state is SessionState.OPEN else None
    return Next(session, circle, turn, run)


def no_session(circles: list[Circle]) -> list[Block]:
    if not any(circle.channel for circle in circles):
        words = "*Your circle is being set up.* Its sessions appear here in a moment."
        return [blocks.header("Next session"), blocks.section(words)]
    button = blocks.button("Sessions and dates", doors.SHOW_SCHEDULE, pack(circle=circles[0].id))
    return [blocks.header("Next session"), blocks.section("*No session is planned.* See what was left out.", button)]


def one(found: Next, member: MemberId) -> list[Block]:
    said = found.session.presence.get(member)
    return [
        blocks.header("Next session"),
        blocks.section("\n".join(_told(found, member))),
        blocks.actions(*_buttons(found, said)),
    ]


def _told(found: Next, member: MemberId) -> list[str]:
    session, turn, run = found.session, found.turn, found.run
    told = [f"{cards.circle_name(found.circle)}", f"*{cards.when(session)}*"]
    if session.state is SessionState.OPEN:
        told[1] = f"*Going on now*, until {clock(session.ends)}"
    if run and run.is_live:
        stage = f"{escape(run.leg.name)}, until {cards.in_words(run.until) if run.is_written else clock(run.until)}"
        told[1] = f"*Going on now:* {'paused' if run.paused else stage}"
    if turn and turn.sits:
        told.append(f"In the hot seat: {cards.people(turn.sits, me=member)}")
    mine = [f"{cards.YOU_WORDS[duty]}." for duty, who in (turn.roles.items() if turn else ()) if who == member]
    told += [" ".join(mine)] if mine else []
    said = session.presence.get(member)
    told += {Presence.COMING: ["You are coming."], Presence.AWAY: ["You can't come."]}.get(said, []) if said else []
    return told


def _buttons(found: Next, said: Presence | None) -> list[blocks.Element]:
    session = found.session
    value = pack(session=session.id)
    plan = blocks.button("Sessions and dates", doors.SHOW_SCHEDULE, pack(circle=found.circle.id))
    if session.state is SessionState.OPEN:
        # The form for the two commitments stands below, among the commitments.
        begun = found.run is not None
        start = [] if begun else [blocks.button("Start session", doors.START_SESSION, value, style="primary")]
        here = blocks.button("I'm here", doors.HERE, value, style="primary" if begun else "")
        return [*start, plan] if said is Presence.PRESENT else [*start, here, plan]
    coming = blocks.button("I'm coming", "sessions.coming", value, style="" if said else "primary")
    away = blocks.button("I can't come", doors.CANNOT_COME, value)
    if said is Presence.COMING:
        return [away, plan]
    return [coming, plan] if said is Presence.AWAY else [coming, away, plan]
