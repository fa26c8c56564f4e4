"""The desk at which an answer is written, whichever door one came through."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from consultations.enums import RoundState
from consultations.models import Invitation, ResponseDraft, Round

ROUND = "round__plan", "round__frozen"
LARGE = "round__frozen__content", "round__frozen__search_text"  # fetched by who shows the draft


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
