"""Where something was taken back, every address of it says so: 410, when and why."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
import time_machine
from django.urls import reverse

from consultations.models import Material, Round
from kommuneplan import clock
from kommuneplan.core.models import Municipality, StoredFile
from plans.enums import Stage
from plans.models import Publication
from plans.versions.actions.freezing import freeze
from plans.versions.actions.publishing import publish, withdraw
from tests.consultations.round_factories import a_party, a_round, an_invitation
from tests.factories import secretary
from tests.plans.published import published_plan

pytestmark = pytest.mark.django_db
WHY = "Udgaven var en forkert fil."
PAPERS = ("", "procesplan.pdf", "procesplan.docx", "plan.pdf", "plan.docx")


@pytest.fixture(autouse=True)
def house():
    Municipality.objects.create(pk=1, name="Prøve Kommune")


def says_why(client, address: str, why: str = WHY) -> None:
    answer = client.get(address)
    words = answer.content.decode()
    assert answer.status_code == 410, address
    assert why in words and "trukket tilbage" in words, address
    assert client.head(address).status_code == 410


def test_a_withdrawn_version_is_gone_at_all_its_addresses(client):
    plan = published_plan("Plan for frivillige")
    first = plan.publications.get()
    publish(version=freeze(plan=plan, stage=Stage.ADOPTED, by=None), by=None, reason="Igen")
    withdraw(publication=first, by=None, because=WHY)
    for paper in PAPERS:
        says_why(client, f"/planer/{plan.slug}/versioner/{first.number}/{paper}")
        assert client.get(f"/planer/{plan.slug}/{paper}").status_code == 200
    assert client.get(f"/planer/{plan.slug}/versioner/9/plan.pdf").status_code == 404


def test_a_plan_whose_last_publication_was_withdrawn_is_gone_with_its_papers_and_calendar(client):
    plan = published_plan("Plan for frivillige")
    old = plan.slug
    withdraw(publication=plan.publications.get(), by=None, because=WHY)
    for paper in (*PAPERS, "kalender.ics"):
        says_why(client, f"/planer/{old}/{paper}")
    plan.refresh_from_db()
    plan.slug = "ny-adresse"
    plan.save()
    for slug in (old, "ny-adresse"):
        says_why(client, f"/planer/{slug}/")
    assert client.get("/planer/har-aldrig-vaeret-her/").status_code == 404


def test_a_withdrawn_consultation_is_gone_where_it_was_answered(client):
    round = a_round()
    invitation = an_invitation(round, a_party())
    token = invitation.new_link()
    invitation.save()
    Round.objects.filter(pk=round.pk).update(withdrawn_at=clock.now(), withdrawn_because=WHY)
    says_why(client, f"/hoeringer/{round.slug}/svar/")
    says_why(client, f"/hoeringer/invitation/{token}/svar/")
    assert client.get(f"/hoeringer/invitation/{token}/").status_code == 410
    page = client.get(f"/hoeringer/{round.slug}/")
    assert page.status_code == 200 and WHY in page.content.decode()


def test_head_is_answered_where_get_is_without_a_body(client):
    round = a_round()
    for address in (f"/hoeringer/{round.slug}/svar/", "/konto/log-ind/", "/planer/", "/x/"):
        answer, head = client.get(address), client.head(address)
        assert (head.status_code, head.content) == (answer.status_code, b""), address
        assert head["Content-Type"] == answer["Content-Type"]


def test_a_number_that_a_withdrawn_version_once_had_says_so_too(client):
    plan = published_plan("Plan for frivillige")
    first = plan.publications.get()
    publish(version=freeze(plan=plan, stage=Stage.ADOPTED, by=None), by=None, reason="Igen")
    Publication.objects.filter(pk=first.pk).update(former_number=7)
    for paper in PAPERS:
        answer = client.get(f"/planer/{plan.slug}/versioner/7/{paper}")
        assert answer.status_code == 301 and f"/versioner/{first.number}/" in answer["Location"]
    withdraw(publication=first, by=None, because=WHY)
    for paper in PAPERS:
        says_why(client, f"/planer/{plan.slug}/versioner/7/{paper}")


def test_what_was_scheduled_and_taken_back_before_it_opened_never_stood_there(client):
    plan = published_plan("Plan for frivillige")
    later = clock.now() + dt.timedelta(days=3)
    version = freeze(plan=plan, stage=Stage.ADOPTED, by=None)
    scheduled = publish(version=version, by=None, reason="Igen", visible_from=later)
    Publication.objects.filter(pk=scheduled.pk).update(former_number=7)
    withdraw(publication=scheduled, by=None, because=WHY)
    with time_machine.travel(later + dt.timedelta(days=1)):
        for number in (scheduled.number or 2, 7):
            for paper in PAPERS:
                address = f"/planer/{plan.slug}/versioner/{number}/{paper}"
                assert client.get(address).status_code == 404, address


def test_a_file_that_was_taken_out_says_so_at_every_address_of_it(client):
    round = a_round()
    invitation = an_invitation(round, a_party())
    token = invitation.new_link()
    invitation.save()
    file = StoredFile.keep("hemmeligt-navn.pdf", b"%PDF", "application/pdf")
    row = Material.objects.create(round=round, title="Hemmeligt", file=file)
    addresses = [
        f"/hoeringer/{round.slug}/materiale/{row.uid}/",
        f"/hoeringer/invitation/{token}/materiale/{row.uid}/",
    ]
    for address in addresses:
        assert client.get(address).status_code == 200
    row.retired_at = clock.now()
    row.save()
    client.force_login(secretary())
    slug = round.plan.slug
    inside = reverse("consultations:round-material", args=[slug, round.uid, row.uid])
    for address in (*addresses, inside):
        answer = client.get(address)
        assert answer.status_code == 410, address
        words = answer.content.decode()
        assert "taget ud" in words and "emmeligt" not in words, address
    other = addresses[0].replace(str(row.uid), str(uuid.uuid4()))
    assert client.get(other).status_code == 404
