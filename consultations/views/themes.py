"""Around the remarks: themes, standard answers, what was said at meetings, ready for the agenda."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from kommuneplan.access import signed_in
from kommuneplan.core.gates import Blocked, blockers
from kommuneplan.locking import Conflict

from .. import handling
from ..actions import deciding, meetings
from ..actions import themes as verbs
from ..forms.handling import (
    AddThemeForm,
    MeetingForm,
    ReadyForm,
    SaidForm,
    StandardAnswerForm,
    ThemeForm,
)
from ..models import MeetingInput, StandardAnswer, Theme
from ..permissions import RUN_ROUND
from ..readiness import READY
from ..sent_draft import Draft
from .handling import answers_of, frame, round_to_handle, seen_of


def _render(request: HttpRequest, name: str, context: dict[str, Any], status: int) -> HttpResponse:
    return render(request, f"consultations/work/handling/{name}.html", context, status=status)


# --- themes --------------------------------------------------------------------------------------


@signed_in
@require_http_methods(["GET", "POST"])
def themes(request: HttpRequest, slug: str, uid: UUID) -> HttpResponse:
    """The themes of a round in their order; a POST adds one."""
    round = round_to_handle(request, slug, uid)
    form = AddThemeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            verbs.add_theme(round=round, title=form.cleaned_data["title"], by=request.user)
            return redirect("consultations:remark-themes", slug, uid)
        except verbs.NameTaken:
            form.add_error("title", _("There is a theme of that name already."))
    context = frame(request, round) | {
        "here": _("Themes"),
        "form": form,
        "themes": handling.themes_with_counts(round),
        "without": handling.remarks_of(round).filter(theme__isnull=True).count(),
    }
    return _render(request, "themes", context, 422 if form.is_bound else 200)


def _theme(request: HttpRequest, slug: str, uid: UUID, theme: UUID) -> Theme:
    round = round_to_handle(request, slug, uid)
    row = get_object_or_404(handling.themes_of(round), uid=theme)
    row.round = round
    return row


@signed_in
@require_http_methods(["GET", "POST"])
def theme(request: HttpRequest, slug: str, uid: UUID, theme: UUID) -> HttpResponse:
    """A theme's name and summary."""
    row = _theme(request, slug, uid, theme)
    form = ThemeForm(request.POST if request.method == "POST" else None, theme=row)
    status, theirs = (422 if form.is_bound else 200), None
    if form.is_valid():
        try:
            verbs.edit_theme(theme=row, by=request.user, **form.cleaned_data)
            messages.success(request, _("The theme is saved."))
            return redirect("consultations:remark-themes", slug, uid)
        except verbs.NameTaken:
            form.add_error("title", _("There is a theme of that name already."))
        except Conflict:
            theirs, status = Theme.objects.get(pk=row.pk), 409
            form.data = {**request.POST.dict(), "seen": theirs.version}
    context = frame(request, row.round) | {
        "here": row.title, "theme": row, "form": form, "theirs": theirs,
    }  # fmt: skip
    return _render(request, "theme", context, status)


@signed_in
@require_POST
def move_theme(request: HttpRequest, slug: str, uid: UUID, theme: UUID) -> HttpResponse:
    """One place up or down; or taken away, when no remark is under it."""
    row = _theme(request, slug, uid, theme)
    if "retire" in request.POST:
        try:
            verbs.retire_theme(theme=row, by=request.user)
            said = _("The theme “%(title)s” is taken away.")
            messages.success(request, said % {"title": row.title})
        except verbs.InUse as used:
            said = ngettext(
                "%(n)d remark is under “%(title)s”. Give it another theme first.",
                "%(n)d remarks are under “%(title)s”. Give them another theme first.",
                used.remarks,
            )
            messages.warning(request, said % {"n": used.remarks, "title": row.title})
    else:
        verbs.move_theme(theme=row, up=request.POST.get("retning") == "up", by=request.user)
    return redirect("consultations:remark-themes", slug, uid)


# --- standard answers ----------------------------------------------------------------------------


@signed_in
@require_http_methods(["GET", "POST"])
def answers(request: HttpRequest, slug: str, uid: UUID) -> HttpResponse:
    """The standard answers of the body; a POST keeps a new one."""
    round = round_to_handle(request, slug, uid)
    form = StandardAnswerForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        verbs.save_answer(body=round.plan.body, facts=form.cleaned_data, by=request.user)
        messages.success(request, _("The standard answer is kept."))
        return redirect("consultations:remark-answers", slug, uid)
    context = frame(request, round) | {
        "here": _("Standard answers"), "form": form, "answers": answers_of(round),
    }  # fmt: skip
    return _render(request, "answers", context, 422 if form.is_bound else 200)


@signed_in
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, slug: str, uid: UUID, answer: UUID) -> HttpResponse:
    """Change a standard answer, or take it out of use (``retire``)."""
    round = round_to_handle(request, slug, uid)
    row = get_object_or_404(answers_of(round), uid=answer)
    if "retire" in request.POST:
        verbs.retire_answer(answer=row, by=request.user)
        messages.success(request, _("The standard answer is not offered any more."))
        return redirect("consultations:remark-answers", slug, uid)
    form = StandardAnswerForm(request.POST if request.method == "POST" else None, answer=row)
    status, theirs = (422 if form.is_bound else 200), None
    if form.is_valid():
        facts = form.cleaned_data
        try:
            verbs.save_answer(
                body=round.plan.body, facts=facts, answer=row, seen=facts["seen"], by=request.user
            )
            messages.success(request, _("The standard answer is kept."))
            return redirect("consultations:remark-answers", slug, uid)
        except Conflict:
            theirs, status = StandardAnswer.objects.get(pk=row.pk), 409
            form.data = {**request.POST.dict(), "seen": theirs.version}
    context = frame(request, round) | {
        "here": row.title, "answer": row, "form": form, "theirs": theirs,
    }  # fmt: skip
    return _render(request, "answer", context, status)


# --- what was said at meetings ---


@signed_in
@require_http_methods(["GET", "POST"])
def said(request: HttpRequest, slug: str, uid: UUID) -> HttpResponse:
    """The meetings where something was said about the draft; a POST writes one down."""
    round = round_to_handle(request, slug, uid)
    form = MeetingForm(request.POST if request.method == "POST" else None, draft=Draft(round))
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
    rows = handling.remarks_of(round).filter(meeting=row).select_related("theme")
    context = frame(request, round) | {
        "here": row.title, "meeting": row, "form": form, "rows": rows, "spots": draft.spots,
    }  # fmt: skip
    return _render(request, "meeting", context, 422 if form.is_bound else 200)


# --- ready for the agenda ---


@signed_in
@require_http_methods(["GET", "POST"])
def ready(request: HttpRequest, slug: str, uid: UUID) -> HttpResponse:
    """What is missing before the round is ready for the agenda, and saying that it is."""
    round = round_to_handle(request, slug, uid)
    if request.method == "POST" and not request.user.has_perm(RUN_ROUND, round):
        raise PermissionDenied
    missing = blockers(READY, round=round)
    if request.method == "POST" and "back" in request.POST:
        return _taken_back(request, round)
    data = request.POST if request.method == "POST" else None
    form = ReadyForm(data, seen=round.version, missing=bool(missing))
    status = 422 if form.is_bound else 200
    if form.is_valid():
        facts = form.cleaned_data
        try:
            deciding.mark_ready(
                round=round, in_spite=facts.get("in_spite", ""), seen=facts["seen"], by=request.user
            )
            messages.success(request, _("The consultation is marked as ready for the agenda."))
            return redirect("consultations:remark-ready", slug, uid)
        except Blocked as blocked:
            missing, status = blocked.blockers, 409
            form = ReadyForm(None, seen=round.version, missing=True)
        except (Conflict, deciding.NotNow):
            status = 409
            messages.warning(request, _meanwhile())
    context = frame(request, round) | {
        "here": _("Ready for the agenda"), "missing": missing, "form": form,
    }  # fmt: skip
    return _render(request, "ready", context, status)


def _taken_back(request: HttpRequest, round: Any) -> HttpResponse:
    try:
        deciding.take_back_ready(round=round, seen=seen_of(request), by=request.user)
        messages.success(request, _("The consultation is not marked as ready any more."))
    except Conflict:
        messages.warning(request, _meanwhile())
    return redirect("consultations:remark-ready", round.plan.slug, round.uid)


def _meanwhile() -> str:
    return _("The consultation has been changed meanwhile, so nothing was done. Look again.")
