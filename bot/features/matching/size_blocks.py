"""How it looks when a circle decides about its size: the question, what was decided, what a lead is told."""

from bot import cards, doors
from bot.domain import sizes
from bot.domain.ballots import Option
from bot.domain.circles import Circle
from bot.domain.ids import ChannelId, CircleId
from bot.domain.matching.report_circles import without_hours
from bot.domain.sizes import Choice
from bot.features.matching.size_votes import SizeAsked
from bot.slack import blocks
from bot.slack.blocks import Block, Message
from bot.slack.payload import pack
from bot.slack.text import channel_link, escape, many

BUTTONS = {
    Choice.STAY.value: "Stay as we are",
    Choice.MERGE.value: "Join them",
    Choice.TOP_UP.value: "Ask them in",
    Choice.SPREAD.value: "Go to others",
    Choice.SPLIT.value: "Become two",
    Choice.HOST.value: "Take them in",
}


def question(asked: SizeAsked) -> Message:
    if not asked.ballot.is_open:
        return _decided(asked)
    shown: list[Block] = [blocks.section(_what(asked))]
    for option in asked.ballot.options:
        shown.append(blocks.section(_line(asked, option)))
        if because := str(option.details.get("because", "")):
            shown.append(blocks.context(escape(without_hours(because) or because)))
    shown.append(blocks.actions(*(_button(asked, option) for option in asked.ballot.options)))
    shown.append(blocks.context(_rule(asked)))
    return Message(_what(asked).replace("*", ""), shown)


def _what(asked: SizeAsked) -> str:
    circle, count = asked.circle, len(asked.circle.members)
    host = asked.ballot.option(Choice.HOST.value)
    if host is not None:
        return f"*Would you take {_named(asked, host, 'small')} in?* They decided by tap that they would like to join you."
    if count > circle.size_max:
        return f"*You are {count} now. Shall {escape(circle.name)} become two?* Up to {circle.size_max} go well together."
    best = f"A circle is at its best with {circle.size_min} or more."
    return f"*You are {count} now. How shall {escape(circle.name)} go on?* {best}"


def _line(asked: SizeAsked, option: Option) -> str:
    votes = asked.tally.count(option.key)
    return f"{_words(asked, option)}{f'  ({votes})' if votes else ''}"


def _words(asked: SizeAsked, option: Option) -> str:
    match option.key:
        case Choice.MERGE.value:
            return f"*Join {_named(asked, option, 'into')}*: {_together(asked, option, 'into')}"
        case Choice.HOST.value:
            return f"*Take them in*: {_together(asked, option, 'small')}"
        case Choice.TOP_UP.value:
            who = cards.people(sizes.people_of(option))
            return f"*Ask {who} in*: without a circle so far, and right for yours by hours and rules. Each says yes or no."
        case Choice.SPREAD.value:
            rooms = sizes.rooms_of(option)
            places = ", ".join(f"{cards.people((who,))} to {_circle(asked, room)}" for who, room in rooms.items())
            return f"*Go to other circles*: {places}. Yours ends; each says yes or no to the seat."
        case Choice.SPLIT.value:
            second = sizes.people_of(option)
            first = [member for member in asked.circle.members if member not in second]
            return (
                f"*Become two*: {cards.people(first)} stay here; {cards.people(second)} get a channel of their own."
            )
        case _:
            return "*Stay as you are*"


def _together(asked: SizeAsked, option: Option, key: str) -> str:
    other = asked.others.get(CircleId(int(option.details[key])))
    people = {*asked.circle.members, *(other.members if other else ())}
    kept = "at their usual hour" if key == "into" else "at your usual hour"
    hour = "at a new hour that suits everybody" if "slot" in option.details else kept
    with_whom = f" with {cards.people(other.members)}" if other else ""
    return f"together you would be {len(people)}{with_whom}, {hour}"


def _named(asked: SizeAsked, option: Option, key: str) -> str:
    return _circle(asked, CircleId(int(option.details[key])))


def _circle(asked: SizeAsked, number: CircleId) -> str:
    found = asked.others.get(number)
    return escape(found.name) if found else "another circle"


def _button(asked: SizeAsked, option: Option) -> blocks.Element:
    value = pack(ballot=asked.ballot.id, choice=option.key)
    style = "primary" if option.key == asked.ballot.silence else ""
    return blocks.button(BUTTONS[option.key], f"matching.size_vote:{option.key}", value, style=style)


def _rule(asked: SizeAsked) -> str:
    counted = asked.tally
    return (
        f"A change needs {counted.majority} of {len(counted.asked)} taps; who says nothing is for staying. "
        f"Decided on {cards.in_words(asked.ballot.closes)} at the latest. A lead hears the result, not who tapped what."
    )


def _decided(asked: SizeAsked) -> Message:
    words = _outcome(asked)
    counted = asked.tally
    told = [
        f"{BUTTONS[option.key]}: {counted.count(option.key)}"
        for option in asked.ballot.options
        if counted.count(option.key)
    ]
    if counted.silent:
        told.append(f"{many(len(counted.silent), 'person', 'people')} said nothing")
    return Message(
        words.replace("*", ""), [blocks.section(words), blocks.context(" · ".join(told) or "Nobody tapped.")]
    )


def _outcome(asked: SizeAsked) -> str:
    option = asked.chosen
    match option.key if option else "":
        case "":
            return "*Nothing to decide any more:* who is in the circle has changed."
        case Choice.MERGE.value if option:
            return f"*Decided:* you would like to join {_named(asked, option, 'into')}. They are asked now."
        case Choice.HOST.value if option:
            return f"*Decided:* {_named(asked, option, 'small')} joins you."
        case Choice.TOP_UP.value:
            return "*Decided:* I ask them whether they would like to join you."
        case Choice.SPREAD.value:
            return "*Decided:* this circle ends here, and each of you gets an offer in private. Thank you all."
        case Choice.SPLIT.value:
            return "*Decided:* you become two circles. The second one gets its channel in a moment."
        case _:
            return "*Decided:* you stay as you are."


def failed(why: str) -> Message:
    words = f"*The two circles stay apart.* {escape(why)} You go on as you are; a lead knows of it."
    return Message(words.replace("*", ""), [blocks.section(words)])


def told(asked: SizeAsked, why: str) -> Message:
    """To leads: what came of it, and not who said what."""
    circle = asked.circle
    words = f"*{escape(circle.name)} was asked how it goes on with {many(len(circle.members), 'member', 'members')}.*"
    result = _outcome(asked).replace("*Decided:* you", "They").replace("*Decided:*", "Decided:")
    result = result.replace("joins you", "joins them").replace("stay as you are", "stay as they are")
    shown = [blocks.section(f"{words}\n{result}{f' But it could not be done: {escape(why)}' if why else ''}")]
    shown.append(blocks.actions(blocks.button("Show the circle", doors.SHOW_CIRCLE, pack(circle=circle.id))))
    return Message(f"{escape(circle.name)} has decided how it goes on.", shown)


def seat(circle: Circle) -> Message:
    """To somebody for whom a circle has a seat, because its members wished so."""
    where = f" ({channel_link(ChannelId(circle.channel))})" if circle.channel else ""
    words = f"*Would you like to join {escape(circle.name)}?*{where} Its members would be glad of you: {escape(circle.theme)}."
    return Message(
        f"Would you like to join {escape(circle.name)}?",
        [
            blocks.section(words),
            blocks.context(f"With {cards.people(circle.members)}."),
            blocks.actions(
                blocks.button("See the circle", doors.SHOW_CIRCLE, pack(circle=circle.id), style="primary"),
                blocks.button("Circles with room", doors.JOIN_CIRCLE),
            ),
            blocks.context("You join with one tap there. Not for you? Then leave it; nobody is told."),
        ],
    )
