"""Matching: the best people for a member, and circles for a whole program."""

from bot.feature import Chore, Feature, HomeSection, Nudge
from bot.features.matching import (
    chores,
    handlers,
    home,
    lead_handlers,
    letters,
    merge_handlers,
    more_handlers,
    nudges,
    rematch_handlers,
    size_chores,
    size_handlers,
    size_letters,
    size_votes,
    sizing,
    skill_handlers,
)
from bot.slack.routes import gather

feature = Feature(
    "matching",
    routes=gather(
        [
            handlers.routes,
            more_handlers.routes,
            lead_handlers.routes,
            merge_handlers.routes,
            rematch_handlers.routes,
            size_handlers.routes,
            skill_handlers.routes,
        ]
    ),
    letters=(*letters.LETTERS, *size_letters.LETTERS),
    nudges=[
        Nudge("matching.let_lapse", nudges.let_lapse, due=nudges.next_lapse),
        Nudge("matching.size_close", size_votes.close_due, due=size_chores.next_closing),
    ],
    chores=[
        Chore("matching.open_conversations", chores.open_conversations, due=chores.next_conversation),
        Chore("matching.finish_drafts", chores.finish_drafts, due=chores.next_draft),
        Chore("matching.sizes", sizing.look_at_sizes, due=sizing.next_look),
        Chore("matching.size_decided", size_chores.carry_out_decided, due=size_chores.next_to_do),
    ],
    home=[HomeSection(50, home.open_intros, has=home.has_open)],
)
