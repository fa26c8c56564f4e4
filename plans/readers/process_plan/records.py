"""Records written line by line: "Tid: … / Aktivitet: … / Ansvarlig: …" → steps.

A record begins where the label of the first one comes again; a line without a label goes on
with the one above, or is the title of the record below when records have no line for it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ..files.messages import gettext as _
from ..files.source import SourceRow
from .columns import HeadingContext
from .steps import DraftStep, SkippedRow
from .vocabulary import COLUMN_OF, PHASE, YEAR_ONLY

LABEL = re.compile(r"^[^\w\n]{0,3}([A-ZÆØÅ][\w/ ]{1,24}?)\s?:\s*+(.*)$")
NEXT_LABEL = re.compile(r"(?:[,;|.]\s+|\s[-–/]\s)(?=[A-ZÆØÅ][\w/ ]{1,24}?:\s)")
USED = ("when", "what", "who", "note", "until")
FEWEST = 2

Rows = list[tuple[SourceRow, bool]]


@dataclass
class _Record:
    """One record while it is read: its lines by what they say."""

    values: dict[str, str] = field(default_factory=dict)
    rows: list[str] = field(default_factory=list)
    last: str = ""


@dataclass
class Records:
    """What was read as records, and the rows that are none."""

    steps: list[DraftStep] = field(default_factory=list)
    left: list[SkippedRow] = field(default_factory=list)
    rest: Rows = field(default_factory=list)


def read_records(rows: Rows, context: HeadingContext) -> Records:
    """The records among the lines; nothing is taken unless two of them have a date."""
    labels = [_labels(row.text) for row, _gap in rows]
    names = [name for found in labels for name, _value in found]
    others = len(names) - names.count("when")
    if names.count("when") < FEWEST or others < FEWEST:
        return Records(rest=rows)
    return _RecordReader(context, "what" in names, next(iter(names))).read(rows, labels)


def _labels(text: str) -> list[tuple[str, str]]:
    """The labels of a line with their values: mostly one, sometimes a whole record."""
    found: list[tuple[str, str]] = []
    for part in NEXT_LABEL.split(text[:2_000]):
        match = LABEL.match(part)
        name = COLUMN_OF.get(match[1].strip().lower(), "") if match else ""
        if not match or name not in USED:
            return found
        found.append((name, match[2].strip()))
    return found


class _RecordReader:
    def __init__(self, context: HeadingContext, named: bool, first: str) -> None:
        self.context, self.named, self.first = context, named, first
        self.out = Records()
        self.record: _Record | None = None

    def read(self, rows: Rows, labels: Sequence[list[tuple[str, str]]]) -> Records:
        for index, (row, gap) in enumerate(rows):
            if labels[index]:
                for name, value in labels[index]:
                    self._value(row, name, value)
            else:
                titles = index + 1 < len(rows) and bool(labels[index + 1]) and not self.named
                self._without_label(row, gap, titles)
                if self.out.rest and self.out.rest[-1][0] is row:
                    self.out.rest[-1] = (row, gap)
        self._close()
        return self.out

    def _value(self, row: SourceRow, name: str, value: str) -> None:
        again = self.record is not None and name in self.record.values
        if self.record is None or (name == self.first and self.record.last) or again:
            self._close()
            self.record = _Record()
        self.record.values[name] = value
        self.record.last = name
        self._owns(row)

    def _owns(self, row: SourceRow) -> None:
        assert self.record is not None
        if row.id not in self.record.rows:
            self.record.rows.append(row.id)

    def _without_label(self, row: SourceRow, gap: bool, titles: bool) -> None:
        text = row.text
        year = YEAR_ONLY.match(text)
        if year or PHASE.match(text):
            self._close()
            if year:
                self.context.year = int(year[1])
                reason = _("Heading: the year of the rows below")
            else:
                self.context.phase = text.strip(" :")
                reason = _("Heading: the phase of the rows below")
            self.out.left.append(SkippedRow(row.id, text, reason))
        elif titles:
            self._close()
            self.record = _Record({"what": text}, [row.id])
        elif self.record is not None and not gap and self.record.last:
            last = self.record.last
            self.record.values[last] = f"{self.record.values[last]} {text}".strip()
            self._owns(row)
        else:
            self._close()
            self.out.rest.append((row, gap))

    def _close(self) -> None:
        record, self.record = self.record, None
        if record is None:
            return
        said = record.values
        text = said.get("what") or said.get("note") or said.get("who") or ""
        when = said.get("when", "")
        if when and said.get("until"):
            when = f"{when} - {said['until']}"
        if not text:
            reason = _("The row has no text")
            self.out.left += [SkippedRow(row, when, reason) for row in record.rows]
            return
        note = said.get("note", "") if said.get("what") else ""
        step = DraftStep(when, text, record.rows, said.get("who"), note,
                    self.context.phase, self.context.year)  # fmt: skip
        if not when:
            step.warnings.append(_("The row has no date."))
        self.out.steps.append(step)
