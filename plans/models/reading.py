"""What belongs to a member's own reading: where they left off, their notes, and the matters they
take no part in. Notes and reading are theirs alone: no history, no admin, no page but their own."""

from __future__ import annotations

import datetime as dt
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from kommuneplan.core.models import Municipality
from kommuneplan.locking import Locked
from plans.enums import RecusalReason

from .matter import Matter
from .plan import Plan
from .version import PlanVersion


class Recusal(models.Model):
    """A member is inhabil in a matter: it does not exist for them, until the recusal is lifted.

    The body decides it (forvaltningsloven § 3, kommunestyrelsesloven § 14); a secretary records it.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    matter = models.ForeignKey(Matter, models.CASCADE, related_name="recusals")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="recusals")
    reason = models.CharField(_("reason"), max_length=20, choices=RecusalReason.choices)
    recorded_at = models.DateTimeField(_("recorded"), auto_now_add=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    lifted_at = models.DateTimeField(_("lifted"), null=True, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("recusal")
        verbose_name_plural = _("recusals")
        ordering = ["matter", "recorded_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["matter", "user"],
                condition=Q(lifted_at__isnull=True),
                name="plans_recusal_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.matter}"


class LastRead(models.Model):
    """The newest version of a plan that somebody has opened, and the one they had read before it.

    Written when the reading view is opened; whoever opens an older version again has not unread
    the newer. Nobody but the reader is ever told.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="+")
    frozen = models.ForeignKey(PlanVersion, models.CASCADE, related_name="+")
    before = models.ForeignKey(PlanVersion, models.CASCADE, null=True, blank=True, related_name="+")
    read_at = models.DateTimeField()

    class Meta:
        verbose_name = _("last read")
        verbose_name_plural = _("last read")
        constraints = [
            models.UniqueConstraint(fields=["user", "plan"], name="plans_lastread_once"),
        ]


class PrivateNoteQuerySet(models.QuerySet["PrivateNote"]):
    """Notes by day: a note whose term is over is gone, whether or not its row is erased yet."""

    def there(self, *, on: dt.date) -> PrivateNoteQuerySet:
        """Those that still exist on a day."""
        if not Municipality.current().notes_end_with_term:
            return self
        return self.filter(gone_after__gte=on)

    def over(self, *, on: dt.date) -> PrivateNoteQuerySet:
        """Those whose term is over: to be erased."""
        if not Municipality.current().notes_end_with_term:
            return self.none()
        return self.filter(gone_after__lt=on)


class PrivateNote(Locked):
    """What a member writes for themselves at a paragraph: one note a paragraph, seen by nobody
    else, administrators included.

    The paragraph's words are kept as a quote, so that the note can be read when the paragraph is
    gone. ``gone_after`` is the last day of the term of the body the member read it for: where the
    municipality says so, the note does not exist after it (it is not shown, and the next note
    that anybody writes, or ``manage.py erase_notes``, takes the row away).
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="+")
    frozen = models.ForeignKey(PlanVersion, models.CASCADE, related_name="+")
    anchor = models.CharField(max_length=64)
    quote = models.TextField(blank=True)
    words = models.TextField()
    written_at = models.DateTimeField()
    gone_after = models.DateField()

    objects = PrivateNoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("private note")
        verbose_name_plural = _("private notes")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "plan", "anchor"], name="plans_privatenote_once"
            ),
        ]
