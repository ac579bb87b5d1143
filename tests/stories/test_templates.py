"""A lead makes a guide the program's own, and the next two who meet read it."""

from tests.stories.pair import begin

OWN = "10 minutes: {mentee} brings a map, not a <!channel>.\n20 minutes: walk."


async def test_a_programs_own_guide_is_read_by_the_next_two(world, ana, bo, miriam, program):
    await bo.command("/mentor templates")
    await bo.sees("Only program leads", in_="dm")
    await miriam.command("/mentor templates")
    await miriam.click("Open", near="First meetings")
    await miriam.click("Look", near="Skill mentor, 30 minutes")
    await miriam.click("Change it")
    await miriam.fill({"Text": OWN})
    await miriam.click("Preview")
    await miriam.sees("Ana brings a map", in_="modal")
    await miriam.fill({"Text": OWN}, submit=True)
    await miriam.sees("your own, changed by", in_="modal")
    await miriam.close(everything=True)
    await begin(world, ana, miriam)
    await ana.sees("Ana Keller brings a map, not a <!channel>")
    await miriam.click("The 15-minute guide")
    await ana.sees("15 minutes that go well")
    await miriam.command("/mentor templates")
    await miriam.click("Open", near="First meetings")
    await miriam.click("Look", near="Skill mentor, 30 minutes")
    await miriam.click("Bring back what ships")
    await miriam.sees("as it ships", in_="modal")
