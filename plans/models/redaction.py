"""Words taken out of versions that are frozen: when, by whom and why, never which words."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from .plan import Plan
from .version import PlanVersion


class Redaction(models.Model):
    """One act of hiding: the blocks that point to it have lost their words and their salt for ever.

    ``frozen`` is the version somebody looked at, ``places`` the blocks of all versions together.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="redactions")
    frozen = models.ForeignKey(
        PlanVersion, models.PROTECT, related_name="+", verbose_name=_("found in")
    )
    places = models.PositiveIntegerField(_("places hidden"))
    reason = models.TextField(_("reason"))
    redacted_at = models.DateTimeField(_("hidden"))
    redacted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("personal data hidden")
        verbose_name_plural = _("personal data hidden")
        ordering = ["plan", "-pk"]
        constraints = [
            models.CheckConstraint(name="plans_redaction_with_reason", condition=~Q(reason="")),
            models.CheckConstraint(name="plans_redaction_of_places", condition=Q(places__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.plan}: {self.places}"
