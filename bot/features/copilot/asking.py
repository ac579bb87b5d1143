"""In a session in writing nobody is in the room, so each is asked once a stage, in their own working hours."""

from datetime import datetime

from bot.domain import when
from bot.features.copilot.reading import Scene
from bot.store.unit_of_work import Work


async def ask_to_write(work: Work, scene: Scene, now: datetime) -> None:
    """At first the seat, where its question is still to come; then the others for what happened to them; at last the seat."""
    run = scene.run
    others = [who for who in scene.circle.members if who not in scene.sits]
    asked = others if run.place and run.coming else list(scene.sits)
    if run.place == 0 and scene.question:
        return
    people = await work.members.named(asked)
    for who in asked:
        due = when.first_good_moment(now, people[who].tz) if who in people else now
        if due < run.until:
            await work.outbox.add(
                "copilot.ask", run.session, to=who, due=due, expires=run.until, key=f"{run.place}:{who}",
                payload={"place": run.place},
            )  # fmt: skip
