"""Bodies are made and changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import IntegrityError, transaction

from kommuneplan.core.models import Body, User
from kommuneplan.locking import Conflict, Outdated

FACTS = ("name", "kind", "abbreviation", "papers_due_days")


@transaction.atomic
def make_bodies(*, new: Iterable[Any], by: User) -> list[Body]:
    """Make bodies; each has ``FACTS``. Raises Outdated when one of the names has been taken."""
    made = []
    for facts in new:
        row = Body(**{name: getattr(facts, name) for name in FACTS})
        row._history_user = by
        try:
            with transaction.atomic():
                row.save()
        except IntegrityError as error:
            raise Outdated from error
        made.append(row)
    return made


@transaction.atomic
def change_body(*, body: Body, facts: Mapping[str, Any], seen: int, by: User) -> Body:
    """Store what was said of a body. Raises Conflict when it was saved since version ``seen``."""
    row = Body.objects.select_for_update().get(pk=body.pk)
    if row.version != seen:
        raise Conflict(row)
    for name, value in facts.items():
        setattr(row, name, value)
    row._history_user = by
    row.save()
    return row
