"""The words, badges and drawings of indicators, live and frozen."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from kommuneplan.core.templatetags.components import badge
from kommuneplan.core.templatetags.directions import isolated
from plans.enums import GoodDirection, Interval, Standing
from plans.indicators.chart import FOOT, HEIGHT, IndicatorChart, chart_of
from plans.indicators.numbers import number_words
from plans.indicators.periods import period_words
from plans.indicators.queries import IndicatorInPlan, in_use, with_numbers
from plans.indicators.series import Measured, Series, Wanted
from plans.models import Plan

register = template.Library()

_SHAPES = {
    Standing.ON_THE_WAY: "adopted",
    Standing.BEHIND: "plain",
    Standing.NOT_MEASURED: "draft",
    Standing.NO_TARGET: "draft",
}
_MARKS = {
    "confirmed": '<circle cx="0" cy="0" r="4.5"/>',
    "preliminary": '<path d="M0-6L6 0L0 6L-6 0z"/>',
    "baseline": '<path d="M-5-5H5V5H-5z"/>',
}
_TARGET = '<path class="ic-target" d="M-8 0H8M0-7V7"/>'


@register.filter
def indicator_badge(standing: str) -> SafeString:
    """Where an indicator stands, as a badge."""
    return badge(indicator_word(standing), _SHAPES.get(Standing(standing), "plain"))


@register.filter
def indicator_word(standing: str) -> str:
    """Where an indicator stands, in a word."""
    return capfirst(str(Standing(standing).label))


@register.filter
def direction_word(direction: str) -> str:
    """When it is good."""
    return str(GoodDirection(direction).label)


@register.filter
def interval_word(interval: str) -> str:
    """How often it is measured."""
    return str(Interval(interval).label)


@register.filter
def value_in(value: Decimal | None, series: Series) -> str:
    """A value with the unit of its series."""
    return series.words(value)


@register.filter
def measured_words(one: Measured | None, series: Series) -> str:
    """ "1.240 borgere (2024)" """
    if one is None:
        return "–"
    said = f"{series.words(one.value)} ({one.period})"
    return _("%(value)s, preliminary") % {"value": said} if one.is_preliminary else said


@register.filter
def wanted_words(one: Wanted, series: Series) -> str:
    """ "1.500 borgere i 2028", or without a year."""
    value = series.wanted_words(one)
    if one.year is None:
        return _("%(value)s (no year)") % {"value": value}
    return _("%(value)s by the end of %(year)s") % {"value": value, "year": one.year}


@register.filter
def period_of(begins: dt.date, ends: dt.date) -> str:
    """What a period is called."""
    return period_words(begins, ends)


@register.filter
def row_period(row: Any) -> str:
    """What the period of a stored measurement, or of its history, is called."""
    return period_words(row.sort_begin, row.sort_end)


@register.simple_tag
def indicator_chart(series: Series, name: str, key: str) -> SafeString:
    """The chart as SVG; nothing where nothing was measured. Its numbers stand in the table that
    must follow it. ``name``: what is measured; ``key``: an id for the page."""
    chart = chart_of(series)
    if chart is None:
        return mark_safe("")
    return mark_safe(_svg(chart, series, name, key) + _key_of(chart))  # noqa: S308  (escaped)


@register.simple_tag
def indicators_in_plan(plan: Plan) -> list[IndicatorInPlan]:
    """The indicators that a plan uses, with where each stands today."""
    return with_numbers(in_use(plan))


@register.filter
def of_area(rows: list[IndicatorInPlan], area: int | None) -> list[IndicatorInPlan]:
    """Those that belong to a focus area (pk); with None those of the plan as a whole."""
    return [row for row in rows if row.use.focus_area_id == area]


@register.filter
def not_on_the_way(rows: list[IndicatorInPlan]) -> list[IndicatorInPlan]:
    """Those that are behind, and those of which nobody knows."""
    return [row for row in rows if row.standing in {Standing.BEHIND, Standing.NOT_MEASURED}]


@register.simple_tag
def values_table(series: Series, name: str, key: str) -> SafeString:
    """All values of a frozen indicator as a table, the oldest first, with the years that were not
    measured in their place; written here, for there may be many on one page."""
    rows = [(one.ends, _value_row(one, series)) for one in series.measured]
    missing = conditional_escape(_("not measured"))
    for begins, ends in series.missing:
        period = conditional_escape(period_words(begins, ends))
        rows.append((ends, _VALUE_ROW.format(period, missing)))
    caption = _("Measurements of “%(name)s”") % {"name": name}
    table = (
        f'<div class="table-region" role="region" aria-labelledby="t-{key}" tabindex="0">'
        f'<table class="table"><caption id="t-{key}" class="sr-only">'
        f"{conditional_escape(isolated(caption))}</caption>"
        f'<thead><tr><th scope="col">{conditional_escape(_("Period"))}</th>'
        f'<th scope="col" class="number">{conditional_escape(_("Value"))}</th></tr></thead>'
        f"<tbody>{''.join(row for _day, row in sorted(rows))}</tbody></table></div>"
    )
    return mark_safe(table if rows else "")  # noqa: S308  (escaped)


_VALUE_ROW = '<tr><th scope="row">{}</th><td class="number">{}</td></tr>'


def _value_row(one: Measured, series: Series) -> str:
    marks = [
        *([_("baseline")] if one.is_baseline else []),
        *([_("preliminary")] if one.is_preliminary else []),
    ]
    period = f"{one.period} ({', '.join(marks)})" if marks else one.period
    return _VALUE_ROW.format(
        conditional_escape(period), conditional_escape(series.words(one.value))
    )


def _svg(chart: IndicatorChart, series: Series, name: str, key: str) -> str:
    decimals = max(
        (-int(tick.normalize().as_tuple().exponent) for _y, tick in chart.across), default=0
    )
    across = "".join(
        f'<line class="ic-across" x1="0" x2="100%" y1="{y}" y2="{y}"/>'
        f'<text class="ic-scale" x="-8" y="{y + 4}">{number_words(tick, decimals=max(decimals, 0))}'
        "</text>"
        for y, tick in chart.across
    )
    years = "".join(
        f'<text class="ic-year" x="{x}%" y="{HEIGHT - FOOT + 20}">{year}</text>'
        for x, year in chart.years
    )
    gaps = "".join(_box("ic-gap", box) for box in chart.gaps)
    limits = "".join(_box("ic-limits", box) for box in chart.limits)
    base = ""
    if chart.baseline is not None:
        y = chart.baseline
        base = f'<line class="ic-base" x1="0" x2="100%" y1="{y}" y2="{y}"/>'
    path = "".join(_line("ic-path", one) for one in chart.path)
    line = "".join(_line("ic-line", one) for one in chart.line)
    wanted = "".join(
        f'<svg x="{x}%" y="{y}" overflow="visible">{_TARGET}</svg>' for x, y in chart.targets
    )
    marks = "".join(
        f'<svg x="{one.x}%" y="{one.y}" overflow="visible"><g class="ic-mark ic-{one.shape}">'
        f"{_MARKS[one.shape]}</g></svg>"
        for one in chart.marks
    )
    title = conditional_escape(isolated(_("Chart: %(name)s") % {"name": name}))
    about = conditional_escape(_("The same numbers follow in a table."))
    return (
        f'<div class="indicator-chart"><svg class="ic-drawing" height="{HEIGHT}" role="img" '
        f'aria-labelledby="{key}-title {key}-desc"><title id="{key}-title">{title}</title>'
        f'<desc id="{key}-desc">{about}</desc><g aria-hidden="true">'
        f"{across}{gaps}{limits}{years}{base}{path}{line}{wanted}{marks}"
        "</g></svg>"
    )


def _key_of(chart: IndicatorChart) -> str:
    marks = [
        ("confirmed", _("Measured"), _MARKS["confirmed"]),
        ("preliminary", _("Preliminary"), _MARKS["preliminary"]),
        ("baseline", _("Baseline"), _MARKS["baseline"]),
    ]
    found = [
        _sign(f'<g class="ic-mark ic-{code}">{drawing}</g>', words)
        for code, words, drawing in marks
        if code in chart.shapes
    ]
    if chart.targets or chart.path:
        found.append(_sign('<path class="ic-path" d="M-10 0H10"/>', _("The way to the target")))
    if chart.targets:
        found.append(_sign(_TARGET, _("Target")))
    if chart.limits:
        box = '<rect class="ic-limits" x="-9" y="-7" width="18" height="14"/>'
        found.append(_sign(box, _("Between the limits")))
    if chart.gaps:
        box = '<rect class="ic-gap" x="-7" y="-8" width="14" height="16"/>'
        found.append(_sign(box, _("Not measured")))
    return f'<ul class="ic-key">{"".join(found)}</ul></div>'


def _sign(drawing: str, words: str) -> str:
    return (
        '<li><svg width="22" height="18" viewBox="-11 -9 22 18" aria-hidden="true" '
        f'focusable="false">{drawing}</svg>{conditional_escape(words)}</li>'
    )


def _line(look: str, one: Any) -> str:
    return f'<line class="{look}" x1="{one.x1}%" y1="{one.y1}" x2="{one.x2}%" y2="{one.y2}"/>'


def _box(look: str, box: Any) -> str:
    return (
        f'<rect class="{look}" x="{box.x}%" y="{box.y}" width="{box.width}%" '
        f'height="{box.height}"/>'
    )
