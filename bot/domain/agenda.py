"""What an agenda is made of: everything that is known of a session two working days before it begins.

A value of its own, so that the agenda looks the same whether it is posted, edited after a tap, or shown elsewhere.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.domain.circles import Circle
from bot.domain.commitments import Audience, Commitment
from bot.domain.hotseat import Turn
from bot.domain.ids import MemberId
from bot.domain.protocols import Protocol
from bot.domain.sessions import Presence, Session, protocol_of
from bot.domain.shipped import protocol_named

READ_BACK = 8
"""How many commitments an agenda lists; the rest is a number."""


@dataclass(frozen=True)
class AgendaFacts:
    circle: Circle
    session: Session
    turn: Turn | None = None
    """Who sits and who has which role; None where the order is not known."""
    questions: Mapping[MemberId, str] = field(default_factory=dict)
    """What the presenters ask, where they sent it to the circle."""
    promises: Sequence[Commitment] = ()
    """What was promised last time and shared with the circle, by owner."""
    parked: str = ""
    """What was put aside last time."""
    is_first: bool = False
    """The circle has not met before, so there is nothing to look back on."""
    paused: frozenset[MemberId] = frozenset()
    """Members on a break when the session takes place."""
    own_protocol: Protocol | None = None
    """How it is spent, where the program has a form of its own."""

    @property
    def protocol(self) -> Protocol:
        return self.own_protocol or protocol_named(protocol_of(self.session, self.circle))

    @property
    def coming(self) -> tuple[MemberId, ...]:
        said = self.session.marked(Presence.COMING) + self.session.marked(Presence.PRESENT)
        return tuple(member for member in self.circle.members if member in said)

    @property
    def away(self) -> tuple[MemberId, ...]:
        said = {*self.session.marked(Presence.AWAY), *self.session.marked(Presence.MISSED), *self.paused}
        return tuple(member for member in self.circle.members if member in said and member not in self.coming)

    @property
    def silent(self) -> tuple[MemberId, ...]:
        answered = {*self.coming, *self.away}
        return tuple(member for member in self.circle.members if member not in answered)


def to_read_back(commitments: Sequence[Commitment], circle: Circle) -> list[Commitment]:
    """Those the circle may see, of people who are still in it."""
    shared = (one for one in commitments if one.audience is Audience.CIRCLE and one.owner in circle.members)
    return sorted(shared, key=lambda one: (one.owner, one.id))
