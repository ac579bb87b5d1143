"""The kinds of relationship as data: what each is, how it differs, its rhythm, what it takes, and when it ends.

Who chooses a kind reads the same words everywhere: these.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from bot.domain.errors import Refused
from bot.domain.people import Kind


@dataclass(frozen=True)
class KindFacts:
    name: str
    """As it stands in a sentence: "a skill mentor"."""
    many: str
    """As a heading over several of them."""
    choice: str
    """In a list to choose from: the name, and what it is in three words."""
    means: str
    """One sentence for somebody who has to choose."""
    time: str
    """What it takes."""
    sides: tuple[str, str]
    """What the one who asks and the one who is asked are called in it."""
    every_weeks: int
    """The usual rhythm; 0 where there is one meeting and no other."""
    minutes: int
    """How long the usual meeting is."""
    months: int
    """After how long it ends unless the two go on; 0 where it ends with its one meeting."""
    places: int = 1
    """How many of a mentor's places it takes."""

    @property
    def is_equal(self) -> bool:
        return self.sides[0] == self.sides[1]

    @property
    def is_once(self) -> bool:
        return self.every_weeks == 0


FACTS: Mapping[Kind, KindFacts] = {
    Kind.SKILL: KindFacts(
        name="skill mentor",
        many="Skill mentors",
        choice="Skill mentor: teaches something",
        means="A skill mentor has done what you want to learn, and shows you how.",
        time="half an hour for the coffee; if it fits, about an hour a month",
        sides=("mentee", "mentor"),
        every_weeks=4,
        minutes=60,
        months=6,
    ),
    Kind.SPONSOR: KindFacts(
        name="sponsor",
        many="Sponsors",
        choice="Sponsor: opens doors",
        means="A sponsor has a voice where you have none yet, and uses it for you.",
        time="half an hour for the coffee; if it fits, about an hour every other month",
        sides=("sponsored", "sponsor"),
        every_weeks=8,
        minutes=60,
        months=12,
    ),
    Kind.PERSPECTIVE: KindFacts(
        name="perspective mentor",
        many="Perspective mentors",
        choice="Perspective: sees it from elsewhere",
        means="A perspective mentor stands somewhere else, and tells you what looks odd from there.",
        time="half an hour for the coffee; if it fits, about an hour every other month",
        sides=("mentee", "mentor"),
        every_weeks=8,
        minutes=60,
        months=6,
    ),
    Kind.COACH: KindFacts(
        name="coach",
        many="Coaches",
        choice="Coach: asks until you know",
        means="A coach gives no advice: they ask until you have found your own answer.",
        time="half an hour for the coffee; if it fits, half an hour every other week for three months",
        sides=("coachee", "coach"),
        every_weeks=2,
        minutes=30,
        months=3,
    ),
    Kind.PEER: KindFacts(
        name="peer",
        many="Peers",
        choice="Peer: same road, side by side",
        means="A peer is on the same road; each helps the other, and nobody is ahead.",
        time="half an hour for the coffee; after that you give as much time as you get",
        sides=("peer", "peer"),
        every_weeks=2,
        minutes=30,
        months=6,
        places=0,
    ),
    Kind.REVERSE: KindFacts(
        name="reverse mentor",
        many="Reverse mentors",
        choice="Reverse: junior teaches senior",
        means="A reverse mentor is earlier in their career, and teaches you what is new.",
        time="half an hour for the coffee; if it fits, about an hour a month",
        sides=("mentee", "reverse mentor"),
        every_weeks=4,
        minutes=60,
        months=6,
    ),
    Kind.MICRO: KindFacts(
        name="micro mentor",
        many="Micro mentors",
        choice="Micro: one question, one meeting",
        means="A micro mentor answers one question in one meeting; then you thank them, and that is it.",
        time="one question, one meeting of half an hour, nothing after that",
        sides=("asker", "micro mentor"),
        every_weeks=0,
        minutes=30,
        months=0,
        places=0,
    ),
}

LIGHT = frozenset(kind for kind, facts in FACTS.items() if facts.places == 0)
"""These take no mentor's place: peers give as much as they get, and a micro question is one meeting."""

DIFFERENCE = (
    "A mentor tells you what they have learned. A coach asks until you find your own answer. "
    "A sponsor speaks up for you when you are not in the room."
)
"""What people confuse most often; said where they choose."""
CONFUSED = frozenset({Kind.SKILL, Kind.SPONSOR, Kind.COACH})


def told_apart(kind: Kind) -> str:
    """What the kind is, and how it differs where people mix it up."""
    return f"{FACTS[kind].means} {DIFFERENCE}" if kind in CONFUSED else FACTS[kind].means


OTHER_WORDS: Mapping[str, Kind] = {
    "mentor": Kind.SKILL,
    "skills": Kind.SKILL,
    "expert": Kind.SKILL,
    "sponsorship": Kind.SPONSOR,
    "champion": Kind.SPONSOR,
    "outside": Kind.PERSPECTIVE,
    "view": Kind.PERSPECTIVE,
    "coaching": Kind.COACH,
    "buddy": Kind.PEER,
    "partner": Kind.PEER,
    "junior": Kind.REVERSE,
    "question": Kind.MICRO,
    "once": Kind.MICRO,
}
CLOSE = 0.6


def nearest(word: str) -> Kind | None:
    """The kind that somebody may have meant by a word that is none."""
    typed = re.sub(r"[^a-z]", "", word.casefold())
    known = {kind.value: kind for kind in Kind} | dict(OTHER_WORDS)
    found = get_close_matches(typed[:40], known, n=1, cutoff=CLOSE)
    return known[found[0]] if found else None


def named(word: str, command: str) -> Kind:
    """The kind of that name; else a sentence that suggests the nearest, spelled as it is to be typed."""
    typed = word.strip().casefold()
    found = next((kind for kind in Kind if kind.value == typed), None)
    if found is not None:
        return found
    every = ", ".join(kind.value for kind in Kind)
    near = nearest(word)
    if near is None:
        raise Refused(f"I can look for {every}. For example: `{command} sponsor`.")
    raise Refused(f"Did you mean `{command} {near.value}`? I can look for {every}.")
