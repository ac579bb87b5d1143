"""How an agreement looks: on the page, to read and sign, and as a form. What people wrote is escaped."""

from collections.abc import Sequence

from bot.domain import when
from bot.domain.agreements import HELP_NAMES, LIMITS, MINUTES, RHYTHMS, Agreement, Standing, Terms, changes, lines
from bot.domain.kinds import FACTS
from bot.domain.meetings import FORMS
from bot.domain.relationships import Relationship
from bot.features.relationships.agreeing import Paper
from bot.slack import blocks
from bot.slack.blocks import Block, Choice, Element, Message, View
from bot.slack.payload import pack
from bot.slack.text import clip, day, escape, mention

DAYS: tuple[Choice, ...] = tuple((name, str(number)) for number, name in enumerate(when.WEEKDAYS))
RHYTHM_CHOICES: tuple[Choice, ...] = tuple(
    ("Every week" if weeks == 1 else f"Every {weeks} weeks", str(weeks)) for weeks in RHYTHMS
)
LENGTH_CHOICES: tuple[Choice, ...] = tuple((f"{minutes} minutes", str(minutes)) for minutes in FORMS if minutes)
HELPS: tuple[Choice, ...] = tuple((name, one.value) for one, name in HELP_NAMES.items())


def on_page(standing: Standing, relationship: Relationship, waits_for_me: bool) -> list[Block]:
    """Its line on a relationship's page."""
    value = pack(relationship=relationship.id)
    if standing.newest is None:
        words = "*No agreement yet.* Ten lines on what it is for and where it ends save many a misunderstanding."
        button = blocks.button("Propose an agreement", "relationships.propose", value)
    elif standing.proposal is not None and waits_for_me:
        words = f"*{mention(standing.proposal.proposed_by)} proposes an agreement.* It holds once you sign too."
        button = blocks.button("Read and sign", "relationships.paper", value, style="primary")
    elif standing.proposal is not None:
        words = "*Your proposal waits for the other one's signature.*"
        button = blocks.button("Read it", "relationships.paper", value)
    else:
        words = f"*You have an agreement*, signed by both on {day(standing.newest.signed_at or standing.newest.proposed_at)}."
        button = blocks.button("Read it", "relationships.paper", value)
    return [blocks.section(words, button, block="agreement")]


def read(paper: Paper) -> View:
    """All lines; where something else is proposed, what changes is marked and stands beside what holds."""
    newest = paper.standing.newest
    if newest is None:
        button = blocks.button(
            "Propose an agreement", "relationships.propose", pack(relationship=paper.relationship.id)
        )
        return blocks.modal("Agreement", [blocks.section("There is no agreement yet.", button)])
    shown: list[Block] = [blocks.section(_where_it_stands(paper, newest)), blocks.divider()]
    shown += [blocks.section(line) for line in _as_lines(newest.terms, paper.before)]
    if paper.relationship.is_open:
        shown.append(blocks.actions(*_buttons(paper, newest), block="do"))
    shown.append(
        blocks.context("Only the two of you can read this. I keep to it: when I write, what I ask, how much.")
    )
    return blocks.modal("Agreement", shown)


def _where_it_stands(paper: Paper, newest: Agreement) -> str:
    other = mention(paper.relationship.other(paper.me))
    if newest.holds:
        return f"*Your agreement with {other}*, signed by both on {day(newest.signed_at or newest.proposed_at)}."
    if paper.waits_for_me:
        until = " Until then what you signed before goes on." if paper.before else ""
        return f"*{other} proposes this.* It holds once you sign it too.{until}"
    return f"*You proposed this to {other}*, and signed it by that. It holds once they sign it too."


def _as_lines(terms: Terms, before: Terms | None) -> list[str]:
    old = changes(before, terms)
    return [
        f"*{label}* · _changed_\n~{_flat(old[label])}~\n{_flat(value)}"
        if label in old
        else f"*{label}*\n{_flat(value)}"
        for label, value in lines(terms).items()
    ]


def _flat(words: str) -> str:
    return escape(clip(words, 700))


def _buttons(paper: Paper, newest: Agreement) -> list[Element]:
    change = blocks.button("Change it", "relationships.propose", pack(relationship=paper.relationship.id))
    if paper.waits_for_me:
        return [blocks.button("Sign", "relationships.sign", pack(agreement=newest.id), style="primary"), change]
    return [change]


def form(paper: Paper) -> View:
    newest, relationship = paper.standing.newest, paper.relationship
    terms = newest.terms if newest else _usual(paper)
    shown = [
        blocks.section(
            f"*You propose, {mention(relationship.other(paper.me))} signs too, and then it holds.* "
            "Write as you would say it; either of you can propose a change at any time."
        ),
        *_purpose(terms),
        *_rhythm(terms),
        *_boundaries(terms),
    ]
    notes = pack(relationship=relationship.id, after=paper.standing.number)
    return blocks.modal(
        "Your agreement", shown, callback="relationships.propose", submit="Propose and sign", notes=notes
    )


def _usual(paper: Paper) -> Terms:
    facts = FACTS[paper.relationship.kind]
    return Terms(
        "", "", every_weeks=facts.every_weeks, minutes=facts.minutes, zone=paper.zone,
        most_minutes=max(60, facts.minutes * 4 // max(1, facts.every_weeks)),
    )  # fmt: skip


def _purpose(terms: Terms) -> list[Block]:
    return [
        _text(
            "What is it for?", "purpose", terms.purpose, hint="One sentence. To give my first talk at a conference."
        ),
        _text(
            "What will be different in the end?",
            "outcomes",
            terms.outcomes,
            hint="One to three things that somebody else could see.",
            long=True,
        ),
        _text(
            "How do we give feedback?",
            "feedback",
            terms.feedback,
            hint="One example, one thing to try.",
            optional=True,
        ),
        _text(
            "How will we know that it helped?",
            "measure",
            terms.measure,
            hint="The talk is held by June.",
            optional=True,
        ),
    ]


def _rhythm(terms: Terms) -> list[Block]:
    rhythm, length = str(terms.every_weeks), str(terms.minutes)
    return [
        blocks.field_input(
            "How often do we meet?", blocks.menu("every_weeks", RHYTHM_CHOICES, chosen=rhythm), block="every_weeks"
        ),
        blocks.field_input("How long?", blocks.menu("minutes", LENGTH_CHOICES, chosen=length), block="minutes"),
        blocks.field_input(
            "Minutes a month, at most",
            blocks.number("most_minutes", given=terms.most_minutes, least=MINUTES[0], most=MINUTES[1]),
            block="most_minutes",
            hint="I count what you met, and say so kindly when it is used up.",
        ),
    ]


def _boundaries(terms: Terms) -> list[Block]:
    off = ", ".join(terms.off_limits)
    return [
        blocks.field_input(
            "Kind of help", blocks.ticks("help", HELPS, chosen=[one.value for one in terms.help]), block="help"
        ),
        blocks.field_input(
            "On which days may we be reached?",
            blocks.ticks("days", DAYS, chosen=[str(one) for one in terms.days]),
            block="days",
            hint="I write to neither of you about this at any other time.",
        ),
        blocks.field_input("From", blocks.time_picker("start", chosen=terms.start), block="start"),
        blocks.field_input(
            "Until",
            blocks.time_picker("until", chosen=terms.until),
            block="until",
            hint=f"Both in {when.place(terms.zone)}.",
        ),
        _text(
            "Where do we talk?",
            "channels",
            terms.channels,
            hint="Our conversation here; calls for the rest.",
            optional=True,
        ),
        blocks.field_input(
            "What do we leave out?",
            blocks.line("off_limits", given=off, most=500, hint="salary, my team's reorganisation"),
            block="off_limits",
            optional=True,
            hint="Topics, separated by commas. I ask kindly before a question about one of them is sent.",
        ),
    ]


def _text(label: str, block: str, given: str, *, hint: str, long: bool = False, optional: bool = False) -> Block:
    make = blocks.paragraph if long else blocks.line
    return blocks.field_input(
        label, make(block, given=given, most=LIMITS[block], hint=hint), block=block, optional=optional
    )


# Told


def proposed(paper: Paper) -> Message:
    other = mention(paper.relationship.other(paper.me))
    words = f"*Proposed, and signed by you.* {other} gets it to read and sign; it holds once they have."
    return Message("Proposed.", [blocks.section(words)])


def to_sign(agreement: Agreement, before: Terms | None) -> Message:
    """A letter to the other one: the changed lines alone where it is a change, the purpose where it is the first."""
    who = mention(agreement.proposed_by)
    what = "a change to your agreement" if before else "an agreement for the two of you"
    shown: list[Block] = [blocks.section(f"*{who} proposes {what}.* It holds once you sign too.")]
    every = _as_lines(agreement.terms, before)
    shown += [blocks.section(line) for line in (_changed(every) if before else every[:3])]
    value = pack(agreement=agreement.id)
    read_all = blocks.button("Read all of it", "relationships.paper", pack(relationship=agreement.relationship))
    buttons = [
        read_all,
        blocks.button("Propose something else", "relationships.propose", pack(relationship=agreement.relationship)),
    ]
    if before:
        buttons.insert(0, blocks.button("Sign", "relationships.sign", value, style="primary"))
    shown.append(blocks.actions(*buttons))
    return Message("An agreement waits for your signature.", shown)


def _changed(every: Sequence[str]) -> list[str]:
    return [line for line in every if "· _changed_\n" in line]


def signed(paper: Paper) -> Message:
    """To whoever signed second."""
    other = mention(paper.relationship.other(paper.me))
    words = f"*Signed by both: you and {other} have an agreement.* I keep to it from now on."
    return Message("Signed by both.", [blocks.section(words)])


def signed_for_both(paper: Paper) -> Message:
    """Into the conversation of the two; what stands in it is not repeated there."""
    words = "*You have both signed your agreement.* I keep to it; either of you can propose a change at any time."
    value = pack(relationship=paper.relationship.id)
    shown = [
        blocks.section(words),
        blocks.actions(blocks.button("Read it", "relationships.paper", value), block="read"),
    ]
    return Message("You have both signed your agreement.", shown)


def revisit(agreement: Agreement, other: str) -> Message:
    words = f"*A year ago you and {other} signed your agreement. Does it still hold?* A look takes two minutes."
    value = pack(relationship=agreement.relationship)
    buttons = [
        blocks.button("It still holds", "relationships.holds", pack(agreement=agreement.id), style="primary"),
        blocks.button("Read it", "relationships.paper", value),
        blocks.button("Propose a change", "relationships.propose", value),
    ]
    return Message("Does your agreement still hold?", [blocks.section(words), blocks.actions(*buttons)])


def holds() -> Message:
    words = "*Good: it goes on as it is.* I ask again in a year."
    return Message("It goes on as it is.", [blocks.section(words)])
