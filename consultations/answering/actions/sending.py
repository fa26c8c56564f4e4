"""Sending, correcting and withdrawing an answer, and declining to give one.

One rule decides what is in time: the instant at which the request arrived, stamped
once, is compared with the deadline as it stands when the round's row is locked, in the half-open
``[opens_at, closes_at)``. Sent twice, an answer is received once: its key is unique.
"""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db import transaction

from consultations.alike import actions as alike
from consultations.enums import Channel, RoundState
from consultations.models import (
    Attachment,
    Invitation,
    Response,
    ResponseDraft,
    ResponseRevision,
    Round,
)
from consultations.models.party import digest_of
from consultations.notices.telling import tell_received
from consultations.permissions import shows_private_names
from consultations.responses import content as received
from consultations.responses.mails import RECEIPT, reference_of
from consultations.responses.passages import search_words
from consultations.responses.receipt import receipt_secret, verification, verifies
from consultations.review.actions import annexes
from consultations.review.actions.reviewing import back_to_waiting
from consultations.review.hidden_again import note_response
from kommuneplan.core.mail import actions as mailing
from kommuneplan.core.models import User
from kommuneplan.keeping import Windows

from ..mail_budget import may_mail
from .numbering import next_number


class RoundClosed(Exception):
    """The round cannot be answered at that instant: it has not begun, is over, or is withdrawn."""

    def __init__(self, state: RoundState) -> None:
        super().__init__(state.value)
        self.state = state


class Changed(Exception):
    """The answer is not the one that was read through: somebody has gone on writing."""


class Empty(Exception):
    """There is nothing in the answer."""


@dataclass(frozen=True, slots=True)
class Sent:
    """An answer that was received. ``secret`` stands in the address of its receipt."""

    response: Response
    revision: ResponseRevision
    secret: str


def content_of(draft: ResponseDraft) -> dict[str, object]:
    """What a draft says, in the shape in which it would be received now."""
    answers = draft.answers.select_related("question").exclude(words="")
    return received.content(
        sender={name: getattr(draft, name) for name in received.SENDER},
        text=draft.text,
        answers=[
            {"question": str(one.question.uid), "asked": one.question.words, "words": one.words}
            for one in answers
        ],
        remarks=[
            {"uid": str(one.uid), "anchor": one.anchor, "quote": one.quote, "words": one.words}
            for one in draft.remarks.exclude(words="")
        ],
        files=[
            {"uid": str(one.uid), "name": one.file.name, "sha256": one.file.sha256}
            for one in draft.files.select_related("file")
            if not one.file.is_refused
        ],
        names_public=shows_private_names(),
    )


@transaction.atomic
def submit(
    *,
    draft: ResponseDraft,
    key: uuid.UUID,
    seen: str,
    arrived_at: dt.datetime,
    by: User | None = None,
) -> Sent:
    """Receive an answer, or, where it has been received before, its correction.

    ``key`` and ``seen`` (SHA-256) stand in the page on which it was read through. A key that has
    been received gives the same receipt again, whatever the time. Raises Closed when the
    deadline is past, Changed when the answer has moved on since ``seen`` or two texts stand for one
    field, Empty when it says nothing.
    """
    round = Round.objects.select_for_update().get(pk=draft.round_id)
    row = ResponseDraft.objects.select_for_update().get(pk=draft.pk)
    before = _received_before(row, key)
    if before is not None:
        return before
    invitation = row.invitation
    _demand_open(round, invitation, arrived_at)
    if row.key != key:
        raise Changed
    content = content_of(row)
    sealed = received.sha256_of(content)
    if sealed != seen or Windows(row.windows).besides():
        raise Changed
    if not received.says_something(content):
        raise Empty
    sent = _receive(round, row, content, sealed, arrived_at, by)
    if invitation is not None and invitation.no_remarks_at is not None:
        invitation.no_remarks_at = None
        invitation._history_user = by
        invitation.save()
    _tell(sent, round, row)
    tell_received(round=round, by=by)
    return sent


def _received_before(draft: ResponseDraft, key: uuid.UUID) -> Sent | None:
    revision = ResponseRevision.objects.filter(key=key).select_related("response").first()
    if revision is None or revision.response_id != draft.response_id:
        return None
    return Sent(revision.response, revision, receipt_secret(revision.response))


def _demand_open(round: Round, invitation: Invitation | None, at: dt.datetime) -> None:
    state = round.state_at(at, round.deadline_of(invitation))
    if invitation is not None and invitation.removed_at is not None:
        raise RoundClosed(RoundState.WITHDRAWN)
    if state != RoundState.OPEN:
        raise RoundClosed(state)


def _receive(
    round: Round,
    draft: ResponseDraft,
    content: dict[str, object],
    sealed: str,
    at: dt.datetime,
    by: User | None,
) -> Sent:
    response = draft.response
    number = 1
    if response is None:
        response = Response(round=round, number=next_number(round), key=draft.key, received_at=at)
        response.invitation = draft.invitation
        response.channel = Channel.LINK if draft.invitation_id else Channel.WEB
        secret = receipt_secret(response)
        response.digest = digest_of(secret)
    else:
        response = Response.objects.select_for_update().get(pk=response.pk)
        if response.withdrawn_at is not None:
            raise RoundClosed(RoundState.WITHDRAWN)
        number = response.newest.number + 1
        secret = receipt_secret(response)
        back_to_waiting(response, by=by)
    _sender_of(response, draft, by, at)
    response.search_text = search_words(content)
    response._history_user = by
    response.save()
    if number > 1:
        note_response(response)
    revision = ResponseRevision.objects.create(
        response=response,
        number=number,
        key=draft.key,
        content=content,
        sha256=sealed,
        received_at=at,
    )
    _attach(response, draft)
    alike.later(round)
    draft.response, draft.key = response, uuid.uuid4()
    draft.save()
    return Sent(response, revision, secret)


def _sender_of(response: Response, draft: ResponseDraft, by: User | None, at: dt.datetime) -> None:
    """The sender as the draft has it. Whoever was invited by name, has signed in, or has confirmed
    the address while writing is known;
    an address that was changed has to be confirmed anew."""
    if response.email != draft.email:
        response.verified_at = None
    for name in received.SENDER:
        setattr(response, name, getattr(draft, name))
    is_known = draft.invitation_id or draft.confirmed_at or by is not None
    if response.verified_at is None and is_known:
        response.verified_at = at


def _attach(response: Response, draft: ResponseDraft) -> None:
    """The draft's files become the response's; what was received once stays with it."""
    known = set(response.attachments.values_list("uid", flat=True))
    for one in draft.files.select_related("file"):
        if one.uid not in known and not one.file.is_refused:
            row = Attachment.objects.create(uid=one.uid, response=response, file=one.file)
            annexes.later(row)


# --- the receipt ---------------------------------------------------------------------------------


def _tell(sent: Sent, round: Round, draft: ResponseDraft) -> None:
    response, at = sent.response, sent.revision.received_at
    is_known = response.verified_at is not None or response.invitation_id is not None
    if not response.email or not (is_known or may_mail(draft, at=at)):
        return
    home = f"/hoeringer/kvittering/{sent.secret}/"
    mailing.send(
        to=response.email,
        template="consultations/receipt",
        context={
            "title": round.title,
            "number": response.number,
            "sha256": sent.revision.sha256,
            "received_at": sent.revision.received_at,
            "corrected": sent.revision.number > 1,
            "closes_at": round.deadline_of(response.invitation),
            "link": mailing.MailLink(mailing.absolute(home)),
            "verify": ""
            if response.verified_at
            else mailing.MailLink(mailing.absolute(f"{home}bekraeft/{verification(response)}/")),
        },
        reference=reference_of(RECEIPT, response.uid),
        keep_days=0,  # the address in it is a secret
    )


@transaction.atomic
def verify(*, response: Response, token: str, at: dt.datetime) -> bool:
    """The sender has shown that the address is theirs. False when the token is not the mail's."""
    row = Response.objects.select_for_update().get(pk=response.pk)
    if not verifies(row, token):
        return False
    if row.verified_at is None:
        row.verified_at = at
        row._history_user = None
        row.save()
    return True


@transaction.atomic
def withdraw(*, response: Response, arrived_at: dt.datetime, by: User | None = None) -> Response:
    """Take an answer back before the deadline: it is not shown and not handled, but stays received
    and filed. Doing it twice is as once. Raises Closed when the deadline is past."""
    round = Round.objects.select_for_update().get(pk=response.round_id)
    row = Response.objects.select_for_update().get(pk=response.pk)
    if row.withdrawn_at is not None:
        return row
    _demand_open(round, row.invitation, arrived_at)
    row.withdrawn_at = arrived_at
    row._history_user = by
    row.save()
    note_response(row)
    alike.later(round)
    for draft in ResponseDraft.objects.select_for_update().filter(response=row):
        # a new answer may be written; this one is not corrected any more
        draft.response, draft.key, draft.saved_at = None, uuid.uuid4(), arrived_at
        draft.confirmed_at = row.verified_at
        draft.save()
        for (
            file
        ) in draft.files.all():  # what was received keeps its uid; the new answer gets its own
            file.uid = uuid.uuid4()
            file.save(update_fields=["uid"])
    return row


@transaction.atomic
def no_remarks(*, invitation: Invitation, arrived_at: dt.datetime, by: User | None = None) -> None:
    """The party has seen the draft and has no remarks; an answer may still be sent until the
    deadline, and then counts instead. Raises Closed when the deadline is past."""
    round = Round.objects.select_for_update().get(pk=invitation.round_id)
    row = Invitation.objects.select_for_update().get(pk=invitation.pk)
    _demand_open(round, row, arrived_at)
    if row.no_remarks_at is not None or row.responses.filter(withdrawn_at__isnull=True).exists():
        return
    row.opened_at = row.opened_at or arrived_at
    row.no_remarks_at = arrived_at
    row._history_user = by
    row.save()


@transaction.atomic
def remarks_after_all(
    *, invitation: Invitation, arrived_at: dt.datetime, by: User | None = None
) -> None:
    """The party takes back that it has no remarks: it is as one that has not answered yet. Doing
    it twice is as once. Raises Closed when the deadline is past."""
    round = Round.objects.select_for_update().get(pk=invitation.round_id)
    row = Invitation.objects.select_for_update().get(pk=invitation.pk)
    _demand_open(round, row, arrived_at)
    if row.no_remarks_at is None:
        return
    row.no_remarks_at = None
    row._history_user = by
    row.save()
