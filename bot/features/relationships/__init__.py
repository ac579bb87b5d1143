"""Relationships of two: how they stand, when they meet, and how they end."""

from bot.feature import Feature, HomeSection
from bot.features.relationships import handlers, handlers_paper, home, letters
from bot.features.relationships.texts import TEMPLATES
from bot.slack.routes import gather

feature = Feature(
    "relationships",
    routes=gather([handlers.routes, handlers_paper.routes]),
    letters=letters.LETTERS,
    templates=TEMPLATES,
    home=[HomeSection(45, home.my_relationships, home.what_is_next, home.has_open)],
)
