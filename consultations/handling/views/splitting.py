"""Responses become remarks: those that wait, one of them cut, and all taken as they were given."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from consultations.models import Response, Round
from kommuneplan.access import signed_in
from kommuneplan.read_only import writes_when_opened

from .. import remarks as handling
from ..access import round_to_handle
from ..actions import splitting
from ..draft import Draft
from ..pieces import CutResponse, cut_of
from ..splitting import Passage, joined
from .frame import frame, seen_of


@signed_in
@require_safe
def responses(request: HttpRequest, slug: str, uid: UUID) -> HttpResponse:
    """The responses that are to be gone through, the lowest number first."""
    round = round_to_handle(request, slug, uid)
    pages = Paginator(handling.responses_to_cut(round), handling.PER_PAGE)
    context = frame(request, round) | {
        "here": _("Responses to divide"),
        "page": pages.get_page(request.GET.get("side")),
        "all_responses": round.responses.count(),
    }
    return render(request, "consultations/handling/responses.html", context)


@signed_in
@require_POST
def take_all(request: HttpRequest, slug: str, uid: UUID) -> HttpResponse:
    """Every part of every response that nobody has begun to cut becomes a remark."""
    round = round_to_handle(request, slug, uid)
    taken, made = splitting.take_all_as_given(round=round, by=request.user)
    said = ngettext(
        "%(responses)d response has become %(remarks)d remarks.",
        "%(responses)d responses have become %(remarks)d remarks.",
        taken,
    )
    messages.success(request, said % {"responses": taken, "remarks": made})
    if taken == splitting.AT_ONCE:
        messages.info(request, _("There may be more: press again to take the next."))
    return redirect("consultations:remark-responses", round.plan.slug, round.uid)


def response_to_cut(
    request: HttpRequest, slug: str, uid: UUID, response: UUID
) -> tuple[Round, Response]:
    """A standing response of this round; another round's is 404."""
    round = round_to_handle(request, slug, uid)
    rows = Response.objects.filter(round=round).standing().select_related("invitation")
    row = get_object_or_404(rows, uid=response)
    row.round = round
    return round, row


@signed_in
@require_http_methods(["GET", "POST"])
@writes_when_opened
def split(request: HttpRequest, slug: str, uid: UUID, response: UUID) -> HttpResponse:
    """One response as it was received, and the remarks it has become."""
    round, row = response_to_cut(request, slug, uid, response)
    cut = _cut(row)
    if request.method == "POST":
        _step(request, row, cut)
        if "done" in request.POST or "whole" in request.POST:
            return redirect(_next(round, row))
        return redirect("consultations:remark-split", slug, uid, response)
    following = handling.responses_to_cut(round).filter(number__gt=row.number).first()
    context = frame(request, round, originals=True) | {
        "here": _("Response no. %(number)d") % {"number": row.number},
        "response": row,
        "cut": cut,
        "spots": Draft(round).spots,
        "following": following,
    }
    return render(request, "consultations/handling/split.html", context)


def _cut(row: Response) -> CutResponse:
    remarks = row.remarks.filter(retired_at__isnull=True).select_related("theme")
    return cut_of(row.newest, remarks.order_by("number"))


def _step(request: HttpRequest, row: Response, cut: CutResponse) -> None:
    """What the pressed button does, told in a message."""
    how: dict[str, Any] = {"response": row, "seen": seen_of(request), "by": request.user}
    try:
        if "whole" in request.POST:
            splitting.handle_whole(**how)
            done = _("The response is handled as one remark.")
        elif "done" in request.POST:
            splitting.finish(**how)
            done = _("The response is gone through.")
        elif "given" in request.POST:
            done = _made(len(splitting.accept_given(**how)))
        else:
            made = splitting.split(passages=_passages(request, cut), **how)
            done = _made(len(made))
    except splitting.ResponseChanged:
        messages.warning(
            request,
            _(
                "The response was corrected or withdrawn meanwhile, so nothing was done. "
                "Look again."
            ),
        )
    except splitting.LettersTaken as taken:
        said = _("Some of it is in remark no. %(number)d already, so nothing was done.")
        messages.warning(request, said % {"number": taken.remark.number})
    except ValueError:
        messages.warning(request, _("No words were chosen, so nothing was done."))
    else:
        messages.success(request, done)


def _made(count: int) -> str:
    if not count:
        return _("There was nothing to make a remark of.")
    return ngettext("%(n)d remark is made.", "%(n)d remarks are made.", count) % {"n": count}


def _passages(request: HttpRequest, cut: CutResponse) -> list[Passage]:
    """The marked words, else the marked paragraphs; those that follow upon each other are one.
    Raises ValueError when there are none."""
    if marked := request.POST.get("marked"):
        return [_passage(marked)]
    chosen = {_passage(value) for value in request.POST.getlist("piece")}
    found = [one for part in cut.cuts for one in joined(chosen, part.place)]
    if not found:
        raise ValueError("No paragraph is marked")
    return found


def _passage(value: str) -> Passage:
    """ "text:0:120". Raises ValueError for anything else."""
    place, begins, ends = value.rsplit(":", 2)
    if not (begins.isdecimal() and ends.isdecimal() and len(value) < 100):
        raise ValueError(value)
    return Passage(place, int(begins), int(ends))


def _next(round: Round, row: Response) -> str:
    """The next response that waits, else the remarks."""
    args = [round.plan.slug, round.uid]
    waiting = handling.responses_to_cut(round).filter(number__gt=row.number).first()
    if waiting is None:
        return reverse("consultations:remark-responses", args=args)
    return reverse("consultations:remark-split", args=[*args, waiting.uid])
