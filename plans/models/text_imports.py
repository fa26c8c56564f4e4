"""A text from Word being looked through: what was read, what was answered, nothing lost."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from kommuneplan.core.models import StoredFile

from .imports import Import
from .plan import Plan


class TextImport(Import):
    """A text from Word that was read, and stands in the plan only when it is applied.

    ``source`` is a ``WordText``; ``answers`` is what was said of it: changes accepted or
    rejected, headings, pictures, which text stands. ``outcome`` is kept for the next import of
    the plan: per section (uid) the lock version it had then, a digest of what Word said, and
    whether that was taken; and the pictures.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="text_imports")
    plan = models.ForeignKey(
        Plan, models.CASCADE, related_name="text_imports", verbose_name=_("plan")
    )
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="text_imports")
    answers = models.JSONField(default=dict, editable=False)
    outcome = models.JSONField(default=dict, editable=False)

    history = HistoricalRecords(excluded_fields=["source"])

    class Meta:
        verbose_name = _("text from Word")
        verbose_name_plural = _("texts from Word")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="plans_textimport_applied_at",
                condition=Q(state="applied", applied_at__isnull=False)
                | (~Q(state="applied") & Q(applied_at__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return self.file.name
