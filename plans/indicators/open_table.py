"""What is given out of indicators, and what people take along: a row for each indicator and period,
with the same columns in the workspace and for everybody."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommuneplan.documents.tables import ColumnKind, DataColumn, DataTable
from plans.enums import GoodDirection, Standing
from plans.open_data.register import register_plan_table
from plans.open_data.rows import OpenPlan

from .part import indicators_of
from .periods import period_words
from .series import Series

_DAY, _DECIMAL, _NUMBER, _YES = (
    ColumnKind.DAY, ColumnKind.DECIMAL, ColumnKind.NUMBER, ColumnKind.YES,
)  # fmt: skip

INDICATORS = DataTable(
    "indikatorer",
    gettext_lazy("Indicators"),
    gettext_lazy(
        "The indicators of a plan with their measurements and targets: a row for each indicator "
        "and period. A period that was not measured has a row without a value."
    ),
    (
        DataColumn("id", gettext_lazy("The indicator and the period")),
        DataColumn("indikator_id", gettext_lazy("The indicator in the plan, for ever")),
        DataColumn("indikator", gettext_lazy("What is measured")),
        DataColumn("enhed", gettext_lazy("The unit of the values")),
        DataColumn("retning", gettext_lazy("When the value is good")),
        DataColumn("retning_kode", gettext_lazy("The same as a code")),
        DataColumn(
            "periode", gettext_lazy("The period in words; empty for a target without a year")
        ),
        DataColumn("periode_fra", gettext_lazy("The first day of the period"), _DAY),
        DataColumn("periode_til", gettext_lazy("The last day of the period"), _DAY),
        DataColumn("vaerdi", gettext_lazy("The value that was measured"), _DECIMAL),
        DataColumn("foreloebig", gettext_lazy("Whether the value is preliminary"), _YES),
        DataColumn("udgangspunkt", gettext_lazy("Whether it is the baseline"), _YES),
        DataColumn("maal", gettext_lazy("The target of the end of the period"), _DECIMAL),
        DataColumn(
            "maal_hoejst", gettext_lazy("Its upper limit, where there is a range"), _DECIMAL
        ),
        DataColumn("rang", gettext_lazy("Its place in the plan, where there is an order"), _NUMBER),
        DataColumn("status", gettext_lazy("Where the indicator stands, in words")),
        DataColumn("status_kode", gettext_lazy("The same as a code")),
        DataColumn("sat_manuelt", gettext_lazy("Whether a person has set that"), _YES),
        DataColumn("kilde", gettext_lazy("Where the numbers come from")),
    ),
)


def rows_of(
    uid: str, name: str, series: Series, *, rank: int | None, standing: str, by_hand: bool,
    source: str,
) -> Iterator[tuple[Any, ...]]:  # fmt: skip
    """The rows of one indicator: what was measured and missed in the order of time, targets of
    years that have no such row, and a bare row where there is nothing of all that."""
    about = (uid, name, series.unit, str(GoodDirection(series.direction).label), series.direction)
    after = (
        rank, str(capfirst(Standing(standing).label)), str(standing), by_hand, source,
    )  # fmt: skip
    targets = {one.year: one for one in series.wanted}
    for measured, begins, ends, period in _periods(series):
        target = targets.pop(ends.year, None) if (ends.month, ends.day) == (12, 31) else None
        yield (
            f"{uid}-{begins}-{ends}", *about, period, begins, ends,
            measured and measured.value,
            measured and measured.is_preliminary,
            measured and measured.is_baseline,
            target and target.value, target and target.upper, *after,
        )  # fmt: skip
    for year, target in targets.items():
        period = str(year) if year else ""
        yield (
            f"{uid}-{year or ''}", *about, period, None, None, None, None, None, target.value,
            target.upper, *after,
        )  # fmt: skip
    if not series.measured and not series.wanted:
        yield (uid, *about, "", None, None, None, None, None, None, None, *after)


def _periods(series: Series) -> Iterable[tuple[Any, ...]]:
    found: list[tuple[Any, ...]] = [
        (one, one.begins, one.ends, one.period) for one in series.measured
    ]
    found += [(None, begins, ends, period_words(begins, ends)) for begins, ends in series.missing]
    return sorted(found, key=lambda row: (row[2], row[1]))


def published_rows(one: OpenPlan) -> Iterator[tuple[Any, ...]]:
    """The rows of a plan as it is published."""
    for line in indicators_of(one.document):
        yield from rows_of(
            line.uid,
            line.title,
            line.series,
            rank=line.rank,
            standing=line.standing,
            by_hand=bool(line.override),
            source=line.source,
        )


def heads() -> list[str]:
    """The names of the columns, for a spreadsheet."""
    return [column.name for column in INDICATORS.columns]


def sheet_title() -> str:
    """What the spreadsheet is called."""
    return _("Indicators")


def register_open_table() -> None:
    """Called once, when the app is ready."""
    register_plan_table(INDICATORS, published_rows)
