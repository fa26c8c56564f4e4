"""The room *Statusrapporter*: all reports of a plan; one of them, its head, what is new for it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kommuneplan.access import signed_in
from kommuneplan.clock import today
from kommuneplan.core.forms import SeenVersionForm, page_status
from kommuneplan.locking import Conflict, seen_in
from plans.access import plan_to_edit
from plans.models import CommitteeRequest, Plan, ReportRecipient, StatusReport
from plans.models.status_reports import AlreadyFrozen
from plans.permissions import SEND_REPORT, WRITE_REPORT

from ..actions import reports, sending
from ..actions.reports import offered
from ..facts import last_sent
from ..first_text import lines_from, of_part
from ..forms.reports import ReportForm


def report_to_see(
    request: HttpRequest, slug: str, uid: Any, permission: str = WRITE_REPORT
) -> tuple[Plan, StatusReport]:
    """A report of this plan; another plan's is 404."""
    plan = plan_to_edit(request, slug, permission)
    rows = plan.status_reports.select_related(
        "owner", "corrects", "frozen_by", "initiative", "plan__body"
    )
    return plan, get_object_or_404(rows, uid=uid)


def with_recipients(rows: Any) -> Any:
    """Reports for a list: without their text, with who is to have them."""
    wanted = ReportRecipient.objects.select_related("body", "meeting")
    return rows.defer("content", "facts").prefetch_related(Prefetch("recipients", wanted))


@signed_in
@require_safe
def room(request: HttpRequest, slug: str) -> HttpResponse:
    """Every report in the order of time, the newest first, with its recipients."""
    plan = plan_to_edit(request, slug, WRITE_REPORT)
    rows = with_recipients(plan.status_reports.select_related("owner", "initiative"))
    context = {
        "plan": plan,
        "here": _("Status reports"),
        "reports": rows.order_by("-number", "-edition"),
        "today": today(),
    }
    return render(request, "plans/status_reports/room.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, slug: str) -> HttpResponse:
    """A new report: planned, or begun at once (``begynd``)."""
    plan = plan_to_edit(request, slug, WRITE_REPORT)
    last = last_sent(plan)
    form = ReportForm(
        request.POST if request.method == "POST" else None,
        plan=plan,
        initial=_begins_as(plan, last),
    )
    if request.method == "POST" and form.is_valid():
        row = _planned(request, plan, form, last)
        if "begin" in request.POST:
            reports.begin_report(report=row, by=request.user)
            messages.success(
                request, _("The report is begun from the data. Look it through and write on.")
            )
        else:
            messages.success(request, _("The report is planned. Say who is to have it."))
        return redirect("plans:report", slug=plan.slug, uid=row.uid)
    context = {"plan": plan, "form": form, "here": _("New status report"), "last": last}
    return render(request, "plans/status_reports/head.html", context, status=page_status(form))


def _begins_as(plan: Plan, last: StatusReport | None) -> dict[str, Any]:
    """What a new report takes over from the plan and from the last one."""
    day = today()
    begun: dict[str, Any] = {
        "title": _("Status report on %(plan)s, %(year)s") % {"plan": plan.title, "year": day.year},
        "sender_unit": plan.sender_unit,
        "case_number": plan.case_number,
        "covers_until": day,
    }
    if last is not None:
        begun |= {
            "covers_from": last.covers_until or last.dated_on,
            "repeats": last.repeats,
            "sender_unit": last.sender_unit,
            "case_number": last.case_number,
            "case_workers": last.case_workers,
        }
    begun["title"] = begun["title"][:300]
    return begun


def _planned(
    request: HttpRequest, plan: Plan, form: ReportForm, last: StatusReport | None
) -> StatusReport:
    if last is not None and last.repeats:
        return reports.plan_next(report=last, values=form.values, by=request.user)
    return reports.plan_report(plan=plan, values=form.values, by=request.user)


@signed_in
@require_safe
def report(request: HttpRequest, slug: str, uid: Any) -> HttpResponse:
    """One report: what it says and where that comes from, who is to have it, what can be done."""
    plan, row = report_to_see(request, slug, uid)
    recipients = list(row.recipients.select_related("body", "meeting"))
    kept = lines_from(row.facts)
    written = [] if row.is_planned or row.is_frozen else list(row.sections.all())
    context = {
        "plan": plan,
        "report": row,
        "here": row.title,
        "recipients": recipients,
        "waiting": [one for one in recipients if one.sent_on is None],
        "frozen": sending.frozen_of(row) if row.begun_at else None,
        "sections": [(one, of_part(kept, one.part)) for one in written],
        "new": offered(row) if written else [],
        "corrected_by": StatusReport.objects.filter(corrects=row).first(),
        "earlier": row.corrects,
        "answered": CommitteeRequest.objects.readable_by(request.user).filter(status_reports=row),
        "fulfilled": row.fulfils.order_by("pk"),
        "may_send": request.user.has_perm(SEND_REPORT, plan),
        "today": today(),
    }
    return render(request, "plans/status_reports/report.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def head(request: HttpRequest, slug: str, uid: Any) -> HttpResponse:
    """Correct the head of a report that is not sent."""
    plan, row = report_to_see(request, slug, uid)
    if row.is_frozen:
        return _stands(request, plan, row)
    form = ReportForm(request.POST if request.method == "POST" else None, plan=plan, report=row)
    conflict = False
    if request.method == "POST" and form.is_valid():
        try:
            reports.edit_report(
                report=row, seen=form.cleaned_data["seen"], values=form.values, by=request.user
            )
        except Conflict as there:
            conflict = True
            form.data = {**request.POST.dict(), "seen": str(there.mine.version)}
            form.add_error(None, changed_meanwhile())
        except AlreadyFrozen:
            return _stands(request, plan, row)
        else:
            messages.success(request, _("The report is saved."))
            return redirect("plans:report", slug=plan.slug, uid=row.uid)
    context = {"plan": plan, "form": form, "report": row, "here": _("Correct the head")}
    status = page_status(form, conflict=conflict)
    return render(request, "plans/status_reports/head.html", context, status=status)


def _stands(request: HttpRequest, plan: Plan, row: StatusReport) -> HttpResponse:
    messages.warning(request, frozen_words())
    return redirect("plans:report", slug=plan.slug, uid=row.uid)


def changed_meanwhile() -> str:
    """What is said where somebody else was first."""
    return _(
        "Somebody else has changed this meanwhile, so nothing was saved. What you wrote stands "
        "below: look at it and save again."
    )


def frozen_words() -> str:
    """What is said where a report that was sent would be changed."""
    return _(
        "The report has been sent: what it says is never changed. Make a new edition if something "
        "in it is wrong."
    )


@signed_in
@require_POST
def begin(request: HttpRequest, slug: str, uid: Any) -> HttpResponse:
    """Write the first text of a planned report from the data."""
    plan, row = report_to_see(request, slug, uid)
    try:
        reports.begin_report(report=row, by=request.user)
    except AlreadyFrozen:
        return _stands(request, plan, row)
    messages.success(request, _("The report is begun from the data. Look it through and write on."))
    return redirect("plans:report", slug=plan.slug, uid=row.uid)


@signed_in
@require_http_methods(["GET", "POST"])
def news(request: HttpRequest, slug: str, uid: Any) -> HttpResponse:
    """What the data says that the report does not: what is chosen is put in, nothing else moved."""
    plan, row = report_to_see(request, slug, uid)
    if row.is_frozen or row.is_planned:
        return redirect("plans:report", slug=plan.slug, uid=row.uid)
    if request.method == "POST":
        return _taken(request, plan, row)
    lines = offered(row)
    groups = [
        (section.title, of_part(lines, section.part))
        for section in row.sections.all()
        if of_part(lines, section.part)
    ]
    context = {"plan": plan, "report": row, "here": _("New from the data"), "groups": groups}
    return render(request, "plans/status_reports/news.html", context)


def _taken(request: HttpRequest, plan: Plan, row: StatusReport) -> HttpResponse:
    shown, taken = set(request.POST.getlist("shown")), set(request.POST.getlist("line"))
    left = shown - taken if "rest" in request.POST else set()
    try:
        count = reports.take_lines(report=row, taken=taken, left=left, by=request.user)
    except AlreadyFrozen:
        return _stands(request, plan, row)
    told = ngettext(
        "%(n)s sentence is put in at the end of its section.",
        "%(n)s sentences are put in at the end of their sections.",
        count,
    )
    messages.success(request, told % {"n": count})
    return redirect("plans:report", slug=plan.slug, uid=row.uid)


@signed_in
@require_http_methods(["GET", "POST"])
def drop(request: HttpRequest, slug: str, uid: Any) -> HttpResponse:
    """Take away a report that was never sent."""
    plan, row = report_to_see(request, slug, uid)
    if row.is_frozen:
        return _stands(request, plan, row)
    form = SeenVersionForm(request.POST or None, initial={"seen": row.version})
    if request.method == "POST":
        try:
            reports.drop_report(
                report=row, seen=seen_in(request.POST.get("seen", "")), by=request.user
            )
        except Conflict:
            messages.warning(request, _("The report has been changed meanwhile. Look at it again."))
            return redirect("plans:report-drop", slug=plan.slug, uid=row.uid)
        except AlreadyFrozen:
            return _stands(request, plan, row)
        messages.success(request, _("“%(title)s” is taken away.") % {"title": row.title})
        return redirect("plans:reports", slug=plan.slug)
    context = {"plan": plan, "report": row, "form": form, "here": _("Take the report away?")}
    return render(request, "plans/status_reports/drop.html", context)
