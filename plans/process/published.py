"""Which milestones the public has read, and as what."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from plans.enums import Audience
from plans.models import FrozenMilestone, Milestone


def published_uids(uids: Iterable[Any]) -> set[str]:
    """Which milestones stand in any public publication, also a scheduled or withdrawn one."""
    rows = FrozenMilestone.objects.filter(
        uid__in=list(uids), version__publications__audience=Audience.PUBLIC
    )
    return {str(uid) for uid in rows.values_list("uid", flat=True)}


def last_published(milestone: Milestone) -> FrozenMilestone | None:
    """The milestone as the public last read it."""
    return last_published_of([milestone.uid]).get(str(milestone.uid))


def last_published_of(uids: Iterable[Any]) -> dict[str, FrozenMilestone]:
    """Milestones as the public last read them, by uid."""
    rows = FrozenMilestone.objects.filter(
        uid__in=list(uids), version__publications__audience=Audience.PUBLIC
    )
    rows = rows.select_related("version").order_by("version__number").distinct()
    return {str(row.uid): row for row in rows}
