"""Annexes of a plan: files and effort descriptions, internal until they are marked public."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from kommuneplan.core.models import StoredFile
from kommuneplan.core.virus_scanner import safe_states
from kommuneplan.locking import Locked
from kommuneplan.personal.files import FileFindings
from plans.enums import AnnexKind, FoundDecision

from .focus import FocusArea
from .plan import Plan
from .section import Section


class Annex(Locked):
    """Something that belongs to a plan and is read beside it (bilag): a file, or an effort
    description (indsatsbeskrivelse) that is written here.

    ``number`` is as it is written on the paper ("7", "7a"). An annex that a plan names and nobody
    has enclosed has neither file nor description: it is told as not enclosed, and why (``note``).
    Taken out it is retired with its files, and can be put back.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="annexes")
    position = models.PositiveIntegerField(_("order"), default=0)
    kind = models.CharField(
        _("kind"), max_length=20, choices=AnnexKind.choices, default=AnnexKind.FILE
    )
    number = models.CharField(
        _("number"), max_length=20, blank=True, help_text=_("As it is written: “7” or “7a”.")
    )
    title = models.CharField(_("title"), max_length=300)
    note = models.TextField(_("what it holds"), blank=True)
    is_public = models.BooleanField(_("may be published"), default=False)
    retired_at = models.DateTimeField(_("taken out"), null=True, blank=True, editable=False)
    retired_because = models.TextField(_("taken out because"), blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("annex")
        verbose_name_plural = _("annexes")
        ordering = ["plan", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="plans_annex_retired_with_reason",
                condition=Q(retired_at__isnull=True) | ~Q(retired_because=""),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_effort(self) -> bool:
        """Is it an effort description?"""
        return self.kind == AnnexKind.EFFORT

    @property
    def newest(self) -> AnnexFile | None:
        """The version of its file that holds, of those fetched (``annexes.listing``)."""
        return max(self.files.all(), key=lambda one: one.number, default=None)

    @property
    def description(self) -> EffortDescription | None:
        """What is written of an effort."""
        return getattr(self, "effort", None)

    @property
    def is_enclosed(self) -> bool:
        """Is there something to read?"""
        effort = self.description
        return self.newest is not None or (effort is not None and effort.says_something)

    @property
    def hindrance(self) -> str:
        """What stands in the way of publishing its file, as a code; "" where nothing does."""
        return "" if self.newest is None else self.newest.hindrance


class AnnexFile(models.Model):
    """One version of an annex's file: a new one is a new row, and the old ones stay.

    ``found`` is what looks like personal data in it; nobody outside reads a file in which something
    was found before a person has decided, with a reason. ``barriers`` stand in the way of readers.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    annex = models.ForeignKey(Annex, models.CASCADE, related_name="files")
    number = models.PositiveIntegerField(_("version"))
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="annex_files")
    replaced_because = models.TextField(_("what is new"), blank=True)
    barriers = models.JSONField(_("in the way of readers"), default=list, blank=True)
    found = models.JSONField(_("what was found"), default=dict, blank=True)
    decision = models.CharField(
        _("decision"), max_length=20, choices=FoundDecision.choices, blank=True
    )
    decided_because = models.TextField(_("reason"), blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("file of an annex")
        verbose_name_plural = _("files of annexes")
        ordering = ["annex", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["annex", "number"], name="plans_annexfile_once"),
            models.CheckConstraint(
                name="plans_annexfile_decided_with_reason",
                condition=Q(decision="", decided_at__isnull=True)
                | (~Q(decision="") & ~Q(decided_because="") & Q(decided_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.annex} ({self.number})"

    @property
    def findings(self) -> FileFindings:
        """What looks like personal data in it."""
        return FileFindings.from_json(self.found)

    @property
    def waits(self) -> bool:
        """Must somebody still decide what was found?"""
        return not self.decision and self.findings.needs_person

    @property
    def hindrance(self) -> str:
        """Why others than those who work with the plan may not have it; "" where they may."""
        if self.file.scan_state not in safe_states():
            return "unsafe"
        if self.waits:
            return "undecided"
        return "withheld" if self.decision == FoundDecision.WITHHOLD else ""


class EffortDescription(Locked):
    """What an effort is and how it is done (indsatsbeskrivelse), for those who choose one for a
    citizen: an annex that is written here."""

    annex = models.OneToOneField(Annex, models.CASCADE, related_name="effort")
    target_group = models.TextField(_("target group"), blank=True)
    purpose = models.TextField(_("purpose"), blank=True)
    method = models.TextField(_("method"), blank=True)
    expected_results = models.TextField(_("expected results"), blank=True)
    indicators = models.TextField(_("indicators"), blank=True)
    resources = models.TextField(_("resources"), blank=True)
    provider = models.TextField(_("provider or offer"), blank=True)
    section = models.ForeignKey(
        Section,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="efforts",
        verbose_name=_("chapter of the plan"),
    )
    focus_area = models.ForeignKey(
        FocusArea,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="efforts",
        verbose_name=_("focus area"),
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("effort description")
        verbose_name_plural = _("effort descriptions")
        ordering = ["annex"]

    def __str__(self) -> str:
        return str(self.annex)

    WRITTEN = (
        "target_group", "purpose", "method", "expected_results", "indicators", "resources",
        "provider",
    )  # fmt: skip
    """The fields in which it is written, in their order."""

    @property
    def says_something(self) -> bool:
        """Has anybody written in it?"""
        return any(getattr(self, name) for name in self.WRITTEN)
