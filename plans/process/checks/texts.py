"""Dates that are told twice: in the text or a description, and in the process plan."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from functools import lru_cache

from django.utils.translation import gettext as _

from kommuneplan.timespan.danish import find, read
from kommuneplan.timespan.span import Modifier, Precision, ReadingStatus, TimeSpan

from .facts import CheckedMilestone, ProcessFacts, TextFact
from .findings import Action, CheckFinding, Sureness, date_of, finding, quoted
from .naming import BEGIN, END, WHEN, Naming, itself, namings
from .readings import ABOUT, Window, begins, ends

_SENTENCE = re.compile(r"(?<=[a-zæøå0-9)][.!?])\s+(?=[A-ZÆØÅ])|\n+")
_OTHER_DAY = re.compile(
    r"\b(?:frist|senest|fra|efter|siden|før|inden|mødet|til|opfølgning)\b", re.IGNORECASE
)
REACH = 80  # letters between the words and their date
SAME, MORE_EXACT, OTHER = 0, 1, 2
_Said = tuple[int, int, str, tuple[TimeSpan, ...]]


def differing(facts: ProcessFacts) -> Iterator[CheckFinding]:
    """A sentence gives a milestone another date than it has, or a more exact one."""
    known = namings(facts)
    steps = {step.uid: step for step in facts.steps}
    for text in facts.texts:
        own = steps.get(text.step)
        mine = [itself(own)] if own and own.when and own.counts else []
        for sentence in _SENTENCE.split(text.text):
            yield from _in_sentence(text, sentence, [*mine, *known])


def _in_sentence(text: TextFact, sentence: str, known: list[Naming]) -> Iterator[CheckFinding]:
    told: set[int] = set()
    for naming in known:
        named = naming.words.search(sentence)
        if named is None:
            continue
        said = _date_beside(sentence, named, naming)
        if said is None or said[0] in told:
            continue
        told.add(said[0])
        if one := _compare(text, sentence, said, naming):
            yield one


def _date_beside(sentence: str, named: re.Match[str], naming: Naming) -> _Said | None:
    """The first date after the words, else the last before them; nothing where it is not certain
    which date is meant."""
    years = _years(naming.steps)
    dates = _dates(sentence, years)
    after = [one for one in dates if named.end() < one[1] and one[0] <= named.end() + REACH]
    inside = [one for one in dates if named.start() <= one[0] and one[1] <= named.end()]
    before = [one for one in dates if named.start() - REACH <= one[1] <= named.start()]
    if after:
        chosen = after[0]
    elif len(dates) == 1 and (before or inside):
        chosen = dates[0]
    else:
        return None
    return chosen if chosen[3] else None


def _years(steps: tuple[CheckedMilestone, ...]) -> tuple[int, ...]:
    found = {d.year for s in steps if s.when for d in (s.when.earliest, s.when.latest) if d}
    return tuple(sorted(found))


@lru_cache(maxsize=4096)
def _dates(sentence: str, years: tuple[int, ...]) -> tuple[_Said, ...]:
    """The dates of a sentence, each with its readings: one for each year where it names none."""
    found: list[_Said] = []
    for one in find(sentence):
        reading = one.reading
        spans = reading.spans
        if reading.status is ReadingStatus.NODATE:
            guesses = [read(reading.written, year=year) for year in years]
            spans = tuple(g.span for g in guesses if g.status is ReadingStatus.OK and g.span)
        elif reading.status is not ReadingStatus.OK or len(spans) != 1:
            spans = ()
        found.append((one.start, one.end, reading.written, spans))
    return tuple(found)


def _compare(
    text: TextFact, sentence: str, said: _Said, naming: Naming
) -> CheckFinding | None:  # fmt: skip
    found = [
        (min(against(span, step, naming.day) for span in said[3]), step) for step in naming.steps
    ]
    best = min(found, key=lambda one: (one[0], one[1].when.sort_key))
    if best[0] == SAME or (best[0] == MORE_EXACT and len(found) > 1):
        return None
    step, sure = best[1], best[0] == OTHER and len(found) == 1
    if text.step == step.uid and not sure and best[0] == OTHER:
        return None
    return finding(
        "date-in-text",
        _("The text says “%(said)s”, the process plan %(planned)s: %(step)s.")
        % {"said": said[2], "planned": date_of(step), "step": quoted(step)},
        _("In “%(where)s”: %(sentence)s") % {"where": text.title, "sentence": _short(sentence)},
        _("the text of the plan"),
        step,
        about=" ".join(sentence.split()),
        certainty=Sureness.IMPOSSIBLE if sure else Sureness.LOOK,
        action=Action.SECTION if text.section and best[0] == OTHER else Action.EDIT,
        target=text.section,
        section=text.section,
    )


def against(said: TimeSpan, step: CheckedMilestone, day: str = WHEN) -> int:
    """Does a date agree with a milestone (``SAME``), name a day where the milestone has only a
    period that holds it (``MORE_EXACT``), or contradict it (``OTHER``)?"""
    if said.modifier is Modifier.BY and said.precision is Precision.DAY and day == END:
        said = TimeSpan.day(said.latest)
    if said.modifier or step.when is None or said.earliest is None or said.latest is None:
        return SAME
    window = {BEGIN: begins, END: ends}.get(day, _whole)(step)
    margin = ABOUT if step.is_vague and day == WHEN else dt.timedelta()
    first, last = window.first, window.last
    if (first and said.latest < first - margin) or (last and said.earliest > last + margin):
        return OTHER
    if step.when.modifier:
        return SAME
    is_day = said.earliest == said.latest
    if day == WHEN:
        exact = said.is_exact and step.when.is_exact and not is_day
        if exact and step.certain_day is None:
            same = (said.earliest, said.latest) == (step.when.earliest, step.when.latest)
            return SAME if same or not step.lasts else OTHER
        is_open = not step.when.is_exact
    else:
        is_open = first is not None and first != last
    return MORE_EXACT if is_day and is_open and step.when.precision in _COARSE else SAME


_COARSE = {
    Precision.WEEK, Precision.PART_OF_MONTH, Precision.MONTH, Precision.MONTH_RANGE,
    Precision.QUARTER, Precision.HALF_YEAR, Precision.SEASON, Precision.PART_OF_YEAR,
    Precision.YEAR,
}  # fmt: skip


def _whole(step: CheckedMilestone) -> Window:
    return Window(step.when.earliest, step.when.latest)


def own_words(facts: ProcessFacts) -> Iterator[CheckFinding]:
    """A milestone's own words, in its title or where its date was written, name another day."""
    for step in facts.steps:
        if step.when is None or not step.counts:
            continue
        for words in (step.written, "" if _OTHER_DAY.search(step.title) else step.title):
            dates = _dates(words, _years((step,))) if words else ()
            if len(dates) != 1 or not dates[0][3]:
                continue
            said = dates[0]
            if words == step.title and not any(one.precision is Precision.DAY for one in said[3]):
                continue
            if min(against(span, step) for span in said[3]) == SAME:
                continue
            yield finding(
                "words-of-date",
                _("%(step)s says “%(said)s”, but its date is %(planned)s.")
                % {"step": quoted(step), "said": said[2], "planned": date_of(step)},
                _("Readers see both. Correct the words or the date."),
                _("the process plan"),
                step,
                about=words,
                action=Action.EDIT,
            )


def _short(sentence: str) -> str:
    sentence = " ".join(sentence.split())
    return sentence if len(sentence) <= 160 else f"{sentence[:157].rstrip()}…"


TEXT_CHECKS = (differing, own_words)
