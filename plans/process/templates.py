"""Process plans to begin with, in our own words: steps with their distance from a start date.

Pure. Lengths are what municipalities usually take (practice §1, §4, §6); a proposal falls on
working days, and a consultation that would lie in July begins after it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommuneplan.timespan import calendar as cal
from kommuneplan.timespan.span import Modifier, TimeSpan
from plans.enums import MilestoneKind as Kind

DAY = dt.timedelta(days=1)
APART = 5  # days between two bodies at the least; then about a week
USUAL = 7

COMMITTEE, FINANCE, COUNCIL, OFFICE = "committee", "finance", "council", "office"


@dataclass(frozen=True, slots=True)
class TemplateStep:
    """A step: ``week`` from the start, ``days`` long (0: a day). ``role``: whose it is."""

    title: str
    kind: str
    week: int
    days: int = 0
    role: str = ""


@dataclass(frozen=True, slots=True)
class ProposedMilestone:
    """A milestone that would be made. ``meeting`` is the uid of the meeting it would follow,
    ``after`` the place of the one it waits for."""

    title: str
    kind: str
    when: TimeSpan
    body: str = ""
    meeting: str = ""
    after: int | None = None


@dataclass(frozen=True, slots=True)
class BodyCalendar:
    """A body and its meetings to come: (day, uid of the meeting), in order."""

    uid: str
    name: str
    meetings: tuple[tuple[dt.date, str], ...] = ()


_HEARING = (
    TemplateStep(
        gettext_lazy("The committee decides to send the draft to consultation"),
        Kind.MEETING,
        0,
        role=COMMITTEE,
    ),
    TemplateStep(gettext_lazy("Consultation"), Kind.HEARING, 1, 42, OFFICE),
    TemplateStep(
        gettext_lazy("The answers are gathered and the draft is adjusted"),
        Kind.DRAFTING,
        7,
        20,
        OFFICE,
    ),
)
_ADOPTION = (
    TemplateStep(
        gettext_lazy("The committee recommends the plan"), Kind.RECOMMENDATION, 0, role=COMMITTEE
    ),
    TemplateStep(
        gettext_lazy("The finance committee recommends the plan"),
        Kind.RECOMMENDATION,
        1,
        role=FINANCE,
    ),
    TemplateStep(gettext_lazy("The council adopts the plan"), Kind.ADOPTION, 2, role=COUNCIL),
)

TEMPLATES: Mapping[str, tuple[object, tuple[TemplateStep, ...]]] = {
    "framework_plan": (
        gettext_lazy("Framework plan, from the process plan to the adoption"),
        (
            TemplateStep(
                gettext_lazy("The committee approves the process plan"),
                Kind.MEETING,
                0,
                role=COMMITTEE,
            ),
            TemplateStep(
                gettext_lazy("Users, relatives and staff are involved"),
                Kind.INVOLVEMENT,
                3,
                27,
                OFFICE,
            ),
            TemplateStep(gettext_lazy("The draft is written"), Kind.DRAFTING, 4, 48, OFFICE),
            *(TemplateStep(s.title, s.kind, s.week + 12, s.days, s.role) for s in _HEARING),
            *(TemplateStep(s.title, s.kind, s.week + 23, s.days, s.role) for s in _ADOPTION),
            TemplateStep(gettext_lazy("First yearly status"), Kind.STATUS, 77, role=COMMITTEE),
        ),
    ),
    "hearing": (gettext_lazy("Consultation alone"), _HEARING),
    "adoption": (
        gettext_lazy("Adoption through committee, finance committee and council"),
        _ADOPTION,
    ),
    "sub_strategies": (
        gettext_lazy("Sub-strategies under a framework plan"),
        (
            TemplateStep(
                gettext_lazy("Kick-off with the centres and the councils"),
                Kind.INVOLVEMENT,
                0,
                role=OFFICE,
            ),
            TemplateStep(
                gettext_lazy("Drafts of the sub-strategies are written"),
                Kind.DRAFTING,
                1,
                55,
                OFFICE,
            ),
            TemplateStep(
                gettext_lazy("The committee discusses the drafts"), Kind.MEETING, 10, role=COMMITTEE
            ),
            TemplateStep(
                gettext_lazy("Consultation on the sub-strategies"), Kind.HEARING, 11, 34, OFFICE
            ),
            TemplateStep(
                gettext_lazy("The committee adopts the sub-strategies"),
                Kind.ADOPTION,
                19,
                role=COMMITTEE,
            ),
        ),
    ),
    "budget": (
        gettext_lazy("Budget"),
        (
            TemplateStep(gettext_lazy("Budget seminar"), Kind.BUDGET, 0, role=COUNCIL),
            TemplateStep(
                gettext_lazy("The committee's contribution to the budget"),
                Kind.BUDGET,
                6,
                role=COMMITTEE,
            ),
            TemplateStep(
                gettext_lazy("First reading of the budget"), Kind.BUDGET, 20, role=COUNCIL
            ),
            TemplateStep(
                gettext_lazy("Second reading of the budget"), Kind.BUDGET, 24, role=COUNCIL
            ),
        ),
    ),
    "evaluation": (
        gettext_lazy("Evaluation and revision"),
        (
            TemplateStep(
                gettext_lazy("Data and experiences are gathered"), Kind.EVALUATION, 0, 41, OFFICE
            ),
            TemplateStep(
                gettext_lazy("Dialogue with users, relatives and staff"),
                Kind.INVOLVEMENT,
                4,
                20,
                OFFICE,
            ),
            TemplateStep(gettext_lazy("The evaluation is written"), Kind.EVALUATION, 7, 27, OFFICE),
            TemplateStep(
                gettext_lazy("The committee takes a stand on a revision"),
                Kind.MEETING,
                13,
                role=COMMITTEE,
            ),
        ),
    ),
}


def choices() -> list[tuple[str, str]]:
    """The templates and their names."""
    return [(name, str(title)) for name, (title, _steps) in TEMPLATES.items()]


def from_template(
    name: str, start: dt.date, bodies: Mapping[str, BodyCalendar]
) -> list[ProposedMilestone]:
    """What a template proposes from a start date; KeyError for an unknown one.

    ``bodies``: who plays each role; a meeting of theirs within two weeks is used. A step never
    comes before a meeting it follows.
    """
    found: list[ProposedMilestone] = []
    for pattern in TEMPLATES[name][1]:
        begin = start + DAY * 7 * pattern.week
        behind = [one for one in found if _comes_after(pattern.kind, one.kind)]
        begin = max([begin, *(_end(one) + DAY for one in behind)])
        body = bodies.get(pattern.role)
        found.append(_proposal(pattern, begin, body))
    return found


def _comes_after(kind: str, other: str) -> bool:
    """Meetings and consultations come after all that stands above them; work after meetings."""
    return _is_step(kind) or _is_step(other)


def _is_step(kind: str) -> bool:
    return kind == Kind.HEARING or Kind(kind).is_turn


def _proposal(
    pattern: TemplateStep, begin: dt.date, body: BodyCalendar | None
) -> ProposedMilestone:
    title, uid = str(pattern.title), body.uid if body else ""
    if pattern.days:
        if pattern.kind == Kind.HEARING and begin.month == 7:
            begin = dt.date(begin.year, 8, 1)
        begin = working(begin)
        end = working(begin + DAY * pattern.days)
        return ProposedMilestone(title, pattern.kind, TimeSpan.between(begin, end), uid)
    near = _meeting(body, begin, 14)
    if near:
        return ProposedMilestone(title, pattern.kind, TimeSpan.day(near[0]), uid, near[1])
    return ProposedMilestone(
        title, pattern.kind, TimeSpan.day(working(begin), Modifier.APPROX), uid
    )


def _end(one: ProposedMilestone) -> dt.date:
    end = one.when.latest
    assert end is not None
    return end


def working(day: dt.date) -> dt.date:
    """The day itself or the next working day."""
    while not cal.is_working_day(day):
        day += DAY
    return day


def _meeting(body: BodyCalendar | None, after: dt.date, within: int) -> tuple[dt.date, str] | None:
    last = after + DAY * within
    days = body.meetings if body else ()
    return next((one for one in days if after <= one[0] <= last), None)


def chain(
    title: str, first_day: dt.date, bodies: Sequence[BodyCalendar], *, adoption: bool
) -> list[ProposedMilestone]:
    """A matter through several bodies, each about a week after the one before, on their meetings
    where there are any; else about a day ("ca.")."""
    found: list[ProposedMilestone] = []
    earliest = first_day
    for place, body in enumerate(bodies):
        near = _meeting(body, earliest, 35)
        usual = working(earliest if not found else _end(found[-1]) + DAY * USUAL)
        when = TimeSpan.day(near[0]) if near else TimeSpan.day(usual, Modifier.APPROX)
        is_last = place == len(bodies) - 1
        on_the_way = Kind.RECOMMENDATION if adoption else Kind.MEETING
        kind = Kind.ADOPTION if adoption and is_last else on_the_way
        found.append(
            ProposedMilestone(
                _("%(body)s: %(title)s") % {"body": body.name, "title": title},
                kind,
                when,
                body.uid,
                near[1] if near else "",
                place - 1 if place else None,
            )
        )
        earliest = _end(found[-1]) + DAY * APART
    return found


def ordered(bodies: Iterable[tuple[str, BodyCalendar]]) -> list[BodyCalendar]:
    """Bodies (kind, calendar) in the order a matter goes: committee, finance, council."""
    rank = {"advisory": 0, "committee": 1, "finance": 2, "council": 3}
    return [body for _k, body in sorted(bodies, key=lambda one: (rank.get(one[0], 0), one[1].name))]
