"""What of plans was taken from readers stays so when an older backup is restored: blocks of
versions whose words were destroyed, publications that were withdrawn."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from kommuneplan.core.privacy import hidden
from plans.models import PlanVersion, Publication

from .actions.publishing import WITHDRAWN, withdraw
from .actions.redacting import BLOCKS, NothingToHide, redact_blocks


def register_hidden() -> None:
    """Called once, when the app is ready."""
    hidden.register(BLOCKS, _redact)
    hidden.register(WITHDRAWN, _withdraw)


def _redact(uid: UUID, facts: Mapping[str, Any]) -> bool:
    version = PlanVersion.objects.filter(uid=uid).first()
    if version is None:
        return False
    left = version.blocks.filter(anchor__in=facts["anchors"], redacted_at__isnull=True)
    anchors = list(left.values_list("anchor", flat=True))
    if not anchors:
        return False
    try:
        redact_blocks(version=version, anchors=anchors, reason=hidden.again(), by=None)
    except NothingToHide:
        return False
    return True


def _withdraw(uid: UUID, facts: Mapping[str, Any]) -> bool:
    row = Publication.objects.filter(uid=uid, withdrawn_at__isnull=True).first()
    if row is None:
        return False
    withdraw(publication=row, by=None, because=hidden.again())
    return True
