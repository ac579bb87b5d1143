"""Members in a file: one row a person, as CSV or JSON, in and out.

A file is read whole or not at all, and everything that is wrong with it is said at once. What a row does not give stays
as it is, so a file may hold a single column besides the ids. Who somebody is decides their Slack id alone.
"""

from bot.domain.roster.columns import KEPT, Problem, Row, Sheet, WrongRows
from bot.domain.roster.files import KINDS_OF_FILE, LARGEST_FILE, read_sheet
from bot.domain.roster.plan import Change, Known, Plan, planned, remarks
from bot.domain.roster.writing import template, written

__all__ = [
    "KEPT",
    "KINDS_OF_FILE",
    "LARGEST_FILE",
    "Change",
    "Known",
    "Plan",
    "Problem",
    "Row",
    "Sheet",
    "WrongRows",
    "planned",
    "read_sheet",
    "remarks",
    "template",
    "written",
]
