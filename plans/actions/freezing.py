"""Freezing a version and making it visible: two verbs, because frozen is not visible."""

from __future__ import annotations

import dataclasses
import datetime as dt
import secrets
from collections.abc import Callable, Collection

from django.db import transaction
from django.db.models import Max

from kommuneplan import clock
from kommuneplan.collation import fold, sort_key
from kommuneplan.core.models import User
from kommuneplan.richtext import plain
from kommuneplan.timespan.fields import sort_days

from .. import document as doc
from ..enums import Audience, Part, Stage
from ..gather import gather
from ..models import FrozenMilestone, Plan, PlanVersion, Publication, VersionBlock
from .images import hold_images

Witness = Callable[[PlanVersion, doc.PlanDocument], None]
_witnesses: list[Witness] = []


def when_frozen(witness: Witness) -> None:
    """Let an app above be told of each frozen version with its document, in the transaction that
    freezes it. Registered in ``ready()``; twice is as once."""
    if witness not in _witnesses:
        _witnesses.append(witness)


class LaterScheduled(ValueError):
    """A later publication waits for its time; withdraw it before publishing something else."""


@transaction.atomic
def freeze(
    *,
    plan: Plan,
    stage: Stage,
    by: User | None,
    parts: Collection[Part] = tuple(Part),
    note: str = "",
    at: dt.datetime | None = None,
    document: doc.PlanDocument | None = None,
    gathered: doc.PlanDocument | None = None,
) -> PlanVersion:
    """Freeze the named parts of a plan as it is now; the other parts are carried over unchanged
    from the version before. Or freeze a ``document`` that was put together for the occasion.

    ``gathered``: the plan as it is now, where the caller has looked at it already.

    The head always follows the plan. The plan row is locked, so that versions form one chain.
    """
    plan = Plan.objects.select_for_update().get(pk=plan.pk)
    previous = plan.versions.order_by("-number").first()
    if document is None:
        before = doc.from_json(previous.content) if previous else None
        document = with_carried_parts(gathered or gather(plan), before, parts)
    number = previous.number + 1 if previous else 1
    sealed = [
        (anchor, kind, salt := secrets.token_hex(16), doc.block_digest(salt, content))
        for anchor, kind, content in doc.blocks(document)
    ]
    version = PlanVersion(
        plan=plan,
        number=number,
        stage=stage,
        parts=sorted(parts),
        schema=doc.SCHEMA,
        content=doc.to_json(document),
        previous=previous,
        frozen_by=by,
        frozen_at=at or clock.now(),
        note=note,
        **index_columns(document),
    )
    version.digest = doc.version_digest(
        previous.digest if previous else "",
        seal_facts(version),
        [(anchor, digest) for anchor, _kind, _salt, digest in sealed],
    )
    version.save()
    VersionBlock.objects.bulk_create(
        VersionBlock(
            version=version, anchor=anchor, kind=kind, position=place, salt=salt, digest=digest
        )
        for place, (anchor, kind, salt, digest) in enumerate(sealed)
    )
    FrozenMilestone.objects.bulk_create(frozen_milestones(version, document))
    hold_images(version=version, document=document)
    for witness in _witnesses:
        witness(version, document)
    return version


def seal_facts(version: PlanVersion) -> dict[str, object]:
    """What the seal says of a version besides its blocks."""
    return {
        "plan": str(version.plan.uid),
        "number": version.number,
        "stage": str(version.stage),
        "schema": version.schema,
        "frozen_at": version.frozen_at.astimezone(dt.UTC).isoformat(timespec="microseconds"),
    }


def with_carried_parts(
    now: doc.PlanDocument, before: doc.PlanDocument | None, parts: Collection[Part]
) -> doc.PlanDocument:
    """The document of now with the parts that are not named as they were before (empty, where
    there is nothing before)."""
    before = before or doc.PlanDocument(head=now.head)
    return dataclasses.replace(
        now,
        process_plan=now.process_plan if Part.PROCESS_PLAN in parts else before.process_plan,
        text=now.text if Part.TEXT in parts else before.text,
        focus=now.focus if Part.FOCUS in parts else before.focus,
        status=now.status if Part.FOCUS in parts else before.status,
    )


def index_columns(document: doc.PlanDocument) -> dict[str, object]:
    """What lists need to know of a version without opening it."""
    head = document.head
    words = [head.title, head.body, head.proposal, head.case_number]
    words += [line.title for line in document.process_plan.milestones]
    for section in document.text:
        words += [section.title, *(plain(block.html) for block in section.blocks)]
    for area in document.focus:
        words += [area.title, area.theme, area.goals, area.words]
    years = [head.first_year, head.last_year]
    for line in document.process_plan.milestones:
        if line.when:
            years += [day.year for day in (line.when.earliest_begin, line.when.latest_end) if day]
    known = [year for year in years if year]
    return {
        "title": head.title,
        "sort_key": sort_key(head.title),
        "search_text": fold(" ".join(words)),
        "kind": head.kind,
        "body_name": head.body,
        "state": head.state,
        "first_year": min(known, default=None),
        "last_year": max(known, default=None),
    }


def frozen_milestones(version: PlanVersion, document: doc.PlanDocument) -> list[FrozenMilestone]:
    """The milestones of a document as rows, not yet stored."""
    rows = []
    for place, line in enumerate(document.process_plan.milestones):
        row = FrozenMilestone(
            version=version,
            uid=line.uid,
            position=place,
            title=line.title,
            kind=line.kind,
            bodies=", ".join(line.bodies)[:600],
            conditional=line.conditional,
            state=line.state,
        )
        row.when = line.when
        row.written = line.written[:200]
        row.sort_begin, row.sort_end = sort_days(line.when)
        rows.append(row)
    return rows


@transaction.atomic
def publish(
    *,
    version: PlanVersion,
    by: User | None,
    audience: Audience = Audience.PUBLIC,
    visible_from: dt.datetime | None = None,
    reason: str = "",
) -> Publication:
    """Make a frozen version visible, now or from an instant to come.

    The publication before it is superseded at the same instant and stays readable at its own
    address. Raises LaterScheduled when a later publication is scheduled already.
    """
    plan = Plan.objects.select_for_update().get(pk=version.plan_id)
    visible_from = visible_from or clock.now()
    newest = plan.publications.filter(
        audience=audience, superseded_at__isnull=True, withdrawn_at__isnull=True
    ).first()
    if newest:
        if newest.visible_from > visible_from:
            raise LaterScheduled("A later publication is scheduled already")
        newest.superseded_at = visible_from
        newest.save()
    number = None
    if audience == Audience.PUBLIC:
        number = (plan.publications.aggregate(last=Max("number"))["last"] or 0) + 1
    return Publication.objects.create(
        plan=plan,
        version=version,
        audience=audience,
        number=number,
        visible_from=visible_from,
        reason=reason,
        published_by=by,
    )


@transaction.atomic
def withdraw(
    *, publication: Publication, by: User | None, because: str, at: dt.datetime | None = None
) -> Publication:
    """Take a publication back. If it was the newest, the one before it is the newest again."""
    Plan.objects.select_for_update().get(pk=publication.plan_id)
    publication.refresh_from_db()
    was_newest = publication.superseded_at is None and publication.withdrawn_at is None
    publication.withdrawn_at = at or clock.now()
    publication.withdrawn_because = because
    publication.save()
    before = (
        Publication.objects.filter(
            plan=publication.plan_id, audience=publication.audience, withdrawn_at__isnull=True
        )
        .exclude(pk=publication.pk)
        .order_by("-visible_from", "-pk")
        .first()
    )
    if was_newest and before:
        before.superseded_at = None
        before.save()
    return publication
