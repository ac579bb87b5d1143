"""How sessions look to one reader: a circle's plan, the forms to move one and to keep notes, the receipts."""

from bot import cards, doors
from bot.domain import when
from bot.domain.circles import Circle
from bot.domain.sessions import NOTE_LIMIT, OUTCOMES, Form, Presence, Session, SessionState
from bot.domain.shipped import protocol_named
from bot.features.sessions.flows import Moving, Standing
from bot.features.sessions.reading import Plan
from bot.slack import blocks
from bot.slack.blocks import Block, Choice, Message, View
from bot.slack.payload import pack
from bot.slack.text import escape

SHOWN = 12
"""Sessions a plan lists; those left out stand between the six to come."""
OUTCOME_WORDS = {
    SessionState.HELD: "Held",
    SessionState.PARTLY: "Partly",
    SessionState.NOT_HELD: "Not held",
}
OUTCOME_CHOICES: tuple[Choice, ...] = tuple((OUTCOME_WORDS[outcome], outcome.value) for outcome in OUTCOMES)


# The plan of a circle


def schedule(plan: Plan) -> View:
    circle = plan.circle
    rhythm = when.in_words(circle.rule)
    shown = [
        blocks.section(f"*{escape(circle.name)}* meets {rhythm}, {circle.minutes} minutes. You see your own time.")
    ]
    if circle.is_open and circle.is_alone:
        shown.append(blocks.section(cards.waiting(circle)))
        return blocks.modal("Sessions and dates", shown)
    for session in plan.sessions[:SHOWN]:
        shown += _session(plan, session)
    if not plan.sessions:
        shown.append(blocks.section(_no_sessions(circle)))
    if plan.sessions:
        button = blocks.button("Into my calendar", doors.OPEN_CALENDAR)
        shown.append(
            blocks.section("These dates can stand in your own calendar, and move there by themselves.", button)
        )
    if plan.may_change:
        change = blocks.button("Change the rhythm", doors.CHANGE_RHYTHM, pack(circle=circle.id))
        shown.append(
            blocks.actions(
                change,
                blocks.button("Who sits when", doors.SHOW_SEATS, pack(circle=circle.id)),
                blocks.button("Change the protocol", doors.CHOOSE_PROTOCOL, pack(circle=circle.id)),
            )
        )
        shown.append(
            blocks.context("Each change is told in the channel, once. Six sessions are always planned ahead.")
        )
    return blocks.modal("Sessions and dates", shown)


def _no_sessions(circle: Circle) -> str:
    if not circle.is_open:
        return "This circle has ended, so nothing is planned."
    return "Nothing is planned yet. The first six sessions appear here as soon as the channel is made."


def _session(plan: Plan, session: Session) -> list[Block]:
    value = pack(session=session.id, version=session.version)
    if session.state is SessionState.SKIPPED:
        back = blocks.button("Bring it back", f"sessions.restore:{session.id}", value)
        words = f"~{cards.when(session)}~  left out"
        ahead = plan.may_change and session.starts > plan.now
        return [blocks.section(words, back if ahead else None)]
    shown = [blocks.section(f"*{cards.when(session)}*{_remarks(plan, session)}")]
    if plan.may_change and session.is_ahead and session.starts > plan.now:
        leave_out = blocks.confirm(
            "Leave this session out?",
            "The others are told in the channel. You can bring it back.",
            yes="Leave it out",
        )
        move = blocks.button("Move", f"sessions.move:{session.id}", value)
        skip = blocks.button("Leave out", f"sessions.skip:{session.id}", value, confirm=leave_out)
        spent = blocks.button("Protocol", f"{doors.CHOOSE_PROTOCOL}:{session.id}", pack(session=session.id))
        shown.append(blocks.actions(move, skip, spent))
    return shown


def _remarks(plan: Plan, session: Session) -> str:
    sits = plan.sits(session)
    told = [f"{cards.people(sits)} in the hot seat"] if sits else []
    if session.protocol:
        told.append(protocol_named(session.protocol).name)
    if session.state is SessionState.OPEN:
        told.insert(0, "going on now")
    elif session.form is Form.WRITTEN:
        told.append("in writing")
    elif session.moved_by is not None:
        told.append(f"moved by {cards.who_moved(session.moved_by)}")
    return "\n" + " · ".join(told) if told else ""


def which(circles: list[Circle]) -> Message:
    """Which circle's plan, where somebody sits in several."""
    shown: list[Block] = [blocks.section("*Which circle's sessions?*")]
    for circle in circles[:10]:
        show = blocks.button("Show", f"{doors.SHOW_SCHEDULE}:{circle.id}", pack(circle=circle.id))
        shown.append(blocks.section(cards.circle_name(circle), show))
    return Message("Which circle's sessions?", shown)


def move(moving: Moving) -> View:
    session, circle = moving.session, moving.circle
    shown = [
        blocks.section(f"*{escape(circle.name)}* is to meet on {cards.dated(session)}. When instead?"),
        blocks.field_input(
            "New day and time",
            blocks.moment_picker("to", chosen=int(session.starts.timestamp())),
            block="to",
            hint=f"In your own time. The circle lives by {when.place(circle.zone)}.",
        ),
        blocks.context("The others are told in the channel. Who said they would come is asked again."),
    ]
    notes = pack(session=session.id, version=session.version)
    return blocks.modal("Move a session", shown, callback="sessions.move", submit="Move it", notes=notes)


# How it went


def notes(standing: Standing) -> View:
    session, circle = standing.session, standing.facts.circle
    there = [member for member in circle.members if session.presence.get(member) is Presence.PRESENT]
    outcome = session.state if session.state in OUTCOMES else SessionState.HELD
    shown = [
        blocks.section(f"*{escape(circle.name)}*, {cards.when(session)}. What should not get lost?"),
        blocks.field_input(
            "Did you meet?", blocks.radio("outcome", OUTCOME_CHOICES, chosen=outcome), block="outcome"
        ),
        blocks.field_input(
            "Who was there?", blocks.people_menu("there", chosen=there, most=20), block="there", optional=True
        ),
        blocks.field_input(
            "What did you decide?",
            blocks.paragraph("decisions", given=session.decisions, most=NOTE_LIMIT),
            block="decisions",
            optional=True,
            hint="Decisions only. What was talked about stays in the room.",
        ),
        blocks.field_input(
            "What did you park for next time?",
            blocks.paragraph("parked", given=session.parked, most=NOTE_LIMIT),
            block="parked",
            optional=True,
            hint="It comes back in the next agenda.",
        ),
    ]
    packed = pack(session=session.id, version=session.version)
    return blocks.modal("Notes of a session", shown, callback="sessions.notes", submit="Keep them", notes=packed)


def marked(session: Session, presence: Presence | None) -> Message:
    """A receipt for who tapped where nothing else shows it."""
    words = {
        Presence.COMING: f"*Noted: you are coming* on {cards.dated(session)}.",
        Presence.AWAY: f"*Noted: you can't come* on {cards.dated(session)}. Thank you for saying so early.",
        Presence.PRESENT: "*You are here.* Good to have you.",
    }
    said = words.get(presence, "*Noted.*") if presence else "*Noted.*"
    return Message("Noted.", [blocks.section(said)])


def noted(standing: Standing) -> Message:
    session = standing.session
    parked = "What you parked comes back in the next agenda." if session.parked else "The thread shows it."
    return Message(
        "Your notes are kept.",
        [
            blocks.section(f"*Kept.* {OUTCOME_WORDS[session.state]}, {cards.dated(session)}. {parked}"),
            blocks.actions(
                blocks.button("Make my two commitments", doors.MAKE_COMMITMENTS, pack(session=session.id))
            ),
        ],
    )
