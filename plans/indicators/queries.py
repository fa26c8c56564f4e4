"""Indicators with what is known of them in numbers, a few questions for any number of rows."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import F, Q, QuerySet

from kommuneplan.clock import now, today
from kommuneplan.collation import search_words
from kommuneplan.core.models import User
from plans.enums import Standing
from plans.models import (
    Indicator,
    IndicatorTarget,
    Measurement,
    Plan,
    PlanIndicator,
    Publication,
    VersionBlock,
)

from .findings import Lack, lacks
from .part import KEY
from .series import Measured, Series, Wanted
from .standing import standing, target_for


@dataclass(frozen=True)
class IndicatorInPlan:
    """An indicator as a plan uses it, with its numbers and where it stands on a day."""

    use: PlanIndicator
    series: Series
    on: dt.date

    @property
    def indicator(self) -> Indicator:
        """What is measured."""
        return self.use.indicator

    @cached_property
    def by_rule(self) -> Standing:
        """Where it stands by the rule."""
        return standing(self.series, on=self.on)

    @property
    def standing(self) -> str:
        """Where it stands: as a person has set it, else by the rule."""
        return self.use.override or self.by_rule

    @property
    def is_overridden(self) -> bool:
        """Has a person set it?"""
        return bool(self.use.override)

    @cached_property
    def lacks(self) -> list[Lack]:
        """What is missing."""
        about = self.indicator.by_reference
        return list(lacks(self.series, on=self.on, by_reference=about))

    @property
    def target(self) -> Wanted | None:
        """The target that holds now."""
        return target_for(self.series, self.on.year)

    @property
    def is_borrowed(self) -> bool:
        """Does it belong to another plan?"""
        return self.indicator.home_id != self.use.plan_id


def in_use(plan: Plan) -> QuerySet[PlanIndicator]:
    """The indicators that a plan uses: by rank where there is one, else in the order they came."""
    rows = plan.indicators.filter(retired_at__isnull=True)
    rows = rows.select_related("indicator__home", "indicator__owner", "focus_area")
    return rows.order_by(F("rank").asc(nulls_last=True), "position", "pk")


def uses_of_plans(plans: Collection[int]) -> QuerySet[PlanIndicator]:
    """The indicators that some plans use, by name."""
    rows = PlanIndicator.objects.filter(plan__in=plans, retired_at__isnull=True)
    rows = rows.select_related("indicator__home", "plan")
    return rows.order_by("indicator__sort_key", "indicator", "plan__sort_key", "pk")


@dataclass(frozen=True)
class RegisterRow:
    """An indicator in the register, with its use in each plan that the reader works with."""

    indicator: Indicator
    series: Series
    uses: list[IndicatorInPlan]


def register_rows(indicators: Iterable[Indicator], user: User) -> list[RegisterRow]:
    """Some indicators with where each stands in the reader's plans; three questions."""
    indicators = list(indicators)
    plans = Plan.objects.readable_by(user).values("pk")
    keys = [one.pk for one in indicators]
    uses = PlanIndicator.objects.filter(
        indicator__in=keys, plan__in=plans, retired_at__isnull=True
    ).select_related("plan", "indicator")
    rows = with_numbers(uses.order_by("plan__sort_key", "pk"))
    found: dict[int, list[IndicatorInPlan]] = {}
    for row in rows:
        found.setdefault(row.use.indicator_id, []).append(row)
    measured = measured_of([key for key in keys if key not in found])
    return [
        RegisterRow(
            one,
            found[one.pk][0].series
            if one.pk in found
            else series_of(one, measured.get(one.pk, ())),
            found.get(one.pk, []),
        )
        for one in indicators
    ]


def with_numbers(
    uses: Iterable[PlanIndicator], *, on: dt.date | None = None
) -> list[IndicatorInPlan]:
    """Uses with their numbers; two questions."""
    uses, day = list(uses), on or today()
    measured = measured_of([use.indicator_id for use in uses])
    wanted = wanted_of([use.pk for use in uses])
    return [
        IndicatorInPlan(
            use,
            series_of(use.indicator, measured.get(use.indicator_id, ()), wanted.get(use.pk, ())),
            day,
        )
        for use in uses
    ]


def series_of(
    indicator: Indicator, measured: Iterable[Measured], wanted: Iterable[Wanted] = ()
) -> Series:
    """The numbers of an indicator."""
    return Series(
        unit=indicator.unit,
        decimals=indicator.decimals,
        direction=indicator.direction,
        interval=indicator.interval,
        measured=tuple(measured),
        wanted=tuple(wanted),
    )


def measured_of(indicators: Collection[int]) -> dict[int, list[Measured]]:
    """The measurements of some indicators, in the order of time; without who entered them."""
    rows = Measurement.objects.filter(indicator__in=indicators)
    columns = rows.order_by("sort_end", "sort_begin", "pk").values_list(
        "indicator_id", "sort_begin", "sort_end", "value", "is_preliminary", "is_baseline"
    )
    found: dict[int, list[Measured]] = {}
    for key, *about in columns:
        found.setdefault(key, []).append(Measured(*about))
    return found


def wanted_of(uses: Collection[int]) -> dict[int, list[Wanted]]:
    """The targets of some uses, in the order of years."""
    rows = IndicatorTarget.objects.filter(use__in=uses)
    columns = rows.order_by(F("year").asc(nulls_last=True), "pk").values_list(
        "use_id", "year", "value", "upper", "uid"
    )
    found: dict[int, list[Wanted]] = {}
    for key, year, value, upper, uid in columns:
        found.setdefault(key, []).append(Wanted(year, value, upper, str(uid)))
    return found


def measurements_of(indicator: Indicator) -> list[Measurement]:
    """The measurements of an indicator, the newest first, with who entered them."""
    rows = indicator.measurements.select_related("entered_by")
    return list(rows.order_by("-sort_end", "-sort_begin", "-pk"))


def earlier_values(measurement: Measurement) -> list[Any]:
    """What a measurement has said before, the newest first: history records whose value, period or
    being preliminary differed from what came after."""
    rows = list(measurement.history.select_related("history_user").order_by("-history_id"))

    def said(row: Any) -> tuple[Any, ...]:
        return row.value, row.sort_begin, row.sort_end, row.is_preliminary

    return [old for new, old in itertools.pairwise(rows) if said(old) != said(new)]


def named(rows: QuerySet[Indicator], asked: str) -> QuerySet[Indicator]:
    """Those whose name has every word that was asked for."""
    for word in search_words(asked):
        rows = rows.filter(search_text__contains=word)
    return rows


def reusable_in(plan: Plan, user: User) -> QuerySet[Indicator]:
    """Indicators that a plan can take over: those the person knows, and those that everybody reads
    of another plan. Those of a draft elsewhere are not known."""
    read = Publication.objects.current(at=now()).values("version")
    blocks = VersionBlock.objects.filter(version__in=read, kind=KEY)
    public = PlanIndicator.objects.filter(uid__in=list(blocks.values_list("anchor", flat=True)))
    known = Indicator.objects.readable_by(user).values("pk")
    used = plan.indicators.filter(retired_at__isnull=True).values("indicator")
    rows = Indicator.objects.filter(Q(pk__in=known) | Q(pk__in=public.values("indicator")))
    return rows.exclude(pk__in=used).select_related("home").order_by("sort_key", "pk")


def counts(rows: Iterable[IndicatorInPlan]) -> dict[str, int]:
    """How many stand where."""
    found: dict[str, int] = dict.fromkeys(Standing.values, 0)
    for row in rows:
        found[row.standing] += 1
    return found


def by_focus_area(rows: Iterable[IndicatorInPlan]) -> dict[Any, list[IndicatorInPlan]]:
    """Rows by the key of the focus area they belong to."""
    found: dict[Any, list[IndicatorInPlan]] = {}
    for row in rows:
        found.setdefault(row.use.focus_area_id, []).append(row)
    return found
