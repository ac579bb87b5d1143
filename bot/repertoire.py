"""Everything the bot can do. A new feature is one import and one word here."""

from bot.feature import Feature
from bot.features.admin import feature as admin_feature
from bot.features.calendar import feature as calendar_feature
from bot.features.charter import feature as charter_feature
from bot.features.checkins import feature as checkins_feature
from bot.features.circles import feature as circles_feature
from bot.features.commitments import feature as commitments_feature
from bot.features.copilot import feature as copilot_feature
from bot.features.feedback import feature as feedback_feature
from bot.features.goals import feature as goals_feature
from bot.features.help import feature as help_feature
from bot.features.home import feature as home_feature
from bot.features.hotseat import feature as hotseat_feature
from bot.features.ledger import feature as ledger_feature
from bot.features.lost import feature as lost_feature
from bot.features.matching import feature as matching_feature
from bot.features.onboarding import feature as onboarding_feature
from bot.features.protocols import feature as protocols_feature
from bot.features.quorum import feature as quorum_feature
from bot.features.recognition import feature as recognition_feature
from bot.features.relationships import feature as relationships_feature
from bot.features.rounds import feature as rounds_feature
from bot.features.sessions import feature as sessions_feature
from bot.features.settings import feature as settings_feature
from bot.features.sponsoring import feature as sponsoring_feature
from bot.features.stories import feature as stories_feature
from bot.features.templates import feature as templates_feature

FEATURES: tuple[Feature, ...] = (
    onboarding_feature,
    hotseat_feature,
    admin_feature,
    matching_feature,
    circles_feature,
    charter_feature,
    sessions_feature,
    quorum_feature,
    rounds_feature,
    copilot_feature,
    protocols_feature,
    feedback_feature,
    commitments_feature,
    checkins_feature,
    goals_feature,
    relationships_feature,
    stories_feature,
    recognition_feature,
    sponsoring_feature,
    calendar_feature,
    ledger_feature,
    templates_feature,
    settings_feature,
    lost_feature,
    home_feature,
    help_feature,
)
