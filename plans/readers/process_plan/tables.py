"""Rows of a table → steps, once it is known which column holds what (``columns``)."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from kommuneplan.timespan.span import Precision

from ..files.messages import gettext as _
from ..files.source import SourceCell, SourceRow
from .bodies import Directory, is_only_body
from .columns import Columns, HeadingContext, flat, header
from .steps import DraftStep, SkippedRow, is_date, spots
from .under_headings import exact_day, names_same_month
from .vocabulary import PHASE, YEAR_ONLY

BULLET = re.compile(r"^\s*[•·▪○*–-]\s+")


BARE_WEEKS = re.compile(r"\d{1,2}(?:\s?(?:[-–/+,]|og|til)\s?\d{1,2})*")
BARE_DAYS = re.compile(
    r"(?i)(?:(?:senest|inden|tidligst|fra|efter) )?(?:den |d\. ?)?"
    r"\d{1,2}\.?(?:\s?(?:[-–]|og|til)\s?\d{1,2}\.?)?"
)


class TableReader:
    """Reads the rows of a document's tables in order, with what the headings say."""

    def __init__(self, directory: Directory, blank_is_above: bool) -> None:
        self.directory = directory
        self.blank_is_above = blank_is_above
        self.steps: list[DraftStep] = []
        self.left: list[SkippedRow] = []

    def read(self, row: SourceRow, context: HeadingContext) -> None:
        found = header(row, self.directory)
        if found:
            context.columns = found
            self._leave(row, _("Header of the table"))
            return
        if self._band(row, context):
            return
        columns = context.columns
        assert columns is not None
        if columns.calendar:
            self._meetings(row, columns, context)
            return
        assert columns.what is not None
        context.year = _year(row, columns) or context.year
        if columns.phase is not None and (phase := flat(row.column(columns.phase))):
            context.phase = phase
        if columns.matrix:
            self._matrix(row, columns, context)
        else:
            self._plain(row, columns, context)

    def _leave(self, row: SourceRow, reason: str) -> None:
        self.left.append(SkippedRow(row.id, row.text, reason))

    def _band(self, row: SourceRow, context: HeadingContext) -> bool:
        """A row across all columns: a year, a phase, or a month for the rows below."""
        texts = {flat(cell) for cell in row.cells if cell.text.strip()}
        if len(texts) != 1:
            return False
        text = texts.pop()
        wide = len(row.cells) == 1 or max(cell.span for cell in row.cells) > 2
        if wide and (phase := _phase_with_purpose(row)):
            context.phase, context.when = phase, ""
            self._leave(row, _("Heading: the phase of the rows below"))
            return True
        year = YEAR_ONLY.match(text)
        if year:
            context.year, context.when = int(year[1]), ""
            self._leave(row, _("Heading: the year of the rows below"))
            return True
        if PHASE.match(text) or (wide and not is_date(text) and not spots(text) and len(text) < 90):
            context.phase, context.when = text.strip(" :"), ""
            self._leave(row, _("Heading: the phase of the rows below"))
            return True
        columns = context.columns
        first = row.column(columns.when) if columns and columns.when is not None else None
        if is_date(text) and (wide or (first is not None and flat(first) == text)):
            context.when = text
            self._leave(row, _("Heading: the date of the rows below"))
            return True
        return False

    def _plain(self, row: SourceRow, columns: Columns, context: HeadingContext) -> None:
        assert columns.what is not None and columns.when is not None
        when, what = row.column(columns.when), row.column(columns.what)
        when = _in_month(when, row, columns, context)
        if columns.weeks and when is not None and BARE_WEEKS.fullmatch(when.text.strip()):
            when = replace(when, text=f"uge {when.text.strip()}")
        if when is not None and when is not what and not when.text.strip() and columns.until:
            when = _with_end(when, row.column(columns.until))
        who = row.column(columns.who) if columns.who is not None else None
        if what is None or not what.text.strip():
            self._without_text(row, when, who, columns, context)
            return
        who_text = None if columns.who is None else (who.text if who and who is not what else "")
        notes = [flat(row.column(at)) for at in columns.notes]
        note = " ".join(text for text in notes if text and text != flat(what))
        base = DraftStep("", what.text, [row.id], who_text, note, context.phase, context.year)
        if when is what or when is None:
            self.steps.append(base)
        elif not when.text.strip():
            self._blank(base, what, context)
        else:
            if columns.until is not None:
                when = _with_end(when, row.column(columns.until))
            if who is None and (owners := _bodies_in_notes(row, columns, when)):
                who = owners
            self.steps += (
                self._chain(base, when) or _in_wide_cell(base, when, what)
                or stacked(base, when, what, who)
            )  # fmt: skip

    def _chain(self, base: DraftStep, when: SourceCell) -> list[DraftStep]:
        """ "BIU 9. juni, ØU 16. juni" in the column of dates: a date for each body."""
        text = flat(when)
        found = [spot for spot in spots(text) if not spot.placeholder]
        named = self.directory.find(text)
        if not named or len(named) != len(found):
            return []
        pairs = list(zip(named, found, strict=True))
        before = all(body.end <= spot.start for body, spot in pairs)
        after = all(spot.end <= body.start for body, spot in pairs)
        apart = all(max(a[0].end, a[1].end) <= min(b[0].start, b[1].start)
                    for a, b in pairwise(pairs))  # fmt: skip
        if not apart or not (before or after):
            return []
        return [replace(base, when=spot.text, who=body.name, rows=list(base.rows),
                        warnings=list(base.warnings)) for body, spot in pairs]  # fmt: skip

    def _without_text(
        self,
        row: SourceRow,
        when: SourceCell | None,
        who: SourceCell | None,
        columns: Columns,
        context: HeadingContext,
    ) -> None:
        """Only a date and a note, or a date and a body, or nothing but a date."""
        notes = " ".join(flat(row.column(at)) for at in columns.notes).strip()
        text = notes or (flat(who) if who else "")
        if text and when and when.text.strip():
            who_text = who.text if who else None
            self.steps.append(
                DraftStep(flat(when), text, [row.id], who_text, "", context.phase, context.year)
            )
            return
        self._leave(row, _("The row has no text"))

    def _blank(self, base: DraftStep, what: SourceCell, context: HeadingContext) -> None:
        """No date of its own: the rest of the row above, or the same date, or none."""
        above = self.steps[-1] if self.steps else None
        if above and what.text[:1].islower() and not above.text.rstrip().endswith("."):
            above.text += " " + what.text
            above.rows += base.rows
            return
        if context.when:
            base.when = context.when
        elif self.blank_is_above and above and above.when:
            base.when, base.same_date = above.when, True
            base.warnings.append(_("No date in the row: the date of the row above is assumed."))
        else:
            base.warnings.append(_("The row has no date."))
        self.steps.append(base)

    def _meetings(self, row: SourceRow, columns: Columns, context: HeadingContext) -> None:
        """A row of a calendar: days below the bodies that meet, in the month the row names."""
        month = flat(row.column(columns.when)) if columns.when is not None else ""
        made: list[DraftStep] = []
        for at, body in columns.matrix.items():
            text = flat(row.column(at)).strip(" -–—")
            days = f"{text.rstrip('.')}. {month}" if BARE_DAYS.fullmatch(text) and month else text
            if is_date(days):
                made.append(DraftStep(days, body, [row.id], body, "", context.phase, context.year,
                                      apart=not made))  # fmt: skip
        self.steps += made
        if not made:
            self._leave(row, _("The row has no date"))

    def _matrix(self, row: SourceRow, columns: Columns, context: HeadingContext) -> None:
        """One milestone for each body that has a date in the row (a treatment chain)."""
        assert columns.what is not None
        text = flat(row.column(columns.what))
        made = False
        for at, body in columns.matrix.items():
            when = flat(row.column(at))
            if when.strip(" -–—"):
                made = True
                note = " ".join(flat(row.column(n)) for n in columns.notes)
                self.steps.append(
                    DraftStep(when, text, [row.id], body, note, context.phase, context.year)
                )
        if not made:
            self._leave(row, _("The row has no date"))


def _in_wide_cell(base: DraftStep, when: SourceCell, what: SourceCell) -> list[DraftStep]:
    """All that happens in a month, a bullet for each; one that names its own day has that."""
    date = flat(when)
    found = spots(date)
    if len(found) != 1 or found[0].precision is not Precision.MONTH:
        return []
    texts = what.paragraphs
    if len(texts) > 1 and not all(map(BULLET.match, texts)):
        return []
    steps = []
    for text in texts:
        bare = BULLET.sub("", text)
        day = exact_day(spots(bare)) if names_same_month(date, bare) else None
        steps.append(replace(base, when=day or date, text=bare, rows=list(base.rows),
                             warnings=list(base.warnings)))  # fmt: skip
    return steps


def _phase_with_purpose(row: SourceRow) -> str:
    """A row across the table with the phase, and below it in the same cell what it is for."""
    paragraphs = next((cell.paragraphs for cell in row.cells if cell.text.strip()), [])
    if len(paragraphs) > 1 and PHASE.match(paragraphs[0]) and len(paragraphs[0]) < 120:
        return paragraphs[0].strip(" :")
    return ""


def _in_month(
    when: SourceCell | None, row: SourceRow, columns: Columns, context: HeadingContext
) -> SourceCell | None:
    """A day in a column beside its month ("Januar", "14."); the month holds for rows below."""
    if columns.month is None or when is None:
        return when
    context.month = flat(row.column(columns.month)) or context.month
    text = flat(when)
    if not context.month or not (text == "" or BARE_DAYS.fullmatch(text)):
        return when
    days = f"{text.rstrip('.')}. " if text else ""
    return replace(when, text=f"{days}{context.month}")


def _with_end(when: SourceCell, until: SourceCell | None) -> SourceCell:
    """Columns for the beginning and the end: one span, unless only one day is meant."""
    begin, end = flat(when), flat(until)
    if until is when or not end or end == begin or not is_date(end) or "\n" in when.text:
        return when
    return SourceCell(f"{begin} - {end}" if begin else f"senest {end}", when.span)


def _bodies_in_notes(row: SourceRow, columns: Columns, when: SourceCell) -> SourceCell | None:
    """Remarks that only name the bodies, one for each date above each other, say who."""
    for at in columns.notes:
        cell = row.column(at)
        paired = cell is not None and len(cell.paragraphs) == len(when.paragraphs) > 1
        if cell and paired and all(map(is_only_body, cell.paragraphs)):
            return cell
    return None


def _unbroken(dates: list[str]) -> list[str]:
    """A span broken by the width of its cell ("7. maj -", "18. juni") is one again."""
    joined: list[str] = []
    for date in dates:
        goes_on = joined and (
            re.search(r"(?i)(?:[-–—]|\b(?:til|og|fra|senest|inden|den))$", joined[-1])
            or re.match(r"(?i)[-–—]|(?:til|og)\b", date)
        )
        if goes_on:
            joined[-1] += f" {date}"
        else:
            joined.append(date)
    return joined


def _year(row: SourceRow, columns: Columns) -> int | None:
    if columns.year is None:
        return None
    match = YEAR_ONLY.match(flat(row.column(columns.year)))
    return int(match[1]) if match else None


def stacked(
    base: DraftStep, when: SourceCell, what: SourceCell, who: SourceCell | None
) -> list[DraftStep]:
    """Several dates on top of each other, with as many texts: pairs. Else one step."""
    dates = _unbroken(when.paragraphs)
    if len(dates) < 2 or not all(map(is_date, dates)):
        base.when = " ".join(dates)
        return [base]
    texts = _pieces(what.text, when.text, len(dates))
    if texts is None:
        base.warnings.append(
            _("The row has %(dates)s dates for one text: each date became a milestone.")
            % {"dates": len(dates)}
        )
        texts = [base.text] * len(dates)
    bodies = who.paragraphs if who else []
    steps = []
    for index, (date, text) in enumerate(zip(dates, texts, strict=True)):
        owner = bodies[index] if len(bodies) == len(dates) else base.who
        steps.append(
            DraftStep(date, text, list(base.rows), owner, base.note, base.phase, base.year,
                 warnings=list(base.warnings))
        )  # fmt: skip
    return steps


def _pieces(text: str, when: str, count: int) -> list[str] | None:
    """The text in as many pieces as there are dates: paragraphs, groups, or side by side."""
    lines = [line.strip() for line in text.split("\n")]
    plain = [line for line in lines if line]
    if len(plain) == count:
        return [BULLET.sub("", line) for line in plain]
    groups = [
        group.strip() for group in re.split(r"\n(?:[^\S\n]*\n)+", text.strip()) if group.strip()
    ]
    if len(groups) == count:
        return groups
    heads = [index for index, line in enumerate(plain) if not BULLET.match(line)]
    if len(heads) == count and heads[0] == 0:
        ends = [*heads[1:], len(plain)]
        return ["\n".join(plain[a:b]) for a, b in zip(heads, ends, strict=True)]
    starts = [index for index, line in enumerate(when.split("\n")) if line.strip()]
    if starts[-1] < len(lines) and starts[-1] >= count and all(lines[at] for at in starts):
        ends = [*starts[1:], len(lines)]
        return ["\n".join(lines[a:b]).strip() for a, b in zip(starts, ends, strict=True)]
    return None
