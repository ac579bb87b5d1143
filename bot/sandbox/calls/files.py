"""files.*: an upload in three steps, and the address where the bytes go."""

from urllib.parse import quote

from aiohttp import web

from bot.sandbox.arguments import Arguments
from bot.sandbox.calls import access
from bot.sandbox.content import Content, checked_blocks, fill
from bot.sandbox.model import Channel, Json, Message
from bot.sandbox.pretend import Slack, StoredFile
from bot.sandbox.refusal import Refusal

FILE_MOST = 1_000_000_000
ALT_MOST = 1000
KINDS = {".png": "image/png", ".html": "text/html", ".csv": "text/csv"}


def get_upload_url(slack: Slack, args: Arguments) -> Json:
    name = args.required("filename")
    length = args.number("length", 0, least=1, most=FILE_MOST) if args.given("length") else 0
    if not length:
        raise Refusal("invalid_arguments", ["missing required field: length [json-pointer:/length]"])
    if len(args.text("alt_txt")) > ALT_MOST:
        raise Refusal("alt_txt_too_large")
    file = StoredFile(slack.workspace.new_id("F"), name, length, slack.workspace.bot.id)
    file.alt_text = args.text("alt_txt")
    slack.files[file.id] = file
    return {"upload_url": f"{slack.url}/upload/v1/{file.id}", "file_id": file.id}


def complete_upload(slack: Slack, args: Arguments) -> Json:
    wanted = args.document("files")
    if not isinstance(wanted, list) or not wanted:
        raise Refusal("invalid_arguments", ["missing required field: files [json-pointer:/files]"])
    files = [_uploaded(slack, entry) for entry in wanted]
    channels = args.names("channels") or ([args.text("channel_id")] if args.given("channel_id") else [])
    for channel_id in channels:
        _share(slack, args, access.visible(slack, channel_id), files=files)
    return {"files": [file_json(slack, file) for file in files]}


def _uploaded(slack: Slack, entry: object) -> StoredFile:
    file = slack.files.get(str(entry.get("id"))) if isinstance(entry, dict) else None
    if file is None or not file.uploaded:
        raise Refusal("file_not_found")
    if isinstance(entry, dict) and entry.get("title"):
        file.name = str(entry["title"])
    return file


def _share(slack: Slack, args: Arguments, channel: Channel, *, files: list[StoredFile]) -> None:
    access.joined(slack, channel)
    access.living(channel)
    blocks = checked_blocks(args.document("blocks", "invalid_blocks_format"))
    message = Message(slack.workspace.new_ts(), channel.id, slack.workspace.bot.id, by_bot=True)
    fill(message, Content(args.text("initial_comment"), blocks), slack.workspace.stamped(blocks))
    message.files = [file_json(slack, file) for file in files]
    message.thread_ts = args.text("thread_ts")
    slack.workspace.post(channel, message)


def info(slack: Slack, args: Arguments) -> Json:
    file = slack.files.get(args.required("file"))
    if file is None or not file.uploaded:
        raise Refusal("file_not_found")
    return {"file": file_json(slack, file), "comments": [], "response_metadata": {"next_cursor": ""}}


def file_json(slack: Slack, file: StoredFile) -> Json:
    return {
        "id": file.id,
        "name": file.name,
        "title": file.name,
        "size": len(file.content),
        "user": file.user,
        "alt_txt": file.alt_text,
        "url_private": f"{slack.url}/files/{file.id}",
        "created": slack.workspace.unix(),
    }


class Files:
    """Where the bytes of an upload go, and come from again."""

    def __init__(self, slack: Slack) -> None:
        self._slack = slack

    async def put(self, request: web.Request) -> web.Response:
        file = self._slack.files.get(request.match_info["id"])
        if file is None or file.uploaded:
            raise web.HTTPNotFound
        content = await request.read()
        if len(content) != file.length:
            raise web.HTTPBadRequest(text="The length is not the one that was announced.")
        file.content, file.uploaded = content, True
        return web.Response(text=f"OK - {len(content)}")

    async def get(self, request: web.Request) -> web.Response:
        file = self._slack.files.get(request.match_info["id"])
        if file is None or not file.uploaded:
            raise web.HTTPNotFound
        # Saved and not shown: a page from here would be one of this very address.
        headers = {"X-Content-Type-Options": "nosniff"}
        kind = next(
            (kind for ending, kind in KINDS.items() if file.name.endswith(ending)), "application/octet-stream"
        )
        if kind != "image/png":
            headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(file.name)}"
        return web.Response(body=file.content, content_type=kind, headers=headers)
