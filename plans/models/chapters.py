"""For whom a plan is written, and by which principles: the two sides of its completeness."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from kommuneplan.locking import Locked

from .plan import Plan


class _Line(Locked):
    """A line in a plan's list, in an order; taken out, it can be put back with its sections."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(_("title"), max_length=300)
    position = models.PositiveIntegerField(_("order"), default=0)
    retired_at = models.DateTimeField(_("taken out"), null=True, blank=True, editable=False)

    class Meta:
        abstract = True
        ordering = ["plan", "position", "pk"]

    def __str__(self) -> str:
        return self.title


class TargetGroup(_Line):
    """Whom a plan is for (målgruppe): each may have a chapter of its own."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="target_groups")

    history = HistoricalRecords()

    class Meta(_Line.Meta):
        verbose_name = _("target group")
        verbose_name_plural = _("target groups")


class Principle(_Line):
    """What a plan is to follow everywhere (princip): each chapter may have a part about it."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="principles")

    history = HistoricalRecords()

    class Meta(_Line.Meta):
        verbose_name = _("principle")
        verbose_name_plural = _("principles")
