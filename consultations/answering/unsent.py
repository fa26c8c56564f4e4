"""What has been written in an answer since it was sent: kept, but not received."""

from __future__ import annotations

from dataclasses import dataclass

from consultations.models import Response, ResponseDraft
from consultations.responses import content as received

from .actions.sending import content_of


@dataclass(frozen=True, slots=True)
class Unsent:
    """What has been written in an answer since it was sent: the fields that differ."""

    response: Response
    names: frozenset[str]

    def __len__(self) -> int:
        return len(self.names)


def unsent(draft: ResponseDraft | None) -> Unsent | None:
    """What stands in an answer that was sent and is not what was received; None before it has been
    sent. Without names nothing waits to be sent."""
    if draft is None or draft.response is None:
        return None
    now, sent = content_of(draft), draft.response.newest.content
    return Unsent(draft.response, frozenset(received.differing(sent, now)))
