"""Which handler answers what. A feature declares its routes here; `attach` tells Bolt about them.

Two handlers for one id refuse to start: Bolt would run the first and never the second, without a word. What stands
behind a colon in an action id ("circles.join:17") only keeps ids apart within a block; it is not part of the route.
"""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

Handler = Callable[..., Awaitable[Any]]


@dataclass(frozen=True)
class CommandRoute:
    """A subcommand of /mentor: its words, what help says of it, who sees it there, and in what order."""

    words: str
    handler: Handler
    help: str
    usage: str = ""
    for_leads: bool = False
    order: int = 50


@dataclass
class Routes:
    commands: dict[str, CommandRoute] = field(default_factory=dict)
    clicks: dict[str, Handler] = field(default_factory=dict)
    submissions: dict[str, Handler] = field(default_factory=dict)
    suggestions: dict[str, Handler] = field(default_factory=dict)
    shortcuts: dict[str, Handler] = field(default_factory=dict)
    events: dict[str, list[Handler]] = field(default_factory=dict)
    homes: list[Handler] = field(default_factory=list)

    def command(
        self, words: str, *, help: str, usage: str = "", for_leads: bool = False, order: int = 50
    ) -> Callable[[Handler], Handler]:
        def keep(handler: Handler) -> Handler:
            _once(self.commands, words, CommandRoute(words, handler, help, usage, for_leads, order))
            return handler

        return keep

    def click(self, *actions: str) -> Callable[[Handler], Handler]:
        return _keep(self.clicks, actions)

    def submission(self, callback: str) -> Callable[[Handler], Handler]:
        return _keep(self.submissions, (callback,))

    def suggestion(self, action: str) -> Callable[[Handler], Handler]:
        return _keep(self.suggestions, (action,))

    def shortcut(self, callback: str) -> Callable[[Handler], Handler]:
        return _keep(self.shortcuts, (callback,))

    def event(self, *names: str) -> Callable[[Handler], Handler]:
        """An event may interest several features; each handler gets it, in a work block of its own."""

        def keep(handler: Handler) -> Handler:
            for name in names:
                self.events.setdefault(name, []).append(handler)
            return handler

        return keep

    def home(self, handler: Handler) -> Handler:
        self.homes.append(handler)
        return handler


def gather(every: Iterable[Routes]) -> Routes:
    """All features' routes as one; the same id twice is refused."""
    whole = Routes()
    for routes in every:
        for kind in ("commands", "clicks", "submissions", "suggestions", "shortcuts"):
            for name, route in getattr(routes, kind).items():
                _once(getattr(whole, kind), name, route)
        for name, handlers in routes.events.items():
            whole.events.setdefault(name, []).extend(handlers)
        whole.homes.extend(routes.homes)
    if len(whole.homes) > 1:
        raise ValueError("two features want to draw the Home tab")
    return whole


def base_action(action: str) -> str:
    """The route of an action id: what stands before the colon."""
    return action.partition(":")[0]


def _keep(table: dict[str, Handler], names: Iterable[str]) -> Callable[[Handler], Handler]:
    def keep(handler: Handler) -> Handler:
        for name in names:
            _once(table, name, handler)
        return handler

    return keep


def _once(table: dict[str, Any], name: str, route: Any) -> None:
    if name in table:
        raise ValueError(f"two handlers for {name!r}")
    table[name] = route
