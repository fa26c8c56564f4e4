"""Money in steps: what was set aside, agreed, put to use, made concrete, negotiated."""

from __future__ import annotations

import uuid

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from kommuneplan.core.models import Body, Meeting
from kommuneplan.locking import Locked
from kommuneplan.timespan.fields import Dated
from kommuneplan.timespan.span import TimeSpan
from plans.enums import BudgetState

from .agenda import AgendaItem
from .milestone import Milestone
from .plan import Plan

MOST_KRONER = 10**12  # whole kroner; more than any municipality has


class BudgetStepQuerySet(models.QuerySet["BudgetStep"]):
    """Steps by who may know of them."""

    def public(self) -> BudgetStepQuerySet:
        """Those everybody may know: marked so, and tied to no closed item."""
        of_closed_item = Q(item__own_closed=True) | Q(item__treatment__is_closed=True)
        return self.filter(~of_closed_item, is_public=True)


class BudgetStep(Locked, Dated):
    """One step that some money of a plan takes. Internal until it is marked public.

    The amount is whole kroner for the whole of its budget years together, told once; it may be
    unknown. A step may go on from an earlier one (``follows``): it is the same money then. Its
    own date is when it is decided or treated, where neither meeting nor milestone says that.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="budget_steps")
    position = models.PositiveIntegerField(_("order"), default=0)
    title = models.CharField(_("what the money is for"), max_length=300)
    state = models.CharField(_("step"), max_length=20, choices=BudgetState.choices)
    amount = models.BigIntegerField(
        _("amount in kroner"),
        null=True,
        blank=True,
        validators=[MinValueValidator(-MOST_KRONER), MaxValueValidator(MOST_KRONER)],
        help_text=_("Whole kroner, for all its budget years together. Empty: not known."),
    )
    first_year = models.PositiveSmallIntegerField(_("budget year"), null=True, blank=True)
    last_year = models.PositiveSmallIntegerField(_("last budget year"), null=True, blank=True)
    source = models.CharField(
        _("source"),
        max_length=300,
        blank=True,
        help_text=_("Where the money comes from, for example a budget agreement or a pool."),
    )
    follows = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="followed_by",
        verbose_name=_("goes on from"),
    )
    body = models.ForeignKey(
        Body,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="budget_steps",
        verbose_name=_("decided by"),
    )
    meeting = models.ForeignKey(
        Meeting,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="budget_steps",
        verbose_name=_("at the meeting"),
    )
    item = models.ForeignKey(
        AgendaItem,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="budget_steps",
        verbose_name=_("item of the meeting"),
    )
    milestone = models.ForeignKey(
        Milestone,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="budget_steps",
        verbose_name=_("milestone"),
    )
    words = models.TextField(_("in words"), blank=True)
    is_public = models.BooleanField(_("may be published"), default=False)

    objects = BudgetStepQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta(Dated.Meta):
        verbose_name = _("budget step")
        verbose_name_plural = _("budget steps")
        ordering = ["plan", "position", "pk"]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                name="plans_budgetstep_years_in_order",
                condition=Q(first_year__isnull=True, last_year__isnull=True)
                | Q(first_year__isnull=False, last_year__isnull=True)
                | Q(first_year__isnull=False, first_year__lte=F("last_year")),
            ),
            models.CheckConstraint(
                name="plans_budgetstep_amount_in_reach",
                condition=Q(amount__isnull=True)
                | Q(amount__gte=-MOST_KRONER, amount__lte=MOST_KRONER),
            ),
            models.CheckConstraint(
                name="plans_budgetstep_not_after_itself",
                condition=Q(follows__isnull=True) | ~Q(follows=F("pk")),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def years(self) -> tuple[int, int] | None:
        """First and last budget year; None where none is told."""
        if self.first_year is None:
            return None
        return self.first_year, self.last_year or self.first_year

    @property
    def own_time(self) -> TimeSpan | None:
        """When, as the step itself says it: the meeting's day, else its own date."""
        return TimeSpan.day(self.meeting.date) if self.meeting is not None else self.when

    @property
    def takes_place(self) -> TimeSpan | None:
        """When: as the step itself says it, else the milestone's date."""
        return self.own_time or (self.milestone.takes_place if self.milestone else None)
