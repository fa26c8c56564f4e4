"""How long an answer that is being written is kept: the rule for one, which its page tells, and for
the rows that the worker takes away, side by side. The terms of strangers are declared in
``kommuneplan/strangers_settings.py``.

What nobody sent and nobody confirmed goes some time after it was last written in, files before
words; what somebody has confirmed, and what a party writes that was invited, a month after the
deadline.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce, Greatest

from consultations.models import Attachment, DraftAnswer, DraftFile, DraftRemark, ResponseDraft
from kommuneplan.core.strangers import kept
from kommuneplan.keeping import Windows

from .budgets import by_strangers

KEPT = dt.timedelta(days=30)
"""After the deadline, so that somebody who was too late can still copy their words."""


@dataclass(frozen=True, slots=True)
class KeptUntil:
    """Until when an answer is kept; ``files``: those that were not sent, where they go earlier.
    ``ends``: until when it would be kept if it were confirmed."""

    words: dt.datetime
    files: dt.datetime | None
    ends: dt.datetime


def kept_until(draft: ResponseDraft) -> KeptUntil:
    """Until when an answer is kept, if nobody writes in it any more."""
    deadline = draft.round.closes_at
    if draft.invitation is not None:
        deadline = max(deadline, draft.invitation.closes_at or deadline)
    ends = deadline + KEPT
    rows = ResponseDraft.objects.filter(by_strangers(), pk=draft.pk)
    if not rows.exists():
        return KeptUntil(ends, None, ends)
    files = None
    if unsent_files().filter(draft=draft).exists():
        files = min(draft.saved_at + kept("files"), ends)
    if draft.response_id is not None:
        return KeptUntil(ends, files, ends)
    term = "words" if files is not None or has_words(draft) else "empty"
    words = min(draft.saved_at + kept(term), ends)
    return KeptUntil(words, files if files != words else None, ends)


def has_words(draft: ResponseDraft) -> bool:
    """Has anybody written a word to the draft of the plan, in a field or beside one?"""
    written = not rows_without_words().filter(pk=draft.pk).exists()
    return written or bool(Windows(draft.windows).besides())


# --- the same for the rows -----------------------------------------------------------------------


def old(*, at: dt.datetime) -> QuerySet[ResponseDraft]:
    """Answers whose deadline, or that of their party, has been past for a month."""
    latest = Greatest(
        F("round__closes_at"), Coalesce(F("invitation__closes_at"), F("round__closes_at"))
    )
    return ResponseDraft.objects.annotate(until=latest).filter(until__lt=at - KEPT)


def left(*, at: dt.datetime) -> list[int]:
    """The keys of strangers' answers that nobody has sent, confirmed or come back to."""
    rows = ResponseDraft.objects.filter(by_strangers(), response__isnull=True)
    there = DraftFile.objects.filter(draft=OuterRef("pk"))
    silent = rows_without_words().filter(~Exists(there)).values("pk")
    empty = rows.filter(saved_at__lt=at - kept("empty"), pk__in=silent)
    keys = [row.pk for row in empty.only("windows") if not Windows(row.windows).besides()]
    words = rows.filter(saved_at__lt=at - kept("words"))
    return [*keys, *words.values_list("pk", flat=True)]


def left_files(*, at: dt.datetime) -> QuerySet[DraftFile]:
    """The files of strangers' answers that were not sent, and nobody has come back to."""
    drafts = ResponseDraft.objects.filter(by_strangers(), saved_at__lt=at - kept("files"))
    return unsent_files().filter(draft__in=drafts.values("pk"))


def unsent_files() -> QuerySet[DraftFile]:
    """What was laid in an answer since it was sent, or before."""
    return DraftFile.objects.filter(~Exists(Attachment.objects.filter(uid=OuterRef("uid"))))


def rows_without_words() -> QuerySet[ResponseDraft]:
    """Answers in whose fields nothing stands; who sends it is no word."""
    answers = DraftAnswer.objects.filter(~Q(words=""), draft=OuterRef("pk"))
    remarks = DraftRemark.objects.filter(~Q(words=""), draft=OuterRef("pk"))
    return ResponseDraft.objects.filter(~Exists(answers), ~Exists(remarks), text="")
