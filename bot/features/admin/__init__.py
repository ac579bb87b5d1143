"""Running a program: its rules, its leads, what was done."""

from bot.feature import Feature, HomeSection
from bot.features.admin import home
from bot.features.admin.handlers import routes
from bot.features.admin.letters import LETTERS

feature = Feature(
    "admin",
    routes=routes,
    letters=LETTERS,
    home=[HomeSection(90, home.for_leads, home.what_waits, home.has_role)],
)
