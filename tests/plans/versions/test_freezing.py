"""Freezing in parts, publishing by time, taking back."""

import datetime as dt

import pytest

from kommuneplan import clock
from kommuneplan.core.models import Body
from kommuneplan.timespan.span import Precision, TimeSpan
from plans.document import plan_document
from plans.enums import Audience, Part, Stage
from plans.models import Cycle, DateChange, Milestone, Plan, Section, VersionBlock
from plans.public import publications
from plans.versions.actions.freezing import freeze
from plans.versions.actions.publishing import publish, withdraw

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def plan():
    body = Body.objects.create(name="Socialudvalget", kind="committee", abbreviation="SUD")
    plan = Plan.objects.create(title="Strategi for æblehaver", body=body)
    cycle = Cycle.objects.create(plan=plan)
    add_milestone(cycle, "Høring", dt.date(2008, 5, 22), dt.date(2008, 6, 20))
    Section.objects.create(plan=plan, title="Mål", text="<p>Flere træer.</p>", is_public=True)
    return plan


def add_milestone(cycle, title, first, last, *, is_public=True):
    milestone = Milestone(cycle=cycle, title=title, is_public=is_public)
    milestone.when = TimeSpan(
        first, first, last, last, Precision.RANGE, written="22. maj til 20. juni 2008"
    )
    milestone.save()
    return milestone


def test_the_document_is_read_again_as_it_was_frozen(plan):
    version = freeze(plan=plan, stage=Stage.SUBMITTED, by=None)
    again = plan_document.from_json(version.content)
    assert plan_document.to_json(again) == version.content
    assert again.process_plan.milestones[0].written == "22. maj til 20. juni 2008"
    assert again.text[0].blocks[0].html == "<p>Flere træer.</p>"


def test_freezing_the_process_plan_carries_the_text_over_unchanged(plan):
    first = freeze(plan=plan, stage=Stage.SUBMITTED, by=None)
    section = plan.sections.get()
    section.text += "<p>Halvt skrevet</p>"
    section.save()
    second = freeze(plan=plan, stage=Stage.PROCESS_PLAN, by=None, parts=[Part.PROCESS_PLAN])
    assert (
        plan_document.from_json(second.content).text == plan_document.from_json(first.content).text
    )
    third = freeze(plan=plan, stage=Stage.SUBMITTED, by=None)
    assert "Halvt skrevet" in third.content


def test_what_is_not_marked_public_is_not_frozen(plan):
    cycle = plan.open_cycle
    add_milestone(cycle, "KANARIEFUGL", dt.date(2008, 1, 1), dt.date(2008, 1, 2), is_public=False)
    hidden = Section.objects.create(plan=plan, title="KANARIEFUGL", text="<p>KANARIEFUGL</p>")
    Section.objects.create(plan=plan, parent=hidden, title="KANARIEFUGL under", is_public=True)
    assert "KANARIEFUGL" not in freeze(plan=plan, stage=Stage.SUBMITTED, by=None).content


def test_versions_form_one_chain_of_seals(plan):
    first = freeze(plan=plan, stage=Stage.SUBMITTED, by=None)
    second = freeze(plan=plan, stage=Stage.SUBMITTED, by=None)
    assert (second.number, second.previous) == (2, first)
    assert first.digest != second.digest
    salts = VersionBlock.objects.filter(anchor="head").values_list("salt", flat=True)
    assert len(set(salts)) == 2


def test_a_frozen_version_is_never_saved_again(plan):
    version = freeze(plan=plan, stage=Stage.SUBMITTED, by=None)
    version.title = "Et andet"
    with pytest.raises(TypeError):
        version.save()


def test_frozen_is_not_visible_until_it_is_published(plan):
    version = freeze(plan=plan, stage=Stage.SUBMITTED, by=None)
    assert publications.family(plan.slug, at=clock.now()) == []
    publish(version=version, by=None)
    [shown] = publications.family(plan.slug, at=clock.now())
    assert (shown.number, shown.digest) == (1, version.digest)


def test_a_scheduled_publication_comes_by_itself(plan):
    now = clock.now()
    publish(version=freeze(plan=plan, stage=Stage.SUBMITTED, by=None), by=None, visible_from=now)
    publish(
        version=freeze(plan=plan, stage=Stage.ADOPTED, by=None), by=None, visible_from=now + DAY
    )
    assert [p.number for p in publications.family(plan.slug, at=now)] == [1]
    assert [
        p.number
        for p in publications.family(plan.slug, at=now + DAY - dt.timedelta(microseconds=1))
    ] == [1]
    assert [p.number for p in publications.family(plan.slug, at=now + DAY)] == [2]


def test_nothing_is_published_before_one_that_is_scheduled(plan):
    version = freeze(plan=plan, stage=Stage.SUBMITTED, by=None)
    publish(version=version, by=None, visible_from=clock.now() + DAY)
    with pytest.raises(ValueError, match="scheduled"):
        publish(version=version, by=None)


def test_taking_the_newest_back_brings_the_one_before_forward(plan):
    publish(version=freeze(plan=plan, stage=Stage.SUBMITTED, by=None), by=None)
    newest = publish(version=freeze(plan=plan, stage=Stage.SUBMITTED, by=None), by=None)
    withdraw(publication=newest, by=None, because="Forkert bilag")
    assert [p.number for p in publications.family(plan.slug, at=clock.now())] == [1]
    publish(version=freeze(plan=plan, stage=Stage.SUBMITTED, by=None), by=None)
    assert [p.number for p in publications.family(plan.slug, at=clock.now())] == [3]


def test_taking_a_superseded_one_back_leaves_the_newest(plan):
    first = publish(version=freeze(plan=plan, stage=Stage.SUBMITTED, by=None), by=None)
    publish(version=freeze(plan=plan, stage=Stage.SUBMITTED, by=None), by=None)
    withdraw(publication=first, by=None, because="Forkert bilag")
    assert [p.number for p in publications.family(plan.slug, at=clock.now())] == [2]


def test_members_only_is_not_public(plan):
    version = freeze(plan=plan, stage=Stage.SUBMITTED, by=None)
    publish(version=version, by=None, audience=Audience.MEMBERS)
    assert publications.family(plan.slug, at=clock.now()) == []


def test_the_family_is_the_tree_of_published_plans_in_one_query(plan, django_assert_num_queries):
    for title in ("Delstrategi for pærer", "Delstrategi for kirsebær"):
        child = Plan.objects.create(title=title, body=plan.body, parent=plan)
        publish(version=freeze(plan=child, stage=Stage.SUBMITTED, by=None), by=None)
    Plan.objects.create(title="KANARIEFUGL", body=plan.body, parent=plan)
    publish(version=freeze(plan=plan, stage=Stage.SUBMITTED, by=None), by=None)
    with django_assert_num_queries(1):
        family = publications.family("delstrategi-for-paerer", at=clock.now())
    assert [p.title for p in family] == [
        "Delstrategi for kirsebær",
        "Delstrategi for pærer",
        "Strategi for æblehaver",
    ]
    assert {p.parent_uid for p in family} == {None, str(plan.uid)}


def test_an_old_address_leads_on_and_is_never_given_to_another(plan):
    publish(version=freeze(plan=plan, stage=Stage.SUBMITTED, by=None), by=None)
    old = plan.slug
    plan.refresh_from_db()
    plan.slug = "aeblehaver"
    plan.save()
    assert publications.moved_address(old, at=clock.now()) == "aeblehaver"
    with pytest.raises(ValueError, match="already"):
        Plan.objects.create(title="Ny", slug=old, body=plan.body)


def test_an_old_address_of_an_unpublished_plan_says_nothing(plan):
    old, plan.slug = plan.slug, "hemmelig"
    plan.save()
    assert publications.moved_address(old, at=clock.now()) is None


def test_a_moved_date_is_told_with_its_old_words_and_the_reason(plan):
    milestone = plan.open_cycle.milestones.get()
    change = DateChange(milestone=milestone, reason="Budgettet kom senere")
    change.when = milestone.when
    change.save()
    milestone.when = TimeSpan.day(dt.date(2008, 7, 1))
    milestone.save()
    [line] = plan_document.from_json(
        freeze(plan=plan, stage=Stage.PROCESS_PLAN, by=None).content
    ).process_plan.milestones
    assert line.moved[0].written == "22. maj til 20. juni 2008"
    assert line.moved[0].reason == "Budgettet kom senere"
