"""The forms: a member's own settings, and the program's manners."""

from datetime import date, datetime, time

from bot import doors
from bot.domain import manners, when
from bot.domain.errors import Refused
from bot.domain.manners import House, Own, Topic
from bot.domain.programs import Program
from bot.features.settings.blocks import TOPICS
from bot.features.settings.flows import Choice
from bot.slack import blocks
from bot.slack.blocks import View
from bot.slack.payload import pack
from bot.slack.reading import FormReading
from bot.slack.requests import Answers

YES = "yes"
AS_USUAL = "usual"
MOST_WEEKS = 20


def settings(now: Choice, about: Topic | None = None) -> View:
    hours, own = now.reader.hours, now.own
    shown = [
        blocks.section(_opening(now, about), blocks.button("Take a break", doors.TAKE_BREAK)),
        _clock("Write to me from", "opens", hours.opens),
        _clock("until", "closes", hours.closes, hint=f"By the clock in {when.place(hours.zone)}."),
        blocks.field_input(
            "Messages a week",
            blocks.menu("weekly", _weekly(now.house), chosen=str(own.weekly) if own.weekly else AS_USUAL),
            block="weekly",
            hint="The last of them gathers whatever else there is. What has a deadline is never lost.",
        ),
        blocks.field_input(
            "Holidays I keep",
            blocks.searched_menu("settings.country", hint="Type a country", chosen=_chosen_country(now)),
            block="country",
        ),
        blocks.field_input(
            "I don't want",
            blocks.ticks("muted", [(words, topic) for topic, words in TOPICS.items()], chosen=sorted(own.muted)),
            block="muted",
            optional=True,
            hint="You find all of it on the Home tab, whenever you look.",
        ),
    ]
    return blocks.modal("How I write to you", shown, callback="settings.form", submit="Save")


def _opening(now: Choice, about: Topic | None) -> str:
    if about is not None:
        return f"*That was one of: {TOPICS[about].lower()}.* Tick it below to hear no more of it, or choose fewer messages."
    weekly = now.reader.weekly
    often = "once" if weekly == 1 else f"{weekly} times"
    return f"*I write to you unasked at most {often} a week*, in your own hours. Here you choose less of it."


def _weekly(house: House) -> list[blocks.Choice]:
    usual = (f"As the program has it ({house.weekly})", AS_USUAL)
    return [usual, *((str(number), str(number)) for number in range(1, house.weekly))]


def _chosen_country(now: Choice) -> blocks.Choice:
    chosen = now.own.country
    return next(one for one in _fixed(now) if one[1] == AS_USUAL) if not chosen else _country(chosen)


def _country(code: str) -> blocks.Choice:
    return (NO_HOLIDAYS[0], code) if code == manners.NOWHERE else (manners.name_of(code), code)


NO_HOLIDAYS: blocks.Choice = ("None", manners.NOWHERE)


def _fixed(now: Choice) -> list[blocks.Choice]:
    usual = manners.name_of(now.usual_country) or "none"
    return [(f"By my profile and time zone: {usual}"[:75], AS_USUAL), NO_HOLIDAYS]


def countries(typed: str, now: Choice) -> list[blocks.Choice]:
    return [*_fixed(now), *((name[:75], code) for name, code in manners.like(typed))]


def read_settings(answers: Answers) -> Own:
    form = FormReading()
    opens, closes = answers.wall_time("opens"), answers.wall_time("closes")
    if opens is None or closes is None:
        form.refuse("closes" if opens else "opens", "Pick a time of day.")
    else:
        form.take("closes", lambda: manners.check_hours(opens, closes), None)
    weekly = answers.choice("weekly")
    country = answers.choice("country")
    if country not in ("", AS_USUAL, manners.NOWHERE) and not manners.name_of(country):
        form.refuse("country", "I don't know that country. Pick one from the list.")
    form.finish()
    return Own(
        opens=opens,
        closes=closes,
        country="" if country == AS_USUAL else country,
        weekly=int(weekly) if weekly in {"1", "2", "3", "4", "5", "6"} else None,
        muted=frozenset(topic for topic in Topic if topic in answers.choices("muted")),
    )


def house(program: Program, now: datetime) -> View:
    known = House.of(program.rules)
    weeks = manners.coming_weeks(now.date(), known.weeks_off)
    shown = [
        blocks.context("For everybody, by the clock where each of them is. Members can choose less for themselves."),
        _clock("Nobody is written to before", "opens", known.opens),
        _clock("or after", "closes", known.closes),
        blocks.field_input(
            "Unasked messages a week, at most",
            blocks.number("weekly", given=known.weekly, least=manners.FEWEST, most=manners.MOST),
            block="weekly",
            hint="The last of them gathers the rest.",
        ),
        blocks.field_input(
            "Holidays",
            blocks.ticks(
                "holidays",
                [("Keep the holidays of each member's country", YES)],
                chosen=[YES] if known.keep_holidays else [],
            ),
            block="holidays",
            optional=True,
        ),
        blocks.field_input(
            "Weeks in which the company is away",
            blocks.many_menu(
                "weeks",
                [(f"The week of {when.say_day(monday)} {monday.year}", monday.isoformat()) for monday in weeks],
                chosen=[monday.isoformat() for monday in known.weeks_off],
                most=MOST_WEEKS,
            ),
            block="weeks",
            optional=True,
            hint="No messages and no sessions then. Sessions planned there are left out, and the circles hear of it.",
        ),
    ]
    notes = pack(version=program.version)
    return blocks.modal("When I write to people", shown, callback="settings.house", submit="Save", notes=notes)


def read_house(answers: Answers) -> House:
    form = FormReading()
    opens, closes = answers.wall_time("opens"), answers.wall_time("closes")
    if opens is None or closes is None:
        form.refuse("closes" if opens else "opens", "Pick a time of day.")
    else:
        form.take("closes", lambda: manners.check_hours(opens, closes), None)
    weekly = form.take("weekly", lambda: _number(answers.text("weekly")), manners.MOST)
    no_weeks: list[date] = []
    weeks = form.take("weeks", lambda: [_monday(week) for week in answers.choices("weeks")], no_weeks)
    form.finish()
    return House(
        opens=opens or when.MORNING,
        closes=closes or when.EVENING,
        weekly=weekly,
        keep_holidays=YES in answers.choices("holidays"),
        weeks_off=frozenset(weeks),
    )


def _number(text: str) -> int:
    number = int(text) if text.isascii() and text.isdecimal() and len(text) < 4 else 0
    manners.check_weekly(number)
    return number


def _monday(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise Refused("Pick weeks from the list.") from None
    return when.week_of(day)


def _clock(label: str, block: str, given: time, *, hint: str = "") -> blocks.Block:
    return blocks.field_input(
        label, blocks.time_picker(block, chosen=given.isoformat("minutes")), block=block, hint=hint
    )
