"""What a draw for a whole program depends on, read with a constant number of questions, and whether it is enough."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.drafts import DraftKind
from bot.domain.errors import Refused
from bot.domain.ids import MemberId
from bot.domain.intros import RECENT
from bot.domain.matching import Document, Pairs, read_document, read_proposal
from bot.domain.matching.vocabulary import Vocabulary
from bot.domain.people import Kind
from bot.features.matching.document_of import Gathered, for_circles, for_pairs
from bot.features.matching.finding import rules_of
from bot.store.unit_of_work import Work


@dataclass(frozen=True)
class Wanted:
    """What a lead wants drawn."""

    kind: DraftKind = DraftKind.CIRCLES
    everyone: bool = False
    """Of circles: from all who have a profile, not only from those who chose a theme."""
    sought: Kind | None = None
    """Of pairs: only this kind of mentor."""

    def document(self, gathered: Gathered, *, seed: int, now: datetime) -> Document:
        if self.kind is DraftKind.PAIRS:
            return for_pairs(gathered, sought=self.sought, seed=seed, now=now)
        return for_circles(gathered, everyone=self.everyone, seed=seed, now=now)

    def enough(self, document: Document, gathered: Gathered) -> int:
        """How many wait for a place; `Refused` where nothing could come of it."""
        if self.kind is DraftKind.PAIRS:
            return _enough_pairs(document, self.sought)
        return _enough_circles(document, gathered, everyone=self.everyone)

    def served(self, document: Document, gathered: Gathered) -> int:
        """Of pairs: how many of those who look have, or have asked, somebody of another kind."""
        if self.kind is not DraftKind.PAIRS:
            return 0
        provided = {member for member, _ in gathered.provided}
        return sum(person.mentee is not None and person.id in provided for person in document.people)


async def gather(work: Work, now: datetime, kind: DraftKind = DraftKind.CIRCLES) -> Gathered:
    pairs = kind is DraftKind.PAIRS
    seated = (member for circle in await work.circles.open() for member in circle.members)
    return Gathered(
        members={one.id: one for one in await work.members.everyone()},
        profiles={profile.member: profile for profile in await work.members.profiles()},
        rules=await rules_of(work),
        blocks=await work.blocks.all(),
        met_in_circles=await work.meetings.met_since(now - RECENT),
        met_as_pairs=await work.fits.outcomes(),
        places_held=await work.fits.places_held(now - RECENT) if pairs else {},
        in_circles=frozenset(seated),
        skills=Vocabulary(await work.vocabularies.edits()).skills,
        provided=await work.fits.provided(now - RECENT) if pairs else frozenset(),
        waited=await _waited(work) if pairs else {},
    )


async def _waited(work: Work) -> dict[MemberId, int]:
    """Whom the last published draw of pairs left without, and how many it was before that."""
    last = await work.drafts.last_published(DraftKind.PAIRS)
    if last is None:
        return {}
    drawn = read_proposal(await work.drafts.result(last.id))
    people = read_document(await work.drafts.document(last.id)).by_id
    left = [one.mentee for one in drawn.unmatched] if isinstance(drawn, Pairs) else []
    wishes = {id: people[id].mentee for id in left}
    return {MemberId(id): wish.waited + 1 for id, wish in wishes.items() if wish}


def _enough_circles(document: Document, gathered: Gathered, *, everyone: bool) -> int:
    waiting = sum(person.circle is not None for person in document.people)
    if waiting >= gathered.rules.circle_min:
        return waiting
    who = "with a profile and without a circle" if everyone else "who chose a circle theme and have no circle yet"
    if waiting == 1:
        who = who.replace(" have ", " has ")
    more = "" if everyone else " `/mentor match circles everybody` draws from all who have a profile."
    there = "is 1 person" if waiting == 1 else f"are {waiting} people"
    raise Refused(
        f"There {there} {who}; a circle needs at least {gathered.rules.circle_min}. "
        f"Ask more people to fill in `/mentor profile`.{more}"
    )


def _enough_pairs(document: Document, sought: Kind | None) -> int:
    kind = f"{sought.value} mentor" if sought else "mentor"
    looking = sum(person.mentee is not None for person in document.people)
    types = {person.mentee.type for person in document.people if person.mentee}
    offering = sum(not types.isdisjoint(person.mentor.types) for person in document.people if person.mentor)
    if not looking:
        raise Refused(
            f"Nobody looks for a {kind} just now, or whoever does has one. "
            "People say whom they look for in `/mentor profile`."
        )
    if not offering:
        raise Refused(
            f"{looking} {'person looks' if looking == 1 else 'people look'} for a {kind}, and nobody with a free place "
            "offers to be one. People say what they could be for somebody in `/mentor profile`."
        )
    return looking
