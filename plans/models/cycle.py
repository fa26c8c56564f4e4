"""A cycle: one time round for a plan, from draft to adoption; and the phases of its work."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from kommuneplan.clock import local_day
from kommuneplan.locking import Locked
from plans.consultations import moment_of, rounds
from plans.enums import CycleKind, CycleState, MilestoneKind, MilestoneState

from .plan import Plan


class Cycle(Locked):
    """A plan's first making or a later revision. Owns state and milestones; one open at a time."""

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

    def state_on(self, day: dt.date, rows: Iterable[Any] | None = None) -> str:
        """The CycleState value of a day: a consultation is over when every last day is past.

        The same rule as the public's (``publications.with_public_state``); no job changes it.
        ``rows``: the cycle's milestones with their meetings, where they are at hand.
        """
        if self.state != CycleState.IN_CONSULTATION:
            return self.state
        if self.rounds_end is not None:
            over = self.rounds_end <= moment_of(day)
        else:
            last = self.last_of_hearings(rows)
            over = last is not None and last < day
        return CycleState.AFTER_CONSULTATION if over else CycleState.IN_CONSULTATION

    @cached_property
    def rounds_end(self) -> dt.datetime | None:
        """The instant at which the last round ends, parties' own deadlines included (exclusive);
        None when none was announced. Asked once."""
        return rounds().end_of(self)

    @property
    def hearing_ends(self) -> dt.date | None:
        """The last day of the last consultation; date.max when one has no last day."""
        return self.last_of_hearings()

    def last_of_hearings(self, rows: Iterable[Any] | None = None) -> dt.date | None:
        """As ``hearing_ends``, from milestones that are at hand, else from the database. Where
        rounds were announced their own times count, and not what the process plan says."""
        if self.rounds_end is not None:
            return local_day(self.rounds_end - dt.timedelta(microseconds=1))
        if rows is None:
            rows = self.milestones.filter(kind=MilestoneKind.HEARING).select_related("meeting")
        spans = [
            row.takes_place
            for row in rows
            if row.kind == MilestoneKind.HEARING and row.state != MilestoneState.CANCELLED
        ]
        return max(((span and span.latest_end) or dt.date.max for span in spans), default=None)


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
