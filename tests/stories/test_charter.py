"""A charter from its draft to its second version, signed by tap, with a bookmark in the channel."""

import pytest

from bot.sandbox.person import Declined
from tests.stories.oak import start_oak


async def test_a_circle_signs_its_charter_changes_it_and_signs_again(world, program, ana, bo, miriam):
    tomas = world.person("Tomas")
    await miriam.command("/mentor program charter")
    await miriam.fill({"How somebody leaves": "With one line, {theme} or not."})
    await miriam.click("Preview")
    await miriam.sees("With one line, leading without authority or not.", in_="modal")
    await miriam.close()
    await miriam.submit()
    await miriam.close(everything=True)
    await start_oak(ana)
    await world.until("2026-03-03T10:00+01:00")
    await bo.sees("What do we agree on?", in_="circle-oak")
    await bo.click("Read it all", at="circle-oak")
    page = await bo.sees("With one line, finding my voice or not.", in_="modal")
    assert "Every second Thursday at 15:00, Berlin time" in page.text
    await bo.click("Sign")
    await bo.close(everything=True)
    await ana.sees("Signed: @Bo Lindqvist", in_="circle-oak")

    for person in (ana, tomas):
        await person.click("Change it", at="circle-oak")
    await ana.fill({"When somebody can't come": "Two days before, in the channel."}, submit=True)
    await ana.sees("Version 2", in_="modal")
    await ana.close(everything=True)
    with pytest.raises(Declined, match="changed the charter a moment ago"):
        await tomas.fill({"How we decide": "By tap."}, submit=True)
    await tomas.close(everything=True)
    changed = await tomas.sees("Two days before, in the channel.", in_="circle-oak")
    assert "How we decide" not in changed.text and "Still open: @Bo Lindqvist and @Tomas Reyes" in changed.text
    await tomas.click("Sign", at="circle-oak")
    await world.forward(minutes=2)
    room = await bo.channel("circle-oak")
    [bookmark] = [one for one in room.raw["bookmarks"] if one["title"] == "Our charter"]
    assert changed.ts.replace(".", "") in bookmark["link"]
    assert "Two days before, in the channel" in room.raw["canvas"]["markdown"].replace("\\", "")

    await world.until("2026-03-06T10:00+01:00")
    await bo.sees("Will you read and sign the charter of Oak?", in_="dm")
    await tomas.does_not_see("Will you read and sign", in_="dm")
    await tomas.command("/mentor circle charter")
    await tomas.click("What it was before")
    await tomas.click("Show", near="Version 1")
    await tomas.sees("We say so at least 24 hours before", in_="modal")
    await tomas.close(everything=True)
    await miriam.command("/mentor circle charter Oak")
    await miriam.sees("You are in no circle yet", in_="dm")
