"""auth.*, apps.*, api.*, team.*: who the caller is and how it connects."""

from bot.sandbox.arguments import Arguments
from bot.sandbox.model import Json
from bot.sandbox.pretend import Slack
from bot.sandbox.refusal import Refusal
from bot.sandbox.socket import SocketLine


def api_test(_slack: Slack, args: Arguments) -> Json:
    if args.given("error"):
        raise Refusal(args.text("error"), args=args.values)
    return {"args": args.values}


def auth_test(slack: Slack, _args: Arguments) -> Json:
    workspace = slack.workspace
    return {
        "url": f"https://{workspace.domain}.slack.com/",
        "team": workspace.team_name,
        "user": workspace.bot.name,
        "team_id": workspace.team_id,
        "user_id": workspace.bot.id,
        "bot_id": workspace.bot_id,
        "app_id": workspace.app_id,
        "is_enterprise_install": False,
    }


def auth_revoke(slack: Slack, args: Arguments) -> Json:
    if args.flag("test"):
        return {"revoked": False}
    slack.token_revoked = True
    return {"revoked": True}


def connections_open(slack: Slack, _args: Arguments) -> Json:
    if not isinstance(slack.line, SocketLine):
        raise Refusal("socket_mode_disabled")
    socket = slack.url.replace("http", "ws", 1)
    return {"url": f"{socket}/socket?ticket={slack.line.ticket()}&app_id={slack.workspace.app_id}"}


def team_info(slack: Slack, args: Arguments) -> Json:
    workspace = slack.workspace
    if args.text("team", workspace.team_id) != workspace.team_id:
        raise Refusal("team_not_found")
    team = {
        "id": workspace.team_id,
        "name": workspace.team_name,
        "domain": workspace.domain,
        "email_domain": "northwind.example",
        "icon": {"image_default": True},
    }
    return {"team": team}
