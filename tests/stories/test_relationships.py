"""Two people, from the yes to a coffee onwards, as each of them sees it."""

from tests.stories.pair import at, begin


async def something_is_promised_and_done(ana, miriam):
    await ana.click("Make my two commitments")
    await ana.fill({"I will": "draft page one", "By": "2026-03-16", "Who sees it?": "The other one too"}, submit=True)
    await ana.sees("Make the second one", in_="modal")
    await ana.close(everything=True)
    await ana.command("/mentor relationships")
    await ana.click("Open", near="your skill mentor")
    await ana.click("Done")
    await ana.fill({"How did it go?": "Partly"}, submit=True)
    await ana.close(everything=True)
    await miriam.command("/mentor relationships")
    await miriam.click("Open", near="you are their skill mentor")
    await miriam.sees("draft page one", in_="modal")
    await miriam.close(everything=True)
    await ana.command("/mentor relationships")
    await ana.click("Open", near="your skill mentor")


async def test_a_relationship_is_born_from_a_coffee_planned_held_ended_and_opened_again(world, ana, miriam, bo):
    await ana.command("/mentor relationships")
    await ana.sees("No one-to-one relationship yet", in_="dm")
    await ana.command("/mentor match sponser")
    await ana.sees("Did you mean /mentor match sponsor", in_="dm")
    await begin(world, ana, miriam)

    await ana.command("/mentor relationships")
    await ana.sees("your skill mentor", in_="dm")
    await ana.click("Open", near="your skill mentor")
    await ana.sees("You have not met yet", in_="modal")
    await ana.click("Plan the next meeting")
    await ana.fill({"When": at("2026-03-05T10:00+01:00"), "How": "30 minutes"}, submit=True)
    await ana.sees("Planned:", in_="modal")
    await ana.close(everything=True)
    await miriam.sees("@Ana Keller brings the questions")

    await world.until("2026-03-05T10:45+01:00")
    await miriam.command("/mentor relationships")
    await miriam.sees("you are their skill mentor", in_="dm")
    await miriam.click("Open", near="you are their skill mentor")
    await miriam.click("We met")
    await miriam.sees("You have met 1 time", in_="modal")
    await miriam.close(everything=True)
    await ana.command("/mentor relationships")
    await ana.click("Open", near="your skill mentor")
    await something_is_promised_and_done(ana, miriam)
    await ana.click("End it")
    await ana.fill({"A note to yourself": "I need somebody who codes."}, submit=True)
    await ana.sees("the door is open", in_="modal")
    await ana.close(everything=True)
    await world.settle()
    await miriam.sees("comes to an end", in_="dm")
    await miriam.click("Open", near="comes to an end")
    await miriam.sees("It has ended", in_="modal")
    await miriam.does_not_see("somebody who codes", in_="modal")
    await miriam.click("Open it again")
    await miriam.sees("No date yet", in_="modal")


TERMS = {
    "What is it for?": "To give my first <!channel> talk",
    "What will be different in the end?": "It is held by June.",
    "How often do we meet?": "Every 2 weeks",
    "How long?": "60 minutes",
    "Minutes a month, at most": "60",
    "What do we leave out?": "salary, the reorganisation",
}


async def test_an_agreement_is_signed_by_both_and_kept_to(world, ana, miriam, bo):
    await begin(world, ana, miriam)
    await ana.command("/mentor relationships")
    await ana.click("Open", near="your skill mentor")
    await ana.click("Propose an agreement")
    await ana.fill(TERMS, submit=True)
    await ana.sees("signed by you", in_="modal")
    await ana.close(everything=True)
    await world.settle()
    await miriam.click("Read all of it", near="proposes an agreement", at="dm")
    await miriam.sees("salary, the reorganisation", in_="modal")
    await miriam.click("Sign")
    await miriam.sees("signed by both on", in_="modal")
    await miriam.close(everything=True)
    await ana.sees("You have both signed your agreement")

    await miriam.command("/mentor relationships")
    await miriam.click("Open", near="you are their skill mentor")
    await miriam.click("Read it")
    await miriam.click("Change it")
    await miriam.fill({"Minutes a month, at most": "45"}, submit=True)
    await miriam.close(everything=True)
    await world.settle()
    await ana.sees("proposes a change to your agreement", in_="dm")
    await ana.click("Sign", near="proposes a change")
    await ana.sees("Signed by both", in_="dm")
    await an_agenda_keeps_to_it(world, ana, miriam)


async def an_agenda_keeps_to_it(world, ana, miriam):
    await ana.command("/mentor relationships")
    await ana.click("Open", near="your skill mentor")
    await ana.click("Plan the next meeting")
    await ana.fill({"When": at("2026-03-05T10:00+01:00"), "How": "60 minutes"}, submit=True)
    await ana.close(everything=True)
    await world.until("2026-03-03T09:01+01:00")
    await ana.click("Write the agenda", near="What do you bring?", at="dm")
    await ana.fill({"Most important: my question": "Is my salary fair?"}, submit=True)
    await ana.click("Send it")
    await ana.sees("agreed to leave out salary", in_="modal")
    await ana.click("Change it")
    await ana.fill({"Most important: my question": "How do I begin a talk?"}, submit=True)
    await ana.click("Send it")
    await ana.close(everything=True)
    await world.settle()
    await miriam.sees("How do I begin a talk?", in_="dm")
    await miriam.click("Rather 15 minutes", near="brings this to your meeting", at="dm")
    await ana.sees("has a full week")
    await miriam.click("Rather in writing", near="brings this to your meeting", at="dm")
    await miriam.click("Answer in writing", at="dm")
    await miriam.fill({"Your answer": "With the map, not with your name."}, submit=True)
    await miriam.close(everything=True)
    await world.settle()
    await ana.sees("With the map, not with your name", in_="dm")


async def test_four_quiet_weeks_end_it_without_blame_and_the_door_is_open(world, ana, miriam):
    await begin(world, ana, miriam)
    await world.until("2026-03-09T10:00+01:00")
    await ana.sees("quiet with @Miriam Okafor for a week", in_="dm")
    await miriam.does_not_see("quiet with", in_="dm")
    await world.until("2026-03-16T10:00+01:00")
    await miriam.sees("Two quiet weeks with @Ana Keller", in_="dm")
    await world.until("2026-03-30T12:00+02:00")
    await ana.sees("has fallen asleep", in_="dm")
    await miriam.click("Open it again", near="has fallen asleep")
    await miriam.sees("No date yet", in_="modal")


async def test_a_ledger_is_written_shown_in_part_and_taken_along(world, ana, miriam):
    await begin(world, ana, miriam)
    await ana.command("/mentor relationships")
    await ana.click("Open", near="your skill mentor")
    await ana.click("We met")
    await ana.click("Write into my ledger")
    await ana.fill(
        {"What was it about?": "The first talk", "What do I take away?": "Begin with the map."}, submit=True
    )
    await ana.sees("Only you see it", in_="modal")
    await ana.close(everything=True)
    await miriam.command("/mentor ledger")
    await miriam.sees("Your ledger is empty so far", in_="dm")
    await ana.command("/mentor ledger map")
    await ana.sees("in 1 note of yours", in_="dm")
    await ana.click("Show some to a mentor", at="dm")
    await ana.fill(
        {"Whom?": "Miriam Okafor: skill mentor", "Which notes?": ["02 Mar 2026: The first talk"]}, submit=True
    )
    await ana.close(everything=True)
    await world.settle()
    await miriam.sees("Begin with the map", in_="dm")
    await ana.click("As Markdown", at="dm")
    await ana.sees("Your mentoring ledger, as it is now", in_="dm")
