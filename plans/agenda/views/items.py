"""One item: what it is, what is recommended, what came of it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kommuneplan.access import signed_in
from kommuneplan.clock import today
from kommuneplan.core.forms import page_status
from kommuneplan.locking import Conflict
from plans.models import AgendaItem, Plan
from plans.permissions import EDIT_AGENDA, RECORD

from ..actions import outcomes, writing
from ..doors import item_of, item_to_edit, item_to_write, may_write
from ..forms import ClauseForm, ItemForm, MinutesForm, RecommendationForm
from ..items import plans_of
from ..papers import late_papers, papers_came
from .meetings import plans_for


@signed_in
@require_safe
def item(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The item as its reader may know it."""
    row = item_of(request, uid)
    plans = plans_of([row], request.user)[row.uid]
    context = _about(request, row) | {
        "plans": plans,
        "clauses": writing.clauses_of(row),
        "came": papers_came(row),
        "late": bool(row.meeting and late_papers(row, row.meeting, on=today())),
        "may_write": may_write(request, row, plans),
        "record_in": _recorded_in(request, row, plans),
    }
    return render(request, "plans/agenda/item.html", context)


def _recorded_in(request: HttpRequest, row: AgendaItem, plans: list[Plan]) -> Plan | None:
    """The plan in whose room the outcome of a matter is recorded by this person."""
    if row.treatment is None:
        return None
    return next((plan for plan in plans if request.user.has_perm(RECORD, plan)), None)


def _about(request: HttpRequest, row: AgendaItem) -> dict[str, Any]:
    return {
        "item": row,
        "meeting": row.meeting,
        "body": row.body,
        "outcome": row.outcome_row,
        "may_edit": request.user.has_perm(EDIT_AGENDA, row.meeting),
    }


@signed_in
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What the item is."""
    row = item_to_edit(request, uid)
    plans = plans_for(request)
    if row.plan_id:
        plans = Plan.objects.filter(Q(pk=row.plan_id) | Q(pk__in=plans.values("pk")))
    initial = {"seen": row.version, **writing.facts_of(row)}
    initial["plan"] = row.plan.uid if row.plan else None
    posted = request.POST if request.method == "POST" else None
    form = ItemForm(posted, item=row, plans=plans, initial=initial)
    conflict = False
    if form.is_bound and form.is_valid():
        data = dict(form.cleaned_data)
        seen = data.pop("seen")
        try:
            writing.edit_item(item=row, seen=seen, facts=writing.ItemFacts(**data), by=request.user)
        except Conflict:
            conflict = True
            _seen_now(form, request, uid)
        else:
            messages.success(request, _("The item is saved."))
            return redirect("plans:agenda-item", uid=uid)
    context = _about(request, row) | {"form": form, "conflict": conflict}
    status = page_status(form, conflict=conflict)
    return render(request, "plans/agenda/edit.html", context, status=status)


def _seen_now(form: Any, request: HttpRequest, uid: UUID) -> None:
    """What was typed stays; sent once more it is over what stands there now."""
    form.data = {**form.data.dict(), "seen": str(item_of(request, uid).version)}


@signed_in
@require_http_methods(["GET", "POST"])
def recommendation(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Who recommends what, in numbered clauses."""
    row = item_to_write(request, uid)
    initial = {"seen": row.version, "sender": row.sender, "clauses": writing.as_typed(row)}
    form = RecommendationForm(request.POST if request.method == "POST" else None, initial=initial)
    conflict = False
    if form.is_bound and form.is_valid():
        data = dict(form.cleaned_data)
        seen = data.pop("seen")
        try:
            writing.recommend(item=row, seen=seen, by=request.user, **data)
        except Conflict:
            conflict = True
            _seen_now(form, request, uid)
        else:
            messages.success(request, _("The recommendation is saved."))
            return redirect("plans:agenda-item", uid=uid)
    context = _about(request, row) | {"form": form, "conflict": conflict}
    context["now"] = writing.clauses_of(item_of(request, uid)) if conflict else []
    status = page_status(form, conflict=conflict)
    return render(request, "plans/agenda/recommendation.html", context, status=status)


@signed_in
@require_http_methods(["GET", "POST"])
def minutes(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What the body did with the item, and with single clauses of what was recommended. Of a matter
    only the clauses are told here: what is decided of it is recorded at the matter."""
    row = item_to_edit(request, uid)
    posted = request.POST if request.method == "POST" else None
    form = _minutes_form(posted, row) if row.treatment_id is None else None
    clauses = [ClauseForm(posted, clause=one) for one in writing.clauses_of(row)]
    forms = [one for one in (form, *clauses) if one is not None]
    conflict = False
    if posted is not None and not [one for one in forms if not one.is_valid()]:
        try:
            _record(request, row, form, clauses)
        except Conflict as theirs:
            conflict = True
            form.data = {**posted.dict(), "seen": str(theirs.mine.version)}
        else:
            messages.success(request, _("The outcome is recorded."))
            return redirect("plans:agenda-item", uid=uid)
    bad = next((one for one in forms if one.is_bound and one.errors), None)
    context = _about(request, row) | {"form": form, "clauses": clauses, "conflict": conflict}
    status = 409 if conflict else 422 if bad else 200
    return render(request, "plans/agenda/minutes.html", context, status=status)


def _minutes_form(posted: Any, row: AgendaItem) -> MinutesForm:
    told = row.outcome_row
    initial: dict[str, Any] = {"seen": told.version if told else 0}
    if told is not None:
        initial |= {name: getattr(told, name) for name in outcomes.FACTS}
    elif row.meeting and row.meeting.date <= today():
        initial["decided_on"] = row.meeting.date
    return MinutesForm(posted, correcting=told is not None, initial=initial)


def _record(
    request: HttpRequest, row: AgendaItem, form: MinutesForm | None, clauses: list[ClauseForm]
) -> None:
    said = {
        one.clause.number: (one.cleaned_data["outcome"], one.cleaned_data["wording"])
        for one in clauses
    }
    with transaction.atomic():
        if form is not None:
            data = dict(form.cleaned_data)
            seen, reason = data.pop("seen"), data.pop("reason", "")
            told = outcomes.Minutes(**data)
            outcomes.record(item=row, minutes=told, seen=seen, reason=reason, by=request.user)
        outcomes.record_clauses(item=row, said=said, by=request.user)


@signed_in
@require_POST
def take_off(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take an item that was put there by mistake off the agenda."""
    row = item_to_edit(request, uid)
    meeting = row.meeting
    try:
        writing.take_off(item=row, by=request.user)
    except (writing.HasOutcome, writing.IsTreatment):
        messages.warning(
            request,
            _(
                "What a body has treated, and a matter that is put before it, stays on the agenda. "
                "A matter is put on another meeting in the room of its plan."
            ),
        )
        return redirect("plans:agenda-item", uid=uid)
    messages.success(request, _("“%(title)s” is taken off.") % {"title": row.title})
    return redirect("plans:agenda-meeting", uid=meeting.uid)
