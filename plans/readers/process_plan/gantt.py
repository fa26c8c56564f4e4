"""Tables with time as columns → steps: a row's run of marked columns is when it happens.

A mark is a cross, a square, a colour, a day ("14.") or words that stand in the bar itself. Two runs
are two steps; a legend is a legend. The rows of such a table do not follow each other in time, so
no year is carried from one to the next.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ..files.messages import gettext as _
from ..files.source import SourceCell, SourceRow
from .bodies import Directory, is_only_body
from .columns import HeadingContext
from .draft import Strength
from .steps import DraftStep, SkippedRow, is_date
from .time_axis import TimeAxis, find_axis, grid
from .vocabulary import COLUMN_OF, FULL_YEAR, PHASE

SYMBOL = r"[xX✕✖✗×■▪◼█▓▒░●•○◆◇★*✓✔√+▬━═▲►→#]"
MARK = re.compile(rf"{SYMBOL}(?:\s?{SYMBOL})*|[-–—=_]{{2,}}|[A-ZÆØÅ]")
NOTHING = re.compile(r"[\s\-–—.]*")
ONE_DAY = r"(?:[12]\d|3[01]|0[1-9]|[4-9]|[123](?!\d))"
DAYS = re.compile(
    rf"(?:den |d\. ?)?{ONE_DAY}\.?(?:(?:, ?| og | \+ |/| & |; ?| ){ONE_DAY}\.?){{0,9}}"
)
LEGEND = re.compile(
    rf"(?i)^\W*(?:signatur\w*|forklaring\w*|symbol\w*|tegn\w*|farve\w*)\b|^\s*{SYMBOL}\s*[=:–-]\s*\S"
)
WORD = re.compile(r"[^\W\d_]{2}")
AMOUNT = re.compile(
    r"(?i)\W{0,3}\d[\d.,\s]{0,20}(?:t?\.?kr|mio|mia|pct|timer?|stk|personer|årsværk|dage)?[\W]{0,3}"
    r"(?:kr|pr|år|md)?\W{0,3}"
)
MEETS = re.compile(r"(?i)møde|udvalg|råd\b|bestyrelse")
FILLED = "fill"


@dataclass
class MarkedRun:
    """Marked columns side by side, with the same sign; ``words`` stand in the bar itself."""

    sign: str
    first: int
    last: int
    words: str = ""


@dataclass
class GanttReader:
    """Reads one table with an axis of time."""

    axis: TimeAxis
    rows: Sequence[SourceRow]
    directory: Directory
    strength: Strength = Strength.STATED
    steps: list[DraftStep] = field(default_factory=list)
    left: list[SkippedRow] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.first = min(self.axis.columns)
        self.names = {at: COLUMN_OF.get(text.lower(), "")
                      for at, _span, text in grid(self.axis.names)}  # fmt: skip
        for row in self.rows:
            if row.id in self.axis.header:
                self.names |= {at: name for at, _s, text in grid(row) if at not in self.axis.columns
                               and (name := COLUMN_OF.get(text.lower(), ""))}  # fmt: skip
        self.background = _background(self.rows, self.axis)

    def read(self, context: HeadingContext) -> None:
        """Every row: a head, a phase, a legend, or something that happens."""
        for row in self.rows:
            if row.id in self.axis.header or self._heads_again(row):
                self._leave(row, _("Header of the table"))
            elif LEGEND.match(row.text):
                self._leave(row, _("Explains the signs of the table"))
            else:
                self._row(row, context)

    def _leave(self, row: SourceRow, reason: str) -> None:
        self.left.append(SkippedRow(row.id, row.text, reason))

    def _heads_again(self, row: SourceRow) -> bool:
        return [cell.text for cell in row.cells] == [cell.text for cell in self.axis.names.cells]

    def _row(self, row: SourceRow, context: HeadingContext) -> None:
        base = self._labels(row, context)
        runs = self._runs(row)
        made = [step for run in runs for step in self._of_run(base, run) if step.text]
        if made:
            self.steps += made
        elif base.text and (PHASE.match(base.text) or (len(grid(row)) == 1 and not runs)):
            context.phase = base.text
            self._leave(row, _("Heading: the phase of the rows below"))
        else:
            self._leave(row, _("No column of time is marked in the row"))

    def _labels(self, row: SourceRow, context: HeadingContext) -> DraftStep:
        """What stands beside the axis: what happens, who does it, remarks."""
        who: str | None = None
        texts: list[str] = []
        notes: list[str] = []
        for at, _span, text in _outside(row, self.axis):
            name = self.names.get(at, "")
            if name == "who":
                who = text
            elif name == "note":
                notes.append(text)
            elif name == "phase":
                context.phase = text
            elif name != "number" and not re.fullmatch(r"[\d.]{1,6}", text):
                texts.append(text)
        if who is None and len(texts) > 1 and is_only_body(texts[-1]):
            who = texts.pop()
        texts = texts or [who] if who else texts
        return DraftStep("", ": ".join(texts), [row.id], who, " ".join(notes), context.phase,
                         apart=True, strength=self.strength)  # fmt: skip

    def _runs(self, row: SourceRow) -> list[MarkedRun]:
        runs: list[MarkedRun] = []
        before = None
        order = sorted(self.axis.columns)
        for place, at in enumerate(order):
            sign, words = self._sign(row, at)
            joined = runs and before == place - 1 and sign == runs[-1].sign
            merged = place and row.column(at) is row.column(order[place - 1])
            if sign and joined and (not words or merged):
                runs[-1].last = at
            elif sign:
                runs.append(MarkedRun(sign, at, at, words))
            before = place if sign else None
        return runs

    def _sign(self, row: SourceRow, at: int) -> tuple[str, str]:
        """How a cell is marked, and the words that stand in it."""
        cell = row.column(at)
        if cell is None or (self.first and cell is row.column(0)):
            return "", ""  # no cell there, or a heading across the table
        text = "\n".join(cell.paragraphs)
        if NOTHING.fullmatch(text):
            return (FILLED, "") if self._coloured(row, cell, at) else ("", "")
        if MARK.fullmatch(text):
            return (FILLED if self._coloured(row, cell, at) else text[:1]), ""
        if self._days(text, at):
            sure = "." in text or MEETS.search(row.text) or is_only_body(grid(row)[0][2])
            return ("words", text) if sure else ("", "")
        told = WORD.search(text) or is_date(text)
        return ("words", text) if told and not AMOUNT.fullmatch(text) else ("", "")

    def _days(self, text: str, at: int) -> bool:
        """ "14." or "6. og 20." in a column of a month."""
        return self.axis.columns[at].unit == "month" and bool(DAYS.fullmatch(text))

    def _coloured(self, row: SourceRow, cell: SourceCell, at: int) -> bool:
        striped = {one.fill for one in row.cells} == {cell.fill}
        return bool(cell.fill) and not striped and self.background.get(at) != cell.fill

    def _of_run(self, base: DraftStep, run: MarkedRun) -> list[DraftStep]:
        when = self.axis.words(run.first, run.last)
        if not run.words:
            return [_copy(base, when)]
        if self._days(run.words, run.first):
            days = re.findall(ONE_DAY, run.words)
            return [_copy(base, self.axis.in_column(run.first, day)) for day in days]
        return [self._of_words(base, words, run, when) for words in run.words.split("\n")]

    def _of_words(self, base: DraftStep, words: str, run: MarkedRun, when: str) -> DraftStep:
        """Words in the bar: a date, a body that treats it, or what happens then."""
        words = words.strip(" •·-–")
        if is_date(words):
            year = self.axis.columns[run.first].year
            named = FULL_YEAR.search(words) or not year
            return _copy(base, words if named else f"{words} {year}")
        if is_only_body(words) and base.text:
            return _copy(base, when, who=words)
        if is_only_body(base.text):
            return _copy(base, when, text=words, who=base.text)
        return _copy(base, when, text=f"{base.text}: {words}" if base.text else words)


def _copy(base: DraftStep, when: str, text: str = "", who: str | None = None) -> DraftStep:
    """The same step at a time; other words or another body where the bar itself says them."""
    return replace(base, when=when, text=text or base.text, who=who or base.who,
                   rows=list(base.rows), warnings=list(base.warnings))  # fmt: skip


def read_gantt(
    rows: Sequence[SourceRow], directory: Directory, context: HeadingContext, year: int | None
) -> GanttReader | None:
    """The steps of a table with time as columns; nothing if it is none."""
    axis = find_axis(rows, context.year or year)
    if axis is None:
        return None
    below = [row for row in rows if row.id not in axis.header]
    unsaid = axis.guessed and not context.year
    strength = Strength.GUESSED if unsaid else Strength.STATED
    reader = GanttReader(axis, rows, directory, strength)
    if not any(reader._runs(row) for row in below):
        return None
    reader.read(context)
    return reader if reader.steps else None


def _outside(row: SourceRow, axis: TimeAxis) -> list[tuple[int, int, str]]:
    """The cells beside the axis."""
    first, last = min(axis.columns), max(axis.columns)
    return [cell for cell in grid(row) if cell[0] < first or cell[0] > last]


def _background(rows: Sequence[SourceRow], axis: TimeAxis) -> dict[int, str]:
    """Colours that a column has in every row: holidays and stripes, no marks."""
    below = [row for row in rows if row.id not in axis.header]
    found: dict[int, str] = {}
    for at in axis.columns:
        fills = Counter(cell.fill for row in below if (cell := row.column(at)))
        if len(below) > 2 and len(fills) == 1:
            found[at] = next(iter(fills))
    return found
