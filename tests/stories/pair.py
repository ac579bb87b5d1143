"""The two that stories of relationships are about: Ana asks Miriam for a coffee, and Miriam says yes."""

from datetime import datetime

from tests.stories.test_matching import introduce


def at(moment):
    """As a picker of day and time takes it."""
    return int(datetime.fromisoformat(moment).timestamp())


async def begin(world, mentee, mentor, kind="Skill mentor: teaches something", command="/mentor match"):
    wish = {"Whom are you looking for?": [kind], "What could you be for somebody?": [kind]}
    await introduce(mentee, mentor, **wish)
    await mentee.command(command)
    await mentee.click("Ask for an intro coffee")
    await mentee.fill({"Why you?": "You run the choir."}, submit=True)
    await mentee.close(everything=True)
    await world.settle()
    await mentor.click("Accept", near="asks you for an intro coffee")
    await world.settle()
