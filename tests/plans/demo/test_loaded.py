"""What the demo holds once it is loaded: what its sources say, and something in every room."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kommuneplan import clock
from kommuneplan.core.models import Body, Meeting, Membership, User
from plans.demo import living, people
from plans.document import plan_document as doc
from plans.models import (
    Comment,
    Cycle,
    DateChange,
    ImportDraft,
    Matter,
    Milestone,
    Plan,
    PlanVersion,
    Publication,
    Question,
    SectionImage,
    Treatment,
)
from tests.plans.demo.test_demo import current, expected, load
from tests.standing import standing

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """The demo, loaded once for the tests that look at it; what the command said."""
    with standing(django_db_blocker):
        yield load()


@pytest.fixture
def demo(loaded, db) -> str:
    """The demo, in a test of its own."""
    return loaded


def test_every_milestone_of_the_sources_is_published_as_it_was_written(demo):
    pairs = []
    for slug, rows in expected().items():
        lines = current(slug).process_plan.milestones
        pairs += zip(lines, rows, strict=True)
    assert len(pairs) == 48
    for line, (written, earliest, latest, kind, body, title) in pairs:
        when = line.when
        assert line.written == written
        assert str((when and when.earliest) or "") == earliest, written
        assert str((when and when.latest) or "") == latest, written
        assert line.kind == kind, written
        assert (line.bodies[0] if line.bodies else "").startswith(body), written
        assert title in line.title


def test_what_is_conditional_or_inside_a_hearing_says_so(demo):
    plan = current("socialpsykiatri-2009-2012").process_plan
    inner = next(line for line in plan.milestones if "Offentligt møde" in line.title)
    assert plan.milestones[5].uid == inner.within
    local = current("aktivitets-og-samvaerstilbud-2015").process_plan
    assert [line.title for line in local.milestones if line.conditional] == [
        "Ekstra workshoprunde eller høring"
    ]
    assert [phase.title[:6] for phase in local.phases] == [f"Fase {n}" for n in range(1, 6)]


def test_a_meeting_gives_its_milestones_their_day(demo):
    assert Meeting.objects.filter(body__abbreviation="SUD", date="2008-03-05").count() == 1
    meeting = Meeting.objects.get(body__abbreviation="SUD", date="2008-03-05")
    assert meeting.milestones.count() == 2
    assert not Milestone.objects.filter(meeting__isnull=False).exclude(precision="").exists()


def test_the_public_story_of_the_psychiatry_plan(demo):
    told = Publication.objects.filter(plan__slug="socialpsykiatri-2009-2012").order_by("pk")
    assert [clock.local_day(p.visible_from) for p in told[:2]] == [
        dt.date(2008, 2, 24),
        dt.date(2008, 11, 13),
    ]
    first, adopted = (doc.from_json(p.version.content) for p in told[:2])
    assert (first.head.state, adopted.head.state) == ("draft", "adopted")
    assert "13. november" not in str(first)
    assert all(p.reason for p in told)


def test_december_became_the_second_of_december(demo):
    change = DateChange.objects.get(
        milestone__cycle__plan__slug="aktivitets-og-samvaerstilbud-2015"
    )
    assert change.written == "december 2015"
    assert clock.local_day(change.changed_at) == dt.date(2015, 8, 15)
    assert "2. december" in change.reason


def test_the_tree_of_plans(demo):
    parents = dict(Plan.objects.values_list("slug", "parent__slug"))
    assert parents["koordinerende-kontaktperson"] == "socialpsykiatri-2009-2012"
    assert parents["socialstrategi-2015"] == "grundlagspapir-socialomraadet"
    assert parents[living.HOME] == parents[living.WORK] == living.SLUG
    assert Plan.objects.get(slug="boernefamilier-2009").replaces_in_words


def test_loading_again_changes_nothing_and_asks_little(demo):
    plan = Plan.objects.get(slug=living.SLUG)
    plan.title = "Rettet i hånden"
    plan.save()
    body = Body.objects.get(abbreviation="SUD")
    body.name = "Social- og Sundhedsudvalget"
    body.save()
    models = (
        User,
        Membership,
        Body,
        Meeting,
        Plan,
        Cycle,
        Milestone,
        PlanVersion,
        Publication,
        Matter,
        Treatment,
    )
    before = [list(model.objects.order_by("pk").values()) for model in models]
    with CaptureQueriesContext(
        connection,
    ) as queries:
        load()
    assert [list(model.objects.order_by("pk").values()) for model in models] == before
    assert not [q for q in queries if re.match(r"(INSERT|UPDATE|DELETE)", q["sql"])]
    assert len(queries) < 60


def test_the_logins_are_printed_and_work(demo):
    for login in people.LOGINS:
        assert login.email in demo and login.email.endswith("@example.org")
        assert User.objects.get(email=login.email).check_password(people.PASSWORD)
    assert people.PASSWORD in demo


def test_the_secretary_has_an_import_to_go_on_with(demo, client):
    draft = ImportDraft.objects.get()
    assert (draft.owner.email, draft.plan.slug) == (people.SECRETARY.email, living.DRAFT)
    assert len(draft.source["milestones"]) == 5
    client.force_login(draft.owner)
    assert client.get(reverse("plans:import", args=[draft.uid])).status_code == 200
    draft.delete()
    load()
    assert not ImportDraft.objects.exists()


def test_one_matter_is_decided_and_one_lies_before_the_committee(demo):
    sent, open_one = Matter.objects.order_by("purpose")
    assert (sent.closed_at is not None, sent.next_treatment) == (True, None)
    version = sent.plans.get().version
    assert (version.stage, version.state) == ("submitted", "before_bodies")
    assert not version.publications.exists()
    row = open_one.next_treatment
    assert row.meeting.date > clock.today() and row.body.abbreviation == "SUD"
    assert open_one.plans.get().cycle.plan.slug == living.HOME
    assert current(living.HOME).head.state == "draft"


def test_the_new_rooms_have_something_in_them(demo):
    load()
    text = str(current(living.SLUG))
    assert 'class="note"' in text and "/billeder/" in text
    assert SectionImage.objects.get().plan.slug == living.SLUG
    remark = Comment.objects.get()
    assert remark.author.email == people.LEAD.email and remark.quote
    answered, waiting = Question.objects.order_by("pk")
    assert waiting.answered_at is None and answered.answer and not answered.is_shown
    assert waiting.frozen.plan.slug == answered.frozen.plan.slug == living.HOME


TOLD_AS_DONE = {
    "socialpsykiatri-2009-2012": {"2008-11-13"},  # approved, says the status of 2009
    "koordinerende-kontaktperson": {"2009-05-13", "2009-10-21"},  # asked for, and delivered
    "socialstrategi-2015": {"2014-08-13"},
    "boernefamilier-2009": set(),
    "aktivitets-og-samvaerstilbud-2015": {"2015-01-21", "2015-06-24"},
}


def test_nothing_of_the_historic_plans_is_done_that_no_paper_tells(demo):
    for slug, days in TOLD_AS_DONE.items():
        lines = current(slug).process_plan.milestones
        done = {str(line.done_on) for line in lines if line.state == "done"}
        assert done == days, slug


def test_the_heads_of_the_historic_plans_are_those_of_their_papers(demo):
    heads = {slug: current(slug).head for slug in TOLD_AS_DONE}
    told = {slug: (head.case_number, head.recipients, head.annex_number, head.period, head.state)
            for slug, head in heads.items()}  # fmt: skip
    assert told == {
        "socialpsykiatri-2009-2012": (
            "2007-54374", ("Socialudvalget",), "", "2009–2012", "adopted",
        ),
        "koordinerende-kontaktperson": ("2009-53145", ("Socialudvalget",), "", "2009", "adopted"),
        "socialstrategi-2015": ("", ("Socialudvalget",), "", "", "draft"),
        "boernefamilier-2009": ("", (), "7", "", "draft"),
        "aktivitets-og-samvaerstilbud-2015": (
            "2015-0159321", ("Centerledelsen i de fire socialpsykiatriske centre",), "", "2015",
            "draft",
        ),
    }  # fmt: skip
    first = Publication.objects.filter(plan__slug="socialpsykiatri-2009-2012").earliest(
        "visible_from"
    )
    assert doc.from_json(first.version.content).head.period == ""


@pytest.mark.parametrize(
    ("login", "lines"),
    [
        (people.MEMBER, ["En sag er forelagt Socialudvalget", "Dit spørgsmål er besvaret"]),
        (people.SECRETARY, ["Et medlem har stillet et spørgsmål", "Der er kommet høringssvar"]),
        (people.LEAD, ["Der er kommet høringssvar"]),
    ],
)
def test_everybody_finds_something_on_the_page_of_their_own_notices(demo, client, login, lines):
    client.force_login(User.objects.get(email=login.email))
    page = client.get(reverse("notices:mine")).text
    assert [line for line in lines if line not in page] == []
