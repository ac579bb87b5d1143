"""What a person does in the page: choosing, typing, submitting, by mouse and by keyboard alone."""

import json

import pytest
import pytest_asyncio
from playwright.async_api import expect

from tests.sandbox import page_blocks as made
from tests.sandbox.bolted import until
from tests.sandbox.page_browser import chromium, scene

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser():
    async with chromium() as browser:
        yield browser


async def showing(s, *blocks):
    await s.post("general", blocks=list(blocks))
    await s.go("general")
    await s.page.wait_for_selector(".main .message .block")


def only(action_id):
    given = made.selects()
    return {**given, "elements": [e for e in given["elements"] if e["action_id"] == action_id]}


async def command(s, text="/mentor"):
    """Runs the command that opens the form."""
    await s.go("general")
    await s.page.locator(".main textarea").fill(text)
    await s.page.keyboard.press("Escape")
    await s.page.keyboard.press("Enter")
    await s.page.wait_for_selector(".modal")


async def test_a_select_posts_the_value_that_was_chosen(browser):
    async with scene(browser) as s:
        await showing(s, only("one"))
        bodies = []
        s.page.on("request", lambda r: bodies.append(json.loads(r.post_data)) if r.url.endswith("/click") else None)
        await s.page.get_by_role("button", name="Pick a fruit").click()
        await s.page.keyboard.type("ban")
        await expect(s.page.get_by_role("option")).to_have_count(1)
        await s.page.keyboard.press("Enter")
        action = await s.heard()
        assert bodies[0]["where"]["type"] == "message"
        assert (bodies[0]["block_id"], bodies[0]["action_id"], bodies[0]["chosen"]) == ("selects", "one", "banana")
        assert action["selected_option"]["value"] == "banana"
        await expect(s.page.locator(".select-button")).to_contain_text("Banana")


async def test_a_multi_select_tells_the_bot_once_when_it_closes(browser):
    async with scene(browser) as s:
        await showing(s, only("several"))
        await s.page.get_by_role("button", name="Several people").click()
        for name in ("Bo Lindqvist", "Priya Raman"):
            await s.page.get_by_role("option", name=name).click()
        assert s.circles.actions == []
        await s.page.keyboard.press("Escape")
        action = await s.heard()
        assert action["selected_users"] == [s.person("Bo").id, s.person("Priya").id]
        assert len(s.circles.actions) == 1


async def test_an_external_select_asks_the_bot_as_one_types(browser):
    async with scene(browser) as s:
        await showing(s, only("outside"))
        await s.page.get_by_role("button", name="Search skills").click()
        await expect(s.page.locator(".list-empty")).to_contain_text("Type at least 1 letter")
        await s.page.keyboard.type("Py")
        await s.page.get_by_role("option", name="Python").click()
        action = await s.heard()
        assert action["selected_option"]["value"] == "python"
        assert s.circles.queries[-1] == "Py"
        await expect(s.page.locator(".select-button")).to_contain_text("Python")
        await s.page.reload()
        await expect(s.page.locator(".select-button")).to_contain_text("Python")


@pytest.mark.parametrize(
    ("action_id", "keys", "key", "value"),
    [
        ("day", ["Enter", "ArrowDown", "ArrowRight", "Enter"], "selected_date", "2026-03-20"),
        ("hour", ["Control+a", "1", "4", ":", "1", "5", "Enter"], "selected_time", "14:15"),
        ("moment", ["Enter", "PageDown", "Enter"], "selected_date_time", 1775980800),
        ("boxes", ["Space"], "selected_options", ["remind", "buddy"]),
        ("radio", ["ArrowDown"], "selected_option", "banana"),
        ("who", ["k", "e", "n", "Enter"], "selected_user", "Kenji"),
        ("talk", ["g", "e", "n", "e", "r", "Enter"], "selected_conversation", "general"),
        ("room", ["m", "e", "n", "Enter"], "selected_channel", "mentoring"),
        ("grouped", ["b", "a", "Enter"], "selected_option", "g-banana"),
    ],
)
async def test_each_picker_is_worked_by_keys_and_sends_slacks_value(browser, action_id, keys, key, value):
    async with scene(browser) as s:
        await showing(s, only(action_id))
        await s.page.locator(f"[data-action={action_id}] :is(button, input)").first.focus()
        for pressed in keys:
            await s.page.keyboard.press(pressed)
        got = (await s.heard())[key]
        if isinstance(got, dict):
            got = got["value"]
        if isinstance(got, list):
            got = [option["value"] for option in got]
        named = {"Kenji": s.person("Kenji").id, **{c.name: c.id for c in s.workspace.channels.values()}}
        assert got == (named.get(value, value) if isinstance(value, str) else value)


async def test_a_button_asks_first_where_it_must_and_an_overflow_sends_its_option(browser):
    async with scene(browser) as s:
        await showing(s, made.buttons())
        await s.page.get_by_role("button", name="Danger").click()
        await expect(s.page.get_by_role("alertdialog")).to_contain_text("You lose your turn.")
        await s.page.keyboard.press("Escape")
        assert s.circles.actions == []
        await s.page.get_by_role("button", name="Danger").click()
        await s.page.get_by_role("button", name="Leave", exact=True).click()
        assert (await s.heard())["action_id"] == "risky"
        await s.page.get_by_role("button", name="More actions").click()
        await s.page.keyboard.press("ArrowDown")
        await s.page.keyboard.press("Enter")
        assert (await s.heard(2))["selected_option"]["value"] == "pass"


async def test_a_silent_app_leaves_a_warning_by_the_button(browser):
    async with scene(browser) as s:
        s.server.slack.courier.ack_seconds = 0.3
        button = {"type": "button", "action_id": "silent", "text": made.words("Nobody hears")}
        await showing(s, {"type": "actions", "block_id": "b", "elements": [button]})
        await s.page.get_by_role("button", name="Nobody hears").click()
        await expect(s.page.get_by_role("button", name="Nobody hears")).to_have_attribute("aria-busy", "true")
        await expect(s.page.locator(".act-warning:visible")).to_contain_text("trouble connecting")
        await expect(s.page.get_by_role("button", name="Nobody hears")).not_to_have_attribute("aria-busy", "true")


async def test_errors_stand_under_their_fields_and_nothing_typed_is_lost(browser):
    async with scene(browser) as s:
        await command(s)
        await s.page.keyboard.press("Enter")
        will = s.page.locator(".modal [data-block=will]")
        await expect(will.locator(".field-error")).to_contain_text("complete this required field")
        await expect(will.locator("input")).to_be_focused()
        await expect(will.locator("input")).to_have_attribute("aria-invalid", "true")
        await s.page.keyboard.type("talk")
        s.circles.answer = {"response_action": "errors", "errors": {"will": "Say when it is done."}}
        await s.page.keyboard.press("Enter")
        await expect(will.locator(".field-error")).to_contain_text("Say when it is done.")
        await expect(will.locator("input")).to_have_value("talk")
        s.circles.answer = {}
        await s.page.keyboard.press("Enter")
        await expect(s.page.locator(".modal")).to_have_count(0)
        values = s.circles.submitted[-1]
        assert values["will"]["value"]["value"] == "talk"
        assert values["by"]["value"]["selected_date"] == "2026-03-12"
        assert values["fruit"]["value"]["selected_option"]["value"] == "banana"
        assert values["tell"]["value"]["selected_options"] == []
        assert values["cue"]["value"]["value"] is None


async def test_the_keyboard_goes_on_in_what_a_form_became(browser):
    async with scene(browser) as s:
        await command(s)
        await s.page.keyboard.type("talk")
        line = {"type": "section", "text": made.marked("It is *kept*.")}
        result = {"type": "modal", "title": made.words("Done"), "blocks": [line], "close": made.words("Good")}
        s.circles.answer = {"response_action": "update", "view": result}
        await s.page.get_by_role("button", name="Save").click()
        await expect(s.page.get_by_role("button", name="Good")).to_be_focused()
        await s.page.keyboard.press("Enter")
        await expect(s.page.locator(".modal")).to_have_count(0)


async def test_an_update_keeps_what_is_typed_where_the_ids_stay(browser):
    async with scene(browser) as s:
        await command(s)
        await s.page.keyboard.type("Give the talk")
        await s.page.locator(".modal [data-block=cue] textarea").fill("When Monday comes")
        await s.page.locator(".modal [data-block=will] input").focus()
        changed = made.form(title=made.words("New title"))
        changed["blocks"][1]["label"] = made.words("I will now")
        changed["blocks"][2]["block_id"] = "cue-2"
        await s.circles.client.views_update(view_id=s.circles.view_id, view=changed)
        await expect(s.page.get_by_role("dialog", name="New title")).to_be_visible()
        await expect(s.page.get_by_label("I will now")).to_have_value("Give the talk")
        await expect(s.page.get_by_label("I will now")).to_be_focused()
        await expect(s.page.locator(".modal [data-block=cue-2] textarea")).to_have_value("")


async def test_modals_stack_and_esc_tells_the_bot_which_one_closed(browser):
    async with scene(browser) as s:
        await command(s)
        await s.page.keyboard.type("first words")
        s.circles.answer = {"response_action": "push", "view": made.form(title=made.words("On top"))}
        await s.page.keyboard.press("Enter")
        await expect(s.page.get_by_role("dialog", name="On top")).to_be_visible()
        await expect(s.page.get_by_role("button", name="Back", exact=True)).to_be_visible()
        await s.page.keyboard.press("Escape")
        await expect(s.page.get_by_role("dialog", name="Two commitments")).to_be_visible()
        await expect(s.page.locator(".modal [data-block=will] input")).to_have_value("first words")
        await until(lambda: len(s.circles.closed) == 1)
        assert s.circles.closed != [s.circles.view_id]
        await s.page.get_by_role("button", name="Close").click()
        await expect(s.page.locator(".modal")).to_have_count(0)
        await until(lambda: s.circles.closed[1:] == [s.circles.view_id])


async def test_rich_text_reaches_the_bot_as_a_rich_text_block(browser):
    async with scene(browser) as s:
        await command(s)
        await s.page.keyboard.type("a talk")
        area = s.page.get_by_role("textbox", name="Notes")
        await area.click()
        await s.page.keyboard.type("plain ")
        await s.page.get_by_role("button", name="Bold").click()
        await s.page.keyboard.type("loud")
        await s.page.get_by_role("button", name="Save").click()
        await until(lambda: s.circles.submitted)
        (section,) = s.circles.submitted[-1]["notes"]["value"]["rich_text_value"]["elements"]
        assert [part["text"] for part in section["elements"]] == ["plain ", "loud"]
        assert section["elements"][1]["style"] == {"bold": True}


async def test_all_of_it_by_keyboard_alone(browser):
    async with scene(browser) as s:
        await s.go("general")
        await s.page.keyboard.press("Control+k")
        await s.page.keyboard.type("ment")
        await s.page.keyboard.press("Enter")
        await expect(s.page.locator(".pane-title")).to_have_text("mentoring")
        await s.page.locator("body").press("Tab")
        await s.page.keyboard.press("Enter")  # the skip link leads to the composer
        await expect(s.page.locator(".main textarea")).to_be_focused()
        await s.page.keyboard.type("/me")
        await s.page.keyboard.press("Tab")
        await s.page.keyboard.type("ma")
        await expect(s.page.get_by_role("option", name="/mentor match")).to_be_visible()
        await s.page.keyboard.press("Tab")
        await expect(s.page.locator(".main textarea")).to_have_value("/mentor match")
        await s.page.keyboard.press("Enter")
        await expect(s.page.get_by_role("dialog", name="Two commitments")).to_be_visible()
        await s.page.keyboard.type("By keys")
        for _ in range(60):
            await s.page.keyboard.press("Tab")
            inside = await s.page.evaluate("document.querySelector('.modal').contains(document.activeElement)")
            assert inside, "Tab left the dialog"
        await s.page.locator(".modal [data-block=will] input").focus()
        await s.page.keyboard.press("Enter")
        await expect(s.page.locator(".modal")).to_have_count(0)
        assert s.circles.submitted[-1]["will"]["value"]["value"] == "By keys"
        await expect(s.page.locator(".main textarea")).to_be_focused()


async def test_the_words_of_a_usage_hint_are_offered(browser):
    async with scene(browser) as s:
        await s.go("general")
        area = s.page.locator(".main textarea")
        await area.fill("/mentor ")
        offered = ["help", "match", "profile", "circle create", "circle join", "circle leave", "swap <person>"]
        await expect(s.page.get_by_role("option")).to_have_text([f"/mentor {words}" for words in offered])
        await area.fill("/mentor circle j")
        await s.page.keyboard.press("Enter")
        await expect(area).to_have_value("/mentor circle join")
        await area.fill("hello @pri")
        await s.page.keyboard.press("Enter")
        await expect(area).to_have_value("hello @Priya Raman ")
        await s.page.keyboard.press("Enter")
        await expect(s.page.locator(".message .mention")).to_have_text("@Priya Raman")
        await area.fill("/nonsense")
        await s.page.keyboard.press("Enter")
        await expect(s.page.locator(".local-notice")).to_contain_text("/nonsense is not a valid command")


async def test_typing_and_the_place_one_reads_survive_the_news(browser):
    async with scene(browser) as s:
        for number in range(60):
            s.workspace.say(s.channel("general"), s.person("Bo").id, f"line {number}\nand more\nand more")
        await s.go("general")
        await s.page.locator(".main textarea").fill("half a thou")
        await (
            s.page.locator(".message", has_text="line 20\n")
            .or_(s.page.locator(".message").nth(20))
            .first.scroll_into_view_if_needed()
        )
        place = "document.querySelector('.main .scroller').scrollTop"
        before = await s.page.evaluate(place)
        s.workspace.say(s.channel("general"), s.person("Bo").id, "fresh words")
        await expect(s.page.locator(".message", has_text="fresh words")).to_be_attached()
        assert abs(await s.page.evaluate(place) - before) < 3
        await expect(s.page.locator(".main textarea")).to_have_value("half a thou")
        await expect(s.page.locator(".main textarea")).to_be_focused()


async def test_what_is_typed_in_a_message_survives_its_change(browser):
    async with scene(browser) as s:
        field = made.field("say", {"type": "plain_text_input"}, "Your check-in")
        posted = await s.post("general", blocks=[field, made.buttons()])
        await s.go("general")
        await s.page.get_by_label("Your check-in").fill("I am fi")
        changed = {"channel": s.channel("general").id, "ts": posted["ts"], "text": "…"}
        head = {"type": "header", "block_id": "head", "text": made.words("Two answers so far")}
        await s.circles.client.chat_update(**changed, blocks=[head, field, made.buttons()])
        await expect(s.page.get_by_role("heading", name="Two answers so far")).to_be_visible()
        await expect(s.page.get_by_label("Your check-in")).to_have_value("I am fi")
        await expect(s.page.get_by_label("Your check-in")).to_be_focused()
        s.workspace.say(s.channel("general"), s.person("Bo").id, "Me too", thread_ts=posted["ts"])
        await expect(s.page.get_by_text("1 reply")).to_be_visible()
        await expect(s.page.get_by_label("Your check-in")).to_be_focused()
        await s.page.get_by_role("button", name="Plain").click()
        assert (await s.heard())["state"]["values"]["say"]["value"]["value"] == "I am fi"


async def test_reactions_direct_messages_and_the_way_back_to_the_end(browser):
    async with scene(browser) as s:
        bo, general = s.person("Bo"), s.channel("general")
        for number in range(40):
            s.workspace.say(general, bo.id, f"line {number}\nand more")
        await s.go("general")
        row = s.page.locator(".main .message", has_text="line 39")
        await row.hover()
        await row.get_by_role("button", name="Add a reaction").click()
        await s.page.keyboard.type("tad")
        await s.page.keyboard.press("Enter")
        await expect(row.locator(".reaction")).to_have_attribute("aria-pressed", "true")
        await s.page.evaluate("document.querySelector('.main .scroller').scrollTop = 0")
        await expect(s.page.locator(".pill")).to_be_hidden()
        s.workspace.say(general, bo.id, "the newest")
        await s.page.locator(".pill").click()
        await expect(s.page.locator(".message", has_text="the newest")).to_be_in_viewport()
        await s.page.locator(".author", has_text="Bo").first.click()
        await s.page.get_by_role("button", name="Message", exact=True).click()
        await expect(s.page.locator(".pane-title")).to_have_text("BLBo Lindqvist")


async def test_trouble_can_be_ordered_backstage(browser):
    async with scene(browser) as s:
        await s.go("general")
        await s.page.get_by_role("button", name="Backstage").click()
        await s.page.get_by_role("button", name="Revoke the bot's token").click()
        await until(lambda: s.server.slack.token_revoked)
        await s.page.get_by_role("button", name="Give the token back").click()
        await until(lambda: not s.server.slack.token_revoked)
        await s.page.get_by_role("button", name="Somebody joins").click()
        await s.page.get_by_label("Their name").fill("Nora <b>New</b>")
        await s.page.keyboard.press("Enter")
        await until(lambda: any(user.real_name == "Nora <b>New</b>" for user in s.workspace.people()))
        await s.page.get_by_role("button", name="You are").click()
        await expect(s.page.get_by_role("option", name="Nora <b>New</b>")).to_be_visible()
