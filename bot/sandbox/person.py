"""A person in the sandbox, for stories and seeds: acts by the labels they see, through the control API alone.

    async with World(url) as world:
        ana = world.person("Ana")
        await ana.command("/mentor match")
        await ana.click("Ask for an intro coffee", near="Bo")
        await ana.fill({"Why now": "A talk in June"}, submit=True)
        await ana.sees("Bo has been asked", in_="dm")
        await world.forward(days=3)

What cannot be done fails with a sentence and with all that the person sees instead.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TypeVar

from bot.sandbox.look import Look, Missing, Room, of_message, of_view, raw_answer, takes_several, together
from bot.sandbox.outside import PATIENCE, NotDone, NotThere, Outside
from bot.sandbox.visible import Control, Json, Names, alike

LATEST = 40
CLICKED = ("button", "overflow", "icon_button", "checkboxes", "radio_buttons")

Seen = TypeVar("Seen")

__all__ = ["Declined", "NotDone", "Person", "World"]


class Declined(AssertionError):
    """A form came back with errors; `errors` has them by the label of the field."""

    def __init__(self, errors: Mapping[str, str], shown: str) -> None:
        lines = "\n".join(f"  {label}: {error}" for label, error in errors.items())
        super().__init__(f"The form was not accepted:\n{lines}\nThe dialog shows:\n{shown}")
        self.errors = dict(errors)


class Person:
    def __init__(self, world: Outside, user_id: str) -> None:
        self.world = world
        self.id = user_id

    @property
    def name(self) -> str:
        return self.world.names.people[self.id]

    def __repr__(self) -> str:
        return f"<{self.name}>"

    async def _get(self, path: str, **query: Any) -> Json:
        return await self.world.get(f"/people/{self.id}{path}", **query)

    async def _post(self, path: str, **body: Any) -> Json:
        return await self.world.post(f"/people/{self.id}{path}", **body)

    # Looking

    async def sidebar(self) -> list[Json]:
        channels: list[Json] = (await self._get("/sidebar"))["channels"]
        known = {c["id"]: c["name"] for c in channels if c["kind"] in ("channel", "private")}
        names = self.world.names
        self.world.names = Names(names.people, {**names.channels, **known})
        return channels

    async def modal(self) -> Look | None:
        """The topmost dialog."""
        stack = await self.modals()
        return stack[-1] if stack else None

    async def modals(self) -> list[Look]:
        return [of_view(view, self.world.names) for view in (await self._get("/modals"))["views"]]

    async def home(self) -> Look | None:
        view = (await self._get("/home"))["view"]
        return of_view(view, self.world.names) if view else None

    async def open_home(self) -> Look:
        """Opens the app's Home and waits until the app shows it."""
        await self._acted(self._post("/home", tab="home"))
        home = await self.home()
        if home is None:
            raise Missing("The app shows no Home.", "")
        return home

    async def dm(self) -> Room:
        """The direct conversation with the bot."""
        for entry in await self.sidebar():
            if entry["kind"] == "app":
                return await self._room(entry)
        return await self._room({"id": (await self._post("/home", tab="messages"))["channel"]})

    async def channel(self, name: str) -> Room:
        """A conversation by its name or how it begins, or by its id."""
        sidebar = await self.sidebar()
        wanted = name.removeprefix("#")
        found = [e for e in sidebar if wanted in (e["id"], e["name"])]
        found = found or [e for e in sidebar if alike(wanted, e["name"])]
        if not found:
            there = ", ".join(f"#{e['name']}" for e in sidebar)
            raise Missing(f"{self.name} sees no conversation called {name}.", there)
        return await self._room(max(found, key=lambda e: str(e["last_ts"])))

    async def thread(self, channel: str, ts: str) -> Room:
        room = await self.channel(channel)
        page = await self._get(f"/channels/{room.id}/threads/{ts}")
        looks = [of_message(message, self.world.names, room.name) for message in page["messages"]]
        return Room(room.id, room.name, room.kind, room.members, room.raw, looks)

    async def _room(self, entry: Json) -> Room:
        page = await self._get(f"/channels/{entry['id']}", limit=LATEST)
        shown = page["channel"]
        name = "dm" if shown["kind"] == "app" else shown["name"]
        looks = [of_message(message, self.world.names, name) for message in page["messages"]]
        return Room(shown["id"], shown["name"], shown["kind"], shown["members"], shown, looks)

    async def rooms(self) -> list[Room]:
        """All that the person is a member of: the app's conversation first, then by what is newest."""
        entries = [e for e in await self.sidebar() if e["is_member"]]
        entries.sort(key=lambda e: (e["kind"] == "app", e["last_ts"]), reverse=True)
        return [await self._room(entry) for entry in entries]

    async def looks(self, in_: str = "") -> list[Look]:
        """What the person can look at, there or anywhere; the most obvious last."""
        if in_ == "modal":
            return [look for look in [await self.modal()] if look]
        if in_ == "home":
            return [look for look in [await self.home()] if look]
        if in_:
            room = await (self.dm() if in_ == "dm" else self.channel(in_))
            return await self._with_threads(room)
        found = [look for look in [await self.home()] if look]
        for room in reversed(await self.rooms()):
            found += await self._with_threads(room)
        return found + await self.modals()

    async def _with_threads(self, room: Room) -> list[Look]:
        looks: list[Look] = []
        for message in room.messages:
            looks.append(message)
            if message.raw["reply_count"] or message.raw["whispers"]:
                page = await self._get(f"/channels/{room.id}/threads/{message.ts}")
                looks += [of_message(m, self.world.names, room.name) for m in page["messages"][1:]]
        return looks

    async def sees(self, text: str, in_: str = "", *, within: float = PATIENCE) -> Look:
        """Waits until the text can be read; answers the thing that says it."""
        loop = asyncio.get_running_loop()
        end = loop.time() + within
        while True:
            looks = await self.looks(in_)
            for look in reversed(looks):
                if text.casefold() in look.text.casefold():
                    return look
            if loop.time() > end:
                place = f"in {in_}" if in_ else "anywhere"
                raise Missing(f'{self.name} does not see "{text}" {place}.', together(looks[-12:]))
            await asyncio.sleep(0.05)

    async def does_not_see(self, text: str, in_: str = "") -> None:
        await self.world.get("/quiet")
        for look in await self.looks(in_):
            if text.casefold() in look.text.casefold():
                raise Missing(f'{self.name} sees "{text}", and should not.', together([look]))

    # Acting

    async def _acted(self, act: Awaitable[Json]) -> list[Look]:
        """Does it, waits for what comes of it, and answers what is new to the person."""
        before = await self._news_so_far()
        await act
        return await self._what_came(before)

    async def _news_so_far(self) -> int:
        return int((await self._get("/news", after=10**9))["n"])

    async def _what_came(self, before: int) -> list[Look]:
        await self._get("/news", after=before, wait=self.world.patience)
        await self.world.get("/quiet")
        return await self._new_looks((await self._get("/news", after=before))["news"])

    async def _new_looks(self, news: list[Json]) -> list[Look]:
        looks = [of_message(one["message"], self.world.names) for one in news if one.get("message")]
        looks = [look for look in {look.ts: look for look in looks}.values() if not look.raw["deleted"]]
        shown = {one["what"] for one in news}
        views = [await self.home() if "home" in shown else None, await self.modal() if "modal" in shown else None]
        return looks + [view for view in views if view]

    async def command(self, text: str, in_: str = "dm") -> list[Look]:
        """A slash command, typed in the app's conversation or the one named."""
        room = await (self.dm() if in_ == "dm" else self.channel(in_))
        return await self._acted(self._post("/command", channel=room.id, text=text))

    async def say(self, text: str, in_: str, thread_ts: str = "") -> None:
        room = await self.channel(in_)
        await self._post("/say", channel=room.id, text=text, thread_ts=thread_ts)

    async def click(self, label: str, near: str = "", *, at: str = "") -> list[Look]:
        """Clicks what is called so: in the open dialog, else in the newest message that has it, or in `at`.

        If it changed between the look and the click, the person looks again, once.
        """
        try:
            return await self._look_and_click(label, near, at=at)
        except NotThere:
            return await self._look_and_click(label, near, at=at)

    async def _look_and_click(self, label: str, near: str, *, at: str) -> list[Look]:
        look, control = await self._find(label, near, at=at, kinds=CLICKED)
        if control is None:
            return await self._press(look, label)
        chosen: Any = control.option["value"] if control.option else None
        if control.kind == "checkboxes":
            chosen = self._ticked(look, control)
        return await self._acted(self._click(look, control, chosen))

    def _ticked(self, look: Look, control: Control) -> list[str]:
        """The boxes that are ticked after this one was clicked."""
        held = look.state.get(control.block["block_id"], {}).get(control.element["action_id"], {})
        ticked = [option["value"] for option in held.get("selected_options") or []]
        value = control.option["value"] if control.option else ""
        return [v for v in ticked if v != value] if value in ticked else [*ticked, value]

    async def _click(self, look: Look, control: Control, chosen: Any, **more: Any) -> Json:
        return await self._post(
            "/click",
            where=look.where,
            block_id=control.block["block_id"],
            action_id=control.element["action_id"],
            chosen=chosen,
            **more,
        )

    async def _find(self, label: str, near: str, *, at: str, kinds: tuple[str, ...]) -> tuple[Look, Control | None]:
        return await self._in_time(lambda: self._find_now(label, near, at=at, kinds=kinds))

    async def _in_time(self, look: Callable[[], Awaitable[Seen]]) -> Seen:
        """What a person looks for may come a moment later: the bot acknowledges first and works then."""
        loop = asyncio.get_running_loop()
        end = loop.time() + self.world.patience
        while True:
            try:
                return await look()
            except Missing:
                if loop.time() > end:
                    raise
            await asyncio.sleep(0.05)

    async def _find_now(
        self, label: str, near: str, *, at: str, kinds: tuple[str, ...]
    ) -> tuple[Look, Control | None]:
        modal = await self.modal()
        if modal and at in ("", "modal"):
            control = modal.find(label, near, within=kinds)
            if control or self._edge(modal, label):
                return modal, control
            raise Missing(f'The open dialog has no "{label}" to act on.', modal.text)
        looks = await self.looks(at)
        for look in reversed(looks):
            control = look.find(label, near, within=kinds)
            if control:
                return look, control
        place = f" in {at}" if at else ""
        hint = f' near "{near}"' if near else ""
        raise Missing(f'{self.name} finds no "{label}"{hint}{place}.', together(looks[-12:]))

    def _edge(self, modal: Look, label: str) -> str:
        """Whether the label is the dialog's own submit or close."""
        for name in ("submit", "close"):
            text = (modal.raw.get(name) or {}).get("text", "Cancel" if name == "close" else "")
            if text and alike(label, text) == 3:
                return name
        return ""

    async def _press(self, modal: Look, label: str) -> list[Look]:
        if self._edge(modal, label) == "close":
            return await self.close()
        return await self.submit()

    async def choose(self, label: str, value: Any, near: str = "", *, at: str = "") -> list[Look]:
        """Chooses in a menu or picker that acts at once; in a plain input it is like fill()."""
        look, control = await self._find(label, near, at=at, kinds=())
        if control is None:
            raise Missing(f'"{label}" is nothing to choose in.', look.text)
        raw = await self._raw(look, control, value)
        if control.block["type"] == "input" and not control.block.get("dispatch_action"):
            await self._type(look, {control.block["block_id"]: {control.element["action_id"]: raw}})
            return []
        return await self._acted(self._click(look, control, raw))

    async def _raw(self, look: Look, control: Control, value: Any) -> Any:
        if takes_several(control) and value is not None and not isinstance(value, list | tuple | set):
            value = [value]
        if "external_select" not in control.kind or value is None:
            return raw_answer(control, value, self.world.names)
        values = value if isinstance(value, list) else [value]
        found = [await self._searched(look, control, str(one)) for one in values]
        return found if takes_several(control) else found[0]

    async def _searched(self, look: Look, control: Control, wanted: str) -> Any:
        """Types into a menu that asks the app for its options, and takes the one that fits."""
        at = {"block_id": control.block["block_id"], "action_id": control.element["action_id"]}
        offered = await self._post("/suggest", where=look.where, query=wanted, **at)
        offers = {key: offered[key] for key in ("options", "option_groups") if key in offered}
        filled = Control(control.label, control.block, control.element | offers, control.index)
        return raw_answer(filled, wanted, self.world.names)

    async def _type(self, look: Look, values: Json) -> None:
        await self._post("/type", where=look.where, values=values)

    # Dialogs

    async def _dialog(self) -> Look:
        return await self._in_time(self._dialog_now)

    async def _dialog_now(self) -> Look:
        modal = await self.modal()
        if modal is None:
            raise Missing(f"{self.name} has no dialog open.", together((await self.looks())[-6:]))
        return modal

    async def fill(self, answers: Mapping[str, Any], *, submit: bool = False) -> list[Look]:
        """Fills in fields of the open dialog by their labels; submits it if asked to."""
        await self._in_time(lambda: self._fill(answers))
        return await self.submit() if submit else []

    async def _fill(self, answers: Mapping[str, Any]) -> None:
        modal = await self._dialog_now()
        values: dict[str, Json] = {}
        for label, value in answers.items():
            control = modal.field_called(label)
            raw = await self._raw(modal, control, value)
            values.setdefault(control.block["block_id"], {})[control.element["action_id"]] = raw
        await self._type(modal, values)

    async def submit(self) -> list[Look]:
        """Submits the open dialog; fails with the errors it shows."""
        modal, before = await self._dialog(), await self._news_so_far()
        answer = await self._post("/submit", view_id=modal.raw["id"], values={})
        if "errors" in answer:
            labels = {control.block["block_id"]: control.label for control in modal.fields()}
            errors = {labels.get(block, block): error for block, error in answer["errors"].items()}
            raise Declined(errors, modal.text)
        return await self._what_came(before)

    async def close(self, *, everything: bool = False) -> list[Look]:
        modal = await self._dialog()
        await self._post("/close", view_id=modal.raw["id"], all=everything)
        await self.world.get("/quiet")
        return []

    async def shortcut(self, name: str, on: Look | None = None) -> list[Look]:
        """A shortcut by its name or callback_id: of the whole app, or on a message."""
        known = (await self.world.get("/workspace"))["shortcuts"]
        found = [s for s in known if name in (s["callback_id"], s["name"])]
        if not found:
            raise Missing(f'There is no shortcut "{name}".', ", ".join(s["name"] for s in known))
        message = {"channel": on.raw["channel"], "ts": on.ts} if on else {}
        return await self._acted(self._post("/shortcut", callback_id=found[0]["callback_id"], **message))


class World(Outside):
    """The workspace, its people and its clock."""

    def person(self, name: str) -> "Person":
        """By id, or by full or first name where only one is called so."""
        if name in self.names.people:
            return Person(self, name)
        marks = [(alike(name, real_name), key) for key, real_name in self.names.people.items()]
        top = max(mark for mark, _ in marks)
        found = [key for mark, key in marks if mark == top]
        if not top or len(found) > 1:
            everybody = "\n".join(self.names.people.values())
            raise Missing(f'There is not exactly one person called "{name}".', everybody)
        return Person(self, found[0])

    async def add_person(self, name: str, **more: Any) -> "Person":
        added = await self.post("/people", name=name, **more)
        await self.look_around()
        return Person(self, added["person"]["id"])
