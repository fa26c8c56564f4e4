"""Which papers a member reads: those handed in to their bodies."""

from __future__ import annotations

from django.db.models import QuerySet

from kommuneplan.core.models import User
from plans.models import AgendaPaper
from plans.models.submitted import treatments_for


def handed_in_for(user: User) -> QuerySet[AgendaPaper]:
    """Those of the treatments that a member's bodies have before them, or had; an inhabil member
    knows of none."""
    return AgendaPaper.objects.filter(
        treatment__in=treatments_for(user).values("pk"),
        handed_in_at__isnull=False,
        retired_at__isnull=True,
        plan__retired_at__isnull=True,
    )
