"""How the side of those who run a program looks."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot import doors
from bot.domain.circles import Circle
from bot.domain.drafts import Draft
from bot.domain.programs import Program
from bot.domain.roster import KEPT
from bot.features.admin.audit import Logged, person, sentence
from bot.features.admin.flows import LeadsChange
from bot.slack import blocks
from bot.slack.blocks import Block, Message
from bot.slack.payload import pack
from bot.slack.text import escape, listed, many, mention, moment

MOST_CIRCLES = 5
"""How many circles that are too small are named, one below the other."""


@dataclass(frozen=True)
class Waiting:
    """How a program stands for its leads."""

    profiles: int = 0
    unplaced: int = 0
    """With a profile and without a circle."""
    needed: int = 4
    """The smallest circle."""
    circles: int = 0
    draft: Draft | None = None
    """The latest, where it is ready and nobody has published it."""
    opening: Sequence[Circle] = ()
    small: Sequence[Circle] = ()


def program_saved(program: Program) -> Message:
    rules = program.rules
    words = (
        f"*{escape(program.name)}* is saved. Circles of {rules.circle_min} to {rules.circle_max}, "
        f"{many(rules.sessions, 'session', 'sessions')}, {_rhythm(rules.every_weeks)}."
    )
    return Message("The program is saved.", [blocks.section(words)])


def leads_saved(change: LeadsChange) -> Message:
    parts = []
    if change.added:
        parts.append(f"{listed([mention(lead) for lead in change.added])} can now run the program.")
    if change.removed:
        parts.append(f"{listed([mention(lead) for lead in change.removed])} can't any more.")
    words = " ".join(parts) or "Nothing has changed."
    return Message("The leads are saved.", [blocks.section(words)])


def audit(entries: Sequence[Logged]) -> Message:
    if not entries:
        words = "Nothing has been changed yet that belongs to others. What leads do will be listed here."
        return Message(words, [blocks.section(words)])
    lines = [f"{moment(one.entry.at)}  {sentence(one)}" for one in entries]
    shown = [blocks.section("*The latest changes*"), *(blocks.whole_section(part) for part in _in_sections(lines))]
    return Message("The latest changes.", shown)


def _in_sections(lines: Sequence[str]) -> list[str]:
    """Ten to a section, as one holds three thousand characters."""
    return ["\n".join(lines[start : start + 10]) for start in range(0, len(lines), 10)]


def now_owner(program: Program | None) -> Message:
    name = f", called *{escape(program.name)}*" if program else ""
    words = (
        "*You own this bot now*, as the first to speak to it. You set the program's rules, you name its leads, and with "
        f"them you draw the circles. I have begun a program for you{name}; nobody hears of anything yet."
    )
    first = (
        "*What to do first*\n1. Look at the program: its name, first day, and how large circles are.\n"
        "2. Name the leads who run it with you.\n3. Ask people in a channel to type `/mentor profile`.\n"
        "4. Once a dozen have, `/mentor match circles` proposes circles; you look and publish."
    )
    return Message("You own this bot now. Here is what to do first.", [
        blocks.section(words),
        blocks.section(first),
        blocks.actions(*_admin_buttons(primary=True)),
        blocks.context("`/mentor` tells you at any time what waits for you."),
    ])  # fmt: skip


def now_lead(program: Program | None, by: str | None) -> Message:
    name = f" of *{escape(program.name)}*" if program else ""
    who = person(by) if by else "The owner"
    words = (
        f"*{who} made you a program lead{name}.* You can draw circles for everybody and publish them, change any circle, "
        "and set the program's rules."
    )
    first = "`/mentor` tells you at any time what waits for you; `/mentor match circles` proposes circles."
    rules = blocks.button("Program rules", "admin.program", style="primary")
    return Message(
        "You are a program lead now.", [blocks.section(words), blocks.actions(rules), blocks.context(first)]
    )


def _admin_buttons(*, primary: bool = False) -> list[blocks.Element]:
    rules = blocks.button("Program rules", "admin.program", style="primary" if primary else "")
    hours = blocks.button("Quiet hours and weeks off", doors.HOUSE_HOURS)
    return [rules, blocks.button("Leads", "admin.leads"), hours]


def how_to_import() -> Message:
    """The bot may not read files in Slack, so whoever runs it does this at its command line."""
    words = (
        "Members come in from a CSV file with one row a person. I can't read files here, so give it to whoever runs me:\n"
        "`python -m bot import people.csv --dry-run` says what would change, and without `--dry-run` it is done."
    )
    columns = ", ".join(f"`{name}`" for name in KEPT)
    more = (
        f"Columns: {columns}. Only `id` is needed, the member id from a Slack profile. "
        "`python -m bot import --template people.csv` writes a file that explains them all."
    )
    return Message("How members come in from a file.", [blocks.section(words), blocks.context(more)])


def how_to_export() -> Message:
    words = (
        "All members go into a file with `python -m bot export members.csv` (or `members.json`), typed by whoever runs me.\n"
        "It holds profiles without goals, boundaries, notes and managers, and can be imported again."
    )
    return Message("How members go out into a file.", [blocks.section(words)])


def for_leads(program: Program, now: Waiting, *, people: int) -> list[Block]:
    """What a lead needs first: the figures, what waits, and the door to matching."""
    words = (
        f"*{escape(program.name)}*: {many(people, 'member', 'members')} known to me, "
        f"{many(now.profiles, 'profile', 'profiles')}, {many(now.circles, 'open circle', 'open circles')}."
    )
    return [
        blocks.header("For program leads"),
        blocks.section(words),
        *what_waits(now),
        blocks.actions(*_admin_buttons()),
        blocks.context(
            "`/mentor match circles` proposes circles for everybody; nobody hears of it before you publish."
        ),
    ]


def what_waits(now: Waiting) -> list[Block]:
    """What a lead can go on with, the most pressing first."""
    shown: list[Block] = []
    if now.draft is not None:
        shown.append(_draft(now.draft))
    for circle in now.small[:MOST_CIRCLES]:
        shown.append(_small(circle))
    if now.opening:
        names = listed([f"*{escape(circle.name)}*" for circle in now.opening])
        shown.append(blocks.section(f"I'm making the channel of {names} right now."))
    if now.unplaced:
        shown.append(blocks.section(_unplaced(now)))
    if not now.profiles:
        shown.append(
            blocks.section(
                "*Nobody has filled in a profile yet.* Ask people to type `/mentor profile`, in a channel."
            )
        )
    return shown or [blocks.section("*Nothing waits for you as a lead.* Everybody with a profile sits in a circle.")]


def _draft(draft: Draft) -> Block:
    figures = draft.figures
    placed = f"{figures.placed} of {figures.people} people in {many(figures.circles, 'circle', 'circles')}"
    look = blocks.button("Look at it", doors.SHOW_DRAFT, pack(draft=draft.id))
    return blocks.section(f"*Draft {draft.id} waits to be published*: {placed}. Nobody hears of it before.", look)


def _small(circle: Circle) -> Block:
    show = blocks.button("Show", f"{doors.SHOW_CIRCLE}:{circle.id}", pack(circle=circle.id))
    count = many(len(circle.members), "member", "members")
    return blocks.section(f"*{escape(circle.name)}* has {count}, fewer than the {circle.size_min} it needs.", show)


def _unplaced(now: Waiting) -> str:
    who = f"*{many(now.unplaced, 'person has', 'people have')} a profile and no circle.*"
    if now.unplaced < now.needed:
        return f"{who} A new circle needs {now.needed}; they can join one with room."
    return (
        f"{who} `/mentor match circles` proposes circles for them; with `everybody` behind it, "
        "those who chose no theme are in it too."
    )


def _rhythm(weeks: int) -> str:
    return "every week" if weeks == 1 else f"every {weeks} weeks"
