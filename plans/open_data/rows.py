"""The rows of what is given out of plans: from published documents and public decisions, nothing
else (``plans.public``). The words are those of the pages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from kommuneplan.clock import COPENHAGEN, local_day
from kommuneplan.core.site.open_data import absolute
from kommuneplan.timespan.span import Modifier, Precision, TimeSpan
from plans.document.date_words import meaning, shown_date
from plans.document.plan_document import PlanDocument
from plans.enums import MilestoneKind, MilestoneState, Outcome, PlanKind, PublicState
from plans.public import publications
from plans.public.standing import BodyDecision, PlanStanding, standing_of_plan

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class OpenPlan:
    """A published plan with all that its tables are made of."""

    plan: publications.PublicPlan
    document: PlanDocument
    standing: PlanStanding | None

    def rows(self, key: str) -> list[Row]:
        """The rows of one of its tables."""
        return list(ROWS_OF_A_PLAN[key](self))


def open_plan(slug: str, *, at: dt.datetime) -> OpenPlan | None:
    """A plan as it is published at an instant; None when it is not."""
    plan = publications.member(publications.family(slug, at=at), slug)
    if plan is None:
        return None
    documents = publications.documents([plan], on=local_day(at))
    return OpenPlan(plan, documents[plan.uid], standing_of_plan(slug, at=at))


def plans(*, at: dt.datetime) -> list[Row]:
    """Every plan that is published, in Danish order; one query."""
    rows = publications.with_public_state(publications.published(at=at), at=at)
    rows = rows.order_by("plan__sort_key", "plan__pk").values_list(
        "plan__uid", "version__title", "version__kind", "public_state", "version__body_name",
        "plan__parent__uid", "version__public_number", "visible_from", "version__digest",
        "plan__expires_on", "plan__repealed_on", "plan__slug",
    )  # fmt: skip
    return [_plan(row) for row in rows]


def first_slug(at: dt.datetime) -> str:
    """The address of the plan that was published last; empty while there is none."""
    rows = publications.published(at=at).order_by("-visible_from", "-pk")
    return rows.values_list("plan__slug", flat=True).first() or ""


def _plan(row: Row) -> Row:
    uid, title, kind, state, body, parent, number, since, seal, expires, repealed, slug = row
    return (
        str(uid), title, _word(PlanKind, kind), kind, _word(PublicState, state), state, body,
        str(parent or ""), number, since.astimezone(COPENHAGEN), seal, expires, repealed,
        absolute(reverse("plans:plan", args=[slug])),
        absolute(f"{reverse('plans:plan', args=[slug])}procesplan.json"),
    )  # fmt: skip


def _process_plan(one: OpenPlan) -> Iterator[Row]:
    phases = {phase.uid: phase.title for phase in one.document.process_plan.phases}
    for line in one.document.process_plan.milestones:
        yield (
            line.uid, line.title, shown_date(line), meaning(line), line.written,
            *_bounds(line.when), *_precision(line.when),
            _word(MilestoneKind, line.kind), line.kind, line.bodies,
            phases.get(line.phase or "", ""), line.phase or "", line.within or "",
            line.conditional, _word(MilestoneState, line.state), line.state, line.done_on,
            line.meeting, line.begins_at, line.place, line.description,
        )  # fmt: skip


def _bounds(when: TimeSpan | None) -> Row:
    if when is None:
        return (None, None, None, None)
    return when.earliest_begin, when.latest_begin, when.earliest_end, when.latest_end


def _precision(when: TimeSpan | None) -> Row:
    if when is None:
        return "", "", "", ""
    words = {
        Precision.DAY: _("day"),
        Precision.RANGE: _("from day to day"),
        Precision.WEEK: _("week"),
        Precision.PART_OF_MONTH: _("part of a month"),
        Precision.MONTH: _("month"),
        Precision.MONTH_RANGE: _("from month to month"),
        Precision.QUARTER: _("quarter"),
        Precision.HALF_YEAR: _("half-year"),
        Precision.SEASON: _("season"),
        Precision.PART_OF_YEAR: _("part of a year"),
        Precision.YEAR: _("year"),
    }
    said = {
        Modifier.NONE: "",
        Modifier.BY: _("no later than"),
        Modifier.FROM: _("no earlier than"),
        Modifier.APPROX: _("approximately"),
    }
    return words[when.precision], when.precision.value, said[when.modifier], when.modifier.value


def _new_dates(one: OpenPlan) -> Iterator[Row]:
    for line in one.document.process_plan.milestones:
        for number, moved in enumerate(line.moved, start=1):
            when = moved.when
            yield (
                f"{line.uid}-{number}", line.uid, line.title, shown_date(moved),
                when and when.earliest, when and when.latest, shown_date(line),
                moved.reason, moved.decided_at, moved.changed_on,
            )  # fmt: skip


def _decisions(one: OpenPlan) -> Iterator[Row]:
    standing = one.standing
    if standing is None:
        return
    revision = standing.revision
    for code, words, decision in (
        ("adopted", _("Adopted"), standing.adopted),
        ("sent_out", _("Sent out for consultation"), standing.sent_out),
        ("sent_back", _("A draft again"), standing.sent_back),
        ("revision_sent_back", _("The revision is a draft again"), revision and revision.sent_back),
    ):
        if decision:
            yield _decision(one.plan.uid, code, words, decision)


def _decision(uid: str, code: str, words: str, decision: BodyDecision) -> Row:
    outcome = decision.outcome
    return (
        f"{uid}-{code}-{decision.day.isoformat()}", words, code, decision.body, decision.day,
        str(Outcome(outcome).label) if outcome in Outcome.values else "", outcome,
        decision.wording, decision.protocol, decision.is_closed,
    )  # fmt: skip


ROWS_OF_A_PLAN: dict[str, Callable[[OpenPlan], Iterator[Row]]] = {
    "procesplan": _process_plan,
    "nye-datoer": _new_dates,
    "beslutninger": _decisions,
}


def _word(words: Any, code: str) -> str:
    """The word for a code, as it stands by itself on a page; a code of an older schema is told as
    it is."""
    return capfirst(str(words(code).label)) if code in words.values else code
