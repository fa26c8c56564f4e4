"""Being at the desk: what a person has had the chance to see is no news any more; and what is
ticked off from it."""

from __future__ import annotations

import datetime as dt

from django.db.models import F

from kommuneplan.core.models import User
from plans.models import DeskVisit, Milestone
from plans.process.actions import milestones

from .news import AT_FIRST

APART = dt.timedelta(hours=2)  # visits closer together are one: the news stays while one works


def visit(*, at: dt.datetime, by: User) -> None:
    """The desk is open before ``by``. After a break, what came before it is no news any more."""
    _row, is_new = DeskVisit.objects.get_or_create(
        user=by, defaults={"since": at - AT_FIRST, "here_at": at}
    )
    if is_new:
        return
    DeskVisit.objects.filter(user=by, here_at__lt=at - APART).update(since=F("here_at"))
    DeskVisit.objects.filter(user=by, here_at__lt=at).update(here_at=at)


def all_seen(*, until: dt.datetime, at: dt.datetime, by: User) -> None:
    """``by`` has seen the news up to an instant; what came after it stays news."""
    until = min(until, at)
    DeskVisit.objects.get_or_create(user=by, defaults={"since": until, "here_at": at})
    DeskVisit.objects.filter(user=by, since__lt=until).update(since=until)


def tick_off(*, milestone: Milestone, by: User) -> None:
    """Mark a step of a process plan as done from the list of what is overdue; on which day is not
    known there. Raises Conflict, IsConsultation."""
    milestones.finish_milestone(milestone=milestone, on=None, by=by)


def take_tick_back(*, milestone: Milestone, by: User) -> None:
    """It is planned again. Raises Conflict, IsConsultation."""
    milestones.reopen_milestone(milestone=milestone, by=by)
