"""A week's question: asked in the circle's channel, answered by form, closed with a summary and a hand."""

import re

import pytest

from bot.sandbox.person import Declined

OAK = {
    "Name": "Oak",
    "What is it about?": "Finding my voice",
    "Weekly check-in: on which day?": "Tuesday",
    "Weekly check-in: at what hour?": "10:00",
    "Whom do you want to bring in?": ["Ana", "Bo"],
}
QUESTION = re.compile("This week's question: |The question was: ")
SAID = {"Your answer": "I finished the <!channel> rota.", "I'd like help with": "Saying no to the next one"}


@pytest.fixture
async def oak(world, program, miriam):
    """Miriam's circle with Ana and Bo, at ten on the Tuesday when its first question comes."""
    await miriam.command("/mentor circle create")
    await miriam.fill(OAK, submit=True)
    await miriam.close(everything=True)
    await world.settle()
    await world.until("2026-03-03T10:00+01:00")


async def post_answer(person, **changed):
    await person.click("Answer", near="This week's question", at="circle-oak")
    await person.fill(SAID | changed, submit=True)
    await person.sees("On its way to your circle's thread", in_="modal")
    await person.close(everything=True)
    await person.world.settle()


async def test_a_question_its_answers_and_a_hand(world, oak, miriam, ana, bo):
    await ana.sees("This week's question", in_="circle-oak")
    await post_answer(ana)
    await bo.sees("I finished the <!channel> rota.", in_="circle-oak")
    await bo.does_not_see("Saying no to the next one", in_="circle-oak")
    await post_answer(bo, **{"Your answer": "A quiet one.", "I'd like help with": ""})

    await world.until("2026-03-05T10:00+01:00")
    await miriam.sees("2 of 3 in. One of you would like help:", in_="circle-oak")
    asked = await miriam.sees("Closed. 2 of 3 answered, below.", in_="circle-oak")
    assert "The question was:" in asked.text and "[Answer]" not in asked.text
    await miriam.sees("Saying no to the next one", in_="circle-oak")
    await world.settle()
    [asked, other] = await who_is_asked(miriam, bo)
    await asked.click("Not this time", at="dm")
    await asked.sees("nobody hears that I asked you", in_="dm")
    await world.settle()
    await other.click("I'll help", at="dm")
    await world.settle()
    await other.sees("You offered @Ana Keller a hand", in_="dm")
    await ana.sees(f"@{other.name} can help you", in_="dm")
    await ana.sees("First step: say hello", in_="dm")
    await asked.sees(f"(@{other.name} is on it)", in_="circle-oak")

    await world.until("2026-03-13T09:00+01:00")
    await ana.click("Yes, say thank you", near=f"Did @{other.name} help you", at="dm")
    await world.settle()
    await other.sees("@Ana Keller says thank you", in_="dm")


async def who_is_asked(*people):
    """The one who is asked first, then the other."""
    first = [one for one in people if "would like a hand" in (await one.dm()).text]
    assert len(first) == 1, first
    return [*first, *(one for one in people if one not in first)]


async def test_a_hand_that_is_offered_at_night_is_told_in_the_morning(world, oak, miriam, ana, bo):
    await post_answer(ana)
    await world.until("2026-03-05T23:10+01:00")
    await bo.click("I can help", at="circle-oak")
    await world.settle()
    await bo.sees("You offered @Ana Keller a hand", in_="dm")
    await ana.does_not_see("can help you", in_="dm")
    await world.until("2026-03-06T09:00+01:00")
    await ana.sees("@Bo Lindqvist can help you", in_="dm")


async def test_the_silent_hear_once_in_the_morning(world, oak, miriam, ana, bo):
    await post_answer(ana)
    await world.until("2026-03-04T09:30+01:00")
    await bo.does_not_see("Two minutes for", in_="dm")
    await world.until("2026-03-04T12:00+01:00")
    for person in (miriam, bo):
        assert await times_seen(person, "Two minutes for") == 1
    await ana.does_not_see("Two minutes for", in_="dm")

    await bo.click("Answer", near="Two minutes for", at="dm")
    await bo.fill({"Your answer": "Better late."}, submit=True)
    await bo.close(everything=True)
    await world.settle()
    await ana.sees("Better late.", in_="circle-oak")
    await bo.sees("You have answered this week's question.", in_="dm")
    assert await times_seen(bo, "Two minutes for") == 0
    assert await times_seen(miriam, "Two minutes for") == 1
    await world.until("2026-03-06T12:00+01:00")
    assert await times_seen(miriam, "Two minutes for") == 0
    await miriam.sees("This week's question has closed", in_="dm")
    await bo.sees("You have answered this week's question.", in_="dm")
    await miriam.sees("2 of 3 in", in_="circle-oak")


async def times_seen(person, words):
    return sum(words in message.text for message in (await person.dm()).messages)


async def test_a_second_thought_changes_the_answer_where_it_stands(world, oak, ana, bo):
    await post_answer(ana)
    await ana.open_home()
    await ana.click("Change my answer", at="home")
    await ana.sees("I finished the <!channel> rota.", in_="modal")
    await ana.fill({"Your answer": "I finished half of it."}, submit=True)
    await ana.sees("Changed, in the thread too", in_="modal")
    await bo.sees("I finished half of it.", in_="circle-oak")
    await bo.does_not_see("rota", in_="circle-oak")


async def test_by_command_and_never_after_the_end(world, oak, ana, bo):
    await world.person("Kenji").command("/mentor checkin")
    await world.person("Kenji").sees("No check-in is open at the moment", in_="dm")
    await ana.command("/mentor checkin")
    await ana.fill(SAID, submit=True)
    await ana.close(everything=True)
    await bo.command("/mentor checkin")
    await world.until("2026-03-05T10:30+01:00")
    with pytest.raises(Declined) as declined:
        await bo.fill({"Your answer": "Too late?"}, submit=True)
    assert "This check-in has closed" in declined.value.errors["Your answer"]
    await bo.does_not_see("Too late?", in_="circle-oak")


async def test_by_shortcut_from_any_thread(world, oak, ana, bo):
    await ana.shortcut("This week's check-in")
    await ana.fill(SAID, submit=True)
    await ana.close(everything=True)
    await world.settle()
    await bo.sees("I finished the <!channel> rota.", in_="circle-oak")
    kenji = world.person("Kenji")
    await kenji.shortcut("This week's check-in")
    await kenji.sees("No check-in is open at the moment", in_="modal")


async def test_a_week_of_silence_ends_without_reproach(world, oak, ana):
    await world.until("2026-03-05T10:30+01:00")
    await ana.sees("A quiet week. The next question comes next week", in_="circle-oak")
    await world.until("2026-03-10T10:00+01:00")
    questions = [
        message.text for message in (await ana.channel("circle-oak")).messages if QUESTION.match(message.text)
    ]
    assert len(set(questions)) == 2 and [("[Answer]" in text) for text in questions] == [False, True], questions
