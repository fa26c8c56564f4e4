"""Lines and bullets → steps: every way a plan is written without a table.

Date first (with a sign, without one, or run together), date last, in brackets, in the middle
of a sentence; a date or month as heading with text below; plain prose.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from kommuneplan.timespan.span import Precision

from ..files.messages import gettext as _
from ..files.source import BULLET, HEADING
from .bodies import is_only_body
from .columns import HeadingContext
from .entries import LEAD_IN, entries, run_on
from .prose import clauses, without_mentions
from .steps import (
    LONG,
    DateSpot,
    DraftStep,
    SkippedRow,
    first_sentence,
    is_date,
    spots,
    tidy,
)
from .under_headings import (
    DAYS,
    DateGroup,
    days_in_month,
    ends_phase,
    exact_day,
    mentions_another,
    phase_name,
    phase_with_date,
)
from .unwrapping import NUMBERING, SIGN, TextLine
from .vocabulary import FULL_YEAR, PAST, PHASE, YEAR_ONLY

OPENING = re.compile(r"\s*(?:kl\.? ?\d{1,2}(?:[.:]\d\d)?(?:\s?[-–]\s?\d{1,2}(?:[.:]\d\d)?)?)?\s*")
LEADS_TO_DATE = re.compile(
    r"(?i)(?:\b(?:på|i|til|fra|inden|senest|om)\s{1,9})?(?:\b(?:mødet?|den|d\.|dagen)\s{0,9}){0,6}$"
)
A_SENTENCE = 5  # words
YEAR_AND_TEXT = re.compile(
    r"(?P<year>(?:19|20)\d\d)(?:(?=[A-ZÆØÅ])|\s*[:–—-]\s*(?=\S)|(?P<blank>\s+)(?=[A-ZÆØÅ]\w+ \w))"
)
REFERENCE = re.compile(r"(?i)^\W*(?:se|klik|læs (?:mere|hele|også|om|her|referat\w*))\s")
TABLE_WORDS = re.compile(r"(?i)^(?:figur|tabel|bilag|note|kilde|foto)\s*\d*\b")


@dataclass
class LineReader:
    """Reads lines in order. Prose is kept aside until it is known whether there is a plan."""

    steps: list[DraftStep] = field(default_factory=list)
    left: list[SkippedRow] = field(default_factory=list)
    prose: list[TextLine] = field(default_factory=list)
    group: DateGroup | None = None
    open: DraftStep | None = None
    open_level: int = -1
    open_lists: bool = False
    held: bool = False

    def read(self, line: TextLine, context: HeadingContext) -> None:
        if line.gap_before and self.open and line.shape != BULLET and not self.held:
            self.open = None
        self.held = False
        if line.outside:
            self.group = self.open = None
        if self._settled(line, context):
            return
        if REFERENCE.match(line.text) and line.shape != HEADING:
            self._leave(line, _("Refers to something else"))
            return
        if self._heading(line, context):
            return
        found = without_mentions(line.text, [s for s in spots(line.text) if not _names_a_year(s)])
        if self.group and self.group.month and self._days_of_month(line, found, context):
            return
        if self.group and self.group.day and mentions_another(line, found):
            self._below(line, context)
            return
        steps = (
            entries(line) or run_on(line) or self._several(line, found) or self._dated(line, found)
        )
        for step in steps:
            self._add(step, context, line)
        if steps:
            return
        if (self.group and self._below(line, context)) or (self.open and self._detail(line)):
            pass
        else:
            self._keep_for_prose(line)

    def _settled(self, line: TextLine, context: HeadingContext) -> bool:
        """What was decided for the whole list: a date with its text, or what such dates are."""
        if not (line.steps or line.heads):
            return False
        self.group = self.open = None
        for step in line.steps:
            step.phase, step.year = step.phase or context.phase, step.year or context.year
            self.steps.append(step)
        if line.heads:
            self._leave(line, _("Heading: what the dates below are"))
        return True

    def _add(self, step: DraftStep, context: HeadingContext, line: TextLine) -> None:
        year = YEAR_ONLY.match(step.when)
        context.year = int(year[1]) if year else context.year
        step.phase, step.year = step.phase or context.phase, context.year
        if self.group and self.group.own_year:
            step.year = self.group.own_year
        step.who = context.body or step.who
        self.steps.append(step)
        self.open, self.open_level = step, line.level if line.shape == BULLET else -1
        self.open_lists = line.text.rstrip().endswith(":")
        if self.group and self.group.year:
            self.group.dated = True
        elif self.group and not self.group.names(step.when):
            self.group = None

    def _days_of_month(
        self, line: TextLine, found: list[DateSpot], context: HeadingContext
    ) -> bool:
        """ "Den 12. mødes styregruppen" under "Januar 2026": a step for each such sentence."""
        assert self.group is not None
        if any(spot.precision is Precision.DAY for spot in found):
            return False
        made = days_in_month(line, self.group.when)
        for step in made:
            step.phase, step.year = context.phase, context.year
        self.steps += made
        if made:
            self.group.used, self.open = True, None
        return bool(made)

    def _leave(self, line: TextLine, reason: str) -> None:
        self.left += [SkippedRow(row, line.text, reason) for row in line.rows[:1]]

    def _heading(self, line: TextLine, context: HeadingContext) -> bool:
        """Years, phases and dates that stand alone, and hold for what is below."""
        text = NUMBERING.sub("", line.text).strip("* ")
        year = YEAR_ONLY.match(text)
        if year:
            context.year, self.open = int(year[1]), None
            self.group = DateGroup(year[1], line.rows[0], False, year=True)
            self._leave(line, _("Heading: the year of the rows below"))
            return True
        dated = phase_with_date(text, line)
        if PHASE.match(text) and len(text) < 100 and (dated or not spots(text)):
            context.phase, self.group, self.open = phase_name(text), dated, None
            context.rank = line.level if line.shape == HEADING else -line.alone
            self._leave(line, _("Heading: the phase of the rows below"))
            return True
        if not self.group and (line.shape == HEADING or text.endswith(":")) and is_only_body(text):
            context.body, self.open = text.strip(" :"), None
            self._leave(line, _("Heading: the body of the rows below"))
            return True
        bare = text.strip(" :–-")
        if is_date(bare):
            found = spots(bare)
            day = bool(found) and found[0].precision is Precision.DAY
            month = len(found) == 1 and found[0].precision is Precision.MONTH
            self.group = None
            titled = line.shape in (BULLET, HEADING)
            self.group, self.open = DateGroup(bare, line.rows[0], day, month, titled), None
            self.group.wide = not any(spot.precision in DAYS for spot in found)
            self._leave(line, _("Heading: the date of the rows below"))
            return True
        if line.shape == HEADING and self._title_of_group(line, context):
            return True
        if ends_phase(line, context.rank):
            context.phase = ""
        if line.shape == HEADING:
            found = spots(text)
            context.body = ""
            if not found or found[0].start > 3:
                self.group, self.open = None, None
        return False

    def _title_of_group(self, line: TextLine, context: HeadingContext) -> bool:
        """A heading right below a date that is a bullet or heading too: what happens then."""
        group = self.group
        if group is None or not group.titled or group.used or spots(line.text):
            return False
        step = DraftStep(group.when, line.text.rstrip(":"), [*line.rows], phase=context.phase,
                    year=context.year)  # fmt: skip
        self.steps.append(step)
        self.group, self.open, self.open_level, self.held = None, step, -1, True
        return True

    def _several(self, line: TextLine, found: list[DateSpot]) -> list[DraftStep]:
        """A bullet or short line with a date for each of several bodies: a chain of treatment."""
        text = line.text
        apart = len(found) > 1 and found[0].start > 3 and not _together(text, found)
        ends = found and text[found[-1].end :].strip(" .,;)") == ""
        if not apart or not ends or len(text) > LONG or first_sentence(text)[1]:
            return []
        return [
            DraftStep(
                spot.text, NUMBERING.sub("", clause), list(line.rows), prose=True, context=text
            )
            for spot, clause in clauses(text, found)
        ]

    def _dated(self, line: TextLine, found: list[DateSpot]) -> list[DraftStep]:
        """A step when the line has a date first, last, or in the middle of a bullet."""
        step = self._one(line, found) if found else self._glued_year(line)
        return [step] if step else []

    def _one(self, line: TextLine, found: list[DateSpot]) -> DraftStep | None:
        text = line.text
        first, last = found[0], found[-1]
        if (
            LEAD_IN.match(NUMBERING.sub("", text[: first.start]))
            or NUMBERING.sub("", text[: first.start]) == ""
        ):
            return self._date_first(line, found)
        tail = text[last.end :].strip(" .,;")
        in_brackets = (
            text[: last.start].rfind("(") > text[: last.start].rfind(")")
            and ")" in text[last.end :]
        )
        bullet = line.shape == BULLET or bool(NUMBERING.match(text))
        listed = bullet or (
            len(text) < LONG and not first_sentence(text)[1] and not text.rstrip().endswith(".")
        )
        if listed and in_brackets and text[text.index(")", last.end) + 1 :].strip(" .") == "":
            return self._in_brackets(line, last)
        labelled = self._labelled(line, found) if in_brackets else None
        if labelled:
            return labelled
        short = len(text) < LONG and not first_sentence(text)[1]
        told = text.endswith(":") or PAST.search(text)
        tail = "" if len(text) < 140 and text[:1].isupper() and not told else tail
        if bullet or (short and not tail and not line.text.rstrip().endswith(".")):
            if len(found) > 1 and not _together(text, found):
                return None
            return self._inside(line, first, last)
        return None

    def _glued_year(self, line: TextLine) -> DraftStep | None:
        """ "2021Idéudvikling", "2021: Idéfase", as a bullet "2021 Idéfase"."""
        match = YEAR_AND_TEXT.match(line.text)
        if not match or (match["blank"] and line.shape != BULLET):
            return None
        return DraftStep(match["year"], tidy(line.text[match.end() :]), list(line.rows))

    def _date_first(self, line: TextLine, found: list[DateSpot]) -> DraftStep | None:
        text = line.text
        first = found[0]
        end = first.end
        rest = text[end:]
        opening = OPENING.match(rest)
        if opening:
            rest = rest[opening.end() :]
        sign = SIGN.match(rest)
        body = rest[sign.end() :] if sign else rest
        if not tidy(body):
            return None
        in_text = line.shape != BULLET and not sign
        if in_text and len(text) > LONG and first_sentence(body)[1]:
            return None
        if in_text and _runs_on(text[:end], body):
            return None
        lead = NUMBERING.sub("", text[: first.start])
        when = f"{lead}{text[first.start : end]}".strip()
        exact = exact_day(found) if found[0].precision is Precision.MONTH else None
        return DraftStep(exact or when, body.strip(" –—-:"), list(line.rows))

    def _in_brackets(self, line: TextLine, spot: DateSpot) -> DraftStep:
        text = line.text
        opens = text.rindex("(", 0, spot.start)
        closes = text.index(")", spot.end)
        title = tidy(NUMBERING.sub("", text[:opens]))
        return DraftStep(text[opens + 1 : closes].strip(), title, list(line.rows))

    def _labelled(self, line: TextLine, found: list[DateSpot]) -> DraftStep | None:
        """ "Fase 2 (marts-maj 2026): Inddragelse": a label, its date in brackets, then the text."""
        match = re.match(r"^([^().:]{1,40})\(([^()]{3,60})\)\s*[:–-]\s*(?=\S)", line.text)
        if not match or not is_date(match[2]):
            return None
        step = DraftStep(match[2], line.text[match.end() :], list(line.rows))
        step.phase = match[1].strip() if PHASE.match(match[1]) else ""
        if not step.phase:
            step.text = f"{match[1].strip()}: {step.text}"
        return step

    def _inside(self, line: TextLine, first: DateSpot, last: DateSpot) -> DraftStep:
        text = line.text
        title = tidy(NUMBERING.sub("", _without(text, first.start, last.end)))
        return DraftStep(text[first.start : last.end], title or text, list(line.rows), context=text)

    def _below(self, line: TextLine, context: HeadingContext) -> bool:
        """Text below a date heading: each line a step; bullets below a line are its details."""
        group = self.group
        assert group is not None
        if line.shape == HEADING:
            self.group = None
            return False
        sibling = self.open_level >= 0 and line.level <= self.open_level
        if (
            line.shape == BULLET
            and self.open
            and not sibling
            and not (line.gap_before and not group.day)
        ):
            self.open.details.append(line.text)
            self.open.rows += line.rows
            return True
        if line.gap_before and group.used and group.day and len(line.text) > LONG:
            self.group = None
            return False
        if group.year and not group.holds(line):
            self.group = group if group.goes_on else None
            return False
        if self._describes(line):
            self.steps[-1].details.append(line.text)
            self.steps[-1].rows += line.rows
            return True
        year = FULL_YEAR.search(group.when)
        exact = exact_day(spots(line.text)) if group.wide else None
        step = DraftStep(
            exact or group.when,
            line.text.rstrip(":"),
            [*line.rows],
            phase=context.phase,
            year=int(year[0]) if exact and year else context.year,
        )
        if group.day and (other := next(iter(spots(line.text)), None)):
            step.warnings.append(_("The text also mentions “%(words)s”.") % {"words": other.text})
        self.steps.append(step)
        group.titles = not line.text.rstrip().endswith((".", ":"))
        group.used = True
        self.open, self.open_level = (step if line.shape != BULLET else None), -1
        return True

    def _describes(self, line: TextLine) -> bool:
        """A whole sentence right below a title, below one day: what that is about."""
        group = self.group
        assert group is not None
        below = group.day and group.used and group.titles and not line.gap_before
        sentence = line.text.rstrip().endswith(".") and len(line.text.split()) >= A_SENTENCE
        return below and sentence and line.shape not in (BULLET, HEADING) and not spots(line.text)

    def _detail(self, line: TextLine) -> bool:
        """Bullets and continued lines under a dated line belong to it."""
        step = self.open
        assert step is not None
        if line.shape == BULLET and 0 <= line.level <= self.open_level and not self.open_lists:
            self.open = None
            return False
        dated = [spot for spot in spots(line.text) if spot.precision in DAYS]
        tells = line.shape != BULLET and line.text[:1].isupper() and dated
        if line.shape == HEADING or TABLE_WORDS.match(line.text) or tells:
            self.open = None
            return False
        step.details.append(line.text)
        step.rows += line.rows
        return True

    def _keep_for_prose(self, line: TextLine) -> None:
        self.open = None
        self.prose.append(line)


def _names_a_year(spot: DateSpot) -> bool:
    """A bare year in a text is mostly the name of a budget or plan, no date of a step."""
    return spot.precision is Precision.YEAR and len(re.findall(r"[a-zæøå]{2,}", spot.text)) == 0


def _together(text: str, found: list[DateSpot]) -> bool:
    """Dates only parted by "og", commas or short words: one expression."""
    between = [text[a.end : b.start] for a, b in pairwise(found)]
    return all(
        re.fullmatch(r"\W*+(?:og|samt|eller|til|den|d\.|hhv\.)?\W*+", part) for part in between
    )


def _runs_on(when: str, body: str) -> bool:
    """ "Den 5. maj vedtog udvalget …": a sentence that begins with its date, not a list."""
    if when.lower().startswith("siden "):
        return True
    match = re.match(r"\s*([a-zæøå]+)", body)
    return bool(match) and match is not None and body.rstrip().endswith(".") and len(body) > 60


def _without(text: str, start: int, end: int) -> str:
    """The text without its date and the preposition that led to it."""
    match = LEADS_TO_DATE.search(text[:start])
    words = match[0].lower() if match else ""
    before = text[:start][: match.start()] if match else text[:start]
    before += " mødet" if "møde" in words and "på" not in words else ""
    return f"{before} {text[end:]}"
