"""A member's own ledger: written, searched, taken along, and shared by choice."""

from bot.feature import Feature
from bot.features.ledger import handlers, letters

feature = Feature("ledger", routes=handlers.routes, letters=letters.LETTERS)
