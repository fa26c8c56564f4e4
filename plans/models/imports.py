"""Imports being looked through: what was read, what the secretary has corrected, nothing lost."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from kommuneplan.core.models import StoredFile, User
from kommuneplan.locking import Locked
from plans.enums import DraftState

from .plan import Plan


class ImportQuerySet(models.QuerySet):
    """Imports by who may see them."""

    def readable_by(self, user: User) -> ImportQuerySet:
        """An import is its owner's alone, and of a plan the owner may still work with."""
        if not user.is_authenticated:
            return self.none()
        plans = Plan.objects.readable_by(user).values("pk")
        return self.filter(owner=user).filter(Q(plan__isnull=True) | Q(plan__in=plans))

    def open(self) -> ImportQuerySet:
        """Those still being looked through."""
        return self.filter(state=DraftState.OPEN)


class Import(Locked):
    """A document that was read and is being looked through; the plan has it when it is applied.

    ``source`` is what the reader understood, as JSON, and never changes. What was said of it
    stands beside it, in a column of each kind of import.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    source = models.JSONField(default=dict, editable=False)
    state = models.CharField(
        _("state"), max_length=20, choices=DraftState.choices, default=DraftState.OPEN
    )
    created_at = models.DateTimeField(_("begun"), auto_now_add=True)
    applied_at = models.DateTimeField(_("carried out"), null=True, blank=True)

    objects = ImportQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def is_open(self) -> bool:
        """Neither applied nor discarded?"""
        return self.state == DraftState.OPEN

    @property
    def is_applied(self) -> bool:
        """Has it been carried out?"""
        return self.state == DraftState.APPLIED


class ImportDraft(Import):
    """A process plan that was read but not yet carried out.

    ``source`` is a ``DraftPlan``; ``corrections`` is what the secretary said of it, per row:
    title, date in words, kind, bodies, taken or left out.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="imports")
    plan = models.ForeignKey(
        Plan, models.CASCADE, null=True, blank=True, related_name="imports", verbose_name=_("plan")
    )
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="imports"
    )
    pasted = models.TextField(_("pasted text"), blank=True)
    year = models.PositiveSmallIntegerField(_("year of the plan"), null=True, blank=True)
    corrections = models.JSONField(default=dict, editable=False)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="plans_importdraft_applied_at",
                condition=Q(state="applied", applied_at__isnull=False, plan__isnull=False)
                | (~Q(state="applied") & Q(applied_at__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        if self.source.get("title"):
            return str(self.source["title"])
        return self.plan.title if self.plan else str(_("import")).capitalize()


class NotOpen(Exception):
    """The import has been discarded; nothing more can be done with it."""


class Incomplete(Exception):
    """Something hinders the import; ``problems`` are (anchor, sentence)."""

    def __init__(self, problems: list[tuple[str, str]]) -> None:
        super().__init__("; ".join(sentence for _anchor, sentence in problems))
        self.problems = problems
