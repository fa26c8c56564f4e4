"""The session ends while somebody is writing: what was typed survives signing in again."""

from __future__ import annotations

import html
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from plans.models import ImportDraft, Milestone
from tests.factories import FIRST, a_plan, draft_of, form_data, secretary

pytestmark = pytest.mark.django_db

LOGIN = "/konto/log-ind/"
WORDS = 'Åbent "møde" <b>& mere</b>\r\nto linjer'


@pytest.fixture
def user():
    return secretary()


@pytest.fixture
def plan():
    return a_plan()


def address_of(plan) -> str:
    return reverse("plans:milestone-add", args=[plan.slug])


def typed(**more) -> dict[str, str]:
    return {"title": "Borgermøde", "when": "4. maj 2027", "kind": "other", **more}


def hidden(page: str) -> dict[str, list[str]]:
    """The hidden fields of a page's own form, as the browser sends them."""
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', page):
        found.setdefault(html.unescape(name), []).append(html.unescape(value))
    return found


def sign_in(client, page: str, password: str = "hemmelig"):
    answers = {"username": "sekretær@example.org", "password": password}
    return client.post(LOGIN, {**hidden(page), **answers})


def test_what_was_typed_is_sent_on_after_signing_in(client, user, plan) -> None:
    sent = client.post(address_of(plan), typed(description=WORDS))
    assert sent.status_code == 401
    assert "no-store" in sent["Cache-Control"]
    page = sent.content.decode()
    assert "<b>& mere" not in page
    again = sign_in(client, page)
    assert again.status_code == 200
    assert "no-store" in again["Cache-Control"]
    page = again.content.decode()
    assert f'action="{address_of(plan)}"' in page
    assert not Milestone.objects.exists()
    done = client.post(address_of(plan), hidden(page))
    assert done.status_code == 302
    row = Milestone.objects.get(title="Borgermøde")
    assert "to linjer" in row.description


def test_a_wrong_password_first_loses_nothing(client, user, plan) -> None:
    page = client.post(address_of(plan), typed(description=WORDS)).content.decode()
    again = sign_in(client, page, "forkert")
    assert "passer ikke sammen" in again.content.decode()
    again = sign_in(client, again.content.decode())
    assert hidden(again.content.decode())["title"] == ["Borgermøde"]


def test_signing_in_in_another_window_first_loses_nothing(client, user, plan) -> None:
    page = client.post(address_of(plan), typed()).content.decode()
    client.force_login(user)
    again = sign_in(client, page)
    assert hidden(again.content.decode())["title"] == ["Borgermøde"]


def test_every_correction_of_an_import_survives(client, user, plan) -> None:
    draft = draft_of(FIRST, user, plan)
    data = form_data(draft, m1__title="Rettet titel", m2__when="7. april 2027")
    page = client.post(reverse("plans:import", args=[draft.uid]), data).content.decode()
    page = sign_in(client, page).content.decode()
    client.post(reverse("plans:import", args=[draft.uid]), hidden(page))
    draft.refresh_from_db()
    assert draft.corrections["rows"]["m1"]["title"] == "Rettet titel"


def test_a_file_is_asked_for_again(client, user) -> None:
    upload = SimpleUploadedFile("plan.txt", FIRST.encode())
    sent = client.post(reverse("plans:import-start"), {"file": upload, "year": "2027"})
    assert "Vælg filen igen" in sent.content.decode()
    assert not ImportDraft.objects.exists()


def test_nobody_can_make_up_a_form_for_somebody_else(client, user, plan) -> None:
    answers = {"username": "sekretær@example.org", "password": "hemmelig", "kept": "opdigtet"}
    assert client.post(LOGIN, answers).status_code == 302


def test_a_form_of_one_is_not_sent_by_another(client, user, plan) -> None:
    """Whoever signs in sees what is to be sent only if they press the button themselves."""
    page = client.post(address_of(plan), typed()).content.decode()
    sign_in(client, page)
    assert not Milestone.objects.exists()


def test_a_correction_sent_along_the_way_is_refused_without_a_page(client, user, plan) -> None:
    """htmx puts every page it is answered into the page; a sign-in page is not meant for that."""
    for answer in (
        client.post(address_of(plan), typed(), headers={"HX-Request": "true"}),
        client.get(reverse("plans:read-date"), {"tekst": "maj"}, headers={"HX-Request": "true"}),
    ):
        assert answer.status_code == 401
        assert answer.content == b""


def test_an_empty_post_and_a_get_are_led_to_the_sign_in_page(client, plan) -> None:
    for answer in (client.get(address_of(plan)), client.post(address_of(plan))):
        assert answer.status_code == 302
        assert answer.url == f"{LOGIN}?next={address_of(plan)}"


def test_a_form_from_a_stale_page_shows_what_was_typed(user, plan) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(user)
    sent = client.post(address_of(plan), typed(description=WORDS, password="hemmelig kode her"))
    page = sent.content.decode()
    assert sent.status_code == 403
    assert "to linjer</textarea>" in page
    assert "&lt;b&gt;&amp; mere" in page
    assert "hemmelig kode" not in page
