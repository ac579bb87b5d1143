"""Running a program: its rules, its leads, what was done."""

from bot.feature import Feature, HomeSection
from bot.features.admin import home
from bot.features.admin.handlers import routes

feature = Feature("admin", routes=routes, home=[HomeSection(90, home.for_leads, home.what_waits)])
