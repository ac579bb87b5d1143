"""Stories of what came of mentoring: told by one, read by others only when everybody named in them has said yes."""

from bot.feature import Feature
from bot.features.stories.handlers import routes
from bot.features.stories.letters import LETTERS

feature = Feature("stories", routes=routes, letters=LETTERS)
