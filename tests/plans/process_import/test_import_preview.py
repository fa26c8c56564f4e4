"""Looking an import through: handing in, correcting in place, carrying out, importing again."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from kommuneplan.core.models import Body, StoredFile
from kommuneplan.timespan.span import TimeSpan
from plans.document.building import gather
from plans.models import ImportDraft, Milestone, Plan
from plans.models.imports import NotOpen
from plans.process.actions import milestones
from plans.process_import.actions import apply_import
from plans.process_import.three_way import MilestoneFate
from plans.versions.actions import publishing
from tests.factories import (
    FIRST,
    REVISED,
    a_plan,
    draft_of,
    facts,
    form_data,
    imported,
    look_at,
    secretary,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def user():
    return secretary()


@pytest.fixture
def work(client, user):
    client.force_login(user)
    return client


def address(draft: ImportDraft) -> str:
    return reverse("plans:import", args=[draft.uid])


def send(client, draft, htmx=False, **changes):
    headers = {"HX-Request": "true"} if htmx else {}
    return client.post(address(draft), form_data(draft, **changes), headers=headers)


def text_of(answer) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


# --- handing in --------------------------------------------------------------------------------


def test_a_file_is_kept_and_read_and_nothing_else_written(work):
    upload = SimpleUploadedFile("procesplan.txt", FIRST.encode(), "text/plain")
    answer = work.post(reverse("plans:import-start"), {"file": upload})
    draft = ImportDraft.objects.get()
    assert answer.url == address(draft)
    assert draft.file.name == "procesplan.txt"
    assert draft.file.content.read() == FIRST.encode()
    assert not Plan.objects.exists()
    assert not Milestone.objects.exists()


def test_a_refused_file_says_why_at_the_field_and_everything_typed_comes_back(work):
    plan = a_plan()
    upload = SimpleUploadedFile("plan.docm", b"PK\x03\x04", "application/zip")
    data = {"file": upload, "plan": plan.slug, "year": "2027", "title": "Min titel"}
    answer = work.post(reverse("plans:import-start"), data)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "plan.docm" in re.search(r'id="id_file_error".*?</span></span>', html, re.DOTALL)[0]
    assert f'value="{plan.slug}" selected' in html
    assert 'value="2027"' in html and 'value="Min titel"' in html
    assert not StoredFile.objects.exists() and not ImportDraft.objects.exists()


def test_pasted_text_comes_back_when_something_else_is_wrong(work):
    answer = work.post(reverse("plans:import-start"), {"text": FIRST, "year": "27"})
    assert answer.status_code == 422
    assert "Endelig vedtagelse af strategien" in answer.content.decode()


def test_a_file_that_the_browser_forgets_is_asked_for_again(work):
    upload = SimpleUploadedFile("procesplan.txt", FIRST.encode(), "text/plain")
    answer = work.post(reverse("plans:import-start"), {"file": upload, "year": "27"})
    assert 'id="id_file_error"' in answer.content.decode()


@pytest.mark.parametrize("data", [{}, {"text": "   "}])
def test_nothing_handed_in_is_told(work, data):
    assert work.post(reverse("plans:import-start"), data).status_code == 422


def test_the_same_form_sent_twice_is_one_import(work):
    html = work.get(reverse("plans:import-start")).content.decode()
    key = re.search(r'name="key" value="([^"]+)"', html)[1]
    answers = [
        work.post(reverse("plans:import-start"), {"text": FIRST, "key": key}) for _ in range(2)
    ]
    assert answers[0].url == answers[1].url
    assert ImportDraft.objects.count() == 1


# --- looking through ---------------------------------------------------------------------------


def test_the_preview_shows_source_and_understanding(work, user):
    draft = draft_of(FIRST, user)
    html = work.get(address(draft)).content.decode()
    for words in ("10. maj til 14. juni 2027", "10. maj–14. juni 2027", "Høring om strategien"):
        assert words in html
    assert look_at(draft).new == 4
    assert re.search(r'name="apply"[^>]*>[^<]*4', html)


def test_corrections_are_kept_row_by_row_and_the_plan_is_untouched(work, user):
    draft = draft_of(FIRST, user)
    answer = send(work, draft, m1__title="Rettet titel", m1__when="uge 34 2027", m2__kind="other")
    assert answer.status_code == 302
    rows = {row.key: row for row in look_at(draft).rows}
    assert rows["m1"].said.title == "Rettet titel"
    assert rows["m1"].said.when.earliest == dt.date(2027, 8, 23)
    assert rows["m2"].said.kind == "other"
    assert not Milestone.objects.exists()
    assert ImportDraft.objects.get().source == draft.source


def test_a_row_left_out_is_not_made_and_can_be_taken_again(work, user):
    draft = draft_of(FIRST, user)
    send(work, draft, m2__taken=None)
    assert look_at(draft).new == 3
    send(work, draft, m2__taken="on")
    assert look_at(draft).new == 4


def test_a_row_the_reader_left_out_can_be_taken_along(work, user):
    draft = draft_of(FIRST, user)
    left = look_at(draft).left_out[0]
    send(work, draft, take=left.key)
    look = look_at(draft)
    assert look.new == 5
    assert left.item.said.title in [row.said.title for row in look.taken]


def test_an_impossible_date_is_told_and_what_was_typed_stays(work, user):
    draft = draft_of(FIRST, user)
    send(work, draft, m1__when="31. februar 2027")
    row = look_at(draft).rows[0]
    assert row.said.when is None and row.date_is_lost
    html = work.get(address(draft)).content.decode()
    assert 'value="31. februar 2027"' in html
    plan = apply_import(draft=draft, by=user)
    milestone = Milestone.objects.get(cycle__plan=plan, written="31. februar 2027")
    assert milestone.when is None


def test_corrected_words_without_a_year_get_the_year_the_row_had(work, user):
    draft = draft_of(FIRST, user)
    send(work, draft, m1__when="31. februar")
    send(work, draft, m1__when="medio marts")
    row = look_at(draft).rows[0]
    assert row.said.when.earliest == dt.date(2027, 3, 11)
    assert any("2027" in note for note in row.notes)


def test_words_that_cannot_be_read_take_their_date_from_the_calendar(work, user):
    draft = draft_of(FIRST, user)
    days = {"m1__when_from": "2027-03-01", "m1__when_to": "2027-03-05"}
    send(work, draft, m1__when="når udvalget har tid", **days)
    said = look_at(draft).rows[0].said
    assert (said.when.earliest, said.when.latest) == (dt.date(2027, 3, 1), dt.date(2027, 3, 5))
    assert said.written == "når udvalget har tid"


def test_an_assumption_is_asked_about_until_somebody_says_yes(work, user):
    draft = draft_of("Procesplan 2027\n5. marts: Indstilling i Socialudvalget\n", user, year=2027)
    row = look_at(draft).rows[0]
    assert [one.code for one in row.open_assumptions][:1] == ["year"]
    before = look_at(draft).open_assumptions
    send(work, draft, **{f"{row.key}__confirmed": ["year"]})
    look = look_at(draft)
    assert look.open_assumptions == before - 1
    send(work, draft, **{f"{row.key}__confirmed": None})
    assert look_at(draft).open_assumptions == before


def test_with_htmx_only_what_follows_comes_back(work, user):
    draft = draft_of(FIRST, user)
    html = send(work, draft, htmx=True, m1__when="uge 34 2027").content.decode()
    assert 'id="m1-understood"' in html and 'id="m2-understood"' not in html
    assert 'name="m1-when"' not in html
    assert look_at(draft).fingerprint in html


def test_unknown_names_stay_words_until_somebody_decides(work, user):
    draft = draft_of(FIRST, user)
    unknown = dict(look_at(draft).unknown)
    assert unknown == {"Socialforvaltningen": "words", "Handicaprådet": "words"}
    names = {"unknown": [*unknown], "unknown_as": ["body:Socialudvalget", "new:advisory"]}
    send(work, draft, **names)
    assert Body.objects.count() == 1
    plan = apply_import(draft=draft, by=user)
    made = Milestone.objects.get(cycle__plan=plan, kind="hearing")
    assert [body.name for body in made.bodies.all()] == ["Handicaprådet"]
    drafting = Milestone.objects.get(cycle__plan=plan, kind="drafting")
    assert [body.name for body in drafting.bodies.all()] == ["Socialudvalget"]


def test_nothing_in_an_imported_text_runs(work, user):
    evil = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    text = FIRST.replace("Indstilling om procesplan", evil).replace("Handicaprådet", f"Råd {evil}")
    draft = draft_of(text, user)
    pages = [work.get(address(draft)), send(work, draft, htmx=True, m1__phase=evil)]
    plan = apply_import(draft=draft, by=user)
    pages += [
        work.get(reverse("plans:work-plan", args=[plan.slug])),
        work.get(reverse("plans:desk")),
    ]
    Milestone.objects.update(is_public=True)
    pages += [
        work.get(reverse(f"plans:{name}", args=[plan.slug])) for name in ("work-preview", "publish")
    ]
    for page in pages:
        html = page.content.decode()
        assert "<script>alert" not in html and "<img" not in html


# --- two windows -------------------------------------------------------------------------------


def test_two_windows_on_different_rows_both_hold(work, user):
    draft = draft_of(FIRST, user)
    first, second = (
        form_data(draft, m1__title="Fra den ene"),
        form_data(draft, m2__title="Fra den anden"),
    )
    assert work.post(address(draft), first).status_code == 302
    assert work.post(address(draft), second).status_code == 302
    assert [row.said.title for row in look_at(draft).rows][:2] == ["Fra den ene", "Fra den anden"]


def test_two_windows_on_one_row_show_both_and_lose_nothing(work, user):
    draft = draft_of(FIRST, user)
    first, second = form_data(draft, m1__title="Den ene"), form_data(draft, m1__title="Den anden")
    work.post(address(draft), first)
    answer = work.post(address(draft), second)
    html = answer.content.decode()
    assert answer.status_code == 409
    assert 'value="Den anden"' in html and "Den ene" in text_of(answer)
    assert look_at(draft).rows[0].said.title == "Den ene"
    seen = re.search(r'name="m1-seen"[^>]*value="([^"]+)"', html)[1]
    assert work.post(address(draft), {**second, "m1-seen": seen}).status_code == 302
    assert look_at(draft).rows[0].said.title == "Den anden"


# --- carrying out ------------------------------------------------------------------------------


def test_carrying_out_makes_the_plan_with_internal_milestones(work, user):
    draft = draft_of(FIRST, user)
    answer = send(work, draft, apply="1")
    plan = Plan.objects.get()
    assert answer.url == reverse("plans:work-plan", args=[plan.slug])
    rows = list(Milestone.objects.filter(cycle__plan=plan))
    assert [row.kind for row in rows] == ["recommendation", "drafting", "hearing", "adoption"]
    assert not any(row.is_public for row in rows)
    assert all(row.imported["title"] == row.title for row in rows)
    assert plan.body.name == "Socialudvalget"
    draft.refresh_from_db()
    assert (draft.state, draft.plan) == ("applied", plan)


def test_confirming_twice_is_once(work, user):
    draft = draft_of(FIRST, user)
    data = form_data(draft, apply="1")
    answers = [work.post(address(draft), data) for _ in range(2)]
    assert answers[0].url == answers[1].url
    assert (Plan.objects.count(), Milestone.objects.count()) == (1, 4)


def test_what_was_typed_with_the_confirmation_is_shown_before_it_is_written(work, user):
    draft = draft_of(FIRST, user)
    answer = send(work, draft, apply="1", m1__when="medio marts 2027")
    assert answer.url.startswith(address(draft))
    assert not Milestone.objects.exists()
    assert "11.–20. marts" in work.get(address(draft)).content.decode()
    send(work, draft, apply="1")
    assert Milestone.objects.count() == 4


def test_a_plan_that_moved_on_since_is_looked_at_again(work, user):
    plan = imported(FIRST, user, a_plan())
    draft = draft_of(REVISED, user, plan)
    data = form_data(draft, apply="1")
    row = Milestone.objects.get(title="Endelig vedtagelse af strategien")
    milestones.edit_milestone(milestone=row, facts={"title": "Vedtagelse af strategien"}, by=user)
    before = facts(plan)
    assert work.post(address(draft), data).url == address(draft)
    assert facts(plan) == before


def test_a_missing_title_is_said_and_hinders(work, user):
    draft = draft_of(FIRST, user)
    send(work, draft, m1__title="")
    answer = send(work, draft, apply="1")
    assert answer.status_code == 422 and 'href="#row-m1"' in answer.content.decode()
    assert not Plan.objects.exists()


def test_a_discarded_import_changes_nothing_and_is_over(work, user):
    draft = draft_of(FIRST, user)
    assert str(draft.uid) in work.get(reverse("plans:desk")).content.decode()
    work.post(reverse("plans:import-discard", args=[draft.uid]))
    assert str(draft.uid) not in work.get(reverse("plans:desk")).content.decode()
    assert work.post(address(draft), {"apply": "1"}).url == reverse("plans:desk")
    assert not Plan.objects.exists()


def test_a_correction_of_what_another_tab_has_just_discarded_is_not_taken_for_saved(
    work, user, monkeypatch
):
    draft = draft_of(FIRST, user)

    def too_late(**_arguments):
        raise NotOpen

    monkeypatch.setattr("plans.process_import.views.save_corrections", too_late)
    assert send(work, draft, m1__title="Rettet").url == address(draft)
    assert send(work, draft, htmx=True, m1__title="Rettet").status_code == 409


# --- again -------------------------------------------------------------------------------------


def test_the_same_file_again_changes_nothing(work, user):
    plan = imported(FIRST, user, a_plan())
    before = facts(plan)
    draft = draft_of(FIRST, user, plan)
    assert look_at(draft).does_nothing
    send(work, draft, apply="1")
    assert facts(plan) == before


def test_a_revised_file_shows_what_moves_what_is_new_and_what_is_gone(work, user):
    plan = imported(FIRST, user, a_plan())
    revised = "\n".join(line for line in REVISED.splitlines() if "Udkast" not in line)
    draft = draft_of(revised, user, plan)
    look = look_at(draft)
    assert [row.fate for row in look.rows] == [
        MilestoneFate.UNCHANGED,
        MilestoneFate.UNCHANGED,
        MilestoneFate.MOVED,
        MilestoneFate.NEW,
    ]
    assert [gone.standing.now.title for gone in look.gone] == ["Udkast til strategi udarbejdes"]
    words = text_of(work.get(address(draft)))
    assert "27. august 2027" in words and "24. september 2027" in words
    send(work, draft, apply="1")
    rows = {row.title: row for row in Milestone.objects.filter(cycle__plan=plan)}
    assert len(rows) == 5
    assert rows["Endelig vedtagelse af strategien"].when.earliest == dt.date(2027, 9, 24)
    assert rows["Udkast til strategi udarbejdes"].state == "planned"


def test_what_was_corrected_by_hand_stays(work, user):
    plan = imported(FIRST, user, a_plan())
    row = Milestone.objects.get(kind="hearing")
    day = TimeSpan.between(dt.date(2027, 5, 11), dt.date(2027, 6, 15))
    milestones.edit_milestone(
        milestone=row, facts={"title": "Offentlig høring", "when": day, "written": ""}, by=user
    )
    apply_import(draft=draft_of(REVISED, user, plan), by=user)
    row.refresh_from_db()
    assert (row.title, row.when) == ("Offentlig høring", day)


def test_a_true_conflict_shows_both_and_the_choice_holds(work, user):
    plan = imported(FIRST, user, a_plan())
    row = Milestone.objects.get(kind="adoption")
    mine = TimeSpan.day(dt.date(2027, 10, 8))
    milestones.move_milestone(milestone=row, when=mine, by=user)
    draft = draft_of(REVISED, user, plan)
    page = text_of(work.get(address(draft)))
    assert "8. oktober 2027" in page and "24. september 2027" in page
    send(work, draft, m4__choice__when="file")
    apply_import(draft=draft, by=user)
    row.refresh_from_db()
    assert row.when.earliest == dt.date(2027, 9, 24)


def test_a_published_date_moves_only_with_a_reason(work, user):
    plan = imported(FIRST, user, a_plan())
    publish(plan, user)
    draft = draft_of(REVISED, user, plan)
    assert send(work, draft, apply="1").status_code == 422
    row = Milestone.objects.get(kind="adoption")
    assert row.when.earliest == dt.date(2027, 8, 27)
    send(work, draft, reason="Udvalget bad om mere tid.")
    send(work, draft, apply="1")
    row.refresh_from_db()
    assert row.when.earliest == dt.date(2027, 9, 24)
    change = row.date_changes.get()
    assert change.when.earliest == dt.date(2027, 8, 27)
    assert (change.reason, change.changed_by) == ("Udvalget bad om mere tid.", user)


def publish(plan, user, reason="Ny dato."):
    uids = [str(uid) for uid in plan.open_cycle.milestones.values_list("uid", flat=True)]
    milestones.mark_public(plan=plan, public=uids, by=user)
    seen = publishing.seen_as(gather(plan))
    return publishing.publish_process_plan(plan=plan, reason=reason, seen=seen, by=user)


def test_gone_milestones_are_cancelled_or_deleted_as_chosen(work, user):
    plan = imported(FIRST, user, a_plan())
    drafting = Milestone.objects.get(kind="drafting")
    revised = "\n".join(line for line in FIRST.splitlines() if "Udkast" not in line)
    draft = draft_of(revised, user, plan)
    send(work, draft, **{f"gone__{drafting.uid}".replace("__", "-"): "remove"})
    apply_import(draft=draft, by=user)
    assert not Milestone.objects.filter(pk=drafting.pk).exists()
    publish(plan, user)
    hearing = Milestone.objects.get(kind="hearing")
    draft = draft_of(
        "\n".join(line for line in revised.splitlines() if "Høring" not in line), user, plan
    )
    send(work, draft, **{f"gone-{hearing.uid}": "remove"})
    apply_import(draft=draft, by=user)
    hearing.refresh_from_db()
    assert hearing.state == "cancelled"


@pytest.mark.parametrize("rows", [1, 3])
def test_the_preview_asks_as_much_for_three_rows_as_for_one(
    work, user, rows, django_assert_max_num_queries
):
    lines = "".join(f"{n}. marts 2027\tMøde {n}\tSocialudvalget\n" for n in range(1, rows + 1))
    draft = draft_of("Tid\tEmne\tHvem\n" + lines, user)
    with django_assert_max_num_queries(16):
        work.get(address(draft))


@pytest.mark.parametrize("rows", [1, 3])
def test_the_plan_page_asks_as_much_for_three_rows_as_for_one(
    work, user, rows, django_assert_max_num_queries
):
    lines = "".join(f"{n}. marts 2027\tMøde {n}\tSocialudvalget\n" for n in range(1, rows + 1))
    plan = imported("Tid\tEmne\tHvem\n" + lines, user, a_plan())
    with django_assert_max_num_queries(28):
        work.get(reverse("plans:work-plan", args=[plan.slug]))


# --- the head of a plan that is there already ----------------------------------------------------

HEADED = f"""Sagsnummer: 2026-0012345
Dokumentnummer: 2026-0012345-7
Dato: 12. maj 2026
Fra: Center for Naboer

{FIRST}"""


def test_what_the_plan_lacks_is_proposed_and_what_it_says_otherwise_stays(work, user):
    plan = a_plan()
    plan.case_number = "2019-0000001"
    plan.save()
    draft = draft_of(HEADED, user, plan)
    asked = {one.name: one for one in look_at(draft).head_fields}
    assert {"case_number", "document_number"} <= set(asked)
    assert not asked["case_number"].is_taken and asked["document_number"].is_taken
    page = text_of(work.get(address(draft)))
    assert "Planens: 2019-0000001" in page and "Planens: Mangler" in page
    assert "Dokumentets: 2026-0012345" in page
    apply_import(draft=draft, by=user)
    plan.refresh_from_db()
    assert (plan.case_number, plan.document_number) == ("2019-0000001", "2026-0012345-7")


def test_whose_words_hold_is_chosen_field_by_field(work, user):
    plan = a_plan()
    plan.case_number = "2019-0000001"
    plan.save()
    draft = draft_of(HEADED, user, plan)
    send(work, draft, **{"head-case_number": "file", "head-document_number": "plan"})
    draft.refresh_from_db()
    seen = look_at(draft)
    assert "felt" in seen.button
    answer = send(work, draft, fingerprint=seen.fingerprint, apply="1")
    assert answer.status_code == 302
    plan.refresh_from_db()
    assert (plan.case_number, plan.document_number) == ("2026-0012345", "")
    assert plan.history.first().history_user == user
    again = draft_of(HEADED, user, plan)
    assert [one.name for one in look_at(again).head_fields if one.name == "case_number"] == []


def test_a_head_that_changed_since_it_was_looked_at_is_not_overwritten(work, user):
    plan = a_plan()
    draft = draft_of(HEADED, user, plan)
    seen = look_at(draft).fingerprint
    plan.case_number = "2019-0000001"
    plan.save()
    send(work, draft, fingerprint=seen, apply="1")
    plan.refresh_from_db()
    assert plan.case_number == "2019-0000001" and not plan.open_cycle.milestones.exists()
