"""The workbench: the queue, and one response with its words, its remarks and their replies.

Whatever is pressed on the page, what was written of the remarks is saved first (``acts``).
"""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from consultations.handling.draft import Draft
from consultations.handling.resembling import offers_of
from consultations.review.actions import originals
from kommuneplan.access import signed_in
from kommuneplan.page_number import page_number
from kommuneplan.read_only import writes_when_opened

from .acts import act
from .page import (
    address_of,
    around,
    bench_page,
    bench_to,
    live_at,
    queue_of,
    queue_page,
    to_response,
)


@signed_in
@require_http_methods(["GET", "POST"])
@writes_when_opened
def queue(request: HttpRequest, slug: str, uid: UUID) -> HttpResponse:
    """The responses that wait; a press on one opens it, which is written down."""
    found = queue_of(request, slug, uid)
    if request.method != "POST":
        return queue_page(request, found, page_number(request.GET.get("side", "")))
    verb, _colon, number = request.POST.get("do", "").partition(":")
    if verb != "go" or not number.isdecimal() or len(number) > 9:
        return redirect(address_of(found))
    row = get_object_or_404(found.round.responses, number=int(number))
    originals.open_original(response=row, by=request.user)
    return to_response(found, row.number)


@signed_in
@require_safe
def live(request: HttpRequest, slug: str, uid: UUID) -> HttpResponse:
    """What the text says now at a place of the draft, for a remark that wants it changed: the
    script asks when another place is chosen."""
    round = queue_of(request, slug, uid).round
    context = {"plan": round.plan, **live_at(Draft(round), request.GET.get("sted", ""))}
    return render(request, "consultations/workbench/live.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
@writes_when_opened
def response(request: HttpRequest, slug: str, uid: UUID, number: int) -> HttpResponse:
    """A response with its remarks: look it through, split it, answer it."""
    bench = bench_to(request, slug, uid, number)
    if request.method == "POST":
        return act(request, bench)
    return bench_page(request, bench)


@signed_in
@require_safe
@writes_when_opened
def offers(request: HttpRequest, slug: str, uid: UUID, number: int) -> HttpResponse:
    """The answered remarks that those of a response resemble, which takes longer to find than the
    page: the script asks for them afterwards. Without it they stand on the page of each remark."""
    bench = bench_to(request, slug, uid, number)
    found = offers_of(bench.round, bench.at_hand) if bench.response.opened else {}
    rows = [(row, found[row.pk]) for row in bench.at_hand if found.get(row.pk)]
    context = around(request, bench.round) | {"rows": rows}
    return render(request, "consultations/workbench/offers.html", context)
