"""How commitments look: to their owner in full, to anybody else only what the owner lets them see."""

from dataclasses import replace
from datetime import date

from bot import cards, doors
from bot.domain import when
from bot.domain.audience import confirmer, has_something_to_see
from bot.domain.circles import Circle
from bot.domain.commitments import EXPERIMENTS, Audience, Commitment, CommitmentState
from bot.domain.kept import KeptRate
from bot.domain.sessions import Session
from bot.features.commitments.flows import Saved
from bot.features.commitments.form import OUTCOME_NAMES
from bot.features.commitments.reading import Desk, Overview, Part
from bot.features.commitments.telling import Told
from bot.slack import blocks
from bot.slack.blocks import Block, Element, Message
from bot.slack.payload import pack
from bot.slack.text import day, escape, link, listed, many, mention

STATE_NAMES = {
    CommitmentState.OPEN: "",
    CommitmentState.ON_IT: "On it",
    CommitmentState.STUCK: "Stuck",
    **OUTCOME_NAMES,
}
TWO_IS_PLENTY = (
    "*You have your two for this session, and two is plenty.* More of them tend to get done that way. "
    "To put something else in instead, choose *Change it*."
)


SLOTS_SHOWN = 4
"""How many of one circle `/mentor` shows; there are rarely more open than two."""


# One commitment, as its owner sees it


def item(commitment: Commitment, today: date | None = None, *, tell: bool = False) -> list[Block]:
    """With what can be done about it now; `tell` where the circle, which sees it, has not met since."""
    shown: list[Block] = [blocks.section(lines(commitment, today))]
    if commitment.state is not CommitmentState.REPLACED:
        ways = [*buttons(commitment), *(_tell(commitment) if tell else [])]
        shown.append(blocks.actions(*ways, block=f"of-{commitment.id}"))
    return shown


def _tell(commitment: Commitment) -> list[Element]:
    if commitment.audience is not Audience.CIRCLE or commitment.state is CommitmentState.REPLACED:
        return []
    words = "Tell my circle again" if commitment.shared_at else "Tell my circle"
    return [blocks.button(words, "commitments.tell", pack(commitment=commitment.id))]


def lines(commitment: Commitment, today: date | None) -> str:
    lines = [f"*{escape(commitment.will)}*", " · ".join(_facts(commitment, today))]
    if commitment.cue:
        lines.append(f"_{escape(commitment.cue)}_")
    if commitment.evidence:
        lines.append(f"How I will know: {escape(commitment.evidence)}")
    if commitment.learned:
        lines.append(f"Learned: {escape(commitment.learned)}")
    if commitment.link:
        lines.append(f"It shows here: {link(commitment.link, 'open')}")
    return "\n".join(lines)


def _facts(commitment: Commitment, today: date | None) -> list[str]:
    facts = [f"by {when.say_day(commitment.by)}"]
    if today is not None and commitment.is_under_way and commitment.by < today:
        facts = [f"was for {when.say_day(commitment.by)}: how did it go?"]
    if STATE_NAMES[commitment.state]:
        facts.append(STATE_NAMES[commitment.state])
    seen = confirmer(commitment)
    if commitment.confirmed_at and seen:
        facts.append(f"confirmed by {mention(seen)}")
    return [*facts, _seen_by(commitment), *(["your circle has the news"] if commitment.shared_at else [])]


def _seen_by(commitment: Commitment) -> str:
    seen = ["your circle"] if commitment.audience is Audience.CIRCLE else []
    if commitment.audience is Audience.BUDDY and commitment.buddy:
        seen.append(mention(commitment.buddy))
    if commitment.witness and commitment.witness != commitment.buddy:
        seen.append(mention(commitment.witness))
    return f"seen by {listed([*seen, 'you'])}" if seen else "only you see it"


def buttons(commitment: Commitment) -> list[Element]:
    value = pack(commitment=commitment.id)
    if not commitment.is_under_way:
        return [blocks.button("Correct it", "commitments.done", value)]
    return [
        blocks.button("Done", "commitments.done", value, style="primary"),
        blocks.button("On it", "commitments.on-it", value),
        blocks.button("Stuck", "commitments.stuck", value),
        blocks.button("Change it", "commitments.change", value),
    ]


def _make(session: Session, *, second: bool, primary: bool = True) -> Element:
    words = "Make the second one" if second else "Make my two commitments"
    value = pack(session=session.id)
    return blocks.button(words, f"{doors.MAKE_COMMITMENTS}:{session.id}", value, style="primary" if primary else "")


def settled_line(commitment: Commitment) -> str:
    return f"~{escape(commitment.will)}~  {STATE_NAMES[commitment.state]}"


# The overview, and Home


def overview(found: Overview) -> Message:
    if not found.parts:
        return _no_circle()
    shown: list[Block] = []
    for part in found.parts:
        shown += _part(part, found.today)
    if found.shared:
        shown.append(blocks.divider())
        shown.append(blocks.section("*What others share with you*"))
        shown += [blocks.context(_shared(one)) for one in found.shared[:10]]
    tail = [*kept_in_words(found.kept), blocks.actions(blocks.button("All of them so far", "commitments.history"))]
    shown = blocks.one_primary(shown[: blocks.MESSAGE_BLOCKS - len(tail)])
    return Message("Your commitments.", [*shown, *tail])


def home(found: Overview) -> list[Block]:
    """Nothing for somebody without a circle: how to find one stands elsewhere on the tab."""
    if not found.parts:
        return []
    shown: list[Block] = []
    for part in found.parts:
        under_way = [one for one in part.commitments if one.is_under_way]
        shown += _part(replace(part, commitments=under_way), found.today)
        for settled_now in found.fresh_in(part):
            shown += _just_settled(settled_now)
    shown += kept_in_words(found.kept)
    return [blocks.header("My commitments"), *shown] if shown else []


def _just_settled(commitment: Commitment) -> list[Block]:
    correct = blocks.button("Correct it", f"commitments.done:{commitment.id}", pack(commitment=commitment.id))
    return [blocks.section(settled_line(commitment), correct, block=f"settled-{commitment.id}")]


def still_open(found: Overview) -> list[Block]:
    """`/mentor`: each open one in a line, and where one is still to be made."""
    shown: list[Block] = []
    for part in found.parts:
        under_way = [one for one in part.commitments if one.is_under_way]
        for one in under_way[:SLOTS_SHOWN]:
            words = f"*{escape(one.will)}*\n{_facts(one, found.today)[0]}"
            done = blocks.button("Done", "commitments.done", pack(commitment=one.id))
            shown.append(blocks.section(words, done, block=f"brief-{one.id}"))
        if part.room and part.session is not None and part.circle is not None:
            words = f"*What will you do until {escape(part.circle.name)} meets again?*"
            shown.append(blocks.section(words, _make(part.session, second=_has_one(part), primary=False)))
    return shown


def _no_circle() -> Message:
    words = (
        "*You are in no circle yet.* In a circle, everybody leaves each session with two commitments: small things with a "
        "day, which the bot reminds you of twice and never more."
    )
    join = blocks.button("See the circles", doors.JOIN_CIRCLE, style="primary")
    return Message("You are in no circle yet.", [blocks.section(words), blocks.actions(join)])


def _part(part: Part, today: date) -> list[Block]:
    name = _name(part)
    if not part.commitments:
        return _empty(part, name)
    with_them = f", with {mention(part.buddy.member)} as your buddy" if part.buddy and not part.is_over else ""
    shown: list[Block] = [blocks.section(f"For {name}{with_them}:")]
    for commitment in part.commitments:
        shown += item(commitment, today, tell=_not_met_since(commitment, part))
    if part.room and part.session is not None:
        shown.append(
            blocks.actions(_make(part.session, second=_has_one(part), primary=False), block=f"in-{part.session.id}")
        )
    return shown


def _name(part: Part) -> str:
    if part.circle is None:
        return "*a circle of before*"
    if not part.is_over:
        return cards.circle_name(part.circle)
    stands = "which you have left" if part.circle.is_open else "which has ended"
    return f"*{escape(part.circle.name)}*, {stands}"


def _not_met_since(commitment: Commitment, part: Part) -> bool:
    return part.session is not None and not part.is_over and commitment.session == part.session.id


def _has_one(part: Part) -> bool:
    return any(part.session is not None and one.session == part.session.id for one in part.commitments)


def _empty(part: Part, name: str) -> list[Block]:
    if part.is_over or (part.circle is not None and part.circle.is_alone):
        return []
    if part.session is None:
        ahead = f" The next one is on {day(part.coming.starts)}." if part.coming else ""
        words = f"After a session of {name} you make two commitments: what you will do, by when, how you will know."
        return [blocks.section(f"*Nothing to do yet.* {words}{ahead}")]
    if not part.room:
        again = f" You make your next two on {day(part.coming.starts)}." if part.coming else ""
        return [blocks.section(f"Your two for {name} are settled.{again}")]
    words = f"*What will you do until next time?* You have room for commitments from {name}: small things with a day."
    return [blocks.section(words), blocks.actions(_make(part.session, second=False), block=f"in-{part.session.id}")]


def kept_in_words(kept: KeptRate) -> list[Block]:
    """For the owner's eyes only, and never as a judgement."""
    if not kept.due:
        return []
    partly = f" and {kept.partly} more partly" if kept.partly else ""
    over = "commitment is settled or past its day", "commitments are settled or past their day"
    words = f"So far {many(kept.due, *over)}; you kept {kept.kept}{partly}."
    return [blocks.context(f"{words} Only you see this.")]


def _shared(commitment: Commitment) -> str:
    """One line for the buddy or the witness."""
    return f"{mention(commitment.owner)}: {escape(commitment.will)} · by {when.say_day(commitment.by)}"


# Answers to what the owner did


def two_already(desk: Desk) -> Message:
    shown: list[Block] = [blocks.section(TWO_IS_PLENTY)]
    for commitment in desk.taken:
        shown += item(commitment)
    return Message("You have your two for this session.", blocks.one_primary(shown))


def made(saved: Saved) -> Message:
    words = "*Saved, and the former one is closed.*" if saved.replaced else "*Saved.*"
    shown: list[Block] = [blocks.section(words), blocks.section(lines(saved.commitment, None))]
    if saved.room is not None:
        shown.append(blocks.actions(_make(saved.room, second=True)))
    shown.append(blocks.context("I remind you twice at most: half-way, and two working days before."))
    return Message("Your commitment is saved.", shown)


def moved(saved: Saved) -> Message:
    words = f"*Moved to {when.say_day(saved.commitment.by)}.*"
    if saved.commitment.last_on is not None:
        words += " I won't remind you of it again before that day."
    return Message("Moved.", [blocks.section(words)])


def on_it(commitment: Commitment) -> Message:
    return Message("Noted: you're on it.", [blocks.section(f"*Noted: you're on it.* {escape(commitment.will)}")])


def stuck(commitment: Commitment, circle: Circle) -> Message:
    """What could help; others are only offered where the owner lets them see it."""
    value = pack(commitment=commitment.id)
    ways = [blocks.button("Make it smaller", "commitments.shrink", value, style="primary")]
    seen_by_others = commitment.audience is not Audience.ME and commitment.owner in circle.members
    if seen_by_others and commitment.buddy in circle.members:
        ways.append(blocks.button("Ask my buddy", "commitments.ask-buddy", value))
    if commitment.audience is Audience.CIRCLE and seen_by_others and circle.channel:
        ways.append(blocks.button("Ask my circle", "commitments.ask-circle", value))
    ways.append(blocks.button("Move the day", "commitments.move", value))
    shown = [
        blocks.section("*Stuck happens.* What would help most?"),
        blocks.quote(commitment.will),
        blocks.actions(*ways),
    ]
    if not seen_by_others:
        shown.append(
            blocks.context("To ask somebody from here, let your buddy or your circle see it first, with *Change it*.")
        )
    return Message("Stuck happens. What would help most?", shown)


def asked(commitment: Commitment, circle: Circle, among: Audience) -> Message:
    who = cards.circle_name(circle)
    if among is Audience.BUDDY and commitment.buddy:
        who = mention(commitment.buddy)
    return Message(
        "I pass it on.",
        [blocks.section(f"*I pass it on to {who}.* They see what you will do, by when, and that you are stuck.")],
    )


def settled(saved: Saved) -> Message:
    commitment = saved.commitment
    shown: list[Block] = [blocks.section(SETTLED_WORDS[commitment.state])]
    if commitment.cause is not None:
        shown.append(blocks.section(f"*One smaller thing to try:* {EXPERIMENTS[commitment.cause]}"))
    if commitment.learned:
        shown += [blocks.context("Learned, for you alone:"), blocks.quote(commitment.learned)]
    if has_something_to_see(commitment):
        shown.append(blocks.context(_witness_line(commitment)))
    tell = _tell(commitment) if commitment.owner in saved.circle.members else []
    ways = [*_next_one(saved), *tell, *_correct(commitment)]
    if ways:
        shown.append(blocks.actions(*ways))
    return Message("Thank you, that is noted.", shown)


def _correct(commitment: Commitment) -> list[Element]:
    if commitment.state is CommitmentState.REPLACED:
        return []
    return [blocks.button("Correct it", "commitments.done", pack(commitment=commitment.id))]


SETTLED_WORDS = {
    CommitmentState.KEPT: "*Kept.* Well done.",
    CommitmentState.PARTLY: "*Partly is worth a lot.* You know more now than before.",
    CommitmentState.NOT_YET: "*Not yet, and now you know why.*",
    CommitmentState.DROPPED: "*Dropped on purpose.* To decide against something is a decision too.",
    CommitmentState.REPLACED: "*Replaced.* Its place is free for what took over.",
}


def _witness_line(commitment: Commitment) -> str:
    seen = confirmer(commitment)
    who = mention(seen) if seen else ""
    return f"{who} has confirmed it." if commitment.confirmed_at else f"I ask {who} whether they saw it."


def _next_one(saved: Saved) -> list[Element]:
    if saved.room is None or saved.commitment.state not in (CommitmentState.NOT_YET, CommitmentState.REPLACED):
        return []
    follows = {"after": saved.commitment.id} if saved.commitment.state is CommitmentState.NOT_YET else {}
    words = "Make that my next one" if follows else "Make the one that took over"
    value = pack(session=saved.room.id, **follows)
    return [blocks.button(words, doors.MAKE_COMMITMENTS, value, style="primary")]


def told(news: Told) -> Message:
    """To the owner: where their news stands."""
    where = (
        "It stands below your circle's agenda now." if news.agenda else "It will stand in your circle's next agenda."
    )
    shown = [blocks.section(f"*Your circle knows before you meet.* {where}"), blocks.quote(news.commitment.will)]
    if news.commitment.update:
        shown.append(blocks.quote(news.commitment.update))
    return Message("Your circle knows before you meet.", shown)
