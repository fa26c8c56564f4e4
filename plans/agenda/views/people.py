"""Who is kept out of an item, and what members of the council are given to see."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kommuneplan.access import signed_in
from kommuneplan.core.forms import page_status
from kommuneplan.core.models import User
from kommuneplan.core.permissions import is_administrator
from kommuneplan.locking import Conflict
from plans.models import InsightRequest, MatterPlan, PlanVersion, Recusal, Treatment
from plans.permissions import ANSWER_INSIGHT, ASK_INSIGHT

from ..actions.insight import answer_insight, ask_insight
from ..actions.recusals import lift_item_recusal, record_item_recusal
from ..doors import item_to_edit
from ..forms import InsightAnswerForm, InsightForm, ItemRecusalForm
from ..items import kept_bodies

OFFERED = 60
"""The newest versions that can be given with a tick."""


@signed_in
@require_http_methods(["GET", "POST"])
def recusals(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The members who are inhabil in an item; record one more, or lift it. Of a matter they are
    recorded at the matter."""
    item = item_to_edit(request, uid)
    if item.treatment is not None:
        return redirect("plans:recusals", uid=item.treatment.matter.uid)
    rows = item.recusals.filter(lifted_at__isnull=True).select_related("user", "recorded_by")
    if "lift" in request.POST:
        row = next((one for one in rows if str(one.pk) == request.POST["lift"]), None)
        if row is None:
            raise Http404("no such recusal")
        lift_item_recusal(recusal=row, by=request.user)
        messages.success(request, _("The recusal is lifted: the member can read the item."))
        return redirect("plans:agenda-recusals", uid=uid)
    form = ItemRecusalForm(request.POST if request.method == "POST" else None, body=item.body)
    if form.is_bound and form.is_valid():
        record_item_recusal(item=item, by=request.user, **form.cleaned_data)
        messages.success(
            request, _("It is recorded. From now on the item does not exist for the member.")
        )
        return redirect("plans:agenda-recusals", uid=uid)
    context = {
        "item": item,
        "body": item.body,
        "meeting": item.meeting,
        "recusals": rows,
        "form": form,
    }
    return render(request, "plans/agenda/recusals.html", context, status=page_status(form))


# --- insight -------------------------------------------------------------------------------------


def requests_for(user: User) -> QuerySet[InsightRequest]:
    """One's own requests, and those one answers."""
    rows = InsightRequest.objects.select_related("body", "asked_by", "answered_by")
    if is_administrator(user):
        return rows
    return rows.filter(Q(asked_by=user) | Q(body__in=kept_bodies(user)))


@signed_in
@require_http_methods(["GET", "POST"])
def insight(request: HttpRequest) -> HttpResponse:
    """What was asked for and answered; a member of the council asks for more."""
    may_ask = request.user.has_perm(ASK_INSIGHT)
    if request.method == "POST" and not may_ask:
        raise PermissionDenied
    form = InsightForm(request.POST if request.method == "POST" else None) if may_ask else None
    if form is not None and form.is_bound and form.is_valid():
        ask_insight(by=request.user, **form.cleaned_data)
        messages.success(request, _("Your request is sent to the secretary of the body."))
        return redirect("plans:insight")
    context = {"form": form, "requests": requests_for(request.user)}
    status = page_status(form) if form is not None else 200
    return render(request, "plans/agenda/insight.html", context, status=status)


@signed_in
@require_http_methods(["GET", "POST"])
def insight_request(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One request: for the asker what was answered, for the secretary the answer to give."""
    row = get_object_or_404(requests_for(request.user), uid=uid)
    may_answer = request.user.has_perm(ANSWER_INSIGHT, row.body)
    if request.method == "POST" and not may_answer:
        raise PermissionDenied
    form = _answer_form(request, row) if may_answer else None
    conflict = False
    if form is not None and form.is_bound and form.is_valid():
        try:
            answer_insight(request=row, by=request.user, **form.cleaned_data)
        except Conflict as theirs:
            conflict = True
            form.data = _with_seen(form.data, theirs.mine.version)
        else:
            messages.success(request, _("The answer is saved; the member reads it."))
            return redirect("plans:insight-request", uid=uid)
    context = {
        "asked": row,
        "versions": row.versions.listed().select_related("plan").order_by("sort_key", "pk"),
        "is_mine": row.asked_by_id == request.user.pk,
        "form": form,
        "conflict": conflict,
    }
    status = page_status(form, conflict=conflict) if form is not None else 200
    return render(request, "plans/agenda/insight_request.html", context, status=status)


def _with_seen(data: Any, version: int) -> Any:
    data = data.copy()
    data["seen"] = str(version)
    return data


def _answer_form(request: HttpRequest, row: InsightRequest) -> InsightAnswerForm:
    initial = {
        "seen": row.version,
        "answer": row.answer,
        "reason": row.reason,
        "given": row.given,
        "versions": list(row.versions.values_list("uid", flat=True)),
    }
    posted = request.POST if request.method == "POST" else None
    return InsightAnswerForm(posted, versions=_to_give(row), initial=initial)


def _to_give(row: InsightRequest) -> QuerySet[PlanVersion]:
    """What was put before the body, the newest first; nothing of a matter in which the asker is
    inhabil."""
    recused = Recusal.objects.filter(user=row.asked_by, lifted_at__isnull=True).values("matter")
    turns = Treatment.objects.filter(body=row.body).exclude(matter__in=recused)
    held = MatterPlan.objects.filter(matter__in=turns.values("matter")).order_by("-pk")
    keys = list(held.values_list("version", flat=True)[:OFFERED])
    rows = PlanVersion.objects.filter(pk__in=keys, plan__retired_at__isnull=True)
    return rows.listed().order_by("sort_key", "-number")
