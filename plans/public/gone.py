"""What was taken back: the page that says so, when and why, at every address that led to it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Exists, F, OuterRef, Q
from django.http import HttpResponse

from kommuneplan.core.models import ReservedSlug
from kommuneplan.core.site.page_cache import page_bytes
from plans.models import Publication

from .publications import published


def gone(slug: str, number: int | None, *, at: dt.datetime) -> HttpResponse | None:
    """410 with the reason, where ``gone_facts`` tells of something."""
    page = gone_facts(slug, number, at=at)
    if page is None:
        return None
    answer = HttpResponse(page_bytes("plans/public/withdrawn.html", page), status=410)
    answer["Cache-Control"] = "no-cache"
    return answer


def gone_facts(slug: str, number: int | None, *, at: dt.datetime) -> dict[str, Any] | None:
    """What was taken back, when and why, where a publication once stood at an address that has or
    had this slug: the one with a number, which it may have had before, or the newest there was
    where the plan has none left. None elsewhere, and of what was taken back before it opened."""
    owner = ReservedSlug.objects.filter(scope="plan", slug=slug).values("owner")[:1]
    rows = Publication.objects.filter(
        plan__uid__in=owner,
        plan__retired_at__isnull=True,
        audience="public",
        visible_from__lte=at,
        withdrawn_at__lte=at,
        withdrawn_at__gt=F("visible_from"),
    ).order_by("-withdrawn_at", "-pk")
    is_published = published(at=at).filter(plan__uid__in=owner).exists()
    if number is not None:
        still = Publication.objects.published(at=at).filter(version=OuterRef("version"))
        has_or_had = Q(version__public_number=number) | Q(former_number=number)
        rows = rows.filter(has_or_had, ~Exists(still))
    elif is_published:
        return None
    row = rows.values(
        "withdrawn_at", "withdrawn_because", "plan__slug", number=F("version__public_number")
    ).first()
    if row is None:
        return None
    page = {**row, "slug": row["plan__slug"], "is_published": is_published}
    page["number"] = number or row["number"]
    return page
