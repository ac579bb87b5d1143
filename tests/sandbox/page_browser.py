"""A real Chromium that looks at a real sandbox, in which a real Bolt app shows one of everything."""

import asyncio
import contextlib
import re
from pathlib import Path

from playwright.async_api import async_playwright, expect

from tests.sandbox import page_blocks as made
from tests.sandbox.bolted import bolt_app, by_socket, running

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE = 15_000  # milliseconds; a busy machine is slow, not wrong
MISSING = f"The tests of the page need {CHROMIUM}. Install it: apt-get install -y chromium"

MANIFEST = {
    "display_information": {"name": "Mentoring Circles"},
    "features": {
        "app_home": {
            "home_tab_enabled": True,
            "messages_tab_enabled": True,
            "messages_tab_read_only_enabled": True,
        },
        "bot_user": {"display_name": "Circles", "always_online": True},
        "shortcuts": [{"name": "Keep as note", "type": "message", "callback_id": "keep", "description": "A note"}],
        "slash_commands": [
            {
                "command": "/mentor",
                "description": "Mentoring circles",
                "usage_hint": "[help | match | profile | circle create|join|leave | swap <person>]",
                "should_escape": True,
            }
        ],
    },
    "oauth_config": {
        "scopes": {"bot": ["chat:write", "commands", "im:write", "users:read", "channels:join", "groups:write"]}
    },
    "settings": {
        "event_subscriptions": {"bot_events": ["app_home_opened"]},
        "interactivity": {"is_enabled": True},
    },
}


expect.set_options(timeout=PATIENCE)


@contextlib.asynccontextmanager
async def chromium():
    assert Path(CHROMIUM).exists(), MISSING
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        yield browser
        await browser.close()


class Circles:
    """The Bolt app, and what it was told."""

    def __init__(self, app):
        self.client = app.client
        self.actions = []
        self.submitted = []
        self.closed = []
        self.queries = []
        self.answer = {}
        app.command("/mentor")(self.mentor)
        app.view("form")(self.submit)
        app.view_closed("form")(self.close)
        app.event("app_home_opened")(self.home)
        app.options("outside")(self.options)
        app.shortcut("keep")(self.keep)
        app.action(re.compile("^(?!silent)"))(self.act)

    async def mentor(self, ack, command, client):
        await ack()
        self.view_id = (await client.views_open(trigger_id=command["trigger_id"], view=made.form()))["view"]["id"]

    async def submit(self, ack, view):
        self.submitted.append(view["state"]["values"])
        await ack(**self.answer)

    async def close(self, ack, body):
        self.closed.append(body["view"]["id"])
        await ack()

    async def home(self, event, client):
        if event["tab"] == "home":
            await client.views_publish(user_id=event["user"], view=made.home_view())

    async def options(self, ack, payload):
        self.queries.append(payload["value"])
        await ack(options=[made.option(f"{payload['value']}thon", "python"), made.option("Pypi", "pypi")])

    async def keep(self, ack, shortcut):
        self.actions.append(shortcut)
        await ack()

    async def act(self, ack, action, body):
        self.actions.append({**action, "state": body.get("state") or (body.get("view") or {}).get("state")})
        await ack()


class Scene:
    """A sandbox, its app, and the page that somebody has open."""

    def __init__(self, server, circles, page):
        self.server, self.circles, self.page = server, circles, page
        self.problems = []

    @property
    def workspace(self):
        return self.server.workspace

    def person(self, name):
        return self.workspace.find_person(name)

    def channel(self, name):
        return self.workspace.named_channel(name)

    async def go(self, where, *, as_="Ana"):
        """Opens a channel by name, or "home", or "messages", as that person sees it."""
        me = self.person(as_)
        place = {"home": "home", "messages": self.dm(as_).id}.get(where) or self.channel(where).id
        await self.page.goto(f"{self.server.url}/#/{me.id}/{place}")
        await expect(self.page.locator(".you-name")).to_have_text(me.real_name)
        await self.page.wait_for_selector(".main .pane-head")

    def dm(self, name):
        return self.workspace.direct([self.person(name).id, self.workspace.bot.id])

    async def post(self, where, **message):
        """The app posts in a channel (by name) or to a person ("@Ana")."""
        if where.startswith("@"):
            channel = self.dm(where[1:])
        else:
            channel = self.channel(where)
            if self.workspace.bot.id not in channel.members:
                await self.circles.client.conversations_join(channel=channel.id)
        return await self.circles.client.chat_postMessage(channel=channel.id, **{"text": "…", **message})

    async def heard(self, count=1):
        """Waits until the app was told of so many actions; answers the last."""
        for _ in range(500):
            if len(self.circles.actions) >= count:
                return self.circles.actions[-1]
            await asyncio.sleep(0.01)
        raise AssertionError(f"the app heard {len(self.circles.actions)} actions, not {count}")


@contextlib.asynccontextmanager
async def scene(browser, *, seed="empty", **look):
    """look: viewport, color_scheme, timezone_id, … of the browser; its own zone must never matter."""
    async with running(seed=seed, manifest=MANIFEST, limits=False) as server:
        app = bolt_app(server)
        circles = Circles(app)
        context = await browser.new_context(**{"viewport": {"width": 1280, "height": 860}, **look})
        await context.route(re.compile(r"^https://"), lambda route: route.abort())
        page = await context.new_page()
        page.set_default_timeout(PATIENCE)
        opened = Scene(server, circles, page)
        page.on("pageerror", lambda error: opened.problems.append(str(error)))
        page.on("console", lambda line: _note(opened, line))
        async with by_socket(server, app):
            yield opened
        await context.close()
        assert opened.problems == []


def _note(opened, line):
    if line.type == "error" and "ERR_FAILED" not in line.text and "status of 4" not in line.text:
        opened.problems.append(line.text)
