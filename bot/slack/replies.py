"""What a handler answers with. One value, or several in a tuple, carried out in order by `attach`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.domain.ids import ChannelId, Timestamp
from bot.slack.blocks import Message, View


@dataclass(frozen=True)
class Reply:
    """Said to the one who asked and to nobody else."""

    message: Message


@dataclass(frozen=True)
class Refusal:
    """A rule, or Slack, said no: a sentence to the one who asked; under a field of the form where it came from one."""

    sentence: str


@dataclass(frozen=True)
class Replace:
    """The message with the button becomes this one."""

    message: Message


@dataclass(frozen=True)
class Modal:
    """A form opens; on top of the one it was asked from, if any."""

    view: View


@dataclass(frozen=True)
class Turn:
    """The form that is open turns into this one."""

    view: View


@dataclass(frozen=True)
class Errors:
    """The form stays; a sentence stands under each of these inputs (block id → sentence)."""

    fields: Mapping[str, str]


@dataclass(frozen=True)
class Close:
    """The form closes, and those below it too."""


@dataclass(frozen=True)
class Post:
    """Said in a channel or thread at once, because of what somebody just did."""

    channel: ChannelId
    message: Message
    thread: Timestamp | None = None


@dataclass(frozen=True)
class Edit:
    """A message of ours is changed."""

    channel: ChannelId
    ts: Timestamp
    message: Message


@dataclass(frozen=True)
class ShowHome:
    """The member's Home tab is drawn again."""


@dataclass(frozen=True)
class Options:
    """The options of a menu: (text, value) pairs, the first hundred are shown."""

    options: Sequence[tuple[str, str]] = field(default=())


Answer = Reply | Refusal | Replace | Modal | Turn | Errors | Close | Post | Edit | ShowHome | Options
Answers = Answer | tuple[Answer, ...] | None
