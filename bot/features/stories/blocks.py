"""How stories look: to their author, to those named in them, and to everybody."""

from collections.abc import Sequence

from bot import doors
from bot.domain.ids import CircleId, MemberId
from bot.domain.stories import LIMIT, MOST_NAMED, Story, StoryState, Words
from bot.features.stories.flows import Desk, Saved, Shelf
from bot.slack import blocks
from bot.slack.blocks import Block, Choice, Element, Message, View
from bot.slack.payload import pack
from bot.slack.reading import FormReading
from bot.slack.replies import Edit
from bot.slack.requests import Answers
from bot.slack.text import day, listed, mention

YES, NO = "stories.yes", "stories.no"
CHANGE, TAKE_BACK = "stories.change", "stories.withdraw"
NOWHERE = "list"


# The list


def shelf(this: Shelf) -> Message:
    """At most fifty blocks: what waits for me first, then mine, then everybody's."""
    shown: list[Block] = []
    for story in [one for one in this.about_me if one.is_waiting][:3]:
        shown += _question(story, may_change_mind=this.me not in story.waiting_for)
    for story in this.mine[-4:]:
        shown += _mine(story)
    others = [one for one in this.shown if one.author != this.me]
    for story in others:
        shown += _told(story, this.me)
    if not shown:
        shown = [
            blocks.section(
                "*No story yet.* What changed for you, in three sentences? Whoever you name is asked first, and nobody "
                "reads it before all of them have said yes."
            )
        ]
    write = blocks.button("Tell a story", doors.WRITE_STORY, style="primary")
    shown.append(blocks.actions(write, block="stories"))
    return Message("Stories of what came of it.", blocks.one_primary(shown))


def _mine(story: Story) -> list[Block]:
    value = pack(story=story.id)
    buttons = [blocks.button("Change it", CHANGE, value), _take_back(story)]
    shown = [blocks.context(f"Your story: {_standing(story)}"), blocks.quote(story.text)]
    return [*shown, blocks.actions(*buttons, block=f"mine-{story.id}")]


def _standing(story: Story) -> str:
    if story.state is StoryState.SHOWN and story.shown_at is not None:
        return f"told on {day(story.shown_at)}."
    if story.against:
        return f"{_names(story.against)} would rather not be in it. Change it so that they aren't, or take it back."
    return f"waiting for a yes from {_names(story.waiting_for)}."


def _take_back(story: Story) -> Element:
    words = "It goes from the list, and from your circle's channel if it was told there. You can tell it anew later."
    sure = blocks.confirm("Take it back?", words, yes="Take it back", style="danger")
    return blocks.button("Take it back", TAKE_BACK, pack(story=story.id), confirm=sure)


def _told(story: Story, me: MemberId) -> list[Block]:
    shown = [blocks.context(_by(story)), blocks.quote(story.text)]
    if me in story.named:
        shown.append(blocks.actions(_no(story, "I'd rather not be in it"), block=f"told-{story.id}"))
    return shown


def _by(story: Story) -> str:
    with_whom = f", with {_names(story.named)}" if story.named else ""
    return f"{mention(story.author)}{with_whom}" + (f" · {day(story.shown_at)}" if story.shown_at else "")


def _names(members: Sequence[MemberId]) -> str:
    return listed([mention(member) for member in members])


# The form


def form(desk: Desk) -> View:
    story = desk.story
    text = blocks.paragraph(
        "text",
        given=story.text if story else "",
        most=LIMIT,
        hint="What was hard before? What did somebody do or say? What is different now?",
    )
    people = blocks.people_menu("named", chosen=story.named if story else (), most=MOST_NAMED)
    shown = [
        blocks.section(
            "*What changed, in three sentences?* As you would tell it to somebody who is thinking of joining."
        ),
        blocks.field_input("The story", text, block="text"),
        blocks.field_input(
            "Who is in it?",
            people,
            block="named",
            optional=True,
            hint="Everybody who could be recognised. Each is asked, and nobody reads it before all have said yes.",
        ),
    ]
    notes = pack(story=story.id) if story else ""
    if story is None and desk.circles:
        shown.append(_where(desk))
    title = "Change the story" if story else "Tell a story"
    return blocks.modal(title, shown, callback=CHANGE if story else "stories.tell", submit="Save", notes=notes)


def _where(desk: Desk) -> Block:
    choices: list[Choice] = [("In the list of stories", NOWHERE)]
    choices += [(f"There, and in {circle.name}'s channel", str(circle.id)) for circle in desk.circles[:9]]
    menu = blocks.radio("where", choices, chosen=str(desk.circle or NOWHERE))
    return blocks.field_input("Where is it told?", menu, block="where")


def read(answers: Answers) -> Words:
    return Words(answers.text("text"), tuple(MemberId(one) for one in answers.choices("named")))


def read_where(answers: Answers) -> CircleId | None:
    given = answers.choice("where")
    if given in ("", NOWHERE):
        return None
    reading = FormReading()
    if not given.isascii() or not given.isdecimal():
        reading.refuse("where", "Choose one of these.")
    reading.finish()
    return CircleId(int(given))


# What is said


def saved(this: Saved) -> Message:
    story = this.story
    if story.state is StoryState.SHOWN:
        return Message("Your story is told.", [blocks.section("*It is told.* `/mentor stories` has it."), _to_list()])
    words = f"*Saved, and nobody reads it yet.* I ask {_names(story.waiting_for)}; with every yes in, it is told."
    return Message("Your story is saved.", [blocks.section(words), _to_list()])


def _to_list() -> Block:
    return blocks.actions(blocks.button("Stories", "stories.show"))


def question(story: Story) -> Message:
    return Message("Somebody would like to tell a story that you are in.", _question(story))


def _question(story: Story, *, may_change_mind: bool = False) -> list[Block]:
    value = pack(story=story.id, edition=story.edition)
    first = "*You are in this story.*" if may_change_mind else "*May this story be told? You are in it.*"
    yes = blocks.button("Yes, tell it", YES, value, style="" if may_change_mind else "primary")
    return [
        blocks.section(f"{first} {mention(story.author)} wrote:"),
        blocks.quote(story.text),
        blocks.actions(yes, _no(story, "Rather not"), block=f"asked-{story.id}"),
        blocks.context("Nobody else reads it before everybody in it has said yes. A no needs no reason."),
    ]


def _no(story: Story, words: str) -> Element:
    return blocks.button(words, NO, pack(story=story.id, edition=story.edition))


def thanked(story: Story, *, fine: bool) -> Message:
    """In place of the question, once it is answered."""
    if not fine:
        words = "*It won't be told with you in it.* I let its author know, without a reason."
        return Message("It won't be told.", [blocks.section(words), _to_list()])
    more = "It is told now." if story.state is StoryState.SHOWN else "It is told once the others have said yes too."
    later = blocks.context("You can change your mind at any time: `/mentor stories`.")
    return Message("Thank you.", [blocks.section(f"*Thank you.* {more}"), later, _to_list()])


def in_channel(story: Story) -> Message:
    return Message(
        "A story of what came of it.", [blocks.section(f"*A story from {_by(story)}*"), blocks.quote(story.text)]
    )


def all_said_yes(story: Story) -> Message:
    words = f"*Your story is told.* {_names(story.named)} said yes. Thank you for telling it."
    return Message("Your story is told.", [blocks.section(words), _to_list()])


def declined(story: Story, about: MemberId) -> Message:
    words = f"*Your story isn't told as it is:* {mention(about)} would rather not be in it. That needs no reason."
    change = blocks.button("Change it", CHANGE, pack(story=story.id), style="primary")
    return Message(
        "Your story isn't told as it is.", [blocks.section(words), blocks.actions(change, _take_back(story))]
    )


def taken_back() -> Message:
    return Message("That story was taken back.", [blocks.context("A story stood here. It was taken back.")])


def edits(this: Saved) -> tuple[Edit, ...]:
    """What held the story as it was: its place in the channel, and questions that nobody needs to answer any more."""
    made = []
    if this.in_channel is not None:
        reads = in_channel(this.story) if this.story.state is StoryState.SHOWN else taken_back()
        made.append(Edit(this.in_channel.channel, this.in_channel.ts, reads))
    for _, place in this.questions if this.story.state is StoryState.WITHDRAWN else ():
        made.append(Edit(place.channel, place.ts, taken_back()))
    return tuple(made)
