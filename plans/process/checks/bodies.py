"""The bodies in their order: the committee recommends, the finance committee follows, the council
decides (``plans.lifecycle.chain.proposed_bodies``; practice §1: one matter, three bodies in turn).
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from django.utils.translation import gettext as _

from kommuneplan.timespan.phrase import day_words

from .facts import BodyFact, CheckedMilestone, ProcessFacts, TreatmentFact
from .findings import Action, CheckFinding, Sureness, date_of, finding, quoted
from .order import CONVENTION
from .readings import Verdict, Window, begins, ends, verdict
from .rounds import periods
from .stages import is_meeting, matter_keys

_Turn = tuple[CheckedMilestone, BodyFact]


def out_of_order(facts: ProcessFacts) -> Iterator[CheckFinding]:
    """A body treats a matter only after the one that decides it.

    Several turns of a body with one matter are usual (sent back, two readings): it speaks only
    where none of the earlier body's turns can come before any of the later's.
    """
    told: set[tuple[str, str]] = set()
    for turns in _matters(facts):
        for low, high in itertools.combinations(facts.chain, 2):
            lower = [step for step, body in turns if body.uid == low]
            higher = [step for step, body in turns if body.uid == high]
            pairs = [
                (verdict(ends(a), begins(b)), b.when.sort_key, a, b)
                for a in lower
                for b in higher
                if a.uid != b.uid
            ]
            if not pairs or len(pairs) < len(lower) * len(higher):
                continue  # nobody, or both at one meeting
            late, _when, first, then = min(pairs, key=lambda p: (p[0], p[1]))
            if late is Verdict.FINE or (first.uid, then.uid) in told:
                continue
            told.add((first.uid, then.uid))
            names = {body.uid: body.name for _s, body in turns}
            yield finding(
                "bodies-out-of-order",
                _("%(low)s (%(day)s) comes after %(high)s (%(then)s).")
                % {"low": names[low], "day": date_of(first), "high": names[high],
                   "then": date_of(then)},
                _("The matter goes through the bodies in turn: committee, finance committee, "
                  "council. %(first)s must come before %(then)s.")
                % {"first": quoted(first), "then": quoted(then)},
                _("the chain of bodies"),
                first,
                then,
                certainty=Sureness.of(late),
            )  # fmt: skip


def _matters(facts: ProcessFacts) -> list[list[_Turn]]:
    """The turns of the bodies of the chain, by what they are about; those with the draft before
    the consultation are not those with the plan after it."""
    groups: dict[tuple[str, str, str], list[_Turn]] = {}
    rounds = periods(facts)
    for step in facts.steps:
        if step.when is None or not is_meeting(step):
            continue
        bodies = [body for body in step.bodies if body.uid in facts.chain]
        early = bool(rounds) and all(
            verdict(begins(one), ends(step)) is Verdict.IMPOSSIBLE for one in rounds
        )
        for subject, by, words in matter_keys(step, facts):
            place = f"{words} early" if early and by == "stage" else words
            groups.setdefault((subject, by, place), []).extend((step, b) for b in bodies)
    return [groups[key] for key in sorted(groups)]


# --- matters that were put before the bodies ----------------------------------------------------


def _by_matter(facts: ProcessFacts) -> Iterator[list[TreatmentFact]]:
    rows = sorted(facts.treatments, key=lambda t: (t.matter, t.position))
    for _uid, group in itertools.groupby(rows, key=lambda t: t.matter):
        yield list(group)


def matter_out_of_order(facts: ProcessFacts) -> Iterator[CheckFinding]:
    """In a matter that was submitted, a body comes before the one ahead of it."""
    rank = {uid: place for place, uid in enumerate(facts.chain)}
    for turns in _by_matter(facts):
        for first, then in itertools.pairwise(turns):
            days = first.day and then.day and then.day < first.day
            skipped = then.decided and not first.decided
            turned = rank.get(then.body.uid, 99) < rank.get(first.body.uid, -1)
            if not days and not skipped and not turned:
                continue
            told = {"title": first.title, "first": first.body.name, "then": then.body.name}
            if days:
                told |= {"day": day_words(then.day), "before": day_words(first.day)}
                words = _("“%(title)s”: %(then)s on %(day)s comes before %(first)s on %(before)s.")
            elif skipped:
                words = _("“%(title)s”: %(then)s has decided, and %(first)s has not.")
            else:
                words = _("“%(title)s”: %(first)s is asked before %(then)s.")
            yield finding(
                "matter-out-of-order",
                words % told,
                _("Each body recommends to the next one. Correct the day, the meeting or the "
                  "outcome on the page of the matter."),
                _("the chain of bodies"),
                about=[first.matter, first.position, then.position, first.day, then.day, skipped],
                certainty=Sureness.IMPOSSIBLE if days else Sureness.LOOK,
                action=Action.MATTER,
                target=first.matter,
            )  # fmt: skip


def matter_meeting(facts: ProcessFacts) -> Iterator[CheckFinding]:
    """A body's turn on a cancelled meeting, or an outcome from before its meeting."""
    for one in facts.treatments:
        meeting = one.meeting
        if meeting is None:
            continue
        told = {"title": one.title, "body": one.body.name, "day": day_words(meeting.day)}
        if meeting.cancelled and not one.decided and one.is_open:
            yield finding(
                "matter-meeting-cancelled",
                _("“%(title)s”: the meeting of %(body)s on %(day)s is cancelled.") % told,
                _("The matter needs another meeting."),
                _("the body's calendar of meetings"),
                about=[one.matter, one.position, meeting.day],
                certainty=Sureness.IMPOSSIBLE,
                action=Action.MATTER,
                target=one.matter,
            )
        elif one.decided and one.day and one.day < meeting.day:
            yield finding(
                "outcome-before-meeting",
                _("“%(title)s”: the outcome of %(body)s is dated %(decided)s, before its meeting "
                  "on %(day)s.") % {**told, "decided": day_words(one.day)},
                _("Correct the day of the outcome or the meeting on the page of the matter."),
                _("the body's calendar of meetings"),
                about=[one.matter, one.position, one.day, meeting.day],
                certainty=Sureness.IMPOSSIBLE,
                action=Action.MATTER,
                target=one.matter,
            )  # fmt: skip


def matter_while_people_answer(facts: ProcessFacts) -> Iterator[CheckFinding]:
    """A body is to adopt on a day on which people may still answer."""
    for one in facts.treatments:
        if not (one.adopts and one.is_open and one.day and not one.decided):
            continue
        for period in periods(facts):
            late = verdict(ends(period), Window(one.day, one.day), days=1)
            begun = verdict(begins(period), Window(one.day, one.day)) is Verdict.FINE
            if late is not Verdict.FINE and begun:
                yield finding(
                    "matter-before-hearing-ends",
                    _("“%(title)s” is treated by %(body)s on %(day)s, before the consultation has "
                      "ended (%(end)s).")
                    % {"title": one.title, "body": one.body.name, "day": day_words(one.day),
                       "end": date_of(period)},
                    _("Answers that come in until the deadline must be able to count."),
                    CONVENTION,
                    period,
                    about=[one.matter, one.position, one.day],
                    certainty=Sureness.of(late),
                    action=Action.MATTER,
                    target=one.matter,
                )  # fmt: skip


BODY_CHECKS = (out_of_order, matter_out_of_order, matter_meeting, matter_while_people_answer)
