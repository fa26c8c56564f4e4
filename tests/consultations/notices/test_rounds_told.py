"""Those who handle a round are told that responses came in, and which remarks are theirs."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
import time_machine
from django.urls import reverse

from consultations.answering.actions import sending as answering
from consultations.answering.actions.registering import Registration, register
from consultations.handling.actions.remarks import handle, sort_many
from consultations.models import Response
from kommuneplan import clock
from kommuneplan.core.models import Notice
from tests.consultations.answers import a_draft, submitted
from tests.consultations.handled import a_remark
from tests.consultations.round_factories import a_round
from tests.factories import lead, person, secretary
from tests.plans.member_household import member
from tests.plans.notices.told import MONDAY, TUESDAY, told

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def clocks():
    with time_machine.travel(MONDAY, tick=False) as found:
        yield found


@pytest.fixture
def round():
    found = a_round(opens=MONDAY - 10 * DAY, closes=MONDAY + 20 * DAY)
    secretary("sek")
    lead(found.plan)
    member()
    person("uvedkommende")
    return found


def by_letter(round, by=None):
    what = Registration(
        channel="letter", day=clock.today(), sender={"name": "Ea"}, text="Hemmeligt brev"
    )
    return register(round=round, what=what, key=uuid.uuid4(), by=by)


def test_responses_of_a_day_are_one_line_to_the_secretary_and_the_lead(clocks, round):
    for number in range(3):
        draft = a_draft(round, f"hemmelighed-nummer-{number}-som-er-lang", text="Hemmeligt svar")
        submitted(draft, clock.now())
    by_letter(round)
    clocks.move_to(TUESDAY)
    mails = list(told())
    mails = [one for one in mails if one.subject.startswith("Nyt til dig")]
    assert [one.to[0].partition("@")[0] for one in mails] == ["sek", "tovholder"]
    for one in mails:
        assert one.body.count("Der er kommet høringssvar; 4 er ikke gennemgået") == 1
        assert reverse("consultations:responses", args=[round.plan.slug, round.uid]) in one.body
        assert round.plan.title in one.body
        assert "Hemmelig" not in one.body and "Ea" not in one.body and "Kim" not in one.body


def test_whoever_registers_a_letter_is_not_told_of_it(clocks, round):
    by_letter(round, by=round.plan.leads.get().user)
    clocks.move_to(TUESDAY)
    assert [one.to[0].partition("@")[0] for one in told()] == ["sek"]


@pytest.mark.parametrize("change", ["withdrawn", "gone through", "round withdrawn", "no lead"])
def test_when_nothing_is_left_to_do_or_the_right_is_gone_nobody_is_told(clocks, round, change):
    response = by_letter(round, by=secretary("en anden".replace(" ", "")))
    Notice.objects.exclude(user=round.plan.leads.get().user).delete()
    if change == "withdrawn":
        Response.objects.update(withdrawn_at=clock.now())
    elif change == "gone through":
        Response.objects.filter(pk=response.pk).update(gone_through=1)
    elif change == "round withdrawn":
        round.withdrawn_at, round.withdrawn_because = clock.now(), "Fejl"
        round.save()
    else:
        round.plan.leads.update(ends=MONDAY.date())
    clocks.move_to(TUESDAY)
    assert told() == []


# --- remarks --------------------------------------------------------------------------------------


def test_whose_the_remarks_are_is_told_once_with_how_many(clocks, round):
    anna = round.plan.leads.get().user
    remarks = [a_remark(round, words=f"Hemmelig {n}") for n in range(3)]
    by = secretary("anden")
    sort_many(remarks=remarks[:2], facts={"assignee": anna}, by=by)
    handle(remark=remarks[2], facts={"assignee": anna}, seen=remarks[2].version, by=by)
    clocks.move_to(TUESDAY)
    (mail,) = told()
    assert mail.to == [anna.email] and "Du skal besvare 3 bemærkninger" in mail.body
    assert "ansvarlig=mig" in mail.body and "Hemmelig" not in mail.body


def test_what_one_takes_oneself_or_has_answered_is_not_told(clocks, round):
    anna = round.plan.leads.get().user
    mine, done = a_remark(round), a_remark(round, words="Andet")
    sort_many(remarks=[mine], facts={"assignee": anna}, by=anna)
    assert not Notice.objects.exists()
    sort_many(remarks=[done], facts={"assignee": anna}, by=None)
    for one in (mine, done):
        one.refresh_from_db()
        facts = {"reply": "<p>Tak.</p>", "proposal": "noted"}
        handle(remark=one, facts=facts, seen=one.version, by=anna)
    clocks.move_to(TUESDAY)
    assert told() == []


def test_whoever_may_no_longer_handle_the_round_is_not_told(clocks, round):
    someone = person("nogen")
    sort_many(remarks=[a_remark(round)], facts={"assignee": someone}, by=None)
    clocks.move_to(TUESDAY)
    assert told() == []


def test_an_answer_that_is_refused_leaves_no_notice(round):
    draft = a_draft(round)
    with pytest.raises(answering.RoundClosed):
        submitted(draft, MONDAY + 30 * DAY)
    assert not Notice.objects.exists()
