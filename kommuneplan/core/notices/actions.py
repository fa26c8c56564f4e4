"""Noting that something concerns people, in the transaction of the act; and what a person wants."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from uuid import UUID

from django.db import transaction

from kommuneplan import clock
from kommuneplan.core.models import Notice, NoticeTurnedOff, User

from .kinds import kinds


@transaction.atomic
def notify(
    *,
    kind: str,
    thing: UUID,
    users: Iterable[int],
    by: User | None,
    occasion: str = "",
    urgent: bool = False,
    due_at: dt.datetime | None = None,
) -> None:
    """Note that a thing concerns some people (primary keys); whoever did it is not told of it.

    What waits already, or was told on the same ``occasion``, is not noted again. ``urgent``: told
    within minutes. ``due_at``: told no sooner. Raises KeyError for a kind that nobody registered.
    """
    known = kinds[kind]
    told = {key for key in users if by is None or key != by.pk}
    # The row that a telling locks: what it ends just now is not leaned on.
    told = list(
        User.objects.select_for_update(no_key=True)
        .filter(pk__in=told)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    rows = [
        Notice(
            user_id=key, kind=known.name, thing=thing, occasion=occasion, urgent=urgent,
            due_at=due_at or clock.now(),
        )
        for key in told
    ]  # fmt: skip
    Notice.objects.bulk_create(rows, ignore_conflicts=True)


@transaction.atomic
def choose(*, user: User, wanted: Collection[str]) -> None:
    """What a person wants by mail, of the kinds there are; what waits of the others is not sent."""
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    user.notices_turned_off.filter(kind__in=[name for name in kinds if name in wanted]).delete()
    off = [NoticeTurnedOff(user=user, kind=name) for name in kinds if name not in wanted]
    NoticeTurnedOff.objects.bulk_create(off, ignore_conflicts=True)
