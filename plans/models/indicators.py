"""Indicators: what is measured to see whether a plan does what it is meant to, and the values.

An indicator stands once and is used by several plans; what a plan wants of it (its targets, its
place, whether it may be published) is the plan's own.
"""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from kommuneplan.collation import fold, sort_key
from kommuneplan.core.models import User
from kommuneplan.locking import Locked
from kommuneplan.timespan.fields import Dated
from plans.enums import GoodDirection, Interval, Standing

from .focus import FocusArea
from .plan import Plan

DIGITS, PLACES = 15, 4
"""Of a value. SQLite keeps numbers with fifteen digits exactly, and no more."""


def value_field(label: Any, **more: Any) -> models.DecimalField:
    """A measured value or a target: an exact decimal."""
    return models.DecimalField(label, max_digits=DIGITS, decimal_places=PLACES, **more)


class IndicatorQuerySet(models.QuerySet["Indicator"]):
    """Indicators by who may know of them."""

    def readable_by(self, user: User) -> IndicatorQuerySet:
        """Those of the plans a person works with, their own plans' first of all, and those they
        are to measure. Everything else does not exist for them (404)."""
        if not user.is_authenticated:
            return self.none()
        plans = Plan.objects.readable_by(user).values("pk")
        used = PlanIndicator.objects.filter(plan__in=plans, retired_at__isnull=True)
        may = Q(home__in=plans) | Q(pk__in=used.values("indicator")) | Q(owner=user)
        return self.filter(may)

    def measured_by(self, user: User) -> IndicatorQuerySet:
        """Those whose values a person may write: of the plans they work with, where the indicator
        belongs to the plan, and those they have been asked to measure."""
        if not user.is_authenticated:
            return self.none()
        plans = Plan.objects.readable_by(user).values("pk")
        return self.filter(Q(home__in=plans) | Q(owner=user))


class Indicator(Locked):
    """What is measured, in which unit, how often, from where. ``home`` is the plan it was made
    for: those who work with that plan keep it, and other plans use it as it is.

    ``by_reference``: a paper says that there are such indicators and names none; nothing is
    measured before somebody has written out what they are.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    home = models.ForeignKey(
        Plan, models.PROTECT, related_name="own_indicators", verbose_name=_("belongs to the plan")
    )
    name = models.CharField(_("name"), max_length=300)
    sort_key = models.CharField(max_length=120, editable=False, db_index=True)
    search_text = models.TextField(editable=False, blank=True)
    definition = models.TextField(_("definition"), blank=True)
    unit = models.CharField(_("unit"), max_length=40, blank=True)
    decimals = models.PositiveSmallIntegerField(_("decimals"), default=0)
    direction = models.CharField(
        _("direction"), max_length=10, choices=GoodDirection.choices, default=GoodDirection.UP
    )
    interval = models.CharField(
        _("is measured"), max_length=20, choices=Interval.choices, default=Interval.YEARLY
    )
    source = models.CharField(_("where the numbers come from"), max_length=300, blank=True)
    reference = models.CharField(_("taken over from"), max_length=300, blank=True)
    by_reference = models.BooleanField(_("only referred to"), default=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who measures"),
    )

    history = HistoricalRecords()
    objects = IndicatorQuerySet.as_manager()

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        ordering = ["sort_key", "pk"]
        constraints = [
            models.CheckConstraint(
                name="plans_indicator_decimals_kept", condition=Q(decimals__lte=PLACES)
            ),
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """With the key it is sorted by and the words it is found by."""
        self.sort_key = sort_key(self.name)
        self.search_text = fold(f"{self.name} {self.source} {self.reference}")
        super().save(*args, **kwargs)

    def __str__(self) -> str:
        return self.name


class PlanIndicator(Locked):
    """An indicator as a plan uses it. ``rank``: its place, where the plan has an order without
    weights; empty where there is none. ``override``: a person's word against the rule."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="indicators")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="uses")
    focus_area = models.ForeignKey(
        FocusArea,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="indicators",
        verbose_name=_("focus area"),
    )
    position = models.PositiveIntegerField(_("order"), default=0)
    rank = models.PositiveSmallIntegerField(_("rank"), null=True, blank=True)
    is_public = models.BooleanField(_("may be published"), default=False)
    override = models.CharField(
        _("set by hand"), max_length=20, choices=Standing.choices, blank=True
    )
    override_reason = models.TextField(_("set by hand because"), blank=True)
    overridden_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    overridden_on = models.DateField(_("set by hand on"), null=True, blank=True, editable=False)
    retired_at = models.DateTimeField(_("taken out"), null=True, blank=True, editable=False)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("indicator of a plan")
        verbose_name_plural = _("indicators of plans")
        ordering = ["plan", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "indicator"], name="plans_planindicator_once"),
            models.CheckConstraint(
                name="plans_planindicator_override_with_reason",
                condition=Q(override="") | ~Q(override_reason=""),
            ),
        ]

    def __str__(self) -> str:
        return self.indicator.name


class IndicatorTarget(Locked):
    """What a plan wants an indicator to be at the end of a year; a target without a year is kept,
    and told as one. ``upper`` is the other end where the value is to stay within limits."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    use = models.ForeignKey(PlanIndicator, models.CASCADE, related_name="targets")
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    value = value_field(_("target"))
    upper = value_field(_("at most"), null=True, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        ordering = ["use", F("year").asc(nulls_last=True), "pk"]
        constraints = [
            models.UniqueConstraint(fields=["use", "year"], name="plans_indicatortarget_once"),
            models.UniqueConstraint(
                fields=["use"],
                condition=Q(year__isnull=True),
                name="plans_indicatortarget_one_without_year",
            ),
            models.CheckConstraint(
                name="plans_indicatortarget_in_order",
                condition=Q(upper__isnull=True) | Q(value__lte=F("upper")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.use}: {self.year or '–'}"


class Measurement(Locked, Dated):
    """A value of an indicator for a period, or on a day. A later correction keeps what was said
    before in the history. One of them may be the baseline, from which it is to change."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="measurements")
    value = value_field(_("value"))
    is_preliminary = models.BooleanField(_("preliminary"), default=False)
    is_baseline = models.BooleanField(_("baseline"), default=False)
    note = models.CharField(_("note"), max_length=500, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("entered by"),
    )

    history = HistoricalRecords()

    class Meta(Dated.Meta):
        verbose_name = _("measurement")
        verbose_name_plural = _("measurements")
        ordering = ["indicator", "sort_end", "sort_begin", "pk"]
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["indicator", "sort_begin", "sort_end"], name="plans_measurement_once"
            ),
            models.UniqueConstraint(
                fields=["indicator"],
                condition=Q(is_baseline=True),
                name="plans_measurement_one_baseline",
            ),
            models.CheckConstraint(
                name="plans_measurement_has_a_period", condition=~Q(precision="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator}: {self.written}"
