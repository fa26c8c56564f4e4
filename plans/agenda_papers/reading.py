"""Which papers a member reads: those handed in to their bodies."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from kommuneplan.clock import today
from kommuneplan.core.models import User
from plans.agenda.items import own_items
from plans.models import AgendaPaper
from plans.models.submitted import bodies_of, treatments_for


def handed_in_for(user: User) -> QuerySet[AgendaPaper]:
    """Those of the treatments that a member's bodies have before them, or had, and of the items
    they know; an inhabil member knows of none."""
    turns = Q(treatment__in=treatments_for(user).values("pk"))
    items = own_items(user, on=today()).filter(own_meeting__body__in=bodies_of(user))
    return AgendaPaper.objects.filter(
        turns | Q(item__in=items.values("pk")),
        handed_in_at__isnull=False,
        retired_at__isnull=True,
        plan__retired_at__isnull=True,
    )
