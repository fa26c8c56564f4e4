"""Mine beskeder: what concerns me, and what of it I want by mail."""

from __future__ import annotations

import pytest
from django.urls import reverse

from kommuneplan.core.notices.kinds import kinds
from tests.factories import lead, person
from tests.plans.matters import ready_plan
from tests.plans.member_household import CANARY, member, plan_before

pytestmark = pytest.mark.django_db


@pytest.fixture
def page() -> str:
    return reverse("notices:mine")


def test_a_newcomer_reads_what_the_page_is_for_and_has_everything_by_mail(client, page):
    client.force_login(person("ny"))
    answer = client.get(page)
    assert "Der er ikke noget nyt til dig" in answer.text
    assert answer.text.count("checked") == len(kinds) >= 8


def test_what_is_ticked_comes_by_mail_and_the_rest_does_not(client, page):
    user = person("ny")
    client.force_login(user)
    wanted = ["plans.approval", "plans.put_before"]
    answer = client.post(page, {"wanted": wanted}, follow=True)
    assert "Dit valg er gemt." in answer.text
    off = set(user.notices_turned_off.values_list("kind", flat=True))
    assert off == kinds.keys() - set(wanted)
    assert answer.text.count("checked") == 2
    client.post(page, {"wanted": list(kinds)})
    assert not user.notices_turned_off.exists()


def test_a_kind_that_does_not_exist_is_refused_in_words(client, page):
    user = person("ny")
    client.force_login(user)
    answer = client.post(page, {"wanted": ["plans.approval", "findes.ikke"]})
    assert answer.status_code == 422 and "findes.ikke" in answer.text
    assert not user.notices_turned_off.exists()


def test_a_member_sees_what_is_put_before_them_and_not_the_draft(client, page):
    client.force_login(member())
    member("andet")
    plan_before()
    answer = client.get(page)
    assert "En sag er forelagt Socialudvalget" in answer.text
    assert "Strategi for naboskab" in answer.text and CANARY not in answer.text


def test_what_one_may_no_longer_read_is_not_there(client, page):
    reader = member()
    client.force_login(reader)
    plan_before()
    reader.memberships.all().delete()
    assert "naboskab" not in client.get(page).text


def test_my_account_leads_there(client, page):
    client.force_login(lead(ready_plan()))
    assert f'href="{page}"' in client.get(reverse("mfa_index")).text
