"""What a person has decided about the words of a response, and who has read them as received."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from consultations.enums import Ground

from .response import Response, ResponseRevision
from .round import Round


class Redaction(models.Model):
    """A passage that is taken out of what is published. ``place`` is a path in the content
    ("text", "answers.<question>", "remarks.<uid>", "sender.name"); ``begins`` and ``ends`` count
    letters in the original there. Lifted, the row stays."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    response = models.ForeignKey(Response, models.PROTECT, related_name="redactions")
    revision = models.ForeignKey(ResponseRevision, models.PROTECT, related_name="redactions")
    place = models.CharField(max_length=60)
    begins = models.PositiveIntegerField()
    ends = models.PositiveIntegerField()
    ground = models.CharField(_("reason"), max_length=20, choices=Ground.choices)
    words = models.CharField(_("reason in words"), max_length=300, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("redaction")
        verbose_name_plural = _("redactions")
        ordering = ["response", "place", "begins"]
        constraints = [
            models.CheckConstraint(
                name="consultations_redaction_of_something", condition=Q(begins__lt=F("ends"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.response}, {self.place}"


class KeptFinding(models.Model):
    """Something the gate found in a response, and a person decided to leave in what is published.
    ``digest`` is that of the words found, so that the decision is about them alone."""

    response = models.ForeignKey(Response, models.CASCADE, related_name="kept_findings")
    place = models.CharField(max_length=60)
    kind = models.CharField(max_length=20)
    digest = models.CharField(max_length=64)
    reason = models.CharField(_("reason"), max_length=300)
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("finding left in")
        verbose_name_plural = _("findings left in")
        constraints = [
            models.UniqueConstraint(
                fields=["response", "place", "kind", "digest"],
                name="consultations_keptfinding_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.response}, {self.place}: {self.kind}"


class OriginalRead(models.Model):
    """Who opened a response, an annex or a package as received, and when. Never changed. ``thing``
    is the uid of the annex or the package."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    round = models.ForeignKey(Round, models.CASCADE, related_name="originals_read")
    response = models.ForeignKey(Response, models.CASCADE, null=True, related_name="reads")
    thing = models.UUIDField(null=True)
    what = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("reading of an original")
        verbose_name_plural = _("readings of originals")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.what}: {self.response or self.round}"
