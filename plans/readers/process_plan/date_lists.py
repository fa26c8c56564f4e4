"""Lines that are dates and nothing else: what they belong to, settled for the whole list at once.

A date may head the text below it, or stand below its own text; several dates below one line are
the days of that line's meetings. Which it is follows from how regular the list is either way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby, pairwise

from kommuneplan.timespan import danish
from kommuneplan.timespan.span import Precision

from ..files.messages import gettext as _
from ..files.source import BULLET, HEADING
from .draft import Strength
from .steps import PROVISIONAL_YEAR, DraftStep, is_date, spots
from .unwrapping import NUMBERING, TextLine
from .vocabulary import FULL_YEAR, PHASE, YEAR_ONLY

DATE, TEXT, OTHER = "date", "text", "other"
ABOVE, BELOW, UNSURE = "above", "below", "unsure"
FEWEST_DATES = 2
CLEARLY = 3  # so many times as regular as the other reading
REMARK = re.compile(r"^(?P<date>[^()]{3,60})\((?P<remark>[^()]{2,80})\)\W{0,5}$")
HELD = re.compile(r"(?i)^(?:der )?(?:afholdes|holdes|er planlagt|er fastsat) ")
FOLLOWING = re.compile(
    r"(?i) (?:på |i |er )?(?:følgende|nedenstående) (?:datoer|dage|mødedatoer|tidspunkter)\b"
)
EVENT = re.compile(
    r"(?i)møde|høring|behandl|udvalg|byråd|råd\b|drøft|vedtag|godkend|workshop|frist|udkast|evaluer"
)
YEARS_APART = re.compile(r"\b(20\d\d)\s?[/–-]\s?(?:20)?(\d\d)\b")
IN_YEAR = re.compile(r"(?i)(?:\b(?:i|for) )?\b20\d\d(?: ?[/–-] ?(?:20)?\d\d)?\b")
PLAN_OF_MEETINGS = re.compile(r"(?i)^møde(?:plan|kalender|række|datoer)(?:en)? (?:for|i) ")
MEETINGS = re.compile(r"(?i)^(?:møder|møderne|mødedatoer|mødedage)\b(?= i\b)")
HEADS_DATES = re.compile(r"(?i):\W{0,5}$|\bfølgende\b|\bmøde(?:r|datoer|dage|plan)?\b|\bdatoer\b")


@dataclass
class LineBlock:
    """Lines without a gap between them; ``shape`` is the order of their sorts, each told once."""

    lines: list[TextLine]
    sorts: list[str]

    @property
    def shape(self) -> tuple[str, ...]:
        return tuple(sort for sort, _lines in groupby(self.sorts))


@dataclass
class DatesBelow:
    """Lines of text and the dates that stand below them."""

    texts: list[TextLine] = field(default_factory=list)
    dates: list[TextLine] = field(default_factory=list)


def settle_dates(lines: list[TextLine], title: str = "") -> None:
    """Mark what each bare date belongs to: lists of days first, then the reading of all others.

    ``title``: the document's, for days that stand below nothing but it.
    """
    parts = [part for part in _parts(lines) if any(sort_of(line) is DATE for line in part)]
    for part in parts:
        _settle_lists(part, title)
    reading = _reading(_blocks(lines))
    if reading is ABOVE:
        _end_last_group(lines)
    for part in parts:
        if reading is BELOW:
            _settle_below(part)
        elif reading is UNSURE:
            _leave_undated(part)


def sort_of(line: TextLine) -> str:
    """A bare date, a text without one, or a line that ends a list of either."""
    text = _plain(line)
    if YEAR_ONLY.match(text) or (PHASE.match(text) and not spots(text)):
        return OTHER
    if _bare(text):
        return DATE
    return OTHER if any(spot.precision is not Precision.YEAR for spot in spots(text)) else TEXT


def _plain(line: TextLine) -> str:
    return NUMBERING.sub("", line.text).strip("* ")


def _bare(text: str) -> tuple[str, str] | None:
    """The date and the remark of a line that holds nothing else."""
    remark = REMARK.match(text)
    if remark and is_date(remark["date"]) and not spots(remark["remark"]):
        return remark["date"].strip(" :–-"), remark["remark"].strip()
    bare = text.strip(" :–-.") if not text.rstrip().endswith(".") else text.strip(" :–-")
    return (bare, "") if is_date(bare) else None


def _parts(lines: list[TextLine]) -> Iterator[list[TextLine]]:
    part: list[TextLine] = []
    for line in lines:
        if sort_of(line) is OTHER:
            yield part
            part = []
        else:
            part.append(line)
    yield part


def _blocks(lines: list[TextLine]) -> list[LineBlock]:
    blocks: list[LineBlock] = []
    for line in lines:
        if line.gap_before or not blocks:
            blocks.append(LineBlock([], []))
        blocks[-1].lines.append(line)
        blocks[-1].sorts.append(sort_of(line))
    return blocks


def _days(line: TextLine) -> int:
    """How many days a line of dates names; a month or a span of days is none."""
    bare = _bare(_plain(line))
    spans = danish.read(bare[0], year=PROVISIONAL_YEAR).spans if bare else ()
    return len(spans) if all(span.precision is Precision.DAY for span in spans) else 0


def _settle_lists(lines: list[TextLine], title: str) -> None:
    """Several days below one line are each a meeting of that line, or of the document's title."""
    for group in _groups(lines):
        days = [_days(line) for line in group.dates]
        if sum(days) < FEWEST_DATES or not all(days):
            continue
        if PLAN_OF_MEETINGS.match(title) and not _names_meeting(group):
            _make(DatesBelow([], group.dates), several=True, title=title)
        elif group.texts and _may_head(group):
            _make(group, several=True)


def _names_meeting(group: DatesBelow) -> bool:
    """Whether the line above is a heading of its own and no sentence about the meetings."""
    return bool(group.texts) and not group.texts[-1].text.rstrip().endswith(".")


def _may_head(group: DatesBelow) -> bool:
    """One line above its dates, and no long text; several must announce what is below them."""
    above = group.texts[-1]
    return len(above.text) < 200 and (
        above.shape == HEADING or len(group.texts) == 1 or bool(HEADS_DATES.search(above.text))
        or group.dates[0].shape == BULLET or above.gap_before
    )  # fmt: skip


def _groups(lines: list[TextLine]) -> Iterator[DatesBelow]:
    """Texts with the dates below them, in order."""
    group = DatesBelow()
    for line in lines:
        if line.steps or line.heads:
            continue
        if sort_of(line) is DATE:
            group.dates.append(line)
            continue
        if group.dates:
            yield group
            group = DatesBelow()
        group.texts.append(line)
    yield group


def _reading(blocks: list[LineBlock]) -> str:
    """Where the dates that are left stand: above their texts, below them, or either as well."""
    shapes = [shape for block in blocks if (shape := _shape(block))]
    below = sum(shape[0] is TEXT and shape[-1] is DATE for shape in shapes)
    above = sum(shape[0] is DATE and shape[-1] is TEXT for shape in shapes)
    if not below and not above:
        return _by_its_ends(blocks)
    if below > CLEARLY * above:
        sure = below >= FEWEST_DATES or any(map(_names_what_happens, blocks))
        return BELOW if sure else ABOVE
    return ABOVE if above >= 2 * below else UNSURE


def _shape(block: LineBlock) -> tuple[str, ...]:
    """The order of texts and dates in a block, each told once, less what is settled already."""
    free = (
        DATE if sort is DATE else TEXT
        for line, sort in zip(block.lines, block.sorts, strict=True)
        if not (line.steps or line.heads)
    )
    return tuple(sort for sort, _lines in groupby(free))


def _names_what_happens(block: LineBlock) -> bool:
    """Two dates in a block, or a line right above a date that says what is done."""
    pairs = pairwise(zip(block.lines, block.sorts, strict=True))
    told = (EVENT.search(a.text) for (a, first), (_b, second) in pairs
            if first is TEXT and second is DATE)  # fmt: skip
    return block.sorts.count(DATE) >= FEWEST_DATES or any(told)


def _free_texts(blocks: list[LineBlock]) -> list[TextLine]:
    return [line for block in blocks for line in block.lines
            if sort_of(line) is not DATE and not (line.steps or line.heads)]  # fmt: skip


def _by_its_ends(blocks: list[LineBlock]) -> str:
    """Every line stands by itself: what the list begins and ends with tells how it is read."""
    order = [sort for sort, _shapes in groupby(sort for block in blocks for sort in _shape(block))]
    if order.count(DATE) < FEWEST_DATES or order[0] is DATE:
        return ABOVE
    if order[-1] is DATE:
        return BELOW
    texts = _free_texts(blocks)
    if not _happens(texts[0]):
        return ABOVE
    return UNSURE if _happens(texts[-1]) else BELOW


def _happens(line: TextLine) -> bool:
    """Whether a line by itself says what is done, and is no heading or running text."""
    text = line.text.rstrip()
    return not text.endswith((":", ".")) and len(text) < 120 and bool(EVENT.search(text))


def _leave_undated(lines: list[TextLine]) -> None:
    """Two readings are as good: what stands beside a date is kept without one, and asked for."""
    for before, line, after in zip([None, *lines], lines, [*lines[1:], None], strict=False):
        if line.steps or line.heads:
            continue
        if sort_of(line) is DATE:
            line.heads = True
            continue
        dates = [_plain(near) for near in (before, after) if near and sort_of(near) is DATE]
        if dates:
            words = _("Does “%(dates)s” belong to this line? The list can be read both ways.")
            step = DraftStep("", line.text, [*line.rows])
            step.warnings.append(words % {"dates": "” / “".join(dates)})
            line.steps = [step]


def _settle_below(lines: list[TextLine]) -> None:
    for group in _groups(lines):
        if group.texts and len(group.dates) == 1:
            _make(group, several=False)


def _make(group: DatesBelow, several: bool, title: str = "") -> None:
    """The steps of a group, one for each date; a date below a gap keeps only the block above it."""
    texts = _own_texts(group)
    heading = title or texts[-1].text
    title = _title(heading) if several else texts[0].text.rstrip(":")
    year, turns = _year(heading) if several else (None, False)
    for number, line in enumerate(group.dates):
        bare = _bare(_plain(line))
        assert bare is not None
        step = DraftStep(bare[0], title, [*line.rows], note=bare[1], apart=several and not number,
                         strength=Strength.FOLLOWS)  # fmt: skip
        step.year = None if turns and number else year
        if not several:
            step.details = [text.text for text in texts[1:]]
            step.rows = [row for text in texts for row in text.rows] + step.rows
        line.steps = [step]
    for text in texts:
        text.heads = True


def _own_texts(group: DatesBelow) -> list[TextLine]:
    """The lines right above the dates: the block they stand in, or the one above a gap."""
    own: list[TextLine] = []
    for line in reversed(group.texts):
        own.insert(0, line)
        if line.gap_before or line.shape == HEADING:
            break
    return own


def _title(text: str) -> str:
    """ "Der afholdes i 2018 møder i Styregruppen på følgende datoer:" is "Møde i Styregruppen"."""
    text = " ".join(IN_YEAR.sub(" ", FOLLOWING.split(text)[0]).split())
    text = HELD.sub("", text).strip(" :.,")
    text = MEETINGS.sub("Møde", PLAN_OF_MEETINGS.sub("Møde i ", text))
    return text[:1].upper() + text[1:] if text else _("Meeting")


def _year(text: str) -> tuple[int | None, bool]:
    """The year a heading of dates names; "2025/26" begins in the first and goes on."""
    apart = YEARS_APART.search(text)
    if apart:
        return int(apart[1]), True
    found = {int(match) for match in FULL_YEAR.findall(text)}
    return (found.pop() if len(found) == 1 else None), False


def _end_last_group(lines: list[TextLine]) -> None:
    """The last date heading holds for as many blocks as the others do at most, and no more."""
    heads = [n for n, line in enumerate(lines) if _heads_others(line)]
    if len(heads) < FEWEST_DATES:
        return
    most = max(len(_gaps(lines[a + 1 : b])) for a, b in pairwise(heads))
    beyond = _gaps(lines[heads[-1] + 1 :])[most:]
    if beyond:
        beyond[0].outside = True


def _heads_others(line: TextLine) -> bool:
    return not (line.steps or line.heads) and (
        sort_of(line) is DATE or bool(YEAR_ONLY.match(_plain(line)))
    )


def _gaps(lines: list[TextLine]) -> list[TextLine]:
    return [line for line in lines if line.gap_before]
