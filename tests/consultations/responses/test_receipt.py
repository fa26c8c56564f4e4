"""A new secret key with the old one as fallback breaks no link that somebody has in a mail."""

from __future__ import annotations

import pytest
from django.core.signing import Signer
from django.test import override_settings

from consultations.models import Invitation, Party, Response, party
from consultations.models.party import digest_of
from consultations.responses.receipt import receipt_secret, verification, verifies
from tests.consultations.round_factories import a_response, a_round

pytestmark = pytest.mark.django_db
OLD, NEW = "den gamle nøgle " * 4, "den nye nøgle " * 5


@pytest.fixture
def response() -> Response:
    with override_settings(SECRET_KEY=OLD):
        row = a_response(a_round(), email="ida@example.org")
        row.digest = digest_of(receipt_secret(row))
        row.save()
    return row


def test_the_receipt_keeps_its_address(client, response) -> None:
    with override_settings(SECRET_KEY=OLD):
        before = receipt_secret(response)
    with override_settings(SECRET_KEY=NEW, SECRET_KEY_FALLBACKS=[OLD]):
        assert receipt_secret(response) == before  # so that later mails lead there too
        assert client.get(f"/hoeringer/kvittering/{before}/").status_code == 200
        assert (
            receipt_secret(Response(key=response.key)) != before
        )  # a new one is made with today's


def test_an_address_is_still_confirmed(response) -> None:
    with override_settings(SECRET_KEY=OLD):
        token = verification(response)
    with override_settings(SECRET_KEY=NEW, SECRET_KEY_FALLBACKS=[OLD]):
        assert verifies(response, token) and verifies(response, verification(response))
        assert not verifies(response, token[:-1] + "x") and not verifies(response, "")
        response.email = "en-anden@example.org"
        assert not verifies(response, token)
    with override_settings(SECRET_KEY=NEW, SECRET_KEY_FALLBACKS=[]):
        assert not verifies(response, token)


def test_the_links_of_invitations_hold(monkeypatch, response) -> None:
    monkeypatch.setattr(party, "_SIGNER", Signer(key=OLD, salt="consultations.invitation"))
    row = Invitation(round=response.round, name="Rådet")
    token = row.new_link()
    monkeypatch.setattr(
        party, "_SIGNER", Signer(key=NEW, fallback_keys=[OLD], salt="consultations.invitation")
    )
    row.party = Party.objects.create(name="Rådet")
    row.listed_at = response.received_at
    row.save()
    assert Invitation.objects.by_token(token).get() == row
