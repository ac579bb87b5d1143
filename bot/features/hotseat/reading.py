"""What the hot seat's handlers and letters read: a circle, its sessions, and the turns that follow from them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.circles import Circle
from bot.domain.duties import ROLES, Duty
from bot.domain.errors import Gone, Refused
from bot.domain.hotseat import Ledger, Turn, look_ahead, turn_in
from bot.domain.ids import CircleId, MemberId, SessionId
from bot.domain.sessions import Session, SessionState, protocol_of
from bot.domain.shipped import protocol_named
from bot.store.unit_of_work import Work


@dataclass(frozen=True)
class Order:
    """Who sits when in a circle, six sessions ahead. `sessions` are all of the circle's, by start."""

    circle: Circle
    sessions: Sequence[Session]
    ledger: Ledger
    turns: Sequence[Turn]

    def session(self, number: SessionId | None) -> Session | None:
        return next((one for one in self.sessions if one.id == number), None)

    def sitting(self, session: SessionId) -> tuple[MemberId, ...]:
        turn = turn_in(session, self.turns)
        return turn.sits if turn else ()

    def following(self, now: datetime) -> tuple[Turn | None, Session | None]:
        """The next turn that has a date, and that date's session."""
        for turn in self.turns:
            session = self.session(turn.session)
            if session is not None and session.is_ahead and session.starts > now:
                return turn, session
        return None, None

    def next_for(self, member: MemberId, now: datetime) -> Session | None:
        """The session in which the member sits next, where it has a date."""
        for turn in self.turns:
            session = self.session(turn.session)
            if member in turn.sits and session is not None and session.starts > now:
                return session
        return None


async def order_of(work: Work, circle: CircleId) -> Order:
    found = await work.circles.get(circle)
    orders = await orders_of(work, [found])
    return orders[0]


async def orders_of(work: Work, circles: Sequence[Circle], roles: Sequence[Duty] = ROLES) -> list[Order]:
    """For several circles, with a constant number of questions; without the roles it is quicker."""
    sessions = await work.sessions.of_circles([circle.id for circle in circles])
    ledgers = await work.turns.ledgers(circles, sessions)
    return [
        Order(circle, sessions[circle.id], ledgers[circle.id], look_ahead(ledgers[circle.id], roles=roles))
        for circle in circles
    ]


async def own_turn(work: Work, member: MemberId, session: SessionId, now: datetime) -> tuple[Order, Session]:
    """A session in which this member is to sit; refused where the seat is somebody else's by now."""
    found = await work.sessions.get(session)
    order = await order_of(work, found.circle)
    if member not in order.circle.members:
        raise Refused("You are not a member of that circle any more.")
    if not await _takes_briefs(work, found, order.circle, now):
        raise Gone("That session has begun or is over. `/mentor hotseat` shows who sits next.")
    if member not in order.sitting(session):
        raise Refused("That seat is somebody else's by now. `/mentor hotseat` shows who sits when.")
    return order, found


async def _takes_briefs(work: Work, session: Session, circle: Circle, now: datetime) -> bool:
    """Before it begins; in writing also while it goes on."""
    if session.is_ahead:
        return session.starts > now
    written = protocol_named(protocol_of(session, circle)).is_written
    return written and session.state is SessionState.OPEN and now < session.ends


async def only_circle(work: Work, member: MemberId, name: str) -> list[Circle]:
    """The member's circles whose name starts with `name`; all of them where it is empty."""
    mine = await work.circles.of(member)
    return [circle for circle in mine if circle.name.casefold().startswith(name.casefold())]
