"""What is done in Slack for circles: channels made, members brought in and taken out, channels archived.

Everything is written down before it is done and crossed off afterwards, and doing it twice does no harm, so it does not
matter at which point a process dies or how many replicas try. What Slack refuses for one person stops nobody else.
"""

from dataclasses import replace
from datetime import datetime, time, timedelta

from bot.domain import when
from bot.domain.circles import Circle, CircleState, Errand, channel_name
from bot.domain.ids import ChannelId, TeamId
from bot.feature import Chore, Deps
from bot.features.circles.coming import Reconciler
from bot.planning import plan_ahead
from bot.slack.failures import Meaning, SlackFailure
from bot.slack.text import escape_within
from bot.store.audit import Entry
from bot.store.circles import ToDo
from bot.store.unit_of_work import Work

MOST_NAMES = 50
"""How many names are tried for a channel before a person has to choose another one."""
ASK_AGAIN = timedelta(hours=1)
SOON = timedelta(seconds=20)
LEASE = timedelta(minutes=2)
"""How long a replica has to open a circle before another one tries."""
PATIENCE = 3
"""Working days before whoever made a circle that nobody has joined is asked about it."""
MORNING = time(10, 0)
TOPIC_LIMIT = 250
NOT_ALLOWED = (Meaning.FORBIDDEN, Meaning.SCOPE)
FOR_GOOD = (Meaning.FORBIDDEN, Meaning.GONE)
CHANNEL_GONE = ("channel_not_found", "is_archived", "not_in_channel")
"""Says something about the channel, not about the person."""


async def open_circles(deps: Deps, team: TeamId) -> None:
    """Make the channel of every circle that is opening, fill it, and say welcome."""
    async with deps.store.open_view(team) as work:
        opening = await work.circles.opening(deps.now())
    for circle in opening:
        now = deps.now()
        async with deps.store.open_work(team) as work:
            if not await work.circles.claim_opening(circle.id, now, now + LEASE):
                continue
        try:
            await _open(deps, team, circle)
        except SlackFailure as failure:
            await _put_off(deps, team, circle=circle, failure=failure)


async def _open(deps: Deps, team: TeamId, circle: Circle) -> None:
    channel = circle.channel or await _make_channel(deps, team, circle)
    await run_errands(deps, team, circle)
    topic = f"{circle.theme} · {when.in_words(circle.rule)}"
    purpose = f"The circle {circle.name}: {circle.theme}. `{deps.command} circle show` tells you more."
    topic, purpose = escape_within(topic, TOPIC_LIMIT), escape_within(purpose, TOPIC_LIMIT)
    await deps.slack.describe(team, channel, topic=topic, purpose=purpose)
    now = deps.now()
    async with deps.store.open_work(team) as work:
        ready = await work.circles.hold(circle.id)
        if ready.state is not CircleState.OPENING:
            return
        active = replace(ready, state=CircleState.ACTIVE)
        await work.circles.save(active)
        await plan_ahead(work, active, now)
        await work.outbox.add("circles.welcome", circle.id, to=channel, due=now)
        if active.is_alone:
            await _ask_again_later(work, active, now)


async def _ask_again_later(work: Work, circle: Circle, now: datetime) -> None:
    """One nudge to its maker, should nobody have come by then."""
    [maker] = (await work.members.named(circle.members)).values() or [None]
    if maker is not None:
        day = when.working_days_after(when.local(now, maker.tz).date(), PATIENCE)
        due = when.to_utc(day, MORNING, maker.tz)
        await work.outbox.add("circles.waits", circle.id, to=maker.id, due=due)


async def _make_channel(deps: Deps, team: TeamId, circle: Circle) -> ChannelId:
    """Under the first name that is free. The name is kept before it is tried, so that only then a channel that is
    there already can be one of ours whose making we never heard of."""
    async with deps.store.open_view(team) as work:
        tried = await work.circles.attempt(circle.id)
    for attempt in range(max(tried, 1), MOST_NAMES + 1):
        name = channel_name(circle, attempt)
        if attempt > tried:
            async with deps.store.open_work(team) as work:
                await work.circles.remember_attempt(circle.id, attempt)
        channel = await _create(deps, team, name, maybe_ours=attempt == tried)
        if channel is not None:
            async with deps.store.open_work(team) as work:
                await work.circles.remember_channel(circle.id, channel)
            return channel
    raise SlackFailure("name_taken", Meaning.FORBIDDEN)


async def _create(deps: Deps, team: TeamId, name: str, *, maybe_ours: bool) -> ChannelId | None:
    """The new channel, or None where the name is somebody else's."""
    try:
        return await deps.slack.create_channel(team, name)
    except SlackFailure as failure:
        if failure.meaning is not Meaning.TAKEN:
            raise
    found = await deps.slack.own_channel(team, name) if maybe_ours else None
    if found is None:
        return None
    async with deps.store.open_view(team) as work:
        return None if await work.circles.in_channel(found) else found


async def _put_off(deps: Deps, team: TeamId, *, circle: Circle, failure: SlackFailure) -> None:
    """Try this one later; what concerns the whole workspace is for whoever runs the chores."""
    now = deps.now()
    if failure.meaning in NOT_ALLOWED:
        async with deps.store.open_work(team) as work:
            await work.circles.postpone(circle.id, now + ASK_AGAIN)
            if circle.made_by:
                await work.outbox.add("circles.no_channel", circle.id, to=circle.made_by, due=now)
    elif failure.meaning is Meaning.UNCERTAIN:
        async with deps.store.open_work(team) as work:
            await work.circles.postpone(circle.id, now + SOON)
    elif failure.meaning is Meaning.GONE:
        # The channel was deleted or archived before it was ready.
        async with deps.store.open_work(team) as work:
            await work.circles.forget_channel(circle.id)
    else:
        raise failure


# Bringing in and taking out


async def run_all_errands(deps: Deps, team: TeamId) -> None:
    await run_errands(deps, team)


async def run_errands(deps: Deps, team: TeamId, circle: Circle | None = None) -> None:
    """Bring in who has a seat and take out who gave it up: of this circle, or of all."""
    async with deps.store.open_view(team) as work:
        to_do = await work.circles.to_do(deps.now(), circle.id if circle else None)
    for errand in to_do:
        try:
            await _run(deps, team, errand)
        except SlackFailure as failure:
            await _refused(deps, team, errand=errand, failure=failure)
        else:
            async with deps.store.open_work(team) as work:
                await work.circles.errand_done(errand)


async def _run(deps: Deps, team: TeamId, errand: ToDo) -> None:
    if errand.errand is Errand.INVITE:
        await deps.slack.invite(team, errand.channel, [errand.member])
    else:
        await deps.slack.remove(team, errand.channel, errand.member)


async def _refused(deps: Deps, team: TeamId, *, errand: ToDo, failure: SlackFailure) -> None:
    now = deps.now()
    if failure.meaning is Meaning.UNCERTAIN:
        async with deps.store.open_work(team) as work:
            await work.circles.errand_later(errand.seat, now + SOON)
        return
    if failure.meaning not in FOR_GOOD:
        raise failure
    async with deps.store.open_work(team) as work:
        if errand.errand is Errand.INVITE and failure.code in CHANNEL_GONE:
            # An event will say that the channel is gone, or it is made anew; the seat waits.
            await work.circles.errand_later(errand.seat, now + ASK_AGAIN)
            return
        await work.circles.errand_done(errand)
        if errand.errand is Errand.INVITE:
            await _free_the_seat(work, errand, failure.code, now)


async def _free_the_seat(work: Work, errand: ToDo, code: str, now: datetime) -> None:
    """Who can't be in the channel can't be in the circle; whoever asked for it is told why."""
    circle = await work.circles.hold(errand.circle)
    if errand.member not in circle.members:
        return
    await work.circles.unseat(circle.id, errand.member, now, there=False)
    teller = errand.asked_by or circle.made_by or errand.member
    details = {"member": errand.member, "why": code}
    await work.audit.add(Entry(now, teller, "circle.not_in", f"circle:{circle.id}", details))
    payload = {"member": errand.member, "code": code}
    key = f"{errand.seat}"
    await work.outbox.add("circles.not_in", circle.id, to=teller, due=now, key=key, payload=payload)


# Archiving


async def archive_channels(deps: Deps, team: TeamId) -> None:
    """Archive the channels of ended circles where somebody asked for it, once the goodbye stands there."""
    async with deps.store.open_view(team) as work:
        wanted = await work.circles.to_archive()
        ready = [circle for circle in wanted if await _said_goodbye(work, circle)]
    for circle in ready:
        try:
            await deps.slack.archive(team, ChannelId(circle.channel or ""))
        except SlackFailure as failure:
            if failure.meaning not in FOR_GOOD:
                raise
        async with deps.store.open_work(team) as work:
            await work.circles.want_archive(circle.id, False)


async def _said_goodbye(work: Work, circle: Circle) -> bool:
    """By whichever of the two ways in which a circle ends."""
    kinds = ("circles.closing", "rounds.ended")
    return any([await work.messages.where_is(kind, str(circle.id)) for kind in kinds])


_reconciler = Reconciler()

CHORES = (
    Chore("circles.open", open_circles, due=lambda work, _asked: work.circles.earliest_opening()),
    Chore("circles.errands", run_all_errands, due=lambda work, _asked: work.circles.earliest_to_do()),
    Chore("circles.archive", archive_channels, due=lambda work, _asked: work.circles.earliest_to_archive()),
    Chore("circles.reconcile", _reconciler.run),
)
