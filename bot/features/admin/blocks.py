"""How the side of those who run a program looks."""

from collections.abc import Sequence

from bot.domain.programs import Program
from bot.domain.roster import KEPT
from bot.features.admin.flows import LeadsChange
from bot.slack import blocks
from bot.slack.blocks import Block, Message
from bot.slack.text import escape, listed, many, mention, moment
from bot.store.audit import Entry


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


def audit(entries: Sequence[Entry]) -> Message:
    if not entries:
        words = "Nothing has been changed yet that belongs to others. What leads do will be listed here."
        return Message(words, [blocks.section(words)])
    lines = [f"{moment(entry.at)}  {_by(entry)}  {entry.act}  {escape(entry.subject)}" for entry in entries]
    shown = [blocks.section("*The latest changes*\n" + "\n".join(lines))]
    return Message("The latest changes.", shown)


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
        "It holds profiles without goals, boundaries and notes, and can be imported again."
    )
    return Message("How members go out into a file.", [blocks.section(words)])


def for_leads(program: Program, *, people: int, profiles: int, circles: int) -> list[Block]:
    """What a lead needs first: the figures, and the door to matching."""
    words = (
        f"*{escape(program.name)}*: {many(people, 'member', 'members')} known to me, "
        f"{many(profiles, 'profile', 'profiles')}, {many(circles, 'open circle', 'open circles')}."
    )
    teach = "" if profiles else "\nNobody has filled in a profile yet. Ask people to type `/mentor profile`."
    return [
        blocks.header("For program leads"),
        blocks.section(words + teach),
        blocks.actions(blocks.button("Program rules", "admin.program"), blocks.button("Leads", "admin.leads")),
        blocks.context(
            "`/mentor match circles` proposes circles for everybody; nobody hears of it before you publish."
        ),
    ]


def _by(entry: Entry) -> str:
    return mention(entry.by) if entry.by.startswith(("U", "W")) else escape(entry.by)


def _rhythm(weeks: int) -> str:
    return "every week" if weeks == 1 else f"every {weeks} weeks"
