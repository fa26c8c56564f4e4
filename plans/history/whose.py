"""Which rows of a table are a plan's: conditions on the rows of its history."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from plans.models import (
    AgendaItem,
    AgendaPaper,
    Annex,
    CommitteeRequest,
    Cycle,
    Duty,
    EffectNode,
    EffectTheme,
    Evaluation,
    Initiative,
    InitiativeActivity,
    MatterPlan,
    Milestone,
    Plan,
    PlanIndicator,
    Section,
    StatusReport,
    Treatment,
    YearlyStatus,
)


def own(plan: Plan) -> Q:
    return Q(id=plan.pk)


def of_plan(plan: Plan) -> Q:
    return Q(plan_id=plan.pk)


def of_cycle(plan: Plan) -> Q:
    return Q(cycle_id__in=Cycle.objects.filter(plan=plan).values("pk"))


def milestones(plan: Plan) -> QuerySet[Any]:
    """Deleted ones too."""
    return Milestone.history.filter(of_cycle(plan)).order_by().values("id")


def of_milestone(plan: Plan) -> Q:
    return Q(milestone_id__in=milestones(plan))


def of_section(plan: Plan) -> Q:
    return Q(section_id__in=Section.objects.filter(plan=plan).values("pk"))


def of_status(plan: Plan) -> Q:
    return Q(status_id__in=YearlyStatus.objects.filter(plan=plan).values("pk"))


def of_report(plan: Plan) -> Q:
    return Q(report_id__in=StatusReport.history.filter(plan=plan).order_by().values("id"))


def of_annex(plan: Plan) -> Q:
    return Q(annex_id__in=Annex.objects.filter(plan=plan).values("pk"))


def of_paper(plan: Plan) -> Q:
    return Q(paper_id__in=AgendaPaper.objects.filter(plan=plan).values("pk"))


def of_initiative(plan: Plan) -> Q:
    return Q(initiative_id__in=Initiative.objects.filter(plan=plan).values("pk"))


def of_activity(plan: Plan) -> Q:
    rows = InitiativeActivity.history.filter(of_initiative(plan)).order_by().values("id")
    return Q(activity_id__in=rows)


def duties(plan: Plan) -> QuerySet[Any]:
    """Deleted ones too."""
    return Duty.history.filter(plan_id=plan.pk).order_by().values("id")


def evaluations(plan: Plan) -> QuerySet[Any]:
    return Evaluation.history.filter(plan_id=plan.pk).order_by().values("id")


def uses(plan: Plan) -> QuerySet[Any]:
    return PlanIndicator.objects.filter(plan=plan)


def of_indicator(plan: Plan) -> Q:
    return Q(indicator_id__in=uses(plan).values("indicator_id"))


def of_theme(plan: Plan) -> Q:
    return Q(theme_id__in=EffectTheme.history.filter(plan_id=plan.pk).order_by().values("id"))


def of_node(plan: Plan) -> Q:
    return Q(node_id__in=EffectNode.history.filter(of_theme(plan)).order_by().values("id"))


def matters(plan: Plan) -> QuerySet[Any]:
    return MatterPlan.objects.filter(cycle__plan=plan).values("matter_id")


def of_matter(plan: Plan) -> Q:
    return Q(matter_id__in=matters(plan))


def items(plan: Plan) -> Q:
    treated = Treatment.history.filter(of_matter(plan)).order_by().values("id")
    return Q(plan_id=plan.pk) | Q(treatment_id__in=treated)


def of_item(plan: Plan) -> Q:
    return Q(item_id__in=AgendaItem.history.filter(items(plan)).order_by().values("id"))


def of_request(plan: Plan) -> Q:
    return Q(request_id__in=CommitteeRequest.objects.filter(plan=plan).values("pk"))


def meetings(plan: Plan) -> Q:
    """The meetings that milestones are or were, and that treat or treated its matters."""
    milestones = Milestone.history.filter(of_cycle(plan), meeting_id__isnull=False)
    treatments = Treatment.history.filter(of_matter(plan), meeting_id__isnull=False)
    return Q(id__in=milestones.order_by().values("meeting_id")) | Q(
        id__in=treatments.order_by().values("meeting_id")
    )
