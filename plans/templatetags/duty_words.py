"""The words and badges of duties, evaluations and the end of a plan."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from kommuneplan.clock import today
from kommuneplan.core.templatetags.components import badge
from kommuneplan.timespan.phrase import phrase
from kommuneplan.timespan.words import DANISH
from plans.duties.public import ToldDuties
from plans.duties.public import told_duties as duties_told
from plans.duties.recurrence import DueRule
from plans.duties.standing import DutyStanding, duties_of, rule_of
from plans.models import Duty, YearlyStatus
from plans.models.duties import DutyKind, GoalOutcome

register = template.Library()

_SHAPES = {"met": "adopted", "partly": "after_consultation", "not_met": "withdrawn"}


@register.filter
def rule_words(duty: Duty) -> str:
    """When a duty is due, as a rule: "Hvert år senest 31. marts"."""
    rule = rule_of(duty)
    if rule.repeats is DueRule.AFTER_ADOPTION:
        return _("%(n)s months after the adoption") % {"n": rule.months}
    if rule.repeats is DueRule.ONCE:
        words = (rule.span.written or phrase(rule.span)) if rule.span else duty.written
        return _("Once: %(when)s") % {"when": words or _("not fixed yet")}
    if rule.month is None:
        return _("Once a year")
    month = DANISH.months[rule.month - 1]
    if rule.day is None:
        return _("Every year in %(month)s") % {"month": month}
    return _("Every year no later than %(day)s. %(month)s") % {"day": rule.day, "month": month}


@register.filter
def facts_line(duty: Duty) -> str:
    """The rule, to whom, and who has it: a unit or role, a person."""
    name = duty.person.name if duty.person else ""
    return " · ".join(filter(None, [rule_words(duty), duty.recipients, duty.unit, name]))


@register.filter
def public_facts(duty: Duty) -> str:
    """The rule, to whom, and where it is said; nobody by name."""
    return " · ".join(filter(None, [rule_words(duty), duty.recipients, duty.source]))


@register.simple_tag
def told_duties(plan: int) -> ToldDuties:
    """What everybody is told of a plan (key)."""
    return duties_told(plan)


@register.filter
def due_badge(now: DutyStanding) -> SafeString:
    """Late, soon, or to come."""
    if now.turn is None:
        return badge(_("Nothing is due"), "draft")
    if now.is_late:
        return badge(_("Overdue"))
    if now.is_near:
        return badge(_("Due soon"), "after_consultation")
    return badge(_("To come"), "draft")


@register.filter
def goal_badge(outcome: str) -> SafeString:
    """Whether the goals are met."""
    if not outcome:
        return badge(_("Not decided yet"), "draft")
    return badge(capfirst(str(GoalOutcome(outcome).label)), _SHAPES.get(outcome, "draft"))


@register.inclusion_tag("plans/duties/offer.html")
def duty_offer(status: YearlyStatus) -> dict[str, object]:
    """The duties of its plan that a closed yearly status may fulfil."""
    kinds = {DutyKind.REVISION, DutyKind.YEARLY_REPORT}
    rows = [
        one
        for one in duties_of(status.plan, on=today())
        if one.turn is not None
        and one.duty.kind in kinds
        and not any(row.status_id == status.pk for row in one.settled)
    ]
    return {"status": status, "plan": status.plan, "duties": rows}
