"""Writing in one section of a report: the editor, autosave, saving, and what two have written."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kommuneplan.access import signed_in
from kommuneplan.core.templatetags.keeping_page import (
    clock_of,
    keeping_words,
    moved_words,
    shown_by,
    written_on_words,
)
from kommuneplan.keeping import TextChoice, TextMoved, mark
from kommuneplan.locking import Conflict
from kommuneplan.richtext import editor
from kommuneplan.richtext.blocks import split
from kommuneplan.richtext.plaintext import to_plain
from plans.models import Plan, StatusReport, StatusReportSection
from plans.models.status_reports import AlreadyFrozen
from plans.text.actions import sections
from plans.text.actions.images import TextRefused
from plans.text.actions.sections import ConflictChoice
from plans.text.open_page import keeping_page
from plans.text.side_by_side import compared

from ..actions import writing
from ..first_text import lines_from, of_part
from ..forms.reports import ReportDraftForm, ReportWriteForm
from .reports import frozen_words, report_to_see


def section_to_write(
    request: HttpRequest, slug: str, uid: Any, section: Any
) -> tuple[Plan, StatusReport, StatusReportSection]:
    """A section of a report of this plan; another plan's is 404."""
    plan, report = report_to_see(request, slug, uid)
    rows = report.sections.select_related("report__plan")
    return plan, report, get_object_or_404(rows, uid=section)


def _to_report(request: HttpRequest, plan: Plan, report: StatusReport) -> HttpResponse:
    messages.warning(request, frozen_words())
    return redirect("plans:report", slug=plan.slug, uid=report.uid)


@signed_in
@require_http_methods(["GET", "POST"])
def section(request: HttpRequest, slug: str, uid: Any, section: Any) -> HttpResponse:
    """The editor of a section; a POST saves what was written."""
    plan, report, row = section_to_write(request, slug, uid, section)
    if report.is_frozen:
        return _to_report(request, plan, report)
    if request.method != "POST":
        return _editor(request, plan, row)
    form = ReportWriteForm(request.POST)
    if not form.is_valid():
        return _editor(request, plan, row, form=form, status=422)
    try:
        if "settle" in request.POST:
            return _put_together(request, plan, row, form)
        writing.save_section(
            section=row,
            base_version=form.cleaned_data["base_version"],
            by=request.user,
            typed=form.typed,
            **form.words,
        )
    except Conflict:
        return redirect("plans:report-conflict", slug=plan.slug, uid=report.uid, section=row.uid)
    except TextRefused as refused:
        form.add_error("text", str(refused))
        return _editor(request, plan, row, form=form, status=422)
    except AlreadyFrozen:
        return _to_report(request, plan, report)
    messages.success(request, _("“%(title)s” is saved.") % {"title": form.words["title"]})
    if "go_on" in request.POST:
        return _here(plan, row)
    return redirect("plans:report", slug=plan.slug, uid=report.uid)


def _here(plan: Plan, row: StatusReportSection) -> HttpResponse:
    return redirect("plans:report-section", slug=plan.slug, uid=row.report.uid, section=row.uid)


def _put_together(
    request: HttpRequest, plan: Plan, row: StatusReportSection, form: ReportWriteForm
) -> HttpResponse:
    """The texts of two windows of one person: both kept as they were typed, then as was chosen."""
    base = form.cleaned_data["base_version"]
    writing.keep_draft(section=row, typed=form.typed, base_version=base, by=request.user)
    choice = TextChoice.read(request.POST["settle"])
    try:
        if choice is None:
            raise TextMoved
        page = form.cleaned_data["page"]
        writing.settle_beside(section=row, choice=choice, page=page, by=request.user)
    except TextMoved:
        messages.warning(request, moved_words())
    else:
        messages.success(
            request, _("It stands in the field as you chose. Look it through and save.")
        )
    return _here(plan, row)


def _editor(
    request: HttpRequest,
    plan: Plan,
    row: StatusReportSection,
    *,
    form: ReportWriteForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The editor with what the person wrote last: what came with the form, their draft, or the
    text as it is saved."""
    draft = sections.open_draft(row, request.user)
    shown = draft or row
    words = {
        "title": shown.title,
        "text": shown.text,
        "base_version": draft.base_version if draft else row.version,
    }
    marks = {name: mark(str(words[name])) for name in sections.NAMES}
    if form is not None:
        words |= {name: form.data.get(name, words[name]) for name in words}
        marks = {name: form.data.get(f"seen.{name}", "") for name in sections.NAMES}
    context: dict[str, Any] = {
        "plan": plan,
        "report": row.report,
        "section": row,
        "here": row.title,
        "form": form or ReportWriteForm(initial=words),
        "words": words,
        "plain": form.data["plain"] if form and "plain" in form.data else to_plain(words["text"]),
        "shown": split(words["text"]),
        "marks": marks,
        "keeping": keeping_page(request, row),
        "draft": draft if form is None else None,
        "conflict": draft is not None and sections.in_conflict(row, draft),
        "sources": of_part(lines_from(row.report.facts), row.part),
        "editor_media": editor.media(request.csp_nonce),
        "editor_words": {
            "labels": editor.words(),
            "sayings": {**keeping_words(), **editor.sayings()},
            "pictures": editor.pictures(),
            "pasting": editor.pasting(),
        },
    }
    return render(request, "plans/status_reports/section.html", context, status=status)


@signed_in
@require_POST
def keep(request: HttpRequest, slug: str, uid: Any, section: Any) -> HttpResponse:
    """Autosave, asked by the page every few seconds; answers with what became of it."""
    _plan, _report, row = section_to_write(request, slug, uid, section)
    form = ReportDraftForm(request.POST)
    if not form.is_valid():
        said = " ".join(error for errors in form.errors.values() for error in errors)
        return JsonResponse({"state": "refused", "said": said}, status=422)
    base = form.cleaned_data["base_version"]
    try:
        done, draft = writing.keep_draft(
            section=row, typed=form.typed, base_version=base, by=request.user
        )
    except AlreadyFrozen:
        return JsonResponse({"state": "refused", "said": frozen_words()}, status=422)
    outdated = draft.is_open and row.version != draft.base_version
    more = {
        "state": "kept",
        "at": clock_of(draft.saved_at),
        "outdated": outdated and sections.in_conflict(row, draft),
    }
    page = keeping_page(request, row, sent=form.cleaned_data["page"])
    return JsonResponse(page.told(form.typed, done, request.POST, **more))


@signed_in
@require_POST
def discard(request: HttpRequest, slug: str, uid: Any, section: Any) -> HttpResponse:
    """Throw away what one has written and not saved; the section is as it was saved."""
    plan, report, row = section_to_write(request, slug, uid, section)
    try:
        sections.discard_draft(section=row, by=request.user, typed=shown_by(request.POST))
    except TextMoved:
        messages.warning(request, written_on_words())
    else:
        messages.success(
            request, _("Your unsaved text is thrown away. This is the text as it is saved.")
        )
    if report.is_frozen:
        return redirect("plans:report", slug=plan.slug, uid=report.uid)
    return _here(plan, row)


@signed_in
@require_http_methods(["GET", "POST"])
def conflict(request: HttpRequest, slug: str, uid: Any, section: Any) -> HttpResponse:
    """Somebody else saved while one wrote: both texts, and what one wants to do with them."""
    plan, report, row = section_to_write(request, slug, uid, section)
    draft = sections.open_draft(row, request.user)
    if report.is_frozen or draft is None or not sections.in_conflict(row, draft):
        return _here(plan, row)
    if request.method == "POST":
        return _settle(request, plan, row)
    context = {
        "plan": plan,
        "section": row,
        "here": row.title,
        "draft": draft,
        "draft_mark": sections.mark_of(draft),
        "latest": row.history.select_related("history_user").first(),
        "pairs": compared(row, draft.text),
    }
    return render(request, "plans/text/conflict.html", context)


def _settle(request: HttpRequest, plan: Plan, row: StatusReportSection) -> HttpResponse:
    again = redirect("plans:report-conflict", slug=plan.slug, uid=row.report.uid, section=row.uid)
    seen = request.POST.get("seen", "")
    if request.POST.get("choice") not in list(ConflictChoice) or not seen.isdecimal():
        return again
    try:
        writing.settle_conflict(
            section=row,
            choice=ConflictChoice(request.POST["choice"]),
            seen=int(seen[:9]),
            by=request.user,
            shown=request.POST.get("draft", ""),
        )
    except Conflict:
        messages.warning(
            request, _("One of the texts has been changed meanwhile. Look at both once more.")
        )
        return again
    except (TextRefused, AlreadyFrozen) as refused:
        messages.warning(request, str(refused) or frozen_words())
    else:
        messages.success(request, _("It is done as you chose. Look the text through."))
    return _here(plan, row)
