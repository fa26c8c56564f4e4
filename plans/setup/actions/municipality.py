"""The settings of the municipality, written by whoever sets it up."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction

from kommuneplan.core.models import Municipality, User
from kommuneplan.locking import Conflict


@transaction.atomic
def save_settings(*, form: Any, seen: int, by: User) -> Municipality:
    """Store the settings of a form that is valid. Raises Conflict when somebody has saved them
    since version ``seen``, or has been the first to set the house up."""
    row = form.instance
    there = Municipality.objects.select_for_update().filter(pk=1).first()
    if (there.version if there else 0) != seen:
        row.version = there.version if there else 0
        raise Conflict(row)
    row.pk, row.version = 1, seen
    row._state.adding = there is None
    row._history_user = by
    try:
        with transaction.atomic():
            return form.save()
    except IntegrityError as error:
        raise Conflict(row) from error
