"""The workspace itself: who is in it, its conversations and messages, kept in memory.

Ids come from a counter, and every message has its own microsecond, so that two runs of the same seed agree.
"""

import copy
import itertools
from collections.abc import Iterable, Iterator

from bot.sandbox.blockkit.walk import elements_of, every_block
from bot.sandbox.clock import Clock
from bot.sandbox.content import MENTION
from bot.sandbox.hub import Hub
from bot.sandbox.model import Channel, Json, Kind, Message, User

TEAM_ID = "T0SANDBOX"
APP_ID = "A0SANDBOX"
BOT_ID = "B0SANDBOX"
SLACKBOT = "USLACKBOT"
COLORS = ("4a7c59", "9b5de5", "2d6a8f", "c1666b", "b5838d", "6d597a", "457b9d", "bc6c25", "588157", "8d5524")
DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def _code(number: int) -> str:
    digits = ""
    for _ in range(7):
        number, place = divmod(number, 36)
        digits = DIGITS[place] + digits
    return digits


class Workspace:
    def __init__(self, clock: Clock, hub: Hub, *, app_name: str = "Mentor") -> None:
        self.clock = clock
        self.hub = hub
        self.team_id = TEAM_ID
        self.team_name = "Northwind"
        self.domain = "northwind"
        self.app_id = APP_ID
        self.bot_id = BOT_ID
        self.users: dict[str, User] = {}
        self.channels: dict[str, Channel] = {}
        self._directs: dict[frozenset[str], Channel] = {}
        self.posted: list[Message] = []  # all that the bot ever posted
        self._numbers = itertools.count(1)
        self._last_microsecond = 0
        slackbot = User(SLACKBOT, "slackbot", "Slackbot", tz="America/Los_Angeles")
        self.users[slackbot.id] = slackbot
        self.bot = self.add_user(app_name.lower().replace(" ", "_"), app_name, is_bot=True)

    # Ids and time

    def new_id(self, prefix: str) -> str:
        return f"{prefix}0S{_code(next(self._numbers) * 7919)}"

    def new_ts(self) -> str:
        """The time now in microseconds, a later one than any before."""
        moment = self.clock.now()
        micro = int(moment.timestamp()) * 1_000_000 + moment.microsecond
        self._last_microsecond = max(micro, self._last_microsecond + 1)
        return f"{self._last_microsecond // 1_000_000}.{self._last_microsecond % 1_000_000:06d}"

    def unix(self) -> int:
        return int(self.clock.now().timestamp())

    # People

    def add_user(self, name: str, real_name: str, **more: object) -> User:
        user = User(self.new_id("U"), name, real_name, color=COLORS[len(self.users) % len(COLORS)])
        for key, value in more.items():
            setattr(user, key, value)
        user.updated = self.unix()
        self.users[user.id] = user
        return user

    def people(self) -> list[User]:
        return [user for user in self.users.values() if not user.is_bot and user.id != SLACKBOT]

    def find_person(self, name: str) -> User | None:
        """By id, handle, full name, or a first name that only one person has."""
        if name in self.users:
            return self.users[name]
        wanted = name.removeprefix("@").casefold()
        exact = [u for u in self.people() if wanted in (u.name.casefold(), u.real_name.casefold())]
        first = [u for u in self.people() if u.real_name.casefold().split()[0] == wanted]
        found = exact or first
        return found[0] if len(found) == 1 else None

    # Conversations

    def add_channel(self, name: str, kind: Kind, *, creator: str, members: Iterable[str]) -> Channel:
        prefix = {"channel": "C", "private": "C", "im": "D", "mpim": "C"}[kind]
        channel = Channel(self.new_id(prefix), name, kind, creator, self.unix(), members=list(members))
        self.channels[channel.id] = channel
        if kind in ("im", "mpim"):
            self._directs[frozenset(channel.members)] = channel
        self.hub.changed(None if channel.is_open else channel.members, "sidebar")
        return channel

    def named_channel(self, name: str) -> Channel | None:
        for channel in self.channels.values():
            if channel.name == name and channel.kind in ("channel", "private") and not channel.deleted:
                return channel
        return None

    def direct(self, members: Iterable[str]) -> Channel:
        """The direct conversation of exactly these people; opened when there is none."""
        wanted = sorted(set(members))
        found = self.find_direct(wanted)
        if found:
            return found
        if len(wanted) == 2:
            return self.add_channel("", "im", creator=wanted[0], members=wanted)
        handles = "--".join(self.users[u].name for u in wanted)
        return self.add_channel(f"mpdm-{handles}-1", "mpim", creator=self.bot.id, members=wanted)

    def find_direct(self, members: Iterable[str]) -> Channel | None:
        return self._directs.get(frozenset(members))

    def channels_of(self, user: str) -> list[Channel]:
        return [c for c in self.channels.values() if user in c.members and not c.deleted]

    def is_app_dm(self, channel: Channel) -> bool:
        return channel.kind == "im" and self.bot.id in channel.members

    # Messages

    def find_message(self, channel: Channel, ts: str) -> Message | None:
        for message in reversed(channel.messages):
            if message.ts == ts and not message.deleted:
                return message
        return None

    def replies(self, channel: Channel, ts: str) -> list[Message]:
        return [m for m in channel.messages if m.thread_ts == ts and m.ts != ts and not m.reader]

    def seen_by(self, person: str, channel: Channel) -> Iterator[Message]:
        for message in channel.messages:
            if not message.reader or message.reader == person:
                yield message

    def post(self, channel: Channel, message: Message) -> Message:
        channel.messages.append(message)
        if message.user in channel.members and not message.reader and message.user != self.bot.id:
            channel.read[message.user] = message.ts
        if message.by_bot:
            self.posted.append(message)
        self._announce(channel, message, "message")
        return message

    def say(self, channel: Channel, user: str, text: str, **more: object) -> Message:
        """A line by a person or by Slack itself (more: subtype, thread_ts)."""
        message = Message(self.new_ts(), channel.id, user, text, mentions=frozenset(MENTION.findall(text)))
        for key, value in more.items():
            setattr(message, key, value)
        return self.post(channel, message)

    def touched(self, channel: Channel, message: Message) -> None:
        """Says that a message looks different now."""
        self._announce(channel, message, "message_changed")

    def _announce(self, channel: Channel, message: Message, what: str) -> None:
        readers = [message.reader] if message.reader else list(channel.members)
        keys = [f"channel:{channel.id}", "sidebar"]
        if message.thread_ts:
            keys.append(f"thread:{channel.id}:{message.thread_ts}")
        elif what == "message_changed":
            keys.append(f"thread:{channel.id}:{message.ts}")
        viewers = None if channel.is_open and not message.reader else readers
        self.hub.changed(viewers, *keys)
        self.hub.tell(readers, what, channel=channel.id, ts=message.ts)

    # Blocks

    def stamped(self, blocks: list[Json], before: list[Json] | None = None) -> list[Json]:
        """A copy in which every block has a block_id and every element an action_id, as Slack gives them.

        With the blocks that stood there `before`, one that can be clicked as it could be keeps its block_id, so that
        a click that crosses an edit still finds what it was meant for.
        """
        fresh = copy.deepcopy(blocks)
        given = {block.get("block_id") for block in every_block(fresh)}
        known = {_clickable(b): b["block_id"] for b in every_block(before or []) if b["block_id"] not in given}
        for block in every_block(fresh):
            kept = known.pop(_clickable(block), "")
            block.setdefault("block_id", kept or _code(next(self._numbers) * 104_729)[-5:])
            for element in elements_of(block):
                element.setdefault("action_id", _code(next(self._numbers) * 104_729)[-5:])
        return fresh


def _clickable(block: Json) -> tuple[tuple[str, str, str], ...]:
    """What can be clicked in the block: each element's kind, action_id and value."""
    return tuple((e["type"], e.get("action_id", ""), str(e.get("value", ""))) for e in elements_of(block))
