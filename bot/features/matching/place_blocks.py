"""A seat for somebody whom a draft left without a circle: found, offered, and how the offer reads."""

from bot import doors
from bot.domain import when
from bot.domain.circles import Circle
from bot.domain.drafts import Draft
from bot.domain.ids import MemberId
from bot.domain.matching.report import told_of
from bot.domain.people import Kind
from bot.features.matching.draft_pages import back_button
from bot.features.matching.drawing_blocks import TITLE, TITLE_OF_PAIRS
from bot.features.matching.finding import Candidate
from bot.features.matching.intro_blocks import following
from bot.slack import blocks
from bot.slack.blocks import Message, View
from bot.slack.payload import pack
from bot.slack.text import escape, many, mention


def room(draft: Draft, member: MemberId, circle: Circle | None, *, chose_theme: bool) -> View:
    who = mention(member)
    back = back_button(draft)
    if circle is None:
        words = f"*No circle with room fits {who} by all rules.* They stay on the list for the next draft."
        return blocks.modal(TITLE, [blocks.section(words), blocks.actions(back)])
    why = "its theme is one they chose" if chose_theme else "it is the one they add most to"
    free = many(circle.size_max - len(circle.members), "seat", "seats")
    words = (
        f"*{escape(circle.name)} would suit {who}*: {why}, and it meets inside their hours, "
        f"{when.in_words(circle.rule)}. It has {free} free."
    )
    value = pack(draft=draft.id, member=member, circle=circle.id)
    offer = blocks.button("Offer it to them", "matching.offer", value, style="primary")
    hint = blocks.context("They hear of it from me in their own hours, and decide for themselves.")
    return blocks.modal(TITLE, [blocks.section(words), blocks.actions(offer, back), hint])


def offered(draft: Draft, member: MemberId, circle: Circle) -> View:
    words = f"*Offered.* {mention(member)} hears of {escape(circle.name)} in their own hours."
    back = back_button(draft)
    return blocks.modal(TITLE, [blocks.section(words), blocks.actions(back)])


def mentor(draft: Draft, mentee: MemberId, kind: Kind, found: Candidate | None) -> View:
    """To a lead, who looks for somebody without a mentor."""
    who, back = mention(mentee), back_button(draft)
    if found is None:
        words = f"*Nobody with a free place fits {who} by all rules just now.* They come first in the next draft."
        return blocks.modal(TITLE_OF_PAIRS, [blocks.section(words), blocks.actions(back)])
    words = f"*{mention(found.member.id)} would fit {who}.* {escape(told_of(found.because))}"
    value = pack(draft=draft.id, member=mentee)
    tell = blocks.button("Tell them who fits", "matching.seek", value, style="primary")
    hint = blocks.context("They hear of it from me in their own hours, and ask for a coffee or don't.")
    return blocks.modal(TITLE_OF_PAIRS, [blocks.section(words), blocks.actions(tell, back), hint])


def told(draft: Draft, mentee: MemberId) -> View:
    words = f"*They hear of it.* I tell {mention(mentee)} in their own hours who fits, and they choose."
    return blocks.modal(TITLE_OF_PAIRS, [blocks.section(words), blocks.actions(back_button(draft))])


def found_mentor(kind: Kind, found: Candidate) -> Message:
    """To somebody whom a draft left without a mentor."""
    words = "*I looked again for you.* There was no place for you in the last draw; now somebody fits."
    return Message("I looked again for you.", [blocks.section(words), *following(kind, found)])


def offer(circle: Circle) -> Message:
    """To a member for whom a lead found a place."""
    words = (
        f"*There is a seat for you in {escape(circle.name)}*: {escape(circle.theme)}, {when.in_words(circle.rule)}. "
        "Have a look, and join if you like."
    )
    buttons = [
        blocks.button("Look at the circle", doors.SHOW_CIRCLE, pack(circle=circle.id), style="primary"),
        blocks.button("See the other circles", doors.JOIN_CIRCLE),
    ]
    hint = blocks.context("It's an offer: if it doesn't suit you, there is nothing to do.")
    return Message(
        f"There is a seat for you in {escape(circle.name)}.", [blocks.section(words), blocks.actions(*buttons), hint]
    )
