"""What every page of handling loads: the round, how far the work is, and a note that its reader
has seen what people wrote."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from consultations.models import Round
from consultations.permissions import RUN_ROUND
from kommuneplan import clock
from kommuneplan.clock import local_day
from kommuneplan.locking import seen_in

from .. import remarks
from ..actions.reading import note_reading
from ..many_changes import ManyOutcome


def frame(request: HttpRequest, round: Round, *, originals: bool = False) -> dict[str, Any]:
    """What stands around every page of handling. ``originals``: the page shows words as they were
    received; that somebody read them is noted once a day."""
    at = request.arrived_at
    progress = remarks.progress_of(round)
    if originals and not progress.seen_today:
        note_reading(round=round, by=request.user, at=at)
    return {
        "plan": round.plan,
        "round": round,
        "progress": progress,
        "runs": request.user.has_perm(RUN_ROUND, round),
        "consultations": reverse("consultations:round-list", args=[round.plan.slug]),
    }


def seen_of(request: HttpRequest) -> int:
    """What the page knew when it was opened: a version or a revision."""
    return seen_in(request.POST.get("seen", ""))


def choices_of(round: Round) -> remarks.Choices:
    """Themes, people and standard answers, as the forms offer them."""
    return remarks.choices_of(round, on=local_day(clock.now()))


def people_of(round: Round) -> Any:
    """Those who handle the remarks of a round today."""
    return remarks.handlers(round.plan, on=local_day(clock.now()))


def answers_of(round: Round) -> Any:
    """The standard answers of the body that answers for the plan."""
    return round.plan.body.standard_answers.filter(retired_at__isnull=True)


def told_first(request: HttpRequest, round: Round, outcome: ManyOutcome, here: str) -> HttpResponse:
    """What an act on remarks would do and what it would leave out, before anything is done; what
    was chosen travels along in the page, which sends it to the same address."""
    sent = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in {"csrfmiddlewaretoken", "told"}
        for value in values
    ]
    changed = bool(request.POST.get("told"))
    context = {"here": here, "outcome": outcome, "sent": sent, "changed": changed}
    page = "consultations/handling/many_told.html"
    return render(request, page, frame(request, round) | context)


def _render(request: HttpRequest, name: str, context: dict[str, Any], status: int) -> HttpResponse:
    return render(request, f"consultations/handling/{name}.html", context, status=status)
