"""Lines of a page → whole lines: what the width of the page has broken is put together again."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import pairwise

from kommuneplan.timespan.span import Precision

from ..files.source import BULLET, HEADING, SourceRow
from .steps import DraftStep, is_date, spots
from .vocabulary import PHASE, YEAR_ONLY

NUMBERING = re.compile(
    r"^(?:\(?[a-zæøå]\)|\d{1,2}[.)])\s+(?!(?i:jan|feb|mar|apr|maj|jun|jul|aug|sept?|okt|nov|dec|"
    r"januar|februar|marts|april|juni|juli|august|september|oktober|november|december)\b)"
    r"(?=[A-ZÆØÅ])"
)
SIGN = re.compile(r"^\s*[:–—-]\s*|^\s*[.,;]\s+|^\s*\|\s*|^\s*→\s*")
# The last word asks for more; "MED" is a body and no preposition.
OPEN_END = re.compile(
    r"\b(?:[Dd]en|[Dd]\.|[Ii]|[Tt]il|[Pp]å|[Ff]ra|[Ii]nden|[Ss]enest|[Aa]f|[Oo]g|[Mm]ed|[Ff]or|[Aa]t|"
    r"[Ee]n|[Ee]t|[Vv]ed|[Oo]m)$"
)
OPEN_DATE = re.compile(r"\b(?:[Dd]en|[Dd]\.|[Ii]|[Tt]il|[Pp]å|[Ff]ra|[Ii]nden|[Ss]enest|[Aa]f)$")
FEWEST_DATED = 3
ITEM_NUMBER = re.compile(r"^(\d{1,2})[.)]\s+")
ORDERED = re.compile(r"(?i)(?:kvartal|halvår|behandling|fase|kv\b)")
LONGEST = 3_000  # a paragraph longer than this is no wrapped paragraph


@dataclass
class TextLine:
    """A line, with the wrapped lines after it put back on.

    Settled over the whole list (``date_lists``): ``steps`` it makes by itself; ``heads``: it only
    says what the dates below it are; ``outside``: no longer below the date heading above it;
    ``leads``: the next line stands right below it and is of another kind;
    ``alone``: a paragraph of one line.
    """

    text: str
    shape: str
    rows: list[str]
    level: int = 0
    gap_before: bool = False
    last: int = 0
    steps: list[DraftStep] = field(default_factory=list)
    heads: bool = False
    outside: bool = False
    leads: bool = False
    alone: bool = False


def unwrap(rows: list[tuple[SourceRow, bool]]) -> list[TextLine]:
    """Lines broken by the page's width are joined again; each row is (row, gap before it)."""
    lines: list[TextLine] = []
    rows = _without_numbers(rows)
    wrapped = _width(rows)
    listed = _begin_with_dates(rows)
    for row, gap in rows:
        text = row.cells[0].text if row.cells else ""
        line = TextLine(text, row.shape, [row.id], row.level, gap, len(text))
        if lines and not gap and _goes_on(lines[-1], line, wrapped, listed):
            previous = lines[-1]
            hyphen = previous.text.endswith("-")
            split = (
                hyphen and line.text[:1].islower() and not line.text.startswith(("og ", "eller "))
            )
            joint = "" if split or (hyphen and line.text[:1].isdigit()) else " "
            base = previous.text[:-1] if split else previous.text
            lines[-1] = TextLine(
                base + joint + line.text,
                previous.shape,
                previous.rows + line.rows,
                previous.level,
                previous.gap_before,
                line.last,
            )
        else:
            lines.append(line)
    for line, following in pairwise(lines):
        line.leads = not PHASE.match(following.text) and (
            not following.gap_before or line.gap_before)  # fmt: skip
        line.alone = line.gap_before and following.gap_before
    return lines


def _without_numbers(rows: list[tuple[SourceRow, bool]]) -> list[tuple[SourceRow, bool]]:
    """A list numbered from one on, each number before a date of its own: its items without them."""
    found = [(n, match) for n, (row, _gap) in enumerate(rows)
             if (match := ITEM_NUMBER.match(row.text))]  # fmt: skip
    numbers = [int(match[1]) for _n, match in found]
    if len(found) < FEWEST_DATED or numbers != list(range(1, len(found) + 1)):
        return rows
    rests = [rows[n][0].text[match.end() :] for n, match in found]
    dated = all(spots(rest[:60]) and not ORDERED.match(rest) for rest in rests)
    if not dated or not any(rest[:1].isdigit() for rest in rests):
        return rows
    result = list(rows)
    for (n, _match), rest in zip(found, rests, strict=True):
        row, gap = rows[n]
        cell = replace(row.cells[0], text=rest)
        result[n] = (replace(row, shape=BULLET, cells=(cell,)), gap)
    return result


def _begin_with_dates(rows: list[tuple[SourceRow, bool]]) -> bool:
    """Whether most lines begin with a date, so that one in small letters ("ultimo april") does."""
    texts = [row.cells[0].text for row, _gap in rows if row.cells]
    dated = sum(map(_begins_dated, texts))
    return dated >= FEWEST_DATED and dated >= len(texts) / 2


def _width(rows: list[tuple[SourceRow, bool]]) -> int:
    """The page's width in signs when lines are broken by it, else 0."""
    texts = [row.cells[0].text for row, _gap in rows if row.cells]
    longest = max(map(len, texts), default=0)
    small = sum(text[:1].islower() for text in texts)
    return longest if longest <= 130 and small >= 2 else 0


def _goes_on(previous: TextLine, line: TextLine, width: int, listed: bool) -> bool:
    if line.shape in (BULLET, HEADING) or previous.shape == HEADING:
        return False
    text = previous.text[-200:].rstrip()
    if len(previous.text) > LONGEST:
        return False
    if PHASE.match(line.text) or NUMBERING.match(line.text):
        return False
    if _is_entry(previous.text) and _is_entry(line.text):
        return False
    if OPEN_END.search(text):
        return True
    if text.endswith((".", ":", "!", "?", ";")) and not re.search(
        r"(?i)\b(?:d|evt|kl|ca|nr|stk)\.$", text
    ):
        return False
    if YEAR_ONLY.match(line.text) or is_date(text.strip(" :")) or is_date(line.text.strip(" :")):
        return bool(OPEN_DATE.search(text))
    starts = spots(line.text[:80])
    begins = bool(starts) and starts[0].start == 0 and starts[0].precision is not Precision.YEAR
    dated = _ends_dated(text) or _begins_dated(previous.text)
    own = listed or dated or not line.text[:1].islower()
    if begins and (own or SIGN.match(line.text[starts[0].end :])):
        return False
    if line.text[:1].islower():
        return True
    if _ends_dated(text) or (dated and _ends_dated(line.text)):
        return False
    return bool(width) and previous.last >= 0.75 * width and not line.text[:1].isdigit()


def _is_entry(text: str) -> bool:
    """Whether a line is a date, a sign and what happens."""
    found = spots(text[:80])
    return bool(found) and found[0].start == 0 and bool(SIGN.match(text[found[0].end :]))


def _begins_dated(text: str) -> bool:
    """Whether a line has a date of its own, before what happens."""
    found = spots(text[:80])
    return bool(found) and found[0].start == 0


def _ends_dated(text: str) -> bool:
    """Whether a line has a date of its own, after what happens."""
    end = text[-80:].rstrip()
    found = spots(end)
    return bool(found) and found[-1].end >= len(end) - 1
