"""What the buttons of the workbench do while a response is looked through. Nobody decides about
words they have not read.
"""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.utils.translation import gettext as _

from consultations.enums import Ground
from consultations.permissions import PUBLISH_RESPONSES
from consultations.review.actions import redacting, reviewing
from consultations.review.response_review import ReviewFinding
from kommuneplan.locking import seen_in

from .page import GROUNDS
from .press import NotDone, Press, marked, onward, stay


def _opened_first(press: Press) -> None:
    """Nobody decides about words they have not read."""
    if not press.response.opened:
        raise NotDone(_("Open the response first: you decide about words that you have read."))


def clear(press: Press) -> HttpResponse:
    """It may be published; then to the next."""
    if not press.request.user.has_perm(PUBLISH_RESPONSES, press.bench.round):
        raise PermissionDenied
    _opened_first(press)
    seen = seen_in(press.request.POST.get("seen", ""))
    try:
        reviewing.clear(response=press.response, seen=seen, by=press.request.user)
    except reviewing.Hindered:
        raise NotDone(_("Something has to be decided first. It stands below.")) from None
    press.say(_("No. %(number)d may be published.") % {"number": press.response.number})
    return onward(press)


def settle(press: Press) -> HttpResponse:
    """A finding, or all that are undecided, is taken out; or one is left in, with a reason."""
    _opened_first(press)
    what, _colon, key = press.rest.partition(":")
    found = press.bench.state.open_findings
    chosen = found if what == "all" else [one for one in found if one.key == key]
    kept: list[tuple[ReviewFinding, str]] = []
    if what == "keep":
        reason = press.request.POST.get(f"why-{key}", "").replace("\x00", "").strip()[:300]
        if not reason:
            raise NotDone(_("Write why it is left in."), 422, key)
        kept, chosen = [(one, reason) for one in chosen], []
    redacting.decide(out=chosen, keep=kept, **press.redact)
    return stay(press)


def out(press: Press) -> HttpResponse:
    """The marked words are taken out, on the ground that was pressed."""
    _opened_first(press)
    if press.rest not in GROUNDS:
        raise NotDone(_("Choose why the words are taken out."), 422)
    one = marked(press)
    stretch = redacting.StretchToRemove(one.place, one.begins, one.ends)
    try:
        redacting.take_out(stretches=[stretch], ground=press.rest, **press.redact)
    except redacting.NothingThere:
        raise NotDone(_("These words do not stand in the response."), 422) from None
    press.say(_("The words are taken out of what is shown."))
    return stay(press)


def out_words(press: Press) -> HttpResponse:
    """Words that were written are taken out wherever they stand."""
    _opened_first(press)
    post = press.request.POST
    wanted, ground = post.get("wanted", "").replace("\x00", "").strip(), post.get("ground", "")
    if not wanted:
        raise NotDone(_("Mark or write the words that shall be taken out."), 422)
    if ground not in GROUNDS:
        raise NotDone(_("Choose why the words are taken out."), 422)
    try:
        redacting.take_out_words(wanted=wanted, ground=Ground(ground), **press.redact)
    except redacting.NothingThere:
        raise NotDone(_("These words do not stand in the response."), 422) from None
    except redacting.LeftBehind:
        raise NotDone(
            _(
                "The words would still stand in what is shown, so nothing was taken out. Mark "
                "them in the text, or write them as they stand there."
            ),
            422,
        ) from None
    press.say(_("The words are taken out of what is shown."))
    return stay(press)
