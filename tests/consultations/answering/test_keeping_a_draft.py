"""Until when a draft is kept stands on its page; whoever confirms their address keeps it longer."""

from __future__ import annotations

import datetime as dt
import re

import pytest
import time_machine
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings

from consultations.answering.actions import forgetting
from consultations.models import Response, ResponseDraft
from consultations.responses.receipt import verification
from kommuneplan.core.mail.sending import send_waiting
from tests.consultations.answers import begun, sending, typed
from tests.consultations.round_factories import a_round, an_invitation

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2027, 5, 4, 10, 30, tzinfo=dt.UTC)  # half past twelve in Denmark


@pytest.fixture(autouse=True)
def at_noon():
    with (
        time_machine.travel(NOW, tick=False) as traveller,
        override_settings(CONSULTATION_PROOF_BITS=4),
    ):
        yield traveller


def an_open_round():
    return a_round(closes=dt.datetime(2027, 6, 1, 22, 0, tzinfo=dt.UTC))


def confirming(client, address: str) -> str:
    """The way to confirm, as the mail says it."""
    html = client.get(address).content.decode()
    assert client.post(address, typed(html, mail="1")).status_code == 302
    send_waiting()
    (path,) = re.findall(r"(/hoeringer/kladde/[^/]+/bekraeft/\S+/)\n", mail.outbox[-1].body)
    return str(path)


def test_before_anything_is_written_the_rule_is_said(client):
    html = client.get(f"/hoeringer/{an_open_round().slug}/svar/").content.decode()
    assert "gemmes i 7 dage" in html and "filer i 48 timer" in html


def test_then_until_when(client):
    file = SimpleUploadedFile("a.txt", b"Et notat.", "text/plain")
    address = begun(client, an_open_round(), files=file)
    html = " ".join(client.get(address).content.decode().split())
    assert "Din kladde gemmes til 11. maj 2027 kl. 12." in html
    assert "Filer, der ikke er sendt, gemmes til 6. maj 2027 kl. 12." in html
    assert "Tiden begynder forfra, hver gang du skriver." in html


def test_whoever_confirms_keeps_it_until_a_month_after_the_deadline(client, at_noon):
    address = begun(client, an_open_round())
    path = confirming(client, address)
    page = client.get(path).content.decode()
    assert "2. juli 2027 kl. 0" in page
    assert ResponseDraft.objects.get().confirmed_at is None  # opening the link does nothing
    answer = client.post(path)
    assert answer["Location"].startswith(address)
    html = " ".join(client.get(answer["Location"]).content.decode().split())
    assert "din kladde bliver gemt" in html
    assert "Din kladde gemmes til 2. juli 2027 kl. 0." in html
    at_noon.shift(dt.timedelta(days=20))
    assert forgetting.forget_old() == 0


def test_what_is_sent_by_somebody_who_confirmed_needs_no_second_confirmation(client, at_noon):
    address = begun(client, an_open_round())
    client.post(confirming(client, address))
    at_noon.shift(dt.timedelta(minutes=1))
    assert client.post(f"{address}send/", sending(client, address)).status_code == 302
    assert Response.objects.get().verified_at == NOW + dt.timedelta(minutes=1)


def test_another_address_has_to_be_confirmed_anew(client, at_noon):
    address = begun(client, an_open_round())
    path = confirming(client, address)
    client.post(path)
    html = client.get(address).content.decode()
    client.post(address, typed(html, save="1", email="b@example.org"))
    assert ResponseDraft.objects.get().confirmed_at is None
    assert client.post(path).status_code == 409
    assert ResponseDraft.objects.get().confirmed_at is None


def test_the_way_to_confirm_stands_on_no_page_and_a_wrong_one_is_refused(client):
    address = begun(client, an_open_round())
    token = verification(ResponseDraft.objects.get())
    for page in (address, f"{address}send/"):
        assert token not in client.get(page).content.decode()
    for wrong in ("0" * 40, "ø"):
        assert client.post(f"{address}bekraeft/{wrong}/").status_code == 409
    assert ResponseDraft.objects.get().confirmed_at is None


def test_an_invited_party_is_told_nothing_of_it(client):
    invitation = an_invitation(an_open_round(), "Handicaprådet")
    html = client.get(f"/hoeringer/invitation/{invitation.token}/svar/").content.decode()
    assert "kept-until" not in html
