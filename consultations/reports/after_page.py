"""The page of what a consultation changed: from the published report, the draft that was sent out,
and the version after it that everybody can read. Nothing else of the plan is asked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, Value, When

from consultations.models import Remark, Report, Round
from plans.document import plan_document as plan_doc
from plans.enums import CycleState
from plans.models import Cycle, PlanVersion, Publication

from . import round_report as doc
from .after import (
    AfterConsultation,
    DraftPlace,
    RemarkPlaces,
    ToldGroup,
    ToldPlace,
    after_consultation,
    sides,
)

PER_PAGE = 30  # places


@dataclass(frozen=True, slots=True)
class ShownGroup:
    """What of a group stands on one page; ``unchanged`` after the last of its places. Without an
    anchor: the remarks to the whole."""

    anchor: str
    title: str
    told: list[ToldPlace]
    unchanged: tuple[DraftPlace, ...] = ()


def after_page(round: Round, report: Report, *, at: dt.datetime, page: Any) -> dict[str, Any]:
    """What a page shows of it; ``round`` with its frozen version and its plan."""
    draft, after = _draft(round, at), version_after(round, at=at)
    context = {"round": round, "row": report, "draft": draft, "after": after, "told": None}
    if draft is None:
        return context
    published = doc.from_json(report.content)
    both = sides(_document(draft), _document(after) if after else None)
    told = after_consultation(both, published, _placed(round))
    shown = Paginator(_lines(told), PER_PAGE).get_page(page)
    return {
        **context,
        "told": told,
        "page": shown,
        "groups": list(_grouped(shown.object_list)),
        "pages": _pages(told),
        "linked": {
            one.number for one in published.responses if one.shown == doc.ReportedForm.PUBLIC
        },
    }


def version_after(round: Round, *, at: dt.datetime) -> PlanVersion | None:
    """The version after the consultation that everybody can read: the first adopted one, else the
    newest; of the same time round, for the next one has its own consultation."""
    out = Publication.objects.published(at=at).filter(version=OuterRef("pk"))
    this = Cycle.objects.filter(pk=round.cycle_id).values("number")
    later = Cycle.objects.filter(
        plan=round.plan_id, number__gt=Subquery(this), opened_at__lte=OuterRef("frozen_at")
    )
    rows = PlanVersion.objects.filter(plan=round.plan_id, number__gt=round.frozen.number)
    is_adopted = Q(state=CycleState.ADOPTED)
    rows = rows.filter(Exists(out), ~Exists(later)).order_by(
        Case(When(is_adopted, then=Value(0)), default=Value(1)),
        Case(When(is_adopted, then=F("number")), default=-F("number")),
    )
    return rows.defer("search_text").first()


def _draft(round: Round, at: dt.datetime) -> PlanVersion | None:
    """The version that was sent out, where everybody can read it."""
    shown = Publication.objects.published(at=at).filter(version=round.frozen_id)
    return round.frozen if shown.exists() else None


def _document(version: PlanVersion) -> plan_doc.PlanDocument:
    return plan_doc.from_json(version.content)


def _placed(round: Round) -> dict[str, RemarkPlaces]:
    rows = Remark.objects.filter(round=round, retired_at__isnull=True)
    return {
        str(uid): RemarkPlaces(anchor, changed or wanted)
        for uid, anchor, changed, wanted in rows.values_list(
            "uid", "anchor", "changed_anchor", "wanted_anchor"
        )
    }


Line = tuple[ToldGroup | None, ToldPlace]


def _lines(told: AfterConsultation) -> list[Line]:
    """All that is told, a place at a time; the remarks to the whole come last."""
    return [
        *((group, one) for group in told.groups for one in group.told),
        *((None, one) for one in told.whole),
    ]


def _grouped(lines: Iterable[Line]) -> Iterator[ShownGroup]:
    for key, inside in groupby(lines, key=lambda line: line[0] and line[0].anchor):
        places = list(inside)
        group, last = places[-1]
        is_over = group is not None and last is group.told[-1]
        unchanged = group.unchanged if group is not None and is_over else ()
        yield ShownGroup(
            key or "", group.title if group else "", [one for _, one in places], unchanged
        )


def _pages(told: AfterConsultation) -> list[tuple[ToldPlace, int]]:
    """Each place that became another, with the number of the page it stands on."""
    return [
        (one, place // PER_PAGE + 1)
        for place, (_group, one) in enumerate(_lines(told))
        if one.is_changed
    ]
