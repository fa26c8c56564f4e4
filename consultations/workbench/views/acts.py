"""What the buttons of the workbench do. Each sends the whole page: what was written of the remarks
is saved, then comes what was pressed (``do``: a verb, and what it is about after a colon). The
rules stand in the actions of review and handling; here is only said how it went.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations.enums import Ground
from consultations.handling.actions import remarks as handling
from consultations.handling.actions import splitting
from consultations.handling.fields import copied_in
from consultations.handling.splitting import Passage
from consultations.models import Remark
from consultations.permissions import PUBLISH_RESPONSES
from consultations.review.actions import originals, redacting, reviewing
from consultations.review.response_review import ReviewFinding
from kommuneplan.locking import Conflict

from ..bench import Bench
from ..forms import ReplyForm, replies
from ..queue import Queue
from .page import GROUNDS, address_of, bench_page, bench_to, to_response


class Trouble(Exception):
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
        seen = self.request.POST.get("revision", "")
        number = int(seen) if seen.isdecimal() and len(seen) < 10 else 0
        return {"response": self.response, "seen": number, "by": self.request.user}

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


def act(request: HttpRequest, bench: Bench) -> HttpResponse:
    """Save what was written, then do what was pressed; on trouble the page comes again with all
    that was typed."""
    verb, _colon, rest = request.POST.get("do", "").partition(":")
    press = Press(request, bench, rest)
    if verb == "answer":
        return _with_answer(press)
    forms = replies(bench, request.POST)
    if any(not form.is_valid() for form in forms if form.is_bound):
        return bench_page(request, bench, forms=forms, status=422)
    if clashes := list(_save(press, forms)):
        return _both(press, clashes)
    try:
        return _VERBS.get(verb, _stay)(press)
    except Trouble as trouble:
        return _again(press, trouble.words, trouble.status, trouble.faulty)
    except (Conflict, splitting.ResponseChanged):
        return _again(
            press,
            _("The response has been changed meanwhile, so nothing was done. Look again."),
        )
    except splitting.LettersTaken as taken:
        said = _("Some of it is in remark no. %(number)d already, so nothing was done.")
        return _again(press, said % {"number": taken.remark.number})


def _again(press: Press, trouble: str, status: int = 409, faulty: str = "") -> HttpResponse:
    """The page as things are now; what was written of the remarks is saved already."""
    fresh = _fresh(press)
    typed = {name: press.request.POST.get(name, "") for name in ("wanted", "ground")}
    return bench_page(
        press.request, fresh, trouble=trouble, typed=typed, faulty=faulty, status=status
    )


def _fresh(press: Press) -> Bench:
    round = press.bench.round
    return bench_to(press.request, round.plan.slug, round.uid, press.response.number)


# --- what was written of the remarks -------------------------------------------------------------


def _save(press: Press, forms: list[ReplyForm]) -> Iterator[ReplyForm]:
    """Save each remark; those that somebody else has changed in the same place come back."""
    for form in forms:
        if not (form.is_bound and form.is_written):
            continue
        try:
            row = handling.handle(
                remark=form.remark,
                facts=form.facts,
                seen=form.cleaned_data["seen"],
                by=press.request.user,
            )
            press.saved[row.number] = row.version
        except Conflict:
            yield form
    if n := len(press.saved):
        press.say(ngettext("%(n)d remark is saved.", "%(n)d remarks are saved.", n) % {"n": n})


def _both(press: Press, clashes: list[ReplyForm]) -> HttpResponse:
    """Mine stays in the form; theirs is told above it, and what I save next has seen it."""
    data, theirs = press.request.POST.copy(), {}
    for form in clashes:
        stored = Remark.objects.select_related("theme", "assignee").get(pk=form.remark.pk)
        latest = stored.history.select_related("history_user").first()
        data[form.add_prefix("seen")] = str(stored.version)
        theirs[stored.number] = {"remark": stored, "by": latest and latest.history_user}
    fresh, numbers = _fresh(press), set(theirs)
    forms = [
        ReplyForm(data if row.number in numbers else None, remark=row, bench=fresh)
        for row in fresh.remarks
    ]
    return bench_page(press.request, fresh, forms=forms, theirs=theirs, status=409)


def _with_answer(press: Press) -> HttpResponse:
    """The page as it was typed, with a standard answer copied in; nothing is saved. The script
    does the same without asking."""
    number, _colon, uid = press.rest.partition(":")
    data = press.request.POST.copy()
    answer = next((one for one in press.bench.choices.of("answer") if str(one.uid) == uid), None)
    reply, proposal = f"b{number}-reply", f"b{number}-proposal"
    if answer is not None and f"b{number}-seen" in data:
        data[reply], data[proposal] = copied_in(
            data.get(reply, ""), data.get(proposal, ""),
            answer=answer.reply, proposes=answer.proposal,
        )  # fmt: skip
        messages.info(press.request, _("The standard answer is copied in. It is not saved yet."))
    return bench_page(press.request, press.bench, forms=replies(press.bench, data))


# --- from response to response -------------------------------------------------------------------


def _stay(press: Press) -> HttpResponse:
    return to_response(press.bench.queue, press.response.number)


def _open(press: Press) -> HttpResponse:
    originals.open_original(response=press.response, by=press.request.user)
    return _stay(press)


def _go(press: Press) -> HttpResponse:
    """To another response, which is opened by that: it is written down."""
    if not press.rest.isdecimal() or len(press.rest) > 9:
        return _stay(press)
    row = get_object_or_404(press.bench.round.responses, number=int(press.rest))
    originals.open_original(response=row, by=press.request.user)
    return to_response(press.bench.queue, row.number)


def _next(press: Press) -> HttpResponse:
    """To the next that waits, as things are after what was just done."""
    queue = Queue(press.bench.round, press.bench.queue.waits)
    number = queue.next(press.response.number)
    if number is None:
        messages.info(press.request, _("No other response waits in this list."))
        return redirect(address_of(queue))
    return _go(Press(press.request, press.bench, str(number)))


def _remark(press: Press) -> HttpResponse:
    """To the page of one remark, where the rest of what can be done with it stands."""
    args = [press.bench.round.plan.slug, press.bench.round.uid, _one_of(press).uid]
    return redirect(reverse("consultations:remark", args=args))


def _review(press: Press) -> HttpResponse:
    """To the page of the response: annexes, hiding, what is taken out."""
    args = [press.bench.round.plan.slug, press.bench.round.uid, press.response.number]
    return redirect(reverse("consultations:response", args=args))


# --- looked through ------------------------------------------------------------------------------


def _opened_first(press: Press) -> None:
    """Nobody decides about words they have not read."""
    if not press.response.opened:
        raise Trouble(_("Open the response first: you decide about words that you have read."))


def _clear(press: Press) -> HttpResponse:
    """It may be published; then to the next."""
    if not press.request.user.has_perm(PUBLISH_RESPONSES, press.bench.round):
        raise PermissionDenied
    _opened_first(press)
    sent = press.request.POST.get("seen", "")
    seen = int(sent) if sent.isdecimal() and len(sent) < 10 else -1
    try:
        reviewing.clear(response=press.response, seen=seen, by=press.request.user)
    except reviewing.Hindered:
        raise Trouble(_("Something has to be decided first. It stands below.")) from None
    press.say(_("No. %(number)d may be published.") % {"number": press.response.number})
    return _next(press)


def _settle(press: Press) -> HttpResponse:
    """A finding, or all that are undecided, is taken out; or one is left in, with a reason."""
    _opened_first(press)
    what, _colon, key = press.rest.partition(":")
    found = press.bench.state.open_findings
    chosen = found if what == "all" else [one for one in found if one.key == key]
    kept: list[tuple[ReviewFinding, str]] = []
    if what == "keep":
        reason = press.request.POST.get(f"why-{key}", "").replace("\x00", "").strip()[:300]
        if not reason:
            raise Trouble(_("Write why it is left in."), 422, key)
        kept, chosen = [(one, reason) for one in chosen], []
    redacting.decide(out=chosen, keep=kept, **press.redact)
    return _stay(press)


def _out(press: Press) -> HttpResponse:
    """The marked words are taken out, on the ground that was pressed."""
    _opened_first(press)
    if press.rest not in GROUNDS:
        raise Trouble(_("Choose why the words are taken out."), 422)
    one = _marked(press)
    stretch = redacting.StretchToRemove(one.place, one.begins, one.ends)
    try:
        redacting.take_out(stretches=[stretch], ground=press.rest, **press.redact)
    except redacting.NothingThere:
        raise Trouble(_("These words do not stand in the response."), 422) from None
    press.say(_("The words are taken out of what is shown."))
    return _stay(press)


def _out_words(press: Press) -> HttpResponse:
    """Words that were written are taken out wherever they stand."""
    _opened_first(press)
    post = press.request.POST
    wanted, ground = post.get("wanted", "").replace("\x00", "").strip(), post.get("ground", "")
    if not wanted:
        raise Trouble(_("Mark or write the words that shall be taken out."), 422)
    if ground not in GROUNDS:
        raise Trouble(_("Choose why the words are taken out."), 422)
    try:
        redacting.take_out_words(wanted=wanted, ground=Ground(ground), **press.redact)
    except redacting.NothingThere:
        raise Trouble(_("These words do not stand in the response."), 422) from None
    except redacting.LeftBehind:
        raise Trouble(
            _(
                "The words would still stand in what is shown, so nothing was taken out. Mark "
                "them in the text, or write them as they stand there."
            ),
            422,
        ) from None
    press.say(_("The words are taken out of what is shown."))
    return _stay(press)


# --- split ---------------------------------------------------------------------------------------


def _each(press: Press) -> HttpResponse:
    """Every paragraph that is in no remark becomes one; what was given on a paragraph of the draft
    stays one."""
    cut = press.bench.cut
    passages = []
    for part in cut.cuts:
        if part.place.is_given and not part.remarks:
            passages.append(part.place.whole)
        else:
            passages += [one.passage for one in part.pieces if one.remark is None]
    if cut.whole or not passages:
        raise Trouble(_("There was nothing to make a remark of."))
    _told_made(press, splitting.split(passages=passages, **press.split))
    return _stay(press)


def _cut(press: Press) -> HttpResponse:
    """The marked words, or the paragraph whose button was pressed, become a remark; under the
    theme, if one was pressed."""
    theme, _colon, passage = press.rest.partition("@")
    one = _passage(passage) if passage else _marked(press)
    try:
        made = splitting.split(passages=[one], **press.split)
    except ValueError:
        raise Trouble(_("No words were chosen, so nothing was done."), 422) from None
    themes = press.bench.choices.of("theme")
    if found := next((row for row in themes if str(row.uid) == theme), None):
        handling.sort_many(
            remarks=made,
            facts={"theme": press.bench.round.themes.get(pk=found.pk)},
            by=press.request.user,
        )
    _told_made(press, made)
    return _stay(press)


def _whole(press: Press) -> HttpResponse:
    try:
        splitting.handle_whole(**press.split)
    except ValueError:
        raise Trouble(_("There was nothing to make a remark of."), 422) from None
    press.say(_("The response is handled as one remark."))
    return _stay(press)


def _done(press: Press) -> HttpResponse:
    splitting.finish(**press.split)
    press.say(_("The response is gone through."))
    return _stay(press)


def _retire(press: Press) -> HttpResponse:
    """A remark is taken back; its number is not used again."""
    row = _one_of(press)
    sent = press.request.POST.get(f"b{row.number}-seen", "")
    seen = int(sent) if sent.isdecimal() and len(sent) < 10 else -1
    seen = press.saved.get(row.number, seen)
    splitting.retire_remark(remark=row, seen=seen, by=press.request.user)
    press.say(_("Remark no. %(number)d is taken back.") % {"number": row.number})
    return _stay(press)


def _told_made(press: Press, made: list[Remark]) -> None:
    said = ngettext("%(n)d remark is made.", "%(n)d remarks are made.", len(made))
    press.say(said % {"n": len(made)})


def _one_of(press: Press) -> Remark:
    """The remark of this response that was pressed."""
    found = [row for row in press.bench.remarks if str(row.number) == press.rest]
    if not found:
        raise Trouble(_("The remark is not there any more, so nothing was done."))
    return found[0]


def _marked(press: Press) -> Passage:
    return _passage(press.request.POST.get("marked", ""))


def _passage(value: str) -> Passage:
    """ "text:0:120"."""
    place, _colon, span = value.partition(":")
    begins, _colon, ends = span.partition(":")
    if not (place and begins.isdecimal() and ends.isdecimal() and len(value) < 100):
        raise Trouble(_("No words were chosen, so nothing was done."), 422)
    return Passage(place, int(begins), int(ends))


_VERBS: dict[str, Callable[[Press], HttpResponse]] = {
    "open": _open,
    "go": _go,
    "next": _next,
    "clear": _clear,
    "settle": _settle,
    "out": _out,
    "out-words": _out_words,
    "each": _each,
    "cut": _cut,
    "whole": _whole,
    "done": _done,
    "retire": _retire,
    "remark": _remark,
    "review": _review,
}
