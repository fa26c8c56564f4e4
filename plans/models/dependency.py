"""What must come before what in a process plan, and findings that somebody has accepted."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from .milestone import Milestone
from .plan import Plan


class Dependency(models.Model):
    """``milestone`` begins at least ``days`` after ``after`` has ended."""

    milestone = models.ForeignKey(Milestone, models.CASCADE, related_name="dependencies")
    after = models.ForeignKey(Milestone, models.CASCADE, related_name="followers")
    days = models.PositiveSmallIntegerField(
        _("days between at the least"), default=0, validators=[MaxValueValidator(3650)]
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("dependency")
        verbose_name_plural = _("dependencies")
        ordering = ["milestone", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["milestone", "after"], name="plans_dependency_once"),
            models.CheckConstraint(
                name="plans_dependency_not_on_itself", condition=~Q(milestone=F("after"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.after} → {self.milestone}"


class AcceptedFinding(models.Model):
    """A finding of the plan checks that a person has looked at and let stand, with a note.

    ``key`` says which finding of which things; when the things change, the key does too.
    """

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="accepted_findings")
    code = models.CharField(max_length=60)
    key = models.CharField(max_length=64)
    note = models.TextField(_("why it stands"))
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    accepted_at = models.DateTimeField(auto_now_add=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("accepted finding")
        verbose_name_plural = _("accepted findings")
        ordering = ["plan", "code", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "code", "key"], name="plans_finding_once"),
            models.CheckConstraint(name="plans_finding_with_note", condition=~Q(note="")),
        ]

    def __str__(self) -> str:
        return f"{self.plan}: {self.code}"
