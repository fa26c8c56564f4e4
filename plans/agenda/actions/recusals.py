"""Who is inhabil in an item that is no matter: recorded and lifted by whoever makes the agenda, at
once in force (as ``plans.members.actions.recusals`` for matters)."""

from __future__ import annotations

from django.db import transaction

from kommuneplan import clock
from kommuneplan.core.models import User
from plans.models import AgendaItem, ItemRecusal


@transaction.atomic
def record_item_recusal(*, item: AgendaItem, member: User, reason: str, by: User) -> ItemRecusal:
    """From now on the item does not exist for the member. Recorded already, nothing changes."""
    AgendaItem.objects.select_for_update(of=("self",)).get(pk=item.pk)
    row = item.recusals.filter(user=member, lifted_at__isnull=True).first()
    if row is None:
        row = ItemRecusal(item=item, user=member, reason=reason, recorded_by=by)
        row._history_user = by
        row.save()
    return row


@transaction.atomic
def lift_item_recusal(*, recusal: ItemRecusal, by: User) -> ItemRecusal:
    """It was recorded by mistake, or no longer holds: the item is there again."""
    row = ItemRecusal.objects.select_for_update().get(pk=recusal.pk)
    if row.lifted_at is None:
        row.lifted_at = clock.now()
        row._history_user = by
        row.save()
    return row
