"""The targets of an indicator in a plan: a row a year, one without."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kommuneplan.access import signed_in
from kommuneplan.locking import Conflict, seen_in

from .. import queries
from ..access import use_to_edit
from ..actions import indicators as acts
from ..targets import TargetRows


@signed_in
@require_http_methods(["GET", "POST"])
def targets(request: HttpRequest, slug: str, uid: uuid.UUID) -> HttpResponse:
    """All targets at once; an emptied row is no target any more."""
    plan, use = use_to_edit(request, slug, uid)
    (row,) = queries.with_numbers([use])
    rows, seen, conflict = TargetRows.of(row.series), use.version, False
    if request.method == "POST":
        rows = TargetRows.sent(request.POST, row.series)
        if rows.is_valid:
            try:
                acts.save_targets(
                    use=use,
                    seen=seen_in(request.POST.get("seen", "")),
                    targets=[acts.TargetFacts(*facts) for facts in rows.facts],
                    by=request.user,
                )
            except Conflict as other:
                conflict, seen = True, other.mine.version  # type: ignore[attr-defined]
            else:
                messages.success(request, _("The targets are saved."))
                return redirect("plans:indicator", slug=plan.slug, uid=use.uid)
    context = {
        "plan": plan,
        "use": use,
        "row": row,
        "rows": rows,
        "seen": seen,
        "conflict": conflict,
        "here": _("Targets"),
    }
    code = 409 if conflict else 200 if rows.is_valid else 422
    return render(request, "plans/indicators/targets.html", context, status=code)
