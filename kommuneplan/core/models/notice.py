"""What somebody is to be told, or was told: a row in the transaction of the act itself."""

from __future__ import annotations

import datetime as dt
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from kommuneplan import clock
from kommuneplan.core.enums import NoticeEnd


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Notices by whether anything is still to be done with them."""

    def waiting(self) -> NoticeQuerySet:
        """Neither told nor passed over yet."""
        return self.filter(ended_at__isnull=True)

    def due(self, *, at: dt.datetime) -> NoticeQuerySet:
        """Those that may be told at an instant."""
        return self.waiting().filter(due_at__lte=at)


class Notice(models.Model):
    """That something concerns a person: a kind and the uid of a thing, and no word of it.

    What is said of the thing is asked when it is told (``core/notices/kinds.py``), for by then the
    person may have lost the right to read it. ``occasion`` sets apart what the same thing gives
    rise to more than once (a deadline and its day): of one occasion a person is told once. Without
    one a thing may be told again when it has been told.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices", verbose_name=_("person")
    )
    kind = models.CharField(_("kind"), max_length=50)
    thing = models.UUIDField(_("about"))
    occasion = models.CharField(_("occasion"), max_length=50, blank=True)
    urgent = models.BooleanField(_("urgent"), default=False)
    due_at = models.DateTimeField(_("told from"), default=clock.now, db_index=True)
    ended_at = models.DateTimeField(_("told or passed over"), null=True)
    end = models.CharField(
        _("what became of it"), max_length=10, choices=NoticeEnd.choices, blank=True
    )
    mail = models.ForeignKey(
        "core.Mail", models.SET_NULL, null=True, related_name="notices", verbose_name=_("mail")
    )

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-due_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "kind", "thing"],
                condition=Q(ended_at__isnull=True, occasion=""),
                name="core_notice_waits_once",
            ),
            models.UniqueConstraint(
                fields=["user", "kind", "thing", "occasion"],
                condition=~Q(occasion=""),
                name="core_notice_once_an_occasion",
            ),
            models.CheckConstraint(
                name="core_notice_ended_somehow",
                condition=Q(ended_at__isnull=True, end="") | Q(ended_at__isnull=False) & ~Q(end=""),
            ),
            models.CheckConstraint(
                name="core_notice_mail_was_told", condition=Q(mail__isnull=True) | Q(end="told")
            ),
        ]

    def __str__(self) -> str:
        return f"{capfirst(self._meta.verbose_name)} {self.pk}"


class NoticeTurnedOff(models.Model):
    """A kind of notice that a person does not want by mail."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="notices_turned_off",
        verbose_name=_("person"),
    )
    kind = models.CharField(_("kind"), max_length=50)

    class Meta:
        verbose_name = _("notice that is turned off")
        verbose_name_plural = _("notices that are turned off")
        ordering = ["user", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["user", "kind"], name="core_noticeturnedoff_once")
        ]

    def __str__(self) -> str:
        return self.kind
