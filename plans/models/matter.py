"""Matters before the bodies: what was submitted, to whom in which order, and what they said."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from kommuneplan.core.models import Body, Meeting
from kommuneplan.locking import Locked
from plans.enums import CycleState, ItemType, Outcome, Purpose

from .cycle import Cycle
from .version import PlanVersion


class Matter(Locked):
    """Something put before the bodies: one or more plans' submitted versions, and a chain of
    treatments. Closed when it is decided, sent back or withdrawn."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(_("title"), max_length=300)
    purpose = models.CharField(_("purpose"), max_length=20, choices=Purpose.choices)
    created_at = models.DateTimeField(_("submitted"), auto_now_add=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True, editable=False)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("matter")
        verbose_name_plural = _("matters")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def next_treatment(self) -> Treatment | None:
        """The first treatment whose outcome is not recorded."""
        return self.treatments.filter(outcome="").order_by("position", "pk").first()


class MatterPlan(models.Model):
    """One plan's cycle in a matter, with the version the bodies have before them ("forelagt")."""

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="plans")
    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="matters")
    version = models.ForeignKey(PlanVersion, models.PROTECT, related_name="matters")
    state_before = models.CharField(
        _("state before"),
        max_length=20,
        choices=CycleState.choices,
        blank=True,
        editable=False,
        help_text=_("What was stored of the cycle when it was submitted; empty: a draft."),
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("plan in a matter")
        verbose_name_plural = _("plans in matters")
        constraints = [
            models.UniqueConstraint(fields=["matter", "cycle"], name="plans_matterplan_once"),
        ]

    def __str__(self) -> str:
        return f"{self.matter}: {self.version}"


class TreatmentQuerySet(models.QuerySet["Treatment"]):
    """Treatments by what they led to."""

    def concluding(self) -> TreatmentQuerySet:
        """Those with which a matter was over: sent back or rejected by the body, or treated by
        the last of the chain. A matter that was withdrawn has been concluded by none; what is
        written down in it afterwards is looked at by nobody, since its cycle is withdrawn."""
        later = Treatment.objects.filter(
            matter=OuterRef("matter"), position__gt=OuterRef("position")
        )
        back = [outcome for outcome in Outcome if outcome.sends_back]
        return self.filter(
            ~Exists(later) | Q(outcome__in=back), matter__closed_at__isnull=False
        ).exclude(outcome="")

    def deciding(self, purpose: str) -> TreatmentQuerySet:
        """Those by which such a matter was carried by the last of its bodies."""
        carries = [outcome for outcome in Outcome if outcome.carries]
        return self.concluding().filter(matter__purpose=purpose, outcome__in=carries)

    def sending_back(self) -> TreatmentQuerySet:
        """Those by which a plan is a draft again."""
        return self.concluding().filter(outcome__in=[one for one in Outcome if one.sends_back])


class Treatment(Locked):
    """A body's treatment of a matter at a meeting, and its outcome.

    The protocol is authoritative; what is held here is an extract with a link to it.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    matter = models.ForeignKey(Matter, models.CASCADE, related_name="treatments")
    position = models.PositiveSmallIntegerField(_("order"))
    body = models.ForeignKey(Body, models.PROTECT, related_name="treatments")
    meeting = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="treatments"
    )
    item_type = models.CharField(
        _("type of item"), max_length=20, choices=ItemType.choices, default=ItemType.DECISION
    )
    is_closed = models.BooleanField(
        _("closed item"),
        default=False,
        help_text=_("What the protocol says of a closed item is not published (lukket punkt)."),
    )
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome.choices, blank=True)
    wording = models.TextField(_("extract of the protocol"), blank=True)
    votes = models.CharField(_("votes"), max_length=200, blank=True)
    dissent = models.TextField(_("dissent"), blank=True)
    protocol = models.URLField(_("link to the protocol"), max_length=1000, blank=True)
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    recorded_at = models.DateTimeField(_("recorded"), null=True, blank=True, editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    marked = models.JSONField(_("milestones marked as done"), default=list, editable=False)

    objects = TreatmentQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("treatment")
        verbose_name_plural = _("treatments")
        ordering = ["matter", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["matter", "position"], name="plans_treatment_order"),
            models.CheckConstraint(
                name="plans_treatment_outcome_with_day",
                condition=Q(outcome="", decided_on__isnull=True, recorded_at__isnull=True)
                | (~Q(outcome="") & Q(decided_on__isnull=False) & Q(recorded_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body}: {self.get_outcome_display() or '…'}"
