"""The desk: my plans and the imports I have begun."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kommuneplan.access import signed_in

from .. import yearly
from ..enums import DraftState
from ..models import ImportDraft, Plan
from ..permissions import CREATE_PLAN, IMPORT
from .plan_doors import plan_to_edit  # noqa: F401  (rooms being built look for it here)


@signed_in
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """My plans, the imports I have begun, and the way to begin one."""
    plans = Plan.objects.readable_by(request.user).filter(retired_at__isnull=True)
    drafts = ImportDraft.objects.readable_by(request.user).filter(state=DraftState.OPEN)
    context = {
        "plans": plans.select_related("body"),
        "drafts": drafts.select_related("plan", "file"),
        "may_import": request.user.has_perm(IMPORT),
        "may_create": request.user.has_perm(CREATE_PLAN),
        "dues": yearly.coming_dues(plans),
    }
    return render(request, "plans/work/desk.html", context)
