"""Which periods can have been measured."""

from __future__ import annotations

from django.utils.translation import gettext as _

from kommuneplan.clock import today
from kommuneplan.timespan.span import TimeSpan


def measurable(span: TimeSpan | None) -> TimeSpan:
    """A period that has a beginning and an end, and has begun. Raises ValueError with the reason
    for any other."""
    if span is None or span.earliest_begin is None or span.latest_end is None:
        raise ValueError(
            _("Write a period with a beginning and an end: “2024”, “1. kvartal 2024”.")
        )
    if span.earliest_begin > today():
        raise ValueError(_("The period has not begun yet."))
    return span
