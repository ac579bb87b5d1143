"""Reading what was written for a session in writing."""

from bot.domain import words
from bot.domain.written import LIMIT, MOST_PICKS
from bot.slack.reading import FormReading
from bot.slack.requests import Answers


def read_text(answers: Answers) -> str:
    form = FormReading()
    text = form.take(
        "text", lambda: words.needed(words.clean_text(answers.text("text"), LIMIT, "Your text"), "Your text"), ""
    )
    form.finish()
    return text


def read_picks(answers: Answers) -> list[int]:
    form = FormReading()
    chosen = answers.choices("picks")
    if len(chosen) > MOST_PICKS or not all(one.isascii() and one.isdigit() for one in chosen):
        form.refuse("picks", f"Choose up to {MOST_PICKS} of what was written.")
    form.finish()
    return [int(one) for one in chosen]
