"""Getting to know a member: the profile form, the pause, and what Slack says about people."""

from bot.feature import Feature, HomeSection
from bot.features.onboarding import home
from bot.features.onboarding.handlers import routes

feature = Feature("onboarding", routes=routes, home=[HomeSection(10, home.welcome, home.what_is_missing)])
