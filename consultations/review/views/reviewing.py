"""What is decided about a response: each finding, words taken out, shown, hidden, late or not."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from consultations.access import round_to
from consultations.models import Response, Round
from consultations.permissions import HANDLE, PUBLISH_RESPONSES
from kommuneplan.access import signed_in
from kommuneplan.core.forms import SeenVersionForm
from kommuneplan.locking import Conflict

from ..actions import originals, redacting, reviewing
from ..forms import HideResponseForm, LateForm, PassageForm
from ..page_context import round_context
from ..response_review import Clearance, ReviewFinding
from ..reviews import plain_waiting
from ..segments import place_on_screen
from .responses import changed_meanwhile, has_opened, response_page, response_to, state_of

OUT, KEEP = "out", "keep"
WORKBENCH = "workbench"  # the screen above this wing, from which many can be read too
AT_ONCE = 25  # responses whose words one page shows before they are released


def _back(row: Response, part: str = "") -> HttpResponse:
    answer = redirect("consultations:response", row.round.plan.slug, row.round.uid, row.number)
    answer["Location"] += part
    return answer


def _opened_first(request: HttpRequest, row: Response) -> HttpResponse | None:
    """Nobody decides about words they have not read."""
    if has_opened(request, row):
        return None
    trouble = _("Open the response first: you decide about words that you have read.")
    return response_page(request, row, status=409, trouble=trouble)


# --- what was found ------------------------------------------------------------------------------


@signed_in
@require_POST
def findings(request: HttpRequest, slug: str, uid: UUID, number: int) -> HttpResponse:
    """Each finding is taken out or left in, those that were chosen; ``all-out`` takes all out."""
    row = response_to(request, slug, uid, number, HANDLE)
    if answer := _opened_first(request, row):
        return answer
    state = state_of(row)
    if request.POST.get("revision") != str(state.revision.uid):
        return changed_meanwhile(request, row)
    out, keep, without_reason = _decisions(request, state)
    if without_reason:
        trouble = _("Write why it is left in.")
        return response_page(
            request, row, status=422, trouble=trouble, faulty=without_reason, typed=request.POST
        )
    try:
        redacting.decide(response=row, seen=state.revision, out=out, keep=keep, by=request.user)
    except Conflict:
        return changed_meanwhile(request, row)
    _tell_decided(request, len(out), len(keep))
    return _back(row, "#fund")


def _decisions(
    request: HttpRequest, state: Clearance
) -> tuple[list[ReviewFinding], list[tuple[ReviewFinding, str]], set[str]]:
    """What was chosen for each undecided finding: out, left in with a reason, and the keys of
    those without one."""
    if "all-out" in request.POST:
        return state.open_findings, [], set()
    out, keep, without_reason = [], [], set()
    for found in state.open_findings:
        choice = request.POST.get(f"f-{found.key}")
        reason = request.POST.get(f"r-{found.key}", "").replace("\x00", "").strip()[:300]
        if choice == OUT:
            out.append(found)
        elif choice == KEEP and reason:
            keep.append((found, reason))
        elif choice == KEEP:
            without_reason.add(found.key)
    return out, keep, without_reason


def _tell_decided(request: HttpRequest, out: int, kept: int) -> None:
    if out:
        words = ngettext("%(n)d place is taken out.", "%(n)d places are taken out.", out)
        messages.success(request, words % {"n": out})
    if kept:
        words = ngettext("%(n)d place is left in.", "%(n)d places are left in.", kept)
        messages.success(request, words % {"n": kept})
    if not out and not kept:
        messages.info(request, _("Nothing was chosen, so nothing was changed."))


# --- words taken out -----------------------------------------------------------------------------


@signed_in
@require_POST
def passage(request: HttpRequest, slug: str, uid: UUID, number: int) -> HttpResponse:
    """Take words out: those marked, or the same words everywhere; ``again`` those that were taken
    out before the sender corrected the response."""
    row = response_to(request, slug, uid, number, HANDLE)
    if answer := _opened_first(request, row):
        return answer
    state = state_of(row)
    form = PassageForm(request.POST)
    if request.POST.get("revision") != str(state.revision.uid):
        return changed_meanwhile(request, row, passage=form)
    try:
        if "again" in request.POST:
            redacting.take_out_again(response=row, seen=state.revision, by=request.user)
        elif not form.is_valid():
            return response_page(request, row, status=422, passage=form)
        else:
            _take_out(request, row, state, form.cleaned_data)
    except redacting.NothingThere:
        form.add_error("wanted", _("These words do not stand in the response."))
        return response_page(request, row, status=422, passage=form)
    except redacting.LeftBehind:
        form.add_error(
            "wanted",
            _(
                "The words would still stand in what is shown, so nothing was taken out. Mark them "
                "in the text, or write them as they stand there."
            ),
        )
        return response_page(request, row, status=422, passage=form)
    except Conflict:
        return changed_meanwhile(request, row, passage=form)
    messages.success(request, _("The words are taken out of what is shown."))
    return _back(row, "#vises")


def _take_out(request: HttpRequest, row: Response, state: Clearance, data: dict[str, Any]) -> None:
    reason = {"ground": data["ground"], "words": data["words"], "by": request.user}
    marked = None if data["everywhere"] else _marked(state, data)
    if marked:
        redacting.take_out(response=row, seen=state.revision, stretches=[marked], **reason)
    else:
        redacting.take_out_words(response=row, seen=state.revision, wanted=data["wanted"], **reason)


def _marked(state: Clearance, data: dict[str, Any]) -> redacting.StretchToRemove | None:
    """The place that was marked on the screen, if the words that were sent stand there."""
    words = state.words.get(data["place"])
    if words is None or data["begins"] is None or data["ends"] is None:
        return None
    try:
        begins, ends = place_on_screen(words, data["begins"], data["ends"])
    except ValueError:
        return None
    if words[begins:ends].split() != data["wanted"].split():
        return None
    return redacting.StretchToRemove(data["place"], begins, ends)


@signed_in
@require_POST
def lift(request: HttpRequest, slug: str, uid: UUID, number: int, redaction: UUID) -> HttpResponse:
    """Put words back into what is shown; a response that was cleared waits again."""
    row = response_to(request, slug, uid, number, HANDLE)
    if answer := _opened_first(request, row):
        return answer
    one = get_object_or_404(row.redactions, uid=redaction)
    redacting.lift(redaction=one, by=request.user)
    messages.success(request, _("The words are back in what is shown."))
    return _back(row, "#vises")


# --- shown or not --------------------------------------------------------------------------------


@signed_in
@require_POST
def clear(request: HttpRequest, slug: str, uid: UUID, number: int) -> HttpResponse:
    """The response may be shown to everybody (``clear``), or waits again (``take-back``)."""
    row = response_to(request, slug, uid, number, PUBLISH_RESPONSES)
    form = SeenVersionForm(request.POST)
    seen = form.cleaned_data["seen"] if form.is_valid() else row.version
    try:
        if "take-back" in request.POST:
            reviewing.take_back(response=row, seen=seen, by=request.user)
            messages.success(request, _("The response waits again and is shown to nobody."))
            return _back(row)
        if answer := _opened_first(request, row):
            return answer
        reviewing.clear(response=row, seen=seen, by=request.user)
    except Conflict:
        return changed_meanwhile(request, row)
    except reviewing.Hindered:
        trouble = _("Something has to be decided first. It stands below.")
        return response_page(request, row, status=409, trouble=trouble)
    messages.success(request, _("No. %(number)d may be published.") % {"number": row.number})
    return _back(row)


@signed_in
@require_POST
def clear_all(request: HttpRequest, slug: str, uid: UUID) -> HttpResponse:
    """Release several responses in which nothing was found: those that were ticked, or all of them.
    Their words are shown first; what was shown is released by one press (``release``)."""
    round = round_to(request, slug, uid, PUBLISH_RESPONSES)
    if "release" in request.POST:
        return _release(request, round)
    sent = request.POST.getlist("number")[:1000]
    chosen = {int(one) for one in sent if one.isdecimal() and len(one) < 10}
    numbers = None if "all" in request.POST else chosen
    found = plain_waiting(round, numbers=numbers, most=AT_ONCE + 1)
    if not found:
        return _none_to_release(request, round)
    listed = found[:AT_ONCE]
    originals.open_before_release(responses=[one.response for one in listed], by=request.user)
    context = {
        **round_context(request, round),
        "listed": listed,
        "more": len(found) > AT_ONCE,
        "back": WORKBENCH if _from_the_workbench(request) else "",
        "left": [] if numbers is None else sorted(chosen - {one.response.number for one in found}),
    }
    return render(request, "consultations/review/release.html", context)


def _release(request: HttpRequest, round: Round) -> HttpResponse:
    seen = {}
    for one in request.POST.getlist("seen")[:AT_ONCE]:
        number, _colon, value = one.partition(":")
        if number.isdecimal() and len(number) < 10:
            seen[int(number)] = value
    if not seen:
        messages.info(request, _("No response was chosen, so none was released."))
        return _to_the_list(request, round)
    done = reviewing.release(round=round, seen=seen, by=request.user)
    if done:
        words = ngettext(
            "%(n)d response may be published.", "%(n)d responses may be published.", len(done)
        )
        messages.success(request, words % {"n": len(done)})
    if left := sorted(seen.keys() - set(done)):
        words = ngettext(
            "No. %(numbers)s has changed since you saw it, so it was not released. Look at it.",
            "No. %(numbers)s have changed since you saw them, so they were not released. Look at "
            "each.",
            len(left),
        )
        messages.warning(request, words % {"numbers": ", ".join(map(str, left))})
    return _to_the_list(request, round)


def _none_to_release(request: HttpRequest, round: Round) -> HttpResponse:
    messages.info(
        request,
        _("None was released: a person has to look through each of them, or none was chosen."),
    )
    return _to_the_list(request, round)


def _from_the_workbench(request: HttpRequest) -> bool:
    return request.POST.get("back") == WORKBENCH


def _to_the_list(request: HttpRequest, round: Round) -> HttpResponse:
    """To the list, or to the workbench when that is where the reading began."""
    name = WORKBENCH if _from_the_workbench(request) else "responses"
    return redirect(f"consultations:{name}", round.plan.slug, round.uid)


@signed_in
@require_http_methods(["GET", "POST"])
def hide(request: HttpRequest, slug: str, uid: UUID, number: int) -> HttpResponse:
    """Hide the response from everybody, with a reason; its number stays."""
    row = response_to(request, slug, uid, number, PUBLISH_RESPONSES)
    return _with_reason(request, row, HideResponseForm, "hide.html", _hide)


def _hide(request: HttpRequest, row: Response, data: dict[str, Any]) -> None:
    reviewing.hide(response=row, reason=data["reason"], seen=data["seen"], by=request.user)
    messages.success(
        request, _("No. %(number)d is hidden from the public.") % {"number": row.number}
    )


@signed_in
@require_http_methods(["GET", "POST"])
def late(request: HttpRequest, slug: str, uid: UUID, number: int) -> HttpResponse:
    """Whether a response that came after the deadline takes part, with a reason."""
    row = response_to(request, slug, uid, number, PUBLISH_RESPONSES)
    if not row.is_late:
        return _back(row)
    return _with_reason(request, row, LateForm, "late.html", _late)


def _late(request: HttpRequest, row: Response, data: dict[str, Any]) -> None:
    reviewing.decide_late(
        response=row,
        decision=data["decision"],
        reason=data["reason"],
        seen=data["seen"],
        by=request.user,
    )
    messages.success(request, _("Your decision is recorded."))


def _with_reason(
    request: HttpRequest, row: Response, kind: Any, template: str, act: Any
) -> HttpResponse:
    """A page with a form that asks for a reason; then what it is the reason of."""
    first = {"seen": row.version, "reason": row.late_because, "decision": row.late_decision}
    first["reason"] = row.hidden_because if kind is HideResponseForm else row.late_because
    form = kind(request.POST if request.method == "POST" else None, initial=first)
    if form.is_bound and form.is_valid():
        try:
            act(request, row, form.cleaned_data)
        except Conflict:
            return changed_meanwhile(request, row, typed_reason=form.cleaned_data["reason"])
        return _back(row)
    context = {**round_context(request, row.round), "response": row, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, f"consultations/review/{template}", context, status=status)
