"""The phases and activities of an initiative as a process plan of its own, to be drawn. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

from django.utils.translation import gettext as _

from kommuneplan.timespan.fields import sort_days
from plans.document.date_words import shown_date
from plans.document.plan_document import MilestoneLine, PhaseLine, PlanDocument, ProcessPlan
from plans.timeline.drawing import Drawing, draw

from .lines import ActivityLine, InitiativeLine


def drawing_of(document: PlanDocument, line: InitiativeLine, *, today: dt.date) -> Drawing:
    """The timeline of one initiative; its table has the same rows."""
    named = {phase.uid: phase.title for phase in line.phases}
    rows = [_row(one, named.get(one.phase, "")) for one in line.activities]
    rows.sort(key=lambda row: sort_days(row.when))
    plan = ProcessPlan(tuple(_phases(line)), tuple(rows))
    words = {"other": _("Other activities"), "undated": _("Without a date")}
    return draw(PlanDocument(head=document.head, process_plan=plan), today=today, **words)


def _phases(line: InitiativeLine) -> Iterator[PhaseLine]:
    for phase in line.phases:
        when = shown_date(phase)  # type: ignore[arg-type]
        now = _("where the initiative stands now") if phase.is_current else ""
        yield PhaseLine(phase.uid, phase.title, " · ".join(filter(None, [when, now, phase.aim])))


def _row(one: ActivityLine, phase: str) -> MilestoneLine:
    """An activity for whom it is, and with what is said of it in words."""
    closes = _("Closes the phase “%(phase)s”") % {"phase": phase}
    told = [
        _("Under way") if one.state == "under_way" else "",
        closes if one.closes_phase and phase else "",
        *(_("In the theory of change: %(what)s") % {"what": to.title} for to in one.leads_to),
        one.description,
        one.dropped_because,
    ]
    return replace(
        one.as_milestone, bodies=one.audiences, description="\n".join(filter(None, told))
    )
