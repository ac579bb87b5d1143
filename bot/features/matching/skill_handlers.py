"""`/mentor skills`: names, synonyms and what is close to what, edited by leads."""

from bot.domain.matching import vocabulary as words
from bot.domain.roster.skills import with_closeness
from bot.feature import Deps
from bot.features.matching import skill_blocks, skill_flows
from bot.features.matching.handlers import again
from bot.slack.replies import Answers, Reply
from bot.slack.requests import Click, Command
from bot.slack.routes import Routes

routes = Routes()


@routes.command("skills", usage="[word]", help="The skills I know, and how to change them.", for_leads=True, order=66)
async def look(request: Command, deps: Deps) -> Reply:
    vocabulary = await skill_flows.vocabulary_for(request, deps)
    typed = request.words.strip()
    if not typed:
        return Reply(skill_blocks.overview(vocabulary))
    found = vocabulary.entry(typed)
    return Reply(skill_blocks.entry(found) if found else skill_blocks.unknown(typed, vocabulary.suggest(typed)))


@routes.command("skills add", usage="skill", help="One more skill.", for_leads=True, order=67)
async def add(request: Command, deps: Deps) -> Reply:
    typed = request.words
    changed = await skill_flows.change(request, "skills.add", lambda now: words.add(now, typed), deps, about=typed)
    return Reply(skill_blocks.changed("Added.", changed.entry(typed)))


@routes.command("skills same", usage="word = skill", help="Two words for one skill.", for_leads=True, order=68)
async def same(request: Command, deps: Deps) -> Reply:
    word, name = skill_flows.two(request.words, "/mentor skills same k8s = kubernetes")
    change = skill_flows.change
    changed = await change(request, "skills.same", skill_flows.same(word, name), deps, about=request.words)
    said = "A skill of its own." if words.clean(word) == words.clean(name) else "One skill."
    return Reply(skill_blocks.changed(said, changed.entry(name)))


@routes.command(
    "skills relate",
    usage="skill = skill [60]",
    help="How far one skill helps with another.",
    for_leads=True,
    order=69,
)
async def relate(request: Command, deps: Deps) -> Reply:
    one, rest = skill_flows.two(request.words, "/mentor skills relate docker = kubernetes 60")
    other, closeness = with_closeness(rest)
    act = "skills.relate"
    about = request.words
    change = skill_flows.related(one, other, closeness)
    changed = await skill_flows.change(request, act, change, deps, about=about)
    return Reply(skill_blocks.changed("Related.", changed.entry(one)))


@routes.command("skills restore", usage="[word]", help="As the skills came with me.", for_leads=True, order=70)
async def restore(request: Command, deps: Deps) -> Reply:
    typed = request.words
    if not typed.strip():
        return Reply(skill_blocks.restore_all(await skill_flows.vocabulary_for(request, deps)))
    change = skill_flows.restored(typed)
    changed = await skill_flows.change(request, "skills.restore", change, deps, about=typed)
    return Reply(skill_blocks.changed("Restored.", changed.entry(typed)))


@routes.click("matching.skills_restore")
async def restore_all(request: Click, deps: Deps) -> Answers:
    changed = await skill_flows.change(request, "skills.restore", words.restore, deps, about="")
    return again(request, skill_blocks.overview(changed))
