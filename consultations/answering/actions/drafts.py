"""An answer while it is written: begun, kept, and shared by those who write under one link.

Nothing here has been received. Every field tells what its page showed last, and the rules of
``kommuneplan.keeping`` decide: a field somebody has not touched never undoes what a colleague or
another window has written, and of two who changed the same one both keep their words.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet, Value

from consultations.enums import PartyCategory, SenderKind
from consultations.models import (
    DraftAnswer,
    DraftFile,
    DraftRemark,
    Invitation,
    ResponseDraft,
    Round,
    RoundQuestion,
)
from consultations.models.party import digest_of
from consultations.responses import quotes
from consultations.responses.content import SENDER
from consultations.responses.mails import DRAFT, reference_of
from consultations.responses.receipt import verification, verifies
from kommuneplan import keeping
from kommuneplan.core.enums import ScanState
from kommuneplan.core.mail import actions as mailing
from kommuneplan.core.models import StoredFile, User
from kommuneplan.core.strangers import UsedUp
from kommuneplan.prepared import Prepared, stand_ins
from plans.document import plan_document as doc

from ..budgets import demand_room
from ..kept_until import kept_until
from ..mail_budget import may_mail
from . import looking
from .forgetting import forget_files

MOST_REMARKS = 200  # in one answer
BETWEEN_MAILS = dt.timedelta(minutes=10)
_KINDS = {
    PartyCategory.COUNCIL: SenderKind.COUNCIL,
    PartyCategory.LOCAL_COMMITTEE: SenderKind.COUNCIL,
    PartyCategory.AUTHORITY: SenderKind.AUTHORITY,
    PartyCategory.INTERNAL: SenderKind.AUTHORITY,
}


# --- beginning -----------------------------------------------------------------------------------


@transaction.atomic
def begin(*, round: Round, secret: str, at: dt.datetime, network: str = "") -> ResponseDraft:
    """The answer that a secret belongs to: begun now, or the one that was, however often the
    form is sent. Raises ValueError when it is an answer to another round, UsedUp when strangers
    hold as many as they may (``network``: the mark of where it is begun)."""
    row = ResponseDraft.by_secret(secret).first()
    if row is None:
        try:
            with transaction.atomic():
                row = ResponseDraft.objects.create(
                    round=round,
                    digest=digest_of(secret),
                    began_at=at,
                    saved_at=at,
                    network=network,
                )
                demand_room(row, "answers", at=at)
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
        row = unwritten(party, at=at)
        row.save()
    _note(party, at, by, writes=True)
    return row


def unwritten(invitation: Invitation, *, at: dt.datetime) -> ResponseDraft:
    """The answer of a party before anybody has begun it: what is known of its sender."""
    kind = _KINDS.get(PartyCategory(invitation.party.category), SenderKind.ORGANISATION)
    return ResponseDraft(
        round_id=invitation.round_id,
        invitation=invitation,
        began_at=at,
        saved_at=at,
        sender_kind=kind,
        organisation=invitation.name,
        name=invitation.contact_name,
        email=invitation.email,
    )


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


_SOME_DRAFT = stand_ins(1)[0]
_LOCKED = Prepared(
    lambda at: ResponseDraft.objects.select_for_update().filter(pk=_SOME_DRAFT).order_by()
)


@dataclass(frozen=True, slots=True)
class KeptDraft:
    """An answer after something was kept of it: its row, what became of what was typed, and the
    words that stand in each field."""

    draft: ResponseDraft
    weighed: keeping.Weighed
    words: dict[str, str]


@transaction.atomic
def keep(
    *,
    draft: ResponseDraft,
    typed: keeping.Typed,
    new: Mapping[str, tuple[str, str]] | None = None,
    at: dt.datetime,
    leaves: bool = False,
) -> KeptDraft:
    """Store what was typed, field by field (``text``, ``answers.<uid>``, ``remarks.<uid>``, and
    the sender's by their names). ``new``: anchor and marked words of remarks that may not be there
    yet, by uid. What somebody else has changed meanwhile is kept beside. ``leaves``: it
    came as a form, so that its page is there no more."""
    row = _LOCKED.instances(ResponseDraft, at=at, instead={_SOME_DRAFT: draft.pk})[0]
    places = _Places(row, typed, new or {}, at)
    windows = keeping.Windows(row.windows)
    done = windows.weigh(typed, places.stored, at=at)
    if not done.is_late and typed.words:
        for name, words in done.store.items():
            places.store(name, words)
        if leaves:
            windows.left(done.page)
        row.saved_at = at
        row.save(update_fields={"windows", "saved_at", *places.changed})
    return KeptDraft(row, done, places.there | done.store)


@transaction.atomic
def settle(*, draft: ResponseDraft, choice: keeping.TextChoice, page: str, at: dt.datetime) -> None:
    """Put two texts of one field together as was chosen. Raises keeping.TextMoved when either is
    not what was shown."""
    row = ResponseDraft.objects.select_for_update().select_related("round").get(pk=draft.pk)
    places = _Places(row, keeping.Typed({choice.name: ""}, {}), {}, at)
    if choice.name not in places.stored:
        raise keeping.TextMoved
    windows = keeping.Windows(row.windows)
    words = windows.settle(choice, places.stored[choice.name], by_page=page)
    if words is not None:
        places.store(choice.name, words)
        row.saved_at = at
    row.save()


def words_of(draft: ResponseDraft) -> dict[str, str]:
    """What stands in each field of an answer; of one that nobody has begun, nothing."""
    if draft.pk is None:
        return {}
    rows = _WRITTEN.rows(at=draft.saved_at, instead={_SOME_DRAFT: draft.pk})
    return {
        "text": draft.text,
        **{name: sender_words(draft, name) for name in SENDER},
        **{f"{place}.{uuid.UUID(str(uid))}": words for place, uid, words in rows},
    }


def _written(at: dt.datetime) -> QuerySet[DraftAnswer, tuple[str, Any, str]]:
    """Place, uid and words of what was written to the questions and to the paragraphs."""
    columns = "place", "of", "words"
    answers = DraftAnswer.objects.filter(draft_id=_SOME_DRAFT).order_by()
    remarks = DraftRemark.objects.filter(draft_id=_SOME_DRAFT).order_by()
    return (
        answers.annotate(place=Value("answers"), of=F("question__uid"))
        .values_list(*columns)
        .union(
            remarks.annotate(place=Value("remarks"), of=F("uid")).values_list(*columns), all=True
        )
    )


_WRITTEN = Prepared(_written)


def sender_words(draft: ResponseDraft, name: str) -> str:
    """What stands in a field of the sender; a box that is ticked says "on"."""
    value = getattr(draft, name)
    if isinstance(value, bool):
        return "on" if value else ""
    return str(value)


class _Places:
    """The fields of an answer in which something was typed: what stands in them, and storing."""

    def __init__(
        self,
        row: ResponseDraft,
        typed: keeping.Typed,
        new: Mapping[str, tuple[str, str]],
        at: dt.datetime,
    ) -> None:
        self.row, self.at, self.writer = row, at, typed.writer
        self.changed: set[str] = set()  # columns of the row
        uids = [name.partition(".")[2] for name in typed.words if name.startswith("answers.")]
        rows = RoundQuestion.objects.filter(round=row.round_id, uid__in=uids) if uids else ()
        self.questions = {str(one.uid): one for one in rows}
        self.there = words_of(row)
        self.stored = {name: self.there[name] for name in typed.words if name in self.there}
        for uid in self.questions:
            self.stored.setdefault(f"answers.{uid}", "")
        self.new: dict[str, DraftRemark] = {}
        self._make_room(typed, new)

    def _make_room(self, typed: keeping.Typed, new: Mapping[str, tuple[str, str]]) -> None:
        """A place for the remarks that are not there yet. One whose uid is another answer's, or
        that is about a paragraph the draft does not have, has none."""
        wanted = {
            uid: where
            for uid, where in new.items()
            if typed.words.get(f"remarks.{uid}") and f"remarks.{uid}" not in self.stored
        }
        if not wanted:
            return
        taken = set(DraftRemark.objects.filter(uid__in=wanted).values_list("uid", flat=True))
        room = MOST_REMARKS - self.row.remarks.count()
        document = doc.from_json(self.row.round.frozen.content)
        for uid, (anchor, marked) in wanted.items():
            if uuid.UUID(uid) in taken or len(self.new) >= room:
                continue
            try:
                quote = quotes.quote(document, anchor, marked)
            except quotes.NoSuchBlock:
                continue
            self.new[uid] = DraftRemark(
                draft=self.row,
                uid=uuid.UUID(uid),
                anchor=anchor,
                quote=quote,
                writer=self.writer,
                written_at=self.at,
            )
            self.stored[f"remarks.{uid}"] = ""

    def store(self, name: str, words: str) -> None:
        """Write one field; the row itself is saved afterwards. A remark whose words are taken away
        keeps its place, for another page may be writing in it."""
        place, _dot, uid = name.partition(".")
        if place == "answers":
            question = self.questions[uid]
            row = DraftAnswer.objects.filter(draft=self.row, question=question).first()
            row = row or DraftAnswer(draft=self.row, question=question)
            row.words = words
            row.save()
        elif place == "remarks":
            remark = self.new.get(uid) or DraftRemark.objects.get(draft=self.row, uid=uid)
            remark.words = words
            remark.save()
        else:
            self._set(name, bool(words) if name == "is_protected" else words)

    def _set(self, name: str, value: str | bool) -> None:
        """Write a column of the row; another address has not been confirmed."""
        if name == "email" and str(value).lower() != self.row.email.lower():
            self.row.confirmed_at = None
            self.changed.add("confirmed_at")
        setattr(self.row, name, value)
        self.changed.add(name)


# --- files ---------------------------------------------------------------------------------------


@transaction.atomic
def add_file(
    *,
    draft: ResponseDraft,
    name: str,
    data: bytes,
    content_type: str,
    at: dt.datetime,
) -> DraftFile:
    """Lay a file in the answer; the worker opens it. The same bytes under the same name, sent
    twice, are one file. Raises UsedUp when strangers hold as many as they may."""
    row = ResponseDraft.objects.select_for_update().get(pk=draft.pk)
    digest = hashlib.sha256(data).hexdigest()
    same = row.files.filter(file__sha256=digest, file__name=name).first()
    if same is not None:
        return same
    stored = StoredFile.keep(name, data, content_type, scan_state=ScanState.WAITING)
    laid = DraftFile.objects.create(draft=row, file=stored, added_at=at)
    try:
        demand_room(row, "files", "bytes", at=at)
    except UsedUp:
        stored.content.storage.delete(stored.content.name)
        raise
    row.saved_at = at
    row.save()
    looking.later(laid)
    return laid


@transaction.atomic
def remove_file(*, draft: ResponseDraft, uid: uuid.UUID) -> None:
    """Take a file out of the answer. What has been received with it stays received."""
    rows = DraftFile.objects.filter(draft=draft, uid=uid)
    files = list(rows.values_list("file", flat=True))
    rows.delete()
    forget_files(files)


# --- coming back ---------------------------------------------------------------------------------


@transaction.atomic
def confirm(*, draft: ResponseDraft, token: str, at: dt.datetime) -> bool:
    """The writer has shown that the address in the answer is theirs. False when the token is not
    that of the newest mail."""
    row = ResponseDraft.objects.select_for_update().get(pk=draft.pk)
    if not verifies(row, token):
        return False
    if row.confirmed_at is None:
        row.confirmed_at = at
        row.save()
    return True


@transaction.atomic
def mail_link(*, draft: ResponseDraft, secret: str, at: dt.datetime) -> bool:
    """Mail the address of the answer to the e-mail that stands in it. False when there is none, or
    one was mailed a moment ago, or three today that nobody confirmed: nobody's mailbox is filled
    from here."""
    row = ResponseDraft.objects.select_for_update().select_related("round").get(pk=draft.pk)
    reference = reference_of(DRAFT, row.uid)
    before = mailing.state_of(reference)
    if not row.email or not secret or (before is not None and at - before.at < BETWEEN_MAILS):
        return False
    if not may_mail(row, at=at):
        return False
    kept = kept_until(row)
    home = f"/hoeringer/kladde/{secret}/"
    confirming = f"{home}bekraeft/{verification(row)}/"
    mailing.send(
        to=row.email,
        template="consultations/draft",
        context={
            "title": row.round.title,
            "closes_at": row.round.closes_at,
            "link": mailing.MailLink(mailing.absolute(home)),
            "kept_until": kept.words,
            "kept_longer": kept.ends,
            "confirm": "" if row.confirmed_at else mailing.MailLink(mailing.absolute(confirming)),
        },
        reference=reference,
        until=row.round.closes_at,
        keep_days=0,  # the address in it is a secret
    )
    return True
