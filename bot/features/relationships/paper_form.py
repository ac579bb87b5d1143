"""Reading the form of an agreement, so that everything wrong in it is said at once."""

from collections.abc import Callable

from bot.domain import words
from bot.domain.agreements import LIMITS, MOST_OFF_LIMITS, OFF_LIMIT, RHYTHMS, Help, Terms
from bot.domain.meetings import FORMS
from bot.slack.reading import FormReading
from bot.slack.requests import Answers

NAMES = {
    "purpose": "What it is for",
    "outcomes": "What will be different",
    "feedback": "This",
    "measure": "This",
    "channels": "This",
}


def read(answers: Answers, zone: str) -> Terms:
    form = FormReading()
    texts = {block: form.take(block, _text(answers, block), "") for block in LIMITS}
    none: list[str] = []
    off = form.take("off_limits", lambda: _off_limits(answers), none)
    form.finish()
    return Terms(
        **texts,
        every_weeks=_number(answers.choice("every_weeks"), RHYTHMS, 4),
        minutes=_number(answers.choice("minutes"), FORMS[:-1], 60),
        days=tuple(sorted({int(one) for one in answers.choices("days") if one in set("0123456")})),
        start=_clock(answers, "start", "09:00"),
        until=_clock(answers, "until", "18:00"),
        zone=zone,
        off_limits=tuple(off),
        most_minutes=_whole(answers.text("most_minutes")),
        help=tuple(one for one in Help if one.value in answers.choices("help")),
    )


def _text(answers: Answers, block: str) -> Callable[[], str]:
    clean = words.clean_text if block == "outcomes" else words.clean_line
    return lambda: clean(answers.text(block), LIMITS[block], NAMES[block])


def _off_limits(answers: Answers) -> list[str]:
    return words.clean_list(answers.text("off_limits"), most=MOST_OFF_LIMITS, limit=OFF_LIMIT, what="the topics")


def _number(text: str, allowed: tuple[int, ...], otherwise: int) -> int:
    return int(text) if text in {str(one) for one in allowed} else otherwise


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0


def _clock(answers: Answers, block: str, otherwise: str) -> str:
    at = answers.wall_time(block)
    return at.strftime("%H:%M") if at else otherwise
