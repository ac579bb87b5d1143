"""The forms: a commitment, another day for one, and how it went; how they look and how they are read back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from bot.domain import when
from bot.domain.audience import UPDATE_LIMIT
from bot.domain.circles import Circle
from bot.domain.commitments import (
    CAUSES,
    EXPERIMENTS,
    LEARNED_LIMIT,
    LIMITS,
    OUTCOMES,
    SURE_ENOUGH,
    Audience,
    Cause,
    Commitment,
    CommitmentState,
    Evidence,
    Outcome,
    Promise,
    Question,
    smaller,
)
from bot.domain.ids import CommitmentId, MemberId
from bot.domain.links import LINK_LIMIT
from bot.features.commitments.reading import Desk
from bot.slack import blocks
from bot.slack.blocks import Block, Choice, View
from bot.slack.payload import pack
from bot.slack.reading import FormReading, a_day, one_of
from bot.slack.requests import Answers, Submission
from bot.slack.text import escape

Word = TypeVar("Word", bound=str)

USUAL_TIME = timedelta(days=14)
EVIDENCE: dict[Evidence, str] = {
    Evidence.ARTEFACT: "There is something to show: a page, a link",
    Evidence.NUMBER: "A number says so",
    Evidence.WITNESS: "Somebody sees it",
    Evidence.REFLECTION: "I look back on it",
}
OUTCOME_NAMES: dict[CommitmentState, str] = {
    CommitmentState.KEPT: "Kept",
    CommitmentState.PARTLY: "Partly",
    CommitmentState.NOT_YET: "Not yet",
    CommitmentState.DROPPED: "Dropped on purpose",
    CommitmentState.REPLACED: "Replaced by something else",
}
CONFIDENCE: Sequence[Choice] = tuple((f"{level} of 10", str(level)) for level in range(10, 0, -1))
HALF: Sequence[Choice] = (("Half as big", "half"), ("Keep it as I wrote it", "same"))


@dataclass(frozen=True)
class Typed:
    """What came back: with the answer to the one question, where it was asked."""

    promise: Promise
    asked: bool = False
    half: bool = False
    """Make it half as big, as `smaller` says."""
    smaller: str = ""


# A new one, and a change


def make(desk: Desk, promise: Promise | None = None, question: Question | None = None) -> View:
    """Empty; or with what was typed and a question about it, which is asked once."""
    shown = [_made_for(desk)]
    if desk.after is not None and question is None:
        shown += _after(desk.after)
    shown += _asked(promise, question) + _fields(desk, promise)
    after = {"after": desk.after.id} if desk.after else {}
    notes = pack(session=desk.session.id, asked=int(question is not None), **after)
    title = "One of your two" if not desk.taken else "Your second"
    return blocks.modal(title, shown, callback="commitments.make", submit="Save", notes=notes)


def change(number: CommitmentId, desk: Desk, promise: Promise, question: Question | None = None) -> View:
    words = "Another wording takes the place of this one, and this one is closed without a word of blame."
    shown = [blocks.context(words), *_asked(promise, question), *_fields(desk, promise)]
    notes = pack(commitment=number, asked=int(question is not None))
    return blocks.modal("Change it", shown, callback="commitments.change", submit="Save", notes=notes)


def move(commitment: Commitment, desk: Desk) -> View:
    shown = [
        blocks.quote(commitment.will),
        blocks.field_input(
            "By", blocks.day_picker("by", chosen=commitment.by.isoformat()), block="by", hint=_until(desk)
        ),
    ]
    notes = pack(commitment=commitment.id)
    return blocks.modal("Move the day", shown, callback="commitments.move", submit="Move it", notes=notes)


def _made_for(desk: Desk) -> Block:
    left = "one more" if desk.taken else "two"
    return blocks.section(
        f"*What will you do until {escape(desk.circle.name)} meets again?* You have {left}; small is fine."
    )


def _after(commitment: Commitment) -> list[Block]:
    shown = [blocks.context("Last time:"), blocks.quote(commitment.will)]
    if commitment.cause is not None:
        shown.append(blocks.section(f"*One smaller thing to try:* {EXPERIMENTS[commitment.cause]}"))
    return shown


def _asked(promise: Promise | None, question: Question | None) -> list[Block]:
    if promise is None or question is None:
        return []
    shown: list[Block] = [
        blocks.section(
            f"*One question before I keep it.* {question.text}\nSave it again, and it stands as you want it."
        )
    ]
    if promise.confidence < SURE_ENOUGH:
        shown += [
            blocks.field_input("Make it half as big?", blocks.radio("half", HALF, chosen="same"), block="half"),
            blocks.field_input(
                "Half as big could be",
                blocks.line("smaller", given=smaller(promise.will), most=LIMITS["will"]),
                block="smaller",
                optional=True,
                hint='Say it your way. It counts only with "Half as big" above.',
            ),
        ]
    return shown


def _fields(desk: Desk, given: Promise | None) -> list[Block]:
    start = given or Promise(will="", by=_usual_day(desk))
    hint = "If it is Tuesday at nine, then I call before I open my mail."
    return [
        blocks.field_input(
            "I will", blocks.line("will", given=start.will, most=LIMITS["will"], hint="call three customers"), block="will"
        ),
        blocks.field_input(
            "By", blocks.day_picker("by", chosen=start.by.isoformat()), block="by", hint=_until(desk)
        ),
        blocks.field_input(
            "If … then …",
            blocks.line("cue", given=start.cue, most=LIMITS["cue"], hint=hint),
            block="cue",
            optional=True,
            hint="Where and when it starts. Whoever has decided that in advance does it far more often.",
        ),
        *_evidence(start),
        blocks.field_input(
            "How sure are you?",
            blocks.menu("confidence", CONFIDENCE, chosen=str(start.confidence) if given else ""),
            block="confidence",
            hint="That it will be done by then. Below 7, half as much is the better promise.",
        ),
        *_seen_by(desk, start),
    ]  # fmt: skip


def _evidence(start: Promise) -> list[Block]:
    kinds = [(name, kind.value) for kind, name in EVIDENCE.items()]
    return [
        blocks.field_input(
            "I will know because", blocks.radio("evidence_kind", kinds, chosen=start.evidence_kind.value), block="evidence_kind"
        ),
        blocks.field_input(
            "What exactly?",
            blocks.line("evidence", given=start.evidence, most=LIMITS["evidence"], hint="A page of notes from each call"),
            block="evidence",
            optional=True,
        ),
    ]  # fmt: skip


def _seen_by(desk: Desk, start: Promise) -> list[Block]:
    choices: list[Choice] = [("Only me", Audience.ME.value)]
    if desk.buddy is not None:
        choices.append((f"My buddy this time: {desk.buddy[1]}", Audience.BUDDY.value))
    choices.append(("My circle", Audience.CIRCLE.value))
    picked = start.audience.value if start.audience.value in {value for _, value in choices} else Audience.ME.value
    shown = [
        blocks.field_input(
            "Who sees it?",
            blocks.radio("audience", choices, chosen=picked),
            block="audience",
            hint="What the circle sees is read back in its next agenda.",
        )
    ]
    if desk.others:
        people = [(name, member) for member, name in desk.others]
        witness = blocks.menu("witness", people, chosen=start.witness or "", hint="Nobody")
        hint = "They see it too, and once you are done I ask them whether they saw it happen."
        shown.append(blocks.field_input("Witness", witness, block="witness", optional=True, hint=hint))
    return shown


def _until(desk: Desk) -> str:
    latest = when.say_day(desk.setting.latest)
    return f"Up to your next session, on {latest}." if desk.setting.next_session else f"Up to {latest}."


def _usual_day(desk: Desk) -> date:
    if desk.setting.next_session is None:
        return desk.setting.today + USUAL_TIME
    return desk.setting.latest


def read_promise(answers: Answers) -> Promise:
    """As it was typed; the rules look at it afterwards. What was forged is refused under its field."""
    form = FormReading()
    by = form.take("by", lambda: a_day(answers, "by"), date.min)
    kind = form.take("evidence_kind", lambda: one_of(answers, "evidence_kind", [*Evidence]), Evidence.REFLECTION)
    audience = form.take("audience", lambda: one_of(answers, "audience", [*Audience]), Audience.ME)
    confidence = form.take(
        "confidence", lambda: one_of(answers, "confidence", [value for _, value in CONFIDENCE]), "10"
    )
    form.finish()
    witness = answers.choice("witness")
    return Promise(
        will=answers.text("will"),
        by=by,
        cue=answers.text("cue"),
        evidence_kind=kind,
        evidence=answers.text("evidence"),
        confidence=int(confidence),
        audience=audience,
        witness=MemberId(witness) if witness else None,
    )


def read_typed(request: Submission) -> Typed:
    asked = bool(request.notes.number("asked"))
    half = asked and request.answers.choice("half") == "half"
    return Typed(read_promise(request.answers), asked, half=half, smaller=request.answers.text("smaller"))


def read_move(answers: Answers) -> date:
    form = FormReading()
    day = form.take("by", lambda: a_day(answers, "by"), date.min)
    form.finish()
    return day


# News for the circle


def tell(commitment: Commitment, circle: Circle) -> View:
    shown = [
        blocks.section(f"*Tell {escape(circle.name)} before you meet?* It sees this one already, and how it stands."),
        blocks.quote(commitment.will),
        blocks.field_input(
            "A line on how it went",
            blocks.paragraph("line", given=commitment.update, most=UPDATE_LIMIT, hint="One call was enough."),
            block="line",
            optional=True,
            hint="Without one, they read only how it stands.",
        ),
    ]
    notes = pack(commitment=commitment.id)
    return blocks.modal("Before you meet", shown, callback="commitments.tell", submit="Tell them", notes=notes)


# How it went

PICK_STATE = "commitments.pick-state"
"""What was chosen in the form is told at once, so that the form asks only what belongs to it."""


def outcome(commitment: Commitment, picked: str = "") -> View:
    """Whoever comes by *Done* finds "Kept" chosen already, so that one more tap is enough.

    `picked` is what was chosen since: only for what is not there yet it is asked what was in the way.
    """
    states = [(OUTCOME_NAMES[state], state.value) for state in OUTCOMES]
    known = commitment.state if commitment.state in OUTCOMES else CommitmentState.KEPT
    chosen = picked if picked in {state.value for state in OUTCOMES} else known.value
    how = blocks.field_input("How did it go?", blocks.radio(PICK_STATE, states, chosen=chosen), block="state")
    shown = [
        blocks.quote(commitment.will),
        how | {"dispatch_action": True},
        *(_cause(commitment) if chosen == CommitmentState.NOT_YET.value else []),
        blocks.field_input(
            "What did you learn?",
            blocks.paragraph("learned", given=commitment.learned, most=LEARNED_LIMIT, hint="One line is plenty."),
            block="learned",
            optional=True,
            hint="This line is yours alone, whoever sees the commitment.",
        ),
        blocks.field_input(
            "A link that shows it",
            blocks.line("link", given=commitment.link, most=LINK_LIMIT, hint="https://"),
            block="link",
            optional=True,
            hint="Your witness gets it too, if you named one.",
        ),
    ]
    notes = pack(commitment=commitment.id)
    return blocks.modal("Your commitment", shown, callback="commitments.outcome", submit="Save", notes=notes)


def _cause(commitment: Commitment) -> list[Block]:
    causes = [(words, cause.value) for cause, words in CAUSES.items()]
    menu = blocks.menu("cause", causes, chosen=commitment.cause or "")
    return [blocks.field_input("What was in the way?", menu, block="cause")]


def read_outcome(answers: Answers) -> Outcome:
    form = FormReading()
    state = form.take("state", lambda: one_of(answers, "state", [*OUTCOMES]), CommitmentState.KEPT)
    picked = answers.choice("cause")
    cause = form.take("cause", lambda: one_of(answers, "cause", [*Cause]), Cause.TIME) if picked else None
    form.finish()
    return Outcome(
        state=state,
        learned=answers.text("learned"),
        cause=cause,
        link=answers.text("link"),
    )
