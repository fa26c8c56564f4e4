"""Focus areas of a plan, and the yearly status that looks at each of them."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from kommuneplan.locking import Locked
from plans.enums import FocusDecision, StatusState

from .plan import Plan
from .version import PlanVersion


class FocusArea(Locked):
    """What a plan gives special attention for a shorter or longer period (indsatsområde)."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="focus_areas")
    position = models.PositiveIntegerField(_("order"), default=0)
    title = models.CharField(_("title"), max_length=300)
    theme = models.CharField(_("theme"), max_length=200, blank=True)
    goals = models.TextField(_("goals for the effect"), blank=True)
    first_year = models.PositiveSmallIntegerField(_("first year"), null=True, blank=True)
    last_year = models.PositiveSmallIntegerField(_("last year"), null=True, blank=True)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    ended_because = models.TextField(_("ended because"), blank=True)
    is_public = models.BooleanField(_("may be published"), default=False)
    retired_at = models.DateTimeField(_("taken out"), null=True, blank=True, editable=False)
    retired_because = models.TextField(_("taken out because"), blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("focus area")
        verbose_name_plural = _("focus areas")
        ordering = ["plan", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="plans_focusarea_years_in_order",
                condition=Q(first_year__isnull=True)
                | Q(last_year__isnull=True)
                | Q(first_year__lte=F("last_year")),
            ),
            models.CheckConstraint(
                name="plans_focusarea_ended_with_reason",
                condition=Q(ended_on__isnull=True) | ~Q(ended_because=""),
            ),
            models.CheckConstraint(
                name="plans_focusarea_retired_with_reason",
                condition=Q(retired_at__isnull=True) | ~Q(retired_because=""),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_running(self) -> bool:
        """Neither ended nor taken out."""
        return self.ended_on is None and self.retired_at is None

    @property
    def period(self) -> str:
        """The years it is for: "2026–2028"."""
        years = [str(year) for year in (self.first_year, self.last_year) if year]
        return "–".join(dict.fromkeys(years))


class YearlyStatus(Locked):
    """One year's look at a plan in force (årlig status). Leaves the plan untouched; a real
    change opens a revision cycle. Closed only when every focus area is decided."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="yearly_statuses")
    year = models.PositiveSmallIntegerField(_("year"))
    opens_on = models.DateField(_("from"))
    closes_on = models.DateField(_("until"))
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    summary = models.TextField(_("the year in words"), blank=True)
    state = models.CharField(
        _("state"), max_length=20, choices=StatusState.choices, default=StatusState.OPEN
    )
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True, editable=False)
    frozen = models.OneToOneField(
        PlanVersion,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="yearly_status",
        verbose_name=_("version"),
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("yearly status")
        verbose_name_plural = _("yearly statuses")
        ordering = ["plan", "-year"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "year"], name="plans_yearlystatus_once"),
            models.UniqueConstraint(
                fields=["plan"],
                condition=Q(state="open"),
                name="plans_yearlystatus_one_open",
            ),
            models.CheckConstraint(
                name="plans_yearlystatus_days_in_order",
                condition=Q(opens_on__lte=F("closes_on")),
            ),
            models.CheckConstraint(
                name="plans_yearlystatus_closed_at",
                condition=Q(state="open", closed_at__isnull=True)
                | Q(state="closed", closed_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan} {self.year}"


class FocusStatus(Locked):
    """What a year's status says of one focus area: in words, and the decision with its reason."""

    status = models.ForeignKey(YearlyStatus, models.CASCADE, related_name="entries")
    focus_area = models.ForeignKey(FocusArea, models.CASCADE, related_name="statuses")
    words = models.TextField(_("status in words"), blank=True)
    decision = models.CharField(
        _("decision"), max_length=20, choices=FocusDecision.choices, blank=True
    )
    reason = models.TextField(_("reason"), blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("status of a focus area")
        verbose_name_plural = _("statuses of focus areas")
        ordering = ["status", "focus_area__position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["status", "focus_area"], name="plans_focusstatus_once"),
            models.CheckConstraint(
                name="plans_focusstatus_change_with_reason",
                condition=Q(decision__in=["", "continue"]) | ~Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.focus_area}: {self.get_decision_display() or '…'}"
