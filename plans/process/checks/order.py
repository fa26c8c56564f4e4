"""The order of steps: drafting, consultation, report, adoption; gaps; dependencies."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.utils.translation import gettext as _

from kommuneplan.timespan.phrase import day_words
from kommuneplan.timespan.span import Modifier
from plans.enums import MilestoneState

from .facts import CheckedMilestone, ProcessFacts
from .findings import Action, CheckFinding, Sureness, date_of, finding, quoted
from .readings import ABOUT, Verdict, begins, ends, verdict
from .rounds import hearings, periods
from .stages import WRITING, drafts, is_meeting, is_report, stage

LONGEST_GAP = dt.timedelta(days=183)  # half a year
CONVENTION = "konvention"

__all__ = ["CONVENTION", "ORDER_CHECKS", "hearings"]


def drafting_after_hearing(facts: ProcessFacts) -> Iterator[CheckFinding]:
    """The draft is written, or finished, only after everybody has been asked about it."""
    rounds, written = periods(facts), drafts(facts)
    if not rounds or not written:
        return
    first = min(rounds, key=lambda s: s.when.sort_key)
    late = min(verdict(ends(draft), begins(first), days=1) for draft in written)
    if late is Verdict.FINE:
        return
    draft = min(written, key=lambda s: s.when.sort_key)
    after = verdict(begins(draft), ends(first)) is not Verdict.FINE
    yield finding(
        "drafting-after-hearing",
        (
            _("%(draft)s comes after the consultation has ended.")
            if after
            else _("%(draft)s is not over when the consultation begins (%(date)s).")
        )
        % {"draft": quoted(draft), "date": date_of(first)},
        _("A consultation is about a draft, so the draft is usually written before it."),
        CONVENTION,
        draft,
        first,
        certainty=Sureness.of(late),
    )


def drafting_after_treatment(facts: ProcessFacts) -> Iterator[CheckFinding]:
    """A body treats the plan before any draft of it is written."""
    written = [step for step in drafts(facts) if WRITING.search(step.title)]
    turns = [s for s in facts.about(facts.steps) if s.when and is_meeting(s)]
    for place in ("send", "adopt"):
        here = [s for s in turns if stage(s).split()[:1] == [place]]
        if not here or not written:
            continue
        turn = (
            min(here, key=lambda s: s.when.sort_key)
            if place == "send"
            else max(here, key=lambda s: s.when.sort_key)
        )
        late = min(verdict(ends(draft), begins(turn)) for draft in written)
        if late is not Verdict.FINE:
            draft = min(written, key=lambda s: s.when.sort_key)
            yield finding(
                "drafting-after-treatment",
                _("%(draft)s (%(date)s) is not over when it is treated: %(turn)s, %(day)s.")
                % {"draft": quoted(draft), "date": date_of(draft), "turn": quoted(turn),
                   "day": date_of(turn)},
                _("What a body treats has to be written before the meeting."),
                CONVENTION,
                draft,
                turn,
                certainty=Sureness.of(late),
            )  # fmt: skip


def report_before_hearing_ends(facts: ProcessFacts) -> Iterator[CheckFinding]:
    """The answers are gathered or treated before they can have come in."""
    rounds = [one for one in periods(facts) if one.when.latest is not None]
    if not rounds:
        return
    for step in facts.about(facts.steps):
        if step.when is None or not step.counts or not is_report(step):
            continue
        late = min(verdict(ends(one), ends(step)) for one in rounds)
        if late is Verdict.FINE:
            continue
        one = min(rounds, key=lambda s: s.when.sort_key)
        yield finding(
            "report-before-hearing-ends",
            _("%(report)s (%(date)s) comes before the consultation has ended (%(end)s).")
            % {"report": quoted(step), "date": date_of(step), "end": date_of(one)},
            _("The report is about all answers, and they may come in until the deadline."),
            CONVENTION,
            step,
            one,
            certainty=Sureness.of(late),
        )


def hearing_after_adoption(facts: ProcessFacts) -> Iterator[CheckFinding]:
    """A consultation about what has already been adopted."""
    for subject in facts.subjects():
        adoption = facts.final_adoption(subject)
        if adoption is None:
            continue
        for one in periods(facts, subject):
            late = verdict(begins(one), ends(adoption))
            if late is not Verdict.FINE:
                yield finding(
                    "hearing-after-adoption",
                    _("%(hearing)s begins after the adoption (%(date)s).")
                    % {"hearing": quoted(one), "date": date_of(adoption)},
                    _("Answers can only be taken into account before the plan is adopted."),
                    CONVENTION,
                    one,
                    adoption,
                    certainty=Sureness.of(late),
                )


def adoption_before_hearing_ends(facts: ProcessFacts) -> Iterator[CheckFinding]:
    """Adopted while people may still answer."""
    for subject in facts.subjects():
        adoption = facts.final_adoption(subject)
        if adoption is None:
            continue
        for one in periods(facts, subject):
            late = verdict(ends(one), begins(adoption), days=1)
            if late is Verdict.FINE or verdict(begins(one), ends(adoption)) is not Verdict.FINE:
                continue
            yield finding(
                "adoption-before-hearing-ends",
                _("The adoption (%(date)s) comes before the consultation has ended (%(end)s).")
                % {"date": date_of(adoption), "end": date_of(one)},
                _("Answers that come in until the deadline must be able to count."),
                CONVENTION,
                adoption,
                one,
                certainty=Sureness.of(late),
            )


def gap(facts: ProcessFacts) -> Iterator[CheckFinding]:
    """Half a year without any step on the way to the adoption."""
    adoption = facts.final_adoption()
    steps = [s for s in facts.steps if s.when is not None and s.counts]
    if adoption is None or any(_undated(s) for s in facts.steps):
        return
    for n, step in enumerate(steps[1:], start=1):
        begin = step.when.earliest
        before = [one.when.latest for one in steps[:n]]
        if begin is None or step.when.modifier or any(end is None for end in before):
            continue
        end = max(before)
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
                certainty=Sureness.ADVICE,
                action=Action.EDIT,
            )


def _undated(step: CheckedMilestone) -> bool:
    return step.when is None and step.counts


def dependency_broken(facts: ProcessFacts) -> Iterator[CheckFinding]:
    """A milestone begins before what it waits for is far enough behind (``Dependency``)."""
    steps = {step.uid: step for step in facts.steps if step.when is not None and step.counts}
    for one in facts.depends:
        step, after = steps.get(one.step), steps.get(one.after)
        if step is None or after is None:
            continue
        broken = verdict(ends(after), begins(step), days=one.days)
        if broken is Verdict.FINE:
            continue
        short = missing_days(step, after, one.days)
        told = {"step": quoted(step), "short": short, "after": quoted(after)}
        yield finding(
            "dependency",
            _("%(step)s comes %(short)d days too early after %(after)s.") % told
            if short
            else _("%(step)s hardly comes long enough after %(after)s.") % told,
            _("It was agreed that %(days)d days should lie between the two.") % {"days": one.days}
            if one.days
            else _("It was agreed that the first must be over before the second begins."),
            _("the dependency in the process plan"),
            step,
            after,
            about=one.days,
            certainty=Sureness.of(broken),
        )


def missing_days(step: CheckedMilestone, after: CheckedMilestone, days: int) -> int:
    """How many days a milestone certainly begins too early; 0 when that is not certain."""
    begin, end = begins(step).last, ends(after).first
    if begin is None or end is None:
        return 0
    return max((end + dt.timedelta(days=days) - begin).days, 0)


def outside_what_it_is_within(facts: ProcessFacts) -> Iterator[CheckFinding]:
    """It takes place within another milestone, on days on which that one does not."""
    steps = {step.uid: step for step in facts.steps if step.when is not None and step.counts}
    for step in steps.values():
        outer = steps.get(step.within)
        if outer is None:
            continue
        about = {step.when.modifier, outer.when.modifier} & {Modifier.APPROX}
        margin = ABOUT if about else dt.timedelta()
        first, last = outer.when.earliest, outer.when.latest
        early = first and step.when.latest and step.when.latest + margin < first
        late = last and step.when.earliest and step.when.earliest - margin > last
        if early or late:
            yield finding(
                "outside-within",
                _("%(step)s (%(date)s) takes place within %(outer)s, which is %(when)s.")
                % {"step": quoted(step), "date": date_of(step), "outer": quoted(outer),
                   "when": date_of(outer)},
                _("Move one of them, or say that it does not take place within the other."),
                _("the process plan"),
                step,
                outer,
                certainty=Sureness.LOOK if about else Sureness.IMPOSSIBLE,
            )  # fmt: skip


def done_on_another_day(facts: ProcessFacts) -> Iterator[CheckFinding]:
    """Done on a day that is none of those it is planned for."""
    for step in facts.steps:
        day = step.done_on
        if day is None or step.when is None or step.state != MilestoneState.DONE:
            continue
        is_early = step.when.earliest is not None and day < step.when.earliest
        lasts = step.lasts
        is_late = step.when.latest is not None and day > step.when.latest and not lasts
        if (is_early or is_late) and not step.is_vague:
            yield finding(
                "done-on-another-day",
                _("%(step)s is marked as done on %(day)s, but planned for %(date)s.")
                % {"step": quoted(step), "day": day_words(day), "date": date_of(step)},
                _("One of the two days is wrong, or the milestone was moved and nobody wrote it."),
                _("the process plan"),
                step,
                about=day,
                action=Action.STATUS,
            )


ORDER_CHECKS = (
    drafting_after_hearing,
    drafting_after_treatment,
    report_before_hearing_ends,
    hearing_after_adoption,
    adoption_before_hearing_ends,
    gap,
    dependency_broken,
    outside_what_it_is_within,
    done_on_another_day,
)
