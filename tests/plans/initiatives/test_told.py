"""Where initiatives are told beside their room: desk, search, history, calendar, public pages."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils.html import strip_tags

from kommuneplan.timespan.span import TimeSpan
from plans.enums import EffectKind
from plans.models import (
    Annex,
    EffectNode,
    EffectTheme,
    Initiative,
    InitiativeActivity,
    InitiativeLink,
)
from tests.factories import secretary
from tests.plans.published import publication_of
from tests.plans.statuses import in_force

NOW = dt.datetime(2026, 11, 22, 9, tzinfo=dt.UTC)
pytestmark = [pytest.mark.django_db, pytest.mark.time_machine(NOW)]


@pytest.fixture
def plan(db):
    return in_force()


@pytest.fixture
def initiative(plan):
    return Initiative.objects.create(
        plan=plan, title="Koordinering", state="running", is_public=True
    )


@pytest.fixture
def work(client, plan):
    client.force_login(secretary())
    return client


def activity(initiative, title, first, last=None, **more):
    row = InitiativeActivity(initiative=initiative, title=title, **more)
    row.when = TimeSpan.between(first, last) if last else TimeSpan.day(first)
    row.save()
    return row


def words(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(strip_tags(answer.content.decode()).split())


def published(plan, days_ago=1):
    return publication_of(plan, visible_from=NOW - dt.timedelta(days=days_ago))


def test_the_desk_asks_what_became_of_what_is_overdue(work, plan, initiative):
    row = activity(initiative, "Møder", dt.date(2026, 11, 1), dt.date(2026, 11, 22))
    said = "Koordinering: angiv, hvad der er sket med 1 aktivitet"
    assert said not in words(work, "/arbejde/")  # its last day is today
    row.when = TimeSpan.day(dt.date(2026, 11, 21))
    row.save()
    assert said in words(work, "/arbejde/")
    page = reverse("plans:initiative", args=[plan.slug, initiative.uid])
    assert f'href="{page}#aktiviteter"' in work.get("/arbejde/").content.decode()
    row.state = "done"
    row.save()
    assert said not in words(work, "/arbejde/")


def test_the_desk_asks_nothing_of_a_plan_that_is_over(work, plan, initiative):
    activity(initiative, "Møder", dt.date(2026, 10, 1))
    plan.expires_on = dt.date(2026, 11, 1)
    plan.save()
    assert "angiv, hvad der er sket" not in words(work, "/arbejde/")


def test_an_initiative_is_found_by_those_who_work_with_its_plan(work, plan, initiative):
    told = work.get("/arbejde/soeg/", {"q": "koordin"}).content.decode()
    page = reverse("plans:initiative", args=[plan.slug, initiative.uid])
    assert f'href="{page}"' in told


def test_its_history_tells_what_was_done_to_its_rows(work, plan, initiative):
    where = reverse("plans:initiative-row-add", args=[plan.slug, initiative.uid, "penge"])
    work.post(where, {"kind": "pool", "source": "Satspuljen", "amount": "4 mio."})
    history = reverse("plans:history-thing", args=[plan.slug, "initiativ", initiative.uid])
    told = words(work, history)
    assert "Satspuljen" in told and "4000000" in re.sub(r"\D", "", told)


def test_everybody_finds_it_on_the_public_search(client, plan, initiative):
    published(plan)
    assert "Koordinering" in words(client, "/planer/?q=koordinering")


def test_the_calendar_of_the_plan_has_its_public_activities(client, plan, initiative):
    activity(initiative, "Møder", dt.date(2026, 12, 9))
    activity(initiative, "Hemmeligt", dt.date(2026, 12, 10), is_public=False)
    published(plan)
    calendar = b"".join(client.get(f"/planer/{plan.slug}/kalender.ics")).decode()
    assert "Koordinering: Møder" in calendar and "20261209" in calendar
    assert "Hemmeligt" not in calendar


def test_the_public_pages_follow_the_publication_and_nothing_else(client, plan, initiative):
    activity(initiative, "Møder", dt.date(2026, 12, 9), audiences="Borgere\nPårørende")
    base = f"/planer/{plan.slug}/initiativer/"
    one = f"{base}{initiative.uid}/"
    assert client.get(base).status_code == client.get(one).status_code == 404
    published(plan)
    told = words(client, one)
    assert "Koordinering" in words(client, base)
    assert "9. december 2026" in told and "Borgere, Pårørende" in told
    initiative.title = "Ikke offentliggjort"
    initiative.save()
    assert "Ikke offentliggjort" not in words(client, one) + words(client, base)
    initiative.is_public = False
    initiative.save()
    published(plan, days_ago=0)
    assert client.get(one).status_code == client.get(base).status_code == 404
    assert client.head(one).status_code == 404


def test_an_earlier_address_of_the_plan_leads_on(client, plan, initiative):
    published(plan)
    before = plan.slug
    plan.slug = "et-andet-navn"
    plan.save()
    for address in ("", f"{initiative.uid}/"):
        answer = client.get(f"/planer/{before}/initiativer/{address}")
        assert answer.status_code == 301
        assert answer["Location"] == f"/planer/et-andet-navn/initiativer/{address}"


def test_an_activity_points_into_the_theory_of_change_where_everybody_reads_it(
    work, plan, initiative
):
    theme = EffectTheme.objects.create(plan=plan, title="Hverdag", is_public=True)
    node = EffectNode.objects.create(
        theme=theme, kind=EffectKind.ACTIVITY, title="Følge på vej", is_public=True
    )
    row = activity(initiative, "Møder", dt.date(2026, 12, 9))
    where = reverse(
        "plans:initiative-row", args=[plan.slug, initiative.uid, "aktiviteter", row.uid]
    )
    sent = {"seen": row.version, "title": "Møder", "when": "9. december 2026", "kind": "other",
            "state": "planned", "is_public": "on", "node": str(node.uid)}  # fmt: skip
    assert work.post(where, sent).status_code == 302
    page = reverse("plans:initiative", args=[plan.slug, initiative.uid])
    assert "I forandringsteorien: Følge på vej" in words(work, page)
    published(plan)
    public = f"/planer/{plan.slug}/initiativer/{initiative.uid}/"
    assert "I forandringsteorien: Følge på vej" in words(work, public)
    node.is_public = False
    node.save()
    published(plan, days_ago=0)
    assert "I forandringsteorien" not in words(work, public)


def test_a_link_may_be_an_annex_of_the_plan(client, plan, initiative):
    annex = Annex.objects.create(plan=plan, title="Rapporten", is_public=True)
    InitiativeLink.objects.create(initiative=initiative, title="Rapporten", annex=annex)
    published(plan)
    told = client.get(f"/planer/{plan.slug}/initiativer/{initiative.uid}/").content.decode()
    assert f'href="/planer/{plan.slug}/#{annex.uid}"' in told
    annex.is_public = False
    annex.save()
    published(plan, days_ago=0)
    told = client.get(f"/planer/{plan.slug}/initiativer/{initiative.uid}/").content.decode()
    assert str(annex.uid) not in told
