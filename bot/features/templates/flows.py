"""Reading, changing and restoring the texts of a program; leads only, each change in the audit log."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.errors import Gone
from bot.domain.programs import Act, require
from bot.domain.templates import Change
from bot.feature import Deps, Editable
from bot.slack.requests import Request
from bot.store.audit import Entry
from bot.store.unit_of_work import Work


@dataclass(frozen=True)
class Standing:
    """A text as it is in this program."""

    editable: Editable
    change: Change | None = None

    @property
    def text(self) -> str:
        return self.change.text if self.change else self.editable.template.shipped

    @property
    def version(self) -> int:
        return self.change.version if self.change else 0


async def every(by: Request, deps: Deps) -> list[Standing]:
    async with deps.store.open_view(by.team) as work:
        await _require_lead(work, by)
        return await _standing(work, deps.templates)


async def one(by: Request, key: str, deps: Deps) -> Standing:
    async with deps.store.open_view(by.team) as work:
        await _require_lead(work, by)
        return (await _standing(work, [_known(key, deps)]))[0]


async def save(by: Request, key: str, typed: str, *, version: int, deps: Deps) -> Standing:
    """`Stale` where another lead saved since the form was opened. What ships, typed again, is what ships."""
    now = deps.now()
    editable = _known(key, deps)
    async with deps.store.open_work(by.team) as work:
        await _require_lead(work, by)
        text = editable.template.read(typed)
        if text == editable.template.shipped:
            await work.templates.restore(key)
        else:
            await work.templates.save(Change(key, text, by.member, now, version))
        await work.audit.add(Entry(now, by.member, "template.change", f"template:{key}", {}))
        return (await _standing(work, [editable]))[0]


async def restore(by: Request, key: str, deps: Deps) -> Standing:
    now = deps.now()
    editable = _known(key, deps)
    async with deps.store.open_work(by.team) as work:
        await _require_lead(work, by)
        if await work.templates.restore(key):
            await work.audit.add(Entry(now, by.member, "template.restore", f"template:{key}", {}))
        return Standing(editable)


async def _require_lead(work: Work, by: Request) -> None:
    require(Act.RUN_PROGRAM, await work.programs.roles_of(by.member))


async def _standing(work: Work, every: Sequence[Editable]) -> list[Standing]:
    changes = await work.templates.changed([each.template.key for each in every])
    return [Standing(each, changes.get(each.template.key)) for each in every]


def _known(key: str, deps: Deps) -> Editable:
    found = next((each for each in deps.templates if each.template.key == key), None)
    if found is None:
        raise Gone("There is no such text any more. `/mentor templates` lists them.")
    return found
