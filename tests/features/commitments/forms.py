"""What members click and send in, and what is stored after it."""

from bot.features.commitments import handlers
from bot.slack.payload import Payload
from bot.slack.replies import Replace, Reply
from bot.slack.requests import Click, Submission, View
from tests.builders import an_id
from tests.features.answers import chosen, picked_day, typed

FORM = {
    "will": "call three customers",
    "by": picked_day("2026-03-18"),
    "evidence_kind": chosen("reflection"),
    "confidence": chosen("8"),
    "audience": chosen("me"),
}


def click(team, name="Ana", *, home=False, **parts):
    view = View("V1", kind="home") if home else None
    return Click(team, an_id(name), payload=Payload(parts), view=view)


def form(team, name="Ana", /, notes=None, **values):
    view = View("V1", notes=Payload({"asked": 0} | (notes or {})))
    return Submission(team, an_id(name), view=view, answers=typed(**FORM | values))


async def make(deps, team, session, name="Ana", /, *, asked=0, **values):
    """What the form answers, and the commitment it made, if any."""
    answer = await handlers.make(form(team, name, notes={"session": session.id, "asked": asked}, **values), deps)
    async with deps.store.open_view(team) as work:
        mine = await work.commitments.of_owner(an_id(name), [session.id])
    return answer, max(mine, key=lambda one: one.id, default=None)


async def stored(deps, team, number):
    async with deps.store.open_view(team) as work:
        return await work.commitments.get(number)


def outcome(team, name, number, state, **values):
    view = View("V1", notes=Payload({"commitment": number}))
    return Submission(team, an_id(name), view=view, answers=typed(state=chosen(state), **values))


def shown(answer):
    """All that an answer puts before somebody, as one text."""
    first = answer[0] if isinstance(answer, tuple) else answer
    return str(first.message.blocks if isinstance(first, Reply | Replace) else first.view)


def change_form(team, number, name="Ana", /, asked=0, **values):
    return form(team, name, notes={"commitment": number, "asked": asked}, **values)
