"""What of a plan everybody would read otherwise if it were published now: how many changes.

Counting builds the plan's document. A list of plans asks one light question instead, the stamp of
each (``plans.document.stamp``), which is among the facts of a plan whose page is loaded. A count
is kept under its stamp, so that only a plan that has been changed since is built again.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.core.cache import cache

from kommuneplan.clock import today
from kommuneplan.fingerprint import digest
from plans.document.building import gather
from plans.document.comparison import Comparison, compare
from plans.document.plan_document import PlanDocument
from plans.document.stamp import stamp_of, stamps
from plans.models import Plan

from .actions.publishing import (
    document_read,
    newest_publication,
    process_plan_to_publish,
    says_something,
)

Stamp = tuple[int | None, ...]
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


def unpublished_of(plan: Plan, stamp: Stamp | None = None) -> Unpublished:
    """The changes of one plan. ``stamp``: where it is known already (``PlanFacts``), nothing is
    asked of a plan that has been counted."""
    return unpublished([plan], None if stamp is None else {plan.pk: stamp})[plan.pk]


def unpublished(
    plans: Collection[Plan], known: Mapping[int, Stamp] | None = None
) -> dict[int, Unpublished]:
    """The changes of some plans by their keys: one query, and those that building a document
    takes for each plan that has been changed since it was counted."""
    known = _stamps(plans) if known is None else known
    keys = {plan.pk: _key(plan, known[plan.pk]) for plan in plans}
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


def _stamps(plans: Collection[Plan]) -> dict[int, Stamp]:
    rows = Plan.objects.filter(pk__in=[plan.pk for plan in plans]).only("pk")
    return {row.pk: stamp_of(row) for row in rows.annotate(**stamps())}


def _counted(plan: Plan) -> Unpublished:
    live = gather(plan)
    publication = newest_publication(plan)
    if publication is None:
        return Unpublished(ready=says_something(live))
    public = document_read(publication)
    next_one = process_plan_to_publish(plan, now=live, public=public)
    later = dataclasses.replace(live, head=next_one.head)
    now = changes(public, next_one)
    return Unpublished(
        public=publication.version.uid,
        now=now,
        later=changes(next_one, later),
        ready=bool(now and says_something(next_one)),
    )


def changes(before: PlanDocument, after: PlanDocument, known: Comparison | None = None) -> int:
    """As many as a comparison lists; one where they differ in details that it does not set side
    by side."""
    things = (known or compare(before, after)).things
    return len(things) or int(before != after)


def _key(plan: Plan, stamp: Stamp) -> str:
    """The place in the cache of a plan's count: it changes with all that the count depends on."""
    return f"unpublished:{digest([settings.CODE_REVISION, today(), plan.uid, stamp])}"
