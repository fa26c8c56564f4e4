"""What a person must say yes to before it is written, and what is told once in the preview."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.urls import reverse

from plans.models import ImportDraft, Milestone
from plans.models.imports import Incomplete
from plans.process_import.actions import apply_import
from tests.factories import a_plan, draft_of, form_data, imported, look_at, secretary

pytestmark = pytest.mark.django_db

WITHOUT_YEAR = """Procesplan for ny klubpolitik 2026

10. marts: Socialudvalget drøfter udkastet
21. april: Socialudvalget godkender politikken
"""
LETTER = """EKSEMPEL KOMMUNE
Sagsnr. 2026-1
Til Socialudvalget

Procesplan for klubber

Der er brug for en ny plan for klubberne.
Den skal gælde for alle.

3. marts 2026: Socialudvalget drøfter udkastet
31. september 2026: Socialudvalget godkender planen
"""


@pytest.fixture
def user():
    return secretary()


@pytest.fixture
def work(client, user):
    client.force_login(user)
    return client


def page(work, draft: ImportDraft) -> str:
    html = work.get(reverse("plans:import", args=[draft.uid])).content.decode()
    return " ".join(html.split())


def test_a_guessed_year_is_not_written_before_somebody_says_yes(work, user):
    draft = draft_of(WITHOUT_YEAR, user, a_plan())
    with pytest.raises(Incomplete) as hindered:
        apply_import(draft=draft, by=user)
    assert "Socialudvalget drøfter udkastet" in str(hindered.value)
    assert not Milestone.objects.exists()
    data = form_data(draft) | {"confirm_all": "year"}
    work.post(reverse("plans:import", args=[draft.uid]), data)
    apply_import(draft=ImportDraft.objects.get(pk=draft.pk), by=user)
    days = set(Milestone.objects.values_list("earliest_begin", flat=True))
    assert days == {dt.date(2026, 3, 10), dt.date(2026, 4, 21)}


def test_a_year_that_was_given_is_no_guess(user):
    apply_import(draft=draft_of(WITHOUT_YEAR, user, a_plan(), year=2026), by=user)
    assert Milestone.objects.count() == 2


def test_what_is_left_out_is_grouped_and_each_reason_told_once(work, user):
    html = page(work, draft_of(LETTER, user, a_plan()))
    groups = re.findall(r'<details class="left-out-group"> <summary> (.*?) <span', html)
    assert len(groups) == len(set(groups)) > 1
    assert html.count("Tekst uden dato") == 1


def test_a_date_that_cannot_be_read_is_counted_at_the_foot(work, user):
    draft = draft_of(LETTER, user, a_plan())
    assert len(look_at(draft).lost_dates) == 1
    assert "1 dato kunne ikke læses" in page(work, draft)


def test_what_stands_in_the_plan_is_not_asked_again_at_a_second_import(user):
    text = "Plan\n\n3. marts 2026: Noget sker\n5. maj: Noget andet sker\n"
    plan = imported(text, user, a_plan())
    again = look_at(draft_of(text.replace("3. marts", "4. marts"), user, plan))
    assert [one.code for row in again.rows for one in row.open_assumptions] == []
