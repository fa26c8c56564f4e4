"""The indicators of a document on paper: what is measured, and a table of values and targets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from kommuneplan.documents.prose import Block, Cell, Paragraph, Row, Table, paragraphs, words
from kommuneplan.documents.whole import Chapter, chapter
from plans.document.plan_document import PlanDocument
from plans.enums import Standing

from .part import IndicatorLine, about_words, indicators_of
from .periods import period_words


def chapters(document: PlanDocument, **_about: Any) -> Iterator[Chapter]:
    """A chapter with each indicator below it; none where there is none."""
    found = indicators_of(document)
    if not found:
        return
    yield chapter(_("Indicators"), 1, ())
    for one in found:
        yield chapter(one.title, 2, _blocks(one))


def _blocks(one: IndicatorLine) -> Iterator[Block]:
    stands = _("Where it stands: %(word)s.") % {"word": str(Standing(one.standing).label)}
    if one.override:
        stands = f"{stands} {_('Set by hand, against the rule.')} {one.reason}"
    yield from paragraphs(stands)
    if one.by_reference:
        yield from paragraphs(
            _("The paper refers to these indicators and names none. They are not written out yet.")
        )
    yield from paragraphs(one.definition)
    about = " · ".join(capfirst(line.rstrip(".")) for line in about_words(one) if line)
    yield from paragraphs(about, quiet=True)
    rows = list(_rows(one))
    if rows:
        heads = (_("Period"), _("Value"), _("Target"))
        yield Table(
            rows=(Row(tuple(_cell(place, head, True) for place, head in enumerate(heads))), *rows),
            headers=1,
            widths=(0.4, 0.3, 0.3),
            caption=words(_("Measurements of “%(name)s”") % {"name": one.title}),
            numeric=(1, 2),
        )


def _rows(one: IndicatorLine) -> Iterator[Row]:
    """A row for each period that was measured or missed, and for each target to come."""
    series = one.series
    targets = {wanted.year: series.wanted_words(wanted) for wanted in series.wanted}
    found: list[tuple[Any, str, str, str]] = []
    for measured in series.measured:
        whole_year = measured.ends.month == 12
        target = targets.pop(measured.ends.year, "") if whole_year else ""
        marks = [
            *([_("baseline")] if measured.is_baseline else []),
            *([_("preliminary")] if measured.is_preliminary else []),
        ]
        period = f"{measured.period} ({', '.join(marks)})" if marks else measured.period
        found.append((measured.ends, period, series.words(measured.value), target))
    for begins, ends in series.missing:
        found.append((ends, period_words(begins, ends), _("not measured"), ""))
    for _day, period, value, target in sorted(found, key=lambda row: row[0]):
        yield Row((_cell(0, period, True), _cell(1, value), _cell(2, target)))
    for year, target in targets.items():
        period = str(year) if year else _("without a year")
        yield Row((_cell(0, period, True), _cell(1, ""), _cell(2, target)))


def _cell(column: int, text: str, header: bool = False) -> Cell:
    line = words(text)
    return Cell(column, (Paragraph(line),) if line else (), header=header)
