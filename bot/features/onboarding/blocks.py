"""How profiles and pauses look."""

from collections.abc import Sequence
from datetime import datetime

from bot import doors
from bot.domain.people import Member, Profile
from bot.slack import blocks
from bot.slack.blocks import Block, Message
from bot.slack.text import day, escape, many


def saved(profile: Profile, typos: Sequence[tuple[str, str]] = ()) -> Message:
    """A receipt, with what the profile is good for now."""
    wants = ", ".join(escape(wish.skill) for wish in profile.wants) or "nothing in particular"
    offers = ", ".join(escape(wish.skill) for wish in profile.offers) or "nothing yet"
    words = f"*Saved.* You'd like to learn {wants}; you can help with {offers}."
    buttons = [blocks.button("Find a match", doors.FIND_MATCH, style="primary")]
    if profile.themes:
        words += f"\nYou'll be considered for a circle on {many(len(profile.themes), 'theme', 'themes')}."
    buttons.append(blocks.button("See the circles", doors.JOIN_CIRCLE))
    meant = ", ".join(f"*{escape(known)}* for {escape(written)}" for written, known in typos)
    hint = [blocks.context(f"Did you mean {meant}? Then change it in your profile; if not, it is fine as it is.")]
    if typos:
        buttons.append(blocks.button("Change my profile", doors.OPEN_PROFILE))
    shown = [blocks.section(words), *(hint if typos else []), blocks.actions(*buttons)]
    return Message("Your profile is saved.", shown)


def paused(until: datetime) -> Message:
    words = f"*You're on a pause until {day(until)}.* No matches, no messages. Enjoy the quiet."
    end = blocks.button("End it now", "onboarding.resume")
    return Message("You're on a pause.", [blocks.section(words), blocks.actions(end)])


def resumed(was_paused: bool) -> Message:
    words = (
        "*Welcome back.* You're in the matching again."
        if was_paused
        else "You weren't on a pause, so all is as it was."
    )
    return Message("Welcome back." if was_paused else words, [blocks.section(words)])


def no_profile() -> list[Block]:
    return [
        blocks.header("Welcome to mentoring"),
        blocks.section(
            "*Start with your profile: three minutes.* Then I can tell you whom to meet, and why. "
            "Circles meet every two weeks, one member sits in the hot seat, and everybody leaves with two small promises."
        ),
        blocks.actions(
            blocks.button("Fill in my profile", doors.OPEN_PROFILE, style="primary"),
            blocks.button("See the circles", doors.JOIN_CIRCLE),
        ),
    ]


def with_profile(member: Member) -> list[Block]:
    return [
        blocks.header(f"Hello, {_capital(member.name)}"),
        blocks.actions(
            blocks.button("Find a match", doors.FIND_MATCH),
            blocks.button("My profile", doors.OPEN_PROFILE),
            blocks.button("My settings", doors.OPEN_SETTINGS),
            blocks.button("Take a break", doors.TAKE_BREAK),
        ),
    ]


def on_a_pause(member: Member, until: datetime) -> list[Block]:
    note = [blocks.quote(member.pause_note)] if member.pause_note else []
    words = f"*You're on a pause until {day(until)}.* I won't write to you before."
    back = blocks.button("I'm back", "onboarding.resume", style="primary")
    return [blocks.header(f"Hello, {_capital(member.name)}"), blocks.section(words), *note, blocks.actions(back)]


def profile_wanted() -> list[Block]:
    button = blocks.button("Fill in my profile", doors.OPEN_PROFILE)
    return [blocks.section("*Your profile is still empty.* Three minutes, and I can tell you whom to meet.", button)]


def pause_in_a_line(until: datetime) -> list[Block]:
    return [
        blocks.section(f"*You're on a pause until {day(until)}.*", blocks.button("I'm back", "onboarding.resume"))
    ]


def _capital(name: str) -> str:
    """Many names in Slack are handles."""
    return name[:1].upper() + name[1:]
