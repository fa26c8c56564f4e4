"""A TimeSpan in the database: plain columns that the database itself keeps in order."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .span import Modifier, Precision, TimeSpan

_FOREVER = dt.date.max
_SIDES = ("earliest_begin", "latest_begin", "earliest_end", "latest_end")


def sort_days(span: TimeSpan | None) -> tuple[dt.date, dt.date]:
    """The two days a list is ordered by: a deadline stands at its last day, no date at the end."""
    if span is None:
        return _FOREVER, _FOREVER
    begin = span.earliest_begin or span.latest_begin or span.earliest_end or span.latest_end
    assert begin is not None
    return begin, span.latest_end or _FOREVER


class Dated(models.Model):
    """Something with a date as precise as it was written, or with words and no date ("afventer").

    ``when`` is the only way in and out; the sort columns follow from it.
    """

    earliest_begin = models.DateField(_("begins at the earliest"), null=True, blank=True)
    latest_begin = models.DateField(_("begins at the latest"), null=True, blank=True)
    earliest_end = models.DateField(_("ends at the earliest"), null=True, blank=True)
    latest_end = models.DateField(_("ends at the latest"), null=True, blank=True)
    precision = models.CharField(
        _("precision"), max_length=20, blank=True, choices=[(p.value, p.value) for p in Precision]
    )
    modifier = models.CharField(
        _("modifier"),
        max_length=10,
        blank=True,
        choices=[(m.value, m.value) for m in Modifier if m.value],
    )
    written = models.CharField(_("date as written"), max_length=200, blank=True)
    sort_begin = models.DateField(default=_FOREVER, editable=False)
    sort_end = models.DateField(default=_FOREVER, editable=False)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_dates_in_order",
                condition=(
                    (
                        Q(earliest_begin__isnull=True)
                        | Q(latest_begin__isnull=True)
                        | Q(earliest_begin__lte=F("latest_begin"))
                    )
                    & (
                        Q(earliest_end__isnull=True)
                        | Q(latest_end__isnull=True)
                        | Q(earliest_end__lte=F("latest_end"))
                    )
                    & (
                        Q(earliest_begin__isnull=True)
                        | Q(earliest_end__isnull=True)
                        | Q(earliest_begin__lte=F("earliest_end"))
                    )
                    & (
                        Q(latest_begin__isnull=True)
                        | Q(latest_end__isnull=True)
                        | Q(latest_begin__lte=F("latest_end"))
                    )
                    & (
                        Q(earliest_begin__isnull=True)
                        | Q(latest_end__isnull=True)
                        | Q(earliest_begin__lte=F("latest_end"))
                    )
                ),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_precision_with_date",
                condition=(
                    Q(precision="", modifier="", **{f"{side}__isnull": True for side in _SIDES})
                    | (
                        ~Q(precision="")
                        & (
                            Q(earliest_begin__isnull=False)
                            | Q(latest_begin__isnull=False)
                            | Q(earliest_end__isnull=False)
                            | Q(latest_end__isnull=False)
                        )
                    )
                ),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_sort_days_in_order",
                condition=Q(sort_begin__lte=F("sort_end")),
            ),
        ]

    @property
    def when(self) -> TimeSpan | None:
        """The date as a value; None where there are only words."""
        if not self.precision:
            return None
        return TimeSpan(
            self.earliest_begin,
            self.latest_begin,
            self.earliest_end,
            self.latest_end,
            Precision(self.precision),
            Modifier(self.modifier),
            self.written,
        )

    @when.setter
    def when(self, span: TimeSpan | None) -> None:
        for side in _SIDES:
            setattr(self, side, getattr(span, side, None))
        self.precision = span.precision.value if span else ""
        self.modifier = span.modifier.value if span else ""
        if span and span.written:
            self.written = span.written
        self.sort_begin, self.sort_end = sort_days(span)
