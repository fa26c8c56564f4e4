"""Who may sign in, and what each does in which body from when until when."""

from __future__ import annotations

import datetime as dt
import uuid
from functools import cached_property
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models, transaction
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from kommuneplan.clock import today
from kommuneplan.core.enums import Role

from .days import HeldQuerySet


class UserManager(BaseUserManager["User"]):
    """Makes users, whose address is stored in lower case."""

    use_in_migrations = True

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """A user who can sign in (with no password: only by invitation)."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        """A user who may do everything, in the admin and in the workspace: the municipality's
        administrator (``manage.py createsuperuser``)."""
        with transaction.atomic(using=self._db):
            user = self.create_user(email, password, is_staff=True, is_superuser=True, **fields)
            Membership.objects.using(self._db).create(user=user, role=Role.ADMINISTRATOR)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        """Sign-in does not mind capital letters in an address."""
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser, PermissionsMixin):
    """A person with an account, known by mail address; memberships say what they may do."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=150)
    is_active = models.BooleanField(_("active"), default=True)
    is_staff = models.BooleanField(_("may use the admin"), default=False)
    date_joined = models.DateTimeField(_("since"), default=timezone.now, editable=False)

    objects = UserManager()
    history = HistoricalRecords(excluded_fields=["password", "last_login"])

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(Lower("email"), name="core_user_email_any_case"),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def get_short_name(self) -> str:
        """The first name, for a greeting."""
        return self.name.split()[0] if self.name else self.email

    def roles(self, *, on: dt.date | None = None) -> set[tuple[int | None, str]]:
        """The pairs (body id, role) held on a day; asked once per request and user."""
        day = on or today()
        if day not in self._roles_by_day:
            held = self.memberships.held(on=day).values_list("body_id", "role")
            self._roles_by_day[day] = set(held)
        return self._roles_by_day[day]

    @cached_property
    def _roles_by_day(self) -> dict[dt.date, set[tuple[int | None, str]]]:
        """What ``roles`` has asked already."""
        return {}

    def has_role(self, role: Role, body: Any = None) -> bool:
        """Whether the user holds the role today, in that body if one is given."""
        return any(
            held == role and (body is None or body_id == body.pk) for body_id, held in self.roles()
        )


class Membership(models.Model):
    """A person's role in a body from a day until a day (inclusive; open = until further notice)."""

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    body = models.ForeignKey(
        "core.Body", models.PROTECT, null=True, blank=True, related_name="memberships"
    )
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    begins = models.DateField(_("from"), default=today)
    ends = models.DateField(_("until"), null=True, blank=True)

    objects = HeldQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["user", "begins"]
        constraints = [
            models.CheckConstraint(
                name="core_membership_days_in_order",
                condition=Q(ends__isnull=True) | Q(begins__lte=F("ends")),
            ),
            models.CheckConstraint(
                name="core_membership_body_unless_administrator",
                condition=Q(role="administrator", body__isnull=True)
                | (~Q(role="administrator") & Q(body__isnull=False)),
            ),
            models.UniqueConstraint(
                fields=["user", "body", "role", "begins"], name="core_membership_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()} ({self.body or '–'})"
