"""Two pairs of the program, played by their people: one that has met and agreed on something, and one that begins."""

from datetime import UTC, datetime

from bot.sandbox.person import Person, World
from bot.sandbox.seed import MEMBERS

FIRST_MEETING = datetime(2026, 3, 11, 14, 0, tzinfo=UTC)
SECOND_MEETING = datetime(2026, 3, 19, 14, 0, tzinfo=UTC)
ASKER, BEGINNER = "Ana", "Bo"
ASKS = "asks you for an intro coffee"
TERMS = {
    "What is it for?": "To get onto the stage of one conference before the summer.",
    "What will be different in the end?": "One talk is held.\nTwo people in the company know what I can explain.",
    "How do we give feedback?": "One example, and one thing to try.",
    "How will we know that it helped?": "The talk has a date by the end of April.",
    "What do we leave out?": "salary, my manager's plans",
}


async def find_each_other(world: World) -> None:
    mentor = await _coffee(world, ASKER, "sponsor")
    if mentor is not None:
        await _agree(world, world.person(ASKER), mentor)
    await _coffee(world, BEGINNER, "skill")
    await world.settle()


async def _coffee(world: World, name: str, kind: str) -> Person | None:
    """Somebody asks whoever fits them best, and that one says yes."""
    asker = world.person(name)
    await asker.command(f"/mentor match {kind}")
    if "Ask for an intro coffee" not in (await asker.dm()).text:
        return None
    await asker.click("Ask for an intro coffee", near="1.", at="dm")
    await asker.fill({"Why you?": "You have done what I am about to try."}, submit=True)
    await asker.close(everything=True)
    for _hour in range(12):
        await world.settle()
        for newcomer in MEMBERS:
            other = world.person(newcomer.real_name)
            if f"{asker.name} {ASKS}" in (await other.dm()).text:
                await other.click("Accept", near=f"{asker.name} {ASKS}", at="dm")
                await world.settle()
                return other
        await world.forward(hours=1)
    return None


async def _agree(world: World, mentee: Person, mentor: Person) -> None:
    await _open(mentee)
    await mentee.click("Propose an agreement")
    await mentee.fill(TERMS, submit=True)
    await mentee.close(everything=True)
    await world.settle()
    await _open(mentor)
    await mentor.click("Read and sign")
    await mentor.click("Sign")
    await mentor.close(everything=True)
    await _plan(mentee, FIRST_MEETING)


async def meet_and_go_on(world: World) -> None:
    """They met; one of them keeps what she took away, plans the next time, and begins its agenda."""
    mentee = world.person(ASKER)
    await mentee.command("/mentor relationships")
    if "[Open]" not in (await mentee.dm()).text:
        return
    await _open(mentee)
    await mentee.click("We met")
    await mentee.click("Write into my ledger")
    await mentee.fill(
        {
            "What was it about?": "Which conference, and what I have to say there",
            "What do I take away?": "Begin with the failure, not with the tool. Ask the organisers what they lack.",
            "What follows?": "Three titles by Thursday.",
        },
        submit=True,
    )
    await mentee.close(everything=True)
    await _plan(mentee, SECOND_MEETING)
    await _open(mentee)
    await mentee.click("Write the agenda")
    await mentee.fill(
        {
            "Most important: my question": "Which of these three titles would you come to?",
            "What came of what you advised": "I asked two organisers. Both lack talks about what went wrong.",
        },
        submit=True,
    )
    await mentee.close(everything=True)


async def _plan(mentee: Person, at: datetime) -> None:
    await _open(mentee)
    await mentee.click("Plan the next meeting")
    await mentee.fill({"When": int(at.timestamp())}, submit=True)
    await mentee.close(everything=True)


async def _open(person: Person) -> None:
    await person.command("/mentor relationships")
    await person.click("Open", near="sponsor", at="dm")
