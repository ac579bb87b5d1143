"""The forms of those who run a program."""

from datetime import date

from bot.domain import when, words
from bot.domain.errors import Refused
from bot.domain.ids import MemberId
from bot.domain.programs import Program, Rules
from bot.features.admin.flows import Leadership, ProgramChange
from bot.slack import blocks
from bot.slack.blocks import View
from bot.slack.payload import pack
from bot.slack.reading import FormReading
from bot.slack.requests import Answers
from bot.slack.text import listed, mention

YES = "yes"
MOST_THEMES = 20


def program(known: Program) -> View:
    rules = known.rules
    anyone = [("Every member may start a circle", YES)]
    shown = [
        blocks.field_input("Name", blocks.line("name", given=known.name, most=60), block="name"),
        blocks.field_input("First day", blocks.day_picker("starts", chosen=known.starts.isoformat()), block="starts"),
        blocks.field_input(
            "Time zone", blocks.line("zone", given=known.zone, most=60), block="zone", hint="Such as Europe/Berlin"
        ),
        _whole("Smallest circle", "smallest", rules.circle_min, least=3, most=12),
        _whole("Largest circle", "largest", rules.circle_max, least=3, most=12),
        _whole("Best size", "aim", rules.circle_aim, least=3, most=12),
        _whole("Sessions in a round", "sessions", rules.sessions, least=1, most=26),
        _whole("Fewest people for a session", "quorum", rules.quorum_min, least=2, most=12),
        _whole("Weeks between sessions", "every", rules.every_weeks, least=1, most=8),
        _whole("Working days to answer an introduction", "answer", rules.answer_days, least=1, most=15),
        blocks.field_input(
            "Themes members can choose from",
            blocks.paragraph("themes", given="\n".join(rules.theme_choices), most=1500),
            block="themes",
            hint="One a line, 20 at most.",
        ),
        blocks.field_input(
            "Circles",
            blocks.ticks("anyone", anyone, chosen=[YES] if rules.members_create_circles else []),
            block="anyone",
            optional=True,
        ),
    ]
    notes = pack(version=known.version)
    return blocks.modal("The program", shown, callback="admin.program", submit="Save", notes=notes)


def read_program(answers: Answers) -> ProgramChange:
    form = FormReading()
    name = form.take(
        "name", lambda: words.needed(words.clean_line(answers.text("name"), 60, "The name"), "The name"), ""
    )
    zone = form.take("zone", lambda: when.zone_named(answers.text("zone")), "UTC")
    no_themes: list[str] = []
    themes = form.take(
        "themes",
        lambda: words.clean_list(answers.text("themes"), most=MOST_THEMES, limit=75, what="the themes"),
        no_themes,
    )
    smallest, largest = _read(form, answers, "smallest", 12), _read(form, answers, "largest", 12)
    rules = Rules(
        circle_min=smallest,
        circle_max=largest,
        circle_aim=_read(form, answers, "aim", 12),
        sessions=_read(form, answers, "sessions", 26),
        quorum_min=_read(form, answers, "quorum", 12),
        every_weeks=_read(form, answers, "every", 8),
        answer_days=_read(form, answers, "answer", 15),
        members_create_circles=YES in answers.choices("anyone"),
        theme_choices=tuple(themes),
    )
    if smallest > largest:
        form.refuse("largest", "The largest circle can't be smaller than the smallest.")
    elif not smallest <= rules.circle_aim <= largest:
        form.refuse("aim", f"The best size lies between {smallest} and {largest}.")
    starts = form.take("starts", lambda: _day(answers), date.min)
    form.finish()
    return ProgramChange(name, zone, starts, rules)


def leads(now: Leadership) -> View:
    """Who leads; with a field to change it for those who may."""
    shown = [
        blocks.section("\n".join(_who_leads(now))),
        blocks.context("Leads can match everybody, publish circles, change any circle and the program's rules."),
    ]
    if not now.may_change:
        return blocks.modal("Program leads", [*shown, blocks.context("Only the owner can name leads.")])
    menu = blocks.people_menu("leads", chosen=now.leads, most=20)
    hint = "Besides the owner, who stays one. Whom you add is told."
    shown.append(blocks.field_input("Leads", menu, block="leads", optional=True, hint=hint))
    return blocks.modal("Program leads", shown, callback="admin.leads", submit="Save")


def _who_leads(now: Leadership) -> list[str]:
    owners = f"*Owner:* {listed([mention(one) for one in now.owners]) or 'nobody'}"
    return [owners, f"*Leads:* {listed([mention(one) for one in now.leads]) or 'nobody else yet'}"]


def read_leads(answers: Answers) -> list[MemberId]:
    return [MemberId(member) for member in answers.choices("leads")]


def _whole(label: str, block: str, given: int, *, least: int, most: int) -> blocks.Block:
    return blocks.field_input(label, blocks.number(block, given=given, least=least, most=most), block=block)


def _read(form: FormReading, answers: Answers, block: str, most: int) -> int:
    return form.take(block, lambda: _number(answers.text(block), most), 1)


def _day(answers: Answers) -> date:
    chosen = answers.day("starts")
    if chosen is None:
        raise Refused("Pick the first day.")
    return chosen


def _number(text: str, most: int) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= most):
        raise Refused(f"A whole number from 1 to {most}.")
    return int(text)
