"""The meetings of a body: who knows which items, and how an agenda is made."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from kommuneplan import clock
from kommuneplan.core.enums import Role
from kommuneplan.core.models import Meeting
from plans.agenda.actions.writing import ItemFacts, add_item
from plans.agenda.choices import choices_for, chosen
from plans.decisions.actions import steps
from plans.members.actions.recusals import record_recusal
from plans.models import AgendaItem, Treatment
from tests.factories import committee, person
from tests.plans.matters import DAY, ready_plan, submitted

pytestmark = pytest.mark.django_db

SUBMITTED = "Beslutning om strategi"


@pytest.fixture
def meeting() -> Meeting:
    """A meeting of the committee in three weeks."""
    return Meeting.objects.create(body=committee(), date=clock.today() + 21 * DAY)


@pytest.fixture
def secretary(client: Client) -> Client:
    """Whoever makes the agenda, signed in."""
    client.force_login(person("sekretær", Role.SECRETARY, committee()))
    return client


def of(row: Meeting, what: str = "meeting") -> str:
    return reverse(f"plans:agenda-{what}", args=[row.uid])


def at(uid: Any, what: str = "item") -> str:
    return reverse(f"plans:agenda-{what}", args=[uid])


def add(client: Client, row: Meeting, title: str, **more: Any) -> AgendaItem:
    said = {"title": title, "item_type": "decision", **more}
    assert client.post(of(row, "add"), said).status_code == 302
    return AgendaItem.objects.get(own_title=title)


def text(client: Client, address: str) -> str:
    page = client.get(address)
    assert page.status_code == 200
    return page.content.decode()


def as_member(name: str = "medlem") -> Client:
    client = Client()
    client.force_login(person(name, Role.MEMBER, committee()))
    return client


def order(client: Client, row: Meeting) -> list[str]:
    return [line.item.title for line in client.get(of(row)).context["lines"]]


def on_the_meeting(row: Meeting, title: str = "Strategi for naboskab") -> Treatment:
    """A matter that is put before the committee at the meeting."""
    matter = submitted(ready_plan(title))
    treatment = matter.treatments.get()
    return steps.reschedule(treatment=treatment, meeting=row, by=None)


def test_an_item_is_added_in_one_line_and_is_the_last(secretary, meeting):
    add(secretary, meeting, "Budgetseminar", item_type="discussion")
    add(secretary, meeting, "Meddelelser", item_type="information")
    assert order(secretary, meeting) == ["Budgetseminar", "Meddelelser"]
    said = text(secretary, of(meeting))
    assert "Drøftelsessag" in said and "Orienteringssag" in said


def test_what_was_typed_stays_where_a_title_is_missing(secretary, meeting):
    answer = secretary.post(of(meeting, "add"), {"title": "", "item_type": "noting"})
    assert answer.status_code == 422
    said = answer.content.decode()
    assert "Skriv, hvad punktet hedder." in said and 'value="noting" selected' in said


def test_a_matter_put_on_a_meeting_is_an_item_of_it_without_being_typed_again(secretary, meeting):
    treatment = on_the_meeting(meeting)
    assert order(secretary, meeting) == [SUBMITTED]
    assert SUBMITTED in text(secretary, at(treatment.uid))
    assert not AgendaItem.objects.exists()


def test_items_are_moved_up_and_down_matters_among_them(secretary, meeting):
    treatment = on_the_meeting(meeting)
    last = add(secretary, meeting, "Eventuelt")
    assert order(secretary, meeting) == [SUBMITTED, "Eventuelt"]
    secretary.post(at(last.uid, "move"), {"vej": "op"})
    assert order(secretary, meeting) == ["Eventuelt", SUBMITTED]
    secretary.post(at(treatment.uid, "move"), {"vej": "ned"})  # at the end: nothing
    assert order(secretary, meeting) == ["Eventuelt", SUBMITTED]


def test_a_matter_moved_to_another_meeting_takes_its_recommendation_along(secretary, meeting):
    treatment = on_the_meeting(meeting)
    said = {"seen": 0, "sender": "Socialforvaltningen", "clauses": "at udkastet sendes i høring"}
    assert secretary.post(at(treatment.uid, "recommendation"), said).status_code == 302
    other = Meeting.objects.create(body=committee(), date=meeting.date + 14 * DAY)
    treatment.refresh_from_db()
    steps.reschedule(treatment=treatment, meeting=other, by=None)
    assert order(secretary, meeting) == []
    assert order(secretary, other) == [SUBMITTED]
    assert "at udkastet sendes i høring" in text(secretary, at(treatment.uid))


def test_several_items_of_one_plan_stand_on_one_meeting(secretary, meeting):
    plan = ready_plan()
    add(secretary, meeting, "Tema", plan=plan.uid)
    add(secretary, meeting, "Helhed", plan=plan.uid)
    assert text(secretary, of(meeting)).count(plan.title) == 2 + 1  # each item, and the choice


def test_a_recommendation_is_numbered_and_says_who_recommends(secretary, meeting):
    item = add(secretary, meeting, "Procesplanen")
    typed = "1. at procesplanen godkendes\n\nat udvalget drøfter papiret"
    said = {"seen": item.version, "sender": "Socialforvaltningen", "clauses": typed}
    secretary.post(at(item.uid, "recommendation"), said)
    rows = list(item.clauses.values_list("number", "words"))
    assert rows == [(1, "at procesplanen godkendes"), (2, "at udvalget drøfter papiret")]
    assert "Socialforvaltningen indstiller," in text(secretary, at(item.uid))


def test_two_who_write_a_recommendation_lose_nothing(secretary, meeting):
    item = add(secretary, meeting, "Procesplanen")
    first = {"seen": item.version, "sender": "A", "clauses": "at det første gælder"}
    second = {"seen": item.version, "sender": "B", "clauses": "at det andet gælder"}
    secretary.post(at(item.uid, "recommendation"), first)
    answer = secretary.post(at(item.uid, "recommendation"), second)
    assert answer.status_code == 409
    said = answer.content.decode()
    assert "at det første gælder" in said and "at det andet gælder" in said
    form = answer.context["form"]
    assert secretary.post(at(item.uid, "recommendation"), form.data).status_code == 302
    assert list(item.clauses.values_list("words", flat=True)) == ["at det andet gælder"]


def test_papers_are_late_when_the_deadline_is_past(secretary):
    body = committee()
    soon = Meeting.objects.create(body=body, date=clock.today() + 3 * DAY)
    item = add(secretary, soon, "Budget")
    assert "Papirer mangler" in text(secretary, of(soon))
    facts = {"seen": item.version, "title": "Budget", "item_type": "decision"}
    secretary.post(at(item.uid, "item-edit"), {**facts, "papers_on": clock.today().isoformat()})
    assert "Papirer mangler" not in text(secretary, of(soon))


# --- outcomes ------------------------------------------------------------------------------------


def test_an_outcome_is_recorded_for_an_item_that_is_no_matter(secretary):
    held = Meeting.objects.create(body=committee(), date=clock.today() - 7 * DAY)
    item = add(secretary, held, "Orientering om puljen", item_type="noting")
    assert "Udfaldet er ikke registreret." in text(secretary, at(item.uid))
    said = {
        "seen": 0, "outcome": "noted", "decided_on": held.date.isoformat(),
        "wording": "Udvalget bad om en status.", "votes": "6 for, 1 imod",
        "dissent": "Et medlem ville mere.", "protocol": "https://example.org/protokol",
    }  # fmt: skip
    assert secretary.post(at(item.uid, "minutes"), said).status_code == 302
    page = text(secretary, at(item.uid))
    for words in ("Taget til efterretning", "bad om en status", "6 for", "ville mere"):
        assert words in page
    assert "https://example.org/protokol" in page


def test_an_outcome_is_corrected_for_a_reason_and_the_first_is_kept(secretary):
    held = Meeting.objects.create(body=committee(), date=clock.today() - 7 * DAY)
    item = add(secretary, held, "Budget")
    said = {"seen": 0, "outcome": "approved", "decided_on": held.date.isoformat()}
    secretary.post(at(item.uid, "minutes"), said)
    wrong = {**said, "seen": 1, "outcome": "postponed"}
    assert secretary.post(at(item.uid, "minutes"), wrong).status_code == 422
    secretary.post(at(item.uid, "minutes"), {**wrong, "reason": "Skrevet forkert af"})
    told = AgendaItem.objects.get(pk=item.pk).item_outcome
    assert told.outcome == "postponed"
    assert [row.outcome for row in told.history.order_by("pk")] == ["approved", "postponed"]


def test_clauses_are_decided_each_for_itself(secretary):
    held = Meeting.objects.create(body=committee(), date=clock.today() - 7 * DAY)
    item = add(secretary, held, "Budget")
    words = "at beløbet afsættes\nat resten udsættes"
    secretary.post(
        at(item.uid, "recommendation"), {"seen": item.version, "sender": "", "clauses": words}
    )
    said = {"seen": 0, "outcome": "approved", "decided_on": held.date.isoformat()}
    said |= {"at-2-outcome": "postponed", "at-2-wording": "Til næste møde"}
    secretary.post(at(item.uid, "minutes"), said)
    assert list(item.clauses.values_list("outcome", flat=True)) == ["", "postponed"]
    page = text(secretary, at(item.uid))
    assert "Udsat" in page and "Til næste møde" in page


def test_what_a_body_has_treated_stays_on_its_agenda(secretary, meeting):
    treatment = on_the_meeting(meeting)
    secretary.post(at(treatment.uid, "take-off"))
    assert order(secretary, meeting) == [SUBMITTED]
    item = add(secretary, meeting, "Fejl")
    secretary.post(at(item.uid, "take-off"))
    assert order(secretary, meeting) == [SUBMITTED]


# --- who knows what ------------------------------------------------------------------------------


def test_members_read_the_items_once_the_agenda_is_sent_out(secretary, meeting):
    item = add(secretary, meeting, "Hemmeligt endnu")
    member = as_member()
    assert order(member, meeting) == []
    assert member.get(at(item.uid)).status_code == 404
    secretary.post(of(meeting, "send"))
    assert order(member, meeting) == ["Hemmeligt endnu"]
    assert member.get(at(item.uid)).status_code == 200
    secretary.post(of(meeting, "send"), {"tilbage": "1"})
    assert member.get(at(item.uid)).status_code == 404


def test_a_member_who_is_inhabil_knows_nothing_of_the_matter(secretary, meeting):
    treatment = on_the_meeting(meeting)
    member = person("inhabil", Role.MEMBER, committee())
    boss = person("chef", Role.SECRETARY, committee())
    client = Client()
    client.force_login(member)
    assert order(client, meeting) == [SUBMITTED]
    record_recusal(matter=treatment.matter, member=member, reason="family", by=boss)
    assert order(client, meeting) == []
    assert client.get(at(treatment.uid)).status_code == 404
    year = reverse("plans:agenda-body", args=[committee().slug])
    assert SUBMITTED not in text(client, f"{year}?aar={meeting.date.year}")


def test_another_committees_people_find_nothing(secretary, meeting):
    item = add(secretary, meeting, "Vores")
    client = Client()
    client.force_login(person("fremmed", Role.SECRETARY, committee("Teknikudvalget")))
    for address in (of(meeting), at(item.uid), at(item.uid, "minutes")):
        assert client.get(address).status_code == 404


def test_the_year_shows_each_meeting_with_its_items(secretary, meeting):
    add(secretary, meeting, "Budget")
    year = reverse("plans:agenda-body", args=[committee().slug])
    assert "Budget" in text(secretary, f"{year}?aar={meeting.date.year}")
    assert "Budget" not in text(secretary, f"{year}?aar={meeting.date.year + 1}")
    assert secretary.get(f"{year}?aar=x").status_code == 200


def test_an_outcome_in_the_future_is_refused_in_words(secretary, meeting):
    item = add(secretary, meeting, "Budget")
    day = meeting.date + dt.timedelta(days=1)
    said = {"seen": 0, "outcome": "approved", "decided_on": day.isoformat()}
    answer = secretary.post(at(item.uid, "minutes"), said)
    assert answer.status_code == 422 and "fremtiden" in answer.content.decode()


# --- where else it is told -----------------------------------------------------------------------


def test_a_matter_tells_what_each_body_is_recommended(secretary, meeting):
    treatment = on_the_meeting(meeting)
    said = {"seen": 0, "sender": "Socialforvaltningen", "clauses": "at udkastet sendes i høring"}
    secretary.post(at(treatment.uid, "recommendation"), said)
    matter = treatment.matter
    plan = matter.plans.get().cycle.plan
    own = reverse("plans:matter", args=[plan.slug, matter.uid])
    assert "at udkastet sendes i høring" in text(secretary, own)
    read = reverse("plans:member-matter", args=[matter.uid])
    assert "at udkastet sendes i høring" in text(as_member(), read)


def test_a_plan_tells_the_meetings_it_was_on(secretary, meeting):
    plan = ready_plan()
    item = add(secretary, meeting, "Temadrøftelse", plan=plan.uid)
    page = text(secretary, reverse("plans:overview", args=[plan.slug]))
    assert at(item.uid) in page and "Temadrøftelse" in page


def test_wings_above_choose_among_the_items_a_person_may_know(meeting):
    boss = person("sekretær", Role.SECRETARY, committee())
    treatment = on_the_meeting(meeting)
    add_item(meeting=meeting, facts=ItemFacts(title="Meddelelser"), by=None)
    ((_day, items),) = choices_for(boss, on=clock.today(), body=committee())
    assert [label for _uid, label in items] == [SUBMITTED, "Meddelelser"]
    row = chosen(boss, treatment.uid, on=clock.today(), by=boss)
    assert row is not None and row.pk and row.treatment == treatment
    foreign = person("fremmed", Role.SECRETARY, committee("Teknikudvalget"))
    assert choices_for(foreign, on=clock.today(), body=committee()) == []
    assert chosen(foreign, treatment.uid, on=clock.today(), by=foreign) is None
