"""What the page shows: every block, plain text that stays text, dates of the reader, news as they come."""

import aiohttp
import pytest
import pytest_asyncio
from playwright.async_api import expect

from bot.sandbox.blockkit.blocks import BLOCKS
from bot.sandbox.blockkit.elements import ELEMENTS
from tests.sandbox import page_blocks as made
from tests.sandbox.page_browser import chromium, scene

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser():
    async with chromium() as browser:
        yield browser


async def test_every_block_and_element_of_a_message_shows(browser):
    async with scene(browser) as s:
        for blocks in (made.message_blocks(), made.data_blocks(), made.card_blocks()):
            await s.post("general", blocks=blocks)
        await s.go("general")
        sent = [*made.message_blocks(), *made.data_blocks(), *made.card_blocks()]
        for kind in {block["type"] for block in sent}:
            await expect(s.page.locator(f".block-{kind}").first).to_be_visible()
        elements = [e["type"] for block in sent if "elements" in block for e in block["elements"] if "action_id" in e]
        for kind in set(elements):
            await expect(s.page.locator(f"[data-element={kind}]").first).to_be_visible()
        await expect(s.page.locator(".unknown-block")).to_have_count(0)


async def test_every_kind_that_the_sandbox_accepts_has_somebody_to_draw_it(browser):
    """Drawn bare, so that a new block or element in the sandbox's list fails here first."""
    draw = """async ([blocks, elements]) => {
        const { renderBlock } = await import("/static/render/blocks.js");
        const { element } = await import("/static/elements/index.js");
        const { Form } = await import("/static/form.js");
        const ctx = { surface: "message", form: new Form(), act() {}, suggest() {} };
        const text = { type: "plain_text", text: "x" };
        const bare = { text, title: text, label: text, element: { type: "datepicker", action_id: "a" },
                       elements: [], rows: [[]], alt_text: "x", chart: { type: "bar", series: [] } };
        const unknown = [];
        for (const type of blocks) {
            const block = { ...bare, type, block_id: type, ...(type === "markdown" && { text: "x" }) };
            if (renderBlock(block, ctx).querySelector(".unknown-block")) unknown.push(type);
        }
        for (const type of elements) {
            const drawn = element({ text, type, action_id: type }, { block: {}, ctx });
            if (drawn.matches(".unknown-block")) unknown.push(type);
        }
        return unknown;
    }"""
    async with scene(browser) as s:
        await s.go("general")
        assert await s.page.evaluate(draw, [list(BLOCKS), list(ELEMENTS)]) == []


async def test_home_and_a_modal_with_every_input_show(browser):
    async with scene(browser) as s:
        await s.go("home")
        await expect(s.page.get_by_role("button", name="Write my brief")).to_be_visible()
        await s.go("general")
        await s.page.locator(".main textarea").fill("/mentor")
        await s.page.keyboard.press("Escape")
        await s.page.keyboard.press("Enter")
        await expect(s.page.get_by_role("dialog", name="Two commitments")).to_be_visible()
        for block in made.form()["blocks"][1:]:
            kind = block["element"]["type"]
            await expect(s.page.locator(f".modal [data-element={kind}]").first).to_be_attached()
        await expect(s.page.locator(".modal .optional").first).to_have_text("(optional)")
        await expect(s.page.locator(".modal .unknown-block")).to_have_count(0)


async def test_what_people_wrote_stays_text(browser):
    async with scene(browser) as s:
        ana, general = s.person("Ana"), s.channel("general")
        ana.real_name, general.topic, general.purpose = made.HOSTILE[:80], made.HOSTILE, made.HOSTILE
        s.workspace.say(general, ana.id, made.HOSTILE)
        s.workspace.say(general, ana.id, "<javascript:alert(1)|press me> and <https://example.com|fine>")
        blocks = [made.message_blocks()[3], {**made.selects(), "elements": made.selects()["elements"][:1]}]
        blocks[1]["elements"][0]["options"] = [made.option(made.HOSTILE[:70])]
        await s.post("general", blocks=blocks)
        await s.go("general")
        await expect(s.page.locator(".main .author").first).to_contain_text("<img src=x")
        await expect(s.page.locator(".message").filter(has_text="press me")).to_be_visible()
        await s.page.locator("[data-element=static_select] button").click()
        await expect(s.page.get_by_role("option")).to_contain_text("<img src=x")
        assert await s.page.locator("img[src*='x'], script:not([src])").count() == 0
        assert await s.page.locator("a", has_text="press me").count() == 0
        assert "broken" not in (await s.page.title()).replace("document.title='broken in'", "")


MRKDWN = {
    "*bold* and _it_ and ~s~": "<strong>bold</strong> and <em>it</em> and <s>s</s>",
    "*_both_*": "<strong><em>both</em></strong>",
    "2*3*4 a_b_c": "2*3*4 a_b_c",
    "* not bold *": "* not bold *",
    "`*code*`": '<code class="code">*code*</code>',
    "&lt;b&gt; &amp;amp;": "&lt;b&gt; &amp;amp;",
    "one\ntwo": "one<br>two",
    "&gt; said\nafter": "<blockquote>said</blockquote>after",
    "```\n*a* &lt;b&gt;\n```": '<pre class="pre">*a* &lt;b&gt;</pre>',
    "<!channel>": '<span class="mention mention-me">@channel</span>',
    "(*x*), *y*!": "(<strong>x</strong>), <strong>y</strong>!",
    "*a\nb*": "*a<br>b*",
    "```never closed": "```never closed",
}


async def test_mrkdwn_is_read_as_slack_reads_it(browser):
    read = """async (texts) => {
        const { mrkdwn } = await import("/static/render/mrkdwn.js");
        return Object.fromEntries(texts.map((text) => {
            const box = document.createElement("div");
            box.append(...mrkdwn(text));
            return [text, box.innerHTML];
        }));
    }"""
    async with scene(browser) as s:
        await s.go("general")
        assert await s.page.evaluate(read, list(MRKDWN)) == MRKDWN


MOMENTS = {
    ("2026-03-12", "09:30", "Europe/Berlin"): "2026-03-12T08:30:00.000Z",
    ("2026-03-29", "02:30", "Europe/Berlin"): "2026-03-29T01:30:00.000Z",  # a time the spring night skips
    ("2026-10-25", "02:30", "Europe/Berlin"): "2026-10-25T00:30:00.000Z",  # a time the autumn night has twice
    ("2026-10-25", "12:00", "Europe/Berlin"): "2026-10-25T11:00:00.000Z",
    ("2026-03-08", "09:00", "America/New_York"): "2026-03-08T13:00:00.000Z",
    ("2026-01-01", "00:15", "Asia/Kolkata"): "2025-12-31T18:45:00.000Z",
}


async def test_a_wall_time_is_the_moment_of_its_zone(browser):
    read = """async (walls) => {
        const { momentOf } = await import("/static/time.js");
        return walls.map((wall) => new Date(momentOf(...wall) * 1000).toISOString());
    }"""
    async with scene(browser) as s:
        await s.go("general")
        assert await s.page.evaluate(read, [list(wall) for wall in MOMENTS]) == list(MOMENTS.values())


@pytest.mark.parametrize(("who", "shown"), [("Ana", "Mar 12 at 10:00 AM"), ("Kenji", "Mar 12 at 6:00 PM")])
async def test_dates_are_shown_in_the_zone_of_the_reader(browser, who, shown):
    async with scene(browser, timezone_id="America/Los_Angeles") as s:
        for name in ("Ana", "Kenji"):
            await s.post(f"@{name}", text="Meet <!date^1773306000^{date_short_pretty} at {time}|soon>")
        await s.go("messages", as_=who)
        await expect(s.page.locator(".message time[datetime^='2026-03-12']")).to_have_text(shown)


async def test_an_ephemeral_message_is_for_its_reader_alone(browser):
    async with scene(browser) as s:
        await s.post("general", text="for all")
        for name, count in (("Ana", 1), ("Bo", 0)):
            await s.go("general", as_=name)
            if name == "Ana":
                channel = s.channel("general").id
                await s.circles.client.chat_postEphemeral(channel=channel, user=s.person("Ana").id, text="psst")
            await expect(s.page.locator(".message", has_text="for all")).to_be_visible()
            await expect(s.page.locator(".message.ephemeral", has_text="psst")).to_have_count(count)
        assert await s.page.get_by_text("Only visible to you").count() == 0


async def test_news_come_by_themselves_and_unread_channels_stand_out(browser):
    async with scene(browser) as s:
        await s.go("general")
        row = s.page.locator("#sidebar a", has_text="mentoring")
        s.workspace.say(s.channel("mentoring"), s.person("Bo").id, f"hello <@{s.person('Ana').id}>")
        await expect(row).to_have_class("side-row unread")
        await expect(row.locator(".count")).to_have_text("1")
        await row.click()
        await expect(s.page.locator(".message", has_text="hello")).to_be_visible()
        await expect(row).to_have_class("side-row")
        posted = await s.post("mentoring", text="first words")
        await expect(s.page.locator(".message", has_text="first words")).to_be_visible()
        await s.circles.client.chat_update(channel=s.channel("mentoring").id, ts=posted["ts"], text="second words")
        await expect(s.page.locator(".message", has_text="second words (edited)")).to_be_visible()
        await s.circles.client.chat_delete(channel=s.channel("mentoring").id, ts=posted["ts"])
        await expect(s.page.locator(".message", has_text="second words")).to_have_count(0)
        await expect(row).to_have_class("side-row")


async def test_a_thread_opens_beside_and_takes_replies(browser):
    async with scene(browser) as s:
        parent = await s.post("general", text="How was your week?")
        s.workspace.say(s.channel("general"), s.person("Bo").id, "Long", thread_ts=parent["ts"])
        await s.go("general")
        await s.page.get_by_text("1 reply").click()
        await expect(s.page.locator("#thread .message", has_text="Long")).to_be_visible()
        await s.page.locator("#thread textarea").fill("Short, and <good>")
        await s.page.keyboard.press("Enter")
        await expect(s.page.locator("#thread .message", has_text="Short, and <good>")).to_be_visible()
        await expect(s.page.locator(".main .reply-count")).to_have_text("2 replies")
        await s.page.locator("#thread textarea").fill("/mentor help")
        await s.page.keyboard.press("Enter")
        await expect(s.page.locator("#thread .local-notice")).to_contain_text("not supported in threads")


async def test_the_clock_moves_and_says_what_happened(browser):
    async with scene(browser) as s:

        async def morning():
            if s.server.clock.now().hour == 10 and not said:
                said.append(await s.post("@Bo", text="Your turn is on Thursday"))

        said = []
        s.server.on_step = morning
        await s.go("general")
        await expect(s.page.locator(".clock-time")).to_have_text("9:00 AM")
        await s.page.get_by_role("button", name="Next event").click()
        event = s.page.locator(".happened-row")
        await expect(event).to_contain_text("To Bo Lindqvist")
        await expect(s.page.locator(".clock-time")).to_have_text("11:00 AM")
        await event.click()
        await expect(s.page.locator(".you-name")).to_have_text("Bo Lindqvist")
        await expect(s.page.locator(".main .message", has_text="Your turn is on Thursday")).to_be_visible()
        await s.page.get_by_role("button", name="+1 day").click()
        await expect(s.page.locator(".clock-day")).to_contain_text("Tue, Mar 3")
        await expect(s.page.locator(".happened")).to_contain_text("Nothing happened")


async def test_what_happened_folds_up_where_it_lies_over_the_conversation(browser):
    async with scene(browser, viewport={"width": 1000, "height": 700}) as s:
        said = []

        async def morning():
            if not said:
                said.append(await s.post("@Bo", text="Your turn is on Thursday"))

        s.server.on_step = morning
        await s.go("general")
        await s.page.get_by_role("button", name="Next event").click()
        event = s.page.locator(".happened-row")
        await event.click()
        await expect(event).to_be_hidden()
        await s.page.get_by_role("button", name="1 message").click()
        await expect(event).to_be_visible()


async def test_start_here_runs_the_command_as_the_right_person(browser):
    async with scene(browser) as s:
        bo = s.person("Bo")
        s.server.slack.start_here += [
            {"as": bo.id, "text": "Be Bo and look for a match.", "command": "/mentor match"}
        ]
        await s.go("general")
        await s.page.get_by_role("button", name="/mentor match").click()
        await expect(s.page.locator(".you-name")).to_have_text(bo.real_name)
        await expect(s.page.get_by_role("dialog", name="Two commitments")).to_be_visible()
        await s.page.keyboard.press("Escape")
        await expect(s.page.locator(".main textarea")).to_have_value("")
        await s.page.get_by_role("button", name="Dismiss").click()
        await s.page.reload()
        await expect(s.page.locator(".you-name")).to_have_text(bo.real_name)
        await expect(s.page.locator(".welcome")).to_have_count(0)


async def test_a_narrow_page_folds_the_sidebar_and_never_scrolls_sideways(browser):
    async with scene(browser, viewport={"width": 390, "height": 780}) as s:
        for blocks in (made.message_blocks(), made.data_blocks(), made.card_blocks()):
            await s.post("general", blocks=blocks)
        await s.go("general")
        await expect(s.page.locator(".block-carousel")).to_be_visible()
        wide = "document.documentElement.scrollWidth + document.querySelector('.scroller').scrollWidth"
        assert await s.page.evaluate(wide) <= 2 * 390
        await expect(s.page.locator("#sidebar")).not_to_be_in_viewport()
        await s.page.get_by_role("button", name="Show the sidebar").click()
        await expect(s.page.locator("#sidebar")).to_be_in_viewport()
        await s.page.locator("#sidebar a", has_text="mentoring").click()
        await expect(s.page.locator("#sidebar")).not_to_be_in_viewport()


async def test_five_hundred_messages_open_and_change_quickly(browser):
    async with scene(browser) as s:
        general, bo = s.channel("general"), s.person("Bo")
        for number in range(500):
            s.workspace.say(general, bo.id, f"Message *{number}* with a <https://example.com|link> :tada:")
        await s.go("mentoring")
        timing = await s.page.evaluate(
            """async (channel) => {
                const rows = () => document.querySelectorAll(".main .message").length;
                const until = async (question) => { while (!question()) await new Promise(requestAnimationFrame); };
                const from = performance.now();
                document.querySelector(`#sidebar a[href$="${channel}"]`).click();
                await until(() => rows() === 60);
                const opened = performance.now() - from;
                const scroller = document.querySelector(".main .scroller");
                while (rows() < 500) { scroller.scrollTop = 0; await new Promise(requestAnimationFrame); }
                scroller.scrollTop = scroller.scrollHeight;
                return opened;
            }""",
            general.id,
        )
        changed = await s.page.evaluate(
            """async () => {
                const { state } = await import("/static/store.js");
                const list = document.querySelector(".main .message-list");
                const seen = new Promise((done) => new MutationObserver(done).observe(list, { childList: true }));
                const from = performance.now();
                const body = JSON.stringify({ channel: state.place.channel, text: "five hundred and one" });
                const headers = { "Content-Type": "application/json" };
                await fetch(`/control/people/${state.me}/say`, { method: "POST", headers, body });
                await seen;
                return performance.now() - from;
            }"""
        )
        print(f"\n500 messages: opened in {timing:.0f} ms; a new one among all shown in {changed:.0f} ms")
        assert timing < 2500
        assert changed < 2500


async def test_the_page_is_strict_about_what_may_load(browser):
    async with scene(browser) as s, aiohttp.ClientSession(s.server.url) as http:
        page = await http.get("/")
        policy = page.headers["Content-Security-Policy"]
        assert "script-src 'self'" in policy
        assert "unsafe" not in policy
        assert "<script>" not in await page.text()
        script = await http.get("/static/render/blocks.js")
        assert script.headers["Content-Type"].startswith("text/javascript")
        for name in ("..%2fpage.py", "render/..%2f..%2fpage.py", "page.py", "nothing.js", "render/"):
            assert (await http.get(f"/static/{name}")).status == 404
