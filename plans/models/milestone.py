"""Milestones: what happens when in a process plan, and every change of a published date."""

from __future__ import annotations

import datetime as dt
import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from kommuneplan.core.models import Body, Meeting
from kommuneplan.locking import Locked
from kommuneplan.timespan.fields import Dated
from kommuneplan.timespan.span import Modifier, Precision, TimeSpan
from plans.enums import MilestoneKind, MilestoneState

from .cycle import Cycle, Phase
from .focus import FocusArea


class Milestone(Locked, Dated):
    """One row of a process plan. Internal until it is marked public.

    A milestone that *is* a meeting takes its date from the meeting and has none of its own. One
    that is a consultation which was announced (``follows_consultation``) has the dates of the
    round: the round's acts write them, together with what public lists know of it, and nothing
    else does.
    ``imported`` remembers what the last import said, so that a later file can be merged without
    losing what was corrected by hand.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="milestones")
    phase = models.ForeignKey(
        Phase, models.SET_NULL, null=True, blank=True, related_name="milestones"
    )
    within = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="inner",
        verbose_name=_("takes place within"),
    )
    focus_area = models.ForeignKey(
        FocusArea,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="milestones",
        verbose_name=_("focus area"),
    )
    position = models.PositiveIntegerField(_("order"), default=0)
    title = models.CharField(_("title"), max_length=500)
    description = models.TextField(_("description"), blank=True)
    kind = models.CharField(
        _("kind"), max_length=20, choices=MilestoneKind.choices, default=MilestoneKind.OTHER
    )
    bodies = models.ManyToManyField(
        Body, blank=True, related_name="milestones", verbose_name=_("who")
    )
    others = models.CharField(
        _("others who take part"),
        max_length=300,
        blank=True,
        help_text=_("In words; for those who are not set up as bodies."),
    )
    meeting = models.ForeignKey(
        Meeting,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="milestones",
        help_text=_("A milestone that is a meeting takes its date from the meeting."),
    )
    begins_at = models.TimeField(
        _("from o'clock"),
        null=True,
        blank=True,
        help_text=_("Of a meeting that is no body's own; a body's meeting has its own time."),
    )
    place = models.CharField(_("place"), max_length=200, blank=True)
    follows_consultation = models.BooleanField(
        _("has the dates of its consultation"), default=False, editable=False
    )
    conditional = models.BooleanField(_("only if needed"), default=False)
    confirmed = models.BooleanField(
        _("the date is confirmed"),
        default=False,
        help_text=_("A confirmed date never moves by itself when another milestone is moved."),
    )
    state = models.CharField(
        _("state"), max_length=20, choices=MilestoneState.choices, default=MilestoneState.PLANNED
    )
    done_on = models.DateField(_("done on"), null=True, blank=True)
    is_public = models.BooleanField(_("may be published"), default=False)
    imported = models.JSONField(null=True, blank=True, editable=False)

    history = HistoricalRecords(m2m_fields=[bodies])

    class Meta(Dated.Meta):
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        ordering = ["cycle", "sort_begin", "sort_end", "position", "pk"]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                name="plans_milestone_one_date",
                condition=Q(meeting__isnull=True) | Q(precision=""),
            ),
            models.CheckConstraint(
                name="plans_milestone_follows_one",
                condition=Q(follows_consultation=False)
                | (Q(meeting__isnull=True, kind="hearing") & ~Q(precision="")),
            ),
            models.CheckConstraint(
                name="plans_milestone_not_within_itself",
                condition=Q(within__isnull=True) | ~Q(within=F("pk")),
            ),
            models.CheckConstraint(
                name="plans_milestone_done_on_when_done",
                condition=Q(done_on__isnull=True) | Q(state="done"),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def has_own_date(self) -> bool:
        """False where the date is a meeting's or a consultation's, and moves with that alone."""
        return self.meeting_id is None and not self.follows_consultation

    def state_on(self, day: dt.date) -> tuple[str, dt.date | None]:
        """Its state and the day on which it was done, as they are on a day: a consultation that
        has the dates of its round is done by itself when its last day is past."""
        last = self.latest_end
        is_over = self.follows_consultation and last is not None and last < day
        if is_over and self.state == MilestoneState.PLANNED:
            return MilestoneState.DONE, last
        return self.state, self.done_on

    @property
    def takes_place(self) -> TimeSpan | None:
        """When: the meeting's day where it is a meeting, else its own date."""
        if self.meeting is None:
            return self.when
        day = self.meeting.date
        return TimeSpan(day, day, day, day, Precision.DAY, Modifier.NONE, self.written)


class DateChange(Dated):
    """A published date that was moved: the old span (its own columns), why, and who decided it."""

    milestone = models.ForeignKey(Milestone, models.CASCADE, related_name="date_changes")
    reason = models.TextField(_("reason"))
    decided_at = models.ForeignKey(
        Meeting,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided at the meeting"),
    )
    changed_at = models.DateTimeField(_("changed"), auto_now_add=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    history = HistoricalRecords()

    class Meta(Dated.Meta):
        verbose_name = _("change of date")
        verbose_name_plural = _("changes of date")
        ordering = ["milestone", "changed_at", "pk"]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(name="plans_datechange_with_reason", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.milestone}: {self.written}"
