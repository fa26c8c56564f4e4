"""The receipt of an answer: its number and seal, confirming the address, correcting it and taking
it back. Its address is a secret; whoever has it may do what the sender may.
"""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from consultations.access import response_of
from consultations.enums import RoundState
from consultations.models import Response
from consultations.public import round_page
from consultations.reports.published import outcome_of
from consultations.responses import quotes
from consultations.responses.mails import RECEIPT, reference_of
from kommuneplan.access import public
from kommuneplan.core.mail.states import state_of
from plans.document import plan_document as doc

from ..actions import sending
from ..public_side import public_side
from ..unsent import unsent
from .writing import private


@public
@require_http_methods(["GET", "POST"])
def receipt(request: HttpRequest, secret: str) -> HttpResponse:
    """What was received, when, and under which number; POST takes the answer back."""
    response = response_of(secret)
    status = 200
    if request.method == "POST":
        try:
            sending.withdraw(response=response, arrived_at=request.arrived_at)
        except sending.RoundClosed:
            status = 409
        else:
            return redirect("consultations:answer-receipt", secret)
    return private(_page(request, response, secret, status))


@public
@require_http_methods(["GET", "POST"])
def verify(request: HttpRequest, secret: str, token: str) -> HttpResponse:
    """Confirm the address with what the mail says: opening the link changes nothing, the button
    on the page does."""
    response = response_of(secret)
    wrong = False
    if request.method == "POST":
        wrong = not sending.verify(response=response, token=token, at=request.arrived_at)
        if not wrong:
            return redirect("consultations:answer-receipt", secret)
    context = {"response": response, "secret": secret, "wrong": wrong}
    return private(
        render(
            request, "consultations/answering/verify.html", context, status=409 if wrong else 200
        )
    )


def _draft_of(response: Response, at: dt.datetime) -> doc.PlanDocument | None:
    """The draft that was answered, if whoever answered may read it now."""
    round = response.round
    shown_now = round_page.draft_is_shown(round, at=at, to_parties=response.invitation is not None)
    return doc.from_json(round.frozen.content) if shown_now else None


def _page(request: HttpRequest, response: Response, secret: str, status: int) -> HttpResponse:
    revisions = list(response.revisions.order_by("number"))
    round, invitation = response.round, response.invitation
    closes_at = round.deadline_of(invitation)
    state = round.state_at(request.arrived_at, closes_at)
    content = revisions[-1].content
    draft = response.drafts.order_by("pk").first()
    context = {
        "response": response,
        "round": round,
        "secret": secret,
        "newest": revisions[-1],
        "revisions": revisions,
        "closes_at": closes_at,
        "can_change": state == RoundState.OPEN and response.withdrawn_at is None,
        "can_correct": draft is not None and draft.invitation_id is None,
        "unsent": unsent(draft),
        "is_mailed": state_of(reference_of(RECEIPT, response.uid)) is not None,
        "own": content,
        "public": public_side(response, at=request.arrived_at),
        "quotes": quotes.quotes(_draft_of(response, request.arrived_at), content["remarks"]),
        "too_late": status == 409,
        "outcome": outcome_of(response, at=request.arrived_at) if round.is_public else None,
    }
    return render(request, "consultations/answering/receipt.html", context, status=status)
