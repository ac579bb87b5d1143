"""From the list of candidates to the first meeting, and all the ways it may end before."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.errors import Gone, NotYours, Refused, RefusedFields
from bot.domain.ids import IntroId
from bot.domain.intros import IntroState
from bot.domain.people import Kind
from bot.features.matching import chores, handlers
from bot.slack.payload import Payload, pack
from bot.slack.replies import Edit, Modal, Replace, Reply, ShowHome, Turn
from bot.slack.requests import Command, View
from bot.store.messages import Place
from tests.builders import an_id, saved_circle, saved_member, saved_profile
from tests.clock import START

NASTY = "<!channel> & <@U0BO> \u202e😀 " + "x" * 3000


async def the_intro(deps, team):
    async with deps.store.open_view(team) as work:
        found = await work.intros.of([an_id("Ana")])
    return found[-1]


async def letters_of(deps, team):
    """Kind, reader and due moment of every letter that is promised."""
    from bot.store.outbox import outbox  # noqa: PLC0415

    async with deps.store.open_view(team) as work:
        rows = await work.outbox.rows(outbox.select().order_by(outbox.c.id))
    return [(row.kind, row.lane, row.due) for row in rows]


async def test_somebody_without_a_profile_learns_what_to_do(deps, team):
    async with deps.store.open_work(team) as work:
        await saved_member(work)
    reply = await handlers.match(Command(team, an_id("Ana")), deps)
    assert "Tell me about you first" in reply.message.text


async def test_the_best_candidates_come_with_reason_and_cost(deps, team, people):
    await people()
    reply = await handlers.match(Command(team, an_id("Ana")), deps)
    shown = str(reply.message.blocks)
    assert "Skill mentors for you: 3 people fit." in reply.message.text
    assert "giving feedback" in shown and shown.count("What it takes: half an hour") == 1 and "2 places free" in shown
    assert shown.index("U0BO") < shown.index("U0CHI")


async def test_for_a_sponsor_others_come_before_my_own_circle_and_no_skill_is_missed(deps, team, people):
    sponsor = {"offers_kinds": (Kind.SPONSOR,), "offers": ()}
    await people(Bo={**sponsor, "seniority": 5}, Dee={**sponsor, "seniority": 4})
    asked = Command(team, an_id("Ana"), words="sponsor")
    before = str((await handlers.match(asked, deps)).message.blocks)
    assert "can speak up for you there" in before and "Nothing close to" not in before
    first, second = sorted(("U0BO", "U0DEE"), key=before.index)
    async with deps.store.open_work(team) as work:
        program = await work.programs.current()
        await saved_circle(work, "Ana", {"U0BO": "Bo", "U0DEE": "Dee"}[first], program=program.id)
    after = str((await handlers.match(asked, deps)).message.blocks)
    assert after.index(second) < after.index(first)


@pytest.mark.parametrize("word", ["sponsor", " SPONSOR "])
async def test_a_kind_narrows_the_list(deps, team, people, word):
    await people(Dee={"offers_kinds": (Kind.SPONSOR,), "seniority": 5})
    reply = await handlers.match(Command(team, an_id("Ana"), words=word), deps)
    assert "Sponsors for you" in reply.message.text and "U0DEE" in str(reply.message.blocks)


@pytest.mark.parametrize("word", ["boss", "<!channel>", "x" * 3000])
async def test_an_unknown_kind_is_refused_with_those_there_are(deps, team, people, word):
    await people()
    with pytest.raises(Refused, match="skill, sponsor"):
        await handlers.match(Command(team, an_id("Ana"), words=word), deps)


async def test_nobody_fits_is_said_with_what_would_help(deps, team, people, click):
    await people()
    answer = await handlers.other_kind(click("Ana", chosen="reverse"), deps)
    assert isinstance(answer, Replace) and "No reverse mentors fit" in answer.message.text


async def test_without_a_kind_the_first_they_look_for_that_there_is_comes(deps, team, people):
    await people()
    async with deps.store.open_work(team) as work:
        ana = await work.members.profile(an_id("Ana"))
        await work.members.save_profile(replace(ana, seeks=(Kind.SPONSOR, Kind.SKILL)))
    said = (await handlers.match(Command(team, an_id("Ana")), deps)).message
    assert "No sponsors fit" not in said.text and an_id("Bo") in str(said.blocks)
    asked = (await handlers.match(Command(team, an_id("Ana"), words="sponsor"), deps)).message
    assert "No sponsors fit" in asked.text


async def test_in_a_modal_another_kind_turns_the_page(deps, team, people, click):
    await people()
    answer = await handlers.other_kind(click("Ana", chosen="skill", view=View("V1")), deps)
    assert isinstance(answer, Turn)


async def test_who_is_on_a_pause_is_not_offered(deps, team, people):
    await people()
    async with deps.store.open_work(team) as work:
        bo = await work.members.get(an_id("Bo"))
        await work.members.save(replace(bo, paused_until=START + timedelta(days=9)))
        chi = await work.members.get(an_id("Chi"))
        await work.members.save(replace(chi, left=True))
    shown = str((await handlers.match(Command(team, an_id("Ana")), deps)).message.blocks)
    assert "U0DEE" in shown and "U0BO" not in shown and "U0CHI" not in shown


async def test_on_a_pause_nobody_is_looked_for(deps, team, people):
    await people()
    async with deps.store.open_work(team) as work:
        ana = await work.members.get(an_id("Ana"))
        await work.members.save(replace(ana, paused_until=START + timedelta(days=9)))
    with pytest.raises(Refused, match="resume"):
        await handlers.match(Command(team, an_id("Ana")), deps)


async def test_the_form_opens_and_asking_promises_a_letter(deps, team, people, click, asking):
    await people()
    assert isinstance(await handlers.open_ask(click("Ana", member=an_id("Bo"), kind="skill"), deps), Modal)
    turn, home = await handlers.ask(asking("Ana", "Bo", why="You ran the move."), deps)
    intro = await the_intro(deps, team)
    assert isinstance(turn, Turn) and isinstance(home, ShowHome)
    assert intro.state is IntroState.ASKED and intro.lines.why == "You ran the move."
    assert "giving feedback" in intro.because
    # Monday 10:00 in Berlin, so three working days end on Thursday at 18:00 there.
    assert intro.answer_by == START + timedelta(days=3, hours=8)
    assert await letters_of(deps, team) == [("matching.intro", an_id("Bo"), START)]


async def test_lines_too_long_are_refused_under_their_field(deps, team, people, asking):
    await people()
    with pytest.raises(RefusedFields) as refused:
        await handlers.ask(asking("Ana", "Bo", why=NASTY, hope="fine"), deps)
    assert set(refused.value.fields) == {"why"}


async def test_the_same_person_is_not_asked_twice(deps, team, people, click, asking):
    await people()
    await handlers.ask(asking("Ana", "Bo"), deps)
    with pytest.raises(Refused, match="open request"):
        await handlers.ask(asking("Ana", "Bo"), deps)
    with pytest.raises(Refused, match="open request"):
        await handlers.open_ask(click("Bo", member=an_id("Ana"), kind="skill"), deps)


async def test_at_most_three_requests_are_open(deps, team, people, asking):
    await people()
    async with deps.store.open_work(team) as work:
        offered = {"offers_kinds": (Kind.SKILL,), "seniority": 3}
        await saved_profile(work, "Eve", **offered)
    for other in ("Bo", "Chi", "Dee"):
        await handlers.ask(asking("Ana", other), deps)
    with pytest.raises(Refused, match="3 requests open"):
        await handlers.ask(asking("Ana", "Eve"), deps)


@pytest.mark.parametrize(
    ("changes", "because"),
    [
        ({"Bo": {"capacity": 0}}, "full"),
        ({"Ana": {"manager": an_id("Bo")}}, "the manager"),
        ({"Bo": {"offers_kinds": ()}}, "not offered"),
    ],
)
async def test_a_forged_ask_is_refused_without_saying_why(deps, team, people, asking, changes, because):
    await people(**changes)
    with pytest.raises(Refused, match="can't take this on"):
        await handlers.ask(asking("Ana", "Bo"), deps)


async def test_somebody_unknown_gone_or_on_a_pause_is_refused_kindly(deps, team, people, asking):
    await people()
    with pytest.raises(Refused):
        await handlers.ask(asking("Ana", "Nobody"), deps)
    async with deps.store.open_work(team) as work:
        bo = await work.members.get(an_id("Bo"))
        await work.members.save(replace(bo, paused_until=START + timedelta(days=9)))
    with pytest.raises(Refused):
        await handlers.ask(asking("Ana", "Bo"), deps)


async def test_nobody_asks_themselves(deps, team, people, click):
    await people(Ana={"offers_kinds": (Kind.SKILL,)})
    with pytest.raises(Refused, match="That's you"):
        await handlers.open_ask(click("Ana", member=an_id("Ana"), kind="skill"), deps)


@pytest.mark.parametrize("payload", [{}, {"member": 7, "kind": "skill"}, {"member": "U0BO", "kind": "king"}])
async def test_a_forged_button_is_refused(deps, team, people, click, payload):
    await people()
    with pytest.raises(Refused):
        await handlers.open_ask(click("Ana", **payload), deps)


async def test_tell_me_more_shows_the_lines_to_the_one_asked_alone(deps, team, people, click, asking):
    await people()
    await handlers.ask(asking("Ana", "Bo", hope="To say no well", offer="Good coffee"), deps)
    intro = await the_intro(deps, team)
    opened = await handlers.tell_me_more(click("Bo", intro=intro.id), deps)
    assert "To say no well" in str(opened.view) and "Lead my first project" not in str(opened.view)
    with pytest.raises(NotYours):
        await handlers.tell_me_more(click("Chi", intro=intro.id), deps)


async def test_a_yes_opens_one_conversation_with_a_guide(deps, team, people, click, asking, slack):
    await people()
    await handlers.ask(asking("Ana", "Bo"), deps)
    intro = await the_intro(deps, team)
    answer = await handlers.accept(click("Bo", intro=intro.id), deps)
    assert isinstance(answer, Replace) and "said yes" in answer.message.text
    kept = await the_intro(deps, team)
    assert kept.state is IntroState.ACCEPTED and kept.group
    assert ("matching.guide", kept.group, START) in await letters_of(deps, team)
    with pytest.raises(Refused, match="said yes to this one already"):
        await handlers.accept(click("Bo", intro=intro.id), deps)
    await chores.open_conversations(deps, team)
    assert len(slack.called("conversations.open")) == 1


async def test_what_slack_does_not_do_at_once_the_chore_does(deps, team, people, click, asking, slack):
    await people()
    await handlers.ask(asking("Ana", "Bo"), deps)
    intro = await the_intro(deps, team)
    slack.refuse("conversations.open", "ratelimited")
    await handlers.accept(click("Bo", intro=intro.id), deps)
    assert (await the_intro(deps, team)).group is None
    await chores.open_conversations(deps, team)
    await chores.open_conversations(deps, team)
    assert (await the_intro(deps, team)).group
    assert len([kind for kind, *_ in await letters_of(deps, team) if kind == "matching.guide"]) == 1


async def test_if_one_of_them_is_gone_both_hear_it(deps, team, people, click, asking, slack):
    await people()
    await handlers.ask(asking("Ana", "Bo"), deps)
    intro = await the_intro(deps, team)
    slack.refuse("conversations.open", "user_disabled")
    await handlers.accept(click("Bo", intro=intro.id), deps)
    assert (await the_intro(deps, team)).state is IntroState.FAILED
    told = [reader for kind, reader, _ in await letters_of(deps, team) if kind == "matching.failed"]
    assert sorted(told) == [an_id("Ana"), an_id("Bo")]
    await chores.open_conversations(deps, team)
    assert len(slack.called("conversations.open")) == 1


async def test_only_the_one_asked_can_answer(deps, team, people, click, asking):
    await people()
    await handlers.ask(asking("Ana", "Bo"), deps)
    intro = await the_intro(deps, team)
    for name in ("Ana", "Chi"):
        for answer in (handlers.accept, handlers.decline):
            with pytest.raises(NotYours):
                await answer(click(name, intro=intro.id), deps)
    with pytest.raises(NotYours):
        await handlers.withdraw(click("Bo", intro=intro.id), deps)
    for forged in (intro.id + 99, -1):
        with pytest.raises(Gone):
            await handlers.accept(click("Bo", intro=forged), deps)


async def test_places_are_counted_when_saying_yes(deps, team, people, click, asking):
    await people(Bo={"capacity": 1})
    async with deps.store.open_work(team) as work:
        await saved_profile(work, "Eve")
    await handlers.ask(asking("Ana", "Bo"), deps)
    await handlers.ask(asking("Eve", "Bo"), deps)
    async with deps.store.open_view(team) as work:
        first, second = await work.intros.open_of(an_id("Bo"))
    await handlers.accept(click("Bo", intro=first.id), deps)
    with pytest.raises(Refused, match="at most 1 at a time"):
        await handlers.accept(click("Bo", intro=second.id), deps)


async def test_a_manager_named_since_then_keeps_them_apart(deps, team, people, click, asking):
    await people()
    await handlers.ask(asking("Ana", "Bo"), deps)
    intro = await the_intro(deps, team)
    async with deps.store.open_work(team) as work:
        ana = await work.members.profile(an_id("Ana"))
        await work.members.save_profile(replace(ana, manager=an_id("Bo")))
    with pytest.raises(Refused, match="reporting line"):
        await handlers.accept(click("Bo", intro=intro.id), deps)


async def test_a_no_is_told_kindly(deps, team, people, click, asking):
    await people()
    await handlers.ask(asking("Ana", "Bo"), deps)
    intro = await the_intro(deps, team)
    answer = await handlers.decline(click("Bo", intro=intro.id), deps)
    assert "Not now" in answer.message.text
    assert ("matching.declined", an_id("Ana"), START) in await letters_of(deps, team)
    shown = str((await handlers.match(Command(team, an_id("Ana")), deps)).message.blocks)
    assert "U0BO" not in shown and "U0CHI" in shown


async def test_taken_back_the_letter_says_so(deps, team, people, click, asking):
    await people()
    await handlers.ask(asking("Ana", "Bo"), deps)
    intro = await the_intro(deps, team)
    async with deps.store.open_work(team) as work:
        await work.messages.remember("matching.intro", str(intro.id), Place("D0BO", "1.2"))
    edit, home = await handlers.withdraw(click("Ana", intro=intro.id), deps)
    assert isinstance(edit, Edit) and edit.channel == "D0BO" and isinstance(home, ShowHome)
    with pytest.raises(Refused, match="took this request back"):
        await handlers.accept(click("Bo", intro=intro.id), deps)
    with pytest.raises(Refused, match="nothing to take back"):
        await handlers.withdraw(click("Ana", intro=intro.id), deps)
    await handlers.ask(asking("Ana", "Bo"), deps)


async def test_answered_at_home_the_letter_changes_too(deps, team, people, click, asking):
    await people()
    await handlers.ask(asking("Ana", "Bo"), deps)
    intro = await the_intro(deps, team)
    async with deps.store.open_work(team) as work:
        await work.messages.remember("matching.intro", str(intro.id), Place("D0BO", "1.2"))
    edit, home = await handlers.decline(click("Bo", intro=intro.id, view=View("V1", kind="home")), deps)
    assert isinstance(edit, Edit) and isinstance(home, ShowHome)


async def test_whom_one_hides_is_hidden_both_ways_and_can_be_shown_again(deps, team, people, click, asking):
    await people(Bo={"seeks": (Kind.SKILL,)}, Ana={"offers_kinds": (Kind.SKILL,), "seniority": 3})
    await handlers.ask(asking("Ana", "Bo"), deps)
    hidden = Payload.read(pack(member=an_id("Bo"), kind="skill"))
    shown = await handlers.hide(click("Ana", **hidden.parts), deps)
    assert "U0BO" not in str(shown.message.blocks)
    assert "U0ANA" not in str((await handlers.match(Command(team, an_id("Bo")), deps)).message.blocks)
    assert (await the_intro(deps, team)).state is IntroState.WITHDRAWN
    for name, other in (("Ana", "Bo"), ("Bo", "Ana")):
        with pytest.raises(Refused, match="can't take this on"):
            await handlers.ask(asking(name, other), deps)
        with pytest.raises(Refused, match="can't take this on"):
            await handlers.about(click(name, member=an_id(other), kind="skill"), deps)
    listed = await handlers.list_hidden(Command(team, an_id("Ana")), deps)
    assert isinstance(listed, Reply) and "<@U0BO>" in str(listed.message.blocks)
    assert "hidden nobody" in (await handlers.list_hidden(Command(team, an_id("Bo")), deps)).message.text
    await handlers.unhide(click("Ana", member=an_id("Bo")), deps)
    await handlers.ask(asking("Ana", "Bo"), deps)


async def test_hiding_the_one_who_asked_reads_like_any_no(deps, team, people, click, asking):
    await people()
    await handlers.ask(asking("Ana", "Bo"), deps)
    await handlers.hide(click("Bo", member=an_id("Ana"), kind="skill"), deps)
    assert (await the_intro(deps, team)).state is IntroState.DECLINED
    assert "matching.declined" in [kind for kind, *_ in await letters_of(deps, team)]


async def test_nobody_hides_a_stranger_or_themselves(deps, team, people, click):
    await people()
    for other in ("Ana", "Nobody", "<!channel>"):
        with pytest.raises(Gone):
            await handlers.hide(click("Ana", member=an_id(other), kind="skill"), deps)


async def test_a_profile_is_shown_without_goals_and_boundaries(deps, team, people, click):
    await people(Bo={"boundaries": "No calls on Fridays", "goals": "Secret"})
    opened = await handlers.about(click("Ana", member=an_id("Bo"), kind="skill"), deps)
    assert "Giving feedback" in str(opened.view)
    assert "Fridays" not in str(opened.view) and "Secret" not in str(opened.view)


async def test_an_intro_of_another_workspace_is_not_there(deps, team, people, asking, click):
    await people()
    await handlers.ask(asking("Ana", "Bo"), deps)
    intro = await the_intro(deps, team)
    with pytest.raises(Gone):
        await handlers.accept(replace(click("Bo", intro=intro.id), team="T0ELSE"), deps)
    assert isinstance(intro.id, int) and IntroId(intro.id)
