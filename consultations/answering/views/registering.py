"""Registering a letter, a mail or a call as a response."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from consultations.access import round_to
from consultations.models import Response
from consultations.permissions import HANDLE
from consultations.review.actions.annexes import AnnexRefused
from consultations.review.page_context import round_context
from kommuneplan.access import signed_in

from ..actions import registering
from ..forms.registering import RegisterForm


@signed_in
@require_http_methods(["GET", "POST"])
def register(request: HttpRequest, slug: str, uid: UUID) -> HttpResponse:
    """Register a letter, a mail, a call or what was said at the counter."""
    round = round_to(request, slug, uid, HANDLE)
    posted = request.method == "POST"
    form = RegisterForm(
        request.POST if posted else None,
        request.FILES if posted else None,
        round=round,
        by=request.user,
    )
    if posted and form.is_valid():
        try:
            row = registering.register(
                round=round, what=_registration(form), key=form.cleaned_data["key"], by=request.user
            )
        except AnnexRefused as refused:
            form.add_error("files", str(refused))
        else:
            _tell_registered(request, row)
            return redirect("consultations:response", slug, uid, row.number)
    context = {**round_context(request, round), "form": form}
    status = 422 if posted else 200
    return render(request, "consultations/answering/register.html", context, status=status)


def _registration(form: RegisterForm) -> registering.Registration:
    """What the form says, for the action."""
    data = form.cleaned_data
    names = (
        "channel", "day", "time", "text", "helper", "invitation", "verified", "no_remarks",
    )  # fmt: skip
    return registering.Registration(
        **{name: data[name] for name in names},
        sender=form.sender,
        names_public=data.get("names_public", False),
        files=tuple((file.name, file.read()) for file in data["files"]),
    )


def _tell_registered(request: HttpRequest, row: Response) -> None:
    """What was registered, and what there is to look at."""
    words = {"number": row.number}
    messages.success(request, _("The response is registered as no. %(number)d.") % words)
    if row.is_late:
        messages.warning(
            request,
            _("It came after the deadline. Decide whether it takes part, with a reason."),
        )
    if same := registering.the_same(row):
        messages.warning(
            request,
            _("No. %(number)d says exactly the same. Is it the same response, sent twice?")
            % {"number": same.number},
        )
