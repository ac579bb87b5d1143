"""`/mentor help`: made from the registered subcommands, shows what the caller may do."""

from bot.feature import Feature
from bot.features.help.handlers import routes

feature = Feature("help", routes=routes)
