"""What happened publicly to a plan's rounds: told with all else that happens to it
(``plans.public.happenings``)."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from consultations.enums import EventKind
from consultations.models import Report, Round, RoundEvent
from consultations.models.round import last_day
from consultations.reports.published import withheld
from kommuneplan.timespan.phrase import day_words
from plans.public.happenings import Happening, HappeningKind, WhatIsAsked, register_happenings


def register_round_happenings() -> None:
    """Called once, when the app is ready."""
    register_happenings(
        HappeningKind("announced", _("A consultation is announced"), _announced),
        HappeningKind("changed", _("A consultation is extended or changed"), _changed),
        HappeningKind("over", _("A consultation is over"), _over),
        HappeningKind("reported", _("A report on a consultation is published"), _reported),
    )


def _rounds(asked: WhatIsAsked) -> Any:
    rows = Round.objects.visible(at=asked.at).filter(plan__in=list(asked.plans))
    return rows.only("uid", "slug", "title", "plan", "announced_at", "opens_at", "closes_at")


def _page(round: Round) -> str:
    return reverse("consultations:hearing", args=[round.slug])


def _until(closes_at: dt.datetime | None) -> str:
    day = last_day(closes_at)
    return day_words(day) if day else ""


def _announced(asked: WhatIsAsked) -> Iterator[Happening]:
    """Each with the deadline it has now."""
    for row in asked.within(_rounds(asked), "announced_at"):
        facts = {"title": row.title, "day": _until(row.closes_at)}
        yield Happening(
            uid=row.uid,
            kind="announced",
            at=row.announced_at,
            plan=asked.plans[row.plan_id],
            what=_t("In consultation until and including %(day)s: %(title)s") % facts,
            address=_page(row),
        )


_EVENTS = {
    EventKind.EXTENDED: _("Extended, now until and including %(day)s: %(title)s"),
    EventKind.CLOSED_EARLY: _("Ends earlier, now on %(day)s: %(title)s"),
    EventKind.CORRECTION: _("Correction sheet to the consultation: %(title)s"),
    EventKind.WITHDRAWN: _("The consultation is withdrawn: %(title)s"),
}


def _changed(asked: WhatIsAsked) -> Iterator[Happening]:
    """What was done to a round that everybody knows of, for everybody."""
    rows = RoundEvent.objects.filter(invitation__isnull=True, round__in=_rounds(asked).values("pk"))
    for row in asked.within(rows.select_related("round"), "at"):
        facts = {"title": row.round.title, "day": _until(row.new_closes_at)}
        yield Happening(
            uid=row.uid,
            kind="changed",
            at=row.at,
            plan=asked.plans[row.round.plan_id],
            what=_EVENTS[EventKind(row.kind)] % facts,
            words=row.reason,
            address=_page(row.round),
        )


def _over(asked: WhatIsAsked) -> Iterator[Happening]:
    """Those whose deadline is past, as it is now."""
    for row in asked.within(_rounds(asked).filter(withdrawn_at__isnull=True), "closes_at"):
        yield Happening(
            uid=uuid.uuid5(row.uid, "over"),
            kind="over",
            at=row.closes_at,
            plan=asked.plans[row.plan_id],
            what=_t("The consultation is over: %(title)s") % {"title": row.title},
            address=_page(row),
        )


def _reported(asked: WhatIsAsked) -> Iterator[Happening]:
    """The newest report of each round, where it may still be read."""
    rows = Report.objects.filter(round__in=_rounds(asked).values("pk"))
    newest: dict[int, Report] = {}
    for row in asked.within(rows.select_related("round").defer("content"), "published_at"):
        newest.setdefault(row.round_id, row)
    away = withheld(newest.values())
    for row in newest.values():
        if row.pk in away:
            continue
        yield Happening(
            uid=row.uid,
            kind="reported",
            at=row.published_at,
            plan=asked.plans[row.round.plan_id],
            what=_t("What became of the responses: %(title)s") % {"title": row.round.title},
            address=reverse("consultations:report-shown", args=[row.round.slug]),
        )
