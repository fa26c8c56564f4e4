"""Several workers look at the same moment: each person is told once."""

from __future__ import annotations

import datetime as dt

import pytest

from kommuneplan import clock
from kommuneplan.core.models import Mail, Notice
from kommuneplan.timespan.calendar import is_office_day
from kommuneplan.timespan.span import TimeSpan
from tests.factories import lead, person
from tests.plans.matters import ready_plan
from tests.races import race

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE = 5


def look(_number: int, at: str, urgent: bool) -> None:
    """What the worker does every hour, and every minute."""
    import time_machine

    from kommuneplan.core.notices import telling

    with time_machine.travel(dt.datetime.fromisoformat(at), tick=False):
        telling.tell_urgent() if urgent else telling.tell_by_day()


def noted(*, urgent: bool) -> dt.datetime:
    """Five people who are to be told of two plans each; the Monday morning after."""
    plans = [ready_plan("Strategi for naboskab"), ready_plan("Strategi for haver")]
    first = lead(plans[0], "anna")
    people = [first, *(person(f"nr{number}") for number in range(PEOPLE - 1))]
    for plan in plans:
        for one in people:
            row, _new = plan.leads.get_or_create(user=one)
            Notice.objects.create(
                user=one, kind="plans.appointed", thing=plan.uid, urgent=urgent,
                occasion=f"{row.role} {row.begins}",
            )  # fmt: skip
    monday = clock.today() + dt.timedelta(days=7 - clock.today().weekday())
    morning = dt.time(9, tzinfo=clock.COPENHAGEN)
    return dt.datetime.combine(_open(monday), morning)


def _open(day: dt.date) -> dt.date:
    while not is_office_day(day):
        day += dt.timedelta(days=1)
    return day


@pytest.mark.parametrize("urgent", [False, True])
def test_four_workers_send_one_mail_to_each(urgent):
    at = noted(urgent=urgent)
    race("tests.kommuneplan.core.notices.test_notice_races:look", 4, at.isoformat(), urgent)
    assert Mail.objects.count() == PEOPLE
    assert len({*Mail.objects.values_list("reference", flat=True)}) == PEOPLE
    assert set(Notice.objects.values_list("end", flat=True)) == {"told"}


def test_what_time_has_brought_is_found_once():
    plan = ready_plan()
    lead(plan)
    at = noted(urgent=False)
    hearing = plan.cycles.get().milestones.get()
    hearing.when = TimeSpan.day(at.date() + dt.timedelta(days=1))
    hearing.save()
    race("tests.kommuneplan.core.notices.test_notice_races:look", 4, at.isoformat(), False)
    assert Notice.objects.filter(kind="plans.deadline").count() == 1
