"""Freezing a version and making it visible: two verbs, because frozen is not visible."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Callable, Collection

from django.db import transaction
from django.db.models import Count

from kommuneplan import clock
from kommuneplan.collation import fold, record_numbers, sort_key
from kommuneplan.core.models import User
from kommuneplan.richtext.figures import image_uids
from kommuneplan.timespan.fields import sort_days
from plans.document import plan_document as doc
from plans.document.building import gather
from plans.document.parts import freezable
from plans.document.told_dates import COLUMNS, ToldDate, ToldDates, told_dates
from plans.enums import Stage
from plans.models import (
    FrozenMilestone,
    Plan,
    PlanVersion,
    SectionImage,
    VersionBlock,
    VersionImage,
)

Witness = Callable[[PlanVersion, doc.PlanDocument], None]
_witnesses: list[Witness] = []


def register_witness(witness: Witness) -> None:
    """Let an app above be told of each frozen version with its document, in the transaction that
    freezes it. Registered in ``ready()``; twice is as once."""
    if witness not in _witnesses:
        _witnesses.append(witness)


@transaction.atomic
def freeze(
    *,
    plan: Plan,
    stage: Stage,
    by: User | None,
    parts: Collection[str] | None = None,
    note: str = "",
    at: dt.datetime | None = None,
    document: doc.PlanDocument | None = None,
    gathered: doc.PlanDocument | None = None,
) -> PlanVersion:
    """Freeze the named parts of a plan as it is now, by their keys; the other parts are carried
    over unchanged from the version before. None names every part that is registered. Or freeze a
    ``document`` that was put together for the occasion.

    ``gathered``: the plan as it is now, where the caller has looked at it already.

    The head always follows the plan. The plan row is locked, so that versions form one chain.
    """
    plan = Plan.objects.select_for_update().get(pk=plan.pk)
    previous = plan.versions.order_by("-number").first()
    parts = freezable() if parts is None else parts
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
        version.seal_facts,
        [(anchor, digest) for anchor, _kind, _salt, digest in sealed],
    )
    version.save()
    VersionBlock.objects.bulk_create(
        VersionBlock(
            version=version, anchor=anchor, kind=kind, position=place, salt=salt, digest=digest
        )
        for place, (anchor, kind, salt, digest) in enumerate(sealed)
    )
    FrozenMilestone.objects.bulk_create(frozen_milestones(version, document, told_dates([plan.pk])))
    hold_images(version=version, document=document)
    for witness in _witnesses:
        witness(version, document)
    return version


def with_carried_parts(
    now: doc.PlanDocument, before: doc.PlanDocument | None, parts: Collection[str]
) -> doc.PlanDocument:
    """The document of now with the parts that are not named as they were before (empty, where
    there is nothing before)."""
    before = before or doc.PlanDocument(head=now.head)
    carried = [one for one, _value in now.each() if (one.frozen_with or one.key) not in parts]
    return now.with_values({one.key: before.value(one) for one in carried})


def found_by(document: doc.PlanDocument) -> str:
    """What a search looks in: all words, and the numbers of the head in their one spelling."""
    words = fold(" ".join(block.search_words for block in document.words()))
    numbers = record_numbers(fold(f"{document.head.case_number} {document.head.document_number}"))
    return " ".join([words, *dict.fromkeys(numbers)])


def index_columns(document: doc.PlanDocument) -> dict[str, object]:
    """What lists need to know of a version without opening it."""
    head = document.head
    years = [head.first_year, head.last_year]
    for line in document.process_plan.milestones:
        if line.when:
            years += [day.year for day in (line.when.earliest_begin, line.when.latest_end) if day]
    known = [year for year in years if year]
    return {
        "title": head.title,
        "sort_key": sort_key(head.title),
        "search_text": found_by(document),
        "kind": head.kind,
        "body_name": head.body,
        "state": head.state,
        "first_year": min(known, default=None),
        "last_year": max(known, default=None),
    }


def frozen_milestones(
    version: PlanVersion, document: doc.PlanDocument, told: ToldDates
) -> list[FrozenMilestone]:
    """The milestones of a document as rows, not yet stored; consultations with the dates that are
    ``told`` now, as they are in every list, and those that are told by themselves."""
    rows, lines = [], list(document.process_plan.milestones)
    known = {line.uid for line in lines}
    lines += [one.line for uid, one in told.items() if uid not in known and one.by_itself]
    for place, line in enumerate(lines):
        row = FrozenMilestone(
            version=version,
            uid=line.uid,
            position=place,
            title=line.title,
            kind=line.kind,
            bodies=", ".join(line.bodies)[:600],
            conditional=line.conditional,
            state=line.state,
            begins_at=line.begins_at[:5],
            place=line.place[:200],
        )
        row.when = line.when
        row.written = line.written[:200]
        row.sort_begin, row.sort_end = sort_days(line.when)
        if line.uid in told:
            told[line.uid].write_to(row)
        rows.append(row)
    return rows


def tell_lists(plan: int, uid: str) -> None:
    """Let the rows of all a plan's versions, which lists are made from, say what is told of a
    consultation; where it is told by itself, also those of versions that know nothing of it."""
    told = told_dates([plan])[uid]
    columns = {name: getattr(told.milestone, name) for name in COLUMNS}
    FrozenMilestone.objects.filter(version__plan=plan, uid=uid).update(**columns)
    if not told.by_itself:
        return
    without = PlanVersion.objects.filter(plan=plan).exclude(milestones__uid=uid)
    places = without.annotate(place=Count("milestones")).values_list("pk", "place")
    FrozenMilestone.objects.bulk_create(
        _told_row(FrozenMilestone(version_id=pk, position=place), told) for pk, place in places
    )


def _told_row(row: FrozenMilestone, told: ToldDate) -> FrozenMilestone:
    row.uid, row.title, row.kind = told.milestone.uid, told.line.title, told.line.kind
    told.write_to(row)
    return row


def hold_images(*, version: PlanVersion, document: doc.PlanDocument) -> None:
    """Write down which of the plan's images a version holds, as part of freezing it."""
    uids = dict.fromkeys(uid for _anchor, html in document.html() for uid in image_uids(html))
    if not uids:
        return
    held = SectionImage.objects.filter(plan=version.plan_id, uid__in=list(uids))
    VersionImage.objects.bulk_create(VersionImage(version=version, image=image) for image in held)
