"""The room *Historik*: who changed what, when and why; one thing's own history; an earlier state
looked at and put back; the whole of it as a file."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kommuneplan.access import signed_in
from kommuneplan.documents import xlsx
from kommuneplan.locking import Conflict
from plans.models import Plan
from plans.permissions import EDIT_FOCUS, EDIT_PROCESS_PLAN, EDIT_TEXT
from plans.process.actions.milestones import ReasonNeeded

from . import actions, files
from .forms import HistoryFilter, PutBackForm
from .kinds import TrackedTable
from .listing import everything, listing, writers
from .states import EarlierState, kind_with, state, thing, would_change
from .values import Titles, titles_for

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PERMISSION = {
    "plan": EDIT_PROCESS_PLAN,
    "afsnit": EDIT_TEXT,
    "milepael": EDIT_PROCESS_PLAN,
    "indsatsomraade": EDIT_FOCUS,
}


def plan_to_look_into(request: HttpRequest, slug: str) -> Plan:
    """The plan, for those who may work with it; for everybody else it does not exist (404)."""
    plans = Plan.objects.readable_by(request.user).select_related("body")
    return get_object_or_404(plans, slug=slug)


def _titles(request: HttpRequest) -> Titles:
    return titles_for(request.user, request.arrived_at)


@signed_in
@require_safe
def history(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything that was done to the plan, newest first."""
    plan = plan_to_look_into(request, slug)
    form = HistoryFilter(request.GET, writers=writers(plan))
    shown = listing(plan, form.wanted(), _titles(request), request.GET.get("side", 1))
    context = {"plan": plan, "here": _("History"), "form": form, "listing": shown}
    return render(request, "plans/history/history.html", context)


@signed_in
@require_safe
def of_thing(request: HttpRequest, slug: str, kind: str, uid: str) -> HttpResponse:
    """One thing's own history, with what belongs to it."""
    plan = plan_to_look_into(request, slug)
    found = kind_with(kind)
    pk, title = thing(plan, found, uid, _titles(request))
    form = HistoryFilter(request.GET, writers=writers(plan), of=found)
    wanted = form.wanted((found, pk))
    shown = listing(plan, wanted, _titles(request), request.GET.get("side", 1))
    context = {
        "plan": plan,
        "kind": found,
        "uid": uid,
        "title": title,
        "here": title,
        "form": form,
        "listing": shown,
    }
    return render(request, "plans/history/thing.html", context)


@signed_in
@require_safe
def one_state(request: HttpRequest, slug: str, kind: str, uid: str, number: int) -> HttpResponse:
    """A change with both texts, and the way to put the state back."""
    plan = plan_to_look_into(request, slug)
    found = state(plan, kind_with(kind, states=True), uid, number, _titles(request))
    context = {
        "plan": plan,
        "state": found,
        "here": found.title,
        "may_put_back": _may_put_back(request, found) and not found.is_now,
    }
    return render(request, "plans/history/state.html", context)


def _may_put_back(request: HttpRequest, found: EarlierState) -> bool:
    permission = PERMISSION.get(found.kind.code)
    return bool(permission) and request.user.has_perm(permission, found.plan)


@signed_in
@require_http_methods(["GET", "POST"])
def put_back(request: HttpRequest, slug: str, kind: str, uid: str, number: int) -> HttpResponse:
    """What would be another if the state were put back; a POST does it."""
    plan = plan_to_look_into(request, slug)
    found = state(plan, kind_with(kind, states=True), uid, number, _titles(request))
    if not _may_put_back(request, found):
        raise PermissionDenied
    form = PutBackForm(
        request.POST if request.method == "POST" else None,
        asks=kind == "milepael" and actions.asks_for_reason(found.record, found.live),
        initial={"seen": found.seen},
    )
    if request.method != "POST" or not form.is_valid():
        return _put_back_page(request, found, form, status=422 if form.errors else 200)
    try:
        actions.put_back(plan=plan, record=found.record, by=request.user, **form.cleaned_data)
    except (Conflict, ReasonNeeded):
        fresh = state(plan, found.kind, uid, number, _titles(request))
        form.data = {**request.POST.dict(), "seen": str(fresh.seen)}
        return _put_back_page(request, fresh, form, conflict=True, status=409)
    except actions.CannotReturn:
        messages.warning(
            request,
            _("The work this belonged to has ended, so it cannot be put back. Nothing was done."),
        )
        return redirect("plans:history-thing", slug=slug, kind=kind, uid=uid)
    messages.success(request, _("“%(title)s” stands as it did then.") % {"title": found.title})
    return redirect(_home(plan, found.kind, uid))


def _put_back_page(
    request: HttpRequest,
    found: EarlierState,
    form: PutBackForm,
    *,
    conflict: bool = False,
    status: int,
) -> HttpResponse:
    keeps_date = found.kind.code == "milepael" and actions.date_stays(found.record, found.live)
    fields = [
        one for one in would_change(found) if not (keeps_date and one.name in {"when", "meeting"})
    ]
    context = {
        "plan": found.plan,
        "state": found,
        "here": found.title,
        "form": form,
        "fields": fields,
        "keeps_date": keeps_date,
        "conflict": conflict,
    }
    return render(request, "plans/history/put_back.html", context, status=status)


def _home(plan: Plan, kind: TrackedTable, uid: Any) -> str:
    """Where the thing is worked with."""
    if kind.code == "afsnit":
        return reverse("plans:section", kwargs={"slug": plan.slug, "section": uid})
    if kind.code == "plan":
        return reverse("plans:overview", args=[plan.slug])
    room = "plans:work-plan" if kind.code == "milepael" else "plans:focus"
    return reverse(room, args=[plan.slug])


# --- the whole of it as a file -----------------------------------------------------------------


@signed_in
@require_safe
def as_xlsx(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The history as a spreadsheet, filtered as the page was."""
    plan, acts, head = _wanted(request, slug)
    sheets = files.sheets(head, acts)
    content = xlsx.render_sheets(sheets, title=head.title, created=head.at)
    return _file(HttpResponse(content, content_type=XLSX), plan, "xlsx")


@signed_in
@require_safe
def as_json(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The same for machines."""
    plan, acts, head = _wanted(request, slug)
    content = "".join(files.json_lines(head, acts))
    return _file(HttpResponse(content, content_type="application/json"), plan, "json")


def _wanted(request: HttpRequest, slug: str) -> tuple[Plan, Any, files.HistoryHeader]:
    plan = plan_to_look_into(request, slug)
    form = HistoryFilter(request.GET, writers=writers(plan))
    wanted = form.wanted()
    head = files.HistoryHeader(
        title=plan.title,
        case_number=plan.case_number,
        by=request.user.name,
        at=request.arrived_at,
        filters=form.words,
    )
    return plan, everything(plan, wanted, _titles(request)), head


def _file(response: HttpResponse, plan: Plan, ending: str) -> HttpResponse:
    name = _("History – %(title)s") % {"title": plan.slug}
    response["Content-Disposition"] = content_disposition_header(True, f"{name}.{ending}")
    response["X-Content-Type-Options"] = "nosniff"
    return response
