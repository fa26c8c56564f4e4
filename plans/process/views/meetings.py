"""Meetings that are moved: the meeting itself, for every plan it stands in, or one milestone."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kommuneplan.access import signed_in
from kommuneplan.core.models import Body, Meeting
from kommuneplan.core.site.context import municipality_of
from kommuneplan.locking import Conflict
from plans.document.date_words import shown_date
from plans.document.plan_document import MilestoneLine
from plans.models import FrozenMilestone, Milestone, Plan
from plans.permissions import MOVE_MEETING, PUBLISH_PROCESS_PLAN

from ..actions import meetings, milestones
from ..findings import PlanFindings, findings_for
from ..forms.meetings import MoveMeetingForm, OtherMeetingForm
from ..phrases import reason_needed
from ..preview import MovePreview, preview_of_another, preview_of_meeting
from ..published import last_published, last_published_of, published_uids
from .milestones import milestone_to_edit

# --- the meeting itself ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class MeetingMilestone:
    """A milestone that is the meeting; ``read``: the other day that the public still reads;
    ``found``: what the checks say of its plan, where it is more than advice."""

    milestone: Milestone
    plan: Plan
    published: bool
    read: str
    may_publish: bool
    found: PlanFindings | None


def meeting_to_move(request: HttpRequest, uid: str) -> Meeting:
    """The meeting, if the person may move it (403) or even know of it (404)."""
    meeting = get_object_or_404(Meeting.objects.select_related("body"), uid=uid)
    if request.user.has_perm(MOVE_MEETING, meeting):
        return meeting
    readable = Plan.objects.readable_by(request.user)
    mine = Q(cycles__milestones__meeting=meeting)
    mine |= Q(cycles__matters__matter__treatments__meeting=meeting)
    if readable.filter(mine).exists():
        raise PermissionDenied
    raise Http404("no such meeting")


@signed_in
@require_http_methods(["GET", "POST"])
def move(request: HttpRequest, uid: str) -> HttpResponse:
    """The new day of a meeting; the plans it stands in, and what the public reads there."""
    meeting = meeting_to_move(request, uid)
    rows, hidden = _standings(request, meeting)
    published = bool(published_uids(meeting.milestones.values_list("uid", flat=True)))
    form = MoveMeetingForm(
        request.POST if request.method == "POST" else None,
        published=published,
        initial={"version": meeting.version, "date": meeting.date},
    )
    code = 422 if form.is_bound and not form.is_valid() else 200
    if form.is_bound and code == 200 and "look" not in request.POST:
        code = _move(request, meeting, form)
        if not code:
            messages.success(request, _("The meeting is moved."))
            return redirect("plans:meeting-move", uid=uid)
    context = {"meeting": meeting, "form": form, "rows": rows, "hidden": hidden}
    day = form.cleaned_data.get("date") if form.is_bound else None
    context["previews"] = _previews(request, meeting, day) if day else None
    context["outdated"] = any(row.read for row in rows)
    return render(request, "plans/process/meetings/move.html", context, status=code)


def _previews(request: HttpRequest, meeting: Meeting, day: dt.date) -> list[MovePreview]:
    """What the move would give or solve in the plans the person may know."""
    mine = Plan.objects.readable_by(request.user)
    at_it = Q(cycles__milestones__meeting=meeting)
    at_it |= Q(cycles__matters__matter__treatments__meeting=meeting)
    found = preview_of_meeting(
        mine.filter(pk__in=Plan.objects.filter(at_it).values("pk")),
        meetings.moved_to(meeting, day),
        readable=mine,
        municipality=municipality_of(request),
    )
    return [one for one in found if one.arises or one.solved]


def _move(request: HttpRequest, meeting: Meeting, form: MoveMeetingForm) -> int:
    """Do it; 0, or the status of the answer that says what stands in the way."""
    data = form.cleaned_data
    try:
        meetings.move_meeting(
            meeting=meeting,
            seen=data["version"],
            day=data["date"],
            reason=data.get("reason", ""),
            by=request.user,
        )
    except milestones.ReasonNeeded:
        form.add_error("reason", reason_needed())
    except meetings.DayTaken:
        form.add_error("date", _("The body has a meeting on that day already. Choose another."))
    except Conflict as conflict:
        form.data = {**form.data.dict(), "version": conflict.mine.version}
        form.add_error(
            "date",
            _("Somebody else has changed the meeting meanwhile. Look at it, and save again."),
        )
        return 409
    else:
        return 0
    return 422


def _standings(request: HttpRequest, meeting: Meeting) -> tuple[list[MeetingMilestone], int]:
    """Its milestones in the plans the person may know, and how many are in others."""
    rows = list(meeting.milestones.select_related("cycle__plan", "meeting").order_by("pk"))
    published = last_published_of(row.uid for row in rows)
    mine = Plan.objects.readable_by(request.user)
    readable = set(mine.values_list("pk", flat=True))
    there = mine.filter(pk__in=[row.cycle.plan_id for row in rows])
    house = municipality_of(request)
    found = {one.plan.pk: one for one in findings_for(there, readable=mine, municipality=house)}
    shown, hidden = [], 0
    for row in rows:
        plan = row.cycle.plan
        if plan.pk not in readable:
            hidden += 1
            continue
        last = published.get(str(row.uid))
        read = _read(last, row) if last else ""
        may = request.user.has_perm(PUBLISH_PROCESS_PLAN, plan)
        shown.append(MeetingMilestone(row, plan, last is not None, read, may, found.get(plan.pk)))
    return shown, hidden


def _read(last: FrozenMilestone, row: Milestone) -> str:
    """The day the public reads, where it is another."""
    if last.when and row.takes_place and last.when.sort_key == row.takes_place.sort_key:
        return ""
    return shown_date(MilestoneLine("", "", last.when, last.written, last.kind))


# --- one milestone -----------------------------------------------------------------------------


@signed_in
@require_http_methods(["GET", "POST"])
def other(request: HttpRequest, slug: str, uid: str) -> HttpResponse:
    """Let a milestone be another meeting of the body; the meeting it was stays where it is."""
    plan, row = milestone_to_edit(request, slug, uid)
    if row.meeting is None:
        return redirect("plans:milestone", slug=slug, uid=uid)
    body = row.meeting.body
    form = OtherMeetingForm(
        request.POST if request.method == "POST" else None,
        body=body,
        published=last_published(row) is not None,
        initial={"version": row.version, "meeting": row.meeting.uid},
    )
    code = 422 if form.is_bound and not form.is_valid() else 200
    if form.is_bound and code == 200 and "look" not in request.POST:
        code = _put(request, row, form)
        if not code:
            messages.success(request, _("“%(title)s” is saved.") % {"title": row.title})
            return redirect("plans:work-plan", slug=slug)
    context: dict[str, Any] = {"plan": plan, "milestone": row, "body": body, "form": form}
    context["may_move"] = request.user.has_perm(MOVE_MEETING, row.meeting)
    target = _target(form, body) if form.is_bound else None
    context["preview"] = _preview(request, row, target) if target else None
    return render(request, "plans/process/meetings/other.html", context, status=code)


def _target(form: OtherMeetingForm, body: Body) -> Meeting | None:
    day = form.cleaned_data.get("date")
    return meetings.meeting_of(body, day) if day else form.cleaned_data.get("meeting")


def _preview(request: HttpRequest, row: Milestone, meeting: Meeting) -> MovePreview:
    return preview_of_another(
        row,
        meeting,
        readable=Plan.objects.readable_by(request.user),
        municipality=municipality_of(request),
    )


def _put(request: HttpRequest, row: Milestone, form: OtherMeetingForm) -> int:
    data, stored = form.cleaned_data, row.version
    row.version = data["version"]
    day = data["date"]
    try:
        meetings.put_on_meeting(
            milestone=row,
            meeting=None if day else data["meeting"],
            day=day,
            reason=data.get("reason", ""),
            by=request.user,
        )
    except milestones.ReasonNeeded:
        form.add_error("reason", reason_needed())
        return 422
    except Conflict:
        form.data = {**form.data.dict(), "version": stored}
        form.add_error(
            "meeting",
            _("Somebody else has changed the milestone meanwhile. Look at it, and save again."),
        )
        return 409
    return 0
