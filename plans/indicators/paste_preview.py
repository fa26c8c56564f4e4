"""What a paste would do: which values are new, which change what stands, which change nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from kommuneplan.core.models import User
from kommuneplan.fingerprint import digest
from kommuneplan.uploads import Refused, look_outside
from plans.models import Indicator, Measurement, Plan

from .measurable import measurable
from .pasted import KnownIndicator, PastedFault, PastedTable, PastedValue, read_pasted
from .queries import in_use, series_of
from .series import Series

MAX_FILE = 1_000_000


@dataclass(frozen=True, slots=True)
class PreviewLine:
    """A pasted value beside what stands there now: ``change`` is "new", "changed" or "same"."""

    read: PastedValue
    series: Series
    change: str
    before: str = ""

    @property
    def value(self) -> str:
        """The value in words."""
        return self.series.words(self.read.value)


@dataclass(frozen=True, slots=True)
class PastePreview:
    """All that a paste would do, and what is wrong in it."""

    lines: Sequence[PreviewLine]
    faults: Sequence[PastedFault]
    indicators: dict[int, Indicator]

    @property
    def to_save(self) -> list[PreviewLine]:
        """What would be written."""
        return [line for line in self.lines if line.change != "same"]

    @property
    def same(self) -> int:
        """How many stand there already."""
        return len(self.lines) - len(self.to_save)

    @property
    def fingerprint(self) -> str:
        """One value for what somebody was shown."""
        told = [
            f"{line.read.key} {line.read.days} {line.read.value} {line.read.is_preliminary} "
            f"{line.read.note} {line.change} {line.before}"
            for line in self.lines
        ]
        return digest("\n".join(told))


def preview(plan: Plan, text: str, user: User) -> PastePreview:
    """What the text would do with the indicators of a plan; three questions."""
    uses = list(in_use(plan))
    own = set(
        Indicator.objects.measured_by(user)
        .filter(pk__in=[use.indicator_id for use in uses])
        .values_list("pk", flat=True)
    )
    indicators = {use.indicator_id: use.indicator for use in uses}
    known = [
        KnownIndicator(one.pk, one.name, one.unit, one.decimals, one.pk in own)
        for one in indicators.values()
    ]
    table: PastedTable = read_pasted(text, known, measurable)
    series = {pk: series_of(one, ()) for pk, one in indicators.items()}
    stored = {
        (row.indicator_id, row.sort_begin, row.sort_end): row
        for row in Measurement.objects.filter(indicator__in=own)
    }
    lines = [
        _line(read, series[read.key], stored.get((read.key, *read.days)))  # type: ignore[call-overload]
        for read in table.values
    ]
    return PastePreview(lines, table.faults, indicators)


def _line(read: PastedValue, series: Series, stored: Measurement | None) -> PreviewLine:
    if stored is None:
        return PreviewLine(read, series, "new")
    same = (stored.value, stored.is_preliminary) == (read.value, read.is_preliminary)
    if same and read.note in {"", stored.note}:
        return PreviewLine(read, series, "same")
    return PreviewLine(read, series, "changed", series.words(stored.value))


def text_of_file(name: str, data: bytes) -> str:
    """The text of a CSV file, as a spreadsheet saves it in Danish: UTF-8, else Windows-1252.
    Raises ValueError with the reason where it is no such file."""
    if len(data) > MAX_FILE:
        raise ValueError(_("The file is too large. Paste it in parts."))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    stem, dot, ending = name.rpartition(".")
    is_text = bool(dot) and ending.lower() in {"csv", "txt"}
    looked = look_outside(f"{stem}.txt" if is_text else name, text.encode())
    if isinstance(looked, Refused):
        raise ValueError(looked.message)
    if "\x00" in text:
        raise ValueError(Refused("letters", {"name": name[:100]}).message)
    return text
