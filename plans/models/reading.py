"""What a member of a body does with what was submitted: reads, notes, asks. Nobody sees who read."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from .plan import Plan
from .version import PlanVersion


class LastRead(models.Model):
    """The version a person last read of a plan; known to that person alone, untracked."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="+")
    version = models.ForeignKey(PlanVersion, models.CASCADE, related_name="+")
    read_at = models.DateTimeField()

    class Meta:
        verbose_name = _("last read")
        verbose_name_plural = _("last read")
        constraints = [
            models.UniqueConstraint(fields=["user", "plan"], name="plans_lastread_once"),
        ]

    def __str__(self) -> str:
        return f"{self.plan}"


class PrivateNote(models.Model):
    """A member's own note at a paragraph; nobody else sees it, administrators included."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="+")
    anchor = models.CharField(max_length=64)
    text = models.TextField(_("note"))
    written_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("private note")
        verbose_name_plural = _("private notes")
        constraints = [
            models.UniqueConstraint(fields=["user", "plan", "anchor"], name="plans_note_once"),
        ]

    def __str__(self) -> str:
        return self.anchor


class Question(models.Model):
    """A member's question to the administration; private until asker and administration agree
    that all members may see it."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="questions")
    version = models.ForeignKey(PlanVersion, models.PROTECT, related_name="+")
    anchor = models.CharField(max_length=64, blank=True)
    text = models.TextField(_("question"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    asked_at = models.DateTimeField(auto_now_add=True)
    answer = models.TextField(_("answer"), blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    asker_agrees = models.BooleanField(_("the asker lets all members see it"), default=False)
    administration_agrees = models.BooleanField(
        _("the administration lets all members see it"), default=False
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["plan", "asked_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="plans_question_answer_with_time",
                condition=Q(answer="", answered_at__isnull=True)
                | (~Q(answer="") & Q(answered_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]
