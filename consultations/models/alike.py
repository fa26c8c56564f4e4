"""Responses of a round that are word for word or nearly alike, as they were last laid together."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from consultations.enums import AlikeKind

from .response import Response, ResponseRevision
from .round import Round


class AlikeGroup(models.Model):
    """Responses that say the same. Worked out from what was received and made anew when that
    changes (``consultations/alike``); it holds no word of them."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    round = models.ForeignKey(Round, models.CASCADE, related_name="alike_groups")
    kind = models.CharField(max_length=20, choices=AlikeKind.choices)

    class Meta:
        verbose_name = _("responses that are alike")
        verbose_name_plural = _("responses that are alike")
        ordering = ["round", "pk"]

    def __str__(self) -> str:
        return f"{self.round}: {self.get_kind_display()}"


class AlikeMember(models.Model):
    """A response of a group, as its sender left it in ``revision``. ``is_model``: it says the
    common text with least besides. ``own``: how many words it has of its own; ``differs``: they
    may say something else, so nothing is ticked before a person has read them."""

    group = models.ForeignKey(AlikeGroup, models.CASCADE, related_name="members")
    response = models.OneToOneField(Response, models.CASCADE, related_name="alike")
    revision = models.ForeignKey(ResponseRevision, models.CASCADE, related_name="+")
    is_model = models.BooleanField(default=False)
    own = models.PositiveIntegerField(default=0)
    differs = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("response of a group")
        verbose_name_plural = _("responses of a group")
        ordering = ["group", "-is_model", "differs", "own", "response__number"]
        constraints = [
            models.UniqueConstraint(
                fields=["group"],
                condition=models.Q(is_model=True),
                name="consultations_alike_one_model",
            ),
        ]

    def __str__(self) -> str:
        return str(self.response)
