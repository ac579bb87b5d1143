"""How thanks and statements look, and the forms for them."""

from collections.abc import Sequence

from bot.domain.ids import MemberId
from bot.domain.kinds import FACTS
from bot.domain.recognition import (
    STATEMENT_LIMIT,
    THANKS_LIMIT,
    Contribution,
    Release,
    Statement,
    Thanks,
    Words,
    draft,
)
from bot.features.recognition.flows import Own, Shelf
from bot.slack import blocks
from bot.slack.blocks import Block, Message, View
from bot.slack.payload import pack
from bot.slack.requests import Answers, Request
from bot.slack.text import day, many, mention

SAY, UNSAY, SHOW = "recognition.say", "recognition.unsay", "recognition.show"
WRITE, RELEASE, TAKE_BACK, SHOW_OWN = (
    "recognition.write",
    "recognition.release",
    "recognition.take-back",
    "recognition.own",
)
MOST_SHOWN = 12


# Thanks


def shelf(this: Shelf) -> Message:
    shown: list[Block] = []
    for one in this.received[:MOST_SHOWN]:
        quotable = " · you may quote it" if one.quotable else ""
        shown += [blocks.context(f"{mention(one.giver)}, {day(one.at)}{quotable}"), blocks.quote(one.text)]
    if not shown:
        words = (
            "*Who made a difference for you lately?* Two sentences are enough: what they did, and what it changed."
        )
        shown = [blocks.section(words)]
    for one in this.given[-3:]:
        shown.append(_given(one))
    say = blocks.button("Say thanks", SAY, style="primary")
    return Message(
        "Thanks.", [*shown, blocks.actions(say, blocks.button("My contribution", SHOW_OWN), block="thanks")]
    )


def _given(one: Thanks) -> Block:
    sure = blocks.confirm(
        "Take it back?", "It goes from their list and from the message they got.", yes="Take it back"
    )
    unsay = blocks.button("Take it back", UNSAY, pack(thanks=one.id), confirm=sure)
    return blocks.section(f"You thanked {mention(one.receiver)} on {day(one.at)}.", unsay, block=f"given-{one.id}")


def say_form() -> View:
    quotable = blocks.ticks("quotable", [("They may quote it, with my name", "yes")])
    text = blocks.paragraph(
        "text", most=THANKS_LIMIT, hint="You asked me one question in March, and it changed my plan"
    )
    shown = [
        blocks.field_input("Whom do you thank?", blocks.person_menu("to"), block="to"),
        blocks.field_input("For what?", text, block="text", hint="What they did, and what it changed for you."),
        blocks.field_input("May they pass it on?", quotable, block="quotable", optional=True),
    ]
    return blocks.modal("Say thanks", shown, callback=SAY, submit="Send")


def read_thanks(answers: Answers) -> Words:
    to, quotable = answers.choice("to"), "yes" in answers.choices("quotable")
    return Words(MemberId(to), answers.text("text"), quotable)


def said(one: Thanks) -> Message:
    words = f"*On its way to {mention(one.receiver)}.* It reaches them in their working hours."
    return Message("Your thanks are on their way.", [blocks.section(words), _to_thanks()])


def unsaid() -> Message:
    return Message("Taken back.", [blocks.section("*Taken back.* It stands nowhere any more."), _to_thanks()])


def _to_thanks() -> Block:
    return blocks.actions(blocks.button("Thanks", SHOW))


def thanks(one: Thanks) -> Message:
    kept = "You may quote it; it is in your list" if one.quotable else "It is for you alone, in your list"
    shown = [
        blocks.section(f"*{mention(one.giver)} thanks you.*"),
        blocks.quote(one.text),
        blocks.context(f"{kept}: `/mentor thanks`."),
    ]
    return Message("Somebody thanks you.", shown)


# The statement


def own(this: Own) -> Message:
    shown: list[Block] = [blocks.section(f"*What you gave, for your eyes only.*\n{_known(this.known)}")]
    shown += _written(this.statement)
    words = "Change it" if this.statement.text else "Write my statement"
    buttons = [blocks.button(words, WRITE, style="" if this.statement.text else "primary")]
    if this.statement.text:
        buttons.append(blocks.button("Give it to somebody", RELEASE, style="primary"))
    shown.append(blocks.actions(*buttons, block="statement"))
    return Message("Your contribution.", [*shown, *_released(this.releases)])


def _known(known: Contribution) -> str:
    if not known.by_kind:
        return "Nothing is counted yet. What you gave in circles and as a peer counts without a number."
    kinds = ", ".join(f"{FACTS[kind].name} {many(count, 'time', 'times')}" for kind, count in known.by_kind)
    quoted = f"\n{many(len(known.thanks), 'word', 'words')} of thanks that you may quote." if known.thanks else ""
    return f"You were there for {many(known.people, 'person', 'people')}: {kinds}.{quoted}"


def _written(statement: Statement) -> list[Block]:
    if statement.text:
        return [blocks.context("Your statement:"), blocks.quote(statement.text)]
    return [
        blocks.context(
            "A statement is yours: you write it, and it goes only to whom you give it, such as your manager before a "
            "review. Nobody else sees it or that it exists."
        )
    ]


def _released(releases: Sequence[Release]) -> list[Block]:
    open_ones = [one for one in releases if not one.taken_back]
    return [_one_release(one) for one in open_ones[-5:]]


def _one_release(one: Release) -> Block:
    sure = blocks.confirm(
        "Take it back?", "The message they got loses its text. They may have read it.", yes="Take it back"
    )
    button = blocks.button("Take it back", TAKE_BACK, pack(release=one.id), confirm=sure)
    return blocks.section(f"Given to {mention(one.to)} on {day(one.at)}.", button, block=f"release-{one.id}")


def write_form(this: Own) -> View:
    given = this.statement.text or draft(this.known)
    text = blocks.paragraph("text", given=given, most=STATEMENT_LIMIT)
    shown: list[Block] = [
        blocks.field_input(
            "My contribution",
            text,
            block="text",
            hint="In your own words. Leave out whom you mentored, unless they are fine with it.",
        )
    ]
    for one in this.known.thanks[:3]:
        shown += [blocks.context(f"You may quote {mention(one.giver)}:"), blocks.quote(one.text)]
    notes = pack(version=this.statement.version)
    return blocks.modal("My contribution", shown, callback=WRITE, submit="Save", notes=notes)


def release_form(this: Own) -> View:
    shown = [
        blocks.section("*It goes as it stands here, to one person.*"),
        blocks.quote(this.statement.text),
        blocks.field_input("To whom?", blocks.person_menu("to"), block="to", hint="Your manager, for example."),
    ]
    return blocks.modal("Give it to somebody", shown, callback=RELEASE, submit="Give it")


def released(one: Release) -> Message:
    words = f"*On its way to {mention(one.to)},* as it reads now. Nobody else gets it."
    return Message("Your statement is on its way.", [blocks.section(words), _to_own()])


def taken_back() -> Message:
    return Message("Taken back.", [blocks.section("*Taken back.* The message has no text any more."), _to_own()])


def _to_own() -> Block:
    return blocks.actions(blocks.button("My contribution", SHOW_OWN))


def statement(one: Release) -> Message:
    shown = [
        blocks.section(
            f"*{mention(one.owner)} would like you to read what they gave as a mentor.* In their own words:"
        ),
        blocks.quote(one.text),
        blocks.context("They wrote it and chose you to have it. I count nothing of it, and send it to nobody else."),
    ]
    return Message("Somebody gives you the statement of their contribution.", shown)


def emptied(request: Request) -> Message:
    words = f"{mention(request.member)} took back what stood here."
    return Message("It was taken back.", [blocks.context(words)])
