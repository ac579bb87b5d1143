"""`/mentor skills`: what a lead sees and changes, and that matching goes by it."""

import pytest

from bot.domain.errors import Refused, Stale
from bot.domain.matching.vocabulary import Edits, Vocabulary
from bot.domain.people import Wish
from bot.features.matching import finding, handlers, skill_blocks, skill_handlers
from bot.slack.requests import Command
from tests.builders import an_id, saved_lead
from tests.features.matching.drafting import acts_of


@pytest.fixture
def lead_command(deps, team):
    async def typed(handler, words="", name="Lea"):
        async with deps.store.open_work(team) as work:
            if not await work.programs.roles_of(an_id("Lea")):
                await saved_lead(work)
        reply = await handler(Command(team, an_id(name), words=words), deps)
        return str(reply.message.blocks)

    return typed


async def test_the_whole_way_of_a_skill(deps, team, lead_command):
    assert "Nothing is changed yet" in await lead_command(skill_handlers.look)
    assert "Did you mean *kubernetes*" in await lead_command(skill_handlers.look, "kubernets")
    assert "I don't know beekeeping" in await lead_command(skill_handlers.look, "beekeeping")
    assert "Added" in await lead_command(skill_handlers.add, "Beekeeping")
    assert "Also: apiary" in await lead_command(skill_handlers.same, "apiary = beekeeping")
    assert "Added" in await lead_command(skill_handlers.add, "gardening")
    assert "60 %" in await lead_command(skill_handlers.relate, "gardening = apiary 60")
    shown = await lead_command(skill_handlers.look)
    assert "apiary = beekeeping" in shown and "Restore all" in shown
    assert "Close to it" in await lead_command(skill_handlers.look, "apiary")
    assert "Restored" in await lead_command(skill_handlers.restore, "apiary")
    assert await acts_of(deps, team) == ["skills.restore", "skills.relate", "skills.add", "skills.same", "skills.add"]


@pytest.mark.parametrize("words", ["", "k8s", "= kubernetes", "k8s ="])
async def test_two_words_need_an_equals_sign(lead_command, words):
    for handler in (skill_handlers.same, skill_handlers.relate):
        with pytest.raises(Refused, match="equals sign"):
            await lead_command(handler, words)


@pytest.mark.parametrize(
    ("handler", "words", "sentence"),
    [
        (skill_handlers.same, "kubernetes = Kubernetes", "the same word"),
        (skill_handlers.same, "kube = kubernets", r"don't know \*kubernets\* yet. Did you mean \*kubernetes\*"),
        (skill_handlers.relate, "docker = kubernetes -5", "from 0 .* to 99"),
        (skill_handlers.relate, "docker = kubernetes 60.5", "from 0 .* to 99"),
        (skill_handlers.relate, "docker = kubernetes 100", "from 0 .* to 99"),
        (skill_handlers.relate, "docker = kubernetes 1000 %", "from 0 .* to 99"),
        (skill_handlers.relate, "zzz = kubernetes 5", r"don't know \*zzz\* yet"),
        (skill_handlers.relate, "kubernetes = zzz", "skills add zzz"),
        (skill_handlers.relate, "<!channel> = kubernetes", "know .&lt;!channel&gt;. yet"),
        (skill_handlers.restore, "zzz", r"changed nothing about \*zzz\*"),
        (skill_handlers.restore, "kubernetes", "nothing to restore"),
    ],
)
async def test_what_would_make_a_skill_of_a_typo_or_do_nothing_is_refused(lead_command, handler, words, sentence):
    with pytest.raises(Refused, match=sentence):
        await lead_command(handler, words)
    assert "Nothing is changed yet" in await lead_command(skill_handlers.look)


async def test_a_word_that_means_another_one_can_be_a_skill_of_its_own(lead_command):
    assert "A skill of its own" in await lead_command(skill_handlers.same, "k8s = k8s")
    assert "*k8s*" in await lead_command(skill_handlers.look, "k8s")


async def test_everything_is_restored_after_a_question_alone(deps, team, lead_command):
    assert "Nothing is changed" in await lead_command(skill_handlers.restore)
    await lead_command(skill_handlers.add, "beekeeping")
    asked = await lead_command(skill_handlers.restore)
    assert "Restore all skills?" in asked and "matching.skills_restore" in asked
    async with deps.store.open_view(team) as work:
        assert await work.vocabularies.edits()


async def test_only_leads_see_and_change(lead_command, team, deps, click):
    for handler in (
        skill_handlers.look,
        skill_handlers.add,
        skill_handlers.restore,
    ):
        with pytest.raises(Refused, match="Only program leads"):
            await lead_command(handler, "helm", name="Ana")
    with pytest.raises(Refused, match="Only program leads"):
        await skill_handlers.restore_all(click("Ana"), deps)


async def test_hostile_words_are_shown_as_they_are(lead_command):
    shown = await lead_command(skill_handlers.look, "<!channel> " + "x" * 3000)
    assert "<!channel>" not in shown
    assert "&lt;!channel&gt;" in await lead_command(skill_handlers.add, "<!channel> 😀")


async def test_restored_everything_is_as_it_came(deps, team, lead_command, click):
    await lead_command(skill_handlers.add, "beekeeping")
    await skill_handlers.restore_all(click("Lea"), deps)
    async with deps.store.open_view(team) as work:
        assert len(await work.vocabularies.edits()) == 0


async def test_candidates_go_by_the_skills_of_the_program(deps, team, people, lead_command):
    await people(Ana={"wants": (Wish("apiary", 1),)}, Bo={"offers": (Wish("beekeeping", 3),)})
    found = await finding.find_for(team, an_id("Ana"), None, deps)
    assert not any("beekeeping" in one.because for one in found.candidates)
    await lead_command(skill_handlers.add, "beekeeping")
    await lead_command(skill_handlers.same, "apiary = beekeeping")
    found = await finding.find_for(team, an_id("Ana"), None, deps)
    assert found.candidates[0].member.id == an_id("Bo") and "beekeeping" in found.candidates[0].because
    assert "U0BO" in str((await handlers.match(Command(team, an_id("Ana")), deps)).message.blocks)


async def test_two_leads_at_once_lose_nothing(deps, team):
    async with deps.store.open_work(team) as work:
        first = await work.vocabularies.edits()
        await work.vocabularies.save(Edits(frozenset({"helm"})))
    with pytest.raises(Stale):
        async with deps.store.open_work(team) as work:
            await work.vocabularies.save(first)
    async with deps.store.open_view("T0ELSE") as work:
        assert await work.vocabularies.edits() == Edits()


def test_how_it_looks(looks_right):
    own = Vocabulary(Edits(frozenset({"helm"}), {"kube": "kubernetes"}, {("docker", "helm"): 30}))
    many = Vocabulary(Edits(frozenset(f"skill {number}" for number in range(60))))
    for vocabulary in (own, many):
        looks_right(skill_blocks.overview(vocabulary))
    looks_right(skill_blocks.entry(own.entry("kube")))
    looks_right(skill_blocks.entry(many.entry("skill 7")))
    looks_right(skill_blocks.unknown("<b>", None))
    looks_right(skill_blocks.changed("Added.", None))
