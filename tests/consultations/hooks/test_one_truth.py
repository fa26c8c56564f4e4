"""What happens to a consultation and its plan is told alike on every page: the cases that a person
found by hand (the machine of ``tests/walk/`` finds others)."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from consultations import deadlines
from consultations.models import Round
from consultations.rounds.actions import events
from consultations.rounds.actions import rounds as round_acts
from kommuneplan import clock
from kommuneplan.core.enums import Role
from kommuneplan.core.gates import Blocked
from kommuneplan.timespan.span import TimeSpan
from plans.decisions.actions import outcomes, steps
from plans.enums import MilestoneKind, Outcome, Purpose, Stage
from plans.models import Plan
from plans.process.actions import meetings, milestones
from plans.versions.actions import publishing
from plans.versions.actions.freezing import freeze
from tests.consultations.round_factories import an_invitation
from tests.factories import person, secretary
from tests.plans.matters import bodies, meeting, ready_plan, submitted, treats
from tests.walk.surfaces import disagreements, unsealed

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
FIRST_DAY = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(FIRST_DAY, tick=False) as traveller:
        bodies()
        yield traveller


def publish(plan: Plan, stage: Stage) -> None:
    version = plan.versions.filter(stage=stage).order_by("number").last()
    seen = plan.publications.count()
    publishing.publish_version(version=version, seen=seen, reason="Offentliggjort", by=None)


def sent_out(plan: Plan, **more: Any) -> Plan:
    treats(submitted(plan, **more))
    publish(plan, Stage.CONSULTATION)
    return plan


def announced(
    plan: Plan, first: int, last: int, renews: Round | None = None, *, public: bool = True
) -> Round:
    """A round from so many days from today until so many."""
    row = round_acts.create_round(
        plan=plan,
        facts={
            "title": "Høring om Alfa", "introduction": "Kort", "letter": "Kære part",
            "frozen": plan.versions.filter(stage=Stage.CONSULTATION).order_by("number").last(),
            "is_public": public, "is_internal": False,
            "opens_at": deadlines.begins(clock.today() + first * DAY),
            "closes_at": deadlines.ends(clock.today() + last * DAY),
        },
        renews=renews,
        because="Rettet bilag" if renews else "",
        by=None,
    )  # fmt: skip
    if not row.invitations.exists():
        an_invitation(row, "Handicaprådet", invited_at=None)
    round_acts.announce_round(round=row, seen=row.version, by=None)
    row.refresh_from_db()
    return row


def withdraw(row: Round) -> None:
    row.refresh_from_db()
    events.withdraw(round=row, reason="Forkert bilag", seen=row.version, by=None)
    row.refresh_from_db()


def words(client, address: str) -> str:
    content = client.get(address).content.decode()
    return " ".join(content.split())


def memo(client, plan: Plan, under: str = "") -> str:
    response = client.get(f"/planer/{plan.slug}/{under}procesplan.docx")
    with zipfile.ZipFile(io.BytesIO(b"".join(response))) as paper:
        return paper.read("word/document.xml").decode()


def calendar(client, plan: Plan) -> str:
    content = client.get(f"/planer/{plan.slug}/kalender.ics").content.decode()
    return content.replace("\r\n ", "")


@pytest.mark.parametrize(
    ("happens", "step", "missing"),
    [
        ("nothing", "Opret høringen", "der er ikke oprettet en høring"),
        ("announced", "Høringen er bekendtgjort og åbner senere", "åbner senere"),
        ("withdrawn", "Opret høringen", "Der skal oprettes en ny"),
    ],
)
def test_desk_and_overview_name_the_same_next_step_of_what_was_sent_out(
    client, happens, step, missing
):
    plan = sent_out(ready_plan("Alfa"))
    if happens != "nothing":
        row = announced(plan, 8, 40)
    if happens == "withdrawn":
        withdraw(row)
    client.force_login(secretary())
    assert f">{step}<" in words(client, "/arbejde/")
    overview = words(client, reverse("plans:overview", args=[plan.slug]))
    assert missing in overview
    assert ("Opret høringen" in overview) == (step == "Opret høringen")


def test_a_draft_that_is_announced_is_not_told_to_be_in_consultation_before_it_opens(client):
    plan = sent_out(ready_plan("Alfa"))
    publishing.publish(version=plan.versions.get(stage=Stage.SUBMITTED), by=None)
    publish(plan, Stage.CONSULTATION)
    announced(plan, 8, 40)
    page = words(client, f"/planer/{plan.slug}/")
    assert "I høring" not in page and "sat i gang" not in page


def test_a_withdrawal_is_no_new_date_on_page_paper_calendar_and_hearing(client):
    plan = sent_out(ready_plan("Alfa"))
    row = announced(plan, 0, 40)
    withdraw(row)
    page = words(client, f"/planer/{plan.slug}/")
    assert "<strong>Aflyst:</strong> Forkert bilag" in page
    assert "Aflyst. Forkert bilag" in memo(client, plan)
    assert "Aflyst. Forkert bilag" in calendar(client, plan)
    assert "Aflyst. Forkert bilag" in words(client, f"/hoeringer/{row.slug}/")
    again = announced(plan, 0, 40, renews=row)
    days = f"{again.first_day}", f"{again.last_day}"
    assert days == (f"{row.first_day}", f"{row.last_day}")
    assert "<strong>Holdes alligevel:</strong>" in words(client, f"/planer/{plan.slug}/")


def test_an_open_consultations_deadline_stands_in_the_calendar_page_as_in_the_file(client, now):
    plan = sent_out(ready_plan("Alfa"))
    announced(plan, 0, 40)
    now.shift(DAY)
    told = "Svarfrist: Høring"
    assert told in calendar(client, plan)
    assert told in words(client, "/kalender/") and told in words(client, "/")


def test_work_is_given_up_only_when_nobody_is_being_asked(client):
    plan = sent_out(ready_plan("Alfa"))
    row = announced(plan, 0, 40)
    client.force_login(secretary())
    address = reverse("plans:withdraw", args=[plan.slug])
    assert "Træk den først tilbage" in words(client, address)
    answer = client.post(address, {"reason": "Opgivet"})
    assert answer.status_code == 422 and "Opgivet" in answer.content.decode()
    withdraw(row)
    assert client.post(address, {"reason": "Opgivet"}).status_code == 302
    page, told = words(client, f"/planer/{plan.slug}/"), "Planen er trukket tilbage og føres ikke"
    assert told in page and told in memo(client, plan)


def test_nobody_is_asked_about_work_that_is_given_up_or_adopted(now):
    plan = sent_out(ready_plan("Alfa"))
    row = announced(plan, 0, 3)
    now.shift(5 * DAY)
    steps.withdraw_cycle(cycle=plan.open_cycle, reason="Opgivet", by=None)
    row.refresh_from_db()
    assert not row.may_be_extended
    with pytest.raises(Blocked):
        announced(plan, 0, 40)


def test_a_given_up_revision_leaves_the_plan_in_force_as_what_is_to_be_read(client, now):
    plan = sent_out(ready_plan("Alfa"))
    first = announced(plan, 0, 3)
    now.shift(5 * DAY)
    treats(submitted(plan, purpose=Purpose.ADOPTION, treated=True))
    publish(plan, Stage.ADOPTED)
    adopted = plan.versions.get(stage=Stage.ADOPTED)
    now.shift(DAY)
    steps.open_revision(plan=plan, reason="Nyt budget", by=None)
    now.shift(DAY)
    document = publishing.gather(plan)
    seen = publishing.seen_as(document)
    publishing.publish_draft(plan=plan, reason="Udkast", seen=seen, by=None)
    in_force = f"/planer/{plan.slug}/versioner/{adopted.public_number}/"
    assert "Det er den gældende plan" in words(client, in_force)
    hearing = words(client, f"/hoeringer/{first.slug}/")
    assert "et udkast fra før vedtagelsen" in hearing and "udkastet til revisionen" not in hearing
    now.shift(DAY)
    steps.withdraw_cycle(cycle=plan.open_cycle, reason="Opgivet", by=None)
    page = words(client, f"/planer/{plan.slug}/")
    assert "en revision, som er opgivet" in page and in_force in page
    client.force_login(secretary())
    for address in ("/arbejde/", reverse("plans:overview", args=[plan.slug])):
        assert "Offentliggør den vedtagne plan" in words(client, address)
    publish(plan, Stage.ADOPTED)
    assert "opgivet" not in words(client, f"/planer/{plan.slug}/")
    assert "Offentliggør den vedtagne plan" not in words(client, "/arbejde/")


def test_a_decision_before_its_meeting_is_told_on_one_day(client, now):
    plan = sent_out(ready_plan("Alfa"))
    announced(plan, 0, 3)
    now.shift(5 * DAY)
    body = plan.body
    held = meeting(body, 10)
    facts = {"title": "Vedtagelse i udvalget", "kind": MilestoneKind.ADOPTION, "meeting": held}
    facts["is_public"] = True
    milestones.add_milestone(cycle=plan.open_cycle, facts=facts, bodies=[body], by=None)
    chain = [steps.ChainStep(body, held)]
    matter = steps.submit(
        plans=[plan], purpose=Purpose.ADOPTION, title="Sag", chain=chain, treated=True, by=None
    )
    treats(matter, Outcome.APPROVED)
    publish(plan, Stage.ADOPTED)
    assert "Vedtagelse i udvalget" not in words(client, "/kalender/")
    assert "Gennemført 7. marts 2026" in words(client, f"/planer/{plan.slug}/")
    held.refresh_from_db()
    day = clock.today() + 20 * DAY
    meetings.move_meeting(meeting=held, seen=held.version, day=day, reason="Sal optaget", by=None)
    client.force_login(person("medlem", Role.MEMBER, body))
    member = words(client, "/arbejde/udvalg/")
    assert member.index("Andre sager") < member.index("Godkendt")
    version = plan.versions.get(matters__matter=matter)
    assert "7. marts 2026" in version.name


def test_a_plan_that_has_expired_says_so_while_it_is_revised(client, now):
    plan = sent_out(ready_plan("Alfa", expires_on=dt.date(2028, 2, 29)))
    announced(plan, 0, 3)
    now.shift(5 * DAY)
    treats(submitted(plan, purpose=Purpose.ADOPTION, treated=True))
    now.move_to(dt.datetime(2028, 3, 1, 9, tzinfo=dt.UTC))
    steps.open_revision(plan=plan, reason="Nyt budget", by=None)
    client.force_login(secretary())
    overview = words(client, reverse("plans:overview", args=[plan.slug]))
    assert "ingen plan gælder, før revisionen er vedtaget" in overview
    assert "Skriv, hvor længe den gælder" in overview


def test_a_consultation_that_no_process_plan_tells_of_stands_everywhere_with_its_act(client, now):
    plan = ready_plan("Alfa")
    plan.open_cycle.milestones.all().delete()
    sent_out(plan, treated=True)
    announced(plan, 0, 40)
    now.shift(DAY)
    last = "11. april 2026"
    below = ready_plan("Beta", parent=plan)
    publishing.publish(version=freeze(plan=below, stage=Stage.DRAFT, by=None), by=None)
    assert last not in words(client, f"/planer/{below.slug}/")  # it is told of its own plan alone
    for address in (f"/planer/{plan.slug}/", "/planer/", "/kalender/", "/"):
        assert last in words(client, address), address
    assert "Svarfrist: Høring" in calendar(client, plan)
    assert "Svarfrist: Høring" in client.get("/kalender.ics").content.decode()
    assert last in memo(client, plan)
    assert [*unsealed(), *disagreements([plan])] == []
    number = plan.publications.get().version.public_number
    assert last not in memo(client, plan, f"versioner/{number}/")  # a version says what it said


def test_a_decision_that_is_taken_back_leaves_nothing_to_publish(client):
    plan = ready_plan("Alfa")
    treatment = treats(submitted(plan))
    decision = outcomes.Decision(Outcome.REJECTED, clock.today())
    outcomes.correct_outcome(treatment=treatment, decision=decision, reason="Fejl", by=None)
    client.force_login(secretary())
    for address in ("/arbejde/", reverse("plans:overview", args=[plan.slug])):
        assert "Offentliggør høringsudkastet" not in words(client, address)


def test_an_adoption_with_amendments_is_told_so_in_lists_too(client, now):
    plan = sent_out(ready_plan("Alfa"))
    announced(plan, 0, 3)
    now.shift(5 * DAY)
    matter = submitted(plan, purpose=Purpose.ADOPTION, treated=True)
    treats(matter, Outcome.AMENDED, amended=True)
    publish(plan, Stage.ADOPTED)
    for address in (f"/planer/{plan.slug}/", "/planer/", "/"):
        assert "Vedtaget med ændringer af Socialudvalget" in words(client, address)


def test_nothing_is_ready_while_a_party_may_still_answer(client, now):
    plan = sent_out(ready_plan("Alfa"))
    row = announced(plan, 0, 3)
    later = deadlines.ends(clock.today() + 20 * DAY)
    party = row.invitations.get()
    events.extend(
        round=row, closes_at=later, reason="Ferie", seen=row.version, invitation=party, by=None
    )
    now.shift(5 * DAY)
    client.force_login(secretary())
    assert "Meld høringen klar" not in words(client, "/arbejde/")


def test_what_was_to_come_of_a_repealed_plan_is_in_neither_calendar(client, now):
    plan = sent_out(ready_plan("Alfa"))
    announced(plan, 0, 3)
    now.shift(5 * DAY)
    facts = {"title": "Evaluering", "kind": MilestoneKind.EVALUATION, "is_public": True}
    facts |= {"when": TimeSpan.day(dt.date(2026, 12, 1)), "written": "1. december 2026"}
    milestones.add_milestone(cycle=plan.open_cycle, facts=facts, bodies=(), by=None)
    treats(submitted(plan, purpose=Purpose.ADOPTION, treated=True))
    publish(plan, Stage.ADOPTED)
    assert "Evaluering" in client.get("/kalender.ics").content.decode()
    steps.repeal(plan=plan, on=clock.today(), reason="Afløst", by=None)
    assert "Evaluering" not in words(client, "/kalender/")
    assert "Evaluering" not in client.get("/kalender.ics").content.decode()


def test_who_is_consulted_is_told_where_not_everybody_is(client, now):
    plan = sent_out(ready_plan("Alfa"))
    announced(plan, 0, 40, public=False)
    now.shift(DAY)
    assert "Høringen er ikke åben for alle" in words(client, f"/planer/{plan.slug}/")
    announced(plan, 0, 20)
    now.shift(DAY)
    assert "Høringen er ikke åben for alle" not in words(client, f"/planer/{plan.slug}/")
