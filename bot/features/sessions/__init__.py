"""Sessions: planned ahead, moved and left out, with an agenda before, a thread during and a question after them."""

from bot.feature import Feature, HomeSection
from bot.features.sessions.handlers import routes
from bot.features.sessions.home import next_in_brief, next_session
from bot.features.sessions.letters import LETTERS
from bot.features.sessions.nudges import NUDGES

feature = Feature(
    "sessions", routes=routes, letters=LETTERS, nudges=NUDGES, home=[HomeSection(20, next_session, next_in_brief)]
)
