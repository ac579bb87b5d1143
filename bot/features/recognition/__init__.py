"""Recognition: thanks, and a mentor's own statement of what they gave, released to whom they choose."""

from bot.feature import Feature
from bot.features.recognition.handlers import routes
from bot.features.recognition.letters import LETTERS

feature = Feature("recognition", routes=routes, letters=LETTERS)
