"""What happens to a round that is announced: more time, an early end, a correction, withdrawal."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from consultations import deadlines
from consultations.access import round_to
from consultations.locking import RoundMovedOn
from consultations.models import Round
from consultations.parties.actions.invitations import WrongDay
from consultations.permissions import RUN_ROUND
from kommuneplan import clock
from kommuneplan.access import signed_in
from kommuneplan.core.examined import NotTaken, examined
from kommuneplan.locking import Conflict
from kommuneplan.personal.files import FileFindings

from ..actions import events
from ..forms.rounds import CloseRoundForm, CorrectionForm, EventForm, ExtendForm

Step = Callable[[Any], object]


class LookFirst(Exception):
    """Something in the file has to be looked at before it goes out."""

    def __init__(self, found: FileFindings) -> None:
        super().__init__()
        self.found = found


def _taken(
    request: HttpRequest, round: Round, form: Any, step: Step, told: str, template: str
) -> HttpResponse:
    """Ask, take the step, and say what became of it."""
    status, trouble, found = 200, "", None
    if form.is_bound and not form.is_valid():
        status = 422
    elif form.is_bound:
        try:
            step(form.cleaned_data)
        except WrongDay:
            status = 422
            form.add_error("last_day", _wrong_day(form))
        except NotTaken as refused:
            status = 422
            form.add_error("file", refused.message)
        except LookFirst as first:
            status, found = 422, first.found
            form = CorrectionForm(initial={**form.cleaned_data, "file": None}, found=True)
        except Conflict as theirs:
            status = 409
            trouble = _(
                "The consultation has been changed meanwhile, so nothing was done. Look at where "
                "it stands now, and confirm again if it still holds."
            )
            form.data = {**form.data.dict(), "seen": str(theirs.mine.version)}
            round = round_to(request, round.plan.slug, round.uid, RUN_ROUND)
        except RoundMovedOn:
            status = 409
            trouble = _("The consultation has gone on meanwhile: this can no longer be done.")
            round = round_to(request, round.plan.slug, round.uid, RUN_ROUND)
        else:
            messages.success(request, told)
            return redirect("consultations:round-page", round.plan.slug, round.uid)
    context = {"plan": round.plan, "round": round, "form": form, "trouble": trouble}
    context["found"] = found
    return render(request, f"consultations/rounds/{template}.html", context, status=status)


def _wrong_day(form: Any) -> str:
    if isinstance(form, CloseRoundForm):
        return _("The new last day must lie before the one that was told.")
    return _("The new last day must lie after the one that was told.")


def _posted(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


@signed_in
@require_http_methods(["GET", "POST"])
def extend(request: HttpRequest, slug: str, uid: UUID) -> HttpResponse:
    """More time, for everybody or with ``?part=`` for one party."""
    round = round_to(request, slug, uid, RUN_ROUND)
    listed = {str(one.uid): one for one in round.invitations.on_the_list()}
    form = ExtendForm(
        _posted(request),
        parties=[(key, one.name) for key, one in listed.items()],
        initial={"seen": round.version, "party": request.GET.get("part", "")},
    )

    def step(data: dict[str, Any]) -> object:
        return events.extend(
            round=round,
            invitation=listed.get(data.get("party", "")),
            closes_at=deadlines.ends(data["last_day"]),
            reason=data["reason"],
            seen=data["seen"],
            by=request.user,
        )

    told = _("The deadline is extended. Those who are consulted are being written to.")
    return _taken(request, round, form, step, told, "extend")


@signed_in
@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, slug: str, uid: UUID) -> HttpResponse:
    """An end that is sooner than was told."""
    round = round_to(request, slug, uid, RUN_ROUND)
    form = CloseRoundForm(_posted(request), initial={"seen": round.version})

    def step(data: dict[str, Any]) -> object:
        day = data["last_day"]
        return events.close_early(
            round=round,
            closes_at=deadlines.ends(day) if day else clock.now(),
            reason=data["reason"],
            seen=data["seen"],
            by=request.user,
        )

    told = _("The consultation ends earlier. Those who are consulted are being written to.")
    return _taken(request, round, form, step, told, "close")


@signed_in
@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, slug: str, uid: UUID) -> HttpResponse:
    """A correction sheet, told to everybody."""
    round = round_to(request, slug, uid, RUN_ROUND)
    form = CorrectionForm(_posted(request), request.FILES or None, initial={"seen": round.version})

    def step(data: dict[str, Any]) -> object:
        file = examined(data["file"]) if data["file"] else None
        if file is not None and file.found.needs_person and not data["looked"]:
            raise LookFirst(file.found)
        return events.correct(
            round=round, words=data["reason"], seen=data["seen"], file=file, by=request.user
        )

    told = _("The correction sheet is sent to those who are consulted, and stands on the page.")
    return _taken(request, round, form, step, told, "correct")


@signed_in
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, slug: str, uid: UUID) -> HttpResponse:
    """Withdraw the round, once and for all."""
    round = round_to(request, slug, uid, RUN_ROUND)
    form = EventForm(_posted(request), initial={"seen": round.version})

    def step(data: dict[str, Any]) -> object:
        return events.withdraw(
            round=round, reason=data["reason"], seen=data["seen"], by=request.user
        )

    told = _("The consultation is withdrawn. Responses that came in stay received and filed.")
    return _taken(request, round, form, step, told, "withdraw")
