"""The form in which each says alone how they want to go on."""

from bot.domain.circles import Circle
from bot.domain.ids import MemberId
from bot.domain.rounds import LEAST_SIZE, Stays, Wish
from bot.domain.shipped import PROTOCOLS, protocol_named
from bot.features.rounds.reading import About
from bot.slack import blocks
from bot.slack.blocks import Choice, View
from bot.slack.payload import pack
from bot.slack.reading import FormReading
from bot.slack.requests import Answers
from bot.slack.text import escape

AS_NOW = "as-now"
STAYS: tuple[Choice, ...] = (
    ("I stay", Stays.STAY.value),
    ("I leave here; please tell the others", Stays.LEAVE.value),
    ("I leave here, and tell them myself", Stays.LEAVE_MYSELF.value),
)
WEEKS: tuple[Choice, ...] = (
    ("Every week", "1"),
    ("Every second week", "2"),
    ("Every third week", "3"),
    ("Every fourth week", "4"),
)


def wishes(about: About, member: MemberId) -> View:
    circle, given = about.circle, about.round.wishes.get(member)
    stays = given.stays if given else Stays.STAY
    shown = [
        blocks.section(
            f"*{escape(circle.name)}.* Nobody sees your answer before all are opened together. Leaving here is normal, and "
            "no reason is owed."
        ),
        blocks.field_input("Do you stay?", blocks.radio("stays", STAYS, chosen=stays), block="stays"),
        _menu("How often shall we meet?", "every", WEEKS, str(given.every) if given and given.every else ""),
        _menu("How shall we work?", "protocol", _protocols(circle), given.protocol if given else ""),
        _menu("How many at most?", "size", _sizes(circle), str(given.size_max) if given and given.size_max else ""),
        blocks.context(_now(circle)),
    ]
    notes = pack(round=about.round.id)
    return blocks.modal("The next round", shown, callback="rounds.answer", submit="Keep my answer", notes=notes)


def _menu(label: str, block: str, choices: tuple[Choice, ...], chosen: str) -> blocks.Block:
    every = (("As it is now", AS_NOW), *choices)
    return blocks.field_input(label, blocks.menu(block, every, chosen=chosen or AS_NOW), block=block)


def _protocols(circle: Circle) -> tuple[Choice, ...]:
    return tuple((f"{one.name}", one.key) for one in PROTOCOLS if one.key != circle.protocol)


def _sizes(circle: Circle) -> tuple[Choice, ...]:
    least = max(circle.size_min, LEAST_SIZE)
    return tuple((f"{number} people", str(number)) for number in range(least, 13))


def _now(circle: Circle) -> str:
    every = "every week" if circle.rule.every == 1 else f"every {circle.rule.every} weeks"
    return (
        f"Now: {every}, {protocol_named(circle.protocol).name.lower()}, at most {circle.size_max} people. "
        "A change needs more than half of those who answer."
    )


def read_wish(answers: Answers) -> Wish:
    form = FormReading()
    stays = answers.choice("stays")
    if stays not in [one.value for one in Stays]:
        form.refuse("stays", "Choose one of the three.")
        stays = Stays.STAY.value
    every, size = (_number(form, answers, block) for block in ("every", "size"))
    protocol = answers.choice("protocol")
    form.finish()
    return Wish(Stays(stays), size, every, "" if protocol in ("", AS_NOW) else protocol)


def _number(form: FormReading, answers: Answers, block: str) -> int:
    given = answers.choice(block)
    if given in ("", AS_NOW):
        return 0
    if not (given.isascii() and given.isdigit() and len(given) < 3):
        form.refuse(block, "Choose one of the options.")
        return 0
    return int(given)
