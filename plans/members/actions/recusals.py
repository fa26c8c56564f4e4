"""Who is inhabil in a matter: recorded and lifted by a secretary, at once in force."""

from __future__ import annotations

from django.db import transaction

from kommuneplan import clock
from kommuneplan.core.models import User
from plans.models import Matter, Recusal


@transaction.atomic
def record_recusal(*, matter: Matter, member: User, reason: str, by: User) -> Recusal:
    """From now on the matter does not exist for the member. Recorded already, nothing changes."""
    Matter.objects.select_for_update().get(pk=matter.pk)
    row = matter.recusals.filter(user=member, lifted_at__isnull=True).first()
    if row is not None:
        return row
    row = Recusal(matter=matter, user=member, reason=reason, recorded_by=by)
    row._history_user = by
    row.save()
    return row


@transaction.atomic
def lift_recusal(*, recusal: Recusal, by: User) -> Recusal:
    """It was recorded by mistake, or no longer holds: the matter is there again."""
    row = Recusal.objects.select_for_update().get(pk=recusal.pk)
    if row.lifted_at is None:
        row.lifted_at = clock.now()
        row._history_user = by
        row.save()
    return row
