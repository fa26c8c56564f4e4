"""A cycle: one time round for a plan, from draft to adoption; and the phases of its work."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from kommuneplan.locking import Locked
from plans.enums import CycleKind, CycleState

from .plan import Plan


class CycleQuerySet(models.QuerySet["Cycle"]):
    """Cycles by whether something is still to happen in them."""

    def running(self, *, on: dt.date) -> CycleQuerySet:
        """Those that are being worked on, and those by which a plan is in force on a day: a plan
        that was adopted is followed up, evaluated and reported on, also while it is revised."""
        instead = Plan.objects.filter(replaces=OuterRef("plan"), cycles__state=CycleState.ADOPTED)
        repealed = Q(plan__repealed_on__isnull=False, plan__repealed_on__lte=on)
        expired = Q(plan__expires_on__isnull=False, plan__expires_on__lt=on)
        in_force = Q(state=CycleState.ADOPTED) & ~repealed & ~expired & ~Exists(instead)
        return self.filter(Q(closed_at__isnull=True) | in_force)


class Cycle(Locked):
    """A plan's first making or a later revision. Owns state and milestones; one open at a time.
    ``state`` is what was stored; what it means on a day is said by ``plans.lifecycle.state``."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="cycles")
    number = models.PositiveSmallIntegerField(_("number"), default=1)
    kind = models.CharField(
        _("kind"), max_length=20, choices=CycleKind.choices, default=CycleKind.FIRST
    )
    state = models.CharField(
        _("state"), max_length=20, choices=CycleState.choices, default=CycleState.DRAFT
    )
    opened_at = models.DateTimeField(_("opened"), default=timezone.now)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    reason = models.TextField(_("reason"), blank=True)

    objects = CycleQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("cycle")
        verbose_name_plural = _("cycles")
        ordering = ["plan", "number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="plans_cycle_number_once"),
            models.UniqueConstraint(
                fields=["plan"],
                condition=Q(closed_at__isnull=True),
                name="plans_cycle_one_open",
            ),
            models.CheckConstraint(
                name="plans_cycle_closed_when_ended",
                condition=Q(closed_at__isnull=True) | Q(state__in=["adopted", "withdrawn"]),
            ),
            models.CheckConstraint(
                name="plans_cycle_withdrawn_with_reason",
                condition=~Q(state="withdrawn") | ~Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan}, {self.get_kind_display()} {self.number}"


class Phase(Locked):
    """A stretch of a process plan with a purpose; groups its milestones."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="phases")
    position = models.PositiveIntegerField(_("order"), default=0)
    title = models.CharField(_("title"), max_length=200)
    purpose = models.TextField(_("purpose"), blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("phase")
        verbose_name_plural = _("phases")
        ordering = ["cycle", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["cycle", "title"], name="plans_phase_title_once"),
        ]

    def __str__(self) -> str:
        return self.title
