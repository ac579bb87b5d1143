"""`python -m bot import` and `export`: members as CSV or JSON, for whoever runs the program.

Reading and deciding is `domain/roster`; here are the file, the database, and what is said about it.
"""

import asyncio
import os
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn
from sqlalchemy.exc import DBAPIError

from bot.app import clock
from bot.config import Settings, SettingsError, read_settings
from bot.domain import roster
from bot.domain.errors import Refused, Stale
from bot.domain.ids import MemberId, TeamId
from bot.domain.matching.vocabulary import Vocabulary
from bot.domain.roster import Plan, Problem, Sheet, WrongRows
from bot.domain.roster import skills as skill_files
from bot.store.audit import Entry
from bot.store.engine import connect
from bot.store.keyring import Keyring
from bot.store.unit_of_work import Store, Work

BROKEN, WRONG = 1, 2
OPERATOR = MemberId("operator")
AT_ONCE = 500
MOST_SHOWN = 20
"""How many of those who are added or changed are named one by one."""

say = Console(highlight=False, soft_wrap=True, markup=False)
complain = Console(stderr=True, highlight=False, soft_wrap=True, markup=False)


def bring_in(
    file: Path, *, dry_run: bool = False, template: bool = False, skills: bool = False, team: str = ""
) -> int:
    """Bring members in from a file (.csv or .json): all of it or, where anything in it is wrong, nothing.

    Parameters
    ----------
    file
        One row a person. What a row does not give stays as it is.
    dry_run
        Only say what would be added, changed and left alone.
    template
        Write a CSV file that explains each column to FILE, instead of reading it.
    skills
        The file holds skills, their synonyms and what is close to them (skill, synonyms, related), not people.
    team
        The workspace, where the bot serves several.
    """
    try:
        if template:
            return _write_template(file)
        if skills:
            return asyncio.run(_import_skills(_text(file), file, team, dry_run=dry_run))
        sheet = _read(file)
        return asyncio.run(_import(sheet, file.name, team, dry_run=dry_run))
    except WrongRows as wrong:
        complain.print(wrong.sentence)
        complain.print(f"{_many(len(wrong.problems), 'thing is', 'things are')} wrong; nothing was imported.")
        return WRONG
    except KeyboardInterrupt:
        complain.print("Stopped, and nothing was imported.")
        return BROKEN
    except Stale:
        complain.print("Somebody changed one of these people a moment ago, so nothing was imported. Run it again.")
        return BROKEN
    except Refused as wrong:
        complain.print(wrong.sentence)
        return WRONG


def export(file: Path, *, skills: bool = False, managers: bool = False, team: str = "") -> int:
    """Write all members to a file (.csv or .json): what a lead may have, so no goals, boundaries or notes.

    Parameters
    ----------
    file
        `import` reads it back and finds nothing to change.
    skills
        Write the skills that are known instead of members.
    managers
        Write whom people report to as well. They gave it for the matching alone: keep such a file to yourself.
    team
        The workspace, where the bot serves several.
    """
    try:
        if file.suffix.lower() not in roster.KINDS_OF_FILE:
            raise Refused("The file's name must end in .csv or .json, so that I know what to write.")
        if skills:
            return asyncio.run(_export_skills(file, team))
        count = asyncio.run(_export(file, team, managers=managers))
    except Refused as wrong:
        complain.print(wrong.sentence)
        return WRONG
    say.print(f"{_many(count, 'person', 'people')} written to {file}.")
    return 0


def _read(path: Path) -> Sheet:
    return roster.read_sheet(_text(path), path.suffix)


def _text(path: Path) -> str:
    try:
        size = path.stat().st_size
        if size > roster.LARGEST_FILE:
            raise Refused(f"{path} has {size:,} bytes; at most {roster.LARGEST_FILE:,} are read. Import it in parts.")
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise Refused(
            f"{path} is not text in UTF-8: byte {wrong.start} cannot be read. "
            'In a spreadsheet, save it as "CSV UTF-8".'
        ) from None
    except OSError as wrong:
        raise Refused(f"{path} cannot be read: {wrong.strerror}.") from None


async def _import(sheet: Sheet, name: str, team: str, *, dry_run: bool) -> int:
    async with _opened(sheet) as store:
        workspace = await _workspace(store, team)
        block = store.open_view(workspace) if dry_run else store.open_work(workspace)
        async with block as work:
            known = await work.members.known()
            plan = roster.planned(sheet.rows, known)
            if problems := [*sheet.problems, *plan.problems]:
                raise WrongRows(problems)
            words = Vocabulary(await work.vocabularies.edits())
            if not dry_run:
                await _keep(work, plan, name)
    _tell(plan, dry_run=dry_run)
    for remark in roster.remarks(plan, known, words):
        complain.print(f"{remark}", style="yellow")
    return 0


async def _import_skills(text: str, file: Path, team: str, *, dry_run: bool) -> int:
    if file.suffix.lower() not in roster.KINDS_OF_FILE:
        raise Refused("The file's name must end in .csv or .json, so that I know how to read it.")
    async with _opened() as store, store.open_work(await _workspace(store, team)) as work:
        before = await work.vocabularies.edits()
        after = skill_files.changed(text, file.suffix.lower(), before)
        if after != before and not dry_run:
            await work.vocabularies.save(after)
            details = {"changes": len(after), "before": len(before)}
            await work.audit.add(Entry(clock(), OPERATOR, "skills.import", file.name[:80], details))
    would = "would differ" if dry_run else "differ"
    say.print("Nothing changes." if after == before else f"{len(after):,} things {would} from the skills that ship.")
    return 0


async def _export_skills(file: Path, team: str) -> int:
    async with _opened() as store, store.open_view(await _workspace(store, team)) as work:
        vocabulary = Vocabulary(await work.vocabularies.edits())
    _write(file, skill_files.written(vocabulary, file.suffix.lower()))
    say.print(f"{_many(len(vocabulary.known()), 'skill', 'skills')} written to {file}.")
    return 0


async def _export(file: Path, team: str, *, managers: bool) -> int:
    async with _opened() as store, store.open_view(await _workspace(store, team)) as work:
        known = await work.members.known()
    _write(file, roster.written(known, file.suffix, managers=managers))
    return sum(not member.left for member in known.members.values())


async def _keep(work: Work, plan: Plan, name: str) -> None:
    """A line in the audit log for each person, and one for the file, which the newest-first list shows on top."""
    now, columns = clock(), (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn())
    with Progress(*columns, console=complain, transient=True, disable=not complain.is_terminal) as bar:
        task = bar.add_task("Importing", total=len(plan.changes))
        for start in range(0, len(plan.changes), AT_ONCE):
            part = plan.changes[start : start + AT_ONCE]
            await work.members.bring_in(part)
            details = [{"columns": list(change.columns), "new": change.is_new} for change in part]
            await work.audit.add_all(
                [
                    Entry(now, OPERATOR, "member.import", change.member.id, detail)
                    for change, detail in zip(part, details, strict=True)
                ]
            )
            bar.advance(task, len(part))
    if plan.changes:
        counts = {"added": len(plan.added), "changed": len(plan.changed), "same": plan.same}
        await work.audit.add(Entry(now, OPERATOR, "members.import", name[:80], counts))


@asynccontextmanager
async def _opened(sheet: Sheet = Sheet(())) -> AsyncIterator[Store]:  # noqa: B008 - a frozen value
    settings = _settings(sheet.problems)
    keyring = Keyring.parse(settings.encryption_keys.get_secret_value())
    store = Store(connect(settings.database_url.get_secret_value(), keyring))
    try:
        yield store
    finally:
        await store.close()


def _settings(problems: Sequence[Problem]) -> Settings:
    """What is wrong with a file can be said without any settings."""
    try:
        return read_settings()
    except SettingsError:
        if problems:
            raise WrongRows(problems) from None
        raise


async def _workspace(store: Store, team: str) -> TeamId:
    try:
        teams = [installation.team for installation in await store.teams()]
    except DBAPIError:
        raise Refused("The database is not ready. `python -m bot doctor` says what is wrong with it.") from None
    if team and team not in teams:
        raise Refused(f"I don't serve the workspace {team}. I know: {', '.join(teams) or 'none yet'}.")
    if not team and len(teams) != 1:
        several = f"Say which workspace: --team with one of {', '.join(teams)}."
        raise Refused(several if teams else "I'm in no workspace yet. Start me once with `python -m bot run`.")
    return TeamId(team) if team else teams[0]


def _tell(plan: Plan, *, dry_run: bool) -> None:
    would = "would be " if dry_run else ""
    for verb, changes in (("added", plan.added), ("changed", plan.changed)):
        for change in changes[:MOST_SHOWN]:
            say.print(f"{change.row.place}: {change.member.id} {would}{verb} ({', '.join(change.columns) or 'id'})")
        if len(changes) > MOST_SHOWN:
            say.print(f"… and {len(changes) - MOST_SHOWN:,} more {would}{verb}.")
    alone = plan.same + len(plan.gone)
    say.print(
        f"{_many(len(plan.added), 'person', 'people')} {would}added, {len(plan.changed):,} {would}changed, "
        f"{alone:,} left alone."
    )


def _write_template(file: Path) -> int:
    if file.suffix.lower() != ".csv":
        raise Refused("The template is CSV, so the file's name must end in .csv.")
    if file.exists():
        raise Refused(f"{file} is there already; give the name of a new file.")
    _write(file, roster.template())
    say.print(f"Written to {file}: the columns, what each means, and an example. Add a row a person below.")
    return 0


def _write(file: Path, text: str) -> None:
    """Whole or not at all, for the owner's eyes; a spreadsheet knows UTF-8 by the mark at its start."""
    encoding = "utf-8-sig" if file.suffix.lower() == ".csv" else "utf-8"
    draft = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        draft.touch(mode=0o600)
        draft.write_bytes(text.encode(encoding))
        draft.replace(file)
    except OSError as wrong:
        draft.unlink(missing_ok=True)
        raise Refused(f"{file} cannot be written: {wrong.strerror}.") from None


def _many(count: int, one: str, more: str) -> str:
    return f"{count:,} {one if count == 1 else more}"
