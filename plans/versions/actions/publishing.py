"""Making a frozen version visible from the versions' room, now or at a time to come."""

from __future__ import annotations

import dataclasses
import datetime as dt

from django.db import transaction
from django.db.models import F, Max, Q

from kommuneplan import clock
from kommuneplan.core.models import User
from kommuneplan.core.privacy import hidden
from kommuneplan.fingerprint import digest
from kommuneplan.locking import Outdated
from plans.document import plan_document as doc
from plans.document.building import gather
from plans.document.parts import parts, with_process_plan
from plans.document.told_dates import document_as_told
from plans.enums import Audience, CycleKind, CycleState, Stage
from plans.models import Plan, PlanVersion, Publication
from plans.public.searched import PLANS
from plans.public_search.indexing import refresh

from .freezing import freeze, with_carried_parts

WITHDRAWN = "plans.publication"
"""What the ledger calls a publication that is withdrawn."""


class AlreadyCurrent(Exception):
    """It is what the audience reads already."""


@transaction.atomic
def publish_version(
    *,
    version: PlanVersion,
    audience: str = Audience.PUBLIC,
    visible_from: dt.datetime | None = None,
    reason: str = "",
    seen: int,
    by: User | None,
) -> Publication:
    """Publish a version that a person has looked at.

    ``seen`` is how many publications the plan had then: Outdated when there is another, so that
    a double click publishes once. AlreadyCurrent when it is the newest already, LaterScheduled
    when a later one waits for its time.
    """
    plan = Plan.objects.select_for_update().get(pk=version.plan_id)
    newest = plan.publications.filter(
        audience=audience, superseded_at__isnull=True, withdrawn_at__isnull=True
    ).first()
    if newest and newest.version_id == version.pk:
        raise AlreadyCurrent
    if plan.publications.count() != seen:
        raise Outdated
    return publish(
        version=version,
        by=by,
        audience=Audience(audience),
        visible_from=visible_from,
        reason=reason.strip(),
    )


@transaction.atomic
def withdraw_publication(*, publication: Publication, because: str, by: User | None) -> Publication:
    """Take a publication back, once; the one before it is the newest again."""
    Plan.objects.select_for_update().get(pk=publication.plan_id)
    row = Publication.objects.get(pk=publication.pk)
    if row.withdrawn_at is not None:
        raise Outdated
    row._history_user = by
    return withdraw(publication=row, by=by, because=because.strip())


class LaterScheduled(ValueError):
    """A later publication waits for its time; withdraw it before publishing something else."""


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
    address. A version that everybody is to read for the first time gets the next public number,
    and keeps it. Raises LaterScheduled when a later publication is scheduled already.
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
    if audience == Audience.PUBLIC:
        _give_number(version, plan)
    publication = Publication.objects.create(
        plan=plan,
        version=version,
        audience=audience,
        visible_from=visible_from,
        reason=reason,
        published_by=by,
    )
    refresh(PLANS, [version.pk])
    return publication


def _give_number(version: PlanVersion, plan: Plan) -> None:
    """The next number of the public's series, unless the version has one. The plan is locked."""
    version.refresh_from_db(fields=["public_number"])
    if version.public_number is not None:
        return
    version.public_number = next_number(plan)
    PlanVersion.objects.filter(pk=version.pk).update(public_number=version.public_number)


def next_number(plan: Plan) -> int:
    """What the next version that everybody is to read will be called; no number comes twice."""
    last = plan.versions.aggregate(last=Max("public_number"))["last"] or 0
    former = plan.publications.aggregate(last=Max("former_number"))["last"] or 0
    return max(last, former) + 1


def _take_number_back(publication: Publication) -> None:
    """Of a version that was scheduled, and never opened to everybody. The plan is locked."""
    opened = Publication.objects.filter(
        Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gt=F("visible_from")),
        version=publication.version_id,
        audience=Audience.PUBLIC,
    )
    if publication.audience == Audience.PUBLIC and not opened.exists():
        PlanVersion.objects.filter(pk=publication.version_id).update(public_number=None)


@transaction.atomic
def withdraw(
    *, publication: Publication, by: User | None, because: str, at: dt.datetime | None = None
) -> Publication:
    """Take a publication back. If it was the newest, the one before it is the newest again. What
    never opened to everybody has no public number any more."""
    Plan.objects.select_for_update().get(pk=publication.plan_id)
    publication.refresh_from_db()
    was_newest = publication.superseded_at is None and publication.withdrawn_at is None
    publication.withdrawn_at = at or clock.now()
    publication.withdrawn_because = because
    publication.save()
    hidden.note(WITHDRAWN, publication.uid)
    _take_number_back(publication)
    refresh(PLANS, [publication.version_id], takes_words=True)
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


class NothingToPublish(Exception):
    """No milestone is marked public, or nothing has changed since the last publication."""


def seen_as(document: doc.PlanDocument) -> str:
    """The fingerprint of what a user was shown before confirming."""
    return digest(doc.to_json(document))


@transaction.atomic
def publish_process_plan(*, plan: Plan, reason: str, seen: str, by: User | None) -> Publication:
    """Freeze the process plan as it is and let everybody read it at once.

    ``seen`` is the fingerprint of what the user confirmed: Outdated when the plan has moved on.
    NothingToPublish when nothing is public or nothing has changed. A repeated confirmation
    (double click) meets the second. The text of the plan is carried over unchanged.
    """
    plan = Plan.objects.select_for_update().get(pk=plan.pk)
    document, previous = process_plan_to_publish(plan), newest_public(plan)
    if not says_something(document):
        raise NothingToPublish
    if previous and not has_news(document, previous):
        raise NothingToPublish
    if seen != seen_as(document):
        raise Outdated
    version = freeze(
        plan=plan, stage=Stage.PROCESS_PLAN, by=by, parts=with_process_plan(), document=document
    )
    return publish(version=version, by=by, reason=reason.strip())


@transaction.atomic
def publish_draft(*, plan: Plan, reason: str, seen: str, by: User | None) -> Publication:
    """Freeze all of a plan that is being worked on, and let everybody read it at once: text, focus
    areas and process plan, without waiting for the next step of the bodies.

    ``seen`` as in ``publish_process_plan``. NothingToPublish when nobody works on the plan, for
    the text in force is changed by the bodies alone, and when everybody reads it so already.
    """
    plan = Plan.objects.select_for_update().get(pk=plan.pk)
    document = gather(plan)
    if plan.open_cycle is None or document == newest_public(plan):
        raise NothingToPublish
    if seen != seen_as(document):
        raise Outdated
    version = freeze(plan=plan, stage=Stage.DRAFT, by=by, gathered=document)
    return publish(version=version, by=by, reason=reason.strip())


def process_plan_to_publish(
    plan: Plan, *, now: doc.PlanDocument | None = None, public: doc.PlanDocument | None = None
) -> doc.PlanDocument:
    """What everybody reads when the process plan is published now: the process plan as it is, and
    the text as it was *published* last. A text that only the bodies have before them stays there.

    The state, and what is proposed and still open, follow the text that is shown, while a plan in
    force is being revised and until the adopted text is published.
    ``now`` and ``public``: the plan as it is, and as it was published last, where the caller has
    looked already.
    """
    now, public = now or gather(plan), public or newest_public(plan)
    document = with_carried_parts(now, public, with_process_plan())
    cycle = plan.open_cycle
    is_revised = cycle is not None and cycle.kind == CycleKind.REVISION
    if public and (is_revised or now.head.state == CycleState.ADOPTED):
        told = ("state", "proposal", "still_open", "decided_by")
        head = dataclasses.replace(
            document.head, **{name: getattr(public.head, name) for name in told}
        )
        document = dataclasses.replace(document, head=head)
    return document


def newest_publication(plan: Plan) -> Publication | None:
    """What the public reads now, or will when a scheduled publication opens."""
    rows = plan.publications.filter(audience=Audience.PUBLIC, withdrawn_at__isnull=True)
    return rows.select_related("version").newest_first().first()


def newest_public(plan: Plan) -> doc.PlanDocument | None:
    """The document of the newest publication, as everybody reads it."""
    newest = newest_publication(plan)
    return document_read(newest) if newest else None


def document_read(publication: Publication) -> doc.PlanDocument:
    """What is read of a publication now: its consultations have the dates that their rounds have
    told, which nobody has to publish any more."""
    return document_as_told(publication.version)


def has_news(document: doc.PlanDocument, previous: doc.PlanDocument) -> bool:
    """Does the head, the process plan or what is published with it say anything else than
    before?"""
    return document.head != previous.head or any(
        document.value(one) != previous.value(one)
        for one in parts()
        if one.key in with_process_plan()
    )


def says_something(document: doc.PlanDocument) -> bool:
    """Is anything of the process plan, or of what is published with it, public?"""
    told = (one for one in parts() if one.follows_up)
    return bool(document.process_plan.milestones) or any(document.value(one) for one in told)
