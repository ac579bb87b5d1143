"""Check-in rounds and what was answered in them; the answers are sealed."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import (
    Column,
    Date,
    Index,
    Integer,
    Row,
    String,
    Table,
    Text,
    UniqueConstraint,
    and_,
    cast,
    exists,
    select,
)
from sqlalchemy.sql import ColumnElement

from bot.domain.checkins import Answer, Round, RoundState
from bot.domain.circles import CircleState
from bot.domain.errors import Gone
from bot.domain.ids import CircleId, MemberId, RoundId
from bot.domain.prompts import FAMILIES
from bot.store.base import Asked, Earliest, Given, Repository, at_once, earliest, metadata, team_column
from bot.store.circles import circles
from bot.store.messages import messages
from bot.store.types import Moment, Sealed

rounds = Table(
    "checkin_rounds",
    metadata,
    Column("id", Integer, primary_key=True),
    team_column(),
    Column("circle", Integer, nullable=False),
    Column("week", Date, nullable=False),
    Column("opens", Moment, nullable=False),
    Column("closes", Moment, nullable=False),
    Column("family", String(20), nullable=False),
    Column("prompt", Text, nullable=False),
    Column("own_prompt", Sealed("checkin_rounds.own_prompt")),
    Column("state", String(10), nullable=False),
    Column("version", Integer, nullable=False),
    Column("look_at", Moment),
    UniqueConstraint("team", "circle", "week"),
    Index("ix_checkin_rounds_open", "team", "state", "opens"),
    Index("ix_checkin_rounds_look", "team", "look_at"),
)

answers = Table(
    "checkin_answers",
    metadata,
    Column("id", Integer, primary_key=True),
    team_column(),
    Column("round", Integer, nullable=False),
    Column("member", String(20), nullable=False),
    Column("text", Sealed("checkin_answers.text"), nullable=False),
    Column("help", Sealed("checkin_answers.help"), nullable=False),
    Column("helper", String(20)),
    Column("version", Integer, nullable=False),
    UniqueConstraint("team", "round", "member"),
)

SHIPPED = frozenset(prompt for family in FAMILIES for prompt in family.prompts)
CLOSED_THREAD = "checkins.thread-closed"
"""The mark that a round's question says by now that it has closed."""
LATELY = timedelta(days=14)
IS_OPEN = rounds.c.state == RoundState.OPEN.value


class Checkins(Repository):
    async def get(self, this: RoundId) -> Round:
        row = await self.first(select(rounds).where(self.mine(rounds, rounds.c.id == this)))
        if row is None:
            raise Gone("That check-in isn't there any more. `/mentor checkin` opens this week's.")
        return _round(row)

    def earliest_without(self, week: Given, otherwise: Given) -> Earliest:
        """At once where `circles_without` finds any for this week, else that moment."""
        return at_once(self._without(week), otherwise=otherwise)

    async def circles_without(self, week: date) -> list[CircleId]:
        """Active circles that have no round of that week yet."""
        waiting = self._without(week)
        return [
            CircleId(row.id) for row in await self.rows(select(circles.c.id).where(waiting).order_by(circles.c.id))
        ]

    async def families_of(self, numbers: Collection[CircleId]) -> dict[CircleId, list[str]]:
        """What was asked in each circle so far, oldest first; weeks that were left out do not count."""
        found: dict[CircleId, list[str]] = defaultdict(list)
        if numbers:
            asked = self.mine(rounds, rounds.c.circle.in_(set(numbers)), rounds.c.family != "")
            question = select(rounds.c.circle, rounds.c.family).where(asked).order_by(rounds.c.week)
            for row in await self.rows(question):
                found[CircleId(row.circle)].append(row.family)
        return found

    async def plan(self, this: Round, look_at: datetime) -> bool:
        """Add a round unless the circle has one that week; whether it is new."""
        return await self.insert_once(rounds, _values(this) | {"version": 1, "look_at": look_at})

    def earliest_look(self) -> Earliest:
        return earliest(rounds.c.look_at, self.mine(rounds, IS_OPEN))

    async def due(self, now: datetime) -> list[Round]:
        """Rounds that are not closed and for which the bot may have something to do now."""
        mine = self.mine(rounds, IS_OPEN, rounds.c.look_at <= now)
        return [_round(row) for row in await self.rows(select(rounds).where(mine).order_by(rounds.c.id))]

    async def look_again(self, this: RoundId, at: datetime) -> None:
        """Not a change that anybody else could have missed."""
        await self.connection.execute(
            rounds.update().where(self.mine(rounds, rounds.c.id == this)).values(look_at=at)
        )

    async def unopened(self, circle: CircleId, now: datetime) -> list[Round]:
        """What is planned and has not begun."""
        mine = self.mine(rounds, IS_OPEN, rounds.c.circle == circle, rounds.c.opens > now)
        return [_round(row) for row in await self.rows(select(rounds).where(mine).order_by(rounds.c.id))]

    async def rehour(self, this: Round, look_at: datetime) -> None:
        mine = self.mine(rounds, rounds.c.id == this.id)
        values = {"opens": this.opens_at, "closes": this.closes_at, "look_at": look_at}
        await self.run(rounds.update().where(mine).values(version=rounds.c.version + 1, **values))

    async def close(self, this: RoundId) -> bool:
        """Whether it was still open; of several replicas one closes it."""
        mine = self.mine(rounds, rounds.c.id == this, rounds.c.state == RoundState.OPEN.value)
        closed = rounds.update().where(mine).values(state=RoundState.CLOSED.value, version=rounds.c.version + 1)
        return (await self.run(closed)).rowcount == 1

    def earliest_to_tidy(self, asked: Asked) -> Earliest:
        """At once where a round has closed and its question still looks open."""
        return at_once(self._untidy(asked.moment(lambda now: now - LATELY)))

    async def to_tidy(self, now: datetime) -> list[Round]:
        found = await self.rows(select(rounds).where(self._untidy(now - LATELY)).order_by(rounds.c.id))
        return [_round(row) for row in found]

    def _untidy(self, since: datetime | Given) -> ColumnElement[bool]:
        def told(kind: str) -> ColumnElement[bool]:
            same = messages.c.subject == cast(rounds.c.id, String)
            return exists().where(messages.c.team == rounds.c.team, messages.c.kind == kind, same)

        closed = rounds.c.state == RoundState.CLOSED.value
        lately = rounds.c.opens > since
        return self.mine(rounds, closed, lately, told("checkins.thread"), ~told(CLOSED_THREAD))

    async def open_for(
        self, numbers: Collection[CircleId], member: MemberId, now: datetime
    ) -> list[tuple[Round, Answer | None]]:
        """The open rounds of these circles, each with what the member answered; one question."""
        if not numbers:
            return []
        own = and_(answers.c.team == rounds.c.team, answers.c.round == rounds.c.id, answers.c.member == member)
        question = (
            select(rounds, *(column.label(f"own_{column.name}") for column in answers.c))
            .select_from(rounds.outerjoin(answers, own))
            .where(
                self.mine(
                    rounds,
                    rounds.c.circle.in_(set(numbers)),
                    rounds.c.state == RoundState.OPEN.value,
                    rounds.c.opens <= now,
                    rounds.c.closes > now,
                )
            )
            .order_by(rounds.c.closes, rounds.c.id)
        )
        return [(_round(row), _own(row)) for row in await self.rows(question)]

    async def answers_of(self, numbers: Collection[RoundId]) -> dict[RoundId, list[tuple[int, Answer]]]:
        """What was answered in each round, with the answers' numbers; one question."""
        found: dict[RoundId, list[tuple[int, Answer]]] = {number: [] for number in numbers}
        if numbers:
            mine = self.mine(answers, answers.c.round.in_(set(numbers)))
            for row in await self.rows(select(answers).where(mine).order_by(answers.c.id)):
                found[RoundId(row.round)].append((row.id, _answer(row)))
        return found

    async def answer(self, number: int) -> Answer:
        row = await self.first(select(answers).where(self.mine(answers, answers.c.id == number)))
        if row is None:
            raise Gone("That answer isn't there any more.")
        return _answer(row)

    async def help_in(self, numbers: Collection[int]) -> dict[int, str]:
        """What help is wanted in each of these answers."""
        mine = self.mine(answers, answers.c.id.in_(set(numbers)))
        found = await self.rows(select(answers.c.id, answers.c.help).where(mine))
        return {row.id: row.help for row in found}

    async def answer_by(self, this: RoundId, member: MemberId) -> tuple[int, Answer] | None:
        mine = self.mine(answers, answers.c.round == this, answers.c.member == member)
        row = await self.first(select(answers).where(mine))
        return (row.id, _answer(row)) if row else None

    async def save_answer(self, given: Answer) -> int:
        """Add the answer, or put it in place of the member's former one; its number."""
        said = {"text": given.text, "help": given.help}
        key = {"round": given.round, "member": given.member}
        if not await self.insert_once(answers, {**key, **said, "helper": None, "version": 1}):
            mine = self.mine(answers, answers.c.round == given.round, answers.c.member == given.member)
            await self.run(answers.update().where(mine).values(version=answers.c.version + 1, **said))
        known = await self.answer_by(given.round, given.member)
        if known is None:
            raise Gone
        return known[0]

    async def give_help(self, number: int, helper: MemberId) -> bool:
        """Whether this is the first who picks it up."""
        mine = self.mine(answers, answers.c.id == number, answers.c.helper.is_(None))
        return (await self.run(answers.update().where(mine).values(helper=helper))).rowcount == 1

    def _without(self, week: date | Given) -> ColumnElement[bool]:
        same = and_(rounds.c.team == circles.c.team, rounds.c.circle == circles.c.id, rounds.c.week == week)
        return self.mine(circles, circles.c.state == CircleState.ACTIVE.value, ~exists().where(same))


def _round(row: Row[Any]) -> Round:
    return Round(
        id=RoundId(row.id),
        circle=CircleId(row.circle),
        week=row.week,
        opens_at=row.opens,
        closes_at=row.closes,
        family=row.family,
        prompt=row.prompt or row.own_prompt or "",
        state=RoundState(row.state),
        version=row.version,
    )


def _values(this: Round) -> dict[str, Any]:
    return {
        "circle": this.circle,
        "week": this.week,
        "opens": this.opens_at,
        "closes": this.closes_at,
        "family": this.family,
        **_asked(this.prompt),
        "state": this.state.value,
    }


def _asked(prompt: str) -> dict[str, Any]:
    """What ships is no secret; what a program wrote itself is sealed."""
    return {"prompt": prompt, "own_prompt": None} if prompt in SHIPPED else {"prompt": "", "own_prompt": prompt}


def _answer(row: Row[Any]) -> Answer:
    helper = MemberId(row.helper) if row.helper else None
    return Answer(RoundId(row.round), MemberId(row.member), row.text, row.help, helper)


def _own(row: Row[Any]) -> Answer | None:
    if row.own_id is None:
        return None
    helper = MemberId(row.own_helper) if row.own_helper else None
    return Answer(RoundId(row.own_round), MemberId(row.own_member), row.own_text, row.own_help, helper)
