"""How the sponsor's ledger looks to each of the two, and the forms for it."""

from collections.abc import Sequence
from datetime import date, timedelta

from bot import doors
from bot.domain import when
from bot.domain.kinds import DIFFERENCE
from bot.domain.relationships import Relationship
from bot.domain.sponsoring import ACTS, LIMIT, NEWS_LIMIT, Act, Outcome, OutcomeState, Words
from bot.features.sponsoring.flows import Ledger, Part
from bot.slack import blocks
from bot.slack.blocks import Block, Element, Message, View
from bot.slack.payload import pack
from bot.slack.reading import FormReading, a_day, one_of
from bot.slack.requests import Answers
from bot.slack.text import day, escape, many, mention

SHOW, TAKE_ON, SAY_DONE, LET_GO, SEEN, NEWS = (
    "sponsoring.show",
    "sponsoring.take-on",
    "sponsoring.done",
    "sponsoring.let-go",
    "sponsoring.seen",
    "sponsoring.news",
)
ADD_SEASON, DROP_SEASON = "sponsoring.season", "sponsoring.no-season"
MOST_SHOWN = 4
"""Of one sponsorship; what is settled gives way first."""
NAMES = {
    Act.RECOMMENDATION: "Recommendation",
    Act.PROJECT: "Project",
    Act.VISIBILITY: "Visibility",
    Act.ROOM: "Room",
}


def ledger(this: Ledger) -> Message:
    shown: list[Block] = []
    for part in this.parts[:4]:
        shown += _part(part)
    if not this.parts:
        find = blocks.button("Find a sponsor", doors.FIND_MATCH, style="primary")
        words = "*No sponsorship yet.* A sponsor has a voice where you have none yet, and uses it for you."
        shown = [blocks.section(words), blocks.actions(find, block="find"), blocks.context(DIFFERENCE)]
    return Message("Sponsorship.", shown + (_seasons(this) if this.leads else []))


def _part(part: Part) -> list[Block]:
    number = part.relationship.id
    if part.is_mine_to_keep:
        head = f"*You sponsor {mention(part.other)}.* What do you take on for them?"
        button = blocks.button("Take something on", TAKE_ON, pack(relationship=number))
    else:
        head = f"*{mention(part.other)} sponsors you.* A line of news helps them speak up for you."
        button = blocks.button("Tell them news", NEWS, pack(relationship=number))
    shown = [blocks.section(head, button, block=f"with-{number}")]
    for one in _most_telling(part.outcomes):
        shown += _outcome(one, mine=part.is_mine_to_keep)
    return shown


def _most_telling(outcomes: Sequence[Outcome]) -> list[Outcome]:
    """What is open first, then what is done and not seen yet, then the rest; the newest of each first."""
    order = (OutcomeState.OPEN, OutcomeState.DONE, OutcomeState.SEEN)
    known = [one for one in outcomes if one.state in order]
    return sorted(known, key=lambda one: (order.index(one.state), -one.id))[:MOST_SHOWN]


def _outcome(one: Outcome, *, mine: bool) -> list[Block]:
    words = f"{_mark(one)} {NAMES[one.act]}: {escape(one.what)}\n{_standing(one, mine=mine)}"
    shown: list[Block] = [blocks.section(words)]
    buttons = _buttons(one, mine=mine)
    if buttons:
        shown.append(blocks.actions(*buttons, block=f"outcome-{one.id}"))
    return shown


def _mark(one: Outcome) -> str:
    return ":white_circle:" if one.is_open else ":white_check_mark:"


def _standing(one: Outcome, *, mine: bool) -> str:
    parts = []
    if one.is_open:
        parts.append(f"by {when.say_day(one.by)} {one.by.year}" if one.by else "no day set")
        if one.quiet and mine:
            parts.append("they hear of it when it is done")
    else:
        parts.append(f"done {day(one.settled_at)}" if one.settled_at else "done")
        parts.append("seen" if one.state is OutcomeState.SEEN else "not seen yet")
    return " · ".join(parts) + (f"\n_{escape(one.came)}_" if one.came else "")


def _buttons(one: Outcome, *, mine: bool) -> list[Element]:
    value = pack(outcome=one.id)
    if mine and one.is_open:
        return [blocks.button("Done", SAY_DONE, value), blocks.button("Let it go", LET_GO, value)]
    if mine and one.is_done:
        return [blocks.button("What came of it", SAY_DONE, value)] if not one.came else []
    return [blocks.button("I saw it", SEEN, value)] if one.state is OutcomeState.DONE else []


def _seasons(this: Ledger) -> list[Block]:
    """For leads: when reviews come, so that sponsors hear of what is open two weeks before."""
    shown = [blocks.divider()]
    words = "*Seasons of reviews.* Two weeks before each, sponsors hear what they still have open. Nobody else does."
    shown.append(blocks.section(words, blocks.button("Add one", ADD_SEASON), block="seasons"))
    for begins in this.seasons[:6]:
        drop = blocks.button("Remove", DROP_SEASON, pack(begins=begins.isoformat()))
        shown.append(blocks.section(f"From {_date(begins)}", drop, block=f"season-{begins.isoformat()}"))
    return shown


# The forms


def take_on_form(relationship: Relationship, today: date) -> View:
    acts = [(words, act.value) for act, words in ACTS.items()]
    what = blocks.paragraph("what", most=LIMIT, hint="I name them when the migration needs a lead")
    by = blocks.day_picker("by", chosen=(today + timedelta(days=60)).isoformat())
    quiet = blocks.ticks("quiet", [("Tell them only when it is done", "yes")])
    shown = [
        blocks.section(f"*What do you take on for {mention(relationship.mentee)}?*"),
        blocks.field_input("What kind is it?", blocks.radio("act", acts, chosen=acts[0][1]), block="act"),
        blocks.field_input("What exactly?", what, block="what"),
        blocks.field_input("By", by, block="by", optional=True, hint="I remind you once, a week before."),
        blocks.field_input("Who knows of it?", quiet, block="quiet", optional=True, hint="Else they see it at once."),
    ]
    notes = pack(relationship=relationship.id)
    return blocks.modal("Take something on", shown, callback=TAKE_ON, submit="Save", notes=notes)


def read_words(answers: Answers) -> Words:
    form = FormReading()
    act = form.take("act", lambda: one_of(answers, "act", [*Act]), Act.ROOM)
    by = form.take("by", lambda: a_day(answers, "by"), None) if answers.day("by") else None
    form.finish()
    return Words(act, answers.text("what"), by, "yes" in answers.choices("quiet"))


def done_form(one: Outcome) -> View:
    came = blocks.paragraph("came", given=one.came, most=LIMIT, hint="They were asked to lead it")
    shown = [
        blocks.quote(one.what),
        blocks.field_input("What came of it?", came, block="came", optional=True, hint="They read it."),
    ]
    return blocks.modal("Done", shown, callback=SAY_DONE, submit="Save", notes=pack(outcome=one.id))


def news_form(relationship: Relationship) -> View:
    text = blocks.paragraph("news", most=NEWS_LIMIT, hint="The pilot went well, and finance asked for a second one")
    hint = "What went well, or what is in the way and would be good for them to know."
    shown = [
        blocks.section(f"*What should {mention(relationship.mentor)} know?* It goes to them, and to nobody else."),
        blocks.field_input("News", text, block="news", hint=hint),
    ]
    return blocks.modal("News", shown, callback=NEWS, submit="Send", notes=pack(relationship=relationship.id))


def season_form() -> View:
    shown = [
        blocks.field_input(
            "When do the reviews begin?",
            blocks.day_picker("begins"),
            block="begins",
            hint="Sponsors hear two weeks before.",
        )
    ]
    return blocks.modal("A season of reviews", shown, callback=ADD_SEASON, submit="Save")


def read_season(answers: Answers) -> date:
    form = FormReading()
    begins = form.take("begins", lambda: a_day(answers, "begins"), date.min)
    form.finish()
    return begins


# What is said


def taken_on(one: Outcome) -> Message:
    told = "They hear of it when it is done." if one.quiet else f"{mention(one.protege)} sees it on their list."
    remind = " I remind you once, a week before its day." if one.by else ""
    return Message("Saved.", [blocks.section(f"*Saved: {escape(one.what)}* {told}{remind}"), _back()])


def said_done(one: Outcome) -> Message:
    words = f"*Noted as done: {escape(one.what)}* {mention(one.protege)} hears of it, and says when they see it."
    return Message("Noted as done.", [blocks.section(words), _back()])


def gone(one: Outcome) -> Message:
    return Message("Let go.", [blocks.section(f"*Let go: {escape(one.what)}* Nobody is told."), _back()])


def noted_as_seen(one: Outcome) -> Message:
    words = f"*Noted: you saw it.* Would {mention(one.sponsor)} like to hear what it changed?"
    tell = blocks.button("Tell them news", NEWS, pack(relationship=one.relationship))
    return Message("Noted that you saw it.", [blocks.section(words), blocks.actions(tell)])


def news_sent(relationship: Relationship) -> Message:
    words = f"*On its way to {mention(relationship.mentor)}.* It reaches them in their working hours."
    return Message("Your news is on its way.", [blocks.section(words), _back()])


def _back() -> Block:
    return blocks.actions(blocks.button("Sponsorship", SHOW))


def done_for_you(one: Outcome) -> Message:
    shown: list[Block] = [
        blocks.section(f"*{mention(one.sponsor)} did this for you:* {escape(one.what)}"),
        *([blocks.quote(one.came)] if one.came else []),
        blocks.actions(
            blocks.button("I saw it", SEEN, pack(outcome=one.id), style="primary"), block=f"outcome-{one.id}"
        ),
    ]
    return Message("Your sponsor did something for you.", shown)


def news(relationship: Relationship, text: str) -> Message:
    shown = [
        blocks.section(f"*News from {mention(relationship.mentee)},* whom you sponsor:"),
        blocks.quote(text),
        blocks.actions(blocks.button("Take something on", TAKE_ON, pack(relationship=relationship.id))),
    ]
    return Message("News from somebody you sponsor.", shown)


def reminder(one: Outcome) -> Message:
    by = when.say_day(one.by) if one.by else ""
    value = pack(outcome=one.id)
    shown = [
        blocks.section(f"*For {mention(one.protege)}, by {by}:* {escape(one.what)}"),
        blocks.actions(
            blocks.button("Done", SAY_DONE, value, style="primary"),
            blocks.button("Let it go", LET_GO, value),
            block=f"outcome-{one.id}",
        ),
        blocks.context("I don't ask again."),
    ]
    return Message(f"You took this on, by {by}.", shown)


def season(open_now: Sequence[Outcome], begins: date) -> Message:
    lines = [f"• {mention(one.protege)}: {escape(one.what)}" for one in open_now[:8]]
    head = f"*Reviews begin on {_date(begins)}.* You still have {many(len(open_now), 'thing', 'things')} open:"
    shown = [
        blocks.section("\n".join([head, *lines])),
        blocks.actions(blocks.button("Look at them", SHOW, style="primary"), block="season"),
        blocks.context("Once a season, to sponsors alone."),
    ]
    return Message("Reviews are coming: what you still have open.", shown)


def _date(on: date) -> str:
    return f"{when.say_day(on)} {on.year}"
