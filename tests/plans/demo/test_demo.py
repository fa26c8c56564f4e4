"""The demo holds what its sources say, in words of our own, and is safe to load again."""

from __future__ import annotations

import datetime as dt
import re
from io import StringIO
from pathlib import Path

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kommuneplan import clock
from kommuneplan.core.models import Body, Meeting, Membership, Municipality, User
from plans.demo import content, living, people, social_strategy
from plans.demo.days import DemoDays, is_meeting_day
from plans.demo.loading import load_municipality, load_plans
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
from plans.public.publications import published
from plans.text.completeness import completeness

pytestmark = pytest.mark.django_db
SEEDS = Path(__file__).resolve().parents[4] / "shared" / "seeds"


def load() -> str:
    out = StringIO()
    call_command("load_demo", logins=True, stdout=out)
    return out.getvalue()


def current(slug: str) -> doc.PlanDocument:
    publication = published(at=clock.now()).get(plan__slug=slug)
    return doc.from_json(publication.version.content)


def expected() -> dict[str, list[list[str]]]:
    """Each source's milestones: words, earliest, latest, kind, body, and part of the title."""
    rows: dict[str, list[list[str]]] = {}
    table = Path(__file__).resolve().parents[2] / "data" / "demo_milestones.tsv"
    for line in table.read_text(encoding="utf-8").splitlines()[1:]:
        slug, *cells = line.split("\t")
        rows.setdefault(slug, []).append(cells)
    return rows


def test_every_milestone_of_the_sources_is_published_as_it_was_written():
    load()
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


@pytest.mark.parametrize("slug", expected())
def test_the_reader_of_dates_agrees_with_the_demo(slug):
    danish = pytest.importorskip("kommuneplan.timespan.danish")
    words_alone = ("sideløbende", "mellem", "én gang", "i høringsperioden")
    spec = next(plan for plan in content.HISTORIC if plan.slug == slug)
    moved = [move.to for moment in spec.story for move in moment.moved]
    for when in [step.when for step in spec.steps] + moved:
        written = when if isinstance(when, str) else when.written
        if written.startswith(words_alone):
            continue
        span = danish.read(written).span
        day = getattr(when, "date", None)
        assert (span.earliest, span.latest) == (
            (day, day) if day else (when.earliest, when.latest)
        ), written


def test_what_is_conditional_or_inside_a_hearing_says_so():
    load()
    plan = current("socialpsykiatri-2009-2012").process_plan
    inner = next(line for line in plan.milestones if "Offentligt møde" in line.title)
    assert plan.milestones[5].uid == inner.within
    local = current("aktivitets-og-samvaerstilbud-2015").process_plan
    assert [line.title for line in local.milestones if line.conditional] == [
        "Ekstra workshoprunde eller høring"
    ]
    assert [phase.title[:6] for phase in local.phases] == [f"Fase {n}" for n in range(1, 6)]


def test_a_meeting_gives_its_milestones_their_day():
    load()
    assert Meeting.objects.filter(body__abbreviation="SUD", date="2008-03-05").count() == 1
    meeting = Meeting.objects.get(body__abbreviation="SUD", date="2008-03-05")
    assert meeting.milestones.count() == 2
    assert not Milestone.objects.filter(meeting__isnull=False).exclude(precision="").exists()


def test_the_public_story_of_the_psychiatry_plan():
    load()
    told = Publication.objects.filter(plan__slug="socialpsykiatri-2009-2012").order_by("number")
    assert [clock.local_day(p.visible_from) for p in told[:2]] == [
        dt.date(2008, 2, 24),
        dt.date(2008, 11, 13),
    ]
    first, adopted = (doc.from_json(p.version.content) for p in told[:2])
    assert (first.head.state, adopted.head.state) == ("draft", "adopted")
    assert "13. november" not in str(first)
    assert all(p.reason for p in told)


def test_december_became_the_second_of_december():
    load()
    change = DateChange.objects.get(
        milestone__cycle__plan__slug="aktivitets-og-samvaerstilbud-2015"
    )
    assert change.written == "december 2015"
    assert clock.local_day(change.changed_at) == dt.date(2015, 8, 15)
    assert "2. december" in change.reason


def test_the_tree_of_plans():
    load()
    parents = dict(Plan.objects.values_list("slug", "parent__slug"))
    assert parents["koordinerende-kontaktperson"] == "socialpsykiatri-2009-2012"
    assert parents["socialstrategi-2015"] == "grundlagspapir-socialomraadet"
    assert parents[living.HOME] == parents[living.WORK] == living.SLUG
    assert Plan.objects.get(slug="boernefamilier-2009").replaces_in_words


def test_loading_again_changes_nothing_and_asks_little():
    load()
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


def test_loading_again_weeks_later_leaves_published_dates_alone():
    with time_machine.travel(dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC), tick=False):
        load()
        before = current(living.SLUG)
    with time_machine.travel(dt.datetime(2026, 4, 20, 9, tzinfo=dt.UTC), tick=False):
        load()
        assert current(living.SLUG) == before


def test_the_municipality_that_is_there_keeps_its_name():
    Municipality(pk=1, name="Nabokommunen").save()
    load()
    assert Municipality.current().name == "Nabokommunen"


def test_no_login_with_a_public_password_unless_asked(settings):
    settings.DEBUG = False
    call_command("load_demo", logins=False, stdout=StringIO())
    assert not User.objects.exists()
    assert Plan.objects.count() == len(content.plans(clock.today()))


def test_the_logins_are_printed_and_work(client):
    told = load()
    for login in people.LOGINS:
        assert login.email in told and login.email.endswith("@example.org")
        assert User.objects.get(email=login.email).check_password(people.PASSWORD)
    assert people.PASSWORD in told


def test_the_secretary_has_an_import_to_go_on_with(client):
    load()
    draft = ImportDraft.objects.get()
    assert (draft.owner.email, draft.plan.slug) == (people.SECRETARY.email, living.DRAFT)
    assert len(draft.source["milestones"]) == 5
    client.force_login(draft.owner)
    assert client.get(reverse("plans:import", args=[draft.uid])).status_code == 200
    draft.delete()
    load()
    assert not ImportDraft.objects.exists()


def test_one_matter_is_decided_and_one_lies_before_the_committee():
    load()
    sent, open_one = Matter.objects.order_by("purpose")
    assert (sent.closed_at is not None, sent.next_treatment) == (True, None)
    version = sent.plans.get().version
    assert (version.stage, version.state) == ("submitted", "before_bodies")
    assert not version.publications.exists()
    row = open_one.next_treatment
    assert row.meeting.date > clock.today() and row.body.abbreviation == "SUD"
    assert open_one.plans.get().cycle.plan.slug == living.HOME
    assert current(living.HOME).head.state == "draft"


def test_the_new_rooms_have_something_in_them():
    load()
    load()
    text = str(current(living.SLUG))
    assert 'class="note"' in text and "/billeder/" in text
    assert SectionImage.objects.get().plan.slug == living.SLUG
    remark = Comment.objects.get()
    assert remark.author.email == people.LEAD.email and remark.quote
    answered, waiting = Question.objects.order_by("pk")
    assert waiting.answered_at is None and answered.answer and not answered.is_shown
    assert waiting.frozen.plan.slug == answered.frozen.plan.slug == living.HOME


FIRST = dt.date(2026, 1, 5)


@pytest.mark.parametrize("weeks", range(0, 156, 3))
def test_the_living_plan_keeps_to_working_weeks_whenever_it_is_loaded(weeks):
    today = FIRST + dt.timedelta(weeks=weeks)
    days = DemoDays(today)
    order = [days.terms, days.theme, days.released, days.hearing_begins, today, days.citizens,
             days.hearing_ends, days.treated, days.council]  # fmt: skip
    assert order == sorted(order)
    assert days.hearing_begins < days.first_end < days.hearing_ends
    assert days.citizens < days.hearing_ends
    for meeting in (days.terms, days.theme, days.released, days.citizens, days.treated):
        assert is_meeting_day(meeting) and meeting.month != 7
    for plan in living.plans(today):
        for moment in plan.story:
            assert clock.local_day(moment.at) <= today


@pytest.mark.parametrize("month", [1, 7, 10])
def test_the_consultation_is_open_whenever_it_is_loaded(month):
    now = dt.datetime(2027, month, 15, 9, tzinfo=dt.UTC)
    with time_machine.travel(now, tick=False):
        load()
        document = current(living.SLUG)
        assert document.head.state == "in_consultation"
        hearing = next(line for line in document.process_plan.milestones if line.kind == "hearing")
        assert hearing.when.contains(clock.today()) and hearing.state == "planned"
        assert hearing.moved[0].reason
        evaluation = document.process_plan.milestones[-2]
        assert (evaluation.kind, evaluation.written) == ("evaluation", "ultimo 2028")
        stages = PlanVersion.objects.filter(plan__slug=living.SLUG).values_list("stage", flat=True)
        assert list(stages) == ["process_plan", "submitted", "consultation", "consultation"]
        assert not published(at=clock.now()).filter(plan__slug=living.DRAFT).exists()


def everything_said() -> str:
    said = [str(value) for plan in content.plans(dt.date(2026, 11, 22)) for value in walk(plan)]
    return " \n ".join(said)


def walk(value):
    if isinstance(value, str):
        yield re.sub(r"<[^>]+>", " ", value)
    elif isinstance(value, dict):
        for inner in value.values():
            yield from walk(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from walk(inner)
    elif hasattr(value, "__slots__") and not isinstance(value, dt.date):
        for name in value.__slots__:
            yield from walk(getattr(value, name))


def runs(text: str, length: int = 8) -> set[tuple[str, ...]]:
    found = re.findall(r"[\wæøåé]+", text.casefold())
    windows = (found[i : i + length] for i in range(len(found) - length + 1))
    return {tuple(words) for words in windows if any(word.isalpha() for word in words)}


def test_no_sentence_is_copied_from_the_sources():
    if not SEEDS.is_dir():
        pytest.skip("the source documents are not here")
    theirs = set().union(*(runs(path.read_text()) for path in SEEDS.iterdir()))
    assert not runs(everything_said()) & theirs


def test_nothing_in_the_demo_could_reach_a_person():
    said = everything_said() + str(people.MUNICIPALITY) + str(people.LOGINS)
    assert not re.search(r"\b\d{2}[ .]?\d{2}[ .]?\d{2}[ .]?\d{2}\b", said.replace("2009-2012", ""))
    assert set(re.findall(r"[\w.]+@([\w.]+)", said)) == {"example.org"}
    assert all(login.name.endswith("Demo") for login in people.LOGINS)


def test_the_social_strategy_shows_each_principle_for_each_target_group(db):
    load_municipality()
    load_plans([social_strategy.PLAN])
    matrix = completeness(Plan.objects.get())
    assert (len(matrix.rows), len(matrix.principles)) == (4, 4)
    assert all(row.chapter for row in matrix.rows)
    assert matrix.counts["missing"] == matrix.counts["empty"] == 0
