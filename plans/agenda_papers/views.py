"""The room *Sagsfremstilling*: the papers of a plan for agendas."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kommuneplan.access import signed_in
from plans.access import plan_to_edit
from plans.permissions import WRITE_PAPERS


@signed_in
@require_safe
def papers(request: HttpRequest, slug: str) -> HttpResponse:
    """The papers that are being written and those that were handed in."""
    plan = plan_to_edit(request, slug, WRITE_PAPERS)
    rows = plan.agenda_papers.filter(retired_at__isnull=True)
    context = {"plan": plan, "papers": rows, "here": _("Papers for the agenda")}
    return render(request, "plans/agenda_papers/list.html", context)
