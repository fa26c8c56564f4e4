"""Bodies as everybody knows them: those that have published plans or public meetings."""

from __future__ import annotations

import datetime as dt

from django.db.models import Exists, OuterRef, Q, QuerySet

from kommuneplan.core.models import Body, Meeting, ReservedSlug
from plans.models import Publication

from .publications import published


def plans_of(body: Body, *, at: dt.datetime) -> QuerySet[Publication]:
    """The current publications of a body's plans: by the name that they were published with, or
    where it has had another name since, by the body itself."""
    named = Body.objects.filter(name=OuterRef("version__body_name"))
    renamed = Q(plan__body=body) & ~Exists(named)
    return published(at=at).filter(Q(version__body_name=body.name) | renamed)


def public_meetings(*, since: dt.date, body: Body | None = None) -> QuerySet[Meeting]:
    """The meetings from a day on that are shown to the public, in order, with their bodies."""
    rows = Meeting.objects.filter(is_public=True, date__gte=since)
    if body is not None:
        rows = rows.filter(body=body)
    return rows.select_related("body").order_by("date", "begins_at", "pk")


def known_body(slug: str, *, at: dt.datetime) -> Body | None:
    """A body that everybody knows something of; None when there is none at the address."""
    body = Body.objects.filter(slug=slug).first()
    if body is None:
        return None
    is_known = body.meetings.filter(is_public=True).exists() or plans_of(body, at=at).exists()
    return body if is_known else None


def known_bodies(*, at: dt.datetime) -> QuerySet[Body]:
    """The bodies everybody knows something of, in the order of their names."""
    current = published(at=at)
    renamed = current.exclude(version__body_name__in=Body.objects.values("name"))
    public = Meeting.objects.filter(body=OuterRef("pk"), is_public=True)
    return Body.objects.filter(
        Q(name__in=current.values("version__body_name"))
        | Q(pk__in=renamed.values("plan__body"))
        | Q(Exists(public))
    ).order_by("sort_key", "pk")


def moved_body(slug: str) -> str | None:
    """Where a body that once had this address is now."""
    owner = ReservedSlug.objects.filter(scope="body", slug=slug).values("owner")[:1]
    row = Body.objects.filter(uid__in=owner).exclude(slug=slug).first()
    return row.slug if row else None
