"""The profile form and the pause form: how they look, and how they are read back."""

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from bot.domain import kinds, when, words, zones
from bot.domain.errors import Refused, RefusedFields
from bot.domain.ids import MemberId
from bot.domain.people import SKILLS_LIMIT, Availability, Kind, Member, Profile, Wish
from bot.features.onboarding.flows import ProfileFacts
from bot.slack import blocks
from bot.slack.blocks import Choice, View
from bot.slack.payload import Payload, pack
from bot.slack.reading import FormReading
from bot.slack.requests import Answers

LEVELS = {"starting": 1, "solid": 2, "teach": 3}
SENIORITY: tuple[Choice, ...] = (
    ("Starting out", "1"),
    ("Established", "2"),
    ("Senior", "3"),
    ("Leading others", "4"),
    ("Executive", "5"),
)
KINDS: tuple[Choice, ...] = tuple((kinds.FACTS[kind].choice, kind) for kind in Kind)
LANGUAGES: tuple[Choice, ...] = tuple(
    (name, code)
    for code, name in {
        "en": "English", "de": "German", "fr": "French", "es": "Spanish", "pt": "Portuguese", "it": "Italian",
        "nl": "Dutch", "pl": "Polish", "sv": "Swedish", "tr": "Turkish", "uk": "Ukrainian", "ar": "Arabic",
        "hi": "Hindi", "zh": "Chinese", "ja": "Japanese", "ko": "Korean",
    }.items()
)  # fmt: skip
DAYS: tuple[Choice, ...] = tuple((name, str(number)) for number, name in enumerate(when.WEEKDAYS))
SLACK_ZONE = "slack"


def profile(facts: ProfileFacts) -> View:
    """What matters most for a match comes first; the rest is optional."""
    known = facts.profile or Profile(facts.member.id, version=0)
    shown = [
        blocks.context(
            "Three minutes. Others see what helps them to decide; your goals stay with you and the matching."
        ),
        blocks.field_input(
            "What would you like to learn?",
            blocks.line("wants", given=_skills(known.wants), most=400, hint="giving feedback, system design"),
            block="wants",
            hint="Most important first, separated by commas. Add (starting), (solid) or (teach) for where you are.",
        ),
        blocks.field_input(
            "What can you help others with?",
            blocks.line("offers", given=_skills(known.offers), most=400, hint="SQL (teach), public speaking"),
            block="offers",
            optional=True,
            hint="Written the same way. It needn't be work: everybody has something.",
        ),
        blocks.field_input(
            "What do you want to be different in half a year?",
            blocks.paragraph("goals", given=known.goals, most=1000),
            block="goals",
            optional=True,
        ),
        *_circle_fields(known, facts.rules.theme_choices),
        *_about_fields(known),
        *_time_fields(known, facts.member),
    ]
    notes = pack(version=known.version, languages=" ".join(_further(known)))
    return blocks.modal("Your mentoring profile", shown, callback="onboarding.profile", submit="Save", notes=notes)


def _circle_fields(known: Profile, themes: Sequence[str]) -> list[blocks.Block]:
    # Chosen themes that a program has since taken off its list stay choosable for whoever chose them.
    choices = [(theme, theme) for theme in dict.fromkeys([*themes, *known.themes])]
    seeks, offered = list(known.seeks), list(known.offers_kinds)
    return [
        blocks.field_input(
            "Which circle themes speak to you?",
            blocks.many_menu("themes", choices, chosen=known.themes, most=3),
            block="themes",
            optional=True,
            hint="Up to three. Leave it empty if you don't want to be placed in a circle.",
        ),
        blocks.field_input(
            "Whom are you looking for?",
            blocks.ticks("seeks", KINDS, chosen=seeks),
            block="seeks",
            optional=True,
            hint=kinds.DIFFERENCE,
        ),
        blocks.field_input(
            "What could you be for somebody?",
            blocks.ticks("kinds", KINDS, chosen=offered),
            block="kinds",
            optional=True,
        ),
    ]


def _about_fields(known: Profile) -> list[blocks.Block]:
    return [
        blocks.field_input(
            "Where are you in your career?",
            blocks.menu("seniority", SENIORITY, chosen=str(known.seniority)),
            block="seniority",
        ),
        blocks.field_input(
            "Department",
            blocks.line("department", given=known.department, most=80),
            block="department",
            optional=True,
        ),
        blocks.field_input(
            "Location", blocks.line("location", given=known.location, most=80), block="location", optional=True
        ),
        blocks.field_input(
            "Your manager",
            blocks.person_menu("manager", chosen=known.manager or ""),
            block="manager",
            optional=True,
            hint="Only so that you are never matched with each other.",
        ),
        blocks.field_input(
            "Languages",
            blocks.many_menu("languages", _languages(_further(known)), chosen=known.languages),
            block="languages",
        ),
        blocks.field_input(
            "Interests",
            blocks.line("interests", given=", ".join(known.interests), most=300, hint="chess, climbing, choirs"),
            block="interests",
            optional=True,
        ),
        blocks.field_input(
            "Boundaries",
            blocks.paragraph("boundaries", given=known.boundaries, most=500, hint="No calls on Fridays; not about X"),
            block="boundaries",
            optional=True,
            hint="Shown to whoever you agree to meet.",
        ),
    ]


def _time_fields(known: Profile, member: Member) -> list[blocks.Block]:
    free = known.availability
    choices: list[Choice] = [(f"As in Slack ({member.zone})"[:75], SLACK_ZONE)]
    choices += [(zone.replace("_", " "), zone) for zone in dict.fromkeys((*zones.COMMON, member.own_zone)) if zone]
    return [
        blocks.field_input(
            "Days that suit you", blocks.ticks("days", DAYS, chosen=[str(day) for day in free.days]), block="days"
        ),
        blocks.field_input("From", blocks.time_picker("start", chosen=free.start), block="start"),
        blocks.field_input("Until", blocks.time_picker("end", chosen=free.end), block="end"),
        blocks.field_input(
            "Your time zone", blocks.menu("zone", choices, chosen=member.own_zone or SLACK_ZONE), block="zone"
        ),
        blocks.field_input(
            "How many people could you mentor at a time?",
            blocks.number("capacity", given=known.capacity, least=0, most=10),
            block="capacity",
        ),
    ]


def _further(known: Profile) -> list[str]:
    """Languages that came from a file and are none of the usual ones: they stay unless somebody takes them out."""
    return [code for code in known.languages if not _one_of(code, LANGUAGES)]


def _kept(notes: Payload) -> list[str]:
    return notes.word("languages").split() if notes.has("languages") else []


def _languages(further: Sequence[str]) -> list[Choice]:
    return [*LANGUAGES, *((code, code) for code in further)]


def read_profile(member: MemberId, answers: Answers, notes: Payload) -> tuple[Profile, str]:
    """The profile, and the member's own zone ("" for Slack's); every field that is wrong is named at once."""
    form = FormReading()
    read = Profile(
        member=member,
        offers=form.take("offers", lambda: _read_skills(answers.text("offers"), "what you offer"), ()),
        wants=form.take("wants", lambda: _read_skills(answers.text("wants"), "what you want to learn"), ()),
        goals=form.take("goals", lambda: words.clean_text(answers.text("goals"), 1000, "What you wrote"), ""),
        seniority=int(_one_of(answers.choice("seniority"), SENIORITY) or 2),
        department=form.take(
            "department", lambda: words.clean_line(answers.text("department"), 80, "The department"), ""
        ),
        location=form.take("location", lambda: words.clean_line(answers.text("location"), 80, "The location"), ""),
        languages=tuple(_some_of(answers.choices("languages"), _languages(_kept(notes)))),
        availability=form.take("end", lambda: _read_hours(answers), Availability()),
        capacity=form.take("capacity", lambda: _read_capacity(answers.text("capacity")), 2),
        interests=form.take("interests", lambda: _read_list(answers.text("interests"), "your interests"), ()),
        seeks=tuple(Kind(kind) for kind in _some_of(answers.choices("seeks"), KINDS)),
        offers_kinds=tuple(Kind(kind) for kind in _some_of(answers.choices("kinds"), KINDS)),
        boundaries=form.take(
            "boundaries", lambda: words.clean_text(answers.text("boundaries"), 500, "What you wrote"), ""
        ),
        manager=MemberId(answers.choice("manager")) if answers.choice("manager") else None,
        themes=tuple(answers.choices("themes")[:3]),
        version=notes.number("version"),
    )
    if read.manager == member:
        form.refuse("manager", "That's you. Choose the person you report to, or leave it empty.")
    form.finish()
    zone = answers.choice("zone")
    return read, "" if zone in ("", SLACK_ZONE) or not when.is_zone(zone) else zone


def pause(member: Member, now: datetime) -> View:
    today = when.local(now, member.tz).date()
    shown = [
        blocks.section(
            "While you are on a pause you get no matches and no messages from me. Your circles keep your place."
        ),
        blocks.field_input(
            "Until", blocks.day_picker("until", chosen=(today + timedelta(days=14)).isoformat()), block="until"
        ),
        blocks.field_input(
            "A line for yourself",
            blocks.line("note", given=member.pause_note, most=150, hint="Back after the move"),
            block="note",
            optional=True,
            hint="Only you see it, on the day you come back.",
        ),
    ]
    return blocks.modal("Take a break", shown, callback="onboarding.pause", submit="Pause")


def read_pause(answers: Answers) -> tuple[date, str]:
    until = answers.day("until")
    if until is None:
        raise RefusedFields({"until": "Pick the day you want to be back."})
    return until, words.clean_line(answers.text("note"), 150, "The line")


def _skills(wishes: Sequence[Wish]) -> str:
    names = {number: name for name, number in LEVELS.items()}
    return ", ".join(wish.skill if wish.level == 2 else f"{wish.skill} ({names[wish.level]})" for wish in wishes)


def _read_skills(text: str, what: str) -> tuple[Wish, ...]:
    return tuple(_read_skill(part) for part in words.clean_list(text, most=SKILLS_LIMIT, limit=60, what=what))


def _read_skill(part: str) -> Wish:
    found = re.fullmatch(r"(.+?)\s*\((\w+)\)", part)
    if found and found[2].lower() in LEVELS:
        return Wish(found[1], LEVELS[found[2].lower()])
    return Wish(part)


def _read_list(text: str, what: str) -> tuple[str, ...]:
    return tuple(words.clean_list(text, most=15, limit=40, what=what))


def _read_hours(answers: Answers) -> Availability:
    start, end = answers.wall_time("start"), answers.wall_time("end")
    if start is None or end is None or end <= start:
        raise Refused("Your day should end after it starts.")
    days = tuple(sorted(int(day) for day in _some_of(answers.choices("days"), DAYS)))
    return Availability(days, start.strftime("%H:%M"), end.strftime("%H:%M"))


def _read_capacity(text: str) -> int:
    if not re.fullmatch(r"\d{1,2}", text, re.ASCII) or int(text) > 10:
        raise Refused("A number from 0 to 10.")
    return int(text)


def _one_of(given: str, choices: Sequence[Choice]) -> str:
    """What comes back from outside is believed only if it was on offer."""
    return given if given in {value for _words, value in choices} else ""


def _some_of(given: Sequence[str], choices: Sequence[Choice]) -> list[str]:
    return [value for value in given if _one_of(value, choices)]
