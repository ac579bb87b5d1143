"""The six boxes, and the choice of somebody to swap with."""

from collections.abc import Callable
from dataclasses import fields

from bot import cards
from bot.domain import words
from bot.domain.briefs import BOX_LIMIT, LABELS, Boxes
from bot.features.hotseat.flows import Draft, Partners
from bot.slack import blocks
from bot.slack.blocks import View
from bot.slack.payload import pack
from bot.slack.reading import FormReading
from bot.slack.requests import Answers

HINTS = {
    "question": "How do I get two teams to share one on-call rota?",
    "wanted": "Questions, experience, contacts, a reality check",
    "unwanted": "A list of tools",
}

SENT = "Your circle has this brief already; the agenda will show the question as it stands now."


def brief(draft: Draft) -> View:
    boxes = draft.brief.boxes
    shown = [
        blocks.section(
            f"*You have the seat on {cards.dated(draft.session)}.* "
            + (SENT if draft.brief.is_sent else "Nobody sees this until you send it to the circle.")
        ),
        *(
            blocks.field_input(
                LABELS[box.name],
                blocks.paragraph(
                    box.name, given=getattr(boxes, box.name), most=BOX_LIMIT, hint=HINTS.get(box.name, "")
                ),
                block=box.name,
                optional=box.name != "question",
            )
            for box in fields(Boxes)
        ),
    ]
    notes = pack(session=draft.session.id, version=draft.brief.version)
    return blocks.modal("Your question", shown, callback="hotseat.brief", submit="Save", notes=notes)


def read_boxes(answers: Answers) -> Boxes:
    form = FormReading()
    read = {box.name: form.take(box.name, _reader(answers, box.name), "") for box in fields(Boxes)}
    form.take("question", lambda: words.needed(read["question"], "The question"), "")
    form.finish()
    return Boxes(**read)


def _reader(answers: Answers, box: str) -> Callable[[], str]:
    return lambda: words.clean_text(answers.text(box), BOX_LIMIT, "What you wrote")


def swap(partners: Partners) -> View:
    choices = [
        (name if session is None else f"{name}, sits on {session.planned_for:%d %b}", member)
        for member, name, session in partners.names
    ]
    shown = [
        blocks.section(f"*Your seat is on {cards.dated(partners.session)}.* Whom would you like to ask?"),
        blocks.field_input("Swap with", blocks.menu("partner", choices), block="partner"),
        blocks.context("They get a message and can say yes or no. The circle hears of it when you have agreed."),
    ]
    notes = pack(session=partners.session.id)
    return blocks.modal("Swap seats", shown, callback="hotseat.swap", submit="Ask", notes=notes)
