"""The doors through which a citizen answers: begun at the round, taken up again by a secret link,
corrected from the receipt. Behind each stands the same desk (``writing``).
"""

from __future__ import annotations

import secrets
from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from consultations.access import public_round, response_of
from consultations.models import ResponseDraft
from consultations.models.party import digest_of
from kommuneplan.access import public
from kommuneplan.core.strangers import network_mark

from .. import proof_of_work
from ..actions import drafts
from ..kept_until import kept_until
from . import writing
from .desk import LARGE, ROUND, AnsweringDesk, draft_to_keep
from .keeping import by_script

_BYTES = 24  # 192 random bits


@public
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin an answer. Nothing is stored before the form is sent, by somebody who has worked or
    waited for it; sent again, by a double click, from a second window or after going back, it is
    the same answer: its secret is in the form."""
    round = public_round(slug, request.arrived_at)
    token = request.POST.get("token", "")
    secret = proof_of_work.subject_of(token)
    others = ResponseDraft.objects.exclude(round=round)
    if secret is None or others.filter(digest=digest_of(secret)).exists():
        secret = secrets.token_urlsafe(_BYTES)
        token = proof_of_work.challenge(secret)
    home = reverse("consultations:hearing", args=[round.slug])
    draft = ResponseDraft.by_secret(secret).filter(round=round).first()
    desk = AnsweringDesk(
        round=round,
        draft=draft,
        invitation=None,
        back=home,
        write=reverse("consultations:answer", args=[round.slug]),
        send="",
        begin=partial(
            drafts.begin,
            round=round,
            secret=secret,
            at=request.arrived_at,
            network=network_mark(request.META["REMOTE_ADDR"]),
        ),
        addresses=partial(_addresses, "answer-draft", secret),
        secret=secret,
        token=token,
        material="consultations:hearing-material",
        key=round.slug,
    )
    return writing.write(request, desk)


def _addresses(name: str, key: str) -> tuple[str, str]:
    return (
        reverse(f"consultations:{name}", args=[key]),
        reverse(f"consultations:{name}-send", args=[key]),
    )


@public
@require_http_methods(["GET", "POST"])
def draft(request: HttpRequest, secret: str) -> HttpResponse:
    """Go on with an answer by its secret link."""
    return writing.write(request, _desk_of_draft(request, secret))


@public
@require_http_methods(["GET", "POST"])
def draft_send(request: HttpRequest, secret: str) -> HttpResponse:
    """Read an answer through, and send it."""
    return writing.send(request, _desk_of_draft(request, secret))


@public
@require_http_methods(["GET", "POST"])
def draft_confirm(request: HttpRequest, secret: str, token: str) -> HttpResponse:
    """Confirm the address in an answer with what the mail says, so that it is kept: opening the
    link changes nothing, the button on the page does."""
    desk = _desk_of_draft(request, secret)
    assert desk.draft is not None
    wrong = False
    if request.method == "POST":
        wrong = not drafts.confirm(draft=desk.draft, token=token, at=request.arrived_at)
        if not wrong:
            return redirect(f"{desk.write}?bekraeftet=1#gemt")
    context = {"desk": desk, "draft": desk.draft, "kept": kept_until(desk.draft), "wrong": wrong}
    status = 409 if wrong else 200
    page = render(request, "consultations/answering/draft_confirm.html", context, status=status)
    return writing.private(page)


def _desk_of_draft(request: HttpRequest, secret: str) -> AnsweringDesk:
    if request.method == "POST" and by_script(request):
        row = draft_to_keep(secret, request.arrived_at)
    else:
        rows = ResponseDraft.by_secret(secret).filter(invitation__isnull=True)
        row = get_object_or_404(rows.select_related(*ROUND, "response").defer(*LARGE))
    return _citizens_desk(request, row, "answer-draft", secret, secret=secret)


def _citizens_desk(
    request: HttpRequest, row: ResponseDraft, name: str, key: str, *, secret: str = ""
) -> AnsweringDesk:
    write, send = _addresses(name, key)
    return AnsweringDesk(
        round=row.round,
        draft=row,
        invitation=None,
        back=reverse("consultations:hearing", args=[row.round.slug]),
        write=write,
        send=send,
        begin=lambda: row,
        secret=secret,
        material="consultations:hearing-material",
        key=row.round.slug,
    )


@public
@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, secret: str) -> HttpResponse:
    """Go on with an answer that was sent: what is sent again is its correction."""
    return writing.write(request, _desk_of_receipt(request, secret))


@public
@require_http_methods(["GET", "POST"])
def correct_send(request: HttpRequest, secret: str) -> HttpResponse:
    """Read a correction through, and send it."""
    return writing.send(request, _desk_of_receipt(request, secret))


def _desk_of_receipt(request: HttpRequest, secret: str) -> AnsweringDesk:
    response = response_of(secret)
    rows = ResponseDraft.objects.filter(response=response, invitation__isnull=True)
    rows = rows.select_related(*ROUND, "response").defer(*LARGE)
    row = get_object_or_404(rows.order_by("pk")[:1])
    return _citizens_desk(request, row, "answer-correct", secret)
