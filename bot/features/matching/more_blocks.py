"""How it looks to ask back, to add a kind line, to be introduced, and to ask a micro mentor one question."""

from bot import doors
from bot.domain.ids import MemberId
from bot.domain.introductions import Introduction
from bot.domain.intros import LINE_LIMIT, QUESTION_LIMIT, Intro
from bot.domain.people import Kind
from bot.features.matching.blocks import KIND_TIME, because, facts_line
from bot.features.matching.finding import Candidate, Found
from bot.slack import blocks
from bot.slack.blocks import Block, Message, View
from bot.slack.payload import pack
from bot.slack.text import day, escape, mention

# One thing asked back


def ask_back_form(intro: Intro) -> View:
    shown = [
        blocks.section(f"One question to {mention(intro.asker)}. You answer theirs once you have heard back."),
        _question("What would you like to know?", "question", "What have you tried so far?"),
    ]
    return _form("Ask them one thing", shown, "matching.ask-back", pack(intro=intro.id), "Ask")


def asked_back(intro: Intro) -> View:
    words = (
        f"*I pass your question on to {mention(intro.asker)}*, in their working hours. Their answer comes with *Accept* "
        f"and *Not now*. If none comes by {day(intro.answer_by)}, the request lapses by itself."
    )
    return blocks.modal("Asked", [blocks.section(words)])


def question(intro: Intro) -> Message:
    """To the asker."""
    words = f"*{mention(intro.asked)} would like to know one thing before they answer.*"
    tell = blocks.button("Answer", "matching.say-more", pack(intro=intro.id), style="primary")
    back = blocks.button("Take my request back", "matching.withdraw", pack(intro=intro.id))
    until = blocks.context(f"Until {day(intro.answer_by)}. A line or two is enough.")
    shown = [blocks.section(words), blocks.quote(intro.lines.question), blocks.actions(tell, back), until]
    return Message("A question about your intro coffee.", shown)


def tell_form(intro: Intro) -> View:
    shown = [blocks.quote(intro.lines.question), _question("Your answer", "answer", "")]
    return _form("Your answer", shown, "matching.say-more", pack(intro=intro.id), "Send")


def told(intro: Intro) -> Message:
    words = f"*{mention(intro.asked)} gets your answer*, and has until {day(intro.answer_by)} to say yes or not now."
    return Message("Your answer is on its way.", [blocks.section(words)])


def answer(intro: Intro) -> Message:
    """To the one who asked back; now it is theirs to decide."""
    words = f"*{mention(intro.asker)} answered your question.* Would you like the coffee?"
    shown: list[Block] = [
        blocks.section(words),
        blocks.context(f"You asked: {escape(intro.lines.question)}"),
        blocks.quote(intro.lines.answer),
        blocks.actions(
            blocks.button("Accept", "matching.accept", pack(intro=intro.id), style="primary"),
            blocks.button("Not now", "matching.decline", pack(intro=intro.id)),
        ),
        blocks.context(f"A no is fine and costs nothing. Without an answer it lapses on {day(intro.answer_by)}."),
    ]
    return Message("Your question was answered.", shown)


# A kind line along with a no


def kind_line_form(intro: Intro) -> View:
    shown = [
        blocks.section(f"{mention(intro.asker)} hears that it is not now. With this it is easier to hear:"),
        blocks.field_input(
            "A kind line",
            blocks.line("line", most=LINE_LIMIT, hint="I'm full until summer. Your question is a good one."),
            block="line",
            optional=True,
        ),
        blocks.field_input(
            "Who may fit better?",
            blocks.person_menu("instead"),
            block="instead",
            optional=True,
            hint="They are not told. I show them only if they offer this themselves.",
        ),
    ]
    return _form("Add a kind line", shown, "matching.kind-line", pack(intro=intro.id), "Send")


def line_added(intro: Intro) -> Message:
    words = f"*Thank you.* I pass it on to {mention(intro.asker)}, in their working hours."
    return Message("Thank you.", [blocks.section(words)])


def kind_line(intro: Intro, instead: MemberId | None) -> Message:
    """To the asker."""
    shown: list[Block] = [blocks.section(f"*{mention(intro.asked)} adds to their not now:*")]
    if intro.lines.kind_line:
        shown.append(blocks.quote(intro.lines.kind_line))
    if instead is not None:
        ask = blocks.button(
            "Ask for an intro coffee", "matching.ask", pack(member=instead, kind=intro.kind.value), style="primary"
        )
        shown.append(blocks.section(f"They think that {mention(instead)} may fit you.", ask))
    return Message("A line about your intro coffee.", shown)


# Introductions


def introduce_form(member: MemberId, kind: Kind, via: MemberId) -> View:
    shown = [
        blocks.section(
            f"I ask {mention(via)} whether they introduce you to {mention(member)}. "
            "They may simply leave it, and so may you: nobody is told of that."
        ),
        blocks.field_input(
            "Why them?",
            blocks.line("why", most=LINE_LIMIT, hint="You both built the billing service, and I'm about to."),
            block="why",
            hint="Read by both, if it comes to that.",
        ),
    ]
    notes = pack(member=member, kind=kind.value, via=via)
    return _form("Ask to be introduced", shown, "matching.introduce", notes, "Ask")


def introduction_asked(introduction: Introduction) -> View:
    words = (
        f"*I ask {mention(introduction.via)}, in their working hours.* If they introduce you, "
        f"{mention(introduction.to)} gets your request with their name on it. By {day(introduction.answer_by)} you know."
    )
    return blocks.modal("Asked", [blocks.section(words)])


def introduce(introduction: Introduction) -> Message:
    """To the one who knows both."""
    asker, to = mention(introduction.asker), mention(introduction.to)
    words = f"*Would you introduce {asker} to {to}?* You know them both, and they don't know each other."
    shown: list[Block] = [blocks.section(words)]
    if introduction.line:
        shown.append(blocks.quote(introduction.line))
    value = pack(introduction=introduction.id)
    shown += [
        blocks.actions(
            blocks.button("Introduce them", "matching.make", value, style="primary"),
            blocks.button("Rather not", "matching.make-not", value),
        ),
        blocks.context(f"Rather not is never told to anybody: to {asker} it looks as if you had been busy."),
    ]
    return Message("Would you introduce two people whom you know?", shown)


def introduced(intro: Intro) -> Message:
    words = (
        f"*Introduced, thank you.* {mention(intro.asked)} gets the request of {mention(intro.asker)} with your name "
        "on it, and decides."
    )
    return Message("Introduced, thank you.", [blocks.section(words)])


def left_alone() -> Message:
    words = "*Left alone, then.* Nobody is told, and I don't ask you for this again."
    return Message("Left alone, then.", [blocks.section(words)])


def not_introduced(introduction: Introduction) -> Message:
    """To the asker; the same whether it was refused or forgotten."""
    to = mention(introduction.to)
    words = (
        f"*Nothing has come of the introduction to {to} so far.* Some weeks are like that. You can ask them yourself:"
    )
    value = pack(member=introduction.to, kind=introduction.kind.value)
    ask = blocks.button("Ask for an intro coffee", "matching.ask", value, style="primary")
    find = blocks.button("See who else fits", doors.FIND_MATCH)
    return Message("No introduction so far.", [blocks.section(words), blocks.actions(ask, find)])


# One question to a micro mentor


def no_topic() -> Message:
    words = (
        "*One question, one meeting, then thanks.* Say what it is about, and I show you who knows something of it: "
        "`/mentor find public speaking`"
    )
    return Message("Say what your question is about.", [blocks.section(words)])


def topic_list(topic: str, found: Found) -> Message:
    if not found.candidates:
        return _nobody_knows(topic, found)
    about = escape(topic)
    shown: list[Block] = [
        blocks.section(f"*Who knows something of {about}*, and takes one question:"),
        blocks.context(f"What it takes: {KIND_TIME[Kind.MICRO]}."),
    ]
    for place, candidate in enumerate(found.candidates, start=1):
        shown += _knows(place, candidate, topic)
    return Message(f"People who know something of {about}.", shown)


def _knows(place: int, candidate: Candidate, topic: str) -> list[Block]:
    who = mention(candidate.member.id)
    words = f"*{place}.* {who} · {facts_line(candidate.profile)}\n{because(candidate)}"
    value = pack(member=candidate.member.id, kind=Kind.MICRO.value, topic=topic)
    about = pack(member=candidate.member.id, kind=Kind.MICRO.value)
    buttons = (
        blocks.button("Ask my question", "matching.ask-micro", value),
        blocks.button("About them", "matching.about", about),
    )
    return [blocks.section(words), blocks.actions(*buttons)]


def _nobody_knows(topic: str, found: Found) -> Message:
    about = escape(topic)
    shown: list[Block] = [
        blocks.section(f"*Nobody offers a micro meeting on {about} just now.* A skill mentor may know it as well:")
    ]
    if found.did_you_mean:
        shown.append(blocks.context(f"Did you mean `/mentor find {escape(found.did_you_mean)}`?"))
    shown.append(blocks.actions(blocks.button("See who fits me", doors.FIND_MATCH, style="primary")))
    return Message(f"Nobody offers a micro meeting on {about} just now.", shown)


def micro_form(member: MemberId, topic: str) -> View:
    shown = [
        blocks.section(f"One question to {mention(member)}, in one meeting of half an hour, about {escape(topic)}."),
        _question("Your question", "question", "How do I begin a talk without saying my name first?"),
    ]
    notes = pack(member=member, kind=Kind.MICRO.value, topic=topic)
    return _form("Ask one question", shown, "matching.ask-micro", notes, "Ask")


def _question(label: str, block: str, hint: str) -> Block:
    return blocks.field_input(label, blocks.paragraph(block, most=QUESTION_LIMIT, hint=hint), block=block)


def _form(title: str, shown: list[Block], callback: str, notes: str, submit: str) -> View:
    return blocks.modal(title, shown, callback=callback, submit=submit, notes=notes)
