"""Who is kept out of an item, what a member of the council is given to see, what waits on the desk,
what a search finds."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from kommuneplan import clock
from kommuneplan.core.enums import BodyKind, Role
from kommuneplan.core.models import Meeting, Membership, User
from plans.agenda.actions import writing
from plans.members.actions.recusals import record_recusal
from plans.models import AgendaItem, InsightRequest, Plan
from tests.factories import committee, person
from tests.plans.matters import COUNCIL, DAY, ready_plan, submitted

pytestmark = pytest.mark.django_db

TITLE = "Køb af grund ved kanalen"


def signed(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def secretary() -> User:
    return person("sekretær", Role.SECRETARY, committee())


def councillor(name: str = "byrådsmedlem") -> User:
    return person(name, Role.MEMBER, committee(COUNCIL, BodyKind.COUNCIL))


def item(plan: Plan | None = None, **more: Any) -> AgendaItem:
    """An item on an agenda that is sent out."""
    meeting = Meeting.objects.create(body=committee(), date=clock.today() + 5 * DAY)
    facts = writing.ItemFacts(title=TITLE, plan=plan, **more)
    row = writing.add_item(meeting=meeting, facts=facts, by=None)
    writing.send_out(meeting=meeting, by=None)
    return row


def at(row: Any, what: str = "agenda-item") -> str:
    return reverse(f"plans:{what}", args=[row.uid])


# --- recusals in items ---------------------------------------------------------------------------


def test_an_item_does_not_exist_for_a_member_who_is_inhabil_in_it():
    row, member = item(), person("inhabil", Role.MEMBER, committee())
    assert signed(member).get(at(row)).status_code == 200
    boss = signed(secretary())
    said = {"member": member.pk, "reason": "interest"}
    assert boss.post(at(row, "agenda-recusals"), said).status_code == 302
    reader = signed(member)
    assert reader.get(at(row)).status_code == 404
    assert TITLE not in reader.get(at(row.meeting, "agenda-meeting")).content.decode()
    assert TITLE not in reader.get("/arbejde/soeg/?q=grund").content.decode()
    lift = {"lift": row.recusals.get().pk}
    boss.post(at(row, "agenda-recusals"), lift)
    assert reader.get(at(row)).status_code == 200


def test_who_is_inhabil_in_a_plans_matter_knows_no_item_about_the_plan():
    plan, member = ready_plan(), person("inhabil", Role.MEMBER, committee())
    row = item(plan)
    matter = submitted(plan)
    assert signed(member).get(at(row)).status_code == 200
    record_recusal(matter=matter, member=member, reason="family", by=secretary())
    assert signed(member).get(at(row)).status_code == 404


def test_only_a_member_of_the_body_can_be_inhabil():
    stranger = person("fremmed", Role.MEMBER, committee("Teknikudvalget"))
    said = {"member": stranger.pk, "reason": "interest"}
    assert signed(secretary()).post(at(item(), "agenda-recusals"), said).status_code == 422


# --- insight -------------------------------------------------------------------------------------


def test_a_council_member_is_given_what_was_put_before_another_body():
    plan = ready_plan()
    matter = submitted(plan)
    version = matter.plans.get().version
    asker = councillor()
    reader = signed(asker)
    page = reverse("plans:member-version", args=[plan.slug, version.uid])
    assert reader.get(page).status_code == 404
    wanted = {"body": committee().slug, "wanted": "Udkastet til strategien"}
    assert reader.post(reverse("plans:insight"), wanted).status_code == 302
    reader.post(reverse("plans:insight"), wanted)  # sent twice
    asked = InsightRequest.objects.get()
    boss = signed(secretary())
    assert "Udkastet til strategien" in boss.get(reverse("plans:insight")).content.decode()
    said = {"seen": asked.version, "answer": "given", "versions": [version.uid]}
    assert boss.post(at(asked, "insight-request"), said).status_code == 302
    assert page in reader.get(at(asked, "insight-request")).content.decode()
    assert reader.get(page).status_code == 200
    asked.refresh_from_db()
    assert asked.answered_by is not None and asked.answered_at is not None
    assert [row.answer for row in asked.history.order_by("pk")][-1] == "given"


def test_insight_ends_with_the_seat_and_is_nobody_elses():
    plan = ready_plan()
    version = submitted(plan).plans.get().version
    asker, other = councillor(), councillor("et andet")
    asked = InsightRequest.objects.create(
        body=committee(), asked_by=asker, asked_at=clock.now(), wanted="Udkastet"
    )
    said = {"seen": 0, "answer": "given", "versions": [version.uid]}
    signed(secretary()).post(at(asked, "insight-request"), {**said, "seen": asked.version})
    page = reverse("plans:member-version", args=[plan.slug, version.uid])
    assert signed(asker).get(page).status_code == 200
    assert signed(other).get(page).status_code == 404
    assert signed(other).get(at(asked, "insight-request")).status_code == 404
    first, last = clock.today() - 9 * DAY, clock.today() - DAY
    Membership.objects.filter(user=asker).update(begins=first, ends=last)
    assert signed(User.objects.get(pk=asker.pk)).get(page).status_code in {403, 404}


def test_nothing_is_given_of_a_matter_in_which_the_asker_is_inhabil():
    plan, asker = ready_plan(), councillor()
    matter = submitted(plan)
    version = matter.plans.get().version
    record_recusal(matter=matter, member=asker, reason="family", by=secretary())
    asked = InsightRequest.objects.create(
        body=committee(), asked_by=asker, asked_at=clock.now(), wanted="Udkastet"
    )
    said = {"seen": asked.version, "answer": "given", "versions": [version.uid]}
    boss = signed(User.objects.get(name="sekretær"))
    assert boss.post(at(asked, "insight-request"), said).status_code == 422


def test_a_refusal_has_a_reason_and_the_asker_reads_it():
    asker = councillor()
    asked = InsightRequest.objects.create(
        body=committee(), asked_by=asker, asked_at=clock.now(), wanted="Et udkast"
    )
    boss = signed(secretary())
    said = {"seen": asked.version, "answer": "refused", "reason": ""}
    answer = boss.post(at(asked, "insight-request"), said)
    assert answer.status_code == 422 and "Skriv, hvorfor" in answer.content.decode()
    boss.post(at(asked, "insight-request"), {**said, "reason": "Det er ikke færdigt"})
    page = signed(asker).get(at(asked, "insight-request")).content.decode()
    assert "Det er ikke færdigt" in page and "Afslået" in page


def test_who_is_not_in_the_council_asks_for_nothing():
    member = signed(person("medlem", Role.MEMBER, committee()))
    said = {"body": committee().slug, "wanted": "Alt"}
    assert member.post(reverse("plans:insight"), said).status_code == 403
    assert not InsightRequest.objects.exists()


# --- the desk and the search ---------------------------------------------------------------------


def test_the_desk_says_what_waits_of_the_meetings():
    body = committee()
    held = Meeting.objects.create(body=body, date=clock.today() - 3 * DAY)
    writing.add_item(meeting=held, facts=writing.ItemFacts(title="Meddelelser"), by=None)
    old = Meeting.objects.create(body=body, date=clock.today() - 400 * DAY)
    writing.add_item(meeting=old, facts=writing.ItemFacts(title="Glemt"), by=None)
    soon = Meeting.objects.create(body=body, date=clock.today() + 3 * DAY)
    writing.add_item(meeting=soon, facts=writing.ItemFacts(title="Budget"), by=None)
    later = Meeting.objects.create(body=body, date=clock.today() + 60 * DAY)
    writing.add_item(meeting=later, facts=writing.ItemFacts(title="Senere"), by=None)
    InsightRequest.objects.create(
        body=body, asked_by=councillor(), asked_at=clock.now(), wanted="Udkastet"
    )
    page = signed(secretary()).get("/arbejde/").content.decode()
    assert "Registrér udfaldet af “Meddelelser”" in page and "Glemt" not in page
    assert page.count("Papirerne til 1 punkt") == 1
    assert "Besvar anmodningen om sagsindsigt fra byrådsmedlem" in page


def test_a_closed_item_is_found_by_those_who_may_know_it_alone():
    item(is_closed=True)
    member = person("medlem", Role.MEMBER, committee())
    foreign = person("fremmed", Role.SECRETARY, committee("Teknikudvalget"))
    for user, may in ((secretary(), True), (member, True), (foreign, False), (councillor(), False)):
        page = signed(user).get("/arbejde/soeg/?q=grund").content.decode()
        assert (">grund<" in page and "kanalen" in page) is may, user.name
