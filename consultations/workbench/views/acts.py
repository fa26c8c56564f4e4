"""What the buttons of the workbench do. Each sends the whole page: what was written of the remarks
is saved, then comes what was pressed (``do``: a verb, and what it is about after a colon). The
rules stand in the actions of review and handling; here is only said how it went.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations.handling.actions import remarks as handling
from consultations.handling.actions import splitting
from consultations.handling.fields import copied_in
from consultations.handling.meanwhile import put_together, theirs_of
from consultations.handling.resembling import offers_of
from consultations.models import Remark
from kommuneplan.locking import Conflict

from ..bench import Bench
from ..forms import RemarkReplyForm, left_of, replies
from . import review_acts, split_acts
from .page import bench_page, bench_to
from .press import NotDone, Press, go, one_of, onward, open_it, stay


def act(request: HttpRequest, bench: Bench) -> HttpResponse:
    """Save what was written, then do what was pressed; on trouble the page comes again with all
    that was typed."""
    verb, _colon, rest = request.POST.get("do", "").partition(":")
    press = Press(request, bench, rest)
    if left := left_of(bench, request.POST):
        forms = replies(bench, request.POST)
        return bench_page(request, bench, forms=forms, left=left, status=409)
    if verb == "answer":
        return _with_answer(press)
    if used := next((name for name in request.POST if name.startswith("use-b")), ""):
        return _with_answer_of(press, used.removeprefix("use-b"), request.POST[used])
    forms = replies(bench, request.POST)
    if not all(form.is_valid() for form in forms):
        return bench_page(request, bench, forms=forms, status=422)
    if clashes := list(_save(press, forms)):
        return _both(press, clashes)
    try:
        return _VERBS.get(verb, stay)(press)
    except NotDone as trouble:
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


def _save(press: Press, forms: list[RemarkReplyForm]) -> Iterator[RemarkReplyForm]:
    """Save each remark; those that somebody else has changed in the same place, or has taken back
    this moment, come back."""
    for form in forms:
        if not form.is_written:
            continue
        try:
            row = handling.handle(
                remark=form.remark,
                facts=form.facts,
                seen=form.cleaned_data["seen"],
                by=press.request.user,
            )
            press.saved[row.number] = row.version
        except (Conflict, Remark.DoesNotExist):
            yield form
    if n := len(press.saved):
        press.say(ngettext("%(n)d remark is saved.", "%(n)d remarks are saved.", n) % {"n": n})


def _both(press: Press, clashes: list[RemarkReplyForm]) -> HttpResponse:
    """Mine stays in the form; theirs is told above it, and what I save next has seen it."""
    fresh, data, theirs = _fresh(press), press.request.POST.copy(), {}
    standing = {row.pk: row for row in fresh.remarks}
    numbers = {form.remark.number for form in clashes}
    left = left_of(fresh, data, numbers)
    for form in clashes:
        if stored := standing.get(form.remark.pk):
            put_together(form, stored, data)
            theirs[stored.number] = theirs_of(stored, fresh.draft)
    forms = [
        RemarkReplyForm(data if row.number in numbers else None, remark=row, bench=fresh)
        for row in fresh.remarks
        if row in fresh.at_hand or row.number in numbers
    ]
    return bench_page(press.request, fresh, forms=forms, theirs=theirs, left=left, status=409)


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


def _with_answer_of(press: Press, number: str, uid: str) -> HttpResponse:
    """The same with the answer of a remark that resembles it."""
    rows = [row for row in press.bench.remarks if str(row.number) == number]
    offered = [one for row in rows for one in offers_of(press.bench.round, [row]).get(row.pk, ())]
    other = next((one.remark for one in offered if str(one.remark.uid) == uid), None)
    data = press.request.POST.copy()
    if other is None:
        said = _("That remark is not answered any more. Nothing was copied in.")
        messages.warning(press.request, said)
        return bench_page(press.request, press.bench, forms=replies(press.bench, data))
    reply, proposal, reason = (f"b{number}-{name}" for name in ("reply", "proposal", "reason"))
    data[reply], data[proposal] = copied_in(
        data.get(reply, ""), data.get(proposal, ""), answer=other.reply, proposes=other.proposal
    )
    data[reason] = data.get(reason) or other.reason
    said = _("The answer of no. %(number)d is copied in. It is not saved yet.")
    messages.info(press.request, said % {"number": other.number})
    return bench_page(press.request, press.bench, forms=replies(press.bench, data))


# --- elsewhere ---------------------------------------------------------------------------------


def _remark(press: Press) -> HttpResponse:
    """To the page of one remark, where the rest of what can be done with it stands."""
    args = [press.bench.round.plan.slug, press.bench.round.uid, one_of(press).uid]
    return redirect(reverse("consultations:remark", args=args))


def _review(press: Press) -> HttpResponse:
    """To the page of the response: annexes, hiding, what is taken out."""
    args = [press.bench.round.plan.slug, press.bench.round.uid, press.response.number]
    return redirect(reverse("consultations:response", args=args))


_VERBS: dict[str, Callable[[Press], HttpResponse]] = {
    "open": open_it,
    "go": go,
    "next": onward,
    "clear": review_acts.clear,
    "settle": review_acts.settle,
    "out": review_acts.out,
    "out-words": review_acts.out_words,
    "each": split_acts.each,
    "cut": split_acts.cut,
    "whole": split_acts.whole,
    "done": split_acts.done,
    "retire": split_acts.retire,
    "remark": _remark,
    "review": _review,
}
