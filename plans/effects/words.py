"""The words of a theory of change: names of columns, and what a finding says."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from plans.enums import EffectKind

from . import findings

HEADS = {
    EffectKind.GOAL: gettext_lazy("Goals"),
    EffectKind.RESULT: gettext_lazy("Results"),
    EffectKind.ACTIVITY: gettext_lazy("Activities"),
    EffectKind.RESOURCE: gettext_lazy("Resources"),
}


def column_heads() -> list[str]:
    """The names of the four columns, from the left."""
    return [str(HEADS[kind]) for kind in EffectKind]


def finding_words(code: str) -> str:
    """What is missing, in a sentence."""
    return {
        findings.GOAL_ALONE: _("No activity leads to this goal."),
        findings.ACTIVITY_ALONE: _("The activity leads to no result."),
        findings.RESULT_UNMEASURED: _("Nobody measures this result."),
        findings.RESOURCE_WITHOUT_AMOUNT: _("The resource has no amount."),
    }[code]


def explained() -> str:
    """What a theory of change is, for somebody who has never heard of one."""
    return _(
        "A theory of change says why the plan should work: resources are used for activities, "
        "the activities give results, and the results lead to the goals."
    )
