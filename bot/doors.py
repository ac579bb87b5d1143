"""The ids by which one feature opens another: a button of one, answered by a handler of the other.

Each is an action id with what its value carries. The feature named first in the id answers it.
"""

OPEN_SETTINGS = "settings.open"
"""When and how often I am written to; with `pack(topic=…)` about one kind of message."""

HOUSE_HOURS = "settings.house"
"""When the program writes to people: quiet hours, messages a week, weeks off; no value. For leads."""

TAKE_BREAK = "onboarding.pause"
"""The form for a break; no value."""

OPEN_PROFILE = "onboarding.profile"
"""The profile form; no value."""

FIND_MATCH = "matching.find"
"""What `/mentor match` shows; no value."""

SHOW_DRAFT = "matching.draft"
"""A draft of circles, for a lead to look at; `pack(draft=…)`."""

SHOW_CIRCLE = "circles.show"
"""A circle's page; `pack(circle=…)`."""

JOIN_CIRCLE = "circles.browse"
"""The list of circles with room; no value."""

CREATE_CIRCLE = "circles.create"
"""The form for a new circle; no value."""

MAKE_COMMITMENTS = "commitments.make"
"""The form for the two commitments of a session; `pack(session=…)`."""

ANSWER_CHECKIN = "checkins.answer"
"""The form for this week's check-in; `pack(round=…)`."""

WRITE_BRIEF = "hotseat.brief"
"""The presenter's six boxes; `pack(session=…)`."""

SHOW_SEATS = "hotseat.show"
"""Who sits when, six sessions ahead; `pack(circle=…)`."""

SHOW_SCHEDULE = "sessions.schedule"
"""A circle's coming sessions, to move and leave out; `pack(circle=…)`."""

CHANGE_RHYTHM = "circles.rhythm"
"""The form for when a circle meets; `pack(circle=…)`."""

MERGE_CIRCLES = "matching.mergers"
"""What `/mentor match merge` shows; no value. For leads."""

WRITE_NOTE = "ledger.write"
"""The form for a note in one's own ledger; `pack(relationship=…)`, or no value."""

SHOW_RELATIONSHIP = "relationships.show"
"""A relationship's page; `pack(relationship=…)`."""

OPEN_CALENDAR = "calendar.open"
"""How my sessions come into my own calendar; no value."""

START_SESSION = "copilot.start"
"""Start a session: from then on its thread shows the stages; `pack(session=…)`."""

HERE = "sessions.here"
"""I am in the session that is going on; `pack(session=…)`."""

KEEP_NOTES = "sessions.notes"
"""The form for what a session decided and parked; `pack(session=…)`."""

SHOW_CHARTER = "charter.show"
"""A circle's charter, to read, sign and change; `pack(circle=…)`."""

SESSION_FILE = "calendar.session"
"""One session as a file for a calendar, sent in private; `pack(session=…)`."""
WRITE_STORY = "stories.write"
"""The form for a story of what came of it; `pack(circle=…)` tells it in that circle's channel too, or no value."""
CANNOT_COME = "sessions.away"
"""I can't come to a session; `pack(session=…)`."""

CHOOSE_PROTOCOL = "protocols.choose"
"""How a circle spends its sessions; `pack(circle=…)`, or `pack(session=…)` for a single one."""

GIVE_FEEDBACK = "feedback.give"
"""The form for feedback to whoever had the seat; `pack(session=…)`."""
