"""Whether somebody may be written to unasked."""

from datetime import datetime

from bot.domain import when
from bot.domain.people import Member
from bot.feature import Moot, Wait


def not_yet(reader: Member | None, now: datetime) -> Moot | Wait | None:
    """None means yes, right now."""
    if reader is None or reader.left:
        return Moot("they are not here any more")
    if reader.paused_until is not None and now < reader.paused_until:
        return Wait(when.first_good_moment(reader.paused_until, reader.tz))
    good = when.first_good_moment(now, reader.tz)
    return Wait(good) if good > now else None
