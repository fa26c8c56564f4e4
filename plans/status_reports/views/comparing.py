"""Two reports of a plan side by side, part by part, word by word."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kommuneplan.access import signed_in
from kommuneplan.richtext.blocks import Block
from plans.access import plan_to_edit
from plans.enums import ReportPart
from plans.models import StatusReport
from plans.permissions import WRITE_REPORT
from plans.text.side_by_side import Pair, compared

from ..actions.sending import frozen_of
from ..frozen import FrozenSection


@dataclass(frozen=True, slots=True)
class _Side:
    """A section as the comparison reads it."""

    section: FrozenSection

    def anchored_blocks(self) -> list[Block]:
        return [Block(anchor, html) for anchor, html in self.section.blocks]


@signed_in
@require_safe
def compare(request: HttpRequest, slug: str) -> HttpResponse:
    """Which two, and what differs; the two newest where none are named."""
    plan = plan_to_edit(request, slug, WRITE_REPORT)
    rows = list(plan.status_reports.filter(begun_at__isnull=False).order_by("-number", "-edition"))
    before, after = _chosen(request, rows)
    context = {
        "plan": plan,
        "here": _("Two reports side by side"),
        "reports": rows,
        "before": before,
        "after": after,
        "parts": _parts(before, after) if before and after else [],
    }
    return render(request, "plans/status_reports/compare.html", context)


def _chosen(
    request: HttpRequest, rows: list[StatusReport]
) -> tuple[StatusReport | None, StatusReport | None]:
    known = {str(one.uid): one for one in rows}
    newest = rows[0] if rows else None
    older = rows[1] if len(rows) > 1 else None
    return known.get(_uid(request, "fra")) or older, known.get(_uid(request, "til")) or newest


def _uid(request: HttpRequest, name: str) -> str:
    try:
        return str(uuid.UUID(request.GET.get(name, "")))
    except ValueError:
        return ""


def _parts(before: StatusReport, after: StatusReport) -> list[tuple[str, list[Pair]]]:
    first = {one.part: one for one in frozen_of(before).sections}
    second = {one.part: one for one in frozen_of(after).sections}
    empty = FrozenSection("", "", "")
    parts: list[tuple[str, list[Pair]]] = []
    for part in ReportPart:
        one, other = first.get(part, empty), second.get(part, empty)
        side: Any = _Side(one)
        parts.append((other.title or one.title, compared(side, other.html)))
    return parts
