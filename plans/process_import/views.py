"""The pages of an import: hand in, look through and correct, carry out, discard.

Every page works without JavaScript: the preview is one form. With htmx each correction is sent
when a field is left, and only what follows from it is drawn anew; no input is ever replaced.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from kommuneplan.access import may
from kommuneplan.core.models import Body, Meeting
from kommuneplan.locking import Outdated
from plans.enums import PlanKind
from plans.imports import pages
from plans.models import ImportDraft, Plan
from plans.models.imports import Incomplete, NotOpen
from plans.permissions import CREATE_BODY, EDIT_PROCESS_PLAN, IMPORT, bodies_for_new_plans
from plans.process.kinds import kind_choices
from plans.readers.files.source import RefusedFile

from .actions import (
    ReadProcessPlan,
    apply_import,
    begin_import,
    read_paste,
    read_upload,
    save_corrections,
)
from .corrections import NEW_BODIES
from .forms.corrections import RowForm, sent_preview
from .forms.upload import StartForm
from .merging import import_preview
from .preview import ImportPreview, PreviewRow
from .settling import Settled


@may(IMPORT)
@require_http_methods(["GET", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Step one: the document, the plan it is for, the year."""
    form = StartForm(
        *pages.bound(request),
        user=request.user,
        plans=_plans_to_import_into(request),
        bodies=bodies_for_new_plans(request.user),
        initial={"plan": request.GET.get("plan")},
    )
    if form.is_bound and form.is_valid():
        try:
            read = _read(form.cleaned_data)
        except RefusedFile as refusal:
            pages.refused(form, form.handed_in, refusal)
        else:
            draft = begin_import(
                by=request.user,
                read=read,
                plan=form.cleaned_data["plan"],
                new_plan=form.new_plan,
                key=form.cleaned_data["key"],
            )
            return redirect(_address(draft))
    status = 422 if form.is_bound else 200
    return render(request, "plans/process_import/start.html", {"form": form}, status=status)


def _read(handed_in: Mapping[str, Any]) -> ReadProcessPlan:
    upload, year = handed_in["file"], handed_in["year"]
    return read_upload(upload, year=year) if upload else read_paste(handed_in["text"], year=year)


def _plans_to_import_into(request: HttpRequest) -> Any:
    """Plans the person may work with that are not put away: those with an open cycle or none."""
    plans = Plan.objects.readable_by(request.user).filter(retired_at__isnull=True)
    return plans.filter(cycles__closed_at__isnull=True).distinct()


@may(IMPORT)
@require_http_methods(["GET", "POST"])
def look_through(request: HttpRequest, uid: str) -> HttpResponse:
    """Step two: everything that was understood, and its correction; then carrying it out."""
    draft = _draft(request, uid)
    if not draft.is_open:
        return pages.over(request, draft, _ways_out(draft))
    before = import_preview(draft, bodies_for_plan=bodies_for_new_plans(request.user))
    if request.method != "POST":
        return _page(request, before)
    try:
        sent = sent_preview(request.POST)
        after, settled = save_corrections(draft=draft, sent=sent, by=request.user)
    except NotOpen:  # over in another tab just now; import.js says that nothing was saved
        return HttpResponse(status=409) if request.htmx else redirect(_address(draft))
    if request.htmx:
        return _fragments(request, before, after, settled)
    if settled.conflicts:
        return _page(request, after, settled.conflicts, status=409)
    if "apply" in request.POST:
        return _apply(request, after, settled)
    if settled.changed:
        messages.success(request, _("The corrections are saved."))
    return redirect(f"{_address(draft)}{_place(request)}")


def _draft(request: HttpRequest, uid: str) -> ImportDraft:
    """One's own import, of a plan one may still edit."""
    rows = ImportDraft.objects.select_related("plan__body", "file")
    draft: ImportDraft = pages.own_import(rows, request, uid)
    if draft.plan and not request.user.has_perm(EDIT_PROCESS_PLAN, draft.plan):
        raise PermissionDenied
    return draft


def _ways_out(draft: ImportDraft) -> pages.WaysOut:
    desk = reverse("plans:desk")
    plan = reverse("plans:work-plan", kwargs={"slug": draft.plan.slug}) if draft.plan else desk
    return pages.WaysOut(
        applied=pages.WayOut(plan, _("This import has been carried out. Here is the plan.")),
        discarded=pages.WayOut(desk, _("This import was discarded. You can begin a new one.")),
        discarding=pages.WayOut(desk, _("The import is discarded. No plan has been changed.")),
    )


def _address(draft: ImportDraft) -> str:
    return reverse("plans:import", kwargs={"uid": draft.uid})


def _place(request: HttpRequest) -> str:
    """Where on the page one was."""
    taken = request.POST.get("take", "")
    return f"#row-{taken}" if taken.isalnum() else "#rows"


def _apply(request: HttpRequest, preview: ImportPreview, settled: Settled) -> HttpResponse:
    draft = preview.draft
    if settled.changed:
        messages.info(
            request,
            _("Your corrections are saved. See how they were understood, and then confirm again."),
        )
        return redirect(f"{_address(draft)}#rows")
    try:
        plan = apply_import(draft=draft, by=request.user, seen=request.POST.get("fingerprint", ""))
    except Outdated:
        messages.warning(
            request,
            _(
                "The plan or the import has changed since you looked at this page, so nothing "
                "has been written. Look it through again, and then confirm."
            ),
        )
        return redirect(_address(draft))
    except Incomplete:
        return _page(request, preview, show_problems=True, status=422)
    except NotOpen:
        return redirect(_address(draft))
    messages.success(request, _done(preview))
    return redirect("plans:work-plan", slug=plan.slug)


def _done(preview: ImportPreview) -> str:
    parts = []
    if preview.new:
        words = ngettext("%(n)s milestone created.", "%(n)s milestones created.", preview.new)
        parts.append(words % {"n": preview.new})
    if preview.changed:
        words = ngettext("%(n)s milestone changed.", "%(n)s milestones changed.", preview.changed)
        parts.append(words % {"n": preview.changed})
    if preview.ended:
        words = ngettext("%(n)s milestone ended.", "%(n)s milestones ended.", preview.ended)
        parts.append(words % {"n": preview.ended})
    if many := len(preview.head_taken):
        words = ngettext("%(n)s field taken over.", "%(n)s fields taken over.", many)
        parts.append(words % {"n": many})
    return " ".join(parts) or _("Nothing was to be changed.")


def _page(
    request: HttpRequest,
    preview: ImportPreview,
    conflicts: Mapping[str, Mapping[str, Any]] | None = None,
    *,
    show_problems: bool = False,
    status: int = 200,
) -> HttpResponse:
    mine = conflicts or {}
    year = preview.draft.year
    context = {
        **_shared(request, preview),
        "rows": [RowForm(row, year, mine.get(row.key)) for row in preview.rows],
        "sources": {key: row for row in preview.rows for key in row.item.source},
        "conflicts": mine,
        "show_problems": show_problems,
    }
    return render(request, "plans/process_import/preview.html", context, status=status)


def _shared(request: HttpRequest, preview: ImportPreview) -> dict[str, Any]:
    names = sorted({*preview.names.known.values()})
    return {
        "look": preview,
        "draft": preview.draft,
        "body_names": [body.name for body in Body.objects.all()] if preview.unknown else names,
        "new_bodies": NEW_BODIES if request.user.has_perm(CREATE_BODY) else (),
        "plan_bodies": [] if preview.plan else bodies_for_new_plans(request.user),
        "plan_kinds": PlanKind.choices,
        "kinds": kind_choices(),
        "meetings": _meetings(preview),
        "open_years": sum(
            any(one.code == "year" for one in row.open_assumptions) for row in preview.taken
        ),
    }


def _meetings(preview: ImportPreview) -> Any:
    if not preview.moved_published:
        return ()
    return Meeting.objects.filter(cancelled=False).select_related("body").order_by("-date", "pk")


def _fragments(
    request: HttpRequest, before: ImportPreview, after: ImportPreview, settled: Settled
) -> HttpResponse:
    """What follows from a correction: rows that mean something else now, names, the button.

    No input that somebody may be writing in is among it, but for a row in conflict.
    """
    was = {row.key: row for row in before.rows}
    here = {*request.POST.getlist("row")} - {*settled.conflicts}
    changed = [row for row in after.rows if row.key in here and row != was.get(row.key)]
    year = after.draft.year
    context = {
        **_shared(request, after),
        "changed": [_changed_row(row, was.get(row.key), year) for row in changed],
        "conflicted": [
            RowForm(row, year, settled.conflicts[row.key])
            for row in after.rows
            if row.key in settled.conflicts
        ],
        "names_changed": _names(before) != _names(after),
        "reasons_changed": before.moved_published != after.moved_published,
    }
    return render(request, "plans/process_import/fragments.html", context)


def _names(preview: ImportPreview) -> list[str]:
    return [name for name, _decision in preview.unknown]


def _changed_row(row: PreviewRow, was: PreviewRow | None, year: int | None) -> RowForm:
    """A row to draw anew; the box that was ticked just now keeps its focus."""
    form = RowForm(row, year)
    form.only_confirmed = was is not None and was.correction.confirmed != row.correction.confirmed
    return form


@may(IMPORT)
@require_http_methods(["GET", "POST"])
def discard(request: HttpRequest, uid: str) -> HttpResponse:
    """Put an import aside, after asking once."""
    draft = _draft(request, uid)
    return pages.discard_page(request, draft, _ways_out, "plans/process_import/discard.html", {})
