"""How the choice of a protocol looks, and what the circle is told of it."""

from collections.abc import Sequence

from bot import cards, doors
from bot.domain.circles import Circle
from bot.domain.ids import MemberId
from bot.domain.protocols import Protocol
from bot.domain.sessions import Session
from bot.domain.shipped import protocol_named
from bot.features.protocols.flows import Choice
from bot.slack import blocks
from bot.slack.blocks import Message, View
from bot.slack.payload import pack
from bot.slack.text import escape, mention


def choice(of: Choice) -> View:
    about = f"the session on {cards.dated(of.session)}" if of.session else "all sessions to come"
    shown = [blocks.section(f"*How does {escape(of.circle.name)} spend {about}?*")]
    shown += [blocks.section(_line(protocol)) for protocol in of.protocols]
    choices = [(f"{protocol.name}, {length(protocol)}", protocol.key) for protocol in of.protocols]
    menu = blocks.radio("protocol", choices, chosen=of.chosen)
    shown.append(blocks.field_input("Protocol", menu, block="protocol"))
    shown.append(blocks.context("The session takes as long as its protocol. The others are told in the channel."))
    notes = pack(session=of.session.id, version=of.session.version) if of.session else ""
    notes = notes or pack(circle=of.circle.id, version=of.circle.version)
    return blocks.modal("Protocol", shown, callback="protocols.choose", submit="Choose it", notes=notes)


def _line(protocol: Protocol) -> str:
    return f"*{protocol.name}*, {length(protocol)}\n{protocol.about}"


def length(protocol: Protocol) -> str:
    return f"{protocol.minutes // 60} hours" if protocol.is_written else f"{protocol.minutes} minutes"


def which(circles: Sequence[Circle]) -> Message:
    shown = [blocks.section("*Which circle's protocol?*")]
    for circle in circles[:10]:
        show = blocks.button("Show", f"{doors.CHOOSE_PROTOCOL}:{circle.id}", pack(circle=circle.id))
        shown.append(blocks.section(cards.circle_name(circle), show))
    return Message("Which circle's protocol?", shown)


def chosen(circle: Circle, key: str) -> Message:
    protocol = protocol_named(key)
    words = f"*Chosen: {protocol.name}, {length(protocol)}.* I tell the others in {cards.circle_name(circle)}."
    button = blocks.button("Sessions and dates", doors.SHOW_SCHEDULE, pack(circle=circle.id))
    return Message(f"Chosen: {protocol.name}.", [blocks.section(words), blocks.actions(button)])


def changed(circle: Circle, key: str, by: MemberId, session: Session | None) -> Message:
    protocol = protocol_named(key)
    when = f"on {cards.dated(session)}" if session else "from now on"
    words = f"*We meet by another protocol {when}: {protocol.name}, {length(protocol)}.* {mention(by)} chose it."
    button = blocks.button("Sessions and dates", doors.SHOW_SCHEDULE, pack(circle=circle.id))
    return Message(
        f"{escape(circle.name)}: {protocol.name} {when}.",
        [blocks.section(words), blocks.context(protocol.about), blocks.actions(button)],
    )
