"""The indicators of the demo: those that a paper refers to, as rows; and the four of the plan that
lives today, which are invented, as their definitions say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

from django.db import models

from kommuneplan.core.models import User
from kommuneplan.timespan.span import Precision, TimeSpan
from plans.enums import GoodDirection, Interval
from plans.models import Indicator, IndicatorTarget, Measurement, Plan, PlanIndicator

from .spec import DemoIndicator

EXAMPLE = "Eksempel: tallene er opfundet til denne demo."

FROM_AN_EARLIER_PROJECT = DemoIndicator(
    "Indikatorer, der er fundet i et tidligere projekt",
    definition=(
        "Der har været et forarbejde med effektmåling og -styring på institutionerne. "
        "Indikatorerne derfra bruges igen: til effektmåling og til løbende kontrol af, om "
        "indsatsen virker, på sigt også for det enkelte barn."
    ),
    interval=Interval.RUNNING,
    reference="BR 644/05 og SUD 358/2007",
    by_reference=True,
)
"""Strategy of 2008: the paper names none of them."""


def of_today(this_year: int) -> tuple[DemoIndicator, ...]:
    """Of the plan that lives today: one on the way, one behind, one with a year that is missing,
    one that is not measured. The targets are those of the plan's own table."""
    first, aim = this_year - 7, this_year + 3
    return (
        DemoIndicator(
            "Borgere, der bor i egen bolig med støtte",
            definition=f"Voksne, der får støtte i egen bolig den 31. december. {EXAMPLE}",
            unit="borgere",
            source="Kommunens fagsystem, opgjort ved årets udgang",
            targets=((aim, "1500"),),
            values=_yearly(first, "840", "905", "960", "1030", "1100", "1170", "1240"),
            preliminary=this_year - 1,
        ),
        DemoIndicator(
            "Borgere i job eller uddannelse",
            definition=(
                f"Voksne fra målgruppen, der er i job eller uddannelse ved årets udgang. {EXAMPLE}"
            ),
            unit="borgere",
            source="Jobcentrets opgørelse",
            focus="Flere ind på arbejdspladserne",
            targets=((aim, "600"),),
            values=_yearly(first, "380", "385", "392", "395", "400", "405", "410"),
        ),
        DemoIndicator(
            "Borgere, der ofte føler sig ensomme",
            definition=(
                "Andel, der svarer “ofte” i spørgeskemaet om trivsel. Spørgeskemaet blev ikke "
                f"sendt ud hvert år. {EXAMPLE}"
            ),
            unit="%",
            decimals=1,
            direction=GoodDirection.DOWN,
            source="Spørgeskema til borgere, der får støtte",
            targets=((aim, "25"),),
            values=_yearly(first, "42.5", "40.4", "38.0", None, "35.1", "33.6", "32.0"),
        ),
        DemoIndicator(
            "Borgere, der må begynde forfra efter en flytning",
            definition=(
                "Andel, der tre måneder efter en flytning svarer, at sagen begyndte forfra. "
                f"Målingen begynder, når delstrategien er på plads. {EXAMPLE}"
            ),
            unit="%",
            direction=GoodDirection.DOWN,
            interval=Interval.HALF_YEARLY,
            source="Opfølgende samtale tre måneder efter flytning",
            focus="Støtten flytter med",
            targets=((this_year + 1, "5"),),
        ),
    )


def _yearly(first: int, *values: str | None) -> tuple[tuple[int, str], ...]:
    """Values of years in a row, without those that were not measured."""
    return tuple((first + place, value) for place, value in enumerate(values) if value)


def load(
    plan: Plan,
    indicators: tuple[DemoIndicator, ...],
    save: Callable[[models.Model], None],
    owner: User | None,
) -> None:
    """The indicators of a plan with their targets and values."""
    areas = {area.title: area for area in plan.focus_areas.all()}
    for place, one in enumerate(indicators, start=1):
        indicator = Indicator(
            home=plan,
            name=one.name,
            definition=one.definition,
            unit=one.unit,
            decimals=one.decimals,
            direction=one.direction,
            interval=one.interval,
            source=one.source,
            reference=one.reference,
            by_reference=one.by_reference,
            owner=None if one.by_reference else owner,
        )
        save(indicator)
        use = PlanIndicator(plan=plan, indicator=indicator, position=place, is_public=True)
        use.focus_area = areas.get(one.focus)
        save(use)
        for year, value in one.targets:
            save(IndicatorTarget(use=use, year=year, value=Decimal(value)))
        for number, (year, value) in enumerate(one.values):
            row = Measurement(
                indicator=indicator,
                value=Decimal(value),
                is_baseline=number == 0,
                is_preliminary=year == one.preliminary,
                entered_by=owner,
            )
            row.when = whole_year(year)
            save(row)


def whole_year(year: int) -> TimeSpan:
    """A year, as people write it."""
    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    return TimeSpan(first, last, first, last, Precision.YEAR, written=str(year))
