"""Chapters by target group and principle: made from templates, found again, and what is missing."""

from __future__ import annotations

import re

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kommuneplan.core.models import Municipality
from kommuneplan.locking import Outdated
from plans.models import Plan, Principle, Section, TargetGroup
from plans.text.actions import chapters as acting
from plans.text.actions.outline import add_section, move_section, restore_section, retire_section
from plans.text.actions.sections import save_section
from plans.text.chapter_templates import TEMPLATES, Present, TemplateSubject, laid_over, wanted
from plans.text.completeness import completeness
from plans.text.outline import outline
from tests.factories import a_plan, lead, secretary
from tests.races import race

pytestmark = pytest.mark.django_db

GROUPS, PRINCIPLES = ["Børn og unge", "Voksne"], ["Tidlig indsats", "Samarbejde"]


@pytest.fixture
def plan(db) -> Plan:
    Municipality.objects.create(pk=1, name="Prøve Kommune")
    plan = a_plan()
    acting.add_lines(plan=plan, kind=TargetGroup, titles=GROUPS, by=None)
    acting.add_lines(plan=plan, kind=Principle, titles=PRINCIPLES, by=None)
    return plan


@pytest.fixture
def ida(plan, client) -> Client:
    client.force_login(secretary("ida"))
    return client


def create(plan: Plan, template: str = "target_groups") -> list[Section]:
    seen = acting.fingerprint(acting.proposed(plan, template))
    return acting.create_chapters(plan=plan, template=template, seen=seen, by=None)


def contents(plan: Plan) -> list[str]:
    return [f"{line.number} {line.title}" for line in outline(plan)]


def write(section: Section, words: int) -> None:
    text = f"<p>{' '.join(['ord'] * words)}</p>"
    save_section(
        section=section, title=section.title, text=text, base_version=section.version, by=None
    )


def states(plan: Plan) -> list[list[str]]:
    return [[cell.filled.value for cell in row.cells] for row in completeness(plan).rows]


# --- the templates -----------------------------------------------------------------------------


def test_each_target_group_gets_facts_and_each_principle(plan):
    create(plan)
    assert contents(plan) == [
        "1 Børn og unge", "1.1 Fakta", "1.2 Tidlig indsats", "1.3 Samarbejde",
        "2 Voksne", "2.1 Fakta", "2.2 Tidlig indsats", "2.3 Samarbejde",
    ]  # fmt: skip
    assert not plan.sections.filter(is_public=True).exists()


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_template_twice_is_as_once(plan, name):
    create(plan, name)
    assert plan.sections.exists()
    once = contents(plan)
    with pytest.raises(Outdated):
        create(plan, name)
    assert contents(plan) == once


def test_a_principle_that_comes_later_is_offered_alone_and_stands_in_its_place(plan):
    create(plan)
    acting.add_lines(plan=plan, kind=Principle, titles=["Lyt"], by=None)
    late = plan.principles.get(title="Lyt")
    acting.move_line(line=late, step=-1, by=None)
    assert [one.title for one in acting.proposed(plan, "target_groups") if one.is_new] == [
        "Lyt"
    ] * 2
    create(plan)
    assert contents(plan)[:5] == [
        "1 Børn og unge", "1.1 Fakta", "1.2 Tidlig indsats", "1.3 Lyt", "1.4 Samarbejde",
    ]  # fmt: skip


def test_sections_with_the_right_heading_are_found_and_given_their_place(plan):
    chapter = add_section(plan=plan, title=" børn og  UNGE", by=None)
    add_section(plan=plan, title="Samarbejde", parent=chapter, by=None)
    add_section(plan=plan, title="Bilag", by=None)
    create(plan)
    assert contents(plan) == [
        "1  børn og  UNGE", "1.1 Fakta", "1.2 Tidlig indsats", "1.3 Samarbejde",
        "2 Voksne", "2.1 Fakta", "2.2 Tidlig indsats", "2.3 Samarbejde", "3 Bilag",
    ]  # fmt: skip
    assert all("missing" not in row for row in states(plan))


def test_a_part_that_was_moved_and_renamed_is_still_that_part(plan):
    create(plan)
    part = plan.sections.get(target_group__title="Voksne", principle__title="Samarbejde")
    save_section(section=part, title="Sammen", text="", base_version=part.version, by=None)
    move_section(section=part, direction="out", by=None)
    assert not any(one.changes for one in acting.proposed(plan, "target_groups"))


def test_headings_alone_need_no_tables():
    line = TemplateSubject("g", "Unge")
    asked = laid_over(wanted("target_groups", [line], []), [Present("s", "Unge")])
    assert [(one.title, one.section, one.ties) for one in asked] == [
        ("Unge", "s", True), ("Fakta", "", False),
    ]  # fmt: skip


# --- what is missing ---------------------------------------------------------------------------


def test_a_part_is_missing_empty_begun_or_written(plan):
    create(plan)
    rows = {(row.target_group.title, row.title): row for row in plan.sections.all()
            if row.target_group}  # fmt: skip
    retire_section(section=rows["Børn og unge", "Fakta"], by=None)
    write(rows["Børn og unge", "Tidlig indsats"], 3)
    write(rows["Børn og unge", "Samarbejde"], 40)
    below = add_section(plan=plan, title="Mere", parent=rows["Voksne", "Fakta"], by=None)
    write(below, 30)
    assert states(plan) == [["missing", "begun", "written"], ["written", "empty", "empty"]]
    counts = completeness(plan).counts
    assert (counts["missing"], counts["empty"], counts["all"]) == (1, 2, 6)


def test_one_part_is_made_with_its_chapter(plan):
    group, principle = plan.target_groups.first(), plan.principles.last()
    for _again in range(2):
        acting.create_part(plan=plan, group=group, principle=principle, by=None)
    assert contents(plan) == ["1 Børn og unge", "1.1 Samarbejde"]
    acting.create_part(plan=plan, group=group, principle=None, by=None)
    assert contents(plan) == ["1 Børn og unge", "1.1 Fakta", "1.2 Samarbejde"]


def test_no_part_stands_twice(plan):
    create(plan)
    part = plan.sections.get(target_group__title="Voksne", chapter_part="facts")
    with pytest.raises(IntegrityError), transaction.atomic():
        Section.objects.create(
            plan=plan, title="x", target_group=part.target_group, chapter_part="facts"
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        Section.objects.create(plan=plan, title="x", target_group=part.target_group)
    other = add_section(plan=plan, title="x", by=None)
    with pytest.raises(acting.PlaceTaken):
        acting.tie_section(
            section=other, part="facts", target_group=part.target_group, principle=None, by=None
        )


def test_a_part_that_comes_back_when_there_is_another_stands_by_itself(plan):
    create(plan)
    part = plan.sections.get(target_group__title="Voksne", chapter_part="facts")
    retire_section(section=part, by=None)
    create(plan)
    restore_section(section=part, by=None)
    part.refresh_from_db()
    assert part.chapter_part == "" and part.retired_at is None
    assert contents(plan).count("2.1 Fakta") + contents(plan).count("2.2 Fakta") == 2


def test_a_group_taken_out_leaves_its_chapter_and_finds_it_again(plan):
    create(plan)
    group = plan.target_groups.get(title="Voksne")
    acting.set_retired(line=group, retired=True, by=None)
    assert len(completeness(plan).rows) == 1
    assert "2 Voksne" in contents(plan)
    acting.add_lines(plan=plan, kind=TargetGroup, titles=["voksne"], by=None)
    assert states(plan)[1] == ["empty"] * 3


# --- at the door -------------------------------------------------------------------------------


def at(plan: Plan, route: str, *more: object) -> str:
    return reverse(f"plans:{route}", args=[plan.slug, *more])


def told(answer) -> str:
    """The words of the page, without its tags."""
    page = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return " ".join(page.split())


def test_the_matrix_is_a_table_with_links(plan, ida):
    create(plan)
    part = plan.sections.get(target_group__title="Voksne", principle__title="Samarbejde")
    write(part, 30)
    retire_section(section=plan.sections.get(target_group__title="Voksne", chapter_part="facts"),
                   by=None)  # fmt: skip
    answer = ida.get(at(plan, "matrix"))
    page = answer.content.decode()
    assert "1 af 6 dele mangler. 4 er tomme." in told(answer)
    assert page.count('scope="row"') == 2 and page.count('scope="col"') == 4
    assert reverse("plans:section", args=[plan.slug, part.uid]) in page
    assert "30 ord" in page
    assert at(plan, "matrix-cell", plan.target_groups.last().uid, "fakta") in page


def test_without_target_groups_the_matrix_says_what_it_is_for(db, client):
    Municipality.objects.create(pk=1, name="Prøve Kommune")
    plan = a_plan()
    client.force_login(secretary("ida"))
    page = client.get(at(plan, "matrix")).content.decode()
    assert "Ingen målgrupper endnu" in page and at(plan, "completeness-lists") in page


def test_a_missing_part_is_made_or_an_existing_section_taken(plan, ida):
    group, principle = plan.target_groups.first(), plan.principles.first()
    cell = at(plan, "matrix-cell", group.uid, principle.uid)
    written = add_section(plan=plan, title="Det vi plejer", by=None)
    assert "Det vi plejer" in ida.get(cell).content.decode()
    assert ida.post(cell, {"section": ""}).status_code == 422
    assert ida.post(cell, {"section": str(written.uid)}).url == at(plan, "matrix")
    written.refresh_from_db()
    assert (written.target_group, written.principle) == (group, principle)
    assert ida.get(cell).url == at(plan, "section", written.uid)
    page = ida.get(at(plan, "section", written.uid)).content.decode()
    assert "Del af kapitlet om Børn og unge: Tidlig indsats." in page
    ida.post(at(plan, "section-untie", written.uid))
    written.refresh_from_db()
    assert written.chapter_part == ""
    made = ida.post(cell, {"opret": "1"})
    assert made.url == at(plan, "section", plan.sections.get(principle=principle).uid)


def test_a_foreign_section_or_line_is_no_choice(plan, ida):
    other = a_plan("En anden plan")
    foreign = add_section(plan=other, title="Fremmed", by=None)
    (group,) = acting.add_lines(plan=other, kind=TargetGroup, titles=["Ældre"], by=None)
    mine = plan.target_groups.first()
    cell = at(plan, "matrix-cell", mine.uid, "fakta")
    assert ida.post(cell, {"section": str(foreign.uid)}).status_code == 422
    assert ida.get(at(plan, "matrix-cell", group.uid, "fakta")).status_code == 404
    assert ida.get(at(plan, "matrix-cell", mine.uid, "findes-ikke")).status_code == 404
    assert ida.post(at(plan, "completeness-act", group.uid), {"ud": "1"}).status_code == 404
    group.refresh_from_db()
    assert group.retired_at is None


def test_chapters_are_shown_before_they_are_made(plan, ida):
    address = at(plan, "chapters")
    shown = ida.get(address, {"template": "target_groups"})
    assert "Opret 8 afsnit" in told(shown)
    assert not plan.sections.exists()
    seen = re.search(r'name="seen" value="([^"]+)"', shown.content.decode())[1]
    add_section(plan=plan, title="Voksne", by=None)
    again = ida.post(address, {"template": "target_groups", "seen": seen}, follow=True)
    assert "Se, hvad der vil blive oprettet" in told(again) or plan.sections.count() == 1
    seen = re.search(r'name="seen" value="([^"]+)"', again.content.decode())[1]
    for _twice in range(2):
        ida.post(address, {"template": "target_groups", "seen": seen})
    assert plan.sections.count() == 8
    assert ida.post(address, {}).status_code == 422
    assert ida.get(address, {"template": "findes ikke"}).status_code == 422


def test_the_lists_are_written_line_by_line(plan, ida):
    address = at(plan, "completeness-lists")
    lines = "  Ældre \n\nVoksne\nÆldre\nHjemløse"
    ida.post(address, {"liste": "maalgrupper", "lines": lines})
    titles = list(plan.target_groups.values_list("title", flat=True))
    assert titles == ["Børn og unge", "Voksne", "Ældre", "Hjemløse"]
    answer = ida.post(address, {"liste": "principper", "lines": "x" * 301})
    assert answer.status_code == 422 and "x" * 301 in answer.content.decode()
    many = "\n".join(str(n) for n in range(60))
    assert ida.post(address, {"liste": "principper", "lines": many}).status_code == 422
    assert plan.principles.count() == 2


def test_two_who_rename_are_told(plan, ida):
    group = plan.target_groups.first()
    bo = Client()
    bo.force_login(lead(plan, "bo"))
    address = at(plan, "completeness-line", group.uid)
    assert ida.post(address, {"title": " ", "seen": "1"}).status_code == 422
    assert ida.post(address, {"title": "Unge", "seen": group.version}).status_code == 302
    answer = bo.post(address, {"title": "Børn", "seen": group.version})
    assert answer.status_code == 409
    assert "Unge" in told(answer) and 'value="Børn"' in answer.content.decode()
    seen = re.search(r'name="seen" value="(\d+)"', answer.content.decode())[1]
    assert bo.post(address, {"title": "Børn", "seen": seen}).status_code == 302


def test_lines_are_moved_taken_out_and_put_back(plan, ida):
    last = plan.principles.last()
    act = at(plan, "completeness-act", last.uid)
    ida.post(act, {"op": "1"})
    ida.post(act, {"op": "1"})
    assert plan.principles.first() == last
    ida.post(act, {"ud": "1"})
    assert plan.principles.filter(retired_at__isnull=True).count() == 1
    ida.post(act, {"ind": "1"})
    assert plan.principles.filter(retired_at__isnull=True).count() == 2


def test_the_matrix_asks_as_much_for_forty_as_for_one(plan, ida):
    create(plan)
    with CaptureQueriesContext(connection) as few:
        ida.get(at(plan, "matrix"))
    titles = [f"Gruppe {n}" for n in range(10)]
    acting.add_lines(plan=plan, kind=TargetGroup, titles=titles, by=None)
    create(plan)
    with CaptureQueriesContext(connection) as many:
        assert ida.get(at(plan, "matrix")).status_code == 200
    assert len(many) == len(few)


def one_creates(_number: int, group: str) -> str:
    """A process of the race."""
    line = TargetGroup.objects.select_related("plan").get(uid=group)
    made = acting.create_part(plan=line.plan, group=line, principle=None, by=None)
    return str(made.uid)


@pytest.mark.django_db(transaction=True)
def test_eight_who_create_at_once_make_each_part_once():
    Municipality.objects.create(pk=1, name="Prøve Kommune")
    plan = a_plan()
    (group,) = acting.add_lines(plan=plan, kind=TargetGroup, titles=["Unge"], by=None)
    made = race("tests.plans.text.test_chapters:one_creates", 8, str(group.uid))
    assert len(set(made)) == 1
    assert contents(plan) == ["1 Unge", "1.1 Fakta"]
