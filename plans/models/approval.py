"""Who in the administration has approved a plan before it is put before the bodies."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from kommuneplan import clock
from kommuneplan.core.enums import PlanRole

from .cycle import Cycle


class Approval(models.Model):
    """One step taken: approved, or sent back with a reason. Never changed; a later one counts.

    ``digest`` says what it was about (``plans.lifecycle.approval.digest_of``), so that a
    change after it is seen.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="approvals")
    step = models.CharField(_("step"), max_length=20, choices=PlanRole.choices)
    sent_back = models.BooleanField(_("sent back"), default=False)
    words = models.TextField(_("words"), blank=True)
    digest = models.CharField(max_length=64, editable=False)
    at = models.DateTimeField(_("when"), default=clock.now, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("by"),
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("approval")
        verbose_name_plural = _("approvals")
        ordering = ["cycle", "pk"]
        constraints = [
            models.CheckConstraint(
                name="plans_approval_sent_back_with_reason",
                condition=Q(sent_back=False) | ~Q(words=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_step_display()}, {clock.local_day(self.at):%d-%m-%Y}"
