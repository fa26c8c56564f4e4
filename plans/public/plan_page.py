"""What the public pages of a plan hold: published documents put together, nothing else.

Everything here comes through ``publications``, or is a publication that could be opened at the
instant asked for. No live plan, no person.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import F

from kommuneplan.clock import local_day
from plans.consultations import rounds
from plans.document.differences import Differences, differences
from plans.document.plan_document import MilestoneLine, PlanDocument, from_json
from plans.enums import MilestoneKind, MilestoneState, PublicState
from plans.models import PlanVersion, Publication
from plans.models.version import LONG
from plans.timeline.drawing import Drawing, draw
from plans.timeline.plan_tree import structure

from . import publications
from .citation import citation
from .standing import PlanStanding, number_in_force, standing_of_plan, standing_of_version
from .treated import treated_of


def plan_page(slug: str, *, at: dt.datetime) -> dict[str, Any] | None:
    """The page of a plan as it is published at an instant; None when it is not."""
    family = publications.family(slug, at=at)
    plan = publications.member(family, slug)
    if plan is None:
        return None
    below = _below(plan, family)
    documents = publications.documents([plan, *below], on=local_day(at))
    document = documents[plan.uid]
    versions = public_versions(slug, at=at)
    successor = None
    if plan.public_state == PublicState.REPLACED:
        successor = publications.successors([slug], at=at).get(slug)
    return {
        "slug": slug,
        "plan": plan,
        "document": document,
        "above": _above(plan, family),
        "drawing": timeline(document, at=at, below=[documents[p.uid] for p in below]),
        "plans_by_uid": {member.uid: member for member in family},
        "structure": structure(
            family,
            plan.uid,
            before=document.head.replaces,
            after=successor.title if successor else "",
        ),
        "successor": successor,
        "rounds": rounds().lines(slug, at=at),
        "standing": standing_of_plan(slug, at=at),
        "treated": treated_of(plan.plan_id) if plan.is_treated else (),
        "decision": decision(document, local_day(at)),
        "versions": versions,
        "this_version": versions[0],
        "changes": _changes(versions, document),
    }


def version_page(slug: str, number: int, *, at: dt.datetime) -> dict[str, Any] | None:
    """One version at its lasting address; None when it cannot be opened at the instant."""
    versions = public_versions(slug, at=at)
    this = next((version for version in versions if version["number"] == number), None)
    if this is None:
        return None
    version = PlanVersion.objects.defer(*LONG).get(pk=this["version_id"])
    standing = standing_of_version(version, at=at)
    if standing is None:
        return None
    document = from_json(_content(this["version_id"]))
    older = versions[versions.index(this) + 1 :]
    return {
        "slug": slug,
        "document": document,
        "standing": standing,
        "is_in_force": _is_in_force(version, standing, at),
        "drawing": timeline(document, at=at),
        "decision": decision(document, local_day(at)),
        "rounds": rounds().lines(slug, at=at),
        "versions": versions,
        "this_version": this,
        "newest": versions[0],
        "is_newest": this is versions[0],
        "changes": _changes([this, *older], document),
        "citation": citation(slug, this, document),
    }


def _is_in_force(version: PlanVersion, standing: PlanStanding, at: dt.datetime) -> bool:
    if standing.state != PublicState.ADOPTED:
        return False
    return number_in_force(version.plan_id, at) == version.public_number


def timeline(
    document: PlanDocument, *, at: dt.datetime, below: list[PlanDocument] | None = None
) -> Drawing:
    """The drawing of a document on the day of an instant."""
    return draw(document, today=local_day(at), below=below or [])


def decision(document: PlanDocument, today: dt.date) -> MilestoneLine | None:
    """The adoption to come next, or else the last one there was; what answers "who decides?"."""
    adoptions = [
        line
        for line in document.process_plan.milestones
        if line.kind == MilestoneKind.ADOPTION
        and line.state != MilestoneState.CANCELLED
        and line.when
    ]
    coming = [
        line
        for line in adoptions
        if line.state == MilestoneState.PLANNED and line.when and not line.when.is_over(today)
    ]
    return next(iter(coming), adoptions[-1] if adoptions else None)


def public_versions(slug: str, *, at: dt.datetime) -> list[dict[str, Any]]:
    """All that the public may open of a plan, the newest first; each version once, as it was
    published last. ``first_visible``: when it was published first."""
    rows = (
        Publication.objects.published(at=at)
        .filter(plan__slug=slug, plan__retired_at__isnull=True)
        .newest_first()
        .values(
            "version_id",
            "visible_from",
            "reason",
            "version__stage",
            "version__title",
            "version__digest",
            "version__frozen_at",
            number=F("version__public_number"),
        )
    )
    found: dict[int, dict[str, Any]] = {}
    for row in rows:
        kept = found.setdefault(row["version_id"], row)
        kept["first_visible"] = row["visible_from"]
    return list(found.values())


def _content(version_id: int) -> str:
    publication = Publication.objects.filter(version_id=version_id, audience="public")
    return publication.values_list("version__content", flat=True)[0]


def _changes(versions: list[dict[str, Any]], document: PlanDocument) -> dict[str, Any] | None:
    """What the first of some publications changed from the one before it, and why."""
    if len(versions) < 2:
        return None
    since: Differences = differences(from_json(_content(versions[1]["version_id"])), document)
    return {"since": versions[1], "what": since, "reason": versions[0]["reason"]}


def _above(
    plan: publications.PublicPlan, family: list[publications.PublicPlan]
) -> list[publications.PublicPlan]:
    """The plans it stands under, the top first, as far up as they are published."""
    by_uid, path, uid = {member.uid: member for member in family}, [], plan.parent_uid
    while uid in by_uid and by_uid[uid] not in path:
        path.append(by_uid[uid])
        uid = by_uid[uid].parent_uid
    return path[::-1]


def _below(
    plan: publications.PublicPlan, family: list[publications.PublicPlan]
) -> list[publications.PublicPlan]:
    """The plans under it at any depth, in the order of the family."""
    inside, found = {plan.uid}, []
    while more := [m for m in family if m.parent_uid in inside and m.uid not in inside]:
        inside |= {member.uid for member in more}
        found += more
    return found
