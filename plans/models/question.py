"""Questions of members to the administration: private, until both sides agree to show them."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from kommuneplan.clock import today
from kommuneplan.core.enums import Role
from kommuneplan.core.models import Body, User
from kommuneplan.locking import Locked

from .plan import PlanLead
from .version import PlanVersion


class QuestionQuerySet(models.QuerySet["Question"]):
    """Questions by who may know of them."""

    def answerable_by(self, user: User) -> QuestionQuerySet:
        """Those the person may answer: the secretary of the asker's body and of the plan's, and
        the plan's lead. An administrator is none of them."""
        bodies = [body for body, role in user.roles() if role == Role.SECRETARY]
        led = PlanLead.objects.leading(on=today()).filter(user=user).values("plan")
        return self.filter(
            Q(body__in=bodies) | Q(frozen__plan__body__in=bodies) | Q(frozen__plan__in=led)
        )

    def waiting(self) -> QuestionQuerySet:
        """Those nobody has answered yet."""
        return self.filter(withdrawn_at__isnull=True, answered_at__isnull=True)

    def shown(self) -> QuestionQuerySet:
        """Those that asker and administration both want to show to the members of the body."""
        return self.filter(
            withdrawn_at__isnull=True,
            answered_at__isnull=False,
            asker_agreed_at__isnull=False,
            administration_agreed_at__isnull=False,
        )


class Question(Locked):
    """A member's question about a paragraph of a version (or about the whole, without an anchor).

    Waiting, answered or withdrawn. It is between the asker and the administration until *both*
    have agreed to show it to the members of ``body``; whoever takes their agreement back takes it
    back at once. An answer that is written anew has to be agreed to anew.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    frozen = models.ForeignKey(PlanVersion, models.PROTECT, related_name="questions")
    body = models.ForeignKey(Body, models.PROTECT, related_name="questions")
    anchor = models.CharField(max_length=64, blank=True)
    quote = models.TextField(blank=True)
    words = models.TextField(_("question"))
    asker = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="questions")
    asked_at = models.DateTimeField()
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    answer = models.TextField(_("answer"), blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    asker_agreed_at = models.DateTimeField(null=True, blank=True)
    administration_agreed_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = QuestionQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(name="plans_question_says_something", condition=~Q(words="")),
            models.CheckConstraint(
                name="plans_question_answer_with_time",
                condition=Q(answer="", answered_at__isnull=True)
                | (~Q(answer="") & Q(answered_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="plans_question_shown_with_answer",
                condition=Q(administration_agreed_at__isnull=True) | Q(answered_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.words[:60]

    @property
    def is_shown(self) -> bool:
        """Do the members of the body see it?"""
        agreed: Any = self.asker_agreed_at and self.administration_agreed_at
        return bool(agreed and self.answered_at and not self.withdrawn_at)
