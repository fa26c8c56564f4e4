"""Whether the papers of an item came in by the deadline of its meeting."""

from __future__ import annotations

import datetime as dt

from kommuneplan.clock import local_day
from kommuneplan.core.models import Meeting
from plans.models import AgendaItem


def papers_came(item: AgendaItem) -> dt.date | None:
    """When its papers came in: written down by a person, or of a matter the day on which it was
    put before the bodies."""
    if item.papers_on is None and item.treatment is not None:
        return local_day(item.treatment.matter.created_at)
    return item.papers_on


def late_papers(item: AgendaItem, meeting: Meeting, *, on: dt.date) -> bool:
    """The deadline is past, the meeting is still to come, and the papers are not in. What has been
    held has had its papers, whatever was written down."""
    if papers_came(item) is not None or meeting.cancelled:
        return False
    return meeting.papers_due_on < on <= meeting.date
