"""The first weeks of a program, played by its people: they click and type what people would, and the clock moves.

Nothing is written behind the bot's back, so what a visitor finds is what the bot made of it. The same seed plays the
same weeks.
"""

from bot.sandbox.person import Person, World
from bot.sandbox.seed import MEMBERS, STAFF, Newcomer

LEVELS = {1: "starting", 2: "starting", 3: "solid", 4: "teach", 5: "teach"}
SENIORITY = {
    "junior": "Starting out",
    "mid": "Established",
    "senior": "Senior",
    "lead": "Leading others",
    "executive": "Executive",
}
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


async def found_program(world: World) -> None:
    """The lead speaks to the bot first, so the program is hers."""
    lead = world.person(STAFF[0].real_name)
    await lead.command("/mentor program")
    await lead.fill({"Name": "Spring circles 2026"}, submit=True)
    await lead.close(everything=True)


async def fill_in_profiles(world: World, newcomers: tuple[Newcomer, ...] = MEMBERS) -> None:
    for number, newcomer in enumerate(newcomers):
        await fill_in_profile(world.person(newcomer.real_name), newcomer, number)


async def fill_in_profile(person: Person, newcomer: Newcomer, number: int) -> None:
    await person.command("/mentor profile")
    answers = {
        "What would you like to learn?": ", ".join(sorted(newcomer.wants, key=lambda skill: -newcomer.wants[skill])),
        "What can you help others with?": ", ".join(
            f"{skill} ({LEVELS[level]})" for skill, level in newcomer.offers.items()
        ),
        "What do you want to be different in half a year?": newcomer.goals,
        "Which circle themes speak to you?": [THEMES[number % 6], THEMES[(number * 5 + 1) % 6]],
        "Whom are you looking for?": ["Skill mentor", "Peer"] if number % 2 else ["Sponsor", "Peer"],
        "What could you be for somebody?": ["Skill mentor", "Micro"]
        if number % 3
        else ["Perspective", "Skill mentor"],
        "Where are you in your career?": SENIORITY[newcomer.seniority],
        "Department": newcomer.department,
        "Location": newcomer.location,
        "Languages": [one for one in newcomer.languages if one in KNOWN_LANGUAGES],
        "Interests": ", ".join(newcomer.interests),
    }
    if newcomer.manager:
        answers["Your manager"] = newcomer.manager
    await person.fill(answers, submit=True)
    await person.close(everything=True)
