"""How a charter looks: the message that is signed, the page to read, what it was before."""

from collections.abc import Sequence

from bot import cards, doors
from bot.domain.charters import TITLES, Clause, Words
from bot.domain.circles import Circle
from bot.domain.ids import MemberId
from bot.domain.sessions import BY_TAP
from bot.features.charter.reading import History, Shown
from bot.slack import blocks
from bot.slack.blocks import Block, Element, Message, View
from bot.slack.payload import pack
from bot.slack.text import clip, day, escape, listed, many, markdown, mention

BEFORE = 300
"""How much of what stood there before a change shows."""


def to_sign(about: Shown) -> Message:
    """One message for each version, changed in place as members sign."""
    circle, charter = about.circle, about.charter
    unsigned = charter.unsigned(circle.members)
    shown: list[Block] = [blocks.section(_headline(about))]
    for clause in about.changes or ((Clause.PURPOSE,) if charter.number == 1 else ()):
        shown += _clause(clause, charter.words)
    shown.append(blocks.section(_who_signed(about)))
    read = blocks.button("Read it all", doors.SHOW_CHARTER, pack(circle=circle.id))
    sign = [blocks.button("Sign", "charter.sign", _version(about), style="primary")] if unsigned else []
    edit = blocks.button("Change it", "charter.change", pack(circle=circle.id))
    shown.append(blocks.actions(*sign, read, edit))
    return Message(f"{escape(circle.name)}: please read and sign our charter.", shown)


def _headline(about: Shown) -> str:
    charter = about.charter
    if not charter.unsigned(about.circle.members):
        return "*Our charter is signed by all of us.*"
    if charter.is_draft:
        return (
            "*What do we agree on?* This is a draft of our charter, eight short clauses. Read it, change what is not true, "
            "and sign it."
        )
    if charter.by == BY_TAP:
        return "*Our charter is a year old.* Read it once more, change what is no longer true, and sign it again."
    clauses = listed([f"“{TITLES[clause]}”" for clause in about.changes])
    return f"*{mention(charter.by)} changed our charter:* {clauses}. Please read and sign it."


def _who_signed(about: Shown) -> str:
    members = about.circle.members
    signed = [member for member in members if member in about.charter.signed]
    unsigned = about.charter.unsigned(members)
    told = [f"*Signed:* {cards.people(signed)}" if signed else "Nobody has signed yet."]
    if signed and unsigned:
        told.append(f"*Still open:* {cards.people(unsigned)}")
    return "\n".join(told)


def _clause(clause: Clause, words: Words) -> list[Block]:
    return [blocks.section(f"*{TITLES[clause]}*"), blocks.quote(words[clause])]


def reminder(about: Shown) -> Message:
    circle = about.circle
    name = escape(circle.name)
    what = "drafted a charter" if about.charter.is_draft else "has a new version of its charter"
    words = f"*Will you read and sign the charter of {name}?* {name} {what}. It takes two minutes."
    return Message(
        f"Will you read and sign the charter of {name}?",
        [
            blocks.section(words),
            blocks.actions(
                blocks.button("Read it all", doors.SHOW_CHARTER, pack(circle=circle.id), style="primary"),
            ),
            blocks.context("Something in it is not true for you? Change it there. I ask this once."),
        ],
    )


def signed(about: Shown) -> Message:
    words = f"*You have signed the charter of {escape(about.circle.name)}.*"
    return Message(words.replace("*", ""), [blocks.section(words)])


# To read


def page(about: Shown, reader: MemberId) -> View:
    circle, charter = about.circle, about.charter
    shown: list[Block] = [blocks.section(f"*{escape(circle.name)}*\n{_written(about)}")]
    for clause in Clause:
        shown += _clause(clause, charter.words)
        if not about.is_newest and about.before and clause in about.changes:
            shown.append(blocks.context(f"Before: {escape(clip(about.before.words[clause], BEFORE))}"))
    if about.is_newest:
        shown += [blocks.section(_who_signed(about)), blocks.actions(*_doors(about, reader))]
    shown.append(blocks.context("Only the members of this circle can read it. It is stored encrypted."))
    return blocks.modal("Charter", shown)


def _written(about: Shown) -> str:
    charter = about.charter
    if charter.is_draft:
        return "A draft from the program's template. Nobody has changed it yet."
    if charter.by == BY_TAP:
        return f"Version {charter.number}, taken up again after a year on {day(charter.at)}."
    return f"Version {charter.number}, by {mention(charter.by)} on {day(charter.at)}."


def _doors(about: Shown, reader: MemberId) -> list[Element]:
    shown: list[Element] = []
    if about.circle.is_open:
        if reader not in about.charter.signed:
            shown.append(blocks.button("Sign", "charter.sign", _version(about), style="primary"))
        shown.append(blocks.button("Change it", "charter.change", pack(circle=about.circle.id)))
    if about.charter.number > 1:
        shown.append(blocks.button("What it was before", "charter.history", pack(circle=about.circle.id)))
    return shown or [blocks.button("What it was before", "charter.history", pack(circle=about.circle.id))]


def history(found: History) -> View:
    shown: list[Block] = [
        blocks.section(f"*{escape(found.circle.name)}*: every version of its charter, the newest first.")
    ]
    for one in found.versions:
        button = blocks.button("Show", f"charter.version:{one.charter.number}", _version(one))
        shown.append(blocks.section(_line(one), button))
    return blocks.modal("Versions of the charter", shown)


def _line(one: Shown) -> str:
    charter = one.charter
    signed_by = many(len(charter.signed), "signature", "signatures")
    if charter.by == BY_TAP:
        what = "The first draft" if charter.number == 1 else "Taken up again after a year"
    else:
        what = f"{mention(charter.by)} changed {listed([f'“{TITLES[clause]}”' for clause in one.changes])}"
    return f"*Version {charter.number}*, {day(charter.at)}, {signed_by}\n{what}"


def which(circles: Sequence[Circle]) -> Message:
    shown: list[Block] = [blocks.section("*Which circle's charter?*")]
    for circle in circles[:10]:
        show = blocks.button("Show", f"{doors.SHOW_CHARTER}:{circle.id}", pack(circle=circle.id))
        shown.append(blocks.section(cards.circle_name(circle), show))
    return Message("Which circle's charter?", shown)


def _version(about: Shown) -> str:
    return pack(circle=about.circle.id, number=about.charter.number)


def canvas(about: Shown) -> str:
    """The same words for the channel's canvas, in markdown."""
    clauses = "\n\n".join(f"## {TITLES[clause]}\n{markdown(about.charter.words[clause])}" for clause in Clause)
    head = f"# Charter of {markdown(about.circle.name)}\nVersion {about.charter.number}."
    return f"{head} To sign or change it: `/mentor circle charter`. What is changed here is not kept.\n\n{clauses}\n"


# The template


def preview(circle: Circle, words: Words) -> View:
    rhythm = f"{circle.size_min} to {circle.size_max} members"
    shown: list[Block] = [blocks.section(f"*So a new circle would get it*, with {rhythm}. Nothing is saved yet.")]
    for clause in Clause:
        shown += _clause(clause, words)
    return blocks.modal("Preview", shown)


def template_saved() -> Message:
    words = "*Saved.* Circles that begin from now on get this charter as their first draft."
    return Message(words.replace("*", ""), [blocks.section(words)])
