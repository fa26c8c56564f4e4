"""The room *Sagsfremstillinger*: the papers of a plan for agendas, and what is done to each."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kommuneplan import clock
from kommuneplan.access import may, signed_in
from kommuneplan.core.file_response import file_once
from kommuneplan.core.forms import page_status
from kommuneplan.documents.agenda_paper import render_pdf, render_word
from kommuneplan.documents.placeholders import TemplateProblem
from kommuneplan.locking import Conflict, Outdated
from plans.access import plan_to_edit
from plans.models import AgendaPaper, Plan
from plans.permissions import READ_AS_MEMBER, SET_UP, WRITE_PAPERS

from .. import actions
from ..actions import AlreadyHandedIn
from ..building import annex_handed_in, annexes_of, fingerprint, paper_whole, value_of
from ..forms import (
    BeginForm,
    HandInForm,
    PaperAnnexesForm,
    PaperHeadForm,
    RetirePaperForm,
    headings_form,
)
from ..headings import headings
from ..reading import handed_in_for


def paper_to(request: HttpRequest, slug: str, uid: UUID) -> tuple[Plan, AgendaPaper]:
    """A paper of this plan; another plan's is 404, and so is one that was taken out."""
    plan = plan_to_edit(request, slug, WRITE_PAPERS)
    rows = plan.agenda_papers.filter(retired_at__isnull=True).select_related(
        *actions.RELATED, "word", "pdf", "handed_in_by"
    )
    return plan, get_object_or_404(rows, uid=uid)


def handed_in_already(request: HttpRequest, paper: AgendaPaper) -> HttpResponse:
    """Back to the paper as it was handed in."""
    messages.warning(
        request, _("The paper has been handed in, so it can no longer be changed. It stands below.")
    )
    return redirect("plans:agenda-paper", paper.plan.slug, paper.uid)


@signed_in
@require_safe
def papers(request: HttpRequest, slug: str) -> HttpResponse:
    """The papers that are being written and those that were handed in."""
    plan = plan_to_edit(request, slug, WRITE_PAPERS)
    rows = plan.agenda_papers.filter(retired_at__isnull=True)
    context = {
        "plan": plan,
        "papers": rows.select_related(*actions.RELATED),
        "here": _("Papers for the agenda"),
        "may_set_up": request.user.has_perm(SET_UP),
    }
    return render(request, "plans/agenda_papers/list.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest, slug: str) -> HttpResponse:
    """A paper is begun from the data."""
    plan = plan_to_edit(request, slug, WRITE_PAPERS)
    form = BeginForm(request.POST if request.method == "POST" else None, plan=plan)
    if request.method == "POST" and form.is_valid():
        paper = actions.begin_paper(plan=plan, by=request.user, **form.facts)
        messages.success(
            request, _("The paper is begun from what is known. Read it through and write on.")
        )
        return redirect("plans:agenda-paper-write", plan.slug, paper.uid)
    context = {"plan": plan, "form": form, "here": _("Begin a paper")}
    return render(request, "plans/agenda_papers/begin.html", context, status=page_status(form))


@signed_in
@require_safe
def paper(request: HttpRequest, slug: str, uid: UUID) -> HttpResponse:
    """A paper read: as it is now, or as it was handed in."""
    plan, row = paper_to(request, slug, uid)
    return render(request, "plans/agenda_papers/paper.html", _read(plan, row))


def _read(plan: Plan, row: AgendaPaper, **more: Any) -> dict[str, Any]:
    value = value_of(row)
    return {
        "plan": plan,
        "paper": row,
        "value": value,
        "annexes": annexes_of(row),
        "here": row.title,
        **more,
    }


@signed_in
@require_http_methods(["GET", "POST"])
def head(request: HttpRequest, slug: str, uid: UUID) -> HttpResponse:
    """What stands at the head of a paper."""
    plan, row = paper_to(request, slug, uid)
    if row.is_handed_in:
        return handed_in_already(request, row)
    form = PaperHeadForm(request.POST if request.method == "POST" else None, paper=row)
    code = 0
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_head(
                paper=row, seen=form.cleaned_data["seen"], facts=form.facts, by=request.user
            )
        except AlreadyHandedIn:
            return handed_in_already(request, row)
        except Conflict as conflict:
            form.data = {**request.POST.dict(), "seen": str(conflict.mine.version)}
            form.add_error(None, _changed())
            code = 409
        else:
            messages.success(request, _("Saved."))
            return redirect("plans:agenda-paper", plan.slug, row.uid)
    context = {"plan": plan, "paper": row, "form": form, "here": _("The head of the paper")}
    status = code or page_status(form)
    return render(request, "plans/agenda_papers/head.html", context, status=status)


@signed_in
@require_http_methods(["GET", "POST"])
def annexes(request: HttpRequest, slug: str, uid: UUID) -> HttpResponse:
    """What goes with a paper."""
    plan, row = paper_to(request, slug, uid)
    if row.is_handed_in:
        return handed_in_already(request, row)
    form = PaperAnnexesForm(request.POST if request.method == "POST" else None, paper=row)
    if request.method == "POST" and form.is_valid():
        try:
            actions.choose_annexes(paper=row, by=request.user, **form.cleaned_data)
        except AlreadyHandedIn:
            return handed_in_already(request, row)
        messages.success(request, _("Saved."))
        return redirect("plans:agenda-paper", plan.slug, row.uid)
    context = {"plan": plan, "paper": row, "form": form, "here": _("Annexes of the paper")}
    return render(request, "plans/agenda_papers/annexes.html", context, status=page_status(form))


@signed_in
@require_http_methods(["GET", "POST"])
def hand_in(request: HttpRequest, slug: str, uid: UUID) -> HttpResponse:
    """Read once more what is handed in, and confirm it."""
    plan, row = paper_to(request, slug, uid)
    if row.is_handed_in:
        return handed_in_already(request, row)
    seen = fingerprint(value_of(row))
    form = HandInForm(request.POST if request.method == "POST" else None, initial={"seen": seen})
    code = 0
    if request.method == "POST" and form.is_valid():
        try:
            actions.hand_in(paper=row, seen=form.cleaned_data["seen"], by=request.user)
        except AlreadyHandedIn:
            return handed_in_already(request, row)
        except Outdated:
            told = _("The paper has been changed meanwhile. Read it once more, and then confirm.")
            form.add_error(None, told)
            form.data, code = {**request.POST.dict(), "seen": seen}, 409
        except TemplateProblem:
            told = _(
                "The municipality's Word template cannot be used. Ask an administrator to hand in "
                "another one."
            )
            form.add_error(None, told)
        else:
            messages.success(
                request, _("The paper is handed in. It stands as it was, with its Word and PDF.")
            )
            return redirect("plans:agenda-paper", plan.slug, row.uid)
    drafts = row.drafts.filter(is_open=True).exclude(user=request.user).count()
    own = row.drafts.filter(is_open=True, user=request.user).exists()
    context = _read(plan, row, form=form, others_write=drafts, own_draft=own)
    context["here"] = _("Hand the paper in?")
    status = code or page_status(form)
    return render(request, "plans/agenda_papers/hand_in.html", context, status=status)


@signed_in
@require_http_methods(["GET", "POST"])
def retire(request: HttpRequest, slug: str, uid: UUID) -> HttpResponse:
    """Take a paper out, for a reason."""
    plan, row = paper_to(request, slug, uid)
    data = request.POST if request.method == "POST" else None
    form = RetirePaperForm(data, initial={"seen": row.version})
    code = 0
    if request.method == "POST" and form.is_valid():
        try:
            actions.retire_paper(paper=row, by=request.user, **form.cleaned_data)
        except Conflict as conflict:
            form.data = {**request.POST.dict(), "seen": str(conflict.mine.version)}
            form.add_error(None, _changed())
            code = 409
        else:
            messages.success(request, _("“%(title)s” is taken out.") % {"title": row.title})
            return redirect("plans:agenda-papers", plan.slug)
    context = {"plan": plan, "paper": row, "form": form, "here": _("Take the paper out?")}
    status = code or page_status(form)
    return render(request, "plans/agenda_papers/retire.html", context, status=status)


def _changed() -> str:
    return _("Somebody else has saved the paper meanwhile. Look it through, and save again.")


# --- taken along ---------------------------------------------------------------------------------


@signed_in
@require_safe
def as_file(request: HttpRequest, slug: str, uid: UUID, form: str) -> HttpResponseBase:
    """The paper as Word or PDF, as it is now or as it was handed in."""
    _plan, row = paper_to(request, slug, uid)
    return _file(request, row, form)


def _file(request: HttpRequest, row: AgendaPaper, form: str) -> HttpResponseBase:
    kept = row.word if form == "docx" else row.pdf
    if kept is not None:
        return file_once(request, kept, caching="private, no-cache")
    value = value_of(row)
    whole = paper_whole(value, created=int(clock.now().timestamp()), is_draft=True)
    if form == "docx":
        try:
            data = actions.word_of(whole)
        except TemplateProblem:
            data = render_word(whole)
    else:
        data = render_pdf(whole)
    answer = HttpResponse(data, content_type=actions.WORD if form == "docx" else actions.PDF)
    name = f"{actions.file_name(value)}.{form}"
    answer["Content-Disposition"] = content_disposition_header(True, name)
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


# --- members --------------------------------------------------------------------------------------


def _for_member(request: HttpRequest, uid: UUID) -> AgendaPaper:
    """A paper that was handed in to one of the member's bodies; an inhabil member knows of none."""
    rows = handed_in_for(request.user).select_related(*actions.RELATED, "word", "pdf")
    return get_object_or_404(rows, uid=uid)


@may(READ_AS_MEMBER)
@require_safe
def for_member(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A paper as it was handed in to a member's body."""
    row = _for_member(request, uid)
    return render(request, "plans/agenda_papers/member.html", _read(row.plan, row))


@may(READ_AS_MEMBER)
@require_safe
def member_file(request: HttpRequest, uid: UUID, form: str) -> HttpResponseBase:
    """The same as Word or PDF."""
    return _file(request, _for_member(request, uid), form)


@may(READ_AS_MEMBER)
@require_safe
def member_annex(request: HttpRequest, uid: UUID, annex: UUID) -> HttpResponseBase:
    """What was handed in with a paper: the file, or what was written of an effort."""
    paper = _for_member(request, uid)
    rows = paper.annexes.filter(annex__isnull=False)
    row = get_object_or_404(rows.select_related("annex", "annex_file__file"), uid=annex)
    if row.annex_file is not None:
        if row.annex_file.hindrance == "unsafe":
            raise Http404
        return file_once(request, row.annex_file.file, caching="private, no-cache")
    context = {"paper": paper, "annex": annex_handed_in(paper, row)}
    return render(request, "plans/agenda_papers/member_annex.html", context)


# --- the setting ----------------------------------------------------------------------------------


def _sections_changed() -> str:
    return _("Somebody else has changed the sections meanwhile. This is how they stand now.")


@may(SET_UP)
@require_http_methods(["GET", "POST"])
def setting(request: HttpRequest) -> HttpResponse:
    """Which sections papers have in this municipality, in which order, and what they are called."""
    there = headings()
    form = headings_form(request.POST if request.method == "POST" else None, there)
    code = 0
    if request.method == "POST":
        code = 422
        if form.is_valid():
            try:
                actions.set_headings(
                    wanted=form.wanted, seen=request.POST.get("seen", ""), by=request.user
                )
            except Outdated:
                messages.warning(request, _sections_changed())
                return redirect("plans:agenda-paper-setting")
            messages.success(request, _("Papers that are begun from now on have these sections."))
            return redirect("plans:agenda-paper-setting")
    context = {
        "form": form,
        "seen": actions.headings_seen(),
        "here": _("Sections of papers for agendas"),
    }
    return render(request, "plans/agenda_papers/setting.html", context, status=code or 200)
