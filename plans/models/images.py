"""Images in the text of a plan, and which frozen versions hold them."""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kommuneplan.core.models import StoredFile, User
from plans.enums import Audience

from .plan import Plan
from .publication import Publication
from .submitted import versions_for
from .version import PlanVersion


def uid_of(plan: uuid.UUID, sha256: str) -> uuid.UUID:
    """The uid of the image with this digest (hexadecimal) in the plan with this uid."""
    made = hashlib.sha256(plan.bytes + bytes.fromhex(sha256)).digest()
    return uuid.UUID(bytes=made[:16], version=5)


class SectionImageQuerySet(models.QuerySet["SectionImage"]):
    """Images by who may see them."""

    def published(self, *, at: dt.datetime) -> SectionImageQuerySet:
        """Those in a version that everybody may open at an instant."""
        open_now = Publication.objects.published(at=at, audience=Audience.PUBLIC)
        open_now = open_now.filter(plan__retired_at__isnull=True)
        held = VersionImage.objects.filter(version__in=open_now.values("version"))
        return self.filter(pk__in=held.values("image"))

    def readable_by(self, user: User, *, at: dt.datetime) -> SectionImageQuerySet:
        """Those of plans a person works with, and those in versions they may read as a member."""
        if not user.is_authenticated:
            return self.none()
        held = VersionImage.objects.filter(version__in=versions_for(user, at=at).values("pk"))
        return self.filter(
            Q(plan__in=Plan.objects.approved_or_made_by(user).values("pk"))
            | Q(pk__in=held.values("image"))
        )

    def sizes(self, uids: set[str]) -> dict[str, tuple[int, int]]:
        """Width and height of each of these images, by its uid; nothing is asked for none."""
        if not uids:
            return {}
        rows = self.filter(uid__in=uids).values_list("uid", "width", "height")
        return {str(uid): (width, height) for uid, width, height in rows}


class SectionImage(models.Model):
    """An image that may stand in the text of a plan, at ``/billeder/<uid>/``. Never changed: a
    new image is a new row.

    The bytes are the house's own, PNG or JPEG without the metadata they came with, and stored
    once for each plan. The address is made from them, so that the seal of a version, which covers
    the address, covers the image. ``alt`` is what was said of it when it came; the text holds
    its own.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="images")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="section_images")
    sha256 = models.CharField(max_length=64, editable=False)
    alt = models.CharField(_("alternative text"), max_length=500)
    width = models.PositiveIntegerField(_("width in pixels"))
    height = models.PositiveIntegerField(_("height in pixels"))

    objects = SectionImageQuerySet.as_manager()

    class Meta:
        verbose_name = _("image in a text")
        verbose_name_plural = _("images in texts")
        ordering = ["plan", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "sha256"], name="plans_sectionimage_once"),
            models.CheckConstraint(name="plans_sectionimage_described", condition=~Q(alt="")),
            models.CheckConstraint(
                name="plans_sectionimage_has_size", condition=Q(width__gt=0, height__gt=0)
            ),
        ]

    def __str__(self) -> str:
        return self.alt

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store a new image; a stored one is never saved again."""
        if self.pk is not None:
            raise TypeError("An image is never changed")
        self.uid = uid_of(self.plan.uid, self.sha256)
        super().save(*args, **kwargs)

    @property
    def src(self) -> str:
        """Its address, as it stands in a text."""
        return f"/billeder/{self.uid}/"


class VersionImage(models.Model):
    """A frozen version holds an image: it may be seen where the version may be read, and cannot
    be deleted."""

    version = models.ForeignKey(PlanVersion, models.PROTECT, related_name="images")
    image = models.ForeignKey(SectionImage, models.PROTECT, related_name="versions")

    class Meta:
        verbose_name = _("image of a version")
        verbose_name_plural = _("images of versions")
        ordering = ["version", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["version", "image"], name="plans_versionimage_once"),
        ]

    def __str__(self) -> str:
        return f"{self.version} – {self.image}"
