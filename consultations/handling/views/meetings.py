"""What was said at meetings, as material for the report."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from consultations.models import MeetingInput
from kommuneplan.access import signed_in

from .. import remarks
from ..access import round_to_handle
from ..actions import meetings
from ..draft import Draft
from ..forms.around import MeetingInputForm, SaidForm
from .frame import _render, frame


@signed_in
@require_http_methods(["GET", "POST"])
def said(request: HttpRequest, slug: str, uid: UUID) -> HttpResponse:
    """The meetings where something was said about the draft; a POST writes one down."""
    round = round_to_handle(request, slug, uid)
    form = MeetingInputForm(request.POST if request.method == "POST" else None, draft=Draft(round))
    if form.is_valid():
        data = form.cleaned_data
        row = meetings.note_meeting(
            round=round, facts=data, said=data["said"], anchor=data["anchor"], by=request.user
        )
        messages.success(request, _("What was said is written down."))
        return redirect("consultations:remark-meeting", slug, uid, row.uid)
    standing = Count("remarks", filter=Q(remarks__retired_at__isnull=True))
    context = frame(request, round) | {
        "here": _("Input from meetings"),
        "form": form,
        "meetings": round.meeting_inputs.annotate(said=standing).order_by("held_on", "pk"),
    }
    return _render(request, "meetings", context, 422 if form.is_bound else 200)


@signed_in
@require_http_methods(["GET", "POST"])
def meeting(request: HttpRequest, slug: str, uid: UUID, meeting: UUID) -> HttpResponse:
    """What was said at one meeting; a POST adds more."""
    round = round_to_handle(request, slug, uid)
    row = get_object_or_404(MeetingInput.objects.filter(round=round), uid=meeting)
    draft = Draft(round)
    form = SaidForm(request.POST if request.method == "POST" else None, draft=draft)
    if form.is_valid():
        data = form.cleaned_data
        meetings.add_said(meeting=row, said=data["said"], anchor=data["anchor"], by=request.user)
        messages.success(request, _("What was said is written down."))
        return redirect("consultations:remark-meeting", slug, uid, meeting)
    rows = remarks.remarks_of(round).filter(meeting=row).select_related("theme")
    context = frame(request, round) | {
        "here": row.title, "meeting": row, "form": form, "rows": rows, "spots": draft.spots,
    }  # fmt: skip
    return _render(request, "meeting", context, 422 if form.is_bound else 200)
