"""What plans themselves tell of a year. Everybody is told published facts alone; who is signed in,
what stands in the plans they work with, and of all others what everybody is told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kommuneplan.core.enums import MeetingKind, Role
from kommuneplan.core.models import Meeting, User
from kommuneplan.timespan.span import Modifier, Precision, TimeSpan
from plans.duties.standing import turns_within
from plans.enums import CycleState, MilestoneKind, MilestoneState, PublicState
from plans.focus.yearly import status_dues
from plans.models import BudgetStep, Duty, FrozenMilestone, Milestone, Plan, YearlyStatus
from plans.public.publications import published, with_public_state

from .entries import WheelAsked, WheelEntry, WheelKind, register_wheel_entries

MEETING, CONSULTATION, BUDGET = "meeting", "consultation", "budget"
STATUS, DUTY, MILESTONE, END = "status", "duty", "milestone", "end"

_KIND_OF = {
    MilestoneKind.HEARING: CONSULTATION,
    MilestoneKind.BUDGET: BUDGET,
    MilestoneKind.STATUS: STATUS,
    MilestoneKind.EVALUATION: STATUS,
}
_COLUMNS = ("uid", "title", "kind", "state", "earliest_begin", "latest_begin", "earliest_end",
            "latest_end", "precision", "modifier", "written")  # fmt: skip


def register_wheel() -> None:
    """Called once, when the app is ready."""
    for kind in (
        WheelKind(MEETING, _("Meetings"), _("meeting"), _meetings),
        WheelKind(CONSULTATION, _("Consultations"), _("consultation"), _nothing),
        WheelKind(BUDGET, _("Budget"), _("budget"), _budget),
        WheelKind(MILESTONE, _("Milestones"), _("milestone"), _milestones),
        WheelKind(STATUS, _("Statuses and evaluations"), _("status"), _statuses),
        WheelKind(DUTY, _("Duties"), _("duty"), _duties),
        WheelKind(END, _("Plans that expire"), _("expiry"), _ends),
    ):
        register_wheel_entries(kind)


def _nothing(asked: WheelAsked) -> Iterator[WheelEntry]:
    """Of kinds whose entries are milestones, until another wing tells more."""
    return iter(())


def made_by(user: User | None) -> QuerySet[Plan]:
    """The plans somebody works with, and is told all of."""
    if user is None:
        return Plan.objects.none()
    return Plan.objects.readable_by(user).filter(retired_at__isnull=True)


def public_plans(asked: WheelAsked) -> QuerySet[Any]:
    """The publications of all other plans, but of those that were given up."""
    rows = with_public_state(published(at=asked.at), at=asked.at)
    rows = rows.exclude(public_state=PublicState.WITHDRAWN)
    return rows.exclude(plan__in=made_by(asked.user)) if asked.user else rows


def _published_names(asked: WheelAsked) -> dict[int, tuple[str, str, str]]:
    """By key, the published plans: address, title, body."""
    if "names" not in asked.known:
        columns = ("plan", "plan__slug", "version__title", "version__body_name")
        rows = public_plans(asked).values_list(*columns)
        asked.known["names"] = {row[0]: row[1:] for row in rows}
    names: dict[int, tuple[str, str, str]] = asked.known["names"]
    return names


# --- meetings ------------------------------------------------------------------------------------


def _meetings(asked: WheelAsked) -> Iterator[WheelEntry]:
    """The public meetings of bodies; of those in which somebody has a role, all."""
    rows = Meeting.objects.filter(date__range=(asked.first, asked.last), cancelled=False)
    rows = rows.filter(_may_know_of(asked.user)).select_related("body")
    for row in rows.order_by("date", "begins_at", "pk"):
        yield WheelEntry(
            MEETING,
            _t("Meeting") if row.kind == MeetingKind.ORDINARY else capfirst(row.get_kind_display()),
            _meeting_address(row, asked),
            TimeSpan.day(row.date),
            row.body.name,
            note="" if row.is_public else _t("internal"),
            is_done=row.date < asked.day,
        )


def _may_know_of(user: User | None) -> Q:
    if user is None:
        return Q(is_public=True)
    if user.is_superuser or user.has_role(Role.ADMINISTRATOR):
        return Q()
    return Q(is_public=True) | Q(body__in=[body for body, _role in user.roles() if body])


def _meeting_address(row: Meeting, asked: WheelAsked) -> str:
    if asked.user is not None:
        bodies = {body for body, _role in asked.user.roles()}
        if row.body_id in bodies or asked.user.has_role(Role.ADMINISTRATOR):
            return reverse("plans:agenda-meeting", args=[row.uid])
    if row.date >= asked.day:
        return reverse("plans:dates") + "#meetings"
    return reverse("plans:follow-body", args=[row.body.slug])


# --- milestones ----------------------------------------------------------------------------------


def _in_the_year(asked: WheelAsked, path: str = "") -> Q:
    """Dates that belong into the year; what has an open end belongs where it begins."""
    ends = Q((f"{path}latest_end__isnull", False), (f"{path}sort_end__gte", asked.first))
    begins = Q((f"{path}sort_begin__gte", asked.first))
    return Q((f"{path}sort_begin__lte", asked.last)) & (ends | begins)


def _milestones(asked: WheelAsked) -> Iterator[WheelEntry]:
    """Frozen milestones of what is published; live ones of the plans somebody works with."""
    path = "version__milestones__"
    rows = (
        public_plans(asked)
        .filter(_in_the_year(asked, path))
        .exclude(version__milestones__state=MilestoneState.CANCELLED)
        .values_list(
            "plan__slug",
            "version__title",
            "version__body_name",
            *(f"{path}{name}" for name in _COLUMNS),
        )
    )
    for slug, plan, body, *values in rows:
        told = dict(zip(_COLUMNS, values, strict=True))
        address = f"{reverse('plans:plan', args=[slug])}#m-{told.pop('uid')}"
        row = FrozenMilestone(**told)
        if row.when:
            yield _entry(row, row.when, address, body, plan)
    if asked.user is not None:
        yield from _live(asked)


def _live(asked: WheelAsked) -> Iterator[WheelEntry]:
    met = Q(meeting__date__range=(asked.first, asked.last))
    rows = (
        Milestone.objects.filter(cycle__plan__in=made_by(asked.user))
        .filter(met | (Q(meeting__isnull=True) & _in_the_year(asked)))
        .exclude(state=MilestoneState.CANCELLED)
        .exclude(cycle__state=CycleState.WITHDRAWN)
        .select_related("cycle__plan__body", "meeting")
        .annotate(first_day=Coalesce("meeting__date", "sort_begin"))
    )
    for row in rows:
        plan = row.cycle.plan
        address = reverse("plans:milestone", args=[plan.slug, row.uid])
        if when := row.takes_place:
            note = "" if row.is_public else _t("internal")
            yield _entry(row, when, address, plan.body.name, plan.title, note)


def _entry(
    row: Any, when: TimeSpan, address: str, body: str, plan: str, note: str = ""
) -> WheelEntry:
    kind = MilestoneKind(row.kind)
    return WheelEntry(
        _KIND_OF.get(kind, MILESTONE),
        row.title,
        address,
        when,
        body,
        plan=plan,
        note=note,
        lasts=kind.lasts,
        is_done=row.state == MilestoneState.DONE,
    )


# --- money ---------------------------------------------------------------------------------------


def _budget(asked: WheelAsked) -> Iterator[WheelEntry]:
    """The steps of money that stand by themselves; one with a milestone is told by that."""
    met = Q(meeting__date__range=(asked.first, asked.last))
    steps = BudgetStep.objects.filter(met | (Q(meeting__isnull=True) & _in_the_year(asked)))
    steps = steps.filter(milestone__isnull=True).select_related("plan__body", "meeting")
    titles = {}
    if asked.user is None:
        titles = _published_names(asked)
        steps = steps.public().filter(plan__in=list(titles))
    else:
        steps = steps.filter(plan__in=made_by(asked.user))
    for row in steps:
        when = TimeSpan.day(row.meeting.date) if row.meeting else row.when
        if when is None:
            continue
        if asked.user is None:
            slug, plan, body = titles[row.plan_id]
            address = reverse("plans:plan", args=[slug])
        else:
            plan, body = row.plan.title, row.plan.body.name
            address = reverse("plans:budget-step", args=[row.plan.slug, row.uid])
        yield WheelEntry(BUDGET, row.title, address, when, body, plan=plan)


# --- statuses, duties, ends ----------------------------------------------------------------------


def _statuses(asked: WheelAsked) -> Iterator[WheelEntry]:
    """When the next yearly status is due, and those that are made: inside only."""
    if asked.user is None:
        return
    plans = made_by(asked.user)
    window = Q(opens_on__lte=asked.last, closes_on__gte=asked.first)
    made = YearlyStatus.objects.filter(window, plan__in=plans).select_related("plan__body")
    for row in made:
        yield WheelEntry(
            STATUS,
            _t("Yearly status %(year)s") % {"year": row.year},
            reverse("plans:status", args=[row.plan.slug, row.year]),
            TimeSpan.between(row.opens_on, row.closes_on),
            row.plan.body.name,
            plan=row.plan.title,
            lasts=True,
            is_done=row.closed_at is not None,
        )
    for due in status_dues(plans.select_related("body")):
        if due.open_year is None and asked.first <= due.day <= asked.last:
            yield WheelEntry(
                STATUS,
                _t("Yearly status"),
                reverse("plans:focus", args=[due.plan.slug]),
                TimeSpan.by(due.day),
                due.plan.body.name,
                plan=due.plan.title,
            )


def _duties(asked: WheelAsked) -> Iterator[WheelEntry]:
    """The turns of duties: of published plans those that may be published, told on the plan."""
    titles = {}
    if asked.user is None:
        titles = _published_names(asked)
        duties = Duty.objects.filter(is_public=True, plan__in=list(titles))
    else:
        duties = Duty.objects.filter(plan__in=made_by(asked.user)).select_related("plan__body")
    for duty, turn, became in turns_within(duties, asked.first, asked.last):
        if duty.milestone_id is not None or turn.when is None:
            continue  # the milestone stands there itself
        if became and became.is_skipped and asked.user is None:
            continue
        if asked.user is None:
            slug, plan, body = titles[duty.plan_id]
            address = reverse("plans:plan", args=[slug])
        else:
            plan, body = duty.plan.title, duty.plan.body.name
            address = reverse("plans:duty", args=[duty.plan.slug, duty.uid])
        yield WheelEntry(
            DUTY,
            duty.title,
            address,
            turn.when,
            body,
            plan=plan,
            note=_t("skipped") if became and became.is_skipped else "",
            is_done=became is not None,
        )


def _ends(asked: WheelAsked) -> Iterator[WheelEntry]:
    """The last day of plans in force."""
    told = public_plans(asked).filter(
        plan__expires_on__range=(asked.first, asked.last),
        public_state__in=[PublicState.ADOPTED, PublicState.EXPIRED],
    )
    columns = ("plan__slug", "version__title", "version__body_name", "plan__expires_on")
    for slug, title, body, day in told.values_list(*columns):
        yield _end(title, reverse("plans:plan", args=[slug]), body, day, asked)
    if asked.user is not None:
        made = made_by(asked.user).filter(
            expires_on__range=(asked.first, asked.last), cycles__state=CycleState.ADOPTED
        )
        for plan in made.select_related("body").distinct():
            address = reverse("plans:duties", args=[plan.slug])
            yield _end(plan.title, address, plan.body.name, plan.expires_on, asked)


def _end(title: str, address: str, body: str, day: dt.date | None, asked: WheelAsked) -> WheelEntry:
    assert day is not None
    span = TimeSpan(day, day, day, day, Precision.DAY, Modifier.NONE)
    words = _t("The plan expires")
    return WheelEntry(END, words, address, span, body, plan=title, is_done=day < asked.day)
