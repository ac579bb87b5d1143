"""The hot seat: who sits when, swaps and passes, and the presenter's brief."""

from bot.feature import Feature, HomeSection, LetterKind, Nudge
from bot.features.hotseat import home, letters, nudges
from bot.features.hotseat.handlers import routes

feature = Feature(
    "hotseat",
    routes=routes,
    letters=[
        LetterKind("hotseat.brief", letters.brief_asked),
        LetterKind("hotseat.brief-shared", letters.brief_shared),
        LetterKind("hotseat.swap", letters.swap_asked),
        LetterKind("hotseat.swap-answer", letters.swap_answered),
        LetterKind("hotseat.changed", letters.order_changed),
        LetterKind("hotseat.reserve", letters.reserve_asked),
        LetterKind("hotseat.yours", letters.yours),
        LetterKind("hotseat.put-off", letters.put_off),
    ],
    nudges=[Nudge("hotseat.brief", nudges.ask_for_briefs, due=nudges.next_look)],
    home=[HomeSection(30, home.my_turn, home.my_next_turn)],
)
