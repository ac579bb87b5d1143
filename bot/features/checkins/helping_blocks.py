"""How a call for help looks: to whoever is asked, to both once somebody helps, and afterwards."""

from bot.domain import hours
from bot.domain.checkins import Answer
from bot.domain.helping import Call, Reason
from bot.domain.ids import MemberId
from bot.slack import blocks
from bot.slack.blocks import Message
from bot.slack.payload import pack
from bot.slack.text import escape, mention


def asked(call: Call, answer: Answer, reason: Reason, zone: str) -> Message:
    """To one peer. `zone` is theirs."""
    asker = mention(call.asker)
    yes = blocks.button("I'll help", "checkins.take", pack(answer=call.answer), style="primary")
    no = blocks.button("Not this time", "checkins.pass", pack(call=call.id))
    shown = [
        blocks.section(f"*{asker} would like a hand. Could it be yours?*"),
        blocks.quote(answer.help),
        blocks.section(f"Why you: {_why(reason, zone)}."),
        blocks.actions(yes, no),
        blocks.context(
            "Twenty minutes are plenty. If you can't, I ask somebody else, and nobody hears that I asked."
        ),
    ]
    return Message("Somebody in your circle would like a hand. Could it be yours?", shown)


def _why(reason: Reason, zone: str) -> str:
    told = []
    if reason.skill:
        told.append(f"*{escape(reason.skill)}* is something you offer")
    if reason.shared is not None:
        told.append(f"you both work {hours.in_words(reason.shared, zone)} (your time)")
    return " and ".join(told) or "you sit in the same circle"


def passed() -> Message:
    words = "*Fine, and thank you for saying so.* I ask somebody else; nobody hears that I asked you."
    return Message("Fine, I ask somebody else.", [blocks.section(words)])


def taken(answer: Answer) -> Message:
    """In place of the question, to the one who said yes."""
    words = f"*You help {mention(answer.member)}, thank you.* A first step comes in a message to both of you."
    return Message("You help, thank you.", [blocks.section(words), blocks.quote(answer.help)])


def found(picked: Answer, reader: MemberId, reason: Reason, zone: str) -> Message:
    """To both: the one who asked and the one who helps, each in their own time."""
    helper = picked.helper or picked.member
    words = f"*You offered {mention(picked.member)} a hand* with:"
    step = "First step: say hello and offer a time."
    if reader == picked.member:
        words = f"*{mention(helper)} can help you* with what you wrote in your check-in:"
        step = "First step: say hello with the one thing you'd like to walk away with."
    if reason.shared is not None:
        step += f" You both work {hours.in_words(reason.shared, zone)} (your time)."
    end = blocks.context("Twenty minutes this week is a good start. Whoever reads this first says hello.")
    return Message("Help is found.", [blocks.section(words), blocks.quote(picked.help), blocks.section(step), end])


def nobody(answer: Answer) -> Message:
    shown = [
        blocks.section("*Nobody I asked is free for this right now:*"),
        blocks.quote(answer.help),
        blocks.section("Bring it to your next session, or ask in the channel: the same question, said aloud."),
        blocks.context("I asked one after the other and named no names. This says nothing about the question."),
    ]
    return Message("Nobody I asked is free right now.", shown)


def went(call: Call, answer: Answer) -> Message:
    helper = mention(call.helper) if call.helper else "they"
    yes = blocks.button("Yes, say thank you", "checkins.thanks", pack(call=call.id), style="primary")
    no = blocks.button("Not yet", "checkins.not-yet", pack(call=call.id))
    shown = [
        blocks.section(f"*Did {helper} help you with this?*"),
        blocks.quote(answer.help),
        blocks.actions(yes, no),
        blocks.context("I ask this once."),
    ]
    return Message("Did it help?", shown)


def thanks_said(call: Call) -> Message:
    helper = mention(call.helper) if call.helper else "They"
    return Message("Said.", [blocks.section(f"*Said.* {helper} hears that it helped.")])


def not_yet(call: Call) -> Message:
    helper = mention(call.helper) if call.helper else "They"
    words = f"*Then today is a good day to say hello.* {helper} said yes to twenty minutes; offer two times to choose from."
    return Message("Then today is a good day to say hello.", [blocks.section(words)])


def thanked(call: Call, answer: Answer) -> Message:
    shown = [blocks.section(f"*{mention(call.asker)} says thank you.* It helped with:"), blocks.quote(answer.help)]
    return Message("Somebody says thank you.", shown)
