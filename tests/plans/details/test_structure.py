"""A plan begun from nothing, and its place among the others, at the door."""

from __future__ import annotations

import uuid

import pytest
from django.urls import reverse

from kommuneplan.core.enums import Role
from kommuneplan.core.models import Body, Municipality
from plans.details.actions import structure
from plans.models import Plan
from tests.factories import committee, person, secretary
from tests.plans.published import published_plan
from tests.races import race

pytestmark = pytest.mark.django_db
NEW = "/arbejde/ny-plan/"


@pytest.fixture
def user(client):
    Municipality.objects.create(pk=1, name="Prøve Kommune")
    user = secretary()
    client.force_login(user)
    return user


def facts(**more: object) -> dict[str, object]:
    return {
        "uid": uuid.uuid4(),
        "title": "Strategi for naboskab",
        "kind": "strategy",
        "body": committee().uid,
        **more,
    }


def plan_of(title: str, **more: object) -> Plan:
    return Plan.objects.create(title=title, body=committee(), **more)


def place_of(plan: Plan, **more: object) -> dict[str, object]:
    return {"seen": plan.version, "kind": plan.kind, **more}


def test_an_empty_plan_is_made_and_can_be_written_in(client, user):
    answer = client.post(NEW, facts(first_year="2027", last_year="2030"), follow=True)
    plan = Plan.objects.get()
    assert answer.redirect_chain == [(f"/arbejde/planer/{plan.slug}/", 302)]
    assert "Planen er oprettet" in answer.content.decode()
    assert (plan.slug, plan.period) == ("strategi-for-naboskab", "2027–2030")
    assert (plan.open_cycle.state, plan.history.get().history_user) == ("draft", user)
    for room in ("tekst", "procesplan", "struktur", "indsatsomraader", "versioner", "historik"):
        assert client.get(f"/arbejde/planer/{plan.slug}/{room}/").status_code == 200


def test_a_plan_that_begins_with_a_template_leads_on_to_the_templates(client, user):
    address = f"{NEW}?fra=skabelon"
    assert client.post(address, facts(title="")).status_code == 422
    answer = client.post(address, facts(), follow=True)
    (step,) = answer.redirect_chain
    assert step == (f"/arbejde/planer/{Plan.objects.get().slug}/procesplan/skabelon/", 302)
    assert answer.status_code == 200
    assert address in client.get("/arbejde/").content.decode()


def test_a_form_sent_twice_makes_one_plan(client, user):
    form = facts()
    addresses = {client.post(NEW, form).url for _time in range(2)}
    assert len(addresses) == Plan.objects.count() == 1


def test_two_plans_of_one_title_have_two_addresses(client, user):
    client.post(NEW, facts())
    client.post(NEW, facts())
    slugs = Plan.objects.order_by("pk").values_list("slug", flat=True)
    assert list(slugs) == ["strategi-for-naboskab", "strategi-for-naboskab-2"]


def test_what_is_wrong_is_said_at_the_field_and_nothing_is_lost(client, user):
    answer = client.post(NEW, facts(title="", first_year="2030", last_year="2027"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert page.count("Skriv planens titel.") == 2  # in the summary and at the field
    assert "Slutåret ligger før startåret." in page
    assert 'value="2030"' in page


def test_a_secretary_begins_plans_for_own_bodies_alone(client, user):
    other = Body.objects.create(name="Kulturudvalget")
    answer = client.post(NEW, facts(body=other.uid))
    assert answer.status_code == 422
    assert "Vælg et af dine udvalg." in answer.content.decode()
    assert "Kulturudvalget" not in client.get(NEW).content.decode()


def test_a_plan_is_put_under_another_and_replaces_a_third(client, user):
    top, old, plan = plan_of("Rammeplan"), plan_of("Gammel plan"), plan_of("Delstrategi")
    address = reverse("plans:structure", args=[plan.slug])
    answer = client.post(
        address,
        place_of(plan, kind="sub_strategy", parent=top.uid, replaces_more=old.uid,
                 replaces_in_words="Psykiatriplan 2005"),
        follow=True,
    )  # fmt: skip
    plan.refresh_from_db()
    assert (plan.parent, plan.root, plan.kind) == (top, top, "sub_strategy")
    assert list(plan.replaces.all()) == [old]
    page = answer.content.decode()
    assert "<svg" in page and "Psykiatriplan 2005" in page
    assert f'href="/arbejde/planer/{top.slug}/struktur/"' in page
    client.post(address, place_of(plan, parent=top.uid))  # the box is cleared
    assert not plan.replaces.exists()


def test_a_plan_never_stands_under_itself(client, user):
    top = plan_of("Rammeplan")
    below = plan_of("Delstrategi", parent=top)
    answer = client.post(
        reverse("plans:structure", args=[top.slug]), place_of(top, parent=below.uid)
    )
    assert answer.status_code == 422
    assert "Så ville planen høre under sig selv" in answer.content.decode()
    top.refresh_from_db()
    assert top.parent is None


def test_a_drafts_title_is_told_to_nobody_who_may_not_know_it(client, user):
    elsewhere = Body.objects.create(name="Kulturudvalget")
    hidden = Plan.objects.create(title="Hemmelig kulturplan", body=elsewhere)
    shown = published_plan("Vedtaget kulturplan")
    plan = plan_of("Delstrategi")
    address = reverse("plans:structure", args=[plan.slug])
    page = client.get(address).content.decode()
    assert shown.title in page and hidden.title not in page
    assert client.post(address, place_of(plan, parent=hidden.uid)).status_code == 422
    assert client.post(address, place_of(plan, parent=shown.uid)).status_code == 302


def test_somebody_else_has_saved_meanwhile(client, user):
    top, plan = plan_of("Rammeplan"), plan_of("Delstrategi")
    form = place_of(plan, parent=top.uid)
    plan.proposal = "Noget andet"
    plan.save()
    address = reverse("plans:structure", args=[plan.slug])
    answer = client.post(address, form)
    assert answer.status_code == 409
    assert f'<option value="{top.uid}" selected>' in answer.content.decode()
    form["seen"] = answer.context["form"].data["seen"]
    assert client.post(address, form).status_code == 302


def test_who_may_not_begin_a_plan_is_not_offered_it(client):
    Municipality.objects.create(pk=1, name="Prøve Kommune")
    client.force_login(person("medlem", Role.MEMBER, committee()))
    assert client.get(NEW).status_code == 403


def put(number: int, pairs: list[tuple[int, int]]) -> str:
    """Put one of two plans under the other."""
    plan, parent = (Plan.objects.get(pk=pk) for pk in pairs[number])
    try:
        structure.place_plan(
            plan=plan, seen=plan.version, kind=plan.kind, parent=parent, replaces=(),
            replaces_in_words="", by=None,
        )  # fmt: skip
    except structure.UnderItself:
        return "refused"
    return "done"


@pytest.mark.django_db(transaction=True)
def test_two_who_put_two_plans_under_each_other_at_once():
    one, two = plan_of("En"), plan_of("To")
    answers = race(
        "tests.plans.details.test_structure:put", 2, [(one.pk, two.pk), (two.pk, one.pk)]
    )
    assert sorted(answers) == ["done", "refused"]
    assert Plan.objects.filter(parent__isnull=True).count() == 1


def begin(_number: int, uid: str, body: int) -> str:
    """What the door does."""
    facts = {"title": "Strategi", "kind": "strategy", "body": Body.objects.get(pk=body)}
    return str(structure.create_plan(uid=uuid.UUID(uid), facts=facts, by=None).uid)


@pytest.mark.django_db(transaction=True)
def test_a_form_sent_four_times_at_once_makes_one_plan():
    uid = str(uuid.uuid4())
    answers = race("tests.plans.details.test_structure:begin", 4, uid, committee().pk)
    assert set(answers) == {uid}
    assert Plan.objects.count() == 1
