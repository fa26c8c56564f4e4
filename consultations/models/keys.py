"""Which keys a person works with on the workbench: theirs alone, in no history and no admin."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class WorkKeys(models.Model):
    """The keys of a person, who may change each of them or turn all off (WCAG 2.1.4). What
    ``kept`` says is told in ``consultations.workbench.keys``."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="work_keys", primary_key=True
    )
    kept = models.CharField(max_length=20)

    class Meta:
        verbose_name = _("keys of the workbench")
        verbose_name_plural = _("keys of the workbench")

    def __str__(self) -> str:
        return str(self.pk)
