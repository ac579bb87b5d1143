"""The forms about circles, how they look and how they are read back: a new one, its rhythm, people, and goodbyes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

from bot.domain import when, words, zones
from bot.domain.circles import GOODBYE_LIMIT, NAME_LIMIT, THEME_LIMIT, Circle, first_day
from bot.domain.errors import Refused
from bot.domain.ids import CircleId, MemberId
from bot.domain.when import Rule
from bot.slack import blocks
from bot.slack.blocks import Block, Choice, View
from bot.slack.payload import pack
from bot.slack.reading import FormReading
from bot.slack.requests import Answers, Submission
from bot.slack.text import escape

DAYS: tuple[Choice, ...] = tuple((name, str(number)) for number, name in enumerate(when.WEEKDAYS))
WORKING_DAYS = DAYS[:5]
RHYTHMS: tuple[Choice, ...] = (
    ("Every week", "1"),
    ("Every second week", "2"),
    ("Every third week", "3"),
    ("Every fourth week", "4"),
)
LENGTHS: tuple[Choice, ...] = tuple((f"{minutes} minutes", str(minutes)) for minutes in (30, 45, 60, 75, 90))
HOURS: tuple[Choice, ...] = tuple((f"{hour:02}:00", f"{hour:02}:00") for hour in range(9, 18))
"""The circle's hour lies in working hours: nobody is written to unasked in the evening."""
PROBE = Rule("UTC", time(9, 0), (0,), date(2026, 1, 5))
"""Stands in for a rule that could not be read, so that the rest of the form is looked at too."""


@dataclass(frozen=True)
class Start:
    """What the form for a new circle begins with."""

    zone: str
    today: date
    """In that zone."""
    every: int
    minutes: int
    themes: Sequence[str]
    most: int
    """How many members a circle may have, the maker included."""


@dataclass(frozen=True)
class Wanted:
    """A circle as somebody asked for it."""

    name: str
    theme: str
    rule: Rule
    minutes: int
    checkin_weekday: int
    checkin_time: time
    invited: tuple[MemberId, ...]


@dataclass(frozen=True)
class Rhythm:
    rule: Rule
    minutes: int


def create(start: Start) -> View:
    day = when.first_working_day(start.today + timedelta(days=7))
    hint = f"Such as {', '.join(start.themes[:3])}." if start.themes else ""
    shown = [
        blocks.context("You become its first member. I make a private channel and bring in everybody you name."),
        blocks.field_input("Name", blocks.line("name", most=NAME_LIMIT, hint="Oak"), block="name"),
        blocks.field_input(
            "What is it about?",
            blocks.line("theme", most=THEME_LIMIT, hint="Finding my voice"),
            block="theme",
            hint=hint,
        ),
        *_rhythm_fields(Rule(start.zone, time(15, 0), (day.weekday(),), day, start.every), start.minutes),
        blocks.field_input(
            "Whom do you want to bring in?",
            blocks.people_menu("people", most=start.most - 1),
            block="people",
            optional=True,
            hint=f"A circle has up to {start.most} members. You can invite more people later.",
        ),
        *_checkin_fields(),
    ]
    return blocks.modal("New circle", shown, callback="circles.create", submit="Start the circle")


def read_create(answers: Answers) -> Wanted:
    form = FormReading()
    name = form.take("name", lambda: _line(answers, "name", NAME_LIMIT, "The name"), "")
    theme = form.take("theme", lambda: _line(answers, "theme", THEME_LIMIT, "The theme"), "")
    rhythm = _read_rhythm(answers, form)
    weekday = form.take("checkin_day", lambda: _chosen(answers, "checkin_day", [*map(str, range(5))]), 0)
    hour = form.take("checkin_hour", lambda: _hour(answers), time(10, 0))
    invited = tuple(dict.fromkeys(MemberId(member) for member in answers.choices("people")))
    form.finish()
    return Wanted(
        name=name,
        theme=theme,
        rule=rhythm.rule,
        minutes=rhythm.minutes,
        checkin_weekday=weekday,
        checkin_time=hour,
        invited=invited,
    )


def rhythm(circle: Circle, today: date) -> View:
    shown = [
        blocks.section(
            f"*Now:* {when.in_words(circle.rule)}, {circle.minutes} minutes.\n"
            "Sessions that were moved by hand stay where they are; the others follow the new rhythm."
        ),
        *_rhythm_fields(circle.rule, circle.minutes, first=max(today + timedelta(days=1), circle.rule.starts)),
    ]
    notes = pack(circle=circle.id, version=circle.version)
    return blocks.modal("Change the rhythm", shown, callback="circles.rhythm", submit="Change it", notes=notes)


def read_rhythm(answers: Answers) -> Rhythm:
    form = FormReading()
    read = _read_rhythm(answers, form)
    form.finish()
    return read


def invite(circles: Sequence[Circle], chosen: CircleId | None = None) -> View:
    shown = [
        *_which(circles, chosen),
        blocks.field_input("Whom do you want to bring in?", blocks.people_menu("people", most=8), block="people"),
        blocks.context("They are told in the channel, with how to leave again if it isn't for them."),
    ]
    return blocks.modal("Invite people", shown, callback="circles.invite", submit="Invite", notes=_notes(circles))


def read_invite(answers: Answers) -> tuple[MemberId, ...]:
    invited = tuple(dict.fromkeys(MemberId(member) for member in answers.choices("people")))
    form = FormReading()
    if not invited:
        form.refuse("people", "Choose at least one person.")
    form.finish()
    return invited


def leave(circles: Sequence[Circle], chosen: CircleId | None = None) -> View:
    shown = [
        *_which(circles, chosen),
        blocks.section(
            "Leaving is fine at any time, and nobody will ask you why. You can come back when there is room."
        ),
        blocks.field_input(
            "A line for the others",
            blocks.paragraph("line", most=GOODBYE_LIMIT, hint="Thank you all, I learned a lot."),
            block="line",
            optional=True,
            hint="I post it together with the news that you left. Without it I only say that you left.",
        ),
    ]
    return blocks.modal("Leave a circle", shown, callback="circles.leave", submit="Leave", notes=_notes(circles))


def read_line(answers: Answers) -> str:
    form = FormReading()
    line = form.take("line", lambda: words.clean_text(answers.text("line"), GOODBYE_LIMIT, "Your line"), "")
    form.finish()
    return line


def close(circles: Sequence[Circle], chosen: CircleId | None = None) -> View:
    archive = ("Archive the channel too. I can't undo that.", "archive")
    shown = [
        *_which(circles, chosen),
        blocks.section("*This ends the circle for everybody in it.* Its planned sessions are left out, and I say so there."),
        blocks.field_input(
            "The channel", blocks.ticks("archive", [archive]), block="archive", optional=True,
            hint="Without it the channel stays, and you can go on talking there.",
        ),
    ]  # fmt: skip
    return blocks.modal("End a circle", shown, callback="circles.close", submit="End it", notes=_notes(circles))


def read_circle(request: Submission) -> CircleId:
    """The circle a form is about: the only one there was, or the one that was picked."""
    if request.notes.has("circle"):
        return CircleId(request.notes.number("circle"))
    picked = request.answers.choice("circle")
    if not picked.isascii() or not picked.isdigit():
        raise Refused("Choose the circle you mean.")
    return CircleId(int(picked))


def _which(circles: Sequence[Circle], chosen: CircleId | None) -> list[Block]:
    if len(circles) == 1:
        return [blocks.section(f"*{escape(circles[0].name)}*")]
    choices = [(circle.name, str(circle.id)) for circle in circles]
    picked = str(chosen) if chosen is not None else ""
    return [blocks.field_input("Which circle?", blocks.menu("circle", choices, chosen=picked), block="circle")]


def _notes(circles: Sequence[Circle]) -> str:
    return pack(circle=circles[0].id) if len(circles) == 1 else ""


# The rhythm


def _rhythm_fields(rule: Rule, minutes: int, *, first: date | None = None) -> list[Block]:
    zone = blocks.searched_menu("circles.zone", hint="Type a city")
    zone["initial_option"] = blocks.option(zones.label(rule.zone), rule.zone)
    return [
        blocks.field_input(
            "Day of the week", blocks.menu("weekday", DAYS, chosen=str(rule.weekdays[0])), block="weekday"
        ),
        blocks.field_input("How often?", blocks.menu("every", RHYTHMS, chosen=str(rule.every)), block="every"),
        blocks.field_input(
            "At what time?", blocks.time_picker("time", chosen=when.clock(rule.at)), block="time",
            hint="The clock of the zone below; everybody sees it in their own.",
        ),
        blocks.field_input("Time zone", zone, block="zone"),
        blocks.field_input("How long?", blocks.menu("minutes", LENGTHS, chosen=str(minutes)), block="minutes"),
        blocks.field_input(
            "From which day on?", blocks.day_picker("first", chosen=(first or rule.starts).isoformat()), block="first",
            hint="The first session is on that day, or on the first such weekday after it.",
        ),
    ]  # fmt: skip


def _checkin_fields() -> list[Block]:
    return [
        blocks.field_input(
            "Weekly check-in: on which day?",
            blocks.menu("checkin_day", WORKING_DAYS, chosen="0"),
            block="checkin_day",
            hint="A short written round in the channel, once a week.",
        ),
        blocks.field_input(
            "Weekly check-in: at what hour?", blocks.menu("checkin_hour", HOURS, chosen="10:00"), block="checkin_hour"
        ),
    ]


def _read_rhythm(answers: Answers, form: FormReading) -> Rhythm:
    weekday = form.take("weekday", lambda: _chosen(answers, "weekday", [value for _, value in DAYS]), 0)
    every = form.take("every", lambda: _chosen(answers, "every", [value for _, value in RHYTHMS]), 1)
    minutes = form.take("minutes", lambda: _chosen(answers, "minutes", [value for _, value in LENGTHS]), 60)
    at = form.take("time", lambda: _time(answers), PROBE.at)
    zone = form.take("zone", lambda: _zone(answers), PROBE.zone)
    first = form.take("first", lambda: _first(answers), PROBE.starts)
    return Rhythm(Rule(zone, at, (weekday,), first_day(first, weekday), every), minutes)


def _chosen(answers: Answers, block: str, allowed: Sequence[str]) -> int:
    given = answers.choice(block)
    if given not in allowed:
        raise Refused("Choose one of the options.")
    return int(given)


def _hour(answers: Answers) -> time:
    given = answers.choice("checkin_hour")
    if given not in {value for _, value in HOURS}:
        raise Refused("Choose one of the hours.")
    return time.fromisoformat(given)


def _time(answers: Answers) -> time:
    at = answers.wall_time("time")
    if at is None:
        raise Refused("Choose a time of day.")
    return when.check_hour(at)


def _zone(answers: Answers) -> str:
    zone = answers.choice("zone")
    if not when.is_zone(zone):
        raise Refused("Choose a time zone by its city.")
    return zone


def _first(answers: Answers) -> date:
    first = answers.day("first")
    if first is None or first.year not in when.YEARS:
        raise Refused("Choose a day in the coming weeks.")
    return first


def _line(answers: Answers, block: str, limit: int, what: str) -> str:
    return words.needed(words.clean_line(answers.text(block), limit, what), what)
