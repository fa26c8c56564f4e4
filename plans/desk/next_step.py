"""What comes next in a plan, for one cell of a table: the kind of step, whose wording is in the
template, and where it is taken."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from kommuneplan.clock import local_day
from plans.consultations import RoundsStage, rounds
from plans.enums import CycleState, PublicState

from .own_plans import OwnPlan


@dataclass(frozen=True, slots=True)
class NextStep:
    """``kind``: fill (``number`` things are missing), submit, treat (by ``body``), amend, make,
    announce, opens (announced, and begins later), answer (until ``day``), handle, status.
    ``link``: where it is done."""

    kind: str
    link: str
    day: dt.date | None = None
    body: str = ""
    number: int = 0


def next_step(own: OwnPlan, *, turn: Any = None, status: dt.date | None = None) -> NextStep | None:
    """The next step of a plan; None where there is none. ``turn``: the body's that has the plan
    before it; ``status``: the last day of its next yearly status, where that is near."""
    slug, state = own.plan.slug, own.state
    overview = reverse("plans:overview", args=[slug])
    if state == CycleState.BEFORE_BODIES:
        if turn is None:
            return NextStep("amend", overview)
        link = reverse("plans:matter", args=[slug, turn.matter.uid])
        return NextStep("treat", link, turn.meeting and turn.meeting.date, turn.body.name)
    if state == CycleState.TO_BE_SENT_OUT:
        stage = own.facts.rounds_stage
        if stage.wants_one:
            return NextStep("make", rounds().new_address(slug) or overview)
        kind = "opens" if stage == RoundsStage.COMING else "announce"
        return NextStep(kind, rounds().list_address(slug) or overview)
    if state == CycleState.IN_CONSULTATION:
        ends = own.facts.rounds_end
        return NextStep("answer", rounds().list_address(slug) or overview, _last_day(ends))
    if own.missing:
        return NextStep("fill", f"{overview}#mangler", number=len(own.missing))
    if state == CycleState.AFTER_CONSULTATION:
        return NextStep("handle", rounds().list_address(slug) or overview)
    if own.is_made_ready:
        link = reverse("plans:submit", args=[slug]) if own.plan.is_run else overview
        return NextStep("submit", link)
    if state == PublicState.ADOPTED and status:
        return NextStep("status", reverse("plans:focus", args=[slug]), status)
    return None


def _last_day(ends: dt.datetime | None) -> dt.date | None:
    return local_day(ends - dt.timedelta(microseconds=1)) if ends else None
