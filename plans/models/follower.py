"""Who is told by mail what happens to plans, without an account: an address, what it follows."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from kommuneplan import clock
from kommuneplan.core.models import Body

from .plan import Plan


class FollowerQuerySet(models.QuerySet["Follower"]):
    """Followers by what they have confirmed."""

    def told(self) -> FollowerQuerySet:
        """Those who have confirmed that they follow something."""
        own = Following.objects.filter(follower=OuterRef("pk"), confirmed_at__isnull=False)
        return self.filter(Exists(own))

    def idle(self) -> FollowerQuerySet:
        """Those who follow nothing, nor have asked to."""
        return self.filter(~Exists(Following.objects.filter(follower=OuterRef("pk"))))


class Follower(models.Model):
    """An address that has asked to be told. It goes with the last thing it follows.

    What happened until ``told_until`` has been told, or was not to be told; the mail and this
    instant are one transaction, so that nothing is told twice.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(_("address"), unique=True)
    told_until = models.DateTimeField(_("told of what happened until"), default=clock.now)

    objects = FollowerQuerySet.as_manager()

    class Meta:
        verbose_name = _("follower")
        verbose_name_plural = _("followers")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"


class FollowingQuerySet(models.QuerySet["Following"]):
    """Followings by whether anybody has confirmed them."""

    def confirmed(self) -> FollowingQuerySet:
        """Those that the address has said yes to."""
        return self.filter(confirmed_at__isnull=False)

    def unconfirmed(self, *, before: dt.datetime | None = None) -> FollowingQuerySet:
        """Those that nobody has said yes to; asked for before an instant."""
        rows = self.filter(confirmed_at__isnull=True)
        return rows.filter(asked_at__lt=before) if before else rows


class Following(models.Model):
    """What an address follows: a plan, a body, or with neither everything. It is told of nothing
    before somebody has confirmed it by the link in a mail to the address. ``network``: a mark of
    where it was asked from, kept for a day (``core.strangers``)."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    follower = models.ForeignKey(Follower, models.CASCADE, related_name="followings")
    plan = models.ForeignKey(Plan, models.CASCADE, null=True, blank=True, related_name="followings")
    body = models.ForeignKey(Body, models.CASCADE, null=True, blank=True, related_name="followings")
    asked_at = models.DateTimeField(_("asked for"), default=clock.now, db_index=True)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    network = models.CharField(max_length=32, blank=True, editable=False)

    objects = FollowingQuerySet.as_manager()

    class Meta:
        verbose_name = _("what is followed")
        verbose_name_plural = _("what is followed")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["follower", "plan"],
                condition=Q(plan__isnull=False),
                name="plans_following_a_plan_once",
            ),
            models.UniqueConstraint(
                fields=["follower", "body"],
                condition=Q(body__isnull=False),
                name="plans_following_a_body_once",
            ),
            models.UniqueConstraint(
                fields=["follower"],
                condition=Q(plan__isnull=True, body__isnull=True),
                name="plans_following_everything_once",
            ),
            models.CheckConstraint(
                name="plans_following_one_thing",
                condition=Q(plan__isnull=True) | Q(body__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"
