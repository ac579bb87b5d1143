"""The control API over the workspace itself: its clock, people and channels, trouble on order, the connection."""

from datetime import UTC, datetime, timedelta
from typing import get_args
from zoneinfo import available_timezones

from bot.sandbox import rooms, sight, travel
from bot.sandbox.clock import STEP
from bot.sandbox.control.asked import Asked
from bot.sandbox.faults import FaultKind, Trouble
from bot.sandbox.model import Channel, Json, Message, User
from bot.sandbox.pretend import Slack
from bot.sandbox.refusal import CannotDo
from bot.sandbox.socket import WARNING_SECONDS, SocketLine

SHOWN = 20
HOUR = timedelta(hours=1)
UNITS = ("minutes", "hours", "days", "weeks")

# The clock


async def move_clock(asked: Asked) -> Json:
    slack, before = asked.slack, asked.slack.clock.now()
    if asked.flag("next"):
        posted = await travel.move_to_next(slack)
    else:
        step = HOUR if asked.flag("by_hours") else STEP
        posted = await travel.move_to(slack, _target(asked, before), step)
    moved = (slack.clock.now() - before).total_seconds()
    happened = [_happening(slack, message) for message in posted[:SHOWN]]
    return {
        "clock": sight.clock_json(slack),
        "moved_seconds": moved,
        "happened": happened,
        "happened_total": len(posted),
    }


def _target(asked: Asked, now: datetime) -> datetime:
    if "plus" in asked.body:
        plus = asked.mapping("plus")
        if not plus or not set(plus) <= set(UNITS):
            raise CannotDo(f'"plus" takes {", ".join(UNITS)}.')
        target = now + timedelta(**{unit: float(amount) for unit, amount in plus.items()})
    else:
        target = _moment(asked.text("to"))
    if target <= now:
        raise CannotDo("That time has passed; the clock only moves forward.")
    return target


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise CannotDo("A time is written as 2026-03-12T09:00+01:00.") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _happening(slack: Slack, message: Message) -> Json:
    channel = slack.workspace.channels[message.channel]
    people = [user for user in channel.members if user != slack.workspace.bot.id]
    return {
        "ts": message.ts,
        "channel": channel.id,
        "channel_name": channel.name,
        "kind": channel.kind,
        "user": message.user,
        "to": [message.reader] if message.reader else people,
        "text": message.text,
        "thread_ts": message.thread_ts,
    }


async def settle(asked: Asked) -> Json:
    """Lets the bot do all that is due now, without moving the clock."""
    await travel.settle(asked.slack)
    return {"clock": sight.clock_json(asked.slack)}


# People and channels


async def add_person(asked: Asked) -> Json:
    real_name = asked.text("real_name", asked.text("name"))
    handle = asked.text("name").lower().replace(" ", ".")
    if any(user.name == handle for user in asked.slack.workspace.users.values()):
        raise CannotDo(f"There is a {handle} already.")
    user = asked.slack.workspace.add_user(handle, real_name, title=asked.text("title", ""))
    _set(user, asked)
    rooms.join_workspace(asked.slack, user)
    return {"person": sight.person_json(user)}


async def change_person(asked: Asked) -> Json:
    user = asked.slack.workspace.users.get(asked.path["id"])
    if user is None or user.is_bot:
        raise CannotDo("Nobody here has this id.", 404)
    _set(user, asked)
    rooms.change_user(asked.slack, user)
    return {"person": sight.person_json(user)}


def _set(user: User, asked: Asked) -> None:
    if "tz" in asked.body:
        if asked.text("tz") not in available_timezones():
            raise CannotDo(f"There is no time zone {asked.text('tz')}.")
        user.tz = asked.text("tz")
    for name in ("real_name", "title"):
        if name in asked.body:
            setattr(user, name, asked.text(name))
    for name in ("deleted", "is_restricted", "is_ultra_restricted", "is_admin", "is_stranger"):
        if name in asked.body:
            setattr(user, name, asked.flag(name))


def _channel(asked: Asked) -> Channel:
    channel = asked.slack.workspace.channels.get(asked.path["id"])
    if channel is None or channel.deleted:
        raise CannotDo("There is no such channel.", 404)
    return channel


def _by(asked: Asked, channel: Channel | None = None) -> str:
    """Who does it: the person named, else an admin."""
    given = asked.text("by", "")
    if given:
        return given
    admins = [user.id for user in asked.slack.workspace.people() if user.is_admin]
    return (admins or [user.id for user in asked.slack.workspace.people()])[0]


async def add_channel(asked: Asked) -> Json:
    name, by = asked.text("name"), _by(asked)
    if asked.slack.workspace.named_channel(name):
        raise CannotDo(f"There is a #{name} already.")
    kind = asked.text("kind", "channel")
    if kind not in ("channel", "private"):
        raise CannotDo('"kind" must be channel or private.')
    members = list(dict.fromkeys([by, *asked.names("members")]))
    channel = asked.slack.workspace.add_channel(
        name, "channel" if kind == "channel" else "private", creator=by, members=members
    )
    return {"channel": channel.id}


async def archive_channel(asked: Asked) -> Json:
    channel = _channel(asked)
    if channel.is_archived:
        raise CannotDo(f"#{channel.name} is archived already.")
    rooms.archive(asked.slack, channel, _by(asked))
    return {}


async def unarchive_channel(asked: Asked) -> Json:
    channel = _channel(asked)
    if not channel.is_archived:
        raise CannotDo(f"#{channel.name} is not archived.")
    rooms.unarchive(asked.slack, channel, _by(asked))
    return {}


async def rename_channel(asked: Asked) -> Json:
    channel, name = _channel(asked), asked.text("name")
    if asked.slack.workspace.named_channel(name):
        raise CannotDo(f"There is a #{name} already.")
    rooms.rename(asked.slack, channel, name, by=_by(asked))
    return {}


async def delete_channel(asked: Asked) -> Json:
    rooms.delete(asked.slack, _channel(asked), _by(asked))
    return {}


async def invite_to_channel(asked: Asked) -> Json:
    channel = _channel(asked)
    for user_id in asked.names("users"):
        user = asked.slack.workspace.users.get(user_id)
        if user is None:
            raise CannotDo(f"Nobody here has the id {user_id}.", 404)
        if user_id not in channel.members:
            rooms.add_member(asked.slack, channel, user, inviter=_by(asked))
    return {}


async def remove_from_channel(asked: Asked) -> Json:
    channel = _channel(asked)
    for user_id in asked.names("users"):
        if user_id in channel.members:
            rooms.remove_member(asked.slack, channel, asked.slack.workspace.users[user_id])
    return {}


# Trouble


async def plan_fault(asked: Asked) -> Json:
    kind = asked.text("kind")
    if kind not in get_args(FaultKind):
        raise CannotDo(f'"kind" must be one of {", ".join(get_args(FaultKind))}.')
    trouble = Trouble(
        kind=kind,  # type: ignore[arg-type]  # one of them, as was just checked
        method=asked.text("method", ""),
        error=asked.text("error", "internal_error"),
        times=int(asked.number("times", 1)),
        seconds=asked.number("seconds", 1),
    )
    asked.slack.faults.plan(trouble)
    return {}


async def clear_faults(asked: Asked) -> Json:
    asked.slack.faults.clear()
    return {}


async def set_token(asked: Asked) -> Json:
    """Revokes the bot's token, or grants it anew; the bot is told of a revocation."""
    slack = asked.slack
    slack.token_revoked = asked.flag("revoked")
    if slack.token_revoked:
        slack.events.send("tokens_revoked", {"tokens": {"oauth": [], "bot": [slack.workspace.bot.id]}})
        if asked.flag("uninstalled"):
            slack.events.send("app_uninstalled", {})
    return {"revoked": slack.token_revoked}


async def set_connection(asked: Asked) -> Json:
    line = asked.slack.line
    if not isinstance(line, SocketLine):
        raise CannotDo("There is no connection to drop in HTTP mode.")
    if asked.flag("drop"):
        return {"connections": await line.drop()}
    if asked.flag("refresh"):
        seconds = asked.number("warning_seconds", WARNING_SECONDS)
        return {"connections": await line.refresh(warning_seconds=seconds)}
    if "disabled" in asked.body:
        line.disabled = asked.flag("disabled")
        if line.disabled:
            await line.disable()
        return {}
    raise CannotDo("Say drop, refresh or disabled.")


async def deliver_again(asked: Asked) -> Json:
    return {"delivered": asked.slack.events.send_again(int(asked.number("last", 1)))}
