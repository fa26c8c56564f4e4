"""The room of a round's responses: the list, one response beside what is shown of it, and who has
opened originals.

GET writes nothing. To read what was received one presses a button: that is written down first
(``opening``), and for a working day the page shows it.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Max, Min, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from consultations.access import round_to
from consultations.models import Response
from consultations.permissions import READ_ORIGINALS
from kommuneplan.access import signed_in
from kommuneplan.core.forms import SeenVersionForm
from kommuneplan.core.site.context import municipality_of
from kommuneplan.page_number import page_number

from ..actions import originals
from ..forms import PassageForm, ResponseSearch
from ..opened_things import opened_things
from ..page_context import round_context
from ..response_review import Clearance
from ..reviews import clearance, in_a_list, listed

PER_PAGE = 20
READS_PER_PAGE = 50


def response_to(
    request: HttpRequest, slug: str, uid: UUID, number: int, permission: str
) -> Response:
    """A response of that round: 404 when it does not exist for the person, 403 without the
    permission."""
    round = round_to(request, slug, uid, permission)
    response = get_object_or_404(round.responses.select_related("invitation"), number=number)
    response.round = round
    return response


def has_opened(request: HttpRequest, response: Response) -> bool:
    """May this page show the response as received? Only after it was opened, which is logged."""
    return originals.has_opened(response, by=request.user, at=request.arrived_at)


@signed_in
@require_safe
def responses(request: HttpRequest, slug: str, uid: UUID) -> HttpResponse:
    """The responses received, with how far each is on its way to everybody."""
    round = round_to(request, slug, uid, READ_ORIGINALS)
    form = ResponseSearch(request.GET)
    page = page_of(form.filtered(round.responses.order_by("number")), request.GET.get("side", ""))
    context = {
        **round_context(request, round),
        "form": form,
        "page": page,
        "lines": listed(page.object_list, municipality_of(request)),
        "is_filtered": bool(form.used),
    }
    return render(request, "consultations/review/list.html", context)


def page_of(rows: QuerySet[Response], asked: str) -> Page[Any]:
    """A page of the list and how many there are, in one query; the last page for a number there
    is none of."""
    number = page_number(asked)
    first = (number - 1) * PER_PAGE
    found = list(in_a_list(rows)[first : first + PER_PAGE])
    if not found and first:
        last = -(-rows.count() // PER_PAGE)
        return page_of(rows, str(last)) if last else page_of(rows, "1")
    pages = Paginator(range(found[0].total if found else 0), PER_PAGE)
    return Page(found, number if found else 1, pages)


@signed_in
@require_safe
def response(request: HttpRequest, slug: str, uid: UUID, number: int) -> HttpResponse:
    """One response: as received, once it was opened, beside what is shown of it."""
    row = response_to(request, slug, uid, number, READ_ORIGINALS)
    return response_page(request, row)


def response_page(
    request: HttpRequest, row: Response, *, status: int = 200, **more: Any
) -> HttpResponse:
    """The page of a response; ``trouble`` says what stood in the way of what was asked."""
    state = clearance(row)
    state.response.round = row.round
    around = row.round.responses.aggregate(
        next=Min("number", filter=Q(number__gt=row.number)),
        previous=Max("number", filter=Q(number__lt=row.number)),
    )
    context = {
        **round_context(request, row.round),
        "state": state,
        "response": state.response,
        "opened": has_opened(request, row),
        "shown_as": state.shown.label(row.number, names=state.house.shows_private_names),
        "seen": SeenVersionForm(initial={"seen": state.response.version}, auto_id=False),
        "passage": PassageForm(initial={"revision": state.revision.uid}),
        **around,
        **more,
    }
    return render(request, "consultations/review/response.html", context, status=status)


def changed_meanwhile(request: HttpRequest, row: Response, **more: Any) -> HttpResponse:
    """The response has moved on: it is shown as it is now, and nothing was done."""
    trouble = _("The response has been changed meanwhile, so nothing was done. Look again.")
    fresh = Response.objects.get(pk=row.pk)
    fresh.round = row.round
    return response_page(request, fresh, status=409, trouble=trouble, **more)


@signed_in
@require_POST
def open_original(request: HttpRequest, slug: str, uid: UUID, number: int) -> HttpResponse:
    """Open the response as received: written down, and shown from then on."""
    row = response_to(request, slug, uid, number, READ_ORIGINALS)
    originals.open_original(response=row, by=request.user)
    return redirect("consultations:response", slug, uid, number)


@signed_in
@require_safe
def reads(request: HttpRequest, slug: str, uid: UUID) -> HttpResponse:
    """Who has opened what as received, and when; the latest first."""
    round = round_to(request, slug, uid, READ_ORIGINALS)
    rows = round.originals_read.select_related("user", "response").order_by("-at", "-pk")
    page = Paginator(rows, READS_PER_PAGE).get_page(request.GET.get("side"))
    context = {
        **round_context(request, round),
        "page": page,
        "things": opened_things(page.object_list),
    }
    return render(request, "consultations/review/reads.html", context)


def state_of(row: Response) -> Clearance:
    """What has to be decided of a response, with the round that is loaded already."""
    state = clearance(row)
    state.response.round = row.round
    return state
