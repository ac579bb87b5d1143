"""How a session in writing looks: its message in the thread, the forms, what is posted and what is asked."""

from bot import cards, doors
from bot.domain.written import LIMIT, MOST_PICKS, Kind, Reply
from bot.features.copilot.reading import Scene
from bot.slack import blocks
from bot.slack.blocks import Block, Element, Message, View
from bot.slack.payload import pack
from bot.slack.text import clip, escape, many, mention

HEADS = {
    Kind.QUESTION: "asks",
    Kind.ANSWER: "answers",
    Kind.EXPERIENCE: "tells what happened to them",
    Kind.PLAYBACK: "says what stays",
}
LABELS = {
    Kind.QUESTION: ("Your question", "A fact you need, in one or two sentences. Advice keeps for tomorrow."),
    Kind.ANSWER: ("Your answer", "Short is fine; say so where you don't know."),
    Kind.EXPERIENCE: ("What happened to you", "A time when it was like that for you, and what came of it."),
    Kind.PLAYBACK: ("What stays", "What you take along, and what you leave here."),
}
BUTTONS = {Kind.QUESTION: "Ask a question", Kind.EXPERIENCE: "Share an experience", Kind.PLAYBACK: "Say what stays"}
SHORT = 70


def live(scene: Scene) -> Message:
    run = scene.run
    shown: list[Block] = [
        blocks.section(
            f"*{escape(run.leg.name)}, until {cards.in_words(run.until)}*\n"
            f"{cards.spoken(run.leg.says, scene.sits, run.leg.seat)}"
        )
    ]
    shown += _question(scene)
    then = [f"{escape(leg.name)} from {cards.in_words(begins)}" for begins, leg in run.ahead()]
    counted = many(len(scene.replies), "reply", "replies")
    end = f"It ends on {cards.in_words(run.ends(run.began))}."
    shown.append(blocks.context(f"{run.place + 1} of {len(run.legs)} · {counted} below · {' · '.join([*then, end])}"))
    shown.append(blocks.actions(*_buttons(scene), block="write"))
    shown.append(blocks.context("Write when it suits you: I post it in this thread for you, as I can't read along."))
    return Message(f"{escape(scene.circle.name)}, in writing: {escape(run.leg.name)}.", shown)


def _question(scene: Scene) -> list[Block]:
    who = cards.people(list(scene.sits)) or "Nobody"
    if scene.question:
        return [blocks.section(f"{who} asks"), blocks.quote(scene.question)]
    value = pack(session=scene.session.id)
    return [
        blocks.section(f"{who}: your question is still to come.", blocks.button("Write it", doors.WRITE_BRIEF, value))
    ]


def _buttons(scene: Scene) -> list[Element]:
    value, run = pack(session=scene.session.id), scene.run
    if not run.coming:
        two = blocks.button("Make my two commitments", doors.MAKE_COMMITMENTS, value, style="primary")
        return [two, blocks.button(BUTTONS[Kind.PLAYBACK], "copilot.playback", value)]
    kind = Kind.EXPERIENCE if run.place else Kind.QUESTION
    return [blocks.button(BUTTONS[kind], "copilot.write", value, style="primary")]


def kept(scene: Scene) -> list[Block]:
    """What the seat took along, when it is over."""
    said = scene.playback
    if said is None:
        return []
    shown: list[Block] = [blocks.section(f"*{mention(said.author)} takes along*"), blocks.quote(said.text)]
    by_number = {reply.id: reply for reply in scene.replies}
    for pick in said.picks:
        if pick in by_number:
            shown.append(blocks.context(f"from {mention(by_number[pick].author)}"))
            shown.append(blocks.quote(clip(by_number[pick].text, 300)))
    return shown


def posted(scene: Scene, reply: Reply) -> Message:
    head = f"*{mention(reply.author)} {HEADS[reply.kind]}*"
    shown: list[Block] = [blocks.section(head), blocks.quote(reply.text)]
    return Message(f"{mention(reply.author)} {HEADS[reply.kind]}.", shown)


def write(scene: Scene, kind: Kind) -> View:
    label, hint = LABELS[kind]
    shown: list[Block] = [blocks.quote(scene.question)] if scene.question else []
    field = blocks.paragraph("text", most=LIMIT)
    shown.append(blocks.field_input(label, field, block="text", hint=hint))
    if kind is Kind.PLAYBACK and (picks := _picks(scene)):
        menu = blocks.many_menu("picks", picks, most=MOST_PICKS)
        shown.append(
            blocks.field_input("What helped most", menu, block="picks", optional=True, hint="It closes the thread.")
        )
    shown.append(blocks.context("I post it in the thread, with your name."))
    callback = "copilot.playback" if kind is Kind.PLAYBACK else "copilot.write"
    return blocks.modal(
        "In writing", shown, callback=callback, submit="Post it", notes=pack(session=scene.session.id)
    )


def _picks(scene: Scene) -> list[tuple[str, str]]:
    others = [one for one in scene.replies if one.kind in (Kind.QUESTION, Kind.EXPERIENCE)]
    return [(clip(" ".join(one.text.split()), SHORT), str(one.id)) for one in others]


def asked(scene: Scene, kind: Kind) -> Message:
    """In private, once a stage."""
    value, run = pack(session=scene.session.id), scene.run
    until = cards.in_words(run.until)
    if kind is Kind.ANSWER:
        button = blocks.button("Write it", doors.WRITE_BRIEF, value, style="primary")
        words = (
            f"*{escape(scene.circle.name)} waits for your question.* One sentence is enough; they have until {until}."
        )
    elif kind is Kind.PLAYBACK:
        button = blocks.button(BUTTONS[kind], "copilot.playback", value, style="primary")
        words = f"*What stays with you?* {many(len(scene.replies), 'reply stands', 'replies stand')} in your thread."
    else:
        button = blocks.button(BUTTONS[Kind.EXPERIENCE], "copilot.write", value, style="primary")
        words = (
            f"*When was it like that for you?* {cards.people(list(scene.sits))} would like to hear it, until {until}."
        )
    shown: list[Block] = [blocks.section(words)]
    if scene.question and kind is not Kind.ANSWER:
        shown.append(blocks.quote(scene.question))
    return Message(f"{escape(scene.circle.name)}, in writing: your turn to write.", [*shown, blocks.actions(button)])
