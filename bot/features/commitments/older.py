"""The letters about a commitment that stand in its owner's conversation already, to be said anew when something came of it.

Where they stand is asked before the change, as a change may move the mornings that their keys end with.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain import reminders
from bot.domain.commitments import Commitment
from bot.features.commitments.nudges import KINDS
from bot.store.messages import Place
from bot.store.outbox import key_of
from bot.store.unit_of_work import Work

RECEIPT = "commitments.receipt"


@dataclass(frozen=True)
class Older:
    """A letter that stands somewhere, and the commitments it is about."""

    kind: str
    place: Place
    about: tuple[Commitment, ...]


async def letters_about(work: Work, one: Commitment) -> list[Older]:
    both = await work.commitments.of_owner(one.owner, [one.session])
    wanted = {key_of(RECEIPT, one.session, one.owner): (RECEIPT, tuple(both))}
    for first in both:
        for moment, kind in KINDS.items():
            on = reminders.told_on(first, moment)
            if on is not None:
                about = tuple(each for each in both if reminders.told_on(each, moment) == on)
                wanted[key_of(kind, first.id, on.isoformat())] = (kind, about)
    places = await work.outbox.where_went(wanted)
    return [Older(kind, places[key], about) for key, (kind, about) in wanted.items() if key in places]


async def as_now(work: Work, sent: Sequence[Older], one: Commitment) -> tuple[Older, ...]:
    """The same letters, about the commitments as they have become."""
    if not sent:
        return ()
    now = {each.id: each for each in await work.commitments.of_owner(one.owner, [one.session])}
    return tuple(
        Older(letter.kind, letter.place, tuple(now.get(each.id, each) for each in letter.about)) for letter in sent
    )
