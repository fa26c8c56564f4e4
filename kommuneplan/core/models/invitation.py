"""An invitation by mail: a person is asked to take a role in a body."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
import uuid

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from kommuneplan import clock
from kommuneplan.core.enums import Role

_SIGNER = Signer(salt="kommuneplan.invitation")
_BYTES = 24  # 192 bits


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


class Invitation(models.Model):
    """Open until it is used, taken back or has run out; time decides, no job does.

    The secret of the link is only in the mail; here lies its digest.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(_("e-mail"))
    name = models.CharField(
        _("name"),
        max_length=150,
        blank=True,
        help_text=_("If you know it; the person can change it."),
    )
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    body = models.ForeignKey(
        "core.Body",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("body"),
        help_text=_("Empty for an administrator, who belongs to no body."),
    )
    digest = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(_("sent"), default=clock.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("invited by"),
    )
    expires_at = models.DateTimeField(_("open until"), editable=False)
    used_at = models.DateTimeField(_("used"), null=True, editable=False)
    withdrawn_at = models.DateTimeField(_("taken back"), null=True, editable=False)

    history = HistoricalRecords(excluded_fields=["digest"])

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="core_invitation_body_unless_administrator",
                condition=Q(role=Role.ADMINISTRATOR, body__isnull=True)
                | (~Q(role=Role.ADMINISTRATOR) & Q(body__isnull=False)),
                violation_error_message=_(
                    "Choose a body for every role but the administrator, who belongs to none."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email}: {self.get_role_display()} ({self.body or '–'})"

    def new_link(self) -> str:
        """Give the invitation a new secret; returns what stands in the link (not kept)."""
        secret = secrets.token_urlsafe(_BYTES)
        self.digest = _digest(secret)
        self.expires_at = clock.now() + dt.timedelta(days=settings.INVITATION_DAYS)
        return _SIGNER.sign(secret)

    @classmethod
    def by_token(cls, token: str) -> models.QuerySet[Invitation]:
        """The invitation a link belongs to, whether or not it is still open; or none."""
        try:
            return cls.objects.filter(digest=_digest(_SIGNER.unsign(token)))
        except BadSignature:
            return cls.objects.none()

    @property
    def is_open(self) -> bool:
        """Whether it can be used now."""
        return not self.used_at and not self.withdrawn_at and clock.now() < self.expires_at
