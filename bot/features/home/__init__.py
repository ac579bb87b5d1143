"""The Home tab: every feature's part of it, in order."""

from bot.feature import Feature
from bot.features.home.handlers import routes

feature = Feature("home", routes=routes)
