"""A press on a button of the workbench: what it is told, and where it leads."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from consultations.handling.actions import splitting
from consultations.handling.splitting import Passage
from consultations.models import Remark
from consultations.review.actions import originals
from kommuneplan.locking import seen_in

from ..bench import Bench
from ..queue import Queue
from .page import address_of, to_response


class NotDone(Exception):
    """What was pressed could not be done; its words say why, and what to do. ``faulty``: the key of
    the finding it is about."""

    def __init__(self, words: str, status: int = 409, faulty: str = "") -> None:
        super().__init__(words)
        self.words, self.status, self.faulty = words, status, faulty


@dataclass
class Press:
    """A press of somebody on a button, and what the button is about (``rest``)."""

    request: HttpRequest
    bench: Bench
    rest: str = ""
    saved: dict[int, int] = field(default_factory=dict)  # versions of what this press has saved

    @property
    def response(self) -> Any:
        """What lies on the workbench."""
        return self.bench.response

    @property
    def split(self) -> dict[str, Any]:
        """What the verbs of splitting are told: the revision that the page showed."""
        seen = seen_in(self.request.POST.get("revision", ""))
        return {"response": self.response, "seen": seen, "by": self.request.user}

    @property
    def redact(self) -> dict[str, Any]:
        """What the verbs of taking out are told."""
        revision = self.bench.state.revision
        if self.split["seen"] != revision.number:
            raise splitting.ResponseChanged
        return {"response": self.response, "seen": revision, "by": self.request.user}

    def say(self, words: str) -> None:
        """Tell what was done, on the next page."""
        messages.success(self.request, words)


def one_of(press: Press) -> Remark:
    """The remark of this response that was pressed."""
    found = [row for row in press.bench.remarks if str(row.number) == press.rest]
    if not found:
        raise NotDone(_("The remark is not there any more, so nothing was done."))
    return found[0]


def marked(press: Press) -> Passage:
    """The words that were selected."""
    return passage_of(press.request.POST.get("marked", ""))


def passage_of(value: str) -> Passage:
    """ "text:0:120"."""
    place, _colon, span = value.partition(":")
    begins, _colon, ends = span.partition(":")
    if not (place and begins.isdecimal() and ends.isdecimal() and len(value) < 100):
        raise NotDone(_("No words were chosen, so nothing was done."), 422)
    return Passage(place, int(begins), int(ends))


# --- from response to response -------------------------------------------------------------------


def stay(press: Press) -> HttpResponse:
    """The same response, as it is now."""
    return to_response(press.bench.queue, press.response.number)


def open_it(press: Press) -> HttpResponse:
    """Open the response as received, which is written down."""
    originals.open_original(response=press.response, by=press.request.user)
    return stay(press)


def go(press: Press) -> HttpResponse:
    """To another response, which is opened by that: it is written down."""
    if not press.rest.isdecimal() or len(press.rest) > 9:
        return stay(press)
    row = get_object_or_404(press.bench.round.responses, number=int(press.rest))
    originals.open_original(response=row, by=press.request.user)
    return to_response(press.bench.queue, row.number)


def onward(press: Press) -> HttpResponse:
    """To the next that waits, as things are after what was just done."""
    queue = Queue(press.bench.round, press.bench.queue.waits)
    number = queue.next(press.response.number)
    if number is None:
        messages.info(press.request, _("No other response waits in this list."))
        return redirect(address_of(queue))
    return go(Press(press.request, press.bench, str(number)))
