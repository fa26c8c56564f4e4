"""What of a plan's indicators goes into its document, and the registering of the part."""

from __future__ import annotations

import dataclasses
from decimal import Decimal

from plans.document.parts import register_part
from plans.models import Plan

from .paper import chapters
from .part import INDICATORS, IndicatorLine, Indicators, MeasuredLine, TargetLine
from .queries import IndicatorInPlan, in_use, with_numbers


def public_indicators(plan: Plan) -> Indicators:
    """The indicators that may be published, as they stand now; three questions."""
    return tuple(map(line_of, with_numbers(in_use(plan).filter(is_public=True))))


def line_of(row: IndicatorInPlan) -> IndicatorLine:
    """One indicator as documents hold it: no person, no note."""
    use, about = row.use, row.indicator
    area = use.focus_area
    shown = area is not None and area.is_public and area.retired_at is None
    return IndicatorLine(
        uid=str(use.uid),
        title=about.name,
        definition=about.definition,
        unit=about.unit,
        decimals=about.decimals,
        direction=about.direction,
        interval=about.interval,
        source=about.source,
        reference=about.reference,
        by_reference=about.by_reference,
        focus=str(area.uid) if shown and area else "",
        rank=use.rank,
        targets=tuple(
            TargetLine(one.year, digits(one.value), digits(one.upper)) for one in row.series.wanted
        ),
        measured=tuple(
            MeasuredLine(
                one.begins, one.ends, digits(one.value), one.is_preliminary, one.is_baseline
            )
            for one in row.series.measured
        ),
        override=use.override,
        reason=use.override_reason,
        standing=str(row.standing),
    )


def digits(value: Decimal | None) -> str:
    """The exact digits of a number, the same whichever database it came from."""
    if value is None:
        return ""
    plain = f"{value:f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def register_indicators() -> None:
    """Called once, when the app is ready."""
    register_part(
        dataclasses.replace(
            INDICATORS, build=lambda plan, cycle: public_indicators(plan), export=chapters
        )
    )
