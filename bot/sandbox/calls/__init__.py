"""The methods of the Web API that the sandbox knows, each with the function that carries it out."""

from collections.abc import Callable

from bot.sandbox.arguments import Arguments
from bot.sandbox.calls import basics, chat
from bot.sandbox.model import Json
from bot.sandbox.pretend import Slack

Call = Callable[[Slack, Arguments], Json]

CALLS: dict[str, Call] = {
    "api.test": basics.api_test,
    "auth.test": basics.auth_test,
    "auth.revoke": basics.auth_revoke,
    "apps.connections.open": basics.connections_open,
    "team.info": basics.team_info,
    "chat.postMessage": chat.post_message,
    "chat.postEphemeral": chat.post_ephemeral,
    "chat.update": chat.update,
    "chat.delete": chat.delete,
    "chat.getPermalink": chat.get_permalink,
    "chat.scheduleMessage": chat.schedule_message,
    "chat.deleteScheduledMessage": chat.delete_scheduled,
    "chat.scheduledMessages.list": chat.list_scheduled,
}
