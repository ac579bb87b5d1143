"""Protocols: how a session is spent, stage by stage. The minutes of each add up to its length; a test holds that."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate


@dataclass(frozen=True)
class Stage:
    minutes: int
    name: str
    says: str
    """What everybody should know as it begins."""
    first: tuple[str, str] | None = None
    """Its name and words in a circle's first session, where it speaks of a last time."""


@dataclass(frozen=True)
class Protocol:
    key: str
    name: str
    minutes: int
    chairs: int
    """How many sit in the hot seat in one session."""
    stages: tuple[Stage, ...]


HOPES = ("Hopes", "Your first time: who are you, and what do you hope to take from this circle?")
"""In place of what looks back."""


def _seat(letter: str) -> tuple[Stage, ...]:
    return (
        Stage(5, f"Seat {letter}: case", "Uninterrupted. Begin with the question you want worked on."),
        Stage(6, f"Seat {letter}: clarify", "Facts only. A question that hides advice can wait."),
        Stage(1, f"Seat {letter}: ask again", "Say the question once more: has it changed?"),
        Stage(13, f"Seat {letter}: experience", "The seat listens, camera off. 'When I…' beats 'You should…'."),
        Stage(5, f"Seat {letter}: playback", "What landed, what you leave aside, your two commitments in draft."),
    )


def _presenter(number: str) -> tuple[Stage, ...]:
    return (
        Stage(2, f"{number} presenter: present", "The problem in two minutes, no background."),
        Stage(8, f"{number} presenter: clarify", "Only what is needed to understand."),
        Stage(14, f"{number} presenter: open questions", "Questions only, no advice, not even in disguise."),
        Stage(2, f"{number} presenter: summary", "What the presenter sees differently now."),
        Stage(4, f"{number} presenter: resources", "People, places and papers that may help."),
        Stage(2, f"{number} presenter: actions", "What the presenter will do, and by when."),
    )


HOT_SEAT_60 = Protocol(
    "hot-seat-60",
    "Hot seat, one seat",
    60,
    1,
    (
        Stage(5, "Arrive", "One line each: what are you bringing into the room?"),
        Stage(
            8, "Read-back", "Your two from last time: kept, partly, not yet or dropped. What did you learn?", HOPES
        ),
        Stage(5, "Case", "The seat has five minutes, uninterrupted. Begin with the question you want worked on."),
        Stage(7, "Clarify", "Facts only. If your question hides advice, save it."),
        Stage(2, "Ask again", "The seat says the question once more: has it changed?"),
        Stage(15, "Experience", "The seat listens, camera off. 'When I…' beats 'You should…'. None? Ask a question."),
        Stage(5, "Playback", "The seat: what landed, what you leave aside, your two commitments in draft."),
        Stage(9, "Everyone's two", "Ninety seconds each: what, by when, how you will know."),
        Stage(4, "Close", "One word each. Was this worth the hour?"),
    ),
)

HOT_SEAT_90 = Protocol(
    "hot-seat-90",
    "Hot seat, two seats",
    90,
    2,
    (
        Stage(7, "Arrive", "One line each: what are you bringing into the room?"),
        Stage(
            10, "Read-back", "Your two from last time: kept, partly, not yet or dropped. What did you learn?", HOPES
        ),
        *_seat("A"),
        Stage(3, "Pause", "Stand up, look out of the window."),
        *_seat("B"),
        Stage(7, "Everyone's two", "One minute each: what, by when, how you will know."),
        Stage(3, "Close", "One word each. Was this worth the time?"),
    ),
)

CASE_CLINIC_90 = Protocol(
    "case-clinic-90",
    "Case clinic, one deep seat",
    90,
    1,
    (
        Stage(12, "Arrive and read-back", "One line each, and your two from last time.", ("Arrive", HOPES[1])),
        Stage(2, "Roles", "Who brings the case, who keeps time, who listens."),
        Stage(15, "Case", "The case, with the questions that clarify it."),
        Stage(3, "Stillness", "Nobody speaks. Notice what comes up."),
        Stage(10, "Mirroring", "What I heard, what I pictured, what I felt. One voice each."),
        Stage(20, "Open dialogue", "Think together. No advice unless it is asked for."),
        Stage(8, "Closing remarks", "The seat: what is clearer now?"),
        Stage(2, "Silent notes", "Everybody writes, nobody reads out."),
        Stage(12, "Everyone's two", "What, by when, how you will know."),
        Stage(6, "Close", "One word each. Was this worth the time?"),
    ),
)

TROIKA_60 = Protocol(
    "troika-60",
    "Troika, three short seats",
    60,
    3,
    (
        Stage(
            5,
            "Arrive",
            "One line each. Then split into threes you did not have last time.",
            ("Arrive", "One line each. Then split into threes."),
        ),
        Stage(9, "Read-back", "Your two from last time, in your three.", HOPES),
        Stage(
            10,
            "First seat",
            "One silent minute. Ask, clarify, turn away while the others talk; say what helped most.",
        ),
        Stage(10, "Second seat", "The same for the next one."),
        Stage(10, "Third seat", "And for the third."),
        Stage(6, "Harvest", "All together: what surprised you?"),
        Stage(7, "Everyone's two", "What, by when, how you will know."),
        Stage(3, "Close", "One word each. Was this worth the hour?"),
    ),
)

ACTION_LEARNING_90 = Protocol(
    "action-learning-90",
    "Action learning, two presenters",
    90,
    2,
    (
        Stage(5, "Arrive", "One line each: what are you bringing into the room?"),
        Stage(15, "Progress", "What you did since last time, and what you learned from it.", HOPES),
        *_presenter("First"),
        *_presenter("Second"),
        Stage(6, "How did we work?", "What helped, what to do differently next time."),
    ),
)

HOURS_48 = 48 * 60
ASYNC_48 = Protocol(
    "async-48",
    "In writing, over two days",
    HOURS_48,
    1,
    (
        Stage(16 * 60, "Clarify", "The brief is in this thread. Ask what you need to understand it, facts only."),
        Stage(24 * 60, "Experience", "'When I…' beats 'You should…'. Answer when it suits you."),
        Stage(8 * 60, "Playback and everyone's two", "The seat: what landed. Then everybody's two commitments."),
    ),
)

PROTOCOLS: tuple[Protocol, ...] = (
    HOT_SEAT_60,
    HOT_SEAT_90,
    CASE_CLINIC_90,
    TROIKA_60,
    ACTION_LEARNING_90,
    ASYNC_48,
)
_BY_KEY = {protocol.key: protocol for protocol in PROTOCOLS}


def protocol_named(key: str) -> Protocol:
    """The protocol of that key; the default one for a key that is not known any more."""
    return _BY_KEY.get(key, HOT_SEAT_60)


def protocol_for(minutes: int) -> Protocol:
    """What suits a session of this length when nobody has chosen."""
    return HOT_SEAT_90 if minutes >= HOT_SEAT_90.minutes else HOT_SEAT_60


def for_the_first(stage: Stage) -> Stage:
    """The stage as it is where there was no last time."""
    return stage if stage.first is None else replace(stage, name=stage.first[0], says=stage.first[1])


def stretched(protocol: Protocol, minutes: int) -> Sequence[tuple[int, int, Stage]]:
    """The stages with their minutes when the session is longer or shorter than the protocol; they end on time."""
    total = protocol.minutes
    ends = accumulate(stage.minutes for stage in protocol.stages)
    cuts = [0, *(round(end * minutes / total) for end in ends)]
    return [(cuts[place], cuts[place + 1], stage) for place, stage in enumerate(protocol.stages)]
