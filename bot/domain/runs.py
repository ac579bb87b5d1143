"""A session under way: which stage it is in, since when, until when, and what the people in it can do about that.

The plan is made once, when somebody starts it; from then on the clock alone moves it. So it does not matter how often
anybody looks, or whether nobody looked for a while: the same moment gives the same stage.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import accumulate, pairwise

from bot.domain.circles import Circle
from bot.domain.duties import Duty
from bot.domain.errors import Refused
from bot.domain.ids import CircleId, MemberId, SessionId
from bot.domain.protocols import Protocol, Stage, for_the_first
from bot.domain.sessions import Session, SessionState

EARLY = timedelta(minutes=10)
"""How long before the hour the facilitator may start."""
EXTRA = timedelta(minutes=2)
LATE_IS_SHORTER = timedelta(minutes=15)
"""Who starts later than this gets the whole time; up to then the stages shrink and the session ends when it was to end."""
MOST_EXTRA = timedelta(minutes=30)
FORGOTTEN = timedelta(hours=1)
"""A pause that lasts longer is none: everybody has gone home."""
A_MEETING = timedelta(hours=12)
"""What takes longer is none."""
GRAIN = 15
"""Seconds to which the length of a stage is rounded where it was stretched."""


@dataclass(frozen=True)
class Leg:
    """A stage as it is spent in this one session."""

    name: str
    says: str
    length: timedelta
    lines: Mapping[Duty, str]
    seat: int | None = None
    two: bool = False


@dataclass(frozen=True)
class Run:
    session: SessionId
    circle: CircleId
    protocol: str
    """Its key."""
    title: str
    legs: tuple[Leg, ...]
    started: datetime
    by: MemberId | None
    """Who started it; nobody where the hour did."""
    facilitator: MemberId | None
    began: datetime
    """When the stage it is in began."""
    until: datetime
    """When that stage ends, unless it is paused."""
    place: int = 0
    paused: datetime | None = None
    extra: timedelta = timedelta()
    """What was added by hand."""
    over: datetime | None = None
    version: int = 1

    @property
    def leg(self) -> Leg:
        return self.legs[min(self.place, len(self.legs) - 1)]

    @property
    def coming(self) -> tuple[Leg, ...]:
        return self.legs[self.place + 1 :]

    @property
    def is_live(self) -> bool:
        return self.over is None

    @property
    def is_written(self) -> bool:
        """Over days, whenever it suits each of them."""
        return sum((leg.length for leg in self.legs), timedelta()) > A_MEETING

    @property
    def look_at(self) -> datetime | None:
        """When something happens by itself."""
        if not self.is_live:
            return None
        return self.paused + FORGOTTEN if self.paused else self.until

    def ends(self, now: datetime) -> datetime:
        """When it is over, if nothing changes."""
        if self.over is not None:
            return self.over
        waited = now - self.paused if self.paused else timedelta()
        return self.until + waited + sum((leg.length for leg in self.coming), timedelta())

    def ahead(self) -> list[tuple[datetime, Leg]]:
        """The stages to come, and when each begins if nothing changes."""
        passed = accumulate((leg.length for leg in self.coming), initial=timedelta())
        return [(self.until + before, leg) for before, leg in zip(passed, self.coming, strict=False)]


def start(session: Session, protocol: Protocol, *, now: datetime, by: MemberId | None, is_first: bool = False) -> Run:
    # By the full minute, so that what is shown without seconds is true.
    now = now.replace(second=0, microsecond=0)
    lengths = _lengths(protocol.stages, _time_for(session, now))
    stages = [for_the_first(stage) if is_first else stage for stage in protocol.stages]
    legs = tuple(
        Leg(stage.name, stage.says, length, stage.lines, stage.seat, stage.two)
        for stage, length in zip(stages, lengths, strict=True)
    )
    return Run(
        session=session.id,
        circle=session.circle,
        protocol=protocol.key,
        title=protocol.name,
        legs=legs,
        started=now,
        by=by,
        facilitator=None,
        began=now,
        until=now + legs[0].length,
    )


def _time_for(session: Session, now: datetime) -> timedelta:
    whole = session.ends - session.starts
    late = now - session.starts
    return whole - late if timedelta() < late <= min(LATE_IS_SHORTER, whole / 3) else whole


def _lengths(stages: Sequence[Stage], time: timedelta) -> list[timedelta]:
    """In proportion, to the quarter minute; together exactly the time there is."""
    total = sum(stage.minutes for stage in stages)
    ends = list(accumulate(stage.minutes for stage in stages))
    cuts = [timedelta(seconds=GRAIN * round(time.total_seconds() * end / total / GRAIN)) for end in ends[:-1]]
    return [later - earlier for earlier, later in pairwise([timedelta(), *cuts, time])]


def check_start(
    session: Session, circle: Circle, member: MemberId, *, facilitator: MemberId | None, now: datetime
) -> None:
    """At the hour anybody of the circle may start; the facilitator a little before."""
    if member not in circle.members:
        raise Refused("Only members of this circle can start its session.")
    if session.state is SessionState.SKIPPED:
        raise Refused("That session is left out, so there is nothing to start.")
    if session.state not in (SessionState.PLANNED, SessionState.OPEN) or now >= session.ends:
        raise Refused("That session is over. `/mentor circle schedule` shows the next one.")
    if now < session.starts - EARLY:
        raise Refused("It is too early. Start it when you are together, from ten minutes before the hour.")
    if now < session.starts and member != facilitator:
        raise Refused("The facilitator can start early. At the hour anybody can.")


def advanced(run: Run, now: datetime) -> tuple[Run, list[int]]:
    """As it stands by the clock, and the stages that were entered on the way."""
    entered: list[int] = []
    while run.is_live and not run.paused and run.until <= now:
        run = _next(run, run.until)
        entered += [run.place] if run.is_live else []
    if run.paused and now >= run.paused + FORGOTTEN:
        run = replace(run, over=run.paused)
    return run, entered


def paused(run: Run, now: datetime) -> Run:
    _check_live(run)
    return run if run.paused else replace(run, paused=now)


def resumed(run: Run, now: datetime) -> Run:
    _check_live(run)
    if run.paused is None:
        return run
    return replace(run, paused=None, until=run.until + (now - run.paused))


def skipped(run: Run, now: datetime) -> Run:
    """On to the next stage; out of a pause too. After the last one it is over."""
    _check_live(run)
    return replace(_next(run, now), paused=None)


def extended(run: Run) -> Run:
    _check_live(run)
    if run.extra + EXTRA > MOST_EXTRA:
        raise Refused("That is half an hour more already. End here and take the rest to the next session.")
    return replace(run, until=run.until + EXTRA, extra=run.extra + EXTRA)


def ended(run: Run, now: datetime) -> Run:
    _check_live(run)
    return replace(run, over=now, paused=None)


def handed_over(run: Run, to: MemberId, circle: Circle) -> Run:
    _check_live(run)
    if to not in circle.members:
        raise Refused("Choose somebody who is in this circle.")
    return replace(run, facilitator=to)


def check_steers(run: Run, roles: Mapping[Duty, MemberId], member: MemberId) -> None:
    """The facilitator and the timekeeper steer; anybody else can take over first."""
    if member not in (run.facilitator, roles.get(Duty.TIMEKEEPER)):
        raise Refused(
            "The facilitator and the timekeeper steer. If they are not there, choose *Take over* behind the “…”."
        )


def _next(run: Run, at: datetime) -> Run:
    if not run.coming:
        return replace(run, over=at)
    following = replace(run, place=run.place + 1, began=at)
    return replace(following, until=at + following.leg.length)


def _check_live(run: Run) -> None:
    if not run.is_live:
        raise Refused("That session is over.")
