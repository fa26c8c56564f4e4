"""The third step, and what secretaries keep afterwards: the meetings of their bodies."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kommuneplan import clock
from kommuneplan.access import may
from kommuneplan.core.forms import page_status
from kommuneplan.core.models import Body, Meeting, User
from kommuneplan.locking import Conflict, Outdated
from kommuneplan.timespan.phrase import day_words
from plans.permissions import KEEP_MEETINGS
from plans.process.actions.meetings import DayTaken
from plans.process.actions.milestones import ReasonNeeded
from plans.process.phrases import reason_needed
from plans.readers.files.source import RefusedFile

from ..actions.meetings import MeetingUsed, delete_meeting, enter_meetings, save_meeting
from ..bodies import keeps_meetings_of
from ..calendar_lines import lines_of_upload
from ..forms.meetings import ManyMeetingsForm, MeetingForm, as_stored
from ..last_year import lines_for
from ..lines import faulty_lines
from ..meeting_preview import MeetingPreview, names_of, preview_of
from ..steps import way_on

EARLIER = dt.timedelta(days=60)


@may(KEEP_MEETINGS)
@require_safe
def meetings(request: HttpRequest) -> HttpResponse:
    """The meetings of the bodies one looks after: those to come, and the latest."""
    mine = keeps_meetings_of(request.user)
    rows = Meeting.objects.filter(body__in=mine, date__gte=clock.today() - EARLIER)
    by_body: dict[int, list[Meeting]] = {body.pk: [] for body in mine}
    for row in rows.select_related("body"):
        by_body[row.body_id].append(row)
    shown = [body for body in mine if by_body[body.pk] or body.is_political]
    context = {"bodies": [(body, by_body[body.pk]) for body in shown]}
    return render(request, "plans/setup/meetings.html", context)


@may(KEEP_MEETINGS)
@require_http_methods(["GET", "POST"])
def meeting(request: HttpRequest, uid: UUID | None = None) -> HttpResponse:
    """One meeting; a new one without ``uid``. Its day is changed on the page for moving."""
    mine = keeps_meetings_of(request.user)
    row = _kept(request.user, uid) if uid else None
    initial = as_stored(row) if row else {"body": request.GET.get("udvalg", "")}
    posted = request.POST if request.method == "POST" else None
    form = MeetingForm(posted, bodies=mine, meeting=row, initial=initial)
    conflict = False
    if form.is_bound and form.is_valid():
        try:
            body = row.body if row else form.cleaned_data["body"]
            saved = save_meeting(
                meeting=row,
                body=body,
                facts=form.cleaned_data,
                seen=form.cleaned_data["seen"] or 0,
                by=request.user,
            )
        except DayTaken:
            form.add_error("kind", _("The body has a meeting of that kind on that day already."))
        except Conflict as theirs:
            conflict = True
            form.data = {**request.POST.dict(), "seen": str(theirs.mine.version)}
        else:
            messages.success(request, _("The meeting of %(body)s is saved.") % {"body": saved.body})
            return redirect("plans:meetings")
    context = {"form": form, "meeting": row, "conflict": conflict}
    status = page_status(form, conflict=conflict)
    return render(request, "plans/setup/meeting.html", context, status=status)


@may(KEEP_MEETINGS)
@require_POST
def delete(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take out a meeting that was entered by mistake; one that is used stays."""
    row = _kept(request.user, uid)
    try:
        delete_meeting(meeting=row, by=request.user)
    except MeetingUsed:
        messages.warning(
            request,
            _("Plans or consultations use the meeting. Cancel it, or move it to another day."),
        )
        return redirect("plans:meeting-edit", uid=uid)
    messages.success(
        request,
        _("The meeting of %(body)s on %(day)s is deleted.")
        % {"body": row.body.name, "day": day_words(row.date)},
    )
    return redirect("plans:meetings")


def _kept(user: User, uid: UUID) -> Meeting:
    """The meeting, if the person looks after its body."""
    rows = Meeting.objects.filter(body__in=keeps_meetings_of(user)).select_related("body")
    return get_object_or_404(rows, uid=uid)


# --- many at once ---------------------------------------------------------------------------------


@may(KEEP_MEETINGS)
@require_http_methods(["GET", "POST"])
def many(request: HttpRequest) -> HttpResponse:
    """The dates of a year: pasted, from a calendar file, or as last year; looked at, then saved.

    Nothing is kept between: what was read stands in the box, and what is saved is what was shown.
    """
    mine = keeps_meetings_of(request.user)
    bound = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ManyMeetingsForm(*bound, bodies=mine)
    look, preview = None, None
    if form.is_bound and form.is_valid():
        try:
            text = _text(request, form, mine)
            if not form.errors:
                look = partial(_preview, form, text, mine)
            if look is not None and "save" in request.POST:
                return _saved(request, form, look, mine)
        except RefusedFile as refusal:
            form.add_error("file", str(refusal))
        except ReasonNeeded:
            form.add_error("reason", reason_needed())
        except Outdated:
            form.add_error(
                None,
                _("The calendar has changed since you looked. Look once more, and save then."),
            )
    if look is not None:
        preview = look()
        _show(form, text, preview)
    context = {
        "form": form,
        "preview": preview,
        "wants_reason": preview is not None and preview.moves,
        "has_meetings": Meeting.objects.filter(body__in=mine).exists(),
        "bodies": mine,
    }
    return render(request, "plans/setup/many.html", context, status=page_status(form))


def _text(request: HttpRequest, form: ManyMeetingsForm, mine: list[Body]) -> str:
    """The lines: as typed, or those that a file or last year gives."""
    data = form.cleaned_data
    if "last-year" in request.POST:
        return _of_last_year(form, mine)
    if data["file"] and "save" not in request.POST:
        return lines_of_upload(data["file"], year=data["year"])
    if not data["text"].strip():
        form.add_error("text", _("Paste the dates, or choose one of the other ways below."))
    return str(data["text"])


def _of_last_year(form: ManyMeetingsForm, mine: list[Body]) -> str:
    """The meetings of the year before the one that is asked for, as lines for it."""
    year, body = form.cleaned_data["year"], form.cleaned_data["body"]
    bodies = [body] if body else mine
    before = Meeting.objects.filter(
        body__in=bodies, date__year=year - 1, cancelled=False
    ).select_related("body")
    if not before:
        told = {"year": year - 1}
        form.add_error("year", _("There are no meetings of %(year)s to repeat.") % told)
    return lines_for(before, year)


def _preview(form: ManyMeetingsForm, text: str, mine: list[Body]) -> MeetingPreview:
    return preview_of(
        text,
        bodies=list(Body.objects.all()),
        mine=mine,
        body=form.cleaned_data["body"],
        year=form.cleaned_data["year"],
    )


def _show(form: ManyMeetingsForm, text: str, preview: MeetingPreview) -> None:
    """The form with the lines that were read, and the fingerprint of what is shown."""
    form.data = {**form.data.dict(), "text": text, "seen": preview.fingerprint}


def _saved(
    request: HttpRequest,
    form: ManyMeetingsForm,
    look: Callable[[], MeetingPreview],
    mine: list[Body],
) -> HttpResponse:
    """Save what was shown; lines with a fault come back to be put right."""
    done = enter_meetings(
        preview=look,
        seen=form.cleaned_data["seen"],
        bodies=mine,
        reason=form.cleaned_data["reason"],
        by=request.user,
    )
    n = len(done.writing)
    said = ngettext("%(n)s meeting is saved.", "%(n)s meetings are saved.", n) % {"n": n}
    messages.success(request, said)
    if not done.faults:
        return redirect(way_on(request.user, "plans:meetings"))
    left = faulty_lines(done.faults, names_of(Body.objects.all()))
    initial = {"text": left, "year": form.data.get("year"), "body": form.data.get("body")}
    fresh = ManyMeetingsForm(bodies=keeps_meetings_of(request.user), initial=initial)
    context: dict[str, Any] = {"form": fresh, "left": done.faults, "has_meetings": True}
    return render(request, "plans/setup/many.html", context)
