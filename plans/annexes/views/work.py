"""The room *Bilag*: the annexes of a plan, and what is done to each."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kommuneplan.access import signed_in
from kommuneplan.core.examined import NotTaken, examined
from kommuneplan.core.file_response import file_once
from kommuneplan.core.forms import page_status
from kommuneplan.locking import Conflict, Outdated
from kommuneplan.uploads import Barrier
from plans.access import plan_to_edit
from plans.models import Annex, Plan
from plans.permissions import EDIT_ANNEXES

from .. import actions
from ..forms import EffortForm, FoundForm, PlanAnnexForm, ReplaceFileForm, RetireAnnexForm
from ..listing import annexes_of, with_contents


def annex_to_edit(
    request: HttpRequest, slug: str, uid: UUID, *, also_retired: bool = False
) -> tuple[Plan, Annex]:
    """An annex of this plan; another plan's is 404, and so is one that is taken out."""
    plan = plan_to_edit(request, slug, EDIT_ANNEXES)
    rows = with_contents(plan.annexes.select_related("plan"))
    if not also_retired:
        rows = rows.filter(retired_at__isnull=True)
    return plan, get_object_or_404(rows, uid=uid)


@signed_in
@require_safe
def annexes(request: HttpRequest, slug: str) -> HttpResponse:
    """The annexes in their order, and those taken out."""
    plan = plan_to_edit(request, slug, EDIT_ANNEXES)
    rows = annexes_of(plan)
    context = {
        "plan": plan,
        "here": _("Annexes"),
        "annexes": rows,
        "retired": annexes_of(plan, retired=True),
        "internal": sum(not row.is_public for row in rows),
        "waiting": [row for row in rows if row.is_public and row.hindrance],
    }
    return render(request, "plans/annexes/list.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, slug: str) -> HttpResponse:
    """A new annex, with its file, or to be written."""
    plan = plan_to_edit(request, slug, EDIT_ANNEXES)
    form = PlanAnnexForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        form = PlanAnnexForm(request.POST, request.FILES)
        if form.is_valid():
            try:
                upload = form.cleaned_data["file"]
                file = examined(upload) if upload else None
                row = actions.add_annex(plan=plan, facts=form.facts, file=file, by=request.user)
            except NotTaken as refused:
                form.add_error("file", refused.message)
            else:
                messages.success(request, _("“%(title)s” is added.") % {"title": row.title})
                return _after(row, found=file is not None and file.found.needs_person)
    context = {"plan": plan, "form": form, "annex": None, "here": _("Add an annex")}
    return render(request, "plans/annexes/form.html", context, status=page_status(form))


def _after(annex: Annex, *, found: bool) -> HttpResponse:
    """Where one goes on: to what was found, to what is to be written, or to the list."""
    if found:
        return redirect("plans:annex-found", annex.plan.slug, annex.uid)
    if annex.is_effort:
        return redirect("plans:annex-effort", annex.plan.slug, annex.uid)
    return redirect("plans:annexes", annex.plan.slug)


@signed_in
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, slug: str, uid: UUID) -> HttpResponse:
    """What an annex is called, whether it may be published, and the versions of its file."""
    plan, annex = annex_to_edit(request, slug, uid)
    form = PlanAnnexForm(request.POST if request.method == "POST" else None, annex=annex)
    if request.method != "POST" or not form.is_valid():
        return _annex_page(request, plan, annex, form)
    try:
        actions.edit_annex(
            annex=annex, seen=form.cleaned_data["seen"], facts=form.facts, by=request.user
        )
    except Conflict as conflict:
        stored = conflict.mine
        form.data = {**request.POST.dict(), "seen": str(stored.version)}
        theirs = differing(form, form.facts, stored)
        return _annex_page(request, plan, annex, form, conflict=theirs, code=409)
    messages.success(request, _("“%(title)s” is saved.") % {"title": form.facts["title"]})
    return redirect("plans:annexes", plan.slug)


def differing(form: Any, facts: dict[str, Any], stored: Any) -> list[tuple[str, Any, Any]]:
    """What the other has saved beside what was typed: (label, mine, theirs)."""
    yes_no = {True: _("Yes"), False: _("No")}

    def said(value: Any) -> Any:
        return yes_no[value] if isinstance(value, bool) else value

    return [
        (form.fields[name].label, said(mine), said(getattr(stored, name)))
        for name, mine in facts.items()
        if mine != getattr(stored, name)
    ]


def _annex_page(
    request: HttpRequest, plan: Plan, annex: Annex, form: PlanAnnexForm, **more: Any
) -> HttpResponse:
    newest = annex.newest
    context = {
        "plan": plan,
        "form": form,
        "annex": annex,
        "here": annex.title,
        "replace": ReplaceFileForm(prefix="ny"),
        "newest": newest,
        "editions": list(annex.files.all()),
        "barriers": [Barrier.from_json(one) for one in newest.barriers] if newest else [],
        **more,
    }
    code = context.pop("code", page_status(form))
    return render(request, "plans/annexes/form.html", context, status=code)


@signed_in
@require_POST
def replace(request: HttpRequest, slug: str, uid: UUID) -> HttpResponse:
    """The file in a new version; or the first there is."""
    plan, annex = annex_to_edit(request, slug, uid)
    if annex.is_effort:
        raise Http404
    form = ReplaceFileForm(request.POST, request.FILES, prefix="ny")
    if form.is_valid():
        try:
            file = examined(form.cleaned_data["file"])
            actions.replace_file(
                annex=annex, file=file, reason=form.cleaned_data["reason"], by=request.user
            )
        except NotTaken as refused:
            form.add_error("file", refused.message)
        else:
            messages.success(request, _("The file is stored as a new version."))
            return _after(annex, found=file.found.needs_person)
    page = PlanAnnexForm(annex=annex)
    return _annex_page(request, plan, annex, page, replace=form, code=422)


@signed_in
@require_safe
def edition(request: HttpRequest, slug: str, uid: UUID, number: int) -> HttpResponseBase:
    """The bytes of a version of the file, for those who work with the plan."""
    _plan, annex = annex_to_edit(request, slug, uid, also_retired=True)
    row = get_object_or_404(annex.files.select_related("file"), number=number)
    if row.hindrance == "unsafe":
        raise Http404
    return file_once(request, row.file, caching="private, no-cache")


@signed_in
@require_http_methods(["GET", "POST"])
def found(request: HttpRequest, slug: str, uid: UUID) -> HttpResponse:
    """What looks like personal data in the newest file, and what becomes of it."""
    plan, annex = annex_to_edit(request, slug, uid)
    file = annex.newest
    if file is None:
        raise Http404
    initial = {"decision": file.decision, "reason": file.decided_because}
    form = FoundForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.decide(file=file, by=request.user, **form.cleaned_data)
        except Outdated:
            form.add_error(None, _("There is a newer version of the file. Look at that one."))
        else:
            messages.success(request, _("It is written down what becomes of the file."))
            return redirect("plans:annexes", plan.slug)
    context = {
        "plan": plan,
        "annex": annex,
        "file": file,
        "found": file.findings,
        "form": form,
        "here": _("What was found in the file"),
    }
    return render(request, "plans/annexes/found.html", context, status=page_status(form))


@signed_in
@require_http_methods(["GET", "POST"])
def effort(request: HttpRequest, slug: str, uid: UUID) -> HttpResponse:
    """An effort description, written."""
    plan, annex = annex_to_edit(request, slug, uid)
    if not annex.is_effort:
        raise Http404
    form = EffortForm(
        request.POST if request.method == "POST" else None, plan=plan, effort=annex.description
    )
    conflict, code = None, 0
    if request.method == "POST" and form.is_valid():
        try:
            actions.write_effort(
                annex=annex, seen=form.cleaned_data["seen"], facts=form.facts, by=request.user
            )
        except Conflict as met:
            stored = met.mine
            form.data = {**request.POST.dict(), "seen": str(stored.version)}
            conflict, code = differing(form, form.facts, stored), 409
        else:
            messages.success(request, _("“%(title)s” is saved.") % {"title": annex.title})
            return redirect("plans:annexes", plan.slug)
    context = {
        "plan": plan,
        "annex": annex,
        "form": form,
        "conflict": conflict,
        "here": annex.title,
    }
    status = code or page_status(form)
    return render(request, "plans/annexes/effort.html", context, status=status)


@signed_in
@require_POST
def move(request: HttpRequest, slug: str, uid: UUID) -> HttpResponse:
    """One place up or down (``retning``: ``up`` or ``down``)."""
    plan, annex = annex_to_edit(request, slug, uid)
    step = {"up": -1, "down": 1}.get(request.POST.get("retning", ""))
    if step is None or not actions.move_annex(annex=annex, step=step, by=request.user):
        messages.warning(request, _("“%(title)s” cannot be moved there.") % {"title": annex.title})
    return redirect("plans:annexes", plan.slug)


@signed_in
@require_http_methods(["GET", "POST"])
def retire(request: HttpRequest, slug: str, uid: UUID) -> HttpResponse:
    """Take an annex out, for a reason; undone with one press."""
    plan, annex = annex_to_edit(request, slug, uid)
    initial = {"seen": annex.version}
    form = RetireAnnexForm(request.POST if request.method == "POST" else None, initial=initial)
    code = 0
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            actions.retire_annex(
                annex=annex, seen=data["seen"], reason=data["reason"], by=request.user
            )
        except Conflict as conflict:
            form.data = {**request.POST.dict(), "seen": str(conflict.mine.version)}
            form.add_error(None, _changed())
            code = 409
        else:
            done = _("“%(title)s” is taken out. It stands at the bottom and can be put back.")
            messages.success(request, done % {"title": annex.title})
            return redirect("plans:annexes", plan.slug)
    context = {"plan": plan, "annex": annex, "form": form, "here": _("Take the annex out?")}
    status = code or page_status(form)
    return render(request, "plans/annexes/retire.html", context, status=status)


@signed_in
@require_POST
def restore(request: HttpRequest, slug: str, uid: UUID) -> HttpResponse:
    """Put an annex back; twice is as once."""
    plan, annex = annex_to_edit(request, slug, uid, also_retired=True)
    actions.restore_annex(annex=annex, by=request.user)
    messages.success(request, _("“%(title)s” is back.") % {"title": annex.title})
    return redirect("plans:annexes", plan.slug)


def _changed() -> str:
    return _(
        "The annex has been changed meanwhile, so nothing was done. Look at it, and confirm again."
    )
