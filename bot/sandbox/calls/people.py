"""users.* and dnd.*: who people are, and when they wish to be left alone."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.sandbox.arguments import Arguments
from bot.sandbox.calls import access
from bot.sandbox.calls.pages import piece
from bot.sandbox.model import Json, User
from bot.sandbox.pretend import Slack
from bot.sandbox.refusal import Refusal
from bot.sandbox.wire import user_json

NIGHT, MORNING = time(22), time(8)
DND_MOST = 50


def info(slack: Slack, args: Arguments) -> Json:
    user = access.person(slack, args.required("user"))
    return {"user": user_json(user, slack.workspace, with_locale=args.flag("include_locale"))}


def list_all(slack: Slack, args: Arguments) -> Json:
    some, more = piece(args, list(slack.workspace.users.values()), default=1000)
    locale = args.flag("include_locale")
    return {
        "members": [user_json(user, slack.workspace, with_locale=locale) for user in some],
        "cache_ts": slack.workspace.unix(),
        "response_metadata": more,
    }


def presence(slack: Slack, args: Arguments) -> Json:
    user = access.person(slack, args.required("user"))
    hour = slack.clock.now().astimezone(ZoneInfo(user.tz)).hour
    return {"presence": "active" if MORNING.hour <= hour < NIGHT.hour else "away"}


# Do not disturb: at night, from ten to eight where the person lives.


def _night(user: User, now: datetime) -> tuple[int, int]:
    """The night that is on, or the next to come."""
    zone = ZoneInfo(user.tz)
    local = now.astimezone(zone)
    start = datetime.combine(local.date(), NIGHT, zone)
    if local.time() < MORNING:
        start = datetime.combine(local.date() - timedelta(days=1), NIGHT, zone)
    end = datetime.combine(start.date() + timedelta(days=1), MORNING, zone)
    return int(start.timestamp()), int(end.timestamp())


def dnd_info(slack: Slack, args: Arguments) -> Json:
    user = access.person(slack, args.text("user", slack.workspace.bot.id))
    start, end = _night(user, slack.clock.now())
    return {"dnd_enabled": True, "next_dnd_start_ts": start, "next_dnd_end_ts": end, "snooze_enabled": False}


def dnd_team_info(slack: Slack, args: Arguments) -> Json:
    wanted = args.names("users")
    if not wanted:
        raise Refusal("invalid_arguments", ["missing required field: users [json-pointer:/users]"])
    if len(wanted) > DND_MOST:
        raise Refusal("too_many_users")
    shown: Json = {}
    for user_id in wanted:
        start, end = _night(access.person(slack, user_id), slack.clock.now())
        shown[user_id] = {"dnd_enabled": True, "next_dnd_start_ts": start, "next_dnd_end_ts": end}
    return {"users": shown}
