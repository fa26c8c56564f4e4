"""What nobody means to send: days no page can draw, letters no database can store."""

from __future__ import annotations

import uuid
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from kommuneplan import clock
from kommuneplan.core.models import Meeting, Municipality
from kommuneplan.plain_text import can_be_seen
from plans.models import Milestone, Plan, StatusDraft, YearlyStatus
from tests.factories import a_plan, secretary

pytestmark = pytest.mark.django_db


@pytest.fixture
def work(client) -> Client:
    Municipality.objects.create(pk=1, name="Prøve Kommune")
    client.force_login(secretary("ida"))
    return client


@pytest.mark.parametrize("day", ["0001-01-01", "0206-05-01", "9999-12-31"])
def test_a_day_of_a_year_that_cannot_be_meant_is_refused(work, day):
    """Once stored, the room of the process plan could not be opened any more."""
    plan = a_plan()
    meeting = Meeting.objects.create(body=plan.body, date=clock.today())
    row = Milestone.objects.create(cycle=plan.open_cycle, title="Behandling", meeting=meeting)
    forms = {
        reverse("plans:milestone-add", args=[plan.slug]): {
            "title": "Høring", "kind": "other", "when_from": day, "version": 0,
        },
        reverse("plans:milestone-meeting", args=[plan.slug, row.uid]): {
            "date": day, "version": row.version, "reason": "Salen er optaget",
        },
        reverse("plans:chain", args=[plan.slug]): {
            "title": "Sag", "first_day": day, "bodies": plan.body.uid,
        },
        reverse("plans:milestone-done", args=[plan.slug, row.uid]): {
            "done_on": day, "version": row.version,
        },
        reverse("plans:people-add", args=[plan.slug]): {
            "email": "ida@example.org", "role": "lead", "begins": day,
        },
    }  # fmt: skip
    for address, form in forms.items():
        answer = work.post(address, form)
        assert answer.status_code == 422, address
        assert f"Årstallet {day[:4]} kan ikke være rigtigt" in answer.content.decode(), address
    assert Meeting.objects.get() == meeting
    assert work.get(reverse("plans:work-plan", args=[plan.slug])).status_code == 200


INVISIBLE = "\u200b\u2060 \u00ad\u3164\ufe0f"


def test_a_title_and_a_reason_that_cannot_be_seen_are_missing(work):
    """Zero width, soft hyphen, a filler: the list of plans would show a line without words."""
    plan = a_plan()
    new = {"title": INVISIBLE, "body": str(plan.body.uid), "uid": str(uuid.uuid4())}
    for address, form, told in (
        (reverse("plans:plan-new"), new, "Feltet skal udfyldes."),
        (reverse("plans:withdraw", args=[plan.slug]), {"reason": INVISIBLE}, "Skriv begrundelsen."),
    ):
        answer = work.post(address, form)
        assert answer.status_code == 422 and told in answer.text, address
    assert Plan.objects.get().open_cycle is not None


def test_letters_stay_letters(work):
    for words in ("\u200bÆldre\u200b", "7", "–", "👩\u200d🌾", "\ue000", "\U000e1000"):
        assert can_be_seen(words), words
    for words in ("", " ", INVISIBLE, "\u0301", "\u2800\n"):
        assert not can_be_seen(words), words


def test_a_nul_in_an_address_is_no_letter(work):
    assert work.get(reverse("plans:questions"), {"plan": "\x00"}).status_code == 200


def test_a_nul_in_a_yearly_status_costs_no_word(work):
    plan = a_plan()
    this = YearlyStatus.objects.create(
        plan=plan, year=2026, opens_on=date(2026, 11, 1), closes_on=date(2026, 12, 1)
    )
    address = reverse("plans:status", args=[plan.slug, this.year])
    sent = {"summary": "Godt\0år", "seen": this.version}
    assert work.post(address, sent).status_code == 422
    assert StatusDraft.objects.get().fields["summary"] == "Godtår"
    assert work.post(f"{address}kladde/", sent).status_code == 200
    assert "Godtår" in work.get(address).content.decode()
