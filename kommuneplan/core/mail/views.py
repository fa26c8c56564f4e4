"""Mails that need somebody: not sent, come back, or waiting longer than a mail should."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kommuneplan.access import may
from kommuneplan.core.models import WorkerBeat
from kommuneplan.core.permissions import is_administrator
from kommuneplan.core.strangers import budgets

from . import actions
from .forms import AddressForm
from .seeing import SEE_MAILS, mails_seen_by

PER_PAGE = 25


@may(SEE_MAILS)
@require_safe
def mails(request: HttpRequest) -> HttpResponse:
    """What somebody must look at, then what waits; and whether a worker sends at all."""
    seen = mails_seen_by(request.user)
    failed = seen.needing_somebody()
    pages = Paginator(failed.order_by("-created_at", "-pk"), PER_PAGE)
    waiting = Paginator(seen.waiting().order_by("next_try", "pk"), PER_PAGE)
    context: dict[str, Any] = {
        "page": pages.get_page(request.GET.get("side")),
        "waiting": waiting.get_page(1),
        "has_failed": seen.failed().filter(emptied_at=None).exists(),
        "silent": WorkerBeat.is_silent(),
        "last_alive": WorkerBeat.last(),
        "is_administrator": is_administrator.test(request.user),
        "form": AddressForm(),
    }
    if context["is_administrator"]:
        context |= {"budgets": budgets(), "next_cleaning": WorkerBeat.next_hourly()}
    return render(request, "mails/list.html", context)


@may(SEE_MAILS)
@require_http_methods(["GET", "HEAD", "POST"])
def mail(request: HttpRequest, uid: str) -> HttpResponse:
    """Send a mail to a corrected address; where the old one came from, it is corrected as well."""
    row = get_object_or_404(mails_seen_by(request.user), uid=uid)
    form = AddressForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        address = form.cleaned_data["address"]
        if actions.send_again(mail=row, address=address, by=request.user):
            messages.success(
                request, _("The mail is on its way to %(address)s.") % {"address": address}
            )
        else:
            _say_too_late(request)
        return redirect("mails:list")
    context = {"mail": row, "form": form}
    return render(request, "mails/mail.html", context, status=422 if form.is_bound else 200)


@may(SEE_MAILS)
@require_POST
def again(request: HttpRequest, uid: str) -> HttpResponse:
    """Send a mail again, to the same address."""
    row = get_object_or_404(mails_seen_by(request.user), uid=uid)
    if actions.send_again(mail=row, by=request.user):
        messages.success(request, _("The mail is in the queue again, and is tried at once."))
    else:
        _say_too_late(request)
    return redirect("mails:list")


@may(SEE_MAILS)
@require_POST
def all_again(request: HttpRequest) -> HttpResponse:
    """Send everything again that was given up, as after days without a mail server."""
    rows = mails_seen_by(request.user).failed().filter(emptied_at=None)
    number = sum(actions.send_again(mail=row, by=request.user) for row in rows)
    words = ngettext(
        "%(number)d mail is in the queue again.", "%(number)d mails are in the queue again.", number
    )
    messages.success(request, words % {"number": number})
    return redirect("mails:list")


@may(SEE_MAILS)
@require_POST
def came_back(request: HttpRequest) -> HttpResponse:
    """Note that mail to an address came back, when the notice went to somebody's own mailbox."""
    form = AddressForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Write the whole address, such as name@example.org."))
        return redirect("mails:list")
    address = form.cleaned_data["address"]
    found = mails_seen_by(request.user).filter(address=address).exists()
    if found and actions.record_bounce(address=address):
        messages.success(
            request, _("It is noted that mail to %(address)s came back.") % {"address": address}
        )
    else:
        messages.warning(
            request,
            _("No mail that was sent to %(address)s is known here. Nothing is noted.")
            % {"address": address},
        )
    return redirect("mails:list")


def _say_too_late(request: HttpRequest) -> None:
    messages.warning(
        request,
        _(
            "The mail cannot be sent again: it was sent in the meantime, or its text has been "
            "emptied. Start anew where it came from."
        ),
    )
