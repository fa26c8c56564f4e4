"""What a person changes of the workbench itself."""

from __future__ import annotations

from django.db import transaction

from consultations.models import WorkKeys
from kommuneplan.core.models import User

from .keys import Keys


@transaction.atomic
def keep_keys(*, keys: Keys, by: User) -> None:
    """Keep the keys somebody wants to work with, on every round."""
    WorkKeys.objects.update_or_create(user=by, defaults={"kept": keys.kept})
