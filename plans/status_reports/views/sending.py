"""Sending a report, correcting one that was sent, letting everybody read it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kommuneplan.access import signed_in
from kommuneplan.clock import today
from kommuneplan.core.forms import ReasonForm, page_status
from kommuneplan.locking import Conflict, Outdated
from plans.models import Plan, StatusReport
from plans.permissions import SEND_REPORT

from ..actions import sending, settling
from ..forms.reports import PublishReportForm, ReportSendForm
from .reports import report_to_see


@signed_in
@require_http_methods(["GET", "POST"])
def send(request: HttpRequest, slug: str, uid: Any) -> HttpResponse:
    """Look the report through, choose who gets it now, and freeze it with that."""
    plan, row = report_to_see(request, slug, uid, SEND_REPORT)
    if row.is_planned:
        return redirect("plans:report", slug=plan.slug, uid=row.uid)
    recipients = list(row.recipients.select_related("body"))
    waiting = [one for one in recipients if one.sent_on is None]
    form = ReportSendForm(
        request.POST if request.method == "POST" else None,
        waiting=waiting,
        settles=[*settling.open_requests(row, request.user), *settling.open_duties(row)],
        initial={"seen": row.version, "on": today(), "to": [str(one.uid) for one in waiting[:1]]},
    )
    conflict = False
    if request.method == "POST" and form.is_valid():
        trouble = _sent(request, row, form)
        if not trouble:
            return redirect("plans:report", slug=plan.slug, uid=row.uid)
        conflict = True
        row.refresh_from_db(fields=["version"])
        form.data = _anew(request, seen=str(row.version))
        form.add_error(None, trouble)
    context = {
        "plan": plan,
        "report": row,
        "form": form,
        "waiting": waiting,
        "frozen": sending.frozen_of(row),
        "here": _("Send the report"),
    }
    status = page_status(form, conflict=conflict)
    return render(request, "plans/status_reports/send.html", context, status=status)


def _anew(request: HttpRequest, **values: str) -> Any:
    data = request.POST.copy()
    for name, value in values.items():
        data[name] = value
    return data


def _sent(request: HttpRequest, row: StatusReport, form: ReportSendForm) -> str:
    """Send it; what stood in the way, in words, or nothing."""
    try:
        sending.send_report(
            report=row,
            seen=form.cleaned_data["seen"],
            to=form.chosen,
            on=form.cleaned_data["on"],
            by=request.user,
        )
    except Conflict:
        return _(
            "The report has been changed since you looked, so nothing was sent. Look it through "
            "again, and then confirm."
        )
    except sending.UnsavedText:
        return _(
            "Somebody has written in the report and not saved. Let it be saved, or thrown away, "
            "before the report is sent."
        )
    messages.success(request, _("The report is sent. What it says stands from now on."))
    done = settling.settle(
        report=row, chosen=form.settled, on=form.cleaned_data["on"], by=request.user
    )
    if done:
        messages.success(request, _("Settled with it: %(what)s.") % {"what": ", ".join(done)})
    return ""


@signed_in
@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, slug: str, uid: Any) -> HttpResponse:
    """Make a new edition of a report that was sent, for a reason."""
    plan, row = report_to_see(request, slug, uid, SEND_REPORT)
    there = StatusReport.objects.filter(corrects=row).first()
    if there is not None:
        return redirect("plans:report", slug=plan.slug, uid=there.uid)
    if not row.is_frozen:
        return redirect("plans:report", slug=plan.slug, uid=row.uid)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        new = sending.correct_report(
            report=row, reason=form.cleaned_data["reason"], by=request.user
        )
        messages.success(request, _("The new edition begins with the words that were sent."))
        return redirect("plans:report", slug=plan.slug, uid=new.uid)
    return _reason_page(request, plan, row, form, "correct")


@signed_in
@require_http_methods(["GET", "POST"])
def publish(request: HttpRequest, slug: str, uid: Any) -> HttpResponse:
    """Let everybody read a report that was sent."""
    plan, row = report_to_see(request, slug, uid, SEND_REPORT)
    if not row.is_frozen:
        return redirect("plans:report", slug=plan.slug, uid=row.uid)
    flagged = sending.personal_in(sending.frozen_of(row))
    form = PublishReportForm(
        request.POST if request.method == "POST" else None,
        flagged=bool(flagged),
        initial={"seen": row.digest},
    )
    if request.method == "POST" and form.is_valid():
        try:
            sending.publish_report(report=row, seen=form.cleaned_data["seen"], by=request.user)
        except Outdated:
            form.add_error(None, _("This is not the report you looked at. Look it through again."))
        else:
            messages.success(request, _("Everybody can read the report now."))
            return redirect("plans:report", slug=plan.slug, uid=row.uid)
    context = {
        "plan": plan,
        "report": row,
        "form": form,
        "flagged": flagged,
        "frozen": sending.frozen_of(row),
        "here": _("Publish the report"),
    }
    return render(request, "plans/status_reports/publish.html", context, status=page_status(form))


@signed_in
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, slug: str, uid: Any) -> HttpResponse:
    """Take a published report back from everybody, for a reason."""
    plan, row = report_to_see(request, slug, uid, SEND_REPORT)
    if not row.is_public:
        return redirect("plans:report", slug=plan.slug, uid=row.uid)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        sending.withdraw_report(report=row, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, _("The report is taken back: nobody outside can read it."))
        return redirect("plans:report", slug=plan.slug, uid=row.uid)
    return _reason_page(request, plan, row, form, "withdraw")


def _reason_page(
    request: HttpRequest, plan: Plan, row: StatusReport, form: ReasonForm, what: str
) -> HttpResponse:
    here = {"correct": _("Make a new edition"), "withdraw": _("Take the report back")}[what]
    context = {"plan": plan, "report": row, "form": form, "what": what, "here": here}
    return render(request, "plans/status_reports/reason.html", context, status=page_status(form))
