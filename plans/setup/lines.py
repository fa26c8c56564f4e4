"""The dates of a year as somebody pastes them: a line or a row of a table each, in any words.

Read with the house's own reader of Danish dates. What cannot be read is told with its line; nothing
is guessed: an impossible day, or a weekday that does not fit, is a fault to be put right.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kommuneplan.timespan import danish
from kommuneplan.timespan.phrase import day_words
from kommuneplan.timespan.span import DateInText, Modifier, Precision, ReadingStatus, TimeSpan

MOST_LINES = 1000
LONGEST_LINE = 400
LONGEST_PLACE = 200

CELLS = re.compile(r"[\t|;]")
RULE = re.compile(r"^[\s|:+=_.*-]*$")
YEAR = re.compile(r"\b(20\d\d)\b")
CLOCK = re.compile(
    r"\bkl(?:okken|\.)? ?(\d{1,2})(?:[.:](\d{2}))?"
    r"(?: ?(?:-|–|til) ?(?:kl\.? ?)?\d{1,2}(?:[.:]\d{2})?)?",
    re.IGNORECASE,
)
COLON = re.compile(r"(?<![\d.])(\d{1,2}):(\d{2})(?: ?(?:-|–|til) ?\d{1,2}[.:]\d{2})?(?![\d.])")
FIRST = re.compile(
    r"^(\d{1,2})\.(\d{2})(?: ?(?:-|–|til) ?\d{1,2}(?:[.:]\d{2})?)?(?![\d.])"
    r"|^(\d{1,2}) ?[-–] ?\d{1,2}$"
)
MOVED = re.compile(r"\b(?:flytt|ryk|udsæt|udsat)\w*\W*(?:(?:fra|til)\W*)?$", re.IGNORECASE)
MOVED_TO = re.compile(r"\b(?:flytt|ryk|udsæt|udsat)\w*\W*til\W*$", re.IGNORECASE)
CANCELLED = re.compile(r"\b(?:aflyst|aflyses|udgår|udgået)\b", re.IGNORECASE)
KINDS = (
    ("theme", re.compile(r"\b\w*tema(?:møde|drøftelse|dag)\w*", re.IGNORECASE)),
    ("seminar", re.compile(r"\b\w*seminar\w*", re.IGNORECASE)),
    ("extraordinary", re.compile(r"\bekstraordinær\w*(?: \w*møde\w*)?", re.IGNORECASE)),
)
NOISE = re.compile(
    r"\b(?:ordinær\w*|\w*møde(?:t|r)?|mødedato|dagsorden|nr\.? ?\d+|flyttet|flyttes|rykket|rykkes"
    r"|udsat|kl\.?|klokken|dato|tid|den|d\.)(?![\w])",
    re.IGNORECASE,
)
LEADING = re.compile(r"^(?:i|på|ved|sted|lokale?:|sted:)\s+(?=\S)", re.IGNORECASE)
EDGES = " ,.;:–-()[]/•*·"
HEADS = {
    "dato": "date", "mødedato": "date", "dag": "date", "hvornår": "date",
    "tid": "time", "tidspunkt": "time", "kl": "time", "klokken": "time", "start": "time",
    "sted": "place", "lokale": "place", "mødested": "place", "hvor": "place",
    "udvalg": "body", "råd": "body", "forum": "body", "hvem": "body",
    "type": "kind", "mødetype": "kind", "møde": "kind", "art": "kind", "status": "kind",
    "bemærkning": "kind", "bemærkninger": "kind", "note": "kind", "emne": "kind",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class BodyName:
    """What a body may be called in a line; ``key`` names it."""

    key: str
    name: str
    abbreviation: str = ""

    @property
    def spellings(self) -> set[str]:
        """Its name, its abbreviation, and its name without the article ("Byråd")."""
        bare = self.name[:-2] if self.name[-2:] in ("et", "en") else self.name
        return {word for word in (self.name, bare, self.abbreviation) if len(word) > 1}


@dataclass(frozen=True, slots=True)
class ReadMeeting:
    """A meeting that a line tells of. ``body``: the key of the body, empty where none is named."""

    line: int
    text: str
    body: str
    date: dt.date
    begins_at: dt.time | None = None
    kind: str = "ordinary"
    place: str = ""
    cancelled: bool = False
    moved_from: dt.date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class LineFault:
    """A line that cannot be taken, and why; ``body``: whose it would be by the lines above."""

    line: int
    text: str
    words: str
    body: str = ""


@dataclass(slots=True)
class ReadLines:
    """What a text says of meetings: those read, the lines with a fault, those without a date."""

    meetings: list[ReadMeeting] = field(default_factory=list)
    faults: list[LineFault] = field(default_factory=list)
    unread: list[LineFault] = field(default_factory=list)


@dataclass(slots=True)
class _Around:
    """What earlier lines say for those below."""

    year: int
    body: str
    columns: list[str] | None = None


def read_lines(text: str, *, bodies: Sequence[BodyName], body: str = "", year: int) -> ReadLines:
    """The meetings of a text. ``body``: whose they are where no line says; ``year``: which year is
    meant where none is written. Lines after the first thousand are one fault."""
    found = ReadLines()
    around = _Around(year, body)
    named = patterns(bodies)
    lines = text.splitlines()
    for number, line in enumerate(lines[:MOST_LINES], start=1):
        if RULE.match(line):
            continue
        if len(line) > LONGEST_LINE:
            found.faults.append(LineFault(number, f"{line[:80]} …", too_long(LONGEST_LINE)))
            continue
        _read(number, line.strip(), named, around, found)
    if len(lines) > MOST_LINES:
        rest = lines[MOST_LINES][:80]
        found.faults.append(LineFault(MOST_LINES + 1, rest, too_many(MOST_LINES, len(lines))))
    return found


def faulty_lines(faults: Sequence[LineFault], bodies: Sequence[BodyName]) -> str:
    """The lines with a fault as a text of their own, each body's name above its lines."""
    names = {body.key: body.name for body in bodies}
    lines, last = [], ""
    for fault in faults:
        if fault.body in names and fault.body != last:
            lines.append(names[fault.body])
            last = fault.body
        lines.append(fault.text)
    return "\n".join(lines)


def too_many(most: int, lines: int) -> str:
    """Why what is below a line has not been read."""
    said = _("%(most)s lines are read at a time, and there are %(n)s. Paste the rest afterwards.")
    return said % {"most": most, "n": lines}


def too_long(most: int) -> str:
    """Why a line has not been read."""
    said = _("The line is longer than %(most)s letters. Is it several lines?")
    return said % {"most": most}


def patterns(bodies: Sequence[BodyName]) -> list[tuple[re.Pattern[str], str]]:
    """A pattern for each spelling, the longest first."""
    spellings = [(word, body.key) for body in bodies for word in body.spellings]
    spellings.sort(key=lambda pair: (-len(pair[0]), pair[0]))
    return [
        (re.compile(rf"(?<!\w){re.escape(word)}(?:s)?(?!\w)", re.IGNORECASE), key)
        for word, key in spellings
    ]


def _read(
    number: int,
    line: str,
    named: list[tuple[re.Pattern[str], str]],
    around: _Around,
    found: ReadLines,
) -> None:
    cells = [" ".join(cell.split()) for cell in CELLS.split(line)]
    heads = [HEADS.get(cell.strip(".: ").casefold(), "") for cell in cells]
    if (
        any(head == "date" for head in heads)
        and len([h for h in heads if h]) >= len(cells) // 2 + 1
    ):
        around.columns = heads
        return
    whole = ", ".join(cell for cell in cells if cell)
    body = _body_in(whole, named)
    dates = _dates(whole, cells, around)
    days, moved, words = _days(whole, dates)
    if words:
        found.faults.append(LineFault(number, line, words, around.body))
        return
    if not days:
        _heading(number, line, whole, body, bool(dates), around, found)
        return
    rest = _without(whole, dates)
    begins_at, rest, wrong = _clock(whole, rest, cells, around.columns)
    if wrong:
        found.faults.append(LineFault(number, line, wrong, around.body))
        return
    kind = next((kind for kind, pattern in KINDS if pattern.search(whole)), "ordinary")
    cancelled = bool(CANCELLED.search(whole))
    place = _place(rest, cells, around.columns, named)
    for day, note in days:
        found.meetings.append(
            ReadMeeting(number, line, body or around.body, day, begins_at, kind, place, cancelled,
                        moved if len(days) == 1 else None, note)
        )  # fmt: skip


def _body_in(whole: str, named: list[tuple[re.Pattern[str], str]]) -> str:
    """The body that is named, by its longest name."""
    return next((key for pattern, key in named if pattern.search(whole)), "")


def _dates(whole: str, cells: list[str], around: _Around) -> list[DateInText]:
    """The dates of a line. In a table they stand in their column; elsewhere in the row a date is
    only that from which, or to which, the meeting is moved."""
    dates = danish.find(whole, year=around.year)
    if not around.columns or "date" not in around.columns:
        return dates
    place = around.columns.index("date")
    cell = cells[place] if place < len(cells) else ""
    begins = whole.find(cell) if cell else 0
    own = range(begins, begins + len(cell))
    return [one for one in dates if one.start in own or MOVED.search(whole[: one.start])]


def _days(
    whole: str, dates: list[DateInText]
) -> tuple[list[tuple[dt.date, str]], dt.date | None, str]:
    """The days a line names, the day it is moved from, and what is wrong with them."""
    days: list[tuple[dt.date, str]] = []
    old: dt.date | None = None
    vague = ""
    for one in dates:
        if one.reading.status is ReadingStatus.REJECT:
            return [], None, " ".join(one.reading.notes)
        for span in one.reading.spans:
            day = span.earliest or span.latest
            if day is None or not _is_day(span):
                vague = vague or whole[one.start : one.end]
                continue
            if one.reading.status is ReadingStatus.AMBIGUOUS and one.reading.notes:
                return [], None, f"{' '.join(one.reading.notes)} {_weekday(day)}"
            before, written = whole[: one.start], whole[one.start : one.end].lower()
            if MOVED_TO.search(before) or (MOVED.search(before) and written.startswith("til ")):
                old = days.pop()[0] if days else None
                days.append((day, ""))
            elif MOVED.search(before):
                old = day
            else:
                days.append((day, _until(span)))
    if not days and vague and old is None and _has_more(whole, dates):
        return (
            [],
            None,
            _("“%(words)s” is no day. Write the day of the meeting.") % {"words": vague},
        )
    return days, old, ""


def _is_day(span: TimeSpan) -> bool:
    if span.precision is Precision.DAY:
        return True
    return span.precision is Precision.RANGE and span.modifier is Modifier.NONE


def _until(span: TimeSpan) -> str:
    if span.precision is not Precision.RANGE or span.latest is None:
        return ""
    return _("lasts until %(day)s") % {"day": day_words(span.latest)}


def _weekday(day: dt.date) -> str:
    return _("%(day)s is a %(weekday)s.") % {
        "day": day_words(day),
        "weekday": date_format(day, "l").lower(),
    }


def _has_more(whole: str, dates: list[DateInText]) -> bool:
    """Are there more words than a heading has?"""
    return bool(_without(whole, dates).strip(EDGES))


def _without(whole: str, dates: list[DateInText]) -> str:
    """The line without its dates."""
    rest, last = [], 0
    for one in dates:
        rest.append(whole[last : one.start])
        last = one.end
    return " ".join([*rest, whole[last:]])


def _heading(
    number: int,
    line: str,
    whole: str,
    body: str,
    is_period: bool,
    around: _Around,
    found: ReadLines,
) -> None:
    """A line without a day: a body, a year, or words that are told as not read."""
    year = YEAR.search(whole)
    if year:
        around.year = int(year[1])
    if body:
        around.body = body
    if not year and not body and not is_period:
        found.unread.append(LineFault(number, line, _("There is no date in the line.")))


def _clock(
    whole: str, rest: str, cells: list[str], columns: list[str] | None
) -> tuple[dt.time | None, str, str]:
    """From what o'clock, the line without it, and what is wrong with it."""
    hit = CLOCK.search(whole) or COLON.search(rest)
    if hit is None:
        own = [cell for place, cell in enumerate(cells) if _column(columns, place) == "time"]
        for words in (*own, rest.strip(EDGES), *cells):
            hit = FIRST.match(words)
            if hit:
                break
    if hit is None:
        return None, rest, ""
    hour = next(group for group in (hit[1], hit.group(3) if hit.re is FIRST else None) if group)
    minute = hit[2] or "0"
    rest = COLON.sub(" ", CLOCK.sub(" ", rest)).replace(hit[0], " ", 1)
    if int(hour) > 23 or int(minute) > 59:
        told = {"time": f"{hour}.{minute:>02}"}
        return None, rest, _("There is no %(time)s o'clock.") % told
    return dt.time(int(hour), int(minute)), rest, ""


def _column(columns: list[str] | None, place: int) -> str:
    return columns[place] if columns and place < len(columns) else ""


def _place(
    rest: str, cells: list[str], columns: list[str] | None, named: list[tuple[re.Pattern[str], str]]
) -> str:
    """Where the meeting is: the column of that name, else the words that are nothing else."""
    if columns and "place" in columns:
        place = columns.index("place")
        return cells[place][:LONGEST_PLACE] if place < len(cells) else ""
    for pattern in [pattern for pattern, _key in named] + [pattern for _kind, pattern in KINDS]:
        rest = pattern.sub(" ", rest)
    rest = NOISE.sub(" ", CANCELLED.sub(" ", rest))
    rest = re.sub(r"\(\s*\)", " ", rest)
    parts = [" ".join(part.split()).strip(EDGES) for part in rest.split(",")]
    words = ", ".join(part for part in parts if part)
    return LEADING.sub("", words)[:LONGEST_PLACE]
