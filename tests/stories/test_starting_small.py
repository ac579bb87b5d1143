"""Small ways into mentoring: one thing asked back, an introduction, one question in one meeting."""

from tests.stories.oak import start_oak
from tests.stories.pair import at
from tests.stories.test_matching import introduce

MICRO = "Micro: one question, one meeting"


async def test_asked_back_answered_declined_kindly_and_introduced_to_another(world, ana, bo, miriam):
    tomas = world.person("Tomas")
    await introduce(ana, bo, miriam, tomas)
    await start_oak(tomas, **{"Whom do you want to bring in?": ["Ana", "Bo"]})
    await ana.command("/mentor match")
    await ana.click("Ask for an intro coffee", near="@Miriam")
    await ana.fill({"Why you?": "You run the choir."}, submit=True)
    await ana.close(everything=True)
    await world.settle()
    await miriam.click("Tell me more", near="asks you for an intro coffee")
    await miriam.click("Ask them one thing")
    await miriam.fill({"What would you like to know?": "What have you <!channel> tried?"}, submit=True)
    await miriam.close(everything=True)
    await world.settle()
    await ana.click("Answer", near="would like to know one thing")
    await ana.fill({"Your answer": "Twice, and both times I froze."}, submit=True)
    await ana.close(everything=True)
    await world.settle()
    await miriam.sees("both times I froze", in_="dm")
    await miriam.click("Not now", near="answered your question")
    await miriam.click("Add a kind line")
    await miriam.fill({"A kind line": "I'm full until May.", "Who may fit better?": "Bo"}, submit=True)
    await miriam.close(everything=True)
    await world.settle()
    await ana.sees("I'm full until May", in_="dm")

    await ana.command("/mentor match")
    await ana.click("About them", near="@Bo")
    await ana.sees("Who knows you both", in_="modal")
    await ana.click("Ask to be introduced", near="@Tomas")
    await ana.fill({"Why them?": "Bo leads people who lead."}, submit=True)
    await ana.close(everything=True)
    await world.until("2026-03-02T10:01+01:00")
    await tomas.click("Introduce them")
    await world.settle()
    await bo.sees("@Tomas Reyes knows you both", in_="dm")


async def test_one_question_one_meeting_then_thanks(world, ana, miriam):
    offers = {"What could you be for somebody?": [MICRO], "What can you help others with?": "public speaking (teach)"}
    await introduce(miriam, **offers)
    await introduce(ana)
    await ana.command("/mentor find")
    await ana.sees("One question, one meeting, then thanks", in_="dm")
    await ana.command("/mentor find public speaking")
    await ana.click("Ask my question", near="@Miriam")
    await ana.fill({"Your question": "How do I begin a talk?"}, submit=True)
    await ana.close(everything=True)
    await world.settle()
    await miriam.sees("How do I begin a talk?", in_="dm")
    await miriam.click("Accept")
    await world.settle()
    await ana.sees("Then thanks, and that is it")
    await ana.command("/mentor relationships")
    await ana.click("Open", near="your micro mentor")
    await ana.click("Plan the next meeting")
    await ana.fill({"When": at("2026-03-02T11:00+01:00"), "How": "15 minutes"}, submit=True)
    await ana.close(everything=True)
    await world.until("2026-03-02T11:20+01:00")
    await ana.command("/mentor relationships")
    await ana.click("Open", near="your micro mentor")
    await ana.click("We met")
    await ana.click("Say thanks")
    await ana.fill({"Your thanks": "I begin with the map now."}, submit=True)
    await ana.close(everything=True)
    await world.settle()
    await miriam.sees("I begin with the map now", in_="dm")
    await ana.command("/mentor relationships")
    await ana.sees("Before", in_="dm")
