"""The desk at which an answer is written, whichever door one came through."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import Http404

from consultations.enums import RoundState
from consultations.models import Invitation, ResponseDraft, Round
from consultations.models.party import digest_of
from kommuneplan.prepared import Prepared, stand_ins

ROUND = "round__plan", "round__frozen"
LARGE = "round__frozen__content", "round__frozen__search_text"  # fetched by who shows the draft

_SOME_DIGEST, _SOME_ROUND = "-" * 64, stand_ins(1)[0]
_DRAFT = Prepared(
    lambda at: ResponseDraft.objects.filter(digest=_SOME_DIGEST, invitation__isnull=True).order_by()
)
_ROUND = Prepared(
    lambda at: (
        Round.objects.filter(pk=_SOME_ROUND)
        .only("slug", "announced_at", "opens_at", "closes_at", "withdrawn_at")
        .order_by()
    )
)


def draft_to_keep(secret: str, at: dt.datetime) -> ResponseDraft:
    """A citizen's answer, where nothing of its round is asked for but when it is open: every few
    seconds the script of each open page keeps words in it. Raises Http404."""
    for row in _DRAFT.instances(ResponseDraft, at=at, instead={_SOME_DIGEST: digest_of(secret)}):
        row.round = _ROUND.instances(Round, at=at, instead={_SOME_ROUND: row.round_id})[0]
        return row
    raise Http404


@dataclass(slots=True)
class AnsweringDesk:
    """Where somebody writes: the round, the answer begun so far, and the addresses of its pages.

    ``begin`` makes the draft at the first keeping; ``addresses`` gives the pages of writing and
    of sending once there is one; ``back`` is the page that tells of the round. ``material`` and
    ``key`` give the address of a file of the round, ``token`` is the secret, signed, that a form
    carries before there is a draft, and the task of the proof of work. ``is_known``: the writer
    came by a personal link or has signed in, so no machine is feared.
    """

    round: Round
    draft: ResponseDraft | None
    invitation: Invitation | None
    back: str
    write: str
    send: str
    begin: Callable[[], ResponseDraft]
    addresses: Callable[[], tuple[str, str]] | None = None
    secret: str = ""
    token: str = ""
    material: str = ""
    key: str = ""
    is_known: bool = False
    by: Any = None

    @property
    def closes_at(self) -> dt.datetime | None:
        """Until when whoever writes here may send (exclusive)."""
        return self.round.deadline_of(self.invitation)

    def state(self, at: dt.datetime) -> RoundState:
        """Where the round stands for whoever writes here."""
        if self.invitation is not None and self.invitation.removed_at is not None:
            return RoundState.WITHDRAWN
        return self.round.state_at(at, self.closes_at)
