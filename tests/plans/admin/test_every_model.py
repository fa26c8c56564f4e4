"""Every model in the admin: found, opened with its history, asked for in few queries."""

from __future__ import annotations

import datetime as dt
import uuid
from copy import deepcopy
from dataclasses import dataclass
from http.cookies import SimpleCookie

import pytest
from django.apps import apps
from django.contrib import admin
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kommuneplan import clock
from kommuneplan.core.accounts.actions import inviting
from kommuneplan.core.models import (
    Body,
    Erasure,
    Invitation,
    Job,
    Meeting,
    Membership,
    Municipality,
    Notice,
    NoticeTurnedOff,
    StoredFile,
    User,
    WorkerBeat,
)
from kommuneplan.timespan.span import TimeSpan
from plans.demo import activity_offers, families, loading
from plans.demo.spec import PlanSpec
from plans.enums import PlanKind
from plans.models import (
    AcceptedFinding,
    ActivityMove,
    Agenda,
    AgendaItem,
    AgendaPaper,
    Annex,
    AnnexFile,
    Approval,
    AtClause,
    BudgetStep,
    Comment,
    CommitteeRequest,
    DateChange,
    Dependency,
    DeskVisit,
    Duty,
    DutyFulfilment,
    EffectLink,
    EffectNode,
    EffectReference,
    EffectTheme,
    EffortDescription,
    EvaluatedGoal,
    Evaluation,
    FocusArea,
    FocusStatus,
    Follower,
    Following,
    ImportDraft,
    Indicator,
    IndicatorTarget,
    Initiative,
    InitiativeActivity,
    InitiativeFunding,
    InitiativeLink,
    InitiativePartner,
    InitiativePhase,
    InsightRequest,
    ItemOutcome,
    ItemRecusal,
    LastRead,
    Matter,
    MatterPlan,
    Measurement,
    PaperAnnex,
    PaperDraft,
    PaperHeading,
    PaperSection,
    Plan,
    PlanExtension,
    PlanIndicator,
    PlanLead,
    Principle,
    PrivateNote,
    Question,
    Recusal,
    Redaction,
    ReportRecipient,
    RequestAnswer,
    SearchEntry,
    SectionDraft,
    SectionImage,
    StatusDraft,
    StatusReport,
    StatusReportDraft,
    StatusReportSection,
    TargetGroup,
    TextImport,
    Treatment,
    VersionImage,
    YearlyStatus,
)
from tests.plans.admin.test_admin import address
from tests.standing import signed_in, standing

pytestmark = [pytest.mark.django_db, pytest.mark.no_cover]  # walks the same lines for each case

PRIVATE = {
    DeskVisit,
    Follower,
    Following,
    SectionDraft,
    StatusDraft,
    StatusReportDraft,
    PaperDraft,
    PrivateNote,
    LastRead,
    Question,
}  # their writer's alone
MACHINERY = {WorkerBeat, SearchEntry}  # written by the program alone, and says nothing of its own
OURS = [
    model
    for app in ("core", "plans")
    for model in apps.get_app_config(app).get_models()
    if "Historical" not in model.__name__ and model not in PRIVATE | MACHINERY
]
FROZEN = [
    model for model in OURS
    if model.__name__ in {
        "PlanVersion", "VersionBlock", "FrozenMilestone", "Publication", "DateChange",
        "ReservedSlug", "StoredFile", "ImportDraft", "Matter", "MatterPlan", "Treatment",
        "YearlyStatus", "FocusStatus", "AcceptedFinding", "Comment", "Recusal",
        "SectionImage", "VersionImage", "TextImport", "AnnexFile", "AgendaPaper", "PaperSection",
        "PaperAnnex", "PaperHeading", "ActivityMove", "Duty", "DutyFulfilment", "Evaluation",
        "EvaluatedGoal", "PlanExtension", "Agenda", "AgendaItem", "AtClause", "ItemOutcome",
        "ItemRecusal", "InsightRequest", "StatusReport", "StatusReportSection",
        "ReportRecipient",
    }
]  # fmt: skip


def more(number: int) -> None:
    """So many more of everything, each with its own relations."""
    body = Body.objects.create(
        name=f"Udvalg {number}", kind="committee", parent=Body.objects.first()
    )
    spec = PlanSpec(f"plan-{number}", f"Plan {number}", PlanKind.STRATEGY, "", "", "",
                    opened_at=families.PLAN.opened_at, phases=(("Fase", ""),),
                    steps=(*families.STEPS, *activity_offers.STEPS[:2]), chapters=families.CHAPTERS,
                    story=families.PLAN.story)  # fmt: skip
    (plan,) = loading.load_plans([spec])
    user = User.objects.create_user(f"{number}@example.org", name=f"Nr. {number}")
    Membership.objects.create(user=user, body=body, role="member")
    PlanLead.objects.create(plan=plan, user=user)
    Notice.objects.create(user=user, kind="plans.appointed", thing=plan.uid)
    NoticeTurnedOff.objects.create(user=user, kind="plans.deadline")
    file = StoredFile.keep(f"{number}.txt", b"x", "text/plain", user)
    ImportDraft.objects.create(owner=user, plan=plan, file=file)
    TextImport.objects.create(owner=user, plan=plan, file=file)
    image = SectionImage.objects.create(
        plan=plan, file=file, sha256=f"{number:064}", alt="Et hus", width=1, height=1
    )
    milestone = plan.cycles.get().milestones.first()
    change = DateChange(milestone=milestone, reason="Flyttet", changed_by=user)
    change.decided_at = Meeting.objects.first()
    change.written = "før"
    change.save()
    Approval.objects.create(cycle=plan.cycles.get(), step="lead", digest="0" * 64, by=user)
    matter = Matter.objects.create(title=f"Sag {number}", purpose="discussion")
    version = plan.versions.first()
    VersionImage.objects.create(version=version, image=image)
    MatterPlan.objects.create(matter=matter, cycle=plan.cycles.get(), version=version)
    Treatment.objects.create(matter=matter, position=1, body=body, meeting=change.decided_at)
    Recusal.objects.create(matter=matter, user=user, reason="family")
    on_the_agenda(plan, body, user, number)
    area = FocusArea.objects.create(plan=plan, title=f"Indsats {number}")
    measured = Indicator.objects.create(home=plan, name=f"Indikator {number}", owner=user)
    use = PlanIndicator.objects.create(plan=plan, indicator=measured, focus_area=area)
    IndicatorTarget.objects.create(use=use, year=2028, value=5)
    value = Measurement(indicator=measured, value=4, entered_by=user)
    value.when = TimeSpan.between(dt.date(2024, 1, 1), dt.date(2024, 12, 31))
    value.save()
    theme = EffectTheme.objects.create(plan=plan, title="Bolig")
    goal = EffectNode.objects.create(theme=theme, kind="goal", title=f"Mål {number}")
    result = EffectNode.objects.create(theme=theme, kind="result", title=f"Resultat {number}")
    EffectLink.objects.create(node=result, serves=goal)
    EffectReference.objects.create(plan=plan, number=f"BR {number}/05")
    promise = CommitteeRequest.objects.create(body=body, title=f"Notat {number}", plan=plan)
    RequestAnswer.objects.create(request=promise, answered_on="2026-01-02", document="Notatet")
    BudgetStep.objects.create(plan=plan, title="Midler", state="agreed", amount=1000)
    TargetGroup.objects.create(plan=plan, title="Unge")
    Principle.objects.create(plan=plan, title="Helhed")
    initiative = Initiative.objects.create(plan=plan, title=f"Projekt {number}")
    phase = InitiativePhase.objects.create(initiative=initiative, title="Analyse")
    activity = InitiativeActivity.objects.create(
        initiative=initiative, phase=phase, milestone=milestone, title="Møder"
    )
    ActivityMove.objects.create(activity=activity, reason="Sygdom", changed_by=user)
    InitiativeFunding.objects.create(initiative=initiative, source="Satspuljen")
    InitiativePartner.objects.create(initiative=initiative, name="Center for noget")
    InitiativeLink.objects.create(initiative=initiative, title="Hjemmeside")
    day = dt.date(2026, 1, 1)
    status = YearlyStatus.objects.create(plan=plan, year=2026, opens_on=day, closes_on=day)
    FocusStatus.objects.create(status=status, focus_area=area)
    report = StatusReport.objects.create(plan=plan, number=1, title=f"Rapport {number}")
    StatusReportSection.objects.create(report=report, part="done", title="Gennemført")
    ReportRecipient.objects.create(report=report, kind="body", body=body)
    duty = Duty.objects.create(plan=plan, title=f"Rapport {number}", kind="own", rule="yearly")
    DutyFulfilment.objects.create(duty=duty, occurrence="2026", done_on=day)
    evaluation = Evaluation.objects.create(plan=plan, title=f"Evaluering {number}")
    EvaluatedGoal.objects.create(evaluation=evaluation, focus_area=area)
    PlanExtension.objects.create(
        plan=plan, choice="extend", body=body, decided_on=day, reason="Mere tid", new_end=day
    )
    Dependency.objects.create(milestone=milestone, after=plan.cycles.get().milestones.last())
    AcceptedFinding.objects.create(plan=plan, code="gap", key="k", note="Kendt", accepted_by=user)
    Comment.objects.create(section=plan.sections.first(), text="Enig", author=user)
    annex = Annex.objects.create(plan=plan, title=f"Bilag {number}")
    AnnexFile.objects.create(annex=annex, number=1, file=file)
    EffortDescription.objects.create(annex=annex, purpose="Ro")
    paper = AgendaPaper.objects.create(plan=plan, title=f"Sag {number}")
    PaperSection.objects.create(paper=paper, position=1, part="summary", heading="Resumé")
    PaperAnnex.objects.create(paper=paper, position=1, annex=annex)
    PaperHeading.objects.create(position=number, part="own", heading=f"Afsnit {number}")
    inviting.invite(
        invitation=Invitation(email=f"ny{number}@example.org", role="member", body=body),
        address="https://example.org/TOKEN",
        by=user,
    )
    Job.objects.create(kind="prøve", subject=uuid.uuid4())
    Erasure.objects.create(digest=f"{number:064}", salt="salt", at=clock.now())
    Redaction.objects.create(
        plan=plan, frozen=version, places=1, reason="CPR-nummer", redacted_at=clock.now()
    )


def on_the_agenda(plan: Plan, body: Body, user: User, number: int) -> None:
    """A meeting sent out, with an item of its own and what came of it."""
    day = dt.date(2026, 1, number)
    meeting = Meeting.objects.create(body=body, date=day)
    Agenda.objects.create(meeting=meeting, is_out=True, sent_at=clock.now())
    item = AgendaItem.objects.create(
        own_meeting=meeting, plan=plan, own_title=f"Punkt {number}", own_type="decision"
    )
    AtClause.objects.create(item=item, number=1, words="at udvalget drøfter sagen")
    ItemOutcome.objects.create(
        item=item, outcome="discussed", decided_on=day, recorded_at=clock.now()
    )
    ItemRecusal.objects.create(item=item, user=user, reason="family")
    InsightRequest.objects.create(
        body=body, asked_by=user, asked_at=clock.now(), wanted="Sagens bilag"
    )


@dataclass(frozen=True)
class World:
    """Three of everything, who may see it, and what each list asked while there was one."""

    cookies: SimpleCookie
    asked_for_one: dict[type, int]


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Built once: some forty models are looked at in it."""
    with standing(django_db_blocker):
        loading.load_municipality()
        cookies = signed_in(User.objects.create_superuser("chef@example.org", "x", name="Chef"))
        loading.load_plans([families.PLAN])
        more(1)
        client = Client()
        client.cookies = deepcopy(cookies)
        asked = {model: queries(client, model) for model in OURS}
        more(2)
        more(3)
        yield World(cookies, asked)


@pytest.fixture
def boss(world, db, client):
    """Signed in, in a test of its own."""
    client.cookies = deepcopy(world.cookies)


def queries(client: Client, model: type) -> int:
    """What a list asks, once it has been looked at."""
    client.get(address(model))
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address(model)).status_code == 200
    return len(asked)


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_every_model_is_in_the_admin_and_can_be_searched(model, boss, client):
    registered = admin.site._registry[model]
    assert registered.search_fields or model is Municipality
    assert len(registered.list_display) > 1
    assert client.get(address(model), {"q": "børn"}).status_code == 200


@pytest.mark.slow  # every list, twice
@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_a_list_asks_as_much_for_three_as_for_one(model, world, boss, client):
    if model is Municipality:
        pytest.skip("there is only one")
    assert queries(client, model) <= world.asked_for_one[model]


@pytest.mark.slow  # every form
@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_every_row_opens_and_shows_its_history(model, boss, client):
    row = model.objects.order_by("pk").first()
    assert client.get(address(model, "change", row.pk)).status_code == 200
    if hasattr(model, "history"):
        page = client.get(address(model, "history", row.pk))
        assert page.status_code == 200 and "style=" not in page.content.decode()
        earlier = row.history.first()
        old = address(model, "simple_history", row.pk, earlier.pk)
        assert client.get(old).status_code == 200
        assert client.post(old, {}).status_code == 403


@pytest.mark.parametrize("model", FROZEN, ids=lambda model: model.__name__)
def test_what_is_frozen_or_owned_by_an_action_is_only_shown(model, boss, client):
    row = model.objects.order_by("pk").first()
    before = type(row).objects.filter(pk=row.pk).values().get()
    page = client.get(address(model, "change", row.pk)).content.decode()
    assert 'name="_save"' not in page
    assert client.post(address(model, "change", row.pk), {"title": "x"}).status_code == 403
    assert client.post(address(model, "delete", row.pk), {"post": "yes"}).status_code == 403
    assert client.get(address(model, "add")).status_code == 403
    assert type(row).objects.filter(pk=row.pk).values().get() == before
