"""Consultations: how long, across which holidays, who is heard, what the law asks for."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommuneplan.timespan import calendar as cal
from kommuneplan.timespan.phrase import day_words
from kommuneplan.timespan.span import Answer, Modifier

from .facts import CheckedMilestone, ProcessFacts
from .findings import Action, CheckFinding, Sureness, finding, quoted
from .rounds import hearings, periods

DAY = dt.timedelta(days=1)
TOLERANCE = 2  # days; both ways of counting weeks are in use (practice §4)
OBJECTIONS_DAYS = 28
_COUNCILS = {
    "disability": re.compile(r"handicapråd|\bHR\b", re.IGNORECASE),
    "seniors": re.compile(r"ældreråd|seniorråd|\bÆR\b", re.IGNORECASE),
}


def longest(step: CheckedMilestone) -> int | None:
    """The most days a consultation can last, both days counted; None where it may last longer.

    One day alone is the day it begins or ends, and says nothing about how long it lasts.
    """
    span = step.when
    if span is None or span.modifier is not Modifier.NONE or step.certain_day is not None:
        return None
    if span.earliest is None or span.latest is None:
        return None
    return (span.latest - span.earliest).days + 1


def too_short(facts: ProcessFacts) -> Iterator[CheckFinding]:
    """Shorter than the law, or else than the municipality's own rule."""
    rules = facts.rules
    for one in periods(facts):
        days = longest(one)
        if days is None:
            continue
        told = {"days": days, "hearing": quoted(one)}
        if rules.law_weeks and days <= rules.law_weeks * 7 - TOLERANCE:
            yield finding(
                "hearing-shorter-than-law",
                _("%(hearing)s is %(days)d days; the law asks for %(weeks)d weeks.")
                % {**told, "weeks": rules.law_weeks},
                _("Counted with the first and the last day. Both ways of counting weeks are "
                  "accepted, so up to a day is not mentioned."),
                f"planloven {rules.law}",
                one,
                about=rules.law_weeks,
                certainty=Sureness.IMPOSSIBLE,
            )  # fmt: skip
        elif days <= rules.shortest_hearing_days - TOLERANCE:
            yield finding(
                "hearing-shorter-than-own-rule",
                _("%(hearing)s is %(days)d days; the municipality's own rule is %(rule)d days.")
                % {**told, "rule": rules.shortest_hearing_days},
                _("The councils and organisations need time to hold a meeting before they answer."),
                _("the municipality's settings"),
                one,
                about=rules.shortest_hearing_days,
                certainty=Sureness.ADVICE,
            )


def holidays_in(first: dt.date, last: dt.date) -> list[tuple[str, dt.date, dt.date]]:
    """July, Christmas and Easter as far as they lie in a period, in order."""
    found = []
    for year in range(first.year - 1, last.year + 1):
        easter = cal.break_window(year, cal.Break.EASTER)
        christmas = cal.break_window(year, cal.Break.CHRISTMAS_BREAK)
        july = cal.month_window(year, 7)
        for name, (begin, end) in ((_("Easter"), easter), (_("July"), july),
                                   (_("Christmas"), christmas)):  # fmt: skip
            if begin <= last and first <= end:
                found.append((str(name), max(begin, first), min(end, last)))
    return sorted(found, key=lambda one: one[1])


def working_days(first: dt.date, last: dt.date) -> int:
    """Working days of a period outside July, Christmas and Easter."""
    away = holidays_in(first, last)
    days = (first + DAY * n for n in range((last - first).days + 1))
    return sum(
        cal.is_working_day(day) and not any(begin <= day <= end for _n, begin, end in away)
        for day in days
    )


def across_holidays(facts: ProcessFacts) -> Iterator[CheckFinding]:
    """Across July, Christmas or Easter with too few working weeks beside them, whichever reading
    of its dates is taken. No law says so: advice by the municipality's own setting (practice §4).
    """
    weeks = facts.rules.hearing_weeks_outside_holidays
    for one in periods(facts):
        span = one.when
        if not weeks or longest(one) is None:
            continue
        away = holidays_in(span.earliest, span.latest)
        days = working_days(span.earliest, span.latest)
        if away and days < weeks * 5 and (span.is_exact or not days):
            names = list(dict.fromkeys(name for name, _b, _e in away))
            yield finding(
                "hearing-across-holidays",
                ngettext(
                    "%(hearing)s lies across %(names)s and leaves %(days)d working day outside.",
                    "%(hearing)s lies across %(names)s and leaves %(days)d working days outside.",
                    days,
                )
                % {"hearing": quoted(one), "names": _(" and ").join(names), "days": days},
                _("Many are away then. %(weeks)d weeks of five working days should be left; add "
                  "the time or move the consultation.") % {"weeks": weeks},
                _("the municipality's settings"),
                one,
                about=weeks,
                certainty=Sureness.ADVICE,
            )  # fmt: skip


def objections(facts: ProcessFacts) -> Iterator[CheckFinding]:
    """With objections in time, a plan proposal is adopted four weeks later at the earliest."""
    adoption = facts.final_adoption()
    if not facts.rules.objections or adoption is None or adoption.is_vague:
        return
    for one in periods(facts):
        end, last = one.certain_end, adoption.when.latest
        if end is None or last is None or one.certain_day is not None:
            continue
        if one.when.before(adoption.when) is not Answer.CERTAINLY:
            continue
        earliest = end + DAY * OBJECTIONS_DAYS
        if last < earliest:
            yield finding(
                "objections",
                _("If objections come in, the plan can be adopted on %(day)s at the earliest.")
                % {"day": day_words(earliest)},
                _("Adoption is then possible four weeks after the deadline at the earliest."),
                "planloven § 27",
                adoption,
                one,
                certainty=Sureness.LOOK,
            )


def councils(facts: ProcessFacts) -> Iterator[CheckFinding]:
    """The councils that are to be heard are not named anywhere in the process plan."""
    rounds = hearings(facts)
    if not rounds:
        return
    named = " ".join(
        part
        for step in facts.steps
        if step.counts
        for part in (step.title, step.description, step.others, *(b.name for b in step.bodies))
    )
    words = {
        "disability": (
            _("The process plan does not say that the disability council is heard."),
            _("It is heard about all matters of importance to people with disabilities."),
            "retssikkerhedsloven § 37 a, stk. 2",
        ),
        "seniors": (
            _("The process plan does not say that the senior citizens' council is heard."),
            _("It is heard as the agreement with it says; without one, about all proposals that "
              "concern older people."),
            "retssikkerhedsloven § 30, stk. 3",
        ),
    }  # fmt: skip
    for council in facts.rules.councils:
        if not _COUNCILS[council].search(named):
            message, reason, law = words[council]
            asked = sorted(step.uid for step in rounds)
            body = next(
                (one for one in facts.councils if _COUNCILS[council].search(one.name)), None
            )
            first = next((step.uid for step in rounds if not step.round), "")
            yield finding(
                f"council-{council}",
                message,
                reason,
                law,
                about=asked,
                action=Action.ADD,
                target=first if body else "",
                to_body=body.uid if body and first else "",
            )


HEARING_CHECKS = (too_short, across_holidays, objections, councils)
