"""The end of a break: whoever comes back is welcomed once, and hears nothing of what passed meanwhile."""

from datetime import datetime

from bot.feature import standing
from bot.store.base import Earliest
from bot.store.unit_of_work import Work


@standing
def next_back(work: Work) -> Earliest:
    return work.members.earliest_back()


async def welcome_back(work: Work, now: datetime) -> None:
    for member in await work.members.coming_back(now):
        until = member.paused_until or now
        payload = {"note": member.pause_note} if member.pause_note else None
        await work.members.end_pause(member.id)
        await work.outbox.add(
            "settings.back", member.id, to=member.id, due=until, key=f"{until:%Y-%m-%d}", payload=payload
        )
