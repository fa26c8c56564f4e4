"""Who may act on plans. Who may *see* a plan is ``Plan.objects.readable_by``.

Views load by the queryset first (404), then ask these (403).
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import rules
from django.db.models import Q, QuerySet

from kommuneplan.clock import today
from kommuneplan.core.admin_rights import Within, register_admin_rights
from kommuneplan.core.enums import BodyKind, Role
from kommuneplan.core.models import Body, BodyTerm, Meeting, Membership, User
from kommuneplan.core.permissions import is_administrator

from .models import (
    AcceptedFinding,
    ActivityMove,
    AgendaPaper,
    Annex,
    AnnexFile,
    Approval,
    BudgetStep,
    Comment,
    CommitteeRequest,
    Cycle,
    DateChange,
    Dependency,
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
    FrozenMilestone,
    Indicator,
    IndicatorTarget,
    Initiative,
    InitiativeActivity,
    InitiativeFunding,
    InitiativeLink,
    InitiativePartner,
    InitiativePhase,
    Matter,
    MatterPlan,
    Measurement,
    Milestone,
    PaperAnnex,
    PaperSection,
    Phase,
    Plan,
    PlanExtension,
    PlanIndicator,
    PlanLead,
    PlanVersion,
    Principle,
    Publication,
    ReportRecipient,
    RequestAnswer,
    Section,
    SectionImage,
    StatusReport,
    StatusReportSection,
    TargetGroup,
    Treatment,
    VersionImage,
    YearlyStatus,
)


@rules.predicate
def is_a_secretary(user: User) -> bool:
    """Is secretary of some body."""
    return user.has_role(Role.SECRETARY)


@rules.predicate
def is_secretary_of_body(user: User, body: Body | None) -> bool:
    """Is secretary of this body; asked without a body, of any."""
    return user.has_role(Role.SECRETARY, body)


@rules.predicate
def is_secretary_of_meeting(user: User, meeting: Meeting | None) -> bool:
    """Is secretary of the body that meets."""
    return meeting is not None and user.has_role(Role.SECRETARY, meeting.body)


@rules.predicate
def is_secretary_of_plan(user: User, plan: Plan | None) -> bool:
    """Is secretary of the body that answers for the plan."""
    return plan is not None and any(
        (body, role) == (plan.body_id, Role.SECRETARY) for body, role in user.roles()
    )


@rules.predicate
def leads_plan(user: User, plan: Plan | None) -> bool:
    """Is tovholder of the plan today."""
    if plan is None:
        return False
    return PlanLead.objects.leading(on=today()).filter(user=user, plan=plan).exists()


@rules.predicate
def leads_a_plan(user: User) -> bool:
    """Is tovholder of some plan today."""
    return PlanLead.objects.leading(on=today()).filter(user=user).exists()


@rules.predicate
def is_a_member(user: User) -> bool:
    """Is member of some body today."""
    return user.has_role(Role.MEMBER)


@rules.predicate
def is_council_member(user: User) -> bool:
    """Is member of the council today (kommunestyrelsesloven § 9)."""
    mine = [body for body, role in user.roles() if role == Role.MEMBER]
    return Body.objects.filter(pk__in=mine, kind=BodyKind.COUNCIL).exists()


@rules.predicate
def is_secretary_of_request(user: User, request: CommitteeRequest | None) -> bool:
    """Is secretary of the body that asked, or of the plan it is about."""
    if request is None:
        return False
    return is_secretary_of_body(user, request.body) or is_secretary_of_plan(user, request.plan)


CREATE_PLAN = "plans.create_plan"
CREATE_BODY = "plans.create_body"
IMPORT = "plans.import_process_plan"
EDIT_PROCESS_PLAN = "plans.edit_process_plan"
PUBLISH_PROCESS_PLAN = "plans.publish_process_plan"
SUBMIT = "plans.submit"
RECORD = "plans.record_decision"
END_WORK = "plans.end_work"
PUBLISH_VERSION = "plans.publish_version"
REDACT_VERSION = "plans.redact_version"
EDIT_TEXT = "plans.edit_text"
EDIT_FOCUS = "plans.edit_focus"
EDIT_ANNEXES = "plans.edit_annexes"
WRITE_PAPERS = "plans.write_agenda_papers"
EDIT_INITIATIVES = "plans.edit_initiatives"
EDIT_INDICATORS = "plans.edit_indicators"
RUN_STATUS = "plans.run_status"
WRITE_REPORT = "plans.write_report"
SEND_REPORT = "plans.send_report"
EDIT_DUTIES = "plans.edit_duties"
DECIDE_DUTIES = "plans.decide_duties"  # skipped, published, extended, left to expire
EDIT_EFFECTS = "plans.edit_effects"
APPOINT = "plans.appoint"
MOVE_MEETING = "plans.move_meeting"
READ_AS_MEMBER = "plans.read_as_member"
ANSWER_QUESTIONS = "plans.answer_questions"
RECORD_RECUSALS = "plans.record_recusals"
EDIT_AGENDA = "plans.edit_agenda"  # asked of a meeting
ASK_INSIGHT = "plans.ask_insight"
ANSWER_INSIGHT = "plans.answer_insight"  # asked of a body, or of none: of any
SET_UP = "plans.set_up"
KEEP_MEETINGS = "plans.keep_meetings"  # asked of a body, or of none: of any
READ_REQUESTS = "plans.read_requests"
REGISTER_REQUEST = "plans.register_request"  # asked of a body, or of none: of any
RUN_REQUEST = "plans.run_request"  # asked of a request
EDIT_BUDGET = "plans.edit_budget"

rules.add_perm(CREATE_PLAN, is_administrator | is_secretary_of_body)
rules.add_perm(CREATE_BODY, is_administrator | is_a_secretary)
rules.add_perm(IMPORT, is_administrator | is_a_secretary | leads_a_plan)
rules.add_perm(EDIT_PROCESS_PLAN, is_administrator | is_secretary_of_plan | leads_plan)
rules.add_perm(PUBLISH_PROCESS_PLAN, is_administrator | is_secretary_of_plan)
rules.add_perm(SUBMIT, is_administrator | is_secretary_of_plan)
rules.add_perm(RECORD, is_administrator | is_secretary_of_plan)
rules.add_perm(END_WORK, is_administrator | is_secretary_of_plan)
rules.add_perm(PUBLISH_VERSION, is_administrator | is_secretary_of_plan)
rules.add_perm(REDACT_VERSION, is_administrator | is_secretary_of_plan)
rules.add_perm(EDIT_TEXT, is_administrator | is_secretary_of_plan | leads_plan)
rules.add_perm(EDIT_FOCUS, is_administrator | is_secretary_of_plan | leads_plan)
rules.add_perm(EDIT_ANNEXES, is_administrator | is_secretary_of_plan | leads_plan)
rules.add_perm(WRITE_PAPERS, is_administrator | is_secretary_of_plan | leads_plan)
rules.add_perm(EDIT_INITIATIVES, is_administrator | is_secretary_of_plan | leads_plan)
rules.add_perm(EDIT_INDICATORS, is_administrator | is_secretary_of_plan | leads_plan)
rules.add_perm(RUN_STATUS, is_administrator | is_secretary_of_plan)
rules.add_perm(WRITE_REPORT, is_administrator | is_secretary_of_plan | leads_plan)
rules.add_perm(SEND_REPORT, is_administrator | is_secretary_of_plan)
rules.add_perm(EDIT_DUTIES, is_administrator | is_secretary_of_plan | leads_plan)
rules.add_perm(DECIDE_DUTIES, is_administrator | is_secretary_of_plan)
rules.add_perm(EDIT_EFFECTS, is_administrator | is_secretary_of_plan | leads_plan)
rules.add_perm(APPOINT, is_administrator | is_secretary_of_plan)
rules.add_perm(MOVE_MEETING, is_administrator | is_secretary_of_meeting)
rules.add_perm(READ_AS_MEMBER, is_a_member)
rules.add_perm(ANSWER_QUESTIONS, is_a_secretary | leads_a_plan)
rules.add_perm(RECORD_RECUSALS, is_administrator | is_a_secretary)
rules.add_perm(EDIT_AGENDA, is_administrator | is_secretary_of_meeting)
rules.add_perm(ASK_INSIGHT, is_council_member)
rules.add_perm(ANSWER_INSIGHT, is_administrator | is_secretary_of_body)
rules.add_perm(SET_UP, is_administrator)
rules.add_perm(KEEP_MEETINGS, is_administrator | is_secretary_of_body)
rules.add_perm(READ_REQUESTS, is_administrator | is_a_secretary | is_a_member | leads_a_plan)
rules.add_perm(REGISTER_REQUEST, is_administrator | is_secretary_of_body)
rules.add_perm(RUN_REQUEST, is_administrator | is_secretary_of_request)
rules.add_perm(EDIT_BUDGET, is_administrator | is_secretary_of_plan)


def bodies_for_new_plans(user: User) -> list[Body]:
    """The bodies a person may create plans for, in Danish order."""
    bodies = Body.objects.all()
    if not is_administrator(user):
        bodies = bodies.filter(pk__in=[pk for pk, role in user.roles() if role == Role.SECRETARY])
    return list(bodies)


def who_may_see_to(plan: Plan, kept: int | None = None) -> QuerySet[User]:
    """Who may be given a task of a plan: the secretaries of its body and its leads; and who has
    it already (``kept``)."""
    roles = Membership.objects.held(on=today()).filter(role=Role.SECRETARY, body=plan.body_id)
    leads = PlanLead.objects.leading(on=today()).filter(plan=plan)
    who = Q(pk__in=roles.values("user")) | Q(pk__in=leads.values("user")) | Q(pk=kept)
    return User.objects.filter(who, is_active=True).order_by("name", "pk")


def bodies_to_recuse_in(user: User, matter: Matter) -> list[Body]:
    """The bodies of a matter's chain whose members a person may record as inhabil: the secretary
    of the plan, and an administrator, all of them; the secretary of one of them, that one."""
    bodies = Body.objects.filter(treatments__matter=matter).distinct().order_by("sort_key")
    own = [pk for pk, role in user.roles() if role == Role.SECRETARY]
    of_plan = Plan.objects.filter(cycles__matters__matter=matter, body__in=own)
    if is_administrator(user) or of_plan.exists():
        return list(bodies)
    return list(bodies.filter(pk__in=own))


def plans_known_to(user: User, *, at: dt.datetime) -> QuerySet[Plan]:
    """The plans whose title a person may know: those they work with, and what is published."""
    published = Publication.objects.current(at=at).values("plan")
    readable = Plan.objects.readable_by(user).values("pk")
    return Plan.objects.filter(
        Q(pk__in=readable) | Q(pk__in=published), retired_at__isnull=True
    ).order_by("sort_key", "pk")


# --- in the admin ---------------------------------------------------------------------------------
# Secretaries and plan leads may there what they may in the workspace, with the plans they work
# with, and nothing that only an action does.

LOOK, WRITE = "view", "view add change"

WRITTEN: dict[Any, str] = {
    Phase: "cycle__plan",
    Milestone: "cycle__plan",
    Section: "plan",
    Annex: "plan",
    EffortDescription: "annex__plan",
    FocusArea: "plan",
    Initiative: "plan",
    InitiativePhase: "initiative__plan",
    InitiativeActivity: "initiative__plan",
    InitiativeFunding: "initiative__plan",
    InitiativePartner: "initiative__plan",
    InitiativeLink: "initiative__plan",
    EffectTheme: "plan",
    EffectNode: "theme__plan",
    EffectLink: "node__theme__plan",
    EffectReference: "plan",
    TargetGroup: "plan",
    Principle: "plan",
}
"""What is written by hand, and the way to its plan."""

LOOKED_AT: dict[Any, str] = {
    AcceptedFinding: "plan",
    AgendaPaper: "plan",
    AnnexFile: "annex__plan",
    ActivityMove: "activity__initiative__plan",
    Approval: "cycle__plan",
    BudgetStep: "plan",
    Comment: "section__plan",
    Cycle: "plan",
    DateChange: "milestone__cycle__plan",
    Dependency: "milestone__cycle__plan",
    Duty: "plan",
    DutyFulfilment: "duty__plan",
    EvaluatedGoal: "evaluation__plan",
    Evaluation: "plan",
    FocusStatus: "status__plan",
    FrozenMilestone: "version__plan",
    Indicator: "home",
    IndicatorTarget: "use__plan",
    Matter: "plans__cycle__plan",
    MatterPlan: "cycle__plan",
    PaperAnnex: "paper__plan",
    PaperSection: "paper__plan",
    PlanExtension: "plan",
    Measurement: "indicator__home",
    PlanIndicator: "plan",
    PlanLead: "plan",
    PlanVersion: "plan",
    Publication: "plan",
    ReportRecipient: "report__plan",
    SectionImage: "plan",
    StatusReport: "plan",
    StatusReportSection: "report__plan",
    Treatment: "matter__plans__cycle__plan",
    VersionImage: "version__plan",
    YearlyStatus: "plan",
}
"""What actions write: to look at."""


def of_plans(path: str) -> Within:
    """Rows of the plans somebody works with; ``path`` leads to the plan."""
    return lambda user: Q((f"{path}__in", Plan.objects.readable_by(user).values("pk")))


def own_requests(path: str) -> Within:
    """The requests somebody reads in the workspace, and what hangs on them."""
    return lambda user: Q(
        (f"{path}pk__in", CommitteeRequest.objects.readable_by(user).values("pk"))
    )


def own_plans(user: User) -> Q:
    """The plans somebody works with."""
    return Q(pk__in=Plan.objects.readable_by(user).values("pk"))


def register_rights_in_the_admin() -> None:
    """Called once, when the app is ready."""
    for holds in (is_a_secretary, leads_a_plan):
        for acts, paths in ((WRITE, WRITTEN), (LOOK, LOOKED_AT)):
            for model, path in paths.items():
                register_admin_rights([model], acts, holds=holds, within=of_plans(path))
        register_admin_rights([Body, BodyTerm, Meeting], LOOK, holds=holds)
        register_admin_rights([CommitteeRequest], LOOK, holds=holds, within=own_requests(""))
        register_admin_rights([RequestAnswer], LOOK, holds=holds, within=own_requests("request__"))
    register_admin_rights([Plan], WRITE, holds=is_a_secretary, within=own_plans)
    register_admin_rights([Plan], "view change", holds=leads_a_plan, within=own_plans)
    register_admin_rights([Meeting], "add change", holds=is_a_secretary)
