"""A text by target group and principle, and a published meeting that is moved, in a browser."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from playwright.sync_api import Page, expect

from kommuneplan.core.models import Meeting, Municipality
from plans.models import Milestone, Plan
from plans.versions.actions import publishing
from tests.factories import a_plan, committee, secretary
from tests.journeys.looking import check, follow, sign_in


@pytest.fixture
def plan(db) -> Plan:
    Municipality(pk=1, name="Prøve Kommune").save()
    secretary("ida")
    return a_plan()


def test_from_two_lists_to_a_whole_text(page: Page, plan: Plan) -> None:
    sign_in(page, f"/arbejde/planer/{plan.slug}/tekst/")
    follow(page, "text=Fuldstændighed")
    check(page)
    follow(page, "main .empty-state a")
    check(page)
    groups, _principles = page.locator("textarea[name=lines]").all()
    groups.fill("Børn og unge\nVoksne\nBorgere med psykiske lidelser")
    follow(page, "main form .button")
    page.locator("textarea[name=lines]").last.fill(
        "Tidlig indsats\nBorgernes egne ressourcer\nSamarbejde på tværs\nVi lytter"
    )
    follow(page, page.locator("main form .button").last)
    expect(page.locator(".work-list li")).to_have_count(7)
    check(page)
    follow(page, "main a[href$='/fuldstaendighed/']")
    expect(page.locator(".lead")).to_have_text("15 af 15 dele mangler.")
    check(page)
    follow(page, "text=Opret det, der mangler")
    expect(page.locator(".proposed-sections li")).to_have_count(18)
    check(page)
    follow(page, "main form[method=post] .button-primary")
    expect(page.locator(".outline-line")).to_have_count(18)
    page.goto(f"/arbejde/planer/{plan.slug}/tekst/fuldstaendighed/")
    follow(page, page.locator("td a", has_text="Tom").first)
    expect(page.locator(".section-part")).to_contain_text("Børn og unge: fakta")
    check(page)
    page.locator(".ProseMirror").click()
    page.keyboard.type("Kommunen har godt fire tusind børn og unge i målgruppen.")
    follow(page, "form[data-write] .button-primary")
    expect(page).to_have_url(re.compile("/tekst/$"))
    page.goto(f"/arbejde/planer/{plan.slug}/tekst/lister/")
    page.locator("textarea[name=lines]").last.fill("Bedre brug af ressourcerne")
    follow(page, page.locator("main form .button").last)
    page.goto(f"/arbejde/planer/{plan.slug}/tekst/fuldstaendighed/")
    expect(page.locator(".lead")).to_have_text("3 af 18 dele mangler. 14 er tomme. 1 er begyndt.")
    expect(page.locator("td a", has_text="Begyndt, 10 ord")).to_have_count(1)
    check(page)
    follow(page, "td.is-missing a")
    check(page)
    follow(page, "button[name=opret]")
    expect(page.locator("h1")).to_contain_text("Bedre brug af ressourcerne")
    page.goto(f"/arbejde/planer/{plan.slug}/tekst/kapitler/?template=framework_plan")
    check(page)


def test_a_published_meeting_is_moved_and_everybody_is_told(page: Page, plan: Plan) -> None:
    day = dt.date(2027, 5, 5)
    meeting = Meeting.objects.create(body=committee(), date=day)
    Milestone.objects.create(
        cycle=plan.open_cycle, title="Udvalget behandler planen", kind="meeting",
        meeting=meeting, is_public=True,
    )  # fmt: skip
    seen = publishing.seen_as(publishing.process_plan_to_publish(plan))
    publishing.publish_process_plan(plan=plan, reason="", seen=seen, by=None)
    sign_in(page, f"/arbejde/planer/{plan.slug}/procesplan/")
    page.locator(".row-more summary").first.click()
    follow(page, "text=Flyt datoen")
    check(page)
    follow(page, "main p a:has-text('Flyt mødet')")
    check(page)
    page.fill("[name=date]", "2027-06-09")
    follow(page, "main form .button-primary")  # first what happens, then the move
    check(page)
    follow(page, "main form .button-primary")
    expect(page.locator(".error-summary")).to_be_visible()
    expect(page.locator("[name=date]")).to_have_value("2027-06-09")
    check(page)
    page.fill("[name=reason]", "Salen er optaget.")
    follow(page, "main form .button-primary")
    expect(page.locator(".work-list")).to_contain_text("Offentligheden læser stadig 5. maj 2027.")
    check(page)
    follow(page, ".work-list a:has-text('Offentliggør procesplan')")
    page.fill("[name=reason]", "Mødet er flyttet.")
    follow(page, "main form .button-primary")
    expect(page.locator(".alert-success")).to_be_visible()
    page.goto(f"/planer/{plan.slug}/")
    expect(page.locator("main")).to_contain_text("Salen er optaget.")
    check(page)
