"""How a relationship looks to one of its two. Pure: values in, blocks out."""

from collections.abc import Sequence

from bot import cards, doors
from bot.domain.kinds import DIFFERENCE
from bot.domain.meetings import Meeting, form_in_words
from bot.domain.relationships import Relationship, RelationshipState, rhythm_in_words
from bot.features.relationships import agenda_blocks, paper_blocks, promise_blocks
from bot.features.relationships.reading import Shown
from bot.slack import blocks
from bot.slack.blocks import Block, Element, Message, View
from bot.slack.payload import pack
from bot.slack.text import day, many, mention, moment

SHOWN = 12
"""How many of somebody's relationships a message lists."""


def overview(every: Sequence[Shown]) -> Message:
    open_now = [one for one in every if one.relationship.is_open]
    before = [one for one in every if not one.relationship.is_open]
    if not every:
        return _none_yet()
    shown: list[Block] = []
    if open_now:
        shown.append(blocks.section("*Your relationships*"))
        shown += [_entry(one) for one in open_now[:SHOWN]]
    if before:
        shown.append(blocks.section("*Before*"))
        shown += [_entry(one) for one in before[-SHOWN:]]
    more = blocks.button("Find somebody", doors.FIND_MATCH)
    shown.append(blocks.actions(more))
    return Message(f"You have {many(len(open_now), 'relationship', 'relationships')}.", shown)


def _none_yet() -> Message:
    words = (
        "*No one-to-one relationship yet.* It begins with a coffee: half an hour, and no promise after it. "
        "When somebody says yes, you find here when you meet, what you agreed on, and what came of it."
    )
    find = blocks.button("Find somebody", doors.FIND_MATCH, style="primary")
    return Message(
        "You have no one-to-one relationship yet.",
        [blocks.section(words), blocks.actions(find), blocks.context(DIFFERENCE)],
    )


def _entry(one: Shown) -> Block:
    words = f"*{mention(one.other)}* · {who_they_are(one)}\n{what_is_next(one)}"
    return blocks.section(words, open_button(one.relationship), block=f"with-{one.relationship.id}")


def open_button(relationship: Relationship) -> Element:
    return blocks.button("Open", doors.SHOW_RELATIONSHIP, pack(relationship=relationship.id))


def who_they_are(one: Shown) -> str:
    """ "your sponsor", or "you are their sponsor"."""
    relationship = one.relationship
    if relationship.facts.is_equal:
        return "your peer"
    if one.me == relationship.mentee:
        return f"your {relationship.facts.name}"
    return f"you are their {relationship.facts.name}"


def what_is_next(one: Shown) -> str:
    relationship = one.relationship
    if not relationship.is_open:
        return f"ended on {day(relationship.closed_at)}" if relationship.closed_at else "ended"
    if one.is_over:
        return "Did you meet? Open it to say so."
    if one.meeting is not None:
        return f"Next: {moment(one.meeting.at)}, {form_in_words(one.meeting.minutes)}"
    return "No date yet"


def page(one: Shown) -> View:
    """Everything about it that this member may see, and what they can do now."""
    relationship = one.relationship
    facts = f"{who_they_are(one)[:1].upper()}{who_they_are(one)[1:]}, since {day(relationship.started)}"
    shown: list[Block] = [blocks.section(f"*{mention(one.other)}*\n{facts}"), *_standing(one)]
    if relationship.is_open:
        shown += [blocks.section(what_is_next(one)), blocks.actions(*meeting_buttons(one), block="meeting")]
        if one.me == relationship.mentor and one.meeting is not None and one.meeting.sent is not None:
            shown += [blocks.context("What they bring:"), *agenda_blocks.agenda_lines(one.meeting.sent)]
        shown += promise_blocks.on_page(one.promises, one.me)
        if one.may_promise and not relationship.facts.is_once:
            second = any(each.owner == one.me and each.meeting == one.last_met for each in one.promises)
            shown.append(blocks.actions(promise_blocks.make_button(relationship, second=second), block="promise"))
        if not relationship.facts.is_once:
            mine = one.agreement.proposal is not None and one.agreement.proposal.proposed_by != one.me
            shown += paper_blocks.on_page(one.agreement, relationship, mine)
        shown += [blocks.divider(), blocks.actions(_note(relationship), _end(relationship), block="end")]
    return blocks.modal("Relationship", shown)


def _standing(one: Shown) -> list[Block]:
    relationship = one.relationship
    if not relationship.is_open:
        again = blocks.button("Open it again", "relationships.again", pack(relationship=relationship.id))
        shown: list[Block] = [blocks.section("*It has ended, and the door is open.*", again)]
        if relationship.reason and relationship.ended_by == one.me:
            shown += [blocks.context("What you wrote when you ended it. Only you see it:")]
            shown.append(blocks.quote(relationship.reason))
        return shown
    met = f"You have met {many(one.held, 'time', 'times')}." if one.held else "You have not met yet."
    parts = [f"Rhythm: {rhythm_in_words(relationship)}", met]
    if relationship.ends_on is not None:
        parts.insert(1, f"until about {relationship.ends_on:%B %Y}, then you decide whether to go on")
    return [blocks.context(" · ".join(parts), minutes_left(one) or relationship.facts.means)]


def minutes_left(one: Shown) -> str:
    """Of what was agreed for this month, said kindly; "" where nothing was agreed."""
    if one.minutes_left is None:
        return ""
    if one.minutes_left > 0:
        return f"{many(one.minutes_left, 'minute', 'minutes')} of what you agreed on are left this month."
    return "The minutes you agreed on for this month are used up. A few lines in writing, or the next month?"


def meeting_buttons(one: Shown) -> list[Element]:
    value = pack(relationship=one.relationship.id)
    if may_thank(one):
        return [blocks.button("Say thanks", "relationships.thank", value, style="primary")]
    if one.is_over:
        return [
            blocks.button("We met", "relationships.met", value, style="primary"),
            blocks.button("We didn't meet", "relationships.missed", value),
            blocks.button("Move it", "relationships.plan", value),
        ]
    if one.meeting is not None:
        return [*_preparing(one, one.meeting), blocks.button("Move it", "relationships.plan", value)]
    return [
        blocks.button("Plan the next meeting", "relationships.plan", value, style="primary"),
        blocks.button("We met", "relationships.met", value),
    ]


def _preparing(one: Shown, meeting: Meeting) -> list[Element]:
    """The agenda for the one who brings it; less time for the one who gives it."""
    value = pack(relationship=one.relationship.id)
    made: list[Element] = []
    if one.relationship.owns_agenda(one.me):
        if meeting.agenda.is_empty:
            made.append(blocks.button("Write the agenda", "relationships.agenda", value, style="primary"))
        else:
            made.append(blocks.button("The agenda", "relationships.draft", value, style="primary"))
    if one.me == one.relationship.mentor:
        made += agenda_blocks.shorter_buttons(one.relationship, meeting)
    return made


def may_thank(one: Shown) -> bool:
    """One question, one meeting, then thanks."""
    return one.relationship.facts.is_once and one.held > 0 and one.me == one.relationship.mentee


def _note(relationship: Relationship) -> Element:
    return blocks.button("Write into my ledger", doors.WRITE_NOTE, pack(relationship=relationship.id))


def _end(relationship: Relationship) -> Element:
    return blocks.button("End it", "relationships.end", pack(relationship=relationship.id))


# Answers to what somebody did


def planned(one: Shown, meeting: Meeting) -> Message:
    """To whoever planned it."""
    words = f"*Planned: {moment(meeting.at)}*, {form_in_words(meeting.minutes)}, with {mention(one.other)}."
    left = minutes_left(one) if one.minutes_left is not None and one.minutes_left < meeting.minutes else ""
    note = "I told you both in your conversation." if one.relationship.group else "They see it in their list."
    return Message("Planned.", [blocks.section(words), blocks.context(*filter(None, [note, left]))])


def planned_for_both(one: Shown, meeting: Meeting) -> Message:
    """Into the conversation of the two."""
    who = mention(one.relationship.mentee)
    brings = "Each of you brings a question." if one.relationship.facts.is_equal else f"{who} brings the questions."
    words = f"*Next meeting: {cards.in_words(meeting.at)}*, {form_in_words(meeting.minutes)}."
    shown = [blocks.section(f"{words} {brings}"), blocks.actions(*_for_both(one), block="meeting")]
    return Message("Your next meeting is planned.", shown)


def _for_both(one: Shown) -> list[Element]:
    value = pack(relationship=one.relationship.id)
    return [
        blocks.button("Move it", "relationships.plan", value),
        blocks.button("Open", doors.SHOW_RELATIONSHIP, value),
    ]


def met(one: Shown) -> Message:
    begun = one.relationship.state is RelationshipState.ACTIVE and one.held == 1
    words = "*Your first meeting: well begun.*" if begun else "*Noted: you met.*"
    value = pack(relationship=one.relationship.id)
    buttons = [
        blocks.button("Write it into my ledger", doors.WRITE_NOTE, value),
        blocks.button("Open", doors.SHOW_RELATIONSHIP, value),
    ]
    if may_thank(one):
        words += " One line of thanks, and that is it."
        buttons.insert(0, blocks.button("Say thanks", "relationships.thank", value, style="primary"))
    if one.may_promise and not one.relationship.facts.is_once:
        buttons.insert(0, promise_blocks.make_button(one.relationship, second=False))
    if one.meeting is None and not one.relationship.facts.is_once:
        words += " The next date is easiest to find while it is fresh."
        buttons.insert(0, blocks.button("Plan the next meeting", "relationships.plan", value, style="primary"))
    return Message("Noted: you met.", [blocks.section(words), blocks.actions(*buttons)])


def missed(one: Shown) -> Message:
    words = "*It happens.* Two times in one line are often enough to find another."
    value = pack(relationship=one.relationship.id)
    again = blocks.button("Plan the next meeting", "relationships.plan", value, style="primary")
    return Message("Noted: you didn't meet.", [blocks.section(words), blocks.actions(again)])


def ended(one: Shown) -> Message:
    """To whoever ended it."""
    words = (
        f"*It has ended, with thanks.* I tell {mention(one.other)} kindly and without a reason. "
        "Should you want to go on one day, the door is open."
    )
    value = pack(relationship=one.relationship.id)
    again = blocks.button("Open it again", "relationships.again", value)
    return Message("It has ended.", [blocks.section(words), blocks.actions(again)])


def thanked(one: Shown) -> Message:
    words = f"*{mention(one.other)} gets your thanks, and that is it.* One question, one meeting: well done."
    more = blocks.button("Find somebody", doors.FIND_MATCH)
    return Message("They get your thanks.", [blocks.section(words), blocks.actions(more)])


def thanks(one: Shown, text: str) -> Message:
    """A letter to the one who answered the question."""
    words = f"*{mention(one.other)} thanks you* for the half hour you gave to their question:"
    over = blocks.context("With this it has come to its end. You did somebody good.")
    return Message("Somebody thanks you.", [blocks.section(words), blocks.quote(text), over])


def ended_for_other(one: Shown) -> Message:
    """A letter to the other one of the two."""
    words = (
        f"*Your mentoring with {mention(one.other)} comes to an end.* It had its time, and nobody is to blame. "
        "What you have learned, and your notes, stay yours."
    )
    value = pack(relationship=one.relationship.id)
    buttons = [
        blocks.button("Find somebody else", doors.FIND_MATCH),
        blocks.button("Open", doors.SHOW_RELATIONSHIP, value),
    ]
    return Message("A mentoring of yours comes to an end.", [blocks.section(words), blocks.actions(*buttons)])


# The Home tab


def at_home(every: Sequence[Shown]) -> list[Block]:
    if not every:
        return []
    return [blocks.header("My relationships"), *[_entry(one) for one in every[:SHOWN]]]


def in_brief(every: Sequence[Shown]) -> list[Block]:
    """`/mentor`: only what waits for an answer."""
    waiting = [one for one in every if one.is_over]
    return [_did_you_meet(one) for one in waiting[:SHOWN]]


def _did_you_meet(one: Shown) -> Block:
    words = f"*Did you and {mention(one.other)} meet?*"
    return blocks.section(words, open_button(one.relationship), block=f"with-{one.relationship.id}")
