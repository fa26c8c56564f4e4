"""The room of a round's journal: the package for the case system, and what is marked as filed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from consultations.access import round_to
from consultations.models import Round
from consultations.permissions import FILE
from kommuneplan.access import signed_in
from kommuneplan.core.file_response import file_answer

from ..actions import packaging
from ..case_file import things_of
from ..forms import NumbersForm
from .reports import job_context

PER_PAGE = 50


@signed_in
@require_safe
def room(request: HttpRequest, slug: str, uid: UUID) -> HttpResponse:
    """The packages made, how far the next one is, and the document numbers."""
    return _room(request, round_to(request, slug, uid, FILE))


def _room(
    request: HttpRequest, round: Round, form: NumbersForm | None = None, *, status: int = 200
) -> HttpResponse:
    things = things_of(round)
    page = Paginator(things, PER_PAGE).get_page(request.GET.get("side"))
    packages = round.packages.select_related("file", "made_by").order_by("-made_at", "-pk")
    context: dict[str, Any] = {
        **job_context(packaging.KIND, round),
        "plan": round.plan,
        "round": round,
        "packages": packages,
        "page": page,
        "form": form or NumbersForm(things=page.object_list),
        "filed": sum(bool(one.document_number) for one in things),
        "total": len(things),
    }
    return render(request, "consultations/reports/journal.html", context, status=status)


@signed_in
@require_POST
def make(request: HttpRequest, slug: str, uid: UUID) -> HttpResponse:
    """Have a package made; a second click starts nothing more."""
    round = round_to(request, slug, uid, FILE)
    packaging.start_package(round=round, by=request.user)
    messages.success(request, _("The package is being made. You can leave the page meanwhile."))
    return redirect("consultations:journal-room", slug, uid)


@signed_in
@require_POST
def file_all(request: HttpRequest, slug: str, uid: UUID) -> HttpResponse:
    """Mark as filed what has got a document number; an empty field takes the mark back."""
    round = round_to(request, slug, uid, FILE)
    page = Paginator(things_of(round), PER_PAGE).get_page(request.GET.get("side"))
    form = NumbersForm(request.POST, things=page.object_list)
    if not form.is_valid():
        return _room(request, round, form, status=422)
    count = packaging.file_things(round=round, numbers=form.numbers, by=request.user)
    said = ngettext("%(n)d document number is stored.", "%(n)d document numbers are stored.", count)
    messages.success(request, said % {"n": count})
    return redirect("consultations:journal-room", slug, uid)


@signed_in
@require_POST
def fetch(request: HttpRequest, slug: str, uid: UUID, package: UUID) -> HttpResponseBase:
    """A package to be stored by the secretary; written down first, for the originals are in it."""
    round = round_to(request, slug, uid, FILE)
    row = get_object_or_404(round.packages.select_related("file"), uid=package)
    if row.file is None:
        raise Http404
    row.round = round
    packaging.note_fetching(package=row, by=request.user)
    return file_answer(row.file)
