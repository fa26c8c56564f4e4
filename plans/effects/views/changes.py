"""What is done to a row, a theme or a source as a whole: moved, taken out, put back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kommuneplan.access import signed_in
from kommuneplan.core.forms import page_status
from kommuneplan.locking import Conflict
from plans.models import EffectNode, EffectReference, EffectTheme, Plan

from ..access import plan_of_chain, row_to_edit
from ..actions import chain as acts
from ..forms import ReasonToRemoveForm
from ..published import was_published
from .rows import back


def _place(row: Any) -> str:
    return f"led-{row.uid}" if isinstance(row, EffectNode) else f"tema-{row.uid}"


def _home(plan: Plan, row: Any) -> HttpResponse:
    if isinstance(row, EffectReference):
        return redirect("plans:effects-sources", slug=plan.slug)
    return back(plan, _place(row))


@signed_in
@require_POST
def move(request: HttpRequest, slug: str, uid: str) -> HttpResponse:
    """One place up or down (``retning``: ``up`` or ``down``)."""
    plan = plan_of_chain(request, slug)
    row = row_to_edit(plan, uid)
    step = {"up": -1, "down": 1}.get(request.POST.get("retning", ""))
    if step is None or not acts.move(row=row, step=step, by=request.user):
        messages.warning(request, _("“%(title)s” cannot be moved there.") % {"title": row})
    return _home(plan, row)


@signed_in
@require_http_methods(["GET", "POST"])
def remove(request: HttpRequest, slug: str, uid: str) -> HttpResponse:
    """Delete what stands in no version; take the rest out, for a reason."""
    plan = plan_of_chain(request, slug)
    row = row_to_edit(plan, uid)
    needs_reason = was_published(row)
    form = ReasonToRemoveForm(
        request.POST if request.method == "POST" else None,
        initial={"seen": row.version},
        needs_reason=needs_reason,
    )
    status = page_status(form)
    if request.method == "POST" and form.is_valid():
        try:
            deleted = acts.remove(row=row, by=request.user, **form.cleaned_data)
        except Conflict as conflict:
            row, status = conflict.mine, 409
            form.data = {**request.POST.dict(), "seen": str(conflict.mine.version)}
            form.add_error(None, _changed())
        else:
            _tell(request, row, deleted=deleted)
            return redirect(_room_of(row), slug=plan.slug)
    context = {
        "plan": plan,
        "row": row,
        "form": form,
        "needs_reason": needs_reason,
        "with_rows": _with_rows(row),
        "is_source": isinstance(row, EffectReference),
        "here": _("Take it out?") if needs_reason else _("Delete it?"),
    }
    return render(request, "plans/effects/remove.html", context, status=status)


def _room_of(row: Any) -> str:
    return "plans:effects-sources" if isinstance(row, EffectReference) else "plans:effects"


def _with_rows(row: Any) -> int:
    """How many rows go with a theme."""
    if not isinstance(row, EffectTheme):
        return 0
    return row.nodes.filter(retired_at__isnull=True).count()


def _tell(request: HttpRequest, row: Any, *, deleted: bool) -> None:
    told = (
        _("“%(title)s” is deleted.")
        if deleted
        else _("“%(title)s” is taken out. It stands at the bottom of the page and can be put back.")
    )
    messages.success(request, told % {"title": row})


@signed_in
@require_POST
def restore(request: HttpRequest, slug: str, uid: str) -> HttpResponse:
    """Put back what was taken out."""
    plan = plan_of_chain(request, slug)
    row = row_to_edit(plan, uid, also_retired=True)
    acts.restore(row=row, by=request.user)
    messages.success(request, _("“%(title)s” is back.") % {"title": row})
    return _home(plan, row)


def _changed() -> str:
    return _(
        "It has been changed meanwhile, so nothing was done. Look at it below, and confirm again."
    )
