"""The first weeks of a program, played by its people: they click and type what people would, and the clock moves.

Nothing is written behind the bot's back, so what a visitor finds is what the bot made of it. The same seed plays the
same weeks.
"""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.sandbox.lines import ANSWERS, HELP, Promise, promises_of
from bot.sandbox.pairs import find_each_other, meet_and_go_on
from bot.sandbox.person import Person, World
from bot.sandbox.seed import LEAD, MEMBERS, Newcomer

LEVELS = {1: "starting", 2: "starting", 3: "solid", 4: "teach", 5: "teach"}
SENIORITY = {
    "junior": "Starting out",
    "mid": "Established",
    "senior": "Senior",
    "lead": "Leading others",
    "executive": "Executive",
}
SPONSORS = ("lead", "executive")
THEMES = (
    "Leading without authority",
    "Finding my voice",
    "Growing as a specialist",
    "First-time manager",
    "Working across cultures",
    "Wellbeing and boundaries",
)
KNOWN_LANGUAGES = frozenset(
    ["English", "German", "French", "Spanish", "Portuguese", "Italian", "Dutch", "Polish", "Swedish", "Turkish",
     "Ukrainian", "Arabic", "Hindi", "Chinese", "Japanese", "Korean"]
)  # fmt: skip


PUBLISHED = "Published"
SIDE_BY_SIDE = 6
"""How many people do something at the same time."""
THIRD_WEEK = datetime(2026, 3, 16, 10, 0, tzinfo=UTC)
PATIENCE = 60
A_WHILE = timedelta(hours=3)
"""Shorter than the time a session can still be spoken of, longer than what makes the play slow."""
Report = Callable[[str, int, int], None]


LATER = ("Nils Haugen", "Zainab Hussain", "Luca Moretti", "Emma Schneider", "Beatriz Sousa")
"""They fill in their profiles when the circles are out already, so that a visitor has somebody to draw a circle for."""


async def play(world: World, report: Report) -> None:
    """Two weeks of a program; the visitor comes in the third. `report` hears what is going on, and how far it is."""
    steps: list[tuple[str, Callable[[], Awaitable[None]]]] = [
        ("The lead sets up a program", lambda: found_program(world)),
        ("Nineteen people fill in their profiles", lambda: fill_in_profiles(world, later=False)),
        ("The lead looks at the circles and publishes them", lambda: publish_circles(world)),
        ("The first check-in", lambda: first_check_in(world)),
        ("Two pairs find each other", lambda: find_each_other(world)),
        ("A week goes by, and the circles meet", lambda: sessions_until(world, THIRD_WEEK - timedelta(days=3))),
        ("The third week begins, and five more people come", lambda: third_week(world)),
    ]
    for number, (text, step) in enumerate(steps):
        report(text, number, len(steps))
        await step()
    report("", len(steps), len(steps))


async def found_program(world: World) -> None:
    """The lead speaks to the bot first, so the program is hers."""
    lead = world.person(LEAD)
    await lead.command("/mentor program")
    await _form(lead)
    await lead.fill({"Name": "Spring circles 2026"}, submit=True)
    await lead.close(everything=True)


async def fill_in_profiles(world: World, *, later: bool) -> None:
    await _side_by_side(
        fill_in_profile(world.person(newcomer.real_name), newcomer, number)
        for number, newcomer in enumerate(MEMBERS)
        if (newcomer.real_name in LATER) is later
    )


async def fill_in_profile(person: Person, newcomer: Newcomer, number: int) -> None:
    await person.command("/mentor profile")
    await _form(person)
    await person.fill(_profile(newcomer, number), submit=True)
    await person.close(everything=True)


def _profile(newcomer: Newcomer, number: int) -> Mapping[str, Any]:
    answers: dict[str, Any] = {
        "What would you like to learn?": ", ".join(sorted(newcomer.wants, key=lambda skill: -newcomer.wants[skill])),
        "What can you help others with?": ", ".join(
            f"{skill} ({LEVELS[level]})" for skill, level in newcomer.offers.items()
        ),
        "What do you want to be different in half a year?": newcomer.goals,
        "Which circle themes speak to you?": [THEMES[number % 6], THEMES[(number * 5 + 1) % 6]],
        "Whom are you looking for?": ["Skill mentor", "Peer"] if number % 2 else ["Sponsor", "Peer"],
        "What could you be for somebody?": [
            *(["Skill mentor", "Micro"] if number % 3 else ["Perspective", "Skill mentor"]),
            *(["Sponsor"] if newcomer.seniority in SPONSORS else []),
        ],
        "Where are you in your career?": SENIORITY[newcomer.seniority],
        "Department": newcomer.department,
        "Location": newcomer.location,
        "Languages": [one for one in newcomer.languages if one in KNOWN_LANGUAGES],
        "Interests": ", ".join(newcomer.interests),
    }
    return answers | ({"Your manager": newcomer.manager} if newcomer.manager else {})


async def publish_circles(world: World) -> None:
    lead = world.person(LEAD)
    await lead.command("/mentor match circles")
    for _look in range(PATIENCE):
        await world.settle()
        if "Look at the circles" in (await lead.dm()).text:
            break
        await asyncio.sleep(0.2)
    await lead.click("Look at the circles", at="dm")
    await _form(lead)
    await lead.click("Publish")
    await lead.close(everything=True)
    await world.settle()


async def first_check_in(world: World) -> None:
    await world.until(datetime(2026, 3, 3, 9, 0, tzinfo=UTC), by_hours=True)
    await _answer_check_ins(world, most=3)


async def sessions_until(world: World, end: datetime) -> None:
    """A few hours at a time: who finds their circle's session says that they were there, and makes two commitments."""
    met: set[str] = set()
    circles = await _circles(world)
    while (now := await world.now()) < end:
        await world.until(min(now + A_WHILE, end), by_hours=True)
        await _meet(circles, met)


async def third_week(world: World) -> None:
    await world.until(THIRD_WEEK, by_hours=True)
    await _answer_check_ins(world, most=2)
    await fill_in_profiles(world, later=True)
    await meet_and_go_on(world)
    await world.person("Miriam").open_home()


async def _circles(world: World) -> dict[str, list[tuple[int, Person]]]:
    """Who sits in which circle, with their numbers among the members."""
    circles: dict[str, list[tuple[int, Person]]] = {}
    for number, newcomer in enumerate(MEMBERS):
        person = world.person(newcomer.real_name)
        if circle := await _circle_of(person):
            circles.setdefault(circle, []).append((number, person))
    return circles


async def _meet(circles: Mapping[str, Sequence[tuple[int, Person]]], met: set[str]) -> None:
    for circle, people in sorted(circles.items()):
        if circle not in met and "Say that you are here" in (await people[0][1].channel(circle)).text:
            met.add(circle)
            await _attend(circle, people[: len(people) - len(met) % 2])


async def _attend(circle: str, people: Sequence[tuple[int, Person]]) -> None:
    await _side_by_side(_take_part(circle, person, number) for number, person in people)
    _number, first = people[0]
    if "[Held]" in (await first.channel(circle)).text:
        await first.click("Held", at=circle)
        await _form(first)
        await first.close(everything=True)


async def _take_part(circle: str, person: Person, number: int) -> None:
    await person.click("I'm here", at=circle)
    for promise in promises_of(number):
        await person.click("Make my two commitments", at=circle)
        await _promise(person, promise)


async def _form(person: Person) -> None:
    """A form may take a moment on a busy machine."""
    for _look in range(PATIENCE):
        if await person.modal():
            return
        await asyncio.sleep(0.1)


async def _promise(person: Person, promise: Promise) -> None:
    await _form(person)
    await person.fill({
        "I will": promise.will,
        "If … then …": promise.cue,
        "I will know because": "There is something to show",
        "What exactly?": promise.shows,
        "How sure are you?": f"{promise.sure} of 10",
        "Who sees it?": promise.seen_by,
    }, submit=True)  # fmt: skip
    if await person.modal():
        await person.close(everything=True)


async def _answer_check_ins(world: World, *, most: int) -> None:
    """Up to `most` people of each circle answer, where a round is open."""
    asked: Counter[str] = Counter()
    for number, newcomer in enumerate(MEMBERS):
        person = world.person(newcomer.real_name)
        circle = await _circle_of(person)
        if not circle or asked[circle] >= most:
            continue
        asked[circle] += 1
        await person.command("/mentor checkin")
        if await person.modal():
            await _answer(person, number)
    await world.settle()


async def _answer(person: Person, number: int) -> None:
    answers = {"Your answer": ANSWERS[number % len(ANSWERS)]}
    if wanted := HELP[number % len(HELP)]:
        answers["I'd like help with"] = wanted
    await person.fill(answers, submit=True)
    await person.close(everything=True)


async def _circle_of(person: Person) -> str:
    rooms = [str(room["name"]) for room in await person.sidebar()]
    return next((name for name in rooms if name.startswith("circle-")), "")


async def _side_by_side(acts: Iterator[Awaitable[None]]) -> None:
    free = asyncio.Semaphore(SIDE_BY_SIDE)

    async def one(act: Awaitable[None]) -> None:
        async with free:
            await act

    await asyncio.gather(*(one(act) for act in acts))
