"""What consultations adds to setting a municipality up: the register of parties."""

from __future__ import annotations

from django.db.models import Exists
from django.utils.translation import gettext_lazy as _

from consultations.models import Party
from consultations.permissions import KEEP_REGISTER
from plans.setup.steps import Step, register_step


def _has_parties() -> Exists:
    return Exists(Party.objects.filter(retired_at__isnull=True))


def register_steps() -> None:
    """Called once, when the app is ready."""
    register_step(
        Step(
            key="parties",
            title=_("Parties"),
            about=_("Those you write to when something is heard. Paste them from Excel."),
            address="consultations:party-many",
            permission=KEEP_REGISTER,
            done=_has_parties,
            order=60,
            can_wait=True,
        )
    )
