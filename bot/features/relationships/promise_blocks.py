"""How the two commitments of a meeting look: made, reminded of, settled, and seen by the other one where that is wanted."""

from collections.abc import Sequence

from bot import doors
from bot.domain import when
from bot.domain.commitments import (
    CAUSES,
    LEARNED_LIMIT,
    LIMITS,
    Audience,
    CommitmentState,
    PairCommitment,
    Promise,
    Question,
)
from bot.domain.ids import MemberId
from bot.domain.relationships import Relationship
from bot.features.relationships.promising import Desk
from bot.slack import blocks
from bot.slack.blocks import Block, Choice, Element, Message, View
from bot.slack.payload import pack
from bot.slack.text import escape, mention

OUTCOMES: tuple[tuple[str, CommitmentState], ...] = (
    ("Kept", CommitmentState.KEPT),
    ("Partly", CommitmentState.PARTLY),
    ("Not yet", CommitmentState.NOT_YET),
    ("Dropped on purpose", CommitmentState.DROPPED),
)
STATES = {state: name for name, state in OUTCOMES}
SURE: tuple[Choice, ...] = tuple((f"{number} of 10", str(number)) for number in range(1, 11))
SEEN: tuple[Choice, ...] = (("Only I", Audience.ME), ("The other one too", Audience.BUDDY))


def make_button(relationship: Relationship, *, second: bool, style: str = "") -> Element:
    words = "Make the second one" if second else "Make my two commitments"
    return blocks.button(words, "relationships.promise", pack(relationship=relationship.id), style=style)


def form(desk: Desk, given: Promise | None = None, question: Question | None = None) -> View:
    shown: list[Block] = []
    if question is not None:
        shown.append(blocks.section(f"*One question, then it is kept as you say:* {question.text}"))
    usual = (given.by if given else desk.setting.latest).isoformat()
    shown += [
        blocks.field_input(
            "I will",
            blocks.line("will", given=given.will if given else "", most=LIMITS["will"], hint="draft page one"),
            block="will",
        ),
        blocks.field_input("By", blocks.day_picker("by", chosen=usual), block="by"),
        _optional(
            "If … then …", "cue", given.cue if given else "", hint="If it is Tuesday at nine, then I open the file"
        ),
        _optional("I will know because", "evidence", given.evidence if given else "", hint="Bo has read it"),
        blocks.field_input(
            "How sure are you?",
            blocks.menu("confidence", SURE, chosen=str(given.confidence if given else 8)),
            block="confidence",
        ),
        blocks.field_input(
            "Who sees it?",
            blocks.radio("audience", SEEN, chosen=given.audience if given else Audience.ME),
            block="audience",
        ),
    ]
    notes = pack(relationship=desk.relationship.id, asked=1 if question else 0)
    return blocks.modal("Until next time", shown, callback="relationships.promise", submit="Keep", notes=notes)


def _optional(label: str, block: str, given: str, *, hint: str) -> Block:
    return blocks.field_input(
        label, blocks.line(block, given=given, most=LIMITS[block], hint=hint), block=block, optional=True
    )


def made(one: PairCommitment, desk: Desk) -> Message:
    shown: list[Block] = [blocks.section(f"*Kept: {escape(one.will)}*\nby {when.say_day(one.by)} · {_seen(one)}")]
    if not desk.is_full:
        shown.append(blocks.actions(make_button(desk.relationship, second=True, style="primary")))
    return Message("Kept.", shown)


def full(desk: Desk) -> Message:
    words = "*You have your two for this meeting, and two is plenty.* More of them tend to get done that way."
    open_it = blocks.button("Open", doors.SHOW_RELATIONSHIP, pack(relationship=desk.relationship.id))
    return Message("You have your two.", [blocks.section(words), blocks.actions(open_it)])


def _seen(one: PairCommitment) -> str:
    return (
        f"seen by {mention(one.buddy)} and you" if one.audience is Audience.BUDDY and one.buddy else "only you see it"
    )


def on_page(every: Sequence[PairCommitment], me: MemberId) -> list[Block]:
    """Those that this reader may see."""
    shown: list[Block] = []
    for one in every:
        whose = "" if one.owner == me else f"{mention(one.owner)}: "
        state = STATES.get(one.state, "")
        words = " · ".join(filter(None, [f"by {when.say_day(one.by)}", state, _seen(one) if one.owner == me else ""]))
        button = (
            blocks.button("Done", "relationships.done", pack(commitment=one.id))
            if one.owner == me and one.is_under_way
            else None
        )
        shown.append(blocks.section(f"{whose}*{escape(one.will)}*\n{words}", button, block=f"promise-{one.id}"))
    return [blocks.section("*Until next time*"), *shown] if shown else []


def outcome(one: PairCommitment) -> View:
    causes = [(name, cause.value) for cause, name in CAUSES.items()]
    shown = [
        blocks.section(f"*{escape(one.will)}*"),
        blocks.field_input(
            "How did it go?", blocks.radio("state", OUTCOMES, chosen=CommitmentState.KEPT), block="state"
        ),
        blocks.field_input(
            "What did you learn?", blocks.paragraph("learned", most=LEARNED_LIMIT), block="learned", optional=True
        ),
        blocks.field_input(
            "If not yet: what was in the way?", blocks.menu("cause", causes), block="cause", optional=True
        ),
    ]
    return blocks.modal(
        "How did it go?", shown, callback="relationships.done", submit="Save", notes=pack(commitment=one.id)
    )


def settled(one: PairCommitment) -> Message:
    words = {
        CommitmentState.KEPT: "*Kept. Well done.*",
        CommitmentState.PARTLY: "*Partly is a good part of the way.*",
        CommitmentState.NOT_YET: "*Not yet, then.* What would half of it be, by next time?",
    }.get(one.state, "*Dropped on purpose* is a decision too.")
    open_it = blocks.button("Open", doors.SHOW_RELATIONSHIP, pack(relationship=one.relationship))
    return Message("Noted.", [blocks.section(words), blocks.actions(open_it)])


def reminder(every: Sequence[PairCommitment], other: MemberId) -> Message:
    """A letter to their owner: both of one meeting in one."""
    shown: list[Block] = [
        blocks.section(f"*What you set out to do after meeting {mention(other)}.* How is it going?")
    ]
    return Message("How is it going?", [*shown, *on_page(every, every[0].owner)[1:]])


def told_before(every: Sequence[PairCommitment]) -> list[Block]:
    """What the other one may see, with how it stands, before they meet."""
    lines = [f"{one.will}: {STATES.get(one.state, 'under way').lower()}" for one in every]
    return [blocks.section("*What they set out to do*"), blocks.bullets(*lines)] if lines else []
