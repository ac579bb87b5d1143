"""Three weeks of many members, hour by hour, who change their minds, pause and settle as chance will have it.

Whatever they do: one receipt, at most one mid-point and one last reminder for each place, in nobody's quiet hours, and
no word about what is settled.
"""

import random
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from bot.domain import reminders, when
from bot.domain.commitments import CommitmentState, Promise
from bot.domain.errors import Refused
from bot.domain.ids import CommitmentId
from bot.feature import Moot, Send, Wait
from bot.features.commitments import flows, letters, nudges
from bot.features.commitments.flows import Outcome
from bot.features.commitments.form import Typed
from bot.slack.requests import Request
from bot.store.outbox import outbox
from tests.builders import an_id
from tests.letters import letters_of
from tests.mannered import outcome_of

ZONES = ["Europe/Berlin", "America/Los_Angeles", "Asia/Kolkata", "Pacific/Auckland"]
NAMES = ["Ana", "Bo", "Chi", "Dee"]
KINDS = ("receipt", "midpoint", "reminder")
LETTERS = {kind.kind: kind for kind in letters.LETTERS}
WAYS = ("settle", "move", "reword", "pause", "stuck", "nothing", "nothing", "nothing")


@dataclass
class Season:
    """What was sent: the kind, whom, and the slots it was about."""

    deps: object
    team: str
    session: int
    chance: random.Random
    told: Counter = field(default_factory=Counter)
    messages: Counter = field(default_factory=Counter)
    days: dict = field(default_factory=dict)

    async def tick(self):
        async with self.deps.store.open_work(self.team) as work:
            await nudges.remind(work, self.deps.now())
        for letter in await letters_of(self.deps.store, self.team):
            if letter.due <= self.deps.now():
                await self.deliver(letter)

    async def deliver(self, letter):
        async with self.deps.store.open_work(self.team) as work:
            outcome = await outcome_of(work, letter, self.deps.now(), LETTERS)
            values = {"due": outcome.until} if isinstance(outcome, Wait) else {"state": "sent"}
            await work.connection.execute(outbox.update().where(outbox.c.id == letter.id).values(**values))
            if isinstance(outcome, Send):
                await self.look_at(work, letter, outcome)
            else:
                assert isinstance(outcome, Moot) or outcome.until > self.deps.now()

    async def look_at(self, work, letter, sent):
        owner = await work.members.get(letter.to)
        if letter.kind != "commitments.receipt":
            assert not when.is_quiet(self.deps.now(), owner.tz)
            assert owner.is_reachable(self.deps.now())
        self.messages[letter.kind, letter.to] += 1
        for block in sent.message.blocks:
            if block.get("block_id", "").startswith("of-"):
                one = await work.commitments.get(CommitmentId(int(block["block_id"][3:])))
                assert one.is_under_way and one.owner == letter.to
                self.told[letter.kind, one.owner, one.slot] += 1

    async def live(self, name):
        """Now and then somebody does something."""
        by = Request(self.team, an_id(name))
        async with self.deps.store.open_view(self.team) as work:
            under_way = await work.commitments.open_or_in(by.member, [])
        way = self.chance.choice(WAYS)
        if under_way and way != "nothing":
            await self.act(by, way, self.chance.choice(under_way))

    async def act(self, by, way, one):
        day = one.by + timedelta(days=self.chance.randint(-4, 6))
        try:
            match way:
                case "settle":
                    await flows.settle_it(by, one.id, Outcome(CommitmentState.KEPT), self.deps)
                case "move":
                    await flows.move(by, one.id, day, self.deps)
                case "reword":
                    words = f"do another thing number {self.chance.randint(1, 999)}"
                    changed = Promise(words, day if self.chance.random() < 0.5 else one.by)
                    await flows.change_it(by, one.id, Typed(changed, asked=True), self.deps)
                case "stuck":
                    await flows.report_on(by, one.id, CommitmentState.STUCK, self.deps)
                case "pause":
                    until = self.deps.now() + timedelta(hours=self.chance.randint(1, 90))
                    async with self.deps.store.open_work(self.team) as work:
                        await work.members.save(replace(await work.members.get(by.member), paused_until=until))
        except Refused:
            return

    async def begin(self):
        async with self.deps.store.open_work(self.team) as work:
            for name in NAMES:
                known = await work.members.get(an_id(name))
                await work.members.save(replace(known, zone=self.chance.choice(ZONES)))
        for name in NAMES:
            for number in (1, 2):
                day = when.local(self.deps.now(), "UTC").date() + timedelta(days=self.chance.randint(2, 14))
                self.days[an_id(name), number] = day
                promise = Promise(f"do thing number {number}", day)
                await flows.make(
                    Request(self.team, an_id(name)), self.session, Typed(promise, asked=True), deps=self.deps
                )


@pytest.mark.database("sqlite")
@pytest.mark.parametrize(("seed", "restless"), [(1, 0.0), (2, 0.0), (3, 0.15), (4, 0.15), (5, 0.3)])
async def test_nobody_hears_more_than_was_promised(deps, team, oak, clock, seed, restless):
    season = Season(deps, team, oak.first.id, random.Random(seed))
    await season.begin()
    for _step in range(8 * 16):
        clock.forward(hours=3)
        for name in NAMES:
            if season.chance.random() < restless:
                await season.live(name)
        await season.tick()
    assert set(season.told.values()) == {1}
    assert all(count == 1 for (kind, _owner), count in season.messages.items() if kind == "commitments.receipt")
    assert max(season.messages.values()) <= 2
    if not restless:
        assert {kind for kind, _owner in season.messages} == {f"commitments.{kind}" for kind in KINDS}
        for name in NAMES:
            one, two = (
                when.working_days_before(season.days[an_id(name), slot], reminders.LAST_DAYS) for slot in (1, 2)
            )
            near = abs(one - two) <= reminders.NEAR
            assert season.messages["commitments.reminder", an_id(name)] <= (1 if near else 2)
