"""A status report from the data to its recipients and the public, at the door."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from kommuneplan.keeping import mark
from kommuneplan.locking import Conflict
from kommuneplan.timespan.span import TimeSpan
from plans.enums import MilestoneState
from plans.models import Matter, MatterPlan, Milestone, StatusReport, Treatment
from plans.models.status_reports import AlreadyFrozen
from plans.status_reports.actions import recipients, reports, sending
from plans.status_reports.frozen import from_json, is_as_sealed
from plans.versions.actions.publishing import publish
from tests.factories import lead, secretary
from tests.plans.status_reports.household import begun, sent
from tests.plans.statuses import in_force

NOW = dt.datetime(2026, 11, 22, 9, tzinfo=dt.UTC)
pytestmark = [pytest.mark.django_db, pytest.mark.time_machine(NOW)]


@pytest.fixture
def user():
    return secretary()


@pytest.fixture
def plan(db):
    plan = in_force()
    publish(version=plan.versions.get(), by=None)
    return plan


@pytest.fixture
def work(client, user, plan):
    client.force_login(user)
    return client


def milestone(plan, title: str, day: dt.date, **facts) -> Milestone:
    row = Milestone(cycle=plan.cycles.last(), title=title, **facts)
    row.when = TimeSpan.day(day)
    row.save()
    return row


def done(plan, title: str, day: dt.date) -> Milestone:
    return milestone(plan, title, day, state=MilestoneState.DONE, done_on=day)


def at(name: str, report: StatusReport, **more) -> str:
    return reverse(f"plans:{name}", kwargs={"slug": report.plan.slug, "uid": report.uid, **more})


def text(report: StatusReport, part: str) -> str:
    return report.sections.get(part=part).text


def test_the_text_is_begun_from_what_the_data_says(work, plan):
    done(plan, "Fælles have", dt.date(2026, 5, 3))
    done(plan, "Før perioden", dt.date(2026, 1, 2))
    milestone(plan, "Naboer mødes", dt.date(2026, 6, 1))
    milestone(plan, "Evaluering", dt.date(2027, 2, 1))
    page = work.post(
        reverse("plans:report-add", args=[plan.slug]),
        {"title": "Årets status", "covers_from": "2026-03-01", "covers_until": "2026-11-22",
         "begin": "1", "seen": "0"},
        follow=True,
    )  # fmt: skip
    report = plan.status_reports.get()
    assert "Fælles have: gennemført, 3. maj 2026." in text(report, "done")
    assert "Før perioden" not in text(report, "done")
    assert "Naboer mødes skulle være sket 1. juni 2026" in text(report, "under_way")
    assert "Evaluering: 1. februar 2027." in text(report, "next")
    assert "Procesplan: Fælles have" in page.content.decode()  # where it comes from


def test_what_a_closed_item_decided_is_not_told(plan):
    for title, is_closed in (("Åben sag", False), ("Lukket sag", True)):
        matter = Matter.objects.create(title=title, purpose="discussion")
        cycle, version = plan.cycles.get(), plan.versions.first()
        MatterPlan.objects.create(matter=matter, cycle=cycle, version=version)
        Treatment.objects.create(
            matter=matter, position=1, body=plan.body, outcome="discussed", is_closed=is_closed,
            decided_on=dt.date(2026, 6, 1), recorded_at=NOW,
        )  # fmt: skip
    report = begun(plan)
    words = " ".join(one.text for one in report.sections.all())
    assert "Åben sag" in words and "Lukket sag" not in words


def test_new_facts_are_offered_and_nothing_that_was_written_is_overwritten(work, plan):
    report = begun(plan)
    section = report.sections.get(part="done")
    section.text = "<p>Egne ord.</p>"
    section.save()
    done(plan, "Fælles have", dt.date(2026, 5, 3))
    page = work.get(at("report", report)).content.decode()
    assert "1 oplysning er kommet til" in page
    (line,) = reports.offered(report)
    work.post(at("report-news", report), {"shown": line.key, "line": line.key})
    assert text(report, "done").startswith("<p>Egne ord.</p>")
    assert "Fælles have" in text(report, "done")
    assert reports.offered(StatusReport.objects.get(pk=report.pk)) == []


def test_what_is_not_wanted_is_not_offered_again(work, plan):
    report = begun(plan)
    done(plan, "Fælles have", dt.date(2026, 5, 3))
    (line,) = reports.offered(report)
    work.post(at("report-news", report), {"shown": line.key, "rest": "1"})
    report.refresh_from_db()
    assert reports.offered(report) == [] and "Fælles have" not in text(report, "done")


def test_it_is_sent_to_several_each_on_a_day_of_its_own(work, plan):
    report = begun(plan)
    values = {"kind": "ministry", "name": "Indenrigs- og Socialministeriet", "channel": "portal"}
    ministry = recipients.add_recipient(report=report, values=values, by=None)
    first = report.recipients.get(body=plan.body)
    page = work.post(
        at("report-send", report),
        {"seen": report.version, "to": [str(first.uid)], "on": "2026-11-20"},
    )
    assert page.status_code == 302
    report.refresh_from_db()
    first.refresh_from_db()
    assert report.is_frozen and first.sent_on == dt.date(2026, 11, 20)
    digest = report.digest
    work.post(
        at("report-send", report),
        {"seen": report.version, "to": [str(ministry.uid)], "on": "2026-11-21"},
    )
    report.refresh_from_db()
    ministry.refresh_from_db()
    assert ministry.sent_on == dt.date(2026, 11, 21) and report.digest == digest
    assert is_as_sealed(report.content, report.digest)
    assert from_json(report.content).to_json() == report.content


def test_a_day_to_come_is_refused(work, plan):
    report = begun(plan)
    one = report.recipients.get()
    data = {"seen": report.version, "to": [str(one.uid)], "on": "2026-12-24"}
    answer = work.post(at("report-send", report), data)
    assert answer.status_code == 422 and "Dagen er ikke kommet endnu" in answer.content.decode()
    report.refresh_from_db()
    assert not report.is_frozen


def test_what_was_sent_is_never_changed(work, plan):
    report = StatusReport.objects.get(pk=sent(plan).pk)
    with pytest.raises(AlreadyFrozen):
        reports.edit_report(report=report, seen=report.version, values={"title": "X"}, by=None)
    report.title = "X"
    with pytest.raises(AlreadyFrozen):
        report.save()
    report.refresh_from_db()
    section = report.sections.first()
    answer = work.post(
        at("report-section", report, section=section.uid),
        {"title": "X", "text": "<p>Andre ord</p>", "base_version": section.version},
        follow=True,
    )
    assert "det, den siger, ændres aldrig" in answer.content.decode()
    section.refresh_from_db()
    assert "Andre ord" not in section.text
    with pytest.raises(IntegrityError), transaction.atomic():
        StatusReport.objects.filter(pk=report.pk).update(content="")


def test_a_correction_is_a_new_edition_with_a_reason(work, plan):
    report = sent(plan)
    assert work.post(at("report-correct", report), {"reason": ""}).status_code == 422
    work.post(at("report-correct", report), {"reason": "Et tal var forkert."})
    new = StatusReport.objects.get(corrects=report)
    assert (new.number, new.edition, new.is_frozen) == (report.number, 2, False)
    assert [one.text for one in new.sections.all()] == [one.text for one in report.sections.all()]
    work.post(at("report-correct", report), {"reason": "Igen"})  # twice is as once
    assert StatusReport.objects.filter(corrects=report).count() == 1


def test_unsaved_words_of_a_colleague_stop_the_sending(work, plan, user):
    report = begun(plan)
    section = report.sections.get(part="done")
    work.post(
        at("report-draft", report, section=section.uid),
        {"text": "<p>Nyt</p>", "base_version": section.version, "page": "ab", "sequence": "1",
         "seen.text": "?"},
    )  # fmt: skip
    assert section.drafts.get().is_open
    with pytest.raises(sending.UnsavedText):
        sending.send_report(
            report=report, seen=report.version, to=[], on=dt.date(2026, 11, 22), by=user
        )


def test_words_are_kept_while_one_writes_and_saved_by_one_press(work, plan):
    report = begun(plan)
    section = report.sections.get(part="next")
    kept = work.post(
        at("report-draft", report, section=section.uid),
        {"text": "<p>Kladde</p>", "base_version": section.version, "page": "ab", "sequence": "1"},
    )
    assert kept.json()["state"] == "kept"
    page = work.get(at("report-section", report, section=section.uid)).content.decode()
    assert "Kladde" in page and "Du har tekst, der ikke er gemt" in page
    work.post(
        at("report-section", report, section=section.uid),
        {"title": "Næste skridt", "text": "<p>Gemt</p>", "base_version": section.version,
         "page": "ab", "sequence": "2", "seen.title": mark(section.title)},
    )  # fmt: skip
    section.refresh_from_db()
    assert (section.title, section.text) == ("Næste skridt", "<p>Gemt</p>")
    assert not section.drafts.get().is_open


def test_two_who_write_the_same_section_both_keep_their_words(work, plan):
    report = begun(plan)
    section = report.sections.get(part="next")
    seen = section.version
    section.text = "<p>Den andens</p>"
    section.save()
    answer = work.post(
        at("report-section", report, section=section.uid),
        {"title": section.title, "text": "<p>Mine</p>", "base_version": seen},
    )
    assert answer["Location"].endswith("/konflikt/")
    page = work.get(answer["Location"]).content.decode()
    assert "Den andens" in page and "Mine" in page


def test_the_municipality_names_the_headings(plan):
    from kommuneplan.core.models import Municipality

    Municipality.objects.create(pk=1, name="Prøve", status_headings="Sagens baggrund\n\nI gang nu")
    titles = [one.title for one in begun(plan).sections.all()]
    assert titles == ["Sagens baggrund", "Gennemført", "I gang nu", "Videre proces"]


def test_the_next_of_a_report_that_repeats_goes_to_the_same(work, plan):
    report = begun(plan)
    reports.edit_report(report=report, seen=report.version, values={"repeats": "yearly"}, by=None)
    report.refresh_from_db()
    to = [one.uid for one in report.recipients.all()]
    sending.send_report(report=report, seen=report.version, to=to, on=dt.date(2026, 5, 1), by=None)
    work.post(
        reverse("plans:report-add", args=[plan.slug]),
        {"title": "Næste", "repeats": "yearly", "seen": "0"},
    )
    new = plan.status_reports.get(title="Næste")
    assert [one.called for one in new.recipients.all()] == [plan.body.name]
    assert new.is_planned and new.recipients.get().sent_on is None


def test_a_lead_writes_and_does_not_send(client, plan):
    report = begun(plan)
    client.force_login(lead(plan))
    assert client.get(at("report", report)).status_code == 200
    assert client.get(at("report-send", report)).status_code == 403
    assert "Send rapporten" not in client.get(at("report", report)).content.decode()


def test_a_report_of_another_plan_is_not_found(work, plan):
    other = begun(in_force("Anden plan", "Teknik- og Miljøudvalget"))
    address = reverse("plans:report", kwargs={"slug": plan.slug, "uid": other.uid})
    assert work.get(address).status_code == 404


def test_somebody_who_was_first_is_told(plan):
    report = begun(plan)
    with pytest.raises(Conflict):
        reports.edit_report(report=report, seen=0, values={"title": "X"}, by=None)


def test_two_reports_are_compared_part_by_part(work, plan):
    first, second = begun(plan, title="Den første"), begun(plan, title="Den anden")
    for report, words in ((first, "Vi har tre haver."), (second, "Vi har fire haver.")):
        section = report.sections.get(part="done")
        section.text = f"<p>{words}</p>"
        section.save()
    page = work.get(reverse("plans:reports-compare", args=[plan.slug])).content.decode()
    assert "tre</mark>" in page and "fire</mark>" in page
    asked = {"fra": str(first.uid), "til": "vrøvl"}
    assert work.get(reverse("plans:reports-compare", args=[plan.slug]), asked).status_code == 200


# --- for everybody -------------------------------------------------------------------------------


def public(report: StatusReport) -> str:
    return reverse("plans:report-public", args=[report.plan.slug, report.number])


def test_nobody_outside_reads_a_report_before_it_is_published(client, plan):
    for report in (begun(plan), sent(plan)):
        assert client.get(public(report)).status_code == 404
    assert "Statusrapporter" not in client.get(f"/planer/{plan.slug}/").content.decode()
    assert client.get(reverse("plans:reports-public", args=[plan.slug])).status_code == 404


def test_what_is_published_is_told_at_once_and_gone_when_it_is_taken_back(client, plan):
    report = sent(plan)
    page = f"/planer/{plan.slug}/"
    assert report.title not in client.get(page).content.decode()
    sending.publish_report(report=report, seen=report.digest, by=None)
    assert report.title in client.get(page).content.decode()
    assert client.get(public(report)).status_code == 200
    assert client.head(public(report)).status_code == 200
    sending.withdraw_report(report=report, reason="En fejl.", by=None)
    assert report.title not in client.get(page).content.decode()
    gone = client.get(public(report))
    assert gone.status_code == 410 and "En fejl." in gone.content.decode()


def test_who_has_got_it_is_told_as_it_goes(client, plan):
    report = sent(plan)
    sending.publish_report(report=report, seen=report.digest, by=None)
    values = {"kind": "ministry", "name": "Socialministeriet"}
    one = recipients.add_recipient(report=report, values=values, by=None)
    assert "Socialministeriet" not in client.get(public(report)).content.decode()
    recipients.mark_sent(recipient=one, on=dt.date(2026, 11, 1), by=None)
    assert "Socialministeriet, 1. november 2026" in client.get(public(report)).content.decode()


def test_a_corrected_edition_is_told_to_be_corrected(client, plan):
    report = sent(plan)
    sending.publish_report(report=report, seen=report.digest, by=None)
    new = sending.correct_report(report=report, reason="Et tal var forkert.", by=None)
    assert client.get(public(report)).status_code == 200  # a new edition that is being written
    new = sending.send_report(
        report=new, seen=new.version, to=[], on=dt.date(2026, 11, 21), by=None
    )
    sending.publish_report(report=new, seen=new.digest, by=None)
    assert "Et tal var forkert." in client.get(public(report)).content.decode()
    first = reverse("plans:report-edition", args=[plan.slug, report.number, 1])
    assert "Denne udgave er rettet" in client.get(first).content.decode()


def test_personal_data_is_asked_about_before_it_is_published(work, plan):
    report = begun(plan)
    section = report.sections.get(part="done")
    section.text = "<p>Ring til 20 30 40 50.</p>"
    section.save()
    to = [one.uid for one in report.recipients.all()]
    report = sending.send_report(
        report=report, seen=report.version, to=to, on=dt.date(2026, 11, 22), by=None
    )
    page = work.get(at("report-publish", report)).content.decode()
    assert "20 30 40 50" in page
    data = {"seen": report.digest}
    assert work.post(at("report-publish", report), data).status_code == 422
    work.post(at("report-publish", report), {**data, "looked": "on"})
    report.refresh_from_db()
    assert report.is_public
