"""The items of meetings in their order, and which of them a person may know.

An item of a matter is the matter's treatment. Where it has no row of its own yet it is shown
through one that is not stored, with the treatment's ``uid``; whoever writes something at it first
stores the row (``actions.writing.stored``).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from uuid import UUID

from django.db.models import F, Q, QuerySet

from kommuneplan.core.enums import Role
from kommuneplan.core.models import Body, Meeting, User
from kommuneplan.core.permissions import is_administrator
from plans.models import AgendaItem, Cycle, ItemRecusal, MatterPlan, Plan, Recusal, Treatment
from plans.models.submitted import bodies_of, recused_plans, treatments_for

LAST = 2**15 - 1
"""Where a treatment stands that nobody has given a place."""


def kept_bodies(user: User) -> list[int]:
    """The bodies whose agendas a person makes, by primary key."""
    return [body for body, role in user.roles() if role == Role.SECRETARY and body is not None]


def turns(user: User) -> QuerySet[Treatment]:
    """The treatments a person may know as items: all at the meetings whose agenda they make, what
    has come to the bodies they are in, and those of the plans they work with. A member who is
    inhabil in a matter knows none of it."""
    rows = Treatment.objects.filter(meeting__isnull=False)
    if is_administrator(user):
        return rows
    worked_on = Cycle.objects.filter(plan__in=Plan.objects.readable_by(user)).values("pk")
    theirs = MatterPlan.objects.filter(cycle__in=worked_on).values("matter")
    recused = Recusal.objects.filter(user=user, lifted_at__isnull=True).values("matter")
    return rows.filter(
        Q(body__in=kept_bodies(user))
        | Q(pk__in=treatments_for(user).values("pk")) & ~Q(matter__in=recused)
        | Q(matter__in=theirs) & ~Q(matter__in=recused)
    )


def own_items(user: User, *, on: dt.date) -> QuerySet[AgendaItem]:
    """The items that are no matters and that a person may know: all at the meetings whose agenda
    they make; of their bodies' meetings, once the agenda is sent out, the day is there or the
    outcome recorded; and those about plans they work with. One they are inhabil in does not exist
    for them, nor one about a plan of a matter they are inhabil in."""
    rows = AgendaItem.objects.filter(treatment__isnull=True)
    if is_administrator(user):
        return rows
    as_member = Q(own_meeting__body__in=bodies_of(user)) & (
        Q(own_meeting__agenda__is_out=True)
        | Q(own_meeting__date__lte=on)
        | Q(item_outcome__isnull=False)
    )
    at_work = Q(plan__in=Plan.objects.readable_by(user).values("pk"))
    barred = ItemRecusal.objects.filter(user=user, lifted_at__isnull=True).values("item")
    inhabil = Q(pk__in=barred) | Q(plan__isnull=False, plan__in=recused_plans(user))
    return rows.filter(
        Q(own_meeting__body__in=kept_bodies(user)) | (as_member | at_work) & ~inhabil
    )


def items_at(
    meetings: Collection[Meeting], user: User, *, on: dt.date
) -> dict[int, list[AgendaItem]]:
    """By meeting (key), the items a person may know, in the order of the agenda; three queries,
    however many meetings."""
    may_know = turns(user).filter(meeting__in=meetings)
    return _sorted(
        meetings,
        own_items(user, on=on).filter(own_meeting__in=meetings).told(),
        AgendaItem.objects.filter(treatment__in=may_know).told(),
        may_know.filter(agenda_item__isnull=True),
    )


def all_items(meeting: Meeting) -> list[AgendaItem]:
    """All items of a meeting, for whoever makes its agenda."""
    without = Treatment.objects.filter(meeting=meeting, agenda_item__isnull=True)
    rows = AgendaItem.objects.at(meeting).told()
    return _sorted([meeting], rows, [], without)[meeting.pk]


def _sorted(
    meetings: Iterable[Meeting],
    own: Iterable[AgendaItem],
    of_matters: Iterable[AgendaItem],
    without_row: QuerySet[Treatment],
) -> dict[int, list[AgendaItem]]:
    found: dict[int, list[AgendaItem]] = {one.pk: [] for one in meetings}
    bare = without_row.select_related("matter", "meeting__body", "body").order_by(
        "matter__created_at", "pk"
    )
    for item in [*own, *of_matters, *(shown_through(row) for row in bare)]:
        if item.meeting is not None and item.meeting.pk in found:
            found[item.meeting.pk].append(item)
    for items in found.values():
        items.sort(key=lambda one: (one.position, one.pk or 2**63))
    return found


def shown_through(treatment: Treatment) -> AgendaItem:
    """The item that a treatment is, before anything was written at it."""
    return AgendaItem(uid=treatment.uid, treatment=treatment, position=LAST)


def item_for(user: User, uid: UUID, *, on: dt.date) -> AgendaItem | None:
    """The item at an address, if it exists for the person."""
    own = own_items(user, on=on).told().filter(uid=uid).first()
    if own is not None:
        return own
    may_know = turns(user)
    stored = AgendaItem.objects.told().filter(uid=uid, treatment__in=may_know).first()
    if stored is not None:
        return stored
    rows = may_know.select_related("matter", "meeting__body", "body")
    row = rows.filter(uid=uid, agenda_item__isnull=True).first()
    return shown_through(row) if row else None


def plans_of(items: Iterable[AgendaItem], user: User) -> dict[UUID, list[Plan]]:
    """By item (uid), the plans it is about that a person works with, in the order of their titles;
    one query."""
    items = list(items)
    by_matter = [one.treatment.matter_id for one in items if one.treatment]
    mine = Plan.objects.readable_by(user).filter(retired_at__isnull=True)
    about = mine.filter(
        Q(pk__in=[one.plan_id for one in items if one.plan_id])
        | Q(cycles__matters__matter__in=by_matter)
    ).annotate(of_matter=F("cycles__matters__matter"))
    rows = list(about.order_by("sort_key", "pk"))
    return {
        one.uid: _once(
            row
            for row in rows
            if (
                row.of_matter == one.treatment.matter_id if one.treatment else row.pk == one.plan_id
            )
        )
        for one in items
    }


def _once(plans: Iterable[Plan]) -> list[Plan]:
    return list({plan.pk: plan for plan in plans}.values())


def bodies_with_meetings(user: User) -> list[Body]:
    """The bodies whose meetings a person may look at: those they make the agenda of, those they
    are in, and those that answer for a plan they work with."""
    rows = Body.objects.filter(meetings__isnull=False)
    if not is_administrator(user):
        mine = [*kept_bodies(user), *bodies_of(user)]
        rows = rows.filter(Q(pk__in=mine) | Q(plans__in=Plan.objects.readable_by(user)))
    return list(rows.distinct().ranked())
