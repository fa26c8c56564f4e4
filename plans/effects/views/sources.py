"""Where claims come from: documents, cases by number, projects; found by their numbers."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kommuneplan.access import signed_in
from kommuneplan.collation import search_words
from kommuneplan.core.forms import page_status
from kommuneplan.locking import Conflict
from plans.models import Plan

from ..access import plan_of_chain, source_to_edit
from ..actions import chain as acts
from ..forms import SourceForm, sources_of


@signed_in
@require_http_methods(["GET", "POST"])
def sources(request: HttpRequest, slug: str) -> HttpResponse:
    """The sources of a plan, found by number or words; and one more."""
    plan = plan_of_chain(request, slug)
    form = SourceForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        row = acts.add_reference(plan=plan, facts=form.facts, by=request.user)
        messages.success(request, _("“%(title)s” is added.") % {"title": row})
        return redirect("plans:effects-sources", slug=plan.slug)
    return _page(request, plan, form, here=_("Sources"))


@signed_in
@require_http_methods(["GET", "POST"])
def source(request: HttpRequest, slug: str, uid: str) -> HttpResponse:
    """Change a source."""
    plan = plan_of_chain(request, slug)
    row = source_to_edit(plan, uid)
    form = SourceForm(request.POST if request.method == "POST" else None, source=row)
    code = page_status(form)
    if request.method == "POST" and form.is_valid():
        try:
            acts.edit_reference(
                reference=row, seen=form.cleaned_data["seen"], facts=form.facts, by=request.user
            )
        except Conflict as conflict:
            stored: Any = conflict.mine
            form.data = {**request.POST.dict(), "seen": str(stored.version)}
            form.conflict, code = form.differs(stored), 409
        else:
            messages.success(request, _("“%(title)s” is saved.") % {"title": row})
            return redirect("plans:effects-sources", slug=plan.slug)
    context = {"plan": plan, "form": form, "source": row, "here": _("Correct a source")}
    return render(request, "plans/effects/source.html", context, status=code)


def _page(request: HttpRequest, plan: Plan, form: SourceForm, *, here: str) -> HttpResponse:
    asked = request.GET.get("q", "")
    rows = sources_of(plan).annotate(
        uses=Count("nodes", filter=Q(nodes__retired_at__isnull=True), distinct=True)
        + Count("themes", filter=Q(themes__retired_at__isnull=True), distinct=True)
    )
    for word in search_words(asked):
        rows = rows.filter(search_text__contains=word)
    context = {
        "plan": plan,
        "form": form,
        "sources": rows,
        "asked": asked,
        "here": here,
        "retired": plan.effect_references.filter(retired_at__isnull=False),
    }
    return render(request, "plans/effects/sources.html", context, status=page_status(form))
