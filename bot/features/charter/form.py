"""The form in which a charter is changed, and the one for a program's template."""

from functools import partial

from bot.domain.charters import CLAUSE_LIMIT, FACTS, SHIPPED, TITLES, Clause, Template, Words, clean
from bot.domain.ids import ProgramId
from bot.features.charter.reading import Shown
from bot.slack import blocks
from bot.slack.blocks import Block, View
from bot.slack.payload import pack
from bot.slack.reading import FormReading
from bot.slack.requests import Answers
from bot.slack.text import escape

AGAIN = "again-"
"""Begins the ids of fields that were put back: a field keeps what was typed while its id stays the same."""


def charter(about: Shown) -> View:
    shown: list[Block] = [
        blocks.section(
            f"*{escape(about.circle.name)}.* Rewrite what is not true for you. Everybody is asked to sign the new version; "
            "your signature is on it already."
        ),
        *_fields(about.charter.words, ""),
    ]
    notes = pack(circle=about.circle.id, number=about.charter.number)
    return blocks.modal("Change the charter", shown, callback="charter.change", submit="Save it", notes=notes)


def template(program: ProgramId, kept: Template, *, words: Words | None = None, restored: bool = False) -> View:
    facts = " · ".join(f"`{{{name}}}` {meaning}" for name, meaning in FACTS.items())
    shown: list[Block] = [
        blocks.section(
            "*Every new circle begins with this charter* and can change it. Charters that are there already stay as they are."
        ),
        blocks.context(f"Words in braces become the circle's own: {facts}."),
        *_fields(words or kept.words, AGAIN if restored else ""),
        blocks.actions(
            blocks.button("Preview", "charter.preview", pack(program=program)),
            blocks.button("Put it back as it came", "charter.restore", pack(program=program, version=kept.version)),
        ),
    ]
    notes = pack(program=program, version=kept.version)
    return blocks.modal("Charter of new circles", shown, callback="charter.template", submit="Save it", notes=notes)


def _fields(words: Words, prefix: str) -> list[Block]:
    return [
        blocks.field_input(
            TITLES[clause],
            blocks.paragraph("words", given=words.get(clause) or SHIPPED[clause], most=CLAUSE_LIMIT),
            block=f"{prefix}{clause.value}",
        )
        for clause in Clause
    ]


def read_words(answers: Answers) -> Words:
    form = FormReading()
    prefix = AGAIN if any(block.startswith(AGAIN) for block in answers.values) else ""
    read: dict[Clause, str] = {}
    for clause in Clause:
        read[clause] = form.take(f"{prefix}{clause.value}", partial(_read, answers, prefix, clause), "")
    form.finish()
    return read


def _read(answers: Answers, prefix: str, clause: Clause) -> str:
    return clean(clause, answers.text(f"{prefix}{clause.value}"))
