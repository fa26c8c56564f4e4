"""Where a published plan stands, as one value for every surface: page, lists, calendars, PDF, Word,
workspace and members' pages. It is made of public facts: which version is published, and what the
bodies decided, which is public with its recording. What lies before them and is not decided, and
the words of a closed item, are no part of it.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import enum
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Exists,
    F,
    OuterRef,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from kommuneplan.clock import local_day
from kommuneplan.prepared import PreparedColumns
from plans.enums import (
    CycleState,
    MilestoneKind,
    MilestoneState,
    Outcome,
    PublicState,
    Purpose,
    Stage,
)
from plans.lifecycle.state import told_state
from plans.models import Cycle, FrozenMilestone, PlanVersion, Publication, Treatment

from .ending import EndDecision, end_decisions, ended
from .publications import published, with_public_state


@dataclass(frozen=True, slots=True)
class BodyDecision:
    """What a body decided and when; ``outcome``, ``wording`` (extract of the protocol) and
    ``protocol`` (its address) are empty for a closed item."""

    body: str
    day: dt.date
    outcome: str = ""
    wording: str = ""
    protocol: str = ""
    is_closed: bool = False


class Reads(enum.StrEnum):
    """What the published text is to the plan."""

    PRESENT = "present"
    OLDER = "older"  # than the adopted one, which is not published
    EARLIER = "earlier"  # a draft from before the adoption; the adopted one is published
    REVISION = "revision"  # the draft of a revision; the plan in force stands
    GIVEN_UP = "given_up"  # the draft of a revision that was given up; the plan in force stands


BESIDE = {Reads.REVISION, Reads.GIVEN_UP, Reads.EARLIER}
"""Texts beside one in force, which can be read instead."""


@dataclass(frozen=True, slots=True)
class RevisionStanding:
    """A revision of a plan in force: since when, and the CycleState value that is told of it."""

    state: str
    since: dt.date
    sent_back: BodyDecision | None = None


@dataclass(frozen=True, slots=True)
class PlanStanding:
    """``state``: the PublicState value of the day. ``adopted``: the decision of the plan in force;
    ``sent_out``: that to consult on it; ``sent_back``: that by which it is a draft again;
    ``in_force``: the public number of the adopted text where another text is what one reads."""

    state: str
    adopted: BodyDecision | None = None
    sent_out: BodyDecision | None = None
    sent_back: BodyDecision | None = None
    expires_on: dt.date | None = None
    repealed_on: dt.date | None = None
    revision: RevisionStanding | None = None
    reads: Reads = Reads.PRESENT
    in_force: int | None = None
    ending: EndDecision | None = None

    @property
    def asks(self) -> bool:
        """What is proposed, what can still be changed and who decides is told: before the
        adoption, and of the draft of a revision."""
        state = PublicState(self.state)
        if self.reads == Reads.REVISION:
            return True
        return not state.was_adopted and state != PublicState.WITHDRAWN


def standing_of_plan(slug: str, *, at: dt.datetime) -> PlanStanding | None:
    """Of a plan by its address; None while nothing of it is published."""
    found = standings(published(at=at).filter(plan__slug=slug), at=at)
    return next(iter(found.values()), None)


def standing_of_version(version: PlanVersion, *, at: dt.datetime) -> PlanStanding | None:
    """Of the plan of a version, to whoever reads that version, published or not; None while
    nothing of the plan is published."""
    rows = published(at=at).filter(plan=version.plan_id)
    return standings(rows, at=at, read=version).get(version.plan_id)


def standings(
    publications: QuerySet[Publication], *, at: dt.datetime, read: PlanVersion | None = None
) -> dict[int, PlanStanding]:
    """By plan (key), of what is published of each now; a fixed number of queries. ``read``: the
    version that one reads, where it is another."""
    rows = with_public_state(publications, at=at).values(
        "plan_id", "version_id", "version__state", "version__frozen_at", "public_state",
        "plan__expires_on", "plan__repealed_on",
    )  # fmt: skip
    text = {"reads": read.pk, "version__state": read.state} if read else {}
    text |= {"version__frozen_at": read.frozen_at} if read else {}
    rows = {row["plan_id"]: {"reads": row["version_id"], **row, **text} for row in rows}
    cycles = _cycles(list(rows), at)
    decided = _decided(list(rows))
    newest = _newest_adopted(list(rows), at)
    undecided = [row for plan, row in rows.items() if not _adopted(cycles.get(plan, ()), decided)]
    by_plan = _by_process_plan(undecided, at)
    ends = end_decisions({plan: row["plan__expires_on"] for plan, row in rows.items()})
    return {
        plan: dataclasses.replace(
            _standing(row, cycles.get(plan, []), decided, newest.get(plan), by_plan, at),
            ending=ends.get(plan),
        )
        for plan, row in rows.items()
    }


def _standing(
    row: dict[str, Any],
    cycles: list[dict[str, Any]],
    decided: dict[int, list[dict[str, Any]]],
    newest: dict[str, Any] | None,
    by_plan: dict[int, BodyDecision],
    at: dt.datetime,
) -> PlanStanding:
    was_adopted = PublicState(row["public_state"]).was_adopted
    opened = next((one for one in cycles if one["closed_at"] is None), None)
    revision = opened if opened and was_adopted else None
    shown = opened or (cycles[-1] if cycles else None)
    treated = decided.get(shown["pk"], []) if shown else []
    reads = _reads(row, cycles, revision, newest) if was_adopted else Reads.PRESENT
    return PlanStanding(
        state=row["public_state"],
        adopted=(_adopted(cycles, decided) or by_plan.get(row["version_id"]))
        if was_adopted
        else None,
        sent_out=None if was_adopted else _last(treated, Purpose.CONSULTATION),
        sent_back=_sent_back(treated) if row["public_state"] == PublicState.DRAFT else None,
        expires_on=row["plan__expires_on"],
        repealed_on=row["plan__repealed_on"],
        revision=RevisionStanding(
            revision["told"],
            local_day(revision["opened_at"]),
            _sent_back(treated) if revision["told"] == CycleState.DRAFT else None,
        )
        if revision
        else None,
        reads=reads,
        in_force=number_in_force(row["plan_id"], at) if reads in BESIDE else None,
    )


def _reads(
    row: dict[str, Any],
    cycles: list[dict[str, Any]],
    revision: dict[str, Any] | None,
    newest: dict[str, Any] | None,
) -> Reads:
    is_adopted, frozen = row["version__state"] == CycleState.ADOPTED, row["version__frozen_at"]
    if revision and not is_adopted and frozen >= revision["opened_at"]:
        return Reads.REVISION
    given_up = [one for one in cycles if one["state"] == CycleState.WITHDRAWN]
    if not is_adopted and any(one["opened_at"] <= frozen <= one["closed_at"] for one in given_up):
        return Reads.GIVEN_UP
    if is_adopted and newest is not None and newest["pk"] == row["reads"]:
        return Reads.PRESENT
    is_out = newest is not None and newest["out"]
    if is_adopted:
        return Reads.PRESENT if newest is None or is_out else Reads.OLDER
    return Reads.EARLIER if is_out else Reads.OLDER


def _cycles(plans: list[int], at: dt.datetime) -> dict[int, list[dict[str, Any]]]:
    """By plan, its times round in order, each with what is told of it."""
    rows = (
        _TOLD.added_to(Cycle.objects.filter(plan__in=plans), at=at)
        .order_by("plan", "number")
        .values("pk", "plan_id", "state", "kind", "closed_at", "opened_at", "told")
    )
    found: dict[int, list[dict[str, Any]]] = {}
    for row in rows:
        found.setdefault(row["plan_id"], []).append(row)
    return found


def _with_told(at: dt.datetime) -> QuerySet[Cycle]:
    shown = published(at=at).filter(plan=OuterRef("plan")).values("version_id")[:1]
    rows = Cycle.objects.alias(shown=Subquery(shown))
    return rows.annotate(told=told_state(at=at, version=OuterRef("shown"), own=True))


_TOLD = PreparedColumns(_with_told)


def _decided(plans: list[int]) -> dict[int, list[dict[str, Any]]]:
    """By cycle (key), the treatments that concluded its matters, the oldest matter first."""
    rows = (
        Treatment.objects.concluding()
        .filter(matter__plans__cycle__plan__in=plans)
        .exclude(matter__purpose=Purpose.STATUS)
        .order_by("matter__closed_at", "matter", "position")
        .values(
            "outcome", "wording", "protocol", "is_closed", "decided_on", "body__name",
            "matter__purpose", "matter__plans__cycle",
        )
    )  # fmt: skip
    found: dict[int, list[dict[str, Any]]] = {}
    for row in rows:
        found.setdefault(row["matter__plans__cycle"], []).append(row)
    return found


def _decision(row: dict[str, Any]) -> BodyDecision:
    words = {name: row[name] for name in ("outcome", "wording", "protocol")}
    if row["is_closed"]:
        words = dict.fromkeys(words, "")
    return BodyDecision(row["body__name"], row["decided_on"], is_closed=row["is_closed"], **words)


def _last(treated: Iterable[dict[str, Any]], purpose: str) -> BodyDecision | None:
    """The last that carried a matter of that purpose."""
    rows = [one for one in treated if one["matter__purpose"] == purpose]
    rows = [one for one in rows if Outcome(one["outcome"]).carries]
    return _decision(rows[-1]) if rows else None


def _sent_back(treated: list[dict[str, Any]]) -> BodyDecision | None:
    """The one that sent the plan back, where nothing was treated since."""
    if not treated or not Outcome(treated[-1]["outcome"]).sends_back:
        return None
    return None if treated[-1]["is_closed"] else _decision(treated[-1])


def _adopted(
    cycles: Iterable[dict[str, Any]], decided: dict[int, list[dict[str, Any]]]
) -> BodyDecision | None:
    in_force = [one for one in cycles if one["state"] == CycleState.ADOPTED]
    return _last(decided.get(in_force[-1]["pk"], []), Purpose.ADOPTION) if in_force else None


def _newest_adopted(plans: list[int], at: dt.datetime) -> dict[int, dict[str, Any]]:
    """By plan, whether the version that was frozen at its last adoption is out."""
    out = Publication.objects.published(at=at).filter(version=OuterRef("pk"))
    rows = PlanVersion.objects.filter(plan__in=plans, stage=Stage.ADOPTED)
    found = rows.annotate(out=Exists(out)).order_by("number").values("plan_id", "pk", "out")
    return {row["plan_id"]: row for row in found}


def _by_process_plan(rows: list[dict[str, Any]], at: dt.datetime) -> dict[int, BodyDecision]:
    """By version, of plans that were adopted without a matter here: what the process plan says."""
    versions = [row["version_id"] for row in rows if PublicState(row["public_state"]).was_adopted]
    if not versions:
        return {}
    found = adoption_milestones(local_day(at)).filter(version__in=versions).order_by("sort_end")
    return {row.version_id: BodyDecision(row.bodies, row.sort_end) for row in found}


def adoption_milestones(day: dt.date) -> QuerySet[FrozenMilestone]:
    """The frozen adoptions that have an exact day, not after that day."""
    return FrozenMilestone.objects.filter(
        kind=MilestoneKind.ADOPTION, sort_end__lte=day, latest_end__isnull=False, precision="day"
    ).exclude(state=MilestoneState.CANCELLED)


def with_seal(publications: QuerySet[Publication], *, at: dt.datetime) -> QuerySet[Publication]:
    """Publications with what changes whenever a ``PlanStanding`` does, for keys of caches
    (``seal_of``); in the query that asks for them anyway."""
    return _SEALED.added_to(with_public_state(publications, at=at), at=at)


def _with_seal(at: dt.datetime) -> QuerySet[Publication]:
    path = OuterRef("plan_id")
    treated = Treatment.objects.filter(matter__plans__cycle__plan=path).exclude(outcome="")
    decided = treated.order_by().values("matter__plans__cycle__plan")
    cycles = Cycle.objects.filter(plan=path)
    opened = cycles.filter(closed_at__isnull=True).annotate(
        told=told_state(at=at, version=OuterRef(OuterRef("version_id")), own=True)
    )
    return Publication.objects.annotate(
        decided=Subquery(decided.annotate(v=Sum(F("version") + F("body__version"))).values("v")),
        ended=ended(path),
        worked_on=Subquery(cycles.order_by().values("plan").annotate(v=Sum("version")).values("v")),
        told_now=Subquery(opened.values("told")[:1]),
    )


_SEALED = PreparedColumns(_with_seal)


SEAL = (
    "public_state", "decided", "ended", "worked_on", "told_now", "plan__expires_on",
    "plan__repealed_on",
)  # fmt: skip


def seal_of(publication: Any) -> tuple[object, ...]:
    """The values of ``SEAL``, of a row of ``with_seal`` with its plan."""
    return tuple(
        getattr(publication.plan, name.removeprefix("plan__"))
        if name.startswith("plan__")
        else getattr(publication, name)
        for name in SEAL
    )


_OUTCOME = Case(When(is_closed=True, then=Value("")), default=F("outcome"))


def with_adoption(publications: QuerySet[Publication], *, at: dt.datetime) -> QuerySet[Publication]:
    """Publications with ``adopted_on``, ``adopted_by`` (the name of a body), ``adopted_as`` (the
    outcome) and ``is_revised``: for lists, what ``PlanStanding.adopted`` and ``revision`` say."""
    in_force = Cycle.objects.filter(
        plan=OuterRef(OuterRef("plan_id")), state=CycleState.ADOPTED
    ).order_by("-number")
    decided = (
        Treatment.objects.deciding(Purpose.ADOPTION)
        .filter(matter__plans__cycle=Subquery(in_force.values("pk")[:1]))
        .order_by("-matter__closed_at", "-matter", "-position")
    )
    by_plan = adoption_milestones(local_day(at)).filter(version=OuterRef("version_id"))
    by_plan = by_plan.order_by("-sort_end")
    worked_on = Cycle.objects.filter(plan=OuterRef("plan_id"), closed_at__isnull=True)
    return publications.annotate(
        is_revised=Exists(worked_on),
        adopted_on=Coalesce(
            Subquery(decided.values("decided_on")[:1]), Subquery(by_plan.values("sort_end")[:1])
        ),
        adopted_by=Coalesce(
            Subquery(decided.values("body__name")[:1]),
            Subquery(by_plan.values("bodies")[:1]),
            output_field=CharField(),
        ),
        adopted_as=Subquery(decided.values(told=_OUTCOME)[:1]),
    )


def adoption_of(plan: Any) -> BodyDecision | None:
    """By which decision a plan is in force, published or not: for those who work with it."""
    rows = list(
        plan.cycles.filter(state=CycleState.ADOPTED).order_by("number").values("pk", "state")
    )
    return _adopted(rows, _decided([plan.pk])) if rows else None


def number_in_force(plan: int, at: dt.datetime) -> int | None:
    """The public number of the text that was adopted last, where it is published."""
    rows = Publication.objects.published(at=at).filter(plan=plan, version__state=CycleState.ADOPTED)
    return rows.newest_first().values_list("version__public_number", flat=True).first()
