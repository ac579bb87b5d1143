"""Texts that a program makes its own, for every feature that declares some."""

from bot.feature import Feature
from bot.features.templates.handlers import routes

feature = Feature("templates", routes=routes)
