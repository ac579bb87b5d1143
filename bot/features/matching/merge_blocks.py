"""How it looks when two circles could become one: to a lead, to both circles, and afterwards."""

from bot.domain import when
from bot.domain.circles import Circle
from bot.domain.ids import ChannelId
from bot.domain.matching.report_circles import without_hours
from bot.domain.mergers import Merger, Tally
from bot.domain.when import Rule
from bot.features.matching.merging import Asked, Proposal, Standing
from bot.slack import blocks
from bot.slack.blocks import Block, Message
from bot.slack.payload import pack
from bot.slack.text import channel_link, escape, listed, many

MOST_SHOWN = 10


def standing(now: Standing) -> Message:
    if not (now.proposals or now.asked or now.alone):
        words = "*No circle is too small.* When one loses members, I tell you, and look for a circle that could take them in."
        return Message("No circle is too small.", [blocks.section(words)])
    shown: list[Block] = [blocks.section("*Circles that have become too small*")]
    for asked in now.asked[:MOST_SHOWN]:
        shown += _asked(asked)
    for proposal in now.proposals[:MOST_SHOWN]:
        shown += _proposal(proposal)
    for circle in now.alone[:MOST_SHOWN]:
        shown.append(blocks.section(_alone(circle)))
    return Message("Circles that have become too small.", blocks.one_primary(shown))


def _members(circle: Circle) -> str:
    return f"*{escape(circle.name)}* ({many(len(circle.members), 'member', 'members')})"


def _rhythm(rule: Rule, *, kept: bool) -> str:
    return f"{when.in_words(rule)}, {'as now' if kept else 'a new hour that suits everybody'}"


def _proposal(one: Proposal) -> list[Block]:
    words = (
        f"{_members(one.small)} could go into {_members(one.into)}: together {one.people}, "
        f"{_rhythm(one.rule, kept=one.slot is None)}."
    )
    ask = blocks.button(
        "Ask both circles", "matching.merge_ask", pack(small=one.small.id, into=one.into.id), style="primary"
    )
    reason = without_hours(one.because)
    return [blocks.section(words), *([blocks.context(escape(reason))] if reason else []), blocks.actions(ask)]


def _asked(one: Asked) -> list[Block]:
    words = f"{_members(one.small)} and {_members(one.into)} were asked. {_so_far(one.tally)}"
    sure = blocks.confirm(
        "Make them one circle?",
        f"The people of {one.small.name} move into the channel of {one.into.name} and are told; their circle ends.",
        yes="Merge them",
    )
    merge = blocks.button("Merge them", "matching.merge", pack(merger=one.merger.id), style="primary", confirm=sure)
    drop = blocks.button("Leave them as they are", "matching.merge_drop", pack(merger=one.merger.id))
    return [blocks.section(words), blocks.actions(merge, drop)]


def answered(one: Asked) -> Message:
    """To the lead who asked, once in both circles most people have answered."""
    return Message("Both circles have answered.", [blocks.section("*Both circles have answered.*"), *_asked(one)])


def _so_far(tally: Tally) -> str:
    if not tally.is_shown:
        return "Answers of fewer than five people are not counted here; ask them."
    return f"Of {tally.people} people {tally.fine} are fine with it, {tally.against} would rather not."


def _alone(circle: Circle) -> str:
    return (
        f"{_members(circle)}: no circle with room suits them all, by their hours and the rules. "
        "Invite people to it, or let its members choose others with `/mentor match again`."
    )


def asked_both(one: Proposal) -> Message:
    words = (
        f"*Both circles are asked.* {listed([escape(one.small.name), escape(one.into.name)])} answer in their channels; "
        "`/mentor match merge` shows how it stands, and merges them."
    )
    return Message("Both circles are asked.", [blocks.section(words)])


def question(merger: Merger, small: Circle, into: Circle, rule: Rule) -> Message:
    """In the channels of both."""
    words = (
        f"*Could {escape(small.name)} and {escape(into.name)} become one circle?* {escape(small.name)} has "
        f"{many(len(small.members), 'member', 'members')} left. Together you would be "
        f"{len({*small.members, *into.members})}, in the channel of {escape(into.name)}, "
        f"{_rhythm(rule, kept=merger.slot is None)}."
    )
    reason = without_hours(merger.because)
    answers = blocks.actions(
        blocks.button("Fine with me", "matching.merge_vote:fine", pack(merger=merger.id, fine=1), style="primary"),
        blocks.button("Rather not", "matching.merge_vote:not", pack(merger=merger.id, fine=0)),
    )
    hint = blocks.context("Your answer is for a lead to decide with, who sees how many said what and not who.")
    return Message(
        f"Could {escape(small.name)} and {escape(into.name)} become one circle?",
        [blocks.section(words), *([blocks.context(escape(reason))] if reason else []), answers, hint],
    )


def voted(*, fine: bool) -> Message:
    said = "you are fine with it" if fine else "you would rather not"
    words = f"Noted: {said}. You can change it with the other button until it is decided."
    return Message(words, [blocks.section(words)])


def merged(small: Circle, into: Circle) -> Message:
    """In the channel that is left."""
    where = f" in {channel_link(ChannelId(into.channel))}" if into.channel else ""
    words = (
        f"*{escape(small.name)} goes on as part of {escape(into.name)}*{where}. I bring you in there. "
        "This channel stays for reading back; its sessions are left out."
    )
    return Message(f"{escape(small.name)} goes on as part of {escape(into.name)}.", [blocks.section(words)])


def done(one: Asked) -> Message:
    words = (
        f"*Merged.* The people of {escape(one.small.name)} are on the way into {escape(one.into.name)}, "
        f"{_rhythm(one.rule, kept=one.merger.slot is None)}. Both channels are told."
    )
    return Message("Merged.", [blocks.section(words)])
