"""The doors through which those answer who were invited by name: the colleagues of a party by its
link, the secretary of a council from the workspace. Behind each stands the same desk (``writing``).
"""

from __future__ import annotations

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from consultations.enums import RoundState
from consultations.file_response import material_bytes
from consultations.models import Invitation, Response, ResponseDraft
from consultations.parties.letters import filled_letter
from consultations.permissions import ANSWER_FOR_COUNCIL
from consultations.public import round_page
from consultations.responses import content as received
from kommuneplan.access import public, signed_in
from kommuneplan.core.enums import Role
from kommuneplan.core.models import Municipality

from ..actions import drafts as drafting
from ..actions import sending
from ..unsent import unsent
from . import writing
from .desk import LARGE, ROUND, AnsweringDesk


@public
@require_http_methods(["GET", "POST"])
def invited(request: HttpRequest, token: str) -> HttpResponse:
    """The page an invited party's link leads to: what is proposed, until when, and "no remarks"."""
    row = _invitation(token)
    return _party_page(request, row, _party_desk(request, row, "answer-invited", token))


@public
@require_http_methods(["GET", "POST"])
def invited_write(request: HttpRequest, token: str) -> HttpResponse:
    """The answer that the party's colleagues write under one link."""
    return writing.write(request, _party_desk(request, _invitation(token), "answer-invited", token))


@public
@require_http_methods(["GET", "POST"])
def invited_send(request: HttpRequest, token: str) -> HttpResponse:
    """One of them reads it through and sends it for all."""
    return writing.send(request, _party_desk(request, _invitation(token), "answer-invited", token))


@public
@require_safe
def invited_material(request: HttpRequest, token: str, uid: str) -> HttpResponseBase:
    """A file that goes out with the draft, for an invited party."""
    row = _invitation(token)
    _demand_begun(request, row)
    return material_bytes(request, row.round, uid)


def _invitation(token: str) -> Invitation:
    rows = Invitation.objects.by_token(token).filter(removed_at__isnull=True)
    return get_object_or_404(rows.select_related(*ROUND, "party").defer(*LARGE))


def _demand_begun(request: HttpRequest, row: Invitation) -> None:
    state = row.round.state_at(request.arrived_at, row.closes_at)
    if state in {RoundState.PREPARED, RoundState.COMING}:
        raise Http404


# --- councils ------------------------------------------------------------------------------------


@signed_in
@require_safe
def councils(request: HttpRequest) -> HttpResponse:
    """The rounds in which the councils I am secretary of are heard."""
    at = request.arrived_at
    rows = [row for row in _councils_rows(request) if row.round.opens_at <= at]
    rows.sort(key=lambda row: (row.deadline <= at, row.deadline))
    drafts = ResponseDraft.objects.filter(invitation__in=rows).select_related("response")
    withdrawn = _withdrawn(rows)
    by_row = {one.invitation_id: one for one in drafts}
    lines = [
        {
            "row": row,
            "state": row.round.state_at(at, row.closes_at),
            "days_left": round_page.days_left(row.round, at=at, closes_at=row.closes_at),
            "draft": by_row.get(row.pk),
            "withdrawn": withdrawn.get(row.pk),
        }
        for row in rows
    ]
    return render(request, "consultations/answering/councils.html", {"lines": lines})


@signed_in
@require_http_methods(["GET", "POST"])
def council(request: HttpRequest, uid: str) -> HttpResponse:
    """A round in which my council is heard: the same page as its link leads to."""
    row = _council_row(request, uid)
    return _party_page(request, row, _party_desk(request, row, "answer-council", uid))


@signed_in
@require_http_methods(["GET", "POST"])
def council_write(request: HttpRequest, uid: str) -> HttpResponse:
    """The council's answer, with the minutes of its meeting as a file."""
    row = _council_row(request, uid)
    return writing.write(request, _party_desk(request, row, "answer-council", uid))


@signed_in
@require_http_methods(["GET", "POST"])
def council_send(request: HttpRequest, uid: str) -> HttpResponse:
    """Read the council's answer through, and send it."""
    row = _council_row(request, uid)
    return writing.send(request, _party_desk(request, row, "answer-council", uid))


@signed_in
@require_safe
def council_material(request: HttpRequest, uid: str, file: str) -> HttpResponseBase:
    """A file that goes out with the draft, for a council's secretary."""
    row = _council_row(request, uid)
    _demand_begun(request, row)
    return material_bytes(request, row.round, file)


def _withdrawn(rows: list[Invitation]) -> dict[int, Response]:
    """The responses of invitations, by their keys, where the last one was taken back."""
    received = Response.objects.filter(invitation__in=rows).order_by("number")
    last = {one.invitation_id: one for one in received.only("number", "invitation", "withdrawn_at")}
    return {key: one for key, one in last.items() if one.withdrawn_at is not None}


def _councils_rows(request: HttpRequest) -> list[Invitation]:
    rows = Invitation.objects.filter(
        removed_at__isnull=True,
        party__body__isnull=False,
        round__announced_at__isnull=False,
    ).select_related(*ROUND, "party__body")
    rows = rows.defer(*LARGE, "round__letter")
    held = request.user.roles()
    bodies = [body for body, role in held if role == Role.COUNCIL_SECRETARY]
    return list(rows.filter(party__body__in=bodies))


def _council_row(request: HttpRequest, uid: str) -> Invitation:
    rows = Invitation.objects.filter(removed_at__isnull=True, round__announced_at__isnull=False)
    rows = rows.select_related(*ROUND, "party__body").defer(*LARGE)
    row = get_object_or_404(rows, uid=uid)
    if not request.user.has_perm(ANSWER_FOR_COUNCIL, row):
        raise Http404
    return row


# --- a party's page and desk ---------------------------------------------------------------------


def _party_desk(request: HttpRequest, row: Invitation, name: str, key: str) -> AnsweringDesk:
    by = request.user if name == "answer-council" else None
    return AnsweringDesk(
        round=row.round,
        draft=ResponseDraft.objects.filter(invitation=row).select_related("response").first(),
        invitation=row,
        back=reverse(f"consultations:{name}", args=[key]),
        write=reverse(f"consultations:{name}-write", args=[key]),
        send=reverse(f"consultations:{name}-send", args=[key]),
        begin=partial(drafting.begin_invited, invitation=row, at=request.arrived_at, by=by),
        material=f"consultations:{name}-material",
        key=key,
        is_known=True,
        by=by,
    )


def _party_page(request: HttpRequest, row: Invitation, desk: AnsweringDesk) -> HttpResponse:
    if request.method == "POST":
        return _party_act(request, row, desk)
    context = {
        **round_page.about(row.round, at=request.arrived_at, invitation=row),
        "invitation": row,
        "desk": desk,
        "events": row.round.events.filter(at__lte=request.arrived_at).order_by("-at", "-pk"),
        "response": desk.draft.response if desk.draft else None,
        "withdrawn": _withdrawn([row]).get(row.pk),
        "unsent": unsent(desk.draft),
        "letter": filled_letter(row.round, row, contact=Municipality.current().contact_email),
    }
    context["events"] = [one for one in context["events"] if one.invitation_id in {None, row.pk}]
    status = 410 if desk.state(request.arrived_at) == RoundState.WITHDRAWN else 200
    page = render(request, "consultations/answering/invited.html", context, status=status)
    return writing.private(page)


def _party_act(request: HttpRequest, row: Invitation, desk: AnsweringDesk) -> HttpResponse:
    """ "No remarks" and taking that back, beginning to write, or the page telling that a person
    has opened it."""
    if desk.state(request.arrived_at) != RoundState.OPEN:
        return writing.over(request, desk)
    if request.POST.get("none") == "1":
        return _asked_once(request, row, desk)
    if "none" in request.POST or "after_all" in request.POST:
        verb = sending.no_remarks if "none" in request.POST else sending.remarks_after_all
        try:
            verb(invitation=row, arrived_at=request.arrived_at, by=desk.by)
        except sending.RoundClosed:
            row.round.refresh_from_db()
            return writing.over(request, desk)
        return redirect(desk.back)
    if "write" in request.POST:
        desk.begin()
        return redirect(desk.write)
    drafting.opened(invitation=row, at=request.arrived_at, by=desk.by)
    return HttpResponse(status=204)


def _asked_once(request: HttpRequest, row: Invitation, desk: AnsweringDesk) -> HttpResponse:
    """Are you sure that the party has no remarks? Nothing is sent before the answer."""
    content = sending.content_of(desk.draft) if desk.draft else None
    context = {
        "round": row.round,
        "invitation": row,
        "desk": desk,
        "closes_at": desk.closes_at,
        "written": content is not None and received.says_something(content),
        "response": desk.draft.response if desk.draft else None,
    }
    return writing.private(render(request, "consultations/answering/no_remarks.html", context))
