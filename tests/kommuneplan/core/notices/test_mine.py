"""Mine beskeder: what concerns me, and what of it I want by mail."""

from __future__ import annotations

import pytest
from django.urls import reverse

from kommuneplan.core.notices.kinds import kinds
from tests.factories import lead, person
from tests.plans.matters import ready_plan
from tests.plans.member_household import CANARY, member, plan_before

pytestmark = pytest.mark.django_db
QUERIES = 9


@pytest.fixture
def mine() -> str:
    return reverse("notices:mine")


def test_a_newcomer_reads_what_the_page_is_for_and_has_everything_by_mail(client, mine):
    client.force_login(person("ny"))
    answer = client.get(mine)
    assert "Der er ikke noget nyt til dig" in answer.text
    assert answer.text.count("checked") == len(kinds) >= 8
    assert "frivilligt" not in answer.text


def test_what_is_ticked_comes_by_mail_and_the_rest_does_not(client, mine):
    user = person("ny")
    client.force_login(user)
    wanted = ["plans.approval", "plans.put_before"]
    answer = client.post(mine, {"wanted": wanted}, follow=True)
    assert "Dit valg er gemt." in answer.text
    off = set(user.notices_turned_off.values_list("kind", flat=True))
    assert off == kinds.keys() - set(wanted)
    assert answer.text.count("checked") == 2
    client.post(mine, {"wanted": list(kinds)})
    assert not user.notices_turned_off.exists()


def test_a_kind_that_does_not_exist_is_refused_in_words(client, mine):
    user = person("ny")
    client.force_login(user)
    answer = client.post(mine, {"wanted": ["plans.approval", "findes.ikke"]})
    assert answer.status_code == 422 and "findes.ikke" in answer.text
    assert not user.notices_turned_off.exists()


def test_a_member_sees_what_is_put_before_them_and_not_the_draft(client, mine):
    client.force_login(member())
    member("andet")
    plan_before()
    answer = client.get(mine)
    assert "En sag er forelagt Socialudvalget" in answer.text
    assert "Strategi for naboskab" in answer.text and CANARY not in answer.text


def test_what_one_may_no_longer_read_is_not_there(client, mine):
    reader = member()
    client.force_login(reader)
    plan_before()
    reader.memberships.all().delete()
    assert "naboskab" not in client.get(mine).text


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_asks_the_same_however_much_there_is(
    client, mine, django_assert_num_queries, number
):
    client.force_login(member())
    for one in range(number):
        plan_before(title=f"Strategi nummer {one}")
    client.get(mine)
    with django_assert_num_queries(QUERIES):
        client.get(mine)


def test_my_account_leads_there(client, mine):
    client.force_login(lead(ready_plan()))
    assert f'href="{mine}"' in client.get(reverse("mfa_index")).text
