"""What a feature is: `Deps` in, a `Feature` out.

A feature declares what it answers (routes), what it promises to say (letters), what it watches for (nudges), what it
must still do in Slack (chores), and what it shows at Home. `app` gathers them; features never import each other.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.background import Background
from bot.domain.ids import ChannelId, MemberId, TeamId, Timestamp
from bot.domain.manners import Manner, Topic
from bot.domain.templates import Template
from bot.slack.blocks import Block, Message
from bot.slack.directory import Directory
from bot.slack.gateway import Gateway
from bot.slack.routes import CommandRoute, Routes
from bot.store.base import Asked, Earliest, Truth
from bot.store.messages import Place
from bot.store.outbox import Letter
from bot.store.unit_of_work import Store, Work


@dataclass(frozen=True)
class Send:
    """The letter, as it reads now. With `thread` it goes below that message; with `channel` it goes there instead."""

    message: Message
    thread: Timestamp | None = None
    channel: ChannelId | None = None
    edits: Place | None = None
    """Where a message of ours stands that becomes this one."""
    also: tuple[str, ...] = ()
    """The keys of other letters that are in this message."""


@dataclass(frozen=True)
class Moot:
    """Not wanted any more; `why` is for the operator and holds nothing private."""

    why: str


@dataclass(frozen=True)
class Wait:
    """Not yet: look again at this moment. `why` is for the operator."""

    until: datetime
    why: str = ""


Outcome = Send | Moot | Wait
Compose = Callable[[Work, Letter, datetime], Awaitable[Outcome]]
"""Asked under the claim's own transaction, right before sending: is the letter still wanted, and how does it read?"""


@dataclass(frozen=True)
class LetterKind:
    """A kind of letter, named `concept.word` as in the outbox and in its snapshot."""

    kind: str
    compose: Compose
    manner: Manner
    """What it is to its reader: whether, when and in which message it goes is decided by this, in `domain.manners`."""
    topic: Topic | None = None
    """By what a member can turn it off, where it is a nudge."""
    deadline: str = ""
    """What ends its use, in words; each letter of the kind is promised with the moment at which that is."""
    item: str = ""
    """What it brings up again, where it is a reminder: two of one item about one subject, and then there is silence."""


Due = Callable[[Work, Asked], Earliest]
"""When there is something to do next. Called once, to put the question together; what goes by the time is `Asked`. All
are asked at once, and mostly the answer is a moment still to come."""


def standing(question: Callable[[Work], Earliest]) -> Due:
    """A question that does not go by what time it is."""
    return lambda work, _asked: question(work)


@dataclass(frozen=True)
class Nudge:
    """Finds what is due soon in one workspace and adds letters; any number of replicas may run it for the same minute.

    Runs every minute, in a block that it shares with the others. Plans no further than a day ahead, so that most
    changes need no cancelling.
    """

    name: str
    plan: Callable[[Work, datetime], Awaitable[None]]
    due: Due | None = None
    ahead: timedelta = timedelta()
    """How long before it is due it is planned."""


@dataclass(frozen=True)
class Chore:
    """Something still to be done in Slack itself that is not a message (a channel to make). Safe to run again."""

    name: str
    run: Callable[["Deps", TeamId], Awaitable[None]]
    due: Due | None = None
    """Without it, the chore finds out for itself."""
    ahead: timedelta = timedelta()


Draw = Callable[[Work, MemberId, datetime], Awaitable[list[Block]]]


@dataclass(frozen=True)
class HomeSection:
    """A part of the Home tab. `order` is where it stands; `draw` asks a constant number of questions."""

    order: int
    draw: Draw
    brief: Draw | None = None
    """What `/mentor` alone says of it, a line or two for each thing; without it the same as at Home."""
    has: Callable[[Work, MemberId], Truth] | None = None
    """Whether the member has anything there. All sections are asked in one question, and one without is not drawn."""
    empty: Sequence[Block] = ()
    """What stands at Home in place of a section that has nothing."""


async def draw_home(
    sections: Sequence[HomeSection], work: Work, member: MemberId, now: datetime, *, brief: bool = False
) -> list[list[Block]]:
    """Each section's part for Home, in order; with `brief` what `/mentor` says of it."""
    asked = {str(place): part.has(work, member) for place, part in enumerate(sections) if part.has is not None}
    there = await work.truths(asked)
    parts = []
    for place, part in enumerate(sections):
        if there.get(str(place), True):
            draw = part.brief or part.draw if brief else part.draw
            parts.append(await draw(work, member, now))
        else:
            parts.append([] if brief else list(part.empty))
    return parts


@dataclass(frozen=True)
class Editable:
    """A text that a program may make its own, and how it looks where it is used; blanks are filled in by then."""

    template: Template
    preview: Callable[[str], list[Block]]


@dataclass(frozen=True)
class Feature:
    name: str
    routes: Routes = field(default_factory=Routes)
    letters: Sequence[LetterKind] = ()
    nudges: Sequence[Nudge] = ()
    chores: Sequence[Chore] = ()
    home: Sequence[HomeSection] = ()
    templates: Sequence[Editable] = ()
    """Texts that a program may make its own; read as it has them by `work.templates.text`."""


async def _known_to_all(_team: TeamId, _member: MemberId) -> None:
    """Nobody needs to be met: for tests that store their people themselves."""


@dataclass(frozen=True)
class Deps:
    """What a handler may use. Made once by `app`."""

    store: Store
    slack: Gateway
    directory: Directory
    now: Callable[[], datetime]
    meet: Callable[[TeamId, MemberId], Awaitable[None]] = _known_to_all
    """Remember somebody who speaks to us for the first time; see `reception`."""
    background: Background = field(default_factory=Background)
    """What goes on after its request was answered; ended when the bot ends."""
    draw_memory: int = 0
    """How many MiB of memory a draw of circles may take; 0 goes by the size of the program."""
    command: str = "/mentor"
    app_id: str = ""
    public_url: Callable[[], str] = str
    """Where the web server is reached from outside, "" where it isn't."""
    home: Sequence[HomeSection] = ()
    """All features' parts of the Home tab, in order."""
    commands: Sequence[CommandRoute] = ()
    """All subcommands, in the order help shows them."""
    templates: Sequence[Editable] = ()
    """All features' texts that a program may make its own."""
