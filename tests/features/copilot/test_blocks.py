"""How a session under way looks, stage by stage."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain import runs
from bot.domain.duties import Duty
from bot.domain.runs import Leg
from bot.domain.sessions import Presence
from bot.domain.shipped import ASYNC_48, HOT_SEAT_60, HOT_SEAT_90, TROIKA_60
from bot.domain.written import Kind, Reply
from bot.features.copilot import blocks, words
from bot.features.copilot.flows import Now
from bot.features.copilot.reading import Scene
from tests.builders import a_circle, a_session, an_id

ANA, BO, CHI, DEE = (an_id(name) for name in ("Ana", "Bo", "Chi", "Dee"))
ROLES = {Duty.FACILITATOR: BO, Duty.TIMEKEEPER: CHI, Duty.SCRIBE: DEE}
SESSION = a_session(presence={ANA: Presence.PRESENT, BO: Presence.PRESENT})
AT = SESSION.starts
HOSTILE = "<!channel> & {seat} *bold* ‮ 😀 "


def a_scene(minute=0, protocol=HOT_SEAT_60, change=lambda run: run, **more):
    session = replace(SESSION, minutes=protocol.minutes)
    run = replace(runs.start(session, protocol, now=AT, by=BO), facilitator=BO)
    run, _ = runs.advanced(run, AT + timedelta(minutes=minute))
    return Scene(change(run), session, a_circle(), **{"sits": [ANA], "roles": ROLES} | more)


SCENES = {
    "arrive": a_scene(),
    "case": a_scene(13),
    "two": a_scene(47),
    "last": a_scene(57),
    "paused": a_scene(20, change=lambda run: runs.paused(run, AT + timedelta(minutes=21))),
    "second-seat": a_scene(52, HOT_SEAT_90, sits=[ANA, DEE]),
    "nobody-sits": a_scene(13, sits=[], roles={}, change=lambda run: replace(run, facilitator=None)),
    "threes": a_scene(16, TROIKA_60, sits=[], threes=((ANA, BO, CHI), (DEE, an_id("Eve"), an_id("Fay")))),
    "over": a_scene(61, following=a_session(starts=AT + timedelta(days=7))),
    "over-without-a-next": a_scene(61),
    "hostile": a_scene(
        change=lambda run: replace(run, legs=(Leg(HOSTILE, HOSTILE, timedelta(minutes=5), {}, 0), *run.legs[1:]))
    ),
}


@pytest.mark.parametrize("scene", SCENES.values(), ids=SCENES)
def test_the_message_in_the_thread(scene, looks_right):
    looks_right(blocks.live(scene))


@pytest.mark.parametrize("duty", list(Duty))
def test_the_line_for_each_duty(duty, looks_right):
    scene = a_scene()
    looks_right(blocks.line(scene, duty, scene.run.leg.lines[duty]))


def test_the_line_for_the_seat_with_the_question(looks_right):
    looks_right(blocks.line(a_scene(13), Duty.SEAT, "The floor is yours.", HOSTILE))


def test_the_moment_for_everybodys_two(looks_right):
    looks_right(blocks.two(a_scene(47)))


def test_it_was_started_from_elsewhere(looks_right):
    looks_right(blocks.started(a_scene()))


def test_the_form_to_hand_over(looks_right):
    looks_right(blocks.hand_over(a_scene()))


def a_reply(number, kind=Kind.EXPERIENCE, who=BO, text=HOSTILE + "x" * 200, **more):
    return Reply(SESSION.id, who, kind, text, AT, id=number, **more)


REPLIES = [a_reply(1, Kind.QUESTION), a_reply(2, who=CHI), a_reply(3, Kind.ANSWER, ANA)]
SAID = a_reply(4, Kind.PLAYBACK, ANA, HOSTILE, picks=(2, 99))
WRITTEN = {
    "clarify": a_scene(60, ASYNC_48, question=HOSTILE),
    "clarify-without-a-question": a_scene(60, ASYNC_48),
    "experience": a_scene(17 * 60, ASYNC_48, question=HOSTILE, replies=REPLIES),
    "playback": a_scene(41 * 60, ASYNC_48, question=HOSTILE, replies=REPLIES),
    "over": a_scene(49 * 60, ASYNC_48, question=HOSTILE, replies=[*REPLIES, SAID]),
}


@pytest.mark.parametrize("scene", WRITTEN.values(), ids=WRITTEN)
def test_the_message_of_a_session_in_writing(scene, looks_right):
    looks_right(blocks.live(scene))


@pytest.mark.parametrize("kind", list(Kind))
def test_the_form_to_write(kind, looks_right):
    looks_right(words.write(WRITTEN["playback"], kind))


@pytest.mark.parametrize("kind", list(Kind))
def test_what_was_written_in_the_thread(kind, looks_right):
    looks_right(words.posted(WRITTEN["playback"], a_reply(1, kind)))


@pytest.mark.parametrize("kind", [Kind.ANSWER, Kind.EXPERIENCE, Kind.PLAYBACK])
def test_each_is_asked_to_write(kind, looks_right):
    looks_right(words.asked(WRITTEN["playback"], kind))


NOWS = {
    "nothing": [],
    "under-way": [Now(a_circle(), SESSION, a_scene(13))],
    "many": [
        Now(a_circle(), SESSION, a_scene(13)),
        Now(a_circle(), SESSION, WRITTEN["clarify"]),
        Now(a_circle(name=HOSTILE), SESSION, may_start=True),
        Now(a_circle(), SESSION),
    ],
    "none-planned": [Now(a_circle(), None)],
}


@pytest.mark.parametrize("now", NOWS.values(), ids=NOWS)
def test_how_it_stands(now, looks_right):
    looks_right(blocks.standing(now))
