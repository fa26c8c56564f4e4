"""The steps of setting up, at the door where the first administrator meets them."""

from __future__ import annotations

import re
from io import StringIO

import pytest
from django.core.management import call_command
from django.db.models import Exists
from django.test import Client
from django.urls import reverse

from kommuneplan.core.enums import Role
from kommuneplan.core.models import Body, Invitation, Mail, Municipality, User
from plans.setup.steps import Step, _steps, register_step, steps_for, steps_to_offer
from plans.setup.usual_bodies import ALL
from tests.factories import committee, person, secretary
from tests.standing import signed_in

pytestmark = pytest.mark.django_db

SETUP = "/arbejde/opsaetning/"


@pytest.fixture
def boss(monkeypatch) -> User:
    """The first person of an empty house, as the command makes them."""
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", "hemmeligt-9")
    facts = {"email": "boss@example.org", "name": "Bente Boss", "interactive": False}
    call_command("createsuperuser", stdout=StringIO(), **facts)
    return User.objects.get()


def client_of(user: User) -> Client:
    client = Client()
    client.cookies = signed_in(user)
    return client


@pytest.fixture
def door(boss: User) -> Client:
    return client_of(boss)


def test_the_first_administrator_meets_the_list(boss: User, door: Client) -> None:
    assert boss.has_role(Role.ADMINISTRATOR)
    page = door.get("/arbejde/").content.decode()
    for title in ("Kommunen", "Udvalg og råd", "Møder", "Kolleger", "Første procesplan"):
        assert f">{title}</a>" in page
    for link in re.findall(r'href="(/arbejde/[^"#?]*)"', page):
        assert door.get(link).status_code in {200, 302}, link
    for one in steps_for(boss):
        assert door.get(one.link).status_code == 200, one.step.key


def test_what_is_done_is_ticked_and_the_next_one_is_offered(boss: User, door: Client) -> None:
    def told() -> list[tuple[str, bool, bool]]:
        return [
            (one.step.key, one.done, one.is_next)
            for one in steps_for(boss)
            if not one.step.can_wait
        ]

    assert told()[0] == ("municipality", False, True)
    door.post(f"{SETUP}kommunen/", {"name": "Prøve Kommune", **settings_of(door)})
    assert told()[:2] == [("municipality", True, False), ("bodies", False, True)]
    committee()
    assert [one[1] for one in told()] == [True, True, False, False, False]


def settings_of(door: Client) -> dict[str, object]:
    """What the page sends of itself."""
    form = door.get(f"{SETUP}kommunen/").context["form"]
    return {
        name: form[name].value()
        for name in form.fields
        if name != "name" and form[name].value() not in (None, False, "")
    }


def test_another_app_adds_a_step_that_can_wait(boss: User) -> None:
    _steps_before = dict(_steps)
    register_step(
        Step(
            "extra",
            "Ekstra",
            "",
            "plans:setup",
            "plans.set_up",
            lambda: Exists(User.objects.none()),
            5,
            True,
        )
    )
    try:
        first, second = steps_for(boss)[:2]
        assert (first.step.key, first.is_next) == ("extra", False)
        assert second.is_next
    finally:
        _steps.clear()
        _steps.update(_steps_before)


def test_all_the_steps_are_asked_in_one_query(boss: User, django_assert_num_queries) -> None:
    boss.roles()
    with django_assert_num_queries(1):
        assert len(steps_to_offer(boss)) > 5


def test_the_list_is_for_administrators(boss: User) -> None:
    assert steps_to_offer(boss)
    assert not steps_to_offer(secretary())
    assert not steps_to_offer(person("ingen"))


# --- the municipality -----------------------------------------------------------------------------


def test_every_setting_is_on_the_page(door: Client) -> None:
    form = door.get(f"{SETUP}kommunen/").context["form"]
    shown = {field.name for group in form.groups for field in group.fields}
    shown |= {field.name for field in form.templates}
    kept = {
        "id",
        "version",
        *(f"{one}_template" for one in ("memo", "plan", "report", "paper", "status")),
    }
    columns = {field.name for field in Municipality._meta.concrete_fields} - kept
    assert columns <= shown
    assert all(field.help_text for group in form.groups for field in group.fields
               if field.name not in {"contact_phone"})  # fmt: skip


def test_the_settings_are_saved_and_nobody_overwrites(door: Client, boss: User) -> None:
    typed = settings_of(door)
    sent = {**typed, "name": "Vils", "approval_steps": "lead manager", "shows_private_names": "on"}
    assert door.post(f"{SETUP}kommunen/", sent).status_code == 302
    row = Municipality.objects.get()
    assert (row.name, row.genitive, row.approval_steps) == ("Vils", "Vils'", "lead manager")
    assert row.shows_private_names and row.history.get().history_user == boss
    again = door.post(f"{SETUP}kommunen/", {**sent, "name": "Andet"})
    assert again.status_code == 409 and "Andet" in again.content.decode()
    assert Municipality.objects.get().name == "Vils"
    wrong = door.post(f"{SETUP}kommunen/", {**sent, "code": "12", "name": "Ny"})
    assert wrong.status_code == 422 and "Tre cifre" in wrong.content.decode()


# --- committees and councils ----------------------------------------------------------------------


def test_usual_bodies_are_taken_under_the_name_one_uses(door: Client, boss: User) -> None:
    page = door.get(f"{SETUP}udvalg/").content.decode()
    assert "retssikkerhedsloven § 30" in page and "retssikkerhedsloven § 37 a" in page
    sent = {
        "take_council": "on", "name_council": "Kommunalbestyrelsen",
        "take_seniors": "on", "name_seniors": "Ældrerådet",
        "own_0": "Havneudvalget", "kind_0": "committee",
    }  # fmt: skip
    assert door.post(f"{SETUP}udvalg/", sent).status_code == 302
    kinds = dict(Body.objects.values_list("name", "kind"))
    assert kinds == {
        "Kommunalbestyrelsen": "council", "Ældrerådet": "advisory", "Havneudvalget": "committee"
    }  # fmt: skip
    assert Body.objects.first().history.get().history_user == boss
    again = door.get(f"{SETUP}udvalg/").context["form"]
    assert "take_council" not in again.fields and "take_seniors" not in again.fields
    assert not any(again[f"take_{key}"].value() for key in ALL if f"take_{key}" in again.fields)


def test_two_of_one_name_are_refused_and_nothing_typed_is_lost(door: Client) -> None:
    committee("Havneudvalget")
    sent = {"own_0": "havneudvalget", "kind_0": "committee", "own_1": "Broudvalget"}
    answer = door.post(f"{SETUP}udvalg/", sent)
    assert answer.status_code == 422
    assert "Der er allerede et med dette navn: havneudvalget." in answer.content.decode()
    assert "Broudvalget" in answer.content.decode() and Body.objects.count() == 1
    assert "Sæt mindst ét kryds" in door.post(f"{SETUP}udvalg/", {}).content.decode()


def test_a_body_is_changed_later(door: Client) -> None:
    row, above = committee("Socialudvalget"), committee("Byrådet", "council")
    address = f"{SETUP}udvalg/{row.slug}/"
    sent = {"name": "Social- og Sundhedsudvalget", "kind": "committee", "papers_due_days": 21,
            "parent": above.uid, "seen": row.version}  # fmt: skip
    assert door.post(address, sent).status_code == 302
    row.refresh_from_db()
    assert (row.name, row.papers_due_days, row.parent) == (sent["name"], 21, above)
    assert door.post(address, sent).status_code == 409
    taken = {**sent, "name": "byrådet", "seen": row.version}
    assert "Der er allerede et udvalg" in door.post(address, taken).content.decode()


# --- colleagues -----------------------------------------------------------------------------------

COLLEAGUES = f"{SETUP}kolleger/"


def invited(door: Client, text: str, **more: str) -> Client:
    """Looked at and sent; the answer to sending."""
    shown = door.post(COLLEAGUES, {"text": text, **more, "look": "1"})
    seen = shown.context["form"].data["seen"]
    return door.post(COLLEAGUES, {"text": text, **more, "seen": seen, "save": "1"})


def test_several_are_invited_and_faults_come_back_by_line(door: Client) -> None:
    body = committee()
    text = (
        "Navn;E-mail;Rolle\n"
        "Lene Hansen; Lene@Example.org; tovholder; Socialudvalget\n"
        "Mads Holm <mads@example.org> leder\n"
        "Uden mail; tovholder\n"
        "to@example.org og tre@example.org\n"
        "lene@example.org; tovholder; Socialudvalget\n"
        "Bo Bo; bo@example.org\n"
    )
    shown = door.post(COLLEAGUES, {"text": text, "body": str(body.uid), "look": "1"})
    preview = shown.context["preview"]
    assert not Mail.objects.exists()
    assert [(row.name, row.role, row.fate) for row in preview.rows] == [
        ("Lene Hansen", "lead", "invite"), ("Mads Holm", "manager", "invite"),
        ("", "lead", "twice"),
    ]  # fmt: skip
    assert [fault.line for fault in preview.faults] == [4, 5, 7]
    answer = invited(door, text, body=str(body.uid))
    words = answer.content.decode()
    assert answer.status_code == 200 and "2 invitationer er sendt." in words
    assert "Uden mail; tovholder" in words and "lene hansen" not in words.lower().split("<main")[1]
    assert set(Invitation.objects.values_list("email", "name", "role")) == {
        ("lene@example.org", "Lene Hansen", "lead"), ("mads@example.org", "Mads Holm", "manager")
    }  # fmt: skip
    assert Mail.objects.count() == 2


def test_what_was_not_seen_is_not_sent(door: Client, boss: User) -> None:
    committee()
    text = "lene@example.org; tovholder; Socialudvalget"
    assert invited(door, text).status_code == 302
    stale = door.post(COLLEAGUES, {"text": text, "seen": "x", "save": "1"})
    assert stale.status_code == 422 and text in stale.content.decode()
    shown = door.post(COLLEAGUES, {"text": text, "look": "1"})
    assert [row.fate for row in shown.context["preview"].rows] == ["invited"]
    assert Invitation.objects.count() == 1
    shown = door.post(COLLEAGUES, {"text": "boss@example.org; administrator", "look": "1"})
    assert [row.fate for row in shown.context["preview"].rows] == ["has"]


def test_a_secretary_invites_who_writes_and_nobody_else() -> None:
    door = client_of(secretary())
    committee("Kulturudvalget")
    text = (
        "lene@example.org; tovholder\nbo@example.org; sekretær\nib@example.org; administrator\n"
        "eva@example.org; tovholder; Kulturudvalget"
    )
    body = str(Body.objects.get(name="Socialudvalget").uid)
    preview = door.post(COLLEAGUES, {"text": text, "body": body, "look": "1"}).context["preview"]
    assert [row.email for row in preview.rows] == ["lene@example.org"]
    assert [fault.line for fault in preview.faults] == [2, 3, 4]


def test_the_invited_name_is_there_to_be_corrected(door: Client) -> None:
    committee()
    invited(door, "Lene Hansen; lene@example.org; tovholder; Socialudvalget")
    invitation = Invitation.objects.get()
    token = invitation.new_link()
    invitation.save()
    page = Client().get(reverse("account:invitation", args=[token])).content.decode()
    assert 'value="Lene Hansen"' in page
