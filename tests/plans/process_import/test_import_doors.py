"""Who gets in: every address of the workspace and the import, for everybody who may not."""

from __future__ import annotations

import pytest
from django.urls import reverse

from kommuneplan.core.enums import Role
from plans.models import ImportDraft, Milestone, Publication
from tests.factories import FIRST, a_plan, committee, draft_of, imported, lead, person, secretary

pytestmark = pytest.mark.django_db

PLAN_PAGES = ["work-plan", "milestone-add", "work-preview", "publish-choose"]


@pytest.fixture
def plan():
    return imported(FIRST, secretary(), a_plan())


def addresses(plan, draft) -> list[str]:
    milestone = Milestone.objects.filter(cycle__plan=plan).first()
    each = {"slug": plan.slug, "uid": milestone.uid}
    return [
        reverse("plans:desk"),
        reverse("plans:read-date"),
        reverse("plans:import-start"),
        reverse("plans:import", args=[draft.uid]),
        reverse("plans:import-discard", args=[draft.uid]),
        *(reverse(f"plans:{name}", args=[plan.slug]) for name in PLAN_PAGES),
        reverse("plans:publish", args=[plan.slug]),
        *(
            reverse(f"plans:{name}", kwargs=each)
            for name in ("milestone", "milestone-end", "milestone-done")
        ),
    ]


def test_a_stranger_is_sent_to_sign_in_everywhere(client, plan):
    draft = draft_of(FIRST, plan.imports.first().owner)
    for address in addresses(plan, draft):
        for answer in (client.get(address), client.post(address)):
            assert answer.status_code == 302, address
            assert answer.url.startswith(reverse("account:login")), address
    assert ImportDraft.objects.get(pk=draft.pk).version == draft.version


def test_nothing_signed_in_is_kept_by_a_shared_cache(client, plan):
    client.force_login(plan.imports.first().owner)
    for name in PLAN_PAGES:
        answer = client.get(reverse(f"plans:{name}", args=[plan.slug]))
        assert answer.status_code == 200
        assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("who", ["member", "other secretary", "other lead", "nobody"])
def test_a_plan_of_others_does_not_exist(client, plan, who):
    body = committee()
    user = {
        "member": lambda: person("medlem", Role.MEMBER, body),
        "other secretary": lambda: secretary("anden", "Teknik- og Miljøudvalget"),
        "other lead": lambda: lead(a_plan("En anden plan"), "anden"),
        "nobody": lambda: person("nogen"),
    }[who]()
    client.force_login(user)
    milestone = Milestone.objects.filter(cycle__plan=plan).first()
    for name in [*PLAN_PAGES, "publish"]:
        assert client.get(reverse(f"plans:{name}", args=[plan.slug])).status_code == 404
    for name in ("milestone", "milestone-end", "milestone-done"):
        address = reverse(f"plans:{name}", kwargs={"slug": plan.slug, "uid": milestone.uid})
        assert client.get(address).status_code == 404
        assert client.post(address, {"version": 1, "delete": 1}).status_code == 404
    assert client.post(reverse("plans:mark-public", args=[plan.slug])).status_code == 404
    assert Milestone.objects.filter(pk=milestone.pk, is_public=False).exists()
    assert plan.title not in client.get(reverse("plans:desk")).content.decode()


def test_a_member_has_no_import(client):
    client.force_login(person("medlem", Role.MEMBER, committee()))
    assert client.get(reverse("plans:import-start")).status_code == 403
    assert client.get(reverse("plans:desk")).url == reverse("plans:member-matters")


def test_another_persons_draft_does_not_exist_even_for_the_administrator(client):
    draft = draft_of(FIRST, secretary())
    for user in (secretary("anden"), person("administrator", Role.ADMINISTRATOR)):
        client.force_login(user)
        for name in ("import", "import-discard"):
            address = reverse(f"plans:{name}", args=[draft.uid])
            assert client.get(address).status_code == 404
            assert client.post(address, {"apply": 1}).status_code == 404
    draft.refresh_from_db()
    assert draft.state == "open"


def test_a_draft_of_a_plan_one_no_longer_works_with_is_gone(client):
    plan = a_plan()
    user = lead(plan)
    draft = draft_of(FIRST, user, plan)
    client.force_login(user)
    assert client.get(reverse("plans:import", args=[draft.uid])).status_code == 200
    user.led_plans.all().delete()
    assert client.get(reverse("plans:import", args=[draft.uid])).status_code in (403, 404)


def test_a_lead_imports_and_marks_but_does_not_publish(client, plan):
    user = lead(plan)
    client.force_login(user)
    uid = str(Milestone.objects.filter(cycle__plan=plan).first().uid)
    marked = client.post(
        reverse("plans:mark-public", args=[plan.slug]), {"public": [uid], "publish": 1}
    )
    assert marked.url == reverse("plans:work-plan", args=[plan.slug])
    assert Milestone.objects.get(uid=uid).is_public
    assert client.get(reverse("plans:publish", args=[plan.slug])).status_code == 403
    assert client.post(reverse("plans:publish", args=[plan.slug])).status_code == 403
    assert not Publication.objects.exists()


def test_a_lead_cannot_import_into_another_plan_or_make_one(client, plan):
    client.force_login(lead(a_plan("En anden plan")))
    data = {"text": FIRST, "plan": plan.slug}
    assert client.post(reverse("plans:import-start"), data).status_code == 422
    assert client.post(reverse("plans:import-start"), {"text": FIRST}).status_code == 422
    assert not ImportDraft.objects.filter(state="open").exists()


def test_a_milestone_of_another_plan_is_not_reached_through_ones_own(client, plan):
    own = a_plan("Egen plan")
    client.force_login(lead(own))
    foreign = Milestone.objects.filter(cycle__plan=plan).first()
    address = reverse("plans:milestone", kwargs={"slug": own.slug, "uid": foreign.uid})
    assert client.post(address, {"title": "Overtaget"}).status_code == 404
    uids = {"public": [str(foreign.uid)]}
    client.post(reverse("plans:mark-public", args=[own.slug]), uids)
    foreign.refresh_from_db()
    assert not foreign.is_public
