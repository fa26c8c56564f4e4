"""Who is to have a report: added, corrected, taken away."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kommuneplan.access import signed_in
from kommuneplan.core.forms import page_status
from kommuneplan.locking import Conflict, seen_in
from plans.models import Plan, ReportRecipient, StatusReport

from ..actions import recipients
from ..forms.reports import RecipientForm
from .reports import changed_meanwhile, report_to_see


def _page(
    request: HttpRequest,
    plan: Plan,
    row: StatusReport,
    form: RecipientForm,
    one: ReportRecipient | None,
    *,
    conflict: bool = False,
) -> HttpResponse:
    here = _("Correct a recipient") if one else _("Add a recipient")
    context = {"plan": plan, "report": row, "form": form, "recipient": one, "here": here}
    status = page_status(form, conflict=conflict)
    return render(request, "plans/status_reports/recipient.html", context, status=status)


@signed_in
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, slug: str, uid: Any) -> HttpResponse:
    """One more who is to have it."""
    plan, row = report_to_see(request, slug, uid)
    form = RecipientForm(request.POST if request.method == "POST" else None, report=row)
    if request.method == "POST" and form.is_valid():
        one = recipients.add_recipient(report=row, values=form.values, by=request.user)
        messages.success(request, _("%(name)s is to have the report.") % {"name": one.called})
        return redirect("plans:report", slug=plan.slug, uid=row.uid)
    return _page(request, plan, row, form, None)


def _to_edit(
    request: HttpRequest, slug: str, uid: Any, recipient: Any
) -> tuple[Plan, StatusReport, ReportRecipient]:
    plan, row = report_to_see(request, slug, uid)
    rows = row.recipients.select_related("body", "meeting", "report")
    return plan, row, get_object_or_404(rows, uid=recipient)


@signed_in
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, slug: str, uid: Any, recipient: Any) -> HttpResponse:
    """Correct who, when, by which way; write that it went."""
    plan, row, one = _to_edit(request, slug, uid, recipient)
    form = RecipientForm(
        request.POST if request.method == "POST" else None, report=row, recipient=one
    )
    if request.method != "POST" or not form.is_valid():
        return _page(request, plan, row, form, one)
    try:
        recipients.edit_recipient(
            recipient=one, seen=form.cleaned_data["seen"], values=form.values, by=request.user
        )
    except Conflict as there:
        form.data = {**request.POST.dict(), "seen": str(there.mine.version)}
        form.add_error(None, changed_meanwhile())
        return _page(request, plan, row, form, one, conflict=True)
    messages.success(request, _("The recipient is saved."))
    return redirect("plans:report", slug=plan.slug, uid=row.uid)


@signed_in
@require_POST
def remove(request: HttpRequest, slug: str, uid: Any, recipient: Any) -> HttpResponse:
    """Take away somebody who is not to have it after all."""
    plan, row, one = _to_edit(request, slug, uid, recipient)
    seen = seen_in(request.POST.get("seen", ""))
    try:
        recipients.remove_recipient(recipient=one, seen=seen, by=request.user)
    except Conflict:
        messages.warning(request, _("The recipient has been changed meanwhile. Look at it again."))
    except recipients.AlreadySent:
        messages.warning(request, _("Whoever has got the report stays among its recipients."))
    else:
        messages.success(
            request, _("%(name)s is not to have the report any more.") % {"name": one.called}
        )
    return redirect("plans:report", slug=plan.slug, uid=row.uid)
