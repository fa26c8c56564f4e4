"""Making a frozen version visible from the versions' room, now or at a time to come."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from kommuneplan.core.models import User

from ..enums import Audience
from ..models import Plan, PlanVersion, Publication
from .freezing import publish, withdraw
from .planning import Outdated


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
