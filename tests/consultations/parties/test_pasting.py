"""Parties pasted from a spreadsheet: into the register, and onto a standard list."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from consultations.models import Party, StandardList
from kommuneplan.core.models import Body, User
from plans.setup.steps import steps_for
from tests.factories import secretary
from tests.pressed_at_once import pressed_at_once
from tests.standing import signed_in

pytestmark = pytest.mark.django_db

MANY = "/arbejde/hoeringsparter/flere/"
SHEET = (
    "Navn\tKategori\tE-mail\tAdresse\n"
    "Ældre Sagen\tforening\tfomand@aeldresagen.example\tStorgade 1\n"
    "Handicaprådet\tRåd\traad@example.org\n"
    "Region Midt; myndighed; ; Skottenborg 26\n"
    "Naboskolen\n"
    "\t\tkun@example.org\n"
    "Forkert; forening; a@b@c\n"
    "ældre sagen\tforening\n"
)


@pytest.fixture
def door() -> Client:
    client = Client()
    client.cookies = signed_in(secretary())
    return client


def looked(door: Client, text: str, **more: Any) -> Any:
    return door.post(MANY, {"text": text, "category": "institution", "look": "1", **more})


def saved(door: Client, text: str, **more: Any) -> Any:
    seen = looked(door, text, **more).context["form"].data["seen"]
    sent = {"text": text, "category": "institution", "seen": seen, "save": "1", **more}
    return door.post(MANY, sent)


def test_a_sheet_is_looked_at_and_saved(door: Client) -> None:
    body = Body.objects.create(name="Handicaprådet", kind="advisory")
    shown = looked(door, SHEET)
    assert [(row.line, str(row.fate)) for row in shown.context["preview"].rows] == [
        (2, "new"), (3, "new"), (4, "new"), (5, "new"), (8, "twice")
    ]  # fmt: skip
    assert [fault.line for fault in shown.context["preview"].faults] == [6, 7]
    page = shown.content.decode()
    assert "Der er intet navn i linjen." in page and "er ikke en e-mailadresse." in page
    assert not Party.objects.exists()
    answer = saved(door, SHEET, new_list="Strategier")
    assert answer.status_code == 200
    left = answer.context["form"]["text"].value()
    assert left == "kun@example.org\nForkert; forening; a@b@c"
    rows = {one.name: one for one in Party.objects.all()}
    assert {name: (one.category, one.note) for name, one in rows.items()} == {
        "Ældre Sagen": ("association", "Storgade 1"), "Handicaprådet": ("council", ""),
        "Region Midt": ("authority", "Skottenborg 26"), "Naboskolen": ("institution", ""),
    }  # fmt: skip
    council = rows["Handicaprådet"]
    assert (council.heard_by, council.body) == ("disability", body)
    assert set(StandardList.objects.get().parties.all()) == set(rows.values())


def test_who_is_there_is_recognised_and_gets_the_address_it_lacked(door: Client) -> None:
    row = Party.objects.create(name="Ældre Sagen", category="union", note="Ring først")
    row.contacts.create(name="Bo")
    Party.objects.create(name="Naboskolen", email="skole@example.org")
    usual = StandardList.objects.create(title="Strategier")
    text = "ældre sagen; forening; ny@example.org\nNaboskolen; skole; anden@example.org"
    assert [str(one.fate) for one in looked(door, text).context["preview"].rows] == [
        "address", "same"
    ]  # fmt: skip
    assert saved(door, text, standard=str(usual.uid)).status_code == 302
    row.refresh_from_db()
    assert (row.email, row.category, row.note) == ("ny@example.org", "union", "Ring først")
    assert row.contacts.get().name == "Bo" and Party.objects.count() == 2
    assert Party.objects.get(name="Naboskolen").email == "skole@example.org"
    assert usual.parties.count() == 2


def test_what_was_not_seen_is_not_saved(door: Client) -> None:
    stale = door.post(MANY, {"text": "A", "category": "other", "seen": "x", "save": "1"})
    assert stale.status_code == 422 and not Party.objects.exists()
    assert "Registret er ændret" in stale.content.decode()


def test_ten_thousand_lines(door: Client) -> None:
    text = "\n".join(f"Forening {number}; forening" for number in range(10_000))
    shown = looked(door, text)
    assert shown.status_code == 200 and len(shown.context["preview"].rows) == 1000
    assert "Der læses højst 1000 linjer ad gangen, og her er 10000." in shown.content.decode()


def test_the_register_is_a_step_that_can_wait(door: Client) -> None:
    person = secretary("anden", "Kulturudvalget")
    last = steps_for(person)[-1]
    assert (last.step.key, last.step.can_wait, last.done) == ("parties", True, False)
    Party.objects.create(name="Ældre Sagen")
    assert steps_for(person)[-1].done


@pytest.mark.parametrize("there", [False, True], ids=["an empty register", "everybody is there"])
@pytest.mark.django_db(transaction=True)
def test_parties_and_their_list_are_entered_once_where_the_button_is_pressed_twice(
    there: bool, door: Client
) -> None:
    Body.objects.create(name="Handicaprådet", kind="advisory")
    text = "Handicaprådet; råd\nNaboskolen; skole"
    if there:
        saved(door, text)
    sent = {"text": text, "category": "other", "new_list": "Strategier"}
    seen = looked(door, **sent).context["form"].data["seen"]
    ida, sent = User.objects.get(name="sekretær"), {**sent, "seen": seen, "save": "1"}
    assert pressed_at_once(ida, ida, address=MANY, sent=sent) == [302, 422]
    assert Party.objects.count() == 2
    assert StandardList.objects.get().parties.count() == 2
