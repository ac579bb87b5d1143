"""Moving the sandbox's clock, step by step, so that nothing due on the way is jumped over; steps in which neither side has
anything to do are left out.

After each step the bot does all that is due (`on_step`) and everything on its way arrives, before time goes on.
"""

import asyncio
from datetime import datetime, timedelta

from bot.sandbox.clock import STEP, marks
from bot.sandbox.model import Message
from bot.sandbox.pretend import Slack

FARTHEST_NEXT = timedelta(weeks=6)
QUIET_SECONDS = 0.04
BREATH = 0.01
"""Between two rounds of settling: the bot has said that it is done, so only what is on the wire is waited for."""
LONGEST_WAIT = 5.0
MOST_ROUNDS = 8
SHORTEST = timedelta(seconds=30)
"""What is due sooner is part of what happens now, such as a message that waits its turn in a channel."""


def _busy(slack: Slack) -> bool:
    return bool(slack.calls_running or slack.courier.in_flight or slack.events.on_the_way)


def _made(slack: Slack) -> int:
    return slack.calls_made + slack.courier.carried


async def quiet(slack: Slack, seconds: float = QUIET_SECONDS, longest: float = LONGEST_WAIT) -> bool:
    """Returns once nothing has gone to or come from the bot for so long; False when that takes too long."""
    loop = asyncio.get_running_loop()
    end = since = loop.time()
    end += longest
    made = _made(slack)
    while loop.time() < end:
        if _busy(slack) or _made(slack) != made:
            since, made = loop.time(), _made(slack)
        elif loop.time() - since >= seconds:
            return True
        await asyncio.sleep(0.005)
    return False


async def settle(slack: Slack) -> datetime | None:
    """Lets everything happen that is due now, until neither side has anything left to do.

    Answers the moment before which the bot has nothing to do, as far as it knows.
    """
    calm: datetime | None = None
    for _ in range(MOST_ROUNDS):
        before = _made(slack)
        done = await slack.timers.run_due()
        await slack.events.idle()
        if slack.on_step:
            calm = await slack.on_step()
        if _made(slack) == before and not done and not _busy(slack):
            return calm
        await quiet(slack, BREATH)
    return None


async def move_to(slack: Slack, moment: datetime, step: timedelta = STEP) -> list[Message]:
    """Moves on to the moment, in steps; answers what the bot posted on the way."""
    async with slack.moving:
        first = len(slack.workspace.posted)
        calm: datetime | None = None
        for mark in marks(slack.clock.now(), moment, step):
            if mark == moment or not _is_calm(slack, mark, calm):
                calm = await _step(slack, mark)
        return slack.workspace.posted[first:]


async def move_to_next(slack: Slack) -> list[Message]:
    """Moves on until the bot posts something, for six weeks at most; answers what it posted."""
    async with slack.moving:
        first = len(slack.workspace.posted)
        calm = await settle(slack)
        end = slack.clock.now() + FARTHEST_NEXT
        while len(slack.workspace.posted) == first and slack.clock.now() < end:
            calm = await _step(slack, _next_stop(slack, calm, end))
        return slack.workspace.posted[first:]


def _next_stop(slack: Slack, calm: datetime | None, end: datetime) -> datetime:
    """The next half hour that is not calm; before it, the moment that the bot says it has something to do."""
    now = slack.clock.now()
    stop = next((mark for mark in marks(now, end) if not _is_calm(slack, mark, calm)), end)
    return min(stop, calm) if calm is not None and calm > now + SHORTEST else stop


def _is_calm(slack: Slack, mark: datetime, calm: datetime | None) -> bool:
    """Whether nothing happens at this mark: neither the bot nor the workspace has anything to do by then."""
    timer = slack.timers.next_due
    return calm is not None and mark < calm and (timer is None or mark < timer)


async def _step(slack: Slack, mark: datetime) -> datetime | None:
    slack.clock.jump_to(mark)
    calm = await settle(slack)
    slack.hub.changed(None, "clock")
    return calm
