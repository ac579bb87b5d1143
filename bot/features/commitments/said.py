"""How the letters about commitments look: to their owner, to who confirms them, to who is asked for help, to the circle."""

from collections.abc import Sequence

from bot.domain import when
from bot.domain.circles import Circle
from bot.domain.commitments import Audience, Commitment, CommitmentState
from bot.features.commitments.blocks import STATE_NAMES, item, settled_line
from bot.features.commitments.flows import Saved
from bot.slack import blocks
from bot.slack.blocks import Block, Message
from bot.slack.payload import pack
from bot.slack.replies import Edit
from bot.slack.text import escape, mention


def receipt(circle: Circle, about: Sequence[Commitment]) -> Message:
    count = "Your two commitments" if len(about) > 1 else "Your commitment"
    return _letter(f"*{count} from {escape(circle.name)}.* Nothing to do now; this is to keep.", f"{count}.", about)


def midpoint(circle: Circle, about: Sequence[Commitment]) -> Message:
    words = f"*Half-way with what you set out to do in {escape(circle.name)}.* How is it going?"
    return _letter(words, "Half-way: how are your commitments going?", about)


def last_reminder(circle: Circle, about: Sequence[Commitment]) -> Message:
    due = "are both due soon" if len(about) > 1 else "is due soon"
    text = f"What you set out to do in {escape(circle.name)} {due}."
    if len(about) > 1:
        text = f"The two you set out to do in {escape(circle.name)} {due}."
    message = _letter(f"*{text}* One tap each is enough.", text, about)
    if not any(one.is_under_way for one in about):
        return message
    return Message(message.text, [*message.blocks, blocks.context("This is my last word on it before you meet.")])


def edits(saved: Saved) -> tuple[Edit, ...]:
    """The letters that were sent before, each as it reads now: what is settled is a line without buttons."""
    read = {"commitments.receipt": receipt, "commitments.midpoint": midpoint, "commitments.reminder": last_reminder}
    return tuple(
        Edit(one.place.channel, one.place.ts, read[one.kind](saved.circle, one.about)) for one in saved.older
    )


def _letter(words: str, text: str, about: Sequence[Commitment]) -> Message:
    """With buttons for what is under way; when nothing is any more, there is nothing left to ask."""
    if not any(one.is_under_way for one in about):
        words, text = "*Settled, nothing is left to do here.*", "Settled."
    shown: list[Block] = [blocks.section(words)]
    for commitment in about:
        shown += item(commitment) if commitment.is_under_way else [blocks.section(settled_line(commitment))]
    return Message(text, blocks.one_primary(shown))


def witness_asked(commitment: Commitment) -> Message:
    owner = mention(commitment.owner)
    how = "is done" if commitment.state is CommitmentState.KEPT else "is partly done"
    words = f"*{owner}, whose buddy you are, says that this {how}.* Did you see it?"
    if commitment.witness is not None:
        words = f"*{owner} named you as a witness, and says that this {how}.* Did you see it?"
    shown: list[Block] = [blocks.section(words), blocks.quote(commitment.will)]
    if commitment.link:
        shown.append(blocks.context(escape(commitment.link)))
    yes = blocks.button("Yes, I saw it", "commitments.confirm", pack(commitment=commitment.id), style="primary")
    shown.append(blocks.actions(yes))
    shown.append(blocks.context("If you didn't, there is nothing to tap. Just tell them."))
    return Message("Somebody counts on you to have seen it: did you?", shown)


def confirmed(commitment: Commitment) -> Message:
    words = f"*Thank you.* {mention(commitment.owner)} sees that you confirmed it."
    return Message("Thank you, it is confirmed.", [blocks.section(words), blocks.quote(commitment.will)])


def help_wanted(commitment: Commitment, among: Audience) -> Message:
    owner = mention(commitment.owner)
    words = f"*{owner} is stuck and asks for help.* Who has ten minutes?"
    if among is Audience.BUDDY:
        words = f"*{owner} is stuck and asks you as their buddy.* Do you have ten minutes?"
    until = blocks.context(f"By {when.say_day(commitment.by)}. Write to them, or meet for a moment.")
    return Message(
        "Somebody is stuck and asks for help.", [blocks.section(words), blocks.quote(commitment.will), until]
    )


def news(commitment: Commitment) -> Message:
    """Below the agenda, before the circle meets."""
    owner = mention(commitment.owner)
    stands = STATE_NAMES[commitment.state] or f"by {when.say_day(commitment.by)}"
    shown = [blocks.section(f"*News from {owner} before you meet:* {escape(commitment.will)} ({stands})")]
    if commitment.update:
        shown.append(blocks.quote(commitment.update))
    return Message(f"News from {owner} before you meet.", shown)
