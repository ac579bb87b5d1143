"""The hot seat: who sits when, swaps and passes, and the presenter's brief."""

from bot.domain.manners import Manner, Topic
from bot.feature import Feature, HomeSection, LetterKind, Nudge
from bot.features.hotseat import home, letters, nudges
from bot.features.hotseat.handlers import routes

feature = Feature(
    "hotseat",
    routes=routes,
    letters=[
        LetterKind("hotseat.brief", letters.brief_asked, Manner.NUDGE, Topic.HOTSEAT, deadline="the session begins"),
        LetterKind("hotseat.brief-shared", letters.brief_shared, Manner.ROOM),
        LetterKind("hotseat.swap", letters.swap_asked, Manner.NUDGE, deadline="the session begins"),
        LetterKind("hotseat.swap-answer", letters.swap_answered, Manner.REPLY),
        LetterKind("hotseat.changed", letters.order_changed, Manner.ROOM),
        LetterKind("hotseat.reserve", letters.reserve_asked, Manner.NUDGE, deadline="the session begins"),
        LetterKind("hotseat.yours", letters.yours, Manner.REPLY, deadline="the session begins"),
        LetterKind("hotseat.put-off", letters.put_off, Manner.REPLY, deadline="the session begins"),
    ],
    nudges=[Nudge("hotseat.brief", nudges.ask_for_briefs, due=nudges.next_look)],
    home=[HomeSection(30, home.my_turn, home.my_next_turn)],
)
