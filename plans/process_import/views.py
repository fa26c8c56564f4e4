"""The pages of an import: hand in, look through and correct, carry out, discard.

Every page works without JavaScript: the preview is one form. With htmx each correction is sent
when a field is left, and only what follows from it is drawn anew; no input is ever replaced.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from kommuneplan.access import may
from kommuneplan.core.models import Body, Meeting
from kommuneplan.locking import Outdated
from plans.enums import DraftState, PlanKind
from plans.models import ImportDraft, Plan
from plans.models.imports import Incomplete, NotOpen
from plans.permissions import CREATE_BODY, EDIT_PROCESS_PLAN, IMPORT, bodies_for_new_plans
from plans.process.forms.milestones import kind_choices

from .actions import apply_import, begin_import, discard_import, save_corrections
from .forms.corrections import NEW_BODIES, Corrections, RowForm
from .forms.upload import StartForm
from .preview import Outlook, Row, outlook


@may(IMPORT)
@require_http_methods(["GET", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Step one: the document, the plan it is for, the year."""
    form = StartForm(
        request.POST if request.method == "POST" else None,
        request.FILES if request.method == "POST" else None,
        user=request.user,
        plans=_plans_to_import_into(request),
        bodies=bodies_for_new_plans(request.user),
        initial={"plan": request.GET.get("plan")},
    )
    if request.method == "POST" and form.is_valid():
        draft = begin_import(
            by=request.user,
            read=form.read,
            plan=form.cleaned_data["plan"],
            head=form.head if "title" in form.fields else {},
            year=form.cleaned_data["year"],
            upload=form.upload,
            pasted="" if form.upload else form.cleaned_data["text"],
            key=form.cleaned_data["key"],
        )
        return redirect("plans:import", uid=draft.uid)
    status = 422 if form.is_bound else 200
    return render(request, "plans/process_import/start.html", {"form": form}, status=status)


def _plans_to_import_into(request: HttpRequest) -> Any:
    """Plans the person may work with that are not put away: those with an open cycle or none."""
    plans = Plan.objects.readable_by(request.user).filter(retired_at__isnull=True)
    return plans.filter(cycles__closed_at__isnull=True).distinct()


@may(IMPORT)
@require_http_methods(["GET", "POST"])
def preview(request: HttpRequest, uid: str) -> HttpResponse:
    """Step two: everything that was understood, and its correction; then carrying it out."""
    draft = _draft(request, uid)
    if draft.state != DraftState.OPEN:
        return _closed(request, draft)
    if request.method != "POST":
        look = outlook(draft, bodies_for_plan=bodies_for_new_plans(request.user))
        return _page(request, look)
    before = outlook(draft, bodies_for_plan=bodies_for_new_plans(request.user))
    corrections = Corrections(request.POST)
    look = save_corrections(draft=draft, settle=corrections, by=request.user)
    if request.htmx:
        return _fragments(request, before, look, corrections)
    if corrections.conflicts:
        return _page(request, look, corrections, status=409)
    if "apply" in request.POST:
        return _apply(request, look, corrections)
    if corrections.changed:
        messages.success(request, _("The corrections are saved."))
    return HttpResponseRedirect(f"{_address(draft)}{_place(request)}")


def _draft(request: HttpRequest, uid: str) -> ImportDraft:
    drafts = ImportDraft.objects.readable_by(request.user).select_related("plan__body", "file")
    draft = get_object_or_404(drafts, uid=uid)
    if draft.plan and not request.user.has_perm(EDIT_PROCESS_PLAN, draft.plan):
        raise PermissionDenied
    return draft


def _closed(request: HttpRequest, draft: ImportDraft) -> HttpResponse:
    """An import that is over leads on; that is also what a double click meets."""
    if draft.state == DraftState.APPLIED:
        messages.info(request, _("This import has been carried out. Here is the plan."))
        return redirect("plans:work-plan", slug=draft.plan.slug)
    messages.info(request, _("This import was discarded. You can begin a new one."))
    return redirect("plans:desk")


def _address(draft: ImportDraft) -> str:
    return reverse("plans:import", kwargs={"uid": draft.uid})


def _place(request: HttpRequest) -> str:
    """Where on the page one was."""
    taken = request.POST.get("take", "")
    return f"#row-{taken}" if taken.isalnum() else "#rows"


def _apply(request: HttpRequest, look: Outlook, corrections: Corrections) -> HttpResponse:
    draft = look.draft
    if corrections.changed:
        messages.info(
            request,
            _("Your corrections are saved. See how they were understood, and then confirm again."),
        )
        return HttpResponseRedirect(f"{_address(draft)}#rows")
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
        return HttpResponseRedirect(_address(draft))
    except Incomplete:
        return _page(request, look, show_problems=True, status=422)
    except NotOpen:
        return redirect("plans:import", uid=draft.uid)
    messages.success(request, _done(look))
    return redirect("plans:work-plan", slug=plan.slug)


def _done(look: Outlook) -> str:
    parts = []
    if look.new:
        words = ngettext("%(n)s milestone created.", "%(n)s milestones created.", look.new)
        parts.append(words % {"n": look.new})
    if look.changed:
        words = ngettext("%(n)s milestone changed.", "%(n)s milestones changed.", look.changed)
        parts.append(words % {"n": look.changed})
    if look.ended:
        words = ngettext("%(n)s milestone ended.", "%(n)s milestones ended.", look.ended)
        parts.append(words % {"n": look.ended})
    return " ".join(parts) or _("Nothing was to be changed.")


def _page(
    request: HttpRequest,
    look: Outlook,
    corrections: Corrections | None = None,
    *,
    show_problems: bool = False,
    status: int = 200,
) -> HttpResponse:
    mine = corrections.conflicts if corrections else {}
    context = {
        **_shared(request, look),
        "rows": [RowForm(row, look.draft.year, mine.get(row.key)) for row in look.rows],
        "sources": {key: row for row in look.rows for key in row.item.source},
        "conflicts": mine,
        "show_problems": show_problems,
    }
    return render(request, "plans/process_import/preview.html", context, status=status)


def _shared(request: HttpRequest, look: Outlook) -> dict[str, Any]:
    names = sorted({*look.names.known.values()})
    return {
        "look": look,
        "draft": look.draft,
        "body_names": [body.name for body in Body.objects.all()] if look.unknown else names,
        "new_bodies": NEW_BODIES if request.user.has_perm(CREATE_BODY) else (),
        "plan_bodies": [] if look.plan else bodies_for_new_plans(request.user),
        "plan_kinds": PlanKind.choices,
        "kinds": kind_choices(),
        "meetings": _meetings(look),
        "open_years": sum(
            any(one.code == "year" for one in row.open_assumptions) for row in look.taken
        ),
    }


def _meetings(look: Outlook) -> Any:
    if not look.moved_published:
        return ()
    return Meeting.objects.filter(cancelled=False).select_related("body").order_by("-date", "pk")


def _fragments(
    request: HttpRequest, before: Outlook, look: Outlook, corrections: Corrections
) -> HttpResponse:
    """What follows from a correction: rows that mean something else now, names, the button.

    No input that somebody may be writing in is among it, but for a row in conflict.
    """
    was = {row.key: row for row in before.rows}
    here = {*request.POST.getlist("row")} - {*corrections.conflicts}
    changed = [row for row in look.rows if row.key in here and row != was.get(row.key)]
    context = {
        **_shared(request, look),
        "changed": [_changed_row(row, was.get(row.key), look) for row in changed],
        "conflicted": [
            RowForm(row, look.draft.year, corrections.conflicts[row.key])
            for row in look.rows
            if row.key in corrections.conflicts
        ],
        "names_changed": [name for name, _d in before.unknown]
        != [name for name, _d in look.unknown],
        "reasons_changed": before.moved_published != look.moved_published,
    }
    return render(request, "plans/process_import/fragments.html", context)


def _changed_row(row: Row, was: Row | None, look: Outlook) -> RowForm:
    """A row to draw anew; the box that was ticked just now keeps its focus."""
    form = RowForm(row, look.draft.year)
    form.only_confirmed = was is not None and (
        was.correction.get("confirmed") != row.correction.get("confirmed")
    )
    return form


@may(IMPORT)
@require_http_methods(["GET", "POST"])
def discard(request: HttpRequest, uid: str) -> HttpResponse:
    """Put an import aside, after asking once."""
    draft = _draft(request, uid)
    if draft.state != DraftState.OPEN:
        return _closed(request, draft)
    if request.method == "POST":
        discard_import(draft=draft, by=request.user)
        messages.success(request, _("The import is discarded. No plan has been changed."))
        return redirect("plans:desk")
    return render(request, "plans/process_import/discard.html", {"draft": draft})
