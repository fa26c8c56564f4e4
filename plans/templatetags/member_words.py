"""The words of the members' pages: what is new, where a question stands, what a search found."""

from __future__ import annotations

import datetime as dt

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommuneplan.core.templatetags.components import badge
from kommuneplan.richtext import highlighting
from plans.document.differences import Differences
from plans.models import Plan, Question

register = template.Library()

SOON = 45  # days that are easier to imagine than a date


@register.filter
def reading_badge(state: str) -> SafeString:
    """Where a reader stands with a version: a word in a badge."""
    words = {
        "unread": (_("Not read"), "in_consultation"),
        "changed": (_("Changed since you read it"), "after_consultation"),
        "read": (_("Already read"), "draft"),
    }
    return badge(*words[state])


@register.filter
def in_short(what: Differences) -> str:
    """What has changed, counted: "2 sections changed, 1 new date"."""
    return ", ".join(what.counted()) or _("what stands at the head")


@register.filter
def days_until(day: dt.date, today: dt.date) -> str:
    """How far away a meeting is: "today", "in 5 days"; nothing when it is months."""
    days = (day - today).days
    if days > SOON:
        return ""
    if days == 0:
        return _("today")
    return ngettext("in %(n)s day", "in %(n)s days", days) % {"n": days}


@register.filter
def question_badge(question: Question) -> SafeString:
    """Where a question stands, and whether the body sees it."""
    if question.withdrawn_at:
        return badge(_("Withdrawn"), "withdrawn")
    if question.is_shown:
        return badge(_("Answered, shown to the body"), "adopted")
    if question.answered_at:
        return badge(_("Answered"), "adopted")
    return badge(_("Waiting for an answer"), "draft")


@register.filter
def found(html: SafeString, words: tuple[str, ...]) -> SafeString:
    """Safe HTML with what a search found marked in it."""
    return mark_safe(highlighting.marked(html, words)) if words else html  # noqa: S308


@register.inclusion_tag("plans/members/replies/waiting.html", takes_context=True)
def questions_waiting(context: dict[str, object], plan: Plan) -> dict[str, object]:
    """How many questions about a plan wait for whoever looks at its overview."""
    user = context["request"].user  # type: ignore[attr-defined]
    rows = Question.objects.answerable_by(user).waiting().filter(frozen__plan=plan)
    return {"plan": plan, "waiting": rows.count()}
