"""Sessions in a member's own calendar: a private address that keeps itself up to date, or a file of the next one."""

from bot.feature import Feature
from bot.features.calendar.handlers import routes
from bot.features.calendar.letters import LETTERS

feature = Feature("calendar", routes=routes, letters=LETTERS)
