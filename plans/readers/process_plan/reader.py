"""The rows of a document → a draft process plan. The one function everybody calls is here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from kommuneplan.timespan.calendar import YearParts
from kommuneplan.timespan.certainty import DateCertainty, certainty_words
from kommuneplan.timespan.span import Precision, Reading, TimeSpan

from ..files.deadline import Deadline
from ..files.messages import gettext as _
from ..files.source import GAP, HEADING, LINE, ROW, Source, SourceCell, SourceRow
from .bodies import Directory, KnownBody
from .checks import content_words, council_adopts, with_prose, with_warnings
from .columns import Columns, HeadingContext, header, infer
from .contact import without_contact
from .date_lists import settle_dates
from .dating import Years, date_steps, year_of_axis
from .draft import DraftMilestone, DraftPlan, LeftOut, untitled
from .gantt import read_gantt
from .head import DocumentHead, is_letterhead, read_head
from .lines import LineReader
from .milestones import milestones_of
from .prose import happened, planned_beside, read_prose
from .records import read_records
from .steps import DraftStep, SkippedRow, spots
from .tables import TableReader
from .time_axis import find_axis
from .under_headings import days_of_month
from .unwrapping import unwrap
from .vocabulary import SCAN_SIGN, repair_scan

SCAN_SIGNS = 5
ENOUGH_FOR_A_PLAN = 2
_BESIDE_DATES = [
    f" ({certainty_words(known)})"
    for known in (DateCertainty.WHOLE, DateCertainty.ENDS, DateCertainty.WITHIN)
]


def read_process_plan(
    source: Source,
    *,
    year: int | None = None,
    bodies: Sequence[KnownBody] = (),
    year_parts: YearParts = YearParts.THIRDS,
) -> DraftPlan:
    """Understand a document as a process plan.

    ``year`` is what the user says the plan begins in, where nothing else says it; ``bodies``
    are the municipality's own, and go before the general vocabulary.
    """
    deadline = Deadline(source.seconds)
    rows, scanned = _repaired(_without_certainty(source.rows))
    letterheads = _letterheads(rows)
    head = read_head(rows, letterheads)
    text = "\n".join(row.text for row in rows)
    directory = Directory.of(text, head.recipient, bodies)
    deadline.check()
    anchor = head.date or head.updated
    years = Years(year, anchor, head.title, text, year_parts)
    walked = _Walk(directory, head, source.format == "text", deadline, year_of_axis(years))
    walked.through(rows, letterheads)
    steps, prose, left = _steps(walked)
    dated = date_steps(steps, years, deadline)
    steps, readings, past = _without_history(steps, dated.readings, anchor)
    milestones = [m for step, reading in deadline.over(zip(steps, readings, strict=True))
                  for m in milestones_of(step, reading, directory)]  # fmt: skip
    beside = planned_beside(prose, milestones, years) if milestones else []
    found = date_steps(beside, years, deadline).readings
    milestones += [m for step, reading in zip(beside, found, strict=True)
                   for m in milestones_of(step, reading, directory)]  # fmt: skip
    milestones, repeated = _once(
        deadline.over(milestones), {step.rows[0] for step in steps if step.prose}
    )
    milestones = with_warnings(council_adopts(milestones, deadline), head.date)
    milestones = with_prose(
        milestones, deadline.over(prose), anchor.year if anchor else year, directory
    )
    unread = [_(message) for message in source.unread]
    warnings = [*unread, *_plan_warnings(head, scanned, milestones), *dated.warnings]
    return DraftPlan(
        title=without_contact(head.title),
        case_number=head.case_number,
        document_number=head.document_number,
        document_date=head.date,
        sender_unit=head.sender_unit,
        recipient=head.recipient,
        annex_number=head.annex_number,
        warnings=tuple(warnings),
        milestones=tuple(milestones),
        left_out=tuple(_left_out(rows, head, letterheads, milestones, [*left, *past, *repeated])),
        source_rows=tuple(_shown(source.rows, head, letterheads)),
    )


def _without_certainty(rows: tuple[SourceRow, ...]) -> tuple[SourceRow, ...]:
    """A memo of our own says beside a date how sure it is; the date itself says it to us."""

    def plain(cell: SourceCell) -> SourceCell:
        text = cell.text
        for words in _BESIDE_DATES:
            text = text.replace(words, "")
        return cell if text == cell.text else replace(cell, text=text)

    return tuple(replace(row, cells=tuple(map(plain, row.cells))) for row in rows)


def _repaired(rows: tuple[SourceRow, ...]) -> tuple[tuple[SourceRow, ...], bool]:
    """Scanned text that lost æ, ø and å is repaired for reading; the rows shown stay."""
    signs = sum(len(SCAN_SIGN.findall(row.text)) for row in rows)
    if signs < SCAN_SIGNS:
        return rows, False
    return tuple(
        replace(row, cells=tuple(replace(cell, text=repair_scan(cell.text)) for cell in row.cells))
        for row in rows
    ), True


def _letterheads(rows: tuple[SourceRow, ...]) -> set[int]:
    by_table: dict[int, list[SourceRow]] = {}
    for row in rows:
        if row.shape == ROW:
            by_table.setdefault(row.table, []).append(row)
    return {table for table, members in by_table.items() if is_letterhead(members)}


@dataclass
class _Walk:
    """Goes through the document from top to bottom with what the headings have said so far."""

    directory: Directory
    head: DocumentHead
    blank_is_above: bool
    deadline: Deadline
    year: int | None = None
    context: HeadingContext = field(default_factory=HeadingContext)
    lines: LineReader = field(default_factory=LineReader)
    pending: list[tuple[SourceRow, bool]] = field(default_factory=list)
    with_axis: set[int] = field(default_factory=set)

    def through(self, rows: tuple[SourceRow, ...], letterheads: set[int]) -> _Walk:
        self.table = TableReader(self.directory, self.blank_is_above)
        groups: dict[int, list[SourceRow]] = {}
        for row in rows:
            if row.shape == ROW:
                groups.setdefault(row.table, []).append(row)
        kinds = {table: self._columns(members) for table, members in groups.items()}
        gap, seen = False, 0
        last = 0
        for row in self.deadline.over(rows):
            if row.shape == GAP:
                gap = True
            elif row.shape != ROW:
                if row.id not in self.head.noise:
                    self.pending.append((row, gap))
                gap = False
            elif row.table not in letterheads:
                if row.table != last:
                    self._gantt(groups[row.table])
                if row.table not in self.with_axis:
                    seen = self._row(row, kinds, seen, gap)
                gap, last = False, row.table
        self._flush()
        return self

    def _gantt(self, rows: list[SourceRow]) -> None:
        """A table with time as columns is read whole, at its first row."""
        if find_axis(rows) is None:
            return
        self._flush()
        read = read_gantt(rows, self.directory, self.context, self.year)
        if read:
            self.with_axis.add(rows[0].table)
            self.table.steps += read.steps
            self.table.left += read.left

    def _columns(self, rows: list[SourceRow]) -> Columns | None:
        if any(header(row, self.directory) for row in rows):
            return Columns(when=0, what=0)
        return infer(rows, self.directory)

    def _row(self, row: SourceRow, kinds: dict[int, Columns | None], seen: int, gap: bool) -> int:
        columns = kinds[row.table]
        if columns is None and _same_width(row, self.context.columns) and seen == row.table - 1:
            columns = self.context.columns
        if columns is None:
            self._as_lines(row, gap)
            return seen
        self._flush()
        if row.table != seen:
            headed = columns.when == columns.what == 0
            if not headed:
                self.context.columns = columns
            elif self.context.columns is None or not header(row, self.directory):
                self.context.columns = self.context.columns or infer([row], self.directory)
        if self.context.columns is None and not header(row, self.directory):
            self._as_lines(row, gap)
            return row.table
        self.table.read(row, self.context)
        return row.table

    def _as_lines(self, row: SourceRow, gap: bool) -> None:
        """A table without dates of its own: prose set in a table, or figures."""
        texts = [line for cell in row.cells if not cell.merged_down for line in cell.paragraphs]
        if below := days_of_month(texts):
            texts = [below]
        elif len(row.cells) > 1 and not any(len(text) > 60 or _dated(text) for text in texts):
            reason = _("The table has no column with dates")
            self.table.left.append(SkippedRow(row.id, row.text, reason))
            return
        for index, text in enumerate(texts):
            self.pending.append(
                (replace(row, shape=LINE, cells=(SourceCell(text),)), gap or not index)
            )

    def _flush(self) -> None:
        records = read_records(self.pending, self.context)
        self.lines.steps += records.steps
        self.lines.left += records.left
        lines = unwrap(records.rest)
        settle_dates(lines, self.head.title)
        for line in self.deadline.over(lines):
            self.lines.read(line, self.context)
        if self.pending:
            self.lines.open = self.lines.group = None
        self.pending = []


def _dated(text: str) -> bool:
    """Whether a text holds a date; years and figures alone head a table of money."""
    return any(spot.precision is not Precision.YEAR for spot in spots(text))


def _same_width(row: SourceRow, columns: Columns | None) -> bool:
    if columns is None:
        return False
    named = [columns.when, columns.what, columns.who, columns.year, columns.phase, *columns.notes]
    return max(at for at in named if at is not None) < sum(cell.span for cell in row.cells)


def _steps(walked: _Walk) -> tuple[list[DraftStep], list[DraftStep], list[SkippedRow]]:
    """The plan's steps in order; the prose around them, a plan only if there is no other."""
    steps = [*walked.table.steps, *walked.lines.steps]
    steps.sort(key=lambda step: int(step.rows[0][1:]))
    left = [*walked.table.left, *walked.lines.left]
    prose, silent = read_prose(walked.deadline.over(walked.lines.prose))
    if sum(bool(step.when) and not step.prose for step in steps) < ENOUGH_FOR_A_PLAN:
        steps = sorted([*steps, *prose], key=lambda step: int(step.rows[0][1:]))
        return steps, [], left + silent
    reason = _("Running text; the plan stands in the table or list")
    left += [SkippedRow(step.rows[0], step.context, reason) for step in prose]
    return steps, prose, left + silent


def _without_history(
    steps: list[DraftStep], readings: list[Reading], anchor: dt.date | None
) -> tuple[list[DraftStep], list[Reading], list[SkippedRow]]:
    """Prose also tells what has happened; that is no part of the plan."""
    kept: list[tuple[DraftStep, Reading]] = []
    left: list[SkippedRow] = []
    for step, reading in zip(steps, readings, strict=True):
        end = reading.span.latest_end if reading.span else None
        told = happened(step)
        over = (end < anchor if end else told) if anchor else told
        if step.prose and (over or not reading.span):
            reason = _("Tells what has already happened") if over else _("Text without a date")
            left.append(SkippedRow(step.rows[0], step.context, reason))
        else:
            kept.append((step, reading))
    return [step for step, _r in kept], [reading for _s, reading in kept], left


def _once(
    milestones: Iterable[DraftMilestone], prose_rows: set[str]
) -> tuple[list[DraftMilestone], list[SkippedRow]]:
    """Prose says the same more than once: the same span and matter is one milestone."""
    kept: list[DraftMilestone] = []
    left: list[SkippedRow] = []
    for milestone in milestones:
        same = next((m for m in kept if _repeats(m, milestone)), None)
        if same and prose_rows & set(milestone.rows):
            reason = _("Says the same as “%(title)s”") % {"title": same.title[:80]}
            left.append(SkippedRow(milestone.rows[0], milestone.title, reason))
        else:
            kept.append(milestone)
    return kept, left


def _repeats(first: DraftMilestone, second: DraftMilestone) -> bool:
    spans: list[TimeSpan | None] = [first.span, second.span]
    same = spans[0] is not None and spans[0] == spans[1]
    shared = content_words(first.title) & content_words(second.title)
    return same and (bool(shared) or first.kind == second.kind)


def _plan_warnings(
    head: DocumentHead, scanned: bool, milestones: list[DraftMilestone]
) -> list[str]:
    warnings = list(head.warnings)
    if scanned:
        warnings.append(
            _(
                "The text seems to be scanned; lost letters (æ, ø, å) were put back. "
                "Check the words."
            )
        )
    if not head.title:
        warnings.append(untitled())
    if not milestones:
        warnings.append(_("No milestones were found. Is it a process plan with dates?"))
    return warnings


def _left_out(
    rows: tuple[SourceRow, ...], head: DocumentHead, letterheads: set[int],
    milestones: list[DraftMilestone], left: list[SkippedRow],
) -> list[LeftOut]:  # fmt: skip
    """Every row is in a milestone or here, with its reason; letterhead without its content."""
    used = {row for milestone in milestones for row in milestone.rows}
    result: list[LeftOut] = []
    said = {item.row: item for item in reversed(left)}
    extra = [item for item in left if item.row in used and item.text]
    for row in rows:
        if row.shape == GAP or row.id in used:
            continue
        if row.id in head.noise or row.table in letterheads:
            reason = head.noise.get(row.id, _("Letterhead"))
            text = "" if _is_private(row, head, letterheads) else row.text
            result.append(LeftOut(row.id, text, reason))
        elif row.id in said:
            result.append(LeftOut(row.id, without_contact(said[row.id].text), said[row.id].reason))
        else:
            reason = _("Heading") if row.shape == HEADING else _("Text without a date")
            result.append(LeftOut(row.id, without_contact(row.text), reason))
    result += [LeftOut(item.row, without_contact(item.text), item.reason) for item in extra]
    return result


def _is_private(row: SourceRow, head: DocumentHead, letterheads: set[int]) -> bool:
    return row.table in letterheads or head.noise.get(row.id) == _("Letterhead")


def _shown(
    rows: tuple[SourceRow, ...], head: DocumentHead, letterheads: set[int]
) -> list[SourceRow]:
    """The rows for the preview: letterhead emptied, mail addresses and telephones masked."""
    shown = []
    for row in rows:
        if row.shape == GAP:
            continue
        private = _is_private(row, head, letterheads)
        cells = tuple(
            replace(cell, text="" if private else without_contact(cell.text)) for cell in row.cells
        )
        shown.append(replace(row, cells=cells))
    return shown


__all__ = ["DraftMilestone", "DraftPlan", "KnownBody", "read_process_plan"]
