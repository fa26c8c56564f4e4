"""Dates that are told twice: in the text or a description, and in the process plan."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from kommuneplan.timespan.danish import find
from kommuneplan.timespan.span import Modifier, Precision, ReadingStatus, TimeSpan
from plans.enums import MilestoneKind as Kind

from .facts import CheckedMilestone, ProcessFacts, TextFact
from .findings import CheckFinding, date_of, finding, quoted
from .order import hearings

_SENTENCE = re.compile(r"(?<=[a-zæøå0-9)][.!?])\s+(?=[A-ZÆØÅ])")
_PLAN = r"(?:strategien|planen|rammeplanen|politikken|delstrategien|forslaget|handleplanen)"
# What a sentence must say for its date to be that of the plan's one consultation or adoption.
_DEADLINE = re.compile(r"\bhøringsfristen? (?:er|udløber)\b", re.IGNORECASE)
_HEARING = re.compile(
    rf"\bhøringen (?:løber|varer|foregår|begynder|slutter|finder sted)\b|\bhøringsperioden (?:er|"
    rf"løber|varer)\b|\b{_PLAN} (?:sendes|er) i (?:offentlig )?høring\b",
    re.IGNORECASE,
)
_ADOPTION = re.compile(
    rf"\b{_PLAN} (?:forventes )?(?:endeligt )?(?:vedtages|vedtaget)\b"
    rf"|\b{_PLAN} (?:skal|ventes) (?:endeligt )?vedtage[st]\b",
    re.IGNORECASE,
)


def differing(facts: ProcessFacts) -> Iterator[CheckFinding]:
    """A sentence gives the consultation or the adoption a date it certainly does not have."""
    told = {_HEARING: hearings(facts), _DEADLINE: hearings(facts),
            _ADOPTION: facts.about(facts.of_kind(Kind.ADOPTION))}  # fmt: skip
    for text in facts.texts:
        for sentence in _SENTENCE.split(text.text):
            for words, steps in told.items():
                if len(steps) == 1 and words.search(sentence):
                    yield from _compare(text, sentence, words is _DEADLINE, steps[0])


def _compare(
    text: TextFact, sentence: str, is_deadline: bool, step: CheckedMilestone
) -> Iterator[CheckFinding]:
    dates = [one.reading for one in find(sentence)]
    if len(dates) != 1 or dates[0].status is not ReadingStatus.OK or len(dates[0].spans) != 1:
        return  # nothing, or not certain which date is meant
    said = dates[0].spans[0]
    if not _certainly_differs(said, step.when, is_deadline):
        return
    yield finding(
        "date-in-text",
        _("The text says “%(said)s”, the process plan %(planned)s: %(step)s.")
        % {"said": dates[0].written, "planned": date_of(step), "step": quoted(step)},
        _("In “%(where)s”: %(sentence)s") % {"where": text.title, "sentence": _short(sentence)},
        _("the text of the plan"),
        step,
        about=sentence,
    )


def _certainly_differs(said: TimeSpan, planned: TimeSpan, is_deadline: bool) -> bool:
    if is_deadline and said.modifier is Modifier.BY and said.precision is Precision.DAY:
        said = TimeSpan.day(said.latest_end)
    if said.modifier or planned.modifier:
        return False
    sides = (said.earliest, said.latest, planned.earliest, planned.latest)
    if any(side is None for side in sides):
        return False
    first, last, begin, end = (side or dt.date.min for side in sides)
    if last < begin or end < first:
        return True
    exact = said.is_exact and planned.is_exact
    if is_deadline:
        return exact and first == last != end
    return exact and first != last and begin != end and (first, last) != (begin, end)


def _short(sentence: str) -> str:
    sentence = " ".join(sentence.split())
    return sentence if len(sentence) <= 160 else f"{sentence[:157].rstrip()}…"


TEXT_CHECKS = (differing,)
