"""How the skills of a program look to a lead."""

from bot.domain.matching.vocabulary import Entry, Vocabulary
from bot.slack import blocks
from bot.slack.blocks import Block, Message
from bot.slack.text import clip, escape, many

MOST_SHOWN = 20
HOW = (
    "`/mentor skills python`: what I know of it",
    "`/mentor skills add prompt engineering`: one more skill",
    "`/mentor skills same k8s = kubernetes`: two words for one skill",
    "`/mentor skills relate docker = kubernetes 60`: how far the one helps whoever looks for the other, in per cent",
    "`/mentor skills restore k8s`: as it came with me; without a word, everything, after a question",
)


def overview(vocabulary: Vocabulary) -> Message:
    skills = vocabulary.skills
    words = (
        f"*{many(len(vocabulary.known()), 'skill', 'skills')}* with {many(len(skills.synonyms), 'synonym', 'synonyms')} and "
        f"{many(len(skills.related), 'relation', 'relations')}. People write what they like in their profiles: a word I don't "
        "know is kept as it is, and one that looks like a typo gets a suggestion."
    )
    shown: list[Block] = [
        blocks.section(words),
        *_own(vocabulary),
        blocks.section("\n".join(f"• {one}" for one in HOW)),
    ]
    file = "Many at once: `python -m bot import --skills FILE`, for whoever runs this bot."
    return Message("The skills of your program.", [*shown, blocks.context(file)])


def _own(vocabulary: Vocabulary) -> list[Block]:
    edits = vocabulary.edits
    mentioned = {*edits.synonyms, *edits.synonyms.values(), *(name for pair in edits.related for name in pair)}
    lines = [f"{name}" for name in sorted(edits.names - mentioned)]
    lines += [f"{word} = {name}" for word, name in sorted(edits.synonyms.items())]
    lines += [f"{one} and {other}: {value} %" for (one, other), value in sorted(edits.related.items())]
    if not lines:
        return [blocks.context("Nothing is changed yet: these are the skills that come with me.")]
    more = [f"and {len(lines) - MOST_SHOWN} more"] if len(lines) > MOST_SHOWN else []
    sure = blocks.confirm("Restore all skills?", "All changes of your program are taken back.", yes="Restore")
    button = blocks.button("Restore all", "matching.skills_restore", confirm=sure)
    head = blocks.section(f"*Changed by your program* ({len(lines)})", button)
    return [head, blocks.bullets(*(clip(line, 150) for line in [*lines[:MOST_SHOWN], *more]))]


def restore_all(vocabulary: Vocabulary) -> Message:
    """Asked before it is done: it may be the work of weeks."""
    own = _own(vocabulary)
    if not vocabulary.edits:
        return Message("Nothing is changed.", own)
    words = "*Restore all skills?* This takes back every change of your program; `/mentor skills restore k8s` takes back one."
    return Message("Restore all skills?", [blocks.section(words), *own])


def entry(found: Entry) -> Message:
    lines = [f"*{escape(found.name)}*"]
    if found.synonyms:
        lines.append(f"Also: {escape(', '.join(found.synonyms[:30]))}")
    if found.related:
        near = ", ".join(f"{name} {value} %" for name, value in found.related[:30])
        lines.append(f"Close to it: {escape(near)}")
    if len(lines) == 1:
        lines.append("No synonyms, and nothing close to it yet.")
    return Message(f"{escape(found.name)}.", [blocks.section("\n".join(lines))])


def unknown(typed: str, suggestion: str | None) -> Message:
    word = escape(clip(typed, 60))
    meant = f" Did you mean *{escape(suggestion)}*?" if suggestion else ""
    words = (
        f"*I don't know {word}.*{meant} People can write it all the same. "
        f"`/mentor skills add {word}` makes it a skill of your program."
    )
    return Message(f"I don't know {word}.", [blocks.section(words)])


def changed(words: str, found: Entry | None) -> Message:
    shown = [
        blocks.section(
            f"*{words}* Draws and suggestions go by it from now on; drafts that are there stay as they are."
        )
    ]
    return Message(words, [*shown, *(entry(found).blocks if found else [])])
