"""The members' pages at the door: who reads what, what is new, search, comparison, links."""

from __future__ import annotations

import datetime as dt
import io

import pdfplumber
import pikepdf
import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kommuneplan import clock
from kommuneplan.core.models import Membership, Municipality, User
from plans.decisions.actions import outcomes
from plans.enums import Audience, Outcome, Purpose
from plans.members.actions.reading import mark_read
from plans.members.actions.recusals import lift_recusal, record_recusal
from plans.models import LastRead, Matter, Plan, PlanVersion, Recusal
from plans.models.submitted import versions_for
from plans.versions.actions.publishing import publish
from tests.factories import committee, secretary
from tests.plans.matters import adopted, bodies, meeting, submitted, treats
from tests.plans.member_household import CANARY, anchors, member, plan_before, submitted_version

pytestmark = pytest.mark.django_db

LIST, PLANS = "/arbejde/udvalg/", "/arbejde/udvalg/planer/"


@pytest.fixture
def reader(client) -> User:
    Municipality.objects.create(pk=1, name="Prøve Kommune")
    user = member()
    client.force_login(user)
    return user


def at(name: str, version: PlanVersion, *more: str) -> str:
    args = [version.plan.slug, version.uid, *more]
    return reverse(f"plans:member-{name}", args=args)


def everything(version: PlanVersion) -> list[str]:
    """Every address at which a member could meet a version."""
    anchor = anchors(version)[0]
    matter = version.matters.get().matter
    return [
        at("version", version),
        at("changes", version),
        at("pdf", version),
        at("paragraph", version, anchor),
        at("write", version, anchor),
        at("ask", version),
        reverse("plans:member-plan", args=[version.plan.slug]),
        reverse("plans:member-matter", args=[matter.uid]),
    ]


def test_what_is_submitted_is_listed_the_next_meeting_first_and_then_the_newest(client, reader):
    wanted = {"Næste": 3, "Efter": 10, "Sidst": 30, "Uden møde": None, "I går": -1, "Før": -20}
    for title, days in sorted(wanted.items()):
        plan = plan_before(title=title)
        treatment = Matter.objects.get(plans__cycle__plan=plan).treatments.get()
        treatment.meeting = meeting(committee(), days) if days is not None else None
        treatment.save()
        Matter.objects.filter(pk=treatment.matter_id).update(title=f"Sag: {title}")
    page = client.get(LIST).content.decode()
    assert sorted(wanted, key=lambda title: page.index(f"Sag: {title}")) == list(wanted)
    coming, others = page.split("Andre sager")
    assert "Sag: Næste" in coming.partition("Næste møde")[2]
    assert "Sag: Næste" not in others


def test_the_next_meeting_tells_time_place_and_what_is_new(client, reader):
    plan = plan_before()
    version = submitted_version(plan)
    treatment = version.matters.get().matter.treatments.get()
    held = meeting(committee(), 5)
    held.begins_at, held.place = dt.time(15, 30), "Rådhuset, mødesal 2"
    held.save()
    treatment.meeting = held
    treatment.save()
    page = " ".join(client.get(LIST).content.decode().split())
    for words in ("kl. 15.30, Rådhuset, mødesal 2", "om 5 dage", "1 plan er ny eller ændret"):
        assert words in page, words
    client.get(at("version", version))
    assert "er ny eller ændret" not in client.get(LIST).content.decode()
    assert "kl. 15.30" in client.get(at("version", version)).content.decode()


def test_a_meeting_to_come_is_told_before_anything_is_put_before_it(client, reader):
    cancelled, _other = meeting(committee(), 2), meeting(committee("Teknikudvalget"), 3)
    cancelled.cancelled = True
    cancelled.save()
    assert "Næste møde" not in client.get(LIST).content.decode()
    meeting(committee(), 9)
    page = client.get(LIST).content.decode()
    assert "Intet er forelagt til dette møde endnu" in page
    assert "om 9 dage" in page


def test_a_live_draft_is_nowhere(client, reader):
    plan = plan_before()
    version = submitted_version(plan)
    adopted_one = adopted_plan_published("Anden strategi")
    pages = [LIST, PLANS, "/arbejde/udvalg/noter/", "/arbejde/udvalg/spoergsmaal/"]
    pages += [f"{at('version', version)}?q=kanariefuglen", *everything(version)[2:]]
    pages += [at("version", adopted_one)]
    for address in pages:
        response = client.get(address, follow=True)
        assert response.status_code == 200, address
        if response["Content-Type"] == "application/pdf":
            continue  # below, by its words
        text = response.content.decode().replace("?q=kanariefuglen", "")
        assert CANARY not in text, address
        assert "Kanariefuglen" not in text, address
    assert client.get(reverse("plans:member-version", args=[plan.slug, 99])).status_code == 404
    draft = Plan.objects.create(title="Kun udkast", body=committee())
    assert client.get(reverse("plans:member-plan", args=[draft.slug])).status_code == 404


def adopted_plan_published(title: str) -> PlanVersion:
    from tests.plans.matters import ready_plan

    plan = adopted(ready_plan(title))
    version = plan.versions.get(stage="adopted")
    publish(version=version, by=None)
    return version


def test_a_version_frozen_but_not_submitted_or_published_is_404(client, reader):
    plan = plan_before()
    from plans.versions.actions.freezing import freeze

    hidden = freeze(plan=plan, stage="process_plan", by=None)
    assert client.get(at("version", hidden)).status_code == 404
    assert (
        client.get(f"{at('changes', submitted_version(plan))}?fra={hidden.uid}").status_code == 404
    )
    publish(version=hidden, by=None, audience=Audience.MEMBERS)
    assert client.get(at("version", hidden)).status_code == 200


def test_a_member_of_another_body_and_a_former_member_get_nothing(client, reader):
    version = submitted_version(plan_before())
    addresses = everything(version)
    other = member("anden", committee("Teknikudvalget"))
    client.force_login(other)
    assert [client.get(address).status_code for address in addresses] == [404] * len(addresses)
    assert "Strategi" not in client.get(LIST).content.decode()
    client.force_login(reader)
    assert client.get(addresses[0]).status_code == 200
    held = Membership.objects.get(user=reader)
    held.begins = clock.today() - dt.timedelta(days=9)
    held.ends = clock.today() - dt.timedelta(days=1)
    held.save()
    assert [client.get(address).status_code for address in addresses] == [403] * len(addresses)


def test_a_matter_reaches_a_body_when_those_before_it_are_done(client, reader):
    first, second, third = bodies()
    finance = member("finans", second)
    version = submitted_version(plan_before(first, second, third))
    client.force_login(finance)
    assert client.get(at("version", version)).status_code == 404
    treats(version.matters.get().matter, Outcome.RECOMMENDED)
    assert client.get(at("version", version)).status_code == 200
    council = member("råd", third)
    client.force_login(council)
    assert client.get(at("version", version)).status_code == 404


def test_a_body_that_a_returned_matter_never_reached_has_not_had_it(client, reader):
    first, second, _third = bodies()
    version = submitted_version(plan_before(first, second))
    treats(version.matters.get().matter, Outcome.RETURNED)
    assert client.get(at("version", version)).status_code == 200
    client.force_login(member("finans", second))
    assert client.get(at("version", version)).status_code == 404


def test_what_a_body_had_before_it_stays_readable_when_it_has_amended_it(client, reader):
    first, second, _third = bodies()
    plan = plan_before(first, second)
    version = submitted_version(plan)
    treats(version.matters.get().matter, Outcome.AMENDED)
    outcomes.take_amended_text(matter=version.matters.get().matter, by=None)
    amended = submitted_version(plan)
    assert amended.number > version.number
    for one in (version, amended):
        assert client.get(at("version", one)).status_code == 200


# --- inhabil -------------------------------------------------------------------------------------


def test_for_a_recused_member_the_matter_does_not_exist(client, reader):
    plan = plan_before()
    version = submitted_version(plan)
    matter = version.matters.get().matter
    addresses = everything(version)
    assert client.get(addresses[0]).status_code == 200  # read before it was recorded
    recusal = record_recusal(matter=matter, member=reader, reason="interest", by=None)
    assert [client.get(address).status_code for address in addresses] == [404] * len(addresses)
    for address in (LIST, PLANS):
        assert plan.title not in client.get(address).content.decode()
    publish(version=version, by=None, audience=Audience.MEMBERS)
    assert [client.get(address).status_code for address in addresses] == [404] * len(addresses)
    lift_recusal(recusal=recusal, by=None)
    assert client.get(addresses[0]).status_code == 200


def test_a_recused_members_old_version_cannot_be_reached_through_an_amended_one(client, reader):
    first, second, _third = bodies()
    plan = plan_before(first, second)
    version = submitted_version(plan)
    matter = version.matters.get().matter
    treats(matter, Outcome.AMENDED)
    outcomes.take_amended_text(matter=matter, by=None)
    record_recusal(matter=matter, member=reader, reason="family", by=None)
    assert not versions_for(reader, at=clock.now()).exists()


def test_the_last_reading_of_a_barred_version_is_not_compared_with(client, reader):
    plan = plan_before()
    version = submitted_version(plan)
    mark_read(version=version, by=reader)
    treats(version.matters.get().matter, Outcome.RETURNED)
    record_recusal(matter=version.matters.get().matter, member=reader, reason="board", by=None)
    submitted(plan)
    newer = submitted_version(plan)
    page = client.get(at("version", newer)).content.decode()
    assert f"?fra={version.uid}" not in page
    assert client.get(f"{at('changes', newer)}?fra={version.uid}").status_code == 404
    assert f"fra={version.uid}" not in client.get(LIST).content.decode()


def test_a_secretary_records_and_lifts_a_recusal(client, reader):
    plan = plan_before()
    matter = Matter.objects.get()
    address = reverse("plans:recusals", args=[matter.uid])
    client.force_login(secretary())
    assert client.post(address, {}).status_code == 422
    held = Membership.objects.get(user=reader)
    assert client.post(address, {"member": held.pk, "reason": "interest"}).status_code == 302
    row = Recusal.objects.get()
    assert (row.user, row.reason) == (reader, "interest")
    assert row.recorded_by is not None
    page = client.get(address).content.decode()
    assert reader.name in page
    client.post(address, {"lift": str(row.uid)})
    assert Recusal.objects.get().lifted_at is not None
    assert Recusal.history.count() == 2
    client.force_login(secretary("fremmed", "Teknikudvalget"))
    assert client.get(address).status_code == 404
    assert plan.title


def test_the_secretary_of_a_body_in_the_chain_records_its_members_only(client, reader):
    first, second, _third = bodies()
    plan_before(first, second)
    finance = member("finans", second)
    address = reverse("plans:recusals", args=[Matter.objects.get().uid])
    client.force_login(secretary("finanssekretær", second.name))
    theirs = Membership.objects.get(user=finance)
    foreign = Membership.objects.get(user=reader)
    assert client.post(address, {"member": foreign.pk, "reason": "other"}).status_code == 422
    assert client.post(address, {"member": theirs.pk, "reason": "other"}).status_code == 302
    assert Recusal.objects.get().user == finance


# --- reading -------------------------------------------------------------------------------------


def test_reading_shows_the_text_with_anchors_and_remembers(client, reader):
    version = submitted_version(plan_before())
    page = client.get(at("version", version)).content.decode()
    for anchor in anchors(version):
        assert f'id="{anchor}"' in page
        assert at("paragraph", version, anchor) in page
    assert LastRead.objects.get().frozen == version
    assert client.head(at("version", version)).status_code == 200


def test_a_deep_link_survives_signing_in_and_leads_to_the_paragraph(client, reader):
    version = submitted_version(plan_before())
    anchor = anchors(version)[1]
    address = at("paragraph", version, anchor)
    client.logout()
    response = client.get(address)
    assert response["Location"] == f"/konto/log-ind/?next={address}"
    response = client.post(
        response["Location"], {"username": "medlem@example.org", "password": "hemmelig"}
    )
    assert response["Location"] == address
    assert client.get(address)["Location"] == f"{at('version', version)}#{anchor}"
    assert client.get(at("paragraph", version, "findesikke")).status_code == 404
    section = version.blocks.get(kind="section").anchor
    found = client.get(at("paragraph", version, section))["Location"]
    assert found.endswith(f"#s-{section}")


def test_an_older_version_opened_again_does_not_unread_the_newer(client, reader):
    plan = plan_before()
    old = submitted_version(plan)
    treats(old.matters.get().matter, Outcome.RETURNED)
    submitted(plan)
    new = submitted_version(plan)
    for version in (old, new, old):
        client.get(at("version", version))
    row = LastRead.objects.get()
    assert (row.frozen, row.before) == (new, old)


def test_the_list_says_what_has_changed_since_it_was_read(client, reader):
    plan = plan_before()
    old = submitted_version(plan)
    page = client.get(LIST).content.decode()
    assert "Ikke læst" in page
    client.get(at("version", old))
    assert "Ikke læst" not in client.get(LIST).content.decode()
    treats(old.matters.get().matter, Outcome.RETURNED)
    submitted(plan)
    new = submitted_version(plan)
    page = client.get(LIST).content.decode()
    assert f"{at('changes', new)}?fra={old.uid}" in page
    assert "1 afsnit ændret" in page
    page = client.get(at("version", new)).content.decode()
    assert f"{at('changes', new)}?fra={old.uid}" in page
    page = client.get(at("version", new)).content.decode()  # still there when one looks again
    assert f"{at('changes', new)}?fra={old.uid}" in page
    page = client.get(at("changes", new)).content.decode()
    assert CANARY in page  # it is submitted now
    assert "<ins>" in page


def test_before_and_after_against_the_plan_in_force(client, reader):
    version = adopted_plan_published("Strategi i kraft")
    plan = version.plan
    from plans.decisions.actions.steps import open_revision

    open_revision(plan=plan, reason="Nye tal", by=None)
    submitted(plan, purpose=Purpose.DISCUSSION, treated=True)
    new = submitted_version(plan)
    assert "den gældende plan" not in client.get(at("version", version)).content.decode()
    page = client.get(at("version", new)).content.decode()
    assert f"{at('changes', new)}?fra={version.uid}" in page
    assert "den gældende plan" in page
    assert client.get(at("changes", new)).status_code == 200


def test_search_finds_forgivingly_with_context_and_marks(client, reader):
    version = submitted_version(plan_before())
    page = client.get(at("version", version), {"q": "FAELLES bolig"}).content.decode()
    first = anchors(version)[0]
    assert f'<a href="#{first}">' in page
    assert "<mark>fælles</mark> <mark>bolig</mark>er" in page
    page = client.get(at("version", version), {"q": "gården"}).content.decode()
    assert "<strong><mark>gården</mark></strong>" in page
    page = client.get(at("version", version), {"q": "<script>alert(1)</script>"}).content.decode()
    assert "<script>alert(1)" not in page
    assert "Intet fundet" in page
    page = client.get(at("version", version), {"q": "a"}).content.decode()
    assert "mindst to bogstaver" in page


def test_the_one_pdf_is_for_those_who_may_read_the_version(client, reader):
    version = submitted_version(plan_before())
    response = client.get(at("pdf", version))
    assert response["Content-Type"] == "application/pdf"
    assert "no-store" in response["Cache-Control"]
    with pikepdf.open(io.BytesIO(response.content)) as pdf:
        assert str(pdf.Root.Lang) == "da-DK"
    with pdfplumber.open(io.BytesIO(response.content)) as pages:
        text = " ".join(" ".join(page.extract_text() for page in pages.pages).split())
    assert "fælles boliger" in text
    assert "Kanariefuglen" not in text
    matter = version.matters.get().matter
    record_recusal(matter=matter, member=reader, reason="interest", by=None)
    assert client.get(at("pdf", version)).status_code == 404


def test_a_public_publication_is_read_here_only_by_members_of_its_bodies(client, reader):
    version = adopted_plan_published("Offentlig strategi")
    assert "Offentlig strategi" in client.get(PLANS).content.decode()
    client.force_login(member("anden", committee("Teknikudvalget")))
    assert "Offentlig strategi" not in client.get(PLANS).content.decode()
    assert client.get(at("version", version)).status_code == 404


# --- queries -------------------------------------------------------------------------------------


def queries(client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def matter_again(number: int) -> None:
    plan = plan_before(title=f"Strategi {number}")
    version = submitted_version(plan)
    mark_read(version=version, by=User.objects.get(email="medlem@example.org"))
    treats(version.matters.get().matter, Outcome.RETURNED)
    submitted(plan)


def test_the_lists_ask_as_much_for_three_as_for_one(client, reader):
    matter_again(0)
    adopted_plan_published("Udgivet 0")
    first = [queries(client, LIST), queries(client, PLANS)]
    for number in (1, 2):
        matter_again(number)
        adopted_plan_published(f"Udgivet {number}")
    assert [queries(client, LIST), queries(client, PLANS)] == first
    assert first[0] <= 14, first


def test_a_version_asks_as_much_for_three_paragraphs_and_notes_as_for_one(client, reader):
    from uuid import uuid4

    from plans.members.actions.questions import ask
    from plans.members.actions.reading import write_note

    version = submitted_version(plan_before())
    places = anchors(version)

    def write(anchor: str) -> None:
        write_note(version=version, anchor=anchor, words="Husk", seen=0, by=reader)
        ask(version=version, anchor=anchor, words="Hvorfor?", key=uuid4(), by=reader)

    write(places[0])
    first = queries(client, at("version", version))
    write(places[1])
    write(places[2])
    assert queries(client, at("version", version)) == first
    assert first <= 21, first


def test_a_publication_that_waits_for_its_day_leaves_the_one_before_it_in_the_list(client, reader):
    plan = plan_before()
    matter = Matter.objects.get(plans__cycle__plan=plan)
    treats(matter)
    first, second = plan.versions.order_by("number")[:2]
    publish(version=first, by=None)
    later = clock.now() + dt.timedelta(days=7)
    publish(version=second, by=None, visible_from=later)
    html = client.get(PLANS).content.decode()
    assert at("version", first) in html and at("version", second) not in html
    with time_machine.travel(later + dt.timedelta(minutes=1)):
        client.force_login(reader)
        html = client.get(PLANS).content.decode()
        assert at("version", second) in html and at("version", first) not in html
