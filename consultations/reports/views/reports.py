"""The room of a round's report: made, read, taken along and published; and its public pages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from consultations.access import public_round, round_to
from consultations.locking import RoundMovedOn
from consultations.models import Report, Round
from consultations.permissions import HANDLE, RUN_ROUND
from kommuneplan.access import public, signed_in
from kommuneplan.core.file_response import file_answer
from kommuneplan.core.models import Job, Municipality, WorkerBeat
from kommuneplan.core.site.page_cache import asked_for, kept_page, page_bytes
from kommuneplan.core.worker import jobs
from kommuneplan.page_number import page_number

from .. import published as reports
from .. import round_report as doc
from ..actions import reporting
from ..after_page import after_page
from ..exports.words import name_of, title_of
from ..publication import publication, why_not

PER_PAGE = reports.REMARKS_A_PAGE
FORMS = {"pdf": "pdf", "docx": "word", "xlsx": "sheet"}


@signed_in
@require_safe
def room(request: HttpRequest, slug: str, uid: UUID) -> HttpResponse:
    """The reports of a round, the newest first, and how far the next one is."""
    round = round_to(request, slug, uid, HANDLE)
    return _room(request, round)


def _room(request: HttpRequest, round: Round, *, status: int = 200, **more: Any) -> HttpResponse:
    rows = list(_rows(round))
    published = reports.published(round, at=request.arrived_at)
    context = {
        **job_context(reporting.KIND, round),
        "plan": round.plan,
        "round": round,
        "reports": rows,
        "published": published,
        "withheld": bool(published) and reports.is_withheld(published),
        "report_name": Municipality.current().get_report_name_display(),
        "may_run": request.user.has_perm(RUN_ROUND, round),
        **more,
    }
    return render(request, "consultations/reports/room.html", context, status=status)


def _rows(round: Round) -> Iterable[Report]:
    return (
        round.reports.select_related("pdf", "word", "sheet", "made_by", "published_by")
        .defer("content")
        .order_by("-number")
    )


def job_context(kind: str, round: Round) -> dict[str, Any]:
    """How far something that is made in the background is; for a page that can be left."""
    job: Job | None = jobs.latest(kind, round.uid)
    return {
        "job": job,
        "job_failed": jobs.reason_in_words(job) if job and job.state == "failed" else "",
        "worker_is_silent": bool(job and job.is_open) and WorkerBeat.is_silent(),
    }


@signed_in
@require_POST
def make(request: HttpRequest, slug: str, uid: UUID) -> HttpResponse:
    """Have a report made; a second click starts nothing more."""
    round = round_to(request, slug, uid, HANDLE)
    try:
        reporting.start_report(round=round, by=request.user)
    except RoundMovedOn as trouble:
        return _room(request, round, status=409, trouble=str(trouble))
    messages.success(request, _("The report is being made. You can leave the page meanwhile."))
    return redirect("consultations:report-room", slug, uid)


def _report_to(request: HttpRequest, slug: str, uid: UUID, number: int, right: str) -> Report:
    round = round_to(request, slug, uid, right)
    report = get_object_or_404(_rows(round), number=number)
    report.round = round
    return report


@signed_in
@require_safe
def report(request: HttpRequest, slug: str, uid: UUID, number: int) -> HttpResponse:
    """A report as a page, as everybody would read it."""
    row = _report_to(request, slug, uid, number, HANDLE)
    context = {
        **report_context(row, request.GET),
        "plan": row.round.plan,
        "round": row.round,
        "row": row,
        "withheld": reports.is_withheld(row),
        "may_run": request.user.has_perm(RUN_ROUND, row.round),
    }
    return render(request, "consultations/reports/report.html", context)


@signed_in
@require_safe
def file(request: HttpRequest, slug: str, uid: UUID, number: int, form: str) -> HttpResponseBase:
    """A report to take along: as pdf, docx or xlsx."""
    return _file(_report_to(request, slug, uid, number, HANDLE), form)


def _file(row: Report, form: str) -> HttpResponseBase:
    stored = getattr(row, FORMS[form]) if form in FORMS else None
    if stored is None:
        raise Http404
    return file_answer(stored)


@signed_in
@require_http_methods(["GET", "POST"])
def publish(request: HttpRequest, slug: str, uid: UUID, number: int) -> HttpResponse:
    """Let everybody read a report: what happens is said first, and then it is done."""
    row = _report_to(request, slug, uid, number, RUN_ROUND)
    if request.method == "GET":
        return _publishing(request, row)
    told = request.POST.get("told", "")
    try:
        reporting.publish_report(report=row, told=told, by=request.user)
    except RoundMovedOn as trouble:
        return _room(request, row.round, status=409, trouble=str(trouble))
    except reporting.PublicationMovedOn:
        return _publishing(request, row, status=409, changed=bool(told))
    messages.success(request, _("The report is published."))
    return redirect("consultations:report-room", slug, uid)


def _publishing(
    request: HttpRequest, row: Report, *, status: int = 200, changed: bool = False
) -> HttpResponse:
    if row.published_at is not None:
        return redirect("consultations:report-room", row.round.plan.slug, row.round.uid)
    context = {
        "plan": row.round.plan,
        "round": row.round,
        "row": row,
        "report_name": Municipality.current().get_report_name_display(),
        "why_not": why_not(row),
        "does": publication(row),
        "changed": changed,
    }
    return render(request, "consultations/reports/publish.html", context, status=status)


# --- what a report says, a theme and a page at a time ---


def report_context(row: Report, asked: Any) -> dict[str, Any]:
    """What the page of a report shows: its beginning, or the theme that is asked for."""
    told = doc.from_json(row.content)
    themes = list(enumerate(told.themes, start=1))
    theme = _number(asked.get("tema"))
    context = {
        "told": told,
        "numbers": told.numbers,
        "themes": themes,
        "report_title": title_of(told.head),
        "called": name_of(told.head),
        "theme": None,
    }
    if 1 <= theme <= len(themes):
        shown = told.themes[theme - 1]
        page = Paginator(shown.remarks, PER_PAGE).get_page(asked.get("side"))
        context |= {"theme": shown, "theme_number": theme, "page": page}
        context["changes"] = {one.number: one for one in told.changes}
    return context


def _number(words: Any) -> int:
    words = str(words or "")
    return int(words) if words.isascii() and words.isdigit() and len(words) < 6 else 0


# --- public ---


def _published(request: HttpRequest, slug: str, *, whole: bool = False) -> tuple[Round, Report]:
    """The report that is published, ``whole`` with its content. Raises Http404 when there is
    none."""
    round = public_round(slug, request.arrived_at)
    row = reports.published(round, at=request.arrived_at, whole=whole)
    if row is None:
        raise Http404
    row.round = round
    return round, row


def _taken_back(round: Round) -> HttpResponse:
    """The report says something that must not be shown any more: why, and that it is made anew."""
    page = page_bytes("consultations/reports/report_away.html", {"round": round})
    away = HttpResponse(page, status=410)
    away["Cache-Control"] = "no-store"
    return away


@public
@require_safe
def shown(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The published report: "Det sagde I, det gjorde vi"."""
    asked = asked_for(request, "tema", "side")

    def told() -> dict[str, Any] | HttpResponse:
        round, row = _published(request, slug, whole=True)
        if reports.is_withheld(row):
            return _taken_back(round)
        return {**report_context(row, asked), "round": round, "row": row}

    return kept_page(request, "consultations/reports/published.html", told, asked=asked)


@public
@require_safe
def shown_file(request: HttpRequest, slug: str, form: str) -> HttpResponseBase:
    """The published report to take along."""
    round, row = _published(request, slug)
    if reports.is_withheld(row):
        return _taken_back(round)
    answer = _file(row, form)
    answer["Cache-Control"] = "no-store"
    return answer


@public
@require_safe
def after(request: HttpRequest, slug: str) -> HttpResponseBase:
    """What the consultation changed, paragraph by paragraph, once its report is published."""
    at, asked = request.arrived_at, asked_for(request, "side")

    def told() -> dict[str, Any] | HttpResponse:
        round, row = _published(request, slug, whole=True)
        if reports.is_withheld(row):
            return _taken_back(round)
        return after_page(round, row, at=at, page=page_number(asked.get("side")))

    return kept_page(request, "consultations/reports/after.html", told, asked=asked)
