"""The notice on personal data, and the accessibility statement: whole sentences, and true terms."""

from __future__ import annotations

import datetime as dt

import pytest

from kommuneplan.core.doctor.database import told_to_citizens
from kommuneplan.core.doctor.diagnosis import Severity
from kommuneplan.core.models import Municipality
from kommuneplan.core.privacy.notice import kept_terms

pytestmark = pytest.mark.django_db


def test_the_terms_are_those_that_are_kept(client, settings) -> None:
    html = client.get("/persondata").content.decode()
    words = settings.STRANGERS_KEPT["words"]
    assert words in {one.term for one in kept_terms()}
    assert f"{words.days} dage" in html
    assert "730 dage" in html


def test_what_is_not_known_is_left_out_and_told_to_administrators(client) -> None:
    Municipality.objects.create(pk=1, name="Prøve Kommune")
    assert "Databeskyttelsesrådgiver" not in client.get("/persondata").content.decode()
    assert told_to_citizens().level is Severity.WARNING
    house = Municipality.current()
    house.dpo_email, house.contact_email = "dpo@example.org", "plan@example.org"
    house.contact_phone, house.privacy_purpose = "12345678", "Vores egne ord."
    house.save()
    html = client.get("/persondata").content.decode()
    assert "dpo@example.org" in html
    assert "Vores egne ord." in html
    assert "Datatilsynet" in html
    assert told_to_citizens().level is Severity.OK


def test_the_statement_follows_the_model(client) -> None:
    Municipality.objects.create(
        pk=1, name="Prøve Kommune", contact_phone="12345678", statement_issues="Kort er billeder.",
        statement_reviewed_on=dt.date(2026, 3, 1),
    )  # fmt: skip
    html = client.get("/was").content.decode()
    for words in (
        "delvis i overensstemmelse", "Kort er billeder.", "1. marts 2026", "12345678",
        "20 16 36 12", "Håndhævelsesprocedure",
    ):  # fmt: skip
        assert words in html
