"""The part *indicators* of a document: what is measured, the targets and the values as they were
when it was frozen. Pure.

Values are kept as the exact digits that were entered; what is shown is made from them by the same
rule and the same charts as in the workspace (``Series``).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kommuneplan.plain_text import reads_as
from plans.document.comparison import Compared, ComparisonRow, merged, row_of
from plans.document.parts import BlockWords, DocumentPart, KindOfBlock
from plans.document.plan_document import PlanDocument, day_of
from plans.enums import GoodDirection, Interval, Standing

from .series import Measured, Series, Wanted

KEY = "indicators"
"""Of the part, and the kind of its blocks."""


@dataclass(frozen=True, slots=True)
class TargetLine:
    """A target as it was frozen; numbers as exact digits, "" where there is none."""

    year: int | None
    value: str
    upper: str = ""


@dataclass(frozen=True, slots=True)
class MeasuredLine:
    """A value as it was frozen."""

    begins: dt.date
    ends: dt.date
    value: str
    is_preliminary: bool = False
    is_baseline: bool = False


@dataclass(frozen=True)
class IndicatorLine:
    """An indicator as everybody reads it.

    ``focus``: the uid of its focus area, where that is public. ``standing``: where it stood when
    it was frozen, by the rule or, with ``override``, as a person had set it for ``reason``. What
    the rule says follows from the rest and from the day, so it is no difference by itself.
    """

    uid: str
    title: str
    definition: str = ""
    unit: str = ""
    decimals: int = 0
    direction: str = GoodDirection.UP.value
    interval: str = Interval.YEARLY.value
    source: str = ""
    reference: str = ""
    by_reference: bool = False
    focus: str = ""
    rank: int | None = None
    targets: tuple[TargetLine, ...] = ()
    measured: tuple[MeasuredLine, ...] = ()
    override: str = ""
    reason: str = ""
    standing: str = field(default=Standing.NO_TARGET.value, compare=False)

    @property
    def series(self) -> Series:
        """Its numbers, as the rule and the charts take them."""
        return Series(
            unit=self.unit,
            decimals=self.decimals,
            direction=self.direction,
            interval=self.interval,
            measured=tuple(
                Measured(
                    one.begins, one.ends, Decimal(one.value), one.is_preliminary, one.is_baseline
                )
                for one in self.measured
            ),
            wanted=tuple(
                Wanted(one.year, Decimal(one.value), Decimal(one.upper) if one.upper else None)
                for one in self.targets
            ),
        )


Indicators = tuple[IndicatorLine, ...]


def read(data: list[dict[str, Any]]) -> Indicators:
    """The value as JSON holds it."""
    return tuple(_line(line) for line in data)


def _line(line: dict[str, Any]) -> IndicatorLine:
    measured = (
        MeasuredLine(**{**row, "begins": day_of(row["begins"]), "ends": day_of(row["ends"])})
        for row in line["measured"]
    )
    targets = (TargetLine(**row) for row in line["targets"])
    return IndicatorLine(**{**line, "measured": tuple(measured), "targets": tuple(targets)})


# --- in words


def words(indicators: Indicators) -> Iterator[BlockWords]:
    """What is said of each; its numbers are compared and quoted, but nobody looks for them."""
    for one in indicators:
        about = list(filter(None, _texts(one)))
        numbers = [*_target_words(one), *_value_words(one)]
        said = " ".join(about)
        yield BlockWords(one.uid, one.title, "\n".join([*about, *numbers]), said, said)


def checked(indicators: Indicators) -> Iterator[tuple[str, str]]:
    """What somebody wrote: a value of eight digits is no telephone number."""
    for one in indicators:
        yield one.title, "\n".join(filter(None, _texts(one)))


def _texts(one: IndicatorLine) -> tuple[str, ...]:
    return one.title, one.definition, one.unit, one.source, one.reference, one.reason


def _target_words(one: IndicatorLine) -> Iterator[str]:
    series = one.series
    for wanted in series.wanted:
        said = series.wanted_words(wanted)
        yield f"{wanted.year}: {said}" if wanted.year else said


def _value_words(one: IndicatorLine) -> Iterator[str]:
    series = one.series
    for measured in series.measured:
        said = f"{measured.period}: {series.words(measured.value)}"
        marks = [
            *([_("baseline")] if measured.is_baseline else []),
            *([_("preliminary")] if measured.is_preliminary else []),
        ]
        yield f"{said} ({', '.join(marks)})" if marks else said


def redact(indicators: Indicators, removed: Mapping[str, str]) -> Indicators:
    """Without the words and the numbers of some."""
    return tuple(
        IndicatorLine(uid=one.uid, title=removed[one.uid], standing=one.standing)
        if one.uid in removed
        else one
        for one in indicators
    )


# --- compared


FIELDS = {
    "title": gettext_lazy("Title"),
    "definition": gettext_lazy("Definition"),
    "about": gettext_lazy("How it is measured"),
    "targets": gettext_lazy("Targets"),
    "measured": gettext_lazy("Measurements"),
    "stands": gettext_lazy("Where it stands"),
}


def compare(before: Indicators, after: Indicators) -> Iterator[Compared]:
    """What is not the same of each, field by field."""
    was, now = {one.uid: one for one in before}, {one.uid: one for one in after}
    for uid in merged(list(was), list(now)):
        old, new = was.get(uid), now.get(uid)
        title = (new or was[uid]).title
        rows = tuple(_rows(f"i-{uid}", title, old, new))
        kind = "new" if old is None else "gone" if new is None else "changed"
        if rows:
            yield Compared(f"i-{uid}", title, _kind_word(kind), rows, kind)


def _kind_word(kind: str) -> str:
    return {
        "new": _("New indicator"),
        "gone": _("Removed indicator"),
        "changed": _("Indicator"),
    }[kind]


def _rows(
    anchor: str, title: str, old: IndicatorLine | None, new: IndicatorLine | None
) -> Iterator[ComparisonRow]:
    for name, label in FIELDS.items():
        row = row_of(f"{anchor}-{name}", title, _said(old, name), _said(new, name), name, label)
        if row:
            yield row


def _said(one: IndicatorLine | None, name: str) -> str:
    """A field in words."""
    if one is None:
        return ""
    if name == "about":
        return "\n".join(filter(None, about_words(one)))
    if name == "targets":
        return "\n".join(_target_words(one))
    if name == "measured":
        return "\n".join(_value_words(one))
    if name == "stands":
        return f"{Standing(one.override).label}: {one.reason}" if one.override else ""
    return str(getattr(one, name))


def about_words(one: IndicatorLine) -> Iterator[str]:
    """How it is measured, a line each."""
    if one.unit:
        yield _("Unit: %(unit)s.") % {"unit": one.unit}
    yield str(GoodDirection(one.direction).label)
    yield str(Interval(one.interval).label)
    yield one.source
    yield one.reference


@dataclass(frozen=True, slots=True)
class IndicatorDifferences:
    """Indicators that are new, gone, or otherwise in what was written of them; and those with
    other values or targets."""

    new: Indicators = ()
    changed: Indicators = ()
    measured: Indicators = ()
    gone: Indicators = ()

    def __bool__(self) -> bool:
        return bool(self.new or self.changed or self.measured or self.gone)


def differences(before: Indicators, after: Indicators) -> IndicatorDifferences:
    """What a reader of one should know of the other."""
    was, now = {one.uid: one for one in before}, {one.uid: one for one in after}
    both = [(was[uid], one) for uid, one in now.items() if uid in was]
    return IndicatorDifferences(
        new=tuple(one for uid, one in now.items() if uid not in was),
        changed=tuple(new for old, new in both if not _reads_the_same(old, new)),
        measured=tuple(
            new
            for old, new in both
            if _reads_the_same(old, new)
            and (old.measured, old.targets) != (new.measured, new.targets)
        ),
        gone=tuple(one for uid, one in was.items() if uid not in now),
    )


def _reads_the_same(old: IndicatorLine, new: IndicatorLine) -> bool:
    return all(
        reads_as(_said(old, name), _said(new, name))
        for name in ("title", "definition", "about", "stands")
    )


def count(what: IndicatorDifferences) -> Iterator[str]:
    """ "2 indikatorer" """
    n = len(what.new) + len(what.changed) + len(what.measured) + len(what.gone)
    if n:
        yield ngettext("%(n)s indicator", "%(n)s indicators", n) % {"n": n}


# --- for whoever shows it


def indicators_of(document: PlanDocument) -> Indicators:
    """The indicators of a document."""
    value: Indicators = document.more.get(KEY, ())
    return value


INDICATORS = DocumentPart(
    key=KEY,
    label=gettext_lazy("indicators"),
    kinds={KEY: KindOfBlock(gettext_lazy("Indicator"), route="plans:indicator", is_named=True)},
    read=read,
    words=words,
    checked=checked,
    redact=redact,
    compare=compare,
    differences=differences,
    count=count,
    template="plans/indicators/document.html",
    changes_template="plans/indicators/changes.html",
    sealed=120,
    on_page=35,
    on_paper=25,
)
