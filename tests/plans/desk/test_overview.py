"""My overview: one block a plan, what is overdue ticked off and taken back, the next meeting, what
is not published, what is new by plan, and the table of plans."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from kommuneplan import clock
from kommuneplan.core.enums import Role
from kommuneplan.core.models import Municipality, User
from kommuneplan.timespan.span import TimeSpan
from plans.desk.page import Desk, desk_of, whose
from plans.enums import MilestoneState, Outcome
from plans.models import Dependency, Milestone, Plan, PlanLead, Section
from plans.process.actions.rows import accept_finding, unaccept_finding
from plans.process.check_facts import live_rows
from plans.process.findings import findings_for, findings_of
from plans.text.actions.comments import add_comment
from plans.versions.actions.publishing import publish
from tests.consultations.round_factories import a_response, a_round, an_invitation
from tests.factories import a_plan, committee, lead, person, secretary
from tests.plans.matters import DAY, adopted, meeting, ready_plan, submitted, treats

pytestmark = pytest.mark.django_db

ADDRESS = "/arbejde/"


def desk(user: User, **more) -> Desk:
    """The desk of a user, now."""
    user = User.objects.get(pk=user.pk)  # roles are remembered for a request
    return desk_of(user, at=clock.now(), **more)


def step(plan: Plan, title: str, days: int | None = None, **more) -> Milestone:
    """A milestone so many days from today."""
    row = Milestone(cycle=plan.shown_cycle, title=title, **more)
    if days is not None:
        row.when = TimeSpan.day(clock.today() + days * DAY)
    row.save()
    return row


# This week


def test_what_waits_stands_in_one_block_a_plan_with_how_far_its_consultation_is(client) -> None:
    ida, plan = secretary(), ready_plan("Værdighedspolitik")
    treats(submitted(plan))
    round = a_round(plan, closes=clock.now() + 10 * DAY)
    for name in ("Ældrerådet", "Handicaprådet", "Frivilligcentret"):
        invitation = an_invitation(round, name)
    a_response(round, invitation=invitation, text="Vi er enige.")
    an_invitation(round, "Taget af", removed_at=clock.now(), removed_because="Fejl")
    add_comment(section=plan.sections.first(), text="Hm", by=lead(plan, "bo"))
    (block,) = desk(ida).week
    assert block.title == "Værdighedspolitik"
    assert len(block.waits) >= 2
    assert {row.text for row in block.facts} == {"frist om 10 dage", "1 af 3 parter har svaret"}
    client.force_login(ida)
    html = client.get(ADDRESS).content.decode()
    assert "1 af 3 parter har svaret" in html
    for row in block.facts:
        assert client.get(row.link).status_code == 200


@time_machine.travel("2026-09-08 12:00+02:00")  # no holiday is near
def test_papers_that_are_due_later_than_this_week_stand_among_the_next_30_days() -> None:
    ida, plan = secretary(), a_plan()
    step(plan, "Udvalget", meeting=meeting(plan.body, 30))  # papers are due in 16 days
    shown = desk(ida)
    assert (shown.week, len(shown.later_papers)) == ([], 1)
    with time_machine.travel(clock.now() + 10 * DAY):
        shown = desk(ida)
        assert (len(shown.week[0].papers), shown.later_papers) == (1, [])


def test_a_fact_alone_makes_no_block() -> None:
    ida, plan = secretary(), ready_plan()
    treats(submitted(plan))
    publish(version=a_round(plan).frozen, by=ida)
    for block in desk(ida).week:
        assert block.papers or block.checks or block.waits


# What comes, and what is overdue


def test_what_comes_and_what_is_overdue_stand_by_plan() -> None:
    ida = secretary()
    first, second = a_plan("Første"), a_plan("Anden")
    for number in range(7):
        step(first, f"Sent {number}", -9 + number)
    step(second, "Også sent", -20)
    step(second, "Snart", 3)
    shown = desk(ida).due
    assert [(one.plan.title, one.total, len(one.rows)) for one in shown.late] == [
        ("Anden", 1, 1),
        ("Første", 7, 5),
    ]
    assert [one.plan.title for one in shown.coming] == ["Anden"]


def test_what_is_overdue_is_ticked_off_in_one_press_and_taken_back(client) -> None:
    plan = a_plan()
    row = step(plan, "Udkast", -3)
    client.force_login(lead(plan))
    address = reverse("plans:desk-tick", args=[row.uid])
    assert f'formaction="{address}"' in client.get(ADDRESS).content.decode()
    answer = client.post(address, {"version": row.version})
    assert answer.status_code == 302
    row.refresh_from_db()
    assert (row.state, row.done_on) == (MilestoneState.DONE, None)
    assert row.history.first().history_user.name == "tovholder"
    html = client.get(answer.url).content.decode()
    assert "“Udkast” i Strategi for naboskab er markeret som gennemført" in html
    assert 'name="fortryd"' in html
    answer = client.post(address, {"version": row.version, "fortryd": "1"}, follow=True)
    row.refresh_from_db()
    assert row.state == MilestoneState.PLANNED
    assert "“Udkast” er planlagt igen" in answer.content.decode()


@pytest.mark.parametrize("seen", ["0", "", "mange", "99999999999999999999"])
def test_what_a_colleague_has_changed_meanwhile_is_not_ticked_off(client, seen) -> None:
    plan = a_plan()
    row = step(plan, "Udkast", -3)
    client.force_login(lead(plan))
    address = reverse("plans:desk-tick", args=[row.uid])
    answer = client.post(address, {"version": seen}, follow=True)
    assert "er ændret imens" in answer.content.decode()
    row.refresh_from_db()
    assert row.state == MilestoneState.PLANNED


def test_a_consultation_that_was_announced_is_ticked_off_by_nobody(client) -> None:
    plan = a_plan()
    row = step(plan, "Høring", -3, kind="hearing", follows_consultation=True)
    client.force_login(lead(plan))
    address = reverse("plans:desk-tick", args=[row.uid])
    assert client.post(address, {"version": row.version}).status_code == 404


def test_a_made_up_address_of_what_was_ticked_shows_nothing(client) -> None:
    plan, other = a_plan(), a_plan("Fremmed", "Teknikudvalget")
    foreign = step(other, "Hemmeligt", -3, state=MilestoneState.DONE)
    client.force_login(lead(plan))
    for value in ("hest", str(foreign.uid), ""):
        html = client.get(ADDRESS, {"gjort": value}).content.decode()
        assert 'name="fortryd"' not in html
        assert "Hemmeligt" not in html


# The next meeting


def test_the_next_meeting_has_its_matters_and_its_deadline() -> None:
    ida = secretary()
    plan, other = ready_plan("Forelagt"), a_plan("På vej")
    soon = meeting(plan.body, 20)
    matter = submitted(plan)
    turn = matter.next_treatment
    turn.meeting = soon
    turn.save()
    step(other, "Udvalget drøfter", meeting=soon)
    step(other, "Senere", meeting=meeting(plan.body, 40))
    found = desk(ida).meeting
    assert (found.meeting, found.papers_late) == (soon, False)
    assert [(one.title, one.plan, one.is_submitted) for one in found.items] == [
        (matter.title, "Forelagt", True),
        ("Udvalget drøfter", "På vej", False),
    ]


def test_a_meeting_of_my_body_is_told_before_anything_is_put_before_it() -> None:
    ida, plan = secretary(), a_plan()
    held = meeting(plan.body, 5)
    meeting(committee("Teknikudvalget"), 1)
    found = desk(ida).meeting
    assert (found.meeting, found.items, found.papers_late) == (held, [], True)
    assert desk(lead(plan)).meeting is None


def test_a_cancelled_meeting_is_not_the_next() -> None:
    ida, plan = secretary(), a_plan()
    cancelled, held = meeting(plan.body, 5), meeting(plan.body, 9)
    cancelled.cancelled = True
    cancelled.save()
    step(plan, "Aflyst", meeting=cancelled)
    assert desk(ida).meeting.meeting == held


# Not published, and what is new


def test_what_is_not_published_is_told_of_all_my_plans(client) -> None:
    ida = secretary()
    plan = adopted(ready_plan())
    publish(version=plan.versions.last(), by=ida)
    assert desk(ida).not_published == []
    step(plan, "Nyt møde", 40, is_public=True)
    (one,) = desk(ida).not_published
    assert (one.plan, one.changes.total) == (plan, 1)


def test_news_stands_in_one_line_a_plan(client) -> None:
    ida = secretary()
    plans = [a_plan("Ældreplan"), a_plan("Byplan")]
    bo = person("bo")
    for plan in plans:
        PlanLead.objects.create(plan=plan, user=bo)
        for title in ("Mål", "Midler"):
            section = Section(plan=plan, title=title)
            section._history_user = bo
            section.save()
    groups = desk(ida).news.by_plan
    assert [(one.plan, len(one.changes), one.who) for one in groups] == [
        ("Byplan", 2, "bo"),
        ("Ældreplan", 2, "bo"),
    ]
    client.force_login(ida)
    assert client.get(ADDRESS).content.decode().count("2 ændringer af bo") == 2


# The table of plans


def next_of(user: User) -> dict[str, str]:
    """The kind of the next step of each plan."""
    return {one.own.plan.title: one.step.kind if one.step else "" for one in desk(user).plans}


def test_each_plan_has_its_next_step() -> None:
    ida = secretary()
    a_plan("Tom")
    ready_plan("Klar")
    waiting = submitted(ready_plan("Forelagt"))
    treats(submitted(ready_plan("Udsendt")))
    treats(submitted(ready_plan("Sendes tilbage")), Outcome.RETURNED)
    adopted(ready_plan("Vedtaget"))
    assert next_of(ida) == {
        "Tom": "fill",
        "Klar": "submit",
        "Forelagt": "treat",
        "Udsendt": "make",
        "Sendes tilbage": "submit",
        "Vedtaget": "status",
    }
    treats(waiting, Outcome.AMENDED)
    assert next_of(ida)["Forelagt"] == "amend"


def test_every_next_step_leads_to_a_page(client) -> None:
    ida = secretary()
    client.force_login(ida)
    a_plan("Tom")
    ready_plan("Klar")
    submitted(ready_plan("Forelagt"))
    treats(submitted(ready_plan("Udsendt")))
    adopted(ready_plan("Vedtaget"))
    a_round(ready_plan("I høring"))
    for line in desk(ida).plans:
        assert client.get(line.step.link).status_code == 200, line.own.plan.title
    html = client.get(ADDRESS).content.decode()
    for words in ("Socialudvalget behandler den", "Udfyld det, der mangler", "Årlig status"):
        assert words in html


def test_what_runs_stands_first_and_what_is_over_is_folded() -> None:
    ida = secretary()
    adopted(ready_plan("Aftalt"))
    over = adopted(ready_plan("Alderspolitik"))
    Plan.objects.filter(pk=over.pk).update(expires_on=clock.today() - DAY)
    a_plan("Østplan")
    shown = desk(ida)
    assert [one.own.plan.title for one in shown.lines] == ["Østplan", "Aftalt"]
    assert [one.own.plan.title for one in shown.folded] == ["Alderspolitik"]


def test_a_plan_has_its_next_date_and_who_leads_it_today(client) -> None:
    ida, plan = secretary(), a_plan()
    step(plan, "Langt væk", 80)
    step(plan, "Borgermøde", 40)
    step(plan, "Sent", -4)
    today = clock.today()
    bo, kim, gone = person("bo"), person("kim"), person("forhenværende")
    PlanLead.objects.create(plan=plan, user=bo, begins=today - 2 * DAY)
    PlanLead.objects.create(plan=plan, user=kim)
    PlanLead.objects.create(plan=plan, user=gone, begins=today - 9 * DAY, ends=today - DAY)
    (line,) = desk(ida).plans
    own = line.own
    assert (own.next_title, own.next_day) == ("Borgermøde", today + 40 * DAY)
    assert (own.lead, own.leads, own.other_leads) == ("bo", 2, 1)
    client.force_login(ida)
    assert "og 1 mere" in client.get(ADDRESS).content.decode()


def test_who_works_with_more_plans_than_the_desk_looks_at_finds_them_all(monkeypatch) -> None:
    monkeypatch.setattr("plans.desk.own_plans.MOST", 3)
    monkeypatch.setattr("plans.desk.page.PER_PAGE", 2)
    ida = secretary()
    for title in ("A", "B", "C", "D", "E"):
        a_plan(f"Plan {title}")
    found = [one.own.plan.title for page in "123" for one in desk(ida, page=page).plans]
    assert found == [f"Plan {title}" for title in "ABCDE"]


# The checks that are known


def counted(user: User) -> dict[str, tuple[int, int]]:
    """What the desk says is found in each plan."""
    shown = desk(user).checks
    return {one.plan.title: (one.found.impossible, one.found.doubtful) for one in shown}


@pytest.mark.slow  # the checks of every plan, after each of many changes
def found_now(user: User) -> dict[str, tuple[int, int]]:
    """What the checks say, asked anew."""
    me = whose(User.objects.get(pk=user.pk), at=clock.now())
    rows = findings_for(me.plans, readable=me.plans, municipality=Municipality.current())
    return {one.plan.title: (len(one.impossible), len(one.doubtful)) for one in rows}


def test_what_is_kept_of_the_checks_is_what_they_say_after_every_change() -> None:
    Municipality.objects.create(pk=1, name="Prøve Kommune")
    ida, plan = secretary(), ready_plan("Over")
    under = a_plan("Under")
    seen = [counted(ida)]

    def agrees() -> None:
        told = counted(ida)
        assert told == found_now(ida)
        if told != seen[-1]:
            seen.append(told)

    agrees()
    adoption = step(plan, "Vedtagelse", 300, kind="adoption")
    agrees()
    under.parent = plan
    under.save()
    step(under, "Vedtagelse", 20, kind="adoption")
    agrees()
    consultation = step(under, "Høring", 30, kind="hearing")
    agrees()
    link = Dependency.objects.create(
        milestone=Milestone.objects.get(cycle__plan=under, kind="adoption"), after=consultation
    )
    agrees()
    found, _facts = findings_of(under, live_rows(under.open_cycle), readable=Plan.objects.all())
    (first, *_others) = found.open
    accept_finding(plan=under, finding=first.finding, note="Med vilje", by=ida)
    agrees()
    unaccept_finding(plan=under, code=first.finding.code, key=first.finding.key, by=ida)
    agrees()
    link.delete()
    agrees()
    adoption.when = TimeSpan.day(clock.today() + 10 * DAY)
    adoption.save()
    agrees()
    matter = submitted(plan)
    turn = matter.next_treatment
    turn.meeting = meeting(plan.body, 6)
    turn.save()
    agrees()
    municipality = Municipality.objects.get()
    municipality.hears_senior_council = not municipality.hears_senior_council
    municipality.save()
    agrees()
    assert len(seen) > 4  # the changes did change something


def test_nobody_is_told_a_count_that_another_persons_plans_gave() -> None:
    Municipality.objects.create(pk=1, name="Prøve Kommune")
    plan = a_plan("Over", "Økonomiudvalget")
    under = a_plan("Under")
    under.parent = plan
    under.save()
    step(plan, "Vedtagelse", 300, kind="adoption")
    step(under, "Vedtagelse", 20, kind="adoption")
    chief, ida = person("chef", Role.ADMINISTRATOR), secretary()
    for user in (chief, ida, chief):
        assert counted(user) == found_now(user)


# The page


def test_an_empty_desk_says_what_each_list_is_for(client) -> None:
    client.force_login(secretary())
    html = client.get(ADDRESS).content.decode()
    for words in (
        "venter på dig",
        "Intet er overskredet",
        "Der er ikke skrevet noget møde ind",
        "Ingen planer endnu",
    ):
        assert words in html
    assert reverse("plans:import-start") in html


def test_dates_are_written_in_one_way(client) -> None:
    with time_machine.travel("2026-05-10 12:00+02:00"):
        ida, plan = secretary(), a_plan()
        step(plan, "Møde", None, meeting=meeting(plan.body, 20))
        section = Section(plan=plan, title="Mål")
        section._history_user = lead(plan, "bo")
        section.save()
        client.force_login(ida)
        html = client.get(ADDRESS).content.decode()
    assert "30. maj 2026" in html
    assert "10. maj 2026" in html
    assert not any(form in html for form in ("30.05", "30-05", "10. maj kl."))
    assert dt.date(2026, 5, 30).isoformat() not in html
