"""The six protocols that come with the bot, as data. A program may change the minutes and the wording of its own copy.

`{seat}` in what is said becomes the name of who sits. The minutes of each add up to its length; a test holds that.
"""

from collections.abc import Callable

from bot.domain.duties import Duty
from bot.domain.protocols import HOURS_48, Protocol, Stage, as_text, from_text
from bot.domain.templates import Template

LONGEST = 2900
"""Slack takes 3,000 characters in a field."""

SEAT, FACILITATOR, TIMEKEEPER, SCRIBE = Duty.SEAT, Duty.FACILITATOR, Duty.TIMEKEEPER, Duty.SCRIBE
HOPES = ("Hopes", "Your first time together: who are you, and what do you hope to take home?")
"""In place of what looks back."""

ARRIVE_LINES = {
    FACILITATOR: "You guide today. Begin with whoever is here: one sentence each, yours first, and the others will be as short.",
    TIMEKEEPER: "You keep time today. Say “one minute” aloud before each part ends; I do the counting.",
    SCRIBE: "You write today: decisions and open points, never who said what. They go under *Notes*.",
    SEAT: "The seat is yours today. Nothing to do yet: arrive first.",
}
READ_BACK = "How did your two from last time go? What you learned counts more than the score."
READ_BACK_LINES = {FACILITATOR: "A minute each. No fixing and no praise yet: thank them, and on to the next."}
TWO = "Two small promises each: what, by when, and how you will know."
TWO_LINES = {
    FACILITATOR: "Go round once. A promise that sounds too big may be halved on the spot.",
    TIMEKEEPER: "Share the minutes out evenly, so that nobody promises in a hurry at the end.",
}
CLOSE_LINES = {
    FACILITATOR: "End with a word from each of you, on time. Ending on time is what brings people back.",
    SCRIBE: "Put decisions and open points under *Notes* now: they come back with the next agenda.",
}
CASE_LINES = {
    SEAT: "The floor is yours. Your question first, then what somebody must know to help.",
    TIMEKEEPER: "Nobody interrupts now. Raise a hand when one minute is left.",
}
CLARIFY_LINES = {FACILITATOR: "“Have you tried …?” is advice in a coat. Park it with a smile."}
AGAIN_LINES = {SCRIBE: "Write the question down as it sounds now, word for word."}
EXPERIENCE_LINES = {
    SEAT: "Camera off, pen in hand. You owe nobody an answer: note three things that land.",
    FACILITATOR: "Call on the quiet ones by name. Who never met this can ask what nobody has asked.",
}
PLAYBACK_LINES = {SEAT: "Say what lands and what you leave here. No need to be fair to everybody."}


def _seat(letter: str, seat: int) -> tuple[Stage, ...]:
    return (
        Stage(5, f"Case, seat {letter}", "{seat} tells it in one go, question first.", seat=seat, lines=CASE_LINES),
        Stage(
            6,
            f"Clarify, seat {letter}",
            "Short questions about facts, short answers.",
            seat=seat,
            lines=CLARIFY_LINES,
        ),
        Stage(
            1, f"Ask again, seat {letter}", "{seat}, how does your question sound now?", seat=seat, lines=AGAIN_LINES
        ),
        Stage(
            13,
            f"Experience, seat {letter}",
            "{seat} only listens. The others tell what happened to them.",
            seat=seat,
            lines=EXPERIENCE_LINES,
        ),
        Stage(5, f"Playback, seat {letter}", "{seat}, what stays with you?", seat=seat, lines=PLAYBACK_LINES),
    )


def _presenter(number: str, seat: int) -> tuple[Stage, ...]:
    ask = {FACILITATOR: "Questions only. When advice slips in, ask: “And what is the question in it?”"}
    act = {SEAT: "Name one or two steps and their day. They may become your two."}
    return (
        Stage(2, f"Present, {number}", "{seat} names the problem; its history can wait.", seat=seat),
        Stage(8, f"Clarify, {number}", "Ask only what you need to follow.", seat=seat),
        Stage(14, f"Questions, {number}", "Open questions, one at a time. Leave room.", seat=seat, lines=ask),
        Stage(2, f"Summary, {number}", "{seat}, what do you see differently?", seat=seat),
        Stage(4, f"Resources, {number}", "Who or what could help? Names, places, papers.", seat=seat),
        Stage(2, f"Actions, {number}", "{seat}, what will you do, and by when?", seat=seat, lines=act),
    )


HOT_SEAT_60 = Protocol(
    "hot-seat-60",
    "Hot seat, one seat",
    60,
    1,
    (
        Stage(5, "Arrive", "One sentence each: how do you come in today?", lines=ARRIVE_LINES),
        Stage(8, "Read-back", READ_BACK, HOPES, lines=READ_BACK_LINES),
        Stage(
            5, "Case", "{seat} tells it in one go, question first. The rest of us listen.", seat=0, lines=CASE_LINES
        ),
        Stage(7, "Clarify", "Short questions about facts. Good advice keeps for later.", seat=0, lines=CLARIFY_LINES),
        Stage(2, "Ask again", "{seat}, how does your question sound now?", seat=0, lines=AGAIN_LINES),
        Stage(
            15,
            "Experience",
            "{seat} turns the camera off and listens. We tell what happened to us.",
            seat=0,
            lines=EXPERIENCE_LINES,
        ),
        Stage(
            5, "Playback", "{seat}, what stays with you, and what do you leave here?", seat=0, lines=PLAYBACK_LINES
        ),
        Stage(9, "Everyone's two", TWO, two=True, lines=TWO_LINES),
        Stage(4, "Close", "One word each. One to five fingers: was it worth the hour?", lines=CLOSE_LINES),
    ),
    "One of you brings a question, the others lend their experience. Good to begin with.",
)

HOT_SEAT_90 = Protocol(
    "hot-seat-90",
    "Hot seat, two seats",
    90,
    2,
    (
        Stage(7, "Arrive", "One sentence each: how do you come in today?", lines=ARRIVE_LINES),
        Stage(10, "Read-back", READ_BACK, HOPES, lines=READ_BACK_LINES),
        *_seat("A", 0),
        Stage(3, "Pause", "Get up, get water, look at something far away."),
        *_seat("B", 1),
        Stage(7, "Everyone's two", TWO, two=True, lines=TWO_LINES),
        Stage(3, "Close", "One word each. One to five fingers: was it worth the time?", lines=CLOSE_LINES),
    ),
    "Two questions in one sitting, half an hour each. For five to seven who know the form.",
)

CASE_CLINIC_90 = Protocol(
    "case-clinic-90",
    "Case clinic, one deep seat",
    90,
    1,
    (
        Stage(
            12,
            "Arrive and read-back",
            "A sentence each, then your two from last time.",
            ("Arrive", HOPES[1]),
            lines=ARRIVE_LINES,
        ),
        Stage(2, "Roles", "{seat} brings the case. Everybody else is a coach, and tells nobody what to do.", seat=0),
        Stage(15, "Case", "{seat} tells it with the people in it; ask along the way.", seat=0, lines=CASE_LINES),
        Stage(
            3,
            "Stillness",
            "Quiet. Let it settle, and notice what turns up in you.",
            lines={FACILITATOR: "Three minutes are long. Hold them: the best sentences come after."},
        ),
        Stage(
            10,
            "Mirroring",
            "One after the other: what you heard, the picture you saw, the feeling it left.",
            lines={SEAT: "Take each mirror as a gift. Nothing to correct, nothing to answer."},
        ),
        Stage(20, "Open dialogue", "Think together about what the mirrors showed.", lines=CLARIFY_LINES),
        Stage(8, "Closing remarks", "{seat}, what do you see now, and what is the next step?", seat=0),
        Stage(2, "Silent notes", "Write for yourself: what does it touch in your own work?"),
        Stage(12, "Everyone's two", TWO, two=True, lines=TWO_LINES),
        Stage(6, "Close", "One word each. One to five fingers: was it worth the time?", lines=CLOSE_LINES),
    ),
    "One question, slowly: a tangled matter with people in it. For four or five.",
)

TROIKA_60 = Protocol(
    "troika-60",
    "Troika, in threes",
    60,
    0,
    (
        Stage(
            5,
            "Arrive",
            "A sentence each, then into your threes. You are with others than last time.",
            ("Arrive", "A sentence each, then into your threes."),
            lines={duty: line for duty, line in ARRIVE_LINES.items() if duty is not SEAT},
        ),
        Stage(9, "Read-back", "In your three: how did your two from last time go?", HOPES),
        Stage(
            10,
            "First question",
            "A minute to think. One asks, then turns around and listens while the others talk it over.",
            lines={TIMEKEEPER: "Call the change for all threes at once: two minutes, one, and round."},
        ),
        Stage(10, "Second question", "The next one asks, turns around, and says what helped."),
        Stage(10, "Third question", "And the third one. In a four, take seven minutes each."),
        Stage(6, "Harvest", "All together again: what surprised you?"),
        Stage(7, "Everyone's two", TWO, two=True, lines=TWO_LINES),
        Stage(3, "Close", "One word each. One to five fingers: was it worth the hour?", lines=CLOSE_LINES),
    ),
    "Everybody brings a small question and gets ten minutes in a three. The order of seats rests.",
)

ACTION_LEARNING_90 = Protocol(
    "action-learning-90",
    "Action learning, two presenters",
    90,
    2,
    (
        Stage(5, "Arrive", "One sentence each: how do you come in today?", lines=ARRIVE_LINES),
        Stage(15, "Progress", "What did you try since last time, and what did it teach you?", HOPES),
        *_presenter("first", 0),
        *_presenter("second", 1),
        Stage(
            6,
            "How did we work?",
            "What helped us think? Then note your own two.",
            two=True,
            lines=CLOSE_LINES,
        ),
    ),
    "Only questions, no advice: two of you find their own next step. For circles that like to ask.",
)

ASYNC_48 = Protocol(
    "async-48",
    "In writing, over two days",
    HOURS_48,
    1,
    (
        Stage(16 * 60, "Clarify", "{seat}'s question stands above. Ask what you need to understand it.", seat=0),
        Stage(24 * 60, "Experience", "What happened to you that is like it? Write when it suits you.", seat=0),
        Stage(
            8 * 60,
            "Playback and everyone's two",
            "{seat} says what stays. Then two small promises each.",
            seat=0,
            two=True,
        ),
    ),
    "No meeting: everybody writes in their own working day. For circles across many zones.",
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


def _check(protocol: Protocol) -> Callable[[str], None]:
    def check(text: str) -> None:
        from_text(text, protocol)

    return check


GROUP = "Protocols"
TEXTS: dict[str, Template] = {
    protocol.key: Template(
        f"copilot.protocol.{protocol.key}",
        GROUP,
        protocol.name,
        as_text(protocol),
        check=_check(protocol),
        blanks={"seat": "Ana"},
        limit=LONGEST,
    )
    for protocol in PROTOCOLS
}
"""Each as a text that a program may make its own."""
