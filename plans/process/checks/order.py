"""The order of steps: drafting, consultation, adoption; gaps; dependencies."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from kommuneplan.timespan.phrase import day_words
from kommuneplan.timespan.span import Answer
from plans.enums import MilestoneKind as Kind

from .facts import CheckedMilestone, ProcessFacts
from .findings import CheckFinding, date_of, finding, quoted

_FINISHING = re.compile(
    r"tilret|revider|redig|indarbejd|justér|juster|ændr|færdig|endelig|efter høring|høringssvar"
    r"|layout|tryk|kommunikation|hvidbog|notat|opsamling",
    re.IGNORECASE,
)
_NOT_A_ROUND = re.compile(r"høringssvar|høringsnotat|hvidbog|efter høring|resultat", re.IGNORECASE)
LONGEST_GAP = dt.timedelta(days=183)  # half a year
CONVENTION = "konvention"


def hearings(facts: ProcessFacts, subject: str = "") -> list[CheckedMilestone]:
    """The consultations about one thing that have a date."""
    found = [s for s in facts.of_kind(Kind.HEARING) if not _NOT_A_ROUND.search(s.title)]
    return facts.about(found, subject)


def drafting_after_hearing(facts: ProcessFacts) -> Iterator[CheckFinding]:
    """The draft is written only after everybody has been asked about it."""
    rounds = hearings(facts)
    drafts = [
        s for s in facts.about(facts.of_kind(Kind.DRAFTING)) if not _FINISHING.search(s.title)
    ]
    if not rounds or not drafts:
        return
    first = min(rounds, key=lambda s: s.when.sort_key)
    if all(first.when.before(draft.when) is Answer.CERTAINLY for draft in drafts):
        draft = min(drafts, key=lambda s: s.when.sort_key)
        yield finding(
            "drafting-after-hearing",
            _("%(draft)s comes after the consultation has ended.") % {"draft": quoted(draft)},
            _("A consultation is about a draft, so the draft is usually written before it."),
            CONVENTION,
            first,
            draft,
        )


def hearing_after_adoption(facts: ProcessFacts) -> Iterator[CheckFinding]:
    """A consultation about what has already been adopted."""
    for subject in facts.subjects():
        adoption = facts.final_adoption(subject)
        if adoption is None:
            continue
        for one in hearings(facts, subject):
            if adoption.when.before(one.when) is Answer.CERTAINLY:
                yield finding(
                    "hearing-after-adoption",
                    _("%(hearing)s begins after the adoption (%(date)s).")
                    % {"hearing": quoted(one), "date": date_of(adoption)},
                    _("Answers can only be taken into account before the plan is adopted."),
                    CONVENTION,
                    one,
                    adoption,
                )


def adoption_before_hearing_ends(facts: ProcessFacts) -> Iterator[CheckFinding]:
    """Adopted while people may still answer."""
    for subject in facts.subjects():
        adoption = facts.final_adoption(subject)
        last = adoption.when.latest if adoption else None
        if adoption is None or last is None or adoption.is_vague:
            continue
        for one in hearings(facts, subject):
            end = one.certain_end
            after = adoption.when.before(one.when) is Answer.CERTAINLY
            if end is None or after or _is_only_a_start(one):
                continue
            if last < end or (last == end and one.when.is_exact):
                yield finding(
                    "adoption-before-hearing-ends",
                    _("The adoption (%(date)s) comes before the consultation has ended (%(end)s).")
                    % {"date": date_of(adoption), "end": date_of(one)},
                    _("Answers that come in until the deadline must be able to count."),
                    CONVENTION,
                    adoption,
                    one,
                )


def _is_only_a_start(step: CheckedMilestone) -> bool:
    """One day: the day a consultation begins or ends, not how long it lasts."""
    return step.certain_day is not None


def gap(facts: ProcessFacts) -> Iterator[CheckFinding]:
    """Half a year without any step on the way to the adoption."""
    adoption = facts.final_adoption()
    steps = [s for s in facts.steps if s.when is not None and s.counts]
    if adoption is None or any(_undated(s) for s in facts.steps):
        return
    for n, step in enumerate(steps[1:], start=1):
        begin = step.when.earliest
        ends = [before.when.latest for before in steps[:n]]
        if begin is None or step.when.modifier or any(end is None for end in ends):
            continue
        end = max(ends)
        later = [other.when.earliest for other in steps[n:]]
        if begin > adoption.when.sort_key[0] or None in later or min(later) < begin:
            continue
        if begin - end > LONGEST_GAP:
            last = max(steps[:n], key=lambda s: s.when.latest)
            yield finding(
                "gap",
                _("Nothing happens between %(end)s and %(begin)s.")
                % {"end": day_words(end), "begin": day_words(begin)},
                _("Half a year without a step may be a step that was forgotten, or a wrong year."),
                CONVENTION,
                step,
                last,
            )


def _undated(step: CheckedMilestone) -> bool:
    return step.when is None and step.counts


def dependency_broken(facts: ProcessFacts) -> Iterator[CheckFinding]:
    """A milestone begins before what it waits for is far enough behind."""
    steps = {step.uid: step for step in facts.steps if step.when is not None and step.counts}
    for one in facts.depends:
        step, after = steps.get(one.step), steps.get(one.after)
        if step is None or after is None:
            continue
        short = missing_days(step, after, one.days)
        if short > 0:
            yield finding(
                "dependency",
                _("%(step)s comes %(short)d days too early after %(after)s.")
                % {"step": quoted(step), "short": short, "after": quoted(after)},
                _("It was agreed that %(days)d days should lie between the two.")
                % {"days": one.days}
                if one.days
                else _("It was agreed that the first must be over before the second begins."),
                _("the dependency in the process plan"),
                step,
                after,
                about=one.days,
            )


def missing_days(step: CheckedMilestone, after: CheckedMilestone, days: int) -> int:
    """How many days a milestone certainly begins too early; 0 when that is not certain."""
    begin = step.when.latest_begin or step.when.latest_end
    end = after.certain_end
    if begin is None or end is None or step.is_vague:
        return 0
    return max((end + dt.timedelta(days=days) - begin).days, 0)


ORDER_CHECKS = (
    drafting_after_hearing,
    hearing_after_adoption,
    adoption_before_hearing_ends,
    gap,
    dependency_broken,
)
