"""Members are told by mail when something is put before their body, while they may read it."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from kommuneplan import clock
from kommuneplan.core.models import Mail, Meeting, Notice
from kommuneplan.core.notices import telling
from plans.decisions.actions import outcomes
from plans.decisions.actions import steps as life
from plans.members.actions.recusals import record_recusal
from tests.factories import committee, secretary
from tests.plans.matters import FINANCE, bodies, ready_plan
from tests.plans.member_household import CANARY, member, write_on
from tests.plans.notices.told import MONDAY, TUESDAY, told

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clocks():
    with time_machine.travel(MONDAY, tick=False) as found:
        yield found


def put_before(day: dt.date | None = None, *chain, by=None, plan=None):
    plan = plan or ready_plan()
    body = committee()
    meeting = Meeting.objects.create(body=body, date=day) if day else None
    steps = [life.ChainStep(body, meeting), *(life.ChainStep(one) for one in chain)]
    found = life.submit(
        plans=[plan], purpose="consultation", title="Hemmelig sagstitel", chain=steps, by=by
    )
    write_on(plan)
    return found


def test_members_are_told_the_next_morning_with_title_and_link(clocks):
    reader, by = member(), secretary()
    member("andet", committee(FINANCE))
    matter = put_before(by=by)
    assert told() == []  # the hour is over for today
    clocks.move_to(TUESDAY)
    (mail,) = told()
    assert mail.to == [reader.email]
    link = reverse("plans:member-matter", args=[matter.uid])
    for words in (mail.body, mail.alternatives[0][0]):
        assert "Strategi for naboskab" in words and link in words
        assert CANARY not in words and "Hemmelig" not in words and "hinanden" not in words
    page = reverse("notices:mine")
    assert page in mail.body and page in mail.message()["List-Unsubscribe"]
    assert told() == [] and Notice.objects.get().end == "told"


def test_a_meeting_within_four_working_days_is_told_of_at_once(clocks):
    member()
    put_before(dt.date(2027, 3, 4))  # the Thursday
    assert told(urgent=True) == []  # it may be taken back yet
    clocks.shift(telling.QUIET)
    (mail,) = told(urgent=True)
    assert "4. marts 2027" in mail.body
    clocks.move_to(TUESDAY)
    assert told() == []


def test_a_meeting_further_off_waits_for_the_morning(clocks):
    member()
    put_before(dt.date(2027, 3, 5))
    clocks.shift(telling.QUIET)
    assert told(urgent=True) == []


@pytest.mark.parametrize("loss", ["recused", "ended", "withdrawn", "decided", "closed", "retired"])
def test_who_may_read_it_no_more_or_has_nothing_to_do_is_not_told(clocks, loss):
    reader, by = member(), secretary()
    matter = put_before()
    plan = matter.plans.get().cycle.plan
    if loss == "recused":
        record_recusal(matter=matter, member=reader, reason="interest", by=by)
    elif loss == "ended":
        reader.memberships.update(ends=clock.today())
    elif loss == "withdrawn":
        life.withdraw_cycle(cycle=matter.plans.get().cycle, reason="Nej", by=by)
    elif loss == "decided":
        decision = outcomes.Decision("approved", clock.today())
        outcomes.record_outcome(treatment=matter.next_treatment, decision=decision, by=by)
    elif loss == "closed":
        reader.is_active = False
        reader.save()
    else:
        plan.retired_at, plan.retired_because = clock.now(), "Fejl"
        plan.save()
    clocks.move_to(TUESDAY)
    assert told() == [] and not Mail.objects.exists()
    assert set(Notice.objects.filter(user=reader).values_list("end", flat=True)) == {"gone"}


def test_the_next_body_is_told_when_the_one_before_is_done(clocks):
    _first, second, _council = bodies()
    reader = member("bo", second)
    matter = put_before(None, second)
    assert not Notice.objects.filter(user=reader).exists()
    decision = outcomes.Decision("recommended", clock.today())
    outcomes.record_outcome(treatment=matter.next_treatment, decision=decision, by=None)
    clocks.move_to(TUESDAY)
    (mail,) = told()
    assert mail.to == [reader.email] and FINANCE in mail.body


def test_of_a_closed_item_no_title_is_told(clocks):
    _first, second, _council = bodies()
    member("bo", second)
    matter = put_before(None, second)
    decision = outcomes.Decision("recommended", clock.today(), is_closed=True)
    outcomes.record_outcome(treatment=matter.next_treatment, decision=decision, by=None)
    clocks.move_to(TUESDAY)
    (mail,) = told()
    assert "naboskab" not in mail.body and "lukket punkt" in mail.body


def test_what_was_treated_before_it_was_written_down_is_told_to_nobody():
    member()
    life.submit(
        plans=[ready_plan()], purpose="consultation", title="x", by=None, treated=True,
        chain=[life.ChainStep(committee(), day=dt.date(2027, 2, 1))],
    )  # fmt: skip
    assert not Notice.objects.exists()


def test_rolled_back_there_is_no_notice():
    from django.db import transaction

    member()
    with pytest.raises(RuntimeError), transaction.atomic():
        put_before()
        raise RuntimeError
    assert not Notice.objects.exists()
