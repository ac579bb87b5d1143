"""How feedback looks, the forms for it, and the two questions of later."""

from collections.abc import Sequence

from bot import cards, doors
from bot.domain import words
from bot.domain.feedback import LIMIT, Feedback
from bot.domain.ids import MemberId
from bot.features.feedback.flows import Back, Desk, Words
from bot.slack import blocks
from bot.slack.blocks import Block, Message, View
from bot.slack.payload import pack
from bot.slack.reading import FormReading
from bot.slack.requests import Answers
from bot.slack.text import escape, mention

TELL = "tell"


def give(desk: Desk) -> View:
    names = [name for _who, name in desk.to]
    shown: list[Block] = [blocks.section(f"*What could help {escape(' or '.join(names))}?* Two sentences do.")]
    if len(desk.to) > 1:
        menu = blocks.radio("to", [(name, who) for who, name in desk.to], chosen=desk.to[0][0])
        shown.append(blocks.field_input("For whom", menu, block="to"))
    example = blocks.paragraph("example", most=LIMIT, hint="When you asked what was at stake, I stopped defending.")
    experiment = blocks.paragraph("experiment", most=LIMIT, hint="Ask that question first in your next planning.")
    shown += [
        blocks.field_input("One thing they said or did, and what it did", example, block="example"),
        blocks.field_input("One experiment they could try", experiment, block="experiment"),
        blocks.context("Nobody else reads it, ever. It comes with your name, a while after the session."),
    ]
    parts = {"session": desk.session.id} | ({"to": desk.to[0][0]} if len(desk.to) == 1 else {})
    return blocks.modal("Feedback", shown, callback="feedback.give", submit="Give it", notes=pack(**parts))


FIELDS = {"example": "The example", "experiment": "The experiment", "text": "Your text"}


def read_words(answers: Answers) -> Words:
    form = FormReading()
    example = form.take("example", lambda: _needed(answers, "example"), "")
    experiment = form.take("experiment", lambda: _needed(answers, "experiment"), "")
    form.finish()
    return Words(example, experiment)


def _needed(answers: Answers, block: str) -> str:
    return words.needed(words.clean_text(answers.text(block), LIMIT, FIELDS[block]), FIELDS[block])


def read_text(answers: Answers) -> str:
    form = FormReading()
    text = form.take("text", lambda: _needed(answers, "text"), "")
    form.finish()
    return text


def gave(name: str) -> Message:
    said = f"*Thank you.* {escape(name)} gets it in private, in their own working hours."
    return Message("Thank you for your feedback.", [blocks.section(said)])


def given(every: Sequence[Feedback], back: Back) -> Message:
    """To the presenter: what came together, each with who gave it."""
    shown: list[Block] = [
        blocks.section(
            f"*What your circle noticed* when you had the seat on {cards.dated(back.session)}. Yours alone."
        )
    ]
    for one in every:
        shown += [
            blocks.section(f"*{mention(one.author)}*"),
            blocks.quote(one.example),
            blocks.context("One experiment to try"),
            blocks.quote(one.experiment),
        ]
    tell = blocks.button("Tell them what I take from it", "feedback.tell", pack(session=back.session.id))
    shown.append(blocks.actions(tell))
    return Message("Feedback from your circle, for you alone.", shown)


def tell(back: Back) -> View:
    field = blocks.paragraph("text", most=LIMIT, hint="I try the question first, in Tuesday's planning.")
    shown = [
        blocks.section(f"*What do you take from it?* I post it in {cards.circle_name(back.circle)}, with your name."),
        blocks.field_input("What I take, and what I try", field, block="text"),
        blocks.context("The feedback itself stays with you."),
    ]
    notes = pack(session=back.session.id)
    return blocks.modal("Report back", shown, callback="feedback.tell", submit="Post it", notes=notes)


def told(presenter: MemberId, back: Back) -> Message:
    """In the circle's channel, by the presenter's tap."""
    head = f"*{mention(presenter)} reports back* on the question of {cards.dated(back.session)}."
    return Message("A report from the hot seat.", [blocks.section(head), blocks.quote(back.said.told)])


# A week and a month later


def week(back: Back) -> Message:
    value = pack(session=back.session.id)
    shown: list[Block] = [
        blocks.section("*What happened with your question?* A week ago your circle thought about it with you.")
    ]
    shown += [blocks.quote(back.question)] if back.question else []
    shown.append(blocks.actions(blocks.button("Write it down", "feedback.happened", value, style="primary")))
    shown.append(blocks.context("For you alone, unless you tell your circle. I ask once more, in three weeks."))
    return Message("What happened with your question?", shown)


def happened(back: Back) -> View:
    shown: list[Block] = [blocks.quote(back.question)] if back.question else []
    field = blocks.paragraph("text", given=back.said.happened, most=LIMIT)
    shown += [
        blocks.field_input("What happened?", field, block="text", hint="Nothing at all is an answer too."),
        blocks.field_input(
            "My circle", blocks.ticks("tell", [("Tell them too", TELL)]), block="tell", optional=True,
            hint="Without it nobody sees this but you.",
        ),
    ]  # fmt: skip
    notes = pack(session=back.session.id)
    return blocks.modal("What happened?", shown, callback="feedback.happened", submit="Keep it", notes=notes)


def wants_to_tell(answers: Answers) -> bool:
    return TELL in answers.choices("tell")


def kept(back: Back, *, tell: bool) -> Message:
    where = "Your circle hears it from me now." if tell else "Nobody sees it but you."
    return Message("Kept.", [blocks.section(f"*Kept.* {where}")])


def month(back: Back) -> Message:
    value = pack(session=back.session.id)
    shown: list[Block] = [
        blocks.section(f"*Is it still live?* Your question of {cards.dated(back.session)}, a month later.")
    ]
    shown += [blocks.quote(back.question)] if back.question else []
    shown.append(
        blocks.actions(
            blocks.button("Still live", "feedback.live", value, style="primary"),
            blocks.button("It's settled", "feedback.settled", value),
        )
    )
    shown.append(blocks.context("For you alone. This is the last time I ask about it."))
    return Message("Is your question still live?", shown)


def live(back: Back) -> Message:
    words = "*Still live, then.* Bring it again when your turn comes, or ask one of your circle for half an hour."
    seats = blocks.button("Who sits when", doors.SHOW_SEATS, pack(circle=back.circle.id))
    return Message("Still live.", [blocks.section(words), blocks.actions(seats)])


def settled(back: Back) -> Message:
    words = "*Settled, good.* Would you tell in three sentences what came of it? Only if you feel like it."
    story = blocks.button("Tell the story", doors.WRITE_STORY, pack(circle=back.circle.id))
    return Message("Settled.", [blocks.section(words), blocks.actions(story)])
