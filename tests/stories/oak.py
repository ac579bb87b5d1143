"""The circle that most stories are about: Oak, of whoever makes it, with Bo and Tomas."""

OAK = {
    "Name": "Oak",
    "What is it about?": "Finding my voice",
    "Day of the week": "Thursday",
    "From which day on?": "2026-03-12",
    "Whom do you want to bring in?": ["Bo", "Tomas"],
}


async def start_oak(person, **changed):
    await person.command("/mentor circle create")
    await person.fill({**OAK, **changed}, submit=True)
    await person.sees("is on its way", in_="modal")
    await person.close(everything=True)
    await person.world.settle()
