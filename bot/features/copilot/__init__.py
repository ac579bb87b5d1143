"""The co-pilot of a session: one thread, one message that shows the stage of now, and a line for each role in private."""

from bot.feature import Feature
from bot.features.copilot.chores import CHORES
from bot.features.copilot.handlers import routes
from bot.features.copilot.letters import LETTERS
from bot.features.copilot.texts import TEMPLATES

feature = Feature("copilot", routes=routes, letters=LETTERS, chores=CHORES, templates=TEMPLATES)
