"""A member's world for tests: a plan with a text, submitted, and people around it."""

from __future__ import annotations

from typing import Any

from kommuneplan.core.enums import Role
from kommuneplan.core.models import Body, User
from plans.models import Plan, PlanVersion, Section
from tests.factories import committee, person
from tests.plans.matters import ready_plan, submitted

TEXT = (
    "<p>Vi vil have fælles boliger til unge.</p>"
    "<p>Naboer skal mødes i <strong>gården</strong>.</p>"
    "<p>Kommunen stiller et hus til rådighed.</p>"
)
CANARY = "Kanariefuglen sidder i udkastet"


def member(name: str = "medlem", body: Body | None = None) -> User:
    """A member of a committee (Socialudvalget unless another is given)."""
    return person(name, Role.MEMBER, body or committee())


def plan_before(*chain: Body, title: str = "Strategi for naboskab", **more: Any) -> Plan:
    """A plan with a text of three paragraphs, submitted to the committee or a chain; and then
    edited: the live draft holds a canary that nobody may read."""
    plan = ready_plan(title)
    section = plan.sections.get()
    section.text = TEXT
    section.save()
    submitted(plan, chain=chain, **more)
    write_on(plan)
    return plan


def write_on(plan: Plan) -> None:
    """Go on writing in the live draft."""
    section = plan.sections.order_by("pk").first()
    section.text += f"<p>{CANARY}</p>"
    section.save()
    new = Section(plan=plan, title=f"{CANARY} i en overskrift", is_public=True)
    new.save()
    plan.proposal = f"{plan.proposal} {CANARY}"
    plan.save()
    milestone = plan.open_cycle.milestones.first()
    milestone.title = f"Høring, {CANARY}"
    milestone.save()


def submitted_version(plan: Plan) -> PlanVersion:
    """What the bodies have before them."""
    return plan.versions.filter(stage="submitted").order_by("-number").first()


def anchors(version: PlanVersion) -> list[str]:
    """The paragraphs of a version, in the order of reading."""
    rows = version.blocks.filter(kind="paragraph").order_by("position")
    return list(rows.values_list("anchor", flat=True))
