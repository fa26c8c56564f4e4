"""What everybody reads of consultations, as tables for programs, beside the pages that tell the
same."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from consultations.access import moved_round, public_round
from consultations.reports import published as reports
from consultations.reports import round_report
from kommuneplan.access import public
from kommuneplan.core.models import Municipality
from kommuneplan.core.site.open_data import dataset, given_out, taken_away
from kommuneplan.documents.tables import Dataset

from . import rows
from .tables import CONSULTATIONS, OF_RESPONSES, OF_THE_REPORT


@public
@require_safe
def consultations(request: HttpRequest, form: str) -> HttpResponseBase:
    """Every round that everybody may know of."""
    at = request.arrived_at

    def make() -> Dataset:
        page, title = reverse("consultations:hearings"), _("Consultations")
        return dataset(
            CONSULTATIONS, rows.consultations(at=at), path="/hoeringer", page=page, title=title,
            at=at, house=Municipality.current(),
        )  # fmt: skip

    return given_out(request, form, "/hoeringer", make)


@public
@require_safe
def of_responses(request: HttpRequest, slug: str, table: str, form: str) -> HttpResponseBase:
    """A table of the responses of a round that are shown; an earlier address leads on."""
    at = request.arrived_at
    page = reverse("consultations:hearing", args=[slug])
    path = f"{page}{table}"

    def make() -> Dataset | HttpResponseBase:
        if moved := moved_round(slug, at):
            return redirect(f"consultations:data-{table}", moved, form, permanent=True)
        round = public_round(slug, at)
        return dataset(
            OF_RESPONSES[table], rows.of_responses(table, round, at=at), path=path, page=page,
            title=round.title, at=at, house=Municipality.current(),
            version=round.frozen.public_number, seal=round.frozen.digest,
        )  # fmt: skip

    return given_out(request, form, path, make)


@public
@require_safe
def of_the_report(request: HttpRequest, slug: str, table: str, form: str) -> HttpResponseBase:
    """A table of the report that everybody reads now. Where it says something that must not be
    shown any more, why, and that it is made anew."""
    at = request.arrived_at
    page = reverse("consultations:report-shown", args=[slug])
    path = f"{reverse('consultations:hearing', args=[slug])}{table}"

    def make() -> Dataset | HttpResponseBase:
        if moved := moved_round(slug, at):
            return redirect(f"consultations:data-{table}", moved, form, permanent=True)
        round = public_round(slug, at)
        report = reports.published(round, at=at)
        if report is None:
            raise Http404
        report.round = round
        if reports.is_withheld(report):
            reason = _("Something in the report may not be shown any more. It is made anew.")
            return taken_away(form, reason=reason, since=None, page=page)
        told = round_report.from_json(report.content)
        return dataset(
            OF_THE_REPORT[table], rows.of_the_report(table, told), path=path, page=page,
            title=told.head.round_title, at=at, house=Municipality.current(),
            version=report.number, seal=report.digest,
        )  # fmt: skip

    return given_out(request, form, path, make)
