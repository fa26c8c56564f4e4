"""The consultations of the process plan and the rounds that are really held: one told by the other.

A round that was announced is what is so (``plans.consultations``); what the process plan says of
it is looked at. Where both are there, every other check goes by the round.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace

from django.utils.translation import gettext as _

from kommuneplan.timespan.phrase import phrase
from kommuneplan.timespan.span import Modifier, TimeSpan
from plans.enums import MilestoneKind as Kind

from .facts import CheckedMilestone, ProcessFacts, RoundFact
from .findings import Action, CheckFinding, Sureness, date_of, finding, quoted
from .readings import ABOUT, Verdict

_NOT_A_ROUND = re.compile(r"høringssvar|høringsnotat|hvidbog|efter høring|resultat", re.IGNORECASE)
_DEADLINE = re.compile(
    r"(?:høringsfrist|(?:frist|sidste dag)\w{0,20} for (?:\w{1,40} ){0,2}høringssvar"
    r"|høringssvar skal være)",
    re.IGNORECASE,
)
FARTHEST = 366  # days, begin and end together: another consultation than the round


def hearings(facts: ProcessFacts, subject: str = "") -> list[CheckedMilestone]:
    """The consultations about one thing that the process plan has, with the dates it gives."""
    found = [s for s in facts.of_kind(Kind.HEARING) if not _NOT_A_ROUND.search(s.title)]
    return facts.about(found, subject)


def periods(facts: ProcessFacts, subject: str = "") -> list[CheckedMilestone]:
    """The consultations as they are: a milestone's dates are its round's where it has one, and a
    round that no milestone tells stands for itself."""
    rows = hearings(facts, subject)
    if subject:
        return rows
    pairs = told_by(facts)
    known = {step.uid: one for step, one in pairs}
    real = [replace(s, when=span_of(known[s.uid])) if s.uid in known else s for s in rows]
    told = {one.uid for _step, one in pairs}
    return real + [_step(one) for one in standing(facts) if one.uid not in told]


def standing(facts: ProcessFacts) -> list[RoundFact]:
    """The rounds that were announced and not withdrawn, in order; of those that are held one after
    the other as one milestone, the last, whose dates the milestone has."""
    rows = sorted((r for r in facts.rounds if not r.withdrawn), key=lambda r: (r.first, r.uid))
    newest = {one.milestone or one.uid: one.uid for one in rows}
    return [one for one in rows if newest[one.milestone or one.uid] == one.uid]


def span_of(one: RoundFact) -> TimeSpan:
    """From the day it opens to the last day of answering."""
    return TimeSpan.between(one.first, one.last)


def _step(one: RoundFact) -> CheckedMilestone:
    return CheckedMilestone(
        f"round:{one.uid}", one.title, span_of(one), Kind.HEARING.value, round=one.uid
    )


def told_by(facts: ProcessFacts) -> list[tuple[CheckedMilestone, RoundFact]]:
    """Which milestone is which round: those that take their dates from one, then the nearest
    pairs, each once."""
    found = [
        (-1 if one.milestone == step.uid else distance, step.uid, one.uid, step, one)
        for step in hearings(facts)
        for one in standing(facts)
        if (distance := _distance(step, one)) <= FARTHEST
    ]
    pairs: list[tuple[CheckedMilestone, RoundFact]] = []
    for _d, _s, _o, step, one in sorted(found, key=lambda f: f[:3]):
        if all(step.uid != s.uid and one.uid != o.uid for s, o in pairs):
            pairs.append((step, one))
    return pairs


def _distance(step: CheckedMilestone, one: RoundFact) -> int:
    """Days between the periods' begins and ends together; what a vague date leaves open is 0."""
    span = step.when
    begin = _outside(one.first, span.earliest_begin, span.latest_begin or span.latest)
    end = _outside(one.last, span.earliest_end or span.earliest, span.latest_end)
    return min(begin, end) * 2 if step.certain_day else begin + end


def _outside(day: dt.date, first: dt.date | None, last: dt.date | None) -> int:
    if first is not None and day < first:
        return (first - day).days
    if last is not None and day > last:
        return (day - last).days
    return 0


def differing(facts: ProcessFacts) -> Iterator[CheckFinding]:
    """The process plan gives a consultation other dates than the round has."""
    for step, one in told_by(facts):
        said = against(step, one)
        if said is Verdict.FINE:
            continue
        yield finding(
            "hearing-differs-from-round",
            _("The process plan says %(planned)s for %(step)s; the consultation is open %(real)s.")
            % {"planned": date_of(step), "step": quoted(step), "real": phrase(span_of(one))},
            _("People answer by the consultation's own dates. Give the milestone the same, or look "
              "at the consultation."),
            _("the consultation itself"),
            step,
            _step(one),
            certainty=Sureness.of(said),
        )  # fmt: skip


def against(step: CheckedMilestone, one: RoundFact) -> Verdict:
    """Can the milestone's date be that of the round?"""
    span = step.when
    if span.modifier is Modifier.APPROX:
        first, last = span.earliest and span.earliest - ABOUT, span.latest and span.latest + ABOUT
        away = _outside(one.first, first, last) and _outside(one.last, first, last)
        return Verdict.UNLIKELY if away else Verdict.FINE
    if step.certain_day is not None:
        inside = one.first <= step.certain_day <= one.last
        return Verdict.FINE if inside else Verdict.IMPOSSIBLE
    if span.is_exact:
        same = (one.first, one.last) == (span.earliest, span.latest)
        return Verdict.FINE if same else Verdict.IMPOSSIBLE
    if span.modifier is Modifier.BY:
        return Verdict.IMPOSSIBLE if _outside(one.last, None, span.latest) else Verdict.FINE
    if span.modifier is Modifier.FROM:
        return Verdict.IMPOSSIBLE if _outside(one.first, span.earliest, None) else Verdict.FINE
    apart = (span.latest and one.first > span.latest) or (
        span.earliest and one.last < span.earliest
    )
    return Verdict.IMPOSSIBLE if apart else Verdict.FINE


def untold(facts: ProcessFacts) -> Iterator[CheckFinding]:
    """A round that the process plan has no consultation for."""
    told = {one.uid for _step, one in told_by(facts)}
    cancelled = [s for s in facts.steps if s.kind == Kind.HEARING and not s.counts and s.when]
    for one in standing(facts):
        if one.uid in told:
            continue
        dropped = [s for s in cancelled if not facts.subject(s) and _distance(s, one) <= FARTHEST]
        told_off = dropped[:1]
        yield finding(
            "round-not-in-plan",
            _("The consultation “%(title)s” (%(real)s) is not in the process plan.")
            % {"title": one.title, "real": phrase(span_of(one))}
            if not told_off
            else _("%(step)s is cancelled in the process plan, but the consultation is open "
                   "%(real)s.") % {"step": quoted(told_off[0]), "real": phrase(span_of(one))},
            _("Who reads the process plan does not see that there is a consultation."),
            _("the consultation itself"),
            *told_off,
            _step(one),
            certainty=Sureness.IMPOSSIBLE if told_off else Sureness.LOOK,
            action=Action.EDIT if told_off else Action.ADD,
        )  # fmt: skip


def withdrawn(facts: ProcessFacts) -> Iterator[CheckFinding]:
    """The process plan still tells of a round that was withdrawn, and no other stands for it."""
    told = {step.uid for step, _one in told_by(facts)}
    gone = [one for one in facts.rounds if one.withdrawn]
    for step in hearings(facts):
        if step.uid in told:
            continue
        for one in gone:
            exact = step.when.is_exact and step.certain_day is None
            if exact and against(step, one) is Verdict.FINE:
                yield finding(
                    "round-withdrawn",
                    _("%(step)s is planned for %(planned)s, but that consultation was withdrawn.")
                    % {"step": quoted(step), "planned": date_of(step)},
                    _("Move the milestone to when it is held again, or cancel it."),
                    _("the consultation itself"),
                    step,
                    _step(one),
                    certainty=Sureness.IMPOSSIBLE,
                    action=Action.EDIT,
                )


def deadline(facts: ProcessFacts) -> Iterator[CheckFinding]:
    """A row for the deadline of the answers that is not the last day of any consultation."""
    spoken = [s for s in facts.steps if s.counts and s.when and s.kind != Kind.HEARING]
    known = [one for one in periods(facts) if one.certain_day is None and one.when.is_exact]
    for step in spoken:
        day = step.certain_day
        if step.when.modifier is Modifier.BY and step.when.latest:
            day = step.when.latest
        if day is None or not known or not _DEADLINE.search(step.title):
            continue
        if any(one.when.latest == day for one in known):
            continue
        near = min(known, key=lambda one: abs((one.when.latest - day).days))
        yield finding(
            "hearing-deadline-differs",
            _("%(step)s is %(day)s; the consultation ends %(end)s.")
            % {"step": quoted(step), "day": date_of(step), "end": phrase(
                TimeSpan.day(near.when.latest))},
            _("Two deadlines cannot both hold for everybody."),
            _("the consultation itself") if near.round else _("the process plan"),
            step,
            near,
            certainty=Sureness.IMPOSSIBLE if len(known) == 1 else Sureness.LOOK,
        )  # fmt: skip


ROUND_CHECKS = (differing, untold, withdrawn, deadline)
