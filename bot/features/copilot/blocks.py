"""How a session under way looks: one message that changes as its stages pass, and the lines said in private."""

from collections.abc import Sequence

from bot import cards, doors
from bot.domain.duties import ROLES, Duty
from bot.domain.ids import MemberId
from bot.features.copilot import words
from bot.features.copilot.flows import Now
from bot.features.copilot.reading import Scene
from bot.slack import blocks
from bot.slack.blocks import Block, Element, Message
from bot.slack.payload import pack
from bot.slack.text import clip, clock, escape, many, mention

DONE, LEFT = "▰", "▱"
NEXT_SHOWN = 2
"""How many of the stages to come are named."""


def live(scene: Scene) -> Message:
    run = scene.run
    if not run.is_live:
        return over(scene)
    if run.is_written:
        return words.live(scene)
    shown = [blocks.section(f"*{_heading(scene)}*\n{cards.spoken(run.leg.says, scene.sits, run.leg.seat)}")]
    shown.append(blocks.context(f"{_bar(scene)} · {_next(scene)}"))
    shown.append(blocks.context(_who(scene)))
    if scene.threes:
        shown.append(blocks.context(" · ".join(f"*{cards.people(group)}*" for group in scene.threes)))
    shown.append(blocks.actions(*_for_all(scene), block="all"))
    shown.append(blocks.actions(*_to_steer(scene), block="steer"))
    return Message(f"{escape(scene.circle.name)}: {escape(run.leg.name)}.", shown)


def _heading(scene: Scene) -> str:
    run = scene.run
    if run.paused:
        return f"Paused in {escape(run.leg.name)}"
    return f"{escape(run.leg.name)}, until {clock(run.until)}"


def _bar(scene: Scene) -> str:
    count = len(scene.run.legs)
    return DONE * (scene.run.place + 1) + LEFT * (count - scene.run.place - 1) + f"  {scene.run.place + 1} of {count}"


def _next(scene: Scene) -> str:
    run = scene.run
    if run.paused:
        return "The clock stands still until somebody goes on."
    ahead = run.ahead()
    named = [f"{escape(leg.name)} at {clock(begins)}" for begins, leg in ahead[:NEXT_SHOWN]]
    left = [f"the end at {clock(run.ends(run.began))}"]
    return f"Then {', '.join([*named, *left])}."


def _who(scene: Scene) -> str:
    holders = scene.holders
    told = [f"{cards.ROLE_WORDS[duty]}: {mention(holders[duty])}" for duty in ROLES if duty in holders]
    seat = [f"In the hot seat: {cards.people(list(scene.sits))}"] if scene.sits else []
    here = f"Here: {cards.people(scene.here)}" if scene.here else "Here: nobody has tapped yet"
    return "\n".join(filter(None, [" · ".join([*seat, *told]), here]))


def _for_all(scene: Scene) -> list[Element]:
    value = pack(session=scene.session.id)
    here = blocks.button("I'm here", doors.HERE, value)
    style = "primary" if scene.run.leg.two else ""
    two = blocks.button("Make my two commitments", doors.MAKE_COMMITMENTS, value, style=style)
    return [two, here] if scene.run.leg.two else [here, two]


def _to_steer(scene: Scene) -> list[Element]:
    run = scene.run
    value = pack(session=run.session, version=run.version)
    if run.paused:
        clock_button = blocks.button("Go on", "copilot.resume", value, style="primary")
    else:
        clock_button = blocks.button("Pause", "copilot.pause", value)
    step = "Next stage" if run.coming else "End the session"
    return [
        clock_button,
        blocks.button("+2 minutes", "copilot.longer", value),
        blocks.button(step, "copilot.next", value),
        blocks.overflow("copilot.more", _more(scene)),
    ]


def _more(scene: Scene) -> list[tuple[str, str]]:
    number = scene.run.session
    again = [("Split the threes again", pack(session=number, do="split"))] if scene.threes else []
    return [
        *again,
        ("Take over as facilitator", pack(session=number, do="take")),
        ("Hand over to somebody else", pack(session=number, do="hand")),
        ("End the session now", pack(session=number, do="end")),
    ]


def over(scene: Scene) -> Message:
    run, value = scene.run, pack(session=scene.session.id)
    minutes = round(((run.over or run.until) - run.started).total_seconds() / 60)
    long = "two days in writing" if run.is_written else f"{many(minutes, 'minute', 'minutes')} together"
    shown: list[Block] = [
        blocks.section(f"*That was it: {long}.* Thank you for your time."),
        *words.kept(scene),
        blocks.context(_who(scene)),
        blocks.actions(
            blocks.button("Make my two commitments", doors.MAKE_COMMITMENTS, value, style="primary"),
            blocks.button("I was here", doors.HERE, value),
            blocks.button("Notes", doors.KEEP_NOTES, value),
        ),
    ]
    if scene.following:
        shown.insert(-2, blocks.context(f"You meet again on {cards.dated(scene.following)}."))
    return Message(f"{escape(scene.circle.name)}: the session is over.", shown)


def line(scene: Scene, duty: Duty, says: str, question: str = "") -> Message:
    """To one person, when their stage begins."""
    leg = scene.run.leg
    shown: list[Block] = [blocks.section(f"*{escape(leg.name)}, until {clock(scene.run.until)}.* {escape(says)}")]
    if question:
        shown.append(blocks.quote(question))
    shown.append(blocks.context(f"{cards.YOU_WORDS[duty]} in {cards.circle_name(scene.circle)}."))
    return Message(f"{escape(leg.name)}: {escape(clip(says, 120))}", shown)


def two(scene: Scene) -> Message:
    """In the thread, as an edit rings nobody: the moment to make one's commitments."""
    value = pack(session=scene.session.id)
    return Message(
        "Now everybody's two: what will you do until next time?",
        [
            blocks.section(
                f"*Now everybody's two, until {clock(scene.run.until)}.* What will you do until next time?"
            ),
            blocks.actions(blocks.button("Make my two commitments", doors.MAKE_COMMITMENTS, value, style="primary")),
        ],
    )


def started(scene: Scene) -> Message:
    """To who started it from somewhere else than its thread."""
    where = f"The stages are in the thread in {cards.circle_name(scene.circle)}."
    return Message("The session has begun.", [blocks.section(f"*The session has begun.* {where}")])


def hand_over(scene: Scene) -> blocks.View:
    others: list[MemberId] = [who for who in scene.circle.members if who != scene.run.facilitator]
    menu = blocks.person_menu("to", chosen=others[0] if others else "", hint="Somebody of this circle")
    shown = [
        blocks.section(
            "*Who guides from here?* They get the lines of the facilitator, and the buttons listen to them."
        ),
        blocks.field_input("Facilitator", menu, block="to"),
    ]
    notes = pack(session=scene.run.session)
    return blocks.modal("Hand over", shown, callback="copilot.hand-over", submit="Hand over", notes=notes)


def standing(every: Sequence[Now]) -> Message:
    """`/mentor session`."""
    if not every:
        words = "*You are in no circle yet, so there is no session.* Circles with room take you in with one tap."
        button = blocks.button("Circles with room", doors.JOIN_CIRCLE, style="primary")
        return Message("You are in no circle yet.", [blocks.section(words), blocks.actions(button)])
    if len(every) == 1 and every[0].scene:
        return live(every[0].scene)
    shown: list[Block] = []
    for one in every:
        shown += _standing(one)
    return Message("Your sessions.", shown)


def _standing(one: Now) -> list[Block]:
    name, plan = cards.circle_name(one.circle), pack(circle=one.circle.id)
    if one.scene:
        run = one.scene.run
        until = cards.in_words(run.until) if run.is_written else clock(run.until)
        return [blocks.section(f"{name}\n*Going on now:* {escape(run.leg.name)}, until {until}")]
    if one.session and one.may_start:
        start = blocks.button("Start session", f"{doors.START_SESSION}:{one.circle.id}", pack(session=one.session.id))
        return [blocks.section(f"{name}\nIt is time. Start when you are together.", start | {"style": "primary"})]
    words = f"Next session: {cards.when(one.session)}" if one.session else "No session is planned."
    return [
        blocks.section(
            f"{name}\n{words}", blocks.button("Sessions and dates", f"{doors.SHOW_SCHEDULE}:{one.circle.id}", plan)
        )
    ]
