"""The admin: nobody overwritten, dates in words, deleting refused."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from simple_history.admin import SimpleHistoryAdmin

from kommuneplan import clock
from kommuneplan.core.models import (
    Body,
    Meeting,
    User,
)
from kommuneplan.locking import Conflict
from plans.demo import families, loading, people
from plans.enums import Stage
from plans.models import (
    DateChange,
    Milestone,
    Plan,
    PlanVersion,
    Publication,
    Section,
    VersionBlock,
)
from plans.versions.actions.freezing import freeze

pytestmark = pytest.mark.django_db


def address(model, page: str = "changelist", *args) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


@pytest.fixture
def boss(client) -> User:
    loading.load_municipality()
    user = User.objects.create_superuser("chef@example.org", "x", name="Chef Prøve")
    client.force_login(user)
    return user


@pytest.fixture
def plan(boss) -> Plan:
    loading.load_plans([families.PLAN])
    return Plan.objects.get()


def test_the_salt_of_a_block_is_not_shown(plan, client):
    block = VersionBlock.objects.first()
    assert block.salt not in client.get(address(VersionBlock, "change", block.pk)).content.decode()


def form_of(client, row, **changes) -> dict[str, str]:
    """What a browser would send from the change page."""
    page = client.get(address(type(row), "change", row.pk))
    form = page.context["adminform"].form
    data = {}
    for name in form.fields:
        bound = form[name]
        value = bound.field.widget.format_value(bound.value()) if name == "when" else bound.value()
        if isinstance(value, list):
            data[name] = [getattr(each, "pk", each) for each in value]
        elif isinstance(value, bool):
            data |= {name: "on"} if value else {}
        else:
            data[name] = "" if value is None else value
    for formset in page.context["inline_admin_formsets"]:
        management = formset.formset.management_form
        for name in management.fields:
            data[management.add_prefix(name)] = management[name].value() or 0
        data[management.add_prefix("TOTAL_FORMS")] = 0
        data[management.add_prefix("INITIAL_FORMS")] = 0
    return {**data, **changes}


def test_two_editors_the_second_sees_the_text_of_the_first(plan, client):
    section = Section.objects.first()
    data = form_of(client, section, title="Min overskrift")
    section.title = "Deres overskrift"
    section.save()
    page = client.post(address(Section, "change", section.pk), data)
    shown = page.content.decode()
    section.refresh_from_db()
    assert page.status_code == 200 and section.title == "Deres overskrift"
    assert "Deres overskrift" in shown and 'value="Min overskrift"' in shown
    again = form_of(client, section, title="Min overskrift")
    again["seen"] = page.context["adminform"].form["seen"].value()
    assert client.post(address(Section, "change", section.pk), again).status_code == 302
    section.refresh_from_db()
    assert section.title == "Min overskrift"
    assert section.history.first().history_user.email == "chef@example.org"


def test_saving_between_the_check_and_the_write_is_a_conflict_too(plan, client, monkeypatch):
    section = Section.objects.first()
    data = form_of(client, section, title="Min overskrift")
    write, look = Section.save, SimpleHistoryAdmin.changeform_view
    raced = []

    def too_late(self, *args, **kwargs):
        if not raced:
            raise Conflict(self)
        return write(self, *args, **kwargs)

    def look_twice(self, *args, **kwargs):
        try:
            return look(self, *args, **kwargs)
        except Conflict:
            raced.append(True)
            other = Section.objects.get(pk=section.pk)
            other.title = "Hurtigere"
            other.save()
            raise

    monkeypatch.setattr(Section, "save", too_late)
    monkeypatch.setattr(SimpleHistoryAdmin, "changeform_view", look_twice)
    page = client.post(address(Section, "change", section.pk), data)
    assert page.status_code == 200 and 'value="Min overskrift"' in page.content.decode()
    section.refresh_from_db()
    assert raced and section.title == "Hurtigere"


def test_a_plan_that_was_published_is_not_deleted(plan, client):
    client.post(address(Plan, "delete", plan.pk), {"post": "yes"})
    data = {"action": "delete_selected", "_selected_action": [plan.pk], "post": "yes"}
    client.post(address(Plan), data)
    assert Plan.objects.filter(pk=plan.pk).exists()
    milestone = Milestone.objects.first()
    reply = client.post(address(Milestone, "delete", milestone.pk), {"post": "yes"})
    assert reply.status_code == 403


def test_a_plan_that_was_never_frozen_can_be_deleted(boss, client):
    fresh = Plan.objects.create(title="Kladde", body=Body.objects.first())
    assert client.post(address(Plan, "delete", fresh.pk), {"post": "yes"}).status_code == 302
    assert not Plan.objects.exists()


def test_a_date_is_one_line_of_danish_words(plan, client):
    milestone = Milestone.objects.get(title__startswith="Forvaltningen skriver")
    assert (
        'value="Maj – august 2009"'
        in client.get(address(Milestone, "change", milestone.pk)).content.decode()
    )
    data = form_of(client, milestone, when="ultimo oktober 2009")
    page = client.post(address(Milestone, "change", milestone.pk), data)
    assert page.status_code == 200 and "reason" in page.context["adminform"].form.errors
    data["reason"] = "Der skal mere tid til."
    assert client.post(address(Milestone, "change", milestone.pk), data).status_code == 302
    milestone.refresh_from_db()
    assert (milestone.earliest_begin, milestone.latest_end) == (
        dt.date(2009, 10, 21),
        dt.date(2009, 10, 31),
    )
    change = milestone.date_changes.get()
    assert (change.written, change.reason) == ("Maj – august 2009", "Der skal mere tid til.")
    assert change.changed_by.email == "chef@example.org"


def test_an_impossible_date_is_refused_and_kept(plan, client):
    milestone = Milestone.objects.get(title__startswith="Forvaltningen skriver")
    page = client.post(
        address(Milestone, "change", milestone.pk),
        form_of(client, milestone, when="31. februar 2009", reason="x"),
    )
    assert page.status_code == 200 and 'value="31. februar 2009"' in page.content.decode()
    milestone.refresh_from_db()
    assert milestone.written == "Maj – august 2009"


def test_saving_a_milestone_as_it_is_moves_nothing(plan, client):
    for milestone in Milestone.objects.all():
        before = (milestone.takes_place, milestone.written, set(milestone.bodies.all()))
        data = form_of(client, milestone, description="Ny tekst")
        reply = client.post(address(Milestone, "change", milestone.pk), data)
        assert reply.status_code == 302, reply.context["adminform"].form.errors
        milestone = Milestone.objects.get(pk=milestone.pk)
        assert (milestone.takes_place, milestone.written, set(milestone.bodies.all())) == before
        assert milestone.description == "Ny tekst"
    assert not DateChange.objects.exists()


def test_a_published_meeting_is_moved_with_a_reason_that_the_public_reads(plan, client):
    meeting = Meeting.objects.get(date="2008-06-25")
    page = client.get(address(Meeting, "change", meeting.pk))
    assert "body" not in page.context["adminform"].form.fields
    data = form_of(client, meeting, date="2008-07-02", place="Rådhuset")
    page = client.post(address(Meeting, "change", meeting.pk), data)
    assert page.status_code == 200 and "reason" in page.context["adminform"].form.errors
    data["reason"] = "Ferie."
    assert client.post(address(Meeting, "change", meeting.pk), data).status_code == 302
    meeting.refresh_from_db()
    assert (str(meeting.date), meeting.place) == ("2008-07-02", "Rådhuset")
    changes = DateChange.objects.filter(milestone__meeting=meeting)
    assert changes.count() == meeting.milestones.count() > 0
    assert {(one.reason, one.earliest_begin) for one in changes} == {
        ("Ferie.", dt.date(2008, 6, 25))
    }


def test_a_meeting_in_no_plan_is_moved_freely(plan, client):
    free = Meeting.objects.create(body=Body.objects.first(), date="2026-01-07")
    data = form_of(client, free, date="2026-01-14")
    assert client.post(address(Meeting, "change", free.pk), data).status_code == 302
    free.refresh_from_db()
    assert str(free.date) == "2026-01-14"


def test_the_process_plan_is_published_from_the_admin(plan, client):
    milestone = Milestone.objects.first()
    milestone.title = "En ny overskrift"
    milestone.save()
    choice = {"action": "publish_process_plan", "_selected_action": [plan.pk]}
    page = client.post(address(Plan), choice)
    seen = {row.pk: seen for row, seen in page.context["rows"]}
    before = Publication.objects.count()
    sent = {**choice, "confirmed": "1", "reason": "Rettet", f"seen-{plan.pk}": "noget andet"}
    client.post(address(Plan), sent)
    assert Publication.objects.count() == before
    client.post(address(Plan), {**sent, f"seen-{plan.pk}": seen[plan.pk]})
    newest = Publication.objects.newest_first().first()
    assert (newest.reason, newest.published_by.name) == ("Rettet", "Chef Prøve")
    assert newest.version.stage == Stage.PROCESS_PLAN
    client.post(address(Plan), {**sent, f"seen-{plan.pk}": seen[plan.pk]})
    assert Publication.objects.count() == before + 1


def test_a_publication_is_withdrawn_with_a_reason(plan, client):
    newest = plan.publications.newest_first().first()
    choice = {"action": "withdraw_publication", "_selected_action": [newest.pk]}
    assert "reason" in client.post(address(Publication), choice).content.decode()
    client.post(address(Publication), {**choice, "confirmed": "1", "reason": " "})
    newest.refresh_from_db()
    assert newest.withdrawn_at is None
    client.post(address(Publication), {**choice, "confirmed": "1", "reason": "Forkert udgave"})
    newest.refresh_from_db()
    assert newest.withdrawn_because == "Forkert udgave" and newest.withdrawn_at <= clock.now()


def test_the_admin_is_for_the_staff_and_says_what_it_is(plan, client):
    front = client.get("/admin/")
    assert "Kommuneplan – administration" in front.content.decode()
    secretary = User.objects.create_user("s@example.org", "x", name="S")
    client.force_login(secretary)
    assert client.get("/admin/").status_code == 302
    assert client.get(address(Plan)).status_code == 302


def test_staff_who_may_only_look_can_look(plan, client):
    from django.contrib.auth.models import Permission

    reader = User.objects.create_user("l@example.org", "x", name="L", is_staff=True)
    reader.user_permissions.set(Permission.objects.filter(codename__startswith="view_"))
    client.force_login(reader)
    for model in (Plan, Milestone, Section, Body, PlanVersion):
        row = model.objects.order_by("pk").first()
        page = client.get(address(model, "change", row.pk))
        assert page.status_code == 200 and 'name="_save"' not in page.content.decode()


def test_a_person_is_made_known_and_never_deleted(boss, client):
    data = {
        "email": "Ny@example.org", "name": "Ny Person", "usable_password": "true",
        "password1": "en-lang-adgangskode-9", "password2": "en-lang-adgangskode-9",
        "memberships-TOTAL_FORMS": 0, "memberships-INITIAL_FORMS": 0,
    }  # fmt: skip
    reply = client.post(address(User, "add"), data)
    assert reply.status_code == 302, reply.context["adminform"].form.errors
    person = User.objects.get(name="Ny Person")
    assert client.post(address(User, "delete", person.pk), {"post": "yes"}).status_code == 403
    assert people.PASSWORD not in client.get(address(User, "change", person.pk)).content.decode()


def test_searching_minds_neither_case_nor_accents(plan, client):
    for words in ("BØRN", "boern", "Børn og unge"):
        found = client.get(address(Plan), {"q": words}).context["cl"].result_count
        assert found == 1, words
    freeze(plan=plan, stage=Stage.SUBMITTED, by=None)
    assert client.get(address(PlanVersion), {"q": "BØRN"}).context["cl"].result_count == 3
