"""Calls for help: opened when a round closes, put before one peer after the other, taken, and closed with thanks."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain import checkins, circles, helping, pairing, when
from bot.domain.checkins import Answer, Round
from bot.domain.circles import Circle
from bot.domain.duties import Duty
from bot.domain.helping import Call, CallState, Peer, Reason
from bot.domain.hotseat import look_ahead
from bot.domain.ids import CallId, CircleId, MemberId, RoundId, TeamId
from bot.domain.pairing import Pair
from bot.feature import Deps, standing
from bot.store.base import Earliest
from bot.store.messages import Place
from bot.store.unit_of_work import Work

ASK_LIFE = timedelta(days=4)


@dataclass(frozen=True)
class Taken:
    """A call that somebody takes, what it is about, and where the round's summary stands, to be said anew."""

    call: Call
    answer: Answer
    summary: Place | None = None
    others: Sequence[tuple[int, Answer]] = ()
    counted: checkins.Summary | None = None
    in_pairs: bool = False
    """What was said in pairs is told to nobody else."""


# Opening, when a round closes


async def open_calls(
    work: Work, this: Round, circle: Circle, *, answers: Sequence[tuple[int, Answer]], now: datetime
) -> None:
    for number, given in answers:
        if given.help and given.helper is None and given.member in circle.members:
            call = Call(CallId(0), number, this.id, circle.id, given.member, look_at=now)
            await work.calls.open(call, now)


# Asking, one after the other


@standing
def next_ask(work: Work) -> Earliest:
    return work.calls.earliest_look()


async def ask_around(work: Work, now: datetime) -> None:
    """A constant number of questions, however many calls wait; the facilitators' ledgers only where one is needed."""
    due = await work.calls.due(now)
    if not due:
        return
    known = await _known(work, due, now)
    for call in due:
        await _ask_next(work, call, known, now)


@dataclass(frozen=True)
class _Known:
    circles: Mapping[CircleId, Circle]
    peers: Mapping[MemberId, Peer]
    wanted: Mapping[int, str]
    facilitators: Mapping[CircleId, MemberId]
    pairs: Mapping[RoundId, Sequence[Pair]]

    def of(self, circle: Circle, call: Call) -> list[Peer]:
        partners = pairing.partners(call.asker, [pair.members for pair in self.pairs.get(call.round, ())])
        there = [self.peers[member] for member in circle.members if member in self.peers]
        return [replace(peer, is_partner=peer.member.id in partners) for peer in there]


async def _known(work: Work, due: Sequence[Call], now: datetime) -> _Known:
    found = await work.circles.named({call.circle for call in due})
    people = {member for circle in found.values() for member in circle.members}
    lately = await work.calls.lately(found, now - helping.ASKED_LATELY)
    asked = Counter(member for call in lately for member in call.tried)
    profiles = await work.members.profiles_of(people)
    peers = {
        id: Peer(member, profiles.get(id), asked[id]) for id, member in (await work.members.named(people)).items()
    }
    wanted = await work.checkins.help_in({call.answer for call in due})
    late = {call.circle for call in due if len(call.tried) >= helping.PEERS}
    facilitators = await _facilitators(work, [found[one] for one in late if one in found], now)
    return _Known(found, peers, wanted, facilitators, await work.pairs.of_rounds({call.round for call in due}))


async def _facilitators(work: Work, needed: Collection[Circle], now: datetime) -> dict[CircleId, MemberId]:
    """Who has that role in the circle's next session."""
    if not needed:
        return {}
    sessions = await work.sessions.of_circles([circle.id for circle in needed])
    ledgers = await work.turns.ledgers(list(needed), sessions)
    found = {}
    for circle in needed:
        turn = next(iter(look_ahead(ledgers[circle.id])), None)
        if turn is not None and Duty.FACILITATOR in turn.roles:
            found[circle.id] = turn.roles[Duty.FACILITATOR]
    return found


async def _ask_next(work: Work, call: Call, known: _Known, now: datetime) -> None:
    circle, wanted = known.circles.get(call.circle), known.wanted.get(call.answer, "")
    asker = known.peers.get(call.asker)
    if circle is None or not circle.is_open or call.asker not in circle.members or not wanted or asker is None:
        await work.calls.save(helping.give_up(call))
        return
    ordered = helping.in_order(asker, known.of(circle, call), wanted, now)
    peer = helping.next_to_ask(call, ordered, known.facilitators.get(circle.id))
    if peer is None:
        await _nobody(work, call, asker, now)
        return
    zone = known.peers[peer].member.tz
    due = when.first_good_moment(now, zone)
    await work.calls.save(helping.ask(call, peer, told_at=due, zone=zone))
    await work.outbox.add("checkins.help-asked", call.id, to=peer, due=due, expires=due + ASK_LIFE, key=peer)


async def _nobody(work: Work, call: Call, asker: Peer, now: datetime) -> None:
    await work.calls.save(helping.give_up(call))
    due = when.first_good_moment(now, asker.member.tz)
    await work.outbox.add("checkins.help-none", call.id, to=call.asker, due=due, expires=due + ASK_LIFE)


async def why(work: Work, call: Call, peer: MemberId, now: datetime) -> tuple[Answer, Reason]:
    """What is wanted, and why this peer is asked."""
    answered = await work.checkins.answer(call.answer)
    people = await work.members.named([call.asker, peer])
    profiles = await work.members.profiles_of([call.asker, peer])
    one, other = (Peer(people[who], profiles.get(who)) for who in (call.asker, peer))
    return answered, helping.reason(one, other, answered.help, now)


# Taking it, or not


async def take(team: TeamId, member: MemberId, number: int, deps: Deps) -> Taken:
    """By whoever was asked, or by anybody of the circle who saw it in the summary; `number` is the answer's."""
    now = deps.now()
    async with deps.store.open_work(team) as work:
        answered = await work.checkins.answer(number)
        found = await work.checkins.get(answered.round)
        circle = await work.circles.get(found.circle)
        circles.check_membership(circle, member)
        picked = checkins.pick_up(answered, member)
        is_new = await work.checkins.give_help(number, member)
        if not is_new:
            picked = checkins.pick_up(await work.checkins.answer(number), member)
        call = await _call_of(work, picked, number, circle=circle, now=now)
        if is_new:
            call = helping.take(call, member, circle.members)
            await work.calls.save(call)
            await _tell_both(work, call, now)
        return await _taken(work, call, picked, circle=circle)


async def _call_of(work: Work, picked: Answer, number: int, *, circle: Circle, now: datetime) -> Call:
    """The call about this answer; there is none yet where somebody is quicker than the round's end."""
    call = (await work.calls.of_answers([number])).get(number)
    if call is not None:
        return call
    fresh = Call(CallId(0), number, picked.round, circle.id, picked.member, CallState.TAKEN, helper=picked.helper)
    await work.calls.open(fresh, now)
    return (await work.calls.of_answers([number]))[number]


async def _tell_both(work: Work, call: Call, now: datetime) -> None:
    people = await work.members.named([call.asker, *([call.helper] if call.helper else [])])
    for person in people.values():
        kind = "checkins.helping" if person.id == call.helper else "checkins.help-found"
        await work.outbox.add(kind, call.answer, to=person.id, due=now, key=person.id)
    if call.asker in people:
        later = when.first_morning(now + helping.ASK_HOW_IT_WENT, people[call.asker].tz)
        await work.outbox.add(
            "checkins.help-went", call.id, to=call.asker, due=later, expires=later + ASK_LIFE, key=call.asker
        )


async def _taken(work: Work, call: Call, picked: Answer, *, circle: Circle) -> Taken:
    answers = (await work.checkins.answers_of([call.round]))[call.round]
    counted = checkins.summarise(circle.members, [given for _number, given in answers])
    wanted = [(number, given) for number, given in answers if given in counted.help_wanted]
    place = await work.messages.where_is("checkins.summary", str(call.round))
    in_pairs = bool(await work.pairs.of_rounds([call.round]))
    return Taken(call, picked, place, wanted, counted, in_pairs)


async def pass_on(team: TeamId, member: MemberId, call: CallId, deps: Deps) -> Call:
    async with deps.store.open_work(team) as work:
        known = await work.calls.get(call)
        passed = helping.pass_on(known, member, deps.now())
        if passed != known:
            await work.calls.save(passed)
        return passed


async def thank(team: TeamId, member: MemberId, call: CallId, deps: Deps) -> Call:
    """The helper hears of it in their own working hours, once."""
    now = deps.now()
    async with deps.store.open_work(team) as work:
        known = await work.calls.get(call)
        thanked = helping.thank(known, member)
        helper = await work.members.get(thanked.helper) if thanked.helper else None
        if thanked != known:
            await work.calls.save(thanked)
            if helper is not None:
                due = when.first_good_moment(now, helper.tz)
                await work.outbox.add("checkins.help-thanked", call, to=helper.id, due=due, expires=due + ASK_LIFE)
        return thanked


async def call_of_asker(team: TeamId, member: MemberId, call: CallId, deps: Deps) -> Call:
    async with deps.store.open_view(team) as work:
        known = await work.calls.get(call)
        helping.thank(known, member)
        return known
