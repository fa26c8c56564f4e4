"""The plan as a whole: its own date, its family, and whether it is looked at again."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from kommuneplan.timespan.phrase import day_words, phrase
from kommuneplan.timespan.span import Answer
from plans.enums import MilestoneKind as Kind
from plans.enums import MilestoneState, PlanKind

from .facts import ProcessFacts
from .findings import Action, CheckFinding, Sureness, date_of, finding, quoted
from .order import CONVENTION

_LOOKED_AT_AGAIN = re.compile(r"evaluer|opfølgning|følges op|\bstatus|revision|revider", re.I)
_REVIEWED = {
    PlanKind.FRAMEWORK_PLAN, PlanKind.STRATEGY, PlanKind.POLICY, PlanKind.SUB_STRATEGY,
    PlanKind.TARGET_GROUP_PLAN, PlanKind.ACTION_PLAN,
}  # fmt: skip
_BELOW = {PlanKind.SUB_STRATEGY, PlanKind.TARGET_GROUP_PLAN, PlanKind.CENTRE_PLAN}
_ABOVE = {PlanKind.FRAMEWORK_PLAN, PlanKind.BASIS_PAPER, PlanKind.STRATEGY}


def before_document(facts: ProcessFacts) -> Iterator[CheckFinding]:
    """Planned for a time before the document was written."""
    written = facts.document_date
    for step in facts.steps:
        last = step.when.latest if step.when else None
        if written is None or last is None or step.state != MilestoneState.PLANNED:
            continue
        if last < written and not step.is_vague:
            yield finding(
                "before-document",
                _("%(step)s lies before the date of the document (%(day)s).")
                % {"step": quoted(step), "day": day_words(written)},
                _("Mark it as done if it has taken place; else the year may be wrong."),
                CONVENTION,
                step,
                about=written,
                action=Action.EDIT,
            )


def framework_first(facts: ProcessFacts) -> Iterator[CheckFinding]:
    """A sub-strategy that is adopted before the plan it stands under."""
    own = facts.final_adoption()
    if own is None or own.is_vague:
        return
    reason = _("A plan follows the one it stands under, so that one is usually adopted first.")
    for other in facts.family:
        if other.adoption is None or other.adoption.modifier:
            continue
        below, above = (facts.kind, other.kind) if other.is_parent else (other.kind, facts.kind)
        if below not in _BELOW or above not in _ABOVE:
            continue
        lower, upper = (own.when, other.adoption) if other.is_parent else (other.adoption, own.when)
        if lower.before(upper) is not Answer.CERTAINLY:
            continue
        told = {"title": other.title, "date": phrase(other.adoption)}
        message = (
            _("The adoption comes before that of “%(title)s”, which it stands under (%(date)s).")
            if other.is_parent
            else _("“%(title)s” stands under this plan and is adopted before it (%(date)s).")
        )
        yield finding(
            "framework-first", message % told, reason, CONVENTION, own, about=[other.uid, told]
        )
    yield from _inside(facts, reason)


def _inside(facts: ProcessFacts, reason: str) -> Iterator[CheckFinding]:
    """The same between two rows of a framework plan's own process plan."""
    own, sub = facts.final_adoption(), facts.final_adoption("sub_strategy")
    if facts.kind != PlanKind.FRAMEWORK_PLAN or own is None or sub is None or sub.is_vague:
        return
    if sub.when.before(own.when) is Answer.CERTAINLY:
        yield finding(
            "framework-first",
            _("%(sub)s comes before the adoption of the framework plan.") % {"sub": quoted(sub)},
            reason,
            CONVENTION,
            sub,
            own,
        )


def evaluation(facts: ProcessFacts) -> Iterator[CheckFinding]:
    """Nothing says when the plan is looked at again."""
    if facts.kind not in _REVIEWED or facts.final_adoption() is None:
        return
    again = any(
        step.kind in {Kind.EVALUATION, Kind.STATUS}
        or _LOOKED_AT_AGAIN.search(f"{step.title} {step.description}")
        for step in facts.steps
        if step.counts
    )
    if not again:
        yield finding(
            "evaluation",
            _("The process plan does not say when the plan is evaluated or followed up."),
            _("Most municipalities look at a plan every year and revise it every fourth."),
            _("the usual practice of municipalities"),
            certainty=Sureness.ADVICE,
            action=Action.ADD,
        )


_BEFORE_THE_END = {Kind.DRAFTING, Kind.HEARING, Kind.ADOPTION}
_WITHIN = {Kind.IMPLEMENTATION, Kind.STATUS}
_AFTER = 1  # years: what comes later than that is another plan's, or another year


def outside_period(facts: ProcessFacts) -> Iterator[CheckFinding]:
    """Outside the years the plan is for: made only after them, or carried out before or after."""
    begin, end = facts.first_year, facts.last_year
    if begin is None and end is None:
        return
    for step in facts.steps:
        if step.when is None or not step.counts or step.is_vague or facts.subject(step):
            continue
        first, last = step.when.earliest, step.when.latest
        late = first.year - end if end and first else 0
        early = begin is not None and last is not None and last.year < begin
        if late > 0 and step.kind in _BEFORE_THE_END:
            certainty = Sureness.IMPOSSIBLE
        elif late > (0 if step.kind in _WITHIN else _AFTER) or (early and step.kind in _WITHIN):
            certainty = Sureness.LOOK
        else:
            continue
        years = "–".join(str(year) for year in dict.fromkeys((begin, end)) if year)
        yield finding(
            "outside-period",
            _("%(step)s (%(date)s) lies outside the plan's period (%(years)s).")
            % {"step": quoted(step), "date": date_of(step), "years": years},
            _("The year may be wrong, here or in what is said of the plan."),
            _("the plan's period"),
            step,
            about=years,
            certainty=certainty,
        )


WHOLE_CHECKS = (before_document, framework_first, evaluation, outside_period)
