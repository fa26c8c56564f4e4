"""An answer while it is written: begun, kept, and shared by those who write under one link.

Nothing here has been received. Every field tells what its writer had before them (``Typed.seen``),
so that a field somebody has not touched never undoes what a colleague or another window has
written, and two who changed the same one both keep their words.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import uuid
from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction

from consultations.enums import PartyCategory, SenderKind
from consultations.models import (
    DraftAnswer,
    DraftFile,
    DraftRemark,
    Invitation,
    ResponseDraft,
    Round,
)
from consultations.models.party import digest_of
from consultations.responses import quotes
from consultations.responses.mails import DRAFT, reference_of
from kommuneplan.core.enums import ScanState
from kommuneplan.core.mail import actions as mailing
from kommuneplan.core.models import Mail, StoredFile, User
from plans.document import plan_document as doc

from ..autosave import Clash, Typed, mark
from .forgetting import forget_files

MOST_REMARKS = 200  # in one answer
BETWEEN_MAILS = dt.timedelta(minutes=10)
MOST_MAILS = 5  # to one address in a day, from however many answers
_KINDS = {
    PartyCategory.COUNCIL: SenderKind.COUNCIL,
    PartyCategory.LOCAL_COMMITTEE: SenderKind.COUNCIL,
    PartyCategory.AUTHORITY: SenderKind.AUTHORITY,
    PartyCategory.INTERNAL: SenderKind.AUTHORITY,
}


class TooMuch(Exception):
    """The answer has as many remarks as one can have."""


# --- beginning -----------------------------------------------------------------------------------


@transaction.atomic
def begin(*, round: Round, secret: str, at: dt.datetime) -> ResponseDraft:
    """The answer that a secret belongs to: begun now, or the one that was, however often the
    form is sent. Raises ValueError when it is an answer to another round."""
    row = ResponseDraft.by_secret(secret).first()
    if row is None:
        try:
            with transaction.atomic():
                row = ResponseDraft.objects.create(
                    round=round, digest=digest_of(secret), began_at=at, saved_at=at
                )
        except IntegrityError:  # sent twice at the same moment
            row = ResponseDraft.by_secret(secret).get()
    if row.round_id != round.pk:
        raise ValueError("The answer is to another round")
    return row


@transaction.atomic
def begin_invited(
    *, invitation: Invitation, at: dt.datetime, by: User | None = None
) -> ResponseDraft:
    """The one answer that a party's colleagues share, begun now if nobody has."""
    party = Invitation.objects.select_for_update().select_related("party").get(pk=invitation.pk)
    row = ResponseDraft.objects.filter(invitation=party).first()
    if row is None:
        row = ResponseDraft.objects.create(
            round_id=party.round_id,
            invitation=party,
            began_at=at,
            saved_at=at,
            sender_kind=_KINDS.get(PartyCategory(party.party.category), SenderKind.ORGANISATION),
            organisation=party.name,
            name=party.contact_name,
            email=party.email,
        )
    _note(party, at, by, writes=True)
    return row


@transaction.atomic
def opened(*, invitation: Invitation, at: dt.datetime, by: User | None = None) -> None:
    """Note that the party has opened its link. Told by a person's own act in the page, never by
    the mere fetching of an address: mail programs fetch addresses too."""
    _note(Invitation.objects.select_for_update().get(pk=invitation.pk), at, by, writes=False)


def _note(party: Invitation, at: dt.datetime, by: User | None, *, writes: bool) -> None:
    before = party.opened_at, party.began_at
    party.opened_at = party.opened_at or at
    if writes:
        party.began_at = party.began_at or at
    if (party.opened_at, party.began_at) != before:
        party._history_user = by
        party.save()


# --- keeping -------------------------------------------------------------------------------------


@transaction.atomic
def keep(*, draft: ResponseDraft, typed: Typed, at: dt.datetime) -> list[Clash]:
    """Store what was typed. Returns the fields that somebody else has changed meanwhile; of these
    nothing is stored, all others are.

    Raises TooMuch when there would be more remarks than one can have.
    """
    row = ResponseDraft.objects.select_for_update().select_related("round").get(pk=draft.pk)
    touched = {
        name: words
        for name, words in typed.words.items()
        if mark(words) != typed.seen.get(name, mark(""))
    }
    clashes = [
        clash
        for name, words in touched.items()
        if (clash := _keep_one(row, name, words, typed)) is not None
    ]
    _add_remarks(row, touched, typed, at)
    for name, value in typed.sender.items():
        setattr(row, name, value)
    row.saved_at = at
    row.save()
    return clashes


def _keep_one(row: ResponseDraft, name: str, words: str, typed: Typed) -> Clash | None:
    place, _, uid = name.partition(".")
    stored = _stored(row, place, uid)
    current = "" if stored is None else str(getattr(stored, _column(place)))
    seen = typed.seen.get(name, mark(""))
    if words == current:
        return None
    if mark(current) != seen:
        return Clash(name, words, current)
    if stored is not None:
        _write(stored, place, words)
    elif place == "answers":
        question = row.round.questions.filter(uid=uid).first()
        if question is not None:
            DraftAnswer.objects.create(draft=row, question=question, words=words)
    return None


def _stored(row: ResponseDraft, place: str, uid: str) -> Any:
    if place == "text":
        return row
    if place == "answers":
        return DraftAnswer.objects.filter(draft=row, question__uid=uid).first()
    return DraftRemark.objects.filter(draft=row, uid=uid).first()


def _column(place: str) -> str:
    return "text" if place == "text" else "words"


def _write(stored: Any, place: str, words: str) -> None:
    if place == "remarks" and not words:
        stored.delete()
        return
    setattr(stored, _column(place), words)
    if place != "text":  # the draft itself is saved at the end
        stored.save()


def _add_remarks(
    row: ResponseDraft, touched: Mapping[str, str], typed: Typed, at: dt.datetime
) -> None:
    """Store the remarks that are not there yet. One whose uid is another answer's, or that is
    about a paragraph the draft does not have, is made up, and left out."""
    new = {uid: touched.get(f"remarks.{uid}", "") for uid in typed.new}
    known = DraftRemark.objects.filter(uid__in=new).values_list("uid", flat=True)
    new = {uid: words for uid, words in new.items() if words and uuid.UUID(uid) not in set(known)}
    if not new:
        return
    if row.remarks.count() + len(new) > MOST_REMARKS:
        raise TooMuch
    document = doc.from_json(row.round.frozen.content)
    for uid, words in new.items():
        anchor, marked = typed.new[uid]
        with contextlib.suppress(quotes.NoSuchBlock):
            DraftRemark.objects.create(
                draft=row,
                uid=uuid.UUID(uid),
                anchor=anchor,
                quote=quotes.quote(document, anchor, marked),
                words=words,
                writer=typed.writer,
                written_at=at,
            )


# --- files ---------------------------------------------------------------------------------------


@transaction.atomic
def add_file(
    *,
    draft: ResponseDraft,
    name: str,
    data: bytes,
    content_type: str,
    scan_state: ScanState,
    at: dt.datetime,
) -> DraftFile:
    """Lay a file, which has been examined, in the answer. The same bytes under the same name,
    sent twice, are one file."""
    row = ResponseDraft.objects.select_for_update().get(pk=draft.pk)
    digest = hashlib.sha256(data).hexdigest()
    same = row.files.filter(file__sha256=digest, file__name=name).first()
    if same is not None:
        return same
    stored = StoredFile.keep(name, data, content_type)
    if stored.scan_state != scan_state:
        stored.scan_state = scan_state
        stored.save()
    return DraftFile.objects.create(draft=row, file=stored, added_at=at)


@transaction.atomic
def remove_file(*, draft: ResponseDraft, uid: uuid.UUID) -> None:
    """Take a file out of the answer. What has been received with it stays received."""
    rows = DraftFile.objects.filter(draft=draft, uid=uid)
    files = list(rows.values_list("file", flat=True))
    rows.delete()
    forget_files(files)


# --- coming back ---------------------------------------------------------------------------------


@transaction.atomic
def mail_link(*, draft: ResponseDraft, secret: str, at: dt.datetime) -> bool:
    """Mail the address of the answer to the e-mail that stands in it. False when there is none, or
    one was mailed a moment ago: nobody's mailbox is filled from here."""
    row = ResponseDraft.objects.select_for_update().select_related("round").get(pk=draft.pk)
    reference = reference_of(DRAFT, row.uid)
    before = mailing.state_of(reference)
    if not row.email or not secret or (before is not None and at - before.at < BETWEEN_MAILS):
        return False
    if _mails_to(row.email, since=at - dt.timedelta(days=1)) >= MOST_MAILS:
        return False
    mailing.send(
        to=row.email,
        template="consultations/draft",
        context={
            "title": row.round.title,
            "closes_at": row.round.closes_at,
            "link": mailing.MailLink(mailing.absolute(f"/hoeringer/kladde/{secret}/")),
        },
        reference=reference,
        until=row.round.closes_at,
        keep_days=0,  # the address in it is a secret
    )
    return True


def _mails_to(address: str, *, since: dt.datetime) -> int:
    """How many links were mailed to an address, to whichever answers."""
    rows = Mail.objects.filter(address=address.strip().lower(), created_at__gt=since)
    return rows.filter(reference__startswith="consultations.draft:").count()
