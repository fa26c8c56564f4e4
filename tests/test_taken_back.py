"""Where something was taken back, every address of it says so: 410, when and why."""

from __future__ import annotations

import pytest

from consultations.models import Round
from kommuneplan import clock
from kommuneplan.core.models import Municipality
from plans.enums import Stage
from plans.versions.actions.freezing import freeze
from plans.versions.actions.publishing import publish, withdraw
from tests.consultations.round_factories import a_party, a_round, an_invitation
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
