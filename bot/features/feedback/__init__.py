"""What comes back to whoever had the seat: feedback from the circle, and what became of the question."""

from bot.feature import Feature
from bot.features.feedback.handlers import routes
from bot.features.feedback.letters import LETTERS

feature = Feature("feedback", routes=routes, letters=LETTERS)
