"""The meetings of a body: the year, one meeting with its items, an item added in one line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kommuneplan.access import signed_in
from kommuneplan.clock import today
from kommuneplan.core.forms import page_status
from kommuneplan.core.models import Body, Meeting
from plans.models import AgendaItem, Plan
from plans.permissions import ASK_INSIGHT, EDIT_AGENDA, KEEP_MEETINGS

from ..actions import writing
from ..doors import item_to_edit, meeting_of, meeting_to_edit
from ..forms import NewItemForm, ProtocolForm
from ..items import bodies_with_meetings, items_at, plans_of
from ..papers import late_papers


@dataclass(frozen=True, slots=True)
class ItemLine:
    """An item on a page: the plans it is about that the reader works with, and whether its papers
    are late."""

    item: AgendaItem
    plans: list[Plan]
    papers_late: bool


@signed_in
@require_safe
def bodies(request: HttpRequest) -> HttpResponse:
    """The bodies whose meetings one may look at, each with its next meeting."""
    found = bodies_with_meetings(request.user)
    rows = Meeting.objects.filter(body__in=found, date__gte=today(), cancelled=False)
    coming: dict[int, Meeting] = {}
    for row in rows.order_by("date", "begins_at", "pk"):
        coming.setdefault(row.body_id, row)
    context = {
        "bodies": [(body, coming.get(body.pk)) for body in found],
        "may_ask": request.user.has_perm(ASK_INSIGHT),
    }
    return render(request, "plans/agenda/bodies.html", context)


@signed_in
@require_safe
def year(request: HttpRequest, slug: str) -> HttpResponse:
    """A body's meetings of a year, each with its items in order."""
    body = _body(request, slug)
    asked = request.GET.get("aar", "")
    chosen = int(asked) if asked.isdecimal() and len(asked) == 4 else today().year
    held = Meeting.objects.filter(body=body)
    years = sorted({day.year for day in held.dates("date", "year")} | {chosen})
    rows = list(held.filter(date__year=chosen).select_related("body", "agenda").order_by("date"))
    for row in rows:
        row.body = body
    items = items_at(rows, request.user, on=today())
    context = {
        "body": body,
        "year": chosen,
        "years": years,
        "meetings": [
            (row, [(item, late_papers(item, row, on=today())) for item in items[row.pk]])
            for row in rows
        ],
        "may_edit": request.user.has_perm(KEEP_MEETINGS, body),
        "today": today(),
    }
    return render(request, "plans/agenda/year.html", context)


def _body(request: HttpRequest, slug: str) -> Body:
    for body in bodies_with_meetings(request.user):
        if body.slug == slug:
            return body
    raise Http404("no such body")


@signed_in
@require_safe
def meeting(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One meeting with its items, and for whoever makes its agenda, a line for another."""
    row = meeting_of(request, uid)
    return render(request, "plans/agenda/meeting.html", _context(request, row))


def _context(
    request: HttpRequest, row: Meeting, form: NewItemForm | None = None, **more: Any
) -> dict[str, Any]:
    items = items_at([row], request.user, on=today())[row.pk]
    plans = plans_of(items, request.user)
    may_edit = request.user.has_perm(EDIT_AGENDA, row)
    agenda = getattr(row, "agenda", None)
    lines = [ItemLine(one, plans[one.uid], late_papers(one, row, on=today())) for one in items]
    if may_edit:
        more.setdefault("protocol_form", ProtocolForm(initial={"protocol": _protocol(agenda)}))
    return {
        "meeting": row,
        "body": row.body,
        "agenda": agenda,
        "lines": lines,
        "late": sum(line.papers_late for line in lines),
        "may_edit": may_edit,
        "form": (form or NewItemForm(plans=plans_for(request))) if may_edit else None,
        "today": today(),
        **more,
    }


def _protocol(agenda: Any) -> str:
    return agenda.protocol if agenda else ""


def plans_for(request: HttpRequest) -> QuerySet[Plan]:
    """The plans an item can be about: those the person works with."""
    mine = Plan.objects.readable_by(request.user).filter(retired_at__isnull=True)
    return mine.order_by("sort_key", "pk")


@signed_in
@require_POST
def add(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Put an item on the meeting."""
    row = meeting_to_edit(request, uid)
    form = NewItemForm(request.POST, plans=plans_for(request))
    if not form.is_valid():
        context = _context(request, row, form)
        return render(request, "plans/agenda/meeting.html", context, status=page_status(form))
    item = writing.add_item(
        meeting=row, facts=writing.ItemFacts(**form.cleaned_data), by=request.user
    )
    messages.success(request, _("“%(title)s” is on the agenda.") % {"title": item.title})
    return redirect(f"{_address(row)}#nyt-punkt")


def _address(row: Meeting) -> str:
    return reverse("plans:agenda-meeting", args=[row.uid])


@signed_in
@require_POST
def move(request: HttpRequest, uid: UUID) -> HttpResponse:
    """An item one place up or down."""
    item = item_to_edit(request, uid)
    writing.move_item(item=item, up=request.POST.get("vej") == "op", by=request.user)
    if item.meeting is None:
        raise Http404("no meeting")
    return redirect(f"{_address(item.meeting)}#punkt-{item.uid}")


@signed_in
@require_POST
def send(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The agenda is sent out, or that is taken back."""
    row = meeting_to_edit(request, uid)
    if "tilbage" in request.POST:
        writing.take_back(meeting=row, by=request.user)
        messages.success(request, _("The agenda is no longer sent out."))
    else:
        writing.send_out(meeting=row, by=request.user)
        messages.success(
            request, _("The agenda is sent out: the members read it, and everybody what is open.")
        )
    return redirect("plans:agenda-meeting", uid=uid)


@signed_in
@require_POST
def protocol(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Where the protocol of the meeting lies."""
    row = meeting_to_edit(request, uid)
    form = ProtocolForm(request.POST)
    if not form.is_valid():
        context = _context(request, row, protocol_form=form)
        return render(request, "plans/agenda/meeting.html", context, status=page_status(form))
    writing.link_protocol(meeting=row, address=form.cleaned_data["protocol"], by=request.user)
    messages.success(request, _("The link to the protocol is saved."))
    return redirect("plans:agenda-meeting", uid=uid)
