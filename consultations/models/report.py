"""What is made of a round: reports, journal packages, and what is marked as filed."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from consultations.enums import FilingKind
from kommuneplan.core.models import StoredFile

from .round import Round


class Report(models.Model):
    """A report (høringsnotat, hvidbog) as it was made from the data at one moment: number
    ``number`` of its round. ``content`` is canonical JSON (``reports.round_report``) and ``digest``
    its SHA-256; it is made anew, never edited. The files come when the worker has made
    them. Everybody may read it from ``published_at`` on."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    round = models.ForeignKey(Round, models.PROTECT, related_name="reports")
    number = models.PositiveIntegerField(_("number"))
    name = models.CharField(_("is called"), max_length=40)
    made_at = models.DateTimeField(_("made"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    digest = models.CharField(max_length=64, editable=False)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    pdf = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    word = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    sheet = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    content = models.TextField(editable=False)

    history = HistoricalRecords(excluded_fields=["content"])

    class Meta:
        verbose_name = _("report of a round")
        verbose_name_plural = _("reports of rounds")
        ordering = ["round", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "number"], name="consultations_report_number_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.number}: {self.round}"


class JournalPackage(models.Model):
    """A package of everything in a round for the municipality's case system."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    round = models.ForeignKey(Round, models.PROTECT, related_name="packages")
    made_at = models.DateTimeField(_("made"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("journal package")
        verbose_name_plural = _("journal packages")
        ordering = ["round", "-made_at"]

    def __str__(self) -> str:
        return f"{self.round}, {self.made_at:%Y-%m-%d}"


class Filing(models.Model):
    """The mark "journaliseret": a thing of a round has this document number in the case system.
    ``thing`` is the uid of the response, version, report or package; a mark taken back stays."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    round = models.ForeignKey(Round, models.PROTECT, related_name="filings")
    kind = models.CharField(max_length=20, choices=FilingKind.choices)
    thing = models.UUIDField()
    document_number = models.CharField(_("document number"), max_length=60)
    at = models.DateTimeField(_("filed"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    undone_at = models.DateTimeField(null=True, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("filing in the case system")
        verbose_name_plural = _("filings in the case system")
        ordering = ["round", "kind", "at"]
        constraints = [
            models.CheckConstraint(
                name="consultations_filing_with_number", condition=~Q(document_number="")
            ),
            models.UniqueConstraint(
                fields=["kind", "thing"],
                condition=Q(undone_at__isnull=True),
                name="consultations_filing_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.document_number}"
