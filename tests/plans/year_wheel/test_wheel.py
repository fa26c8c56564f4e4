"""The year wheel by HTTP: what stands where, for whom, and that it follows at once."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from kommuneplan.core.models import Meeting
from kommuneplan.timespan.danish import read
from plans.enums import Stage
from plans.models import BudgetStep, Duty, Milestone, Plan
from plans.versions.actions.freezing import freeze
from plans.versions.actions.publishing import publish
from tests.factories import a_plan, committee, person, secretary
from tests.plans.statuses import in_force

NOW = dt.datetime(2026, 11, 22, 9, tzinfo=dt.UTC)
pytestmark = [pytest.mark.django_db, pytest.mark.time_machine(NOW)]
CANARY = "Kanariefuglenqx"


def step(plan: Plan, title: str, when: str, *, public: bool = True, **facts) -> Milestone:
    row = Milestone(cycle=plan.cycles.last(), title=title, is_public=public, **facts)
    row.when = read(when).span
    row.written = when
    row.save()
    return row


def published(plan: Plan) -> Plan:
    publish(version=freeze(plan=plan, stage=Stage.PROCESS_PLAN, by=None), by=None)
    return plan


@pytest.fixture
def plan(db):
    plan = a_plan("Strategi for naboskab")
    step(plan, "Vedtagelse", "3. marts 2027", kind="adoption")
    step(plan, "Delstrategier skrives", "maj-august 2027", kind="drafting")
    step(plan, "Evaluering", "ultimo 2027", kind="evaluation")
    step(plan, CANARY, "4. april 2027", public=False)
    return published(plan)


def wheel(client, **asked) -> str:
    answer = client.get(reverse("plans:year-wheel"), asked)
    assert answer.status_code == 200
    return answer.content.decode()


def under(page: str, heading: str) -> str:
    """What the list says under a heading."""
    return page.partition(f">{heading}</h2>")[2].partition("</section>")[0]


def test_dates_of_published_plans_stand_under_their_month_or_over_several(client, plan):
    page = wheel(client, aar="2027")
    assert "Vedtagelse" in under(page, "Marts")
    assert "Delstrategier skrives" in under(page, "Over flere måneder")
    assert "maj-august 2027" in under(page, "Over flere måneder")
    assert "Evaluering" in under(page, "Over flere måneder")
    assert f'href="/planer/{plan.slug}/#m-' in page
    assert 'class="wheel-day"' in page and 'class="wheel-vague"' in page


def test_another_year_is_another_page_and_an_empty_one_says_so(client, plan):
    assert "Vedtagelse" not in wheel(client, aar="2026")
    assert "Der vides intet om 2026" in wheel(client, aar="2026")


@pytest.mark.parametrize("asked", [{"aar": "abc"}, {"aar": "1066"}, {"aar": "99999999999"}])
def test_a_year_that_is_not_known_is_said_and_this_one_shown(client, plan, asked):
    page = wheel(client, **asked)
    assert "Der vides intet om det år" in page and "Årshjul 2026" in page


def test_a_body_that_is_not_known_is_said(client, plan):
    assert "findes ikke" in wheel(client, udvalg="x")


def test_of_one_body_only_its_own(client, plan):
    other = a_plan("Affaldsplan", "Miljøudvalget")
    step(other, "Bålet tændes", "5. marts 2027")
    published(other)
    both = wheel(client, aar="2027")
    assert "Bålet tændes" in both and "Vedtagelse" in both
    page = wheel(client, aar="2027", udvalg=other.body.slug)
    assert "Bålet tændes" in page and "Vedtagelse" not in page


def test_what_is_not_public_is_told_inside_alone_and_to_its_own(client, plan):
    work = reverse("plans:work-wheel")
    assert CANARY not in wheel(client, aar="2027")
    client.force_login(secretary())
    page = client.get(work, {"aar": "2027"}).content.decode()
    assert CANARY in under(page, "April") and "intern" in under(page, "April")
    client.force_login(secretary("anden", "Miljøudvalget"))
    page = client.get(work, {"aar": "2027"}).content.decode()
    assert CANARY not in page and "Vedtagelse" in page
    client.force_login(person("ingen"))
    page = client.get(work, {"aar": "2027"}).content.decode()
    assert CANARY not in page and "Vedtagelse" in page


def test_a_plan_that_is_not_published_is_nowhere(client, plan):
    hidden = in_force(CANARY)
    Plan.objects.filter(pk=hidden.pk).update(expires_on=dt.date(2027, 6, 30))
    step(hidden, CANARY, "4. april 2027")
    Duty.objects.create(
        plan=hidden, kind="own", title=CANARY, rule="yearly", is_public=True,
        begins=dt.date(2026, 1, 1),
    )  # fmt: skip
    assert CANARY not in wheel(client, aar="2027")


def test_meetings_are_told_when_they_are_public(client, plan):
    body = committee()
    meeting = Meeting.objects.create(body=body, date=dt.date(2027, 2, 10), is_public=False)
    page = wheel(client, aar="2027")
    assert ">Februar</h2>" not in page
    Meeting.objects.filter(pk=meeting.pk).update(is_public=True)
    assert "10. februar 2027" in under(wheel(client, aar="2027"), "Februar")
    Meeting.objects.filter(pk=meeting.pk).update(cancelled=True)
    assert ">Februar</h2>" not in wheel(client, aar="2027")


def test_the_meetings_of_ones_own_bodies_lead_to_their_agenda(client, plan):
    meeting = Meeting.objects.create(body=committee(), date=dt.date(2027, 2, 10))
    other = Meeting.objects.create(body=committee("Miljøudvalget"), date=dt.date(2027, 2, 11))
    client.force_login(secretary())
    page = client.get(reverse("plans:work-wheel"), {"aar": "2027"}).content.decode()
    assert reverse("plans:agenda-meeting", args=[meeting.uid]) in page
    assert reverse("plans:agenda-meeting", args=[other.uid]) not in page


def test_a_public_duty_of_a_published_plan_is_told_at_once(client, plan):
    duty = Duty.objects.create(
        plan=plan, kind="own", title="Rapport til ministeriet", rule="yearly", month=5,
        begins=dt.date(2026, 1, 1),
    )  # fmt: skip
    assert "Rapport til ministeriet" not in wheel(client, aar="2027")
    duty.is_public = True
    duty.save()
    assert "Rapport til ministeriet" in under(wheel(client, aar="2027"), "Maj")


def test_the_end_of_a_plan_in_force_is_told(client):
    plan = in_force()
    publish(version=plan.versions.get(), by=None)
    Plan.objects.filter(pk=plan.pk).update(expires_on=dt.date(2027, 6, 30))
    assert "Planen udløber" in under(wheel(client, aar="2027"), "Juni")


def test_money_is_told_where_it_is_public(client, plan):
    row = BudgetStep(plan=plan, title="Fire millioner", state="set_aside", amount=4_000_000)
    row.when = read("9. september 2027").span
    row.save()
    assert "Fire millioner" not in wheel(client, aar="2027")
    row.is_public = True
    row.save()
    assert "Fire millioner" in under(wheel(client, aar="2027"), "September")


def test_it_is_found_from_front_page_calendar_and_desk(client, plan):
    address = f'href="{reverse("plans:year-wheel")}"'
    assert address in client.get(reverse("plans:dates")).content.decode()
    client.force_login(secretary())
    assert reverse("plans:work-wheel") in client.get(reverse("plans:desk")).content.decode()


def test_every_mark_of_the_drawing_has_a_name_and_a_way(client, plan):
    page = wheel(client, aar="2027")
    drawing = page.partition('<svg class="wheel"')[2].partition("</svg>")[0]
    links = drawing.count("<a ")
    assert links >= 3
    assert drawing.count("aria-label=") == links == drawing.count('<a href="')
