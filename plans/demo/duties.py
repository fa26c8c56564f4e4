"""The duties that the papers of 2008 and 2009 tell of, and no more: none of them says whether one
was fulfilled. Those of the plan that lives today are invented, as their words say."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from plans.models import Duty, Milestone, Plan
from plans.models.duties import DutyKind, DutyRule

from . import families, living, social_psychiatry

EXAMPLE = "Eksempel: opfundet til denne demo."


@dataclass(frozen=True, slots=True)
class DemoDuty:
    """A duty of a plan (its address). ``at_evaluation``: its process plan says when."""

    plan: str
    kind: DutyKind
    title: str
    details: str = ""
    recipients: str = ""
    source: str = ""
    unit: str = ""
    rule: DutyRule = DutyRule.YEARLY
    month: int | None = None
    day: int | None = None
    months: int | None = None
    at_evaluation: bool = False
    begins: dt.date | None = None


DUTIES = (
    DemoDuty(
        social_psychiatry.SLUG,
        DutyKind.EVALUATION,
        "Planen evalueres",
        source="Procesplanen af 24. februar 2008",
        rule=DutyRule.ONCE,
        at_evaluation=True,
    ),
    DemoDuty(
        social_psychiatry.PROJECT.slug,
        DutyKind.YEARLY_REPORT,
        "Årlig orientering gennem statusrapporten til ministeriet",
        details="Udvalget og ministeriet får den samme rapport.",
        recipients="Socialudvalget og ministeriet",
        source="Orientering om status, 21. oktober 2009",
    ),
    DemoDuty(
        families.PLAN.slug,
        DutyKind.REVISION,
        "Revision af strategien",
        details=(
            "Som udgangspunkt en gang om året, med status på indsatsområderne: for hvert af dem "
            "afgøres det, om det skal fortsætte i næste periode, eller om et nyt vælges. Områderne "
            "ventes udskiftet løbende, så strategien er langsigtet og alligevel fleksibel. "
            "Effektmålene er grundlaget."
        ),
        source="Tids- og procesplanen, bilag 7",
    ),
    DemoDuty(
        living.SLUG,
        DutyKind.REVISION,
        "Årlig status på strategien",
        details=f"Udvalget ser på hvert indsatsområde. {EXAMPLE}",
        recipients="Socialudvalget",
        unit="Center for Handicap",
        month=11,
    ),
    DemoDuty(
        living.SLUG,
        DutyKind.EVALUATION,
        "Midtvejsevaluering af strategien",
        details=f"Er målene nået halvvejs? {EXAMPLE}",
        recipients="Socialudvalget og Borgerrepræsentationen",
        unit="Center for Handicap",
        rule=DutyRule.AFTER_ADOPTION,
        months=24,
    ),
)


def load_duties(plan: Plan) -> None:
    """The duties of a plan, as it is loaded."""
    for one in DUTIES:
        if one.plan == plan.slug:
            _load(one, plan)


def _load(one: DemoDuty, plan: Plan) -> None:
    milestone = None
    if one.at_evaluation:
        steps = Milestone.objects.filter(cycle__plan=plan, kind="evaluation")
        milestone = steps.order_by("pk").first()
    Duty(
        plan=plan,
        kind=one.kind,
        title=one.title,
        details=one.details,
        recipients=one.recipients,
        source=one.source,
        unit=one.unit,
        rule=one.rule,
        month=one.month,
        day=one.day,
        months=one.months,
        milestone=milestone,
        begins=one.begins,
        is_public=True,
    ).save()
