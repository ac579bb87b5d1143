"""How the letters about sessions read: the agenda, the thread, the question afterwards, and what was changed."""

from collections.abc import Sequence
from datetime import datetime

from bot import cards, doors
from bot.domain import when
from bot.domain.agenda import READ_BACK, AgendaFacts
from bot.domain.audience import confirmer
from bot.domain.circles import Circle
from bot.domain.commitments import Commitment, CommitmentState
from bot.domain.duties import Duty
from bot.domain.ids import MemberId
from bot.domain.protocols import for_the_first, stretched
from bot.domain.sessions import BY_TAP, Presence, Session, SessionState
from bot.features.sessions.blocks import OUTCOME_WORDS
from bot.slack import blocks
from bot.slack.blocks import Block, Message
from bot.slack.payload import pack
from bot.slack.text import clip, clock, day, escape, many, mention

OUTCOME_OF = {
    CommitmentState.KEPT: "kept",
    CommitmentState.PARTLY: "partly",
    CommitmentState.NOT_YET: "not yet",
    CommitmentState.DROPPED: "dropped on purpose",
    CommitmentState.REPLACED: "replaced",
}
A_DAY = 24 * 60
LINE = 150
"""How much of a commitment a list shows."""


def agenda(facts: AgendaFacts) -> Message:
    session, circle = facts.session, facts.circle
    shown = [blocks.section(f"*We meet on {cards.dated(session)}.* Can you come? One tap helps the others to plan.")]
    shown += _seat(facts)
    shown += _read_back(facts.promises)
    if facts.parked:
        shown += [blocks.section("*Parked last time*"), blocks.quote(clip(facts.parked, 1000))]
    shown.append(blocks.section(who_comes(facts)))
    shown.append(
        blocks.actions(
            blocks.button("Coming", "sessions.coming", pack(session=session.id), style="primary"),
            blocks.button("Can't come", doors.CANNOT_COME, pack(session=session.id)),
            blocks.button("Into my calendar", doors.SESSION_FILE, pack(session=session.id)),
            blocks.button("Sessions and dates", doors.SHOW_SCHEDULE, pack(circle=circle.id)),
        )
    )
    return Message(f"{escape(circle.name)} meets on {cards.dated(session)}. Can you come?", shown)


def _seat(facts: AgendaFacts) -> list[Block]:
    if facts.turn is None or not facts.turn.sits:
        return []
    shown: list[Block] = []
    for presenter in facts.turn.sits:
        question = facts.questions.get(presenter)
        if question:
            shown += [blocks.section(f"*In the hot seat:* {mention(presenter)} asks"), blocks.quote(question)]
        else:
            shown.append(blocks.section(f"*In the hot seat:* {mention(presenter)}. The question is still to come."))
    told = cards.roles(facts.turn)
    return [*shown, blocks.context(told)] if told else shown


def _read_back(promises: Sequence[Commitment]) -> list[Block]:
    if not promises:
        return []
    lines = [_promise(one) for one in promises[:READ_BACK]]
    if len(promises) > READ_BACK:
        lines.append(f"• and {len(promises) - READ_BACK} more")
    count = many(len(promises), "commitment", "commitments")
    still = sum(one.is_under_way for one in promises)
    return [blocks.section(f"*Read-back:* {count} shared with the circle, {still} still open\n" + "\n".join(lines))]


def _promise(one: Commitment) -> str:
    """With what its owner told the circle of it since."""
    news = f"\n   _{escape(clip(' '.join(one.update.split()), LINE))}_" if one.shared_at and one.update else ""
    return f"• {mention(one.owner)}: {escape(clip(one.will, LINE))} ({_stands(one)}){news}"


def _stands(commitment: Commitment) -> str:
    if commitment.is_under_way:
        return f"by {when.say_day(commitment.by)}"
    seen = confirmer(commitment) if commitment.confirmed_at else None
    return OUTCOME_OF[commitment.state] + (f", confirmed by {mention(seen)}" if seen else "")


def who_comes(facts: AgendaFacts) -> str:
    told = []
    if facts.coming:
        told.append(f"*Coming:* {cards.people(facts.coming)}")
    if facts.away:
        told.append(f"*Away:* {cards.people(facts.away)}")
    if facts.silent:
        told.append(f"*Not said yet:* {cards.people(facts.silent)}" if told else "Nobody has said yet.")
    return "\n".join(told) or "Nobody is in this circle right now."


def call(facts: AgendaFacts) -> Message:
    """The day before, while it is not sure that enough will come."""
    session, silent = facts.session, facts.silent
    asked = f"*{cards.people(silent)}, can you come?* " if silent else "*Everybody has said.* "
    words = f"{asked}{escape(facts.circle.name)} meets on {cards.dated(session)}."
    value = pack(session=session.id)
    return Message(
        f"{escape(facts.circle.name)} meets on {cards.dated(session)}. Can you come?",
        [
            blocks.section(words),
            blocks.section(who_comes(facts)),
            blocks.actions(
                blocks.button("Coming", "sessions.coming", value, style="primary"),
                blocks.button("Can't come", doors.CANNOT_COME, value),
            ),
        ],
    )


# The thread


def thread(facts: AgendaFacts) -> Message:
    session, circle = facts.session, facts.circle
    protocol = facts.protocol
    until = f"until {clock(session.ends) if session.minutes < A_DAY else cards.in_words(session.ends)}"
    shown = [blocks.section(f"*{escape(circle.name)} meets now*, {until}. Say that you are here.")]
    if facts.turn and facts.turn.sits:
        seat = f"*In the hot seat:* {cards.people(facts.turn.sits)}"
        told = cards.roles(facts.turn)
        shown.append(blocks.section(f"{seat}\n{told}" if told else seat))
    shown.append(blocks.section(_stages(facts)))
    shown.append(blocks.context("Once you are together, start: I keep the time, and tell everybody their part."))
    shown.append(
        blocks.actions(
            blocks.button("Start session", doors.START_SESSION, pack(session=session.id), style="primary"),
            blocks.button("I'm here", doors.HERE, pack(session=session.id)),
            blocks.button("Make my two commitments", doors.MAKE_COMMITMENTS, pack(session=session.id)),
        )
    )
    here = cards.people(present(facts)) or "nobody has tapped yet"
    shown.append(blocks.context(f"Here: {here}"))
    return Message(f"{escape(circle.name)} meets now, {until}. {protocol.name}.", shown)


def _stages(facts: AgendaFacts) -> str:
    protocol, minutes = facts.protocol, facts.session.minutes
    lines = []
    for begins, ends, planned in stretched(protocol, minutes):
        stage = for_the_first(planned) if facts.is_first else planned
        words = cards.spoken(stage.says, facts.turn.sits if facts.turn else (), stage.seat)
        lines.append(f"`{_span(begins, ends, minutes)}` *{escape(stage.name)}*  {words}")
    return f"*{protocol.name}*\n" + "\n".join(lines)


def _span(begins: int, ends: int, minutes: int) -> str:
    if minutes >= A_DAY:
        return f"hour {begins // 60}-{ends // 60}"
    return f"{begins}-{ends}"


def present(facts: AgendaFacts) -> tuple[MemberId, ...]:
    return tuple(member for member in facts.coming if facts.session.presence[member] is Presence.PRESENT)


# Afterwards


def wrapup(facts: AgendaFacts) -> Message:
    """The question, or what was answered."""
    if facts.session.counts or facts.session.state is SessionState.NOT_HELD:
        return _answered(facts)
    session = facts.session
    asked = facts.turn.roles.get(Duty.FACILITATOR) if facts.turn else None
    who = f"{mention(asked)}, did you meet?" if asked else "Did you meet?"
    value = pack(session=session.id)
    return Message(
        "Did you meet?",
        [
            blocks.section(f"*{who}* Anybody who was there can answer."),
            blocks.actions(
                blocks.button("Held", "sessions.held", value, style="primary"),
                blocks.button("Partly", "sessions.partly", value),
                blocks.button("Not held", "sessions.not_held", value),
            ),
            blocks.context(
                "Without an answer within a day, it counts as held if two of you tapped that they are here."
            ),
        ],
    )


def _answered(facts: AgendaFacts) -> Message:
    session = facts.session
    outcome = OUTCOME_WORDS[session.state]
    here = present(facts)
    words = f"*{outcome}.*" + (f" Here: {cards.people(here)}." if here and session.counts else "")
    shown: list[Block] = [blocks.section(words)]
    for title, kept in (("Decided", session.decisions), ("Parked for next time", session.parked)):
        if kept:
            shown += [blocks.section(f"*{title}*"), blocks.quote(kept)]
    commit = blocks.button(
        "Make my two commitments", doors.MAKE_COMMITMENTS, pack(session=session.id), style="primary"
    )
    edit = blocks.button("Notes", "sessions.notes", pack(session=session.id))
    give = blocks.button("Feedback for the seat", doors.GIVE_FEEDBACK, pack(session=session.id))
    more = [commit, give] if facts.turn and facts.turn.sits else [commit]
    return Message(f"{outcome}.", [*shown, blocks.actions(*(more if session.counts else []), edit)])


def commit(circle: Circle, session: Session, made: int) -> Message:
    left = "your second commitment is" if made else "your two commitments are"
    button = blocks.button("Make it" if made else "Make them", doors.MAKE_COMMITMENTS, pack(session=session.id))
    words = (
        f"*What will you do until next time?* {escape(circle.name)} met on {day(session.starts)}; {left} still open."
    )
    return Message(
        f"What will you do until {escape(circle.name)} meets again?",
        [
            blocks.section(words),
            blocks.actions(button | {"style": "primary"}),
            blocks.context("Small is fine. I ask this once a session."),
        ],
    )


# Changes


def moved(circle: Circle, session: Session, *, before: datetime, by: MemberId) -> Message:
    how = "You decided so by tap." if by == BY_TAP else f"{mention(by)} moved it."
    words = f"*The session moved to {cards.dated(session)}.* It was {cards.in_words(before)}. {how}"
    return Message(
        f"{escape(circle.name)}: the session moved to {cards.dated(session)}.",
        [
            blocks.section(words),
            blocks.context("Who said they would come is asked again, with the new agenda."),
            _schedule(circle, session),
        ],
    )


def off(circle: Circle, session: Session, following: Session | None) -> Message:
    """The company is away in that week."""
    week = when.say_day(when.week_of(when.local(session.starts, circle.zone).date()))
    words = f"*No session in the week of {week}:* the company is away, so {cards.dated(session)} is left out."
    if following is not None:
        words += f" You meet again on {cards.dated(following)}."
    shown = [blocks.section(words), _schedule(circle, session)]
    return Message(f"{escape(circle.name)} has no session in the week of {week}.", shown)


def skipped(circle: Circle, session: Session, by: MemberId) -> Message:
    how = "Too few of you can come." if by == BY_TAP else f"{mention(by)} left it out."
    words = f"*There is no session on {cards.dated(session)}.* {how}"
    return Message(
        f"{escape(circle.name)}: no session on {cards.dated(session)}.",
        [
            blocks.section(f"{words} Whose turn it was sits next time."),
            _schedule(circle, session, "Out of my calendar"),
        ],
    )


def written(circle: Circle, session: Session, by: MemberId) -> Message:
    words = (
        f"*You meet in writing this time*, from {cards.in_words(session.starts)} to {cards.in_words(session.ends)}."
    )
    return Message(
        f"{escape(circle.name)} meets in writing this time.",
        [
            blocks.section(f"{words} Nobody has to be there at a certain hour: answer when it suits you."),
            blocks.context("I open the thread at that time. Who sits in the hot seat stays the same."),
            _schedule(circle, session),
        ],
    )


def restored(circle: Circle, session: Session, by: MemberId) -> Message:
    words = f"*The session on {cards.dated(session)} takes place after all.* {mention(by)} brought it back."
    return Message(
        f"{escape(circle.name)}: the session on {cards.dated(session)} takes place after all.",
        [blocks.section(words), _schedule(circle, session)],
    )


def _schedule(circle: Circle, session: Session, calendar: str = "Into my calendar") -> Block:
    return blocks.actions(
        blocks.button("Sessions and dates", doors.SHOW_SCHEDULE, pack(circle=circle.id)),
        blocks.button(calendar, doors.SESSION_FILE, pack(session=session.id)),
    )
