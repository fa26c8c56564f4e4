"""A consultation in the process plan has the dates of its round, wherever a plan is told of."""

from __future__ import annotations

import datetime as dt
import io
import re

import docx
import pdfplumber
import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from consultations import deadlines
from consultations.models import Round
from consultations.rounds.actions import events, rounds
from consultations.rounds.forms.rounds import RoundForm
from kommuneplan import clock
from kommuneplan.core.models import Municipality, User
from kommuneplan.timespan.phrase import day_words
from kommuneplan.timespan.span import Precision, TimeSpan
from plans.document.date_words import shown_date
from plans.document.plan_document import from_json
from plans.document.told_dates import draft_as_told
from plans.enums import MilestoneKind, MilestoneState
from plans.models import DateChange, FrozenMilestone, Milestone, Plan, PlanVersion
from plans.process.actions import milestones
from plans.versions.unpublished import unpublished_of
from plans.versions.verification import verify
from tests.consultations.round_factories import DAY, a_round, an_invitation, sent_out
from tests.factories import a_plan, secretary
from tests.plans.member_household import member

pytestmark = pytest.mark.django_db


@pytest.fixture
def round(client: Client) -> Round:
    """An announced round over a published version, from today, not as the plan had said."""
    Municipality.objects.get_or_create(
        pk=1, defaults={"name": "Naboby Kommune", "contact_email": "post@example.org"}
    )
    return announced(days=30)


def announced(days: int, **fields: object) -> Round:
    version = fields.pop("version", None) or sent_out()
    today = clock.today()
    row = rounds.create_round(
        plan=version.plan,
        facts={
            "title": "Høring", "frozen": version, "is_public": True, "is_internal": False,
            "letter": "Kære part", "introduction": "Kort",
            "opens_at": deadlines.begins(today),
            "closes_at": deadlines.ends(today + days * DAY),
            **fields,
        },
        by=None,
    )  # fmt: skip
    if not row.invitations.exists():
        an_invitation(row, "Handicaprådet", invited_at=None)
    row.refresh_from_db()
    return rounds.announce_round(round=row, seen=row.version, by=None)


def milestone(round: Round) -> Milestone:
    return Milestone.objects.get(uid=round.milestone_uid)


def extended(round: Round, days: int, reason: str = "Rådet mødes senere.") -> dt.date:
    round.refresh_from_db()
    last = clock.today() + days * DAY
    events.extend(
        round=round,
        closes_at=deadlines.ends(last),
        reason=reason,
        seen=round.version,
        by=None,
    )
    return last


def surfaces(client: Client, round: Round) -> dict[str, str]:
    """What everybody reads of the plan, by the surface; without markup."""
    slug = round.plan.slug
    pages = {
        "page": f"/planer/{slug}/",
        "front page": "/",
        "calendar": f"/planer/{slug}/kalender.ics",
        "calendar of all": "/kalender.ics",
        "hearing": f"/hoeringer/{round.slug}/",
    }
    found = {}
    for name, address in pages.items():
        answer = client.get(address)
        assert answer.status_code == 200, address
        text = answer.content.decode().replace("\r\n ", "")
        found[name] = " ".join(re.sub(r"<[^>]+>", " ", text).split())
    paper = docx.Document(io.BytesIO(client.get(f"/planer/{slug}/procesplan.docx").content))
    rows = (row for table in paper.tables for row in table.rows)
    found["paper"] = " ".join(" ".join(cell.text.split()) for row in rows for cell in row.cells)
    return found


def test_announcing_makes_the_dates_public_everywhere_and_nothing_else(client, round):
    last = clock.today() + 30 * DAY
    row = milestone(round)
    assert (row.kind, row.follows_consultation) == (MilestoneKind.HEARING, True)
    assert (row.when.earliest, row.when.latest) == (clock.today(), last)
    row.title = "Et navn som ingen har offentliggjort"
    row.save()
    shown = surfaces(client, round)
    for name in ("page", "hearing", "paper"):
        assert day_words(last) in shown[name], name
    ends = f"{last + DAY:%Y%m%d}"
    for name in ("calendar", "calendar of all"):
        assert f"DTEND;VALUE=DATE:{ends}" in shown[name], name
        assert "Svarfrist" in shown[name]
    assert not [name for name, words in shown.items() if row.title in words]
    assert verify().faults == []


def test_an_extension_is_public_with_the_act_and_keeps_what_was_read(client, round):
    before = clock.today() + 30 * DAY
    old = surfaces(client, round)["calendar"]
    last = extended(round, 44)
    shown = surfaces(client, round)
    for name in ("page", "hearing", "paper", "front page"):
        assert day_words(last) in shown[name], name
    assert "Rådet mødes senere." in shown["page"]
    assert day_words(before) in shown["page"]  # as the date before
    for name in ("calendar", "calendar of all"):
        assert f"DTEND;VALUE=DATE:{last + DAY:%Y%m%d}" in shown[name]
        assert f"DTEND;VALUE=DATE:{before + DAY:%Y%m%d}" not in shown[name]
    assert _sequences(shown["calendar"]) > _sequences(old)
    assert verify().faults == []


def _sequences(calendar: str) -> int:
    return max(map(int, re.findall(r"SEQUENCE:(\d+)", calendar)))


def test_the_frozen_version_shows_what_it_said_below_the_deadline_of_now(client, round):
    before, last = clock.today() + 50 * DAY, extended(round, 60)
    page = client.get(f"/planer/{round.plan.slug}/versioner/1/").content.decode()
    assert day_words(last) in page and day_words(before) in page
    assert page.index(day_words(last)) < page.index(day_words(before))


def test_a_deadline_of_one_party_is_not_the_publics(client, round):
    party = round.invitations.get()
    round.refresh_from_db()
    events.extend(
        round=round,
        closes_at=deadlines.ends(clock.today() + 40 * DAY),
        reason="Kun dem.",
        invitation=party,
        seen=round.version,
        by=None,
    )
    assert milestone(round).when.latest == clock.today() + 30 * DAY
    assert "Kun dem." not in surfaces(client, round)["page"]


def test_closed_early_and_held_again(client, round):
    round.refresh_from_db()
    sooner = clock.today() + 5 * DAY
    events.close_early(
        round=round, closes_at=deadlines.ends(sooner), reason="Fejl.", seen=round.version, by=None
    )
    assert milestone(round).when.latest == sooner
    with time_machine.travel(clock.now() + 7 * DAY):
        shown = client.get(f"/planer/{round.plan.slug}/").context
        line = shown["document"].milestone(str(round.milestone_uid))
        assert (line.state, line.done_on) == (MilestoneState.DONE, sooner)
        last = extended(round, 20, "Genåbnet.")
        line = (
            client.get(f"/planer/{round.plan.slug}/")
            .context["document"]
            .milestone(str(round.milestone_uid))
        )
        assert (line.state, line.when.latest) == (MilestoneState.PLANNED, last)


def test_withdrawn_it_is_cancelled_and_renewed_it_is_planned_again(client, round):
    round.refresh_from_db()
    events.withdraw(round=round, reason="Forkert bilag.", seen=round.version, by=None)
    round.refresh_from_db()
    assert milestone(round).state == MilestoneState.CANCELLED
    shown = surfaces(client, round)
    assert "Aflyst" in shown["page"] and "Forkert bilag." in shown["page"]
    assert "STATUS:CANCELLED" in shown["calendar"]
    again = rounds.create_round(
        plan=round.plan,
        facts={
            "title": "Fornyet", "frozen": round.frozen, "is_public": True, "is_internal": False,
            "introduction": "Kort",
            "opens_at": deadlines.begins(clock.today()),
            "closes_at": deadlines.ends(clock.today() + 70 * DAY),
        },
        renews=round,
        because="Bilaget er rettet",
        by=None,
    )  # fmt: skip
    again.refresh_from_db()
    rounds.announce_round(round=again, seen=again.version, by=None)
    again.refresh_from_db()
    row = milestone(again)
    assert row.uid == round.milestone_uid
    assert (row.state, row.when.latest) == (MilestoneState.PLANNED, clock.today() + 70 * DAY)
    events_shown = surfaces(client, again)["calendar"].split("BEGIN:VEVENT")
    [own] = [event for event in events_shown if f"UID:{row.uid}" in event]
    assert "STATUS:CANCELLED" not in own


def test_a_round_without_a_place_in_the_process_plan_gets_one():
    version = sent_out()
    version.plan.open_cycle.milestones.filter(kind=MilestoneKind.HEARING).delete()
    row = announced(days=30, version=version)
    assert milestone(row).when.latest == clock.today() + 30 * DAY
    assert milestone(row).is_public


def test_an_internal_round_is_no_part_of_the_process_plan():
    row = announced(days=30, is_public=False, is_internal=True)
    assert row.milestone_uid is None
    assert not Milestone.objects.filter(follows_consultation=True).exists()


def test_nothing_but_the_round_moves_ends_or_finishes_it(client, round):
    row = milestone(round)
    client.force_login(secretary())
    slug = round.plan.slug
    with pytest.raises(milestones.DateNotItsOwn):
        milestones.move_milestone(milestone=row, when=None, written="afventer", by=None)
    for act in (milestones.cancel_milestone, milestones.delete_milestone):
        with pytest.raises(milestones.IsConsultation):
            act(milestone=row, by=None)
    page = client.get(reverse("plans:milestone", args=[slug, row.uid]))
    assert "when" not in page.context["form"].fields
    assert reverse("consultations:round-list", args=[slug]) in page.content.decode()
    for name in ("milestone-end", "milestone-done", "milestone-move"):
        answer = client.post(
            reverse(f"plans:{name}", args=[slug, row.uid]), {"version": row.version}
        )
        assert answer.status_code == 302, name
    now = milestone(round)
    assert (now.when, now.state, now.version) == (row.when, row.state, row.version)


def test_what_is_over_by_itself_is_not_late(client, round):
    with time_machine.travel(clock.now() + 31 * DAY):
        client.force_login(secretary())
        room = client.get(reverse("plans:work-plan", args=[round.plan.slug])).content.decode()
        row = room.split(f'id="m-{round.milestone_uid}"')[1].split("</tbody>")[0]
        assert "Overskredet" not in row and "Gennemført" in row
        assert str(round.milestone_uid) not in client.get(reverse("plans:desk")).content.decode()


def test_lists_and_live_rows_say_the_same_after_any_act(round):
    for days in (33, 47, 51):
        extended(round, days)
    row = milestone(round)
    for frozen in FrozenMilestone.objects.filter(uid=row.uid):
        assert (frozen.when, frozen.written, frozen.state) == (row.when, row.written, row.state)
    ends = [change.when.latest for change in DateChange.objects.filter(milestone=row)]
    assert ends[-3:] == [clock.today() + days * DAY for days in (30, 33, 47)]


def test_a_round_that_was_announced_before_milestones_followed_changes_nothing_else():
    row = a_round()
    extended(row, 60)
    assert not Milestone.objects.filter(follows_consultation=True).exists()


def test_what_the_round_has_told_waits_for_no_publication(round):
    assert unpublished_of(round.plan).total == 0
    extended(round, 60)
    assert unpublished_of(round.plan).total == 0
    with time_machine.travel(clock.now() + 61 * DAY):
        assert unpublished_of(round.plan).total == 0
    row = milestone(round)
    row.title = "Et andet navn"
    row.save()
    assert unpublished_of(round.plan).total == 1


# --- which step of the process plan a round is -------------------------------------------------


def hearings(plan: Plan) -> list[Milestone]:
    """Two consultations in a process plan: one in ten days, one in a hundred."""
    cycle = plan.open_cycle
    cycle.milestones.filter(kind=MilestoneKind.HEARING).delete()
    found = []
    for title, first in (("Forhøring", 10), ("Høring af planen", 100)):
        row = Milestone(cycle=cycle, title=title, kind=MilestoneKind.HEARING, is_public=True)
        row.when = TimeSpan.between(
            clock.today() + first * DAY, clock.today() + (first + 40) * DAY, Precision.RANGE
        )
        row.save()
        found.append(row)
    return found


def form_of(client: Client, plan: Plan, name: str = "round-new", *args: object):
    return client.get(reverse(f"consultations:{name}", args=[plan.slug, *args])).context["form"]


def typed(form: RoundForm, **changes: object) -> dict[str, object]:
    """What the form sends as it is shown, but for some fields."""
    shown = {name: form[name].value() for name in form.fields}
    shown = {name: value for name, value in shown.items() if value not in {None, False}}
    return shown | changes


def test_the_step_that_comes_first_is_suggested_and_another_can_be_chosen(client, round):
    client.force_login(secretary())
    plan = sent_out(a_plan("Strategi for haver")).plan
    first, second = hearings(plan)
    form = form_of(client, plan)
    assert [uid for uid, _ in form.fields["milestone"].choices] == [
        str(first.uid), str(second.uid), "ny",
    ]  # fmt: skip
    assert form["milestone"].value() == first.uid
    assert form["first_day"].value() == first.when.earliest
    address = reverse("consultations:round-new", args=[plan.slug])
    assert client.post(address, typed(form, milestone=second.uid)).status_code == 302
    row = plan.rounds.get()
    assert row.milestone_uid == second.uid
    page = client.get(reverse("consultations:round-page", args=[plan.slug, row.uid]))
    assert second.title in page.content.decode()
    # And when it is changed, the chosen one is shown, and can become the other.
    form = form_of(client, plan, "round-edit", row.uid)
    assert form["milestone"].value() == second.uid
    address = reverse("consultations:round-edit", args=[plan.slug, row.uid])
    assert client.post(address, typed(form, milestone=first.uid)).status_code == 302
    row.refresh_from_db()
    assert row.milestone_uid == first.uid


def test_a_new_step_is_made_when_the_consultation_is_opened(client, round):
    client.force_login(secretary())
    plan = sent_out(a_plan("Strategi for haver")).plan
    others = hearings(plan)
    address = reverse("consultations:round-new", args=[plan.slug])
    assert (
        client.post(
            address, typed(form_of(client, plan), milestone="ny", introduction="Kort")
        ).status_code
        == 302
    )
    row = plan.rounds.get()
    assert plan.open_cycle.milestones.filter(kind=MilestoneKind.HEARING).count() == len(others)
    assert form_of(client, plan, "round-edit", row.uid)["milestone"].value() == "ny"
    an_invitation(row, "Handicaprådet", invited_at=None)
    rounds.announce_round(round=row, seen=row.version, by=None)
    row.refresh_from_db()
    made = milestone(row)
    assert made not in others
    assert made.when.latest == row.last_day


def test_an_internal_consultation_is_no_step_and_another_plans_step_is_refused(client, round):
    client.force_login(secretary())
    plan = sent_out(a_plan("Strategi for haver")).plan
    hearings(plan)
    address = reverse("consultations:round-new", args=[plan.slug])
    form = form_of(client, plan)
    refused = client.post(address, typed(form, milestone=round.milestone_uid))
    assert refused.status_code == 422
    assert "milestone" in refused.context["form"].errors
    assert client.post(address, typed(form, audience="internal")).status_code == 302
    assert plan.rounds.get().milestone_uid is None


# --- those who read the draft itself ------------------------------------------------------------


def member_pages(client: Client, version: PlanVersion) -> dict[str, str]:
    """The members' page of a version, and their PDF, without markup."""
    client.force_login(User.objects.filter(name="medlem").first() or member())
    page = client.get(reverse("plans:member-version", args=[version.plan.slug, version.uid]))
    paper = client.get(reverse("plans:member-pdf", args=[version.plan.slug, version.uid]))
    with pdfplumber.open(io.BytesIO(paper.content)) as pdf:
        pages = [" ".join((one.extract_text() or "").split()) for one in pdf.pages]
    text = " ".join(re.sub(r"<[^>]+>", " ", page.content.decode()).split())
    return {"page": text, "cover": pages[0], "inside": " ".join(pages[1:])}


def test_the_draft_is_read_with_the_present_deadline_and_what_it_said(client):
    """The draft was frozen before the round was prepared, with other dates."""
    Municipality.objects.get_or_create(pk=1, defaults={"name": "Naboby Kommune"})
    version = sent_out()
    said = shown_date(from_json(version.content).process_plan.milestones[0])
    row = announced(days=30, version=version)
    title = milestone(row).title
    last = extended(row, 45, reason="Rådet mødes senere.")
    hearing = surfaces(client, row)["hearing"]
    assert day_words(last) in hearing.split("Udkastet")[0]
    assert f"(var {said})" in hearing
    assert re.search(rf"\(var [^)]*{day_words(clock.today() + 30 * DAY)}\)", hearing)
    assert "Rådet mødes senere." in hearing
    found = member_pages(client, version)
    assert day_words(last) in found["page"] and said in found["page"]
    assert f"{title}: nu" in found["cover"]
    assert day_words(last) in found["cover"]
    inside = re.split(r"[\s–]+", found["inside"])  # a date is broken over two lines
    assert set(re.split(r"[\s–]+", said)) <= set(inside)
    assert day_words(last) not in found["inside"]


def test_what_only_the_draft_said_is_told_as_its_own_words(client):
    """Nobody but the members had read the date when the consultation got another."""
    Municipality.objects.get_or_create(pk=1, defaults={"name": "Naboby Kommune"})
    version = sent_out(publish_it=False)
    said = shown_date(from_json(version.content).process_plan.milestones[0])
    row = announced(days=30, version=version, is_public=False)
    document = draft_as_told(version, on=clock.today())
    line = document.milestone(str(row.milestone_uid))
    assert [(shown_date(one), one.reason) for one in line.moved] == [
        (said, "Sådan står der i udkastet.")
    ]
    assert line.when.latest == row.last_day


def test_an_older_paper_tells_the_state_of_now(client, round):
    version = round.frozen
    round.refresh_from_db()
    events.withdraw(round=round, reason="Forkert bilag.", seen=round.version, by=None)
    found = member_pages(client, version)
    assert "trukket tilbage" in found["cover"]
