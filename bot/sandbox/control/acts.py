"""The control API's acts of a person: opening, saying, clicking, submitting, reading, joining."""

from bot.sandbox import acting, rooms, sight
from bot.sandbox.control.asked import Asked
from bot.sandbox.model import Json
from bot.sandbox.payloads import Source
from bot.sandbox.refusal import CannotDo


async def open_home(asked: Asked) -> Json:
    tab = asked.text("tab", "home")
    if tab not in ("home", "messages"):
        raise CannotDo('"tab" must be home or messages.')
    channel = acting.open_home(asked.slack, asked.acting, tab)
    home = asked.slack.screens.homes.get(asked.me.id)
    if tab == "home" and home:
        asked.slack.seen_homes[asked.me.id] = home.hash
        asked.slack.hub.changed([asked.me.id], "sidebar")
    return {"channel": channel.id}


async def say(asked: Asked) -> Json:
    slack, me = asked.slack, asked.acting
    channel = asked.member_channel()
    text = asked.text("text").strip()
    if not text:
        raise CannotDo("There is nothing to send yet.")
    if channel.is_archived:
        raise CannotDo(f"#{channel.name} is archived, so nobody can write in it.")
    if slack.workspace.is_app_dm(channel) and slack.manifest.messages_tab_read_only:
        raise CannotDo("Sending messages to this app has been turned off.")
    thread_ts = asked.text("thread_ts", "")
    if thread_ts and slack.workspace.find_message(channel, thread_ts) is None:
        raise CannotDo("There is no such thread.", 404)
    message = slack.workspace.say(channel, me.id, acting.escaped(text, slack.workspace), thread_ts=thread_ts)
    return {"ts": message.ts}


async def command(asked: Asked) -> Json:
    ack = await acting.command(asked.slack, asked.acting, asked.member_channel(), text=asked.text("text"))
    return {"ack": ack}


async def click(asked: Asked) -> Json:
    done = {
        "chosen": asked.body.get("chosen"),
        "values": asked.mapping("values"),
        "forged": asked.mapping("forged"),
    }
    at = (asked.text("block_id"), asked.text("action_id"))
    await acting.click(asked.slack, asked.source(), at=at, done=done)
    return {}


async def type_in(asked: Asked) -> Json:
    """Notes what stands in the inputs, without telling the bot."""
    acting.type_in(asked.slack, asked.source(), asked.mapping("values"))
    return {}


async def submit(asked: Asked) -> Json:
    view = asked.view(asked.text("view_id"))
    errors = await acting.submit(asked.slack, asked.acting, view, values=asked.mapping("values"))
    return {"ok": False, "errors": errors} if errors else {}


async def close(asked: Asked) -> Json:
    view = asked.view(asked.text("view_id"))
    await acting.close(asked.slack, asked.acting, view, everything=asked.flag("all"))
    return {}


async def suggest(asked: Asked) -> Json:
    at = (asked.text("block_id"), asked.text("action_id"))
    return await acting.suggest(asked.slack, asked.source(), at=at, query=asked.text("query", ""))


async def shortcut(asked: Asked) -> Json:
    source = Source(asked.acting)
    if asked.body.get("ts"):
        where = {"type": "message", "channel": asked.text("channel"), "ts": asked.text("ts")}
        source = Asked(asked.slack, asked.path, body={"where": where}).source()
    await acting.shortcut(asked.slack, source, callback_id=asked.text("callback_id"))
    return {}


# In channels


async def read(asked: Asked) -> Json:
    channel = asked.member_channel()
    visible = list(asked.slack.workspace.seen_by(asked.me.id, channel))
    if visible:
        channel.read[asked.me.id] = visible[-1].ts
    asked.slack.hub.changed([asked.me.id], "sidebar")
    return {}


async def join(asked: Asked) -> Json:
    channel = sight.may_see(asked.slack, asked.acting, asked.text("channel"))
    if channel.is_archived:
        raise CannotDo(f"#{channel.name} is archived.")
    if asked.me.id not in channel.members:
        rooms.add_member(asked.slack, channel, asked.me)
    return {}


async def leave(asked: Asked) -> Json:
    channel = asked.member_channel()
    if channel.kind in ("im", "mpim"):
        raise CannotDo("One cannot leave a direct conversation.")
    rooms.remove_member(asked.slack, channel, asked.me)
    return {}


async def react(asked: Asked) -> Json:
    """Adds the person's reaction, or takes it away when it is there."""
    source = Asked(asked.slack, asked.path, body={"where": {"type": "message", **asked.body}}).source()
    message, channel, name = source.message, source.channel, asked.text("name")
    if message is None or channel is None:
        raise CannotDo("There is no such message.", 404)
    users = message.reactions.setdefault(name, [])
    if asked.me.id in users:
        users.remove(asked.me.id)
    else:
        users.append(asked.me.id)
    if not users:
        del message.reactions[name]
    asked.slack.workspace.touched(channel, message)
    return {}


async def direct(asked: Asked) -> Json:
    """Opens the direct conversation with these people."""
    users = asked.names("users")
    unknown = [user for user in users if user not in asked.slack.workspace.users]
    if not users or unknown:
        raise CannotDo("Say with whom: a list of ids of people.")
    return {"channel": asked.slack.workspace.direct([asked.acting.id, *users]).id}
