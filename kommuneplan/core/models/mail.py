"""A mail: a row in the transaction of what it tells about, before it is a mail."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kommuneplan import clock
from kommuneplan.core.enums import MailReason, MailState


class MailQuerySet(models.QuerySet["Mail"]):
    """The mails of the house by where they stand."""

    def waiting(self) -> MailQuerySet:
        """Not sent yet, and to be tried (again)."""
        return self.filter(next_try__isnull=False)

    def taken(self, mail: Mail) -> MailQuerySet:
        """A mail as long as nobody else has taken it since it was read."""
        return self.filter(pk=mail.pk, next_try=mail.next_try)

    def failed(self) -> MailQuerySet:
        """Given up: somebody must look at them."""
        return self.filter(failed_at__isnull=False)

    def bounced(self) -> MailQuerySet:
        """Sent, and come back."""
        return self.filter(bounced_at__isnull=False)

    def needing_somebody(self) -> MailQuerySet:
        """Given up, or come back."""
        return self.filter(Q(failed_at__isnull=False) | Q(bounced_at__isnull=False))

    def with_reference(self, *references: str) -> MailQuerySet:
        """The mails about some things, newest first."""
        return self.filter(reference__in=references).order_by("-created_at", "-pk")


class Mail(models.Model):
    """What the house knows of a mail to one address; its head and body lie in post-office's row.

    ``next_try`` is when the worker takes it (instants in UTC), or until when a worker has taken
    it; empty when there is nothing more to do. ``reference`` says what it is about: a kind and
    a uid, such as ``core.invitation:4f…``. The body, which may hold a link with a secret, is
    emptied ``keep_days`` after it was sent; ``reason`` is a code and holds no personal data.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.OneToOneField("post_office.Email", models.CASCADE, related_name="mail")
    reference = models.CharField(max_length=120, db_index=True)
    address = models.EmailField(_("address"), db_index=True)
    created_at = models.DateTimeField(_("written"), default=clock.now, db_index=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    keep_days = models.PositiveSmallIntegerField(_("days its text is kept after sending"))
    until = models.DateTimeField(_("of use until"), null=True, blank=True)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    next_try = models.DateTimeField(_("next try"), null=True, db_index=True)
    reason = models.CharField(
        _("last reason"), max_length=20, choices=MailReason.choices, blank=True
    )
    sent_at = models.DateTimeField(_("sent"), null=True)
    failed_at = models.DateTimeField(_("given up"), null=True)
    bounced_at = models.DateTimeField(_("came back"), null=True)
    emptied_at = models.DateTimeField(_("text emptied"), null=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        ordering = ["-created_at", "-pk"]
        constraints = [
            # exactly one of: waiting, sent, given up
            models.CheckConstraint(
                name="core_mail_one_state",
                condition=Q(next_try__isnull=False, sent_at__isnull=True, failed_at__isnull=True)
                | Q(next_try__isnull=True, sent_at__isnull=False, failed_at__isnull=True)
                | Q(next_try__isnull=True, sent_at__isnull=True, failed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="core_mail_bounced_after_sent",
                condition=Q(bounced_at__isnull=True) | Q(sent_at__isnull=False),
            ),
            models.CheckConstraint(
                name="core_mail_failed_with_reason",
                condition=Q(failed_at__isnull=True) | ~Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return self.address

    @property
    def state(self) -> MailState:
        """Where the mail stands."""
        if self.bounced_at:
            return MailState.BOUNCED
        if self.sent_at:
            return MailState.SENT
        return MailState.FAILED if self.failed_at else MailState.WAITING

    @property
    def can_be_sent_again(self) -> bool:
        """Whether there is still a text to send, and sense in sending it."""
        over = self.until is not None and self.until <= clock.now()
        return self.emptied_at is None and not over
