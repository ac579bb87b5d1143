"""How the letters about circles read: in their channel, and to leads and makers."""

from collections.abc import Mapping, Sequence

from bot import cards, doors
from bot.domain import when
from bot.domain.circles import Circle
from bot.domain.ids import MemberId
from bot.domain.sessions import BY_TAP, Session
from bot.slack import blocks
from bot.slack.blocks import Block, Message
from bot.slack.payload import pack
from bot.slack.text import escape, many, mention

REASONS: Mapping[str, str] = {
    "user_is_restricted": "is a guest in this workspace, and guests can't be brought into this channel",
    "ura_max_channels": "is a guest who may be in one channel only",
    "user_disabled": "has a deactivated account",
    "user_not_found": "isn't in this workspace any more",
    "users_not_found": "isn't in this workspace any more",
    "cant_invite": "can't be invited by me: the workspace's rules don't allow it",
    "org_user_not_in_team": "isn't a member of this workspace",
}


def welcome(circle: Circle, coming: Sequence[Session]) -> Message:
    first = f"\nFirst session: {cards.when(coming[0])}" if coming else ""
    hour = f"{when.WEEKDAYS[circle.checkin_weekday]} at {when.clock(circle.checkin_time)}"
    shown = [
        blocks.section(f"*Welcome to {escape(circle.name)}, {cards.people(circle.members)}.* {escape(circle.theme)}"),
        *([blocks.section(why)] if (why := cards.because(circle)) else []),
        blocks.section(f"*When:* {when.in_words(circle.rule)}, {circle.minutes} minutes.{first}"),
        blocks.section(
            "*How it works*\n"
            "• One of you sits in the hot seat each time and brings a real question. Everybody's turn comes.\n"
            "• Everybody leaves with two small promises, and says next time what came of them.\n"
            f"• Every {hour} I open a short round in writing: how is it going?"
        ),
        blocks.section(
            "*Next*\n1. Look whose turn it is, and swap if it doesn't suit you.\n"
            "2. Two working days before each session I post its agenda. Tell me there whether you can come."
        ),
        blocks.actions(
            blocks.button("Who sits when", doors.SHOW_SEATS, pack(circle=circle.id), style="primary"),
            blocks.button("Sessions and dates", doors.SHOW_SCHEDULE, pack(circle=circle.id)),
        ),
        blocks.context(
            "I can't read what you write here. Not for you after all? `/mentor circle leave`, no reason needed."
        ),
    ]
    return Message(f"Welcome to {escape(circle.name)}. You meet {when.in_words(circle.rule)}.", shown)


def not_started(circle: Circle) -> Message:
    """The welcome of a circle with nobody to meet: nothing is promised yet."""
    return Message(
        f"{escape(circle.name)} is not started yet: {circle.missing} more needed.",
        [
            blocks.section(f"*This is {escape(circle.name)}'s channel.* {escape(circle.theme)}"),
            blocks.section(cards.waiting(circle)),
            _bring(circle),
            blocks.context(
                f"Until then I plan no session, hot seat or check-in here. Later you meet {when.in_words(circle.rule)}."
            ),
        ],
    )


def waits(circle: Circle) -> Message:
    """To its maker, once, some working days later."""
    return Message(
        f"{escape(circle.name)} waits for {circle.missing} more.",
        [
            blocks.section(
                f"*Whom would you like to have in {escape(circle.name)}?* Nobody has joined yet, so it has not begun. "
                "Two are enough to begin; one person you ask yourself is often all it takes."
            ),
            _bring(circle, blocks.button("Find a match", doors.FIND_MATCH)),
            blocks.context("I ask this once. You can also join a circle with room: `/mentor circle join`."),
        ],
    )


def _bring(circle: Circle, *more: blocks.Element) -> Block:
    bring = blocks.button("Invite people", "circles.bring", pack(circle=circle.id), style="primary")
    return blocks.actions(bring, *more)


def joined(circle: Circle, members: Sequence[MemberId], by: MemberId | None) -> Message:
    names = cards.people(list(members))
    words = f"*Welcome, {names}.*" + (f" {mention(by)} brought you in." if by and by not in members else "")
    return Message(
        f"{names} joined {escape(circle.name)}.",
        [
            blocks.section(f"{words} You meet {when.in_words(circle.rule)}."),
            blocks.actions(blocks.button("About this circle", doors.SHOW_CIRCLE, pack(circle=circle.id))),
            blocks.context("Not for you? `/mentor circle leave` is fine at any time, no reason needed."),
        ],
    )


def left(member: MemberId, line: str, circle: Circle) -> Message:
    words = f"{mention(member)} has left the circle."
    quoted = [blocks.quote(line)] if line else []
    now = f"You are {many(len(circle.members), 'member', 'members')} now. The order in the hot seat closes up by itself."
    return Message(words, [blocks.section(words), *quoted, blocks.context(now)])


def rhythm_changed(circle: Circle, by: MemberId, coming: Sequence[Session]) -> Message:
    how = "You decided so together." if by == BY_TAP else f"{mention(by)} changed it."
    words = f"*New rhythm:* {when.in_words(circle.rule)}, {circle.minutes} minutes. {how}"
    lines = "\n".join(f"• {cards.when(session)}" for session in coming)
    return Message(
        f"You meet {when.in_words(circle.rule)} from now on.",
        [
            blocks.section(words),
            *([blocks.section(f"*The next sessions*\n{lines}")] if coming else []),
            blocks.actions(blocks.button("Sessions and dates", doors.SHOW_SCHEDULE, pack(circle=circle.id))),
        ],
    )


def closing(circle: Circle, by: MemberId, archive: bool) -> Message:
    words = f"*{escape(circle.name)} ends here.* {mention(by)} closed it. Thank you all for what you gave each other."
    stays = (
        "I archive this channel in a moment; it can still be read."
        if archive
        else "The channel stays, so you can go on talking here. I won't write in it any more."
    )
    return Message(f"{escape(circle.name)} ends here.", [blocks.section(words), blocks.context(stays)])


# To leads, and to those who asked for something that did not work


GOES_ON = "It goes on as it is. You can bring in others, or ask its members what they want."
PAUSED = "I plan no agenda, hot seat or check-in until there are two again."


def alone(circle: Circle) -> Message:
    """To the one who is left."""
    value = pack(circle=circle.id)
    return Message(
        f"You are alone in {escape(circle.name)} now.",
        [
            blocks.section(
                f"*You are alone in {escape(circle.name)} now.* {PAUSED} Bring in others, or join a circle with room "
                "and leave this one with `/mentor circle leave`."
            ),
            blocks.actions(
                blocks.button("Invite people", "circles.bring", value, style="primary"),
                blocks.button("Circles with room", doors.JOIN_CIRCLE),
                blocks.button("Show the circle", doors.SHOW_CIRCLE, value),
            ),
        ],
    )


def small(circle: Circle) -> Message:
    count = many(len(circle.members), "member", "members")
    words = f"*{escape(circle.name)} has {count} left*, fewer than the {circle.size_min} it should have."
    goes_on = f"{PAUSED} Bring in others, or offer its member a seat elsewhere." if circle.is_alone else GOES_ON
    return Message(
        f"{escape(circle.name)} has {count} left.",
        [
            blocks.section(f"{words} {goes_on}"),
            _about(
                circle,
                blocks.button("Invite people", "circles.bring", pack(circle=circle.id), style="primary"),
                blocks.button("See who could take them in", doors.MERGE_CIRCLES),
            ),
        ],
    )


WHY_CLOSED: Mapping[str, str] = {
    "closed": "One of its members, or a lead, ended it.",
    "empty": "Its last member left.",
    "archived": "Its channel was archived in Slack.",
    "deleted": "Its channel was deleted in Slack.",
    "round": "Fewer than two of its members wanted another round.",
    "merged": "Its people go on in another circle.",
    "spread": "Its members decided so, and each was offered a seat elsewhere.",
}
BY_MISTAKE = ("archived", "deleted")


def closed(circle: Circle, why: str) -> Message:
    words = f"*The circle {escape(circle.name)} has ended.* {WHY_CLOSED.get(why, '')}".strip()
    shown = [blocks.section(f"{words} Its planned sessions are left out.")]
    ways = [blocks.button("Circles with room", doors.JOIN_CIRCLE)]
    if why in BY_MISTAKE and circle.members:
        ways.insert(0, blocks.button("Start a circle", doors.CREATE_CIRCLE, style="primary"))
        shown.append(
            blocks.section(
                f"*Was it by mistake?* Start a circle named {escape(circle.name)} once more, and bring in "
                f"{cards.people(circle.members)}. It gets a new channel; the old one can't be made a circle again. "
                "I have told each of them that it ended."
            )
        )
    return Message(f"The circle {escape(circle.name)} has ended.", [*shown, blocks.actions(*ways)])


def ended(circle: Circle, why: str) -> Message:
    """To each member, where its channel can't tell them."""
    name = escape(circle.name)
    words = f"*{name} has ended.* {WHY_CLOSED.get(why, '')}".strip()
    return Message(
        f"{name} has ended. Your commitments stay yours.",
        [
            blocks.section(
                f"{words} No more sessions, check-ins or reminders come from it. Your commitments stay yours: they are "
                "on your Home tab until you say how they went."
            ),
            blocks.actions(
                blocks.button("Circles with room", doors.JOIN_CIRCLE, style="primary"),
                blocks.button("Find a match", doors.FIND_MATCH),
                blocks.button("Start a circle", doors.CREATE_CIRCLE),
            ),
            blocks.context("Was it by mistake? Ask a program lead: they know how the circle can go on."),
        ],
    )


def shut_out(circle: Circle) -> Message:
    words = f"*I was taken out of the channel of {escape(circle.name)}.* I can't post agendas or check-ins there any more."
    return Message(
        f"I was taken out of the channel of {escape(circle.name)}.",
        [
            blocks.section(f"{words} A member can bring me back with `/invite` in that channel."),
            _about(circle, blocks.button("Sessions and dates", doors.SHOW_SCHEDULE, pack(circle=circle.id))),
        ],
    )


def not_in(circle: Circle, member: MemberId, code: str, *, reader: MemberId) -> Message:
    """Slack did not let somebody into the channel."""
    reason = REASONS.get(code, f"can't be brought into the channel (Slack says `{escape(code)}`)")
    if member == reader:
        words = f"*I could not bring you into {escape(circle.name)}.* Slack says that your account {_own(reason)}."
    else:
        words = f"*I could not bring {mention(member)} into {escape(circle.name)}*: this person {reason}."
    return Message(
        f"Somebody could not be brought into {escape(circle.name)}.",
        [
            blocks.section(f"{words} The seat is free again; everybody else is in."),
            blocks.context("A workspace admin can tell you more about what guests may do."),
        ],
    )


def _own(reason: str) -> str:
    return reason.replace("has a deactivated account", "is deactivated")


def no_channel(circle: Circle) -> Message:
    words = f"*I can't make the channel for {escape(circle.name)}.* This workspace does not let apps make private channels."
    return Message(
        f"I can't make the channel for {escape(circle.name)}.",
        [
            blocks.section(
                f"{words} Please ask a workspace admin to allow it. Nothing is lost: I try again every hour."
            ),
            blocks.context("Admins find it under Settings, Permissions, Channel Management."),
        ],
    )


def full(circle: Circle) -> Message:
    words = f"*{escape(circle.name)} is full*: it has {circle.size_max} members."
    return Message(
        f"{escape(circle.name)} is full.",
        [
            blocks.section(
                f"{words} Somebody brought you into its channel. You can read along there, "
                "but you have no turn in the hot seat and I don't remind you of anything."
            ),
            blocks.actions(blocks.button("Circles with room", doors.JOIN_CIRCLE, style="primary")),
        ],
    )


def _about(circle: Circle, *first: blocks.Element) -> Block:
    return blocks.actions(*first, blocks.button("Show the circle", doors.SHOW_CIRCLE, pack(circle=circle.id)))
