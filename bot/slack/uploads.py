"""Where the bytes of a file go: an address that Slack gives out for the one upload."""

from aiohttp import ClientError, ClientSession, ClientTimeout

from bot.slack.failures import Meaning, SlackFailure, lost_answer

PATIENCE = ClientTimeout(total=60)


async def put_bytes(url: str, content: bytes) -> None:
    try:
        async with ClientSession(timeout=PATIENCE) as session, session.post(url, data=content) as response:
            if not response.ok:
                raise SlackFailure(f"http_{response.status}", Meaning.LATER, where="the upload of a file")
    except (TimeoutError, ClientError, OSError) as error:
        raise lost_answer(error) from error
