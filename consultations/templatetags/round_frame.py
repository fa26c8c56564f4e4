"""The ways between the pages of one round in the workspace."""

from __future__ import annotations

from typing import Any

from django import template
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from consultations.models import Round
from consultations.permissions import FILE
from kommuneplan.core.site.context import municipality_of
from plans.models import Plan

register = template.Library()


def _ways(request: HttpRequest, round: Round) -> list[tuple[str, str]]:
    """The pages of a round that the person may open, always in this order: (route, name)."""
    report = municipality_of(request).get_report_name_display()
    ways = [
        ("round-page", _("The consultation")),
        ("round-parties", _("List of parties")),
        ("workbench", _("Look through and answer")),
        ("responses", _("Responses")),
        ("remark-list", _("Remarks")),
        ("report-room", report[:1].upper() + report[1:]),
        ("journal-room", _("To the case system")),
    ]
    return ways if request.user.has_perm(FILE, round) else ways[:-1]


@register.inclusion_tag("consultations/rounds/ways.html", takes_context=True)
def round_ways(context: dict[str, Any], round: Round, plan: Plan) -> dict[str, Any]:
    """The pages of the round, the one we are in, or below, marked."""
    path = context["request"].path
    home = reverse("consultations:round-page", args=[plan.slug, round.uid])
    ways = []
    for route, name in _ways(context["request"], round):
        address = reverse(f"consultations:{route}", args=[plan.slug, round.uid])
        ways.append((name, address, path.startswith(address) and address != home))
    if not any(is_here for _name, _address, is_here in ways):
        ways[0] = (*ways[0][:2], True)
    return {"ways": ways}
