"""How an agenda looks: asked for, written, sent; and a shorter or written form for a full week."""

from collections.abc import Sequence

from bot import doors
from bot.domain.commitments import PairCommitment
from bot.domain.meetings import LIMITS, QUESTIONS, Agenda, Meeting, form_in_words, shorter_than
from bot.domain.relationships import Relationship
from bot.domain.templates import fill
from bot.features.relationships import promise_blocks
from bot.features.relationships.preparing import Preparing
from bot.slack import blocks
from bot.slack.blocks import Block, Element, Message, View
from bot.slack.payload import pack
from bot.slack.text import day, escape, mention, moment

PRIVATE = "Only you see it until you send it."
NTH = ("Most important", "Then", "And if there is time")


def asked(one: Preparing) -> Message:
    """A letter, two working days before."""
    relationship, meeting = one.relationship, one.meeting
    other = mention(relationship.other(one.me))
    words = f"*You meet {other} on {day(meeting.at)}. What do you bring?* {PRIVATE}"
    shown: list[Block] = [blocks.section(words), *_prompts(one)]
    write = blocks.button(
        "Write the agenda", "relationships.agenda", pack(relationship=relationship.id), style="primary"
    )
    move = blocks.button("Move it", "relationships.plan", pack(relationship=relationship.id))
    shown += [blocks.actions(write, move), blocks.context(f"{moment(meeting.at)}, {form_in_words(meeting.minutes)}")]
    return Message("What do you bring to your next meeting?", shown)


def _prompts(one: Preparing) -> list[Block]:
    """The program's own questions to start from; they name the other one."""
    names = {"mentee": "you", "mentor": mention(one.relationship.other(one.me))}
    return (
        [blocks.section("\n".join(f"• {fill(escape(prompt), names)}" for prompt in one.prompts))]
        if one.prompts
        else []
    )


def form(one: Preparing) -> View:
    agenda = one.meeting.agenda
    shown = [blocks.context(PRIVATE), *_prompts(one)]
    for place in range(QUESTIONS):
        given = agenda.questions[place] if place < len(agenda.questions) else ""
        block = f"question{place + 1}"
        line = blocks.line(block, given=given, most=LIMITS["question"])
        shown.append(blocks.field_input(f"{NTH[place]}: my question", line, block=block, optional=place > 0))
    shown += [
        _long("What came of what you advised", "progress", agenda.progress),
        _long("What you should know before we meet", "news", agenda.news),
    ]
    notes = pack(relationship=one.relationship.id, meeting=one.meeting.id, version=one.meeting.version)
    return blocks.modal("Agenda", shown, callback="relationships.agenda", submit="Keep", notes=notes)


def _long(label: str, block: str, given: str) -> Block:
    element = blocks.paragraph(block, given=given, most=LIMITS[block])
    return blocks.field_input(label, element, block=block, optional=True)


def draft(one: Preparing) -> View:
    """As it is kept, with the tap that sends it."""
    other = mention(one.relationship.other(one.me))
    state = f"*{other} has it, as you sent it.*" if _is_sent(one.meeting) else f"*Kept.* {PRIVATE}"
    shown: list[Block] = [blocks.section(state), *agenda_lines(one.meeting.agenda)]
    shown.append(blocks.actions(*_draft_buttons(one), block="do"))
    return blocks.modal("Agenda", shown)


def _is_sent(meeting: Meeting) -> bool:
    return meeting.sent == meeting.agenda and not meeting.agenda.is_empty


def _draft_buttons(one: Preparing) -> list[Element]:
    value = pack(relationship=one.relationship.id)
    change = blocks.button("Change it", "relationships.agenda", value)
    if _is_sent(one.meeting):
        return [change]
    words = "Send it as it is now" if one.meeting.sent else "Send it"
    return [blocks.button(words, "relationships.send", value, style="primary"), change]


def left_out(one: Preparing) -> View:
    """A kind word before it goes: it touches what the two agreed to leave out."""
    words = (
        f"*The two of you agreed to leave out {escape(one.off_limits)}*, and this seems to be about it. "
        "Nothing has been sent yet."
    )
    value = pack(relationship=one.relationship.id)
    buttons = [
        blocks.button("Change it", "relationships.agenda", value, style="primary"),
        blocks.button(
            "Send it all the same", "relationships.send:same", pack(relationship=one.relationship.id, same=1)
        ),
    ]
    return blocks.modal(
        "Agenda", [blocks.section(words), *agenda_lines(one.meeting.agenda), blocks.actions(*buttons)]
    )


def agenda_lines(agenda: Agenda) -> list[Block]:
    shown: list[Block] = []
    if agenda.questions:
        shown += [blocks.section("*Questions*, the most important first"), blocks.bullets(*agenda.questions)]
    if agenda.progress:
        shown += [blocks.section("*What came of what was advised*"), blocks.quote(agenda.progress)]
    if agenda.news:
        shown += [blocks.section("*Good to know before*"), blocks.quote(agenda.news)]
    return shown


def brought(
    relationship: Relationship, meeting: Meeting, reader_is_mentor: bool, shared: Sequence[PairCommitment] = ()
) -> Message:
    """A letter to the other one: what is brought, and less time for a full week."""
    who = mention(relationship.mentee if reader_is_mentor else relationship.mentor)
    words = (
        f"*{who} brings this to your meeting on {day(meeting.at)}.* {form_in_words(meeting.minutes).capitalize()}."
    )
    shown: list[Block] = [blocks.section(words), *agenda_lines(meeting.sent or meeting.agenda)]
    shown += promise_blocks.told_before(shared)
    buttons = shorter_buttons(relationship, meeting) if reader_is_mentor else []
    buttons.append(blocks.button("Open", doors.SHOW_RELATIONSHIP, pack(relationship=relationship.id)))
    if reader_is_mentor:
        shown.append(blocks.context("A full week? Less time or a few lines in writing is fine, and I say so kindly."))
    shown.append(blocks.actions(*buttons))
    return Message("What is brought to your next meeting.", shown)


def shorter_buttons(relationship: Relationship, meeting: Meeting) -> list[Element]:
    """For the one who was asked."""
    made: list[Element] = []
    for minutes in shorter_than(meeting.minutes):
        value = pack(relationship=relationship.id, minutes=minutes)
        words = f"Rather {form_in_words(minutes)}"
        made.append(blocks.button(words, f"relationships.shorter:{minutes}", value))
    answer = blocks.button("Answer in writing", "relationships.write", pack(relationship=relationship.id))
    return [one for one in made if meeting.minutes] if meeting.minutes else [answer]


def shortened(relationship: Relationship, meeting: Meeting) -> Message:
    """To whoever asked for it."""
    words = f"*Fine: {form_in_words(meeting.minutes)}.* I told {mention(relationship.mentee)} that your week is full."
    buttons = [] if meeting.minutes else shorter_buttons(relationship, meeting)
    more = [blocks.actions(*buttons)] if buttons else []
    return Message("Fine.", [blocks.section(words), *more])


def shortened_for_both(relationship: Relationship, meeting: Meeting, by: str) -> Message:
    """Into the conversation of the two."""
    how = (
        "in writing: the questions are answered here or by a letter of mine"
        if meeting.minutes == 0
        else f"{form_in_words(meeting.minutes)}, so bring what matters most"
    )
    words = f"*{by} has a full week: you meet on {day(meeting.at)} for {how}.*"
    if meeting.minutes == 0:
        words = f"*{by} has a full week: this time you meet {how}.*"
    return Message("Your next meeting is shorter.", [blocks.section(words)])


def write_form(one: Preparing) -> View:
    shown: list[Block] = [*agenda_lines(one.meeting.sent or Agenda())]
    if one.meeting.sent is None:
        shown.append(
            blocks.section("They have not sent questions yet; you can still write what you want them to have.")
        )
    element = blocks.paragraph("written", most=LIMITS["written"])
    shown.append(blocks.field_input("Your answer", element, block="written", hint="It counts as this meeting."))
    notes = pack(relationship=one.relationship.id)
    return blocks.modal("Answer in writing", shown, callback="relationships.write", submit="Send", notes=notes)


def written_sent(one: Preparing) -> Message:
    words = f"*{mention(one.relationship.other(one.me))} gets your answer.* It counts as this meeting."
    return Message("They get your answer.", [blocks.section(words)])


def written(relationship: Relationship, text: str) -> Message:
    """A letter to the one who asked."""
    words = f"*{mention(relationship.mentor)} answers in writing:*"
    value = pack(relationship=relationship.id)
    buttons = [
        blocks.button("Plan the next meeting", "relationships.plan", value, style="primary"),
        blocks.button("Open", doors.SHOW_RELATIONSHIP, value),
    ]
    return Message(
        "Your questions were answered in writing.",
        [blocks.section(words), blocks.quote(text), blocks.actions(*buttons)],
    )
