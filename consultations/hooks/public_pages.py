"""What plans are told of their rounds: until when people may answer, and the lines that stand on
public pages. Registered in ``ready()``; plans ask through ``plans.consultations``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from functools import partial
from typing import Any

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    IntegerField,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Greatest, TruncDate
from django.urls import reverse

from consultations.models import Invitation, Round
from kommuneplan.clock import COPENHAGEN, local_day
from plans.consultations import (
    HeldRound,
    RoundDeadline,
    RoundLine,
    RoundsStage,
    register_rounds,
)
from plans.enums import Purpose
from plans.models import Cycle, Treatment
from plans.public.publications import published


def register_public_pages() -> None:
    """Called once, when the app is ready."""
    register_rounds(
        stage=stage,
        public_stage=partial(stage, own=False),
        stage_of=stage_of,
        new_address=lambda slug: reverse("consultations:round-new", args=[slug]),
        list_address=lambda slug: reverse("consultations:round-list", args=[slug]),
        ends=ends,
        public_ends=public_ends,
        end_of=end_of,
        lines=lines,
        open_lines=open_lines,
        deadlines=deadlines,
        stamp=stamp,
        held=held,
    )


def stamp(path: str) -> Subquery:
    """The newest entry in the history of a plan's rounds."""
    rows = Round.history.filter(plan=OuterRef(path)).order_by("-history_id")
    return Subquery(rows.values("history_id")[:1])


def _counting() -> QuerySet[Round]:
    """The rounds that keep a plan in consultation while its cycle is open."""
    return _sent_out(Round.objects.counting())


def _sent_out(rounds: QuerySet[Round]) -> QuerySet[Round]:
    """Those of open cycles, less those that had ended before the bodies sent the draft out (again):
    a decision to send out asks for a consultation of its own."""
    sent_out_later = Treatment.objects.deciding(Purpose.CONSULTATION).filter(
        matter__plans__cycle=OuterRef("cycle"),
        decided_on__gt=OuterRef("opened_on"),
        decided_on__gte=OuterRef("closed_on"),
    )
    rows = rounds.alias(
        opened_on=TruncDate("opens_at", tzinfo=COPENHAGEN),
        closed_on=TruncDate("closes_at", tzinfo=COPENHAGEN),
    )
    return rows.filter(~Exists(sent_out_later), cycle__closed_at__isnull=True)


def stage(path: str, at: dt.datetime, *, own: bool = True) -> Any:
    """SQL of the RoundsStage of the plan's open cycle; ``own``: by parties' own deadlines too."""
    rows = _staged(Round.objects.filter(plan=OuterRef(path)), at, own=own)
    return Coalesce(Subquery(rows.values("stage")[:1]), Value(RoundsStage.NONE.value))


def stage_of(cycle: Cycle, at: dt.datetime) -> RoundsStage:
    """The same of one cycle."""
    row = _staged(Round.objects.filter(cycle=cycle), at, own=True).values_list("stage", flat=True)
    return RoundsStage(row.first() or RoundsStage.NONE)


def _staged(rounds: QuerySet[Round], at: dt.datetime, *, own: bool) -> QuerySet[Round]:
    """Rounds with their ``stage``, the one that holds first. Internal ones are none of it."""
    rows = rounds.filter(is_internal=False, cycle__closed_at__isnull=True)
    rows = _with_end(rows) if own else rows.annotate(end=F("closes_at"))
    counts = Q(pk__in=_sent_out(Round.objects.standing()).values("pk"))
    stages = Case(
        When(
            announced_at__isnull=True,
            withdrawn_at__isnull=True,
            then=Value(RoundsStage.PREPARED.value),
        ),
        When(~counts, then=Value(RoundsStage.SPENT.value)),
        When(opens_at__gt=at, then=Value(RoundsStage.COMING.value)),
        When(end__gt=at, then=Value(RoundsStage.OPEN.value)),
        default=Value(RoundsStage.OVER.value),
        output_field=IntegerField(),
    )
    return rows.annotate(stage=stages).order_by("-stage")


def ends(path: str) -> Any:
    """The instant at which the last round of the plan's cycle ends, own deadlines included."""
    rows = _with_end(_counting().filter(plan=OuterRef(path)))
    return Subquery(rows.order_by("-end").values("end")[:1])


def public_ends(path: str) -> Any:
    """The same by the rounds' own deadlines."""
    rows = _counting().filter(plan=OuterRef(path)).order_by("-closes_at")
    return Subquery(rows.values("closes_at")[:1])


def end_of(cycle: Cycle) -> dt.datetime | None:
    """The same for one cycle; None when no round of it was announced."""
    rows = _counting().filter(cycle=cycle)
    if cycle.closed_at is not None:
        return None
    return _with_end(rows).aggregate(last=Max("end"))["last"]


def _with_end(rows: QuerySet[Round]) -> QuerySet[Round]:
    own = Invitation.objects.filter(round=OuterRef("pk"), removed_at__isnull=True)
    latest = own.filter(closes_at__isnull=False).order_by("-closes_at").values("closes_at")[:1]
    return rows.annotate(end=Greatest("closes_at", Coalesce(Subquery(latest), F("closes_at"))))


def lines(slug: str, *, at: dt.datetime) -> list[RoundLine]:
    """The public rounds of a plan that have begun, the newest first."""
    rows = Round.objects.public(at=at).filter(plan__slug=slug)
    return [_line(row, at) for row in _told(rows, at)]


def open_lines(*, at: dt.datetime) -> list[RoundLine]:
    """The rounds that everybody can answer now, of plans that are published."""
    rows = Round.objects.public(at=at).open(at=at)
    rows = rows.filter(plan__in=published(at=at).values("plan"))
    return [_line(row, at) for row in _told(rows, at).order_by("closes_at", "pk")]


def deadlines(
    plans: Collection[Any], *, at: dt.datetime, since: dt.datetime | None = None
) -> list[RoundDeadline]:
    """Of the rounds of some plans (keys) that everybody knows of, also before they open."""
    rows = Round.objects.visible(at=at).filter(plan__in=plans)
    if since is not None:
        rows = rows.filter(closes_at__gte=since)
    changed = Max("events__at", filter=Q(events__invitation__isnull=True, events__at__lte=at))
    rows = rows.annotate(changed=changed).only(
        "uid", "slug", "title", "plan_id", "closes_at", "announced_at", "withdrawn_at", "version"
    )
    return [
        RoundDeadline(
            uid=str(row.uid),
            plan_id=row.plan_id,
            title=row.title,
            closes_at=row.closes_at,
            last_day=row.last_day,
            answer=reverse("consultations:answer", args=[row.slug]),
            address=reverse("consultations:hearing", args=[row.slug]),
            version=row.version,
            changed_at=row.changed or row.announced_at,
            withdrawn=row.withdrawn_at is not None and row.withdrawn_at <= at,
        )
        for row in rows.order_by("closes_at", "pk")
    ]


def round_lines(rows: QuerySet[Round], *, at: dt.datetime) -> dict[int, RoundLine]:
    """Some rounds as public pages tell them, by their keys."""
    return {row.pk: _line(row, at) for row in _told(rows, at)}


def held(cycles: Collection[int]) -> list[HeldRound]:
    """The rounds that were announced in some cycles, for the checks of their process plans."""
    rows = Round.objects.filter(cycle__in=cycles, announced_at__isnull=False, is_internal=False)
    found = []
    for row in rows.select_related("plan").order_by("opens_at", "pk"):
        if row.first_day is None or row.last_day is None:
            continue  # what is announced has its times
        found.append(
            HeldRound(
                cycle=row.cycle_id,
                uid=str(row.uid),
                title=row.title,
                first_day=row.first_day,
                last_day=row.last_day,
                address=reverse("consultations:round-page", args=[row.plan.slug, row.uid]),
                withdrawn=row.withdrawn_at is not None,
                milestone=str(row.milestone_uid or ""),
            )
        )
    return found


def _told(rows: QuerySet[Round], at: dt.datetime) -> QuerySet[Round]:
    return (
        rows.annotate(
            answers=Count("responses", distinct=True),
            reported=Max("reports__published_at", filter=Q(reports__published_at__lte=at)),
        )
        .select_related("plan", "frozen")
        .only(
            "slug", "title", "opens_at", "closes_at", "announced_at", "withdrawn_at",
            "plan__slug", "frozen__title", "frozen__body_name",
        )
        .order_by("-opens_at", "-pk")
    )  # fmt: skip


def _line(row: Any, at: dt.datetime) -> RoundLine:
    last = row.last_day
    assert last is not None  # an announced round has its times
    return RoundLine(
        plan_slug=row.plan.slug,
        plan_title=row.frozen.title,
        body=row.frozen.body_name,
        title=row.title,
        address=reverse("consultations:hearing", args=[row.slug]),
        state=row.state_at(at).value,
        last_day=last,
        days_left=(last - local_day(at)).days,
        responses=row.answers,
        report=reverse("consultations:report-shown", args=[row.slug]) if row.reported else "",
        after=reverse("consultations:report-after", args=[row.slug]) if row.reported else "",
    )
