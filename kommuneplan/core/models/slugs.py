"""Addresses that were once used stay reserved and lead on."""

from __future__ import annotations

import uuid

from django.db import models, transaction
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from kommuneplan.collation import fold


class ReservedSlug(models.Model):
    """One address ever given to a thing of a scope ("plan", "body"); never given to another."""

    scope = models.CharField(max_length=20)
    slug = models.SlugField(max_length=100)
    owner = models.UUIDField(help_text=_("the uid of the thing"))
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("reserved address")
        verbose_name_plural = _("reserved addresses")
        ordering = ["scope", "slug"]
        constraints = [
            models.UniqueConstraint(fields=["scope", "slug"], name="core_slug_once"),
        ]

    def __str__(self) -> str:
        return self.slug

    @classmethod
    def reserve(cls, scope: str, slug: str, owner: uuid.UUID) -> None:
        """Note that the address is the owner's; ValueError when it is or was another's."""
        with transaction.atomic():
            row, _created = cls.objects.get_or_create(
                scope=scope, slug=slug, defaults={"owner": owner}
            )
        if row.owner != owner:
            raise ValueError(f"{slug} is already the address of something else")

    @classmethod
    def free(cls, scope: str, title: str) -> str:
        """An address made from a title that nothing in the scope has ever had."""
        stem = slugify(fold(title))[:90].strip("-") or scope
        taken = set(
            cls.objects.filter(scope=scope, slug__startswith=stem).values_list("slug", flat=True)
        )
        candidates = (stem if n == 1 else f"{stem}-{n}" for n in range(1, len(taken) + 2))
        return next(slug for slug in candidates if slug not in taken)
