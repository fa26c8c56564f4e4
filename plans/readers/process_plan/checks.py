"""What is odd about a draft: order, weekends, the document's date, dates that do not agree."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from kommuneplan.timespan import danish
from kommuneplan.timespan.calendar import holiday_name
from kommuneplan.timespan.span import Precision, ReadingStatus, TimeSpan

from ..files.deadline import Deadline
from ..files.messages import gettext as _
from .bodies import Directory, kind_of_name
from .draft import DraftMilestone
from .steps import DraftStep
from .vocabulary import BodyCategory, MilestoneCategory

MET_IN_PERSON = {MilestoneCategory.MEETING, MilestoneCategory.ADOPTION}


def council_adopts(milestones: list[DraftMilestone], deadline: Deadline) -> list[DraftMilestone]:
    """Where the council decides later, the committee only recommends."""
    result = []
    for index, milestone in enumerate(deadline.over(milestones)):
        lead = kind_of_name(milestone.body) if milestone.body else None
        others = milestones[:index] + milestones[index + 1 :]
        recommends = milestone.kind == MilestoneCategory.ADOPTION and lead is BodyCategory.COMMITTEE
        if recommends and any(_adopted_by_council(other, milestone) for other in others):
            note = _("The council decides later; the committee's treatment is kept as a meeting.")
            milestone = replace(
                milestone,
                kind=MilestoneCategory.MEETING.value,
                warnings=(*milestone.warnings, note),
            )
        if milestone.kind == MilestoneCategory.ADOPTION and _goes_to_hearing(milestone, milestones):
            note = _("A consultation and a later adoption follow; kept as a meeting.")
            milestone = replace(
                milestone,
                kind=MilestoneCategory.MEETING.value,
                warnings=(*milestone.warnings, note),
            )
        result.append(milestone)
    return result


def _goes_to_hearing(milestone: DraftMilestone, others: list[DraftMilestone]) -> bool:
    """ "Vedtager forslag til …" before a consultation only releases the proposal."""
    if not re.search(r"(?i)\b(?:forslag|udkast|høring)", milestone.title):
        return False
    begins = [_begin(m) for m in others if m.kind == MilestoneCategory.HEARING]
    adopted = [
        _begin(m) for m in others if m.kind == MilestoneCategory.ADOPTION and m is not milestone
    ]
    mine = _begin(milestone)
    return any(
        mine and hearing and adoption and mine <= hearing <= adoption
        for hearing in begins
        for adoption in adopted
    )


def _begin(milestone: DraftMilestone) -> dt.date | None:
    return milestone.span.earliest_begin if milestone.span else None


def _adopted_by_council(other: DraftMilestone, milestone: DraftMilestone) -> bool:
    if (
        other.kind != MilestoneCategory.ADOPTION
        or kind_of_name(other.body or "-") is not BodyCategory.COUNCIL
    ):
        return False
    mine, theirs = milestone.span, other.span
    if mine is None or theirs is None or mine.earliest_begin is None or theirs.latest_end is None:
        return True
    return mine.earliest_begin <= theirs.latest_end


def with_warnings(
    milestones: Sequence[DraftMilestone], document_date: dt.date | None
) -> list[DraftMilestone]:
    """Each milestone with what is odd about its date."""
    return [
        replace(
            milestone,
            warnings=tuple(dict.fromkeys((*milestone.warnings, *_odd(milestone, document_date)))),
        )
        for milestone in milestones
    ]


def _odd(milestone: DraftMilestone, document_date: dt.date | None) -> list[str]:
    span = milestone.span
    if milestone.reading.status is ReadingStatus.REJECT and not milestone.reading.notes:
        return [_("“%(words)s” is not a possible date.") % {"words": milestone.reading.written}]
    if span is None:
        return []
    odd = []
    if document_date and span.latest_end and span.latest_end < document_date:
        odd.append(_("The date lies before the document's own date."))
    day = span.earliest_begin
    if span.precision is Precision.DAY and day and milestone.kind in MET_IN_PERSON:
        feast = holiday_name(day)
        if feast:
            odd.append(_("The meeting falls on a holiday (%(name)s).") % {"name": feast})
        elif day.weekday() >= 5:
            odd.append(_("The meeting falls on a weekend."))
    return odd


def with_prose(
    milestones: Sequence[DraftMilestone], prose: Iterable[DraftStep], year: int | None,
    directory: Directory,
) -> list[DraftMilestone]:  # fmt: skip
    """Where the text around the plan is more exact than the plan ("december", "2. december")."""
    result = list(milestones)
    for step in prose:
        span = danish.read(step.when, year=year).span if step.when else None
        if span is None or span.precision is not Precision.DAY:
            continue
        for index, milestone in enumerate(result):
            if (
                milestone.span
                and _narrower(span, milestone.span)
                and _same_matter(step, milestone, directory)
            ):
                note = _("The text says “%(words)s”, the plan only “%(plan)s”.") % {
                    "words": step.when,
                    "plan": milestone.reading.written,
                }
                result[index] = replace(milestone, warnings=(*milestone.warnings, note))
    return result


def _narrower(inner: TimeSpan, outer: TimeSpan) -> bool:
    if not (
        inner.earliest_begin and outer.earliest_begin and outer.latest_end and inner.latest_end
    ):
        return False
    length = outer.latest_end - outer.earliest_begin
    inside = outer.earliest_begin <= inner.earliest_begin and inner.latest_end <= outer.latest_end
    return inside and dt.timedelta(0) < length < dt.timedelta(days=62)


def _same_matter(step: DraftStep, milestone: DraftMilestone, directory: Directory) -> bool:
    bodies = {body.name for body in directory.find(step.context or step.text)}
    mine, theirs = content_words(step.context or step.text), content_words(milestone.title)
    return len(mine & theirs) >= 2 or (milestone.body in bodies and bool(mine & theirs))


def content_words(text: str) -> set[str]:
    """The stems of the longer words, to compare two texts by."""
    return {word[:7] for word in re.findall(r"[a-zæøå]{5,}", text.lower())}
