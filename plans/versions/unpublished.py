"""What of a plan everybody would read otherwise if it were published now: how many changes.

Counting builds the plan's document. A list of plans asks one light question instead, the *stamp*
of each: the newest entries in the histories of everything a document is built from. A count is
kept under its stamp, so that only a plan that has been changed since is built again.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.cache import cache
from django.db.models import OuterRef, QuerySet, Subquery

from kommuneplan.clock import today
from kommuneplan.core.models import Body, Meeting
from kommuneplan.fingerprint import digest
from plans.consultations import rounds
from plans.document.building import gather
from plans.document.comparison import Comparison, compare
from plans.document.plan_document import PlanDocument
from plans.models import (
    Cycle,
    DateChange,
    FocusArea,
    Milestone,
    Phase,
    Plan,
    Publication,
    Redaction,
    Section,
)

from .actions.publishing import document_read, newest_publication, process_plan_to_publish

KEPT = 24 * 60 * 60  # seconds


@dataclass(frozen=True, slots=True)
class Unpublished:
    """The changes of a plan that nobody but those who work with it can see.

    ``public``: the uid of the version that everybody reads, or will when a scheduled one opens;
    None where nothing is published, and then nothing is counted. ``now``: changes that publishing
    the process plan brings out; ``later``: those of the text and other parts, which come with the
    next version that is sent out or adopted. ``ready``: there is something to publish.
    """

    public: UUID | None = None
    now: int = 0
    later: int = 0
    ready: bool = False

    @property
    def total(self) -> int:
        """All changes."""
        return self.now + self.later


def unpublished_of(plan: Plan) -> Unpublished:
    """The changes of one plan."""
    return unpublished([plan])[plan.pk]


def unpublished(plans: Collection[Plan]) -> dict[int, Unpublished]:
    """The changes of some plans by their keys: one query, and those that building a document
    takes for each plan that has been changed since it was counted."""
    keys = _keys([plan.pk for plan in plans])
    kept = cache.get_many(keys.values())
    found, new = {}, {}
    for plan in plans:
        key = keys[plan.pk]
        if key not in kept:
            kept[key] = new[key] = _counted(plan)
        found[plan.pk] = kept[key]
    if new:
        cache.set_many(new, KEPT)
    return found


def _counted(plan: Plan) -> Unpublished:
    live = gather(plan)
    publication = newest_publication(plan)
    if publication is None:
        return Unpublished(ready=bool(live.process_plan.milestones))
    public = document_read(publication)
    next_one = process_plan_to_publish(plan, now=live, public=public)
    later = dataclasses.replace(live, head=next_one.head)
    now = changes(public, next_one)
    return Unpublished(
        public=publication.version.uid,
        now=now,
        later=changes(next_one, later),
        ready=bool(now and next_one.process_plan.milestones),
    )


def changes(before: PlanDocument, after: PlanDocument, known: Comparison | None = None) -> int:
    """As many as a comparison lists; one where they differ in details that it does not set side
    by side."""
    things = (known or compare(before, after)).things
    return len(things) or int(before != after)


# --- the stamps ------------------------------------------------------------------------------


def _newest(rows: QuerySet[Any], name: str = "history_id") -> Subquery:
    """The newest entry, as one value of its plan."""
    return Subquery(rows.order_by(f"-{name}").values(name)[:1])


def _keys(plans: list[int]) -> dict[int, str]:
    """The place in the cache of each plan's count: it changes with all that the count depends on.
    Bodies and meetings are asked for as a whole, since many plans share them."""
    this, replaced = OuterRef("pk"), Plan.replaces.through.objects
    rows = Plan.objects.filter(pk__in=plans).values_list(
        "pk",
        "uid",
        _newest(Plan.history.filter(id=this)),
        _newest(Plan.history.filter(
            id__in=replaced.filter(from_plan=OuterRef(OuterRef("pk"))).values("to_plan")
        )),
        _newest(Cycle.history.filter(plan=this)),
        _newest(Phase.history.filter(cycle__plan=this)),
        _newest(Milestone.history.filter(cycle__plan=this)),
        _newest(DateChange.history.filter(milestone__cycle__plan=this)),
        _newest(Section.history.filter(plan=this)),
        _newest(FocusArea.history.filter(plan=this)),
        _newest(Publication.history.filter(plan=this)),
        _newest(Redaction.objects.filter(plan=this), "pk"),
        _newest(Meeting.history.all()),
        _newest(Body.history.all()),
        rounds().stamp("pk"),
    )  # fmt: skip
    return {
        row[0]: f"unpublished:{digest([settings.CODE_REVISION, today(), *row])}" for row in rows
    }
