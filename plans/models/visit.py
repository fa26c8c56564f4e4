"""When a person was last at the desk: theirs alone, in no history, no export and no admin."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class DeskVisit(models.Model):
    """What was changed after ``since`` is news to the person; ``here_at`` is the last time the
    desk was open. Two visits close together are one (``plans.desk.actions``)."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="desk_visit", primary_key=True
    )
    since = models.DateTimeField()
    here_at = models.DateTimeField()

    class Meta:
        verbose_name = _("visit to the desk")
        verbose_name_plural = _("visits to the desk")

    def __str__(self) -> str:
        return str(self.pk)
