"""What belongs to writing a text together: unsaved words, and comments in the margin."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from .focus import YearlyStatus
from .section import Section


class Unsaved(models.Model):
    """What somebody has written but not saved: autosaved, theirs alone, untracked.

    ``windows``: the person's open pages and what they have counted, so that what comes late never
    undoes a later one; and texts that stand beside a field (``kommuneplan.keeping``). Saved or
    discarded, the row stays as a closed one without words, for the same reason.
    """

    windows = models.JSONField(default=dict, blank=True, editable=False)
    is_open = models.BooleanField(default=True)
    saved_at = models.DateTimeField()

    class Meta:
        abstract = True


class SectionDraft(Unsaved):
    """Unsaved words in a section. ``base_version`` is the section's lock version they began from;
    committing the draft is the save that can conflict."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="section_drafts"
    )
    section = models.ForeignKey(Section, models.CASCADE, related_name="drafts")
    base_version = models.PositiveIntegerField()
    title = models.CharField(max_length=300)
    text = models.TextField(blank=True)

    class Meta:
        verbose_name = _("unsaved text")
        verbose_name_plural = _("unsaved texts")
        constraints = [
            models.UniqueConstraint(fields=["user", "section"], name="plans_sectiondraft_once"),
        ]

    def __str__(self) -> str:
        return f"{self.section} – {self.user}"


class StatusDraft(Unsaved):
    """Unsaved words in a yearly status: the fields of its form that were touched, by name, each
    with the lock version it began from."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="status_drafts")
    status = models.ForeignKey(YearlyStatus, models.CASCADE, related_name="drafts")
    fields = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = _("unsaved words in a yearly status")
        verbose_name_plural = _("unsaved words in yearly statuses")
        constraints = [
            models.UniqueConstraint(fields=["user", "status"], name="plans_statusdraft_once"),
        ]

    def __str__(self) -> str:
        return f"{self.status} – {self.user}"


class Comment(models.Model):
    """A colleague's comment on a block of a section, or an answer to one. Never public."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    section = models.ForeignKey(Section, models.CASCADE, related_name="comments")
    anchor = models.CharField(max_length=64, blank=True)
    quote = models.TextField(blank=True)
    answers = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="answered_by"
    )
    text = models.TextField(_("comment"))
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    written_at = models.DateTimeField(auto_now_add=True)
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["section", "written_at", "pk"]
        constraints = [
            models.CheckConstraint(name="plans_comment_says_something", condition=~Q(text="")),
            models.CheckConstraint(
                name="plans_comment_resolved_by_somebody",
                condition=Q(resolved_at__isnull=False) | Q(resolved_by__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]
