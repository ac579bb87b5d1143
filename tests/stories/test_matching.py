"""From a profile to a coffee, and from a whole program to circles with a channel each."""

from tests.stories.oak import start_oak

SHARED = {
    "What would you like to learn?": "giving feedback",
    "What can you help others with?": "giving feedback (teach)",
    "Which circle themes speak to you?": ["Finding my voice"],
    "Whom are you looking for?": ["Skill mentor: teaches something"],
    "What could you be for somebody?": ["Skill mentor: teaches something"],
    "Where are you in your career?": "Senior",
    "Until": "20:00",
    "From": "08:00",
}


async def introduce(*people, **changed):
    for person in people:
        await person.command("/mentor profile")
        await person.fill(SHARED | changed, submit=True)
        await person.sees("Saved", in_="modal")
        await person.close(everything=True)


async def test_a_coffee_from_the_list_to_the_conversation(world, ana, miriam):
    await ana.command("/mentor match")
    await ana.sees("Tell me about you first", in_="dm")
    await introduce(ana, miriam)
    await ana.command("/mentor match")
    await ana.sees("Offers giving feedback, which you asked for", in_="dm")
    await ana.click("Ask for an intro coffee")
    await ana.fill({"Why you?": "You run <!channel> the choir.", "What I hope to learn": "To say no"}, submit=True)
    await ana.sees("They have until", in_="modal")
    await ana.close()
    await world.settle()

    await miriam.sees("Ana Keller asks you for an intro coffee", in_="dm")
    await miriam.click("Tell me more", near="asks you for an intro coffee")
    await miriam.sees("To say no", in_="modal")
    await miriam.close()
    await miriam.click("Accept", near="asks you for an intro coffee")
    await miriam.sees("You said yes to @Ana Keller", in_="dm")
    await world.settle()
    for person in (ana, miriam):
        await person.sees("you both said yes to a coffee")
        rooms = [room for room in await person.rooms() if room.kind == "mpim"]
        assert len(rooms) == 1

    await world.until("2026-03-11T08:59+01:00")
    await miriam.does_not_see("a good match", in_="dm")
    await world.until("2026-03-11T09:00+01:00")
    await miriam.sees("Was the coffee with @Ana Keller a good match?", in_="dm")
    await miriam.click("Not a match", at="dm")
    await miriam.sees("nobody is to blame", in_="dm")
    await world.until("2026-03-11T12:30+01:00")
    await ana.click("A good match", near="Was the coffee with @Miriam Okafor", at="dm")
    await ana.sees("Good to hear", in_="dm")
    await ana.does_not_see("nobody is to blame", in_="dm")


async def test_no_answer_is_told_kindly_and_the_next_is_offered(world, ana, miriam):
    bo = world.person("Tomas")
    await introduce(ana, miriam, bo)
    await ana.command("/mentor match")
    await ana.click("Ask for an intro coffee", near="1.")
    await ana.fill({}, submit=True)
    await ana.close()
    await world.settle()
    await world.forward(days=5)
    await ana.sees("No answer from", in_="dm")
    await ana.sees("Next best:", in_="dm")
    first = miriam if "Tomas Reyes" in (await ana.sees("Next best:", in_="dm")).text else bo
    await first.sees("has lapsed, and that's fine", in_="dm")
    await first.click("Accept", near="asks you for an intro coffee")
    await first.sees("This request has lapsed", in_="dm")


async def test_not_now_and_hiding_somebody(world, ana, miriam):
    await introduce(ana, miriam)
    await ana.command("/mentor match")
    await ana.click("Ask for an intro coffee")
    await ana.fill({}, submit=True)
    await ana.close()
    await world.settle()
    await miriam.click("Not now", near="asks you for an intro coffee")
    await world.settle()
    await ana.sees("can't take a coffee on just now", in_="dm")
    tomas = world.person("Tomas")
    await introduce(tomas)
    await tomas.command("/mentor match")
    await tomas.click("Don't show me this person again", near="Ana Keller")
    await tomas.sees("Miriam Okafor", in_="dm")
    await ana.command("/mentor match sponsor")
    await ana.command("/mentor match")
    await ana.sees("No skill mentors fit right now", in_="dm")
    await tomas.command("/mentor match blocks")
    await tomas.click("Show them again", near="Ana Keller")
    await tomas.sees("You have hidden nobody", in_="dm")


async def test_a_lead_draws_changes_and_publishes_circles(world, ana, miriam):
    await introduce(miriam, ana, *map(world.person, ("Tomas", "Bo", "Priya", "Kenji")))
    await ana.command("/mentor match circles")
    await ana.sees("Only program leads can match everybody", in_="dm")
    await miriam.command("/mentor match circles")
    await miriam.sees("people in 1 circle. Nobody hears of it before you publish", in_="dm", within=30)
    await miriam.click("Look at the circles")
    await miriam.sees("Finding my voice", in_="modal")
    await miriam.click("Lock: keep it when you run it again")
    await miriam.sees("Locked: it stays", in_="modal")
    await ana.does_not_see("circle-", in_="dm")
    await miriam.click("Publish")
    await miriam.sees("Published.", in_="modal")
    await world.settle()
    await ana.sees("Finding my voice", in_="circle-oak")
    await miriam.close()
    await miriam.command("/mentor match history")
    await miriam.sees("published by @Miriam Okafor", in_="dm")


LOOKS = {"Whom are you looking for?": ["Skill mentor: teaches something"], "What could you be for somebody?": []}
TEACHES = {"Whom are you looking for?": [], "What could you be for somebody?": ["Skill mentor: teaches something"]}


async def test_a_lead_draws_changes_and_publishes_pairs(world, ana, bo, miriam, program):
    priya, kenji, tomas = map(world.person, ("Priya", "Kenji", "Tomas"))
    await introduce(ana, bo, **LOOKS)
    await introduce(tomas, priya, **TEACHES)
    await ana.command("/mentor match pairs")
    await ana.sees("Only program leads can match everybody", in_="dm")
    await miriam.command("/mentor match pairs")
    await miriam.sees("2 of 2 people who look for mentors have one. Nobody hears of it", in_="dm", within=30)
    await miriam.sees("Figures about fewer than five people are not shown", in_="dm")
    await miriam.click("Send me the report")
    await miriam.sees("The report you asked for", in_="dm")
    await miriam.click("Look at the pairs")
    await miriam.sees("Who gets least of what they asked for", in_="modal")
    await miriam.sees("Offers giving feedback, which they asked for", in_="modal")
    await miriam.click("Lock: keep it when you run it again")
    await miriam.sees("Locked: it stays", in_="modal")
    await miriam.click("Swap two people")
    await miriam.choose("One of them", "Ana")
    await miriam.choose("The other", "Bo")
    await miriam.click("Swap them")
    await miriam.sees("Swapped. Every rule still holds", in_="modal")
    await miriam.does_not_see("Locked: 1 pair", in_="modal")
    await miriam.click("Run again")
    await miriam.sees("Draft 2: 2 of 2", in_="modal", within=30)
    for person in (ana, bo, tomas, priya):
        await person.does_not_see("your program brings you together")
    await miriam.click("Publish")
    await miriam.sees("I open 2 conversations now", in_="modal")
    await world.forward(days=2)
    for person in (ana, bo, tomas, priya):
        await person.sees("your program brings you together")
        assert len([room for room in await person.rooms() if room.kind == "mpim"]) == 1
    await kenji.does_not_see("your program brings you together")
    await miriam.close()
    await miriam.command("/mentor match history")
    await miriam.sees("2 of 2 in 2 pairs · published by @Miriam Okafor", in_="dm")


async def test_a_pair_that_does_not_work_is_matched_again_in_private(world, ana, bo, miriam, program):
    tomas, priya = map(world.person, ("Tomas", "Priya"))
    await introduce(ana, **LOOKS)
    await introduce(tomas, priya, **TEACHES)
    await miriam.command("/mentor match pairs")
    await miriam.sees("1 of 1 person who looks for mentors", in_="dm", within=30)
    await miriam.click("Look at the pairs")
    await miriam.click("Publish")
    await world.forward(days=2)
    await miriam.close()
    has_room = {one: any(room.kind == "mpim" for room in await one.rooms()) for one in (tomas, priya)}
    mentor = tomas if has_room[tomas] else priya
    other = priya if mentor is tomas else tomas
    await ana.command("/mentor match again")
    await ana.click("This isn't working")
    await ana.sees("Noted, and nobody is told", in_="dm")
    await ana.sees(f"Next best: @{other.name}", in_="dm")
    await world.settle()
    await mentor.does_not_see("comes to an end", in_="dm")
    await ana.click("Tell them for me, kindly")
    await ana.sees("I tell", in_="dm")
    await world.forward(days=1)
    await mentor.sees("nobody is to blame", in_="dm")
    await bo.command("/mentor match again")
    await bo.sees("no pair and no circle", in_="dm")


async def test_two_small_circles_become_one(world, ana, bo, miriam, program):
    priya, kenji, tomas = map(world.person, ("Priya", "Kenji", "Tomas"))
    await introduce(miriam, ana, bo, tomas, priya, kenji)
    await start_oak(ana)
    await start_oak(miriam, **{"Name": "Birch", "Whom do you want to bring in?": ["Priya", "Kenji"]})
    await ana.command("/mentor match merge")
    await ana.sees("Only program leads can match everybody", in_="dm")
    await miriam.command("/mentor match merge")
    await miriam.sees("together 6", in_="dm")
    await miriam.click("Ask both circles")
    await miriam.sees("Both circles are asked", in_="dm")
    await world.forward(days=1)
    for person, channel in ((ana, "circle-oak"), (bo, "circle-oak"), (priya, "circle-birch")):
        await person.sees("become one circle?", in_=channel)
        await person.click("Fine with me", at=channel)
        await person.sees("you are fine with it", in_=channel)
    await miriam.command("/mentor match merge")
    await miriam.sees("Of 6 people 3 are fine with it, 0 would rather not", in_="dm")
    await miriam.click("Merge them")
    await miriam.sees("Merged.", in_="dm")
    await world.settle()
    kept = await miriam.sees("The people of", in_="dm")
    into, left = ("circle-oak", "circle-birch") if "of Birch" in kept.text else ("circle-birch", "circle-oak")
    moved = priya if left == "circle-birch" else bo
    await moved.sees("goes on as part of", in_=left)
    for person in (ana, bo, tomas, miriam, priya, kenji):
        assert into in [room.name for room in await person.rooms()]
    await miriam.command("/mentor match merge")
    await miriam.sees("No circle is too small", in_="dm")


async def test_a_lead_teaches_a_skill_and_a_typo_gets_a_suggestion(world, ana, miriam, program):
    await ana.command("/mentor skills")
    await ana.sees("Only program leads", in_="dm")
    await miriam.command("/mentor skills add beekeeping")
    await miriam.command("/mentor skills same apiary = beekeeping")
    await miriam.sees("Also: apiary", in_="dm")
    await introduce(miriam, **{"What can you help others with?": "beekeeping (teach)"})
    await ana.command("/mentor profile")
    await ana.fill(SHARED | {"What would you like to learn?": "apiary, kubernets"}, submit=True)
    await ana.sees("Did you mean kubernetes for kubernets?", in_="modal")
    await ana.close(everything=True)
    await ana.command("/mentor match")
    await ana.sees("Offers beekeeping, which you asked for", in_="dm")


async def test_two_leads_at_one_draft_are_told_what_the_other_did(world, ana, bo, miriam, program):
    priya, tomas = map(world.person, ("Priya", "Tomas"))
    await introduce(ana, bo, **LOOKS)
    await introduce(tomas, priya, **TEACHES)
    await miriam.command("/mentor leads")
    await miriam.fill({"Leads": ["Ana"]}, submit=True)
    await miriam.close(everything=True)
    await miriam.command("/mentor match pairs")
    await miriam.sees("2 of 2 people who look for mentors", in_="dm", within=30)
    await miriam.click("Look at the pairs")
    await ana.command("/mentor match history")
    await ana.click("Look")
    await ana.click("Lock: keep it when you run it again")
    await ana.sees("Locked: it stays", in_="modal")
    await miriam.click("Keep two apart")
    await miriam.choose("One of them", "Bo")
    await miriam.choose("The other", "Tomas")
    await miriam.click("Keep them apart")
    await miriam.sees("Locked: 1 pair", in_="modal")
    await ana.click("Publish")
    await ana.sees("I open 2 conversations now", in_="modal")
    await miriam.click("Publish")
    await miriam.sees("Nothing was done twice")
    await world.forward(days=2)
    assert len([room for room in await bo.rooms() if room.kind == "mpim"]) == 1


async def test_somebody_moves_to_another_circle_in_private(world, ana, bo, miriam, program):
    priya, kenji, tomas = map(world.person, ("Priya", "Kenji", "Tomas"))
    await introduce(miriam, ana, bo, tomas, priya, kenji)
    await start_oak(ana)
    await start_oak(miriam, **{"Name": "Birch", "Whom do you want to bring in?": ["Priya", "Kenji"]})
    await bo.command("/mentor match again")
    await bo.click("Find me another circle", near="In the circle Oak")
    await bo.sees("Birch would suit you", in_="dm")
    await bo.click("Move me there")
    await bo.sees("You are in Birch now", in_="dm")
    await world.settle()
    names = [room.name for room in await bo.rooms()]
    assert "circle-birch" in names and "circle-oak" not in names
    await ana.sees("Bo Lindqvist has left", in_="circle-oak")
    await ana.does_not_see("Birch", in_="circle-oak")
    await miriam.command("/mentor audit")
    await miriam.does_not_see("again", in_="dm")
