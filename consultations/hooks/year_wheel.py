"""The rounds of a year in the year wheel (``plans.year_wheel``). One that is a milestone of the
process plan is told by that, with the dates of the round."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from consultations.models import Round
from consultations.models.round import last_day
from kommuneplan.clock import local_day
from kommuneplan.timespan.span import TimeSpan
from plans.year_wheel.entries import WheelAsked, WheelEntry, WheelKind, register_wheel_entries
from plans.year_wheel.sources import CONSULTATION


def register_rounds_of_the_year() -> None:
    """Called once, when the app is ready."""
    register_wheel_entries(WheelKind(CONSULTATION, _("Consultations"), _("consultation"), _rounds))


def _rounds(asked: WheelAsked) -> Iterator[WheelEntry]:
    """Those that everybody may know of, and that were not withdrawn."""
    rows = Round.objects.visible(at=asked.at).filter(
        milestone_uid__isnull=True,
        withdrawn_at__isnull=True,
        plan__retired_at__isnull=True,
        opens_at__isnull=False,
        closes_at__isnull=False,
    )
    rows = rows.filter(opens_at__year__lte=asked.year, closes_at__year__gte=asked.year)
    for row in rows.select_related("plan__body"):
        last = last_day(row.closes_at)
        assert row.opens_at and last
        yield WheelEntry(
            CONSULTATION,
            row.title,
            reverse("consultations:hearing", args=[row.slug]),
            TimeSpan.between(local_day(row.opens_at), last),
            row.plan.body.name,
            lasts=True,
            is_done=last < asked.day,
        )
