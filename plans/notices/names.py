"""The names of the kinds, and when a meeting is so near that a day is too long."""

from __future__ import annotations

import datetime as dt

from kommuneplan.clock import today
from kommuneplan.timespan.calendar import office_days_after

PUT_BEFORE = "plans.put_before"
APPOINTED = "plans.appointed"
APPROVAL = "plans.approval"
QUESTION = "plans.question"
ANSWER = "plans.answer"
DEADLINE = "plans.deadline"
REQUEST_DUE = "plans.request_due"
REQUEST_LATE = "plans.request_late"

FOUR_DAYS = 4
"""Members have their agenda four working days before a meeting, as far as possible (lov om
kommunernes styrelse § 8, stk. 4): what comes later than that is urgent."""


def is_near(day: dt.date | None) -> bool:
    """Whether a meeting is to come with fewer than four office days until it."""
    return day is not None and today() <= day < office_days_after(today(), FOUR_DAYS)
