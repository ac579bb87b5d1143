"""The views each person has open: a stack of at most three modals, and one Home."""

from bot.sandbox.model import Json, View
from bot.sandbox.refusal import Refusal
from bot.sandbox.workspace import Workspace

MOST_MODALS = 3


class Screens:
    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self.modals: dict[str, list[View]] = {}
        self.homes: dict[str, View] = {}
        self._views: dict[str, View] = {}

    def find(self, view_id: str) -> View | None:
        return self._views.get(view_id)

    def by_external_id(self, external_id: str) -> View | None:
        for view in self._views.values():
            if external_id and view.external_id == external_id:
                return view
        return None

    def stack(self, user: str) -> list[View]:
        return self.modals.setdefault(user, [])

    def open(self, user: str, content: Json, channel: str = "") -> View:
        """A modal of its own; whatever stack was open makes way."""
        self._drop(self.stack(user))
        self.modals[user] = []
        return self._put(user, content, channel=channel)

    def push(self, user: str, content: Json) -> View:
        stack = self.stack(user)
        if len(stack) >= MOST_MODALS:
            raise Refusal("push_limit_reached")
        return self._put(user, content, channel=stack[-1].channel if stack else "")

    def _put(self, user: str, content: Json, channel: str) -> View:
        self._free_external_id(content, None)
        stack = self.stack(user)
        view_id = self._workspace.new_id("V")
        view = View(view_id, "modal", user, self._stamped(content), self._hash(), view_id, channel=channel)
        if stack:
            view.root_id, view.previous_id = stack[0].id, stack[-1].id
        stack.append(view)
        self._views[view.id] = view
        self._changed(view)
        return view

    def update(self, view: View, content: Json, expected_hash: str = "") -> View:
        """The same view with new content; what was typed stays where block_id and action_id stay."""
        if expected_hash and expected_hash != view.hash:
            raise Refusal("hash_conflict")
        self._free_external_id(content, view)
        view.content, view.hash = self._stamped(content), self._hash()
        self._changed(view)
        return view

    def publish(self, user: str, content: Json, expected_hash: str = "") -> View:
        home = self.homes.get(user)
        if home:
            return self.update(home, content, expected_hash)
        if expected_hash:
            raise Refusal("hash_conflict")
        self._free_external_id(content, None)
        view_id = self._workspace.new_id("V")
        view = View(view_id, "home", user, self._stamped(content), self._hash(), view_id)
        self.homes[user] = self._views[view_id] = view
        self._changed(view)
        return view

    def close(self, view: View) -> list[View]:
        """Closes the view and all that lie on it; answers them, topmost first."""
        stack = self.stack(view.user)
        if view not in stack:
            return []
        gone = stack[stack.index(view) :]
        del stack[stack.index(view) :]
        self._drop(gone)
        self._workspace.hub.changed([view.user], "modals")
        return gone[::-1]

    def _drop(self, views: list[View]) -> None:
        for view in views:
            self._views.pop(view.id, None)

    def _stamped(self, content: Json) -> Json:
        return {**content, "blocks": self._workspace.stamped(content["blocks"])}

    def _hash(self) -> str:
        return f"{self._workspace.unix()}.{self._workspace.new_id('')[-8:]}"

    def _free_external_id(self, content: Json, view: View | None) -> None:
        taken = self.by_external_id(content.get("external_id", ""))
        if taken and taken is not view:
            raise Refusal("duplicate_external_id")

    def _changed(self, view: View) -> None:
        what = "modal" if view.type == "modal" else "home"
        self._workspace.hub.changed([view.user], "modals" if what == "modal" else "home", "sidebar")
        self._workspace.hub.tell([view.user], what, view=view.id)
