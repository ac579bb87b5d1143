"""What a weekly check-in asks: ten families of questions that ship, and what a program puts in their place or beside them.

A program's own words take the place of a family's; what it restores is ours again. A family of its own comes beside the ten.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.domain.errors import Refused, RefusedFields
from bot.domain.words import clean_line

QUESTION_LIMIT = 200
MOST_QUESTIONS = 6
"""Of one family: with so many, each comes back after more than a year."""


class Form(StrEnum):
    """How a family is answered."""

    WORDS = "words"
    EMOJI = "emoji"


@dataclass(frozen=True)
class Family:
    key: str
    name: str
    prompts: tuple[str, ...]
    form: Form = Form.WORDS


FAMILIES = (
    Family(
        "debrief",
        "Done and debriefed",
        (
            "What left your desk this week, and what would you try another way next time?",
            "Name one thing you handed over. What did making it teach you?",
        ),
    ),
    Family(
        "progress",
        "My two",
        (
            "Give each of your two commitments a number from 0 to 10. What would make it one higher?",
            "One line for each of your two: what moved, and what is next?",
        ),
    ),
    Family(
        "stuck",
        "Stuck",
        (
            "Which thing do you keep walking around, and how could you touch it with one finger?",
            "What keeps moving to next week's list? What would ten minutes on it look like?",
        ),
    ),
    Family(
        "feedback",
        "Feedback hunt",
        (
            "Somebody looked at something you made this week. Who was it, and what did they make of it?",
            "Whose view of your work would help you most right now? Ask them, and tell us what you heard.",
        ),
    ),
    Family(
        "experiment",
        "Experiment",
        (
            "Where did you take a small risk this week, and what came of it?",
            "Which small thing did you do another way than usual, and what happened?",
        ),
    ),
    Family(
        "energy",
        "Energy",
        (
            "When were you full of go this week, and when was the tank empty?",
            "When did time fly this week, and when did it crawl?",
        ),
    ),
    Family(
        "exchange",
        "Ask and offer",
        (
            "What could you use this week, and what could you lend somebody?",
            "Who could you help with an hour, and what would you use an hour of somebody else's for?",
        ),
    ),
    Family(
        "perspective",
        "Another view",
        (
            "Which opinion do you not share, and yet keep turning over?",
            "Whose opinion changed yours lately, if only a little?",
        ),
    ),
    Family(
        "win",
        "A win to copy",
        (
            "What went well enough this week that somebody else here should try it?",
            "Which trick, template or phrase of yours should somebody borrow?",
        ),
    ),
    Family(
        "silent",
        "Silent week",
        (
            "No words this week: how are things, in emoji only?",
            "Your week in one to five emoji. The others may guess.",
        ),
        form=Form.EMOJI,
    ),
)

OWN = Family("own", "Questions of our own", ())
"""The eleventh: there once a program has written some."""
Own = Mapping[str, tuple[str, ...]]
"""A program's questions by family; those it left as they were are not in it."""
NONE: Own = {}


def families(own: Own = NONE) -> tuple[Family, ...]:
    """What is asked in a program."""
    every = [replace(family, prompts=own.get(family.key) or family.prompts) for family in (*FAMILIES, OWN)]
    return tuple(family for family in every if family.prompts)


def family_named(key: str, own: Own = NONE) -> Family:
    """One to look at or to change; the eleventh too while it is still empty."""
    for family in (*FAMILIES, OWN):
        if family.key == key:
            return replace(family, prompts=own.get(key) or family.prompts)
    raise Refused("There are no such questions any more. `/mentor checkin questions` shows those there are.")


def read_questions(text: str) -> tuple[str, ...]:
    """One a line; empty lines and the same again are left out."""
    try:
        lines = [clean_line(line, QUESTION_LIMIT, "A question") for line in text.splitlines()]
    except Refused as refusal:
        raise RefusedFields({"questions": refusal.sentence}) from refusal
    found = tuple(dict.fromkeys(line for line in lines if line))
    if not found:
        raise RefusedFields({"questions": "Write at least one question. To have ours back, choose Restore ours."})
    if len(found) > MOST_QUESTIONS:
        raise RefusedFields({"questions": f"{MOST_QUESTIONS} are plenty; you wrote {len(found)}."})
    return found
