"""From a plan's document to the plain words that papers and calendars are made of.

Takes a PlanDocument, or the frozen rows of many; knows no request and asks no live table.
"""

from .calendars import (
    deadline_events,
    event_days,
    meeting_events,
    meeting_title,
    plan_calendar,
    shared_calendar,
)
from .memo import memo_of
from .whole import (
    Paper,
    draft_paper,
    frozen_paper,
    published_paper,
    whole_docx,
    whole_pdf,
    with_present_dates,
)
from .words import Issue, date_words, version_address

__all__ = [
    "Issue",
    "Paper",
    "date_words",
    "deadline_events",
    "draft_paper",
    "event_days",
    "frozen_paper",
    "meeting_events",
    "meeting_title",
    "memo_of",
    "plan_calendar",
    "published_paper",
    "shared_calendar",
    "version_address",
    "whole_docx",
    "whole_pdf",
    "with_present_dates",
]
