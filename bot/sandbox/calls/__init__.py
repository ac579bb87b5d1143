"""The methods of the Web API that the sandbox knows, each with the function that carries it out."""

from collections.abc import Callable

from bot.sandbox.arguments import Arguments
from bot.sandbox.calls import basics, canvases, chat, files, marks, people, reading, rooms, views
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
    "conversations.open": rooms.open_direct,
    "conversations.create": rooms.create,
    "conversations.invite": rooms.invite,
    "conversations.kick": rooms.kick,
    "conversations.join": rooms.join,
    "conversations.leave": rooms.leave,
    "conversations.archive": rooms.archive,
    "conversations.rename": rooms.rename,
    "conversations.setTopic": rooms.set_topic,
    "conversations.setPurpose": rooms.set_purpose,
    "conversations.info": reading.info,
    "conversations.list": reading.list_all,
    "conversations.members": reading.members,
    "conversations.history": reading.history,
    "conversations.replies": reading.replies,
    "users.conversations": reading.of_user,
    "users.info": people.info,
    "users.list": people.list_all,
    "users.getPresence": people.presence,
    "dnd.info": people.dnd_info,
    "dnd.teamInfo": people.dnd_team_info,
    "views.open": views.open_modal,
    "views.push": views.push,
    "views.update": views.update,
    "views.publish": views.publish,
    "reactions.add": marks.add_reaction,
    "reactions.remove": marks.remove_reaction,
    "reactions.get": marks.get_reactions,
    "pins.add": marks.add_pin,
    "pins.remove": marks.remove_pin,
    "pins.list": marks.list_pins,
    "bookmarks.add": marks.add_bookmark,
    "bookmarks.edit": marks.edit_bookmark,
    "bookmarks.remove": marks.remove_bookmark,
    "bookmarks.list": marks.list_bookmarks,
    "conversations.canvases.create": canvases.create,
    "canvases.edit": canvases.edit,
    "files.getUploadURLExternal": files.get_upload_url,
    "files.completeUploadExternal": files.complete_upload,
    "files.info": files.info,
}
