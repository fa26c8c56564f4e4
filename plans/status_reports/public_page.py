"""What everybody reads of status reports: what was sent and published, from its sealed words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from plans.models import ReportRecipient, StatusReport
from plans.public.publications import published

from .frozen import FrozenReport, from_json


@dataclass(frozen=True, slots=True)
class SentTo:
    """A recipient that has got it."""

    name: str
    on: dt.date


@dataclass(frozen=True, slots=True)
class PublicReport:
    """A report as everybody reads it: its sealed words, and who has got it by now."""

    frozen: FrozenReport
    digest: str
    sent: tuple[SentTo, ...]
    is_newest: bool

    @property
    def number(self) -> int:
        """The number by which it is found."""
        return self.frozen.number


def public_title(slug: str, *, at: dt.datetime) -> str:
    """The title of a plan that everybody can read; nothing where there is none."""
    rows = published(at=at).filter(plan__slug=slug)
    return rows.values_list("version__title", flat=True).first() or ""


def public_reports(slug: str) -> list[PublicReport]:
    """The reports of a plan that everybody may read, of each the newest edition first."""
    rows = StatusReport.objects.public().filter(plan__slug=slug, plan__retired_at__isnull=True)
    found = rows.order_by("-number", "-edition").values_list("pk", "content", "digest")
    kept = [(pk, from_json(content), digest) for pk, content, digest in found]
    sent = _sent([pk for pk, _frozen, _digest in kept])
    seen: set[int] = set()
    reports = []
    for pk, frozen, digest in kept:
        reports.append(
            PublicReport(frozen, digest, tuple(sent.get(pk, ())), frozen.number not in seen)
        )
        seen.add(frozen.number)
    return reports


def _sent(keys: Iterable[int]) -> dict[int, list[SentTo]]:
    keys = list(keys)
    found: dict[int, list[SentTo]] = {}
    if not keys:
        return found
    rows = ReportRecipient.objects.filter(report__in=keys, sent_on__isnull=False)
    for one in rows.select_related("body"):
        assert one.sent_on is not None
        found.setdefault(one.report_id, []).append(SentTo(one.called, one.sent_on))
    return found


def report_page(
    slug: str, number: int, edition: int | None, *, at: dt.datetime
) -> dict[str, Any] | None:
    """What the page of a report shows; None where there is none that everybody may read."""
    title = public_title(slug, at=at)
    if not title:
        return None
    editions = [one for one in public_reports(slug) if one.number == number]
    wanted = [one for one in editions if edition in (None, one.frozen.edition)]
    if not wanted:
        return None
    shown = wanted[0]
    return {
        "slug": slug,
        "plan_title": title,
        "report": shown,
        "frozen": shown.frozen,
        "others": [one for one in editions if one is not shown],
        "newest": editions[0],
    }


def taken_back(slug: str, number: int, *, at: dt.datetime) -> dict[str, Any] | None:
    """What is said of a report that could be read and was taken back; None of any other."""
    title = public_title(slug, at=at)
    row = (
        StatusReport.objects.filter(
            plan__slug=slug, number=number, withdrawn_at__isnull=False, withdrawn_at__lte=at
        )
        .order_by("-edition")
        .defer("content", "facts")
        .first()
    )
    if not title or row is None:
        return None
    return {"slug": slug, "plan_title": title, "report": row}
