"""Papers: what a body treats is ready when its papers are due, and its papers before it meets."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from kommuneplan.timespan.phrase import day_words
from plans.enums import MilestoneKind as Kind
from plans.enums import MilestoneState

from .facts import CheckedMilestone, ProcessFacts
from .findings import CheckFinding, Sureness, date_of, finding, quoted
from .order import CONVENTION
from .readings import Verdict, Window, begins, ends, verdict
from .rounds import periods
from .stages import drafts, is_meeting, is_report, stage

_PAPERS = re.compile(
    r"aflever\w*|indlever\w*|papirfrist|sagsfrist|dagsordensfrist|\b(?:frist|deadline) for "
    r"(?:\w+ ){0,2}(?:materiale|papirer|bilag|sag\w*|dagsorden\w*|indstilling)|til dagsorden",
    re.IGNORECASE,
)

_AGENDA = re.compile(r"dagsorden|indstilling|sagsfremstilling|mødepapir", re.IGNORECASE)


def finished_too_late(facts: ProcessFacts) -> Iterator[CheckFinding]:
    """The consultation ends, or the draft is finished, after the papers had to be handed in."""
    for step in facts.about(facts.steps):
        due = papers_due(facts, step)
        place = stage(step).split()[:1]
        if due is None or step.state == MilestoneState.DONE or place not in (["send"], ["adopt"]):
            continue
        written = facts.about(facts.of_kind(Kind.DRAFTING))
        reports = [s for s in facts.about(facts.steps) if s.counts and s.when and is_report(s)]
        gathered = [s for s in reports if not is_meeting(s)]
        before = drafts(facts) if place == ["send"] else [*periods(facts), *written, *gathered]
        for work in {one.uid: one for one in before}.values():
            late = verdict(ends(work), Window(due, due))
            if late is Verdict.FINE or work.is_vague or work.uid == step.uid:
                continue
            if verdict(ends(work), begins(step)) is not Verdict.FINE:
                continue  # it is not over before the meeting either: another check's
            yield finding(
                "papers",
                _("%(work)s ends after the papers for %(step)s are due (%(due)s).")
                % {"work": quoted(work), "step": quoted(step), "due": day_words(due)},
                _("What comes in so late cannot be in the papers of the meeting."),
                _("the body's deadline for papers"),
                step,
                work,
                about=due,
                certainty=Sureness.of(late),
            )


def papers_due(facts: ProcessFacts, step: CheckedMilestone) -> dt.date | None:
    """The last day papers are taken for a body's turn, where its meeting is known."""
    if not is_meeting(step):
        return None
    if step.meeting is not None:
        return None if step.meeting.cancelled else step.meeting.papers_due
    for body in step.bodies:
        for one in facts.calendars.get(body.uid, ()):
            if one.day == step.certain_day and not one.cancelled:
                return one.papers_due
    return None


def papers_after_meeting(facts: ProcessFacts) -> Iterator[CheckFinding]:
    """A row for the papers of a body that lies after its meetings, or after they were due."""
    for step in facts.steps:
        if step.when is None or not step.counts or is_meeting(step):
            continue
        if step.kind == Kind.HEARING or not _PAPERS.search(step.title):
            continue
        turns = _turns_of(facts, step)
        if not turns:
            continue
        late, _when, turn = min(
            ((_too_late(facts, step, turn), turn.when.sort_key, turn) for turn in turns),
            key=lambda one: one[:2],
        )
        if late is Verdict.FINE:
            continue
        due = papers_due(facts, turn)
        told = {"step": quoted(step), "date": date_of(step), "turn": quoted(turn)}
        after = verdict(ends(step), begins(turn)) is not Verdict.FINE
        if after or due is None:
            message = _("%(step)s (%(date)s) comes after the meeting: %(turn)s, %(day)s.")
            told |= {"day": date_of(turn)}
        else:
            message = _(
                "%(step)s (%(date)s) comes after the papers for %(turn)s are due (%(due)s)."
            )
            told |= {"due": day_words(due)}
        yield finding(
            "papers-after-meeting",
            message % told,
            _("A body reads what it treats before it meets."),
            CONVENTION if after else _("the body's deadline for papers"),
            step,
            turn,
            about=due,
            certainty=Sureness.of(late),
        )


def _too_late(facts: ProcessFacts, step: CheckedMilestone, turn: CheckedMilestone) -> Verdict:
    """After the meeting, or after its papers are due where that is known."""
    due = papers_due(facts, turn)
    of_papers = Verdict.FINE if due is None else verdict(ends(step), Window(due, due))
    return max(verdict(ends(step), begins(turn)), of_papers)


def _turns_of(facts: ProcessFacts, step: CheckedMilestone) -> list[CheckedMilestone]:
    """The meetings that papers are for: those that wait for them, else those of the bodies that
    the row has or names, else the only one; papers "til dagsordenen" may be for any decision."""
    turns = [one for one in facts.steps if one.when is not None and is_meeting(one)]
    waiting = {one.step for one in facts.depends if one.after == step.uid}
    if found := [one for one in turns if one.uid in waiting]:
        return found
    own = {body.uid for body in step.bodies}
    words = set(re.findall(r"\w+", step.title.casefold()))
    title = step.title.casefold()

    def is_meant(one: CheckedMilestone) -> bool:
        return any(
            b.uid in own or b.name.casefold() in title or (b.short and b.short.casefold() in words)
            for b in one.bodies
        )

    found = [one for one in turns if is_meant(one)]
    if found or len(turns) == 1:
        return found or turns
    asked = [one for one in turns if stage(one).split()[:1] in (["send"], ["adopt"])]
    return asked if _AGENDA.search(step.title) else []


PAPER_CHECKS = (finished_too_late, papers_after_meeting)
