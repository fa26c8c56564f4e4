"""Where a plan stands, told alike on every surface, with the act and without anybody publishing."""

from __future__ import annotations

import io
import re

import pytest
from django.urls import reverse
from docx import Document

from kommuneplan import clock
from plans.decisions.actions import steps
from plans.enums import CycleState, Outcome, PublicState, Purpose, Stage
from plans.models import Plan, Treatment
from plans.public.standing import Reads, standing_of_plan
from plans.versions.actions.publishing import publish
from tests.consultations.round_factories import a_round
from tests.factories import committee, secretary
from tests.plans.decisions.test_states import closed_round, corrected
from tests.plans.matters import DAY, bodies, ready_plan, submitted, treats
from tests.plans.member_household import member
from tests.plans.published import publication_of

pytestmark = pytest.mark.django_db
OPEN = "KANARIE: målene kan stadig ændres"
WORDS = "Indstillingen blev tiltrådt."
PROTOCOL = "https://referat.example.dk/br/7"


def public_draft(**fields) -> Plan:
    """A draft that everybody reads, with the person's words."""
    plan = ready_plan(still_open=OPEN, decided_by="KANARIE: rådet til sommer", **fields)
    publication_of(plan, visible_from=clock.now() - DAY)
    return plan


def after_consultation(**fields) -> Plan:
    plan = public_draft(**fields)
    treats(submitted(plan), decided_on=clock.today() - 70 * DAY)
    publish(version=plan.versions.get(stage=Stage.CONSULTATION), by=None)
    closed_round(plan)
    return plan


def adopt(plan: Plan, **facts) -> Treatment:
    *_others, council = bodies()
    facts = {"wording": WORDS, "protocol": PROTOCOL, **facts}
    return treats(submitted(plan, purpose=Purpose.ADOPTION, chain=(council,)), **facts)


def standing(plan: Plan):
    return standing_of_plan(plan.slug, at=clock.now())


def surfaces(client, plan: Plan) -> dict[str, str]:
    """What everybody is told, by surface, as text."""
    home = f"/planer/{plan.slug}/"
    pages = {
        "page": home,
        "version": f"{home}versioner/1/",
        "list": "/planer/",
        "found": "/planer/?q=naboskab",
        "calendar": f"{home}kalender.ics",
        "all": "/kalender.ics",
    }
    told = {name: client.get(address).content.decode() for name, address in pages.items()}
    told = {name: re.sub(r"\r\n |\s+", " ", text) for name, text in told.items()}
    told["calendar"], told["all"] = (
        client.get(pages[name]).content.decode().replace("\r\n ", "")
        for name in ("calendar", "all")
    )
    paper = io.BytesIO(client.get(f"{home}plan.docx").content)
    told["word"] = "\n".join(row.text for row in Document(paper).element.body.iter() if row.text)
    memo = io.BytesIO(client.get(f"{home}procesplan.docx").content)
    told["memo"] = "\n".join(row.text for row in Document(memo).element.body.iter() if row.text)
    return told


def test_adopted_is_told_alike_everywhere_with_the_act(client) -> None:
    plan = after_consultation()
    before = surfaces(client, plan)
    assert OPEN in before["page"] and OPEN in before["word"]
    adopt(plan)
    words = f"Vedtaget af Borgerrepræsentationen {clock.today().day}. november 2026"
    words = words if clock.today().month == 11 else "Vedtaget af Borgerrepræsentationen"
    after = surfaces(client, plan)
    for surface, told in after.items():
        assert words in told, surface
        assert "KANARIE" not in told, surface
    for surface in ("page", "version", "word", "memo"):
        assert WORDS in after[surface] and PROTOCOL in after[surface], surface
    front = client.get("/").content.decode()
    assert words in front
    assert "Teksten her er ældre end den vedtagne" in after["page"]
    publish(version=plan.versions.get(stage=Stage.ADOPTED), by=None)
    assert "ældre end den vedtagne" not in surfaces(client, plan)["page"]


def test_a_closed_item_leaks_nothing_of_its_words(client) -> None:
    plan = after_consultation()
    adopt(plan, is_closed=True)
    for surface, told in surfaces(client, plan).items():
        assert "Vedtaget af Borgerrepræsentationen" in told, surface
        assert WORDS not in told and PROTOCOL not in told, surface


def test_what_is_submitted_and_not_decided_is_told_nowhere(client) -> None:
    plan = after_consultation()
    assert standing(plan).state == PublicState.AFTER_CONSULTATION
    before = surfaces(client, plan)
    matter = submitted(plan, purpose=Purpose.ADOPTION, chain=bodies())
    treats(matter, Outcome.RECOMMENDED, wording="HEMMELIGT")
    after = surfaces(client, plan)
    assert after == before


def test_sent_back_is_told_in_its_own_words_and_taken_back(client) -> None:
    plan = public_draft()
    row = treats(submitted(plan), Outcome.RETURNED, wording=WORDS)
    home = f"/planer/{plan.slug}/"
    assert "Sendt tilbage til udkast af Socialudvalget" in client.get(home).content.decode()
    corrected(row, Outcome.APPROVED)
    page = client.get(home).content.decode()
    assert "Sendt tilbage" not in page and "Skal sendes i høring" in page
    assert "besluttede" in page


def test_a_round_that_opens_and_ends_is_told_without_anybodys_publishing(client) -> None:
    plan = public_draft()
    treats(submitted(plan), decided_on=clock.today() - 70 * DAY)
    home = f"/planer/{plan.slug}/"
    assert "Skal sendes i høring" in client.get(home).content.decode()
    row = a_round(plan, version=plan.versions.last(), public=False)
    assert "state-in_consultation" in client.get(home).content.decode()
    row.closes_at = clock.now()
    row.save()
    assert "state-after_consultation" in client.get(home).content.decode()


@pytest.mark.parametrize("act", ["outcome", "correction", "revision", "withdrawal", "round"])
def test_each_act_changes_the_key_of_the_page_and_the_tag_of_papers(client, act) -> None:
    plan = after_consultation()
    row = adopt(plan) if act in {"correction", "revision"} else None
    paper = f"/planer/{plan.slug}/procesplan.docx"

    def keys() -> tuple[str, str]:
        return client.get(f"/planer/{plan.slug}/")["ETag"], client.get(paper)["ETag"]

    before = keys()
    if act == "outcome":
        adopt(plan)
    elif act == "correction":
        corrected(row, Outcome.APPROVED, wording="Nye ord")
    elif act == "revision":
        steps.open_revision(plan=plan, reason="Nye tal", by=None)
    elif act == "withdrawal":
        steps.withdraw_cycle(cycle=plan.open_cycle, reason="Opgivet", by=None)
    else:
        a_round(plan, version=plan.versions.last(), public=False)
    after = keys()
    assert before[0] != after[0] and before[1] != after[1]
    assert keys() == after


def test_a_cached_page_asks_once(client, django_assert_num_queries) -> None:
    plan = after_consultation()
    adopt(plan)
    client.get(f"/planer/{plan.slug}/")
    with django_assert_num_queries(1):
        client.get(f"/planer/{plan.slug}/")


def test_members_and_the_workspace_tell_the_same(client) -> None:
    plan = after_consultation()
    adopt(plan)
    client.force_login(secretary())
    overview = client.get(reverse("plans:overview", args=[plan.slug])).content.decode()
    assert "Vedtaget af Borgerrepræsentationen" in overview
    client.force_login(member())
    number = plan.versions.get(stage=Stage.CONSULTATION).number
    page = client.get(reverse("plans:member-version", args=[plan.slug, number])).content.decode()
    assert "Vedtaget af Borgerrepræsentationen" in page and "KANARIE" not in page


def test_expired_and_repealed_say_from_when(client) -> None:
    plan = after_consultation(expires_on=clock.today() + DAY)
    adopt(plan)
    page = client.get(f"/planer/{plan.slug}/").content.decode()
    assert "Den gælder til og med" in page
    Plan.objects.filter(pk=plan.pk).update(expires_on=clock.today() - DAY)
    page = client.get(f"/planer/{plan.slug}/").content.decode()
    assert "Udløbet: den gjaldt til og med" in page
    assert standing(plan).state == PublicState.EXPIRED
    assert standing(plan).reads == Reads.OLDER
    assert committee() and CycleState.ADOPTED
