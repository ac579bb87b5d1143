"""How the hot seat looks: the order of turns, the brief, swaps and passes."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime

from bot import cards, doors
from bot.domain.briefs import LABELS, Boxes, Brief, BriefState
from bot.domain.circles import Circle
from bot.domain.duties import Duty
from bot.domain.hotseat import Turn
from bot.domain.ids import MemberId
from bot.domain.sessions import Session
from bot.features.hotseat.flows import Draft, Passed, SwapOutcome
from bot.features.hotseat.reading import Order
from bot.slack import blocks
from bot.slack.blocks import Block, Element, Message
from bot.slack.payload import pack
from bot.slack.replies import Edit
from bot.slack.text import day, listed, mention
from bot.store.briefs import SwapState
from bot.store.messages import Place

ROLE_NAMES = {Duty.FACILITATOR: "facilitator", Duty.TIMEKEEPER: "timekeeper", Duty.SCRIBE: "scribe"}


def orders(found: Sequence[Order], me: MemberId, now: datetime) -> Message:
    if not found:
        return no_circle()
    shown: list[Block] = []
    for order in found:
        shown += _order(order, me, now)
    return Message("Who sits in the hot seat, six sessions ahead.", shown)


def no_circle() -> Message:
    words = (
        "*You are in no circle yet, so there is no seat to wait for.* In a circle, one member brings a question each time, "
        "and the others think with them for an hour."
    )
    buttons = blocks.actions(
        blocks.button("See the circles", doors.JOIN_CIRCLE, style="primary"),
        blocks.button("Find a match", doors.FIND_MATCH),
    )
    return Message("You are in no circle yet.", [blocks.section(words), buttons])


def _order(order: Order, me: MemberId, now: datetime) -> list[Block]:
    if order.circle.is_alone:
        return [blocks.section(f"{cards.circle_name(order.circle)}\n{cards.waiting(order.circle)}")]
    shown = [blocks.section(f"{cards.circle_name(order.circle)}\n" + "\n".join(_lines(order, me)))]
    mine = order.next_for(me, now)
    if mine is not None:
        shown.append(blocks.actions(*turn_buttons(mine), block=f"turn-{order.circle.id}"))
    if (more := _for_others(order, me, now)) is not None:
        shown.append(more)
    shown.append(
        blocks.context(
            "Whoever has waited longest sits next. A pass keeps your place once; a swap exchanges two places; "
            "something urgent costs you your next turn."
        )
    )
    return shown


def _for_others(order: Order, me: MemberId, now: datetime) -> Block | None:
    """What who does not have the next seat can do about it."""
    turn, session = order.following(now)
    if turn is None or session is None or not turn.sits:
        return None
    value, name = pack(session=session.id), f"next-{order.circle.id}"
    if me == turn.jumped:
        return blocks.actions(blocks.button("It can wait after all", "hotseat.not-urgent", value), block=name)
    if me in turn.sits:
        return None
    shown = []
    if me == turn.reserve and not turn.is_ready:
        shown.append(blocks.button("I'd stand in", "hotseat.ready", value))
    if turn.jumped is None:
        shown.append(blocks.button("I have something urgent", "hotseat.urgent", value, confirm=_sure()))
    return blocks.actions(*shown, block=name) if shown else None


def _sure() -> Element:
    return blocks.confirm(
        "Take the next seat?",
        "Whose turn it is keeps their place and sits the time after. It costs you your own next turn.",
        yes="Take it",
    )


def _lines(order: Order, me: MemberId) -> list[str]:
    return [_line(order, turn, me, number) for number, turn in enumerate(order.turns, start=1)]


def _line(order: Order, turn: Turn, me: MemberId, number: int) -> str:
    session = order.session(turn.session)
    date = day(session.starts) if session else "not planned yet"
    who = listed([f"*{_name(member, me)}*" for member in turn.sits]) or "nobody: everybody has passed or is away"
    roles = ", ".join(f"{ROLE_NAMES[role]}: {_name(member, me)}" for role, member in turn.roles.items())
    urgent = ", with something urgent" if turn.jumped else ""
    ready = f"\n      {_name(turn.reserve, me)} would stand in" if turn.reserve and turn.is_ready else ""
    return f"{number}. {date}: {who}{urgent}" + (f"  ({roles})" if roles and number == 1 else "") + ready


def _name(member: MemberId, me: MemberId) -> str:
    return "you" if member == me else mention(member)


def turn_buttons(session: Session) -> list[Element]:
    value = pack(session=session.id)
    sure = blocks.confirm(
        "Pass this time?",
        "The next in line gets the seat and is told. You keep your place, once; after a second pass one more goes ahead.",
        yes="Pass",
    )
    return [
        blocks.button("Write my brief", doors.WRITE_BRIEF, value, style="primary"),
        blocks.button("Swap", "hotseat.swap", value),
        blocks.button("Pass this time", "hotseat.pass", value, confirm=sure),
        blocks.button("I can't come", doors.CANNOT_COME, value),
    ]


def my_turns(turns: Sequence[tuple[Circle, Session]]) -> list[Block]:
    """Home: the next turn in each circle that has one with a date."""
    shown: list[Block] = []
    for circle, session in turns:
        shown.append(
            blocks.section(f"*You have the hot seat* in {cards.circle_name(circle)} on {cards.dated(session)}.")
        )
        shown.append(blocks.actions(*turn_buttons(session), block=f"seat-{session.id}"))
    return shown


def my_next_turn(turns: Sequence[tuple[Circle, Session]]) -> list[Block]:
    """`/mentor`: a line with the one thing to do for it."""
    return [
        blocks.section(
            f"*You have the hot seat* in {cards.circle_name(circle)} on {cards.dated(session)}.",
            blocks.button("Write my brief", doors.WRITE_BRIEF, pack(session=session.id)),
        )
        for circle, session in turns
    ]


def brief_asked(circle: Circle, session: Session, *, has_draft: bool) -> Message:
    value = pack(session=session.id)
    words = (
        f"*You have the hot seat on {cards.dated(session)}*, in {cards.circle_name(circle)}. "
        "What question do you bring? Six boxes, of which one sentence is enough."
    )
    buttons = turn_buttons(session)
    if has_draft:
        buttons[:1] = _for_draft(value)
    return Message("You have the hot seat soon: what question do you bring?", [
        blocks.section(words),
        blocks.actions(*buttons),
        blocks.context("Nothing goes to your circle without your tap."),
    ])  # fmt: skip


def brief_saved(draft: Draft) -> Message:
    value = pack(session=draft.session.id)
    shown: list[Block] = [blocks.section("*Saved.*"), blocks.quote(draft.brief.boxes.question)]
    if draft.brief.is_sent:
        shown.append(
            blocks.section("Your circle has the brief already; the agenda shows your question as it stands now.")
        )
        return Message("Your brief is saved.", shown)
    shown.append(blocks.section("Send it now, so that they can think ahead, or keep it until the day."))
    shown.append(blocks.actions(*_for_draft(value)[:2]))
    return Message("Your brief is saved.", shown)


def _for_draft(value: str) -> list[Element]:
    """What can be done with what is written and with nobody but me yet."""
    return [
        blocks.button("Send to the circle", "hotseat.send-brief", value, style="primary"),
        blocks.button("Keep until the day", "hotseat.keep", value),
        blocks.button("Change it", doors.WRITE_BRIEF, value),
    ]


def brief_kept(draft: Draft) -> Message:
    words = (
        f"*Yours until {cards.dated(draft.session)}.* I read it back to you when it is time, and send it to nobody."
    )
    return Message("Your brief stays with you.", [blocks.section(words)])


def brief_with_me(draft: Draft) -> Message:
    """In place of the question for a brief, once the presenter keeps it."""
    value = pack(session=draft.session.id)
    send = blocks.button("Send to the circle after all", "hotseat.send-brief", value)
    change = blocks.button("Change it", doors.WRITE_BRIEF, value)
    shown = [
        blocks.section(
            f"*You keep your brief until the day*: the hot seat on {cards.dated(draft.session)} is yours."
        ),
        blocks.actions(change, send, *turn_buttons(draft.session)[1:]),
    ]
    return Message("You keep your brief until the day.", shown)


def brief_sent(draft: Draft) -> Message:
    words = (
        f"*On its way to {cards.circle_name(draft.circle)}.* They have it before the session, and so does the agenda."
    )
    return Message("Your brief is on its way to your circle.", [blocks.section(words)])


def brief_shared(presenter: MemberId, session: Session, boxes: Boxes) -> Message:
    """In the channel: every box that is filled, as a quotation."""
    shown: list[Block] = [
        blocks.section(f"*{mention(presenter)} brings this to the hot seat on {cards.dated(session)}.*")
    ]
    for box in fields(Boxes):
        words = getattr(boxes, box.name)
        if words:
            shown.append(blocks.context(f"*{LABELS[box.name]}*"))
            shown.append(blocks.quote(words))
    return Message("The brief for the next hot seat.", shown)


def passed(outcome: Passed) -> Message:
    next_one = listed([mention(member) for member in outcome.sits_now])
    words = f"*You pass on {day(outcome.session.starts)}.* You keep your place for the next time."
    words += f" {next_one} sits instead." if next_one else " Nobody else can sit, so that seat stays free for now."
    return Message("You pass this time.", [blocks.section(words)])


def seat_gone(session: Session, sits: Sequence[MemberId]) -> Message:
    """In place of the question for a brief, once the seat is somebody else's."""
    who = listed([mention(member) for member in sits])
    words = f"{who} {'have' if len(sits) > 1 else 'has'} it." if who else "It is free for now."
    shown = [blocks.section(f"*The hot seat on {cards.dated(session)} is not yours any more.* {words}")]
    return Message("The hot seat is not yours any more.", shown)


def brief_with_circle(draft: Draft) -> Message:
    """In place of the question for a brief, once the circle has it; what can still be done stays."""
    value = pack(session=draft.session.id)
    shown = [
        blocks.section(f"*Your circle has your brief* for the hot seat on {cards.dated(draft.session)}."),
        blocks.actions(blocks.button("Change it", doors.WRITE_BRIEF, value), *turn_buttons(draft.session)[1:]),
    ]
    return Message("Your circle has your brief.", shown)


def brief_again(circle: Circle, session: Session, brief: Brief | None) -> Message:
    """The question for a brief, as it is for somebody whose seat is theirs again."""
    if brief is not None and brief.is_sent:
        return brief_with_circle(Draft(brief, session, circle))
    if brief is not None and brief.state is BriefState.KEPT:
        return brief_with_me(Draft(brief, session, circle))
    return brief_asked(circle, session, has_draft=brief is not None)


def edited(asked: Place | None, message: Message) -> tuple[Edit, ...]:
    return (Edit(asked.channel, asked.ts, message),) if asked else ()


def swap_requested(partner: MemberId) -> Message:
    words = f"*{mention(partner)} has been asked.* I'll tell you what they say; until then the seat is yours."
    return Message("They have been asked.", [blocks.section(words)])


def swap_asked(asker: MemberId, session: Session, yours: Session | None, number: int) -> Message:
    mine = f" They'd sit on {day(yours.starts)} instead of you." if yours else " They'd take your place in the order."
    words = f"*{mention(asker)} asks you to take the hot seat on {cards.dated(session)}.*{mine}"
    value = pack(swap=number)
    return Message("Somebody asks you to swap seats.", [
        blocks.section(words),
        blocks.actions(
            blocks.button("Yes, swap", "hotseat.swap-yes", value, style="primary"),
            blocks.button("No, sorry", "hotseat.swap-no", value),
        ),
    ])  # fmt: skip


def swap_settled(outcome: SwapOutcome) -> Message:
    """What the one who was asked sees in place of the question."""
    words = {
        SwapState.AGREED: f"*You have the seat on {cards.dated(outcome.session)}.* Thank you.",
        SwapState.DECLINED: f"You said no, and {mention(outcome.request.asker)} has been told kindly.",
        SwapState.MOOT: "That seat has gone to somebody else meanwhile, so there is nothing to swap.",
        SwapState.ASKED: "Still open.",
    }[outcome.state]
    return Message("You answered the request to swap.", [blocks.section(words)])


def swap_answered(outcome: SwapOutcome) -> Message:
    """What the asker gets."""
    who = mention(outcome.request.asked)
    shown: list[Block] = [blocks.section({
        SwapState.AGREED: f"*{who} takes the seat on {day(outcome.session.starts)}.* You have theirs now.",
        SwapState.DECLINED: f"*{who} can't swap this time.* Ask somebody else, or pass.",
        SwapState.MOOT: "That seat isn't yours any more, so there was nothing to swap.",
        SwapState.ASKED: "No answer yet.",
    }[outcome.state])]  # fmt: skip
    if outcome.state is SwapState.DECLINED:
        shown.append(blocks.actions(*turn_buttons(outcome.session)[1:]))
    return Message("An answer to your request to swap.", shown)


def order_changed(session: Session, sits: Sequence[MemberId]) -> Message:
    who = listed([mention(member) for member in sits]) or "Nobody"
    verb = "has" if len(sits) < 2 else "have"
    words = f"The hot seat on {day(session.starts)} has changed: *{who}* {verb} it now."
    return Message("The hot seat has changed.", [blocks.section(words)])


def jumped(order: Order, me: MemberId, now: datetime) -> Message:
    _turn, session = order.following(now)
    date = f" on {cards.dated(session)}" if session else ""
    value = pack(session=session.id) if session else ""
    return Message("The next seat is yours.", [
        blocks.section(f"*The seat{date} is yours.* I tell the circle that something urgent came up; not what."),
        blocks.actions(
            blocks.button("Write my brief", doors.WRITE_BRIEF, value, style="primary"),
            blocks.button("It can wait after all", "hotseat.not-urgent", value),
        ),
        blocks.context("It costs you your next turn, and nobody else loses theirs."),
    ])  # fmt: skip


def reserve_asked(circle: Circle, session: Session, sits: Sequence[MemberId]) -> Message:
    """Two working days before, to whoever is next in line."""
    value = pack(session=session.id)
    who = listed([mention(member) for member in sits])
    words = (
        f"*Would you stand in on {cards.dated(session)}?* {who} {'have' if len(sits) > 1 else 'has'} the seat in "
        f"{cards.circle_name(circle)}. Should that not work out, it would be yours, and count as your turn."
    )
    return Message("Would you stand in for the next hot seat?", [
        blocks.section(words),
        blocks.actions(
            blocks.button("I'd stand in", "hotseat.ready", value, style="primary"),
            blocks.button("Rather not", "hotseat.rather-not", value),
        ),
    ])  # fmt: skip


def stands_by(session: Session | None, *, ready: bool) -> Message:
    date = f" on {cards.dated(session)}" if session else ""
    words = (
        f"*Good, you stand in{date}* if the seat gets free. Have a question in your pocket; I tell you if it comes to that."
        if ready
        else f"*Fine, not{date}.* I ask the next one. Your place in the order stays as it is."
    )
    return Message("You stand in." if ready else "You don't stand in.", [blocks.section(words)])


def yours(circle: Circle, session: Session) -> Message:
    """The seat came to somebody less than a day before."""
    words = f"*You have the hot seat on {cards.dated(session)} after all*, in {cards.circle_name(circle)}."
    return Message("You have the hot seat after all.", [
        blocks.section(f"{words} A question in one sentence is enough."),
        blocks.actions(*turn_buttons(session)),
    ])  # fmt: skip


def put_off(session: Session, by: MemberId, mine: Session | None) -> Message:
    """To whoever had the seat that something urgent has taken."""
    words = f"*{mention(by)} brings something urgent on {cards.dated(session)}*, and has the seat instead of you."
    later = f" You keep your place: yours is {cards.dated(mine)} now." if mine else " You keep your place."
    shown = [
        blocks.section(words + later),
        blocks.context("It costs them their next turn. Your brief stays as it is."),
    ]
    if mine:
        shown.append(blocks.actions(blocks.button("My brief", doors.WRITE_BRIEF, pack(session=mine.id))))
    return Message("Something urgent came up: your seat is put off.", shown)
