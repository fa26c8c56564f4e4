"""What is done with a request: registered, corrected, answered, opened again, withdrawn."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kommuneplan import clock
from kommuneplan.access import may, signed_in
from kommuneplan.core.forms import page_status
from kommuneplan.core.models import Meeting
from kommuneplan.locking import Conflict
from plans.agenda.items import item_for, plans_of
from plans.models import AgendaItem, CommitteeRequest, Plan
from plans.permissions import REGISTER_REQUEST, RUN_REQUEST

from .. import actions
from ..forms import RequestAnswerForm, RequestForm, WhyForm, bodies_to_ask
from ..listing import Promise, as_read


def _to_run(request: HttpRequest, uid: str) -> CommitteeRequest:
    """The request, if it exists for the person (404) and they may act on it (403)."""
    rows = as_read(CommitteeRequest.objects.readable_by(request.user))
    row: CommitteeRequest = get_object_or_404(rows, uid=uid)
    if not request.user.has_perm(RUN_REQUEST, row):
        raise PermissionDenied
    return row


def _uid(request: HttpRequest, name: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(request.GET.get(name, ""))
    except ValueError:
        return None


def _named(request: HttpRequest) -> tuple[Meeting | None, AgendaItem | None, Plan | None]:
    """What a new request begins with: the item (``?punkt=``) or the meeting (``?moede=``), and the
    plan (``?plan=``); what the person may not use is left out."""
    user, plan, item = request.user, None, None
    if slug := request.GET.get("plan", "").replace("\x00", ""):
        plan = Plan.objects.readable_by(user).filter(slug=slug).first()
    if under := _uid(request, "punkt"):
        item = item_for(user, under, on=clock.today())
    at = item.meeting.uid if item and item.meeting else _uid(request, "moede")
    meetings = Meeting.objects.filter(uid=at, body__in=bodies_to_ask(user, plan))
    meeting = meetings.select_related("body").first()
    if item is not None and plan is None:
        plan = next(iter(plans_of([item], user)[item.uid]), None)
    return meeting, item if meeting else None, plan


@may(REGISTER_REQUEST)
@require_http_methods(["GET", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    """A new request: one line, when it is due, at which meeting."""
    meeting, item, plan = _named(request)
    data = request.POST if request.method == "POST" else None
    form = RequestForm(data, user=request.user, meeting=meeting, item=item, plan=plan)
    if request.method == "POST" and form.is_valid():
        row = actions.register(facts=form.facts, by=request.user)
        messages.success(request, _("“%(title)s” is written down.") % {"title": row.title})
        if "another" in request.POST:
            return redirect(request.get_full_path())
        if item is not None:
            return redirect("plans:agenda-item", uid=item.uid)
        if plan is not None:
            return redirect("plans:plan-requests", slug=plan.slug)
        return redirect("plans:requests")
    context = {"form": form, "item": item, "plan": plan}
    return render(request, "plans/requests/new.html", context, status=page_status(form))


@signed_in
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, uid: str) -> HttpResponse:
    """Correct what was asked for."""
    row = _to_run(request, uid)
    form = RequestForm(
        request.POST if request.method == "POST" else None, user=request.user, row=row
    )
    done = _("“%(title)s” is saved.")

    def store(seen: int) -> None:
        actions.edit(request=row, seen=seen, facts=form.facts, by=request.user)

    return _act(request, row, form, store, "edit", done)


@signed_in
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, uid: str) -> HttpResponse:
    """Write down what answered it."""
    row = _to_run(request, uid)
    form = RequestAnswerForm(
        request.POST if request.method == "POST" else None, row=row, user=request.user
    )
    done = _("“%(title)s” is answered.")

    def store(seen: int) -> None:
        actions.answer(request=row, seen=seen, facts=form.facts, by=request.user)

    return _act(request, row, form, store, "answer", done)


@signed_in
@require_http_methods(["GET", "POST"])
def reopen(request: HttpRequest, uid: str) -> HttpResponse:
    """Open it again, for a reason."""
    done = _("“%(title)s” is open again.")
    return _for_a_reason(request, _to_run(request, uid), actions.reopen, "reopen", done)


@signed_in
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, uid: str) -> HttpResponse:
    """The body does not ask for it any more, for a reason."""
    done = _("“%(title)s” is withdrawn.")
    return _for_a_reason(request, _to_run(request, uid), actions.withdraw, "withdraw", done)


def _for_a_reason(
    request: HttpRequest, row: CommitteeRequest, act: Any, what: str, done: str
) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    form = WhyForm(data, initial={"seen": row.version})

    def store(seen: int) -> None:
        act(request=row, seen=seen, reason=form.cleaned_data["reason"], by=request.user)

    return _act(request, row, form, store, what, done)


_POSSIBLE = {"answer": True, "withdraw": True, "reopen": False}
"""Which acts are for what is open (True), which for what is not."""


def _act(
    request: HttpRequest,
    row: CommitteeRequest,
    form: Any,
    store: Callable[[int], None],
    what: str,
    done: str,
) -> HttpResponse:
    """Show the form of an act, or do it: 422 where it cannot be done, 409 beside what somebody
    else has saved meanwhile. What can no longer be done leads back to the request."""
    state = row.state_on(clock.today())
    if _POSSIBLE.get(what, state.is_open) != state.is_open:
        return _moved_on(request, row)
    conflict = None
    if request.method == "POST" and form.is_valid():
        try:
            store(form.cleaned_data["seen"])
        except Conflict as other:
            form.data = {**request.POST.dict(), "seen": str(other.mine.version)}
            conflict = as_read(CommitteeRequest.objects.filter(pk=row.pk)).get()
        except (actions.NotWaiting, actions.StillWaiting):
            return _moved_on(request, row)
        else:
            messages.success(request, done % {"title": row.title})
            return redirect("plans:request", uid=row.uid)
    context = {
        "form": form,
        "promise": Promise(conflict or row, (conflict or row).state_on(clock.today())),
        "what": what,
        "conflict": conflict,
    }
    code = page_status(form, conflict=conflict is not None)
    return render(request, f"plans/requests/{_TEMPLATES[what]}.html", context, status=code)


_TEMPLATES = {"edit": "edit", "answer": "answer", "reopen": "why", "withdraw": "why"}


def _moved_on(request: HttpRequest, row: CommitteeRequest) -> HttpResponse:
    told = _("The request has moved on meanwhile, so nothing was done. Look at it below.")
    messages.warning(request, told)
    return redirect("plans:request", uid=row.uid)
