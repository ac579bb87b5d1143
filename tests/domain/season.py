"""A circle's season in memory, week by week, for the tests of the rotation."""

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from bot.domain import hotseat
from bot.domain.circles import Seat
from bot.domain.hotseat import Jump, Ledger, Meeting, Pass, Reserve, Swap
from bot.domain.ids import MemberId

START = datetime(2026, 1, 5, 15, tzinfo=UTC)
WEEK = timedelta(weeks=1)


@dataclass
class Season:
    """A circle that meets week by week; each week is planned, held as planned, and written down."""

    seats: list = field(default_factory=list)
    meetings: list = field(default_factory=list)
    swaps: list = field(default_factory=list)
    passes: list = field(default_factory=list)
    jumps: list = field(default_factory=list)
    reserves: list = field(default_factory=list)
    chairs: int = 1

    def ledger(self, ahead=6):
        planned = [Meeting(session=week, starts=START + week * WEEK) for week in range(self.week, self.week + ahead)]
        return Ledger(
            seats=tuple(self.seats),
            meetings=(*self.meetings, *planned),
            swaps=tuple(self.swaps),
            passes=tuple(self.passes),
            jumps=tuple(self.jumps),
            reserves=tuple(self.reserves),
            chairs=self.chairs,
        )

    @property
    def week(self):
        return len(self.meetings) + 1

    @property
    def now(self):
        """Some days before the next session, each time a minute later."""
        return START + self.week * WEEK - timedelta(days=3) + timedelta(minutes=len(self.swaps) + len(self.seats))

    @property
    def members(self):
        return [seat.member for seat in self.seats if seat.left is None]

    def join(self, *members):
        for member in members:
            self.seats.append(Seat(member, self.now))

    def leave(self, member):
        self.seats = [
            replace(seat, left=self.now) if seat.member == member and seat.left is None else seat
            for seat in self.seats
        ]

    def swap(self, one, other):
        swap = Swap(self.now, one, other)
        hotseat.check_swap(self.ledger(), swap)
        self.swaps.append(swap)

    def pass_on(self, member):
        a_pass = Pass(member, self.week)
        hotseat.check_pass(self.ledger(), a_pass)
        self.passes.append(a_pass)

    def jump_in(self, member):
        jump = Jump(self.now, member, self.week)
        hotseat.check_jump(self.ledger(), jump, self.now)
        self.jumps.append(jump)

    def stand_by(self, member, *, ready):
        reserve = Reserve(member, self.week, ready)
        hotseat.check_reserve(self.ledger(), reserve)
        self.reserves = [one for one in self.reserves if (one.member, one.session) != (member, self.week)]
        self.reserves.append(reserve)

    def plan(self, away=()):
        ledger = self.ledger()
        meetings = [
            replace(meeting, away=frozenset(away)) if meeting.session == self.week else meeting
            for meeting in ledger.meetings
        ]
        return hotseat.look_ahead(replace(ledger, meetings=tuple(meetings)))

    def hold(self, away=(), sat=None, held=True):
        turn = self.plan(away)[0]
        meeting = Meeting(
            session=self.week,
            starts=START + self.week * WEEK,
            held=held,
            sat=turn.sits if sat is None else tuple(sat),
            roles=turn.roles,
            away=frozenset(away),
        )
        self.meetings.append(meeting)
        return turn

    def sitters(self, sessions=6):
        return "".join("".join(turn.sits) for turn in hotseat.look_ahead(self.ledger(), sessions, roles=()))


def a_season(members="ABCD", **changes):
    season = Season(**changes)
    season.join(*members)
    return season


def times_sat(ledger: Ledger) -> Counter[MemberId]:
    """How often everybody had the seat, counted from what was held."""
    return Counter(who for meeting in ledger.meetings if meeting.held for who in meeting.sat)
