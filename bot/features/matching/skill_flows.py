"""Reading and changing the skills of a program; leads only, each change in the audit log."""

from collections.abc import Callable

from bot.domain.errors import Refused
from bot.domain.matching import vocabulary as words
from bot.domain.matching.vocabulary import Edits, Vocabulary
from bot.feature import Deps
from bot.features.matching.drafting import require_lead
from bot.slack.requests import Request
from bot.slack.text import escape
from bot.store.audit import Entry

Change = Callable[[Vocabulary], Edits]


async def vocabulary_for(by: Request, deps: Deps) -> Vocabulary:
    async with deps.store.open_view(by.team) as work:
        await require_lead(work, by.member)
        return Vocabulary(await work.vocabularies.edits())


async def change(by: Request, act: str, change: Change, deps: Deps, *, about: str) -> Vocabulary:
    """`about` is what the log keeps: the words as they were typed, without a person in them."""
    async with deps.store.open_work(by.team) as work:
        await require_lead(work, by.member)
        edits = _changed(change, Vocabulary(await work.vocabularies.edits()))
        await work.vocabularies.save(edits)
        await work.audit.add(Entry(deps.now(), by.member, act, "skills", {"about": about[:120]}))
        return Vocabulary(await work.vocabularies.edits())


def _changed(change: Change, now: Vocabulary) -> Edits:
    """A refusal says the words that were typed, so it is made harmless here."""
    try:
        return change(now)
    except Refused as refused:
        raise Refused(escape(refused.sentence)) from refused


def same(word: str, name: str) -> Change:
    """The name has to be known, so that a typo in it makes no skill; a word set equal to itself stops meaning another one."""

    def change(now: Vocabulary) -> Edits:
        if words.clean(word) == words.clean(name):
            if now.skills.canonical(word) == words.clean(word):
                raise Refused("Those are the same word. Put the skill that it means behind the equals sign.")
        else:
            words.known(now, name)
        return words.same(now, word, name)

    return change


def related(one: str, other: str, closeness: int) -> Change:
    def change(now: Vocabulary) -> Edits:
        words.known(now, one, other)
        return words.relate(now, one, other, closeness)

    return change


def restored(typed: str) -> Change:
    def change(now: Vocabulary) -> Edits:
        if not words.is_changed(now, typed):
            raise Refused(
                f"Your program changed nothing about *{words.clean(typed)}*, so there is nothing to restore. "
                "`/mentor skills` lists what is changed."
            )
        return words.restore(now, typed)

    return change


def two(typed: str, example: str) -> tuple[str, str]:
    """What stands before and after the equals sign."""
    one, sign, other = typed.partition("=")
    if not sign or not one.strip() or not other.strip():
        raise Refused(f"Put an equals sign between the two: `{example}`.")
    return one.strip(), other.strip()
