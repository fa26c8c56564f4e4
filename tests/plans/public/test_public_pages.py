"""A plan's page and its versions: what is published, when, and nothing else; kept, revalidated."""

from __future__ import annotations

import datetime as dt
import gzip
import json
import re

import pytest
import time_machine
from django.utils.translation import gettext as _

from kommuneplan.core.models import Meeting, Municipality
from kommuneplan.timespan.span import Precision, TimeSpan
from plans.enums import CycleState, MilestoneKind, MilestoneState, Stage
from plans.models import Cycle, DateChange, Milestone, Phase, Plan, Publication, Section
from plans.versions.actions.freezing import freeze
from plans.versions.actions.publishing import publish, withdraw
from tests.plans.published import body_named, hearing, publication_of, published_plan

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 12, 4, 11, tzinfo=dt.UTC)
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
CANARY = "Kanariefugl"
MEETING = ("Behandling", MilestoneKind.MEETING, TimeSpan.day(dt.date(2027, 1, 6)))


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def page(client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status
    assert not response.cookies
    return re.sub(r"\s+", " ", response.content.decode())


def everything(client, *addresses: str) -> str:
    """Bodies and headers of several answers, whatever their status."""
    answers = [client.get(address) for address in addresses]
    return "".join(f"{answer.headers} {answer.content.decode()}" for answer in answers)


# --- what is on the page ---------------------------------------------------------------------


def test_the_page_shows_what_was_published(client) -> None:
    plan = published_plan(
        "Socialstrategi",
        state=CycleState.IN_CONSULTATION,
        milestones=(MEETING, hearing(dt.date(2026, 11, 9), dt.date(2026, 12, 14))),
        proposal="Et forslag i klare ord.",
        still_open="Målene kan ændres.",
        decided_by="Byrådet den 4. marts 2027.",
    )
    html = page(client, f"/planer/{plan.slug}/")
    for words in (
        "<h1>Socialstrategi</h1>",
        "Et forslag i klare ord.",
        "Målene kan ændres.",
        "Byrådet den 4. marts 2027.",
        "6. januar 2027",
        "9. november–14. december 2026",
    ):
        assert words in html
    assert html.index('<svg class="timeline-drawing') < html.index("timeline-table")


def test_the_picture_and_the_table_have_the_same_milestones_in_the_same_order(client) -> None:
    milestones = tuple(
        (f"Trin {n}", MilestoneKind.MEETING, TimeSpan.day(dt.date(2027, 1, 6) + n * DAY))
        for n in (2, 0, 1)
    )
    html = page(client, f"/planer/{published_plan('Plan', milestones=milestones).slug}/")
    picture, table = html.split("timeline-table", 1)
    in_order = ["Trin 0", "Trin 1", "Trin 2"]
    assert re.findall(r"<tspan[^>]*>(Trin \d)</tspan>", picture) == in_order
    assert re.findall(r"tt-title\">(Trin \d)<", table) == in_order


def _draft(*milestones):
    return published_plan("Plan", state=CycleState.DRAFT, milestones=milestones)


def test_who_decides_follows_from_the_next_adoption_when_nobody_wrote_it(client) -> None:
    past = ("Første vedtagelse", MilestoneKind.ADOPTION, TimeSpan.day(dt.date(2020, 2, 3)))
    coming = ("Endelig vedtagelse", MilestoneKind.ADOPTION, TimeSpan.day(dt.date(2027, 3, 4)))
    html = page(client, f"/planer/{_draft(past, coming).slug}/")
    box = html[html.index('class="questions"') : html.index("</dl>")]
    assert "4. marts 2027: Endelig vedtagelse" in box
    assert "Første" not in box


def test_a_moved_date_says_what_it_was_and_why(client) -> None:
    plan = published_plan("Plan", milestones=(MEETING,))
    milestone = Milestone.objects.get()
    change = DateChange(
        milestone=milestone,
        reason="Budgettet skal være med.",
        decided_at=Meeting.objects.create(body=body_named(), date=dt.date(2026, 12, 1)),
    )
    change.when = milestone.when
    change.save()
    milestone.when = TimeSpan.day(dt.date(2027, 2, 3))
    milestone.save()
    publication_of(plan, visible_from=NOW - HOUR)
    html = page(client, f"/planer/{plan.slug}/")
    table = html[html.index("timeline-table") :]
    assert "3. februar 2027, " in table
    assert "6. januar 2027: Budgettet skal være med." in table
    assert "tl-ghost" in html
    assert "tl-arrow" in html


def test_a_conditional_a_done_and_a_cancelled_milestone_say_so_in_words(client) -> None:
    plan = Plan.objects.create(title="Plan", body=body_named())
    cycle = Cycle.objects.create(plan=plan)
    for title, fields in (
        ("Ekstra møde", {"conditional": True}),
        ("Holdt møde", {"state": MilestoneState.DONE, "done_on": dt.date(2026, 5, 6)}),
        ("Opgivet møde", {"state": MilestoneState.CANCELLED}),
    ):
        milestone = Milestone(cycle=cycle, title=title, is_public=True, **fields)
        milestone.when = TimeSpan.day(dt.date(2026, 5, 6))
        milestone.save()
    publication_of(plan)
    html = page(client, f"/planer/{plan.slug}/")
    assert f"({_('only if needed')})" in html
    assert _("Carried out %(day)s") % {"day": "6. maj 2026"} in html
    assert "<s>Opgivet møde</s>" in html


def test_lateness_is_not_for_the_public(client) -> None:
    late = ("Skulle være sket", MilestoneKind.MEETING, TimeSpan.day(dt.date(2026, 1, 7)))
    html = page(client, f"/planer/{published_plan('Plan', milestones=(late,)).slug}/")
    assert "Skulle være sket" in html
    assert "overskredet" not in html.lower()
    assert "overdue" not in html.lower()


def test_a_year_is_coming_until_it_is_over(client, now) -> None:
    year = TimeSpan.within(dt.date(2026, 1, 1), dt.date(2026, 12, 31), Precision.YEAR)
    plan = published_plan("Plan", milestones=(("Evaluering", MilestoneKind.EVALUATION, year),))
    assert "tt-row tt-coming" in page(client, f"/planer/{plan.slug}/")
    now.move_to(
        dt.datetime(2026, 12, 31, 23, 30, tzinfo=dt.UTC)
    )  # half an hour into 2027 in Denmark
    assert "tt-row tt-past" in page(client, f"/planer/{plan.slug}/")


def test_phases_group_the_rows_and_words_without_a_date_stand_last(client) -> None:
    plan = Plan.objects.create(title="Plan", body=body_named())
    cycle = Cycle.objects.create(plan=plan)
    phase = Phase.objects.create(cycle=cycle, title="Fase 1: Viden", purpose="Hvad ved vi?")
    first = Milestone(cycle=cycle, title="Samtaler", phase=phase, is_public=True)
    first.when = TimeSpan.day(dt.date(2026, 5, 6))
    first.save()
    Milestone.objects.create(cycle=cycle, title="Aftale", written="afventer", is_public=True)
    publication_of(plan)
    html = page(client, f"/planer/{plan.slug}/")
    table = html[html.index("timeline-table") :]
    order = [
        table.index(words)
        for words in ("Fase 1: Viden", "Hvad ved vi?", "Samtaler", "Uden dato", "afventer")
    ]
    assert order == sorted(order)


def test_hostile_words_are_words(client) -> None:
    title = "<script>alert(1)</script>"
    plan = published_plan(
        title, proposal=title, milestones=((title, MilestoneKind.MEETING, MEETING[2]),)
    )
    html = page(client, f"/planer/{plan.slug}/")
    data = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)
    ours = html.count('<script src="/static/js/print')
    assert html.count("<script") == len(data) + ours == 2
    assert json.loads(data[0])["@graph"][0]["name"] == title
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html


def test_each_paragraph_can_be_linked_to(client) -> None:
    plan = Plan.objects.create(title="Plan", body=body_named())
    Cycle.objects.create(plan=plan)
    section = Section(plan=plan, title="Mål", is_public=True)
    section.text = "<p>Alle skal med.</p>"
    section.save()
    publication_of(plan)
    anchor = section.anchored_blocks()[0].anchor
    html = page(client, f"/planer/{plan.slug}/")
    assert f'id="{anchor}"><p>Alle skal med.</p><a class="block-link" href="#{anchor}"' in html
    assert '<span class="section-number">1</span> Mål' in html


def test_a_footnote_is_numbered_in_the_text_and_stands_below_it(client) -> None:
    plan = Plan.objects.create(title="Plan", body=body_named())
    Cycle.objects.create(plan=plan)
    section = Section(plan=plan, title="Mål", is_public=True)
    section.text = '<p>Alle skal med<span class="note">Se servicelovens formål</span>.</p>'
    section.save()
    publication_of(plan)
    html = page(client, f"/planer/{plan.slug}/")
    assert 'href="#note-1" role="doc-noteref"' in html
    notes = html.partition('role="doc-endnotes"')[2]
    assert "Se servicelovens formål" in notes and 'href="#note-1-ref"' in notes


# --- the plans around it ---------------------------------------------------------------------


def test_plans_below_are_lanes_and_in_the_figure_only_when_published(client) -> None:
    plan = published_plan("Rammeplan", milestones=(MEETING,))
    published_plan("Delstrategi om bolig", parent=plan, milestones=(MEETING,))
    Plan.objects.create(title=CANARY, parent=plan, body=body_named())
    html = page(client, f"/planer/{plan.slug}/")
    assert '<a href="/planer/delstrategi-om-bolig/">Delstrategi om bolig</a>' in html
    assert 'class="structure"' in html
    assert CANARY not in html


def test_a_plan_that_is_replaced_leads_to_the_one_in_its_place(client) -> None:
    old, new = published_plan("Gammel plan"), published_plan("Ny plan")
    page(client, f"/planer/{old.slug}/")
    new.replaces.add(old)
    assert '<a href="/planer/ny-plan/">Ny plan</a>' in page(client, f"/planer/{old.slug}/")


# --- from one publication to the next --------------------------------------------------------


def test_what_has_changed_stands_with_its_reason(client) -> None:
    plan = published_plan("Plan", milestones=(MEETING,))
    milestone = Milestone(cycle=plan.cycles.get(), title="Borgermøde", is_public=True)
    milestone.when = TimeSpan.day(dt.date(2027, 2, 3))
    milestone.save()
    version = freeze(plan=plan, stage=Stage.PROCESS_PLAN, by=None)
    publish(version=version, by=None, reason="Borgerne ville gerne mødes.")
    html = page(client, f"/planer/{plan.slug}/")
    changes = html[html.index('id="changes"') : html.index('id="versions"')]
    assert "Borgerne ville gerne mødes." in changes
    assert "Borgermøde" in changes
    assert "Behandling" not in changes


def test_every_version_keeps_its_address_and_says_where_the_newest_is(client) -> None:
    plan = published_plan("Første titel")
    plan.title = "Anden titel"
    plan.save()
    publication_of(plan, visible_from=NOW - HOUR)
    first = page(client, f"/planer/{plan.slug}/versioner/1/")
    assert "<h1>Første titel</h1>" in first
    assert f'href="/planer/{plan.slug}/"' in first
    assert "alert-warning" in first
    newest = page(client, f"/planer/{plan.slug}/versioner/2/")
    assert "<h1>Anden titel</h1>" in newest
    assert "alert-warning" not in newest
    page(client, f"/planer/{plan.slug}/versioner/3/", 404)
    page(client, f"/planer/{plan.slug}/versioner/99999999999999999999/", 404)


def test_a_withdrawn_version_says_why_and_nothing_else(client) -> None:
    plan = published_plan("Plan")
    plan.title = CANARY
    plan.save()
    bad = publication_of(plan, visible_from=NOW - HOUR)
    page(client, f"/planer/{plan.slug}/versioner/2/")
    withdraw(publication=bad, by=None, because="Et navn stod i et bilag.")
    html = page(client, f"/planer/{plan.slug}/versioner/2/", 410)
    assert "Et navn stod i et bilag." in html
    assert CANARY not in html
    assert CANARY not in page(client, f"/planer/{plan.slug}/")


def test_a_plan_whose_only_version_is_withdrawn_is_gone(client) -> None:
    plan = published_plan(CANARY)
    withdraw(publication=Publication.objects.get(), by=None, because="For tidligt.")
    told = page(client, f"/planer/{plan.slug}/", 410)
    assert CANARY not in told and "For tidligt." in told


# --- doors -----------------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["/planer/findes-ikke/", "/planer/findes-ikke/versioner/1/"])
def test_there_is_nothing_where_nothing_is_published(client, address) -> None:
    page(client, address, 404)


def test_nothing_unpublished_is_in_any_answer(client) -> None:
    """Hazard 9: live rows, unmarked rows, frozen unpublished versions, coming publications."""
    plan = published_plan("Plan", milestones=(MEETING,))
    plan.proposal = plan.case_number = f"{CANARY} i planen"
    plan.title = f"{CANARY} i titlen"
    plan.save()
    cycle = plan.cycles.get()
    Phase.objects.create(cycle=cycle, title=f"{CANARY} i fasen")
    for is_public in (True, False):
        row = Milestone(cycle=cycle, title=f"{CANARY} i rækken", is_public=is_public)
        row.when = TimeSpan.day(dt.date(2027, 1, 1))
        row.save()
    section = Section(plan=plan, title=f"{CANARY} i afsnittet", is_public=True)
    section.text = f"<p>{CANARY}</p>"
    section.save()
    version = freeze(plan=plan, stage=Stage.SUBMITTED, by=None, note=f"{CANARY} i noten")
    publish(version=version, by=None, audience="members", reason=f"{CANARY} til medlemmer")
    version = freeze(plan=plan, stage=Stage.SUBMITTED, by=None)
    publish(version=version, by=None, visible_from=NOW + DAY, reason=f"{CANARY} i morgen")
    hidden = Plan.objects.create(title=f"{CANARY} hemmelig", slug="hemmelig", body=body_named())
    paths = ("", "versioner/1/", "versioner/2/")
    addresses = [f"/planer/{slug}/{path}" for slug in (plan.slug, hidden.slug) for path in paths]
    assert CANARY not in everything(client, *addresses, *addresses)


def test_a_scheduled_publication_appears_at_its_instant_without_a_job(client, now) -> None:
    plan = published_plan("Plan")
    plan.title = "Ny titel"
    plan.save()
    publication_of(plan, visible_from=NOW + HOUR)
    now.move_to(NOW + HOUR - dt.timedelta(milliseconds=1))
    assert "<h1>Plan</h1>" in page(client, f"/planer/{plan.slug}/")
    page(client, f"/planer/{plan.slug}/versioner/2/", 404)
    now.move_to(NOW + HOUR)
    assert "<h1>Ny titel</h1>" in page(client, f"/planer/{plan.slug}/")
    page(client, f"/planer/{plan.slug}/versioner/2/")


def test_an_earlier_address_leads_on(client) -> None:
    plan = published_plan("Plan")
    old = plan.slug
    plan.slug = "et-nyt-navn"
    plan.save()
    for path in ("", "versioner/1/"):
        response = client.get(f"/planer/{old}/{path}")
        assert response.status_code == 301
        assert response["Location"] == f"/planer/et-nyt-navn/{path}"


def test_a_retired_plan_is_gone(client) -> None:
    plan = published_plan("Plan")
    page(client, f"/planer/{plan.slug}/")
    plan.retired_at, plan.retired_because = NOW, "Oprettet ved en fejl."
    plan.save()
    page(client, f"/planer/{plan.slug}/", 404)
    page(client, f"/planer/{plan.slug}/versioner/1/", 404)


def test_only_reading_is_possible(client) -> None:
    plan = published_plan("Plan")
    assert client.post(f"/planer/{plan.slug}/").status_code == 405


# --- kept and revalidated --------------------------------------------------------------------


def test_a_page_is_made_once_and_asked_for_with_one_query(
    client, django_assert_num_queries
) -> None:
    plan = published_plan("Plan", milestones=(MEETING,))
    for address in (f"/planer/{plan.slug}/", f"/planer/{plan.slug}/versioner/1/"):
        first = client.get(address)
        with django_assert_num_queries(1):
            again = client.get(address)
        assert again.content == first.content
        assert again["ETag"] == first["ETag"]


@pytest.mark.parametrize("tag", ["{}", '"other", {}', "*"])
def test_who_has_the_page_is_not_sent_it_again(client, tag) -> None:
    plan = published_plan("Plan")
    etag = client.get(f"/planer/{plan.slug}/")["ETag"]
    response = client.get(f"/planer/{plan.slug}/", headers={"If-None-Match": tag.format(etag)})
    assert response.status_code == 304
    assert response.content == b""
    assert response["ETag"] == etag


def test_a_page_may_be_kept_by_anybody_but_is_asked_for_each_time(client) -> None:
    response = client.get(f"/planer/{published_plan('Plan').slug}/")
    assert set(response["Cache-Control"].split(", ")) == {"public", "max-age=0", "must-revalidate"}
    assert response["Vary"] == "Accept-Encoding"
    assert "nonce" not in response["Content-Security-Policy"]
    assert " style=" not in response.content.decode()
    assert "<style" not in response.content.decode()


def test_a_page_is_sent_compressed_to_who_can_read_it(client) -> None:
    plan = published_plan("Plan", milestones=(MEETING,))
    plain = client.get(f"/planer/{plan.slug}/")
    packed = client.get(f"/planer/{plan.slug}/", headers={"Accept-Encoding": "gzip, br"})
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert packed["ETag"] == plain["ETag"]
    assert "Content-Encoding" not in plain


def test_head_answers_like_get_without_the_page(client) -> None:
    plan = published_plan("Plan")
    get, head = client.get(f"/planer/{plan.slug}/"), client.head(f"/planer/{plan.slug}/")
    assert head.status_code == 200
    assert head.content == b""
    assert (head["ETag"], head["Content-Length"]) == (get["ETag"], str(len(get.content)))


def test_a_guessed_tag_reveals_nothing_of_what_is_not_published(client) -> None:
    plan = Plan.objects.create(title="Hemmelig", body=body_named())
    response = client.get(f"/planer/{plan.slug}/", headers={"If-None-Match": "*"})
    assert response.status_code == 404


def renew_municipality(plan: Plan) -> None:
    Municipality.objects.update_or_create(pk=1, defaults={"name": "Nykommune"})


def add_version(plan: Plan) -> None:
    publication_of(plan, visible_from=NOW)


def add_plan_below(plan: Plan) -> None:
    published_plan("Delstrategi", parent=plan)


def repeal(plan: Plan) -> None:
    plan.refresh_from_db()
    plan.repealed_on = NOW.date()
    plan.save()


def replace(plan: Plan) -> None:
    published_plan("Afløser").replaces.add(plan)


def withdraw_first(plan: Plan) -> None:
    withdraw(publication=plan.publications.get(version__public_number=1), by=None, because="Fejl.")


@pytest.mark.parametrize(
    "change", [renew_municipality, add_version, add_plan_below, repeal, replace, withdraw_first]
)
def test_what_the_page_shows_is_never_out_of_date(client, change) -> None:
    plan = published_plan("Plan", milestones=(MEETING,))
    add_version(plan)
    before = client.get(f"/planer/{plan.slug}/")
    change(plan)
    after = client.get(f"/planer/{plan.slug}/", headers={"If-None-Match": before["ETag"]})
    assert after.status_code == 200
    assert after.content != before.content


def test_another_day_is_another_page(client, now) -> None:
    plan = published_plan("Plan", milestones=(MEETING,))
    before = client.get(f"/planer/{plan.slug}/")
    now.move_to(NOW + DAY)
    assert client.get(f"/planer/{plan.slug}/")["ETag"] != before["ETag"]


# --- cost ------------------------------------------------------------------------------------


@pytest.mark.slow  # fifteen hundred milestones
@pytest.mark.parametrize("milestones", [1, 15, 150, 1500])
@pytest.mark.parametrize("versions", [1, 10])
def test_the_queries_of_a_page_do_not_grow(
    client, milestones, versions, django_assert_max_num_queries
) -> None:
    first = dt.date(2026, 1, 1)
    plan = Plan.objects.create(title="Plan", body=body_named())
    cycle = Cycle.objects.create(plan=plan)
    rows = []
    for n in range(milestones):
        row = Milestone(cycle=cycle, title=f"Milepæl {n}", is_public=True)
        row.when = TimeSpan.day(first + n * DAY)
        rows.append(row)
    Milestone.objects.bulk_create(rows)
    for n in range(versions if milestones <= 150 else 1):
        publication_of(plan, visible_from=NOW - (20 - n) * DAY)
    with django_assert_max_num_queries(16) as counted:  # two of them the mark of kept pages
        assert "Milepæl 0" in page(client, f"/planer/{plan.slug}/")
    assert len(counted) <= 16


def test_a_withdrawn_publication_is_not_found_by_a_search(client) -> None:
    plan = published_plan("Strategi for fuglekanariehuset")
    assert "fuglekanariehuset" in client.get("/planer/?q=fuglekanariehuset").content.decode()
    withdraw(publication=plan.publications.get(), by=None, because="Et navn stod i et bilag.")
    found = client.get("/planer/?q=fuglekanariehuset").content.decode()
    assert "Strategi for fuglekanariehuset" not in found
    assert "Strategi for fuglekanariehuset" not in client.get("/").content.decode()
